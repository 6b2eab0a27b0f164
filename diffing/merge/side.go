package merge

import (
	"slices"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// text is a document as lines: provisions and notes in the order of the text.
type text struct {
	doc        *law.Document
	lines      []law.Line
	provisions []*law.Provision // nil for a note
	parent     []int            // line of the unit it stands in, -1 for none and for notes
	ofUnit     []int            // line of a provision, by its Index
	ofNote     []int
}

func newText(d *law.Document) *text {
	t := &text{doc: d, lines: d.Lines(), ofUnit: make([]int, len(d.Provisions)), ofNote: make([]int, len(d.Notes))}
	note := 0
	for i := 0; i <= len(d.Provisions); i++ {
		for ; note < len(d.Notes) && d.Notes[note].After <= i; note++ {
			t.ofNote[note] = len(t.provisions)
			t.provisions = append(t.provisions, nil)
			t.parent = append(t.parent, -1)
		}
		if i == len(d.Provisions) {
			break
		}
		p := d.Provisions[i]
		t.ofUnit[i] = len(t.provisions)
		up := -1
		if p.Parent != nil {
			up = t.ofUnit[p.Parent.Index]
		}
		t.provisions = append(t.provisions, p)
		t.parent = append(t.parent, up)
	}
	return t
}

func (t *text) address(line int) law.Address {
	if p := t.provisions[line]; p != nil {
		return p.Address
	}
	return ""
}

// under reports whether a line stands in a unit, or is its own line.
func (t *text) under(line, unit int) bool {
	for ; line >= 0; line = t.parent[line] {
		if line == unit {
			return true
		}
	}
	return false
}

// end is the line after the last one under a unit, notes between them included.
func (t *text) end(unit int) int {
	end := unit + 1
	for i := end; i < len(t.lines); i++ {
		switch {
		case t.under(i, unit):
			end = i + 1
		case t.provisions[i] != nil:
			return end
		}
	}
	return end
}

// side is one changed text and where each of its lines comes from.
type side struct {
	*text
	from [][]int // by line: the lines of the base it came of
	to   [][]int // by line of the base: the lines it became
	// moved is set, by line of the base, for what left its place.
	moved []bool
	// edits are the word changes, by line of the base, of lines that became one
	// line of other words.
	edits map[int][]diffing.Op
}

// newSide compares a text with the base: to the letter, as a merge has to.
func newSide(base *text, d *law.Document) *side {
	s := &side{text: newText(d), edits: map[int][]diffing.Op{}}
	s.from = make([][]int, len(s.lines))
	s.to = make([][]int, len(base.lines))
	s.moved = make([]bool, len(base.lines))
	r := diffing.Compare(base.doc, d, diffing.ShowVariants())
	var c chain
	var later [][2]int
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if p.From == nil || p.To == nil {
			continue
		}
		from, to := base.of(p.From), s.of(p.To)
		for _, b := range from {
			s.to[b] = to
		}
		for _, i := range to {
			s.from[i] = from
		}
		if len(from) == 1 && len(to) == 1 {
			s.edits[from[0]] = p.Ops
		}
		switch {
		case p.Note: // notes were compared among themselves
			later = append(later, [2]int{from[0], to[0]})
		case p.Moved:
			for _, b := range from {
				s.moved[b] = true
			}
		default:
			c = append(c, [2]int{from[0], to[0]})
		}
	}
	slices.SortFunc(c, func(a, b [2]int) int { return a[0] - b[0] })
	for _, l := range later {
		s.moved[l[0]] = !c.add(l)
	}
	s.rewritten(base, &c)
	return s
}

// rewritten pairs what stands under one address on both sides and shares no
// words: «2.» was written anew, not taken out and put in.
func (s *side) rewritten(base *text, c *chain) {
	for b, p := range base.provisions {
		if p == nil || s.to[b] != nil {
			continue
		}
		q := s.doc.Find(p.Address)
		if q == nil || q.Kind != p.Kind || q.NumberTo != p.NumberTo {
			continue
		}
		if i := s.ofUnit[q.Index]; s.from[i] == nil && c.add([2]int{b, i}) {
			s.to[b], s.from[i] = []int{i}, []int{b}
			s.edits[b] = []diffing.Op{{Kind: diffing.Delete, Text: p.Text}, {Kind: diffing.Insert, Text: q.Text}}
		}
	}
}

// of are the lines of a side of a pair.
func (t *text) of(s *diffing.Side) (lines []int) {
	if s.Note != nil {
		for k := range t.doc.Notes {
			if &t.doc.Notes[k] == s.Note {
				return []int{t.ofNote[k]}
			}
		}
	}
	for _, p := range s.Provisions {
		lines = append(lines, t.ofUnit[p.Index])
	}
	return lines
}

// chain are pairs of lines that kept their order, by their first line.
type chain [][2]int

// add takes a pair in if it keeps the order.
func (c *chain) add(l [2]int) bool {
	k, _ := slices.BinarySearchFunc(*c, l, func(a, b [2]int) int { return a[0] - b[0] })
	if k > 0 && (*c)[k-1][1] >= l[1] || k < len(*c) && (*c)[k][1] <= l[1] {
		return false
	}
	*c = slices.Insert(*c, k, l)
	return true
}

// placed reports whether the side put a line where it stands: it is new, or was
// moved there.
func (s *side) placed(line int) bool {
	return s.from[line] == nil || s.moved[s.from[line][0]]
}

// became reports whether lines of the base stand in other words now, or in
// others' places.
func (s *side) became(base *text, b int) bool {
	to := s.to[b]
	return len(to) != 1 || len(s.from[to[0]]) != 1 || s.moved[b] || s.lines[to[0]].Text != base.lines[b].Text
}
