package scraper_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/adilet"
	"github.com/tuzetu/tuzetu/scraper/fetch"
	"github.com/tuzetu/tuzetu/scraper/zan"
)

// served is a site with pages changed on their way out.
type served struct {
	*httptest.Server
	change func(address, body string) (string, int) // nil: as they are
	codes  []string
}

func serve(t *testing.T, h http.Handler) *served {
	t.Helper()
	s := &served{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		if s.change != nil { // what the visitor has is not what is there now
			r.Header.Del("If-None-Match")
			r.Header.Del("If-Modified-Since")
		}
		h.ServeHTTP(rec, r)
		body, code := rec.Body.String(), rec.Code
		if s.change != nil && code == http.StatusOK {
			body, code = s.change(r.URL.RequestURI(), body)
		}
		if r.URL.Path != "/robots.txt" {
			s.codes = append(s.codes, fmt.Sprint(code, " ", r.URL.RequestURI()))
		}
		if body == rec.Body.String() {
			w.Header().Set("ETag", rec.Header().Get("ETag"))
		}
		w.Header().Set("Content-Type", rec.Header().Get("Content-Type"))
		w.WriteHeader(code)
		io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s
}

// words changes words on every page whose address has a part.
func words(part, old, new string) func(string, string) (string, int) {
	return func(address, body string) (string, int) {
		if strings.Contains(address, part) {
			body = strings.Replace(body, old, new, 1)
		}
		return body, http.StatusOK
	}
}

const zanPath = "/api/documents/" + sample.ZanCode

// bring runs a source against a store; the report comes back as lines without
// the host.
func bring(t *testing.T, m *memory, src scraper.Source, base string) (scraper.Report, string, error) {
	t.Helper()
	clock := &noWait{now: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	f, err := fetch.New(fetch.Config{Contact: "test@example.org", Clock: clock, Chance: func() float64 { return 0 }, Private: []string{base}, Tries: 2})
	if err != nil {
		t.Fatal(err)
	}
	o := scraper.Options{Source: src, Getter: f, Store: m, Now: clock.Now}
	if src.Name() == "adilet" {
		o.Act = sample.ActID
	}
	r, err := scraper.Run(t.Context(), o)
	var b strings.Builder
	for _, i := range r.Items {
		fmt.Fprintln(&b, strings.NewReplacer(base, "", zanPath, "", "&withHtml=false", "").Replace(i.String()))
	}
	return r, b.String(), err
}

func bringZan(t *testing.T, m *memory, s *served) (scraper.Report, string) {
	t.Helper()
	src, err := zan.New(s.URL, sample.ZanCode)
	if err != nil {
		t.Fatal(err)
	}
	s.codes = nil
	r, out, err := bring(t, m, src, s.URL)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return r, out
}

func bringAdilet(t *testing.T, m *memory, s *served) (scraper.Report, string) {
	t.Helper()
	src, err := adilet.New(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	r, out, err := bring(t, m, src, s.URL)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return r, out
}

// TestZanAlone: an act is brought in from the bank alone, known by its code.
func TestZanAlone(t *testing.T) {
	s, m := serve(t, sample.Zan()), newMemory()
	r, out := bringZan(t, m, s)
	want := `read      /kaz/versions
read      /rus/versions
stored    /kaz/01.03.2025?page=1 (Z9900000001@2025-03-01:kk)
stored    /kaz?page=1 (Z9900000001@2026-02-01:kk)
read      /api/documents/9900002/rus?page=1
stored    /rus/01.03.2025?page=1 (Z9900000001@2025-03-01:ru)
stored    /rus?page=1 (Z9900000001@2026-02-01:ru)
`
	if diff := cmp.Diff(want, out); diff != "" || r.Act != sample.ActID {
		t.Error(r.Act, diff)
	}
	a := m.acts[sample.ActID]
	if a.Published != "2025-03-03" || a.Adopted != "2025-03-01" || a.Titles[law.KK] != sample.Act().Titles[law.KK] || a.Requisites[law.RU] == "" {
		t.Errorf("%+v", a)
	}
	if a := m.acts[sample.AmendingActID]; a.Published != "2025-12-02" || a.Adopted != "2025-11-28" {
		t.Errorf("%+v", a)
	}
	e, err := m.Edition(t.Context(), law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.Second, Lang: law.RU})
	if err != nil || e.CauseHref != "/client/#!/doc/9900002/rus" || !strings.Contains(e.Cause, "№ 2-I") || e.MediaType != "application/json" || strings.Count(string(e.Raw), `"ngr"`) != 2 {
		t.Errorf("%v: %+v", err, e.EditionHead)
	}

	// Again: nothing is new. The page that tells the act's id and texts in several
	// pages are asked for whole, the rest answers 304.
	r, out = bringZan(t, m, s)
	if r.Count(scraper.Unchanged) != 6 || len(m.editions) != 4 {
		t.Error(out)
	}
	for _, c := range s.codes {
		if strings.HasPrefix(c, "200") == (strings.Contains(c, "/01.03.2025") || strings.HasSuffix(c, "/versions")) {
			t.Error(c)
		}
	}
}

// TestSecondSource: what one source has stored, another one stands beside, in
// either order.
func TestSecondSource(t *testing.T) {
	first, second := serve(t, sample.Site()), serve(t, sample.Zan())
	for _, order := range []string{"adilet", "zan"} {
		t.Run(order+" first", func(t *testing.T) {
			m := newMemory()
			a, b := func() (scraper.Report, string) { return bringAdilet(t, m, first) }, func() (scraper.Report, string) { return bringZan(t, m, second) }
			editions, other := 6, "zan:"
			if order == "zan" {
				a, b, editions, other = b, a, 4, "adilet:"
			}
			a()
			was, act := m.keys(), m.acts[sample.ActID]
			if len(was) != editions || len(m.beside) > 0 {
				t.Fatal(was)
			}
			r, out := b()
			var beside []string
			for _, i := range r.Items {
				if i.Beside != "" && i.Outcome == scraper.Stored {
					beside = append(beside, i.Beside+":"+i.Key.String())
				}
			}
			slices.Sort(beside)
			want := []string{other + "Z9900000001@2025-03-01:kk", other + "Z9900000001@2025-03-01:ru", other + "Z9900000001@2026-02-01:kk", other + "Z9900000001@2026-02-01:ru"}
			if !slices.Equal(beside, want) || r.Count(scraper.Revision)+r.Count(scraper.Refused) > 0 || len(m.editions) != 6 && order == "zan" {
				t.Errorf("%v\n%s", beside, out)
			}
			if got := m.acts[sample.ActID]; got.Titles[law.RU] != act.Titles[law.RU] {
				t.Errorf("the facts of the first source are gone: %+v", got)
			}
			was = m.keys()
			for _, again := range []func() (scraper.Report, string){a, b, a, b} {
				r, out := again()
				if r.Count(scraper.Stored)+r.Count(scraper.Revision)+r.Count(scraper.Refused) > 0 || !slices.Equal(m.keys(), was) {
					t.Errorf("again:\n%s", out)
				}
			}
		})
	}
}

// TestSecondSourceRevision: each source may change its own text under an old
// date; that is a revision of its own text and never of the other one's.
func TestSecondSourceRevision(t *testing.T) {
	m, first, second := newMemory(), serve(t, sample.Site()), serve(t, sample.Zan())
	bringAdilet(t, m, first)
	bringZan(t, m, second)
	second.change = words("/rus?page=1", "бесплатность основных услуг", "бесплатность всех услуг")
	r, out := bringZan(t, m, second)
	if r.Count(scraper.Revision) != 1 || !strings.Contains(out, "revision  /rus?page=1 (zan:Z9900000001@2026-02-01~1:ru)") || len(m.editions) != 6 || len(m.beside) != 5 {
		t.Errorf("%v\n%s", m.keys(), out)
	}
	first.change = words("/rus/docs/Z9900000001", "бесплатность основных услуг", "бесплатность многих услуг")
	r, out = bringAdilet(t, m, first)
	if r.Count(scraper.Revision) == 0 || !slices.Contains(m.keys(), "Z9900000001@2026-02-01~1:ru") || len(m.beside) != 5 {
		t.Errorf("%v\n%s", m.keys(), out)
	}
	if r, out := bringZan(t, m, second); r.Count(scraper.Revision)+r.Count(scraper.Stored) > 0 {
		t.Error(out)
	}
	// The text of a witness is judged by the one before it.
	second.change = func(address, body string) (string, int) {
		if strings.Contains(address, "/rus/01.03.2025") {
			body = strings.Replace(body, `"type":"article"`, `"type":"text"`, -1)
			body = body[:strings.Index(body, `"content":[`)] + `"content":[{"id":"1","type":"title","level":1,"text":"Закон","properties":[]},{"id":"2","type":"text","level":2,"text":"Статья 1. Одна.","properties":[]}],"pagesCount":1}`
		}
		return body, 200
	}
	if r, out := bringZan(t, m, second); r.Count(scraper.Refused) != 1 {
		t.Error(out)
	}
}

// TestSecondSourceAtOnce: both sources bring a new edition at the same moment.
func TestSecondSourceAtOnce(t *testing.T) {
	m, first, second := newMemory(), serve(t, sample.Site()), serve(t, sample.Zan())
	quicker := false
	m.fail = func(what string) error {
		if what == "AddEdition" && !quicker {
			quicker = true
			bringAdilet(t, m, first)
		}
		return nil
	}
	_, out := bringZan(t, m, second)
	if len(m.editions) != 6 || len(m.beside) != 4 {
		t.Errorf("%v\n%s", m.keys(), out)
	}
}

// TestFileThenSources: a text from a file is nobody's; the first source goes on
// from it, the second stands beside, and neither makes a false revision.
func TestFileThenSources(t *testing.T) {
	m, first, second := newMemory(), serve(t, sample.Site()), serve(t, sample.Zan())
	bringAdilet(t, m, first)
	e, err := m.Edition(t.Context(), law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.Second, Lang: law.RU})
	if err != nil {
		t.Fatal(err)
	}
	e.Source, e.SourceURL, e.Lines = "", "", append(slices.Clone(e.Lines), law.Line{Text: "Приписка."})
	if _, added, err := m.AddEdition(t.Context(), e); err != nil || !added {
		t.Fatal(err)
	}
	was := len(m.editions)
	if bringZan(t, m, second); len(m.editions) != was || len(m.beside) != 4 {
		t.Errorf("%v", m.keys())
	}
}

// TestAliases: adilet's page leads to the bank; what the bank says of itself
// stays.
func TestAliases(t *testing.T) {
	m := newMemory()
	bringAdilet(t, m, serve(t, sample.Site()))
	if code, err := m.Alias(t.Context(), "zan", sample.ActID); err != nil || code != sample.ZanCode {
		t.Errorf("%q, %v", code, err)
	}
	m = newMemory()
	bringZan(t, m, serve(t, sample.Zan()))
	s := serve(t, sample.Site())
	s.change = words("", "/doc/"+sample.ZanCode+"/", "/doc/777/")
	bringAdilet(t, m, s)
	if code, err := m.Alias(t.Context(), "zan", sample.ActID); err != nil || code != sample.ZanCode {
		t.Errorf("%q, %v", code, err)
	}
}

func TestZanRefused(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(string, string) (string, int)
		says   string
	}{
		{"two dates", words("/rus/01.03.2025", `"versionDate":"2025-03-01"`, `"versionDate":"2025-04-01"`), "its edition of 2025-04-01"},
		{"another edition", func(a, b string) (string, int) {
			if strings.Contains(a, "/rus/01.03.2025") {
				b = strings.ReplaceAll(b, `"2025-03-01"`, `"2025-04-01"`)
			}
			return b, 200
		}, "another edition: the page says it is of 2025-04-01"},
		{"another act", words("/rus/01.03.2025", "Z9900000001", "Z9900000777"), "another act: the page says it is of Z9900000777"},
		{"another code", words("/rus/01.03.2025", `"code":"9900001"`, `"code":"9900777"`), `of code "9900777"`},
		{"another language", words("/rus/01.03.2025", `"language":"rus","metadata"`, `"language":"kaz","metadata"`), "wrong language"},
		{"cut", func(a, b string) (string, int) {
			if strings.Contains(a, "/rus/01.03.2025") {
				b = b[:len(b)/2]
			}
			return b, 200
		}, "ends inside the text"},
		{"the second page is missing", func(a, b string) (string, int) {
			if strings.Contains(a, "/rus?page=2") {
				return "", 404
			}
			return b, 200
		}, "page 2 of 2 is missing"},
		{"the second page is forbidden", func(a, b string) (string, int) {
			if strings.Contains(a, "/rus?page=2") {
				return "", 403
			}
			return b, 200
		}, "403"},
		{"the second page is of another edition", func(a, b string) (string, int) {
			if strings.Contains(a, "/rus?page=2") {
				b = strings.ReplaceAll(b, `"2026-02-01"`, `"2026-02-02"`)
			}
			return b, 200
		}, "page 2: the page has no text of an act: it is of another edition"},
		{"too many pages", words("/rus/01.03.2025", `"pagesCount":1`, `"pagesCount":9999`), "9999 pages"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, s := newMemory(), serve(t, sample.Zan())
			s.change = tt.change
			r, out := bringZan(t, m, s)
			if r.Count(scraper.Refused) != 1 || len(m.editions) != 3 || len(m.refusals) != 1 || !strings.Contains(m.refusals[0].Reason, tt.says) || m.refusals[0].Source != "zan" {
				t.Errorf("%v\n%s", m.refusals, out)
			}
			s.change = nil
			if r, out := bringZan(t, m, s); r.Count(scraper.Refused) > 0 || len(m.editions) != 4 {
				t.Errorf("when it is good again:\n%s", out)
			}
		})
	}
}

