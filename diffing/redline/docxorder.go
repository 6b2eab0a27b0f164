package redline

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/law"
)

// step is one thing a redline prints: a pair where it stands (Equal), or one
// unit of a side that goes (Delete) or comes (Insert).
type step struct {
	pair *diffing.Pair
	kind diffing.OpKind
	unit int // which provision of the side
}

// sequence puts a comparison into an order that is the order of both texts at
// once: leaving out what comes gives the old text, leaving out what goes the new
// one. What cannot stand in both orders (moves, a split with a note inside) goes
// in one place and comes in another.
func sequence(r *diffing.Result) []step {
	old, new := placesOf(r.From), placesOf(r.To)
	fixed := standing(r, old, new)
	oldLoose, newLoose := make([]step, old.count), make([]step, new.count)
	held := make(map[*diffing.Pair]bool, len(fixed))
	for _, f := range fixed {
		held[f.pair] = true
	}
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if held[p] {
			continue
		}
		for i, at := range old.of(p.From) {
			oldLoose[at] = step{p, diffing.Delete, i}
		}
		for i, at := range new.of(p.To) {
			newLoose[at] = step{p, diffing.Insert, i}
		}
	}
	var out []step
	i, j := 0, 0
	upTo := func(oldEnd, newEnd int) {
		out = append(append(out, oldLoose[i:oldEnd]...), newLoose[j:newEnd]...)
	}
	for _, f := range fixed {
		upTo(f.old, f.new)
		out = append(out, step{pair: f.pair, kind: diffing.Equal})
		i, j = f.old+units(f.pair.From), f.new+units(f.pair.To)
	}
	upTo(old.count, new.count)
	return out
}

// standingPair is a pair that keeps its place, and where it begins on either
// side.
type standingPair struct {
	pair     *diffing.Pair
	old, new int
}

// standing finds the pairs that are written where they stand: unmoved law text,
// and the notes that keep their place between it. They are in the order of both
// sides.
func standing(r *diffing.Result, old, new *places) []standingPair {
	var laws, notes []standingPair
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if p.From == nil || p.To == nil || p.Moved {
			continue
		}
		a, b := old.of(p.From), new.of(p.To)
		if !consecutive(a) || !consecutive(b) || !joined(p.From) || !joined(p.To) {
			continue
		}
		if p.Note {
			notes = append(notes, standingPair{p, a[0], b[0]})
		} else {
			laws = append(laws, standingPair{p, a[0], b[0]})
		}
	}
	laws = rising(laws)
	all := slices.Clip(laws)
	for _, n := range notes {
		// The same law text must stand before it on both sides.
		byOld, _ := slices.BinarySearchFunc(laws, n.old, func(s standingPair, at int) int { return s.old - at })
		byNew, _ := slices.BinarySearchFunc(laws, n.new, func(s standingPair, at int) int { return s.new - at })
		if byOld == byNew {
			all = append(all, n)
		}
	}
	return rising(all)
}

// rising keeps what rises on both sides, in that order.
func rising(pairs []standingPair) []standingPair {
	slices.SortStableFunc(pairs, func(a, b standingPair) int { return a.new - b.new })
	kept := pairs[:0]
	last := -1
	for _, s := range pairs {
		if s.old > last {
			kept = append(kept, s)
			last = s.old + units(s.pair.From) - 1
		}
	}
	return kept
}

// places numbers everything that stands in a text, notes included, in order.
type places struct {
	provisions []int
	notes      map[*law.Note]int
	count      int
}

func placesOf(doc *law.Document) *places {
	p := &places{provisions: make([]int, len(doc.Provisions)), notes: make(map[*law.Note]int, len(doc.Notes))}
	next := 0
	for i := 0; i <= len(doc.Provisions); i++ {
		for next < len(doc.Notes) && doc.Notes[next].After <= i {
			p.notes[&doc.Notes[next]] = p.count
			p.count++
			next++
		}
		if i < len(doc.Provisions) {
			p.provisions[i] = p.count
			p.count++
		}
	}
	return p
}

