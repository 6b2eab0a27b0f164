package scraper

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// texts are what a store holds of an act, as one source sees it.
//
// The enacted text of a day in a language is of the source that brought it
// first. What another source has under that day is no revision of it: nobody
// changed anything. It is kept beside it, as a witness, and its revisions are
// counted by themselves. Texts from files are nobody's: every source goes on
// from them.
type texts struct {
	store    Store
	source   string
	heads    []law.EditionHead // editions of all sources, oldest first
	beside   []law.EditionHead // witnesses of this source, oldest first
	foreigns map[day]bool      // days whose editions are another source's
}

type day struct {
	lang law.Lang
	date law.Date
}

func (t *texts) read(ctx context.Context, s Store, source string, act law.ActID) (err error) {
	*t = texts{store: s, source: source, foreigns: map[day]bool{}}
	if t.heads, err = s.Editions(ctx, act); err != nil {
		return fmt.Errorf("what is stored of %s: %w", act, err)
	}
	t.heads = slices.DeleteFunc(slices.Clone(t.heads), func(h law.EditionHead) bool { return h.Status != law.Enacted })
	for _, h := range t.heads {
		if h.Source != "" && h.Source != source {
			t.foreigns[day{h.Lang, h.Date}] = true
		}
	}
	witnesses, err := s.Witnesses(ctx, act)
	if err != nil {
		return fmt.Errorf("the witnesses of %s: %w", act, err)
	}
	for _, h := range witnesses {
		if h.Source == source {
			t.beside = append(t.beside, h)
		}
	}
	return nil
}

// foreign reports whether another source brought the edition of a day.
func (t *texts) foreign(lang law.Lang, d law.Date) bool { return t.foreigns[day{lang, d}] }

// add stores a text of this source, as an edition or as a witness.
func (t *texts) add(ctx context.Context, e law.Edition) (key law.EditionKey, added bool, err error) {
	list, store := &t.heads, t.store.AddEdition
	if t.foreign(e.Lang, e.Date) {
		list, store = &t.beside, t.store.AddWitness
	}
	if key, added, err = store(ctx, e); added {
		e.EditionKey = key
		*list = append(*list, e.EditionHead)
	}
	return key, added, err
}

// mine are the texts of a language that this source brought, and those from
// files that it goes on from, by day and revision.
func (t *texts) mine(lang law.Lang) []law.EditionHead {
	var out []law.EditionHead
	for _, h := range t.heads {
		if h.Lang == lang && !t.foreign(lang, h.Date) {
			out = append(out, h)
		}
	}
	for _, h := range t.beside {
		if h.Lang == lang {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, byDay)
	return out
}

func byDay(a, b law.EditionHead) int {
	return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Revision, b.Revision))
}

// stored is the newest text of this source under a day.
func (t *texts) stored(lang law.Lang, d law.Date) (law.EditionHead, bool) {
	return newest(t.mine(lang), func(h law.EditionHead) bool { return h.Date == d })
}

// brought reports whether a text of a language came from this source.
func (t *texts) brought(lang law.Lang) bool {
	return slices.ContainsFunc(t.mine(lang), func(h law.EditionHead) bool { return h.Source == t.source })
}

// before is the text a new one of that day is compared with: the newest of the
// day itself or of the last day before it, of this source where both have one.
func (t *texts) before(ctx context.Context, lang law.Lang, d law.Date) (e *law.Edition, mine bool, err error) {
	until := func(h law.EditionHead) bool { return h.Lang == lang && h.Date <= d }
	h, mine := newest(t.mine(lang), until)
	if other, ok := newest(t.heads, until); ok && (!mine || other.Date > h.Date) {
		found, err := t.store.Edition(ctx, other.EditionKey)
		if err != nil {
			return nil, false, fmt.Errorf("edition %s: %w", other.EditionKey, err)
		}
		return &found, false, nil
	}
	if !mine {
		return nil, false, nil
	}
	found, err := t.load(ctx, h)
	return &found, true, err
}

// load reads one of mine.
func (t *texts) load(ctx context.Context, h law.EditionHead) (e law.Edition, err error) {
	if t.foreign(h.Lang, h.Date) {
		e, err = t.store.Witness(ctx, t.source, h.EditionKey)
	} else {
		e, err = t.store.Edition(ctx, h.EditionKey)
	}
	if err != nil {
		return e, fmt.Errorf("edition %s: %w", h.EditionKey, err)
	}
	return e, nil
}

// newest is the last of those that are wanted.
func newest(list []law.EditionHead, wanted func(law.EditionHead) bool) (found law.EditionHead, ok bool) {
	for _, h := range list {
		if wanted(h) && (!ok || byDay(h, found) >= 0) {
			found, ok = h, true
		}
	}
	return found, ok
}
