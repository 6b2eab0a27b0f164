package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/archive"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// fill stores something in every table.
func fill(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	for _, id := range []law.ActID{"Z990000451_", "Z9900004511", "K1400000235", "Z2600000001"} {
		if err := s.SaveAct(ctx, law.Act{ID: id, Sample: id == "Z2600000001", Adopted: "2026-01-15",
			Titles: map[law.Lang]string{law.RU: "О «примерах» — ё", law.KK: "Мысалдар: ә, і, ң, ғ, ү, ұ, қ, ө, һ"}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, version := range []string{"2026-01-15", "2026-01-15~1", "2026-03-01", "proposed-2026-04-01"} {
		for _, lang := range law.Langs {
			add(t, s, sampleEdition(t, version, lang, "Статья 1. Во всех редакциях одно и то же.", "В этой: "+version))
		}
	}
	for n, version := range []string{"2026-06-01", "2026-06-01", "2026-07-01"} {
		e := sampleEdition(t, version, law.RU, "Статья 1. Во всех редакциях одно и то же.", "Из двух источников: "+strings.Repeat("ё", n))
		e.Source = "adilet"
		add(t, s, e)
		e.Source = "zan"
		if _, added, err := s.AddWitness(ctx, e); err != nil || !added {
			t.Fatal(added, err)
		}
	}
	for act, code := range map[law.ActID]string{"Z990000451_": "95592", "Z9900004511": "7"} {
		if err := s.SaveAlias(ctx, "zan", act, code); err != nil {
			t.Fatal(err)
		}
	}
	for i, url := range []string{"https://example.org/б", "https://example.org/A", "https://example.org/_", "https://example.org/a"} {
		if err := s.SaveVisit(ctx, scraper.Visit{URL: url, ETag: `W/"1"`, Status: 200, At: noon}); err != nil {
			t.Fatal(err)
		}
		if err := s.AddRefusal(ctx, scraper.Refusal{Source: "adilet", Act: sampleAct, URL: url, At: noon,
			Reason: "no article", Raw: bytes.Repeat([]byte{0xff, 0, byte(i)}, 1000)}); err != nil {
			t.Fatal(err)
		}
	}
	l, err := s.Lease(ctx, "follow adilet", "a", noon, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SaveHealth(ctx, l, scraper.Health{Source: "adilet", Looked: noon, Outage: "503"}); err != nil {
		t.Fatal(err)
	}
	fillCampaign(t, s)
	if err := s.Block(ctx, []byte("0123456789abcdef"), true); err != nil {
		t.Fatal(err)
	}
	hire(t, s, "one", "a")
	fillDesk(t, s)
	fillDossiers(t, s, "one")
}

func backup(t *testing.T, s *Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := s.Backup(t.Context(), &b, noon); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func restore(t *testing.T, url string, b []byte) *Store {
	t.Helper()
	if _, err := Restore(t.Context(), url, bytes.NewReader(b)); err != nil {
		t.Fatal(err)
	}
	return openTest(t, url)
}

// TestRoundTrip: SQLite → PostgreSQL → SQLite and the other way about, the same
// bytes every time, and a database that works.
func TestRoundTrip(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := openTest(t, url)
		fill(t, s)
		own, err := s.Editions(t.Context(), sampleAct)
		if err != nil || len(own) < 15 {
			t.Fatalf("%d editions, %v", len(own), err)
		}
		first := backup(t, s)
		for _, next := range []string{storetest.Postgres(t), storetest.SQLite(t), storetest.Postgres(t)} {
			restored := restore(t, next, first)
			if second := backup(t, restored); !bytes.Equal(first, second) {
				t.Fatalf("%s: another archive, of %d bytes instead of %d", restored.at, len(second), len(first))
			}
			heads, err := restored.Editions(t.Context(), sampleAct)
			if err != nil || len(heads) != len(own) {
				t.Fatalf("%d editions, %v", len(heads), err)
			}
			for _, h := range heads {
				want, err := s.Edition(t.Context(), h.EditionKey)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := restored.Edition(t.Context(), h.EditionKey); err != nil || cmp.Diff(want, got) != "" {
					t.Errorf("%v\n%s", err, cmp.Diff(want, got))
				}
			}
			witnesses, err := restored.Witnesses(t.Context(), sampleAct)
			if err != nil || len(witnesses) != 3 {
				t.Fatalf("%d witnesses, %v", len(witnesses), err)
			}
			for _, h := range witnesses {
				want, err := s.Witness(t.Context(), "zan", h.EditionKey)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := restored.Witness(t.Context(), "zan", h.EditionKey); err != nil || cmp.Diff(want, got) != "" {
					t.Errorf("%v\n%s", err, cmp.Diff(want, got))
				}
			}
			if l, err := restored.Lease(t.Context(), "follow adilet", "b", noon, time.Hour); err != nil || l.Fence != 1 {
				t.Errorf("a lease was restored: %+v, %v", l, err)
			}
			add(t, restored, sampleEdition(t, "2026-05-01", law.RU, "новая"))
		}
	})
}

func TestEveryTableIsKept(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		fill(t, s)
		query := `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`
		if s.at.dialect == onSQLite {
			query = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
		}
		var tables []string
		if err := list(t.Context(), s.read, &tables, query); err != nil {
			t.Fatal(err)
		}
		rows, err := s.Backup(t.Context(), io.Discard, noon)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			if n, kept := rows[table]; !kept && !slices.Contains([]string{versionTable, "leases", "jobs", "letters", "mailings", "news_letters", "sessions", "account_secrets", "invitations"}, table) {
				t.Errorf("table %s is not in keptTables", table)
			} else if kept && n == 0 {
				t.Errorf("table %s: fill puts nothing into it", table)
			}
		}
	})
}

