package diffing

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// matching joins the units of two texts one to one.
type matching struct {
	v                       *vocabulary
	old, new                []unit
	to, from                []int32   // partner of an old unit, of a new one; -1 without
	weights                 []float64 // of words, by class
	freeNew, allOld, allNew *postings
}

func newMatching(v *vocabulary, old, new []unit) *matching {
	m := &matching{v: v, old: old, new: new, to: make([]int32, len(old)), from: make([]int32, len(new))}
	for i := range m.to {
		m.to[i] = -1
	}
	for j := range m.from {
		m.from[j] = -1
	}
	return m
}

func (m *matching) pair(i, j int32) { m.to[i], m.from[j] = j, i }

func (m *matching) free(i, j int32) bool { return m.to[i] < 0 && m.from[j] < 0 }

func (m *matching) equal(i, j int32) bool { return sameWords(m.v, &m.old[i], &m.new[j]) }

// align runs the stages drawn in the package comment.
func (m *matching) align() {
	m.pairUnique()
	m.extend()
	m.pairEqualInGaps()
	m.weighWords()
	m.freeNew = m.newPostings(m.new, m.from)
	m.allOld = m.newPostings(m.old, nil)
	m.allNew = m.newPostings(m.new, nil)
	m.pairSimilarInGaps()
	m.pairEqualAnywhere()
	m.pairSimilarAnywhere()
	m.pairByChildren()
	m.pairEqualAnywhere()
}

// pairUnique pairs texts that stand once on each side.
func (m *matching) pairUnique() {
	type place struct {
		old, new     int32
		inOld, inNew int32
	}
	at := make(map[uint64]place, len(m.old)+len(m.new)/4)
	for i := range m.old {
		p := at[m.old[i].key]
		p.old, p.inOld = int32(i), p.inOld+1
		at[m.old[i].key] = p
	}
	for j := range m.new {
		if p, ok := at[m.new[j].key]; ok {
			p.new, p.inNew = int32(j), p.inNew+1
			at[m.new[j].key] = p
		}
	}
	for i := range m.old {
		if p := at[m.old[i].key]; p.inOld == 1 && p.inNew == 1 && m.equal(p.old, p.new) {
			m.pair(p.old, p.new)
		}
	}
}

// extend gives every pair its equal neighbours: repeated boilerplate goes with
// the unit it stands beside. Pairs that kept their order extend first.
func (m *matching) extend() {
	chain := m.chain()
	twins := func(i, j int32) bool {
		return i >= 0 && j >= 0 && int(i) < len(m.old) && int(j) < len(m.new) && m.free(i, j) &&
			m.old[i].kind() == m.new[j].kind() && m.equal(i, j)
	}
	grow := func(i, j int32) {
		for a, b := i+1, j+1; twins(a, b); a, b = a+1, b+1 {
			m.pair(a, b)
		}
		for a, b := i-1, j-1; twins(a, b); a, b = a-1, b-1 {
			m.pair(a, b)
		}
	}
	for _, l := range chain {
		grow(l.i, l.j)
	}
	for i, j := range m.to {
		if j >= 0 {
			grow(int32(i), j)
		}
	}
}

// chain is the heaviest order-preserving chain of the pairs found so far.
func (m *matching) chain() []link {
	links := make([]link, 0, len(m.to))
	for i, j := range m.to {
		if j >= 0 {
			links = append(links, link{int32(i), j, m.mass(int32(i), j)})
		}
	}
	return heaviestChain(links)
}

// mass is what a pair weighs in the chain.
func (m *matching) mass(i, j int32) int64 { return massOf(m.old[i].runes, m.new[j].runes) }

func massOf(a, b int32) int64 { return 16 + int64(16*math.Sqrt(float64(min(a, b)))) }

// gap is what stands between two neighbours of the chain: units [i0,i1) and
// [j0,j1), those not yet paired.
type gap struct{ old, new []int32 }

