package diffing

import (
	"cmp"
	"slices"

	"github.com/tuzetu/tuzetu/citing"
	"github.com/tuzetu/tuzetu/law"
)

// Reference is a citation inside the new text whose target is no longer what or
// where it was: «статьи 22» where article 22 went away.
type Reference struct {
	At     law.Address   `json:"at"`     // where it stands, in the new text
	Text   string        `json:"text"`   // as printed
	Target law.Address   `json:"target"` // what it meant, in the old text; "" where it is new
	Now    law.Address   `json:"now"`    // where that is in the new text; "" where nowhere
	What   ReferenceFate `json:"what"`
	Doubt  string        `json:"doubt"` // why this is not certain; "" where it is
}

// ReferenceFate says what became of the target of a citation.
type ReferenceFate string

const (
	TargetMoved      ReferenceFate = "moved"
	TargetRenumbered ReferenceFate = "renumbered"
	TargetRemoved    ReferenceFate = "removed"
	TargetChanged    ReferenceFate = "changed" // it, or something under it
	TargetMissing    ReferenceFate = "missing" // a new citation of what the new text does not have
)

// Doubts of a reference.
const (
	DoubtAct     = "the citation does not say of which act"
	DoubtSeveral = "the citation fits several provisions"
	DoubtJoined  = "the target was split or merged"
)

// References lists the citations of this law inside the new text that now point
// at something moved, renumbered, removed or changed. A citation that stands
// unchanged meant a place of the old text: what matters is whether it still
// leads there. One that came with the change means a place of the new text: what
// matters is whether there is one.
func (r *Result) References() []Reference {
	f := r.Fates()
	var out []Reference
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if p.Note || p.To == nil {
			continue
		}
		for _, c := range citing.ReadOwn(r.To.Lang, p.To.Text) {
			if c.From == 0 && isHeading(p.To.Provisions[0]) {
				continue // «Статья 5.» is its own name
			}
			at := p.at(c.From)
			var was *law.Provision
			if p.From != nil && p.keeps(c.From, c.To) {
				was = p.From.Provisions[0]
			}
			for _, ref := range f.own(&c, was, at) {
				ref.At, ref.Text = at.Address, p.To.Text[c.From:c.To]
				if c.Unsaid && ref.Doubt == "" {
					ref.Doubt = DoubtAct
				}
				out = append(out, ref)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Reference) int {
		return cmp.Compare(f.order[a.At], f.order[b.At])
	})
	return slices.Compact(out)
}

// own follows a citation that stands in the provision at of the new text. was is
// where it stood in the old one, nil where it is new.
func (f *Fates) own(c *citing.Own, was, at *law.Provision) (out []Reference) {
	from, to := f.r.From, f.r.To
	for _, units := range c.Units {
		if was == nil {
			for _, unit := range citing.Singles(to, units, c.Within(at)) {
				if len(citing.Resolve(to, unit, c.Within(at))) == 0 {
					out = append(out, Reference{What: TargetMissing})
				}
			}
			continue
		}
		for _, unit := range citing.Singles(from, units, c.Within(was)) {
			ref, ok := f.Became(citing.Resolve(from, unit, c.Within(was)), citing.Resolve(to, unit, c.Within(at)))
			if ok {
				out = append(out, ref)
			}
		}
	}
	return out
}

// at is the provision of the new side that holds the byte offset i of its text.
func (p *Pair) at(i int) *law.Provision {
	for _, q := range p.To.Provisions {
		if i -= len(q.Text) + 1; i < 0 {
			return q
		}
	}
	return p.To.Provisions[len(p.To.Provisions)-1]
}

// keeps reports whether the bytes [from,to) of the new side stood in the old one.
func (p *Pair) keeps(from, to int) bool {
	at := 0
	for _, op := range p.Ops {
		end := at + len(op.New())
		if op.Kind == Equal && at <= from && to <= end {
			return true
		}
		at = end
	}
	return false
}
