// Package edit changes a working text of a law one operation at a time, as a
// person drafting an amendment does: new words for a provision, a unit put in,
// split, moved, taken out. It is pure: a document in, a document out.
//
// Numbers follow the technique of drafting: a unit that comes between others
// takes a hyphen (14-1 between 14 and 15), one that comes last the next number,
// and no number is given again or shifted unless that is asked for.
//
// Every result is read back before it is returned: each provision that was not
// touched has to be the same kind of unit, of the same number, in the same unit
// as before. What would read otherwise is refused with a Code. The last signs of
// a list («;» and «.») are put right, as editors do it unasked.
package edit

import (
	"strings"

	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/law"
)

// Done is a text after an operation.
type Done struct {
	Document *law.Document
	Lines    []law.Line // of Document
	// At is what was touched, in the new text: the unit put in, changed or moved,
	// the first one of a split. After Delete it is "".
	At law.Address
	// Now tells where each provision of the text before stands; what went is
	// absent.
	Now map[law.Address]law.Address
	// Signs are the lines of which only the last sign was put right.
	Signs []law.Address
}

// Code says why an operation was refused. The words are the page's.
type Code string

const (
	NotFound       Code = "not_found"       // the text has no such provision
	NoWords        Code = "no_words"        // the new text is empty, or is only a number
	OneLine        Code = "one_line"        // a provision is one line; Split and Insert make more
	OtherKind      Code = "other_kind"      // the text begins like a unit of another kind
	OtherNumber    Code = "other_number"    // the text begins with another number; Renumber changes it
	KindNotEdited  Code = "kind_not_edited" // units of that kind are not put in, split or moved
	NotNumbered    Code = "not_numbered"    // the unit has no number to change or to leave behind
	NotANumber     Code = "not_a_number"    // as units carry it: 14, 14-1
	NumberTaken    Code = "number_taken"    // another unit there has it
	NumberOrder    Code = "number_order"    // it does not fit between its neighbours
	NoNumber       Code = "no_number"       // no number is free there: nothing comes before 1
	WordsChanged   Code = "words_changed"   // the pieces of a split are not the words that stood there
	InsideItself   Code = "inside_itself"   // a unit is moved into itself
	AlreadyThere   Code = "already_there"   // what is to be restored stands in the text
	HolderGone     Code = "holder_gone"     // the unit it stood in, At in the base, does not
	ReadsOtherwise Code = "reads_otherwise" // the text would read as another structure, at At
)

// Refusal is the error of an operation that was not done.
type Refusal struct {
	Code Code
	// At is the provision in the way, in the text before; "" where none is.
	At law.Address
	// Number is the number that was wanted, where Code is about one.
	Number string
}

func (r *Refusal) Error() string {
	s := "edit refused: " + string(r.Code)
	if r.Number != "" {
		s += " " + r.Number
	}
	if r.At != "" {
		s += " at " + string(r.At)
	}
	return s
}

// Side is where a unit comes in relation to another.
type Side string

const (
	Before Side = "before" // among the units of the same holder
	After  Side = "after"  // the same, after all that is under it
	Under  Side = "under"  // as the last unit inside it
)

// Place is where a unit comes.
type Place struct {
	Side Side
	At   law.Address
}

// Unit is a new unit.
type Unit struct {
	// Kind is Article, Paragraph, Subparagraph, Part or Indent.
	Kind law.Kind
	// Number is "14-1", "2"; "" has it proposed.
	Number string
	// Text is the words, with or without the printed number; of an article the
	// heading. Further lines are what stands under the unit.
	Text string
}

// Insert puts a unit in. Its number, where it is not given, is the one that
// NextNumber proposes.
func Insert(d *law.Document, to Place, u Unit) (*Done, error) {
	w, p, err := open(d, to.At)
	if err != nil {
		return nil, err
	}
	lines := linesOf(u.Text)
	if !edited(u.Kind) {
		return nil, &Refusal{Code: KindNotEdited, At: to.At}
	}
	if len(lines) == 0 {
		return nil, &Refusal{Code: NoWords}
	}
	if u.Kind != law.Part && u.Kind != law.Indent {
		if typed := alone(lines[0], d.Lang); u.Number == "" && typed.Kind == u.Kind {
			u.Number = typed.Number
		}
		if u.Number, err = numberFor(d, to, u.Kind, u.Number, nil); err != nil {
			return nil, err
		}
	}
	words, err := wordsFor(u.Kind, u.Number, lines[0], d.Lang)
	if err != nil {
		return nil, err
	}
	fresh := []*piece{{line: law.Line{Text: printed(d.Lang, u.Kind, u.Number) + words, Mark: markLike(d, u.Kind)}}}
	for _, l := range lines[1:] {
		fresh = append(fresh, &piece{line: law.Line{Text: l}})
	}
	fresh[0].want = &law.Provision{Kind: u.Kind, Number: u.Number}
	fresh[0].parent, fresh[0].fresh = holderOf(to, p), true
	w.lists[fresh[0].parent] = true
	for _, f := range fresh[1:] {
		f.inside = fresh[0]
	}
	w.insert(w.place(to, p, u.Kind), fresh)
	return w.done(nil, fresh[0])
}

