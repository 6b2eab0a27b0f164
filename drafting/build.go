package drafting

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// builder puts a text together from the text before and the plans in force.
type builder struct {
	b      *base
	plans  []*plan
	edits  map[int][]planned // by provision
	covers map[int]coverOf   // by first provision
	owner  []*plan           // of covered provisions
	adds   map[int][]insertOf
	marks  map[int][]Line // notes of suspensions, by the provision they stand before
	lists  map[list]bool  // lists that got or lost an item
	out    []Line
	ends   map[list][]itemEnd
	tell   func(p *plan, what Reason)
}

type planned struct {
	edit
	plan *plan
}

type coverOf struct {
	cover
	plan *plan
}

type insertOf struct {
	insert
	plan *plan
}

// list is the numbered or unnumbered items under a unit.
type list struct {
	parent int // index, -1 for none
	kind   law.Kind
}

// itemEnd is the line of the new text that an item ends with.
type itemEnd struct {
	line  int
	fresh bool  // the act wrote it
	said  bool  // an instruction has settled its last sign
	plan  *plan // of a fresh one
}

// build makes the text with the instructions that in lets through. Outcomes are
// told what was put right; they may be nil.
func (b *base) build(plans []*plan, in func(*plan) bool, outcomes []Outcome) []Line {
	w := &builder{
		b: b, edits: map[int][]planned{}, covers: map[int]coverOf{}, owner: make([]*plan, len(b.all)+1),
		adds: map[int][]insertOf{}, marks: map[int][]Line{}, lists: map[list]bool{}, ends: map[list][]itemEnd{},
		tell: func(p *plan, what Reason) {
			if outcomes != nil && p != nil {
				o := &outcomes[p.index]
				o.Notices = append(o.Notices, what)
			}
		},
	}
	for _, p := range plans {
		if p.changes() && in(p) {
			w.plans = append(w.plans, p)
		}
	}
	slices.SortStableFunc(w.plans, func(p, q *plan) int { return strings.Compare(string(p.day), string(q.day)) })
	w.gather()
	w.write()
	w.signs()
	for i := range w.out {
		w.out[i].From, w.out[i].To = i+1, i+1
	}
	return w.out
}

// gather sorts what the plans change by place. Where two days meet, the later
// one has the unit.
func (w *builder) gather() {
	for _, p := range w.plans {
		for _, c := range p.covers {
			for i := c.from; i < c.to; i++ {
				w.owner[i] = p
			}
		}
	}
	for _, p := range w.plans {
		for _, c := range p.covers {
			if w.owner[c.from] == p && w.owner[c.to-1] == p {
				w.covers[c.from] = coverOf{c, p}
				w.lists[w.listOf(w.b.all[c.from])] = true
			}
		}
		for _, e := range p.edits {
			if w.owner[e.at] == nil && !p.left[e] {
				w.edits[e.at] = append(w.edits[e.at], planned{e, p})
			}
		}
		for _, m := range p.marks {
			w.marks[m.at] = append(w.marks[m.at], Line{Line: law.Line{Text: m.text, Mark: law.NoteMark}, By: []int{p.n}})
		}
		for _, n := range p.inserts {
			if q := w.owner[max(n.at-1, 0)]; q != nil && q != p && q.takesHolder(w.b, n) {
				continue // a later day has the unit
			}
			w.adds[n.at] = append(w.adds[n.at], insertOf{n, p})
			w.lists[list{n.list, n.kind}] = true
		}
	}
}

func (w *builder) listOf(p *law.Provision) list {
	if p.Parent == nil {
		return list{-1, p.Kind}
	}
	return list{p.Parent.Index, p.Kind}
}

func (w *builder) write() {
	next := 0
	notes := w.b.doc.Notes
	for i := 0; i <= len(w.b.all); i++ {
		adds := w.adds[i]
		// Where several units come in at one place, what belongs to the smaller unit
		// stands first; units of one kind stand by their numbers.
		slices.SortStableFunc(adds, func(x, y insertOf) int {
			return cmp.Or(level(y.kind)-level(x.kind), law.CompareNumbers(x.order, y.order))
		})
		below := 0
		for below < len(adds) && level(adds[below].kind) > level(law.Article) {
			below++
		}
		w.insert(adds[:below])
		for ; next < len(notes) && notes[next].After <= i; next++ {
			n := notes[next]
			if p := w.dropsNote(n); p != nil {
				w.tell(p, because("note_dropped", head(n.Text, 60)))
				continue
			}
			w.out = append(w.out, Line{Line: law.Line{Text: n.Text, Mark: law.NoteMark, Links: n.Links}})
		}
		w.out = append(w.out, w.marks[i]...)
		w.insert(adds[below:])
		if i == len(w.b.all) {
			break
		}
		p := w.b.all[i]
		if c, ok := w.covers[i]; ok {
			w.cover(c, p)
		}
		if w.owner[i] == nil {
			w.line(p)
		}
	}
}

// dropsNote reports whether a note belongs to an article that was replaced or
// taken out: its history is that of the old wording.
func (w *builder) dropsNote(n law.Note) *plan {
	p := w.b.doc.Find(n.Address)
	if p == nil || p.Article() == nil {
		return nil
	}
	a := p.Article()
	if owner := w.owner[a.Index]; owner != nil && w.covers[a.Index].to == w.b.end(a) {
		return owner
	}
	return nil
}

