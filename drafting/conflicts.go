package drafting

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/tuzetu/tuzetu/law"
)

// conflicts are instructions of one act that want the same text. None of them is
// applied: which one is meant is not ours to say.
type conflicts struct {
	b     *base
	found []clash
	met   map[*plan]bool
	// covered holds for each provision the plans that take it out, up to
	// mostCovers: more are in conflict with each other anyway.
	covered [][]*plan
}

type clash struct{ a, b *plan }

// mostCovers bounds the work an act can ask for that takes one chapter out a
// thousand times.
const mostCovers = 4

// refuseConflicts refuses instructions that want to change the same text. Of two
// with different days the later one replaces the earlier one when its day comes.
func (b *base) refuseConflicts(plans []*plan) {
	c := &conflicts{b: b, met: map[*plan]bool{}, covered: make([][]*plan, len(b.all)+1)}
	c.covers(plans)
	c.inserts(plans)
	c.edits(plans)
	c.titles(plans)
	slices.SortStableFunc(c.found, func(x, y clash) int { return cmp.Or(x.a.index-y.a.index, x.b.index-y.b.index) })
	for _, clash := range c.found {
		clash.a.refuseFor(clash.b)
		clash.b.refuseFor(clash.a)
	}
}

func (p *plan) refuseFor(other *plan) {
	if p.refused == nil {
		p.refuse(ambiguous(because("same_text", strconv.Itoa(other.n))))
	}
}

func (c *conflicts) add(a, b *plan) {
	if a == b || parted(a, b) || c.met[a] && c.met[b] {
		return
	}
	if a.index > b.index {
		a, b = b, a
	}
	c.met[a], c.met[b] = true, true
	c.found = append(c.found, clash{a, b})
}

// covers finds units that two instructions replace or take out.
func (c *conflicts) covers(plans []*plan) {
	type taken struct {
		cover
		plan *plan
	}
	var all []taken
	for _, p := range plans {
		for _, k := range p.covers {
			all = append(all, taken{k, p})
			for i := k.from; i < k.to; i++ {
				if len(c.covered[i]) < mostCovers {
					c.covered[i] = append(c.covered[i], p)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(x, y taken) int { return x.from - y.from })
	for i, x := range all {
		for _, y := range all[i+1:] {
			if y.from >= x.to {
				break
			}
			c.add(x.plan, y.plan)
		}
	}
}

// inserts finds new units whose place another instruction takes, and those that
// two instructions bring.
func (c *conflicts) inserts(plans []*plan) {
	brought := map[string]*plan{}
	for _, p := range plans {
		for _, n := range p.inserts {
			for _, q := range c.covered[max(n.at-1, 0)] {
				if q.takesHolder(c.b, n) {
					c.add(p, q)
				}
			}
			if n.order == "0" { // appended, one after the other
				continue
			}
			k := string(n.kind) + strconv.Itoa(n.list) + " " + n.order
			if q := brought[k]; q != nil {
				c.add(p, q)
			}
			brought[k] = p
		}
	}
}

// edits finds words that two instructions change.
func (c *conflicts) edits(plans []*plan) {
	lines := map[int][]sharing{}
	for _, p := range plans {
		if p.whole {
			p.edits = slices.DeleteFunc(p.edits, func(e edit) bool { return len(c.covered[e.at]) > 0 })
		}
		for _, e := range p.edits {
			for _, q := range c.covered[e.at] {
				c.add(p, q)
			}
			on := lines[e.at]
			if len(on) == 0 || on[len(on)-1].plan != p {
				on = append(on, sharing{plan: p})
			}
			on[len(on)-1].edits = append(on[len(on)-1].edits, e)
			lines[e.at] = on
		}
	}
	for at := range c.b.all {
		line := lines[at]
		for i, p := range line {
			for _, q := range line[i+1:] {
				overlap(p, q, c.add)
			}
		}
	}
}

// titles finds changes of the same words of the act's own title.
func (c *conflicts) titles(plans []*plan) {
	for i, p := range plans {
		for _, q := range plans[i+1:] {
			overlap(sharing{p, p.title}, sharing{q, q.title}, c.add)
		}
	}
}

// parted reports whether two instructions stand apart in time.
func parted(a, b *plan) bool { return a.day != "" && b.day != "" && a.day != b.day }

// takesHolder reports whether a replacement leaves no place for an insertion: it
// takes the unit that is added to, or the list it goes on.
func (p *plan) takesHolder(b *base, n insert) bool {
	for _, c := range p.covers {
		if c.from < n.at && n.at < c.to {
			return true
		}
		for _, unit := range [...]int{n.holder, n.list} {
			switch {
			case unit < 0:
			case c.from <= unit && c.to >= b.end(b.all[unit]):
				return true
			case c.from == unit && c.to == n.at && level(n.kind) > level(law.Part):
				return true // the list of a part that was written anew
			}
		}
	}
	return false
}

// sharing is what one of several instructions changes in a line.
type sharing struct {
	plan  *plan
	edits []edit
}

// overlap finds edits of two instructions that touch the same words of a line. A
// replacement in the whole text yields to the one that names the place.
func overlap(p, q sharing, add func(a, b *plan)) {
	for _, e := range p.edits {
		for _, f := range q.edits {
			switch {
			case e.from != f.from && (e.to <= f.from || f.to <= e.from):
			case p.plan.whole && !q.plan.whole:
				p.plan.yield(e)
			case q.plan.whole && !p.plan.whole:
				q.plan.yield(f)
			default:
				add(p.plan, q.plan)
			}
		}
	}
}

// yield leaves one place to another instruction.
func (p *plan) yield(e edit) {
	if p.left == nil {
		p.left = map[edit]bool{}
	}
	p.left[e] = true
}
