package citing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// token is a word in lower-case comparison form, a number, a sign or a quoted
// title. from and to are bytes of the printed text.
type token struct {
	kind tokenKind
	text string
	// bracket is set for «1)», glued for the «14-» of «14-бап».
	bracket, glued bool
	from, to       int
}

type tokenKind uint8

const (
	word tokenKind = iota
	number
	sign
	quoted
)

func (t token) is(kind tokenKind, text string) bool { return t.kind == kind && t.text == text }

// longestTitle bounds a quoted title in bytes: a mark that is never closed does
// not swallow the text.
const longestTitle = 1200

func lex(s string) (out []token) {
	for i := 0; i < len(s); {
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
		case strings.ContainsRune("«\"“„", r):
			if end := quotationEnd(s, i); end > 0 {
				out = append(out, token{kind: quoted, text: s[i:end], from: i, to: end})
				i = end
				continue
			}
			fallthrough
		default:
			out = append(out, token{kind: sign, text: law.Fold(string(r)), from: i, to: i + size})
			i += size
		}
	}
	return out
}

// lexNumber reads «14», «14-1», «9-1)» and the «3-» of «3-тармақ».
func lexNumber(s string, from int) token {
	n := law.ScanPrinted(s[from:])
	return token{kind: number, text: n.Text, bracket: n.Bracket, glued: n.Glued, from: from, to: from + n.Len}
}

// quotationEnd is where the quotation that opens at i ends, its mark with it; 0
// where it does not. «…» may hold «…»; of several that should close at one place
// official texts print one, so the last mark on the way out will do.
func quotationEnd(s string, i int) int {
	if s[i] == '"' {
		if n := strings.IndexByte(s[i+1:min(len(s), i+longestTitle)], '"'); n > 0 {
			return i + n + 2
		}
		return 0
	}
	depth, last := 0, 0
	for at, r := range s[i:min(len(s), i+longestTitle)] {
		switch r {
		case '«', '“', '„':
			if r == '“' && strings.HasPrefix(s[i:], "„") && at > 0 { // „…“
				return i + at + len("“")
			}
			depth++
		case '»', '”':
			depth--
			last = i + at + utf8.RuneLen(r)
			if depth == 0 {
				return last
			}
		case ';':
			if last > 0 {
				return last
			}
		}
	}
	return last
}
