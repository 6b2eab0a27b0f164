package citing

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Resolve finds the provisions that a citation may mean: what law.Document.Resolve
// finds, and what it does not. A range is all its units; «часть вторая» of an
// article of numbered paragraphs is paragraph 2, as codes are cited.
func Resolve(doc *law.Document, c law.Citation, within *law.Provision) (found []*law.Provision) {
	for _, one := range Singles(doc, c, within) {
		found = append(found, resolve(doc, one, within)...)
	}
	return found
}

// Singles writes a citation with a range as those of every unit in it. Where an
// end of the range is not in the text, only its ends are known.
func Singles(doc *law.Document, c law.Citation, within *law.Provision) (out []law.Citation) {
	i := slices.IndexFunc(c, func(s law.Step) bool { return s.To != "" })
	if i < 0 {
		return []law.Citation{c}
	}
	with := func(number string) law.Citation {
		one := slices.Clone(c)
		one[i] = law.Step{Kind: c[i].Kind, Number: number}
		return one
	}
	first, last := resolve(doc, with(c[i].Number)[:i+1], within), resolve(doc, with(c[i].To)[:i+1], within)
	if len(first) != 1 || len(last) != 1 || first[0].Index > last[0].Index {
		return append(Singles(doc, with(c[i].Number), within), Singles(doc, with(c[i].To), within)...)
	}
	for _, p := range doc.Provisions[first[0].Index : last[0].Index+1] {
		if p.Kind == first[0].Kind && (p.Kind == law.Article || p.Parent == first[0].Parent) {
			out = append(out, Singles(doc, with(p.Number), within)...)
		}
	}
	return out
}

// resolve is Resolve for a citation without a range.
func resolve(doc *law.Document, c law.Citation, within *law.Provision) []*law.Provision {
	if found := doc.Resolve(c, within); len(found) > 0 {
		return found
	}
	for i, s := range c {
		other := slices.Clone(c)
		from, to, hyphen := strings.Cut(s.Number, "-")
		switch {
		case s.Kind == law.Part && s.Ordinal > 0:
			other[i] = law.Step{Kind: law.Paragraph, Number: strconv.Itoa(s.Ordinal)}
		case hyphen && !strings.Contains(to, "-") && law.CompareNumbers(from, to) < 0: // «пунктами 12-15, 18 и 20»
			other[i] = law.Step{Kind: s.Kind, Number: from, To: to}
		default:
			continue
		}
		if found := Resolve(doc, other, within); len(found) > 0 {
			return found
		}
	}
	return nil
}

// Targets finds what a citation leads to in a text of the act it cites. «Пункт 5»
// of an order is looked for in the order, «пункт 5 Правил, утвержденных приказом»
// in what is annexed to it: annexes stand at the end.
func (c *Citation) Targets(doc *law.Document, unit law.Citation) []*law.Provision {
	found := Resolve(doc, unit, nil)
	switch unit[0].Kind {
	case law.Paragraph, law.Subparagraph, law.Part, law.Indent:
	default:
		return found
	}
	annex := slices.IndexFunc(doc.Provisions, func(p *law.Provision) bool { return p.Kind == law.Annex })
	return slices.DeleteFunc(found, func(p *law.Provision) bool {
		return c.Name.Annex != (annex >= 0 && p.Index > annex)
	})
}
