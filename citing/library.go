package citing

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/tuzetu/tuzetu/law"
)

// Store is what a library reads. internal/store fulfils it.
type Store interface {
	Acts(ctx context.Context) ([]law.Act, error)
	// Current lists, for every act and language, the newest enacted edition dated
	// on or before a day.
	Current(ctx context.Context, day law.Date) ([]law.EditionHead, error)
	EditionText(ctx context.Context, key law.EditionKey) (law.Edition, error)
}

// Library answers who cites what among the stored acts. What it has read of an
// edition it keeps, so only the first answer takes long; it may be asked from
// several goroutines, of which one reads and the others wait.
type Library struct {
	store Store
	alone chan struct{}
	known map[law.EditionKey]reading
}

// reading is what an edition cites.
type reading struct {
	citations []Citation
	lost      bool     // the act is no longer in force, from a day on
	since     law.Date // that day; "" where it is not told
	failed    error
}

// NewLibrary makes a library that has read nothing yet.
func NewLibrary(s Store) *Library {
	return &Library{store: s, alone: make(chan struct{}, 1), known: map[law.EditionKey]reading{}}
}

// Found is a citation of the act that was asked for.
type Found struct {
	Citation
	Act     law.Act // that cites
	Kind    Kind
	Edition law.EditionKey
	// Several says that the words fit other stored acts too.
	Several bool
}

// Answer is who cites an act. What is not stored was not looked at.
type Answer struct {
	Found []Found
	// Acts were looked through; the act itself is left out, and so are acts no longer
	// in force and those that amend or repeal others: what they cite they have done.
	// Citations is how many citations of any act they have.
	Acts, Citations int
	// Unread are texts that could not be read: nothing is known of what they cite.
	Unread []law.EditionKey
	Day    law.Date
}

// Citing lists the citations of an act in the stored acts, as they stand on a
// day, by act and in the order of their texts. Each act is read in one language:
// in lang if it is stored in it, and if the act that is asked for has a title in it.
func (l *Library) Citing(ctx context.Context, act law.ActID, lang law.Lang, day law.Date) (a Answer, err error) {
	acts, err := l.store.Acts(ctx)
	if err != nil {
		return a, err
	}
	heads, err := l.store.Current(ctx, day)
	if err != nil {
		return a, err
	}
	acts = withTitles(acts, heads)
	for i := range acts {
		if t := acts[i].Titles; acts[i].ID == act && t[lang] == "" && t[otherOf(lang)] != "" {
			lang = otherOf(lang) // nobody calls it by a name that is not known
		}
	}
	texts := map[law.ActID]law.EditionKey{}
	for _, h := range heads {
		if _, has := texts[h.Act]; h.Act != act && wordsOf(h.Lang) != nil && (!has || h.Lang == lang) {
			texts[h.Act] = h.EditionKey
		}
	}
	readings, err := l.read(ctx, slices.Collect(maps.Values(texts)), heads)
	if err != nil {
		return a, err
	}
	acts = slices.DeleteFunc(acts, func(of law.Act) bool {
		r := readings[texts[of.ID]]
		return of.ID != act && r.lost && r.since <= day
	})
	catalogue := NewCatalogue(acts)
	a.Day = day
	for _, of := range acts {
		key, ok := texts[of.ID]
		r := readings[key]
		if !ok || amends(&of) {
			continue
		}
		if r.failed != nil {
			a.Unread = append(a.Unread, key)
			continue
		}
		a.Acts++
		kind := catalogue.acts[of.ID].kind
		for _, c := range r.citations {
			a.Citations++
			ids := catalogue.Find(key.Lang, &c.Name)
			if !slices.Contains(ids, act) {
				continue
			}
			c.Basis = c.Basis && kind.BelowLaw()
			a.Found = append(a.Found, Found{Citation: c, Act: of, Kind: kind, Edition: key, Several: len(ids) > 1})
		}
	}
	return a, nil
}

func otherOf(lang law.Lang) law.Lang {
	if lang == law.RU {
		return law.KK
	}
	return law.RU
}

