package web_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// What differs between the editions of the sample is listed in its package
// comment; the page shows that and nothing else, in each language.
func TestCompareSample(t *testing.T) {
	s := sampled(t)
	for _, lang := range law.Langs {
		doc := s.page("/" + string(lang) + sampleCompare + "/" + string(lang))
		var got []string
		doc.Find("article.chg").Each(func(_ int, c *goquery.Selection) {
			id, _ := c.Attr("id")
			kind := strings.TrimPrefix(strings.Fields(c.AttrOr("class", ""))[1], "chg--")
			if c.HasClass("tech") {
				kind = "technical"
			}
			got = append(got, kind+" "+id)
		})
		want := []string{
			"inserted c-art_1__subpara_3-1", "edited c-art_4__para_2", "technical c-art_5__para_2",
			"deleted d-art_6__subpara_4", "inserted c-art_7-1", "inserted c-art_9__para_3-1", "moved c-art_16__para_4",
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: changes\n%s\nwant\n%s", lang, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if n := doc.Find(".chglist li").Length(); n != len(want) {
			t.Errorf("%s: %d in the list of changes, want %d", lang, n, len(want))
		}
		if n := doc.Find("#c-art_7-1 .chg__body p").Length(); n != 6 {
			t.Errorf("%s: the new article has %d lines, want 6", lang, n)
		}
		follow(t, s, doc, "main a[href]")
	}
}

func TestCompareViews(t *testing.T) {
	s := sampled(t)
	at := "/ru" + sampleCompare + "/ru"
	inline := s.page(at)
	p := inline.Find("#c-art_4__para_2 .chg__body")
	if got := text(p.Find("ins").First()); got != "[вставлено: , включая доступ в сеть Интернет,]" {
		t.Errorf("inserted words are spoken %q", got)
	}
	if got := text(p.Find("del").First()); got != "[исключено: по желанию]" {
		t.Errorf("deleted words are spoken %q", got)
	}
	const (
		old = "2. Основные услуги районной библиотеки оказываются бесплатно. Платные услуги оказываются по желанию читателя."
		new = "2. Основные услуги районной библиотеки, включая доступ в сеть Интернет, оказываются бесплатно. Платные услуги оказываются только по письменному заявлению читателя."
	)
	for view, want := range map[string]string{"before": old, "after": new} {
		body := s.page(at + "?view=" + view).Find("#c-art_4__para_2 .chg__body")
		body.Find(".vh").Remove()
		if got := text(body); bare(got) != bare(want) {
			t.Errorf("%s: %q", view, got)
		}
	}
	side := s.page(at + "?view=side")
	cols := side.Find("#c-art_4__para_2 .side__c")
	cols.Find(".vh, .side__l").Remove()
	if a, b := text(cols.Eq(0)), text(cols.Eq(1)); bare(a) != bare(old) || bare(b) != bare(new) {
		t.Errorf("side by side:\n%s\n%s", a, b)
	}
	for view, sel := range map[string]string{
		"side":   "#c-art_7-1 .side__c:first-child .side__none",
		"before": "#c-art_7-1 .side__none",
		"after":  "#d-art_6__subpara_4 .chg__body", // the line that stands for it
	} {
		if text(s.page(at+"?view="+view).Find(sel)) == "" {
			t.Errorf("%s: nothing says that there is no text", view)
		}
	}
	for _, view := range []string{"", "?view=side", "?view=before", "?view=after"} {
		doc := s.page(at + view)
		if n := doc.Find(`.tabs a[aria-current="page"]`).Length(); n != 1 {
			t.Errorf("%q: %d current tabs", view, n)
		}
		follow(t, s, doc, ".tabs a")
	}
	if s.get(at+"?view=x").Body.String() != s.get(at).Body.String() {
		t.Error("an unknown view is not the first one")
	}
}

func TestCompareMoved(t *testing.T) {
	doc := sampled(t).page("/ru" + sampleCompare + "/ru")
	gone := doc.Find(".gone a")
	if got, _ := gone.Attr("href"); got != "#c-art_16__para_4" {
		t.Errorf("the old place leads to %q", got)
	}
	if got := text(gone); got != "Здесь было: пункт 3 статьи 10. Теперь это пункт 4 статьи 16" {
		t.Errorf("the old place says %q", got)
	}
	if got := text(doc.Find(".trace")); !strings.Contains(got, "3. Исключен Законом РК") {
		t.Errorf("what stands there now: %q", got)
	}
	moved := doc.Find("#c-art_16__para_4")
	if got, _ := moved.Find(".chg__from a").Attr("href"); got != "#g-art_10__para_3" {
		t.Errorf("the new place leads back to %q", got)
	}
	if got := text(moved.Find(".chg__kind")); got != "перенесено" {
		t.Errorf("the new place says %q", got)
	}
}

