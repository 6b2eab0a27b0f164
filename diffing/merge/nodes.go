package merge

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// nodes are the places of the merged text: one for each line of the base, and
// one for each new line of a side. What both sides inserted alike is one.
type nodes struct {
	of     [2][]int // by line of a side
	units  []*law.Provision
	anchor [2][]int // by node: after which node a side put it; none where it did not
	union  []int    // parents of a union-find: nodes that are decided together
}

const (
	none  = -2
	start = -1 // the beginning of the text
)

func newNodes(base *text, sides [2]*side) *nodes {
	n := &nodes{units: slices.Clone(base.provisions)}
	for k, s := range sides {
		n.of[k] = make([]int, len(s.lines))
		for i, from := range s.from {
			if from != nil {
				n.of[k][i] = from[0]
				continue
			}
			n.of[k][i] = len(n.units)
			n.units = append(n.units, s.provisions[i])
		}
	}
	n.union = make([]int, len(n.units))
	for i := range n.union {
		n.union[i] = i
	}
	n.matchNumbers(sides)
	n.matchTexts(sides)
	for k, s := range sides {
		n.anchor[k] = slices.Repeat([]int{none}, len(n.units))
		for i := range s.lines {
			if at := n.of[k][i]; s.placed(i) && n.anchor[k][at] == none {
				n.anchor[k][at] = n.after(sides, k, i)
			}
		}
	}
	return n
}

func (n *nodes) root(i int) int {
	for n.union[i] != i {
		n.union[i] = n.union[n.union[i]]
		i = n.union[i]
	}
	return i
}

func (n *nodes) join(i, j int) {
	i, j = n.root(i), n.root(j)
	n.union[max(i, j)] = min(i, j)
}

// after finds the node a line stands after: the nearest line before it that the
// side did not put there itself, or the unit it belongs to. Where the other side
// carried that line away from what it stood in, the line before it is asked.
func (n *nodes) after(sides [2]*side, k, line int) int {
	s, other := sides[k], sides[1-k]
	if s.provisions[line] == nil {
		if line == 0 {
			return start
		}
		return n.of[k][line-1]
	}
	for y := line - 1; y >= 0; y-- {
		if y == s.parent[line] {
			return n.of[k][y]
		}
		if s.placed(y) {
			continue
		}
		b := s.from[y][0]
		if !other.moved[b] {
			return n.of[k][y]
		}
		sibling := y
		for s.parent[sibling] >= 0 && s.parent[sibling] != s.parent[line] {
			sibling = s.parent[sibling]
		}
		if y == sibling {
			return n.of[k][y]
		}
		if from := s.from[sibling]; from != nil {
			if to := other.to[from[0]]; to != nil && other.under(other.to[b][0], to[0]) {
				return n.of[k][y]
			}
		}
	}
	return start
}

// block are the new lines of a new unit.
func (s *side) block(unit int) (lines []int) {
	for i := unit; i < s.end(unit); i++ {
		if s.from[i] == nil {
			lines = append(lines, i)
		}
	}
	return lines
}

// tops are the new units that stand in none, and the new notes.
func (s *side) tops() (lines []int) {
	for i, from := range s.from {
		if up := s.parent[i]; from == nil && (up < 0 || s.from[up] != nil) {
			lines = append(lines, i)
		}
	}
	return lines
}

func (s *side) textOf(lines []int) []string {
	out := make([]string, len(lines))
	for k, i := range lines {
		out[k] = s.lines[i].Text
	}
	return out
}

// matchNumbers finds units that both sides inserted under one number: they are
// one unit if the texts are the same, and else decided together.
func (n *nodes) matchNumbers(sides [2]*side) {
	for _, x := range sides[0].tops() {
		p := sides[0].provisions[x]
		if p == nil || p.Number == "" {
			continue
		}
		q := sides[1].doc.Find(p.Address)
		if q == nil || q.Kind != p.Kind || sides[1].from[sides[1].ofUnit[q.Index]] != nil {
			continue
		}
		mine, theirs := sides[0].block(x), sides[1].block(sides[1].ofUnit[q.Index])
		if slices.Equal(sides[0].textOf(mine), sides[1].textOf(theirs)) {
			n.same(mine, theirs)
			continue
		}
		for _, i := range mine {
			n.join(n.of[0][x], n.of[0][i])
		}
		for _, i := range theirs {
			n.join(n.of[0][x], n.of[1][i])
		}
	}
}

// matchTexts finds unnumbered units and notes that both inserted at one place.
func (n *nodes) matchTexts(sides [2]*side) {
	waiting := map[string][][]int{}
	for k, s := range sides {
		for _, x := range s.tops() {
			if p := s.provisions[x]; p != nil && p.Number != "" {
				continue
			}
			lines := s.block(x)
			key := strconv.Itoa(n.after(sides, k, x)) + "\n" + strings.Join(s.textOf(lines), "\n")
			if k == 0 {
				waiting[key] = append(waiting[key], lines)
			} else if alike := waiting[key]; len(alike) > 0 {
				n.same(alike[0], lines)
				waiting[key] = alike[1:]
			}
		}
	}
}

func (n *nodes) same(mine, theirs []int) {
	for k := range mine {
		n.of[1][theirs[k]] = n.of[0][mine[k]]
	}
}
