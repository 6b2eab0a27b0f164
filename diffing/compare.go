package diffing

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

type options struct{ variants bool }

// Option changes how Compare compares.
type Option func(*options)

// ShowVariants counts look-alike letters, other blanks, dashes and quotation
// marks as changes. Without it only what a reader can hear is a change.
func ShowVariants() Option { return func(o *options) { o.variants = true } }

// Compare compares two texts of a law. It is deterministic and never fails: any
// two documents have a comparison in which every provision and every note of
// both stands in exactly one pair.
func Compare(from, to *law.Document, opts ...Option) *Result {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	v := newVocabulary(o.variants)
	d := &wordDiffer{v: v}
	r := &Result{From: from, To: to}

	old := provisionUnits(v, from, nil)
	text := newMatching(v, old, provisionUnits(v, to, old))
	text.align()
	pairs := text.result(d)
	for k := range pairs {
		r.Summary.add(&pairs[k])
	}
	notes := newMatching(v, noteUnits(v, from), noteUnits(v, to))
	notes.align()
	r.Pairs = weave(pairs, notes.result(d))
	r.Warning = warning(from, to, r)
	return r
}

// result makes the pairs in reading order.
func (m *matching) result(d *wordDiffer) []Pair {
	gs := m.groups(d)
	onChain := m.chainGroups(gs)
	pairs := make([]Pair, 0, len(gs))
	sides := make([]Side, 0, 2*len(gs))
	side := func(units []unit, of []int32) *Side {
		if len(of) == 0 {
			return nil
		}
		sides = append(sides, sideOf(units, of))
		return &sides[len(sides)-1]
	}
	for _, k := range readingOrder(gs, onChain) {
		g := gs[k]
		p := Pair{From: side(m.old, g.old), To: side(m.new, g.new)}
		switch {
		case p.To == nil:
			p.Kind = Deleted
			p.Ops = []Op{{Kind: Delete, Text: p.From.Text}}
			p.Note = p.From.Note != nil
		case p.From == nil:
			p.Kind = Inserted
			p.Ops = []Op{{Kind: Insert, Text: p.To.Text}}
			p.Note = p.To.Note != nil
		default:
			p.Note = p.To.Note != nil
			m.describe(d, &p, g)
			p.Moved = !onChain[k]
			p.Renumbered = !p.Moved && !p.Note && m.old[g.old[0]].number() != m.new[g.new[0]].number()
		}
		pairs = append(pairs, p)
	}
	return pairs
}

func sideOf(units []unit, of []int32) Side {
	first, last := &units[of[0]], &units[of[len(of)-1]]
	s := Side{Note: first.note, Text: first.text, First: first.first, Last: last.last}
	if first.provision != nil {
		s.Provisions = make([]*law.Provision, len(of))
		texts := make([]string, len(of))
		for k, i := range of {
			s.Provisions[k], texts[k] = units[i].provision, units[i].text
		}
		if len(of) > 1 {
			s.Text = strings.Join(texts, " ")
		}
	}
	return s
}

// describe fills kind, ops, similarity and technical of a pair with two sides.
func (m *matching) describe(d *wordDiffer, p *Pair, g group) {
	whole := len(g.old) == 1 && len(g.new) == 1
	if whole && p.From.Text == p.To.Text {
		p.Kind, p.Similarity = Same, 1
		p.Ops = []Op{{Kind: Equal, Text: p.To.Text}}
		return
	}
	a, b := m.old[g.old[0]].tokens, m.new[g.new[0]].tokens
	if !whole {
		a, b = m.v.tokens(nil, p.From.Text), m.v.tokens(nil, p.To.Text)
	}
	hunks := d.diff(a, b)
	p.Ops = ops(p.From.Text, p.To.Text, a, b, hunks)
	length := utf8.RuneCountInString(p.From.Text) + utf8.RuneCountInString(p.To.Text)
	p.Similarity = 1 - float64(marked(p.Ops))/float64(length)
	switch {
	case len(g.new) > 1:
		p.Kind = Split
	case len(g.old) > 1:
		p.Kind = Merged
	case len(hunks) == 0:
		p.Kind = Same
	default:
		p.Kind = Edited
		p.Technical = sameWords(m.v, &m.old[g.old[0]], &m.new[g.new[0]])
	}
}

func (s *Summary) add(p *Pair) {
	switch p.Kind {
	case Same:
		s.Same++
	case Edited:
		s.Edited++
	case Inserted:
		s.Inserted++
	case Deleted:
		s.Deleted++
	case Split:
		s.Split++
	case Merged:
		s.Merged++
	}
	if p.Moved {
		s.Moved++
	}
	if p.Renumbered {
		s.Renumbered++
	}
	s.MarkedChars += marked(p.Ops)
}

// weave puts the pairs of notes between those of law text, each after the
// provision it stands after.
func weave(pairs, notes []Pair) []Pair {
	if len(notes) == 0 {
		return pairs
	}
	after := func(n *Pair, old bool) int {
		if old {
			return n.From.Note.After
		}
		return n.To.Note.After
	}
	byNew, byOld := map[int][]Pair{}, map[int][]Pair{}
	for k := range notes {
		n := &notes[k]
		if n.To != nil {
			byNew[after(n, false)] = append(byNew[after(n, false)], *n)
		} else {
			byOld[after(n, true)] = append(byOld[after(n, true)], *n)
		}
	}
	out := make([]Pair, 0, len(pairs)+len(notes))
	take := func(from map[int][]Pair, place int) {
		out = append(out, from[place]...)
		delete(from, place)
	}
	take(byOld, 0)
	take(byNew, 0)
	for _, p := range pairs {
		out = append(out, p)
		if p.From != nil {
			take(byOld, p.From.Provisions[len(p.From.Provisions)-1].Index+1)
		}
		if p.To != nil {
			take(byNew, p.To.Provisions[len(p.To.Provisions)-1].Index+1)
		}
	}
	// Notes inside a split or merged unit have no such place; they come last.
	for _, left := range []map[int][]Pair{byOld, byNew} {
		places := make([]int, 0, len(left))
		for place := range left {
			places = append(places, place)
		}
		slices.Sort(places)
		for _, place := range places {
			out = append(out, left[place]...)
		}
	}
	return out
}

// warning doubts that the texts are versions of one law: nothing of a fair
// length was found again.
func warning(from, to *law.Document, r *Result) Warning {
	if from.Lang != to.Lang && from.Lang != "" && to.Lang != "" {
		return DifferentLanguages
	}
	if len(from.Provisions) == 0 || len(to.Provisions) == 0 {
		return ""
	}
	kept, all := 0.0, 0.0
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if p.Note || p.From == nil {
			continue
		}
		n := float64(utf8.RuneCountInString(p.From.Text))
		all += n
		kept += n * p.Similarity
	}
	if kept < leastCommon*all {
		return NothingInCommon
	}
	return ""
}
