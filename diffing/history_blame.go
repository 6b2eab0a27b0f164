package diffing

import "github.com/tuzetu/tuzetu/law"

// blamer finds the origin of each token of a node along the steps that led to it,
// asking each node once.
type blamer struct {
	l     *Lineages
	known map[int32][]origin
}

// origins are of the tokens of a node's text. Nodes before are asked first, by a
// stack of their own: a path is as long as an act has editions.
func (b *blamer) origins(id int32) []origin {
	for todo := []int32{id}; len(todo) > 0; {
		top := todo[len(todo)-1]
		if _, done := b.known[top]; done {
			todo = todo[:len(todo)-1]
			continue
		}
		missing := false
		if came := b.l.nodes[top].came; came >= 0 {
			for _, from := range b.l.steps[came].from {
				if _, done := b.known[from]; !done {
					todo, missing = append(todo, from), true
				}
			}
		}
		if !missing {
			b.settle(top)
		}
	}
	return b.known[id]
}

// settle works out one node whose origins are known.
func (b *blamer) settle(id int32) {
	n := &b.l.nodes[id]
	if n.came < 0 {
		b.known[id] = fill(nil, origin{edition: n.first}, len(cutTokens(n.text)))
		return
	}
	s := &b.l.steps[n.came]
	fresh := origin{s.edition, s.acts}
	var old []origin
	for k, from := range s.from {
		if k > 0 {
			old = append(old, fresh) // the blank that joins them
		}
		old = append(old, b.known[from]...)
	}
	var now []origin
	for _, op := range s.ops {
		count := len(cutTokens(op.Text))
		switch op.Kind {
		case Insert:
			now = fill(now, fresh, count)
		case Delete:
			old = old[min(count, len(old)):]
		case Equal:
			kept := min(count, len(old))
			now = fill(append(now, old[:kept]...), fresh, count-kept)
			old = old[kept:]
		}
	}
	for k, to := range s.to {
		if k > 0 {
			now = now[min(1, len(now)):]
		}
		count := len(cutTokens(b.l.nodes[to].text))
		kept := min(count, len(now))
		b.known[to] = fill(append([]origin(nil), now[:kept]...), fresh, count-kept)
		now = now[kept:]
	}
}

func fill(to []origin, with origin, n int) []origin {
	for range n {
		to = append(to, with)
	}
	return to
}

// Before tells what a provision of the new text was in the old one, nil for a new
// one: what law.Timeline asks. A provision none of whose words was found again is
// what stood at its address, if that went.
func (r *Result) Before() func(*law.Provision) *law.Provision {
	was := make([]*law.Provision, len(r.To.Provisions))
	gone := map[law.Address]*law.Provision{}
	for k := range r.Pairs {
		switch p := &r.Pairs[k]; {
		case p.Note || p.From == nil:
		case p.To == nil:
			gone[p.From.Provisions[0].Address] = p.From.Provisions[0]
		default:
			for n, q := range p.To.Provisions {
				if n < len(p.From.Provisions) {
					was[q.Index] = p.From.Provisions[n]
				}
			}
		}
	}
	for k := range r.Pairs {
		if p := &r.Pairs[k]; !p.Note && p.Kind == Inserted {
			q := p.To.Provisions[0]
			if old := gone[q.Address]; old != nil && old.Kind == q.Kind {
				was[q.Index] = old
			}
		}
	}
	return func(p *law.Provision) *law.Provision {
		if p.Index >= len(was) || r.To.Provisions[p.Index] != p {
			return nil
		}
		return was[p.Index]
	}
}
