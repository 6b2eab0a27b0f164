package read

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// editions are the heads of an act, oldest first, with what pages ask of them.
type editions []law.EditionHead

// sorted puts editions in the order of their dates, a revision after the text
// it revises, enacted texts before others of the same date.
func sorted(heads []law.EditionHead) editions {
	out := slices.Clone(heads)
	slices.SortStableFunc(out, func(a, b law.EditionHead) int {
		if c := strings.Compare(string(a.Date), string(b.Date)); c != 0 {
			return c
		}
		if c := rank(a.Status) - rank(b.Status); c != 0 {
			return c
		}
		return a.Revision - b.Revision
	})
	return out
}

func rank(s law.Status) int {
	return map[law.Status]int{law.Enacted: 0, law.BillVersion: 1, law.Proposed: 2}[s]
}

func (e editions) filter(keep func(law.EditionHead) bool) editions {
	var out editions
	for _, h := range e {
		if keep(h) {
			out = append(out, h)
		}
	}
	return out
}

// in are the editions in one language.
func (e editions) in(l law.Lang) editions {
	return e.filter(func(h law.EditionHead) bool { return h.Lang == l })
}

// enacted leaves out what was only proposed.
func (e editions) enacted() editions {
	return e.filter(func(h law.EditionHead) bool { return h.Status == law.Enacted })
}

// proposals are the texts that were asked for: proposals and versions of bills.
func (e editions) proposals() editions {
	return e.filter(func(h law.EditionHead) bool { return h.Status != law.Enacted })
}

// ground is the text a proposal set out to change: the one in official use on
// its day, the first one where all are younger.
func (e editions) ground(k law.EditionKey) (h law.EditionHead, ok bool) {
	for _, c := range e.in(k.Lang).official() {
		if ok && c.Date > k.Date {
			break
		}
		h, ok = c, true
	}
	return h, ok
}

// answer is the newest official text that came after a proposal and after the
// text it set out to change; ok is false while there is none.
func (e editions) answer(k law.EditionKey, ground law.Date) (h law.EditionHead, ok bool) {
	h, ok = e.in(k.Lang).official().newest()
	return h, ok && h.Date > k.Date && h.Date > ground
}

// official is one edition a date: of several revisions the last, which is what
// the source says today.
func (e editions) official() editions {
	var out editions
	for _, h := range e.enacted() {
		if n := len(out); n > 0 && out[n-1].Date == h.Date && out[n-1].Lang == h.Lang {
			out[n-1] = h
			continue
		}
		out = append(out, h)
	}
	return out
}

// newest is the last edition; ok is false when there is none.
func (e editions) newest() (h law.EditionHead, ok bool) {
	if len(e) == 0 {
		return h, false
	}
	return e[len(e)-1], true
}

// find is the edition with a key.
func (e editions) find(k law.EditionKey) (law.EditionHead, bool) {
	for _, h := range e {
		if h.EditionKey == k {
			return h, true
		}
	}
	return law.EditionHead{}, false
}

// before is the edition that an enacted one replaced.
func (e editions) before(k law.EditionKey) (h law.EditionHead, ok bool) {
	for _, c := range e.in(k.Lang).enacted() {
		if c.EditionKey == k {
			break
		}
		h, ok = c, true
	}
	return h, ok
}

// langs are the languages there are texts in, in the order of law.Langs.
func (e editions) langs() []law.Lang {
	var out []law.Lang
	for _, l := range law.Langs {
		if len(e.in(l)) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// language is the one of the texts to show to a reader of ui: theirs where an
// enacted text has it, else the next best.
func (e editions) language(ui law.Lang) law.Lang {
	for _, set := range []editions{e.enacted(), e} {
		for _, l := range order(ui) {
			if len(set.in(l)) > 0 {
				return l
			}
		}
	}
	return ui
}

// near are the editions closest in time to a day, at most n, oldest first.
func (e editions) near(d law.Date, n int) editions {
	want, ok := d.Time()
	if !ok {
		return e[max(0, len(e)-n):]
	}
	out := slices.Clone(e)
	away := func(h law.EditionHead) int64 {
		t, _ := h.Date.Time()
		return max(t.Unix()-want.Unix(), want.Unix()-t.Unix())
	}
	slices.SortStableFunc(out, func(a, b law.EditionHead) int {
		switch x, y := away(a), away(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return sorted(out[:min(n, len(out))])
}
