package store

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// from makes an edition one that a source brought.
func from(source string, e law.Edition) law.Edition {
	e.Source = source
	return e
}

// TestOneSourceADay: the first source has the day; what another one has stands
// beside it, and the revisions of each are counted by themselves.
func TestOneSourceADay(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		text := func(words string) law.Edition {
			return sampleEdition(t, "2026-01-15", law.RU, "Статья 1. Во всех одно и то же и достаточно длинно.", words)
		}
		first := from("adilet", text("один"))
		if _, _, err := s.AddWitness(ctx, from("zan", text("один"))); !errors.Is(err, law.ErrNotFound) {
			t.Errorf("beside nothing: %v", err)
		}
		add(t, s, first)
		for _, words := range []string{"один", "другой"} {
			if _, _, err := s.AddEdition(ctx, from("zan", text(words))); !errors.Is(err, scraper.ErrOtherSource) {
				t.Errorf("%s: %v", words, err)
			}
		}
		want := law.EditionKey{Act: sampleAct, Status: law.Enacted, Date: "2026-01-15", Lang: law.RU}
		for i, c := range []struct {
			source, words string
			revision      int
			added         bool
		}{
			{"zan", "один", 0, true}, {"zan", "один", 0, false}, {"zan", "иной", 1, true}, {"zan", "один", 2, true}, {"gazette", "один", 0, true},
		} {
			want.Revision = c.revision
			key, added, err := s.AddWitness(ctx, from(c.source, text(c.words)))
			if err != nil || key != want || added != c.added {
				t.Errorf("%d: %s, %t, %v", i, key, added, err)
			}
		}
		// The day's own source, and a file, go on with the edition.
		if key := add(t, s, from("adilet", text("поправлен"))); key.Revision != 1 {
			t.Error(key)
		}
		file := text("из файла")
		file.SourceURL = ""
		if key := add(t, s, file); key.Revision != 2 {
			t.Error(key)
		}
		if _, _, err := s.AddEdition(ctx, from("zan", text("из файла"))); !errors.Is(err, scraper.ErrOtherSource) {
			t.Errorf("after a file: %v", err)
		}
		heads, err := s.Editions(ctx, sampleAct)
		if err != nil || len(heads) != 3 || heads[0].Source != "adilet" || heads[1].Source != "adilet" || heads[2].Source != "" {
			t.Errorf("%+v, %v", heads, err)
		}
		// Another day, another language and a proposal are free.
		other := from("zan", sampleEdition(t, "2026-02-15", law.RU, "один"))
		add(t, s, other)
		add(t, s, from("zan", sampleEdition(t, "2026-01-15", law.KK, "бір")))
		add(t, s, from("zan", sampleEdition(t, "proposed-2026-01-15", law.RU, "один")))

		beside, err := s.Witnesses(ctx, sampleAct)
		if err != nil || len(beside) != 4 || beside[0].Source != "gazette" || beside[3].Revision != 2 {
			t.Fatalf("%+v, %v", beside, err)
		}
		wanted := from("zan", text("иной"))
		wanted.Revision = 1
		got, err := s.Witness(ctx, "zan", wanted.EditionKey)
		if diff := cmp.Diff(wanted, got); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		for _, no := range []struct {
			source string
			key    law.EditionKey
		}{{"adilet", wanted.EditionKey}, {"zan", other.EditionKey}, {"gazette", wanted.EditionKey}} {
			if _, err := s.Witness(ctx, no.source, no.key); !errors.Is(err, law.ErrNotFound) {
				t.Errorf("%+v: %v", no, err)
			}
		}
		for _, bad := range []law.Edition{text("ничей"), from("zan", sampleEdition(t, "proposed-2026-01-15", law.RU, "предложен")), from("zan", file), from("\xff", text("один"))} {
			if _, _, err := s.AddWitness(ctx, bad); err == nil {
				t.Errorf("stored beside: %+v", bad.EditionHead)
			}
		}
	})
}

func TestWitnessesAreNeverChanged(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		e := from("adilet", sampleEdition(t, "2026-01-15", law.RU, "один"))
		add(t, s, e)
		e.Source = "zan"
		if _, _, err := s.AddWitness(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{
			`UPDATE witnesses SET title = 'x'`, `DELETE FROM witnesses`,
			`UPDATE edition_sources SET source = 'zan'`, `DELETE FROM edition_sources`,
			map[dialect]string{
				onSQLite:   `INSERT OR REPLACE INTO witnesses SELECT * FROM witnesses`,
				onPostgres: `TRUNCATE witnesses`,
			}[s.at.dialect],
		} {
			if _, err := execute(t.Context(), s.write, statement); err == nil {
				t.Errorf("%s: done", statement)
			}
		}
		if s.at.dialect == onSQLite { // it has no statement that replaces and says so
			if _, err := execute(t.Context(), s.write, `INSERT OR REPLACE INTO edition_sources SELECT act_id, lang, date, 'zan' FROM edition_sources`); err != nil {
				t.Fatal(err)
			}
		}
		if heads, err := s.Editions(t.Context(), sampleAct); err != nil || heads[0].Source != "adilet" {
			t.Errorf("%+v, %v", heads, err)
		}
	})
}

func TestAliases(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		if _, err := s.Alias(ctx, "zan", sampleAct); !errors.Is(err, law.ErrNotFound) {
			t.Error(err)
		}
		for _, code := range []string{"7", "197914"} {
			if err := s.SaveAlias(ctx, "zan", sampleAct, code); err != nil {
				t.Fatal(err)
			}
		}
		if code, err := s.Alias(ctx, "zan", sampleAct); err != nil || code != "197914" {
			t.Errorf("%q, %v", code, err)
		}
		for _, bad := range [][2]string{{"", "7"}, {"zan", ""}, {"zan", "\xff"}} {
			if err := s.SaveAlias(ctx, bad[0], sampleAct, bad[1]); err == nil {
				t.Errorf("stored %q", bad)
			}
		}
	})
}
