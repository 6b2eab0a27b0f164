package law

import "strings"

// scanCitations reads an enumeration of citations in a folded, lower-case text:
// «подпункта 11) статьи 1, пунктов 1 и 2 статьи 118, статьи 33», «14-бабының 3
// және 4-тармақтарын, 33-бапты». What a citation of the enumeration leaves out it
// takes from its neighbour («пункта 4-1 и подпункта 4) пункта 6 статьи 129»).
// Words that are no citation come back in unread: nothing is dropped silently.
func scanCitations(lang Lang, s string) (cs []Citation, unread []string) {
	scan := scanKkList
	if lang != KK {
		scan = listWords[lang].scan
	}
	s = contentsHeading().ReplaceAllString(s, "")
	var skipped strings.Builder
	flush := func() {
		if t := strings.Trim(skipped.String(), " ,;.:-\""); t != "" {
			unread = append(unread, t)
		}
		skipped.Reset()
	}
	for s != "" {
		s = strings.TrimLeft(s, " ,")
		if rest, ok := cutNoise(lang, s); ok {
			s = rest
			continue
		}
		if found, rest := scan(s); len(found) > 0 {
			flush()
			cs = append(cs, found...)
			s = rest
			continue
		}
		word, rest, _ := strings.Cut(s, " ")
		skipped.WriteString(word + " ")
		s = rest
	}
	flush()
	if lang != KK {
		completeBackwards(cs)
	}
	return cs, unread
}

// contentsHeading is the heading of an article in the table of contents: no unit.
var contentsHeading = pattern(`заголов\p{L}+ (?:статей|статьи) [^,]*?оглавления,? ?`)

// noise is what stands between the citations of an enumeration and says nothing.
var noise = map[Lang][]string{
	RU: {"и ", "а также ", "настоящего закона", "настоящего кодекса", "настоящего конституционного закона", "настоящего приказа", "настоящего постановления", "настоящего решения", "настоящего указа", "настоящего распоряжения", "положений ", "положения "},
	KK: {"және ", "мен ", "осы заңның", "осы кодекстің", "осы конституциялық заңның", "осы бұйрықтың", "осы қаулының", "осы шешімнің", "осы жарлықтың", "осы өкімнің", "ережелерін", "сондай-ақ "},
	EN: {"and ", "as well as ", "of this law", "of this code", "the "},
}

func cutNoise(lang Lang, s string) (string, bool) {
	for _, n := range noise[lang] {
		if rest, ok := strings.CutPrefix(s, n); ok {
			return rest, true
		}
		if s == strings.TrimSpace(n) {
			return "", true
		}
	}
	return s, false
}

// larger keeps the steps of c above a kind.
func larger(c Citation, k Kind) Citation {
	var out Citation
	for _, s := range c {
		if s.Kind == k || k == Paragraph && s.Kind != Article {
			break
		}
		out = append(out, s)
	}
	return out
}

// completeBackwards gives a citation without its article the larger units of the
// one that follows it.
func completeBackwards(cs []Citation) {
	for i := len(cs) - 2; i >= 0; i-- {
		if c := cs[i]; len(c) > 0 && !isTopKind(c[0].Kind) {
			cs[i] = append(larger(cs[i+1], c[0].Kind), c...)
		}
	}
}

// listGrammar is how a language that goes from the small unit to the large one
// writes enumerations.
type listGrammar struct {
	lang Lang
	unit func(s string) (Kind, string, bool)
	of   string
	and  string
}

var listWords = map[Lang]listGrammar{
	RU: {RU, ruUnit, "", "и "},
	EN: {EN, enUnit, "of ", "and "},
}

// scan reads one group: «подпункты 9), 13) и 14) статьи 88».
func (g listGrammar) scan(s string) ([]Citation, string) {
	kind, rest, ok := g.unit(s)
	if !ok {
		return g.single(s)
	}
	steps, rest := g.numbers(kind, rest)
	if len(steps) == 0 {
		return g.single(s)
	}
	var above Citation
	if isTopKind(kind) {
		return apart(nil, steps), rest
	}
	if after, ok := strings.CutPrefix(strings.TrimLeft(rest, " "), g.of); ok {
		if found, left := g.scan(after); len(found) == 1 {
			above, rest = found[0], left
		}
	}
	return apart(above, steps), rest
}

// single reads what has no number behind its name: «преамбулы», «второй части».
func (g listGrammar) single(s string) ([]Citation, string) {
	if g.lang == RU {
		if c, rest := scanRussian(s); len(c) > 0 {
			return []Citation{c}, rest
		}
	}
	return nil, s
}

// numbers reads «9), 13) и 14)», «5 и 6», «второй и третьей».
func (g listGrammar) numbers(kind Kind, s string) (steps []Step, rest string) {
	rest = s
	for {
		step, after, ok := g.number(kind, rest)
		if !ok {
			return steps, s
		}
		steps = append(steps, step)
		if to, end := ordinalRange(g.lang, after, step.Ordinal); to > 0 { // «второго – четвертого»
			for n := step.Ordinal + 1; n <= to; n++ {
				steps = append(steps, Step{Kind: kind, Ordinal: n})
			}
			after = end
		}
		rest, s = after, after
		next := strings.TrimLeft(rest, " ")
		if after, more := strings.CutPrefix(next, ", "); more {
			next = after
		} else if next, more = strings.CutPrefix(next, g.and); !more {
			return steps, s
		}
		rest = next
	}
}