func (w *builder) insert(adds []insertOf) {
	for _, n := range adds {
		w.fresh(n.lines, "", n.plan, list{n.list, n.kind})
	}
}

func (w *builder) cover(c coverOf, p *law.Provision) {
	if len(c.lines) == 0 {
		if line, ok := w.b.placeholder(p); ok {
			w.fresh([]law.Line{{Text: line}}, p.Address, c.plan, w.listOf(p))
		}
		return
	}
	w.fresh(c.lines, p.Address, c.plan, w.listOf(p))
}

func (w *builder) fresh(lines []law.Line, at law.Address, p *plan, l list) {
	for k, line := range lines {
		out := Line{Line: law.Line{Text: line.Text, Mark: line.Mark}, By: []int{p.n}}
		if k == 0 {
			out.Base = at
		}
		w.out = append(w.out, out)
	}
	if w.lists[l] {
		w.ends[l] = append(w.ends[l], itemEnd{line: len(w.out) - 1, fresh: true, plan: p})
	}
}

// line writes a line of the text before, with what was changed in it.
func (w *builder) line(p *law.Provision) {
	out := Line{Line: law.Line{Text: p.Text, Mark: p.Mark, Anchor: p.Anchor, Links: p.Links}, Base: p.Address}
	edits := w.edits[p.Index]
	slices.SortStableFunc(edits, func(x, y planned) int { return y.from - x.from })
	said := false
	for _, e := range edits {
		said = said || strings.TrimSpace(out.Text[e.to:]) == ""
		var doubled string
		if out.Text, doubled = splice(out.Text, e.put, e.to, e.new); doubled != "" {
			w.tell(e.plan, because("sign_twice", doubled))
		}
		if n := e.plan.n; !slices.Contains(out.By, n) {
			out.By = append(out.By, n)
		}
	}
	if out.Text == "" { // all its words went
		return
	}
	slices.Sort(out.By)
	w.out = append(w.out, out)
	// A line may end an item of a list and the item that list stands in.
	for item := p; item != nil && w.b.end(item) == p.Index+1; item = item.Parent {
		if l := w.listOf(item); w.lists[l] && (item.Kind == law.Subparagraph || item.Kind == law.Indent) && !IsPlaceholder(item) {
			w.ends[l] = append(w.ends[l], itemEnd{line: len(w.out) - 1, said: said})
		}
	}
}

// signs puts the last signs of changed lists right: a semicolon after each item,
// after the last one what the list ended with. Only lines that the act wrote, or
// that are no longer or newly the last, are touched.
func (w *builder) signs() {
	// The list inside an item comes before the one the item is of, which has the
	// last word on a line that ends both.
	lists := slices.SortedFunc(maps.Keys(w.ends), func(a, b list) int { return cmp.Or(b.parent-a.parent, strings.Compare(string(a.kind), string(b.kind))) })
	for _, l := range lists {
		ends := w.ends[l]
		if l.kind != law.Subparagraph && l.kind != law.Indent || l.parent < 0 {
			continue
		}
		last, ok := w.endOfList(l)
		if !ok {
			continue
		}
		teller := w.teller(l, ends)
		for k, e := range ends {
			want := ";"
			if k == len(ends)-1 {
				want = last
			}
			text := w.out[e.line].Text
			has := tail(text, 1)
			switch {
			case has == want || e.said && !e.fresh, has == ":" || has == ",", goesOnWithDash(text):
				continue
			case has == "." || has == ";":
				w.out[e.line].Text = text[:len(text)-1] + want
			default:
				w.out[e.line].Text = text + want
			}
			p := cmp.Or(e.plan, teller)
			if p == nil {
				continue
			}
			if !slices.Contains(w.out[e.line].By, p.n) {
				w.out[e.line].By = append(w.out[e.line].By, p.n)
			}
			w.tell(p, because("sign_mended", tail2(text), tail2(w.out[e.line].Text)))
		}
	}
}

// endOfList is the sign a list ended with before; ok is false where its items do
// not end with semicolons.
func (w *builder) endOfList(l list) (string, bool) {
	var items []*law.Provision
	for _, c := range w.b.all[l.parent].Children {
		if c.Kind == l.kind && !IsPlaceholder(c) { // editors end «3) исключен …» as they like
			items = append(items, c)
		}
	}
	if len(items) == 0 {
		return "", false
	}
	for _, item := range items[:len(items)-1] {
		if has := tail(w.b.all[w.b.end(item)-1].Text, 1); has != ";" {
			return "", false
		}
	}
	last := tail(w.b.all[w.b.end(items[len(items)-1])-1].Text, 1)
	return last, last == "." || last == ";"
}

// teller is an instruction that changed a list.
func (w *builder) teller(l list, ends []itemEnd) *plan {
	for _, e := range ends {
		if e.plan != nil {
			return e.plan
		}
	}
	for _, c := range w.b.all[l.parent].Children {
		if p := w.owner[c.Index]; p != nil {
			return p
		}
	}
	return nil
}

// tail2 is the last word of a line with its sign.
func tail2(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }
