package law

import (
	"strings"
	"unicode/utf8"
)

// Build makes the tree of a text from its lines. It always succeeds: what is
// not understood is a Text provision with a Doubt. lang is the language the
// source claims; the patterns of all three languages are tried on every line,
// since a text in one often quotes another.
//
// The place of an unnumbered line after «N)» is found by three rules in turn:
//
//  1. the list goes on with a later number: the line stands inside N);
//  2. it begins in lower case, or its list still runs (the line before ends
//     with «:» or «;»): it is an indent of the unit above;
//  3. otherwise it is the next part of the paragraph, or of the article where
//     there are no paragraphs.
//
// Indentation is never used: the published texts indent at will.
func Build(lang Lang, title string, lines []Line) *Document {
	lines = JoinStamps(lines)
	b := &builder{doc: &Document{Lang: lang, Title: title}, lines: lines}
	b.classify()
	for i := range lines {
		b.place(i)
	}
	b.doc.number()
	b.doc.placeNotes(b.noteAfter)
	return b.doc
}

// builder walks the lines once. Its fields are the units that are open where
// the next line comes.
type builder struct {
	doc     *Document
	lines   []Line
	classes []class
	// nextUnit is, for each line, the next numbered or named one after it.
	nextUnit []int

	levels   []*Provision // open sections, chapters, divisions, largest first
	article  *Provision   // or annex, or a heading that was not recognised
	para     *Provision   // open paragraph
	part     *Provision   // open part from the second on; nil is part one
	sub      *Provision   // open subparagraph
	subPart  *Provision   // open part of the subparagraph
	remark   *Provision   // open remark
	previous *Provision   // the law line before, for «:» and «;»

	approved bool // a stamp has begun what the act approves; the lines under it are its title

	noteAfter []*Provision // for each note, the provision it follows
}

func (b *builder) place(i int) {
	l, c := b.lines[i], b.classes[i]
	switch {
	case c.what == isNote:
		b.doc.Notes = append(b.doc.Notes, Note{
			After: len(b.doc.Provisions), Text: l.Text, From: l.From, To: l.To, Links: l.Links,
		})
		b.noteAfter = append(b.noteAfter, b.previous)
	case c.what == isRow:
		b.add(b.unit(), Table, class{}, l)
	case c.what == isUnknown:
		b.closeArticle()
		b.article = b.add(b.level(), Text, c, l)
		b.doubt(l, "set as a heading, but no heading that is known")
	case c.what == isQuoted:
		b.add(b.unit(), Indent, c, l)
	case c.what == isUnit:
		b.placeUnit(l, c)
	default:
		b.placePlain(i, l, c)
	}
}

func (b *builder) placeUnit(l Line, c class) {
	switch c.kind {
	case Section, Subsection, Chapter, Division:
		b.closeArticle()
		for len(b.levels) > 0 && rank(b.levels[len(b.levels)-1].Kind) >= rank(c.kind) {
			b.levels = b.levels[:len(b.levels)-1]
		}
		b.levels = append(b.levels, b.add(b.level(), c.kind, c, l))
		if twoHeadings(Fold(l.Text)) {
			b.doubt(l, "two headings in one line; the second one is not a unit of its own")
		}
	case Article:
		if a := b.article; a != nil && a == b.previous && Fold(a.Text) == Fold(l.Text) {
			b.add(a, Text, class{}, l)
			b.doubt(l, "the heading stands twice")
			return
		}
		b.closeArticle()
		b.article = b.add(b.level(), Article, c, l)
	case Annex:
		b.closeArticle()
		b.levels = nil
		b.article = b.add(nil, Annex, c, l)
	case Signature, Text: // a stamp of approval is text that belongs to nothing above it
		b.closeArticle()
		b.levels = nil
		b.add(nil, c.kind, c, l)
		b.approved = c.kind == Text
	case Remark:
		b.closePara()
		b.remark = nil
		b.remark = b.add(b.holder(), Remark, c, l)
	case Paragraph:
		b.openParagraph(l, c)
	case Subparagraph:
		b.subPart = nil
		b.sub = b.add(b.list(), Subparagraph, c, l)
	}
}

