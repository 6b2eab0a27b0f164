package table

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

func doc(t testing.TB, lang law.Lang, text string) *law.Document {
	t.Helper()
	title, lines, err := law.ReadMarkdown(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return law.Build(lang, title, lines)
}

func build(t testing.TB, lang law.Lang, old, new string, o Options) *Table {
	t.Helper()
	if o.Kind == "" {
		o.Kind = Government
	}
	out, err := New(diffing.Compare(doc(t, lang, old), doc(t, lang, new)), o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// print writes rows as a test reads them; bold words stand in asterisks.
func print(t *Table) string {
	var b strings.Builder
	for _, r := range t.Rows {
		b.WriteString(r.Element + "\n")
		for _, side := range [][]Line{r.Before, r.After} {
			b.WriteString(" |")
			for _, l := range side {
				b.WriteString(" ¶ ")
				for _, run := range l {
					if run.Bold {
						b.WriteString("*" + strings.TrimSpace(run.Text) + "*")
					} else {
						b.WriteString(run.Text)
					}
				}
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

const oldRU = `# О дворовых мастерских (образец)

**Статья 1. Основные понятия**

В настоящем Законе используются следующие понятия:

1) мастерская – помещение для ручного труда;

2) станок – средство обработки дерева;

3) мастер – лицо, ведущее занятия.

**Статья 2. Пользование мастерской**

1. Мастерская открыта ежедневно.

2. Заявка рассматривается в течение семи рабочих дней.

3. Станки выдаются под расписку.

**Статья 3. Взносы**

1. Взносы вносятся ежегодно.
`

const newRU = `# О дворовых мастерских (образец)

**Статья 1. Основные понятия**

В настоящем Законе используются следующие понятия:

1) мастерская – помещение для ручного труда;

1-1) журнал – книга учета посетителей;

2) станок – средство обработки дерева и металла;

3) мастер – лицо, ведущее занятия.

**Статья 2. Пользование мастерской**

1. Мастерская открыта ежедневно.

2. Заявка рассматривается в течение пяти рабочих дней.

**Статья 3. Взносы**

1. Взносы вносятся ежегодно.

**Статья 4. Открытость**

1. Отчет размещается на сайте мастерской.

2. Отчет хранится пять лет.
`

func TestRows(t *testing.T) {
	got := print(build(t, law.RU, oldRU, newRU, Options{}))
	want := `Подпункт 1-1) статьи 1
 | ¶ Отсутствует.
 | ¶ Статья 1. Основные понятия ¶ … ¶ *1-1) журнал – книга учета посетителей;* ¶ …
Подпункт 2) статьи 1
 | ¶ Статья 1. Основные понятия ¶ … ¶ 2) станок – средство обработки дерева; ¶ …
 | ¶ Статья 1. Основные понятия ¶ … ¶ 2) станок – средство обработки дерева*и металла*; ¶ …
Пункт 2 статьи 2
 | ¶ Статья 2. Пользование мастерской ¶ … ¶ 2. Заявка рассматривается в течение *семи* рабочих дней. ¶ …
 | ¶ Статья 2. Пользование мастерской ¶ … ¶ 2. Заявка рассматривается в течение *пяти* рабочих дней.
Пункт 3 статьи 2
 | ¶ Статья 2. Пользование мастерской ¶ … ¶ *3. Станки выдаются под расписку.*
 | ¶ Отсутствует.
Статья 4
 | ¶ Отсутствует.
 | ¶ *Статья 4. Открытость* ¶ *1. Отчет размещается на сайте мастерской.* ¶ *2. Отчет хранится пять лет.*
`
	if got != want {
		t.Errorf("rows\n%s\nwant\n%s", got, want)
	}
}

func TestKazakh(t *testing.T) {
	const old = "# Аула шеберханалары туралы (үлгі)\n\n**1-бап. Ұғымдар**\n\n1. Шеберхана күн сайын ашық.\n\n2. Өтінім жеті жұмыс күні ішінде қаралады.\n"
	const new = "# Аула шеберханалары туралы (үлгі)\n\n**1-бап. Ұғымдар**\n\n1. Шеберхана күн сайын ашық.\n\n2. Өтінім бес жұмыс күні ішінде қаралады.\n\n3. Есеп жарияланады.\n"
	tb := build(t, law.KK, old, new, Options{})
	want := `1-баптың 2-тармағы
 | ¶ 1-бап. Ұғымдар ¶ … ¶ 2. Өтінім *жеті* жұмыс күні ішінде қаралады.
 | ¶ 1-бап. Ұғымдар ¶ … ¶ 2. Өтінім *бес* жұмыс күні ішінде қаралады. ¶ …
1-баптың 3-тармағы
 | ¶ Жоқ.
 | ¶ 1-бап. Ұғымдар ¶ … ¶ *3. Есеп жарияланады.*
`
	if got := print(tb); got != want {
		t.Errorf("rows\n%s\nwant\n%s", got, want)
	}
	if got := tb.Columns[3].Text; got != "Ұсынылатын редакция" {
		t.Errorf("column %q", got)
	}
	if got := tb.Title[1]; got != "САЛЫСТЫРМА КЕСТЕ" {
		t.Errorf("title %q", got)
	}
}

// Each form has its columns, and what people said stands in them.
func TestRemarks(t *testing.T) {
	const rows = "address;justification;author;source;decision;reason\nart_2__para_2;Семь дней слишком долго.;Депутат А. Образцов;НПО «Образец»;Принято;\nart_4;Отчеты нужны всем.\nИ всегда.;;;;\n"
	if _, err := ReadRemarks(strings.NewReader(rows)); err == nil {
		t.Fatal("a line of one column is no row")
	}
	remarks, err := ReadRemarks(strings.NewReader(strings.Replace(rows, "Отчеты нужны всем.\nИ всегда.", "\"Отчеты нужны всем.\nИ всегда.\"", 1)))
	if err != nil {
		t.Fatal(err)
	}
	tb := build(t, law.RU, oldRU, newRU, Options{Kind: Committee, Remarks: remarks})
	var got []string
	for _, r := range tb.Rows {
		if len(r.Basis)+len(r.Decision) > 0 {
			got = append(got, text(r.Basis)+" | "+text(r.Decision))
		}
	}
	want := "Депутат А. Образцов / Предложение: НПО «Образец» / Семь дней слишком долго. | Принято\nОтчеты нужны всем. / И всегда. | "
	if strings.Join(got, "\n") != want {
		t.Errorf("remarks\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if n := len(tb.Columns); n != 6 {
		t.Errorf("%d columns", n)
	}
	_, err = New(diffing.Compare(doc(t, law.RU, oldRU), doc(t, law.RU, newRU)), Options{Kind: Committee, Remarks: Remarks{{Address: "art_9", line: 7}}})
	if err == nil || !strings.Contains(err.Error(), "line 7") {
		t.Errorf("a remark on nothing: %v", err)
	}
}

func text(lines []Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Text())
	}
	return strings.Join(out, " / ")
}

func TestBadRemarks(t *testing.T) {
	for in, want := range map[string]string{
		"":                           "empty",
		"place,justification\na,b\n": `no column "place"`,
		"justification\nx\n":         "line 2 has no address",
		"address\n\"a\nb":            "rows",
	} {
		if _, err := ReadRemarks(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

// On every pair of real texts: each changed provision stands in a row, in bold
// where it changed, and a table of equal texts has no rows.
func TestRealPairs(t *testing.T) {
	pairs, _ := filepath.Glob("../../../shared/lawdata/diff-pairs/*.old.txt")
	if len(pairs) == 0 {
		t.Skip("../shared absent")
	}
	for _, old := range pairs {
		a, b := file(t, old), file(t, strings.Replace(old, ".old.", ".new.", 1))
		everyChange(t, diffing.Compare(a, b))
		if tb, err := New(diffing.Compare(a, a), Options{Kind: Government}); err != nil || len(tb.Rows) != 0 {
			t.Errorf("%s against itself: %d rows, %v", old, len(tb.Rows), err)
		}
	}
}

func TestEveryChangeHasItsRow(t *testing.T) {
	everyChange(t, diffing.Compare(doc(t, law.RU, oldRU), doc(t, law.RU, newRU)))
	everyChange(t, diffing.Compare(doc(t, law.RU, newRU), doc(t, law.RU, oldRU)))
}

func everyChange(t *testing.T, r *diffing.Result) {
	t.Helper()
	tb, err := New(r, Options{Kind: Government})
	if err != nil {
		t.Fatal(err)
	}
	var all, bold strings.Builder
	for _, row := range tb.Rows {
		for _, l := range append(append([]Line{}, row.Before...), row.After...) {
			all.WriteString(l.Text() + "\n")
			for _, run := range l {
				if run.Bold {
					bold.WriteString(run.Text + "\n")
				}
			}
		}
	}
	for _, p := range r.Pairs {
		if p.Note || !p.Changed() {
			continue
		}
		for _, s := range []*diffing.Side{p.From, p.To} {
			for _, u := range units(s) {
				if !strings.Contains(all.String(), u.Text+"\n") {
					t.Errorf("%s %s is in no row: %q", p.Kind, u.Address, u.Text)
				}
			}
		}
		for _, op := range p.Ops {
			if p.From != nil && p.To != nil && op.Kind != diffing.Equal && len(p.From.Provisions)+len(p.To.Provisions) == 2 && !strings.Contains(bold.String(), op.Text) {
				t.Errorf("%q is not bold", op.Text)
			}
		}
	}
}

func file(t *testing.T, name string) *law.Document {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := law.ReadText(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	lang, _ := law.DetectLang(lines)
	return law.Build(lang, "", lines)
}

// TestNames: the bill has the title of the act that was written of it, a code and a
// by-law are named as what they are, a heading in the case it wants.
func TestNames(t *testing.T) {
	build := func(lang law.Lang, title, heading string) *law.Document {
		if lang == law.KK {
			return law.Build(lang, title, []law.Line{{Text: "1-бап. " + heading, From: 1, To: 1}, {Text: "1. Зал күн сайын ашық.", From: 2, To: 2}})
		}
		return law.Build(lang, title, []law.Line{{Text: "Статья 1. " + heading, From: 1, To: 1}, {Text: "1. Зал открыт каждый день.", From: 2, To: 2}})
	}
	for _, c := range []struct {
		lang                   law.Lang
		title, bill            string
		wantBill, act, element string
	}{
		{law.RU, "О залах", "О внесении изменения в Закон Республики Казахстан «О залах»",
			"к проекту Закона Республики Казахстан «О внесении изменения в Закон Республики Казахстан „О залах“»",
			"Закон Республики Казахстан от 1 марта 1995 года «О залах»", "Заголовок статьи 1"},
		{law.RU, "Уголовный кодекс Республики Казахстан", "",
			"к проекту Закона Республики Казахстан «О внесении изменений и дополнений в Уголовный кодекс Республики Казахстан»",
			"Уголовный кодекс Республики Казахстан от 1 марта 1995 года", "Заголовок статьи 1"},
		{law.KK, "Қазақстан Республикасының Қылмыстық кодексі", "",
			"«Қазақстан Республикасының Қылмыстық кодексіне өзгерістер мен толықтырулар енгізу туралы» Қазақстан Республикасы Заңының жобасына",
			"1995 жылғы 1 наурыздағы Қазақстан Республикасының Қылмыстық кодексі", "1-баптың тақырыбы"},
	} {
		r := diffing.Compare(build(c.lang, c.title, "Зал"), build(c.lang, c.title, "Оқу залы"))
		table, err := New(r, Options{Kind: Government, Bill: c.bill, Adopted: "1995-03-01"})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(table.Title, c.wantBill) || table.Act != c.act || table.Rows[0].Element != c.element {
			t.Errorf("%q %q %q", table.Title, table.Act, table.Rows[0].Element)
		}
	}
}
