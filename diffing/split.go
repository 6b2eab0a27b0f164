package diffing

import (
	"cmp"
	"slices"
)

// group is what becomes a pair of the result: units of each side, in order.
// At most one side has several: then the unit was split or merged.
type group struct{ old, new []int32 }

// groups turns the matching into groups and then grows them: a unit left over
// beside a pair joins it when the pair's longer side holds its words, in order,
// at the right end.
func (m *matching) groups(d *wordDiffer) []group {
	var gs []group
	for i, j := range m.to {
		if j >= 0 {
			gs = append(gs, group{[]int32{int32(i)}, []int32{j}})
		}
	}
	for k := range gs {
		g := &gs[k]
		for grown := true; grown; {
			grown = len(g.old) == 1 && m.grow(d, g.old[0], &g.new, m.old, m.new, m.from) ||
				len(g.new) == 1 && m.grow(d, g.new[0], &g.old, m.new, m.old, m.to)
		}
	}
	for i, j := range m.to {
		if j < 0 {
			gs = append(gs, group{old: []int32{int32(i)}})
		}
	}
	for j, i := range m.from {
		if i < 0 {
			gs = append(gs, group{new: []int32{int32(j)}})
		}
	}
	return gs
}

// inGroup marks a unit that joined a pair by grow.
const inGroup = 1 << 30

// grow tries to add the unit before or after parts to them. whole is the one
// unit of the other side.
func (m *matching) grow(d *wordDiffer, whole int32, parts *[]int32, wholes, units []unit, taken []int32) bool {
	w := &wholes[whole]
	if w.note != nil {
		return false
	}
	length := int32(0)
	for _, k := range *parts {
		length += units[k].words
	}
	if w.words <= length { // nothing of it is left to explain a further part
		return false
	}
	first, last := (*parts)[0], (*parts)[len(*parts)-1]
	type choice struct {
		unit  int32
		parts []int32
		share float64
	}
	var best choice
	try := func(k int32, parts []int32) {
		share := m.covered(d, w, units, parts, k)
		if share > 0 && numbered(w, &units[k]) {
			share += joinedNumber
		}
		if share >= splitShare && share > best.share {
			best = choice{k, parts, share}
		}
	}
	if k := last + 1; int(k) < len(units) && taken[k] < 0 && !units[k].afterNote {
		try(k, append(slices.Clone(*parts), k))
	}
	if k := first - 1; k >= 0 && taken[k] < 0 && !units[first].afterNote {
		try(k, append([]int32{k}, *parts...))
	}
	if best.parts == nil {
		return false
	}
	*parts = best.parts
	taken[best.unit] = inGroup
	return true
}

// numbered reports whether the number of a part, with its sign, stands in the
// whole: «10) …; 11) …» on one line is two subparagraphs whatever else changed.
func numbered(whole, part *unit) bool {
	if part.body < 2 || part.provision.Number == "" {
		return false
	}
	number, sign := part.tokens[0].id, part.tokens[1].id
	for k := 0; k+1 < len(whole.tokens); k++ {
		if whole.tokens[k].id == number && whole.tokens[k+1].id == sign {
			return true
		}
	}
	return false
}

// covered is the share of unit added, by the rarity of its words, that stands in
// w when all the parts are laid along it in order.
func (m *matching) covered(d *wordDiffer, w *unit, units []unit, parts []int32, added int32) float64 {
	a := m.bodyWords(nil, w)
	var b []token
	lo, hi := 0, 0
	for _, k := range parts {
		from := len(b)
		b = m.bodyWords(b, &units[k])
		if k == added {
			lo, hi = from, len(b)
		}
	}
	total, content := 0.0, false
	for _, t := range b[lo:hi] {
		total += m.weights[t.id]
	}
	common := total
	lost := func(from, to int) {
		for _, t := range b[max(from, lo):max(min(to, hi), max(from, lo))] {
			common -= m.weights[t.id]
		}
	}
	at := lo
	for _, h := range d.region(nil, a, b, 0, len(a), 0, len(b)) {
		lost(h.b0, h.b1)
		for ; at < min(h.b0, hi); at++ {
			content = content || m.v.forms[b[at].id].content
		}
		at = max(at, h.b1)
	}
	for ; at < hi; at++ {
		content = content || m.v.forms[b[at].id].content
	}
	if !content || total == 0 {
		return 0
	}
	return common / total
}

// bodyWords appends the words and numbers of a unit's body by class.
func (m *matching) bodyWords(dst []token, u *unit) []token {
	for _, t := range u.tokens[u.body:] {
		if m.v.counts(t.id) {
			dst = append(dst, token{id: m.v.forms[t.id].class})
		}
	}
	return dst
}

// chainGroups tells which groups with two sides lie on the heaviest
// order-preserving chain; the others moved.
func (m *matching) chainGroups(gs []group) (onChain []bool) {
	onChain = make([]bool, len(gs))
	var links []link
	byOld := make(map[int32]int, len(gs))
	for k, g := range gs {
		if len(g.old) > 0 && len(g.new) > 0 {
			a, b := int32(0), int32(0)
			for _, i := range g.old {
				a += m.old[i].runes
			}
			for _, j := range g.new {
				b += m.new[j].runes
			}
			links = append(links, link{g.old[0], g.new[0], massOf(a, b)})
			byOld[g.old[0]] = k
		}
	}
	for _, l := range heaviestChain(links) {
		onChain[byOld[l.i]] = true
	}
	return onChain
}

// readingOrder sorts groups by the new text; deletions stand after what stood
// before them in the old text and kept its order.
func readingOrder(gs []group, onChain []bool) []int {
	var chain, gone, rest []int
	for k, g := range gs {
		switch {
		case len(g.new) == 0:
			gone = append(gone, k)
		case onChain[k]:
			chain = append(chain, k)
			fallthrough
		default:
			rest = append(rest, k)
		}
	}
	byOld := func(a, b int) int { return cmp.Compare(gs[a].old[0], gs[b].old[0]) }
	slices.SortFunc(chain, byOld)
	slices.SortFunc(gone, byOld)
	slices.SortFunc(rest, func(a, b int) int { return cmp.Compare(gs[a].new[0], gs[b].new[0]) })

	out := make([]int, 0, len(gs))
	next := 0 // in chain: all before it are written
	writeGone := func() {
		for len(gone) > 0 && (next == len(chain) || gs[gone[0]].old[0] < gs[chain[next]].old[0]) {
			out = append(out, gone[0])
			gone = gone[1:]
		}
	}
	writeGone()
	for _, k := range rest {
		out = append(out, k)
		if onChain[k] {
			next++
			writeGone()
		}
	}
	return out
}
