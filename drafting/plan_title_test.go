package drafting

import (
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

func titledText(lang law.Lang, title string) *law.Document {
	text := "Статья 1. Зал\n1. Зал открыт.\n2. Вход свободный."
	if lang == law.KK {
		text = "1-бап. Оқу залы\n1. Зал кітаптарды сақтайды.\n2. Кіру тегін болып табылады."
	}
	return law.Build(lang, title, linesOf(text))
}

// TestTitle: «заголовок» alone is the act's own title.
func TestTitle(t *testing.T) {
	for name, c := range map[string]struct {
		lang        law.Lang
		title, act  string
		want, code  string
		instruction int
	}{
		"anew":                 {law.RU, "О залах", "1) заголовок изложить в следующей редакции:\n«О читальных залах»;", "О читальных залах", "", 0},
		"words":                {law.RU, "О залах района", "в заголовке слово «залах» заменить словами «читальных залах».", "О читальных залах района", "", 0},
		"words added":          {law.RU, "О залах", "заголовок дополнить словами «и библиотеках».", "О залах и библиотеках", "", 0},
		"title and text":       {law.RU, "О зал", "в заголовке и по всему тексту слово «зал» заменить словом «дом».", "О дом", "", 0},
		"whole text alone":     {law.RU, "О открыт", "по всему тексту слово «открыт» заменить словом «закрыт».", "О открыт", "", 0},
		"not there":            {law.RU, "О залах", "в заголовке слово «дом» заменить словом «двор».", "О залах", "words_nowhere", 0},
		"an article's":         {law.RU, "О залах", "заголовок изложить в следующей редакции:\n«Статья 2. Дом».", "О залах", "no_article", 0},
		"no title":             {law.RU, "", "заголовок изложить в следующей редакции:\n«О домах».", "", "no_title", 0},
		"of the article above": {law.RU, "О залах", "1) в статье 1:\nзаголовок изложить в следующей редакции:\n«Статья 1. Дом».", "О залах", "", 0},
		"two want it":          {law.RU, "О залах", "1) заголовок изложить в следующей редакции:\n«О домах»;\n2) в заголовке слово «залах» исключить.", "О залах", "same_text", 1},
		"anew, kk":             {law.KK, "Залдар туралы", "1) тақырыбы мынадай редакцияда жазылсын:\n«Оқу залдары туралы»;", "Оқу залдары туралы", "", 0},
		"words, kk":            {law.KK, "Залдар туралы", "тақырыптағы «Залдар» деген сөз «Оқу залдары» деген сөздермен ауыстырылсын.", "Оқу залдары туралы", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			header := "Статья 1. Внести в Закон Республики Казахстан «О залах» следующие изменения:\n"
			if c.lang == law.KK {
				header = "1-бап. «Залдар туралы» Қазақстан Республикасының Заңына мынадай өзгерістер енгізілсін:\n"
			}
			a, err := Read(c.lang, linesOf(header+c.act))
			if err != nil {
				t.Fatal(err)
			}
			r := Apply(titledText(c.lang, c.title), a, "")
			if got := r.Outcomes[c.instruction].Reason.Code(); r.Title != c.want || got != c.code {
				t.Errorf("%q, %q, want %q, %q", r.Title, got, c.want, c.code)
			}
		})
	}
}

// TestTitleDays: the text of each day has the title of that day.
func TestTitleDays(t *testing.T) {
	a, err := Read(law.RU, linesOf(`Статья 1. Внести в Закон Республики Казахстан «О залах» следующие изменения:
1) заголовок изложить в следующей редакции:
«О домах»;
2) пункт 2 статьи 1 исключить.
Статья 2. Настоящий Закон вводится в действие с 1 января 2027 года, за исключением подпункта 1) статьи 1, который вводится в действие с 1 июля 2027 года.`))
	if err != nil {
		t.Fatal(err)
	}
	r := Apply(titledText(law.RU, "О залах"), a, "")
	if len(r.Editions) != 2 || r.Editions[0].Title != "О залах" || r.Editions[1].Title != "О домах" || r.Title != "О домах" {
		t.Errorf("%+v", r.Editions)
	}
}

// TestWriteTitle: another title is ordered, first of all, and nothing if only one of
// the texts has one.
func TestWriteTitle(t *testing.T) {
	for lang, c := range map[law.Lang][3]string{
		law.RU: {"О залах", "О читальных залах «Мектеп»", "заголовок изложить в следующей редакции:\n«О читальных залах «Мектеп»»."},
		law.KK: {"Залдар туралы", "Оқу залдары туралы", "тақырыбы мынадай редакцияда жазылсын:\n«Оқу залдары туралы»."},
	} {
		a := roundTrip(t, titledText(lang, c[0]), titledText(lang, c[1]))
		if len(a.Instructions) != 1 || len(a.Unexpressed) > 0 || !strings.Contains(a.Text(), c[2]) {
			t.Errorf("%v\n%s", a.Unexpressed, a.Text())
		}
		if _, err := Write(titledText(lang, c[0]), titledText(lang, ""), WriteOptions{}); err == nil {
			t.Error("a text without a title is no other text")
		}
		a, err := Write(titledText(lang, c[0]), titledText(lang, `О « " „ залах`), WriteOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Unexpressed) != 1 || a.Unexpressed[0].Address != "title" || a.Unexpressed[0].Reason.Code() != "unpaired_marks" {
			t.Errorf("%+v\n%s", a.Unexpressed, a.Text())
		}
	}
}
