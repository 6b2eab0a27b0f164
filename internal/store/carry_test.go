package store

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// addWhole stores an edition as version 1 of the schema did.
func addWhole(ctx context.Context, s *Store, e law.Edition) error {
	lines, err := json.Marshal(e.Lines)
	if err != nil {
		return err
	}
	if _, err := execute(ctx, s.write, `INSERT INTO acts (id) VALUES (?) ON CONFLICT (id) DO NOTHING`, e.Act); err != nil {
		return err
	}
	_, err = execute(ctx, s.write, `
		INSERT INTO editions (act_id, lang, status, date, revision, title, source_url, fetched_at,
			cause, cause_href, sha256, text_sha256, media_type, lines, raw)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Act, e.Lang, e.Status, e.Date, e.Revision, e.Title, e.SourceURL, instant(e.FetchedAt),
		e.Cause, e.CauseHref, e.SHA256, textSum(e.Lines), e.MediaType, string(lines), packed(e.Raw))
	return err
}

// TestCarriedOver opens a database of the first version: every edition is there
// as it was, and what was damaged is still said to be.
func TestCarriedOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		ctx := t.Context()
		s, err := Open(ctx, url)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.migrateTo(ctx, 1); err != nil {
			t.Fatal(err)
		}
		var all []law.Edition
		for i, version := range []string{"2026-01-15", "2026-01-15~1", "2026-02-15", "proposed-2026-03-01"} {
			for _, lang := range law.Langs {
				e := sampleEdition(t, version, lang, "Статья 1. Одна и та же во всех редакциях.", strings.Repeat("Иная. ", i+1))
				e.Lines[0].Mark, e.Lines[0].Anchor, e.Lines[1].From = law.Bold, "z1", 7
				e.Lines[1].Links = []law.Link{{Text: "Иная", Href: "/rus/docs/Z2600000002"}}
				all = append(all, e)
			}
		}
		empty := sampleEdition(t, "2026-05-01", law.RU, "Без страницы")
		empty.Raw, empty.SHA256 = []byte{}, sum(nil)
		broken := sampleEdition(t, "2026-06-01", law.RU, "Повреждена")
		broken.SHA256 = strings.Repeat("0", 64)
		for _, e := range append(all, empty, broken) {
			if err := addWhole(ctx, s, e); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		for _, want := range append(all, empty) {
			if want.Status == law.Enacted { // until version 5 a source was known by the address
				want.Source = "adilet"
			}
			got, err := s.Edition(ctx, want.EditionKey)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		}
		if _, err := s.Edition(ctx, broken.EditionKey); !errors.Is(err, ErrDamaged) {
			t.Errorf("damaged before, whole now: %v", err)
		}
		// The text is known: nothing is added.
		if key, added, err := s.AddEdition(ctx, all[len(all)-1]); err != nil || added || key != all[len(all)-1].EditionKey {
			t.Errorf("%s, added %t, %v", key, added, err)
		}
		var packs int
		if err := get(ctx, s.read, &packs, `SELECT count(*) FROM packs`); err != nil || packs > 2*len(all) {
			t.Errorf("%d packs, %v", packs, err)
		}
	})
}
