package drafting

import (
	"cmp"
	"fmt"
	"maps"
	"strconv"

	"github.com/tuzetu/tuzetu/law"
)

// mend compares what the act gives with what it should; where they differ it
// makes the changes there coarser. It reports whether the act is to be written
// again.
//
// A change that was not applied, or left another text, is said of a larger unit:
// words → the line → the unit with all under it → the unit above, up to the
// article → the chapter or the section it stands in. What then is still not right
// is given up.
func (w *writer) mend(changes []change, r *Result) bool {
	w.enlarged = map[law.Address]bool{}
	bad := map[int]Reason{} // changes that failed, with the reason
	read := make([]int, len(changes))
	for _, o := range r.Outcomes {
		i := w.changeAt(o.From, changes)
		if i < 0 {
			continue // the article on entry into force
		}
		read[i]++
		switch {
		case changes[i].ofTitle() && (o.Status != Applied || !same(r.Title, w.to.Title)):
			w.title = cmp.Or(o.Reason, because("other_text"))
			return true
		case o.Status != Applied:
			bad[i] = o.Reason
		case o.Op != changes[i].op:
			bad[i] = because("reads_as", string(o.Op), head(o.Text, 80))
		}
	}
	for i, n := range read {
		if n != 1 && bad[i] == "" {
			bad[i] = because("reads_several", strconv.Itoa(n))
		}
	}
	more := false
	if len(bad) == 0 {
		bad, more = w.otherwise(changes, r)
	}
	was := maps.Clone(w.c.coarse) // what one change makes coarser is no failure for the next
	for i, reason := range bad {
		w.coarser(&changes[i], reason, was)
	}
	return len(bad) > 0 || more
}

// changeAt is the change whose sentence or wording holds a line of the act.
func (w *writer) changeAt(line int, changes []change) int {
	for i := range changes {
		if changes[i].first <= line && line <= changes[i].last {
			return i
		}
	}
	return -1
}

// otherwise finds the changes of articles whose text came out other than the new
// one. Where nothing was ordered and the text differs all the same, units stand
// in another order: the article is written anew, or what that cannot mend given
// up.
func (w *writer) otherwise(changes []change, r *Result) (bad map[int]Reason, more bool) {
	reason := because("other_text")
	got, want := w.got(r), w.want()
	differs := map[law.Address]bool{}
	for a, text := range want {
		if got[a] != text {
			differs[a] = true
		}
	}
	for a := range got {
		if _, ok := want[a]; !ok {
			differs[a] = true
		}
	}
	bad = map[int]Reason{}
	for a := range differs {
		if !w.c.signs[a] {
			w.c.signs[a] = true
			more = true
			delete(differs, a)
		}
	}
	if more { // perhaps it was only that
		return bad, more
	}
	blamed := map[law.Address]bool{}
	for i := range changes {
		ch := &changes[i]
		for _, u := range append(ch.units[:len(ch.units):len(ch.units)], ch.within) {
			if u != nil && differs[w.c.anew.top(u).Address] {
				bad[i] = reason
				blamed[w.c.anew.top(u).Address] = true
			}
		}
	}
	for a := range differs {
		old, now := w.from.Find(a), w.to.Find(a)
		switch {
		case blamed[a]:
			continue
		case old != nil && now != nil && w.c.coarse[old] != whole && !w.c.sameTree(old, now):
			w.c.coarse[old] = whole
		case old != nil && w.enlarge(old), old == nil && now != nil && w.enlarge(now):
		case len(bad) > 0: // what is mended next may be what this one follows
			continue
		default:
			for _, u := range [...]*law.Provision{old, now} {
				if u != nil {
					w.c.skipped[u] = because("other_order")
				}
			}
		}
		more = true
	}
	return bad, more
}

// got are the texts of the articles and headings that the act gives.
func (w *writer) got(r *Result) map[law.Address]string {
	left := map[law.Address]bool{} // lines of the text before that are given up
	for u := range w.c.skipped {
		if w.from.Find(u.Address) == u {
			for _, p := range w.from.Subtree(u) {
				left[p.Address] = true
			}
		}
	}
	d := law.Build(w.from.Lang, w.from.Title, Lines(r.Text))
	return w.tops(d, func(p *law.Provision) bool { return left[r.Text[p.From-1].Base] })
}

// want are those of the new text, without what is given up.
func (w *writer) want() map[law.Address]string {
	left := map[*law.Provision]bool{}
	for u := range w.c.skipped {
		here := u
		if w.from.Find(u.Address) == u {
			here = w.to.Find(u.Address)
		}
		if here == nil {
			continue
		}
		for _, p := range w.to.Subtree(here) {
			left[p] = true
		}
	}
	return w.tops(w.to, func(p *law.Provision) bool { return left[p] })
}

// tops are the texts of articles and headings, each with what it follows.
func (w *writer) tops(d *law.Document, left func(*law.Provision) bool) map[law.Address]string {
	out := map[law.Address]string{}
	last := law.Address("")
	for _, p := range d.Provisions {
		if left(p) {
			continue
		}
		top := w.c.anew.top(p).Address
		if _, begun := out[top]; !begun {
			out[top] = "after " + string(last) + "\n"
			last = top
		}
		out[top] += fmt.Sprintf("%d %s %s %s\n", p.Depth, p.Kind, p.Number, law.Fold(p.Text))
	}
	return out
}

// coarser says a change of a larger unit.
func (w *writer) coarser(ch *change, reason Reason, was map[*law.Provision]coarseness) {
	u := ch.within
	enlarged := ch.units[0]
	if u != nil {
		enlarged = u
	}
	switch ch.op {
	case Annex:
		w.giveUp(ch, reason)
		return
	case AddUnit, AddPart, AddIndent, DeleteUnit:
	case ReplaceUnit:
		if len(ch.units) == 1 && u == ch.units[0] { // of its line
			w.c.coarse[u] = whole
			return
		}
	case ReplaceHeading:
	default:
		w.c.coarse[u] = max(w.c.coarse[u], byLine)
		return
	}
	if ch.op == ReplaceUnit && level(ch.units[0].Kind) <= level(law.Article) ||
		u == nil || was[u] == whole || level(u.Kind) < level(law.Article) {
		if !w.enlarge(enlarged) {
			w.giveUp(ch, reason)
		}
		return
	}
	w.c.coarse[u] = whole
}
