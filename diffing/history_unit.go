package diffing

import (
	"iter"
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// UnitHistory is every wording of a unit with all that stands under it, oldest
// first: an edition that changed any line of it begins a new one. The unit may be
// a chapter, an article, or a single line.
type UnitHistory struct {
	Wordings []UnitWording
	// Ended tells where the unit's own line went.
	Ended *Ending
}

// UnitWording is one text of a unit. Its lines are made when they are asked for:
// a chapter through two hundred editions has more of them than anyone reads.
type UnitWording struct {
	Address  law.Address
	Citation law.Citation
	// First and Last are the editions it held, by their place from 0, both included.
	First, Last int
	now, before []int32 // nodes of the unit and of its wording before, in order
	depth       []uint8
	unit        *unitPast
}

// unitPast is what the wordings of one unit share.
type unitPast struct {
	*Lineages
	blamer
}

// UnitLine is a provision of a unit in one of its wordings, or one that went out
// of it. Its own wording may be older than that of the unit: then its Kind is Same
// and nothing else is set.
type UnitLine struct {
	Wording
	Citation law.Citation
	Depth    int // under the unit's own line
	// Was is where the line stood before, if that was another place.
	Was         law.Address
	WasCitation law.Citation
	PartsCited  []law.Citation // of Parts
	// Gone says that the line stands outside of the unit now, at Address, Was being
	// where it stood in it.
	Gone bool
}

// Unchanged reports whether a reader of the unit finds the line as it was in the
// wording before. Its address may be new, as that of what stands above it is.
func (l *UnitLine) Unchanged() bool {
	return l.Kind == Same && !l.Moved && !l.Renumbered && !l.Gone
}

// Unit tells what a unit of an edition was before and became after. ok is false
// where the edition has no such address.
func (l *Lineages) Unit(edition int, at law.Address) (h UnitHistory, ok bool) {
	if edition < 0 || edition >= len(l.units) {
		return UnitHistory{}, false
	}
	i := slices.IndexFunc(l.units[edition], func(id int32) bool { return l.nodes[id].address == at })
	if i < 0 {
		return UnitHistory{}, false
	}
	past := &unitPast{l, blamer{l: l, known: map[int32][]origin{}}}
	path := l.path(l.units[edition][i])
	for _, id := range path {
		for k := l.nodes[id].first; k <= l.nodes[id].last; k++ {
			now, depth := l.under(k, id)
			n := len(h.Wordings)
			if n > 0 && slices.Equal(h.Wordings[n-1].now, now) {
				h.Wordings[n-1].Last = k
				continue
			}
			w := UnitWording{Address: l.nodes[id].address, Citation: l.nodes[id].citation, First: k, Last: k, now: now, depth: depth, unit: past}
			if n > 0 {
				w.before = h.Wordings[n-1].now
			}
			h.Wordings = append(h.Wordings, w)
		}
	}
	h.Ended = l.ending(path[len(path)-1])
	return h, true
}

// under are the nodes of a unit in an edition, its own line first.
func (l *Lineages) under(edition int, id int32) (nodes []int32, depth []uint8) {
	units, deep := l.units[edition], l.depth[edition]
	from := slices.Index(units, id)
	to := from + 1
	for to < len(units) && deep[to] > deep[from] {
		to++
	}
	return units[from:to:to], deep[from:to:to]
}

// Len is the number of provisions, the unit's own line included.
func (w *UnitWording) Len() int { return len(w.now) }

// Changed counts the provisions that are new or worded anew.
func (w *UnitWording) Changed() int {
	n := 0
	for _, id := range w.now {
		if w.unit.nodes[id].first == w.First {
			n++
		}
	}
	return n
}

// Lines are the provisions of the wording in order; what went out with it stands
// where it stood. The parts of a split are one line, told at the first of them.
func (w *UnitWording) Lines() []UnitLine {
	l := w.unit.Lineages
	before := make(map[int32]int, len(w.before))
	for i, id := range w.before {
		before[id] = i
	}
	out := make([]UnitLine, 0, len(w.now))
	place := make([]int, len(w.before)) // in out, from 1, of what stayed in its order
	kept := make([]bool, len(w.before)) // has an heir in the unit
	told := map[int32]bool{}            // steps
	for i, id := range w.now {
		n := &l.nodes[id]
		line := UnitLine{Wording: Wording{Address: n.address, Text: n.text, First: n.first, Last: n.last, Kind: Same}, Citation: n.citation, Depth: int(w.depth[i]) - int(w.depth[0])}
		old, stood := before[id]
		switch {
		case stood:
			kept[old], place[old] = true, len(out)+1
		case n.first < w.First: // it stands here now because what is above it changed
			line.Moved, line.Was, line.WasCitation = true, n.address, n.citation
		case n.came < 0:
			line.Kind = ""
		case told[n.came]:
			continue
		default:
			told[n.came] = true
			s := &l.steps[n.came]
			was := int32(-1)
			if len(s.from) > 0 {
				was = l.follow(s.from, id)
			}
			for _, from := range s.from {
				old, stood := before[from]
				if !stood {
					continue
				}
				if _, inside := before[was]; !inside {
					was = from
				}
				kept[old] = true
				if !s.moved {
					place[old] = len(out) + 1
				}
			}
			line.Wording = l.wording(id, was)
			line.PartsCited = l.cited(s, id, was)
			if was >= 0 && l.nodes[was].address != n.address {
				line.Was, line.WasCitation = l.nodes[was].address, l.nodes[was].citation
			}
		}
		out = append(out, line)
	}
	return w.withGone(out, kept, place)
}

// cited are the citations of the other parts of a split or a merger.
func (l *Lineages) cited(s *step, id, was int32) (out []law.Citation) {
	for _, other := range slices.Concat(s.to, s.from) {
		if other != id && other != was {
			out = append(out, l.nodes[other].citation)
		}
	}
	return out
}

// withGone puts what left the unit where it stood.
func (w *UnitWording) withGone(lines []UnitLine, kept []bool, place []int) []UnitLine {
	if !slices.Contains(kept, false) {
		return lines
	}
	gone := map[int][]UnitLine{} // by place
	after := 0
	for i, id := range w.before {
		if kept[i] {
			if place[i] > 0 {
				after = place[i]
			}
			continue
		}
		gone[after] = append(gone[after], w.gone(id))
	}
	out := slices.Clip(gone[0])
	for i, line := range lines {
		out = append(append(out, line), gone[i+1]...)
	}
	return out
}

// gone tells of a line that has no heir in the unit.
func (w *UnitWording) gone(id int32) UnitLine {
	l := w.unit.Lineages
	n := &l.nodes[id]
	line := UnitLine{Wording: Wording{Address: n.address, Text: n.text, First: n.first, Last: n.last, Kind: Same}, Citation: n.citation, Gone: true, Was: n.address, WasCitation: n.citation}
	if n.went < 0 || l.steps[n.went].edition != w.First {
		return line
	}
	s := &l.steps[n.went]
	line.Acts = s.acts
	if len(s.to) == 0 {
		line.Kind, line.Gone, line.Was, line.WasCitation = Deleted, false, "", nil
		line.Ops = []Op{{Kind: Delete, Text: n.text}}
		return line
	}
	heir := &l.nodes[l.follow(s.to, id)]
	line.Address, line.Citation = heir.address, heir.citation
	return line
}

// BlamedLine is a provision of a unit with the edition that brought each of its
// words. Spans join to Text.
type BlamedLine struct {
	Address  law.Address
	Citation law.Citation
	Depth    int // under the unit's own line
	Text     string
	Spans    []BlameSpan
}

// Blame goes through the lines of a wording in order, the unit's own first.
func (w *UnitWording) Blame() iter.Seq[BlamedLine] {
	return func(yield func(BlamedLine) bool) {
		for i, id := range w.now {
			n := &w.unit.nodes[id]
			if !yield(BlamedLine{n.address, n.citation, int(w.depth[i]) - int(w.depth[0]), n.text, spans(n.text, w.unit.origins(id))}) {
				return
			}
		}
	}
}

// Past is a line under a unit that has had more than one wording.
type Past struct {
	Address  law.Address
	Citation law.Citation
	Wordings int
}

// Inside lists what stands under the unit's own line in a wording and has a past
// of its own, or a future.
func (w *UnitWording) Inside() []Past {
	var out []Past
	for _, id := range w.now[1:] {
		n := &w.unit.nodes[id]
		if n.came < 0 && n.went < 0 {
			continue
		}
		if path := w.unit.path(id); len(path) > 1 {
			out = append(out, Past{n.address, n.citation, len(path)})
		}
	}
	return out
}
