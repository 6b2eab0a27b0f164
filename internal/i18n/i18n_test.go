package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

func bundle(t *testing.T) *Bundle {
	t.Helper()
	b, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// Of two sentences under one key the first would be lost without a word.
func TestKeysStandOnce(t *testing.T) {
	key := regexp.MustCompile(`(?m)^  "([^"]+)":`)
	for _, lang := range law.Langs {
		raw, err := files.ReadFile("locales/" + string(lang) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, m := range key.FindAllSubmatch(raw, -1) {
			if k := string(m[1]); seen[k] {
				t.Errorf("%s: %q stands there twice", lang, k)
			} else {
				seen[k] = true
			}
		}
		if got := len(bundle(t).Locale(lang).messages); len(seen) != got {
			t.Errorf("%s: %d keys found, %d read", lang, len(seen), got)
		}
	}
}

// forms lists the CLDR categories a language needs. A Kazakh noun stays
// singular after a numeral, but CLDR names two categories and the files hold
// both.
func forms(lang law.Lang) []string {
	if lang == law.RU {
		return []string{"one", "few", "many", "other"}
	}
	return []string{"one", "other"}
}

// Every key stands in every language, with the plural forms the language has
// and the same blanks to fill.
func TestLocalesAreComplete(t *testing.T) {
	b := bundle(t)
	ru := b.Locale(law.RU)
	for _, lang := range law.Langs {
		l := b.Locale(lang)
		for key := range l.messages {
			if _, ok := ru.messages[key]; !ok {
				t.Errorf("%s: %q is not in ru", lang, key)
			}
		}
		for key, model := range ru.messages {
			m, ok := l.messages[key]
			if !ok {
				t.Errorf("%s: %q is missing", lang, key)
				continue
			}
			if (m.forms == nil) != (model.forms == nil) {
				t.Errorf("%s: %q: plural in one language only", lang, key)
				continue
			}
			if m.forms == nil {
				if strings.TrimSpace(m.text) == "" {
					t.Errorf("%s: %q is empty", lang, key)
				}
				if got, want := blanks(m.text), blanks(model.text); !slices.Equal(got, want) {
					t.Errorf("%s: %q: blanks %v, in ru %v", lang, key, got, want)
				}
				continue
			}
			for _, f := range forms(lang) {
				if strings.TrimSpace(m.forms[f]) == "" {
					t.Errorf("%s: %q has no form %q", lang, key, f)
				}
			}
			if len(m.forms) != len(forms(lang)) {
				t.Errorf("%s: %q has forms %v, want %v", lang, key, m.forms, forms(lang))
			}
			for f, text := range m.forms {
				if got, want := blanks(text), blanks(model.forms["other"]); !slices.Equal(got, want) {
					t.Errorf("%s: %q %s: blanks %v, in ru %v", lang, key, f, got, want)
				}
			}
		}
	}
}

// blanks are what a message has filled in. A date may stand in another form in
// another language ({date}, {dateof}, {datefrom}, {dateto}).
func blanks(s string) []string {
	s = strings.NewReplacer("of}", "}", "efrom}", "e}", "eto}", "e}").Replace(s)
	return slices.Compact(slices.Sorted(slices.Values(placeholder.FindAllString(s, -1))))
}

// Kazakh nouns stay singular after a numeral; only a heading without one tells
// one act from many.
func TestKazakhFormsAreEqual(t *testing.T) {
	for key, m := range bundle(t).Locale(law.KK).messages {
		if m.forms["one"] != m.forms["other"] && key != "home.followed" {
			t.Errorf("%q: %q and %q", key, m.forms["one"], m.forms["other"])
		}
	}
}

var (
	inTemplate = regexp.MustCompile(`\b([tn]) "([a-z_.]+)"`)
	inGo       = regexp.MustCompile(`\.([TN])\("([a-z_.]+)"`)
	quoted     = regexp.MustCompile(`"([a-z_]+(?:\.[a-z_]+)*)"`)
)

// Every key that the program names exists, T and N are asked for what has no
// plural forms and what has, and no key stands unused.
func TestKeysAreUsedAndKnown(t *testing.T) {
	ru := bundle(t).Locale(law.RU)
	used := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		ext := filepath.Ext(path)
		if d.IsDir() || strings.HasSuffix(path, "_test.go") || ext != ".go" && ext != ".html" {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range quoted.FindAllStringSubmatch(string(b), -1) {
			used[m[1]] = true
		}
		form := inGo
		if ext == ".html" {
			form = inTemplate
		}
		if ext == ".go" && !strings.Contains(string(b), "i18n") && !strings.Contains(path, "/web/") {
			return nil
		}
		for _, m := range form.FindAllStringSubmatch(string(b), -1) {
			msg, ok := ru.messages[m[2]]
			if !ok {
				t.Errorf("%s: unknown key %q", path, m[2])
			} else if plural := strings.EqualFold(m[1], "n"); plural != (msg.forms != nil) {
				t.Errorf("%s: %q is asked for with %s", path, m[2], m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range ru.messages {
		if !used[key] {
			t.Errorf("%q is used nowhere", key)
		}
	}
}

func TestPlural(t *testing.T) {
	for _, c := range []struct {
		lang law.Lang
		n    int
		want string
	}{
		{law.RU, 0, "0 изменений"}, {law.RU, 1, "1 изменение"}, {law.RU, 2, "2 изменения"}, {law.RU, 5, "5 изменений"},
		{law.RU, 11, "11 изменений"}, {law.RU, 12, "12 изменений"}, {law.RU, 21, "21 изменение"}, {law.RU, 104, "104 изменения"}, {law.RU, 111, "111 изменений"},
		{law.KK, 1, "1 өзгеріс"}, {law.KK, 5, "5 өзгеріс"},
		{law.EN, 0, "0 changes"}, {law.EN, 1, "1 change"}, {law.EN, 21, "21 changes"},
	} {
		if got := bundle(t).Locale(c.lang).N("compare.count", c.n); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.lang, c.n, got, c.want)
		}
	}
}

// Days in words do not break between day and month, and an evening in UTC is
// the next day in Kazakhstan.
func TestDates(t *testing.T) {
	at := time.Date(2026, 11, 21, 19, 0, 0, 0, time.UTC)
	if got := Day(at.Add(-time.Second)); got != "2026-11-21" {
		t.Errorf("a second before midnight it is %s", got)
	}
	for _, c := range []struct {
		lang                             law.Lang
		date, of, from, to, short, today string
	}{
		{law.KK, "2024 жылғы 19_маусым", "2024 жылғы 19_маусымдағы", "2024 жылғы 19_маусымнан", "2024 жылғы 19_маусымға", "19.06.2024", "2026 жылғы 22_қараша, жексенбі"},
		{law.RU, "19_июня 2024 года", "19_июня 2024 года", "19_июня 2024 года", "19_июня 2024 года", "19.06.2024", "Воскресенье, 22_ноября 2026 года"},
		{law.EN, "19_June 2024", "19_June 2024", "19_June 2024", "19_June 2024", "19.06.2024", "Sunday, 22_November 2026"},
	} {
		l := bundle(t).Locale(c.lang)
		const d law.Date = "2024-06-19"
		for what, pair := range map[string][2]string{
			"Date": {l.Date(d), c.date}, "DateOf": {l.DateOf(d), c.of}, "DateFrom": {l.DateFrom(d), c.from}, "DateTo": {l.DateTo(d), c.to},
			"Short": {l.Short(d), c.short}, "Today": {l.Today(at), c.today},
		} {
			if got := strings.ReplaceAll(pair[0], "\u00a0", "_"); got != pair[1] {
				t.Errorf("%s %s: %q, want %q", c.lang, what, got, pair[1])
			}
		}
		if got := l.Date(""); got != "" {
			t.Errorf("%s: the unknown day reads %q", c.lang, got)
		}
	}
}

func TestWording(t *testing.T) {
	b := bundle(t)
	for _, c := range []struct {
		lang law.Lang
		key  string
		n    int
		want string
	}{
		{law.KK, "notes.changed", 5, "5 ескерту өзгерген"}, {law.RU, "notes.changed", 5, "Изменилось 5 сносок"},
		{law.RU, "notes.changed", 22, "Изменились 22 сноски"}, {law.RU, "figs.moved", 2, "положения перенесены"},
		{law.RU, "figs.moved", 5, "положений перенесено"}, {law.KK, "home.followed", 1, "Біз бақылап отырған акт"},
		{law.KK, "home.followed", 2, "Біз бақылап отырған актілер"},
	} {
		if got := b.Locale(c.lang).N(c.key, c.n); got != c.want {
			t.Errorf("%s %s %d: %q, want %q", c.lang, c.key, c.n, got, c.want)
		}
	}
	kk := b.Locale(law.KK)
	for got, want := range map[string]string{
		kk.T("force.until", "dateto", kk.DateTo("2025-01-01")): "2025 жылғы 1\u00a0қаңтарға дейін",
		kk.T("brief.proposed", "date", kk.Short("2026-09-01")): "01.09.2026 күнгі ұсыныс",
		kk.T("mark.ins") + ", " + kk.T("kind.inserted"):        "қосылған, қосылған",
		kk.T("range", "from", "a", "to", "b"):                  "a\u00a0– b",
		b.Locale(law.RU).T("range", "from", "a", "to", "b"):    "a\u00a0— b",
		kk.T("theme.dark") + ", " + kk.T("theme.light"):        "Қараңғы режим, Жарық режим",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		n          int
		kk, ru, en string
	}{
		{7, "7", "7", "7"}, {3412, "3412", "3412", "3,412"}, {12345, "12 345", "12 345", "12,345"},
		{1234567, "1 234 567", "1 234 567", "1,234,567"}, {-12345, "−12 345", "−12 345", "−12,345"},
	} {
		for lang, want := range map[law.Lang]string{law.KK: c.kk, law.RU: c.ru, law.EN: c.en} {
			if got := strings.ReplaceAll(bundle(t).Locale(lang).Number(c.n), "\u00a0", " "); got != want {
				t.Errorf("%s %s: %q, want %q", lang, strconv.Itoa(c.n), got, want)
			}
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		share      float64
		kk, ru, en string
	}{
		{0, "0 %", "0 %", "0%"}, {0.00001, "0,1 %", "0,1 %", "0.1%"}, {0.0521, "5,2 %", "5,2 %", "5.2%"},
		{0.5, "50 %", "50 %", "50%"}, {0.9999, "99,9 %", "99,9 %", "99.9%"}, {1, "100 %", "100 %", "100%"},
	} {
		for lang, want := range map[law.Lang]string{law.KK: c.kk, law.RU: c.ru, law.EN: c.en} {
			if got := strings.ReplaceAll(bundle(t).Locale(lang).Percent(c.share), "\u00a0", " "); got != want {
				t.Errorf("%s %v: %q, want %q", lang, c.share, got, want)
			}
		}
	}
}
