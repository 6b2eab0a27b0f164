package law

import (
	"fmt"
	"strconv"
	"strings"
)

// Address names a provision within one edition, in the manner of an Akoma
// Ntoso eId: "art_22__para_6__part_2__subpara_1".
//
//   - An article's address holds no chapter: "art_22", "art_14-1". Chapters are
//     "chp_2", sections "sec_1", subsections "subsec_1"; divisions are counted
//     anew in each chapter and name it: "chp_2__dvs_1".
//   - What follows part one hangs on the article or paragraph itself; only parts
//     from the second on are named: "art_1__subpara_3",
//     "art_22__para_6__subpara_1", "art_22__para_6__part_2__subpara_1".
//   - Unnumbered units are ordinals: "art_10__part_1" is the first unnumbered
//     line of an article, "art_45__para_2__indent_2" the first line after the
//     paragraph's own, which is indent 1.
//   - A second unit with the same address gets "~2", "~3" in document order, and
//     a Doubt.
//
// Ordinals make an address exact within an edition only: stored links carry the
// edition.
type Address string

// repeat is "2" for the second unit of that number, "" for nearly all.
func (a Address) repeat() string {
	last := string(a)[strings.LastIndex(string(a), "__")+1:]
	_, n, _ := strings.Cut(last, "~")
	return n
}

// segment is the last step of a provision's address.
func (p *Provision) segment() string {
	n := p.Number
	if n == "" && p.Ordinal > 0 {
		n = strconv.Itoa(p.Ordinal)
	}
	switch p.Kind {
	case Preamble:
		return "preamble"
	case Section:
		return "sec_" + n
	case Subsection:
		return "subsec_" + n
	case Chapter:
		return "chp_" + n
	case Division:
		return "dvs_" + n
	case Article:
		return "art_" + n
	case Paragraph:
		return "para_" + n
	case Subparagraph:
		return "subpara_" + n
	case Remark:
		if p.Ordinal == 1 {
			return "remark"
		}
		return "remark_" + n
	case Table:
		return "row_" + n
	}
	return string(p.Kind) + "_" + n // part_2, indent_3, annex_1, signature_1, text_1
}

// path is the address of a provision before doubles are told apart. Parents are
// addressed before their children.
func (p *Provision) path() Address {
	switch p.Kind {
	case Section, Chapter, Article, Annex, Signature, Preamble:
		return Address(p.segment())
	case Subsection:
		if p.Parent == nil {
			return Address(p.segment())
		}
	}
	if p.Parent == nil {
		return Address(p.segment())
	}
	return p.Parent.Address + Address("__"+p.segment())
}

// number gives every provision its address.
func (d *Document) number() {
	d.places = make(map[Address]*Provision, len(d.Provisions))
	seen := make(map[Address]int, len(d.Provisions))
	for _, p := range d.Provisions {
		a := p.path()
		seen[a]++
		if n := seen[a]; n > 1 {
			d.Doubts = append(d.Doubts, Doubt{
				From: p.From, To: p.To, Text: p.Text,
				Reason: fmt.Sprintf("the address %s stands %s", a, times(n)),
			})
			a += Address("~" + strconv.Itoa(n))
		}
		p.Address = a
		d.places[a] = p
		d.articleRanges = d.articleRanges || p.Kind == Article && p.NumberTo != ""
	}
	d.markAgain()
	for i := len(d.Provisions) - 1; i >= 0; i-- {
		p := d.Provisions[i]
		p.end = max(p.end, i+1)
		if p.Parent != nil {
			p.Parent.end = max(p.Parent.end, p.end)
		}
	}
}

// markAgain finds the subparagraphs of part one whose number stands again in a
// later part of the same paragraph or article.
func (d *Document) markAgain() {
	type place struct {
		holder *Provision
		number string
	}
	later := map[place]bool{}
	for _, p := range d.Provisions {
		if p.Kind == Subparagraph && p.Parent != nil && p.Parent.Kind == Part {
			later[place{p.Parent.Parent, p.Number}] = true
		}
	}
	for _, p := range d.Provisions {
		p.again = p.Kind == Subparagraph && p.Parent != nil && later[place{p.Parent, p.Number}]
	}
}

func times(n int) string {
	if n == 2 {
		return "twice"
	}
	return strconv.Itoa(n) + " times"
}

// ordinal counts a new unnumbered unit among the siblings before it. An indent
// counts the unit's own line as the first one (the practice of amending acts,
// where «абзац первый» is the line with the number). A first part is named only
// in an article, an annex or under a heading: elsewhere the unit's own line is
// part one.
func (p *Provision) ordinal(before []*Provision) int {
	for i := len(before) - 1; i >= 0; i-- {
		if s := before[i]; s.Kind == p.Kind && s.Number == "" {
			return s.Ordinal + 1
		}
	}
	if p.Kind == Indent || p.Kind == Part && p.Parent != nil && ownsText(p.Parent.Kind) {
		return 2
	}
	return 1
}

// ownsText tells units whose own line is their part one from those whose line
// is a heading.
func ownsText(k Kind) bool {
	switch k {
	case Paragraph, Subparagraph, Preamble, Part, Remark:
		return true
	}
	return false
}