// longestGap is the longest run of paragraphs that is left out without a
// placeholder; a larger step is a year or another number at the start of a line.
const longestGap = 30

// openParagraph doubts a number that goes back.
func (b *builder) openParagraph(l Line, c class) {
	b.closePara()
	if r := b.remark; r != nil && (!introduces(r.Text) || c.number != "1" && !hasParagraphs(r)) {
		b.remark = nil // «Примечание. …» is one unit, its list ended; the article goes on
	}
	holder := b.holder()
	siblings := b.doc.roots
	if holder != nil {
		siblings = holder.Children
	}
	for k := len(siblings) - 1; k >= 0; k-- {
		if s := siblings[k]; s.Kind == Paragraph {
			switch {
			case CompareNumbers(c.number, s.Number) < 0:
				b.doubt(l, "number "+c.number+" follows number "+s.Number)
			case atoi(c.number) > atoi(s.Number)+longestGap && s.NumberTo == "":
				b.doubt(l, "number "+c.number+" follows number "+s.Number)
			}
			break
		}
	}
	b.para = b.add(holder, Paragraph, c, l)
}

func hasParagraphs(p *Provision) bool {
	for _, c := range p.Children {
		if c.Kind == Paragraph {
			return true
		}
	}
	return false
}

// introduces reports whether a remark announces paragraphs of its own:
// «Примечания:», «Примечание.» alone on its line.
func introduces(text string) bool {
	return listRuns(text) || !strings.Contains(text, " ")
}

// placePlain finds the place of an unnumbered line by the three rules of Build.
func (b *builder) placePlain(i int, l Line, c class) {
	if first, _ := utf8.DecodeRuneInString(l.Text); strings.ContainsRune("0123456789СГРПACS", first) && likeUnit().MatchString(Fold(head(l.Text, beginning))) {
		b.doubt(l, "begins like a unit of the law and is read as text")
	}
	item := startsLower(l.Text) || b.previous != nil && listRuns(b.previous.Text)
	switch {
	case b.article == nil && b.para == nil && b.sub == nil:
		b.placeOutside(i, l, c)
	case b.sub != nil && b.listGoesOn(i):
		if item {
			b.add(b.inSub(), Indent, c, l)
		} else {
			b.subPart = b.add(b.sub, Part, c, l)
		}
	case item && b.unit() != b.article || item && b.hasFirstPart():
		b.add(b.unit(), Indent, c, l)
	default:
		b.sub, b.subPart = nil, nil
		p := b.add(b.holder(), Part, c, l)
		b.part = nil
		if p.Ordinal > 1 {
			b.part = p
		}
	}
}

// likeUnit are beginnings that only a unit should have: «Статьи 5», «3-бап -»,
// «Глава пятая», «7.2.1.».
var likeUnit = pattern(`^(?:Статьи\s\d|(?:Статья|Глава|Раздел|Параграф|Article|Chapter)\s\d+\s?(?:[-:]|\p{Lu})|(?:Глава|ГЛАВА|Раздел|РАЗДЕЛ)\s\p{L}+\.|` +
	`\d+(?:-\d+)*\s?-?\s?(?:баптар|бап|тарау)\s?[-:]|\d+(?:\.\d+){2,}\.?\s|\d+\s?[.)]\s?[-,])`)

// placeOutside places an unnumbered line that stands in no article: the
// preamble, or a line nobody expects.
func (b *builder) placeOutside(i int, l Line, c class) {
	if p := b.previous; p == nil && b.headingFollows(i) {
		b.add(nil, Preamble, c, l)
		return
	} else if p != nil && len(b.levels) == 0 && (p.Kind == Preamble || p.Parent != nil && p.Parent.Kind == Preamble) {
		preamble := p
		if p.Parent != nil {
			preamble = p.Parent
		}
		kind := Part
		if startsLower(l.Text) || listRuns(p.Text) || strings.HasSuffix(p.Text, ",") {
			kind = Indent
		}
		b.add(preamble, kind, c, l)
		return
	}
	titles := b.approved && b.previous.Kind == Text
	b.add(b.level(), Text, c, l)
	if !titles {
		b.doubt(l, "stands in no article")
	}
}

