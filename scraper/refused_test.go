package scraper_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/fetch"
)

// misread is a text in UTF-8 read as Latin.
func misread(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

func TestRefused(t *testing.T) {
	const plain, dated = "/rus/docs/Z2600000001", "/rus/docs/Z2600000001/10.01.2026"
	text := samplePage(t, plain)
	begin, end := strings.Index(text, "<article>"), strings.Index(text, "</article>")
	around := func(article string) string { return text[:begin] + article + text[end+len("</article>"):] }
	other := strings.NewReplacer("О школьных библиотеках", "О дорожных знаках", "школьн", "дорожн", "библиотек", "табличек", "читател", "водител",
		"книг", "знаков", "Читатель", "Водитель", "В настоящем Законе", "В этом Законе", "Права", "Обязанности", "Режим", "Порядок", "Основные", "Главные", "ОБЩИЕ", "ПЕРВЫЕ").Replace(text)
	long := strings.Repeat("<p>Слова, слова и ещё раз слова о школьных библиотеках, читателях и книгах.</p>\n", 10)
	for _, tt := range []struct{ name, body, reason string }{
		{"no article element", around(""), "no article"},
		{"an empty article", around("<article></article>"), "empty"},
		{"maintenance", "<html><body>Ведутся технические работы</body></html>", "under maintenance"},
		{"not UTF-8", text[:end] + "\xd0\xff" + text[end:], "encoding"},
		{"read as another encoding", around(misread(text[begin:end])), "encoding"},
		{"the page says it is in Kazakh", strings.Replace(text, "lang_rus", "lang_kaz", 1), "wrong language: the page says it is in kk"},
		{"the text is in Kazakh", strings.Replace(samplePage(t, "/kaz/docs/Z2600000001"), "lang_kaz", "lang_rus", 1), "wrong language: the letters"},
		{"cut", text[:strings.LastIndex(text, "Школьная")], "ends inside the text"},
		{"most of the text lost", around("<article><p><b>Статья 1. Основные понятия</b></p>\n<p>Коротко.</p></article>"), "most of the text is lost"},
		{"articles lost", around("<article>" + long + "</article>"), "0 of 3 articles"},
		{"another act by its links", strings.ReplaceAll(text, `docs/Z2600000001`, `docs/Z2600000777`), "another act: the page says it is of Z2600000777"},
		{"another act by title and text", other, "another act: the title is"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, sampleDir, sampleAct)
			ru := func(o *scraper.Options) { o.Langs = []law.Lang{law.RU} }
			s.mustRun(ru)
			good := s.store.keys()
			s.put(plain, tt.body)
			for range 2 { // a refused page is asked for again in every run
				s.store.refusals = nil
				r := s.mustRun(ru)
				if r.Count(scraper.Refused) != 1 || len(s.store.refusals) != 1 {
					t.Fatal(s.show(r))
				}
				got := s.store.refusals[0]
				if !strings.Contains(got.Reason, tt.reason) || string(got.Raw) != tt.body || got.URL != s.URL+plain || got.Lang != law.RU || got.Source != "adilet" || got.At.IsZero() {
					t.Errorf("got %q", got.Reason)
				}
			}
			if !slices.Equal(s.store.keys(), good) {
				t.Errorf("the good editions are no longer alone: %v", s.store.keys())
			}
			delete(s.over, plain)
			if r := s.mustRun(ru); r.Count(scraper.Refused) > 0 {
				t.Errorf("when it is good again:\n%s", s.show(r))
			}
		})
	}

	t.Run("a new title for the same text", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		s.put(plain, strings.Replace(text, "<h1>О школьных библиотеках (образец)", "<h1>О библиотеках школ (образец)", 1))
		if r := s.mustRun(nil); r.Count(scraper.Refused) > 0 || len(s.store.editions) != 4 {
			t.Error(s.show(r))
		}
	})
	t.Run("a dated edition leads to the current text", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		s.over[dated] = func(w http.ResponseWriter) { w.Header().Set("Location", plain); w.WriteHeader(302) }
		r := s.mustRun(nil)
		if r.Count(scraper.Refused) != 1 || !strings.Contains(s.show(r), "instead") || len(s.store.editions) != 3 {
			t.Error(s.show(r))
		}
	})
	t.Run("a page too large", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		s.put(dated, strings.Repeat(" ", fetch.DefaultMaxBody+1))
		r := s.mustRun(nil)
		if r.Count(scraper.Refused) != 1 || !strings.Contains(s.show(r), "too large") || len(s.store.editions) != 3 {
			t.Error(s.show(r))
		}
	})
	t.Run("forbidden by robots.txt", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		s.put("/robots.txt", "User-agent: *\nDisallow: /rus/docs/*/history\n")
		r := s.mustRun(nil)
		if r.Count(scraper.Refused) != 1 || !strings.Contains(s.show(r), "robots.txt") || len(s.store.editions) != 4 {
			t.Error(s.show(r))
		}
	})
	t.Run("a dated edition is missing", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		s.status(dated, 404)
		r := s.mustRun(nil)
		if r.Count(scraper.Missing) != 5 || len(s.store.editions) != 3 {
			t.Error(s.show(r))
		}
		delete(s.over, dated)
		if s.mustRun(nil); len(s.store.editions) != 4 {
			t.Errorf("when it is there: %v", s.store.keys())
		}
	})
	t.Run("the site goes away", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		s.status(dated, 503)
		if _, err := s.run(t.Context(), nil); !errors.Is(err, fetch.ErrUnavailable) || len(s.store.editions) != 2 {
			t.Errorf("%v, %v", err, s.store.keys())
		}
		delete(s.over, dated)
		if s.mustRun(nil); len(s.store.editions) != 4 {
			t.Errorf("when it is back: %v", s.store.keys())
		}
	})
	t.Run("no list of editions, no facts", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		for _, l := range []string{"rus", "kaz"} {
			s.status("/"+l+"/docs/Z2600000001/history", 404)
		}
		if s.mustRun(nil); !slices.Equal(s.store.keys(), []string{"Z2600000001@2026-03-01:kk", "Z2600000001@2026-03-01:ru"}) {
			t.Errorf("by the facts: %v", s.store.keys())
		}
		s = newSite(t, sampleDir, sampleAct)
		for _, l := range []string{"rus", "kaz"} {
			s.status("/"+l+"/docs/Z2600000001/history", 404)
			s.status("/"+l+"/docs/Z2600000001/info", 404)
		}
		if r := s.mustRun(nil); r.Count(scraper.Refused) != 2 || len(s.store.editions) > 0 || !strings.Contains(s.show(r), "nothing tells the date") {
			t.Error(s.show(r))
		}
	})
	t.Run("a language borrows the list of another", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		s.status("/kaz/docs/Z2600000001/history", 404)
		if s.mustRun(nil); len(s.store.editions) != 4 {
			t.Errorf("%v", s.store.keys())
		}
	})
	t.Run("an amending act that is another one", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		// Without links the id comes from number and day, and the day must agree.
		s.put(plain, strings.ReplaceAll(text, `<a href="/rus/docs/Z2600000012#z5">№ 12-VIII</a>`, "№ 12-VIII"))
		s.put("/rus/docs/Z2600000012/info", strings.Replace(samplePage(t, "/rus/docs/Z2600000012/info"), "20.02.2026", "19.02.2026", 1))
		r := s.mustRun(func(o *scraper.Options) { o.Langs = []law.Lang{law.RU} })
		if r.Count(scraper.Refused) != 1 || !strings.Contains(s.show(r), "another act: adopted on") {
			t.Error(s.show(r))
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		ctx, cancel := context.WithCancel(t.Context())
		_, err := s.run(ctx, func(o *scraper.Options) {
			o.Progress = func(p scraper.Progress) {
				if p.Outcome == scraper.Stored {
					cancel()
				}
			}
		})
		if !errors.Is(err, context.Canceled) || len(s.store.editions) == 4 {
			t.Errorf("%v, %v", err, s.store.keys())
		}
	})
}
