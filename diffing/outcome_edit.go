package diffing

import "slices"

// decideEdit follows a provision the proposal rewords, renumbers, moves, splits
// or merges.
func (j *judge) decideEdit(item *OutcomeItem) {
	asked := item.Proposed
	got := j.image(asked)
	if len(got.pairs) == 0 { // the unit it keeps was repealed
		item.Status = Opposite
		item.Enacted = j.done.old[asked.From.Provisions[0].Index]
		item.Surviving = []Op{{Kind: Delete, Text: asked.To.Text}}
		if j.replaced(asked.From.Provisions[0]) {
			item.Doubt = DoubtReplaced
		} else if slices.ContainsFunc(asked.Ops, func(op Op) bool { return op.Kind == Delete }) {
			item.Doubt = DoubtRepealed
		}
		return
	}
	item.Enacted, item.Surviving = j.enactedAs(asked, got), j.surviving(asked, got)
	base, want := j.tokens(asked.From), j.tokens(asked.To)
	var t tally
	for _, c := range clusters(j.d.diff(base, want), j.d.diff(base, got.tokens)) {
		if c.asked {
			j.weigh(item, &t, base[c.a0:c.a1], want[c.b0:c.b1], got.tokens[c.c0:c.c1], c.enacted)
		} else {
			j.exceed(got, c)
			is := got.tokens[c.c0:c.c1]
			t.beside = t.beside || !slices.Equal(j.words(base[c.a0:c.a1]), j.words(is))
			t.besideTurned = t.besideTurned || j.turned(base[c.a0:c.a1], is)
		}
	}
	j.weighShape(item, &t, got)
	if t.all == 0 { // a sign of its number, or a blank
		base, want := j.v.tokens(nil, asked.From.Text), j.v.tokens(nil, asked.To.Text)
		is := j.v.tokens(nil, item.Enacted.To.Text)
		for _, c := range clusters(j.d.diff(base, want), j.d.diff(base, is)) {
			if c.asked {
				j.weigh(item, &t, base[c.a0:c.a1], want[c.b0:c.b1], is[c.c0:c.c1], c.enacted)
			}
		}
	}
	item.Survived = t.share()
	switch {
	case t.verbatim == t.all:
		item.Status, item.Survived = Adopted, 1
	case t.opposite > 0 && item.Survived < survivedEnough, t.away > 0 && t.away+t.stayed == t.all:
		item.Status = Opposite
	case t.verbatim > 0 && t.verbatim+t.stayed == t.all:
		item.Status = Partly
	case t.stayed < t.all && item.Survived >= survivedEnough:
		item.Status = AdoptedChanged
	default:
		item.Status = Rejected
	}
	if doubt := t.doubtEdit(item.Status); doubt != "" {
		item.Doubt = doubt
	}
}

// tally adds up the hunks of an item.
type tally struct {
	all, verbatim, stayed, opposite int // hunks
	away                            int // hunks whose number went the other way
	words, survived                 int
	signs, signsSurvived            int // of hunks that change no word
	doubt                           OutcomeDoubt
	turnedBack                      bool // an enacted place has a word that turns a norm, and the base had not
	beside, besideTurned            bool // words changed, such words changed, where nothing was proposed
}

// share is what survived of the words, or of the signs where no word changed.
func (t *tally) share() float64 {
	if t.words == 0 {
		return share(t.signsSurvived, t.signs)
	}
	return share(t.survived, t.words)
}

// act adds what is no hunk of words as two words: one gone from where or what it
// was, one come to where or what was proposed.
func (t *tally) act(gone, come bool) {
	t.all++
	t.words += 2
	switch {
	case come:
		t.verbatim++
		t.survived += 2
	case gone:
		t.survived++
	default:
		t.stayed++
	}
}

// weigh judges one place: base, what was wanted of it and what it became.
func (j *judge) weigh(item *OutcomeItem, t *tally, base, want, got []token, touched bool) {
	t.all++
	terms := j.words
	words, survived := &t.words, &t.survived
	inserted, deleted, context := j.parts(base, want, terms)
	if slices.Equal(inserted, deleted) { // only signs, or letter case
		terms, words, survived = ids, &t.signs, &t.signsSurvived
		inserted, deleted, context = j.parts(base, want, terms)
	}
	all := len(inserted) + len(deleted)
	*words += all
	switch {
	case sameTokens(want, got):
		t.verbatim++
		*survived += all
		return
	case !touched:
		if at, ok := j.elsewhere(item, inserted); ok && words == &t.words {
			t.verbatim++
			*survived += all
			item.MovedTo = at
			return
		}
		t.stayed++
		return
	}
	rest := bagOf(terms(got))
	kept := rest.take(context)
	in := rest.take(inserted)
	stayed := rest.take(deleted)
	*survived += in + len(deleted) - stayed
	if doubt := j.doubtPlace(base, want, got, len(inserted), in, kept == len(context)); words == &t.words && doubt != "" {
		t.doubt = doubt
	}
	t.turnedBack = t.turnedBack || j.turned(base, got)
	if j.numberWay(base, want, got) < 0 {
		t.away++
	}
	switch {
	case words != &t.words:
	case len(deleted) == 0 && in == 0 && kept < len(context) && rest.left == 0,
		len(inserted) == 0 && stayed == len(deleted) && rest.left > 0:
		t.opposite++
	}
}

// parts are the words a place gains, loses and keeps by the proposal.
func (j *judge) parts(base, want []token, terms func([]token) []int32) (inserted, deleted, context []int32) {
	at := 0
	for _, h := range j.d.diff(base, want) {
		context = append(context, terms(base[at:h.a0])...)
		deleted = append(deleted, terms(base[h.a0:h.a1])...)
		inserted = append(inserted, terms(want[h.b0:h.b1])...)
		at = h.a1
	}
	context = append(context, terms(base[at:])...)
	return inserted, deleted, context
}

// bag is a multiset of words.
type bag struct {
	times map[int32]int
	left  int
}

func bagOf(words []int32) bag {
	b := bag{make(map[int32]int, len(words)), len(words)}
	for _, w := range words {
		b.times[w]++
	}
	return b
}

// take removes words and says how many were there.
func (b *bag) take(words []int32) (n int) {
	for _, w := range words {
		if b.times[w] > 0 {
			b.times[w]--
			n++
		}
	}
	b.left -= n
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
