package diffing

import "github.com/tuzetu/tuzetu/law"

// OnlyNumber reports whether a pair has no other words, but another number.
func (p *Pair) OnlyNumber() bool {
	return p.Renumbered && (p.Kind == Same || p.Technical)
}

// weighShape judges what an item asks for besides words: another place, other
// borders, another number. A number beside other words follows from changes
// elsewhere and is not weighed.
func (j *judge) weighShape(item *OutcomeItem, t *tally, got image) {
	asked := item.Proposed
	if asked.Moved {
		gone, come := j.movedAs(asked, got)
		if t.act(gone, come); gone && !come {
			item.MovedTo = got.pairs[0].To.Provisions[0].Address
		}
	}
	is := got.provisions()
	switch asked.Kind {
	case Split:
		t.act(len(is) > 1, len(is) == len(asked.To.Provisions))
	case Merged:
		t.act(j.mergedAs(asked, got))
	}
	if asked.OnlyNumber() {
		was, want := asked.From.Provisions[0], asked.To.Provisions[0]
		t.act(!sameNumber(is[0], was), sameNumber(is[0], want))
	}
}

func sameNumber(a, b *law.Provision) bool { return a.Number == b.Number && a.NumberTo == b.NumberTo }

// mergedAs reports whether something, and whether just what was proposed, was
// joined.
func (j *judge) mergedAs(asked *Pair, got image) (some, all bool) {
	for _, p := range got.pairs {
		some = some || p.From != nil && len(p.From.Provisions) > 1
	}
	if len(got.provisions()) > 1 {
		return some, false
	}
	p := got.pairs[0]
	return some, p.From == nil || len(p.From.Provisions) >= len(asked.From.Provisions) || sameTokens(got.tokens, j.tokens(asked.To))
}

// span is a stretch of the enacted text, by index of provisions, both included.
type span struct{ first, last int }

// spans finds for every move the proposal asks for where it leads in the enacted
// text: between what became of its neighbours in the proposal. Neighbours that
// moved tell nothing.
func (j *judge) spans() map[*Pair]span {
	out := map[*Pair]span{}
	place := func(p *Pair) (int, bool) { // of a neighbour
		if p.Note || p.From == nil || p.To == nil || p.Moved {
			return 0, false
		}
		d := j.done.old[p.From.Provisions[0].Index]
		if d.To == nil || d.Moved {
			return 0, false
		}
		return d.To.Provisions[0].Index, true
	}
	pairs := j.asked.Pairs
	at := -1
	for k := range pairs {
		if p := &pairs[k]; p.Moved {
			out[p] = span{first: at}
		} else if n, ok := place(p); ok {
			at = n
		}
	}
	at = len(j.done.To.Provisions)
	for k := len(pairs) - 1; k >= 0; k-- {
		if p := &pairs[k]; p.Moved {
			out[p] = span{out[p].first, at}
		} else if n, ok := place(p); ok {
			at = n
		}
	}
	return out
}

// movedAs reports whether a moved provision left its place and whether it came to
// where it was proposed.
func (j *judge) movedAs(asked *Pair, got image) (gone, come bool) {
	p, s := got.pairs[0], j.between[asked]
	n := p.To.Provisions[0].Index
	return p.Moved || p.From == nil, n >= s.first && n <= s.last
}

// checkShape marks a pair of base → enacted that moves, joins, parts or renumbers
// what the proposal did not.
func (j *judge) checkShape(asked, p *Pair) {
	if j.asProposed(p) {
		return
	}
	joined := p.Kind == Split || p.Kind == Merged
	if p.Moved && !asked.Moved || p.Renumbered && !asked.Renumbered || joined && p.Kind != asked.Kind {
		j.exceeded[p] = true
	}
}