// TestBackupIsOneMoment backs up while another process adds editions: every
// edition in the archive is whole.
func TestBackupIsOneMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := openTest(t, url)
		p := start(t, "loop", url)
		for range 10 {
			if !p.out.Scan() {
				t.Fatal("the process ended by itself")
			}
		}
		b := backup(t, s)
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		p.Wait() // "signal: killed"
		restored := restore(t, storetest.SQLite(t), b)
		heads, err := restored.Editions(t.Context(), sampleAct)
		if err != nil || len(heads) < 10 {
			t.Fatalf("%d editions, %v", len(heads), err)
		}
		for _, h := range heads {
			if _, err := restored.Edition(t.Context(), h.EditionKey); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestRestoreRefuses(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		fill(t, s)
		good := backup(t, s)
		spoilt := bytes.Clone(good)
		spoilt[len(spoilt)/2] ^= 1
		var newer, foreign bytes.Buffer
		for to, h := range map[*bytes.Buffer]archive.Head{&newer: {Schema: 99, Made: noon}, &foreign: {Schema: 4, Made: noon}} {
			w, err := archive.NewWriter(to, h)
			if err != nil {
				t.Fatal(err)
			}
			if to == &foreign {
				if err := w.Row("pg_authid", []string{"rolname"}, []any{"root"}); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		for name, c := range map[string]struct {
			archive []byte
			is      error
			says    string
		}{
			"a changed byte":  {spoilt, archive.ErrDamaged, "entry "},
			"cut off":         {good[:len(good)-2000], archive.ErrDamaged, "cut off"},
			"a text":          {[]byte("Статья 1."), archive.ErrNotArchive, ""},
			"a newer program": {newer.Bytes(), archive.ErrNewer, "schema 99"},
			"another table":   {foreign.Bytes(), archive.ErrDamaged, "pg_authid"},
		} {
			url := storetest.SQLite(t)
			_, err := Restore(t.Context(), url, bytes.NewReader(c.archive))
			if !errors.Is(err, c.is) || !strings.Contains(fmt.Sprint(err), c.says) {
				t.Errorf("%s: %v", name, err)
			}
			_, path, _ := strings.Cut(url, ":")
			if _, statErr := os.Stat(path); statErr == nil && (errors.Is(err, archive.ErrNotArchive) || c.says == "cut off") {
				t.Errorf("%s: a database was made", name)
			}
		}
		// Not over what is there, though it be one row; and nothing is changed.
		before := backup(t, s)
		if _, err := Restore(t.Context(), addressOf(s), bytes.NewReader(good)); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("over a database: %v", err)
		}
		if !bytes.Equal(before, backup(t, s)) {
			t.Error("the database was changed")
		}
	})
}

