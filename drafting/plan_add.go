package drafting

import (
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// add inserts new units. Numbered ones stand where their number belongs, and the
// unit before them has to be there; unnumbered ones where their ordinal says.
func (b *base) add(p *plan, in *Instruction) *refusal {
	var lines []law.Line
	for _, q := range in.Wording {
		lines = append(lines, q...)
	}
	if len(lines) == 0 {
		return ambiguous(because("wording_empty"))
	}
	if s := lastStep(in.Targets[0]); s.Number == "" || s.Kind == law.Table {
		return b.addUnnumbered(p, in, lines)
	}
	texts, refused := newByNumber(in.Targets, lines)
	if refused != nil {
		return refused
	}
	for i, t := range in.Targets {
		n, needs, refused := b.insertion(p, t)
		if refused != nil {
			return refused
		}
		n.lines = texts[i]
		p.inserts = append(p.inserts, n)
		if needs != nil && needs != p {
			p.needs = append(p.needs, needs)
		}
		if n.giver != nil {
			p.givers = append(p.givers, n.giver)
		}
		p.places = append(p.places, b.newAddress(t, n))
	}
	return nil
}

// newAddress is where a new numbered unit will stand: on the list it goes on,
// which the citation may name less exactly, or more so: chapters are numbered
// through the sections.
func (b *base) newAddress(t Target, n insert) law.Address {
	own := law.Address(stepName(lastStep(t)))
	if n.list < 0 || n.kind == law.Article {
		return t.Address()
	}
	beside := b.all[n.list].Address + "__" + own
	for _, c := range b.all[n.list].Children {
		if c.Kind == n.kind && !strings.HasPrefix(string(c.Address), string(b.all[n.list].Address)+"__") {
			return own
		}
	}
	return beside
}

func lastStep(t Target) law.Step { return t.Citation[len(t.Citation)-1] }

// newByNumber parts the wording among the new units, by their numbers.
func newByNumber(targets []Target, lines []law.Line) ([][]law.Line, *refusal) {
	stand := make([]place, len(targets))
	for i, t := range targets {
		s := lastStep(t)
		stand[i].unit = &law.Provision{Kind: s.Kind, Number: s.Number, Address: t.Address()}
	}
	return partedByNumber(stand, lines)
}

// insertion finds where a numbered unit belongs. needs is the plan that brings the
// unit it comes after, nil where that is in the text.
func (b *base) insertion(p *plan, t Target) (n insert, needs *plan, refused *refusal) {
	s := lastStep(t)
	n = insert{holder: -1, list: -1, order: s.Number, kind: s.Kind}
	holder := Target{Citation: t.Citation[:len(t.Citation)-1]}
	found, refused := b.find(holder)
	if refused != nil {
		return n, nil, refused
	}
	if len(found) != 1 {
		return n, nil, ambiguous(because("holder_several"), found...)
	}
	at := found[0]
	if at.unit != nil {
		n.holder = at.unit.Index
	}
	siblings, refused := b.siblings(at, s.Kind)
	if refused != nil {
		return n, nil, refused
	}
	var before *law.Provision
	base, _, inserted := strings.Cut(s.Number, "-")
	known := false // the unit after which it belongs is there
	for _, u := range siblings {
		switch c := law.CompareNumbers(u.Number, s.Number); {
		case c == 0 && b.given[u] != nil:
			n.giver = b.given[u]
		case c == 0:
			return n, nil, ambiguous(because("number_taken", unitName(s)), b.placeOf(u))
		case c < 0:
			if before != nil && law.CompareNumbers(before.Number, u.Number) > 0 {
				return n, nil, ambiguous(because("out_of_order"), b.placeOf(u))
			}
			before = u
			known = known || follows(u, base, inserted)
		}
	}
	if !known {
		needs = b.bringing(p, n.holder, s.Kind, base, inserted)
		known = needs != nil
	}
	switch {
	case len(siblings) == 0 && s.Kind == law.Annex && s.Number == "1":
		n.at = len(b.all)
		return n, nil, nil
	case len(siblings) == 0:
		return n, nil, notFound(because("no_list"))
	case before == nil:
		return n, nil, ambiguous(because("nothing_before"), at)
	case !known && level(s.Kind) > level(law.Article):
		return n, nil, notFound(because("predecessor_missing", unitName(s)))
	case !known && b.bordered(before, siblings):
		return n, nil, ambiguous(because("chapter_between"), b.placeOf(before))
	}
	n.list = n.holder
	if before.Parent != nil && s.Kind != law.Article {
		n.list = before.Parent.Index // the list may hang on a part that the citation leaves out
	}
	n.at = b.end(before)
	if b.tail(b.placeOf(before)) != nil {
		return n, nil, ambiguous(because("tail_of_list"), b.placeOf(before))
	}
	if s.Kind == law.Article && at.unit != nil {
		switch next := nextOf(before, siblings); {
		case before.Index < at.from && (next == nil || next.Index > at.from): // the first of its chapter
			n.at = at.from + 1
		case before.Index < at.from || before.Index >= at.to:
			return n, nil, ambiguous(because("chapter_between"), b.placeOf(before))
		}
	}
	return n, needs, nil
}

// bringing is the plan, this one or one before it, that adds to the same holder the
// unit after which a number may come.
func (b *base) bringing(p *plan, holder int, k law.Kind, base string, inserted bool) *plan {
	for _, q := range append(b.planned[:len(b.planned):len(b.planned)], p) {
		for _, n := range q.inserts {
			if n.holder == holder && n.kind == k && follows(&law.Provision{Number: n.order}, base, inserted) {
				return q
			}
		}
	}
	return nil
}

// refuseNeedy refuses new units that come after units which the act does not bring
// after all, or not by that day.
func refuseNeedy(plans []*plan) {
	for _, p := range plans {
		for _, q := range p.needs {
			if p.refused == nil && (q.refused != nil || p.day != q.day) {
				p.refuse(notFound(because("needs_other", strconv.Itoa(q.n))))
			}
		}
	}
}

// follows reports whether a number may come right after u's: 14-1 after 14 or
// another 14-x, 15 after 14 or 14-x.
func follows(u *law.Provision, base string, inserted bool) bool {
	last := u.Number
	if u.NumberTo != "" {
		last = u.NumberTo
	}
	own, _, _ := strings.Cut(last, "-")
	if inserted {
		return own == base
	}
	n, err := strconv.Atoi(own)
	return err == nil && strconv.Itoa(n+1) == base
}

// bordered reports whether a larger unit begins between a unit and the next of
// its kind: a new unit between them may belong to either. An extract of a law
// lacks articles, and that alone leaves no doubt where a new one stands.
func (b *base) bordered(u *law.Provision, siblings []*law.Provision) bool {
	next := nextOf(u, siblings)
	return next != nil && next.Parent != u.Parent
}

// nextOf is the one of its siblings that comes after u, nil if there is none.
func nextOf(u *law.Provision, siblings []*law.Provision) *law.Provision {
	for _, next := range siblings {
		if next.Index > u.Index {
			return next
		}
	}
	return nil
}

// siblings are the units of a kind a new one is put among. Subparagraphs that
// stand in several lists of a paragraph are refused: which list is meant is not
// said.
func (b *base) siblings(at place, k law.Kind) (out []*law.Provision, refused *refusal) {
	if level(k) <= level(law.Article) {
		for _, u := range b.all {
			if u.Kind == k && (k != law.Division || u.Index >= at.from && u.Index < at.to) {
				out = append(out, u)
			}
		}
		return out, nil
	}
	if at.unit == nil && k == law.Paragraph && b.withoutArticles() {
		return b.points(k), nil
	}
	if at.unit == nil {
		return nil, ambiguous(because("no_article"))
	}
	if at.unit.Kind == law.Annex && k == law.Paragraph { // numbered through its chapters
		return b.children(at, k), nil
	}
	var lists []place
	for _, u := range b.children(at, k) {
		if len(lists) == 0 || lists[len(lists)-1].unit != u.Parent {
			lists = append(lists, place{unit: u.Parent})
		}
		out = append(out, u)
	}
	if len(lists) > 1 {
		return nil, ambiguous(because("several_lists"), lists...)
	}
	return out, nil
}
