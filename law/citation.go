package law

import (
	"fmt"
	"slices"
	"strings"
)

// Citation is an address in words, as steps from the largest unit to the
// smallest: article 22, paragraph 6, part 2, subparagraph 1). It is written and
// read in three languages:
//
//	ru  подпункт 1) части второй пункта 6 статьи 22      (small to large)
//	kk  22-баптың 6-тармағы екінші бөлігінің 1) тармақшасы (large to small)
//	en  Article 22(6), part 2, (1)
type Citation []Step

// Step is one unit of a citation, by number or by ordinal.
type Step struct {
	Kind    Kind
	Number  string
	To      string // end of a range «3)–6)»
	Ordinal int
}

// Cite returns the citation of a provision. A first part is named only where
// leaving it out would be ambiguous: where a later part of the same paragraph
// has a unit of the same number (art. 22 p. 6 has «1)» twice).
func (p *Provision) Cite() Citation {
	var c Citation
	for u := p; u != nil; u = u.Parent {
		c = append(c, Step{Kind: u.Kind, Number: u.Number, To: u.NumberTo, Ordinal: u.Ordinal})
		if u.again {
			c = append(c, Step{Kind: Part, Ordinal: 1})
		}
		if u.isTop() {
			break
		}
	}
	for i, j := 0, len(c)-1; i < j; i, j = i+1, j-1 {
		c[i], c[j] = c[j], c[i]
	}
	return c
}

// isTop reports whether a citation needs nothing larger than this unit.
func (p *Provision) isTop() bool {
	switch p.Kind {
	case Article, Chapter, Section, Annex, Preamble, Signature, Text:
		return true
	}
	return false
}

// names reports whether the citation has a step of this kind, so that another
// one begins a new citation. Only a part may hold a part, of a subparagraph.
func (c Citation) names(k Kind) bool {
	for i, s := range c {
		if s.Kind == k && (k != Part || i == len(c)-1) {
			return true
		}
	}
	return false
}

// In writes the citation in a language.
func (c Citation) In(lang Lang) string {
	switch lang {
	case KK:
		return c.kazakh()
	case EN:
		return c.english()
	}
	return c.russian()
}

// ParseCitation reads a whole citation in a language, in any grammatical case.
func ParseCitation(lang Lang, s string) (Citation, error) {
	// «пункты 2–4» are a range, «пункт 2-4» is one; folded they would be the same.
	s = strings.ReplaceAll(s, "–", "..")
	c, rest := scanCitation(lang, strings.ToLower(Fold(s)))
	if len(c) == 0 || strings.Trim(rest, " .,;") != "" {
		return nil, fmt.Errorf("not a citation: %q", s)
	}
	return c, nil
}

// scanCitation reads the citation at the start of a folded, lower-case text and
// returns what follows it.
func scanCitation(lang Lang, s string) (Citation, string) {
	switch lang {
	case KK:
		return scanKazakh(s)
	case EN:
		return scanEnglish(s)
	}
	return scanRussian(s)
}

// cutRange cuts the bracket after a number and the end of a range: «)-6)», «..5».
func cutRange(s string) (to, rest string) {
	s, bracket := strings.CutPrefix(s, ")")
	after, ok := strings.CutPrefix(s, "..")
	if !ok && bracket {
		after, ok = strings.CutPrefix(s, "-")
	}
	if !ok {
		return "", s
	}
	number, after, ok := scanNumber(after)
	after, closed := strings.CutPrefix(after, ")")
	if ok && closed == bracket {
		return number, after
	}
	return "", s
}

// Resolve finds the provisions a citation may mean. One is the answer; none or
// several must be said, never guessed: «подпункт 2) пункта 6» is several where
// both parts of the paragraph have a 2). A citation that begins below the
// article («пункт 5») is looked for under within; within may be nil.
func (d *Document) Resolve(c Citation, within *Provision) []*Provision {
	if len(c) == 0 {
		return nil
	}
	if p := d.exact(c, within); p != nil {
		return []*Provision{p}
	}
	from, end := 0, len(d.Provisions)
	switch top := d.places[Address("art_"+c[0].Number)]; {
	case c[0].Kind == Article && top == nil && !d.articleRanges:
		return nil
	case c[0].Kind == Article && top == nil: // it may be inside «Статьи 2-5»
	case c[0].Kind == Article && d.places[top.Address+"~2"] == nil:
		from, end = top.Index, top.end
	case within != nil && !isTopKind(c[0].Kind):
		from, end = within.Index, within.end
	}
	pool := d.candidates(c[len(c)-1], from, end)
	found := c.among(pool, false)
	if len(found) == 0 || len(found) == 1 && found[0].again && !c.names(Part) {
		found = c.among(pool, true)
	}
	if len(found) > 1 && within != nil {
		found = nearest(found, within)
	}
	return found
}

