// Package draft is the lawyer's page: an amending act, or a new text, is pasted
// beside an edition, and what would change is shown, with what was not
// understood. A form only computes: nothing is stored, nothing is logged of what
// was pasted, and no answer may be kept.
package draft

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/citing"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Store is what the pages read. internal/store fulfils it.
type Store interface {
	Acts(ctx context.Context) ([]law.Act, error)
	Act(ctx context.Context, id law.ActID) (law.Act, error)
	Editions(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	EditionText(ctx context.Context, key law.EditionKey) (law.Edition, error)
}

// ReadFile reads the lines of an uploaded file by the ending of its name.
type ReadFile func(name string, raw []byte) ([]law.Line, error)

// Drafter answers the requests of this page group.
type Drafter struct {
	store Store
	cited *citing.Library
	pages *page.Pages
	read  ReadFile
	now   func() time.Time
	// busy bounds how many acts are worked on at a time: each may take a second of
	// a processor.
	busy chan struct{}
}

// atOnce is how many acts are worked on at a time; others wait, as long as an
// answer may take.
const atOnce = 2

// New makes the page group. The library tells who cites what is changed. Without read only .txt and .md are taken.
func New(s Store, cited *citing.Library, pages *page.Pages, read ReadFile, now func() time.Time) *Drafter {
	if read == nil {
		read = readPlain
	}
	return &Drafter{store: s, cited: cited, pages: pages, read: read, now: now, busy: make(chan struct{}, atOnce)}
}

func readPlain(name string, raw []byte) ([]law.Line, error) {
	text := strings.NewReader(string(raw))
	switch {
	case strings.HasSuffix(strings.ToLower(name), ".md"):
		_, lines, err := law.ReadMarkdown(text)
		return lines, err
	case strings.HasSuffix(strings.ToLower(name), ".txt"):
		return law.ReadText(text)
	}
	return nil, errors.New("not a text")
}

// Form shows the empty form.
func (d *Drafter) Form(w http.ResponseWriter, r *http.Request) error {
	p, err := d.page(r, request{edition: r.URL.Query().Get("edition"), act: true})
	if err != nil {
		return err
	}
	return d.pages.Render(w, r, http.StatusOK, page.Private, page.UI(r), "draft", p)
}

// Work answers a form: with a page, or with a file where a button asked for one.
func (d *Drafter) Work(w http.ResponseWriter, r *http.Request) error {
	q, err := parse(r)
	if say, ok := d.fault(r, err); ok { // more was sent than is read
		p, err := d.page(r, request{act: true})
		if err != nil {
			return err
		}
		p.Fault = say
		return d.pages.Render(w, r, http.StatusRequestEntityTooLarge, page.Private, page.UI(r), "draft", p)
	}
	if err != nil {
		return err
	}
	if err := d.take(r); err != nil {
		return err
	}
	defer d.free()
	p, err := d.page(r, q)
	if err != nil {
		return err
	}
	done, err := d.work(r.Context(), &q)
	if err != nil {
		say, ok := d.fault(r, err)
		if !ok {
			return err
		}
		p.Text = q.text
		p.Fault = say
		return d.pages.Render(w, r, http.StatusUnprocessableEntity, page.Private, page.UI(r), "draft", p)
	}
	if q.take != "" {
		return d.file(w, r, q, done)
	}
	d.show(p, q, done)
	return d.pages.Render(w, r, http.StatusOK, page.Private, page.UI(r), "draft", p)
}

// take waits for its turn, which free gives on.
func (d *Drafter) take(r *http.Request) error {
	select {
	case d.busy <- struct{}{}:
		return nil
	case <-r.Context().Done():
		return fmt.Errorf("%w: acts are being worked on", page.ErrBusy)
	}
}

func (d *Drafter) free() { <-d.busy }

// page begins the page with the form as it was sent.
func (d *Drafter) page(r *http.Request, q request) (*Page, error) {
	l := d.pages.Locale(page.UI(r))
	p := &Page{Layout: d.pages.Frame(r, page.UI(r), "/draft"), loc: l, Text: q.text, Published: q.published, Act: q.act}
	p.Title, p.Private, p.Sheet = l.T("draft.title"), true, "draft.css"
	p.Description = l.T("draft.lead")
	p.Edition = page.Field{ID: "edition", Name: "edition", Label: l.T("draft.edition"), Kind: "select", Required: true}
	acts, err := d.store.Acts(r.Context())
	if err != nil {
		return nil, fmt.Errorf("acts: %w", err)
	}
	for _, a := range acts {
		heads, err := d.store.Editions(r.Context(), a.ID)
		if err != nil {
			return nil, fmt.Errorf("editions of %s: %w", a.ID, err)
		}
		slices.Reverse(heads) // the newest first
		for _, h := range heads {
			if h.Lang == law.EN || h.Status != law.Enacted {
				continue
			}
			name := a.Titles[h.Lang]
			if name == "" {
				name = string(a.ID)
			}
			key := h.EditionKey.String()
			p.Edition.Options = append(p.Edition.Options, page.Option{
				Value: key, Current: key == q.edition, Lang: h.Lang,
				Text: name + ", " + l.Short(h.Date) + ", " + string(h.Lang),
			})
		}
	}
	if q.edition == "" { // the newest in the language of the reader
		for i := range p.Edition.Options {
			if o := &p.Edition.Options[i]; o.Lang == l.Lang {
				o.Current = true
				break
			}
		}
	}
	return p, nil
}
