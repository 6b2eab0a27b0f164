package page

import (
	"strings"
	"unicode"
)

// Plain takes out of a text the signs that turn the direction of writing and the
// controls: where it stands among the words of others (a feed, a card in a
// newspaper), a title must not rearrange them. Law text has none of them.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r), unicode.IsControl(r) && !unicode.IsSpace(r):
			return -1
		}
		return r
	}, text)
}

// Clip cuts a text that is longer than most letters, with a sign that it was cut.
func Clip(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return text
}
