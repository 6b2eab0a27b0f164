package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// TestMain lets tests start this binary again as a process of its own; see
// process_test.go.
func TestMain(m *testing.M) {
	if role := os.Getenv(roleEnv); role != "" {
		os.Exit(playRole(role))
	}
	os.Exit(m.Run())
}

// migrated is an empty store.
var migrated = storetest.NewTemplate(migrationFiles, func(url string) error {
	s, err := Open(context.Background(), url)
	if err != nil {
		return err
	}
	_, err = s.Migrate(context.Background())
	return errors.Join(err, s.Close())
})

// eachStore runs f on an empty, migrated store of each database.
func eachStore(t *testing.T, f func(t *testing.T, s *Store)) {
	t.Helper()
	migrated.Each(t, func(t *testing.T, url string) { f(t, openTest(t, url)) })
}

func openTest(t testing.TB, url string) *Store {
	t.Helper()
	s, err := Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

const sampleAct law.ActID = "Z2600000001"

// sampleEdition is an edition with the given paragraphs, the same for the same
// arguments, fetched a minute after its date begins.
func sampleEdition(t testing.TB, version string, lang law.Lang, paragraphs ...string) law.Edition {
	t.Helper()
	e, err := makeEdition(version, lang, paragraphs...)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func makeEdition(version string, lang law.Lang, paragraphs ...string) (law.Edition, error) {
	key, err := law.ParseVersion(version)
	if err != nil {
		return law.Edition{}, err
	}
	key.Act, key.Lang = sampleAct, lang
	day, _ := key.Date.Time()
	e := law.Edition{
		EditionHead: law.EditionHead{
			EditionKey: key,
			Title:      "Закон о примерах",
			SourceURL:  fmt.Sprintf("https://example.org/docs/%s/%s/%s", key.Act, lang, key.Date),
			FetchedAt:  day.Add(time.Minute + 7*time.Microsecond),
			Cause:      "Закон о поправках в примеры",
			CauseHref:  "/docs/Z2600000002",
		},
		MediaType: "text/html; charset=utf-8",
		Raw:       []byte("<article>" + strings.Join(paragraphs, "<p>") + "</article>\r\n\x00\xff"),
	}
	for i, p := range paragraphs {
		e.Lines = append(e.Lines, law.Line{Text: p, From: i + 1, To: i + 1})
	}
	e.SHA256 = sum(e.Raw)
	return e, nil
}

// add stores e and returns its key; it must be new.
func add(t testing.TB, s *Store, e law.Edition) law.EditionKey {
	t.Helper()
	key, added, err := s.AddEdition(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	if !added {
		t.Fatalf("%s was there already", key)
	}
	return key
}
