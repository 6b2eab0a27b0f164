package law

import (
	"strconv"
	"strings"
)

var enNames = map[Kind]string{
	Preamble: "Preamble", Section: "Section", Subsection: "Subsection", Chapter: "Chapter", Division: "Division",
	Article: "Article", Paragraph: "paragraph", Subparagraph: "subparagraph", Part: "part", Indent: "indent",
	Remark: "note", Annex: "Annex", Table: "row", Signature: "Signature", Text: "Text",
}

// english writes "Article 22(6), part 2, (1)".
func (c Citation) english() string {
	var b strings.Builder
	for i, s := range c {
		bare := i > 0 && (c[i-1].Kind == Article || c[i-1].Kind == Paragraph)
		switch {
		case i > 0 && (s.Kind == Paragraph || s.Kind == Subparagraph):
			if !bare {
				b.WriteString(", ")
			}
			b.WriteString("(" + s.Number + ")")
			if s.To != "" {
				b.WriteString("–(" + s.To + ")")
			}
			continue
		case i > 0:
			b.WriteString(", ")
		}
		name := enNames[s.Kind]
		if i == 0 {
			name = strings.ToUpper(name[:1]) + name[1:]
		}
		b.WriteString(name)
		switch {
		case s.To != "":
			b.WriteString("s " + s.Number + "–" + s.To)
		case s.Number != "":
			b.WriteString(" " + s.Number)
		case s.Ordinal > 1 || s.Kind == Part || s.Kind == Indent || s.Kind == Table || s.Kind == Signature || s.Kind == Text || s.Kind == Section:
			b.WriteString(" " + strconv.Itoa(s.Ordinal))
		}
	}
	return b.String()
}

// scanEnglish reads "Article 22(6), part 2, (1)", also "paragraph 6 of Article
// 22" is not read: the project writes only the first form.
func scanEnglish(s string) (Citation, string) {
	var c Citation
	rest := s
	for {
		step, after, ok := scanEnStep(rest)
		if !ok || len(c) > 0 && isTopKind(step.Kind) {
			return c, rest
		}
		// "(6)" after an article may be a paragraph or, where there are none, a
		// subparagraph; a second one is a subparagraph.
		if step.Kind == anyNumbered && len(c) > 0 && c[len(c)-1].Kind != Article && c[len(c)-1].Kind != Remark && c[len(c)-1].Kind != Annex {
			step.Kind = Subparagraph
			if c[len(c)-1].Kind == anyNumbered {
				c[len(c)-1].Kind = Paragraph
			}
		}
		c = append(c, step)
		rest = after
	}
}

func scanEnStep(s string) (Step, string, bool) {
	s = strings.TrimLeft(s, " ,")
	if after, ok := strings.CutPrefix(s, "("); ok {
		number, rest, ok := scanNumber(after)
		rest, closed := strings.CutPrefix(rest, ")")
		step := Step{Kind: anyNumbered, Number: number}
		if end, found := strings.CutPrefix(rest, "..("); found {
			if to, after, ok := scanNumber(end); ok && strings.HasPrefix(after, ")") {
				step.To, rest = to, after[1:]
			}
		}
		return step, rest, ok && closed
	}
	word, rest := firstWord(s)
	for kind, name := range enNames {
		if word != strings.ToLower(name) && word != strings.ToLower(name)+"s" {
			continue
		}
		number, after, ok := scanNumber(rest)
		if to, end := cutRange(after); to != "" {
			return Step{Kind: kind, Number: number, To: to}, end, ok
		}
		switch kind {
		case Part, Indent, Table, Signature, Text:
			return Step{Kind: kind, Ordinal: atoi(number)}, after, ok
		case Preamble, Remark, Annex:
			step := Step{Kind: kind, Number: number}
			return step, after, true
		case Section, Chapter:
			if !ok {
				number, after, ok = scanRoman(strings.ToUpper(rest))
			}
		}
		return Step{Kind: kind, Number: number}, after, ok
	}
	return Step{}, s, false
}
