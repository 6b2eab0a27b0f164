package sample_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

var dates = []law.Date{sample.First, sample.Second, sample.Proposed}

// each runs a test on all nine texts.
func each(t *testing.T, f func(t *testing.T, lang law.Lang, date law.Date, text string)) {
	for _, date := range dates {
		for _, lang := range law.Langs {
			t.Run(fmt.Sprintf("%s.%s", date, lang), func(t *testing.T) {
				f(t, lang, date, sample.Markdown(lang, date))
			})
		}
	}
}

func TestMarkedAsSample(t *testing.T) {
	title := map[law.Lang]string{law.KK: "(үлгі)", law.RU: "(образец)", law.EN: "(sample)"}
	note := map[law.Lang]string{
		law.KK: "Ол заң болып табылмайды", law.RU: "Он не является законом", law.EN: "It is not a law",
	}
	each(t, func(t *testing.T, lang law.Lang, _ law.Date, text string) {
		first, rest, _ := strings.Cut(text, "\n")
		if first != "# "+sample.Act().Titles[lang] || !strings.HasSuffix(first, title[lang]) {
			t.Errorf("title %q does not say that it is a sample", first)
		}
		if before, _, ok := strings.Cut(rest, note[lang]); !ok || strings.Contains(before, "\n##") {
			t.Errorf("no note before chapter 1 says %q", note[lang])
		}
	})
}

// skeleton reduces a text to the signs of its units, so that languages compare.
func skeleton(text string) []string {
	forms := []struct{ name, form string }{
		{"notice", `^> \*.*!\*$`},
		{"note", `^> \*(?:Сноска|Ескерту|Footnote)\. .*\*$`},
		{"announced", `^> \*`},
		{"title", `^# `},
		{"chapter", `^\W*(?:(?:Глава|Chapter) (\d+)\.|(\d+)-тарау\.)`},
		{"article", `^\W*(?:(?:Статья|Article) ([\d-]+)\.|([\d-]+?)-бап ?\.)`},
		{"annex", `^## `},
		{"signed", `^\*\*`},
		{"paragraph", `^([\d-]+)\. `},
		{"subparagraph", `^\s*([\d-]+)\\?\) `},
		{"remark", `^\s*(?:Примечание|Ескертпе|Note)\.`},
		{"row", `^\|`},
	}
	var units []string
line:
	for _, l := range strings.Split(text, "\n") {
		if l == "" || strings.HasPrefix(l, "<a id=") {
			continue
		}
		for _, f := range forms {
			if m := regexp.MustCompile(f.form).FindStringSubmatch(l); m != nil {
				units = append(units, strings.TrimSpace(f.name+" "+strings.Join(m[1:], "")))
				continue line
			}
		}
		units = append(units, "unnumbered")
	}
	return units
}

func TestLanguagesAreParallel(t *testing.T) {
	for _, date := range dates {
		want := skeleton(sample.Markdown(law.RU, date))
		for _, lang := range law.Langs {
			if d := cmp.Diff(want, skeleton(sample.Markdown(lang, date))); d != "" {
				t.Errorf("%s: %s is not built like ru (-ru +%s):\n%s", date, lang, lang, d)
			}
		}
	}
}

