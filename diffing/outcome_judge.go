package diffing

import (
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// judge decides the items of one proposal against one enacted text. Three
// comparisons answer it: base → proposed is what was asked, base → enacted what
// was done, and proposed → enacted finds what the base never had.
type judge struct {
	v                   *vocabulary
	d                   *wordDiffer
	asked, done, kept   *paired
	between             map[*Pair]span     // where a proposed move leads in the enacted text
	accounted, exceeded map[*Pair]bool     // of done: an item accounts for it; it does more than that asked
	news                []piece            // what the enacted text has and the base had not
	places              map[[3]int32][]int // by the words a piece holds there: piece and offset
	turns               map[int32]turn     // of words already asked about
}

// paired is a comparison that knows the pair of every provision.
type paired struct {
	*Result
	old, new []*Pair // by index of the provision
	place    []int   // in Pairs, of the pair of a provision of the new text
}

func pairedOf(r *Result) *paired {
	n := len(r.To.Provisions)
	p := &paired{r, make([]*Pair, len(r.From.Provisions)), make([]*Pair, n), make([]int, n)}
	for k := range r.Pairs {
		q := &r.Pairs[k]
		if q.Note {
			continue
		}
		if q.From != nil {
			for _, f := range q.From.Provisions {
				p.old[f.Index] = q
			}
		}
		if q.To != nil {
			for _, t := range q.To.Provisions {
				p.new[t.Index], p.place[t.Index] = q, k
			}
		}
	}
	return p
}

// became is what became of a provision of the old text, nil if it went.
func (p *paired) became(q *law.Provision) *law.Provision { return provisionOf(p.old[q.Index].To) }

// was is what a provision of the new text was, nil if it is new.
func (p *paired) was(q *law.Provision) *law.Provision { return provisionOf(p.new[q.Index].From) }

func newJudge(asked *Result, enacted *law.Document) *judge {
	v := newVocabulary(false)
	j := &judge{
		v: v, d: &wordDiffer{v: v}, asked: pairedOf(asked),
		done: pairedOf(Compare(asked.From, enacted)), kept: pairedOf(Compare(asked.To, enacted)),
		accounted: map[*Pair]bool{}, exceeded: map[*Pair]bool{}, turns: map[int32]turn{},
	}
	j.between = j.spans()
	j.gatherNews()
	return j
}

func (j *judge) decide(item *OutcomeItem) {
	switch p := item.Proposed; {
	case p.From == nil && j.decideExcluded(item):
	case p.From == nil:
		j.decideNew(item)
	case p.To == nil, p.Excludes():
		j.decideRepeal(item)
	default:
		j.decideEdit(item)
	}
}

// account marks a pair of base → enacted as explained by an item.
func (j *judge) account(p *Pair) { j.accounted[p] = true }

// unasked lists what was enacted that no item accounts for: pairs nobody asked
// about, and pairs that do more than was asked.
func (j *judge) unasked() (out []*Pair) {
	for k := range j.done.Pairs {
		p := &j.done.Pairs[k]
		switch {
		case p.Note || !p.Changed():
		case j.accounted[p] && !j.exceeded[p]:
		case j.asProposed(p), j.leftBehind(p), j.allElsewhere(p):
		default:
			out = append(out, p)
		}
	}
	return out
}

// asProposed reports whether the enacted side of a pair stands in the proposal,
// word for word in the same place.
func (j *judge) asProposed(p *Pair) bool {
	if p.To == nil {
		return false
	}
	return !slices.ContainsFunc(p.To.Provisions, func(q *law.Provision) bool { return j.kept.new[q.Index].Changed() })
}

// tokens are the tokens of a side without its number, blanks left out.
func (j *judge) tokens(s *Side) []token {
	all, body := j.read(s.Text, s.Provisions[0])
	return all[body:]
}

// read parts a text into tokens, blanks left out, and tells where the body begins.
func (j *judge) read(text string, first *law.Provision) (all []token, body int) {
	all = j.v.tokens(nil, text)
	start := bodyStart(text, all, j.v, first)
	n := 0
	for k, t := range all {
		if k == start {
			body = n
		}
		if t.id != blankID {
			all[n] = t
			n++
		}
	}
	if start == len(all) {
		body = n
	}
	return all[:n], body
}

// words are the words and numbers among tokens, in lower case.
func (j *judge) words(ts []token) (out []int32) {
	for _, t := range ts {
		if j.v.counts(t.id) {
			out = append(out, j.v.forms[t.id].class)
		}
	}
	return out
}

func (j *judge) count(ts []token) int { return len(j.words(ts)) }

func ids(ts []token) []int32 {
	out := make([]int32, len(ts))
	for k, t := range ts {
		out[k] = t.id
	}
	return out
}

func sameTokens(a, b []token) bool {
	return slices.EqualFunc(a, b, func(x, y token) bool { return x.id == y.id })
}
