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

// TestSecondSource: what one source has stored, another one is compared with.
func TestSecondSource(t *testing.T) {
	first, second := serve(t, sample.Site()), serve(t, sample.Zan())
	for _, order := range []string{"adilet first", "zan first"} {
		t.Run(order, func(t *testing.T) {
			m := newMemory()
			adilet, zan := func() (scraper.Report, string) { return bringAdilet(t, m, first) }, func() (scraper.Report, string) { return bringZan(t, m, second) }
			stored, same := 6, 4
			if order == "zan first" {
				adilet, zan = zan, adilet
				stored = 4
			}
			adilet()
			was := m.keys()
			a := m.acts[sample.ActID]
			if len(was) != stored {
				t.Fatal(was)
			}
			for range 2 { // nothing of a comparison is kept: it is made again
				r, out := zan()
				if r.Count(scraper.Same) != same || r.Count(scraper.Revision) > 0 || r.Count(scraper.Refused) > 0 || r.Count(scraper.Stored) > 6-stored {
					t.Error(out)
				}
			}
			if order == "adilet first" && (!slices.Equal(m.keys(), was) || m.acts[sample.ActID].Titles[law.RU] != a.Titles[law.RU]) {
				t.Errorf("%v", m.keys())
			}
			if r, out := adilet(); r.Count(scraper.Stored)+r.Count(scraper.Revision)+r.Count(scraper.Refused) > 0 {
				t.Errorf("the first source again:\n%s", out)
			}
		})
	}
}

func TestSecondSourceDiffers(t *testing.T) {
	m := newMemory()
	bringAdilet(t, m, serve(t, sample.Site()))
	was := m.keys()
	s := serve(t, sample.Zan())
	s.change = words("/rus?page=1", "бесплатность основных услуг", "бесплатность всех услуг")
	for range 2 {
		r, out := bringZan(t, m, s)
		if r.Count(scraper.Differs) != 1 || r.Count(scraper.Same) != 3 || !strings.Contains(out, "differs   /rus?page=1 (Z9900000001@2026-02-01:ru): one provision is not as in ") {
			t.Error(out)
		}
		for _, i := range r.Items {
			if i.Outcome == scraper.Differs && (len(i.Differences) != 1 || i.Differences[0].String() != `art_3__subpara_2 is "2) бесплатность основных услуг;", here "2) бесплатность всех услуг;"`) {
				t.Errorf("%v", i.Differences)
			}
		}
	}
	if !slices.Equal(m.keys(), was) || len(m.refusals) > 0 {
		t.Errorf("%v", m.keys())
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

func TestCompare(t *testing.T) {
	text := func(s string) *law.Document {
		lines, err := law.ReadText(strings.NewReader(s))
		if err != nil {
			t.Fatal(err)
		}
		return law.Build(law.RU, "", lines)
	}
	const was = "Статья 1. Школа\n1. Школа учит.\n2. Школа «растит».\n3. Школа кормит.\nСтатья 2. Сад\n1. Сад растёт.\n"
	for _, tt := range []struct {
		name, is string
		want     []string
	}{
		{"the same in other print", strings.NewReplacer("«", `"`, "»", `"`, "ё", "е").Replace(was), nil},
		{"other words", strings.Replace(was, "кормит", "поит", 1), []string{`art_1__para_3 is "3. Школа кормит.", here "3. Школа поит."`}},
		{"one more", was + "2. Сад цветёт.\n", []string{`art_2__para_2 is here only: "2. Сад цветёт."`}},
		{"one less", strings.Replace(was, "3. Школа кормит.\n", "", 1), []string{`art_1__para_3 is not here: "3. Школа кормит."`}},
		{"another place", strings.Replace(strings.Replace(was, "1. Сад растёт.\n", "", 1), "Статья 2.", "1. Сад растёт.\nСтатья 2.", 1),
			[]string{`art_2__para_1 stands here as art_1__para_1~2`}},
	} {
		var got []string
		for _, d := range scraper.Compare(text(was), text(tt.is)) {
			got = append(got, d.String())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}
