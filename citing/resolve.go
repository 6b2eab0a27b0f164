package citing

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Resolve finds the provisions that a citation from outside may mean: what
// law.Document.Resolve finds, and what it does not. A range is all its units;
// «часть вторая» of an article of numbered paragraphs is paragraph 2, as codes
// are cited.
func Resolve(doc *law.Document, c law.Citation) []*law.Provision {
	for i, s := range c {
		if s.To == "" {
			continue
		}
		ends := [2]law.Citation{append(law.Citation{}, c...), append(law.Citation{}, c...)}
		ends[0][i], ends[1][i] = law.Step{Kind: s.Kind, Number: s.Number}, law.Step{Kind: s.Kind, Number: s.To}
		first, last := Resolve(doc, ends[0]), Resolve(doc, ends[1])
		if len(first) != 1 || len(last) != 1 || first[0].Index > last[0].Index {
			return append(first, last...)
		}
		var out []*law.Provision
		for _, p := range doc.Provisions[first[0].Index : last[0].Index+1] {
			if p.Kind == first[0].Kind && (p.Kind == law.Article || p.Parent == first[0].Parent) {
				out = append(out, p)
			}
		}
		return out
	}
	if found := doc.Resolve(c, nil); len(found) > 0 {
		return found
	}
	for i, s := range c {
		other := append(law.Citation{}, c...)
		from, to, hyphen := strings.Cut(s.Number, "-")
		switch {
		case s.Kind == law.Part && s.Ordinal > 0:
			other[i] = law.Step{Kind: law.Paragraph, Number: strconv.Itoa(s.Ordinal)}
		case hyphen && !strings.Contains(to, "-") && law.CompareNumbers(from, to) < 0: // «пунктами 12-15, 18 и 20»
			other[i] = law.Step{Kind: s.Kind, Number: from, To: to}
		default:
			continue
		}
		if found := Resolve(doc, other); len(found) > 0 {
			return found
		}
	}
	return nil
}

// Targets finds what a citation leads to in a text of the act it cites. «Пункт 5»
// of an order is looked for in the order, «пункт 5 Правил, утвержденных приказом»
// in what is annexed to it: annexes stand at the end.
func (c *Citation) Targets(doc *law.Document, unit law.Citation) []*law.Provision {
	found := Resolve(doc, unit)
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
