package edit

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// work is a text that is being changed, line by line.
type work struct {
	doc    *law.Document
	pieces []*piece
	pieced []*piece // by Index of the provision
	// lists are the holders, in the text before, of lists that got or lost an item.
	lists map[*law.Provision]bool
	signs []*piece // old lines whose last sign was put right
	// base is the text a unit is restored from, and stood the provision of it that
	// each one comes from.
	base  *law.Document
	stood map[*law.Provision]*law.Provision
}

// piece is a line, and what it has to read as.
type piece struct {
	line law.Line
	old  *law.Provision // what it was; nil for a note and for what is new
	note *law.Note
	want *law.Provision // kind and number of a unit that is new or renumbered
	// The unit it has to hang on: parent where the text before has it, under where
	// it is new; inside is a new unit it has to stand in, at any depth.
	parent        *law.Provision
	under, inside *piece
	// fresh is set for what a list has got: its last sign may be put right.
	fresh bool

	now *law.Provision // what it reads as
}

func open(d *law.Document, at law.Address) (*work, *law.Provision, error) {
	p := d.Find(at)
	if p == nil {
		return nil, nil, &Refusal{Code: NotFound, At: at}
	}
	return begin(d), p, nil
}

func begin(d *law.Document) *work {
	w := &work{doc: d, pieced: make([]*piece, len(d.Provisions)), lists: map[*law.Provision]bool{}}
	note := 0
	next := 0
	for _, l := range d.Lines() {
		c := &piece{line: l}
		if note < len(d.Notes) && d.Notes[note].After <= next {
			c.note = &d.Notes[note]
			note++
		} else {
			c.old, c.parent = d.Provisions[next], d.Provisions[next].Parent
			w.pieced[next] = c
			next++
		}
		w.pieces = append(w.pieces, c)
	}
	return w
}

func (w *work) of(p *law.Provision) *piece { return w.pieced[p.Index] }

func (w *work) index(c *piece) int { return slices.Index(w.pieces, c) }

func (w *work) set(p *law.Provision, text string) { w.of(p).line.Text = text }

func (w *work) insert(at int, fresh []*piece) { w.pieces = slices.Insert(w.pieces, at, fresh...) }

// renumber gives a unit another number.
func (w *work) renumber(p *law.Provision, number string) {
	if number == p.Number && p.NumberTo == "" {
		return
	}
	c := w.of(p)
	c.want = &law.Provision{Kind: p.Kind, Number: number}
	c.line.Text = printed(w.doc.Lang, p.Kind, number) + strings.TrimSpace(p.Text[p.NumberEnd():])
}

// end is the index after the last line of a unit, with its notes.
func (w *work) end(p *law.Provision) int {
	under := w.doc.Subtree(p)
	end := w.index(w.of(under[len(under)-1])) + 1
	for i := end; i < len(w.pieces) && w.pieces[i].note != nil; i++ {
		if w.inside(w.pieces[i].note, p) {
			end = i + 1
		}
	}
	return end
}

// inside reports whether a note is of a unit or of something in it.
func (w *work) inside(n *law.Note, p *law.Provision) bool {
	for q := w.doc.Find(n.Address); q != nil; q = q.Parent {
		if q == p {
			return true
		}
	}
	return false
}

// place is the index at which a unit comes in: a smaller one before the notes on
// the article it comes into, an article after them.
func (w *work) place(to Place, at *law.Provision, k law.Kind) int {
	switch {
	case to.Side == Before:
		return w.index(w.of(at))
	case k == law.Article:
		return w.end(at)
	}
	under := w.doc.Subtree(at)
	return w.index(w.of(under[len(under)-1])) + 1
}

// remove takes a unit's lines out with the notes on it, the history of what goes.
func (w *work) remove(p *law.Provision) (at int) {
	at = w.index(w.of(p))
	w.pieces = slices.Delete(w.pieces, at, w.end(p))
	return at
}

func (w *work) move(p *law.Provision, to Place, target *law.Provision) {
	from, end := w.index(w.of(p)), w.end(p)
	at := w.place(to, target, p.Kind)
	lines := slices.Clone(w.pieces[from:end])
	w.pieces = slices.Delete(w.pieces, from, end)
	if at >= end {
		at -= end - from
	} else if at > from {
		at = from
	}
	w.insert(at, lines)
}

// done builds the text and compares it with what was wanted. touched is a unit
// of the text before, fresh a new one.
func (w *work) done(touched *law.Provision, fresh *piece) (*Done, error) {
	out, err := w.build(touched, fresh)
	if err != nil || !w.mend(out) {
		return out, err
	}
	return w.build(touched, fresh)
}

func (w *work) build(touched *law.Provision, fresh *piece) (*Done, error) {
	lines := make([]law.Line, len(w.pieces))
	pieceOf := map[*law.Provision]*piece{}
	for i, c := range w.pieces {
		c.line.From, c.line.To = i+1, i+1
		lines[i] = c.line
		if c.old != nil {
			pieceOf[c.old] = c // the line that is left of an excluded unit stands for it
		}
	}
	out := &Done{Document: law.Build(w.doc.Lang, w.doc.Title, lines), Lines: lines, Now: map[law.Address]law.Address{}}
	for _, c := range w.pieces {
		c.now = nil
	}
	for _, p := range out.Document.Provisions {
		w.pieces[p.From-1].now = p
	}
	for _, c := range w.pieces {
		if !readsAs(c, pieceOf) {
			r := &Refusal{Code: ReadsOtherwise}
			if c.old != nil {
				r.At = c.old.Address
			}
			return nil, r
		}
		if c.old != nil {
			out.Now[c.old.Address] = c.now.Address
		}
		if c == fresh || touched != nil && c.old == touched {
			out.At = c.now.Address
		}
	}
	for _, c := range w.signs {
		out.Signs = append(out.Signs, c.now.Address)
	}
	return out, nil
}

// readsAs reports whether a line reads as what it was, or was meant to be.
func readsAs(c *piece, pieceOf map[*law.Provision]*piece) bool {
	p := c.now
	if c.note != nil || p == nil {
		return c.note != nil && p == nil
	}
	want := c.want
	if want == nil {
		want = c.old
	}
	switch {
	case want != nil && (p.Kind != want.Kind || p.Number != want.Number || p.NumberTo != want.NumberTo):
		return false
	case c.inside != nil:
		for q := p.Parent; q != nil; q = q.Parent {
			if q == c.inside.now {
				return true
			}
		}
		return false
	case c.under != nil:
		return p.Parent == c.under.now
	case c.parent == nil:
		return p.Parent == nil
	}
	holder := pieceOf[c.parent]
	return holder != nil && p.Parent == holder.now
}
