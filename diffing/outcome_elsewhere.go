package diffing

import (
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// leastMoved is how many words in a row show that an insertion was enacted at
// another place: fewer repeat by chance.
const leastMoved = 3

// piece is a run of words that was enacted.
type piece struct {
	words []int32
	pair  *Pair // of base → enacted
	used  bool  // an item was adopted here, as the whole of the piece
}

func (p *piece) at() law.Address { return p.pair.To.Provisions[0].Address }

// gatherNews collects what the enacted text has and the base had not.
func (j *judge) gatherNews() {
	j.places = map[[3]int32][]int{}
	for k := range j.done.Pairs {
		p := &j.done.Pairs[k]
		if p.Note || p.To == nil {
			continue
		}
		if p.Kind == Inserted { // without its number
			j.news = append(j.news, piece{words: j.words(j.tokens(p.To)), pair: p})
			continue
		}
		for _, op := range p.Ops {
			if op.Kind == Insert {
				j.news = append(j.news, piece{words: j.words(j.v.tokens(nil, op.Text)), pair: p})
			}
		}
	}
	for n := range j.news {
		for w := j.news[n].words; len(w) >= leastMoved; w = w[1:] {
			key := [3]int32(w)
			if at := j.places[key]; len(at) == 0 || at[len(at)-1] != n {
				j.places[key] = append(at, n)
			}
		}
	}
}

// elsewhere finds the words of an insertion that an item proposes, in order, in
// what was enacted at another place than its own, enacted there and not proposed
// there: what another item puts there is that item's.
func (j *judge) elsewhere(item *OutcomeItem, words []int32) (law.Address, bool) {
	if len(words) < leastMoved {
		return "", false
	}
	for _, n := range j.places[[3]int32(words)] {
		p := &j.news[n]
		if item.Enacted != nil && p.at() == item.Enacted.To.Provisions[0].Address || !holds(p.words, words) || j.proposedAt(p, item, words) {
			continue
		}
		whole := len(p.words) == len(words)
		if p.used = p.used || whole; !whole || len(words) < surelyMoved {
			item.Doubt = DoubtElsewhere
		}
		return p.at(), true
	}
	return "", false
}

// proposedAt reports whether the proposal has these words, too, where a piece was
// enacted, in a provision of another item.
func (j *judge) proposedAt(p *piece, item *OutcomeItem, words []int32) bool {
	from := j.kept.new[p.pair.To.Provisions[0].Index].From
	if from == nil || slices.Contains(from.Provisions, item.Proposed.To.Provisions[0]) {
		return false
	}
	return holds(j.words(j.tokens(from)), words)
}

func holds(in, words []int32) bool {
	for ; len(in) >= len(words); in = in[1:] {
		if slices.Equal(in[:len(words)], words) {
			return true
		}
	}
	return false
}

// allElsewhere reports whether all that a pair enacts was proposed at other
// places.
func (j *judge) allElsewhere(p *Pair) bool {
	if p.Moved || p.Renumbered || p.Kind != Inserted && p.Kind != Edited {
		return false
	}
	for _, op := range p.Ops {
		if op.Kind == Delete {
			return false
		}
	}
	used := false
	n, _ := slices.BinarySearchFunc(j.news, p, func(a piece, p *Pair) int {
		return a.pair.To.Provisions[0].Index - p.To.Provisions[0].Index
	})
	for ; n < len(j.news) && j.news[n].pair == p; n++ {
		if !j.news[n].used && len(j.news[n].words) > 0 {
			return false
		}
		used = used || j.news[n].used
	}
	return used
}
