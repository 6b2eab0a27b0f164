package edit

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

func read(lang law.Lang, text string) *law.Document {
	var lines []law.Line
	for _, s := range strings.Split(text, "\n") {
		lines = append(lines, law.Line{Text: s, From: len(lines) + 1, To: len(lines) + 1})
	}
	return law.Build(lang, "", lines)
}

const ru = `Глава 1. Зал
Статья 14. Читальный зал
1. Зал открыт с девяти часов.
2. Зал хранит:
1) книги;
2) ноты;
3) карты.
3. Вход свободный.
Статья 14-1. Часы
Часы висят на стене.
Часы идут верно.
Статья 16. Правила
1. Шуметь запрещено.
Сноска. Статья 16 с изменением, внесенным Законом РК от 01.02.2026 № 1-VIII.
Статья 17. Вступление в силу
Настоящий Закон вводится в действие с 1 января 2026 года.`

const kk = `1-тарау. Зал
14-бап. Оқу залы
1. Зал сағат тоғыздан ашық.
2. Зал мыналарды сақтайды:
1) кітаптарды;
2) ноталарды.
15-бап. Ережелер
1. Шулауға тыйым салынады.`

func replace(d *law.Document, at law.Address, text string) (*Done, error) {
	done, refused := ReplaceAll(d, []Words{{At: at, Text: text}})
	if r := refused[0]; r != nil {
		return nil, r
	}
	return done, nil
}