// Split cuts a provision in two or more: the same words, a line each. The pieces
// after the first take proposed numbers, where the kind has one; what stands
// under the provision goes with the last piece.
func Split(d *law.Document, at law.Address, pieces ...string) (*Done, error) {
	w, p, err := open(d, at)
	if err != nil {
		return nil, err
	}
	if !edited(p.Kind) || p.Kind == law.Article {
		return nil, &Refusal{Code: KindNotEdited, At: at}
	}
	lines := linesOf(strings.Join(pieces, "\n"))
	if len(lines) < 2 {
		return nil, &Refusal{Code: NoWords, At: at}
	}
	if lines[0], err = wordsFor(p.Kind, p.Number, lines[0], d.Lang); err != nil {
		return nil, err
	}
	if strings.Join(lines, " ") != strings.TrimSpace(p.Text[p.NumberEnd():]) {
		return nil, &Refusal{Code: WordsChanged, At: at}
	}
	first := w.of(p)
	head := strings.TrimSpace(p.Text[:p.NumberEnd()])
	w.set(p, strings.TrimSpace(head+" "+lines[0]))
	number, last := p.Number, first
	var fresh []*piece
	for _, l := range lines[1:] {
		want := &law.Provision{Kind: p.Kind}
		if p.Number != "" {
			if number, err = numberAfter(number, nextOf(d, p)); err != nil {
				return nil, err
			}
			want.Number = number
		}
		f := &piece{line: law.Line{Text: printed(d.Lang, p.Kind, number) + l}, want: want, parent: p.Parent}
		fresh = append(fresh, f)
		last = f
	}
	for _, c := range p.Children {
		w.of(c).under = last
	}
	w.insert(w.index(first)+1, fresh)
	return w.done(p, nil)
}

// Move puts a unit elsewhere with all that is under it. It keeps its number
// where that fits and is free, and takes the proposed one where it does not; the
// number it leaves is not given to another.
func Move(d *law.Document, at law.Address, to Place) (*Done, error) {
	w, p, err := open(d, at)
	if err != nil {
		return nil, err
	}
	target := d.Find(to.At)
	if target == nil {
		return nil, &Refusal{Code: NotFound, At: to.At}
	}
	if !edited(p.Kind) {
		return nil, &Refusal{Code: KindNotEdited, At: at}
	}
	for q := target; q != nil; q = q.Parent {
		if q == p {
			return nil, &Refusal{Code: InsideItself, At: at}
		}
	}
	moved := w.of(p)
	if p.Number != "" {
		number := p.Number
		if _, err := numberFor(d, to, p.Kind, number, p); err != nil || p.NumberTo != "" {
			if number, err = numberFor(d, to, p.Kind, "", p); err != nil {
				return nil, err
			}
		}
		w.renumber(p, number)
	}
	moved.parent, moved.fresh = holderOf(to, target), true
	w.lists[p.Parent], w.lists[moved.parent] = true, true
	w.move(p, to, target)
	return w.done(p, nil)
}

// Delete takes a unit out with all that is under it, and leaves nothing.
func Delete(d *law.Document, at law.Address) (*Done, error) {
	w, p, err := open(d, at)
	if err != nil {
		return nil, err
	}
	w.remove(p)
	w.lists[p.Parent] = true
	return w.done(nil, nil)
}

// Exclude takes a unit out and leaves the line that official editions leave:
// «3) исключен;». by names the act that does it, as that line does; "" for none.
func Exclude(d *law.Document, at law.Address, by string) (*Done, error) {
	w, p, err := open(d, at)
	if err != nil {
		return nil, err
	}
	line, ok := drafting.Placeholder(d, p, by)
	if !ok {
		return nil, &Refusal{Code: NotNumbered, At: at}
	}
	i := w.remove(p)
	left := &piece{line: law.Line{Text: line, Mark: p.Mark}, old: p, parent: p.Parent}
	w.insert(i, []*piece{left})
	return w.done(p, nil)
}

// Renumber gives a unit another number.
func Renumber(d *law.Document, at law.Address, number string) (*Done, error) {
	w, p, err := open(d, at)
	if err != nil {
		return nil, err
	}
	if p.Number == "" || p.NumberTo != "" {
		return nil, &Refusal{Code: NotNumbered, At: at}
	}
	if _, err := numberFor(d, Place{After, at}, p.Kind, number, p); err != nil {
		return nil, err
	}
	w.renumber(p, number)
	return w.done(p, nil)
}
