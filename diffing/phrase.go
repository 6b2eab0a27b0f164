package diffing

import "slices"

// phraseCounts counts pairs of neighbouring words in each text, by hash. Two
// phrases may share a counter; then a phrase only seems less rare than it is.
type phraseCounts struct{ old, new [1 << phraseBits]uint8 }

const phraseBits = 20

// phrases visits the hash of every two neighbouring words of a unit's body.
func (m *matching) eachPhrase(u *unit, visit func(uint32)) {
	before := int32(-1)
	for _, t := range u.tokens[u.body:] {
		if !m.v.counts(t.id) {
			continue
		}
		class := m.v.forms[t.id].class
		if before >= 0 {
			visit(uint32(mix(uint64(uint32(before))*0x9E3779B97F4A7C15, class) >> (64 - phraseBits)))
		}
		before = class
	}
}

func (m *matching) countPhrases() *phraseCounts {
	c := new(phraseCounts)
	add := func(units []unit, counts []uint8) {
		for i := range units {
			m.eachPhrase(&units[i], func(h uint32) {
				if counts[h] < 255 {
					counts[h]++
				}
			})
		}
	}
	add(m.old, c.old[:])
	add(m.new, c.new[:])
	return c
}

// distinct reports whether two texts share phrases that stand nowhere else.
// Without it a dropped «осуществляет иные полномочия, предусмотренные законами»
// would be found again in any other article's.
func (m *matching) distinct(i, j int32) bool {
	var own []uint32
	all := 0
	m.eachPhrase(&m.old[i], func(h uint32) {
		all++
		if m.phrases.old[h] == 1 && m.phrases.new[h] == 1 {
			own = append(own, h)
		}
	})
	shared := 0
	m.eachPhrase(&m.new[j], func(h uint32) {
		if slices.Contains(own, h) {
			shared++
		}
	})
	return float64(shared) >= distinctShare*float64(all) && shared > 0
}
