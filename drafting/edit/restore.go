package edit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Restore puts a unit of the base, which the text does not have any more, back
// with all that was under it and the notes on it: at its old number, after the
// nearest unit before it that still stands, and after what has come between them
// with a smaller number. What was moved out of it before stays where it is.
func Restore(d, base *law.Document, at law.Address) (*Done, error) {
	from, unit, err := open(base, at)
	if err != nil {
		return nil, err
	}
	stands := standing(base, d)
	holder := stands[unit.Parent]
	switch {
	case stands[unit] != nil:
		return nil, &Refusal{Code: AlreadyThere, At: stands[unit].Address}
	case unit.Parent != nil && holder == nil:
		return nil, &Refusal{Code: HolderGone, At: unit.Parent.Address}
	}
	if unit.Number != "" {
		for _, p := range siblings(d, holder, unit.Kind) {
			if law.CompareNumbers(p.Number, last(unit)) <= 0 && law.CompareNumbers(unit.Number, last(p)) <= 0 {
				return nil, &Refusal{Code: NumberTaken, At: p.Address, Number: unit.Number}
			}
		}
	}
	w := begin(d)
	w.lists[holder] = true
	w.base, w.stood = base, map[*law.Provision]*law.Provision{unit: unit}
	for b, p := range stands {
		w.stood[p] = b
	}
	root := from.of(unit)
	var back []*piece
	for _, c := range from.pieces[from.index(root):from.end(unit)] {
		if c.old != nil && c != root && (stands[c.old] != nil || !slices.Contains(back, from.of(c.old.Parent))) {
			continue
		}
		back = append(back, c)
	}
	for _, c := range back {
		c.want, c.old = c.old, nil
		if c != root && c.want != nil {
			c.under = from.of(c.parent)
		}
	}
	root.parent, root.fresh = holder, true
	before := w.before(unit, holder, stands)
	w.openList(before, unit.Kind)
	w.insert(w.afterNotes(w.after(before, holder), from.notesBefore(from.index(root))), back)
	return w.done(nil, root)
}

// standing is which provision of a text each one of its base has become.
func standing(base, d *law.Document) map[*law.Provision]*law.Provision {
	out := map[*law.Provision]*law.Provision{}
	r := diffing.Compare(base, d)
	for i := range r.Pairs {
		p := &r.Pairs[i]
		if p.Note || p.From == nil || p.To == nil {
			continue
		}
		for k, b := range p.From.Provisions {
			out[b] = p.To.Provisions[min(k, len(p.To.Provisions)-1)]
		}
	}
	return out
}

// before is the unit of the text that one of the base comes after; nil where it
// comes first in its holder.
func (w *work) before(unit, holder *law.Provision, stands map[*law.Provision]*law.Provision) (before *law.Provision) {
	for _, b := range w.base.Provisions[:unit.Index] {
		if p := stands[b]; p != nil && b.Parent == unit.Parent && p.Parent == holder {
			before = p
		}
	}
	for _, p := range w.doc.Provisions {
		if p.Parent == holder && p.Kind == unit.Kind && p.Number != "" && unit.Number != "" && (before == nil || p.Index > before.Index) && law.CompareNumbers(p.Number, unit.Number) < 0 {
			before = p
		}
	}
	return before
}

// openList ends what was the last item of a list as one that another follows:
// after a full stop the next line would not read as an item.
func (w *work) openList(last *law.Provision, k law.Kind) {
	if last == nil || last.Kind != k || last.Parent == nil || k != law.Subparagraph && k != law.Indent {
		return
	}
	if items := ofKind(last.Parent, k); items[len(items)-1] != last {
		return
	}
	under := w.doc.Subtree(last)
	tail := w.of(under[len(under)-1])
	text := signed(tail.line.Text, ";")
	if was := w.asBase(w.of(last), false); strings.TrimRight(was, ".;") == strings.TrimRight(text, ".;") {
		text = was
	}
	if text != tail.line.Text {
		tail.line.Text = text
		w.signs = append(w.signs, tail)
	}
}

// after is the index after a unit, or that of the first one in a holder.
func (w *work) after(before, holder *law.Provision) int {
	switch {
	case before != nil:
		return w.end(before)
	case holder != nil:
		return w.index(w.of(holder)) + 1
	}
	return 0
}

// notesBefore counts the notes directly before a line.
func (w *work) notesBefore(at int) (n int) {
	for at-n > 0 && w.pieces[at-n-1].note != nil {
		n++
	}
	return n
}

// afterNotes moves an index on until as many notes stand before it.
func (w *work) afterNotes(at, most int) int {
	for at < len(w.pieces) && w.pieces[at].note != nil && w.notesBefore(at) < most {
		at++
	}
	return at
}

// asBase is the last line of an item as the base of a restored unit has it, where
// the item comes last, or does not, in both; otherwise it is "".
func (w *work) asBase(c *piece, isLast bool) string {
	b := w.stood[cmp.Or(c.old, c.want)]
	if b == nil || b.Parent == nil {
		return ""
	}
	items := ofKind(b.Parent, b.Kind)
	if (items[len(items)-1] == b) != isLast {
		return ""
	}
	under := w.base.Subtree(b)
	return under[len(under)-1].Text
}
