package drafting

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// mutation is one thing changed in one language of an act.
type mutation struct {
	kind string
	line int
	text string // of the line, "" takes it out
}

var (
	mutatedNumber = regexp.MustCompile(`\d+`)
	mutatedDay    = regexp.MustCompile(`\d{1,2} (?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)|жылғы \d{1,2}`)
	// ordinals in the order of their numbers: one becomes the next.
	mutatedOrdinals = map[law.Lang][]string{
		law.RU: {"первой", "второй", "третьей", "четвертой", "первую", "вторую", "третью", "четвертую", "первый", "второй", "третий", "четвертый", "пятый", "девятый", "десятый", "первом", "втором", "третьем", "четвертом", "пятом"},
		law.KK: {"бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы", "тоғызыншы", "оныншы"},
	}
	// operations by their words, and what they become.
	mutatedOperations = map[law.Lang][][2]string{
		law.RU: {{" исключить", " изложить в следующей редакции:\n«Иначе.»"}, {" заменить слов", " дополнить слов"}, {" изложить в следующей редакции", " дополнить пунктом 99 следующего содержания"}, {" дополнить слов", " заменить слов"}},
		law.KK: {{" алып тасталсын", " мынадай редакцияда жазылсын:\n«Басқаша.»"}, {" ауыстырылсын", " толықтырылсын"}, {" мынадай редакцияда жазылсын", " мынадай мазмұндағы 99-тармақпен толықтырылсын"}, {"мен толықтырылсын", "мен ауыстырылсын"}},
	}
)

var mutatedForce = map[law.Lang][][2]string{
	law.RU: {{"десяти календарных", "шестидесяти календарных"}, {"десяти календарных дней", "шести месяцев"}, {"после дня", "со дня"}},
	law.KK: {{"күнтізбелік он күн", "күнтізбелік алпыс күн"}, {"күнтізбелік он күн", "алты ай"}},
}

// quotedAt reports for each byte of a line whether it stands in quotation marks.
func quotedAt(s string) []bool {
	out, depth := make([]bool, len(s)+1), 0
	for i, r := range s {
		switch r {
		case '«':
			depth++
		case '»':
			depth--
		}
		out[i] = depth > 0
	}
	return out
}

// mutationsOf are all single changes of an act that make it order, quote or date
// something else.
func mutationsOf(lang law.Lang, a *Amendment, lines []law.Line) (out []mutation) {
	for i, l := range lines {
		add := func(kind string, at []int, new string) {
			out = append(out, mutation{kind, i, l.Text[:at[0]] + new + l.Text[at[1]:]})
		}
		days := mutatedDay.FindAllStringIndex(l.Text, -1)
		dated := func(at int) bool {
			for _, d := range days {
				if d[0] <= at && at < d[1] {
					return true
				}
			}
			return false
		}
		text := l.Text
		if a.Roles[i] == Frame {
			text, _, _ = strings.Cut(text, " (") // the gazettes
		}
		_, _, rest := grammarOf(lang).enumerator(text)
		own := len(text) - len(rest) // the number of the line in the act
		if a.Roles[i] == Quoted {
			own = 0
		}
		quoted := quotedAt(text)
		for _, at := range mutatedNumber.FindAllStringIndex(text, -1) {
			if at[0] < own || a.Roles[i] == Frame && !dated(at[0]) {
				continue
			}
			n, _ := strconv.Atoi(text[at[0]:at[1]])
			kind := "address"
			switch {
			case dated(at[0]):
				kind = "date"
			case a.Roles[i] == Quoted || quoted[at[0]]:
				kind = "number"
			}
			add(kind, at, strconv.Itoa(n+1))
		}
		switch a.Roles[i] {
		case Context, Instructing:
			for _, o := range mutatedOperations[lang] {
				if at := strings.Index(text, o[0]); at >= 0 && !quoted[at] {
					add("operation", []int{at, at + len(o[0])}, o[1])
				}
			}
			for k, o := range mutatedOrdinals[lang][:len(mutatedOrdinals[lang])-1] {
				if at := strings.Index(text, o+" "); at > 0 && text[at-1] == ' ' && !quoted[at] && !strings.HasSuffix(o, "ший") {
					add("ordinal", []int{at, at + len(o)}, mutatedOrdinals[lang][k+1])
				}
			}
			for _, o := range mutatedForce[lang] {
				if at := strings.Index(text, o[0]); at >= 0 {
					add("entry into force", []int{at, at + len(o[0])}, o[1])
				}
			}
			if a.Roles[i] == Instructing && (i+1 == len(lines) || a.Roles[i+1] != Quoted) {
				out = append(out, mutation{"instruction left out", i, ""})
			}
		case Quoted:
			if i > 0 && i+1 < len(lines) && a.Roles[i-1] == Quoted && a.Roles[i+1] == Quoted {
				out = append(out, mutation{"paragraph left out", i, ""}, mutation{"paragraph added", i, l.Text + "\n" + l.Text})
			}
			if at := strings.Index(text, " «"); at > 0 {
				if end := strings.Index(text[at:], "»"); end > 0 {
					out = append(out, mutation{"title", i, text[:at+1] + text[at+1+len("«"):at+end] + text[at+end+len("»"):]})
				}
			}
		}
	}
	return out
}

