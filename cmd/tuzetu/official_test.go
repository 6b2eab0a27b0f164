package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/web"
)

// sourced is the application on a database that two sites have filled: the bank
// has other words in one place, and one page of adilet came cut.
func sourced(t *testing.T) (http.Handler, *store.Store) {
	t.Helper()
	db := filepath.Join(t.TempDir(), "t.db")
	bases := baseURLs{}
	run := func(args ...string) (string, int) {
		var said strings.Builder
		a := &app{stdin: strings.NewReader(""), stdout: &said, stderr: &said, getenv: testEnv(t, db), now: time.Now}
		return said.String(), a.run(t.Context(), args)
	}
	cut := false
	adilet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if cut && r.URL.Path == "/rus/docs/"+string(sample.ActID) {
			rec := httptest.NewRecorder()
			sample.Site().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, r.URL.Path, nil))
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write([]byte(strings.Split(rec.Body.String(), "Статья 3.")[0]))
			return
		}
		sample.Site().ServeHTTP(w, r)
	}))
	t.Cleanup(adilet.Close)
	zan := httptest.NewServer(otherWords(sample.Zan(), []string{"добровольный обмен", "свободный обмен"}))
	t.Cleanup(zan.Close)
	bases["adilet"], bases["zan"] = adilet.URL, zan.URL
	for _, args := range [][]string{
		{"fetch", "adilet", string(sample.ActID), "--base-url", adilet.URL, "--lang", "kk,ru"},
		{"fetch", "zan", string(sample.ActID), "--base-url", zan.URL},
	} {
		if said, code := run(args...); code != 0 {
			t.Fatal(said)
		}
	}
	cut = true
	if said, code := run("fetch", "adilet", string(sample.ActID), "--base-url", adilet.URL, "--lang", "ru"); code != 1 {
		t.Fatal(said)
	}
	s, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	l, err := s.Lease(t.Context(), "follow zan", "a", time.Now(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SaveHealth(t.Context(), l, scraper.Health{
		Source: "zan", Looked: time.Now(), Failures: 2, Outage: "answered 503 <b>", Changed: time.Now(),
		Edition: law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.Second, Lang: law.RU},
	}); err != nil {
		t.Fatal(err)
	}
	o := official{s, bases}
	h, err := web.New(web.Config{Store: s, Sites: o, Logger: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return h, s
}

func get(t *testing.T, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), http.MethodGet, path, nil))
	return w
}

// TestSourcesPages: how each site is read, what came and was refused, where the
// two differ.
func TestSourcesPages(t *testing.T) {
	h, s := sourced(t)
	page := func(path string) *goquery.Document {
		w := get(t, h, path)
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	follow := func(doc *goquery.Document) {
		doc.Find("main a[href^='/']").Each(func(_ int, a *goquery.Selection) {
			href, _ := a.Attr("href")
			path, _, _ := strings.Cut(href, "#")
			if w := get(t, h, path); w.Code != http.StatusOK {
				t.Errorf("link %s: %d", href, w.Code)
			}
		})
	}
	for ui, says := range map[string][]string{
		"kk": {"қатарынан 2 рет жүгіну", "бет мәтіннің ортасынан үзілген", "1 айырмашылық"},
		"ru": {"2 безуспешных обращения подряд", "страница обрывается посреди текста", "1 расхождение"},
		"en": {"2 failed attempts in a row", "the page ends in the middle of the text", "1 difference"},
	} {
		doc := page("/" + ui + "/sources")
		for _, want := range says {
			if !strings.Contains(doc.Find("main").Text(), want) {
				t.Errorf("%s: no %q in %s", ui, want, doc.Find("main").Text())
			}
		}
		follow(doc)
	}
	refused, err := s.Refusals(t.Context(), "adilet", 1)
	if err != nil || len(refused) != 1 {
		t.Fatal(refused, err)
	}
	doc := page("/ru/sources/refused/" + refused[0].SHA256)
	if n := doc.Find("main .entry del").Length(); n < 10 || doc.Find("main .entry ins").Length() > 0 {
		t.Errorf("a text without its end: %d deletions, %d insertions", n, doc.Find("main .entry ins").Length())
	}
	follow(doc)

	edition := "/acts/" + string(sample.ActID) + "/2026-02-01"
	doc = page("/en/sources" + edition + "/ru")
	if del, ins := doc.Find("main .entry del").Text(), doc.Find("main .entry ins").Text(); !strings.Contains(del, "добровольный") || !strings.Contains(ins, "свободный") {
		t.Errorf("deleted %q, inserted %q", del, ins)
	}
	follow(doc)

	for _, nowhere := range []string{
		"/ru/sources/refused/" + strings.Repeat("0", 64), "/ru/sources/refused/x", "/ru/sources/refused/" + strings.ToUpper(refused[0].SHA256),
		"/ru/sources" + edition + "/en", "/ru/sources" + edition + "/xx", "/ru/sources/acts/Z9900000777/2026-02-01/ru",
		"/ru/sources/acts/" + string(sample.ActID) + "/soon/ru",
	} {
		if w := get(t, h, nowhere); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", nowhere, w.Code)
		}
	}
	var told struct {
		Compared []struct {
			Edition, Witness             string
			Provisions, Technical, Notes int
		}
		Sources []struct {
			Source, Outage, Edition string
			Failures                int
			Accepted                time.Time
			Refusals                []struct{ Kind, SHA256 string }
		}
	}
	if err := json.Unmarshal(get(t, h, "/kk/sources.json").Body.Bytes(), &told); err != nil || len(told.Sources) != 2 {
		t.Fatal(told, err)
	}
	if c := told.Compared; len(c) != 2 || c[0].Provisions != 0 || c[1].Witness != "zan:Z9900000001@2026-02-01:ru" || c[1].Provisions != 1 {
		t.Errorf("%+v", c)
	}
	a, z := told.Sources[0], told.Sources[1]
	if a.Source != "adilet" || len(a.Refusals) != 1 || a.Refusals[0].Kind != "cut" || a.Accepted.IsZero() || z.Failures != 2 || z.Edition != "Z9900000001@2026-02-01:ru" || z.Refusals == nil {
		t.Errorf("%+v", told)
	}
}
