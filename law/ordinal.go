package law

import "strings"

// Ordinals in words, as citations use them for parts and indents: «часть
// вторая», «екінші бөлік». Up to 999; larger ones are written in figures.

var ruUnits = [...]string{"", "перв", "втор", "треть", "четверт", "пят", "шест", "седьм", "восьм", "девят",
	"десят", "одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат"}
var ruTens = [...]string{"", "", "двадцат", "тридцат", "сороков", "пятидесят", "шестидесят", "семидесят", "восьмидесят", "девяност"}
var ruTensBefore = [...]string{"", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"}
var ruHundreds = [...]string{"", "сот", "двухсот", "трехсот", "четырехсот", "пятисот", "шестисот", "семисот", "восьмисот", "девятисот"}
var ruHundredsBefore = [...]string{"", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"}

// gender and case of a Russian ordinal
type ruForm int

const (
	femNom  ruForm = iota // часть вторая
	femGen                // части второй
	mascNom               // абзац второй
	mascGen               // абзаца второго
)

// ruOrdinal writes n in words; "" where it has no word form here.
func ruOrdinal(n int, form ruForm) string {
	if n <= 0 || n > 999 {
		return ""
	}
	var words []string
	if h := n / 100; h > 0 {
		n %= 100
		if n == 0 {
			return ruEnding(ruHundreds[h], form)
		}
		words = append(words, ruHundredsBefore[h])
	}
	if n >= 20 {
		t := n / 10
		n %= 10
		if n == 0 {
			return strings.Join(append(words, ruEnding(ruTens[t], form)), " ")
		}
		words = append(words, ruTensBefore[t])
	}
	return strings.Join(append(words, ruEnding(ruUnits[n], form)), " ")
}

func ruEnding(stem string, form ruForm) string {
	if stem == "треть" {
		return [...]string{"третья", "третьей", "третий", "третьего"}[form]
	}
	nom := "ый"
	switch stem {
	case "втор", "шест", "седьм", "восьм", "сороков":
		nom = "ой"
	}
	return stem + [...]string{"ая", "ой", nom, "ого"}[form]
}

// scanRuOrdinal reads an ordinal in words, in any case and gender, at the start
// of a lower-case text. Words that only begin alike («пятьдесят») are tried
// before the ordinal they resemble.
func scanRuOrdinal(s string) (n int, rest string, ok bool) {
	rest = s
	for i := len(ruHundredsBefore) - 1; i > 0; i-- {
		if after, found := cutWord(rest, ruHundredsBefore[i]); found {
			n, rest = n+100*i, after
			break
		}
	}
	for i := len(ruTensBefore) - 1; i > 1; i-- {
		if after, found := cutWord(rest, ruTensBefore[i]); found {
			n, rest = n+10*i, after
			break
		}
	}
	word, after := firstWord(rest)
	if last := ruOrdinalWord(word); last > 0 && (n%10 == 0 || last < 10) {
		return n + last, after, true
	}
	return 0, s, false
}

func ruOrdinalWord(word string) int {
	if strings.HasPrefix(word, "трет") {
		return 3
	}
	for i := len(ruUnits) - 1; i > 0; i-- {
		if isForm(word, ruUnits[i]) {
			return i
		}
	}
	for i := 2; i < len(ruTens); i++ {
		if isForm(word, ruTens[i]) {
			return 10 * i
		}
	}
	for i := 1; i < len(ruHundreds); i++ {
		if isForm(word, ruHundreds[i]) {
			return 100 * i
		}
	}
	return 0
}

// isForm reports whether word is the stem with an adjective's ending.
func isForm(word, stem string) bool {
	end, ok := strings.CutPrefix(word, stem)
	if !ok {
		return false
	}
	switch end {
	case "ый", "ой", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ую", "ых", "ыми":
		return true
	}
	return false
}

var kkUnits = [...]string{"", "бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы", "жетінші", "сегізінші", "тоғызыншы"}
var kkTens = [...]string{"", "оныншы", "жиырмасыншы", "отызыншы", "қырқыншы", "елуінші", "алпысыншы", "жетпісінші", "сексенінші", "тоқсаныншы"}
var kkTensBefore = [...]string{"", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"}
var kkUnitsBefore = [...]string{"", "", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"}

// kkOrdinal writes n in words; "" where it has no word form here.
func kkOrdinal(n int) string {
	if n <= 0 || n > 999 {
		return ""
	}
	var words []string
	if h := n / 100; h > 0 {
		n %= 100
		if h > 1 {
			words = append(words, kkUnitsBefore[h])
		}
		if n == 0 {
			return strings.Join(append(words, "жүзінші"), " ")
		}
		words = append(words, "жүз")
	}
	if t := n / 10; t > 0 {
		n %= 10
		if n == 0 {
			return strings.Join(append(words, kkTens[t]), " ")
		}
		words = append(words, kkTensBefore[t])
	}
	return strings.Join(append(words, kkUnits[n]), " ")
}

// scanKkOrdinal reads an ordinal in words at the start of a lower-case text.
func scanKkOrdinal(s string) (n int, rest string, ok bool) {
	rest = s
	for i := 9; i > 1; i-- {
		if after, found := cutWord(rest, kkUnitsBefore[i]); found && (strings.HasPrefix(after, "жүз ") || strings.HasPrefix(after, "жүзінші")) {
			n, rest = 100*i, after
			break
		}
	}
	if after, found := cutWord(rest, "жүзінші"); found {
		return max(n, 100), after, true
	}
	if after, found := cutWord(rest, "жүз"); found {
		n, rest = max(n, 100), after
	}
	for i := 9; i > 0; i-- {
		if after, found := cutWord(rest, kkTensBefore[i]); found {
			n, rest = n+10*i, after
			break
		}
	}
	word, after := firstWord(rest)
	for i := 1; i < 10; i++ {
		switch word {
		case kkUnits[i]:
			return n + i, after, true
		case kkTens[i]:
			return n + 10*i, after, n%100 == 0
		}
	}
	return 0, s, false
}

// firstWord cuts the first word of a text and the blank after it.
func firstWord(s string) (word, rest string) {
	i := wordEnd(s, 0)
	return s[:i], strings.TrimLeft(s[i:], " ")
}

// cutWord cuts w from the start of s if it stands there as a whole word.
func cutWord(s, w string) (rest string, ok bool) {
	word, rest := firstWord(s)
	if word != w || w == "" {
		return s, false
	}
	return rest, true
}
