package drafting

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// named settles what a unit's numbers may be.
func named(k law.Kind, steps []law.Step, end int) (group, int, bool) {
	if len(steps) == 0 {
		switch k {
		case Heading, law.Preamble, law.Remark, law.Annex, Contents, Tabular:
			return group{k, []law.Step{{Kind: k}}}, end, true
		}
		return group{}, end, false
	}
	kind := k
	if k == law.Part && slices.ContainsFunc(steps, func(s law.Step) bool { return strings.Contains(s.Number, "-") }) {
		for i := range steps {
			if s := &steps[i]; s.Number == "" || s.Kind == law.Subparagraph {
				return group{}, end, false
			}
			steps[i].Kind = law.Paragraph // «частями 1-1, 1-2 и 4» of a code
		}
		return group{law.Paragraph, steps}, end, true
	}
	for i := range steps {
		s := &steps[i]
		bracket := s.Kind == law.Subparagraph
		s.Kind = k
		switch {
		case k != law.Subparagraph && k != law.Part && k != law.Paragraph && bracket:
			return group{}, end, false
		case bracket && k != law.Subparagraph: // «часть 62)» is said of a subparagraph, and so is «пункт 2)» in codes
			kind, s.Kind = law.Subparagraph, law.Subparagraph
		case (k == law.Part || k == law.Indent || k == law.Table || k == Sentence) && s.Number != "":
			s.Ordinal, _ = strconv.Atoi(s.Number)
			s.Number = ""
			if s.Ordinal == 0 || s.To != "" {
				return group{}, end, false
			}
		case s.Ordinal == lastOrdinal && k != law.Part && k != law.Indent && k != Sentence:
			return group{}, end, false
		case s.Ordinal > 0 && level(k) < level(law.Paragraph):
			s.Number, s.Ordinal = strconv.Itoa(s.Ordinal), 0 // «глава вторая»
		case s.Ordinal > 0 && (k == law.Paragraph || k == law.Subparagraph):
			return group{}, end, false
		case strings.ContainsAny(s.Number, romanDigits) && level(k) >= level(law.Article) && k != law.Annex:
			return group{}, end, false
		}
	}
	return group{kind, steps}, end, true
}

// lastOrdinal stands for «последний»: which one that is the text before shows.
const lastOrdinal = -1

// romanDigits are those of the numbers of chapters and sections: «раздел II».
const romanDigits = "IVXLC"

// numbers reads «1, 3 и 8», «1) – 4)», «вторую и третью». A number with a
// bracket is marked by the kind of its step.
func (m *matcher) numbers(at int, k law.Kind, plural bool) (steps []law.Step, end int) {
	end = at
	for i := at; ; {
		s, next, ok := m.number(i)
		if !ok || len(steps) > 0 && (s.Kind != steps[0].Kind || (s.Ordinal != 0) != (steps[0].Ordinal != 0)) {
			break
		}
		steps = append(steps, s)
		if n, after := m.ordinalRange(next, s); n > 0 { // «абзацами третьим – пятым»
			for k := s.Ordinal + 1; k <= n; k++ {
				steps = append(steps, law.Step{Ordinal: k})
			}
			next = after
		}
		end = next
		if i = m.skipSeparator(next); i == next {
			break
		}
	}
	if plural {
		steps = law.AsRange(steps)
	}
	return steps, end
}

func (m *matcher) number(at int) (s law.Step, end int, ok bool) {
	if at >= len(m.tokens) {
		return s, at, false
	}
	t := m.tokens[at]
	if t.kind != number {
		if n, end := m.ordinal(at); n != 0 {
			return law.Step{Ordinal: n}, end, true
		}
		n, end := m.roman(at)
		return law.Step{Number: n}, end, n != ""
	}
	s.Number = t.text
	if t.bracket {
		s.Kind = law.Subparagraph
	}
	at++
	if at+1 < len(m.tokens) && m.tokens[at].text == "-" && m.tokens[at+1].kind == number && m.tokens[at+1].bracket == t.bracket &&
		law.CompareNumbers(t.text, m.tokens[at+1].text) < 0 {
		s.To = m.tokens[at+1].text
		at += 2
	}
	return s, at, true
}

// ordinalRange reads « – пятым» after an ordinal; 0 where none follows.
func (m *matcher) ordinalRange(at int, from law.Step) (n, end int) {
	if from.Ordinal <= 0 || at >= len(m.tokens) || m.tokens[at].text != "-" {
		return 0, at
	}
	n, end = m.ordinal(at + 1)
	if n <= from.Ordinal || n > from.Ordinal+100 {
		return 0, at
	}
	return n, end
}

// roman reads «II», and the «II-» of «II-бөлім»; words are in comparison form.
func (m *matcher) roman(at int) (number string, end int) {
	t := m.tokens[at]
	number = strings.ToUpper(t.text)
	if t.kind != word || strings.Trim(number, romanDigits) != "" {
		return "", at
	}
	if at+1 < len(m.tokens) && m.g.lang == law.KK && m.tokens[at+1].text == "-" {
		at++
	}
	return number, at + 1
}

// ordinal reads an ordinal of up to three words with the reader of package law,
// which reads it as part of a citation.
func (m *matcher) ordinal(at int) (n, end int) {
	if at < len(m.tokens) && m.tokens[at].kind == word && m.g.isLast(m.tokens[at].text) {
		return lastOrdinal, at + 1
	}
	var words []string
	for i := at; i < len(m.tokens) && i < at+3 && m.tokens[i].kind == word; i++ {
		words = append(words, m.tokens[i].text)
	}
	n, used := law.ScanOrdinal(m.g.lang, words)
	return n, at + used
}

// eachOf parts a range of new units: «пунктами 5–7», «62-1) – 62-3)».
func eachOf(s law.Step) (out []law.Step) {
	same := s.Number[:strings.LastIndexByte(s.Number, '-')+1]
	rest, inside := strings.CutPrefix(s.To, same)
	from, errFrom := strconv.Atoi(s.Number[len(same):])
	to, errTo := strconv.Atoi(rest)
	if s.To == "" || !inside || errFrom != nil || errTo != nil || to <= from || to > from+100 {
		return []law.Step{s}
	}
	for n := from; n <= to; n++ {
		each := s
		each.Number, each.To = same+strconv.Itoa(n), ""
		out = append(out, each)
	}
	return out
}
