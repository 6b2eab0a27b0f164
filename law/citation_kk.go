package law

import (
	"strconv"
	"strings"
)

// kkNames holds the Kazakh name of a unit alone and with the genitive («бап»,
// «баптың»), and as a part of a larger one («бабы», «бабының»).
var kkNames = map[Kind]struct {
	nom, gen, poss, possGen string
	hyphen                  bool // «6-тармақ», against «1) тармақша»
}{
	Preamble:     {"кіріспе", "кіріспенің", "кіріспесі", "кіріспесінің", false},
	Section:      {"бөлім", "бөлімнің", "бөлімі", "бөлімінің", true},
	Subsection:   {"кіші бөлім", "кіші бөлімнің", "кіші бөлімі", "кіші бөлімінің", true},
	Chapter:      {"тарау", "тараудың", "тарауы", "тарауының", true},
	Division:     {"параграф", "параграфтың", "параграфы", "параграфының", true},
	Article:      {"бап", "баптың", "бабы", "бабының", true},
	Paragraph:    {"тармақ", "тармақтың", "тармағы", "тармағының", true},
	Subparagraph: {"тармақша", "тармақшаның", "тармақшасы", "тармақшасының", false},
	Part:         {"бөлік", "бөліктің", "бөлігі", "бөлігінің", false},
	Indent:       {"абзац", "абзацтың", "абзацы", "абзацының", false},
	Remark:       {"ескертпе", "ескертпенің", "ескертпесі", "ескертпесінің", true},
	Annex:        {"қосымша", "қосымшаның", "қосымшасы", "қосымшасының", true},
	Table:        {"жол", "жолдың", "жолы", "жолының", true},
	Signature:    {"қолтаңба", "қолтаңбаның", "қолтаңбасы", "қолтаңбасының", true},
	Text:         {"мәтін", "мәтіннің", "мәтіні", "мәтінінің", true},
}

// kazakh writes «22-баптың 6-тармағы екінші бөлігінің 1) тармақшасы»: the first
// link carries the genitive, and of those between only the last but one
// (counted in official texts; see docs/law.md).
func (c Citation) kazakh() string {
	var w []string
	for i, s := range c {
		if s.Kind == Table {
			w = append(w, "кестесінің")
		}
		n := kkNames[s.Kind]
		var name string
		switch last := len(c) - 1; {
		case i == 0 && last == 0:
			name = n.nom
		case i == 0 && s.Kind == Annex && s.Number == "" && last == 1 && c[1].Kind == Table:
			name = n.nom // «қосымша кестесінің 4-жолы»
		case i == 0:
			name = n.gen
		case i == last:
			name = n.poss
		case i == last-1 && c[last].Kind != Table: // the table's own genitive follows
			name = n.possGen
		default:
			name = n.poss
		}
		number := s.Number
		if number == "" && !(s.Ordinal <= 1 && (s.Kind == Remark || s.Kind == Annex)) {
			number = strconv.Itoa(s.Ordinal)
		}
		switch {
		case s.To != "" && s.Kind == Subparagraph:
			w = append(w, number+")–"+s.To+") "+plural(name))
		case s.To != "":
			w = append(w, number+"–"+s.To+"-"+plural(name))
		case s.Kind == Subparagraph:
			w = append(w, number+") "+name)
		case s.Kind == Part || s.Kind == Indent:
			if o := kkOrdinal(s.Ordinal); o != "" {
				number = o
			}
			w = append(w, number+" "+name)
		case n.hyphen && number != "":
			w = append(w, number+"-"+name)
		default:
			w = append(w, name)
		}
	}
	return strings.Join(w, " ")
}

// plural of what may stand as a range, in the forms kkNames has.
func plural(name string) string {
	for _, f := range [...][2]string{
		{"баптың", "баптардың"}, {"бап", "баптар"},
		{"тармағының", "тармақтарының"}, {"тармағы", "тармақтары"}, {"тармақтың", "тармақтардың"}, {"тармақ", "тармақтар"},
		{"тармақшасының", "тармақшаларының"}, {"тармақшасы", "тармақшалары"},
		{"тармақшаның", "тармақшалардың"}, {"тармақша", "тармақшалар"},
	} {
		if name == f[0] {
			return f[1]
		}
	}
	return name
}

// kkStems are the beginnings of a unit's name in any case and possession, the
// longer before the shorter.
var kkStems = []struct {
	stem string
	kind Kind
}{
	{"тармақша", Subparagraph}, {"тармақ", Paragraph}, {"тармағ", Paragraph}, {"бөлік", Part}, {"бөліг", Part},
	{"абзац", Indent}, {"кіші бөлім", Subsection}, {"бөлім", Section}, {"тарау", Chapter}, {"параграф", Division},
	{"ескертпе", Remark}, {"қосымша", Annex}, {"жол", Table}, {"бап", Article}, {"баб", Article}, {"кіріспе", Preamble},
}

// scanKazakh reads «22-баптың 6-тармағы екінші бөлігінің 1) тармақшасы», also
// with the genitive on every link.
func scanKazakh(s string) (Citation, string) {
	var c Citation
	rest := s
	for {
		step, after, ok := scanKkStep(rest)
		if !ok || c.names(step.Kind) || len(c) > 0 && isTopKind(step.Kind) {
			return c, rest
		}
		c = append(c, step)
		rest = after
	}
}

func scanKkStep(s string) (Step, string, bool) {
	var step Step
	s = strings.TrimPrefix(s, "кестесінің ")
	rest := s
	if number, after, ok := scanNumber(s); ok {
		step.Number = number
		step.To, after = cutRange(after)
		rest = strings.TrimLeft(after, " -")
	} else if n, after, ok := scanKkOrdinal(s); ok {
		step.Ordinal = n
		rest = after
	} else if number, after, ok := scanRoman(strings.ToUpper(head(s, 8))); ok && strings.HasPrefix(after, "-") {
		step.Number = number
		rest = s[len(number)+1:]
	}
	for _, u := range kkStems {
		after, ok := strings.CutPrefix(rest, u.stem)
		if !ok {
			continue
		}
		step.Kind = u.kind
		_, after = firstWord(after) // the ending
		named := step.Number != "" || step.Ordinal > 0
		switch u.kind {
		case Part, Indent, Table:
			if step.Number != "" {
				step.Number, step.Ordinal = "", atoi(step.Number)
			}
		case Remark, Annex, Preamble:
			named = true
		default:
			named = step.Number != ""
		}
		return step, after, named
	}
	return Step{}, s, false
}
