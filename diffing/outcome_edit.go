package diffing

import "slices"

// leastMoved is how many words in a row show that an insertion was enacted at
// another place.
const leastMoved = 3

// decideEdit follows a provision the proposal rewords, moves, splits or merges.
func (j *judge) decideEdit(item *OutcomeItem) {
	from, to := item.Proposed.From, item.Proposed.To
	p := j.became[from.Provisions[0]]
	item.Enacted = p
	if p.To == nil {
		item.Status = Opposite // the unit it keeps was repealed
		item.Surviving = []Op{{Kind: Delete, Text: to.Text}}
		return
	}
	base, want, got := j.tokens(from), j.tokens(to), j.tokens(p.To)
	if k := j.kept[to.Provisions[0]]; k != nil && k.To != nil && k.To.Provisions[0] == p.To.Provisions[0] {
		item.Surviving = k.Ops
	}
	var t tally
	for _, c := range clusters(j.d.diff(base, want), j.d.diff(base, got)) {
		if !c.asked {
			j.beyond[p] = true
		} else {
			j.weigh(item, &t, base[c.a0:c.a1], want[c.b0:c.b1], got[c.c0:c.c1], c.enacted)
		}
	}
	if t.all == 0 { // moved, split or merged without a new word
		t.add(j.followed(item.Proposed, p))
	}
	item.Survived = share(t.survived, t.words)
	switch {
	case t.verbatim == t.all:
		item.Status, item.Survived = Adopted, 1
	case t.opposite > 0 && item.Survived < survivedEnough:
		item.Status = Opposite
	case t.verbatim > 0 && t.verbatim+t.stayed == t.all:
		item.Status = Partly
	case t.stayed < t.all && item.Survived >= survivedEnough:
		item.Status = AdoptedChanged
	default:
		item.Status = Rejected
	}
}

// tally adds up the hunks of an item.
type tally struct {
	all, verbatim, stayed, opposite int // hunks
	words, survived                 int
}

func (t *tally) add(yes bool) {
	t.all++
	t.words++
	if yes {
		t.verbatim++
		t.survived++
	} else {
		t.stayed++
	}
}

// followed reports whether what was enacted is the move, split or merger that
// was proposed.
func (j *judge) followed(proposed, enacted *Pair) bool {
	return proposed.Kind == enacted.Kind && proposed.Moved == enacted.Moved &&
		(!proposed.Moved || proposed.To.Provisions[0].Address == enacted.To.Provisions[0].Address)
}

// weigh judges one place: base, what was wanted of it and what it became.
func (j *judge) weigh(item *OutcomeItem, t *tally, base, want, got []token, touched bool) {
	t.all++
	inserted, deleted, context := j.parts(base, want)
	words := len(inserted) + len(deleted)
	t.words += words
	switch {
	case sameTokens(want, got):
		t.verbatim++
		t.survived += words
		return
	case !touched:
		if at, ok := j.elsewhere(inserted, item.Enacted.To.Provisions[0].Address); ok {
			t.verbatim++
			t.survived += words
			item.MovedTo = at
			return
		}
		t.stayed++
		return
	}
	rest := j.words(got)
	kept := take(&rest, context)
	in := take(&rest, inserted)
	stayed := take(&rest, deleted)
	t.survived += in + len(deleted) - stayed
	switch {
	case len(deleted) == 0 && in == 0 && kept < len(context) && len(rest) == 0,
		len(inserted) == 0 && stayed == len(deleted) && len(rest) > 0:
		t.opposite++
	}
}

// parts are the words a place gains, loses and keeps by the proposal.
func (j *judge) parts(base, want []token) (inserted, deleted, context []int32) {
	at := 0
	for _, h := range j.d.diff(base, want) {
		context = append(context, j.words(base[at:h.a0])...)
		deleted = append(deleted, j.words(base[h.a0:h.a1])...)
		inserted = append(inserted, j.words(want[h.b0:h.b1])...)
		at = h.a1
	}
	context = append(context, j.words(base[at:])...)
	return inserted, deleted, context
}

// take removes words from a bag and says how many were there.
func take(bag *[]int32, words []int32) (n int) {
	for _, w := range words {
		if k := slices.Index(*bag, w); k >= 0 {
			*bag = slices.Delete(*bag, k, k+1)
			n++
		}
	}
	return n
}

// cluster is a place of the base text where hunks of the proposal and of the
// enacted text meet: [a0,a1) of the base, [b0,b1) of the proposal, [c0,c1) of the
// enacted text.
type cluster struct {
	a0, a1, b0, b1, c0, c1 int
	asked, enacted         bool
}

// clusters lays two lists of hunks of one base text side by side and joins those
// that overlap or touch.
func clusters(asked, enacted []hunk) (out []cluster) {
	b, c := 0, 0 // how far the other texts run ahead of the base
	for len(asked) > 0 || len(enacted) > 0 {
		k := cluster{a0: 1 << 30}
		if len(asked) > 0 {
			k.a0 = asked[0].a0
		}
		if len(enacted) > 0 {
			k.a0 = min(k.a0, enacted[0].a0)
		}
		k.a1 = k.a0
		k.b0, k.c0 = k.a0+b, k.a0+c
		for grown := true; grown; {
			grown = false
			if len(asked) > 0 && asked[0].a0 <= k.a1 {
				h := asked[0]
				b += h.b1 - h.b0 - (h.a1 - h.a0)
				k.a1, k.asked, asked, grown = max(k.a1, h.a1), true, asked[1:], true
			}
			if len(enacted) > 0 && enacted[0].a0 <= k.a1 {
				h := enacted[0]
				c += h.b1 - h.b0 - (h.a1 - h.a0)
				k.a1, k.enacted, enacted, grown = max(k.a1, h.a1), true, enacted[1:], true
			}
		}
		k.b1, k.c1 = k.a1+b, k.a1+c
		out = append(out, k)
	}
	return out
}

// unasked lists what was enacted that no item accounts for: pairs nobody asked
// about, and places of an edited provision the proposal left alone.
func (j *judge) unasked() (out []*Pair) {
	for k := range j.enacted.Pairs {
		p := &j.enacted.Pairs[k]
		if p.Note || !p.Changed() || p.Technical || onlyNumber(p) || j.asked[p] && !j.beyond[p] {
			continue
		}
		out = append(out, p)
	}
	return out
}

// tokens are the tokens of a side without its number, blanks left out.
func (j *judge) tokens(s *Side) []token {
	all := j.v.tokens(nil, s.Text)
	body := bodyStart(s.Text, all, j.v, s.Provisions[0])
	return slices.DeleteFunc(all[body:], func(t token) bool { return t.id == blankID })
}

func (j *judge) words(ts []token) (out []int32) {
	for _, t := range ts {
		if j.v.counts(t.id) {
			out = append(out, j.v.forms[t.id].class)
		}
	}
	return out
}

func (j *judge) count(ts []token) int { return len(j.words(ts)) }

// wordless reports whether hunks change no word.
func (j *judge) wordless(a, b []token, hunks []hunk) bool {
	for _, h := range hunks {
		if !slices.Equal(j.words(a[h.a0:h.a1]), j.words(b[h.b0:h.b1])) {
			return false
		}
	}
	return true
}

func sameTokens(a, b []token) bool {
	return slices.EqualFunc(a, b, func(x, y token) bool { return x.id == y.id })
}