func TestOperations(t *testing.T) {
	edit := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(ru) }
	for _, tc := range []struct {
		name string
		do   func(*law.Document) (*Done, error)
		want string
		at   law.Address
	}{
		{"replace, the number left out", func(d *law.Document) (*Done, error) {
			return replace(d, "art_14__para_1", "Зал открыт всегда.")
		}, edit("с девяти часов", "всегда"), "art_14__para_1"},
		{"replace, the number typed", func(d *law.Document) (*Done, error) {
			return replace(d, "art_14__para_1", " 1. Зал открыт всегда.\r\n")
		}, edit("с девяти часов", "всегда"), "art_14__para_1"},
		{"replace a heading", func(d *law.Document) (*Done, error) { return replace(d, "art_14", "Зал") },
			edit("Читальный зал", "Зал"), "art_14"},
		{"article between 14-1 and 16", func(d *law.Document) (*Done, error) {
			return Insert(d, Place{After, "art_14-1"}, Unit{Kind: law.Article, Text: "Тишина\nВ зале тихо."})
		}, edit("Часы идут верно.", "Часы идут верно.\nСтатья 14-2. Тишина\nВ зале тихо."), "art_14-2"},
		{"article before 16, after its notes", func(d *law.Document) (*Done, error) {
			return Insert(d, Place{Before, "art_17"}, Unit{Kind: law.Article, Text: "Тишина"})
		}, edit("№ 1-VIII.", "№ 1-VIII.\nСтатья 16-1. Тишина"), "art_16-1"},
		{"paragraph at the end", func(d *law.Document) (*Done, error) {
			return Insert(d, Place{Under, "art_14"}, Unit{Kind: law.Paragraph, Text: "Есть запрещено."})
		}, edit("3. Вход свободный.", "3. Вход свободный.\n4. Есть запрещено."), "art_14__para_4"},
		{"paragraph between", func(d *law.Document) (*Done, error) {
			return Insert(d, Place{After, "art_14__para_2"}, Unit{Kind: law.Paragraph, Text: "Есть запрещено."})
		}, edit("3. Вход свободный.", "2-1. Есть запрещено.\n3. Вход свободный."), "art_14__para_2-1"},
		{"subparagraph at the end takes the stop", func(d *law.Document) (*Done, error) {
			return Insert(d, Place{After, "art_14__para_2__subpara_3"}, Unit{Kind: law.Subparagraph, Text: "афиши"})
		}, edit("3) карты.", "3) карты;\n4) афиши."), "art_14__para_2__subpara_4"},
		{"subparagraph between", func(d *law.Document) (*Done, error) {
			return Insert(d, Place{Before, "art_14__para_2__subpara_3"}, Unit{Kind: law.Subparagraph, Text: "афиши."})
		}, edit("3) карты.", "2-1) афиши;\n3) карты."), "art_14__para_2__subpara_2-1"},
		{"a first list", func(d *law.Document) (*Done, error) {
			return Insert(d, Place{Under, "art_14__para_1"}, Unit{Kind: law.Subparagraph, Text: "утром"})
		}, edit("1. Зал открыт с девяти часов.", "1. Зал открыт с девяти часов.\n1) утром."), "art_14__para_1__subpara_1"},
		{"part", func(d *law.Document) (*Done, error) {
			return Insert(d, Place{Before, "art_14-1__part_2"}, Unit{Kind: law.Part, Text: "Часы бьют."})
		}, edit("Часы идут", "Часы бьют.\nЧасы идут"), "art_14-1__part_2"},
		{"split", func(d *law.Document) (*Done, error) {
			return Split(d, "art_14__para_1", "1. Зал открыт", "с девяти часов.")
		}, edit("1. Зал открыт с девяти часов.", "1. Зал открыт\n1-1. с девяти часов."), "art_14__para_1"},
		{"move takes a number", func(d *law.Document) (*Done, error) {
			return Move(d, "art_14__para_2", Place{Under, "art_16"})
		}, edit("2. Зал хранит:\n1) книги;\n2) ноты;\n3) карты.\n", "", "1. Шуметь запрещено.", "1. Шуметь запрещено.\n2. Зал хранит:\n1) книги;\n2) ноты;\n3) карты."), "art_16__para_2"},
		{"move an article", func(d *law.Document) (*Done, error) {
			return Move(d, "art_14-1", Place{After, "art_16"})
		}, edit("Статья 14-1. Часы\nЧасы висят на стене.\nЧасы идут верно.\n", "", "№ 1-VIII.", "№ 1-VIII.\nСтатья 16-1. Часы\nЧасы висят на стене.\nЧасы идут верно."), "art_16-1"},
		{"move within a list puts its signs right", func(d *law.Document) (*Done, error) {
			return Move(d, "art_14__para_2__subpara_1", Place{After, "art_14__para_2__subpara_3"})
		}, edit("1) книги;\n", "", "3) карты.", "3) карты;\n4) книги."), "art_14__para_2__subpara_4"},
		{"delete the last of a list", func(d *law.Document) (*Done, error) {
			return Delete(d, "art_14__para_2__subpara_3")
		}, edit("2) ноты;\n3) карты.", "2) ноты."), ""},
		{"delete an article with its note", func(d *law.Document) (*Done, error) { return Delete(d, "art_16") },
			edit("Статья 16. Правила\n1. Шуметь запрещено.\nСноска. Статья 16 с изменением, внесенным Законом РК от 01.02.2026 № 1-VIII.\n", ""), ""},
		{"exclude", func(d *law.Document) (*Done, error) {
			return Exclude(d, "art_14__para_2__subpara_2", "")
		}, edit("2) ноты;", "2) исключен;"), "art_14__para_2__subpara_2"},
		{"exclude by an act", func(d *law.Document) (*Done, error) {
			return Exclude(d, "art_14__para_2", "Законом РК от 05.06.2026 № 1-IX")
		}, edit("2. Зал хранит:\n1) книги;\n2) ноты;\n3) карты.", "2. Исключен Законом РК от 05.06.2026 № 1-IX."), "art_14__para_2"},
		{"renumber", func(d *law.Document) (*Done, error) { return Renumber(d, "art_16", "15") },
			edit("Статья 16.", "Статья 15."), "art_15"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := tc.do(read(law.RU, ru))
			if err != nil {
				t.Fatal(err)
			}
			if text := strings.TrimSpace(got.Document.PlainText()); text != tc.want || got.At != tc.at {
				t.Errorf("at %s:\n%s", got.At, text)
			}
		})
	}
}

