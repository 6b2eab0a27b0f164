package web_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/chromedp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

const (
	origin       = "https://tuzetu.example"
	sampleUnit   = sampleAct + "/at/art_4__para_2"
	sampleChange = "?change=c-art_4__para_2"
)

// shared are the pages that have a picture.
func shared() []string {
	var out []string
	for _, ui := range law.Langs {
		for _, path := range []string{
			"", sampleAct, sampleSecond + "/ru", sampleFirst + "/kk", sampleCompare + "/" + string(ui), sampleCompare + "/kk" + sampleChange,
			sampleUnit + "/" + string(ui), sampleUnit + "/ru?edition=2025-03-01", sampleOutcome + "/ru",
		} {
			out = append(out, "/"+string(ui)+path)
		}
	}
	return out
}

func TestMetadata(t *testing.T) {
	s := sampled(t)
	locales := map[string]string{"/kk": "kk_KZ", "/ru": "ru_RU", "/en": "en_GB"}
	pictures := map[string]string{}
	for _, path := range shared() {
		doc := s.page(path)
		meta := func(name string) string {
			m := doc.Find(`meta[property="` + name + `"], meta[name="` + name + `"]`)
			if m.Length() != 1 {
				t.Errorf("%s: %s stands %d times", path, name, m.Length())
			}
			return m.AttrOr("content", "")
		}
		title := strings.TrimSuffix(doc.Find("title").Text(), " · "+meta("og:site_name"))
		if got := meta("og:title"); got == "" || got != title || strings.Contains(got, "{") {
			t.Errorf("%s: og:title %q, title %q", path, got, title)
		}
		if meta("og:description") == "" || meta("og:image:alt") == "" || meta("twitter:card") != "summary_large_image" {
			t.Errorf("%s: no description, or no card", path)
		}
		if got := meta("og:url"); got != origin+path {
			t.Errorf("%s: og:url %q", path, got)
		}
		if got := meta("og:locale"); got != locales[path[:3]] || doc.Find(`meta[property="og:locale:alternate"]`).Length() != 2 {
			t.Errorf("%s: og:locale %q", path, got)
		}
		canonical := doc.Find(`link[rel=canonical]`).AttrOr("href", "")
		if want := origin + strings.Split(path, "?change")[0]; canonical != want {
			t.Errorf("%s: canonical %q, want %q", path, canonical, want)
		}
		for _, ui := range law.Langs {
			href := doc.Find(`link[hreflang="`+string(ui)+`"]`).AttrOr("href", "")
			if w := s.get(strings.TrimPrefix(href, origin)); w.Code != http.StatusOK {
				t.Errorf("%s: hreflang %q: %d", path, href, w.Code)
			}
		}
		image := meta("og:image")
		w := s.get(strings.TrimPrefix(image, origin))
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" || w.Header().Get("ETag") == "" {
			t.Errorf("%s: picture %s: %d %v", path, image, w.Code, w.Header())
			continue
		}
		config, err := png.DecodeConfig(bytes.NewReader(w.Body.Bytes()))
		if err != nil || config.Width != 1200 || config.Height != 630 {
			t.Errorf("%s: %v × %v, %v", path, config.Width, config.Height, err)
		}
		pictures[path] = w.Body.String()
		if w := s.get(strings.TrimPrefix(image, origin), "If-None-Match", w.Header().Get("ETag")); w.Code != http.StatusNotModified {
			t.Errorf("%s: the same picture is sent again: %d", path, w.Code)
		}
	}
	for _, pair := range [][2]string{
		{"/ru" + sampleAct, "/kk" + sampleAct},
		{"/kk" + sampleCompare + "/kk", "/kk" + sampleUnit + "/kk"},
		{"/ru" + sampleSecond + "/ru", "/ru" + sampleAct},
	} {
		if pictures[pair[0]] == pictures[pair[1]] {
			t.Errorf("%s and %s have one picture", pair[0], pair[1])
		}
	}
}

