package law

import (
	"strings"
)

// readInForce reads a folded phrase of entry into force. Only a day that stands
// in the phrase gives a Date; the others name their Basis, and the day is
// computed where the day of publication is known.
func readInForce(phrase string) InForce {
	in := InForce{Phrase: strings.TrimSuffix(phrase, ".")}
	low := strings.ToLower(phrase)
	switch {
	case untilForm().MatchString(low):
		m := untilForm().FindStringSubmatch(low)
		in.Date = noteDate(firstOf(m[1:]))
		in.Basis = "until"
	case fixedForm().MatchString(low):
		m := fixedForm().FindStringSubmatch(low)
		in.Date = noteDate(firstOf(m[1:]))
		in.Basis = "fixed"
	case strings.Contains(low, "опубликовани") || strings.Contains(low, "жариялан") || strings.Contains(low, "publication"):
		in.Basis = afterPublication(low)
	case seeForm().MatchString(low):
		in.Basis = "see"
	}
	if in.Basis == "fixed" && in.Date == "" {
		in.Basis = ""
	}
	return in
}

func firstOf(words []string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// day as notes write it: 01.01.2025, in older kk notes 2025.01.01.
const day = `\d\d\.\d\d\.\d{4}|\d{4}[.-]\d\d[.-]\d\d`

var (
	// «вводится в действие с 01.01.2025», «01.01.2025 бастап қолданысқа енгізіледі».
	fixedForm = pattern(`(?:вводится|вводятся|введен[аоы]?) в действие\s+с\s?(` + day + `)|^с\s(` + day + `)|(` + day + `)\s?(?:ж\.\s?)?бастап|into force on (` + day + `)`)
	untilForm = pattern(`(?:действует|действовал[аио]?) до (` + day + `)|(` + day + `)\s?дейін қолданылады`)
	seeForm   = pattern(`\sсм\.|қараңыз|введения в действие|қолданысқа енгізілген`)
	dayForm   = pattern(`(?:по истечении|через)\s+([\p{L}\d\s]+?)\s+(?:календарн\p{L}+\s+)?(дней|дня|день|суток|месяц\p{L}*|года?|лет)|күнтізбелік\s+([\p{L}\d\s]+?)\s+(күн)\s|(?:кейін)\s+([\p{L}\d\s]+?)\s+(ай|күн|жыл)\s+өткен|([\p{L}\d]+(?:-[\p{L}]+)?)\s+(?:calendar\s+)?(days|months) after`)
)

// afterPublication reads «по истечении шестидесяти календарных дней после дня
// его первого официального опубликования» and its sisters. «После дня» and «со
// дня» differ by a day, so the basis keeps them apart.
func afterPublication(low string) string {
	m := dayForm().FindStringSubmatch(low)
	if m == nil {
		return "on_publication"
	}
	number, unit := firstOf([]string{m[1], m[3], m[5], m[7]}), firstOf([]string{m[2], m[4], m[6], m[8]})
	n := cardinal(number)
	if n == 0 {
		return ""
	}
	basis := days(n)
	switch {
	case strings.HasPrefix(unit, "месяц") || unit == "ай" || unit == "months":
		basis = months(n)
	case strings.HasPrefix(unit, "год") || unit == "лет" || unit == "жыл":
		basis = months(12 * n)
	}
	if strings.Contains(low, "со дня") || strings.Contains(low, "күнінен бастап") {
		basis = strings.Replace(basis, "after", "from", 1)
	}
	return basis
}

// cardinals as phrases of entry into force have them: Russian genitive, Kazakh,
// English.
var cardinals = map[string]int{
	"одного": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9,
	"десяти": 10, "двенадцати": 12, "пятнадцати": 15, "двадцати": 20, "тридцати": 30, "сорока": 40, "шестидесяти": 60, "девяноста": 90, "ста": 100,
	"бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9,
	"он": 10, "жиырма": 20, "отыз": 30, "қырық": 40, "елу": 50, "алпыс": 60, "тоқсан": 90, "жүз": 100,
	"ten": 10, "twenty": 20, "thirty": 30, "sixty": 60, "six": 6, "two": 2, "three": 3,
}

// cardinal reads a number in words or figures; 0 where a word is not known.
func cardinal(s string) int {
	n := 0
	for _, w := range strings.Fields(s) {
		if w == "күнтізбелік" || w == "of" {
			continue
		}
		if v := atoi(w); v > 0 {
			n += v
			continue
		}
		v, ok := cardinals[w]
		if !ok {
			return 0
		}
		n += v
	}
	return n
}
