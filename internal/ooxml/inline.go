package ooxml

import (
	"strconv"
	"strings"
	"unicode"
)

// inline reads what stands inside a paragraph: runs, and the elements that wrap
// them.
func (b *bodyReader) inline(e element, t tracked, p *paragraphProperties) error {
	within := func(e element) error { return b.inline(e, t, p) }
	switch {
	case e.space == markup && e.name == "AlternateContent":
		return b.alternatives(within)
	case e.space == math:
		return b.formula(t, p)
	case e.space != word:
		return b.skip()
	}
	switch e.name {
	case "r":
		return b.run(t, p)
	case "ins", "moveTo":
		t.inserted = true
		b.report.Insertions++
		return b.children(within)
	case "del", "moveFrom":
		t.deleted = true
		b.report.Deletions++
		return b.children(within)
	case "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo", "ruby", "rubyBase":
		return b.children(within)
	}
	return b.skip()
}

// run reads one run of text of one format.
func (b *bodyReader) run(t tracked, p *paragraphProperties) error {
	var r runProperties
	var visit func(e element) error
	visit = func(e element) error {
		switch {
		case e.space == markup && e.name == "AlternateContent":
			return b.alternatives(visit)
		case e.space != word:
			return b.skip()
		}
		switch e.name {
		case "rPr":
			var err error
			r, err = b.runProperties()
			if r.changeOfFormat {
				b.report.FormatChanges++
				if r.before != nil && b.changes == Reject {
					r = *r.before
				}
			}
			return err
		case "t", "delText":
			s, err := b.text()
			if e.name == "delText" {
				t.deleted = true
			}
			b.add(s, t, p, &r)
			return err
		case "tab", "br", "cr", "ptab":
			b.add(" ", t, p, &r)
		case "noBreakHyphen":
			b.add("-", t, p, &r)
		case "sym":
			b.add(b.symbol(e.attr("char"), e.attr("font")), t, p, &r)
		case "footnoteReference", "endnoteReference":
			b.report.Notes++
		case "commentReference":
			b.report.Comments++
		case "drawing", "pict", "object":
			return b.picture()
		case "ruby", "rubyBase":
			return b.children(func(e element) error { return b.inline(e, t, p) })
		}
		return b.skip()
	}
	return b.children(visit)
}

// add appends a piece of text to the open paragraph, unless a change or its
// format hides it.
func (b *bodyReader) add(s string, t tracked, p *paragraphProperties, r *runProperties) {
	if s == "" || !b.visible(t) {
		return
	}
	style := b.styles.paragraph(p.style)
	if b.styles.hidden(r, style) {
		if strings.TrimSpace(s) != "" {
			b.report.Hidden++
		}
		return
	}
	b.open.text.WriteString(s)
	if !b.open.light && strings.TrimSpace(s) != "" && !b.styles.bold(r, style) {
		b.open.light = true
	}
}

// formula reads the characters of a formula in a row.
func (b *bodyReader) formula(t tracked, p *paragraphProperties) error {
	return b.children(func(e element) error {
		switch {
		case e.space == math && e.name == "t":
			s, err := b.text()
			b.add(s, t, p, &runProperties{})
			return err
		case e.space == word && e.name == "del":
			deleted := tracked{inserted: t.inserted, deleted: true}
			return b.formula(deleted, p)
		case e.space == word && e.name == "ins":
			inserted := tracked{inserted: true, deleted: t.deleted}
			return b.formula(inserted, p)
		}
		return b.formula(t, p)
	})
}

// picture passes over a drawing and counts the text boxes in it.
func (b *bodyReader) picture() error {
	var within func(e element) error
	words := false
	within = func(e element) error {
		switch {
		case e.space == markup && e.name == "AlternateContent":
			return b.alternatives(within)
		case e.space == word && e.name == "t":
			s, err := b.text()
			words = words || strings.TrimSpace(s) != ""
			return err
		case e.space == word && e.name == "txbxContent":
			words = false
			err := b.children(within)
			if words {
				b.report.TextBoxes++
			}
			return err
		}
		return b.children(within)
	}
	return b.children(within)
}

// symbol is the character of a sign given by its place in a font. Symbol fonts
// lie at U+F000; of the font named Symbol the few signs that laws use are known.
func (b *bodyReader) symbol(code, font string) string {
	n, err := strconv.ParseUint(code, 16, 32)
	if err == nil && (n < 0xe000 || n > 0xf8ff) && font != "Symbol" {
		if r := rune(n); n <= unicode.MaxRune && unicode.IsPrint(r) {
			return string(r)
		}
	}
	if err == nil && font == "Symbol" {
		switch n & 0xff {
		case 0x2d:
			return "−"
		case 0xa3:
			return "≤"
		case 0xb0:
			return "°"
		case 0xb1:
			return "±"
		case 0xb3:
			return "≥"
		case 0xb4:
			return "×"
		case 0xb7:
			return "•"
		}
	}
	b.report.Signs++
	return "\ufffd"
}

func hasLetters(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
