package drafting

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// facts are what a text says in both languages alike.
type facts struct {
	numbers, dates []string
	titles         int
}

// quotedFacts are those of an instruction's quoted text; of one that quotes
// nothing those of its sentence.
func quotedFacts(lang law.Lang, in *Instruction) facts {
	var b strings.Builder
	for _, q := range in.Wording {
		for _, l := range q {
			b.WriteString(l.Text + "\n")
		}
	}
	switch in.Op {
	case EntryIntoForce, RepealAct, Suspend:
		b.WriteString(in.Text)
	default:
		b.WriteString(strings.Join(in.Old, "\n") + "\n" + strings.Join(in.New, "\n"))
	}
	f := factsOf(lang, b.String())
	if len(in.Old)+len(in.New) > 0 { // a word is quoted once a case form
		f.numbers = slices.Compact(f.numbers)
		f.dates = slices.Compact(f.dates)
		f.titles = min(f.titles, 1)
	}
	return f
}

var (
	ruDate = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(\d{1,2}) (` + strings.Join(russian().Write.Months, "|") + `) (\d{4})`)
	})
	kkDate = sync.OnceValue(func() *regexp.Regexp {
		var stems []string
		for _, m := range kazakh().Write.Months {
			stems = append(stems, m[:len(m)-len("дағы")])
		}
		return regexp.MustCompile(`(\d{4}) жыл(?:ғы|дың) (\d{1,2})[ -](` + strings.Join(stems, "|") + `)\p{L}*`)
	})
	dottedDate = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\d{2})\.(\d{2})\.(\d{4})`) })
	// spacedRange is «21 - 23», which the other language may print as «21-23».
	spacedRange = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\d) *- *(\d)`) })
	figures     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\d+(?:[-.,]\d+)*`) })
)

// factsOf finds dates, numbers and quoted titles. Numbers are sorted: the
// languages cite in opposite order.
func factsOf(lang law.Lang, s string) (f facts) {
	s = withDays(s, func(day law.Date) string {
		f.dates = append(f.dates, string(day))
		return " "
	})
	s = spacedRange().ReplaceAllString(s, "$1-$2")
	f.numbers = figures().FindAllString(s, -1)
	for i, n := range f.numbers {
		f.numbers[i] = strings.TrimRight(n, "-.,")
	}
	slices.SortFunc(f.numbers, func(a, b string) int { return cmp.Or(law.CompareNumbers(a, b), strings.Compare(a, b)) })
	slices.Sort(f.dates)
	f.titles = strings.Count(s, `"`) / 2
	return f
}

// worded are the numbers in words of quoted text, each once: «двадцати пяти», «жиырма
// бес».
func worded(lang law.Lang, quotes []string) (out []string) {
	for _, q := range quotes {
		var run []string
		for _, p := range append(pieces(q), piece{}) {
			if numeral(lang, p.form) {
				run = append(run, strings.ToLower(p.form))
				continue
			}
			if len(run) > 0 {
				out = append(out, strconv.Itoa(law.Cardinal(strings.Join(run, " "))))
			}
			run = nil
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// numeral reports whether a word is part of a number in words.
func numeral(lang law.Lang, s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	low := strings.ToLower(s)
	return unicode.IsLetter(first) && law.Cardinal(low) > 0 && !(lang == law.RU && low == "он")
}

// wordedNumbers are the new numbers of a replacement in words, where both languages
// replace the same ones: «десяти» by «пятнадцати», «он» by «жиырма». Where one of
// them quotes other words around there is nothing to compare.
func wordedNumbers(ru, kk *Instruction) (a, b string) {
	if was := worded(law.RU, ru.Old); ru.Op != ReplaceWords || kk.Op != ReplaceWords || len(was) == 0 || !slices.Equal(was, worded(law.KK, kk.Old)) {
		return "", ""
	}
	a, b = strings.Join(worded(law.RU, ru.New), ", "), strings.Join(worded(law.KK, kk.New), ", ")
	if a == "" || b == "" {
		return "", ""
	}
	return a, b
}

// withDays puts what write gives in place of each day of a text.
func withDays(s string, write func(law.Date) string) string {
	day := func(year, month, day string) string {
		n, _ := strconv.Atoi(day)
		return write(law.Date(fmt.Sprintf("%s-%s-%02d", year, month, n)))
	}
	month := func(g *grammar, name string) string {
		return fmt.Sprintf("%02d", 1+slices.IndexFunc(g.Write.Months, func(m string) bool { return strings.HasPrefix(m, name) }))
	}
	s = ruDate().ReplaceAllStringFunc(law.Fold(s), func(d string) string {
		m := ruDate().FindStringSubmatch(d)
		return day(m[3], month(russian(), m[2]), m[1])
	})
	s = kkDate().ReplaceAllStringFunc(s, func(d string) string {
		m := kkDate().FindStringSubmatch(d)
		return day(m[1], month(kazakh(), m[3]), m[2])
	})
	return dottedDate().ReplaceAllStringFunc(s, func(d string) string {
		m := dottedDate().FindStringSubmatch(d)
		return day(m[3], m[2], m[1])
	})
}
