package web_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// workshop is a made-up law in two editions: an article came in, one went, one
// moved with its words changed, and citations lag behind.
func workshop(tb testing.TB) *site {
	tb.Helper()
	s := newSite(tb)
	s.act(sample.Act())
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, workshopOld)
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, workshopNew)
	return s
}

const workshopOld = `# О дворовых мастерских (образец)

**Статья 1. Основные правила**

1. Мастерская открывается для всех жителей двора каждый будний день до позднего вечера.

2. Взнос за пользование станками определяется по правилам пункта 2 статьи 3 настоящего Закона.

3. Отказ в записи по основаниям, указанным в статье 5 настоящего Закона, дается в письменной форме.

4. Инструмент выдается под расписку в порядке, установленном пунктом 1 статьи 2 настоящего Закона.

**Статья 2. Выдача инструмента**

1. Инструмент выдается совершеннолетнему жителю двора на срок до трех дней.

2. Сломанный инструмент возвращается заведующему мастерской с объяснением причины поломки.

**Статья 3. Взносы жителей**

1. Взносы собираются один раз в год после общего собрания жителей двора.

2. Размер взноса не превышает одного месячного расчетного показателя.

**Статья 4. Заведующий мастерской**

1. Заведующий избирается общим собранием жителей двора сроком на два года.

2. Заведующий ведет журнал выдачи и отвечает за сохранность станков.

**Статья 5. Отказ в записи**

1. В записи отказывают тому, кто дважды не вернул инструмент в срок.

**Статья 6. Собрание жителей**

1. Собрание созывается заведующим, обязанности которого названы в пункте 2 статьи 4 настоящего Закона.

2. Собрание правомочно, если на нем присутствует не менее половины жителей двора, записанных в мастерскую.

3. Решения собрания оформляются протоколом и вывешиваются у входа в мастерскую не позднее следующего дня.
`

const workshopNew = `# О дворовых мастерских (образец)

**Статья 1. Основные правила**

1. Мастерская открывается для всех жителей двора каждый будний день до позднего вечера.

2. Взнос за пользование станками определяется по правилам пункта 2 статьи 3 настоящего Закона.

3. Отказ в записи по основаниям, указанным в статье 5 настоящего Закона, дается в письменной форме.

4. Инструмент выдается под расписку в порядке, установленном пунктом 1 статьи 2 настоящего Закона.

**Статья 2. Выдача инструмента**

1. Инструмент выдается совершеннолетнему жителю двора на срок до пяти рабочих дней.

2. Сломанный инструмент возвращается заведующему мастерской с объяснением причины поломки.

**Статья 3. Запись в мастерскую**

1. Запись ведется по телефону и в приложении, как установлено статьей 12 настоящего Закона.

**Статья 4. Взносы жителей**

1. Взносы собираются один раз в год после общего собрания жителей двора.

2. Размер взноса не превышает одного месячного расчетного показателя.

**Статья 5. Собрание жителей**

1. Собрание созывается заведующим, обязанности которого названы в пункте 2 статьи 4 настоящего Закона.

2. Собрание правомочно, если на нем присутствует не менее половины жителей двора, записанных в мастерскую.

3. Решения собрания оформляются протоколом и вывешиваются у входа в мастерскую не позднее следующего дня.

**Статья 6. Заведующий мастерской**

1. Заведующий избирается общим собранием жителей двора сроком на три года.

2. Заведующий ведет журнал выдачи и отвечает за сохранность станков.

3. Заведующий отчитывается перед собранием жителей каждую весну.
`

// The panel of references says of each citation what it says, where, what it
// meant, what that became, and leads there.
func TestCompareReferences(t *testing.T) {
	s := workshop(t)
	doc := s.page("/ru" + sampleCompare + "/ru")
	panel := doc.Find("details#refs")
	if got := text(panel.Find("summary")); got != "5 ссылок внутри закона требуют проверки" {
		t.Errorf("summary %q", got)
	}
	var got []string
	panel.Find("h2").Each(func(_ int, h *goquery.Selection) {
		got = append(got, "# "+text(h))
		h.Next().Find("li").Each(func(_ int, li *goquery.Selection) {
			got = append(got, text(li.Find(".entry__k"))+" | "+text(li.Find(".cited"))+" | "+text(li.Find(".small")))
		})
	})
	want := []string{
		"# Положение исключено 1",
		"пункт 3 статьи 1 | статье 5 | Имелось в виду: статья 5 · показать изменение",
		"# Такого положения в новом тексте нет 1",
		"пункт 1 статьи 3 | статьей 12 | ",
		"# Положение перенесено 1",
		"пункт 1 статьи 5 | пункте 2 статьи 4 | Имелось в виду: пункт 2 статьи 4; теперь это: пункт 2 статьи 6 · показать изменение",
		"# У положения другой номер 1",
		"пункт 2 статьи 1 | пункта 2 статьи 3 | Имелось в виду: пункт 2 статьи 3; теперь это: пункт 2 статьи 4",
		"# Текст положения изменён 1",
		"пункт 4 статьи 1 | пунктом 1 статьи 2 | Указывает на: пункт 1 статьи 2 · показать изменение",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("references\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := text(panel.Find("li p[lang=ru]").First()); got != "Отказ в записи по основаниям, указанным в статье 5 настоящего Закона, дается в письменной форме." {
		t.Errorf("the words around it: %q", got)
	}
	follow(t, s, doc, "#refs a[href]")
	follow(t, s, s.page("/kk"+sampleCompare+"/ru?technical=hide"), "main a[href]")
	if n := sampled(t).page("/ru" + sampleCompare + "/ru").Find("#refs").Length(); n != 0 {
		t.Error("a panel of references where none is to be checked")
	}
}

// What is not certain is said to be so.
func TestCompareReferenceInDoubt(t *testing.T) {
	s := newSite(t)
	s.act(sample.Act())
	const text1 = "# Образец\n\n**Статья 1. Учет**\n\n1. Учет ведется в журнале установленной формы.\n\n2. Журнал хранится у заведующего три года.\n\n"
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, text1)
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, text1+"3. Порядок, указанный в статье 7, применяется ко всем записям.\n\n")
	doubt := s.page("/ru" + sampleCompare + "/ru").Find("#refs .refs__d")
	if got := text(doubt); got != "Под сомнением: акт в ссылке не назван, она может относиться к другому акту" {
		t.Errorf("doubt %q", got)
	}
}

