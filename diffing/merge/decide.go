package merge

import (
	"slices"
)

// cluster are nodes that are decided together: one line, as a rule; all the
// lines of a split or a merger, of a unit that one side took out and the other
// changed, of two new units of one number.
type cluster struct {
	base  []int
	lines [2][]int
	// take is the side whose lines stand; joined, both.
	take     int
	joined   bool
	text     string // of joined
	conflict int    // in Result.Conflicts, -1 for none
}

// cluster joins nodes and gathers their lines.
func (r *Result) cluster() {
	n := r.nodes
	for _, s := range r.sides {
		for _, from := range s.from {
			for _, b := range from {
				n.join(from[0], b)
			}
		}
	}
	for k := range r.sides {
		r.guard(k)
	}
	r.plan = make([]*cluster, len(n.units))
	of := func(node int) *cluster {
		root := n.root(node)
		if r.plan[root] == nil {
			r.plan[root] = &cluster{conflict: -1}
		}
		return r.plan[root]
	}
	for b := range r.base.lines {
		c := of(b)
		c.base = append(c.base, b)
	}
	for k, s := range r.sides {
		for i := range s.lines {
			c := of(n.of[k][i])
			c.lines[k] = append(c.lines[k], i)
		}
	}
}

// guard joins what a side changed inside a unit with that unit, where the other
// side took the unit out: it must not be left behind without it.
func (r *Result) guard(k int) {
	s, other := r.sides[k], r.sides[1-k]
	gone := func(line int) bool { return s.from[line] != nil && other.to[s.from[line][0]] == nil }
	for i := range s.lines {
		if s.from[i] != nil && !s.became(r.base, s.from[i][0]) {
			continue
		}
		top := -1
		at := i
		if !gone(i) {
			at = s.parent[i]
		}
		if s.provisions[i] == nil && i > 0 && s.from[i] == nil { // a new note goes with what it follows
			at = i - 1
		}
		for ; at >= 0 && (gone(at) || s.from[at] == nil); at = s.parent[at] {
			if gone(at) {
				top = at
			}
		}
		if top < 0 {
			continue
		}
		for j := top; j < s.end(top); j++ {
			if gone(j) || s.placed(j) {
				r.nodes.join(r.nodes.of[k][top], r.nodes.of[k][j])
			}
		}
		r.nodes.join(r.nodes.of[k][top], r.nodes.of[k][i])
	}
}

// decide finds what is certain, and lists the rest.
func (r *Result) decide() {
	kinds := map[*cluster]Kind{}
	for _, c := range r.plan {
		if c == nil {
			continue
		}
		if kind := r.decideOne(c); kind != "" {
			kinds[c] = kind
		}
	}
	for _, node := range r.order(nil) {
		c := r.plan[r.nodes.root(node)]
		if kinds[c] == "" || c.conflict >= 0 {
			continue
		}
		c.conflict = len(r.Conflicts)
		r.Conflicts = append(r.Conflicts, Conflict{
			Kind: kinds[c], Base: r.base.version(c.base),
			Mine: r.sides[0].version(c.lines[0]), Theirs: r.sides[1].version(c.lines[1]),
		})
	}
}

func (t *text) version(lines []int) (v Version) {
	for _, i := range lines {
		if v.Address == "" {
			v.Address = t.address(i)
		}
		v.Lines = append(v.Lines, t.lines[i].Text)
	}
	return v
}

func (r *Result) decideOne(c *cluster) (conflict Kind) {
	mine, theirs := r.touched(c, 0), r.touched(c, 1)
	switch {
	case !theirs:
		return ""
	case !mine:
		c.take = 1
		return ""
	case len(c.base) == 0:
		if !r.alike(c) {
			return Number
		}
		return ""
	case len(c.base) == 1 && len(c.lines[0]) == 1 && len(c.lines[1]) == 1:
		b := c.base[0]
		if c.text, c.joined = r.words(b); !c.joined {
			return Edited
		}
		if a := r.nodes.anchor; a[0][b] != none && a[1][b] != none && a[0][b] != a[1][b] {
			return Place
		}
		return ""
	case r.alike(c):
		return ""
	}
	for _, b := range c.base {
		if (r.sides[0].to[b] == nil) != (r.sides[1].to[b] == nil) {
			return Deleted
		}
	}
	return Edited
}

// touched reports whether a side changed anything of a cluster.
func (r *Result) touched(c *cluster, k int) bool {
	s := r.sides[k]
	return slices.ContainsFunc(c.base, func(b int) bool { return s.became(r.base, b) }) ||
		slices.ContainsFunc(c.lines[k], func(i int) bool { return s.from[i] == nil })
}

// alike reports whether both sides did the same.
func (r *Result) alike(c *cluster) bool {
	if !slices.Equal(r.sides[0].textOf(c.lines[0]), r.sides[1].textOf(c.lines[1])) {
		return false
	}
	a := r.nodes.anchor
	return !slices.ContainsFunc(c.base, func(b int) bool { return a[0][b] != a[1][b] })
}