func build(t *testing.T, lang law.Lang, text string) *law.Document {
	t.Helper()
	title, lines, err := law.ReadMarkdown(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return law.Build(lang, title, lines)
}

func TestTreeIsTheSameInEveryLanguage(t *testing.T) {
	each(t, func(t *testing.T, lang law.Lang, date law.Date, text string) {
		want, got := build(t, law.RU, sample.Markdown(law.RU, date)), build(t, lang, text)
		for _, d := range got.Doubts {
			t.Errorf("line %d: %s: %q", d.From, d.Reason, d.Text)
		}
		if d := cmp.Diff(outline(want), outline(got)); d != "" {
			t.Errorf("addresses (-ru +%s):\n%s", lang, d)
		}
		if d := cmp.Diff(noteActs(want), noteActs(got)); d != "" {
			t.Errorf("what the notes say (-ru +%s):\n%s", lang, d)
		}
	})
}

func outline(d *law.Document) []string {
	var out []string
	for _, p := range d.Provisions {
		out = append(out, string(p.Kind)+" "+string(p.Address))
	}
	return out
}

// noteActs lists the acts the notes name, with the place each note belongs to.
func noteActs(d *law.Document) []string {
	var out []string
	for _, n := range d.Notes {
		for _, a := range n.Acts {
			_, at, _ := strings.Cut(a.Href, "#")
			out = append(out, fmt.Sprintf("%s: № %s of %s, %s", n.Address, a.Number, a.Date, at))
		}
	}
	return out
}

// Differences in print that are no differences in law: each stands in one
// edition and is gone in the next.
func TestTraps(t *testing.T) {
	for _, c := range []struct {
		what              string
		lang              law.Lang
		inFirst, inSecond string
		sameInComparison  bool
	}{
		{what: "no-break space", lang: law.RU, inFirst: "14\u00a0календарных", inSecond: "14 календарных", sameInComparison: true},
		{what: "no-break space", lang: law.KK, inFirst: "14\u00a0күн", inSecond: "14 күн", sameInComparison: true},
		{what: "no-break space", lang: law.EN, inFirst: "14\u00a0calendar", inSecond: "14 calendar", sameInComparison: true},
		{what: "dash", lang: law.RU, inFirst: "книга – достояние", inSecond: "книга - достояние", sameInComparison: true},
		{what: "dash", lang: law.KK, inFirst: "кітап – бүкіл", inSecond: "кітап - бүкіл", sameInComparison: true},
		{what: "dash", lang: law.EN, inFirst: "district – it", inSecond: "district - it", sameInComparison: true},
		{what: "quotation marks", lang: law.RU, inFirst: "«День семейного чтения»", inSecond: `"День семейного чтения"`, sameInComparison: true},
		{what: "quotation marks", lang: law.KK, inFirst: "«Отбасылық оқу күнін»", inSecond: `"Отбасылық оқу күнін"`, sameInComparison: true},
		{what: "quotation marks", lang: law.EN, inFirst: "“Family Reading Day”", inSecond: `"Family Reading Day"`, sameInComparison: true},
		{what: "Latin e", lang: law.RU, inFirst: "т\u0065чение пяти", inSecond: "течение пяти", sameInComparison: true},
		{what: "Latin e", lang: law.KK, inFirst: "б\u0065с жұмыс", inSecond: "бес жұмыс", sameInComparison: true},
		{what: "Latin i", lang: law.KK, inFirst: "\u0069ш\u0069нде қаралады", inSecond: "ішінде қаралады", sameInComparison: true},
		{what: "ё", lang: law.RU, inFirst: "учёту", inSecond: "учету", sameInComparison: true},
		{what: "letter case", lang: law.RU, inFirst: "Правилами пользования", inSecond: "правилами пользования"},
		{what: "letter case", lang: law.KK, inFirst: "Қағидаларында", inSecond: "қағидаларында"},
		{what: "letter case", lang: law.EN, inFirst: "by the Rules for", inSecond: "by the rules for"},
	} {
		t.Run(c.what+"."+string(c.lang), func(t *testing.T) {
			first, second := sample.Markdown(c.lang, sample.First), sample.Markdown(c.lang, sample.Second)
			if strings.Count(first, c.inFirst) != 1 || strings.Contains(second, c.inFirst) {
				t.Errorf("%q must stand once in the first edition and not in the second", c.inFirst)
			}
			if strings.Count(second, c.inSecond) != 1 || strings.Contains(first, c.inSecond) {
				t.Errorf("%q must stand once in the second edition and not in the first", c.inSecond)
			}
			if same := law.Fold(c.inFirst) == law.Fold(c.inSecond); same != c.sameInComparison {
				t.Errorf("same in comparison: %v, want %v", same, c.sameInComparison)
			}
		})
	}
}
