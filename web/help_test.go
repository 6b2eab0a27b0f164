package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
)

// today is the day on which every test reads the pages.
func today() time.Time { return time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC) }

// site is the application on a fresh database.
type site struct {
	tb      testing.TB
	store   *store.Store
	handler http.Handler
}

// migrated is an empty store.
var migrated = storetest.NewTemplate(os.DirFS("../internal/store/migrations"), func(url string) error {
	s, err := store.Open(context.Background(), url)
	if err != nil {
		return err
	}
	_, err = s.Migrate(context.Background())
	return errors.Join(err, s.Close())
})

func openStore(tb testing.TB, address string) *store.Store {
	tb.Helper()
	s, err := store.Open(context.Background(), address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

func newSite(tb testing.TB) *site {
	tb.Helper()
	db := openStore(tb, migrated.SQLite(tb))
	h, err := web.New(web.Config{Store: db, Logger: slog.New(slog.DiscardHandler), Now: today, BaseURL: "https://tuzetu.example"})
	if err != nil {
		tb.Fatal(err)
	}
	return &site{tb, db, h}
}

// sampled is a site with the sample act: two editions and a proposal in three
// languages.
func sampled(tb testing.TB) *site {
	tb.Helper()
	s := newSite(tb)
	s.act(sample.Act())
	for _, lang := range law.Langs {
		for _, date := range []law.Date{sample.First, sample.Second} {
			s.edition(sample.ActID, law.Enacted, date, lang, sample.Markdown(lang, date))
		}
		s.edition(sample.ActID, law.Proposed, sample.Proposed, lang, sample.Proposal(lang))
	}
	return s
}

func (s *site) act(a law.Act) {
	s.tb.Helper()
	if err := s.store.SaveAct(context.Background(), a); err != nil {
		s.tb.Fatal(err)
	}
}

// edition stores a Markdown text; the same text twice makes no revision.
func (s *site) edition(act law.ActID, status law.Status, date law.Date, lang law.Lang, markdown string) {
	s.tb.Helper()
	title, lines, err := law.ReadMarkdown(strings.NewReader(markdown))
	if err != nil {
		s.tb.Fatal(err)
	}
	e := law.Edition{MediaType: "text/markdown", Raw: []byte(markdown), Lines: lines}
	e.EditionKey = law.EditionKey{Act: act, Status: status, Date: date, Lang: lang}
	e.Title, e.SourceURL, e.FetchedAt = title, "https://adilet.example/rus/docs/"+string(act), today()
	if _, _, err := s.store.AddEdition(context.Background(), e); err != nil {
		s.tb.Fatal(err)
	}
}

const massMedia law.ActID = "Z2400000093"

// massMediaSite is a site with the real law; the test is skipped without it.
func massMediaSite(tb testing.TB) *site {
	tb.Helper()
	dir := "../../shared/lawdata/mass-media-law"
	if _, err := os.Stat(dir); err != nil {
		tb.Skip("../shared absent")
	}
	s := newSite(tb)
	s.act(law.Act{
		ID:         massMedia,
		Titles:     map[law.Lang]string{law.RU: "О масс-медиа", law.KK: "Масс-медиа туралы"},
		Requisites: map[law.Lang]string{law.RU: "Закон Республики Казахстан от 19 июня 2024 года № 93-VIII ЗРК", law.KK: "Қазақстан Республикасының 2024 жылғы 19 маусымдағы № 93-VIII ҚРЗ Заңы"},
		Adopted:    "2024-06-19",
	})
	for _, date := range []law.Date{"2024-06-19", "2025-01-01", "2026-03-02"} {
		for _, lang := range []law.Lang{law.KK, law.RU} {
			b, err := os.ReadFile(filepath.Join(dir, string(date)+"."+string(lang)+".md"))
			if err != nil {
				tb.Fatal(err)
			}
			s.edition(massMedia, law.Enacted, date, lang, string(b))
		}
	}
	return s
}

// get asks for an address; header holds name, value pairs.
func (s *site) get(path string, header ...string) *httptest.ResponseRecorder {
	return s.ask(http.MethodGet, path, header...)
}

func (s *site) ask(method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// page asks for an address that must answer 200 and parses the page.
func (s *site) page(path string) *goquery.Document {
	s.tb.Helper()
	return s.pageWith(http.StatusOK, path)
}

func (s *site) pageWith(status int, path string) *goquery.Document {
	s.tb.Helper()
	w := s.get(path)
	if w.Code != status {
		s.tb.Fatalf("%s: status %d, want %d; Location %q", path, w.Code, status, w.Header().Get("Location"))
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		s.tb.Fatal(err)
	}
	return doc
}

// text is what a selection says, blanks folded.
func text(sel *goquery.Selection) string { return strings.Join(strings.Fields(sel.Text()), " ") }