// of lists the places of the units of a side.
func (p *places) of(s *diffing.Side) []int {
	switch {
	case s == nil:
		return nil
	case s.Note != nil:
		return []int{p.notes[s.Note]}
	}
	out := make([]int, len(s.Provisions))
	for i, q := range s.Provisions {
		out[i] = p.provisions[q.Index]
	}
	return out
}

func consecutive(at []int) bool { return at[len(at)-1]-at[0] == len(at)-1 }

// joined reports whether a side's text is that of its units with blanks
// between, as a Side promises.
func joined(s *diffing.Side) bool { return len(joints(s)) == units(s)-1 }

func units(s *diffing.Side) int {
	if s.Note != nil {
		return 1
	}
	return len(s.Provisions)
}

func unitText(s *diffing.Side, unit int) string {
	if s.Note != nil {
		return s.Note.Text
	}
	return s.Provisions[unit].Text
}

func isRow(s *diffing.Side, unit int) bool {
	return s.Note == nil && s.Provisions[unit].Kind == law.Table
}

// styleOf is the look of a unit.
func styleOf(s *diffing.Side, unit int) ooxml.Style {
	if s.Note != nil {
		return ooxml.Note
	}
	switch s.Provisions[unit].Kind {
	case law.Section, law.Subsection, law.Chapter, law.Annex:
		return ooxml.Heading1
	case law.Division:
		return ooxml.Heading2
	case law.Article:
		return ooxml.Heading3
	case law.Signature:
		return ooxml.Signature
	}
	return ooxml.Body
}

// joints are the places in a side's text where one unit ends and the next
// begins: the blanks between.
func joints(s *diffing.Side) []int {
	if s.Note != nil || len(s.Provisions) == 1 {
		return nil
	}
	var out []int
	at := 0
	for _, q := range s.Provisions[:len(s.Provisions)-1] {
		at += len(q.Text)
		if at >= len(s.Text) || s.Text[at] != ' ' {
			return nil
		}
		out = append(out, at)
		at++
	}
	return out
}

// cellsOf parts a row at its bars. A row that would not read back the same is
// one cell.
func cellsOf(text string) []string {
	cells := strings.Split(text, "|")
	empty := true
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
		empty = empty && cells[i] == ""
	}
	if empty || law.Squeeze(strings.Join(cells, " | ")) != text {
		return []string{text}
	}
	return cells
}

// piece is a run of text: the same on both sides, or of one side alone. author
// is set where it is not the redline's.
type piece struct {
	old, new string
	author   string
}

// pieces are the ops of a pair, equal runs parted where their print differs.
func (d *docx) pieces(p *diffing.Pair) []piece {
	out := make([]piece, 0, len(p.Ops))
	for _, op := range p.Ops {
		for _, x := range op.Prints() {
			if op.Kind == diffing.Equal && x.Old != x.New {
				out = append(out, piece{old: x.Old, author: d.own.variantAuthor}, piece{new: x.New, author: d.own.variantAuthor})
			} else {
				out = append(out, piece{old: x.Old, new: x.New})
			}
		}
	}
	return out
}

// cut finds the first joint inside a piece that begins at those places of the
// old and new text; k is -1 without one.
func (p piece) cut(at, to int, oldJoints, newJoints []int) (k int, old, new bool) {
	k = -1
	if len(oldJoints) > 0 && oldJoints[0]-at < len(p.old) {
		k, old = oldJoints[0]-at, true
	}
	if len(newJoints) > 0 && newJoints[0]-to < len(p.new) {
		switch n := newJoints[0] - to; {
		case k < 0 || n < k:
			k, old, new = n, false, true
		case n == k:
			new = true
		}
	}
	return k, old, new
}

// split parts a piece at the joint at k.
func (p piece) split(k int) (head, joint, rest piece) {
	part := func(s string) (string, string, string) {
		if s == "" {
			return "", "", ""
		}
		return s[:k], s[k : k+1], s[k+1:]
	}
	head, joint, rest = piece{author: p.author}, piece{author: p.author}, piece{author: p.author}
	head.old, joint.old, rest.old = part(p.old)
	head.new, joint.new, rest.new = part(p.new)
	return head, joint, rest
}
