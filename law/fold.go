package law

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Squeeze folds every run of blanks (spaces, NBSP, tabs, line breaks, zero-width
// spaces and byte order marks) to one space and trims the ends. Control
// characters and marks of writing direction are blanks too: no law has them, and
// they could make a terminal or a page show another text. All other characters
// stay as they are.
func Squeeze(s string) string {
	if squeezed(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		if isBlank(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}

// squeezed reports whether Squeeze has nothing to do. It looks at bytes: of the
// letters of our languages none begins like a blank.
func squeezed(s string) bool {
	prev := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c > ' ' && c < 0x7F || c > 0x7F && c < 0xC2:
		case c == ' ':
			if prev == ' ' {
				return false
			}
		case c < ' ' || c == 0x7F:
			return false
		case c == 0xC2 || c == 0xD8 || c == 0xE1 || c == 0xE2 || c == 0xE3 || c == 0xEF:
			if r, _ := utf8.DecodeRuneInString(s[i:]); isBlank(r) {
				return false
			}
		}
		prev = c
	}
	return (prev != ' ' || s == "") && utf8.ValidString(s)
}

func isBlank(r rune) bool {
	switch {
	case r == ' ':
		return true
	case r < 0x80:
		return r < ' ' || r == 0x7F
	case r < 0x2000:
		return r <= 0xA0 || r == 0x1680 || r == 0x61C
	case r < 0x2070:
		return r <= 0x200B || r == 0x200E || r == 0x200F || r >= 0x2028 && r <= 0x202F || r == 0x205F || r >= 0x2066 && r <= 0x2069
	}
	return r == 0x3000 || r == 0xFEFF
}

// Fold is the comparison form of a text: two texts that differ only in blanks,
// dashes, quotation marks, ё/е or in letters of another alphabet that look the
// same have the same form. It is for matching only; the printed form keeps the
// official characters. Letter case stays.
//
// The look-alikes are real: the published laws have a Latin «i» in thousands of
// Kazakh words and a Cyrillic «І» in the Roman numerals of law numbers.
func Fold(s string) string {
	if !plain(s) {
		s = compose(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if isLetter(r) {
			end := wordEnd(s, i+size)
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			foldWord(&b, s[i:end])
			i = end
			continue
		}
		i += size
		f := foldSign(r)
		if f == ' ' {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(f)
	}
	return b.String()
}

// plain reports whether s has only characters of ordinary Russian, Kazakh and
// English print: nothing to compose and nothing unseen. It looks at bytes, since
// it stands before every comparison of every line.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < 0xC2 || c >= 0xD0 && c <= 0xD4 || c >= 0xC3 && c < 0xCC:
		case c == 0xC2:
			if strings.HasPrefix(s[i:], "\u00ad") {
				return false
			}
		case strings.HasPrefix(s[i:], "\xe2\x80"): // dashes, quotation marks
			if strings.HasPrefix(s[i:], "\u200c") || strings.HasPrefix(s[i:], "\u200d") {
				return false
			}
		case strings.HasPrefix(s[i:], "№"):
		default:
			return false
		}
	}
	return true
}

// compose brings letters written with a separate mark («и» and a breve) to one
// letter and drops what no reader sees.
func compose(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(unseen, r) {
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// unseen are characters no reader sees: soft hyphen and joiners.
const unseen = "\u00ad\u200c\u200d\u2060"

// foldSign folds what is not a letter.
func foldSign(r rune) rune {
	if r < 0x80 {
		switch {
		case isBlank(r):
			return ' '
		case r == '\'':
			return '"'
		}
		return r
	}
	switch r {
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹣', '－':
		return '-'
	case '«', '»', '„', '“', '”', '‟', '‘', '’', '‚', '‛', '‹', '›', '″', '′', '`', '´', '＂':
		return '"'
	}
	if isBlank(r) {
		return ' '
	}
	return r
}

func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isLetter(r) && (r < 0x300 || !unicode.Is(unicode.Mn, r)) {
			break
		}
		i += size
	}
	return i
}

// isLetter is unicode.IsLetter, quick on the letters texts are made of.
func isLetter(r rune) bool {
	switch {
	case r < 0x80:
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	case r >= 0x48A && r < 0x530 || r >= 0x400 && r < 0x482:
		return true
	}
	return unicode.IsLetter(r)
}

// latinToCyrillic and its inverse hold the letters that look the same in the
// faces official texts are printed in.
var latinToCyrillic = map[rune]rune{
	'a': 'а', 'e': 'е', 'o': 'о', 'p': 'р', 'c': 'с', 'x': 'х', 'y': 'у', 'i': 'і', 'h': 'һ',
	'A': 'А', 'B': 'В', 'C': 'С', 'E': 'Е', 'H': 'Н', 'I': 'І', 'K': 'К', 'M': 'М',
	'O': 'О', 'P': 'Р', 'T': 'Т', 'X': 'Х', 'Y': 'У', 'ə': 'ә', 'Ə': 'Ә', 'ɵ': 'ө', 'Ɵ': 'Ө',
}

var cyrillicToLatin = func() map[rune]rune {
	m := make(map[rune]rune, len(latinToCyrillic))
	for l, c := range latinToCyrillic {
		m[c] = l
	}
	return m
}()

func foldWord(b *strings.Builder, w string) {
	latin, cyrillic, roman := 0, 0, true
	for _, r := range w {
		switch {
		case r < 0x80 || r >= 0xC0 && r < 0x370:
			latin++
		case r >= 0x400 && r < 0x530:
			cyrillic++
		}
		roman = roman && isRoman(r)
	}
	switch {
	case cyrillic == 0 && !(latin == 1 && len(w) == 1):
		b.WriteString(w)
	case roman && (latin > 0 || strings.Trim(w, "І") == ""):
		// «VІ», «ІІІ»: a Roman numeral, whatever keyboard typed it.
		writeMapped(b, w, cyrillicToLatin)
	case latin == 0:
		for _, r := range w {
			b.WriteRune(foldYo(r))
		}
	case mapsWhole(w):
		writeMapped(b, w, latinToCyrillic)
	default: // «WЕВ»: some Latin letter has no Cyrillic twin
		writeMapped(b, w, cyrillicToLatin)
	}
}

func isRoman(r rune) bool {
	return strings.ContainsRune("IVXLCDMІХСМ", r)
}

// mapsWhole reports whether every Latin letter of w has a Cyrillic twin.
func mapsWhole(w string) bool {
	for _, r := range w {
		if r < 0x400 && latinToCyrillic[r] == 0 {
			return false
		}
	}
	return true
}

func writeMapped(b *strings.Builder, w string, m map[rune]rune) {
	for _, r := range w {
		if t, ok := m[r]; ok {
			r = t
		}
		b.WriteRune(foldYo(r))
	}
}

func foldYo(r rune) rune {
	switch r {
	case 'ё':
		return 'е'
	case 'Ё':
		return 'Е'
	}
	return r
}
