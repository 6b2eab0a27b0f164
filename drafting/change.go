package drafting

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// change is one instruction to be written.
type change struct {
	op Operation
	// holder is the citation of the larger unit, steps what is changed in it: one
	// unit, or several of one kind. Of an insertion holder is what is added to and
	// steps are the new units.
	holder, steps law.Citation
	old, words    string
	wording       [][]string // a quotation each
	// units are what it is about: of the old text, of an insertion of the new one.
	units []*law.Provision
	// within is the unit of the old text to write anew where this cannot be said;
	// nil is the act.
	within *law.Provision
	// new is set for an annex that is added. own is the annex of the act it stands
	// in; in is what the act calls itself.
	new     bool
	own, in string
	// first and last are its lines in the act.
	first, last int
}

func (c *change) form() string {
	switch c.op {
	case Annex:
		if c.new {
			return "annex_added"
		}
	case AddPart, AddIndent, AddSentence:
		return string(AddUnit)
	case ReplaceFigures:
		return string(ReplaceWords)
	}
	return string(c.op)
}

func (c *change) adds() bool {
	return c.op == AddUnit || c.op == AddPart || c.op == AddIndent || c.op == AddSentence
}

// How much of a unit may be written word by word before the unit is written
// anew: an act that lists five single words of a sentence is harder to check
// than the sentence.
const (
	// One place of a paragraph of ordinary length, one more for each 600 letters.
	mostHunks    = 3
	lettersAHunk = 600
	mostWords    = 24 // quoted in one instruction
	fewWords     = 3  // as many may change though they are most of the unit
	// anewShare is the part of a unit's new text that instructions below it may
	// quote before the unit is quoted whole.
	anewShare = 0.7
)

// coarseness is how a unit is written because a finer way could not be read back.
type coarseness int

const (
	byWords coarseness = iota
	byLine
	whole
)

// comparer finds the changes between two texts, unit by unit: acts name units by
// their numbers, so a number pairs them whatever became of the words.
type comparer struct {
	from, to *law.Document
	anew     anew
	coarse   map[*law.Provision]coarseness // of units of the old text
	skipped  map[*law.Provision]Reason     // units of either text, with the reason
	// signs are the articles where the last signs of items have to be ordered: in
	// the others applying puts them right unasked, as editors do.
	signs map[law.Address]bool
	// annexes are those that the units of either text stand under.
	annexes map[*law.Provision]*law.Provision
	changes []change
}

func (c *comparer) compare() []change {
	c.changes = nil
	c.annexes = map[*law.Provision]*law.Provision{}
	underAnnexes(c.from, c.annexes)
	underAnnexes(c.to, c.annexes)
	c.children(nil, nil, roots(c.from), roots(c.to))
	return c.changes
}

func roots(d *law.Document) (out []*law.Provision) {
	for _, p := range d.Provisions {
		if p.Parent == nil {
			out = append(out, p)
		}
	}
	return out
}

// same reports whether nobody could hear a difference.
func same(a, b string) bool { return a == b || law.Fold(a) == law.Fold(b) }

// sameTree reports whether two units are the same to the last line.
func (c *comparer) sameTree(a, b *law.Provision) bool {
	x, y := c.from.Subtree(a), c.to.Subtree(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !same(x[i].Text, y[i].Text) {
			return false
		}
	}
	return true
}

func (c *comparer) unit(a, b *law.Provision) {
	if _, skip := c.skipped[a]; skip || c.sameTree(a, b) {
		return
	}
	if c.coarse[a] == whole || a.Kind == law.Annex && !same(a.Text, b.Text) { // its stamp is no heading
		c.replace(a, b)
		return
	}
	before := len(c.changes)
	if !same(a.Text, b.Text) && !c.signAlone(a, b) {
		c.line(a, b)
	}
	c.children(a, b, a.Children, b.Children)
	if c.tooMuch(c.changes[before:], a, b) {
		c.changes = c.changes[:before]
		c.replace(a, b)
	}
}

// signAlone reports whether an item's line changes by its last sign, and nobody
// has to order that.
func (c *comparer) signAlone(a, b *law.Provision) bool {
	return same(a.Text, c.signed(a, b))
}

