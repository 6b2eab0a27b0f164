package law

import (
	"fmt"
	"regexp"
	"strings"
)

// readInForce reads a folded phrase of entry into force. Only a day that stands
// in the phrase gives a Date; the others name their Basis, and ComputeDay finds
// the day where the day of publication is known.
func readInForce(phrase string) InForce {
	in := InForce{Phrase: strings.TrimSuffix(phrase, ".")}
	low := withoutReach(withoutExceptions(withDays(strings.ToLower(phrase))))
	switch {
	case fixedForm().MatchString(low):
		m := fixedForm().FindStringSubmatch(low)
		if in.Date = noteDate(firstOf(m[1:])); in.Date != "" {
			in.Basis = "fixed"
		}
	case strings.Contains(low, "опубликовани") || strings.Contains(low, "жариялан") || strings.Contains(low, "publication"):
		in.Basis = afterPublication(low)
	case signingForm().MatchString(low):
		in.Basis = "on_signing"
	case seeForm().MatchString(low):
		in.Basis = "see"
	}
	if m := untilForm().FindStringSubmatch(low); m != nil {
		until := noteDate(firstOf(m[1:]))
		if in.Basis == "" || in.Basis == "see" {
			in.Basis, in.Date = "until", until
		} else {
			in.Until = until
		}
	}
	return in
}

// withoutExceptions leaves the general rule: «…, за исключением пункта 3, который
// вводится в действие с 01.01.2027» names no day of the rest.
func withoutExceptions(low string) string {
	if m := exceptForm().FindStringSubmatch(low); m != nil {
		return m[1] + m[2]
	}
	return low
}

var exceptForm = pattern(`^(.*?),? (?:за исключением|with the exception of|except for) .*$|^.* қоспағанда,? (.*)$`)

// withDays writes the days of a lower-case text in figures: «1 января 2025
// года», «2025 жылғы 1 қаңтардан», "1 January 2025" become 01.01.2025.
func withDays(low string) string {
	for _, form := range [...]struct {
		words            func() *regexp.Regexp
		needs            string // spares the pattern
		day, month, year int
	}{{ruDayForm, "яфмаисонд", 1, 2, 3}, {kkDayForm, "ғң", 2, 3, 1}, {enDayForm, "jfmasond", 1, 2, 3}} {
		if !strings.ContainsAny(low, form.needs) {
			continue
		}
		low = form.words().ReplaceAllStringFunc(low, func(s string) string {
			m := form.words().FindStringSubmatch(s)
			return fmt.Sprintf("%02d.%02d.%s", atoi(m[form.day]), monthOf(m[form.month]), m[form.year])
		})
	}
	return low
}

var months12 = [...][3]string{
	{"январ", "қаңтар", "january"}, {"феврал", "ақпан", "february"}, {"март", "наурыз", "march"}, {"апрел", "сәуір", "april"},
	{"ма", "мамыр", "may"}, {"июн", "маусым", "june"}, {"июл", "шілде", "july"}, {"август", "тамыз", "august"},
	{"сентябр", "қыркүйек", "september"}, {"октябр", "қазан", "october"}, {"ноябр", "қараша", "november"}, {"декабр", "желтоқсан", "december"},
}

func monthOf(word string) int {
	for i, names := range months12 {
		for lang, name := range names {
			if lang == 0 && i == 4 && word != "мая" { // «ма» also begins «марта»
				continue
			}
			if strings.HasPrefix(word, name) {
				return i + 1
			}
		}
	}
	return 0
}

var (
	ruDayForm = pattern(`(\d{1,2}) (января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря) (\d{4})(?: года| г\.)?`)
	kkDayForm = pattern(`(\d{4}) жыл(?:ғы|дың) (\d{1,2})[ -](қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)\p{L}*`)
	enDayForm = pattern(`(\d{1,2}) (january|february|march|april|may|june|july|august|september|october|november|december) (\d{4})`)
)

