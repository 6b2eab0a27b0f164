package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// Two texts stand side by side by address, and every provision of both is there.
func TestParallelText(t *testing.T) {
	s := sampled(t)
	doc := s.page("/ru" + sampleSecond + "/ru+kk")
	for i, lang := range []law.Lang{law.RU, law.KK} {
		_, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(lang, sample.Second)))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range law.Build(lang, "", lines).Provisions {
			row := doc.Find(`.par[id="` + string(p.Address) + `"]`)
			cell := row.Find(".par__c").Eq(i)
			if got := row.Find(".par__n > span").First().Text() + cell.Text(); !strings.Contains(bare(got), bare(strings.TrimSpace(p.Text))) {
				t.Errorf("%s %s: %q, want %q", lang, p.Address, got, p.Text)
			}
			if got := cell.Children().AttrOr("lang", ""); got != string(lang) {
				t.Errorf("%s: marked %q", p.Address, got)
			}
		}
	}
	if n := doc.Find(".par__c--none").Length(); n != 0 {
		t.Errorf("%d provisions without counterpart", n)
	}
	follow(t, s, doc, "main a[href]")
	var twin struct {
		Rows []map[string]any `json:"rows"`
	}
	w := s.get("/ru" + sampleSecond + "/ru+kk.json")
	if err := json.Unmarshal(w.Body.Bytes(), &twin); err != nil || len(twin.Rows) != doc.Find(".par").Length() {
		t.Errorf("JSON: %v, %d rows", err, len(twin.Rows))
	}
}

// What one text lacks is told, and stands where it belongs.
func TestParallelMissing(t *testing.T) {
	s := sampled(t)
	const day = "2026-03-01"
	ru := sample.Markdown(law.RU, sample.Second)
	cut := strings.Index(ru, "**Статья 3.")
	end := strings.Index(ru, "**Статья 4.")
	s.edition(sample.ActID, law.Enacted, day, law.RU, ru[:cut]+ru[end:])
	s.edition(sample.ActID, law.Enacted, day, law.KK, sample.Markdown(law.KK, sample.Second))
	doc := s.page("/en" + sampleAct + "/" + day + "/ru+kk")
	row := doc.Find(".par[id=art_3]")
	if got := text(row.Find(".par__c").First()); got != "This text has nothing at this address." {
		t.Errorf("the missing article says %q", got)
	}
	if before := row.Prev().AttrOr("id", ""); !strings.HasPrefix(before, "art_2") {
		t.Errorf("it stands after %q", before)
	}
	for path, want := range map[string]int{
		"/ru" + sampleAct + "/" + day + "/ru+en": http.StatusNotFound, "/ru" + sampleSecond + "/ru+xx": http.StatusNotFound,
		"/ru" + sampleSecond + "/ru+ru": http.StatusFound, "/ru" + sampleCompare + "/ru+xx": http.StatusNotFound,
	} {
		if w := s.get(path); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

// A change of one text stands beside that of the other; a change of one text only
// is told beside the other's unchanged words.
func TestParallelComparison(t *testing.T) {
	s := sampled(t)
	doc := s.page("/kk" + sampleCompare + "/kk+ru")
	doc.Find(".chg--par").Each(func(_ int, c *goquery.Selection) {
		if n := c.Find(".side__c").Length(); n != 2 || c.Find(".side__none").Length() != 0 {
			t.Errorf("%s: %d columns: %s", c.AttrOr("id", ""), n, text(c))
		}
	})
	if n := doc.Find(".chg--par").Length(); n != 6 {
		t.Errorf("%d changes, want 6", n)
	}
	follow(t, s, doc, "main a[href]")
	s.edition(sample.ActID, law.Enacted, "2026-03-01", law.KK, sample.Markdown(law.KK, sample.Second))
	s.edition(sample.ActID, law.Enacted, "2026-03-01", law.RU, strings.Replace(sample.Markdown(law.RU, sample.Second), "оказываются бесплатно", "оказываются даром", 1))
	lone := s.page("/ru" + sampleAct + "/compare/2026-02-01...2026-03-01/ru+kk").Find(".chg--par")
	if lone.Length() != 1 || text(lone.Find(".side__none")) != "В этом тексте изменения нет:" || !strings.Contains(lone.Find(".side__c").Eq(1).Text(), "тегін көрсетіледі") {
		t.Errorf("a change of one language: %q", text(lone))
	}
}

// The address printed on paper leads to the page it was printed from.
func TestShortAddresses(t *testing.T) {
	s := sampled(t)
	for path, short := range map[string]string{
		sampleCompare + "/ru": "/Z9900000001/2025-03-01...2026-02-01/ru", sampleSecond + "/kk+ru": "/Z9900000001/2026-02-01/kk+ru",
	} {
		if head := s.page("/ru" + path).Find(".print-head").Text(); !strings.Contains(head, "/ru"+short+" ") {
			t.Errorf("%s prints %q", path, head)
		}
		if w := s.get("/ru" + short); w.Code != http.StatusFound || w.Header().Get("Location") != "/ru"+path {
			t.Errorf("%s leads to %q", short, w.Header().Get("Location"))
		}
	}
	s.pageWith(http.StatusNotFound, "/ru/no-act/2026-02-01/ru")
}

// The style guide holds every component, says that its texts are samples, and
// leads nowhere that is not.
func TestStyleguide(t *testing.T) {
	s := newSite(t)
	for _, lang := range law.Langs {
		doc := s.page("/" + string(lang) + "/styleguide")
		for _, part := range []string{
			"header.mast", ".crumbs", ".sample", ".prov", ".chg--edited ins", ".chg--edited del", ".chg--inserted", ".chg--deleted", ".chg--moved", ".chg.tech",
			".side", ".par__c--none", ".oitem", ".tl li", ".points input[type=radio]", ".paper", ".field--err .err", ".t--stack", ".tabs a", ".pager a", ".callout", ".empty", ".ribbon svg", ".fold",
		} {
			if doc.Find(part).Length() == 0 {
				t.Errorf("%s: no %s", lang, part)
			}
		}
		follow(t, s, doc, "main a[href^='#'], main nav a[href]")
		seen := map[string]bool{}
		doc.Find("[id]").Each(func(_ int, e *goquery.Selection) {
			if id := e.AttrOr("id", ""); seen[id] {
				t.Errorf("%s: two places %q", lang, id)
			} else {
				seen[id] = true
			}
		})
		if n := s.page("/" + string(lang) + "/glossary").Find("tbody tr").Length(); n < 20 {
			t.Errorf("%s: %d terms", lang, n)
		}
	}
	if w := s.get("/styleguide", "Accept-Language", "ru"); w.Header().Get("Location") != "/ru/styleguide" {
		t.Errorf("/styleguide leads to %q", w.Header().Get("Location"))
	}
}