func TestKazakh(t *testing.T) {
	d := read(law.KK, kk)
	for _, tc := range []struct {
		to   Place
		unit Unit
		want string
	}{
		{Place{After, "art_14"}, Unit{Kind: law.Article, Text: "Тыныштық"}, "\n14-1-бап. Тыныштық\n"},
		{Place{After, "art_14__para_1"}, Unit{Kind: law.Paragraph, Text: "Тамақ ішуге тыйым салынады."}, "\n1-1. Тамақ"},
		{Place{After, "art_14__para_2__subpara_1"}, Unit{Kind: law.Subparagraph, Text: "афишаларды"}, "\n1-1) афишаларды;\n"},
	} {
		got, err := Insert(d, tc.to, tc.unit)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(got.Document.PlainText(), tc.want) {
			t.Errorf("want %q in\n%s", tc.want, got.Document.PlainText())
		}
	}
	got, err := Exclude(d, "art_14__para_2__subpara_1", "")
	if err != nil || !strings.Contains(got.Document.PlainText(), "\n1) алып тасталды;\n") {
		t.Errorf("%v\n%s", err, got.Document.PlainText())
	}
}

func TestRefusals(t *testing.T) {
	d := read(law.RU, ru)
	for name, tc := range map[string]struct {
		do   func() (*Done, error)
		code Code
	}{
		"no such address":  {func() (*Done, error) { return replace(d, "art_99", "а") }, NotFound},
		"empty":            {func() (*Done, error) { return replace(d, "art_16", " \n") }, NoWords},
		"only the number":  {func() (*Done, error) { return replace(d, "art_14__para_1", "1.") }, NoWords},
		"two lines":        {func() (*Done, error) { return replace(d, "art_14__para_1", "а\nб") }, OneLine},
		"another number":   {func() (*Done, error) { return replace(d, "art_14__para_1", "4. Зал.") }, OtherNumber},
		"another kind":     {func() (*Done, error) { return replace(d, "art_14__para_1", "1) зал") }, OtherKind},
		"number in a part": {func() (*Done, error) { return replace(d, "art_14-1__part_1", "1. Часы.") }, OtherKind},
		"a chapter put in": {func() (*Done, error) { return Insert(d, Place{After, "chp_1"}, Unit{Kind: law.Chapter, Text: "а"}) }, KindNotEdited},
		"nothing before 1": {func() (*Done, error) {
			return Insert(d, Place{Before, "art_14__para_1"}, Unit{Kind: law.Paragraph, Text: "а"})
		}, NoNumber},
		"nothing before 14-1": {func() (*Done, error) { return Insert(d, Place{After, "art_14"}, Unit{Kind: law.Article, Text: "а"}) }, NoNumber},
		"a number twice":      {func() (*Done, error) { return Insert(d, Place{Under, "art_14"}, Unit{law.Paragraph, "2", "а"}) }, NumberTaken},
		"a number out of order": {func() (*Done, error) {
			return Insert(d, Place{After, "art_14__para_1"}, Unit{law.Paragraph, "5", "а"})
		}, NumberOrder},
		"no number":          {func() (*Done, error) { return Insert(d, Place{Under, "art_14"}, Unit{law.Paragraph, "4а", "а"}) }, NotANumber},
		"other words":        {func() (*Done, error) { return Split(d, "art_14__para_1", "Зал", "закрыт.") }, WordsChanged},
		"into itself":        {func() (*Done, error) { return Move(d, "art_14", Place{Under, "art_14__para_1"}) }, InsideItself},
		"no number to leave": {func() (*Done, error) { return Exclude(d, "art_14-1__part_1", "") }, NotNumbered},
		"paragraph in a list": {func() (*Done, error) {
			return Insert(d, Place{After, "art_14__para_2__subpara_1"}, Unit{Kind: law.Paragraph, Text: "а"})
		}, ReadsOtherwise},
		"a part that reads as an article": {func() (*Done, error) {
			return Insert(d, Place{Under, "art_14-1"}, Unit{Kind: law.Part, Text: "Примечание. Часы."})
		}, ReadsOtherwise},
		"a line that leaves the new unit": {func() (*Done, error) {
			return Insert(d, Place{Under, "art_14"}, Unit{Kind: law.Paragraph, Text: "Есть запрещено.\n5. Пить тоже."})
		}, ReadsOtherwise},
		"words that are a note": {func() (*Done, error) { return replace(d, "art_14-1__part_2", "Сноска. Часы.") }, ReadsOtherwise},
	} {
		_, err := tc.do()
		var r *Refusal
		if !errors.As(err, &r) || r.Code != tc.code {
			t.Errorf("%s: %v, want %s", name, err, tc.code)
		}
	}
}

