package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

func TestEditionComesBackAsItWas(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		want := sampleEdition(t, "2026-01-15", law.KK, "1-бап. Мысал «ұғым» – ә, і, ң, ғ, ү, ұ, қ, ө, һ", "a < b & c > d\u2028\U0001F4DC")
		want.Lines[0].Mark, want.Lines[0].Anchor = law.Bold, "z1"
		want.Lines[1].Links = []law.Link{{Text: "Заң", Href: "/kaz/docs/Z2600000002#z1"}}
		want.Raw = nil
		for i := range 3 * 256 {
			want.Raw = append(want.Raw, byte(i*7))
		}
		want.SHA256 = ""
		key := add(t, s, want)

		want.SHA256 = sum(want.Raw)
		got, err := s.Edition(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		want.Raw = nil
		if got, err = s.EditionText(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestEditionNotFound(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		add(t, s, sampleEdition(t, "2026-01-15", law.RU, "Статья 1."))
		for _, ref := range []string{
			"Z2600000009@2026-01-15:ru", "Z2600000001@2026-01-16:ru", "Z2600000001@2026-01-15~1:ru",
			"Z2600000001@2026-01-15:kk", "proposal:Z2600000001@2026-01-15:ru",
		} {
			key, err := law.ParseEditionKey(ref)
			if err != nil {
				t.Fatal(err)
			}
			_, err = s.Edition(t.Context(), key)
			if !errors.Is(err, law.ErrNotFound) || !strings.Contains(err.Error(), ref) {
				t.Errorf("%s: %v", ref, err)
			}
		}
	})
}

func TestRevisions(t *testing.T) {
	furniture := func(e law.Edition) law.Edition {
		e.Raw = append(bytes.Clone(e.Raw), "<p>visitors: 1234</p>"...)
		e.SHA256 = sum(e.Raw)
		e.FetchedAt = e.FetchedAt.Add(time.Hour)
		for i := range e.Lines {
			e.Lines[i].From, e.Lines[i].Anchor = e.Lines[i].From+10, "z"
		}
		return e
	}
	marked := func(e law.Edition) law.Edition {
		e.Lines[0].Mark = law.NoteMark
		return e
	}
	ed := func(version string, lang law.Lang, text string) law.Edition {
		return sampleEdition(t, version, lang, text)
	}
	eachStore(t, func(t *testing.T, s *Store) {
		for _, step := range []struct {
			why   string
			e     law.Edition
			key   string
			added bool
		}{
			{"the first text", ed("2026-01-15", law.RU, "один"), "Z2600000001@2026-01-15:ru", true},
			{"the same again", ed("2026-01-15", law.RU, "один"), "Z2600000001@2026-01-15:ru", false},
			{"only the page around it changed", furniture(ed("2026-01-15", law.RU, "один")), "Z2600000001@2026-01-15:ru", false},
			{"another text", ed("2026-01-15", law.RU, "два"), "Z2600000001@2026-01-15~1:ru", true},
			{"the first text is back", ed("2026-01-15", law.RU, "один"), "Z2600000001@2026-01-15~2:ru", true},
			{"the revision asked for is not looked at", ed("2026-01-15~7", law.RU, "три"), "Z2600000001@2026-01-15~3:ru", true},
			{"a line became a note", marked(ed("2026-01-15", law.RU, "три")), "Z2600000001@2026-01-15~4:ru", true},
			{"one line became two", sampleEdition(t, "2026-01-15", law.RU, "т", "ри"), "Z2600000001@2026-01-15~5:ru", true},
			{"another language", ed("2026-01-15", law.KK, "один"), "Z2600000001@2026-01-15:kk", true},
			{"another date", ed("2026-02-15", law.RU, "один"), "Z2600000001@2026-02-15:ru", true},
			{"another status", ed("proposed-2026-01-15", law.RU, "один"), "proposal:Z2600000001@2026-01-15:ru", true},
			{"a bill", ed("bill-2026-01-15", law.RU, "один"), "bill:Z2600000001@2026-01-15:ru", true},
		} {
			key, added, err := s.AddEdition(t.Context(), step.e)
			if err != nil || key.String() != step.key || added != step.added {
				t.Errorf("%s: %s, added %t, %v; want %s, added %t", step.why, key, added, err, step.key, step.added)
			}
		}
		heads, err := s.Editions(t.Context(), sampleAct)
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, h := range heads {
			keys = append(keys, h.EditionKey.String())
		}
		want := []string{
			"Z2600000001@2026-01-15:kk", "Z2600000001@2026-01-15:ru",
			"Z2600000001@2026-01-15~1:ru", "Z2600000001@2026-01-15~2:ru", "Z2600000001@2026-01-15~3:ru",
			"Z2600000001@2026-01-15~4:ru", "Z2600000001@2026-01-15~5:ru",
			"proposal:Z2600000001@2026-01-15:ru", "bill:Z2600000001@2026-01-15:ru",
			"Z2600000001@2026-02-15:ru",
		}
		if diff := cmp.Diff(want, keys); diff != "" {
			t.Error(diff)
		}
		// The page that first brought the text is the one that is kept.
		first, err := s.Edition(t.Context(), heads[1].EditionKey)
		if err != nil || !bytes.Equal(first.Raw, ed("2026-01-15", law.RU, "один").Raw) {
			t.Errorf("the first page was replaced: %q, %v", first.Raw, err)
		}
	})
}

func TestAddEditionRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*law.Edition){
		"no act":         func(e *law.Edition) { e.Act = "" },
		"a bad act":      func(e *law.Edition) { e.Act = "z1" },
		"no date":        func(e *law.Edition) { e.Date = "" },
		"a bad date":     func(e *law.Edition) { e.Date = "2026-02-30" },
		"an odd date":    func(e *law.Edition) { e.Date = "15.01.2026" },
		"no status":      func(e *law.Edition) { e.Status = "" },
		"a bad status":   func(e *law.Edition) { e.Status = "draft" },
		"a bad language": func(e *law.Edition) { e.Lang = "de" },
		"no time":        func(e *law.Edition) { e.FetchedAt = time.Time{} },
		"a far time":     func(e *law.Edition) { e.FetchedAt = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"no text":        func(e *law.Edition) { e.Lines = nil },
		"another digest": func(e *law.Edition) { e.SHA256 = strings.Repeat("0", 64) },
		"a zero byte":    func(e *law.Edition) { e.Title = "О\x00" },
		"broken text":    func(e *law.Edition) { e.Lines[0].Text = "\xd0" },
		"a broken link":  func(e *law.Edition) { e.Lines[0].Links = []law.Link{{Text: "а", Href: "/\xff"}} },
	} {
		t.Run(name, func(t *testing.T) {
			eachStore(t, func(t *testing.T, s *Store) {
				e := sampleEdition(t, "2026-01-15", law.RU, "один")
				spoil(&e)
				if key, added, err := s.AddEdition(t.Context(), e); err == nil || added || key != (law.EditionKey{}) {
					t.Errorf("stored as %s: added %t, %v", key, added, err)
				}
				if acts, err := s.Acts(t.Context()); err != nil || len(acts) != 0 {
					t.Errorf("half-stored: %v, %v", acts, err)
				}
			})
		})
	}
}