// TestZanWithoutList: the list of editions is missing; the text tells its own
// date and that there are more.
func TestZanWithoutList(t *testing.T) {
	m, s := newMemory(), serve(t, sample.Zan())
	s.change = func(address, body string) (string, int) {
		if strings.HasSuffix(address, "/versions") {
			return "", 404
		}
		return body, 200
	}
	_, out := bringZan(t, m, s)
	if got := m.keys(); !slices.Equal(got, []string{"Z9900000001@2026-02-01:kk", "Z9900000001@2026-02-01:ru"}) ||
		!strings.Contains(out, "missing   /rus/versions: 0 of the editions that the text counts (2) are listed") {
		t.Errorf("%v\n%s", got, out)
	}
	if e := m.editions[0]; e.CauseHref != "/client/#!/doc/9900002/kaz" || e.Cause == "" {
		t.Errorf("%+v", e.EditionHead)
	}
}

// TestZanFutureEdition: the list has an edition that is yet to come; the text at
// the plain address is the one in force.
func TestZanFutureEdition(t *testing.T) {
	m, s := newMemory(), serve(t, sample.Zan())
	s.change = func(address, body string) (string, int) {
		if strings.HasSuffix(address, "/versions") {
			body = strings.Replace(body, "[", `[{"language":"rus","versionDate":"2027-01-01"},`, 1)
		}
		return body, 200
	}
	r, out := bringZan(t, m, s)
	if len(m.editions) != 4 || r.Count(scraper.Missing) != 2 || r.Count(scraper.Refused) > 0 || !strings.Contains(out, "missing   /rus/01.01.2027?page=1") {
		t.Errorf("%v\n%s", m.keys(), out)
	}
}

func TestZanDoesNotTell(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(string, string) (string, int)
		says   string
	}{
		"forbidden": {func(string, string) (string, int) { return "", 403 }, "does not tell which act"},
		"missing":   {func(string, string) (string, int) { return "", 404 }, "no such act"},
		"no id":     {func(_, b string) (string, int) { return strings.Replace(b, `"ngr":"Z9900000001"`, `"ngr":""`, 1), 200 }, "does not tell which act"},
	} {
		s, m := serve(t, sample.Zan()), newMemory()
		robots := tt.change
		s.change = func(a, b string) (string, int) {
			if a == "/robots.txt" {
				return b, 200
			}
			return robots(a, b)
		}
		src, _ := zan.New(s.URL, sample.ZanCode)
		if _, out, err := bring(t, m, src, s.URL); err == nil || !strings.Contains(err.Error(), tt.says) || len(m.editions) > 0 {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
