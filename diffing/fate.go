package diffing

import "github.com/tuzetu/tuzetu/law"

// Fates knows what became of every provision of the old text, and so what became
// of a citation, whatever text it stands in.
type Fates struct {
	r       *Result
	pair    []*Pair          // by old index
	changed []bool           // by old index: the provision or something under it
	origin  []*law.Provision // by new index: what it was
	order   map[law.Address]int
}

// Fates follows the provisions of the old text through the comparison.
func (r *Result) Fates() *Fates {
	f := &Fates{
		r:       r,
		pair:    make([]*Pair, len(r.From.Provisions)),
		changed: make([]bool, len(r.From.Provisions)),
		origin:  make([]*law.Provision, len(r.To.Provisions)),
		order:   make(map[law.Address]int, len(r.To.Provisions)),
	}
	for _, p := range r.To.Provisions {
		f.order[p.Address] = p.Index
	}
	mark := func(p *law.Provision) {
		for ; p != nil && !f.changed[p.Index]; p = p.Parent {
			f.changed[p.Index] = true
		}
	}
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if p.Note || p.From == nil {
			continue
		}
		for _, q := range p.From.Provisions {
			f.pair[q.Index] = p
			if p.Kind != Same && !p.Technical {
				mark(q)
			}
		}
		if p.To != nil {
			for _, q := range p.To.Provisions {
				f.origin[q.Index] = p.From.Provisions[0]
			}
		}
	}
	for k := range r.Pairs { // what came under a unit changes the unit
		p := &r.Pairs[k]
		if p.Note || p.Kind != Inserted {
			continue
		}
		for q := p.To.Provisions[0].Parent; q != nil; q = q.Parent {
			if old := f.origin[q.Index]; old != nil {
				mark(old)
				break
			}
		}
	}
	return f
}

// Now is what became of a provision of the old text; nil where it went.
func (f *Fates) Now(p *law.Provision) *law.Provision {
	if to := f.pair[p.Index].To; to != nil {
		return to.Provisions[0]
	}
	return nil
}

// Became says what became of what a citation leads to, given where it leads in
// the old text and in the new one. ok is false where that is as it was, or the
// citation led nowhere before, either. At and Text are the caller's.
func (f *Fates) Became(before, now []*law.Provision) (ref Reference, ok bool) {
	if len(before) == 0 {
		return ref, false
	}
	target := before[0]
	ref.Target = target.Address
	if len(before) > 1 {
		ref.Doubt = DoubtSeveral
	}
	p := f.pair[target.Index]
	if p.To == nil {
		ref.What = TargetRemoved
		return ref, true
	}
	became := p.To.Provisions[0]
	ref.Now = became.Address
	if len(p.To.Provisions)+len(p.From.Provisions) > 2 {
		ref.Doubt = DoubtJoined
	}
	switch {
	case len(now) > 0 && now[0] == became:
		if f.changed[target.Index] {
			ref.What = TargetChanged
		}
	case p.Moved:
		ref.What = TargetMoved
	default:
		ref.What = TargetRenumbered
	}
	return ref, ref.What != ""
}
