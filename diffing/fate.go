package diffing

import "github.com/tuzetu/tuzetu/law"

// fates knows what became of every provision of the old text.
type fates struct {
	r       *Result
	pair    []*Pair          // by old index
	changed []bool           // by old index: the provision or something under it
	origin  []*law.Provision // by new index: what it was
	order   map[law.Address]int
}

func newFates(r *Result) *fates {
	f := &fates{
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

// check follows one citation that stands in q. was is where it stood in the old
// text, nil where it is new. ok is false where the citation still leads where it
// always did, or was never understood.
func (f *fates) check(q, was *law.Provision, c cited, one law.Citation) (ref Reference, ok bool) {
	ref = Reference{At: q.Address, Text: c.text, Doubt: c.doubt}
	now := f.r.To.Resolve(one, c.within(q))
	if was == nil {
		ref.What = TargetMissing
		return ref, len(now) == 0
	}
	targets := f.r.From.Resolve(one, c.within(was))
	if len(targets) == 0 {
		return ref, false // it led nowhere before, either
	}
	if len(targets) > 1 {
		ref.Doubt = DoubtSeveral
	}
	ref.become(f, targets[0], now)
	return ref, ref.What != ""
}

// become says what became of the target of a citation; now is what the citation
// leads to in the new text. What is empty where it leads where it did, and
// nothing there changed.
func (ref *Reference) become(f *fates, target *law.Provision, now []*law.Provision) {
	ref.Target = target.Address
	p := f.pair[target.Index]
	if p.To == nil {
		ref.What = TargetRemoved
		return
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
}

// Outside follows citations that stand in other texts than the two compared.
type Outside struct{ fates *fates }

// Outside makes a follower of citations from outside.
func (r *Result) Outside() Outside { return Outside{newFates(r)} }

// Now is what became of a provision of the old text; nil where it went.
func (o Outside) Now(p *law.Provision) *law.Provision {
	if to := o.fates.pair[p.Index].To; to != nil {
		return to.Provisions[0]
	}
	return nil
}

// Became says what became of a provision of the old text that is cited from
// outside; now is what the same citation leads to in the new text. ok is false
// where it is as it was. At and Text are the caller's.
func (o Outside) Became(target *law.Provision, now []*law.Provision) (ref Reference, ok bool) {
	ref.become(o.fates, target, now)
	return ref, ref.What != ""
}
