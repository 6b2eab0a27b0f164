package diffing

// candidate is a pair that shares words.
type candidate struct {
	i, j       int32
	sim, score float64
}

// similarity is the share of words two texts have in common, 0–1, each word
// weighing its rarity (Dice over multisets). Without a common content word it
// is 0: «в порядке, установленном законом» alone makes no pair.
func (m *matching) similarity(a, b *unit) float64 {
	m.fillBag(a)
	m.fillBag(b)
	common, content := 0.0, false
	for i, j := 0, 0; i < len(a.bag) && j < len(b.bag); {
		switch {
		case a.bag[i] < b.bag[j]:
			i++
		case a.bag[i] > b.bag[j]:
			j++
		default:
			common += m.weights[a.bag[i]]
			content = content || m.v.forms[a.bag[i]].content
			i, j = i+1, j+1
		}
	}
	if !content {
		return 0
	}
	return 2 * common / (a.weight + b.weight)
}

// place is about where unit i would stand in the new text had nothing moved.
func (m *matching) place(i int32) int32 {
	return int32(int64(i) * int64(len(m.new)) / int64(max(len(m.old), 1)))
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
		for _, j := range m.freeNew.near(m, &m.old[i], m.new, lo, hi, m.place(i)) {
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
		for _, j := range m.freeNew.near(m, &m.old[i], m.new, 0, int32(len(m.new)), m.place(int32(i))) {
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

// rival is the greatest similarity of i to any new unit but j, or of j to any
// old unit but i, paired or not.
func (m *matching) rival(i, j int32) float64 {
	best := 0.0
	for _, k := range m.allNew.near(m, &m.old[i], m.new, 0, int32(len(m.new)), m.place(i)) {
		if k != j {
			best = max(best, m.similarity(&m.old[i], &m.new[k]))
		}
	}
	for _, k := range m.allOld.near(m, &m.new[j], m.old, 0, int32(len(m.old)), i) {
		if k != i {
			best = max(best, m.similarity(&m.old[k], &m.new[j]))
		}
	}
	return best
}
