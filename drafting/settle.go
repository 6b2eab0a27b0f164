package drafting

import (
	"slices"
	"sort"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// block is an article with all that is under it, a chapter that is said as a
// whole, or the line of a heading or of another unit that stands alone.
type block struct {
	top   *law.Provision
	lines []law.Line
}

func blocks(d *law.Document, w *anew) (out []block) {
	for _, p := range d.Provisions {
		if top := w.top(p); len(out) == 0 || top != out[len(out)-1].top {
			out = append(out, block{top: top})
		}
		b := &out[len(out)-1]
		b.lines = append(b.lines, law.Line{Text: p.Text, From: p.From, To: p.To, Mark: p.Mark})
	}
	return out
}

// settle gives the new text as an act can order it. Articles and chapters are
// never moved by an act, and a new one stands where its number belongs: what
// stands elsewhere in the new text is put back into its place, or left out if it
// is new, and told.
func settle(from, to *law.Document, w *anew) (*law.Document, []Unexpressed) {
	old, now := blocks(from, w), blocks(to, w)
	place := map[law.Address]int{}
	for i, b := range old {
		place[b.top.Address] = i
	}
	stays := longestRising(now, place)
	var told []Unexpressed
	tell := func(p *law.Provision, new bool, reason Reason) {
		told = append(told, Unexpressed{p.Address, new, p.Text, reason})
	}
	there := map[law.Address]bool{} // in the new text
	for _, b := range now {
		there[b.top.Address] = true
	}
	var out []block
	moved := map[int]block{}
	for i, b := range old {
		if a := b.top.Address; !there[a] && holdsOther(from, b.top, func(q law.Address) bool { return there[q] }) {
			moved[i] = b
			tell(b.top, false, because("heading_goes"))
		}
	}
	for i, b := range now {
		at, known := place[b.top.Address]
		switch {
		case !known && holdsOther(to, b.top, func(q law.Address) bool { _, old := place[q]; return old }):
			tell(b.top, true, because("heading_comes"))
			continue
		case !known && outOfNumber(b.top, out):
			tell(b.top, true, because("out_of_number"))
			continue
		case known && !stays[i]:
			moved[at] = b
			tell(b.top, false, because("moved"))
			continue
		}
		out = append(out, b)
	}
	if len(told) == 0 {
		return to, nil
	}
	for at := range old { // in order, so that one put back may be followed by the next
		back, ok := moved[at]
		if !ok {
			continue
		}
		after := 0
		for k := at - 1; k >= 0 && after == 0; k-- {
			after = 1 + slices.IndexFunc(out, func(o block) bool { return o.top.Address == old[k].top.Address })
		}
		out = slices.Insert(out, after, back)
	}
	var lines []law.Line
	for _, b := range out {
		lines = append(lines, b.lines...)
	}
	return law.Build(to.Lang, to.Title, lines), told
}

// holdsOther reports whether a heading has articles or headings under it that
// the other text has.
func holdsOther(d *law.Document, p *law.Provision, has func(law.Address) bool) bool {
	if level(p.Kind) >= level(law.Article) {
		return false
	}
	return slices.ContainsFunc(d.Subtree(p)[1:], func(q *law.Provision) bool {
		return level(q.Kind) <= level(law.Article) && has(q.Address)
	})
}

// outOfNumber reports whether a new article would not come where it stands if it
// were put among the articles before it by its number.
func outOfNumber(p *law.Provision, before []block) bool {
	if strings.Contains(string(p.Address), "~") { // a number that stands twice
		return true
	}
	if p.Kind != law.Article {
		return false
	}
	for i := len(before) - 1; i >= 0; i-- {
		if q := before[i].top; q.Kind == law.Article {
			return law.CompareNumbers(q.Number, p.Number) > 0
		}
	}
	return false
}

// longestRising finds the blocks of the new text that keep the order of the old
// one: as many as possible.
func longestRising(now []block, place map[law.Address]int) []bool {
	type link struct{ block, place, before int }
	var links []link
	var tails []int // links by the length of the chain they end
	for i, b := range now {
		at, ok := place[b.top.Address]
		if !ok {
			continue
		}
		k := sort.Search(len(tails), func(k int) bool { return links[tails[k]].place >= at })
		l := link{i, at, -1}
		if k > 0 {
			l.before = tails[k-1]
		}
		links = append(links, l)
		if k == len(tails) {
			tails = append(tails, 0)
		}
		tails[k] = len(links) - 1
	}
	stays := make([]bool, len(now))
	if len(tails) == 0 {
		return stays
	}
	for k := tails[len(tails)-1]; k >= 0; k = links[k].before {
		stays[links[k].block] = true
	}
	return stays
}
