package web_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

const draftedArticles = 450

// drafted is a made-up code of which every article was changed; its first one
// went to the end.
func drafted(tb testing.TB) *site {
	tb.Helper()
	before, after := draftedTexts(draftedArticles)
	s := newSite(tb)
	s.act(sample.Act())
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, before)
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, after)
	return s
}

// draftedTexts are the two editions of a code of so many articles.
func draftedTexts(articles int) (string, string) {
	article := func(n, of int, word string) string {
		return fmt.Sprintf("**Статья %d. Участок %d**\n\n1. Участок %d %s осмотру ответственным за двор %d раза в год.\n\n", n, of, of, word, of+1)
	}
	before, after := strings.Builder{}, strings.Builder{}
	for n := 1; n <= articles; n++ {
		before.WriteString(article(n, n, "подлежит"))
		if n > 1 {
			after.WriteString(article(n, n, "не подлежит"))
		}
	}
	after.WriteString(article(articles+1, 1, "подлежит"))
	return "# Кодекс (образец)\n\n" + before.String(), "# Кодекс (образец)\n\n" + after.String() + "> *Сноска. Кодекс с изменениями.*\n"
}

// A long comparison stands on several pages; each names all changes, and links
// lead to the page a change stands on.
func TestCompareSheets(t *testing.T) {
	s := drafted(t)
	at := "/ru" + sampleCompare + "/ru"
	seen := map[string]int{}
	last := ""
	for n, want := range []string{"Изменения 1–200 из 450", "Изменения 201–400 из 450", "Изменения 401–450 из 450"} {
		path := at
		if n > 0 {
			path = fmt.Sprintf("%s?page=%d", at, n+1)
		}
		doc := s.page(path)
		if got := text(doc.Find(".cmp > .small").First()); got != want {
			t.Errorf("page %d says %q, want %q", n+1, got, want)
		}
		doc.Find(".chg").Each(func(_ int, c *goquery.Selection) { seen[c.AttrOr("id", "")]++ })
		if got := doc.Find(".chglist li").Length(); got != draftedArticles {
			t.Errorf("page %d lists %d changes", n+1, got)
		}
		if got := doc.Find(`.pager a[aria-current]`); got.Length() != 2 || text(got.First()) != fmt.Sprint(n+1) {
			t.Errorf("page %d: the pager is at %q", n+1, text(got))
		}
		if prev, next := doc.Find(".pager a[rel=prev]").Length() > 0, doc.Find(".pager a[rel=next]").Length() > 0; prev != (n > 0) || next != (n < 2) {
			t.Errorf("page %d: prev %v, next %v", n+1, prev, next)
		}
		if title := doc.Find("title").Text(); strings.Contains(title, "страница") != (n > 0) {
			t.Errorf("page %d is titled %q", n+1, title)
		}
		if doc.Find("#norms").Length() == 1 != (n == 0) || doc.Find("#notes").Length() == 1 != (n == 2) {
			t.Errorf("page %d: panels stand on the first page, notes on the last", n+1)
		}
		if got := doc.Find(".tabs a, .langs a").FilterFunction(func(_ int, a *goquery.Selection) bool {
			return a.Closest(".pager").Length() == 0 && strings.Contains(a.AttrOr("href", ""), "page=") != (n > 0)
		}).Length(); got != 0 {
			t.Errorf("page %d is lost in %d links to other views", n+1, got)
		}
		follow(t, s, doc, ".pager a, .chglist a, .ribbonbar a, .gone a, .chg__from a")
		last = path
	}
	if len(seen) != draftedArticles {
		t.Errorf("%d changes on all pages, want %d", len(seen), draftedArticles)
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s stands on %d pages", id, n)
		}
	}
	if got := s.page(at).Find(".gone a").AttrOr("href", ""); got != at+"?page=3#c-art_451" {
		t.Errorf("the old place leads to %q", got)
	}
	if got := s.page(last).Find("#c-art_451 .chg__from a").AttrOr("href", ""); got != at+"#g-art_1" {
		t.Errorf("the new place leads back to %q", got)
	}
	for bad, same := range map[string]string{"?page=0": "", "?page=x": "", "?page=99": "?page=3"} {
		if s.get(at+bad).Body.String() != s.get(at+same).Body.String() {
			t.Errorf("%s is not %q", bad, same)
		}
	}
	if sampled(t).page(at).Find(".pager").Length() != 0 {
		t.Error("a pager where there is one page")
	}
}

// codeSite is two versions of a real code of 1.3 MB.
func codeSite(tb testing.TB) *site {
	tb.Helper()
	s := newSite(tb)
	s.act(sample.Act())
	for date, name := range map[law.Date]string{sample.First: "old", sample.Second: "new"} {
		b, err := os.ReadFile("../../shared/lawdata/diff-pairs/code-ru-draft." + name + ".txt")
		if err != nil {
			tb.Skip("../shared absent")
		}
		s.edition(sample.ActID, law.Enacted, date, law.RU, strings.ReplaceAll(string(b), "\n", "\n\n"))
	}
	return s
}

func TestCodeComparison(t *testing.T) {
	s := codeSite(t)
	for page, most := range map[string]int{"": 160_000, "?page=2": 140_000, "?page=3&view=side": 140_000} {
		w := s.get("/ru"+sampleCompare+"/ru"+page, "Accept-Encoding", "gzip")
		if n := w.Body.Len(); w.Code != http.StatusOK || n > most {
			t.Errorf("%q: %d, %d bytes compressed, want at most %d", page, w.Code, n, most)
		}
	}
}
