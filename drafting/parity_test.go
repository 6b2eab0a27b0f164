package drafting

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

func written(t *testing.T, from, to *law.Document) []law.Line {
	t.Helper()
	a, err := Write(from, to, WriteOptions{Adopted: "2024-06-19"})
	if err != nil {
		t.Fatal(err)
	}
	return a.lines()
}

func parityOf(t *testing.T, ru, kk []law.Line) *Parity {
	t.Helper()
	a, err := Read(law.RU, ru)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Read(law.KK, kk)
	if err != nil {
		t.Fatal(err)
	}
	return CompareLanguages(a, b)
}

func told(p *Parity) string {
	var b strings.Builder
	for _, d := range p.Frame {
		b.WriteString("frame " + string(d.What) + " " + d.RU + " | " + d.KK + "\n")
	}
	for _, x := range p.Pairs {
		for _, d := range x.Differences {
			b.WriteString(string(d.What) + " " + d.RU + " | " + d.KK + "\n")
		}
	}
	for _, in := range p.OnlyRU {
		b.WriteString("only ru " + in.Text + "\n")
	}
	for _, in := range p.OnlyKK {
		b.WriteString("only kk " + in.Text + "\n")
	}
	return b.String()
}

// TestParityMassMediaFigures: the acts written for the editions of the mass-media law
// say the same in both languages.
func TestParityMassMediaFigures(t *testing.T) {
	for _, step := range [][2]string{{"2024-06-19", "2025-01-01"}, {"2025-01-01", "2026-03-02"}} {
		ru := written(t, edition(t, step[0], law.RU), edition(t, step[1], law.RU))
		kk := written(t, edition(t, step[0], law.KK), edition(t, step[1], law.KK))
		p := parityOf(t, ru, kk)
		t.Logf("parity of the acts written for %s: %s", step[1], p.Count(law.EN))
		if !p.Same() || len(p.Pairs) == 0 {
			t.Errorf("%s: %s", step[1], told(p))
		}
	}
}

// TestParitySeeded finds a difference put into one language of the sample's act,
// whatever it is, and nothing else.
func TestParitySeeded(t *testing.T) {
	lines := func(lang law.Lang) []law.Line {
		return written(t, sampleText(t, lang, sample.First), sampleText(t, lang, sample.Second))
	}
	if p := parityOf(t, lines(law.RU), lines(law.KK)); !p.Same() {
		t.Errorf("the sample's act: %s", told(p))
	}
	for _, c := range []struct{ old, new, want string }{
		{"пункт 3 статьи 10 исключить", "пункт 4 статьи 10 исключить", "address"},
		{"пункт 3 статьи 10 исключить", "пункт 3 статьи 10 изложить в следующей редакции:\n«3. Иначе.»", "operation"},
		{"не реже двух раз в месяц", "не реже 3 раз в месяц", "numbers"},
		{"десяти календарных дней", "шестидесяти календарных дней", "in_force"},
		{"19 июня 2024 года", "20 июня 2024 года", "frame dates"},
		{"3) публикуется", "4) публикуется", "lines"},
		{"7) пункт 3 статьи 10 исключить;", "", "only kk"},
		{"7) пункт 3 статьи 10 исключить;", "7) пункт 3 статьи 10 исключить;\nпункт 5 статьи 12 исключить;", "only ru"},
	} {
		text := ""
		for _, l := range lines(law.RU) {
			text += l.Text + "\n"
		}
		changed := strings.Replace(text, c.old, c.new, 1)
		if changed == text {
			t.Fatalf("the act has no %q:\n%s", c.old, text)
		}
		if got := told(parityOf(t, linesOf(changed), lines(law.KK))); !strings.Contains(got, c.want) {
			t.Errorf("%q → %q: want %s, got:\n%s", c.old, c.new, c.want, got)
		}
	}
}

// TestParityOtherCut: languages part one order differently, and print ranges with
// or without blanks; that is no difference.
func TestParityOtherCut(t *testing.T) {
	ru := "подпункты 3) и 5) пункта 4 статьи 9 исключить;\nв статье 3 цифры «21 - 23» заменить цифрами «22»."
	kk := "9-баптың 4-тармағының 3) тармақшасы алып тасталсын, 4) тармақшасындағы «зал;» деген сөз «зал болып табылады.» деген сөздермен ауыстырылып, 5) тармақшасы алып тасталсын;\n" +
		"3-баптағы «21-23» деген цифрлар «22» деген цифрлармен ауыстырылсын."
	got := told(parityOf(t, linesOf(ru), linesOf(kk)))
	if want := "only kk 4) тармақшасындағы «зал;» деген сөз «зал болып табылады.» деген сөздермен ауыстырылып\n"; got != want {
		t.Errorf("got %s", got)
	}
}