func (m *matching) gaps() []gap {
	var gaps []gap
	i, j := int32(0), int32(0)
	collect := func(taken []int32, a, b int32) (free []int32) {
		for ; a < b; a++ {
			if taken[a] < 0 {
				free = append(free, a)
			}
		}
		return free
	}
	end := link{i: int32(len(m.old)), j: int32(len(m.new))}
	for _, l := range append(m.chain(), end) {
		if i < l.i && j < l.j {
			g := gap{collect(m.to, i, l.i), collect(m.from, j, l.j)}
			if len(g.old) > 0 && len(g.new) > 0 {
				gaps = append(gaps, g)
			}
		}
		i, j = l.i+1, l.j+1
	}
	return gaps
}

// pairEqualInGaps pairs repeated texts in order.
func (m *matching) pairEqualInGaps() {
	for _, g := range m.gaps() {
		for len(g.old) > 0 && len(g.new) > 0 && m.equal(g.old[0], g.new[0]) {
			m.pair(g.old[0], g.new[0])
			g.old, g.new = g.old[1:], g.new[1:]
		}
		for len(g.old) > 0 && len(g.new) > 0 && m.equal(g.old[len(g.old)-1], g.new[len(g.new)-1]) {
			m.pair(g.old[len(g.old)-1], g.new[len(g.new)-1])
			g.old, g.new = g.old[:len(g.old)-1], g.new[:len(g.new)-1]
		}
		m.pairChain(m.equalLinks(g))
	}
}

func (m *matching) pairChain(links []link) {
	for _, l := range heaviestChain(links) {
		m.pair(l.i, l.j)
	}
}

// equalLinks lists the equal texts of a gap; of a text that repeats more than
// repeatLimit times only places of nearly the same rank, counted from either end.
func (m *matching) equalLinks(g gap) []link {
	if len(g.old) == 0 || len(g.new) == 0 {
		return nil
	}
	at := make(map[uint64][]int32, len(g.new))
	for _, j := range g.new {
		at[m.new[j].key] = append(at[m.new[j].key], j)
	}
	count := make(map[uint64]int, len(g.old))
	for _, i := range g.old {
		count[m.old[i].key]++
	}
	rank := make(map[uint64]int, len(count))
	var links []link
	add := func(i, j int32) {
		if m.equal(i, j) {
			w := m.mass(i, j)
			if m.old[i].number() == m.new[j].number() {
				w += w / 2
			}
			if m.old[i].kind() == m.new[j].kind() {
				w += w / 2
			}
			links = append(links, link{i, j, w})
		}
	}
	for _, i := range g.old {
		key := m.old[i].key
		js := at[key]
		r := rank[key]
		rank[key]++
		if len(js)*count[key] <= repeatLimit*repeatLimit {
			for _, j := range js {
				add(i, j)
			}
			continue
		}
		tail := r - count[key] + len(js)
		for d := -repeatBand; d <= repeatBand; d++ {
			if k := r + d; k >= 0 && k < len(js) {
				add(i, js[k])
			}
			if k := tail + d; k >= 0 && k < len(js) && (k < r-repeatBand || k > r+repeatBand) {
				add(i, js[k])
			}
		}
	}
	return links
}

// pairEqualAnywhere leaves no equal text unpaired, wherever it stands.
func (m *matching) pairEqualAnywhere() {
	at := make(map[uint64][]int32)
	for j := range m.new {
		if m.from[j] < 0 {
			at[m.new[j].key] = append(at[m.new[j].key], int32(j))
		}
	}
	for i := range m.old {
		if m.to[i] >= 0 {
			continue
		}
		js := at[m.old[i].key]
		best, bestScore := -1, -1.0
		for k, j := range js[:min(len(js), repeatLimit*repeatLimit)] {
			if m.equal(int32(i), j) {
				if s := m.context(int32(i), j); s > bestScore {
					best, bestScore = k, s
				}
			}
		}
		if best >= 0 {
			m.pair(int32(i), js[best])
			at[m.old[i].key] = slices.Delete(js, best, best+1)
		}
	}
}

// pairSimilarInGaps pairs edited texts that kept their order: the best chain of
// candidates, not the first good one.
func (m *matching) pairSimilarInGaps() {
	for _, g := range m.gaps() {
		var links []link
		for _, c := range m.gapCandidates(g) {
			if c.score >= acceptScore {
				links = append(links, link{c.i, c.j, int64(1000 * (c.score - acceptScore/2))})
			}
		}
		m.pairChain(links)
	}
}

