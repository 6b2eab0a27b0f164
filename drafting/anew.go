package drafting

import (
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// anew are the chapters, and other units that hold articles, which are said as a
// whole, by their addresses. Acts do not move articles; a chapter that lost one to
// another, or has them in another order, is written anew.
type anew struct {
	// both are in either text and are replaced.
	both map[law.Address]bool
	// one are in one text only and go or come with all their articles, though some
	// of these stand elsewhere in the other text.
	one map[law.Address]bool
}

// larger is the chapter or the like that a unit stands in, nil if there is none.
func larger(p *law.Provision) *law.Provision {
	if p.Parent != nil && level(p.Parent.Kind) < level(law.Article) {
		return p.Parent
	}
	return nil
}

func addressOf(p *law.Provision) law.Address {
	if p == nil {
		return ""
	}
	return p.Address
}

// framing reports whether a unit is an article or holds articles.
func framing(p *law.Provision) bool {
	return p.Kind == law.Article || level(p.Kind) < level(law.Article)
}

// findAnew finds what has to be said as a whole because articles stand in another
// chapter, in another order or not where their numbers belong.
func findAnew(from, to *law.Document) anew {
	w := anew{map[law.Address]bool{}, map[law.Address]bool{}}
	mark := func(p *law.Provision) {
		if p != nil && from.Find(p.Address) != nil && to.Find(p.Address) != nil {
			w.both[p.Address] = quotableWhole(from, p.Address) && quotableWhole(to, p.Address)
			return
		}
		for ; p != nil && (from.Find(p.Address) == nil || to.Find(p.Address) == nil); p = larger(p) {
			w.one[p.Address] = true
		}
	}
	var moves [][2]*law.Provision // chapters that an article went from and to, nil is none
	last := map[law.Address]int{} // in the old text, by holder
	var before *law.Provision     // the article before
	for _, p := range to.Provisions {
		if !framing(p) {
			continue
		}
		q, here := from.Find(p.Address), larger(p)
		switch {
		case q == nil:
			if strings.Contains(string(p.Address), "~") || p.Kind == law.Article && before != nil && law.CompareNumbers(before.Number, p.Number) > 0 {
				mark(here)
			}
		case addressOf(larger(q)) != addressOf(here):
			mark(here)
			mark(larger(q))
			moves = append(moves, [2]*law.Provision{larger(q), here})
		case q.Index < last[addressOf(here)]:
			mark(here)
		default:
			last[addressOf(here)] = q.Index
		}
		if p.Kind == law.Article {
			before = p
		}
	}
	w.keepFrom(moves)
	return w
}

// keepFrom takes chapters out that an article leaves for a place which is not said
// as a whole: one by one it cannot be brought there, and would be lost.
func (w *anew) keepFrom(moves [][2]*law.Provision) {
	for again := true; again; {
		again = false
		for _, m := range moves {
			if m[1] != nil && (w.both[m[1].Address] || w.one[m[1].Address]) {
				continue
			}
			for p := m[0]; p != nil; p = larger(p) {
				again = again || w.both[p.Address] || w.one[p.Address]
				delete(w.both, p.Address)
				delete(w.one, p.Address)
			}
		}
	}
}

// quotableWhole reports whether a unit holds nothing that no quotation can.
func quotableWhole(d *law.Document, a law.Address) bool {
	for _, p := range d.Subtree(d.Find(a)) {
		if p.Kind == law.Annex || p.Kind == law.Signature {
			return false
		}
	}
	return true
}

// top is the largest unit around a line that is said as a whole, or, where there
// is none, the article or the heading.
func (w *anew) top(p *law.Provision) *law.Provision {
	var top *law.Provision
	for q := p; q != nil; q = q.Parent {
		if w.both[q.Address] || w.one[q.Address] {
			top = q
		}
	}
	if top != nil {
		return top
	}
	for q := p; q != nil; q = q.Parent {
		if q.Parent == nil || level(q.Kind) <= level(law.Article) {
			return q
		}
	}
	return p
}

// holds reports whether a unit is in one that is said as a whole.
func (w *anew) holds(p *law.Provision) bool {
	top := w.top(p).Address
	return w.both[top] || w.one[top]
}

// enlarge says the chapter anew that a unit stands in, or the section; false where
// there is none in both texts. What another change of this round has made larger
// is not made larger still.
func (w *writer) enlarge(u *law.Provision) bool {
	for h := u; h != nil; h = larger(h) {
		if w.enlarged[h.Address] {
			return true
		}
	}
	for h := u; h != nil; h = larger(h) {
		if level(h.Kind) >= level(law.Article) || w.c.anew.both[h.Address] {
			continue
		}
		old, now := w.from.Find(h.Address), w.to.Find(h.Address)
		if old == nil || now == nil || !quotableWhole(w.from, h.Address) || !quotableWhole(w.to, h.Address) {
			continue
		}
		w.sayWhole(old, now)
		w.enlarged[old.Address] = true
		return true
	}
	return false
}

// sayWhole has a unit quoted with all that is under it: nothing in it is skipped
// any more.
func (w *writer) sayWhole(old, now *law.Provision) {
	w.c.anew.both[old.Address] = true
	w.c.coarse[old] = whole
	for _, p := range w.from.Subtree(old) {
		delete(w.c.skipped, p)
	}
	for _, p := range w.to.Subtree(now) {
		delete(w.c.skipped, p)
	}
}
