package ooxml

import (
	"slices"
	"strings"
	"unicode"
)

// tracked says what the elements around a piece of text make of it.
type tracked struct{ inserted, deleted bool }

var plain = tracked{}

// bodyReader reads the text body. Paragraphs whose end was deleted (or, for the
// old text, inserted) run on into the next one, as in Word: text collects in
// open until a paragraph ends that keeps its end.
type bodyReader struct {
	*xmlReader
	styles    *styles
	numbering *numbering
	changes   Changes
	out       []Paragraph
	report    Report
	open      openParagraph
}

// openParagraph is what a paragraph has collected so far.
type openParagraph struct {
	text   strings.Builder
	light  bool // some letters are not bold
	joined bool // an earlier paragraph ran on into this one
}

// visible reports whether text under these changes stands in the text that was
// asked for.
func (b *bodyReader) visible(t tracked) bool {
	if b.changes == Accept {
		return !t.deleted
	}
	return !t.inserted
}

// blocks reads the paragraphs and tables inside the element just opened.
func (b *bodyReader) blocks(t tracked) error {
	return b.children(func(e element) error { return b.block(e, t) })
}

func (b *bodyReader) block(e element, t tracked) error {
	switch {
	case e.space == markup && e.name == "AlternateContent":
		return b.alternatives(func(e element) error { return b.block(e, t) })
	case e.space != word:
		return b.skip()
	}
	switch e.name {
	case "p":
		return b.paragraph(t)
	case "tbl":
		b.endContainer() // text cannot run on into a table
		return b.table(t)
	case "sdt", "sdtContent", "customXml", "smartTag":
		return b.blocks(t)
	case "ins", "moveTo":
		t.inserted = true
		return b.blocks(t)
	case "del", "moveFrom":
		t.deleted = true
		return b.blocks(t)
	case "altChunk":
		b.report.Imported++
	}
	return b.skip()
}

// alternatives reads the first choice of an alternative, or the fallback where
// there is no choice.
func (b *bodyReader) alternatives(visit func(element) error) error {
	chosen := false
	return b.children(func(e element) error {
		if e.space != markup || chosen || e.name != "Choice" && e.name != "Fallback" {
			return b.skip()
		}
		chosen = true
		return b.children(visit)
	})
}

func (b *bodyReader) paragraph(t tracked) error {
	p := noParagraphProperties()
	err := b.children(func(e element) error {
		if e.space == word && e.name == "pPr" {
			var err error
			p, err = b.xmlReader.paragraphProperties()
			if p.mark.inserted {
				b.report.Insertions++
			}
			if p.mark.deleted {
				b.report.Deletions++
			}
			if p.before != nil {
				b.report.FormatChanges++
				if b.changes == Reject {
					mark := p.mark
					p = *p.before
					p.mark = mark
				}
			}
			return err
		}
		return b.inline(e, t, &p)
	})
	if err != nil {
		return err
	}
	if p.list.inserted && b.changes == Reject {
		p.list.num = 0
	}
	t.inserted = t.inserted || p.mark.inserted
	t.deleted = t.deleted || p.mark.deleted
	if !b.visible(t) {
		b.open.joined = true
		return nil
	}
	b.endParagraph(&p)
	return nil
}

// endContainer ends what ran on into nothing: the last paragraph of a cell or
// of the text lost its end.
func (b *bodyReader) endContainer() {
	if b.open.joined {
		p := noParagraphProperties()
		b.endParagraph(&p)
	}
}

// endParagraph closes the open paragraph with the properties of the end that
// was kept.
func (b *bodyReader) endParagraph(p *paragraphProperties) {
	text, light := b.open.text.String(), b.open.light
	b.open = openParagraph{}
	style := b.styles.paragraph(p.style)
	if b.styles.named(style, "toc ") {
		if strings.TrimSpace(text) != "" {
			b.report.Contents++
		}
		return
	}
	out := Paragraph{Text: text, Level: b.styles.level(p), Title: b.styles.named(style, "title")}
	blank := strings.TrimSpace(text) == ""
	out.Bold = !light && !blank
	if l, ok := b.numbering.next(p); ok {
		b.number(&out, l)
		blank = blank && out.Number == ""
	}
	if !blank {
		b.out = append(b.out, out)
	}
}

// number puts an automatic number before a text.
func (b *bodyReader) number(p *Paragraph, l label) {
	if l.bullet {
		if p.Text != "" {
			b.report.Bullets++
		}
		return
	}
	if l.unknown != "" && len(b.report.Formats) < 5 && !slices.Contains(b.report.Formats, l.unknown) {
		b.report.Formats = append(b.report.Formats, l.unknown)
	}
	p.Number = strings.TrimSpace(l.text)
	switch {
	case p.Number == "":
	case l.glued || strings.TrimSpace(p.Text) == "":
		p.Text = p.Number + p.Text
	default:
		p.Text = p.Number + " " + strings.TrimLeftFunc(p.Text, unicode.IsSpace)
	}
}

func (b *bodyReader) table(t tracked) error {
	return b.children(func(e element) error { return b.tablePart(e, t) })
}

func (b *bodyReader) tablePart(e element, t tracked) error {
	if e.space == word {
		switch e.name {
		case "tr":
			return b.row(t)
		case "sdt", "sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo":
			return b.table(t)
		}
	}
	return b.skip()
}

// row reads a row of a table. Each cell is read like a small text of its own.
func (b *bodyReader) row(t tracked) error {
	var cells [][]Paragraph
	var part func(e element) error
	part = func(e element) error {
		if e.space != word {
			return b.skip()
		}
		switch e.name {
		case "trPr":
			return b.change(&t, "ins", "del")
		case "tc":
			if !b.visible(t) {
				return b.skip()
			}
			paragraphs, kept, err := b.cell(t)
			if kept {
				cells = append(cells, paragraphs)
			}
			return err
		case "sdt", "sdtContent", "customXml":
			return b.children(part)
		}
		return b.skip()
	}
	if err := b.children(part); err != nil {
		return err
	}
	if len(cells) == 1 {
		b.out = append(b.out, cells[0]...)
		return nil
	}
	p := Paragraph{Bold: true}
	empty := true
	for _, c := range cells {
		texts := make([]string, len(c))
		for i, q := range c {
			texts[i] = q.Text
			p.Bold = p.Bold && q.Bold
			empty = false
		}
		p.Row = append(p.Row, strings.Join(texts, " "))
	}
	if !empty {
		p.Text = strings.Join(p.Row, " | ")
		b.out = append(b.out, p)
	}
	return nil
}

// change notes whether properties say that what they belong to was inserted or
// deleted.
func (b *bodyReader) change(t *tracked, inserted, deleted string) error {
	return b.children(func(e element) error {
		if e.space == word && e.name == inserted {
			t.inserted = true
			b.report.Insertions++
		}
		if e.space == word && e.name == deleted {
			t.deleted = true
			b.report.Deletions++
		}
		return b.skip()
	})
}

func (b *bodyReader) cell(t tracked) (paragraphs []Paragraph, kept bool, err error) {
	outside := b.out
	b.out = nil
	err = b.children(func(e element) error {
		if e.space == word && e.name == "tcPr" {
			return b.change(&t, "cellIns", "cellDel")
		}
		return b.block(e, t)
	})
	b.endContainer()
	paragraphs, b.out = b.out, outside
	return paragraphs, b.visible(t), err
}
