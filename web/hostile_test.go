package web_test

import (
	"bytes"
	"encoding/json"
	"html"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
)

// A law whose title and words were written to do harm is shown in what others
// put into their pages, and does none.
func TestHostileTextIsHarmlessElsewhere(t *testing.T) {
	const (
		id      = law.ActID("Z9900000666")
		path    = "/acts/Z9900000666"
		compare = path + "/compare/2025-01-01...2025-02-01/ru"
	)
	script := `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'`
	bidi := "\u202ecod\u2066.exe\u2069\u202c\u200f"
	word := strings.Repeat("Ы", 10_000)
	s := newSite(t)
	s.act(law.Act{ID: id, Titles: map[law.Lang]string{law.RU: "О " + script + bidi + word}, Requisites: map[law.Lang]string{law.RU: script + bidi}})
	text := "# Закон\n\n**Статья 1. Слова**\n\n1. Первое.\n\n2. Слова %s остаются."
	s.edition(id, law.Enacted, "2025-01-01", law.RU, strings.Replace(text, "%s", "прежние", 1))
	s.edition(id, law.Enacted, "2025-02-01", law.RU, strings.Replace(text, "%s", script+bidi+" "+word, 1))

	harmless := func(where, body string) {
		t.Helper()
		if strings.ContainsAny(body, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f") {
			t.Errorf("%s turns the direction of writing", where)
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if doc.Find("script:not([src]):not([type='application/ld+json']), img, [onerror]").Length() != 0 {
			t.Errorf("%s: words became markup", where)
		}
	}
	w := s.get("/ru/embed" + compare)
	harmless("card", w.Body.String())
	if !strings.Contains(w.Body.String(), "alert(1)") {
		t.Error("the card does not show the words")
	}
	for _, feed := range []string{"/ru/feed.atom", "/ru" + path + "/feed.atom", "/ru" + path + "/at/art_1__para_2/ru/feed.atom"} {
		f := s.feed(feed)
		harmless(feed, html.EscapeString(f.Title)) // a text construct: what reads it shows it as it is
		for _, e := range f.Entries {
			harmless(feed, html.EscapeString(e.Title))
			harmless(feed, e.Content.Body)
		}
	}
	for _, page := range []string{"/ru" + path, "/ru" + compare, "/ru" + path + "/2025-02-01/ru", "/ru" + path + "/at/art_1__para_2/ru"} {
		doc := s.page(page)
		if doc.Find("script:not([src]):not([type='application/ld+json']), [onerror]").Length() != 0 {
			t.Errorf("%s: words became markup", page)
		}
		var v map[string]any
		block := doc.Find(`script[type="application/ld+json"]`).Text()
		if err := json.Unmarshal([]byte(block), &v); err != nil {
			t.Errorf("%s: %v", page, err)
		}
		harmless(page+" linked data", block)
		picture := s.get(page + ".png")
		if config, err := png.DecodeConfig(bytes.NewReader(picture.Body.Bytes())); err != nil || config.Width != 1200 {
			t.Errorf("%s.png: %v", page, err)
		}
	}
	var v map[string]any
	if err := json.Unmarshal(s.get("/oembed?url="+url.QueryEscape(origin+"/ru"+compare)).Body.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	harmless("oEmbed", v["html"].(string))
	frame, err := goquery.NewDocumentFromReader(strings.NewReader(v["html"].(string)))
	if err != nil || frame.Find("body > *").Length() != 1 {
		t.Errorf("oEmbed: %v", v["html"])
	}
}

// Without a configured origin the host of the request serves, if it is one.
func TestOriginOfTheRequest(t *testing.T) {
	s := sampled(t)
	h, err := web.New(web.Config{Store: s.store, Now: today, Funder: map[law.Lang]string{law.RU: "При поддержке <Фонда>"}})
	if err != nil {
		t.Fatal(err)
	}
	get := func(path, host string) (*httptest.ResponseRecorder, *goquery.Document) {
		t.Helper()
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		return w, doc
	}
	for host, want := range map[string]string{
		"127.0.0.1:8080": "http://127.0.0.1:8080", "law.example": "http://law.example", "[::1]:80": "http://[::1]:80",
		`evil"><script>`: "", "a b": "", "x/y": "", "": "", "-bad.example": "", "user@x": "", "x:port": "",
	} {
		w, doc := get("/ru"+sampleAct, host)
		image := doc.Find(`meta[property="og:image"]`).AttrOr("content", "")
		if w.Code != http.StatusOK || image != want+"/ru"+sampleAct+".png" {
			t.Errorf("host %q: %d, picture %q", host, w.Code, image)
		}
		if want == "" && host != "" && strings.Contains(w.Body.String(), host) {
			t.Errorf("host %q stands on the page", host)
		}
		robots, _ := get("/robots.txt", host)
		if strings.Contains(robots.Body.String(), "Sitemap:") != (want != "") {
			t.Errorf("host %q: %q", host, robots.Body)
		}
	}
	for path, n := range map[string]int{"/ru": 1, "/ru" + sampleCompare + "/ru": 1, "/ru/embed" + sampleCompare + "/ru": 1, "/kk": 0} {
		if _, doc := get(path, "law.example"); doc.Find("footer .funder").Length() != n || n == 1 && text(doc.Find(".funder")) != "При поддержке <Фонда>" {
			t.Errorf("%s: funder %q", path, text(doc.Find(".funder")))
		}
	}
}