func TestPictureOfWhatIsNotThere(t *testing.T) {
	s := sampled(t)
	for _, path := range []string{
		"/ru/acts/Z0000000000.png", "/ru" + sampleFirst + "/xx.png", "/ru" + sampleAct + "/2024-13-01/ru.png",
		"/ru" + sampleCompare + "/ru.png?change=c-art_999", "/ru" + sampleAct + "/at/art_999/ru.png", "/ru" + sampleOutcome + "/ru.png?change=x",
	} {
		if w := s.get(path); w.Code != http.StatusNotFound || strings.HasPrefix(w.Header().Get("Content-Type"), "image/") {
			t.Errorf("%s: %d %s", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
}

func TestLinkedData(t *testing.T) {
	s := sampled(t)
	read := func(path string) map[string]any {
		t.Helper()
		blocks := s.page(path).Find(`script[type="application/ld+json"]`)
		var v map[string]any
		if err := json.Unmarshal([]byte(blocks.Text()), &v); blocks.Length() != 1 || err != nil {
			t.Fatalf("%s: %d blocks, %v: %s", path, blocks.Length(), err, blocks.Text())
		}
		return v
	}
	act := read("/ru" + sampleAct)
	for key, want := range map[string]any{
		"@context": "https://schema.org", "@type": "Legislation", "legislationIdentifier": "Z9900000001", "inLanguage": "ru",
		"name": "О районных библиотеках и читальных залах (образец)", "url": origin + "/ru" + sampleAct, "legislationDate": string(sample.Act().Adopted),
		"thumbnailUrl": origin + "/ru" + sampleAct + ".png",
	} {
		if act[key] != want {
			t.Errorf("act: %s is %v, want %v", key, act[key], want)
		}
	}
	if n := len(act["workExample"].([]any)); n != 3 {
		t.Errorf("act: %d examples, want one a language", n)
	}
	edition := read("/en" + sampleSecond + "/kk")
	for key, want := range map[string]any{
		"@type": "Legislation", "inLanguage": "kk", "legislationDateVersion": "2026-02-01", "@id": origin + "/en" + sampleSecond + "/kk",
		"legislationLegalValue": "https://schema.org/UnofficialLegalValue", "isBasedOn": "https://adilet.example/rus/docs/Z9900000001",
	} {
		if edition[key] != want {
			t.Errorf("edition: %s is %v, want %v", key, edition[key], want)
		}
	}
	if edition["legislationLegalForce"] != nil {
		t.Errorf("an edition is said to be in force: %v", edition)
	}
	if of := edition["exampleOfWork"].(map[string]any); of["@id"] != origin+"/en"+sampleAct {
		t.Errorf("edition of %v", of)
	}
	if proposal := read("/ru" + sampleAct + "/proposed-2026-09-01/ru"); proposal["legislationLegalForce"] != "https://schema.org/NotInForce" {
		t.Errorf("a proposal: %v", proposal)
	}
	compare := read("/ru" + sampleCompare + "/ru")
	if about := compare["about"].([]any); compare["@type"] != "WebPage" || len(about) != 2 {
		t.Errorf("comparison: %v", compare)
	}
	unit := read("/ru" + sampleUnit + "/ru")
	if of := unit["isPartOf"].(map[string]any); of["legislationIdentifier"] != "Z9900000001" {
		t.Errorf("unit: %v", unit)
	}
}

func TestSourcesAndFunder(t *testing.T) {
	s := sampled(t)
	for path, n := range map[string]int{
		"/ru" + sampleSecond + "/ru": 1, "/ru" + sampleCompare + "/ru": 1, "/ru" + sampleUnit + "/ru": 1, "/ru" + sampleOutcome + "/ru": 1,
		"/ru/embed" + sampleCompare + "/ru": 1, "/ru/embed" + sampleUnit + "/ru": 1, "/ru/embed" + sampleOutcome + "/ru": 1,
	} {
		doc := s.page(path)
		if got := doc.Find(`footer a[href^="https://adilet.example/"][rel=noopener]`).Length(); got != n {
			t.Errorf("%s: %d links to the source, want %d", path, got, n)
		}
		if doc.Find(".funder").Length() != 0 {
			t.Errorf("%s names a funder that nobody set", path)
		}
	}
}

func TestShareBlock(t *testing.T) {
	s := sampled(t)
	for _, c := range []struct{ path, card string }{
		{"/ru" + sampleCompare + "/ru", "/ru/embed" + sampleCompare + "/ru"},
		{"/ru" + sampleCompare + "/ru" + sampleChange, "/ru/embed" + sampleCompare + "/ru" + sampleChange},
		{"/kk" + sampleUnit + "/kk", "/kk/embed" + sampleUnit + "/kk"},
		{"/en" + sampleOutcome + "/en", "/en/embed" + sampleOutcome + "/en"},
	} {
		doc := s.page(c.path)
		code := doc.Find("#share textarea[readonly]").Text()
		if !strings.Contains(code, `<iframe src="`+origin+c.card+`"`) {
			t.Errorf("%s: code %q", c.path, code)
		}
		if w := s.get(c.card); w.Code != http.StatusOK {
			t.Errorf("%s: %d", c.card, w.Code)
		}
		doc.Find("#share select[name=change] option").Each(func(_ int, o *goquery.Selection) {
			value, _ := o.Attr("value")
			if w := s.get(c.card[:len(strings.Split(c.card, "?")[0])] + "?change=" + url.QueryEscape(value)); w.Code != http.StatusOK {
				t.Errorf("%s: change %q: %d", c.path, value, w.Code)
			}
		})
	}
	doc := s.page("/ru" + sampleCompare + "/ru" + sampleChange)
	if got := doc.Find("#share option[selected]").AttrOr("value", ""); got != "c-art_4__para_2" {
		t.Errorf("chosen is %q", got)
	}
	if got := doc.Find(`meta[property="og:description"]`).AttrOr("content", ""); got != "Пункт 2 статьи 4" {
		t.Errorf("a change is described as %q", got)
	}
}

// The strict policy stops inline script, and the description for programs is
// none: a browser reports nothing of it, but would of a script.
func TestLinkedDataPassesThePolicy(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(sampled(t).handler)
	t.Cleanup(srv.Close)
	do(t, ctx, chromedp.Navigate(srv.URL+"/ru"+sampleCompare+"/ru"))
	const watch = `document.addEventListener('securitypolicyviolation', e => {
		const p = document.createElement('p'); p.className = 'reported'; p.textContent = e.violatedDirective; document.body.append(p);
	}), true`
	const add = `(type => { const s = document.createElement('script'); s.type = type; s.textContent = '{}'; document.head.append(s); })`
	ask[bool](t, ctx, watch)
	ask[bool](t, ctx, add+`('application/ld+json'), true`)
	ask[bool](t, ctx, add+`('text/javascript'), true`)
	do(t, ctx, chromedp.WaitVisible(".reported"))
	if got := ask[string](t, ctx, `[...document.querySelectorAll('.reported')].map(p => p.textContent).join()`); got != "script-src-elem" {
		t.Errorf("reported: %s, want the script alone", got)
	}
}
