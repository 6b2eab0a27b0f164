package scraper_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/adilet"
	"github.com/tuzetu/tuzetu/scraper/fetch"
)

// memory is a Store in memory, by the words of the interface.
type memory struct {
	acts     map[law.ActID]law.Act
	editions []law.Edition
	beside   []law.Edition     // witnesses
	aliases  map[string]string // source + act
	visits   map[string]scraper.Visit
	refusals []scraper.Refusal
	fail     func(what string) error // may make a method fail
}

func newMemory() *memory {
	return &memory{acts: map[law.ActID]law.Act{}, aliases: map[string]string{}, visits: map[string]scraper.Visit{}, fail: func(string) error { return nil }}
}

func (m *memory) SaveAct(_ context.Context, a law.Act) error {
	old, ok := m.acts[a.ID]
	if !ok {
		old = law.Act{ID: a.ID, Titles: map[law.Lang]string{}, Requisites: map[law.Lang]string{}}
	}
	for l, t := range a.Titles {
		old.Titles[l] = t
	}
	for l, t := range a.Requisites {
		old.Requisites[l] = t
	}
	if a.Adopted != "" {
		old.Adopted = a.Adopted
	}
	if a.Published != "" {
		old.Published = a.Published
	}
	m.acts[a.ID] = old
	return m.fail("SaveAct")
}

func (m *memory) AddEdition(_ context.Context, e law.Edition) (law.EditionKey, bool, error) {
	if err := m.fail("AddEdition"); err != nil {
		return law.EditionKey{}, false, err
	}
	for _, o := range m.editions {
		if o.Act == e.Act && o.Lang == e.Lang && o.Date == e.Date && o.Source != "" && e.Source != "" && o.Source != e.Source {
			return law.EditionKey{}, false, scraper.ErrOtherSource
		}
	}
	return addTo(&m.editions, e, func(law.Edition) bool { return true })
}

func (m *memory) AddWitness(_ context.Context, e law.Edition) (law.EditionKey, bool, error) {
	if err := m.fail("AddWitness"); err != nil {
		return law.EditionKey{}, false, err
	}
	return addTo(&m.beside, e, func(o law.Edition) bool { return o.Source == e.Source })
}

func addTo(list *[]law.Edition, e law.Edition, of func(law.Edition) bool) (law.EditionKey, bool, error) {
	texts := func(ls []law.Line) string {
		var b strings.Builder
		for _, l := range ls {
			fmt.Fprintln(&b, l.Mark, l.Text)
		}
		return b.String()
	}
	e.Revision = 0
	for _, o := range *list {
		if o.Act == e.Act && o.Lang == e.Lang && o.Date == e.Date && o.Revision >= e.Revision && of(o) {
			if e.Revision = o.Revision + 1; texts(o.Lines) == texts(e.Lines) {
				return o.EditionKey, false, nil
			}
		}
	}
	*list = append(*list, e)
	return e.EditionKey, true, nil
}

func (m *memory) Editions(_ context.Context, act law.ActID) ([]law.EditionHead, error) {
	return headsOf(m.editions, act), nil
}

func (m *memory) Witnesses(_ context.Context, act law.ActID) ([]law.EditionHead, error) {
	return headsOf(m.beside, act), nil
}

func headsOf(list []law.Edition, act law.ActID) (hs []law.EditionHead) {
	for _, e := range list {
		if e.Act == act {
			hs = append(hs, e.EditionHead)
		}
	}
	slices.SortStableFunc(hs, func(a, b law.EditionHead) int { return strings.Compare(string(a.Date), string(b.Date)) })
	return hs
}

func (m *memory) Witness(_ context.Context, source string, key law.EditionKey) (law.Edition, error) {
	for _, e := range m.beside {
		if e.EditionKey == key && e.Source == source {
			return e, nil
		}
	}
	return law.Edition{}, law.ErrNotFound
}

func (m *memory) Alias(_ context.Context, source string, act law.ActID) (string, error) {
	code, ok := m.aliases[source+" "+string(act)]
	if !ok {
		return "", law.ErrNotFound
	}
	return code, nil
}

