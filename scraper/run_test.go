package scraper_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

const (
	sampleDir = "adilet/testdata/site"
	sampleAct = "Z2600000001"
)

func samplePage(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(sampleDir, path, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestRun(t *testing.T) {
	s := newSite(t, sampleDir, sampleAct)
	var progress []scraper.Progress
	var came []string
	r := s.mustRun(func(o *scraper.Options) {
		o.Progress = func(p scraper.Progress) {
			if p.Outcome == scraper.Came {
				came = append(came, strings.TrimPrefix(p.URL, s.URL))
			} else {
				progress = append(progress, p)
			}
			if len(came)+len(progress) == 1 && len(s.codes) != 1 {
				t.Errorf("the first page is told after %d pages", len(s.codes))
			}
		}
	})
	want := `read      /kaz/docs/Z2600000001/history
missing   /kaz/docs/Z2600000001/info
read      /rus/docs/Z2600000001/history
read      /rus/docs/Z2600000001/info
missing   /eng/docs/Z2600000001: no text in this language
stored    /kaz/docs/Z2600000001/10.01.2026 (Z2600000001@2026-01-10:kk)
stored    /kaz/docs/Z2600000001 (Z2600000001@2026-03-01:kk)
missing   /rus/docs/Z2600000030/info
read      /rus/docs/Z2600000012/info
missing   /rus/docs/Z2600000014/info
stored    /rus/docs/Z2600000001/10.01.2026 (Z2600000001@2026-01-10:ru)
stored    /rus/docs/Z2600000001 (Z2600000001@2026-03-01:ru)
`
	if diff := cmp.Diff(want, s.show(r)); diff != "" {
		t.Error(diff)
	}
	if n := len(r.Items); len(progress) != n || progress[n-1].Done != n || progress[n-1].Total != n || progress[0].Total < 2 {
		t.Errorf("progress of %d pages: %+v", n, progress)
	}
	if want := []string{"/kaz/docs/Z2600000001", "/rus/docs/Z2600000001"}; !slices.Equal(came, want) {
		t.Errorf("came: %v", came)
	}
	a := s.store.acts[sampleAct]
	if a.Published != "2026-01-12" || a.Adopted != "2026-01-10" || a.Titles[law.KK] != "Мектеп кітапханалары туралы (үлгі)" || !strings.Contains(a.Requisites[law.RU], "№ 1-VIII") {
		t.Errorf("%+v", a)
	}
	if a := s.store.acts["Z2600000012"]; a.Published != "2026-02-21" || a.Adopted != "2026-02-20" {
		t.Errorf("%+v", a)
	}
	e, err := s.store.Edition(t.Context(), law.EditionKey{Act: sampleAct, Status: law.Enacted, Date: "2026-03-01", Lang: law.RU})
	if err != nil || !bytes.Equal(e.Raw, []byte(samplePage(t, "rus/docs/Z2600000001"))) || e.SourceURL != s.URL+"/rus/docs/Z2600000001" ||
		!strings.Contains(e.Cause, "№ 12-VIII") || e.CauseHref != "/rus/docs/Z2600000012" || e.MediaType != "text/html; charset=utf-8" || e.FetchedAt.IsZero() {
		t.Errorf("%v: %+v", err, e.EditionHead)
	}

	// A second run: the site says 304 to everything it has, and nothing is stored
	// but when it was looked at.
	was, visits := s.store.keys(), maps.Clone(s.store.visits)
	later := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	r = s.mustRun(func(o *scraper.Options) { o.Now = func() time.Time { return later } })
	for url, v := range s.store.visits {
		known := strings.HasSuffix(url, "Z2600000012/info") // facts of another act: never asked for again
		if w := visits[url]; v.At.Equal(later) == known || v.SHA256 != w.SHA256 || v.LastModified != w.LastModified || v.Status != w.Status {
			t.Errorf("visit %+v, was %+v", v, w)
		}
	}
	for _, c := range s.codes {
		if !strings.HasPrefix(c, "304 ") && !strings.HasPrefix(c, "404 ") {
			t.Errorf("fetched again: %s", c)
		}
	}
	for _, i := range r.Items {
		if i.Outcome != scraper.Unchanged && i.Outcome != scraper.Missing || i.Fetched {
			t.Errorf("in the second run: %s", i)
		}
	}
	if r.Count(scraper.Unchanged) != 7 || !slices.Equal(s.store.keys(), was) {
		t.Errorf("second run:\n%s", s.show(r))
	}
}

// TestRunRealSite: the real law from the local site.
func TestRunRealSite(t *testing.T) {
	dir := "../../shared/adilet-site"
	if _, err := os.Stat("../../shared"); err != nil {
		t.Skip("../shared absent")
	}
	s := newSite(t, dir, "Z2400000093")
	r := s.mustRun(nil)
	if got, want := s.store.keys(), strings.Fields(`Z2400000093@2024-06-19:kk Z2400000093@2024-06-19:ru Z2400000093@2025-01-01:kk
		Z2400000093@2025-01-01:ru Z2400000093@2026-03-02:kk Z2400000093@2026-03-02:ru`); !slices.Equal(got, want) || r.Count(scraper.Refused) > 0 {
		t.Errorf("got %v\n%s", got, s.show(r))
	}
	if a := s.store.acts["Z2400000093"]; a.Published != "2024-06-20" {
		t.Errorf("%+v", a)
	}
	if a := s.store.acts["Z2500000231"]; a.Published != "2025-11-18" {
		t.Errorf("%+v", a)
	}
	if out := s.show(r); !strings.Contains(out, "missing   /rus/docs/Z2500000248/info") || !strings.Contains(out, "missing   /eng/docs/Z2400000093") {
		t.Error(out)
	}
	if r = s.mustRun(nil); r.Count(scraper.Unchanged) != 9 || len(s.store.editions) != 6 {
		t.Errorf("second run:\n%s", s.show(r))
	}
}

// TestRunKilled stops the run at every place in turn where it stores or asks
// for something; the next run completes it, with nothing stored twice.
func TestRunKilled(t *testing.T) {
	whole := newSite(t, sampleDir, sampleAct)
	whole.mustRun(nil)
	killed := errors.New("killed")
	for _, what := range []string{"AddEdition", "SaveVisit", "SaveAct"} {
		for n := 1; ; n++ {
			s := newSite(t, sampleDir, sampleAct)
			calls := 0
			s.store.fail = func(w string) error {
				if w == what {
					calls++
				}
				if w == what && calls == n {
					return killed
				}
				return nil
			}
			_, err := s.run(t.Context(), nil)
			if err == nil {
				break // there is no n-th call
			}
			if !errors.Is(err, killed) {
				t.Fatal(err)
			}
			s.mustRun(nil)
			if diff := cmp.Diff(whole.store.keys(), s.store.keys()); diff != "" {
				t.Errorf("killed in %s %d: %s", what, n, diff)
			}
			if len(s.store.acts) != len(whole.store.acts) || len(s.store.visits) != len(whole.store.visits) {
				t.Errorf("killed in %s %d: %d acts, %d visits; want %d, %d", what, n, len(s.store.acts), len(s.store.visits), len(whole.store.acts), len(whole.store.visits))
			}
		}
	}
}

func TestRunOptions(t *testing.T) {
	s := newSite(t, sampleDir, sampleAct)
	s.mustRun(func(o *scraper.Options) { o.Langs, o.Latest = []law.Lang{law.RU}, true })
	if got := s.store.keys(); !slices.Equal(got, []string{"Z2600000001@2026-03-01:ru"}) {
		t.Errorf("latest in ru: %v", got)
	}
	// The list of editions was read, but not all that is on it: it is read again.
	s.mustRun(nil)
	if got := s.store.keys(); len(got) != 4 {
		t.Errorf("then all: %v", got)
	}
	_, err := s.run(t.Context(), func(o *scraper.Options) { o.Langs = []law.Lang{law.EN} })
	if !errors.Is(err, law.ErrNotFound) {
		t.Errorf("en alone: %v", err)
	}
	s.act = "Z2600009999"
	if _, err := s.run(t.Context(), nil); !errors.Is(err, law.ErrNotFound) || !strings.Contains(err.Error(), "Z2600009999") {
		t.Errorf("an act the site does not have: %v", err)
	}
}

func TestRunRevision(t *testing.T) {
	s := newSite(t, sampleDir, sampleAct)
	s.mustRun(nil)
	const path = "/rus/docs/Z2600000001/10.01.2026"
	s.put(path, strings.Replace(samplePage(t, path), "четырнадцать", "двадцать", 1))
	r := s.mustRun(nil)
	if r.Count(scraper.Revision) != 1 || !strings.Contains(s.show(r), "revision  "+path+" (Z2600000001@2026-01-10~1:ru)") {
		t.Error(s.show(r))
	}
	// Another counter on the page is no other text.
	s.put(path, strings.Replace(samplePage(t, path), "четырнадцать", "двадцать", 1)+"<!-- 17 visitors -->")
	if r = s.mustRun(nil); r.Count(scraper.Revision) != 0 || len(s.store.editions) != 5 {
		t.Error(s.show(r))
	}
	// The site gives no validators for the page: the hash tells.
	if r = s.mustRun(nil); r.Count(scraper.Unchanged) != 7 {
		t.Error(s.show(r))
	}
}

// TestRunNewEdition: the current edition becomes a dated one and a new one
// takes its place.
func TestRunNewEdition(t *testing.T) {
	s := newSite(t, sampleDir, sampleAct)
	s.mustRun(func(o *scraper.Options) { o.Langs = []law.Lang{law.RU} })
	const plain = "/rus/docs/Z2600000001"
	old := samplePage(t, plain)
	s.put(plain+"/01.03.2026", strings.Replace(old, "text text_upd", "text text_upd text_arc", 1))
	s.put(plain+"/history", strings.Replace(samplePage(t, plain+"/history"), `</tbody>`,
		`<tr><td>3</td><td><a href="/rus/docs/Z2600000001">О поправках</a></td><td></td><td></td><td>15.03.2026</td><td></td></tr></tbody>`, 1))

	// The list is ahead of the text: nothing is stored under the new date yet.
	// The row of 01.03.2026 still links the plain address; its date decides.
	r := s.mustRun(func(o *scraper.Options) { o.Langs = []law.Lang{law.RU} })
	if r.Count(scraper.Refused) != 1 || len(s.store.editions) != 2 || !strings.Contains(s.show(r), "still shows the text before it") {
		t.Errorf("list ahead of the text:\n%s", s.show(r))
	}
	s.put(plain, strings.Replace(old, "четырнадцать", "двадцать", 1))
	r = s.mustRun(func(o *scraper.Options) { o.Langs = []law.Lang{law.RU} })
	if got := s.store.keys(); len(got) != 3 || got[2] != "Z2600000001@2026-03-15:ru" || r.Count(scraper.Revision) != 0 {
		t.Errorf("%v\n%s", got, s.show(r))
	}
}
