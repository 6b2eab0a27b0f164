package law

import (
	"strconv"
	"strings"
)

// ruNames holds the Russian name of a unit: nominative and genitive, singular
// and plural, and whether its ordinal is feminine.
var ruNames = map[Kind]struct {
	nom, gen, noms, gens string
	feminine             bool
}{
	Preamble:     {nom: "преамбула", gen: "преамбулы"},
	Section:      {nom: "раздел", gen: "раздела"},
	Subsection:   {nom: "подраздел", gen: "подраздела"},
	Chapter:      {nom: "глава", gen: "главы", feminine: true},
	Division:     {nom: "параграф", gen: "параграфа"},
	Article:      {nom: "статья", gen: "статьи", noms: "статьи", gens: "статей", feminine: true},
	Paragraph:    {nom: "пункт", gen: "пункта", noms: "пункты", gens: "пунктов"},
	Subparagraph: {nom: "подпункт", gen: "подпункта", noms: "подпункты", gens: "подпунктов"},
	Part:         {nom: "часть", gen: "части", feminine: true},
	Indent:       {nom: "абзац", gen: "абзаца"},
	Remark:       {nom: "примечание", gen: "примечания"},
	Annex:        {nom: "приложение", gen: "приложения"},
	Table:        {nom: "строка", gen: "строки"},
	Signature:    {nom: "подпись", gen: "подписи"},
	Text:         {nom: "текст", gen: "текста"},
}

func (c Citation) russian() string {
	var w []string
	for i := len(c) - 1; i >= 0; i-- {
		s := c[i]
		n := ruNames[s.Kind]
		first := i == len(c)-1
		name := n.gen
		form := mascGen
		if first {
			name, form = n.nom, mascNom
		}
		if i+1 < len(c) && c[i+1].Kind == Remark && s.Kind == Article {
			// «примечание к статье 2»
			w = append(w, "к статье "+s.Number)
			continue
		}
		if s.Kind == Table {
			w = append(w, name+" "+strconv.Itoa(s.Ordinal)+" таблицы")
			continue
		}
		if n.feminine {
			form -= mascNom
		}
		switch {
		case s.To != "":
			name = n.gens
			if first {
				name = n.noms
			}
			sign := ""
			if s.Kind == Subparagraph {
				sign = ")"
			}
			w = append(w, name+" "+s.Number+sign+"–"+s.To+sign)
		case s.Kind == Subparagraph:
			w = append(w, name+" "+s.Number+")")
		case s.Number != "":
			w = append(w, name+" "+s.Number)
		case s.Kind == Part || s.Kind == Indent:
			o := ruOrdinal(s.Ordinal, form)
			if o == "" {
				o = strconv.Itoa(s.Ordinal)
			}
			w = append(w, name+" "+o)
		case (s.Kind == Remark || s.Kind == Annex || s.Kind == Preamble) && s.Ordinal <= 1:
			w = append(w, name)
		default:
			w = append(w, name+" "+strconv.Itoa(s.Ordinal))
		}
	}
	return strings.Join(w, " ")
}

// ruStems are the beginnings by which a unit's name is known in any case, the
// longer before the shorter.
var ruStems = []struct {
	stem string
	kind Kind
}{
	{"подпункт", Subparagraph}, {"подраздел", Subsection}, {"подп.", Subparagraph}, {"пп.", Subparagraph},
	{"пункт", Paragraph}, {"п.", Paragraph}, {"част", Part}, {"ч.", Part}, {"абзац", Indent},
	{"стать", Article}, {"статей", Article}, {"ст.", Article}, {"глав", Chapter}, {"раздел", Section},
	{"параграф", Division}, {"строк", Table}, {"примечани", Remark}, {"приложени", Annex}, {"преамбул", Preamble},
}

// scanRussian reads «подпункт 1) части второй пункта 6 статьи 22» and returns
// the steps from the largest.
func scanRussian(s string) (Citation, string) {
	var c Citation
	rest := s
	for {
		step, after, ok := scanRuStep(rest)
		if !ok || c.names(step.Kind) || len(c) > 0 && isTopKind(c[len(c)-1].Kind) {
			break
		}
		c = append(c, step)
		rest = strings.TrimPrefix(strings.TrimLeft(after, " "), "к ")
	}
	for i, j := 0, len(c)-1; i < j; i, j = i+1, j-1 {
		c[i], c[j] = c[j], c[i]
	}
	return c, rest
}

func scanRuStep(s string) (Step, string, bool) {
	if n, after, ok := scanRuOrdinal(s); ok { // «второй части»
		if k, rest, ok := ruUnit(after); ok && (k == Part || k == Indent) {
			return Step{Kind: k, Ordinal: n}, rest, true
		}
	}
	k, rest, ok := ruUnit(s)
	if !ok {
		return Step{}, s, false
	}
	step := Step{Kind: k}
	switch number, after, found := scanNumber(rest); {
	case found:
		step.Number = number
		step.To, after = cutRange(after)
		if k == Part || k == Indent || k == Table { // «Ч.2 пункта 3» of an editor's note
			step.Number, step.Ordinal = "", atoi(number)
		}
		after = strings.TrimPrefix(after, " таблицы")
		return step, after, true
	case k == Part || k == Indent:
		n, after, ok := scanRuOrdinal(rest)
		step.Ordinal = n
		return step, after, ok
	case k == Section || k == Chapter:
		number, after, ok := scanRoman(strings.ToUpper(rest))
		step.Number = number
		return step, rest[len(rest)-len(after):], ok
	}
	return step, rest, k == Remark || k == Annex || k == Preamble
}

func ruUnit(s string) (Kind, string, bool) {
	for _, u := range ruStems {
		if after, ok := strings.CutPrefix(s, u.stem); ok {
			_, rest := firstWord(after)
			return u.kind, strings.TrimLeft(rest, " ."), true
		}
	}
	return "", s, false
}

func atoi(number string) int {
	n, _ := strconv.Atoi(number)
	return n
}