func TestEditionsAreImmutable(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		e := sampleEdition(t, "2026-01-15", law.RU, "один")
		key := add(t, s, e)
		statements := []string{
			`UPDATE editions SET title = 'иной'`,
			`UPDATE editions SET lines = lines`,
			`DELETE FROM editions`,
			`DELETE FROM acts`,
			`UPDATE packs SET body = body`,
			`DELETE FROM packs`,
			map[dialect]string{
				onSQLite:   `INSERT OR REPLACE INTO editions SELECT * FROM editions`,
				onPostgres: `TRUNCATE acts CASCADE`,
			}[s.at.dialect],
		}
		for _, statement := range statements {
			if _, err := execute(t.Context(), s.write, statement); err == nil {
				t.Errorf("%s: done", statement)
			}
		}
		got, err := s.Edition(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(e, got); diff != "" {
			t.Error(diff)
		}
	})
}

// TestStrict holds SQLite to what PostgreSQL refuses by itself, and both to
// what the vocabulary allows, should the checks in Go ever be passed by.
func TestStrict(t *testing.T) {
	columns := []string{"act_id", "lang", "status", "date", "revision", "fetched_at", "sha256"}
	good := map[string]any{"act_id": string(sampleAct), "lang": "ru", "status": "enacted", "date": "2026-01-15",
		"revision": 0, "fetched_at": "2026-01-15T00:00:00.000000Z", "sha256": strings.Repeat("0", 64)}
	for column, bad := range map[string]any{"": nil, "act_id": "Z2600000009", "lang": "de", "status": "draft",
		"date": "soon", "revision": "first", "fetched_at": "2026-01-15 00:00:00", "sha256": "0"} {
		t.Run(column, func(t *testing.T) {
			eachStore(t, func(t *testing.T, s *Store) {
				if err := s.SaveAct(t.Context(), law.Act{ID: sampleAct}); err != nil {
					t.Fatal(err)
				}
				var args []any
				for _, c := range columns {
					if c == column {
						args = append(args, bad)
					} else {
						args = append(args, good[c])
					}
				}
				_, err := execute(t.Context(), s.write, `INSERT INTO editions (`+strings.Join(columns, ", ")+`,
					title, source_url, cause, cause_href, text_sha256, media_type, lines, raw)
					VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '', '', '`+strings.Repeat("0", 64)+`', '', ?, ?)`, append(args, []byte{0}, []byte{0})...)
				if (err == nil) != (column == "") {
					t.Errorf("%s = %v: %v", column, bad, err)
				}
			})
		})
	}
}

