package sample_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"github.com/temoto/robotstxt"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

var pathOf = map[law.Lang]string{law.KK: "kaz", law.RU: "rus", law.EN: "eng"}

func get(t *testing.T, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	sample.Site().ServeHTTP(w, r)
	return w
}

func getPage(t *testing.T, path string) *goquery.Document {
	t.Helper()
	w := get(t, path)
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s: %d", path, w.Code)
	}
	d, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSiteMarkup(t *testing.T) {
	const docs = "/rus/docs/Z9900000001"
	first, current := docs+"/01.03.2025", docs
	for _, c := range []struct {
		path, selector string
		count          int    // how many are found
		text           string // of the first, blanks folded
	}{
		{current, "#container.lang_rus .slogan h1", 1, "О районных библиотеках и читальных залах (образец)"},
		{current, ".slogan span.status.status_upd", 1, "Обновленный"},
		{current, ".slogan p", 1, "Закон Республики Казахстан (образец) от 1 марта 2025 года № 1-I ЗРК."},
		{current, "#menu li.selected", 1, "РУС"},
		{current, "div.container_gamma.text.text_upd > div.gs_12 > article", 1, ""},
		{current, ".text_arc", 0, ""},
		{first, ".container_gamma.text_upd.text_arc article", 1, ""},
		{first, ".slogan span.status_new", 1, "Новый"},
		// Chapters; the fourth is in bold, as one chapter of the Labour Code.
		{current, "article > h3[id]", 3, "Глава 1. ОБЩИЕ ПОЛОЖЕНИЯ"},
		{current, "article > h3:not([id])", 1, "Приложение к настоящему Закону"},
		{current, "article p > b > a[name]", 22, ""},
		{current, `article a[name="z1"]`, 1, ""},
		{first, "article p > b > a[name]", 21, ""},
		{current, "article p > b:not(:has(a))", 2, "Президент Республики Казахстан"},
		// Anchors are those of the first edition; what came later has its own.
		{first, "#z903", 1, "3. Редкая книга – достояние всего района, и она выдается только в читальном зале."},
		{current, "#z903", 1, "3. Редкая книга - достояние всего района, и она выдается только в читальном зале."},
		{current, "#z953", 1, "3-1. Районная библиотека вправе переводить редкие книги в цифровую форму и открывать к ним доступ в читальном зале."},
		{current, `article a[name="z57"]`, 1, ""},
		// Notes stand in no paragraph, their links in no span.
		{current, "article > span.note", 15, ""},
		{current, "article p span.note", 0, ""},
		{current, "article span.note a", 0, ""},
		{current, `article > a[href^="/rus/docs/Z9900000002#z"]`, 6, "№ 2-I"},
		{current, `article p > a[href^="/rus/docs/Z9900000002#z"]`, 2, "№ 2-I"},
		// A planned change: the notice takes the anchor of the paragraph.
		{current, `article > font[color="#FF0000"]`, 2, "Примечание ИЗПИ!"},
		{current, `font > a[name="z1802"]`, 1, ""},
		{current, "#z1802", 0, ""},
		{current, `font > a[href="/rus/docs/Z9900000003#z7"]`, 1, "№ 3-I"},
		{current, `article > p:first-child > font`, 1, "Вниманию пользователей!"},
		{current, "article table tr", 4, "Число жителей районаЧисло мест в читальном залеИз них для детей"},
		{current, "article table td > p", 12, ""},
		{docs + "/history", "table#ethernatable tbody tr", 2, ""},
		{docs + "/history", `tr:nth-child(1) a[href="/rus/docs/Z9900000001/01.03.2025"]`, 1, ""},
		{docs + "/history", `tr:nth-child(2) a[href="/rus/docs/Z9900000001"]`, 1, "О внесении изменений и дополнений в Закон Республики Казахстан «О районных библиотеках и читальных залах (образец)» (образец)"},
		{docs + "/history", "tr:nth-child(2) td:nth-child(5)", 1, "01.02.2026"},
		{docs + "/info", "#ethernatable tr:nth-child(3) td:nth-child(2)", 1, "03.03.2025"},
		{"/rus/docs/Z9900000002/info", "#ethernatable tr:nth-child(3) td:nth-child(2)", 1, "02.12.2025"},
		{"/kaz/docs/Z9900000001", "#menu li.selected", 1, "ҚАЗ"},
		{"/eng/docs/Z9900000001", "article > h3[id]", 4, "Chapter 1. GENERAL PROVISIONS"},
	} {
		t.Run(c.path+" "+c.selector, func(t *testing.T) {
			found := getPage(t, c.path).Find(c.selector)
			if found.Length() != c.count {
				t.Fatalf("%d found, want %d", found.Length(), c.count)
			}
			if got := law.Squeeze(found.First().Text()); c.text != "" && got != c.text {
				t.Errorf("text %q, want %q", got, c.text)
			}
		})
	}
}

