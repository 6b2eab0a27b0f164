package drafting

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// token is a word, a number, a sign or a quotation of a sentence. Words are in
// comparison form, so that a Latin «i» in «кейiн» does not hide the formula;
// quotations keep the official characters.
type token struct {
	kind tokenKind
	text string
	// bracket is set for «1)», glued for «3-» of «3-тармақ».
	bracket, glued bool
	from, to       int // bytes of the sentence
}

type tokenKind uint8

const (
	word tokenKind = iota
	number
	sign
	quotation
)

// lex parts a sentence. doubt says what had to be put right in its quotation
// marks.
func (g *grammar) lex(s string) (out []token, doubt Reason) {
	quotes, doubt := g.quotations(s)
	for i := 0; i < len(s); {
		if len(quotes) > 0 && i == quotes[0].open {
			q := quotes[0]
			quotes = quotes[1:]
			out = append(out, token{kind: quotation, text: strings.TrimSpace(q.text), from: q.open, to: q.end})
			i = q.end
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r) || r == '\u00ad':
			i += size
		case r >= '0' && r <= '9':
			t := lexNumber(s, i)
			out = append(out, t)
			i = t.to
		case unicode.IsLetter(r):
			form, n := law.ScanWord(s[i:])
			out = append(out, token{kind: word, text: form, from: i, to: i + n})
			i += n
		default:
			out = append(out, token{kind: sign, text: law.Fold(string(r)), from: i, to: i + size})
			i += size
		}
	}
	return out, doubt
}

// lexNumber reads «14», «14-1», «9-1)» and the «3-» of «3-тармақ».
func lexNumber(s string, from int) token {
	n := law.ScanPrinted(s[from:])
	return token{kind: number, text: n.Text, bracket: n.Bracket, glued: n.Glued, from: from, to: from + n.Len}
}

// enumerator is the number a line of an act begins with: «1)», «5.», «а)»,
// «Статья 1.», «1-бап.». style tells numbers of one list from those of another;
// "" is no enumerator.
func (g *grammar) enumerator(s string) (style, number, rest string) {
	t := strings.TrimLeft(strings.TrimSpace(s), "-–— ")
	for _, head := range [...]string{"Статья", "СТАТЬЯ"} {
		if after, ok := strings.CutPrefix(t, head+" "); ok {
			n := lexNumber(after, 0)
			if body, ok := strings.CutPrefix(strings.TrimLeft(after[n.to:], " "), "."); ok && n.text != "" {
				return "article", n.text, strings.TrimSpace(body)
			}
		}
	}
	if t == "" || t[0] < '0' || t[0] > '9' {
		if r, size := utf8.DecodeRuneInString(t); unicode.IsLower(r) && strings.HasPrefix(t[size:], ") ") {
			return "letter", t[:size], strings.TrimSpace(t[size+1:])
		}
		return "", "", t
	}
	n := lexNumber(t, 0)
	after := t[n.to:]
	switch {
	case n.bracket && g.startsUnit(after):
		return "", "", t // «2) тармақша …» is an address, no number of an instruction
	case n.bracket:
		return "bracket", n.text, strings.TrimSpace(after)
	case n.glued:
		if body, ok := strings.CutPrefix(law.Fold(after), "бап"); ok {
			if strings.HasPrefix(strings.TrimLeft(body, " "), ".") {
				_, body, _ = strings.Cut(after, ".")
				return "article", n.text, strings.TrimSpace(body)
			}
		}
	case strings.HasPrefix(after, "."):
		return "point", n.text, strings.TrimSpace(after[1:])
	}
	return "", "", t
}

// startsUnit reports whether the name of a subparagraph follows, perhaps after
// more numbers: «тармақша …», «, 4) және 5) тармақшалар …».
func (g *grammar) startsUnit(s string) bool {
	if g.lang != law.KK {
		return false
	}
	tokens, _ := g.lex(head(s, 400))
	for i, t := range tokens {
		switch {
		case t.kind == number && t.bracket && i > 0, t.kind == sign && (t.text == "," || t.text == "-"), t.kind == word && g.and[t.text]:
			continue
		case t.kind == word:
			k, ok := g.unit(t.text)
			return ok && (k == law.Subparagraph || k == law.Paragraph) // «2) тармақта» in codes
		}
		return false
	}
	return false
}

// head is the first n bytes of s at most, whole letters only.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
