// Package read is the pages of those who read: what acts are followed, the text
// of an edition, what changed between two of them. It only reads; nothing a
// visitor does here changes anything.
package read

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/picture"
)

// Reader answers the requests of this page group.
type Reader struct {
	store       Store
	sites       Sites       // nil: nothing is known of the official sites
	discussions Discussions // nil: nothing is commented on
	efforts     Efforts     // nil: there are no dossiers
	proposed    Proposed    // nil: there are no pages of proposals
	texts       *texts
	pages       *page.Pages
	painter     *picture.Painter
	pictures    *cache[string, []byte] // by what they show
	now         func() time.Time
}

// New makes the page group.
func New(s Store, sites Sites, d Discussions, pages *page.Pages, painter *picture.Painter, now func() time.Time) *Reader {
	return &Reader{
		store: s, sites: sites, discussions: d, texts: newTexts(s, runtime.GOMAXPROCS(0)), pages: pages, now: now, painter: painter,
		pictures: newCache[string](picturesLimit, picturesAtOnce, func(b []byte) int { return len(b) }),
	}
}

func (rd *Reader) speaker(r *http.Request) *speaker {
	ui := page.UI(r)
	return &speaker{ui: ui, loc: rd.pages.Locale(ui), frame: rd.pages.Frame(r, ui, "")}
}

// layout is the frame of a page at a path (without the interface language). A
// page that shows texts names their sources and has a picture.
func (rd *Reader) layout(s *speaker, path string, heads ...law.EditionHead) page.Layout {
	l := s.frame
	l.Path, l.Picture, l.Sources = path, len(heads) > 0, s.sources(heads...)
	return l
}

// act finds the act an address names, with its editions. The error helps the
// reader on with a list of what there is.
func (rd *Reader) act(ctx context.Context, s *speaker, name string) (law.Act, editions, error) {
	id, err := law.ParseActID(name)
	if err != nil {
		return law.Act{}, nil, rd.noAct(ctx, s, fmt.Errorf("%w: %w", law.ErrNotFound, err))
	}
	a, err := rd.store.Act(ctx, id)
	if err != nil {
		return law.Act{}, nil, rd.noAct(ctx, s, fmt.Errorf("act %s: %w", id, err))
	}
	heads, err := rd.store.Editions(ctx, id)
	if err != nil {
		return law.Act{}, nil, fmt.Errorf("editions of %s: %w", id, err)
	}
	return a, sorted(heads), nil
}

// followed are the acts with a text, and the editions of each. The others are
// known by their facts only, as what amended one of these.
func (rd *Reader) followed(ctx context.Context) (acts []law.Act, lists []editions, err error) {
	all, err := rd.store.Acts(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("acts: %w", err)
	}
	for _, a := range all {
		heads, err := rd.store.Editions(ctx, a.ID)
		if err != nil {
			return nil, nil, fmt.Errorf("editions of %s: %w", a.ID, err)
		}
		if len(heads) > 0 {
			acts, lists = append(acts, a), append(lists, sorted(heads))
		}
	}
	return acts, lists, nil
}

// Root sends a visitor of "/" to the home page in a language of theirs.
func (rd *Reader) Root(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Vary", "Accept-Language, Cookie")
	w.Header().Set("Cache-Control", "private, no-cache")
	http.Redirect(w, r, "/"+string(page.UI(r)), http.StatusFound)
	return nil
}

// Acts sends those who shorten an address to the list on the home page.
func (rd *Reader) Acts(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, rd.speaker(r).in("#acts"), http.StatusFound)
	return nil
}