// headingFollows reports whether a numbered unit comes at all: without one the
// text is no act we can read, and its first line no preamble.
func (b *builder) headingFollows(i int) bool {
	for j := b.nextUnit[i]; j < len(b.classes); j = b.nextUnit[j] {
		if c := b.classes[j]; c.isHeading() || c.what == isUnit && c.kind == Paragraph {
			return true
		}
	}
	return false
}

// listGoesOn looks ahead from an unnumbered line: does the open list go on with
// a later number before the next paragraph, heading or remark?
func (b *builder) listGoesOn(i int) bool {
	last := b.sub.Number
	if b.sub.NumberTo != "" {
		last = b.sub.NumberTo
	}
	j := b.nextUnit[i]
	if j == len(b.classes) {
		return false
	}
	c := b.classes[j]
	return c.what == isUnit && c.kind == Subparagraph && CompareNumbers(c.number, last) > 0
}

// holder is the unit that parts and paragraphs hang on.
func (b *builder) holder() *Provision {
	switch {
	case b.para != nil:
		return b.para
	case b.remark != nil:
		return b.remark
	case b.article != nil:
		return b.article
	}
	return b.level()
}

// list is the unit that subparagraphs hang on.
func (b *builder) list() *Provision {
	if b.part != nil {
		return b.part
	}
	return b.holder()
}

// inSub is the open subparagraph, or its open part.
func (b *builder) inSub() *Provision {
	if b.subPart != nil {
		return b.subPart
	}
	return b.sub
}

// unit is the smallest open unit: what an indent hangs on.
func (b *builder) unit() *Provision {
	if b.sub != nil {
		return b.inSub()
	}
	return b.list()
}

// hasFirstPart reports whether the open article already has a line below its
// heading; its first line is a part even in lower case.
func (b *builder) hasFirstPart() bool {
	return b.article != nil && len(b.article.Children) > 0
}

// level is the smallest open section, chapter or division; nil at the top.
func (b *builder) level() *Provision {
	if len(b.levels) == 0 {
		return nil
	}
	return b.levels[len(b.levels)-1]
}

func (b *builder) closeArticle() {
	b.closePara()
	b.article, b.remark = nil, nil
}

func (b *builder) closePara() {
	b.para, b.part, b.sub, b.subPart = nil, nil, nil, nil
}

func (b *builder) add(parent *Provision, kind Kind, c class, l Line) *Provision {
	p := &Provision{
		Kind: kind, Number: c.number, NumberTo: c.numberTo, Text: l.Text,
		From: l.From, To: l.To, Mark: l.Mark, Anchor: l.Anchor, Links: l.Links,
		Parent: parent, Index: len(b.doc.Provisions),
	}
	siblings := &b.doc.roots
	if parent != nil {
		p.Depth = parent.Depth + 1
		siblings = &parent.Children
	}
	if p.Number == "" {
		p.Ordinal = p.ordinal(*siblings)
	}
	*siblings = append(*siblings, p)
	b.doc.Provisions = append(b.doc.Provisions, p)
	b.previous = p
	return p
}

func (b *builder) doubt(l Line, reason string) {
	b.doc.Doubts = append(b.doc.Doubts, Doubt{From: l.From, To: l.To, Text: l.Text, Reason: reason})
}

func rank(k Kind) int {
	switch k {
	case Section:
		return 1
	case Subsection:
		return 2
	case Chapter:
		return 3
	case Division:
		return 4
	}
	return 5
}

// twoHeadings finds «Глава 13. … Параграф 1. …», which a source printed on one
// line.
func twoHeadings(f string) bool {
	for _, w := range [...]string{" Глава ", " Параграф ", "-тарау.", "-параграф.", " Chapter "} {
		if i := strings.LastIndex(f, w); i > len("10-1") {
			if _, _, ok := scanNumber(f[i+len(w):]); ok || w[0] == '-' {
				return true
			}
		}
	}
	return false
}
