package edit

import (
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Change is a changed provision of a working text, as its justification names
// it. A unit that is new, gone or moved is one change with all that is under it.
type Change struct {
	// At is where it stands in the working text, Was where it stood in the base.
	// One of them is "": of what is new, and of what is gone.
	At, Was law.Address
	// Pair is the change of the provision's own line.
	Pair *diffing.Pair
	// Under are the changes of what went along with it, in the order of the text.
	Under []*diffing.Pair
}

// Key is the address a justification is kept by: At, or Was of what is gone.
func (c *Change) Key() law.Address {
	if c.At != "" {
		return c.At
	}
	return c.Was
}

// Of lists what a comparison of a base with a working text changed, in the order of
// the text. Editorial notes are no changes. The pairs are those of the result; a
// unit that is taken out and the line left in its place are one change, whose pair
// has both.
func Of(r *diffing.Result) (out []Change) {
	head := map[*law.Provision]int{} // the change a provision went along with
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if p.Note || !p.Changed() {
			continue
		}
		unit := p.From
		if p.To != nil {
			unit = p.To
		}
		first := unit.Provisions[0]
		if i, ok := head[first.Parent]; ok && alongWith(p, out[i].Pair) {
			out[i].Under = append(out[i].Under, p)
			head[first] = i
			continue
		}
		c := Change{Pair: p}
		if p.From != nil {
			c.Was = p.From.Provisions[0].Address
		}
		if p.To != nil {
			c.At = p.To.Provisions[0].Address
		}
		if p.Kind == diffing.Inserted || p.Kind == diffing.Deleted || p.Moved {
			head[first] = len(out)
		}
		out = append(out, c)
	}
	return joinLines(out)
}

// joinLines joins what was taken out with the line that was left under its address.
func joinLines(all []Change) (out []Change) {
	lines := map[law.Address]*diffing.Pair{}
	for _, c := range all {
		if c.Was == "" {
			lines[c.At] = c.Pair
		}
	}
	joined := map[law.Address]bool{}
	for i := range all {
		c := &all[i]
		line := lines[c.Was]
		if c.At != "" || line == nil {
			continue
		}
		pair := &diffing.Pair{Kind: diffing.Edited, From: c.Pair.From, To: line.To,
			Ops: []diffing.Op{{Kind: diffing.Delete, Text: c.Pair.From.Text}, {Kind: diffing.Insert, Text: line.To.Text}}}
		if pair.Excludes() {
			c.At, c.Pair = c.Was, pair
			joined[c.At] = true
		}
	}
	for _, c := range all {
		if c.Was != "" || !joined[c.At] {
			out = append(out, c)
		}
	}
	return out
}

// alongWith reports whether a change inside a unit is told by the change of the
// unit: new in what is new, gone with what is gone, moved with it as it was.
func alongWith(p, unit *diffing.Pair) bool {
	if unit.Moved {
		return p.Moved && p.Kind == diffing.Same
	}
	return p.Kind == unit.Kind
}