func TestDamageIsSeen(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		key := add(t, s, sampleEdition(t, "2026-01-15", law.RU, "один"))
		drops := map[dialect][]string{
			onSQLite:   {`DROP TRIGGER packs_refuse_update`, `DROP TRIGGER editions_refuse_update`, `DROP TRIGGER packs_refuse_delete`},
			onPostgres: {`DROP TRIGGER packs_refuse_change ON packs`, `DROP TRIGGER editions_refuse_change ON editions`},
		}
		for _, statement := range drops[s.at.dialect] {
			if _, err := execute(t.Context(), s.write, statement); err != nil {
				t.Fatal(err)
			}
		}
		column := func(p parts) packed {
			text, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
		var raw packed
		if err := get(t.Context(), s.read, &raw, `SELECT raw FROM editions`); err != nil {
			t.Fatal(err)
		}
		whole, err := readParts(raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, spoil := range []struct {
			statement string
			value     any
		}{
			{`UPDATE packs SET body = ?`, packed("other bytes")},
			{`UPDATE packs SET body = ?`, []byte("not gzip")},
			{`UPDATE editions SET raw = ?`, packed("not JSON")},
			{`UPDATE editions SET raw = ?`, column(parts{Packs: whole.Packs, In: []int{0}, Skip: []int{0}, Take: []int{1 << 20}})},
			{`UPDATE editions SET raw = ?`, column(parts{Packs: whole.Packs, In: []int{0}, Skip: []int{-1}, Take: []int{1}})},
			{`UPDATE editions SET raw = ?`, column(parts{Packs: whole.Packs, In: []int{1}, Skip: []int{0}, Take: []int{1}})},
			{`UPDATE editions SET raw = ?`, column(parts{Packs: whole.Packs, In: []int{0}, Skip: []int{0}, Take: []int{3}})},
			{`UPDATE editions SET raw = ?`, column(parts{Packs: whole.Packs, In: []int{0}})},
			{`UPDATE editions SET raw = ?`, column(parts{Packs: []string{sum(nil)}})},
			{`UPDATE editions SET lines = ?`, raw},
			{`UPDATE editions SET lines = ?`, column(parts{})},
			{`DELETE FROM packs WHERE sha256 <> ?`, ""},
		} {
			tx, err := s.write.BeginTxx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := execute(t.Context(), tx, spoil.statement, spoil.value); err != nil {
				t.Fatal(err)
			}
			if _, err := editionIn(t.Context(), tx, key, `raw`); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: read as if whole: %v", spoil.statement, err)
			}
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Edition(t.Context(), key); err != nil {
			t.Errorf("not spoilt: %v", err)
		}
	})
}

