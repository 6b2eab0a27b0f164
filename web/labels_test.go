package web_test

import (
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

const (
	repeated = "# Образец\n\n**Статья 1. Часы работы**\n\n1. Мастерская открыта по будням с девяти часов.\n\n1. Мастерская закрыта в дни общего собрания жителей двора.\n\n"
	fees     = "**Приложение**\n\n| Инструмент | Взнос |\n| --- | --- |\n| Рубанок | 1 показатель |\n| Станок | 2 показателя |\n"
)

// Units that share a number are told apart wherever they are cited, and a row of
// a table is cited as one.
func TestLabels(t *testing.T) {
	s := newSite(t)
	s.act(sample.Act())
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, repeated+fees)
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU,
		"# Образец\n\n**Статья 1. Часы работы**\n\n1. Мастерская открыта по будням с девяти часов.\n\n1. Мастерская закрыта в дни собрания всех жителей двора.\n\n"+
			"**Приложение**\n\n| Инструмент | Взнос |\n| --- | --- |\n| Рубанок | 1 показатель |\n| Станок | 3 показателя |\n")
	for ui, want := range map[string][2]string{
		"ru": {"Статья 1, пункт 1 (повтор 2)", "строка 3 таблицы приложения"},
		"kk": {"1-бап, 1-тармақ (2-қайталануы)", "қосымша кестесінің 3-жолы"},
		"en": {"Article 1, Paragraph 1 (repeat 2)", "Annex, row 3"},
	} {
		doc := s.page("/" + ui + sampleCompare + "/ru")
		var got []string
		doc.Find(".chg__cite").Each(func(_ int, c *goquery.Selection) { got = append(got, text(c)) })
		if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%s: %q, want %q", ui, got, want)
		}
		follow(t, s, doc, "main a[href]")
	}
	doc := s.page("/ru" + sampleSecond + "/ru")
	if got := text(doc.Find(`[id="art_1__para_1~2"] .prov__n .vh`)); got != "пункт 1 статьи 1 (повтор 2)" {
		t.Errorf("the text says %q", got)
	}
	if n := doc.Find("table.t tr").Length(); n != 3 {
		t.Errorf("%d rows", n)
	}
}
