package merge

import (
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// order puts all nodes in the order of the merged text: what nobody moved as in
// the base, and after each node what the sides put there.
func (r *Result) order(choices []Choice) []int {
	n := r.nodes
	place := make([]int, len(n.units)) // the node it stands after; none: as in the base
	for node := range place {
		c := r.plan[n.root(node)]
		if place[node] = none; c == nil {
			continue // it is one with a node of the other side
		}
		first := 0
		if c.conflict >= 0 && c.conflict < len(choices) && choices[c.conflict].Take == Theirs {
			first = 1
		}
		if place[node] = n.anchor[first][node]; place[node] == none {
			place[node] = n.anchor[1-first][node]
		}
	}
	n.uncycle(place)
	var followers [2]map[int][]int
	for k := range followers {
		followers[k] = map[int][]int{}
		for _, node := range n.of[k] {
			if at := place[node]; at != none && at == n.anchor[k][node] {
				if list := followers[k][at]; len(list) == 0 || list[len(list)-1] != node {
					followers[k][at] = append(list, node)
				}
			}
		}
	}
	out := make([]int, 0, len(n.units))
	done := make([]bool, len(n.units))
	var visit func(node int)
	after := func(node int) {
		for _, f := range n.interleave(followers[0][node], followers[1][node]) {
			visit(f)
		}
	}
	visit = func(node int) {
		if !done[node] {
			done[node] = true
			out = append(out, node)
			after(node)
		}
	}
	after(start)
	for b := range r.base.lines {
		if place[b] == none {
			visit(b)
		}
	}
	return out
}

// uncycle finds moves that follow each other in a ring (one side put a after b,
// the other b after a): one of them stays where the base had it.
func (n *nodes) uncycle(place []int) {
	const open, closed = 1, 2
	state := make([]int8, len(place))
	for node := range place {
		var path []int
		at := node
		for at >= 0 && state[at] == 0 {
			state[at] = open
			path = append(path, at)
			at = place[at]
		}
		if at >= 0 && state[at] == open {
			ring := path[slices.Index(path, at):]
			place[slices.Min(ring)] = none // of the base: those come first
		}
		for _, p := range path {
			state[p] = closed
		}
	}
}

// interleave joins what two sides put after one node, each in its own order.
func (n *nodes) interleave(mine, theirs []int) []int {
	if len(theirs) == 0 {
		return mine
	}
	var out []int
	for len(mine) > 0 && len(theirs) > 0 {
		m, t := mine[0], theirs[0]
		switch {
		case m == t:
			out, mine, theirs = append(out, m), mine[1:], theirs[1:]
		case slices.Contains(theirs, m) && !slices.Contains(mine, t):
			out, theirs = append(out, t), theirs[1:]
		case !slices.Contains(mine, t) && n.precedes(t, m):
			out, theirs = append(out, t), theirs[1:]
		default:
			out, mine = append(out, m), mine[1:]
		}
	}
	return append(append(out, mine...), theirs...)
}

// precedes reports whether a has to stand before b after one line: what belongs
// to the smaller unit comes first, units of one kind stand by their numbers.
func (n *nodes) precedes(a, b int) bool {
	p, q := n.units[a], n.units[b]
	switch {
	case p == nil || q == nil:
		return p == nil && q != nil
	case p.Depth != q.Depth:
		return p.Depth > q.Depth
	case p.Kind != q.Kind:
		return inUnit(p.Kind) < inUnit(q.Kind)
	}
	return p.Number != "" && q.Number != "" && law.CompareNumbers(p.Number, q.Number) < 0
}

// inUnit is the order of kinds that hang on one unit.
func inUnit(k law.Kind) int {
	return slices.Index([]law.Kind{law.Indent, law.Subparagraph, law.Table, law.Part, law.Paragraph, law.Remark, law.Article}, k)
}
