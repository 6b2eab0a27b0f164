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

// unbroken is the longest word, in letters, that is not broken at its hyphen:
// «масс-медиа» fits a line of a phone in large type.
const unbroken = 14

// numbered is a number a line could break inside of: «231-VIII», «4-тармағы».
var numbered = regexp.MustCompile(`^[«("]*№?[0-9]+(?:-[0-9]+)*-(?:[IVXLCІХ]+(?:\P{L}|$)|\p{Ll}+\P{L}*$)`)

// named are the words that stand with the number after them: «статьи 23».
var named = regexp.MustCompile(`^[«("]*(?:[Сс]тать|(?:[Пп]од)?[Пп]ункт|[Гг]лав)\p{Ll}{0,2}$`)

// month begins every form of a name of a month, Russian or Kazakh.
var month = regexp.MustCompile(`^(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)\p{Ll}*\P{L}*$`)

// whole writes a text so that no line ends with what belongs to the next word (a
// Russian one-letter preposition, «№», «ст.»), begins with a dash, or breaks
// inside the number of an act, a date, «статьи 23» or «масс-медиа». Only layout changes: what is copied from the page
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
	held = hyphened(word)
	for end < len(text) {
		next := wordEnd(text, end+1)
		follower := text[end+1 : next]
		if follower == "" || word == "" || !hangs(word) && !isDash(follower) && !counted(word, follower) || utf8.RuneCountInString(text[at:next]) > heldTogether {
			break
		}
		end, word, held = next, follower, true
	}
	return end, held
}

// hyphened tells whether a line could break at a hyphen of a word and should not.
func hyphened(word string) bool {
	i := strings.IndexByte(word, '-')
	if i <= 0 || i == len(word)-1 {
		return false
	}
	return utf8.RuneCountInString(word) <= unbroken || numbered.MatchString(word)
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

// counted tells whether one of two words counts the other: «23 июня», «2025
// жылғы», «статьи 23», «3) тармақшасы».
func counted(word, next string) bool {
	next, _, _ = strings.Cut(next, "\u00a0")
	if next == "" {
		return false
	}
	switch first := word[0]; {
	case '0' <= first && first <= '9':
		switch strings.TrimRight(next, ".,;:)»") {
		case "года", "году", "год", "жылғы", "жылы":
			return len(word) == 4
		}
		return strings.HasSuffix(word, ")") && strings.HasPrefix(next, "тармақша") || len(word) <= 2 && month.MatchString(next)
	case '0' <= next[0] && next[0] <= '9':
		return named.MatchString(word) || len(next) >= 4 && month.MatchString(word)
	}
	return false
}
