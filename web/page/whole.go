package page

import (
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"
)

// heldTogether is the longest stretch, in letters, that is kept on one line: a
// subparagraph of a phone 320 px wide holds as many.
const heldTogether = 22

// actNumber is a number a line could break inside of: «231-VIII».
var actNumber = regexp.MustCompile(`^[«("]*№?[0-9]+-[IVXLCІХ]+(?:\P{L}|$)`)

// whole writes a text so that no line ends with what belongs to the next word (a
// Russian one-letter preposition, «№», «ст.»), begins with a dash, or breaks
// inside the number of an act. Only layout changes: what is copied from the page
// is the text itself.
func whole(text string) template.HTML {
	var b strings.Builder
	b.Grow(len(text) + len(text)/4)
	plain := 0 // where the text not yet written begins
	for at := 0; at < len(text); {
		end, held := stretch(text, at)
		if held {
			b.WriteString(template.HTMLEscapeString(text[plain:at]))
			b.WriteString(`<span class="nb">` + template.HTMLEscapeString(text[at:end]) + `</span>`)
			plain = end
		}
		at = end + 1
	}
	b.WriteString(template.HTMLEscapeString(text[plain:]))
	return template.HTML(b.String())
}

// stretch is the end of what stands together from the word at a place on, and
// whether a line could break inside of it.
func stretch(text string, at int) (end int, held bool) {
	end = wordEnd(text, at)
	word := text[at:end]
	held = strings.Contains(word, "-") && actNumber.MatchString(word)
	for end < len(text) {
		next := wordEnd(text, end+1)
		follower := text[end+1 : next]
		if follower == "" || word == "" || !hangs(word) && !isDash(follower) || utf8.RuneCountInString(text[at:next]) > heldTogether {
			break
		}
		end, word, held = next, follower, true
	}
	return end, held
}

func wordEnd(text string, at int) int {
	if i := strings.IndexByte(text[at:], ' '); i >= 0 {
		return at + i
	}
	return len(text)
}

// hangs tells whether a word may not end a line.
func hangs(word string) bool {
	switch strings.ToLower(strings.TrimLeft(word, "«(\"")) {
	case "в", "к", "о", "с", "у", "и", "а", "я", "№", "ст.", "п.", "пп.", "гл.", "г.":
		return true
	}
	return false
}

func isDash(word string) bool { return word == "–" || word == "—" || word == "-" }
