package ooxml

import "strconv"

// runProperties are the properties of a run that matter here. A nil pointer is
// "not said here, ask the style".
type runProperties struct {
	style          string
	bold, vanish   *bool
	inserted       bool // tracked, on the mark that ends a paragraph
	deleted        bool
	before         *runProperties // what a tracked change of format replaced
	changeOfFormat bool
}

// paragraphProperties are those of a paragraph.
type paragraphProperties struct {
	style   string
	outline int // 1–9, 0 for text, -1 not said
	list    listReference
	mark    runProperties // of the sign that ends the paragraph
	before  *paragraphProperties
}

// listReference says which list a paragraph belongs to. Its parts may be said
// in different places, so each has its "not said": -1.
type listReference struct {
	num, level int
	inserted   bool // tracked: the numbering itself was switched on
}

func noParagraphProperties() paragraphProperties {
	return paragraphProperties{outline: -1, list: listReference{num: -1, level: -1}}
}

func (x *xmlReader) paragraphProperties() (paragraphProperties, error) {
	p := noParagraphProperties()
	err := x.children(func(e element) error {
		if e.space != word {
			return x.skip()
		}
		switch e.name {
		case "pStyle":
			p.style = e.attr("val")
		case "outlineLvl":
			p.outline = outlineLevel(e.attr("val"))
		case "numPr":
			return x.listReference(&p.list)
		case "rPr":
			var err error
			p.mark, err = x.runProperties()
			return err
		case "pPrChange":
			return x.children(func(e element) error {
				if e.space != word || e.name != "pPr" {
					return x.skip()
				}
				before, err := x.paragraphProperties()
				p.before = &before
				return err
			})
		}
		return x.skip()
	})
	return p, err
}

func (x *xmlReader) listReference(l *listReference) error {
	return x.children(func(e element) error {
		switch e.name {
		case "numId":
			l.num = number(e.attr("val"), -1)
		case "ilvl":
			l.level = number(e.attr("val"), -1)
		case "ins":
			l.inserted = true
		}
		return x.skip()
	})
}

func (x *xmlReader) runProperties() (runProperties, error) {
	var p runProperties
	err := x.children(func(e element) error {
		if e.space != word {
			return x.skip()
		}
		switch e.name {
		case "rStyle":
			p.style = e.attr("val")
		case "b":
			p.bold = pointer(e.on())
		case "vanish":
			p.vanish = pointer(e.on())
		case "ins", "moveTo":
			p.inserted = true
		case "del", "moveFrom":
			p.deleted = true
		case "rPrChange":
			p.changeOfFormat = true
			return x.children(func(e element) error {
				if e.space != word || e.name != "rPr" {
					return x.skip()
				}
				before, err := x.runProperties()
				p.before = &before
				return err
			})
		}
		return x.skip()
	})
	return p, err
}

// outlineLevel turns the file's 0–8 into 1–9; its 9 is "text".
func outlineLevel(s string) int {
	if n := number(s, 9); n >= 0 && n < 9 {
		return n + 1
	}
	return 0
}

// number reads a whole number that a sound file keeps small.
func number(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < -1e9 || n > 1e9 {
		return otherwise
	}
	return n
}

func pointer(b bool) *bool { return &b }
