package scraper_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/fetch"
)

func inRussian(o *scraper.Options) { o.Langs = []law.Lang{law.RU} }

// articles is a page of the sample with n articles of its own.
func articles(t *testing.T, path string, n int) string {
	page := samplePage(t, path)
	begin, end := strings.Index(page, "<article>"), strings.Index(page, "</article>")
	var b strings.Builder
	b.WriteString("<article>")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "<p><b>Статья %d. Школьная библиотека</b></p>\n<p>Школьная библиотека выдаёт учебники и книги для чтения.</p>\n", i)
	}
	return page[:begin] + b.String() + page[end:]
}

// TestLostText: what a text may lose depends on whether the site says that it
// is another edition.
func TestLostText(t *testing.T) {
	const plain, dated = "/rus/docs/Z2600000001", "/rus/docs/Z2600000001/10.01.2026"
	for _, tt := range []struct {
		name    string
		path    string // that is changed after the first run
		left    int    // of 20 articles
		outcome scraper.Outcome
		reason  string
	}{
		{"the same edition, nearly half", dated, 11, scraper.Refused, "too much of the text is lost for a revision of the same edition"},
		{"the same edition, less than half left", plain, 9, scraper.Refused, "most of the text is lost"},
		{"the same edition, three", plain, 17, scraper.Refused, "17 of 20 articles are left of the edition of 2026-03-01"},
		{"the same edition, two", plain, 18, scraper.Revision, "part of the text before is gone"},
		{"the same edition, one", plain, 19, scraper.Revision, ""},
		{"the same edition, one more", plain, 21, scraper.Revision, ""},
		{"another edition, nearly half", "", 11, scraper.Stored, "11 of 20 articles are left of the edition of 2026-01-10"},
		{"another edition, less than half left", "", 9, scraper.Refused, "most of the text is lost"},
		{"another edition, one", "", 19, scraper.Stored, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, sampleDir, sampleAct)
			s.put(dated, articles(t, dated, 20))
			path := tt.path
			if path != "" {
				s.put(plain, articles(t, plain, 20))
				s.mustRun(inRussian)
				s.put(path, articles(t, path, tt.left))
			} else {
				path = plain
				s.put(path, articles(t, path, tt.left))
			}
			was := s.store.keys()
			r := s.mustRun(inRussian)
			i := slices.IndexFunc(r.Items, func(i scraper.Item) bool { return i.URL == s.URL+path })
			if i < 0 || r.Items[i].Outcome != tt.outcome || !strings.Contains(r.Items[i].Reason, tt.reason) || tt.reason == "" && r.Items[i].Reason != "" {
				t.Fatal(s.show(r))
			}
			if tt.outcome == scraper.Refused && tt.path != "" && !slices.Equal(was, s.store.keys()) {
				t.Errorf("stored all the same: %v", s.store.keys())
			}
		})
	}
}

// TestCurrentAtDatedAddress: the site answers at the address of a former edition
// with the current text, without a redirect.
func TestCurrentAtDatedAddress(t *testing.T) {
	const plain, dated = "/rus/docs/Z2600000001", "/rus/docs/Z2600000001/10.01.2026"
	current, former := samplePage(t, plain), samplePage(t, dated)
	marked := strings.Replace(current, "text text_upd", "text text_upd text_arc", 1)
	unmarked := strings.Replace(former, " text_arc", "", 1)
	if marked == current || unmarked == former {
		t.Fatal("the sample is marked otherwise")
	}
	for _, tt := range []struct {
		name, body string
		refused    bool
	}{
		{"byte by byte", current, true},
		{"with another counter", current + "<!-- 17 visitors -->", true},
		{"the same words, marked as a former edition", marked, false},
		{"other words, not marked", unmarked, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			check := func(s *site, editions int) {
				t.Helper()
				for range 2 { // in the second run the current text has not changed
					r := s.mustRun(inRussian)
					refused := r.Count(scraper.Refused) == 1 && strings.Contains(s.show(r), "refused   "+dated+": the current text stands at the address of the edition of 2026-01-10")
					if refused != tt.refused || r.Count(scraper.Refused) > 1 || len(s.store.editions) != editions {
						t.Errorf("%v\n%s", s.store.keys(), s.show(r))
					}
				}
			}
			s := newSite(t, sampleDir, sampleAct)
			s.put(dated, tt.body)
			if tt.refused {
				check(s, 1)
			} else {
				check(s, 2)
			}

			// The former edition was stored while it was well.
			s = newSite(t, sampleDir, sampleAct)
			s.mustRun(inRussian)
			s.put(dated, tt.body)
			if tt.body == marked {
				check(s, 3) // another text, and the page says that it is of that day
			} else {
				check(s, 2)
			}
		})
	}
}

