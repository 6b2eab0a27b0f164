package law

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// PrintedNumber is a number as it is printed where units are cited: «14», «14-1»,
// «9-1)», the «3-» of «3-тармақ».
type PrintedNumber struct {
	Text string // in comparison form, without its sign
	// Bracket is set for «1)», Glued for «3-» before a word.
	Bracket, Glued bool
	Len            int // bytes, with its sign
}

// ScanPrinted reads the number that s begins with; Text is empty where none does.
func ScanPrinted(s string) (n PrintedNumber) {
	i := 0
	for {
		i += digits(s[i:])
		size := hyphenAt(s[i:])
		if size == 0 || digits(s[i+size:]) == 0 {
			break
		}
		i += size
	}
	n.Text, n.Len = Fold(s[:i]), i
	switch rest := s[i:]; {
	case strings.HasPrefix(rest, ")"):
		n.Bracket, n.Len = true, i+1
	case strings.HasPrefix(rest, " )"):
		n.Bracket, n.Len = true, i+2
	default:
		if size := hyphenAt(rest); size > 0 {
			if r, _ := utf8.DecodeRuneInString(rest[size:]); unicode.IsLetter(r) {
				n.Glued, n.Len = true, i+size
			}
		}
	}
	return n
}

// ScanWord reads the word that s begins with, in lower-case comparison form, and
// its bytes; "" where none does. A soft hyphen parts no word.
func ScanWord(s string) (form string, n int) {
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) && (n == 0 || !unicode.Is(unicode.Mn, r) && r != '\u00ad') {
			break
		}
		n += size
	}
	return strings.ToLower(Fold(s[:n])), n
}

// hyphenAt is the size of the hyphen that s begins with, in any of the characters
// that print as one; a dash is none.
func hyphenAt(s string) int {
	for _, h := range [...]string{"-", "‐", "‑"} {
		if strings.HasPrefix(s, h) {
			return len(h)
		}
	}
	return 0
}

// ScanOrdinal reads an ordinal in words, «двадцать второй», as citations have it,
// at the start of some words in lower-case comparison form; used is how many words
// it takes, 0 where none stands.
func ScanOrdinal(lang Lang, words []string) (n, used int) {
	for used = min(3, len(words)); used > 0; used-- {
		said := strings.Join(words[:used], " ")
		rest := said
		ok := false
		if lang == KK {
			n, rest, ok = scanKkOrdinal(said)
		} else {
			n, rest, ok = scanRuOrdinal(said)
		}
		if ok && rest == "" {
			return n, used
		}
	}
	return 0, 0
}

// AsRange reads «пункты 2-4»: after a plural one hyphen number is a range.
func AsRange(steps []Step) []Step {
	if len(steps) != 1 || steps[0].To != "" {
		return steps
	}
	from, to, ok := strings.Cut(steps[0].Number, "-")
	a, _ := strconv.Atoi(from)
	if b, err := strconv.Atoi(to); ok && err == nil && a < b {
		steps[0].Number, steps[0].To = from, to
	}
	return steps
}