func (m *memory) SaveAlias(_ context.Context, source string, act law.ActID, code string) error {
	m.aliases[source+" "+string(act)] = code
	return m.fail("SaveAlias")
}

func (m *memory) Edition(_ context.Context, key law.EditionKey) (law.Edition, error) {
	for _, e := range m.editions {
		if e.EditionKey == key {
			return e, nil
		}
	}
	return law.Edition{}, law.ErrNotFound
}

func (m *memory) Visit(_ context.Context, url string) (scraper.Visit, bool, error) {
	v, ok := m.visits[url]
	return v, ok, nil
}

func (m *memory) SaveVisit(_ context.Context, v scraper.Visit) error {
	if err := m.fail("SaveVisit"); err != nil {
		return err
	}
	m.visits[v.URL] = v
	return nil
}

func (m *memory) AddRefusal(_ context.Context, r scraper.Refusal) error {
	m.refusals = append(m.refusals, r)
	return m.fail("AddRefusal")
}

func (m *memory) keys() []string {
	var ks []string
	for _, e := range m.editions {
		ks = append(ks, e.EditionKey.String())
	}
	for _, e := range m.beside {
		ks = append(ks, e.Source+":"+e.EditionKey.String())
	}
	slices.Sort(ks)
	return ks
}

// noWait is a clock on which sleeping takes no time.
type noWait struct {
	mu  sync.Mutex
	now time.Time
}

func (c *noWait) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *noWait) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(max(0, d))
	return ctx.Err()
}

// site serves a folder as adilet.zan.kz would, with pages put over it.
type site struct {
	*httptest.Server
	t     *testing.T
	act   law.ActID
	over  map[string]func(http.ResponseWriter) // by path, without a stroke at the end
	codes []string                             // "200 /rus/docs/…" of every answer but redirects
	store *memory
}

func newSite(t *testing.T, dir string, act law.ActID) *site {
	t.Helper()
	s := &site{t: t, act: act, over: map[string]func(http.ResponseWriter){}, store: newMemory()}
	files := http.FileServer(http.Dir(dir))
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		if over := s.over[strings.TrimRight(r.URL.Path, "/")]; over != nil {
			over(rec)
		} else {
			files.ServeHTTP(rec, r)
		}
		if rec.Code != http.StatusMovedPermanently && r.URL.Path != "/robots.txt" {
			s.codes = append(s.codes, fmt.Sprint(rec.Code, " ", strings.TrimRight(r.URL.Path, "/")))
		}
		for k, v := range rec.Header() {
			w.Header()[k] = v
		}
		w.WriteHeader(rec.Code)
		w.Write(rec.Body.Bytes())
	}))
	t.Cleanup(s.Close)
	return s
}

// put lays a page over the site's own.
func (s *site) put(path, body string) {
	s.over[path] = func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	}
}

func (s *site) status(path string, code int) {
	s.over[path] = func(w http.ResponseWriter) { w.WriteHeader(code) }
}

// run runs the whole way: a real Fetcher, the adilet Source, a Store in memory.
func (s *site) run(ctx context.Context, change func(*scraper.Options)) (scraper.Report, error) {
	s.t.Helper()
	s.codes = nil
	clock := &noWait{now: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	f, err := fetch.New(fetch.Config{Contact: "test@example.org", Clock: clock, Chance: func() float64 { return 0 }, Private: []string{s.URL}, Tries: 2})
	if err != nil {
		s.t.Fatal(err)
	}
	src, err := adilet.New(s.URL)
	if err != nil {
		s.t.Fatal(err)
	}
	o := scraper.Options{Act: s.act, Source: src, Getter: f, Store: s.store, Now: clock.Now}
	if change != nil {
		change(&o)
	}
	return scraper.Run(ctx, o)
}

func (s *site) mustRun(change func(*scraper.Options)) scraper.Report {
	s.t.Helper()
	r, err := s.run(s.t.Context(), change)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// show prints a report one page a line, without the host.
func (s *site) show(r scraper.Report) string {
	var b strings.Builder
	for _, i := range r.Items {
		fmt.Fprintln(&b, strings.ReplaceAll(i.String(), s.URL, ""))
	}
	return b.String()
}
