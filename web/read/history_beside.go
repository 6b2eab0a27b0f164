package read

import (
	"context"
	"errors"
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// Beside is the history of a unit in two languages: a row an edition that has a
// new wording in either.
type Beside struct {
	Left, Right BesideText
	Rows        []BesideRow
	Missing     string // why the right side is empty
}

// BesideText is one of the two.
type BesideText struct {
	Lang     law.Lang
	Name     string // «на казахском языке»
	list     editions
	wordings []*WordingView
	first    []law.Date // of the wordings
	last     []law.Date
}

// BesideRow is an edition.
type BesideRow struct {
	Name        string
	ID          string
	Left, Right BesideCell
}

// BesideCell is a wording, or why there is none.
type BesideCell struct {
	*WordingView
	Lang law.Lang
	Name string
	Say  string
}

// beside asks for the same unit in the other language, in the edition of the same
// date; ok is false where there is none.
func (a past) beside(key law.EditionKey) (other past, ok bool) {
	key.Lang = a.with
	if a.all.in(a.with).official().index(key) < 0 {
		return other, false
	}
	other = a
	other.lang, other.with, other.version = a.with, "", key.Version()
	return other, true
}

// besideless is an error, unless it says that the other text has no such unit.
func besideless(err error) error {
	if errors.Is(err, law.ErrNotFound) {
		return nil
	}
	return err
}

// beside writes the wordings of one language from an edition on, up to another.
func (v *historian) beside(t *BesideText, from, to law.Date) {
	t.list = v.list
	for n := range v.unit.Wordings {
		w := &v.unit.Wordings[n]
		first, last := v.list[w.First].Date, v.list[w.Last].Date
		t.first, t.last = append(t.first, first), append(t.last, last)
		var view *WordingView
		if first >= from && (to == "" || first < to) {
			view = v.wording(n)
		}
		t.wordings = append(t.wordings, view)
	}
}

// other fills the right side and puts the rows together.
func (rd *Reader) other(ctx context.Context, s *speaker, ask past, days gazette, key law.EditionKey, b *Beside) error {
	from, to := b.Left.span()
	if other, ok := ask.beside(key); !ok {
		b.Missing = s.loc.T("beside.no_edition", "date", s.loc.Date(key.Date), "dateof", s.loc.DateOf(key.Date), "language", b.Right.Name)
	} else {
		err := rd.tell(ctx, s, other, days, func(v *historian) error {
			v.beside(&b.Right, from, to)
			return nil
		})
		if besideless(err) != nil {
			return err
		}
		if err != nil {
			b.Missing = s.loc.T("beside.no_unit", "date", s.loc.Date(key.Date), "dateof", s.loc.DateOf(key.Date), "language", b.Right.Name)
		}
	}
	b.Right.list = ask.all.in(ask.with).official()
	days2 := append(b.Left.shown(), b.Right.shown()...)
	slices.Sort(days2)
	for _, d := range slices.Compact(days2) {
		k := law.EditionKey{Act: ask.act.ID, Status: law.Enacted, Date: d}
		row := BesideRow{Name: capital(s.edition(k)), ID: "w-" + string(d), Left: b.Left.on(s, d, ""), Right: b.Right.on(s, d, b.Missing)}
		b.Rows = append(b.Rows, row)
	}
	return nil
}

// span is from the first wording shown to the one after the last, "" for the ends:
// what the other language has earlier than the first, or later, belongs there too.
func (t *BesideText) span() (from, to law.Date) {
	shown := false
	for i, w := range t.wordings {
		switch {
		case w != nil && !shown:
			shown = true
			if i > 0 {
				from = t.first[i]
			}
		case w == nil && shown:
			return from, t.first[i]
		}
	}
	return from, ""
}

func (t *BesideText) shown() []law.Date {
	var out []law.Date
	for i, w := range t.wordings {
		if w != nil {
			out = append(out, t.first[i])
		}
	}
	return out
}

// on is what one language has in an edition.
func (t *BesideText) on(s *speaker, d law.Date, missing string) BesideCell {
	c := BesideCell{Lang: t.Lang, Name: t.Name, Say: missing}
	if missing != "" {
		return c
	}
	for i := range t.wordings {
		switch {
		case t.first[i] == d:
			c.WordingView = t.wordings[i]
			return c
		case t.first[i] < d && d <= t.last[i]:
			c.Say = s.loc.T("beside.same", "date", s.loc.Date(t.first[i]), "dateof", s.loc.DateOf(t.first[i]))
		}
	}
	day, dayOf := s.loc.Date(d), s.loc.DateOf(d)
	switch {
	case !slices.ContainsFunc(t.list, func(h law.EditionHead) bool { return h.Date == d }):
		c.Say = s.loc.T("beside.no_edition", "date", day, "dateof", dayOf, "language", t.Name)
	case c.Say == "":
		c.Say = s.loc.T("beside.no_unit", "date", day, "dateof", dayOf, "language", t.Name)
	}
	return c
}