// TestAddEditionAtOnce has many goroutines of two open stores add the same
// texts: one row each.
func TestAddEditionAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		stores := []*Store{openTest(t, url), openTest(t, url)}
		const writers, texts = 8, 5
		var wg sync.WaitGroup
		var added [writers]int
		for w := range writers {
			wg.Go(func() {
				for i := range texts {
					e, err := makeEdition("2026-01-15", law.RU, fmt.Sprint("редакция ", i))
					if err != nil {
						t.Error(err)
						return
					}
					e.Date = e.Date.AddDays(i)
					_, ok, err := stores[w%2].AddEdition(t.Context(), e)
					if err != nil {
						t.Error(err)
					}
					if ok {
						added[w]++
					}
				}
			})
		}
		wg.Wait()
		total := 0
		for _, n := range added {
			total += n
		}
		heads, err := stores[0].Editions(t.Context(), sampleAct)
		if err != nil || len(heads) != texts || total != texts {
			t.Errorf("%d editions stored, %d acknowledged as added, %v; want %d", len(heads), total, err, texts)
		}
	})
}

// TestAcknowledgedStays is the promise of the room: whatever is added, and in
// whatever order, every acknowledged text stays readable, byte for byte.
func TestAcknowledgedStays(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		run := 0
		rapid.Check(t, func(rt *rapid.T) {
			run++
			act := law.ActID(fmt.Sprintf("Z%010d", run))
			held := map[law.EditionKey]law.Edition{}
			for range rapid.IntRange(1, 12).Draw(rt, "additions") {
				e := drawEdition(rt, act)
				key, added, err := s.AddEdition(t.Context(), e)
				if err != nil {
					rt.Fatal(err)
				}
				before, known := held[key]
				if added == known {
					rt.Fatalf("%s: added %t, held before %t", key, added, known)
				}
				if added {
					e.EditionKey, e.SHA256 = key, sum(e.Raw)
					held[key] = e
				} else if textSum(before.Lines) != textSum(e.Lines) {
					rt.Fatalf("%s is said to hold a text it does not", key)
				}
			}
			heads, err := s.Editions(t.Context(), act)
			if err != nil || len(heads) != len(held) {
				rt.Fatalf("%d editions listed, %v; want %d", len(heads), err, len(held))
			}
			for _, h := range heads {
				got, err := s.Edition(t.Context(), h.EditionKey)
				if err != nil {
					rt.Fatal(err)
				}
				if diff := cmp.Diff(held[h.EditionKey], got); diff != "" {
					rt.Fatal(diff)
				}
				if diff := cmp.Diff(got.EditionHead, h); diff != "" {
					rt.Fatal(diff)
				}
			}
		})
	})
}

func drawEdition(rt *rapid.T, act law.ActID) law.Edition {
	text := rapid.StringMatching(`[а-яәі0-9 «»<&"\\]{1,3}`)
	e := law.Edition{
		EditionHead: law.EditionHead{
			EditionKey: law.EditionKey{
				Act:    act,
				Status: rapid.SampledFrom([]law.Status{law.Enacted, law.Proposed}).Draw(rt, "status"),
				Date:   rapid.SampledFrom([]law.Date{"2026-01-15", "2026-02-15"}).Draw(rt, "date"),
				Lang:   rapid.SampledFrom(law.Langs[:2]).Draw(rt, "lang"),
			},
			Title:     text.Draw(rt, "title"),
			FetchedAt: time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(rt, "fetched")).UTC(),
		},
		Raw: rapid.SliceOfN(rapid.Byte(), 1, 50).Draw(rt, "raw"),
	}
	for i := range rapid.IntRange(1, 2).Draw(rt, "lines") {
		e.Lines = append(e.Lines, law.Line{
			Text: rapid.SampledFrom([]string{"один", "два", text.Draw(rt, "text")}).Draw(rt, "line"),
			From: i + 1, To: i + 1,
			Mark: rapid.SampledFrom([]law.Mark{law.Plain, law.Bold}).Draw(rt, "mark"),
		})
	}
	return e
}