// Every letter of the Markdown stands on its page, in its order.
func TestPageHoldsTheWholeText(t *testing.T) {
	for _, lang := range law.Langs {
		for date, tab := range map[law.Date]string{sample.First: "/01.03.2025", sample.Second: ""} {
			_, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(lang, date)))
			if err != nil {
				t.Fatal(err)
			}
			var want strings.Builder
			for _, l := range lines {
				text := l.Text
				if l.Mark == law.TableMark {
					text = strings.ReplaceAll(text, " | ", "")
				}
				want.WriteString(text)
			}
			page := getPage(t, "/"+pathOf[lang]+"/docs/Z9900000001"+tab).Find("article").Text()
			if d := cmp.Diff(letters(want.String()), letters(page)); d != "" {
				t.Errorf("%s %s (-Markdown +page):\n%s", date, lang, d)
			}
		}
	}
}

func letters(s string) string { return strings.ReplaceAll(law.Squeeze(s), " ", "") }

func TestSecondFetchIsNotModified(t *testing.T) {
	for _, path := range []string{"/kaz/docs/Z9900000001", "/rus/docs/Z9900000001/history", "/rus/docs/Z9900000002/info", "/robots.txt"} {
		w := get(t, path)
		etag, changed := w.Header().Get("ETag"), w.Header().Get("Last-Modified")
		if w.Code != http.StatusOK || etag == "" || changed == "" {
			t.Fatalf("GET %s: %d, ETag %q, Last-Modified %q", path, w.Code, etag, changed)
		}
		for _, again := range []*httptest.ResponseRecorder{
			get(t, path, "If-None-Match", etag), get(t, path, "If-Modified-Since", changed),
		} {
			if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
				t.Errorf("GET %s again: %d with %d bytes, want 304 with none", path, again.Code, again.Body.Len())
			}
		}
		if w := get(t, path, "If-None-Match", `"other"`); w.Code != http.StatusOK {
			t.Errorf("GET %s with another ETag: %d, want 200", path, w.Code)
		}
	}
}

func TestMissingPages(t *testing.T) {
	for _, path := range []string{
		"/", "/rus/docs/Z9900000001/01.02.2026", "/rus/docs/Z9900000003/info",
		"/kaz/docs/Z9900000001/info", "/rus/docs/Z2400000093", "/rus/docs/Z9900000001/01.09.2026",
	} {
		if w := get(t, path); w.Code != http.StatusNotFound {
			t.Errorf("GET %s: %d, want 404", path, w.Code)
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/rus/docs/Z9900000001", nil)
	w := httptest.NewRecorder()
	sample.Site().ServeHTTP(w, r)
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d, want 405", w.Code)
	}
}

func TestRobots(t *testing.T) {
	robots, err := robotstxt.FromBytes(get(t, "/robots.txt").Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	group := robots.FindGroup("tuzetu")
	if d := group.CrawlDelay; d <= 0 || d.Seconds() > 0.1 {
		t.Errorf("Crawl-delay %v, want a short one", d)
	}
	if !group.Test("/rus/docs/Z9900000001") || group.Test("/rus/search/docs") {
		t.Error("acts must be allowed and search disallowed")
	}
}