// signed is the new text of an item with its last sign of before, if nobody has to
// order the other one.
func (c *comparer) signed(a, b *law.Provision) string {
	const signs = ".; "
	if a.Kind != law.Subparagraph && a.Kind != law.Indent || c.signs[c.anew.top(a).Address] {
		return b.Text
	}
	was, is := strings.TrimRight(a.Text, signs), strings.TrimRight(b.Text, signs)
	if was == a.Text || is == b.Text {
		return b.Text
	}
	return is + a.Text[len(was):]
}

// tooMuch reports whether a unit is better quoted whole.
func (c *comparer) tooMuch(changes []change, a, b *law.Provision) bool {
	if len(changes) < 2 || level(a.Kind) < level(law.Article) || !quotable(a.Kind) {
		return false
	}
	quoted, all := 0, 0
	for _, ch := range changes {
		for _, w := range slices.Concat(ch.wording...) {
			quoted += len(w)
		}
		quoted += len(ch.words)
	}
	for _, p := range c.to.Subtree(b) {
		all += len(p.Text)
	}
	return float64(quoted) > anewShare*float64(all)
}

// line writes the change of a unit's own line.
func (c *comparer) line(a, b *law.Provision) {
	holder, steps := c.cite(a)
	owner, first, shared := c.lineCitation(a)
	switch {
	case !quotable(a.Kind):
		c.replace(a, b)
	case a.Kind == law.Table:
		c.row(a, b)
	case level(a.Kind) <= level(law.Article):
		if a.Kind == law.Preamble {
			c.replace(a, b)
			return
		}
		c.add(change{op: ReplaceHeading, holder: a.Cite(), steps: law.Citation{{Kind: Heading}}, wording: [][]string{{b.Text}}, units: []*law.Provision{a}, within: a})
	case c.coarse[a] == byWords && (c.addsSentence(a, b) || c.words(a, b, holder, steps) || c.sentence(a, b)):
	case !shared && len(b.Children) == 0:
		c.replace(a, b)
	case !shared:
		c.add(change{op: ReplaceUnit, holder: c.cited(a), steps: law.Citation{first}, wording: [][]string{{b.Text}}, units: []*law.Provision{a}, within: a})
	default:
		c.add(change{op: ReplaceUnit, holder: owner, steps: law.Citation{first}, wording: [][]string{{b.Text}}, units: []*law.Provision{a}, within: within(a)})
	}
}

// quotable reports whether a unit's text can stand in quotation marks: an annex
// cannot, and a signature is no text of the law.
func quotable(k law.Kind) bool {
	switch k {
	case law.Annex, law.Signature, law.Text:
		return false
	}
	return true
}

func (c *comparer) replace(a, b *law.Provision) {
	if a.Kind == law.Annex {
		c.annex(a, b, nil)
		return
	}
	holder, steps := c.cite(a)
	ch := change{
		op: ReplaceUnit, holder: holder, steps: steps,
		wording: [][]string{subtreeLines(c.to, b)}, units: []*law.Provision{a}, within: a.Parent,
	}
	if a.Kind == law.Table {
		ch.within = firstRow(a)
	}
	// Those of one kind that follow each other in the act are written anew together:
	// neighbours in one quotation, others in their own.
	if n := len(c.changes); n > 0 && a.Number != "" && level(a.Kind) > level(law.Article) {
		last := &c.changes[n-1]
		if u := last.units[len(last.units)-1]; last.op == ReplaceUnit && u.Kind == a.Kind && u.Parent == a.Parent && u.Number != "" &&
			len(last.steps) == len(last.units) && slices.Equal(last.holder, ch.holder) {
			last.join(&ch, c.next(u) == a)
			return
		}
	}
	c.add(ch)
}

// join takes another change of the same kind into the instruction.
func (c *change) join(other *change, neighbour bool) {
	c.steps = append(slices.Clone(c.steps), other.steps...)
	c.units = append(c.units, other.units...)
	if last := len(c.wording) - 1; neighbour {
		c.wording[last] = append(c.wording[last], other.wording[0]...)
		return
	}
	c.wording = append(c.wording, other.wording...)
}

// next is the unit after u under the same parent, nil if there is none.
func (c *comparer) next(u *law.Provision) *law.Provision {
	end := u.Index + len(c.from.Subtree(u))
	if end < len(c.from.Provisions) && c.from.Provisions[end].Parent == u.Parent {
		return c.from.Provisions[end]
	}
	return nil
}

func subtreeLines(d *law.Document, p *law.Provision) (out []string) {
	for _, q := range d.Subtree(p) {
		out = append(out, q.Text)
	}
	return out
}