// pairSimilarAnywhere pairs what is left, the surest pairs first. Pairs found
// are context for the next round, so each round asks for less.
func (m *matching) pairSimilarAnywhere() {
	for _, floor := range [...]float64{0.8, 0.65, 0.55, acceptScore, acceptScore} {
		cs := m.candidates()
		for k := range cs {
			cs[k].score = cs[k].sim + m.context(cs[k].i, cs[k].j)
		}
		slices.SortFunc(cs, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
		})
		for _, c := range cs {
			if c.score < floor {
				break
			}
			if m.free(c.i, c.j) && (m.besideNeighbour(c.i, c.j) || m.certain(c)) {
				m.pair(c.i, c.j)
			}
		}
	}
}

// certain reports whether a text taken out here and one put in far away are the
// same text, edited: no other text may be nearly as like to either. Without it a
// dropped «осуществляет иные полномочия, предусмотренные законами» would be found
// again in any other article. A kept number speaks for the pair.
func (m *matching) certain(c candidate) bool {
	own := c.sim
	if m.old[c.i].number() == m.new[c.j].number() {
		own *= ownNumber
	}
	return own >= m.rival(c.i, c.j)+rivalMargin
}

// context is what speaks for a pair besides its words. A number alone is never
// enough for a pair: numberBonus is far below acceptScore.
func (m *matching) context(i, j int32) float64 {
	s := 0.0
	if m.joined(i-1, j-1) {
		s += neighbourBonus
	}
	if m.joined(i+1, j+1) {
		s += neighbourBonus
	}
	a, b := &m.old[i], &m.new[j]
	if p, q := a.parent, b.parent; p == q && p < 0 || p >= 0 && q >= 0 && m.to[p] == q {
		s += parentBonus
	}
	if p := a.provision; p != nil && p.Number != "" && a.kind() == b.kind() && a.number() == b.number() {
		s += numberBonus
	}
	return s
}

// joined reports whether units i and j are a pair; the ends of the texts are one.
func (m *matching) joined(i, j int32) bool {
	beforeOrAfter := i < 0 && j < 0 || int(i) == len(m.old) && int(j) == len(m.new)
	return beforeOrAfter || i >= 0 && int(i) < len(m.old) && m.to[i] >= 0 && m.to[i] == j
}

func (m *matching) besideNeighbour(i, j int32) bool {
	return m.joined(i-1, j-1) || m.joined(i+1, j+1)
}

// pairByChildren pairs headings nothing of whose text was kept when most of
// what stands under one now stands under the other.
func (m *matching) pairByChildren() {
	type heading struct{ i, j int32 }
	votes := make(map[heading]float64)
	total := make([]float64, len(m.old))
	totalNew := make([]float64, len(m.new))
	for i := range m.old {
		if p := m.old[i].parent; p >= 0 {
			total[p] += float64(m.old[i].runes)
		}
	}
	for j := range m.new {
		q := m.new[j].parent
		if q < 0 {
			continue
		}
		totalNew[q] += float64(m.new[j].runes)
		if i := m.from[j]; i >= 0 {
			if p := m.old[i].parent; p >= 0 && m.free(p, q) && alikeHeadings(m.old[p].provision, m.new[q].provision) {
				votes[heading{p, q}] += float64(min(m.old[i].runes, m.new[j].runes))
			}
		}
	}
	for _, h := range slices.SortedFunc(maps.Keys(votes), func(a, b heading) int {
		return cmp.Or(cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	}) {
		if v := votes[h]; m.free(h.i, h.j) && v >= childShare*total[h.i] && v >= childShare*totalNew[h.j] {
			m.pair(h.i, h.j)
		}
	}
}

// alikeHeadings reports whether two units can be one heading with another text.
// A lead-in («2. Редакция вправе:») must also keep its number: the items under a
// dropped lead-in fall to whatever stands above them.
func alikeHeadings(a, b *law.Provision) bool {
	if a.Kind != b.Kind {
		return false
	}
	switch a.Kind {
	case law.Section, law.Subsection, law.Chapter, law.Division, law.Article, law.Annex:
		return true
	}
	return a.Number != "" && a.Number == b.Number
}
