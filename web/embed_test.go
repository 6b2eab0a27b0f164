package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

func TestCardsAreFramedAndNothingElse(t *testing.T) {
	s := sampled(t)
	for _, path := range []string{
		"/ru/embed" + sampleCompare + "/ru", "/ru/embed" + sampleCompare + "/ru" + sampleChange, "/kk/embed" + sampleUnit + "/kk", "/en/embed" + sampleOutcome + "/ru",
	} {
		s.get(path) // the second answer is a kept one
		w := s.get(path, "Cookie", "lang=en", "Origin", "https://news.example")
		h := w.Header()
		if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors *") || strings.Contains(csp, "script-src") || strings.Contains(csp, "unsafe") || !strings.HasPrefix(csp, "default-src 'none'") {
			t.Errorf("%s: %q", path, csp)
		}
		if w.Code != http.StatusOK || h.Get("X-Frame-Options") != "" || h.Get("Set-Cookie") != "" || strings.Contains(h.Get("Vary"), "Cookie") {
			t.Errorf("%s: %d %v", path, w.Code, h)
		}
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if doc.Find("script, [style], style, form, img").Length() != 0 {
			t.Errorf("%s holds more than words", path)
		}
		doc.Find("a").Each(func(_ int, a *goquery.Selection) {
			if a.AttrOr("target", "") != "_top" || a.AttrOr("rel", "") != "noopener" || !strings.HasPrefix(a.AttrOr("href", ""), "https://") {
				t.Errorf("%s: link %v", path, a.Nodes[0].Attr)
			}
		})
		if text(doc.Find("h1")) == "" || text(doc.Find("header")) == "" || doc.Find("ins:not(.wm ins), del").Length() == 0 || !strings.Contains(text(doc.Find(".wm")), "Түзету") {
			t.Errorf("%s shows too little: %q", path, text(doc.Find("body")))
		}
		css := doc.Find("link[rel=stylesheet]").AttrOr("href", "")
		if sheet := s.get(css); sheet.Code != http.StatusOK || sheet.Body.Len() > 8<<10 || strings.Contains(sheet.Body.String(), "url(fonts/") {
			t.Errorf("%s: style sheet %s: %d, %d bytes", path, css, sheet.Code, sheet.Body.Len())
		}
	}
	for _, path := range append(shared(), "/ru/embed"+sampleCompare+"/ru?change=nothing", "/ru/embed/acts/Z0000000000/compare/2025-03-01...2026-02-01/ru", "/oembed?url=x", "/ru/feed.atom", "/sitemap.xml") {
		h := s.get(path).Header()
		if !strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'") || h.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s can be framed: %v", path, h)
		}
	}
}

func TestCardShowsTheChange(t *testing.T) {
	s := sampled(t)
	doc := s.page("/ru/embed" + sampleCompare + "/ru" + sampleChange)
	if got := text(doc.Find("h1")); got != "Пункт 2 статьи 4" {
		t.Errorf("heading %q", got)
	}
	if got := text(doc.Find(".when")); got != "с 01.03.2025 по 01.02.2026" && !strings.Contains(got, "01.03.2025") {
		t.Errorf("dates %q", got)
	}
	if n := doc.Find("section").Length(); n != 1 {
		t.Errorf("%d changes, want one", n)
	}
	if got := doc.Find("footer a").First().AttrOr("href", ""); got != origin+"/ru"+sampleCompare+"/ru"+sampleChange {
		t.Errorf("leads to %q", got)
	}
	all := s.page("/ru/embed" + sampleCompare + "/ru")
	if n := all.Find("section").Length(); n != 3 || text(all.Find(".left")) != "Ещё 3 изменения" {
		t.Errorf("%d changes, then %q", n, text(all.Find(".left")))
	}
}