// withoutReach leaves out how far back a phrase reaches («и распространяется на
// правоотношения, возникшие с 01.01.2026»): not the day of entry into force.
func withoutReach(low string) string {
	if i := strings.Index(low, "распространяется на"); i >= 0 {
		low = low[:i]
	}
	return reachForm().ReplaceAllString(low, "")
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
	fixedForm = pattern(`(?:(?:вводится|вводятся|введен[аоы]?) в действие|вступа[ею]т в силу|действу[ею]т)\s+с\s?(` + day + `)|^с\s(` + day + `)|(` + day + `)\s?(?:ж\.\s?)?бастап|(?:into force |enforced |into effect |^)(?:on|from) (` + day + `)`)
	// «действует до 01.01.2028», «вводится в действие с 01.01.2026 до 01.01.2028».
	untilForm = pattern(`действу[ею]т(?: с (?:` + day + `))? до (` + day + `)|(?:в действие|в силу) с (?:` + day + `) до (` + day + `)|действовал[аио]? до (` + day + `)|(` + day + `)\s?дейін қолданыл|appl(?:ies|y) until (` + day + `)`)
	seeForm   = pattern(`\sсм\.|қараңыз|введения в действие|қолданысқа енгізілген`)
	dayForm   = pattern(`(?:по истечении|через)\s+([\p{L}\d\s()]+?)\s+(?:(?:календарн|рабоч)\p{L}+\s+)?(дней|дня|день|суток|месяц\p{L}*|года?|лет)|күнтізбелік\s+([\p{L}\d\s()]+?)\s+(күн)\s|(?:кейін|бастап)\s+([\p{L}\d\s()]+?)\s+(ай|жұмыс күні|күн|жыл)\s+өткен|([\p{L}\d]+(?:-[\p{L}]+)?)\s+(?:calendar\s+)?(days|months) (?:after|from)`)
	// «со дня его подписания», «қол қойылған күнінен бастап».
	signingForm = pattern(`с[о]? (?:дня|даты|момента)\s(?:его )?подписания|қол қойылған күнінен|day of (?:its )?signing`)
	// «на следующий день после дня его официального опубликования».
	nextDayForm = pattern(`после\s(?:дня\s)?(?:его\s|их\s)?(?:первого\s)?(?:официального\s)?опубликовани|следующ\p{L}+ (?:за дн\p{L}+|дня)|жарияланған\p{L}*(?:\sкүн\p{L}*)?\sкейін|(?:day )?after`)
	// «01.01.2026 бастап туындаған құқықтық қатынастарға қолданылады».
	reachForm = pattern(`(?:` + day + `)\s?бастап (?:туындаған|пайда болған)`)
)

// afterPublication reads «по истечении шестидесяти календарных дней после дня
// его первого официального опубликования» and its sisters. «После дня» and «со
// дня» differ by a day, so the basis keeps them apart.
func afterPublication(low string) string {
	m := dayForm().FindStringSubmatch(low)
	if m == nil {
		switch {
		case strings.Contains(low, "истечени") || strings.Contains(low, "өткен соң"):
			return "" // a term that was not understood
		case countsPublication(low) || strings.Contains(low, "в день"):
			return "on_publication"
		case nextDayForm().MatchString(low):
			return "after_publication"
		}
		return ""
	}
	number, unit := firstOf([]string{m[1], m[3], m[5], m[7]}), firstOf([]string{m[2], m[4], m[6], m[8]})
	n := Cardinal(number)
	if n == 0 {
		return ""
	}
	basis := days(n)
	switch {
	case strings.Contains(low, "рабочих") || strings.Contains(low, "рабочего") || strings.Contains(low, "жұмыс күн"):
		basis = "working_" + basis
	case strings.HasPrefix(unit, "месяц") || unit == "ай" || unit == "months":
		basis = months(n)
	case strings.HasPrefix(unit, "год") || unit == "лет" || unit == "жыл":
		basis = months(12 * n)
	}
	if countsPublication(low) {
		basis = strings.Replace(basis, "_after_", "_from_", 1)
	}
	return basis
}

// countsPublication reports whether the day of publication is the first of the
// term: «со дня первого официального опубликования», but not «со дня, следующего
// за днем …».
func countsPublication(low string) bool {
	return fromDayForm().MatchString(low) && !followingForm().MatchString(low)
}

var (
	fromDayForm   = pattern(`с[о]? (?:дня|даты|момента)|күнінен бастап|(?:from|on) the da(?:y|te)`)
	followingForm = pattern(`следующ\p{L}+ (?:дня|дню|за дн)|кейінгі күн|келесі күн|day following|day after`)
)

// cardinals as phrases of entry into force have them: Russian genitive, Kazakh,
// English.
var cardinals = map[string]int{
	"одного": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9,
	"один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "десять": 10, "тридцать": 30,
	"десяти": 10, "двенадцати": 12, "пятнадцати": 15, "двадцати": 20, "тридцати": 30, "сорока": 40, "сорок": 40, "пятидесяти": 50, "шестидесяти": 60, "семидесяти": 70, "восьмидесяти": 80, "девяноста": 90, "ста": 100,
	"бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9,
	"он": 10, "жиырма": 20, "отыз": 30, "қырық": 40, "елу": 50, "алпыс": 60, "жетпіс": 70, "сексен": 80, "тоқсан": 90, "жүз": 100,
	"one": 1, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "six": 6, "two": 2, "three": 3,
}

// cardinal reads a number in words or figures; 0 where a word is not known.
func Cardinal(s string) int {
	n := 0
	if before, _, ok := strings.Cut(s, "("); ok { // «10 (десяти)»
		s = before
	}
	for _, w := range strings.Fields(s) {
		if w == "күнтізбелік" || w == "жұмыс" || w == "of" {
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