// exact looks a citation up by the address its steps make; nil where that is not
// the whole answer.
func (d *Document) exact(c Citation, within *Provision) *Provision {
	var at Address
	if !isTopKind(c[0].Kind) {
		if within == nil {
			return nil
		}
		at = within.Address
	}
	for i, s := range c {
		last := i == len(c)-1
		if s.To != "" || s.Kind == anyNumbered {
			return nil
		}
		if s.Kind == Part && s.Ordinal == 1 && (!last || d.places[at] != nil && ownsText(d.places[at].Kind)) {
			continue // part one is the unit's own line
		}
		if at != "" {
			at += "__"
		}
		at += Address((&Provision{Kind: s.Kind, Number: s.Number, Ordinal: max(s.Ordinal, 1)}).segment())
	}
	p := d.places[at]
	if p == nil || d.places[at+"~2"] != nil || p.again && !c.names(Part) {
		return nil
	}
	return p
}

// lastStep is what a citation's last step says of a provision.
type lastStep struct {
	kind    Kind
	number  string
	ordinal int
}

// candidates returns the provisions of [from,end) that a last step may mean, in
// document order. A citation is looked up among those of its kind and number:
// a long law has many of each.
func (d *Document) candidates(s Step, from, end int) []*Provision {
	d.indexOnce.Do(func() {
		d.index = make(map[lastStep][]*Provision, len(d.Provisions))
		for _, p := range d.Provisions {
			k := lastStep{kind: p.Kind, number: p.Number, ordinal: p.Ordinal}
			if p.NumberTo != "" {
				k = lastStep{} // a range: looked at every time
			}
			d.index[k] = append(d.index[k], p)
		}
	})
	keys := []lastStep{{s.Kind, s.Number, s.Ordinal}, {}}
	switch {
	case s.Kind == anyNumbered:
		keys = []lastStep{{Paragraph, s.Number, 0}, {Subparagraph, s.Number, 0}, {}}
	case s.Number == "" && s.Ordinal == 0: // «примечание»
		keys = append(keys, lastStep{s.Kind, "", 1}, lastStep{s.Kind, "", 2}, lastStep{s.Kind, "", 3})
	}
	var out []*Provision
	for _, k := range keys {
		for _, p := range d.index[k] {
			if p.Index >= from && p.Index < end {
				out = append(out, p)
			}
		}
	}
	slices.SortFunc(out, func(a, b *Provision) int { return a.Index - b.Index })
	return out
}

// among returns what the citation matches; with skip levels may be left out.
func (c Citation) among(pool []*Provision, skip bool) (found []*Provision) {
	for _, p := range pool {
		if c.matches(p, skip) {
			found = append(found, p)
		}
	}
	return found
}

func isTopKind(k Kind) bool {
	return (&Provision{Kind: k}).isTop()
}

// nearest keeps what hangs on within itself, if anything does: «пункт 5» said
// in an article means the article's own, not one of its remark.
func nearest(found []*Provision, within *Provision) []*Provision {
	var direct []*Provision
	for _, p := range found {
		if p.Parent == within {
			direct = append(direct, p)
		}
	}
	if len(direct) > 0 {
		return direct
	}
	return found
}

// matches walks the steps from the smallest up along the parents. With skip,
// levels may be left out («подпункт 4) статьи 32» that stands in some
// paragraph), so that an incomplete citation finds all it may mean.
func (c Citation) matches(p *Provision, skip bool) bool {
	if !c[len(c)-1].is(p) {
		return false
	}
	u := p.Parent
	for i := len(c) - 2; i >= 0; i-- {
		if c[i].Kind == Part && c[i].Ordinal == 1 {
			// Part one is the unit's own line; what follows it hangs on the unit.
			if q := p.partAbove(); q != nil && q.Ordinal > 1 {
				return false
			}
			continue
		}
		for skip && u != nil && !c[i].is(u) {
			u = u.Parent
		}
		if u == nil || !c[i].is(u) {
			return false
		}
		u = u.Parent
	}
	return true
}

// partAbove is the nearest part above p within its paragraph, or nil.
func (p *Provision) partAbove() *Provision {
	for u := p.Parent; u != nil && u.Kind != Paragraph && u.Kind != Article; u = u.Parent {
		if u.Kind == Part {
			return u
		}
	}
	return nil
}

func (s Step) is(p *Provision) bool {
	if s.Kind == anyNumbered {
		return (p.Kind == Paragraph || p.Kind == Subparagraph) && s.Number == p.Number
	}
	if s.Kind != p.Kind {
		return false
	}
	if s.Number != "" {
		return s.Number == p.Number ||
			p.NumberTo != "" && CompareNumbers(s.Number, p.Number) >= 0 && CompareNumbers(s.Number, p.NumberTo) <= 0
	}
	return s.Ordinal == 0 && p.Number == "" || s.Ordinal == p.Ordinal
}

// anyNumbered is the English «(5)», which does not tell a paragraph from a
// subparagraph.
const anyNumbered Kind = "paragraph or subparagraph"