func TestOEmbed(t *testing.T) {
	s := sampled(t)
	ask := func(values url.Values) (int, map[string]any) {
		t.Helper()
		w := s.get("/oembed?" + values.Encode())
		var v map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil && w.Code == http.StatusOK {
			t.Fatal(err)
		}
		if w.Code == http.StatusOK && w.Header().Get("Content-Type") != "application/json; charset=utf-8" {
			t.Errorf("type %q", w.Header().Get("Content-Type"))
		}
		return w.Code, v
	}
	for page, card := range map[string]string{
		"/ru" + sampleCompare + "/ru":                      "/ru/embed" + sampleCompare + "/ru",
		"/ru" + sampleCompare + "/ru" + sampleChange:       "/ru/embed" + sampleCompare + "/ru" + sampleChange,
		"/ru/embed" + sampleCompare + "/kk" + sampleChange: "/ru/embed" + sampleCompare + "/kk" + sampleChange,
		"/kk" + sampleUnit + "/ru":                         "/kk/embed" + sampleUnit + "/ru",
		"/kk" + sampleUnit + "/ru?edition=2025-03-01":      "/kk/embed" + sampleUnit + "/ru?edition=2025-03-01",
		"/en" + sampleOutcome + "/en":                      "/en/embed" + sampleOutcome + "/en",
		"/en" + sampleAct:                                  "/en/embed" + sampleCompare + "/en",
		"/en" + sampleAct + "?utm_source=x":                "/en/embed" + sampleCompare + "/en",
	} {
		code, v := ask(url.Values{"url": {origin + page}})
		html, _ := v["html"].(string)
		if code != http.StatusOK || v["type"] != "rich" || v["version"] != "1.0" || v["width"] != 640.0 || v["height"] != 420.0 || v["title"] == "" {
			t.Errorf("%s: %d %v", page, code, v)
		}
		frame, err := goquery.NewDocumentFromReader(strings.NewReader(html))
		if err != nil {
			t.Fatal(err)
		}
		if got := frame.Find("iframe").AttrOr("src", ""); got != origin+card {
			t.Errorf("%s: frame of %q, want %q", page, got, origin+card)
		}
		if w := s.get(strings.TrimPrefix(v["thumbnail_url"].(string), origin)); w.Code != http.StatusOK {
			t.Errorf("%s: thumbnail %v: %d", page, v["thumbnail_url"], w.Code)
		}
	}
	_, v := ask(url.Values{"url": {origin + "/ru" + sampleCompare + "/ru"}, "maxwidth": {"320"}, "maxheight": {"200"}, "format": {"json"}})
	if v["width"] != 320.0 || v["height"] != 200.0 || v["thumbnail_url"] != nil || !strings.Contains(v["html"].(string), `width="320" height="200"`) {
		t.Errorf("limits are not kept: %v", v)
	}
	for _, c := range []struct {
		values url.Values
		code   int
	}{
		{url.Values{"url": {origin + "/ru" + sampleCompare + "/ru"}, "format": {"xml"}}, http.StatusNotImplemented},
		{url.Values{}, http.StatusNotFound},
		{url.Values{"url": {"%"}}, http.StatusNotFound},
		{url.Values{"url": {"https://evil.example/ru" + sampleCompare + "/ru"}}, http.StatusNotFound},
		{url.Values{"url": {"https://tuzetu.example@evil.example/ru" + sampleCompare + "/ru"}}, http.StatusNotFound},
		{url.Values{"url": {origin + "/ru" + sampleAct + "/compare/2025-03-01...2030-01-01/ru"}}, http.StatusNotFound},
		{url.Values{"url": {origin + "/ru" + sampleCompare + "/ru?change=x"}}, http.StatusNotFound},
		{url.Values{"url": {origin + "/ru/nothing"}}, http.StatusNotFound},
		{url.Values{"url": {origin + "/"}}, http.StatusNotFound},
		{url.Values{"url": {origin}}, http.StatusNotFound},
	} {
		if code, _ := ask(c.values); code != c.code {
			t.Errorf("%v: %d, want %d", c.values, code, c.code)
		}
	}
	for _, path := range []string{"/ru" + sampleAct, "/ru" + sampleCompare + "/ru" + sampleChange, "/kk" + sampleUnit + "/kk", "/ru" + sampleOutcome + "/ru"} {
		href := s.page(path).Find(`link[type="application/json+oembed"]`).AttrOr("href", "")
		if w := s.get(strings.TrimPrefix(href, origin)); w.Code != http.StatusOK || !strings.HasPrefix(href, origin) {
			t.Errorf("%s: discovery %q: %d", path, href, w.Code)
		}
	}
}

// An act that never changed has nothing to put into a frame.
func TestOEmbedOfOneEdition(t *testing.T) {
	s := newSite(t)
	s.act(sample.Act())
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, sample.Markdown(law.RU, sample.First))
	var v map[string]any
	w := s.get("/oembed?url=" + url.QueryEscape(origin+"/ru"+sampleAct))
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil || v["type"] != "link" || v["html"] != nil || v["title"] == "" {
		t.Errorf("%d %v %v", w.Code, v, err)
	}
}