func (g listGrammar) number(kind Kind, s string) (Step, string, bool) {
	ordinal := kind == Part || kind == Indent
	if number, after, ok := scanNumber(s); ok {
		step := Step{Kind: kind, Number: number}
		step.To, after = cutRange(after)
		after = strings.TrimPrefix(after, ")")
		if ordinal {
			step = Step{Kind: kind, Ordinal: atoi(number)}
		}
		return step, after, true
	}
	if ordinal && g.lang == RU {
		n, after, ok := scanRuOrdinal(s)
		return Step{Kind: kind, Ordinal: n}, strings.TrimRight(after, " "), ok
	}
	if number, after, ok := scanRoman(strings.ToUpper(head(s, 8))); ok && (kind == Section || kind == Chapter) {
		return Step{Kind: kind, Number: number}, s[len(s)-len(s[len(number):]):], after == "" || !isLetter(rune(after[0]))
	}
	return Step{}, s, false
}

// ordinalRange reads «– четвертого» after an ordinal and returns the last one of
// the range, 0 where there is none, and what follows it; of a Kazakh range, whose
// last ordinal stands by its unit, what begins with that.
func ordinalRange(lang Lang, s string, from int) (to int, rest string) {
	after, ok := strings.CutPrefix(strings.TrimLeft(s, " "), "-")
	if !ok || from <= 0 {
		return 0, s
	}
	after = strings.TrimLeft(after, " ")
	scan := scanRuOrdinal
	if lang == KK {
		scan = scanKkOrdinal
	}
	to, rest, ok = scan(after)
	if !ok || to <= from || to > from+100 {
		return 0, s
	}
	if lang == KK {
		rest = after
	}
	return to, rest
}

// apart makes a citation of each step.
func apart(above Citation, steps []Step) []Citation {
	out := make([]Citation, 0, len(steps))
	for _, s := range steps {
		out = append(out, append(append(Citation{}, above...), s))
	}
	return out
}

func enUnit(s string) (Kind, string, bool) {
	word, rest := firstWord(s)
	word = strings.TrimSuffix(word, "s")
	for kind, name := range enNames {
		if word == strings.ToLower(name) {
			return kind, strings.TrimLeft(rest, " "), true
		}
	}
	return "", s, false
}

// scanKkList reads one group of a Kazakh enumeration: «88-баптың 7) және 16)
// тармақшаларын», and the citations that go on in the same article: «5-баптың
// 1-тармағын, 2-тармағының 3) тармақшасын».
func scanKkList(s string) ([]Citation, string) {
	var out []Citation
	above := []Citation{nil}
	rest, inherited := s, false
	for {
		steps, after, ok := scanKkSteps(rest)
		if !ok {
			return out, rest
		}
		kind := steps[0].Kind
		if isTopKind(kind) {
			if len(out) > 0 {
				return out, rest
			}
			above = []Citation{nil}
		} else if len(above[0]) == 0 {
			return out, rest // no article to stand in
		}
		var now []Citation
		for _, a := range above {
			if inherited {
				a = larger(a, kind)
			}
			now = append(now, apart(a, steps)...)
		}
		rest = after
		if more, _, ok := scanKkSteps(rest); ok && !isTopKind(more[0].Kind) {
			above, inherited = now, false
			continue
		}
		out = append(out, now...)
		above = now[len(now)-1:]
		next := strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(rest, " ,"), "және "), " ")
		if more, _, ok := scanKkSteps(next); !ok || isTopKind(more[0].Kind) {
			return out, rest
		}
		rest, inherited = next, true
	}
}

// scanKkSteps reads «11) тармақшасын», «3 және 4-тармақтарын», «екінші бөлігінің».
func scanKkSteps(s string) (steps []Step, rest string, ok bool) {
	step, after, ok := scanKkStep(s)
	if ok {
		return []Step{step}, after, true
	}
	rest = s
	for {
		if step, end, ok := scanKkStep(rest); ok {
			for i := range steps {
				steps[i].Kind = step.Kind
			}
			return append(steps, step), end, true
		}
		var named Step
		number, after, found := scanNumber(rest)
		if named.Number = number; !found {
			if named.Ordinal, after, found = scanKkOrdinal(rest); !found {
				return nil, s, false
			}
		}
		steps = append(steps, named)
		if to, end := ordinalRange(KK, after, named.Ordinal); to > 0 { // «екінші – төртінші абзацтарын»
			for n := named.Ordinal + 1; n < to; n++ {
				steps = append(steps, Step{Ordinal: n})
			}
			rest = end
			continue
		}
		after = strings.TrimLeft(strings.TrimPrefix(after, ")"), " ")
		next, more := strings.CutPrefix(after, ", ")
		if !more {
			if next, more = strings.CutPrefix(after, "және "); !more {
				return nil, s, false
			}
		}
		rest = next
	}
}
