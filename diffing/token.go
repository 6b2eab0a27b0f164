package diffing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// token is a run of a text that is never cut: a word, a number, a sign or a
// run of blanks. Its text begins where the token before it ends.
type token struct {
	id  int32 // what it is, in the comparison form: index into vocabulary.forms
	end int32 // byte offset in the text
}

type tokenKind uint8

const (
	blankToken tokenKind = iota
	wordToken
	numberToken
	signToken
)

// form is what is known of a token whatever text it stands in.
type form struct {
	text    string
	class   int32 // id of its lower case: what alignment compares
	runes   int32
	kind    tokenKind
	content bool // carries meaning: a word, and not a stop word
	open    int8 // +1 an opening bracket, -1 a closing one
}

// vocabulary gives each comparison form one number, so that the rest of the
// room compares integers. Blanks are always 0.
type vocabulary struct {
	exact   bool // look-alikes differ
	printed map[string]int32
	folded  map[string]int32
	ascii   [utf8.RuneSelf]int32 // signs
	forms   []form
	stops   map[string]bool
}

const blankID = 0

func newVocabulary(exact bool) *vocabulary {
	v := &vocabulary{
		exact:   exact,
		printed: make(map[string]int32, 1<<13),
		folded:  make(map[string]int32, 1<<13),
		stops:   stopWords(),
	}
	v.forms = append(v.forms, form{runes: 1, kind: blankToken})
	v.folded[" "], v.folded[""] = blankID, blankID
	return v
}

func (v *vocabulary) intern(printed string, kind tokenKind) int32 {
	if id, ok := v.printed[printed]; ok {
		return id
	}
	f := printed
	if !v.exact || kind == blankToken {
		f = law.Fold(printed)
	}
	id := v.form(f, kind)
	v.printed[printed] = id
	return id
}

func (v *vocabulary) form(f string, kind tokenKind) int32 {
	if id, ok := v.folded[f]; ok {
		return id
	}
	id := int32(len(v.forms))
	v.folded[f] = id
	v.forms = append(v.forms, form{text: f, class: id, kind: kind, runes: int32(utf8.RuneCountInString(f))})
	lower := f
	if v.exact {
		lower = law.Fold(f)
	}
	lower = strings.ToLower(lower)
	v.forms[id].content = kind == wordToken && !v.stops[lower] && utf8.RuneCountInString(lower) > 2
	switch f {
	case "(", "[", "{":
		v.forms[id].open = 1
	case ")", "]", "}":
		v.forms[id].open = -1
	}
	if lower != f {
		class := v.form(lower, kind)
		v.forms[id].class = class
	}
	return id
}

// tokens appends the tokens of s.
func (v *vocabulary) tokens(dst []token, s string) []token {
	for i := 0; i < len(s); {
		kind, end := nextToken(s, i)
		id := int32(blankID)
		switch {
		case kind == signToken && s[i] < utf8.RuneSelf:
			if id = v.ascii[s[i]]; id == 0 {
				id = v.intern(s[i:end], kind)
				v.ascii[s[i]] = id
			}
		case kind != blankToken:
			id = v.intern(s[i:end], kind)
		case v.exact && s[i:end] != " ":
			id = v.intern(s[i:end], signToken)
		}
		dst = append(dst, token{id, int32(end)})
		i = end
	}
	return dst
}

// cutTokens lists where the tokens of s end.
func cutTokens(s string) (ends []int) {
	for i := 0; i < len(s); {
		_, i = nextToken(s, i)
		ends = append(ends, i)
	}
	return ends
}

// nextToken finds the token of s that begins at i.
//
// A word is letters, marks and digits; a hyphen or an apostrophe between two
// letters stays inside. A number is digits with what binds them: «01.01.2025»,
// «14-1», «256-10», «93-VIII», «1,5». What a Kazakh number carries is a word of
// its own («22», «-», «баптың»), so that a renumbered «22-бап» marks the number.
func nextToken(s string, i int) (tokenKind, int) {
	r, size := utf8.DecodeRuneInString(s[i:])
	switch classOf(r) {
	case digitRune:
		return numberToken, numberEnd(s, i)
	case letterRune:
		return wordToken, wordEnd(s, i+size)
	case blankRune:
		for i += size; i < len(s); i += size {
			if r, size = utf8.DecodeRuneInString(s[i:]); classOf(r) != blankRune {
				break
			}
		}
		return blankToken, i
	}
	return signToken, i + size
}

type runeClass uint8

const (
	signRune runeClass = iota
	letterRune
	digitRune
	blankRune
	joinRune // binds letters or digits on both its sides
)

func classOf(r rune) runeClass {
	switch {
	case r >= 0x410 && r < 0x482 || r >= 0x48A && r < 0x530:
		return letterRune
	case r < utf8.RuneSelf:
		switch {
		case r >= '0' && r <= '9':
			return digitRune
		case r|0x20 >= 'a' && r|0x20 <= 'z':
			return letterRune
		case r == ' ' || r >= '\t' && r <= '\r':
			return blankRune
		case r == '-' || r == '\'':
			return joinRune
		}
		return signRune
	}
	switch r {
	case '‐', '‑', '‒', '–', '—', '―', '−', '’', 'ʼ':
		return joinRune
	case '\u00ad', '\u200c', '\u200d', '\u2060':
		return letterRune // unseen inside a word: it cuts nothing
	case '\u200b', '\ufeff', '\u0085':
		return blankRune
	}
	switch {
	case unicode.IsLetter(r), unicode.Is(unicode.M, r):
		return letterRune
	case unicode.IsDigit(r):
		return digitRune
	case unicode.IsSpace(r):
		return blankRune
	}
	return signRune
}

func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch classOf(r) {
		case letterRune, digitRune:
			i += size
			continue
		case joinRune:
			if next, n := utf8.DecodeRuneInString(s[i+size:]); n > 0 && classOf(next) == letterRune {
				i += size + n
				continue
			}
		}
		return i
	}
	return i
}

func numberEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		class := classOf(r)
		switch {
		case class == digitRune, class == letterRune:
			i += size
			continue
		case class == joinRune && r != '\'' || r == '.' || r == ',' || r == ':' || r == '/':
			next, n := utf8.DecodeRuneInString(s[i+size:])
			if n > 0 && (classOf(next) == digitRune || class == joinRune && isRoman(s[i+size:])) {
				i += size + n
				continue
			}
		}
		return i
	}
	return i
}

// isRoman reports whether s begins with a Roman numeral that is a whole word.
func isRoman(s string) bool {
	n := 0
	for _, r := range s {
		if !strings.ContainsRune("IVXLCDMІХСМ", r) {
			c := classOf(r)
			return n > 0 && c != letterRune && c != digitRune
		}
		n++
	}
	return n > 0
}
