package diffing

import (
	"cmp"
	"slices"
)

// postings tells for each word in which units of one side it stands, in order.
type postings struct {
	start []int32 // by class
	units []int32
	// Scratch space of near.
	score []float64 // by unit
	hit   []int32
	words []int32
}

// newPostings indexes the units that the matching left free, or all of them
// where taken is nil.
func (m *matching) newPostings(units []unit, taken []int32) *postings {
	p := &postings{start: make([]int32, len(m.v.forms)+2), score: make([]float64, len(units))}
	last := make([]int32, len(m.v.forms))
	stamp := int32(0)
	each := func(visit func(class, k int32)) {
		for k := range units {
			if taken != nil && taken[k] >= 0 {
				continue
			}
			stamp++
			u := &units[k]
			for _, t := range u.tokens[u.body:] {
				if c := m.v.forms[t.id].class; last[c] != stamp && m.v.counts(t.id) {
					last[c] = stamp
					visit(c, int32(k))
				}
			}
		}
	}
	each(func(c, _ int32) { p.start[c+2]++ })
	for c := 2; c < len(p.start); c++ {
		p.start[c] += p.start[c-1]
	}
	p.units = make([]int32, p.start[len(p.start)-1])
	each(func(c, k int32) {
		p.units[p.start[c+1]] = k
		p.start[c+1]++
	})
	return p
}

// near lists the units k of [lo,hi] that share most of the rarest words of u: at
// most candidateLimit, the most alike first. Of a word too common to follow
// everywhere only the places around centre count.
func (p *postings) near(m *matching, u *unit, units []unit, lo, hi, centre int32) []int32 {
	m.fillBag(u)
	p.words, p.hit = p.words[:0], p.hit[:0]
	for k, c := range u.bag {
		if (k == 0 || c != u.bag[k-1]) && p.start[c+1] > p.start[c] {
			p.words = append(p.words, c)
		}
	}
	slices.SortFunc(p.words, func(a, b int32) int {
		return cmp.Or(cmp.Compare(p.start[a+1]-p.start[a], p.start[b+1]-p.start[b]), cmp.Compare(a, b))
	})
	for _, c := range p.words[:min(len(p.words), rareWords)] {
		ks := p.units[p.start[c]:p.start[c+1]]
		a, _ := slices.BinarySearch(ks, lo)
		b, _ := slices.BinarySearch(ks, hi+1)
		ks = ks[a:b]
		if len(ks) > postingLimit {
			k, _ := slices.BinarySearch(ks, centre)
			k = min(max(k-postingLimit/2, 0), len(ks)-postingLimit)
			ks = ks[k : k+postingLimit]
		}
		for _, k := range ks {
			if p.score[k] == 0 {
				p.hit = append(p.hit, k)
			}
			p.score[k] += m.weights[c]
		}
	}
	// The few best, by insertion: sorting all hits cost more than finding them.
	var best [candidateLimit]int32
	n := 0
	better := func(a, b int32) bool { return p.score[a] > p.score[b] || p.score[a] == p.score[b] && a < b }
	for _, k := range p.hit {
		p.score[k] /= u.weight + units[k].weight
		if n == len(best) && !better(k, best[n-1]) {
			continue
		}
		n = min(n+1, len(best))
		x := n - 1
		for ; x > 0 && better(k, best[x-1]); x-- {
			best[x] = best[x-1]
		}
		best[x] = k
	}
	for _, k := range p.hit {
		p.score[k] = 0
	}
	return append(p.hit[:0], best[:n]...)
}