// TestParityMutationsFigures changes one thing in one language of acts that say the
// same: a number, a day, an address, an ordinal, an operation, a title; leaves a
// paragraph or an instruction out. Each has to be told.
func TestParityMutationsFigures(t *testing.T) {
	type act struct {
		name   string
		ru, kk []law.Line
	}
	between := func(name string, ru, kk [2]*law.Document) act {
		return act{name, written(t, ru[0], ru[1]), written(t, kk[0], kk[1])}
	}
	var acts []act
	for _, s := range [][2]law.Date{{sample.First, sample.Second}, {sample.Second, sample.Proposed}, {sample.Second, sample.First}} {
		acts = append(acts, between("sample "+string(s[1]),
			[2]*law.Document{sampleText(t, law.RU, s[0]), sampleText(t, law.RU, s[1])}, [2]*law.Document{sampleText(t, law.KK, s[0]), sampleText(t, law.KK, s[1])}))
	}
	names, _ := filepath.Glob(lawdata + "/amendments/*/act.ru.txt")
	for _, name := range names {
		acts = append(acts, act{filepath.Base(filepath.Dir(name)), readLaw(t, name), readLaw(t, strings.Replace(name, ".ru.", ".kk.", 1))})
	}
	if len(names) > 0 {
		for _, s := range [][2]string{{"2024-06-19", "2025-01-01"}, {"2025-01-01", "2026-03-02"}} {
			acts = append(acts, between("mass media "+s[1],
				[2]*law.Document{edition(t, s[0], law.RU), edition(t, s[1], law.RU)}, [2]*law.Document{edition(t, s[0], law.KK), edition(t, s[1], law.KK)}))
		}
	}
	missed := 0
	all, found := map[string]int{}, map[string]int{}
	for _, x := range acts {
		p := parityOf(t, x.ru, x.kk)
		before := told(p)
		for _, lang := range []law.Lang{law.RU, law.KK} {
			own, other := x.ru, x.kk
			if lang == law.KK {
				own, other = x.kk, x.ru
			}
			a, err := Read(lang, own)
			if err != nil {
				t.Fatal(err)
			}
			b, err := Read(map[law.Lang]law.Lang{law.RU: law.KK, law.KK: law.RU}[lang], other)
			if err != nil {
				t.Fatal(err)
			}
			alone := map[law.Lang][]Instruction{law.RU: p.OnlyRU, law.KK: p.OnlyKK}[lang]
			for _, m := range mutationsOf(lang, a, own) {
				at := own[m.line].From
				if a.Roles[m.line] == Context {
					at = own[m.line+1].From
				}
				if slices.ContainsFunc(alone, func(in Instruction) bool { return in.From <= at && at <= in.To }) {
					continue // told already, and there is nothing to compare it with
				}
				var text []string
				for i, l := range own {
					if i == m.line {
						l.Text = m.text
					}
					if l.Text != "" {
						text = append(text, l.Text)
					}
				}
				all[m.kind]++
				mutated, err := Read(lang, linesOf(strings.Join(text, "\n")))
				if err == nil {
					ru, kk := mutated, b
					if lang == law.KK {
						ru, kk = b, mutated
					}
					if told(CompareLanguages(ru, kk)) == before {
						t.Logf("%s %s: %s is not told: %s → %s", x.name, lang, m.kind, head(own[m.line].Text, 200), head(m.text, 200))
						missed++
						continue
					}
				}
				found[m.kind]++
			}
		}
	}
	total, told := 0, 0
	var kinds []string
	for _, k := range []string{"number", "date", "address", "ordinal", "operation", "title", "entry into force", "paragraph left out", "paragraph added", "instruction left out"} {
		kinds = append(kinds, fmt.Sprintf("%s %d of %d", k, found[k], all[k]))
		total, told = total+all[k], told+found[k]
	}
	t.Logf("parity: %d of %d mutations of %d acts found: %s", told, total, len(acts), strings.Join(kinds, ", "))
	if missed > 4 {
		t.Error("more than the second line of one heading that is broken over two, in both languages left out and doubled")
	}
}
