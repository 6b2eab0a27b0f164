package diffing

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// image is what the enacted text has of the provisions of an item.
type image struct {
	pairs  []*Pair // base → enacted, in the order of the enacted text
	tokens []token
	ends   []int // where in tokens those of each pair end
}

// image gathers what became of the base provisions of an item: all of them, for a
// merger joins what may have stayed apart. Of a split, and where nothing became
// of them, also what only the way through the proposal finds: a part of it that
// the base → enacted comparison takes for new.
func (j *judge) image(asked *Pair) (got image) {
	add := func(p *Pair) {
		if p.To != nil && !p.Excludes() && !slices.Contains(got.pairs, p) {
			got.pairs = append(got.pairs, p)
		}
	}
	for _, q := range asked.From.Provisions {
		p := j.done.old[q.Index]
		j.account(p)
		add(p)
	}
	if len(got.pairs) == 0 || asked.Kind == Split || asked.Kind == Merged {
		for _, q := range asked.To.Provisions {
			if e := j.kept.became(q); e != nil && j.done.was(e) == nil && !isExcluded(e) {
				add(j.done.new[e.Index])
			}
		}
	}
	slices.SortStableFunc(got.pairs, func(a, b *Pair) int {
		return cmp.Compare(a.To.Provisions[0].Index, b.To.Provisions[0].Index)
	})
	for k, p := range got.pairs {
		j.account(p)
		if p.From == nil {
			all, body := j.read(p.To.Text, p.To.Provisions[0])
			if k > 0 {
				body = 0
			}
			got.tokens = append(got.tokens, all[body:]...)
		} else {
			j.checkShape(asked, p)
			got.tokens = append(got.tokens, j.cut(p, asked.From)...)
		}
		got.ends = append(got.ends, len(got.tokens))
	}
	return got
}

// cut is what a pair of base → enacted makes of the provisions of one side: where
// it merged them with others, only what came of them. The number of the side's
// first provision is left out, as tokens leaves it out.
func (j *judge) cut(p *Pair, of *Side) []token {
	var base []token
	lo, hi := -1, 0
	for _, q := range p.From.Provisions {
		all, body := j.read(q.Text, q)
		if slices.Contains(of.Provisions, q) {
			if lo < 0 {
				if lo = len(base); q == of.Provisions[0] {
					lo += body
				}
			}
			hi = len(base) + len(all)
		}
		base = append(base, all...)
	}
	got, number := j.read(p.To.Text, p.To.Provisions[0])
	_, own := j.read(p.From.Provisions[0].Text, p.From.Provisions[0])
	if lo == own && hi == len(base) {
		return got[number:]
	}
	if lo == 0 && hi == len(base) {
		return got
	}
	hunks := j.d.diff(base, got)
	return got[along(hunks, lo):along(hunks, hi)]
}

// along is where a place of the old text is in the new one; what was inserted
// there goes with what stands before it.
func along(hunks []hunk, at int) int {
	shift := 0
	for _, h := range hunks {
		switch {
		case h.a0 > at:
			return at + shift
		case h.a1 > at:
			return h.b0
		}
		shift = h.b1 - h.a1
	}
	return at + shift
}

// provisions are the enacted provisions of an image.
func (got image) provisions() (out []*law.Provision) {
	for _, p := range got.pairs {
		out = append(out, p.To.Provisions...)
	}
	return out
}

// exceed marks the pairs of an image that have a place the proposal left alone.
func (j *judge) exceed(got image, c cluster) {
	from := 0
	for k, p := range got.pairs {
		if c.c0 < got.ends[k] && c.c1 > from || c.c0 == c.c1 && c.c0 >= from && c.c0 <= got.ends[k] {
			j.exceeded[p] = true
		}
		from = got.ends[k]
	}
}

// enactedAs is base → enacted at the place of an item: the pair, or several in
// one where the proposal joins or parts what the enacted text does not.
func (j *judge) enactedAs(asked *Pair, got image) *Pair {
	if p := got.pairs[0]; len(got.pairs) == 1 && p.From != nil && len(p.From.Provisions) >= len(asked.From.Provisions) {
		return p
	}
	to := &Side{Provisions: got.provisions(), First: got.pairs[0].To.First}
	texts := make([]string, len(got.pairs))
	for k, p := range got.pairs {
		texts[k] = p.To.Text
		to.Last = p.To.Last
	}
	to.Text = strings.Join(texts, " ")
	out := &Pair{Kind: Edited, From: asked.From, To: to, Ops: j.ops(asked.From.Text, to.Text)}
	changed := marked(out.Ops)
	out.Similarity = 1 - share(changed, utf8.RuneCountInString(asked.From.Text)+utf8.RuneCountInString(to.Text))
	switch {
	case len(to.Provisions) > 1 && len(asked.From.Provisions) == 1:
		out.Kind = Split
	case changed == 0:
		out.Kind = Same
	}
	return out
}

// surviving marks the text of a proposal with what the enacted text has of it.
func (j *judge) surviving(asked *Pair, got image) []Op {
	if k := j.kept.old[asked.To.Provisions[0].Index]; len(got.pairs) == 1 && k.To != nil &&
		len(k.From.Provisions) == len(asked.To.Provisions) && slices.Equal(k.To.Provisions, got.pairs[0].To.Provisions) {
		return k.Ops
	}
	texts := make([]string, len(got.pairs))
	for k, p := range got.pairs {
		texts[k] = p.To.Text
	}
	return j.ops(asked.To.Text, strings.Join(texts, " "))
}

func (j *judge) ops(old, new string) []Op {
	a, b := j.v.tokens(nil, old), j.v.tokens(nil, new)
	return ops(old, new, a, b, j.d.diff(a, b))
}
