package diffing

import (
	"cmp"
	"slices"
)

// candidate is a pair that shares words.
type candidate struct {
	i, j       int32
	sim, score float64
}

// similarity is the share of words two texts have in common, 0–1, each word
// weighing its rarity (Dice over multisets). Without a common content word it
// is 0: «в порядке, установленном законом» alone makes no pair.
func (m *matching) similarity(a, b *unit) float64 {
	common, content := 0.0, false
	for i, j := 0, 0; i < len(a.bag) && j < len(b.bag); {
		switch {
		case a.bag[i] < b.bag[j]:
			i++
		case a.bag[i] > b.bag[j]:
			j++
		default:
			common += m.weigh(a.bag[i])
			content = content || m.v.forms[a.bag[i]].content
			i, j = i+1, j+1
		}
	}
	if !content {
		return 0
	}
	return 2 * common / (a.weight + b.weight)
}

func (m *matching) candidate(i, j int32) candidate {
	s := m.similarity(&m.old[i], &m.new[j])
	return candidate{i: i, j: j, sim: s, score: s + m.context(i, j)}
}

// gapCandidates weighs all pairs of a small gap, and those that share a rare
// word in a large one.
func (m *matching) gapCandidates(g gap) []candidate {
	var cs []candidate
	if len(g.old)*len(g.new) <= smallGap*smallGap {
		for _, i := range g.old {
			for _, j := range g.new {
				if c := m.candidate(i, j); c.sim >= leastSimilarity {
					cs = append(cs, c)
				}
			}
		}
		return cs
	}
	lo, hi := g.new[0], g.new[len(g.new)-1]
	for _, i := range g.old {
		for _, j := range m.index.near(m, i, lo, hi) {
			if c := m.candidate(i, j); m.from[j] < 0 && c.sim >= leastSimilarity {
				cs = append(cs, c)
			}
		}
	}
	return cs
}

// candidates lists likely pairs among all units still free.
func (m *matching) candidates() []candidate {
	var cs []candidate
	seen := make(map[[2]int32]bool)
	add := func(i, j int32) {
		if i < 0 || j < 0 || int(i) >= len(m.old) || int(j) >= len(m.new) || !m.free(i, j) || seen[[2]int32{i, j}] {
			return
		}
		seen[[2]int32{i, j}] = true
		if s := m.similarity(&m.old[i], &m.new[j]); s >= leastSimilarity {
			cs = append(cs, candidate{i: i, j: j, sim: s})
		}
	}
	for i := range m.to {
		if m.to[i] >= 0 {
			continue
		}
		for _, j := range m.index.near(m, int32(i), 0, int32(len(m.new))) {
			add(int32(i), j)
		}
		if i > 0 && m.to[i-1] >= 0 {
			add(int32(i), m.to[i-1]+1)
		}
		if i+1 < len(m.to) && m.to[i+1] >= 0 {
			add(int32(i), m.to[i+1]-1)
		}
	}
	return cs
}

// postings tells for each word in which free new units it stands, in order.
type postings struct {
	start []int32 // by class
	units []int32
	score []float64 // scratch by new unit
	hit   []int32
	words []int32
}

func (m *matching) newPostings() *postings {
	p := &postings{start: make([]int32, len(m.v.forms)+2), score: make([]float64, len(m.new))}
	each := func(visit func(class, j int32)) {
		for j := range m.new {
			if m.from[j] >= 0 {
				continue
			}
			for k, c := range m.new[j].bag {
				if k == 0 || c != m.new[j].bag[k-1] {
					visit(c, int32(j))
				}
			}
		}
	}
	each(func(c, _ int32) { p.start[c+2]++ })
	for c := 2; c < len(p.start); c++ {
		p.start[c] += p.start[c-1]
	}
	p.units = make([]int32, p.start[len(p.start)-1])
	each(func(c, j int32) {
		p.units[p.start[c+1]] = j
		p.start[c+1]++
	})
	return p
}

// near lists the new units of [lo,hi] that share most of the rarest words of
// old unit i: at most candidateLimit.
func (p *postings) near(m *matching, i, lo, hi int32) []int32 {
	p.words, p.hit = p.words[:0], p.hit[:0]
	bag := m.old[i].bag
	for k, c := range bag {
		if (k == 0 || c != bag[k-1]) && p.start[c+1] > p.start[c] {
			p.words = append(p.words, c)
		}
	}
	slices.SortFunc(p.words, func(a, b int32) int {
		return cmp.Or(cmp.Compare(p.start[a+1]-p.start[a], p.start[b+1]-p.start[b]), cmp.Compare(a, b))
	})
	centre := int32(int64(i) * int64(len(m.new)) / int64(max(len(m.old), 1)))
	for _, c := range p.words[:min(len(p.words), rareWords)] {
		us := p.units[p.start[c]:p.start[c+1]]
		a, _ := slices.BinarySearch(us, lo)
		b, _ := slices.BinarySearch(us, hi+1)
		us = us[a:b]
		if len(us) > postingLimit { // a word this common: only around the same place
			k, _ := slices.BinarySearch(us, centre)
			k = min(max(k-postingLimit/2, 0), len(us)-postingLimit)
			us = us[k : k+postingLimit]
		}
		w := m.weigh(c)
		for _, j := range us {
			if p.score[j] == 0 {
				p.hit = append(p.hit, j)
			}
			p.score[j] += w
		}
	}
	slices.SortFunc(p.hit, func(a, b int32) int {
		return cmp.Or(cmp.Compare(p.score[b]/(m.new[b].weight+m.old[i].weight), p.score[a]/(m.new[a].weight+m.old[i].weight)), cmp.Compare(a, b))
	})
	for _, j := range p.hit {
		p.score[j] = 0
	}
	return p.hit[:min(len(p.hit), candidateLimit)]
}