// amends reports whether the title of an act says that it amends or repeals others.
func amends(a *law.Act) bool {
	ru, kk := titleKey(a.Titles[law.RU]), titleKey(a.Titles[law.KK])
	return begins(russian().Amending, ru) || slices.ContainsFunc(kazakh().Amending, func(s string) bool { return strings.Contains(kk, s) })
}

// withTitles gives acts that are known by their id alone the titles of their
// texts.
func withTitles(acts []law.Act, heads []law.EditionHead) []law.Act {
	of := map[law.ActID]*law.Act{}
	for i := range acts {
		of[acts[i].ID] = &acts[i]
	}
	for _, h := range heads {
		if a := of[h.Act]; a != nil && a.Titles[h.Lang] == "" && h.Title != "" {
			a.Titles[h.Lang] = h.Title
		}
	}
	return acts
}

// Itself lists the citations of an act in a text of its own that name it, as the
// Constitution does: «статьи 47 Конституции».
func Itself(doc *law.Document, act law.Act) (out []Citation) {
	catalogue := NewCatalogue([]law.Act{act})
	for _, c := range Read(doc) {
		if len(catalogue.Find(doc.Lang, &c.Name)) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// Warm reads what is current on a day, so that who asks first does not wait.
func (l *Library) Warm(ctx context.Context, day law.Date) error {
	heads, err := l.store.Current(ctx, day)
	if err != nil {
		return err
	}
	var all []law.EditionKey
	for _, h := range heads {
		if wordsOf(h.Lang) != nil {
			all = append(all, h.EditionKey)
		}
	}
	readings, err := l.read(ctx, all, heads)
	var failed []error
	for key, r := range readings {
		if r.failed != nil {
			failed = append(failed, fmt.Errorf("edition %s: %w", key, r.failed))
		}
	}
	return errors.Join(append(failed, err)...)
}

// read is what the editions asked for cite, and maybe others; what was read before
// is not read again, what is no longer current is let go.
func (l *Library) read(ctx context.Context, asked []law.EditionKey, current []law.EditionHead) (map[law.EditionKey]reading, error) {
	select {
	case l.alone <- struct{}{}:
		defer func() { <-l.alone }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	now := make(map[law.EditionKey]reading, len(current))
	for _, h := range current {
		if r, ok := l.known[h.EditionKey]; ok && r.failed == nil {
			now[h.EditionKey] = r
		}
	}
	var missing []law.EditionKey
	for _, key := range asked {
		if _, ok := now[key]; !ok {
			missing = append(missing, key)
		}
	}
	var mu sync.Mutex
	var wait sync.WaitGroup
	work := make(chan law.EditionKey)
	for range min(len(missing), runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for key := range work {
				r := l.edition(ctx, key)
				mu.Lock()
				now[key] = r
				mu.Unlock()
			}
		})
	}
	for _, key := range missing {
		if ctx.Err() != nil {
			break
		}
		work <- key
	}
	close(work)
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.known = now
	return now, nil
}

func (l *Library) edition(ctx context.Context, key law.EditionKey) (r reading) {
	e, err := l.store.EditionText(ctx, key)
	if err != nil {
		return reading{failed: err}
	}
	doc := law.Build(key.Lang, e.Title, withoutNotes(e.Lines))
	r.citations = Read(doc)
	for _, n := range doc.Notes {
		for _, a := range n.Acts {
			if n.Address == "" && a.Verb == law.LostForce { // said of no unit: of the act
				r.lost, r.since = true, a.InForce.Date
			}
		}
	}
	return r
}

// topLines is how far down a note on the whole act may stand: below its title.
const topLines = 15

// withoutNotes leaves out the lines that a source marks as notes, those at the top
// aside: they cite nothing, no address hangs on them, and to understand them takes
// as long as all the rest.
func withoutNotes(lines []law.Line) []law.Line {
	out := make([]law.Line, 0, len(lines))
	for i, l := range lines {
		if i < topLines || l.Mark != law.NoteMark && l.Mark != law.Editorial {
			out = append(out, l)
		}
	}
	return out
}