// addressOf is the address a store was opened with.
func addressOf(s *Store) string {
	if s.at.dialect == onSQLite {
		return s.at.path
	}
	return s.at.url.String()
}

// TestRestoreOlder restores what a program with the first schema would have
// written.
func TestRestoreOlder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		want := sampleEdition(t, "2026-01-15", law.RU, "Статья 1. Прежняя")
		var b bytes.Buffer
		w, err := archive.NewWriter(&b, archive.Head{Schema: 1, Made: noon})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := packed(want.Raw).Value()
		if err != nil {
			t.Fatal(err)
		}
		err = errors.Join(
			w.Row("acts", []string{"id", "adopted", "published", "sample"}, []any{string(sampleAct), "", "", int64(1)}),
			w.Row("editions", []string{"act_id", "lang", "status", "date", "revision", "title", "source_url", "fetched_at",
				"cause", "cause_href", "sha256", "text_sha256", "media_type", "lines", "raw"},
				[]any{string(sampleAct), "ru", "enacted", "2026-01-15", int64(0), want.Title, want.SourceURL, "2026-01-15T00:01:00.000007Z",
					want.Cause, want.CauseHref, want.SHA256, textSum(want.Lines), want.MediaType,
					`[{"text":"Статья 1. Прежняя","from":1,"to":1}]`, raw}),
			w.Close())
		if err != nil {
			t.Fatal(err)
		}
		want.Source = "adilet" // known by the address until version 5
		got, err := restore(t, url, b.Bytes()).Edition(t.Context(), want.EditionKey)
		if err != nil || cmp.Diff(want, got) != "" {
			t.Errorf("%v\n%s", err, cmp.Diff(want, got))
		}
	})
}

// archiveEnv names the archive of the role "restore".
const archiveEnv = "TUZETU_STORE_TEST_ARCHIVE"

// playRestore restores an archive, and stops half-way until it is killed.
func playRestore(ctx context.Context, url string) error {
	f, err := os.Open(os.Getenv(archiveEnv))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	_, err = Restore(ctx, url, &halfway{ReadSeeker: f, left: info.Size() + info.Size()/2}) // once to check it, once to load it
	return err
}

type halfway struct {
	io.ReadSeeker
	left int64
}

func (h *halfway) Read(b []byte) (int, error) {
	n, err := h.ReadSeeker.Read(b)
	if h.left -= int64(n); h.left < 0 {
		fmt.Println("halfway")
		select {} // the test kills us
	}
	return n, err
}

// TestRestoreKilled kills a restore when half of the rows are in: the database
// is empty, and the next restore fills it.
func TestRestoreKilled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		source := openTest(t, storetest.SQLite(t))
		for n := range 20 {
			e, err := numbered(n)
			if err != nil {
				t.Fatal(err)
			}
			add(t, source, e)
		}
		good := backup(t, source)
		name := filepath.Join(t.TempDir(), "backup.tuzetu")
		if err := os.WriteFile(name, good, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv(archiveEnv, name)
		p := start(t, "restore", url)
		if !p.out.Scan() || p.out.Text() != "halfway" {
			t.Fatalf("said %q", p.out.Text())
		}
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		p.Wait() // "signal: killed"

		s := openTest(t, url)
		rows, err := s.Backup(t.Context(), io.Discard, noon)
		if err != nil {
			t.Fatal(err)
		}
		for table, n := range rows {
			if n != 0 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if again := backup(t, restore(t, url, good)); !slices.Equal(good, again) {
			t.Error("restored to another content")
		}
	})
}