// TestParityWordedNumbers: a number in words is told where both languages replace the
// same one; where one of them quotes what is around it, nothing can be said.
func TestParityWordedNumbers(t *testing.T) {
	const kk = "3-баптағы «он» деген сөз «он бес» деген сөздермен ауыстырылсын."
	for _, c := range []struct{ ru, kk, want string }{
		{"в статье 3 слово «десяти» заменить словом «пятнадцати».", kk, ""},
		{"в статье 3 слово «десяти» заменить словами «двадцати пяти».", kk, "numbers"},
		{"в статье 3 слова «десяти дней» заменить словом «месяца».", kk, ""},
		{"в статье 3 слово «десяти» заменить словом «пятнадцати».", "3-бап «он» деген сөзден кейін «бес» деген сөзбен толықтырылсын.", "operation"},
	} {
		if got := told(parityOf(t, linesOf(c.ru), linesOf(c.kk))); strings.Contains(got, "numbers") != (c.want == "numbers") || c.want == "" && got != "" {
			t.Errorf("%s: want %q, got %q", c.ru, c.want, got)
		}
	}
}

// TestParityRealLawFigures compares every provision of laws in both languages as if it
// were quoted in an act: the official texts say the same, so that each difference
// told is a false alarm.
func TestParityRealLawFigures(t *testing.T) {
	type texts struct {
		name   string
		ru, kk *law.Document
	}
	laws := []texts{{"the sample", sampleText(t, law.RU, sample.Second), sampleText(t, law.KK, sample.Second)}}
	if _, err := os.Stat(lawdata); err == nil {
		for _, date := range []string{"2024-06-19", "2026-03-02"} {
			laws = append(laws, texts{"mass media " + date, edition(t, date, law.RU), edition(t, date, law.KK)})
		}
		for _, name := range []string{"law_on_child_rights", "law_on_consumer_protection", "law_on_personal_data_protection"} {
			laws = append(laws, texts{name, law.Build(law.RU, "", readLaw(t, lawdata+"/adilet-text/"+name+".txt")), law.Build(law.KK, "", readLaw(t, lawdata+"/adilet-text/"+name+"_kz.txt"))})
		}
	}
	all, alarms := 0, 0
	for _, l := range laws {
		for _, p := range l.ru.Provisions {
			q := l.kk.Find(p.Address)
			if q == nil || p.Kind == law.Article || p.Kind == law.Signature {
				continue
			}
			quoting := func(u *law.Provision) *Instruction {
				return &Instruction{Op: ReplaceUnit, Targets: []Target{{Citation: u.Cite()}}, Wording: [][]law.Line{{{Text: u.Text}}}}
			}
			all++
			for _, d := range differences(quoting(p), quoting(q)) {
				alarms++
				t.Errorf("%s %s: %s: %s | %s", l.name, p.Address, d.What, d.RU, d.KK)
			}
		}
	}
	t.Logf("parity: %d provisions of %d laws in both languages, %d false alarms", all, len(laws), alarms)
}

// TestParityRealActsFigures compares the real acts with their other language:
// what differs is what they do differently, as their meta.json tells, or was cut
// out of one of the files: an instruction stands alone only where the other file
// has no item of its number.
func TestParityRealActsFigures(t *testing.T) {
	want := map[string]string{
		"08-smi-2012-broadcasting":    "operation replace_words | leave_unchanged\n",
		"14-assembly-2018-whole-text": "4 only ru, 5 only kk", // cut differently
	}
	names, _ := filepath.Glob(lawdata + "/amendments/*/act.ru.txt")
	if len(names) == 0 {
		t.Skip("../shared absent")
	}
	for _, name := range names {
		ru, kk := readLaw(t, name), readLaw(t, strings.Replace(name, ".ru.", ".kk.", 1))
		p := parityOf(t, ru, kk)
		act := filepath.Base(filepath.Dir(name))
		got := told(p)
		if n, m := len(p.OnlyRU), len(p.OnlyKK); n+m > 0 {
			got = fmt.Sprintf("%d only ru, %d only kk", n, m)
		}
		t.Logf("%s: %s", act, p.Count(law.EN))
		here, there := items(t, law.RU, ru), items(t, law.KK, kk)
		for _, in := range p.OnlyRU {
			if n := here[in.From]; slices.Contains(slices.Collect(maps.Values(there)), n) {
				t.Errorf("%s: item %s is in both files, and this is told to be in Russian alone: %s", act, n, in.Text)
			}
		}
		for _, in := range p.OnlyKK {
			if n := there[in.From]; slices.Contains(slices.Collect(maps.Values(here)), n) {
				t.Errorf("%s: item %s is in both files, and this is told to be in Kazakh alone: %s", act, n, in.Text)
			}
		}
		if got != want[act] {
			t.Errorf("%s: got %q, want %q", act, got, want[act])
		}
	}
}

// items are the numbers of the act's items by line.
func items(t *testing.T, lang law.Lang, lines []law.Line) map[int]string {
	t.Helper()
	a, err := Read(lang, lines)
	if err != nil {
		t.Fatal(err)
	}
	out := map[int]string{}
	last := ""
	for i, l := range lines {
		if style, n, _ := grammarOf(lang).enumerator(l.Text); style == "bracket" && a.Roles[i] != Quoted {
			last = n
		}
		out[l.From] = last
	}
	return out
}