func TestNextNumber(t *testing.T) {
	d := read(law.RU, "Статья 1. А\n1. а\n3. б\n4-6. Исключены Законом РК от 01.02.2026 № 1-VIII.\nСтатья 1-1. Б\nСтатья 1-2. В\nСтатья 2. Г")
	for _, tc := range []struct {
		to   Place
		kind law.Kind
		want string
	}{
		{Place{After, "art_1__para_1"}, law.Paragraph, "1-1"}, // 2 was somebody's
		{Place{Under, "art_1"}, law.Paragraph, "7"},
		{Place{After, "art_1-1"}, law.Article, "1-1-1"},
		{Place{After, "art_1-2"}, law.Article, "1-3"},
		{Place{After, "art_2"}, law.Article, "3"},
		{Place{Under, "art_2"}, law.Paragraph, "1"},
		{Place{Under, "art_2"}, law.Part, ""},
	} {
		got, err := NextNumber(d, tc.to, tc.kind)
		if err != nil || got != tc.want {
			t.Errorf("%v: %q, %v; want %q", tc.to, got, err, tc.want)
		}
	}
}

// A unit taken out and the line left in its place are one change.
func TestExcludedIsOneChange(t *testing.T) {
	base := read(law.RU, ru)
	d, err := Exclude(base, "art_14__para_2", "")
	if err != nil {
		t.Fatal(err)
	}
	all := Of(diffing.Compare(base, d.Document))
	if len(all) != 1 || all[0].At != "art_14__para_2" || all[0].Was != "art_14__para_2" || !all[0].Pair.Excludes() || len(all[0].Under) != 3 {
		t.Fatalf("%d changes: %+v", len(all), all)
	}
	if all[0].Pair.From.Text != base.Find("art_14__para_2").Text || all[0].Pair.To.Text != d.Document.Find("art_14__para_2").Text {
		t.Errorf("%+v", all[0].Pair)
	}
}

func TestChanges(t *testing.T) {
	base := read(law.RU, ru)
	d, err := Insert(base, Place{After, "art_14-1"}, Unit{Kind: law.Article, Text: "Тишина\n1. В зале тихо.\n2. Шёпот разрешён."})
	if err != nil {
		t.Fatal(err)
	}
	d, err = Delete(d.Document, "art_14__para_2")
	if err != nil {
		t.Fatal(err)
	}
	d, err = replace(d.Document, "art_14__para_1", "Зал открыт с десяти часов.")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range Of(diffing.Compare(base, d.Document)) {
		got = append(got, strings.Join([]string{string(c.Pair.Kind), string(c.At), string(c.Was), string(c.Key())}, " ")+strings.Repeat(" +", len(c.Under)))
	}
	want := []string{
		"edited art_14__para_1 art_14__para_1 art_14__para_1",
		"deleted  art_14__para_2 art_14__para_2 + + +",
		"inserted art_14-2  art_14-2 + +",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if len(Of(diffing.Compare(base, base))) != 0 {
		t.Error("a text changes itself")
	}
	if c := Of(diffing.Compare(base, d.Document))[0].Pair; c.Ops[1] != (diffing.Op{Kind: diffing.Delete, Text: "девяти"}) {
		t.Errorf("ops %+v", c.Ops)
	}
}