func TestCompareProvenance(t *testing.T) {
	doc := workshop(t).page("/ru" + sampleCompare + "/ru")
	if got := text(doc.Find("#norms li")); got != "11 норм сохранено2 нормы изменены2 новые нормы" {
		t.Errorf("norms %q", got)
	}
	if doc.Find(".overhalf").Length() != 0 {
		t.Error("alarm without cause")
	}
	s := newSite(t)
	s.act(sample.Act())
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, workshopOld)
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, workshopOld+
		"\n**Статья 7. Ярмарка**\n\n"+strings.Repeat("Ярмарка изделий проводится весной и осенью, а правила торговли, места, часы работы и порядок расчетов утверждает общее собрание всех жителей окрестных дворов. ", 18)+"\n\n")
	for ui, want := range map[string]string{"ru": "больше половины текста", "kk": "жартысынан көбі", "en": "More than half"} {
		alarm := text(s.page("/" + ui + sampleCompare + "/ru").Find(".overhalf"))
		if !strings.Contains(alarm, want) || !strings.Contains(alarm, "26") {
			t.Errorf("%s: alarm %q", ui, alarm)
		}
	}
}

// An article that moved and was edited is one entry; its old and new place lead
// to each other.
func TestCompareMovedAndEdited(t *testing.T) {
	s := workshop(t)
	doc := s.page("/ru" + sampleCompare + "/ru")
	e := doc.Find("#c-art_6")
	if got := text(e.Find(".chg__kind")); got != "измененоперенесено4 положения" {
		t.Errorf("says %q", got)
	}
	if doc.Find(".chg.chg--moved").Length() != 1 || e.Find(".chg__body p").Length() != 4 || e.Find("ins").Length() == 0 {
		html, _ := e.Html()
		t.Errorf("not one entry with its changes: %s", html)
	}
	if got := e.Find(".chg__from a").AttrOr("href", ""); got != "#g-art_4" {
		t.Errorf("leads back to %q", got)
	}
	if got := doc.Find("#g-art_4 a").AttrOr("href", ""); got != "#c-art_6" {
		t.Errorf("the old place leads to %q", got)
	}
}

// Technical changes can be hidden by a link; nothing is lost, and the choice
// goes along to other views and languages.
func TestCompareHidesTechnical(t *testing.T) {
	s := sampled(t)
	at := "/ru" + sampleCompare + "/ru"
	shown := s.page(at)
	link := shown.Find(".techsw a")
	if got := text(link); got != "Скрыть 1 техническую правку" {
		t.Errorf("the switch says %q", got)
	}
	hidden := s.page(link.AttrOr("href", ""))
	if hidden.Find(".chg.tech").Length() != 0 || hidden.Find(".chg").Length() != shown.Find(".chg").Length()-1 {
		t.Error("technical changes are not hidden")
	}
	fold := hidden.Find(".cmp > .fold").FilterFunction(func(_ int, f *goquery.Selection) bool {
		return strings.Contains(text(f.Find("summary")), "скрыта 1 техническая правка")
	})
	if fold.Length() != 1 || !strings.Contains(text(fold), "как это предусмотрено правилами") {
		t.Errorf("%d folds tell of it: %s", fold.Length(), text(fold))
	}
	if got, want := text(hidden.Find("h1")), text(shown.Find("h1")); got != want {
		t.Errorf("counted %q, want %q", got, want)
	}
	for _, a := range hidden.Find(".tabs a, .langs a").EachIter() {
		if href := a.AttrOr("href", ""); !strings.Contains(href, "technical=hide") {
			t.Errorf("the choice is lost at %s", href)
		}
	}
	if got := hidden.Find(".techsw a").AttrOr("href", ""); got != at {
		t.Errorf("shown again at %q", got)
	}
	follow(t, s, hidden, "main a[href]")
}

func TestCompareWarns(t *testing.T) {
	s := newSite(t)
	s.act(sample.Act())
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, workshopOld)
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, "# Иное\n\n**Статья 1. Пчелы**\n\n1. Пасека размещается вдали от дорог.\n\n")
	doc := s.page("/ru" + sampleCompare + "/ru")
	if got := text(doc.Find(".warning")); !strings.Contains(got, "разные акты") {
		t.Errorf("warning %q", got)
	}
	if doc.Find(".overhalf").Length() != 0 {
		t.Error("two acts are no half-changed one")
	}
}