func (c *comparer) add(ch change) { c.changes = append(c.changes, ch) }

// children writes what became of the units under a unit; a and b are nil for
// those of the act itself.
func (c *comparer) children(a, b *law.Provision, old, now []*law.Provision) {
	var last *law.Provision // of the old text
	before := map[law.Kind]*law.Provision{}
	tableSaid := c.table(a, b)
	for _, p := range c.pair(old, now) {
		switch {
		case tableSaid && cmp.Or(p.old, p.now).Kind == law.Table:
		case p.now == nil:
			c.remove(p.old, a)
		case p.old == nil:
			c.insert(p.now, a, before[p.now.Kind], last)
		default:
			c.unit(p.old, p.now)
		}
		if p.old != nil {
			last = p.old
			before[p.old.Kind] = p.old
		}
	}
}

func (c *comparer) remove(a, holder *law.Provision) {
	if _, skip := c.skipped[a]; skip {
		return
	}
	of, steps := c.cite(a)
	ch := change{op: DeleteUnit, holder: of, steps: steps, units: []*law.Provision{a}, within: holder}
	if a.Kind == law.Table {
		ch.within = firstRow(a)
	}
	if n := len(c.changes); n > 0 {
		last := &c.changes[n-1]
		if u := last.units[len(last.units)-1]; last.op == DeleteUnit && u.Kind == a.Kind && u.Parent == a.Parent && slices.Equal(last.holder, ch.holder) {
			last.steps = append(slices.Clone(last.steps), ch.steps...)
			last.units = append(last.units, a)
			return
		}
	}
	c.add(ch)
}

// insert adds a unit of the new text under holder. before is the unit of its
// kind it comes after, last the unit of any kind.
func (c *comparer) insert(b, holder, before, last *law.Provision) {
	if _, skip := c.skipped[b]; skip {
		return
	}
	ch := change{op: AddUnit, wording: [][]string{subtreeLines(c.to, b)}, units: []*law.Provision{b}, within: holder}
	step := law.Step{Kind: b.Kind, Number: b.Number}
	switch {
	case b.Kind == law.Paragraph && outermost(b): // of rules
		ch.holder = c.cited(b)[:len(c.cited(b))-1]
	case level(b.Kind) > level(law.Article):
		if holder != nil {
			ch.holder = c.cited(holder)
		}
	case before == nil && holder != nil: // the first of its chapter
		ch.holder = holder.Cite()
	}
	switch b.Kind {
	case law.Annex:
		c.annex(nil, b, holder)
		return
	case law.Table:
		if holder != nil && before != nil {
			ch.holder = append(ch.holder, law.Step{Kind: Tabular})
			ch.within = firstRow(before)
			if step = rowStep(b, rowsUnder(holder, nil)); step.Number == "" {
				step.Ordinal = before.Ordinal + 1
			}
		}
	case law.Part, law.Indent:
		ch.op = AddPart
		if b.Kind == law.Indent {
			ch.op = AddIndent
		}
		step.Ordinal = c.ordinalAfter(b, holder, before)
	}
	ch.steps = law.Citation{step}
	if n := len(c.changes); n > 0 && c.changes[n-1].op == ch.op {
		prev := &c.changes[n-1]
		u := prev.units[len(prev.units)-1]
		neighbour := u.Index+len(c.to.Subtree(u)) == b.Index
		alike := u.Kind == b.Kind && u.Parent == b.Parent && slices.Equal(prev.holder, ch.holder) && (b.Number != "") == (u.Number != "")
		if b.Number == "" {
			alike = alike && neighbour && len(ch.wording[0]) == 1 && len(prev.wording[0]) == len(prev.units)
		} else {
			alike = alike && (neighbour || level(b.Kind) > level(law.Article))
		}
		if alike {
			if step.Ordinal > 0 {
				ch.steps[0].Ordinal = prev.steps[len(prev.steps)-1].Ordinal + 1
			}
			prev.join(&ch, neighbour)
			return
		}
	}
	c.add(ch)
}

// ordinalAfter is the ordinal of a new part or indent, counted in the text
// before the act, as everything in an act is.
func (c *comparer) ordinalAfter(b, holder, before *law.Provision) int {
	switch {
	case before != nil:
		return before.Ordinal + 1
	case holder != nil && b.Kind == law.Part && holder.Kind == law.Article:
		return 1
	}
	return 2 // the unit's own line is the first
}