func TestCompareNotes(t *testing.T) {
	doc := sampled(t).page("/ru" + sampleCompare + "/ru")
	notes := doc.Find("section[aria-labelledby=notes]")
	if notes.Find("details[open]").Length() != 0 || notes.Find(".entry").Length() == 0 {
		t.Error("changes of notes are not folded, or not there")
	}
	for _, id := range []string{"c-art_1__subpara_3-1", "c-art_7-1"} {
		if got := text(doc.Find(`[id="` + id + `"] .chg__mg dl`)); !strings.Contains(got, "№ 2-I (28.11.2025)") {
			t.Errorf("the basis of %s: %q", id, got)
		}
	}
}

func TestCompareFolds(t *testing.T) {
	s := sampled(t)
	doc := s.page("/ru" + sampleCompare + "/ru")
	folds := doc.Find(".cmp > details.fold")
	if folds.Length() == 0 || folds.Filter("[open]").Length() != 0 {
		t.Errorf("%d folds, %d open", folds.Length(), folds.Filter("[open]").Length())
	}
	if got := text(folds.First().Find("summary")); got != "7 положений без изменений · показать" {
		t.Errorf("first fold: %q", got)
	}
	follow(t, s, doc, ".fold a[href]")
}

func TestCompareNothing(t *testing.T) {
	s := sampled(t)
	same := s.page("/ru" + sampleAct + "/compare/2026-02-01...2026-02-01/ru")
	if got := text(same.Find(".empty")); !strings.Contains(got, "с ней самой") || same.Find(".chg").Length() != 0 {
		t.Errorf("an edition with itself: %q", got)
	}
	// another print of the same words is no change
	s.edition(sample.ActID, law.Enacted, "2026-03-01", law.RU, strings.ReplaceAll(sample.Markdown(law.RU, sample.Second), "сеть Интернет", "сеть\u00a0Интернет"))
	none := s.page("/kk" + sampleAct + "/compare/2026-02-01...2026-03-01/ru")
	if got := text(none.Find(".empty .lead")); got != "Бұл редакциялардың заң мәтінінде айырмашылық жоқ." {
		t.Errorf("equal editions: %q", got)
	}
}

func TestCompareBackwards(t *testing.T) {
	s := sampled(t)
	doc := s.page("/en" + sampleAct + "/compare/2026-02-01...2025-03-01/en")
	if got, _ := doc.Find(".callout:not(.sample) a").Attr("href"); got != "/en"+sampleCompare+"/en" {
		t.Errorf("the right way round is at %q", got)
	}
}

// Renumbered provisions in a row are one dim entry, and a real change among
// them stands on its own.
func TestCompareTechnicalRun(t *testing.T) {
	s := newSite(t)
	s.act(sample.Act())
	const head = "# Sample\n\n**Article 1. Duties of the library**\n\nThe library:\n\n"
	items := []string{"keeps the books of the district in good order", "lends books to every reader of the district", "opens a reading room on six days a week", "publishes its report once every year", "repairs what readers have damaged", "asks readers for their opinion on its hours"}
	list := func(items []string) string {
		var b strings.Builder
		b.WriteString(head)
		for i, it := range items {
			b.WriteString(string(rune('1'+i)) + ") " + it + ";\n\n")
		}
		return b.String()
	}
	s.edition(sample.ActID, law.Enacted, "2025-03-01", law.EN, list(items))
	s.edition(sample.ActID, law.Enacted, "2026-02-01", law.EN, list(append([]string{"registers new residents by telephone without any fee"}, items...)))
	doc := s.page("/en" + sampleCompare + "/en")
	if n := doc.Find(".chg").Length(); n != 2 {
		html, _ := doc.Find(".cmp").Html()
		t.Fatalf("%d entries, want the new item and one for the renumbered ones\n%s", n, html)
	}
	tech := doc.Find(".chg.tech")
	if got := text(tech.Find(".chg__kind").First()); got != "technical corrections: 6 provisions" || tech.Find("details.fold").Length() != 1 {
		t.Errorf("renumbered items: %q", got)
	}
	if got := text(doc.Find("h1 .nb")); got != "1 change" {
		t.Errorf("counted: %q", got)
	}
}