func TestCurrentAtDatedAddressRealSite(t *testing.T) {
	dir := "../../shared/adilet-site"
	if _, err := os.Stat("../../shared"); err != nil {
		t.Skip("../shared absent")
	}
	s := newSite(t, dir, "Z2400000093")
	current, err := os.ReadFile(dir + "/rus/docs/Z2400000093/index.html")
	if err != nil {
		t.Fatal(err)
	}
	s.put("/rus/docs/Z2400000093/01.01.2025", string(current))
	if r := s.mustRun(nil); r.Count(scraper.Refused) != 1 || len(s.store.editions) != 5 {
		t.Error(s.show(r))
	}
}

// TestGone: pages that brought texts in are missing later.
func TestGone(t *testing.T) {
	const says = "the text is gone from the site, there is no such page any more; the last good texts stay"
	for _, tt := range []struct {
		name    string
		missing []string
		langs   []law.Lang
		refused int
	}{
		{"the act", []string{"/rus/docs/Z2600000001", "/kaz/docs/Z2600000001"}, nil, 2},
		{"the act in the one language asked for", []string{"/rus/docs/Z2600000001"}, []law.Lang{law.RU}, 1},
		{"one language", []string{"/kaz/docs/Z2600000001"}, nil, 1},
		{"a former edition", []string{"/rus/docs/Z2600000001/10.01.2026"}, nil, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, sampleDir, sampleAct)
			s.mustRun(nil)
			good := s.store.keys()
			for _, path := range tt.missing {
				s.status(path, http.StatusNotFound)
			}
			for range 2 {
				s.store.refusals = nil
				r := s.mustRun(func(o *scraper.Options) { o.Langs = tt.langs })
				if r.Count(scraper.Refused) != tt.refused || len(s.store.refusals) != tt.refused || !slices.Equal(s.store.keys(), good) {
					t.Fatalf("%v\n%s", s.store.keys(), s.show(r))
				}
				for _, got := range s.store.refusals {
					if got.Reason != says || !slices.Contains(tt.missing, strings.TrimPrefix(got.URL, s.URL)) {
						t.Errorf("%+v", got)
					}
				}
			}
			clear(s.over)
			if r := s.mustRun(nil); r.Count(scraper.Refused)+r.Count(scraper.Stored)+r.Count(scraper.Revision) > 0 {
				t.Errorf("when it is back:\n%s", s.show(r))
			}
		})
	}
	t.Run("a new edition takes the plain address before the old one has its own", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		s.mustRun(inRussian)
		const plain = "/rus/docs/Z2600000001"
		s.put(plain, strings.Replace(samplePage(t, plain), "четырнадцать", "двадцать", 1))
		s.put(plain+"/history", strings.Replace(samplePage(t, plain+"/history"), `</tbody>`,
			`<tr><td>3</td><td><a href="/rus/docs/Z2600000001">О поправках</a></td><td></td><td></td><td>15.03.2026</td><td></td></tr></tbody>`, 1))
		if r := s.mustRun(inRussian); r.Count(scraper.Refused) > 0 || len(s.store.editions) != 3 {
			t.Error(s.show(r))
		}
	})
}

// TestBrokenPage: a page that fails alone is refused, and the others come in.
func TestBrokenPage(t *testing.T) {
	const dated = "/kaz/docs/Z2600000001/10.01.2026"
	for _, tt := range []struct {
		name, reason string
		page         func(http.ResponseWriter)
	}{
		{"shorter than promised", "the page came incomplete, after 5 bytes", func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "short")
		}},
		{"headers too large", "the answer is broken", func(w http.ResponseWriter) {
			w.Header().Set("X-Large", strings.Repeat("a", 300<<10))
		}},
		{"no gzip", "the answer is broken", func(w http.ResponseWriter) {
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, "a text that is not packed")
		}},
		{"500", "answered 500 Internal Server Error", func(w http.ResponseWriter) { w.WriteHeader(500) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, sampleDir, sampleAct)
			s.over[dated] = tt.page
			r := s.mustRun(nil)
			if r.Count(scraper.Refused) != 1 || len(s.store.refusals) != 1 || len(s.store.editions) != 3 {
				t.Fatal(s.show(r))
			}
			got := s.store.refusals[0]
			if !strings.HasPrefix(got.Reason, tt.reason) || strings.Contains(got.Reason, "not available") || strings.Contains(got.Reason, "\n") || got.URL != s.URL+dated {
				t.Errorf("%q at %s", got.Reason, got.URL)
			}
			clear(s.over)
			if s.mustRun(nil); len(s.store.editions) != 4 {
				t.Errorf("when it is well: %v", s.store.keys())
			}
		})
	}
	t.Run("the site does not answer", func(t *testing.T) {
		s := newSite(t, sampleDir, sampleAct)
		s.over[dated] = func(http.ResponseWriter) { panic(http.ErrAbortHandler) }
		if _, err := s.run(t.Context(), nil); !errors.Is(err, fetch.ErrUnavailable) || len(s.store.refusals) > 0 {
			t.Errorf("%v, %v", err, s.store.refusals)
		}
	})
}
