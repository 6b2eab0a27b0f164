package drafting

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// quoted is a quotation in a sentence: the marks at open and before end.
type quoted struct {
	open, end int
	text      string
}

// quotations finds the outermost quotations of a sentence. Marks inside one
// pair by kind: inside «…» only «» count, inside "…" only straight ones, told
// apart by what stands around them. Where they do not pair, a quotation ends at
// the mark that a word of a formula follows, and doubt says so.
func (g *grammar) quotations(s string) (out []quoted, doubt Reason) {
	depth, outer, from := 0, rune(0), 0
	for i, r := range s {
		if !isMark(r) {
			continue
		}
		switch {
		case depth == 0 && r == '»':
			return g.brokenQuotations(s)
		case depth == 0:
			depth, outer, from = 1, r, i
		case !sameMarks(outer, r):
		case opens(s, i, r, outer):
			depth++
		default:
			if depth--; depth == 0 {
				end := i + utf8.RuneLen(r)
				out = append(out, quoted{from, end, s[from+utf8.RuneLen(outer) : i]})
			}
		}
	}
	if depth > 0 {
		return g.brokenQuotations(s)
	}
	return out, ""
}

func isMark(r rune) bool { return strings.ContainsRune(`«»„“”"`, r) }

// sameMarks reports whether r may open or close inside a quotation that outer
// opened.
func sameMarks(outer, r rune) bool {
	switch outer {
	case '«':
		return r == '«' || r == '»'
	case '"':
		return r == '"'
	}
	return r == '„' || r == '“' || r == '”'
}

// opens tells an opening mark at i from a closing one inside a quotation.
func opens(s string, i int, r, outer rune) bool {
	switch r {
	case '«', '„':
		return true
	case '»', '”':
		return false
	case '“':
		return outer == '“'
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
	return (i == 0 || unicode.IsSpace(before) || before == '(' || isMark(before)) && (unicode.IsLetter(after) || unicode.IsDigit(after))
}

// brokenQuotations reads a sentence whose marks do not pair: `слова "Закон "О
// связи" заменить`, `"ақпараттық жүйесіне, "ақпараттық жүйесіндегі"`.
func (g *grammar) brokenQuotations(s string) (out []quoted, doubt Reason) {
	doubted := because("marks_unpaired")
	from := -1
	for i, r := range s {
		if !isMark(r) {
			continue
		}
		size := utf8.RuneLen(r)
		switch {
		case from < 0:
			from = i
		case r != '«' && r != '„' && g.endsQuotation(s[i+size:]):
			out = append(out, quoted{from, i + size, s[from+markLen(s[from:]) : i]})
			from = -1
		case strings.HasSuffix(s[:i], ", ") && g.startsQuotation(s[i+size:]):
			end := i - 2 // the comma parts two quotations, the first was not closed
			out = append(out, quoted{from, end, s[from+markLen(s[from:]) : end]})
			from = i
		}
	}
	if from >= 0 {
		doubted = because("marks_open")
		out = append(out, quoted{from, len(s), s[from+markLen(s[from:]):]})
	}
	return out, doubted
}

func markLen(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}

// endsQuotation reports whether s is what follows a quotation in a formula.
func (g *grammar) endsQuotation(s string) bool {
	s = strings.TrimLeft(s, " ")
	r, size := utf8.DecodeRuneInString(s)
	if s == "" || strings.Trim(s, ".;: ") == "" {
		return true
	}
	if r == ',' {
		s = strings.TrimLeft(s[size:], " ")
		r, _ = utf8.DecodeRuneInString(s)
	}
	if isMark(r) && r != '»' {
		return true
	}
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	w := strings.ToLower(law.Fold(s[:end]))
	_, thing := g.thing(w)
	return g.after[w] || g.and[w] || thing
}

// startsQuotation reports whether the quotation that s begins is closed before
// another one opens.
func (g *grammar) startsQuotation(s string) bool {
	i := strings.IndexFunc(s, isMark)
	return i > 0 && g.endsQuotation(s[i+markLen(s[i:]):])
}