// A text is data: nothing in it becomes markup, script or a dangerous link.
func TestTextsAreNotMarkup(t *testing.T) {
	s := newSite(t)
	act := sample.Act()
	act.Titles = map[law.Lang]string{law.RU: `<img src=x onerror=alert(1)>"'`}
	s.act(act)
	const bad = "# <script>alert(1)</script>\n\n**Статья 1. </script><script>alert(2)</script>**\n\n1. <b onclick=x>слово</b> & «[ссылка](javascript:alert(3))» [дом](/rus/docs/Z1#z2).\n\n> *Сноска. <i>note</i> [link](data:text/html,x).*\n\n"
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, bad)
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, strings.Replace(bad, "слово", "<svg onload=alert(4)>", 1))
	for _, path := range []string{"", sampleAct, sampleFirst + "/ru", sampleCompare + "/ru", sampleCompare + "/ru?view=side"} {
		doc := s.page("/ru" + path)
		if n := doc.Find("main script, main img, main b[onclick], main i, [onclick], [onload], [onerror]").Not(".art__n i, .chg__n i, .ribbon__k i").Length(); n != 0 {
			html, _ := doc.Find("main").Html()
			t.Errorf("%s: %d live elements of a text\n%s", path, n, html)
		}
		doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			if href := a.AttrOr("href", ""); strings.HasPrefix(href, "javascript:") || strings.HasPrefix(href, "data:") {
				t.Errorf("%s: link to %q", path, href)
			}
		})
	}
	if got, _ := s.page("/ru" + sampleFirst + "/ru").Find("#art_1__para_1 p a").Attr("href"); got != "https://adilet.example/rus/docs/Z1#z2" {
		t.Errorf("a link of the source leads to %q", got)
	}
}

func TestMassMediaComparison(t *testing.T) {
	s := massMediaSite(t)
	for _, lang := range []string{"ru", "kk"} {
		for pair, want := range map[string][]string{
			"2024-06-19...2025-01-01": {"c-art_1__subpara_35"},
			"2025-01-01...2026-03-02": {"c-art_2__para_4", "c-art_14__para_7", "c-art_23__para_3", "c-art_25__para_1__subpara_3", "c-art_67__para_4"},
		} {
			doc := s.page("/" + lang + "/acts/Z2400000093/compare/" + pair + "/" + lang)
			var got []string
			doc.Find(".chg").Each(func(_ int, c *goquery.Selection) { got = append(got, c.AttrOr("id", "")) })
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%s %s: %v, want %v", lang, pair, got, want)
			}
			follow(t, s, doc, "main a[href]")
		}
	}
}

// massMediaProposed is the real law with a proposal: its last edition, as if it
// had been asked for, with one phrase worded otherwise.
func massMediaProposed(tb testing.TB) *site {
	tb.Helper()
	s := massMediaSite(tb)
	b, err := os.ReadFile("../../shared/lawdata/mass-media-law/2026-03-02.ru.md")
	if err != nil {
		tb.Fatal(err)
	}
	s.edition(massMedia, law.Proposed, "2025-12-29", law.RU, strings.Replace(string(b), "за счет бюджетных средств", "за счет средств республиканского бюджета", 1))
	return s
}

func TestMassMediaOutcome(t *testing.T) {
	s := massMediaProposed(t)
	doc := s.page("/ru/acts/Z2400000093/outcome/2024-06-19...proposed-2025-12-29...2026-03-02/ru")
	got := statusesOf(doc)
	if got["c-art_14__para_7"] != "adopted" || got["c-art_2__para_4"] != "adopted" || len(got) < 6 {
		t.Errorf("items %v", got)
	}
	if got := text(doc.Find("#c-art_14__para_7 .oitem__f dl")); !strings.Contains(got, "231-VIII") {
		t.Errorf("the act that brought it: %q", got)
	}
	follow(t, s, doc, "main a[href]")
}

func BenchmarkComparePage(b *testing.B) {
	for _, c := range []struct {
		name, path string
		site       func(testing.TB) *site
	}{
		{"sample", "/ru" + sampleCompare + "/ru", sampled},
		{"massmedia", "/ru/acts/Z2400000093/compare/2024-06-19...2026-03-02/ru", massMediaSite},
		{"massmedia-side", "/kk/acts/Z2400000093/compare/2024-06-19...2026-03-02/kk?view=side", massMediaSite},
		{"massmedia-edition", "/kk/acts/Z2400000093/2026-03-02/kk", massMediaSite},
		{"massmedia-home", "/ru", massMediaSite},
		{"massmedia-history", "/ru/acts/Z2400000093/at/art_1/ru", massMediaSite},
		{"code", "/ru" + sampleCompare + "/ru", codeSite},
		{"code-page-2", "/ru" + sampleCompare + "/ru?page=2", codeSite},
		{"massmedia-outcome", "/ru/acts/Z2400000093/outcome/2024-06-19...proposed-2025-12-29...2026-03-02/ru", massMediaProposed},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := c.site(b)
			for b.Loop() {
				if w := s.get(c.path, "Accept-Encoding", "gzip"); w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

// A renumbered article is not painted as changed.
func TestRibbonLeavesRenumberedAlone(t *testing.T) {
	doc := sampled(t).page("/ru" + sampleCompare + "/ru")
	var touched []string
	doc.Find(".ribbonbar a:not(.zone)").Each(func(_ int, a *goquery.Selection) { touched = append(touched, a.AttrOr("aria-label", "")) })
	if got, want := strings.Join(touched, ", "), "статья 1, статья 4, статья 6, статья 7-1, статья 9, статья 10, статья 16"; got != want {
		t.Errorf("touched: %s, want %s", got, want)
	}
}
