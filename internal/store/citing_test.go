package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/citing"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

func markdown(t testing.TB, act law.ActID, date law.Date, lang law.Lang, text string) law.Edition {
	t.Helper()
	title, lines, err := law.ReadMarkdown(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	e := law.Edition{MediaType: "text/markdown", Raw: []byte(text), Lines: lines}
	e.EditionKey = law.EditionKey{Act: act, Status: law.Enacted, Date: date, Lang: lang}
	e.Title, e.FetchedAt = title, time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	return e
}

// Current is the newest enacted text of each act and language on a day, of its
// newest revision; what was proposed or is dated later is none.
func TestCurrent(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		add(t, s, sampleEdition(t, "2026-01-15", law.RU, "Статья 1. А"))
		add(t, s, sampleEdition(t, "2026-01-15", law.KK, "1-бап. А"))
		add(t, s, sampleEdition(t, "2026-03-01", law.RU, "Статья 1. Б"))
		add(t, s, sampleEdition(t, "2026-03-01", law.RU, "Статья 1. В")) // revision 1
		proposed := sampleEdition(t, "2026-02-01", law.RU, "Статья 1. Г")
		proposed.Status = law.Proposed
		add(t, s, proposed)
		other := sampleEdition(t, "2026-04-01", law.RU, "Статья 1. Д")
		other.Act = "Z2600000002"
		add(t, s, other)
		for _, c := range []struct {
			day  law.Date
			want []string
		}{
			{"2026-01-14", nil},
			{"2026-02-28", []string{"Z2600000001@2026-01-15:kk", "Z2600000001@2026-01-15:ru"}},
			{"2026-03-01", []string{"Z2600000001@2026-01-15:kk", "Z2600000001@2026-03-01~1:ru"}},
			{"2026-12-31", []string{"Z2600000001@2026-01-15:kk", "Z2600000001@2026-03-01~1:ru", "Z2600000002@2026-04-01:ru"}},
		} {
			heads, err := s.Current(t.Context(), c.day)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, h := range heads {
				got = append(got, h.EditionKey.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s: %s", c.day, diff)
			}
		}
	})
}

// Both databases answer who cites units of the sample law: the by-law does, in
// both languages at the same places, and rests on it in two.
func TestCiting(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		for _, lang := range []law.Lang{law.KK, law.RU} {
			add(t, s, markdown(t, sample.ActID, sample.First, lang, sample.Markdown(lang, sample.First)))
			add(t, s, markdown(t, sample.ActID, sample.Second, lang, sample.Markdown(lang, sample.Second)))
			add(t, s, markdown(t, sample.ByLawID, sample.ByLawDate, lang, sample.ByLawMarkdown(lang)))
		}
		for _, act := range []law.Act{sample.Act(), sample.ByLaw()} {
			if err := s.SaveAct(t.Context(), act); err != nil {
				t.Fatal(err)
			}
		}
		library := citing.NewLibrary(s)
		want := []string{
			"preamble basis: art_6__subpara_2", "chp_1__para_1 basis: art_6__subpara_2", "chp_1__para_2: art_1",
			"chp_2__para_3: art_8__para_1 art_8__para_2", "chp_2__para_4: art_12__subpara_2 art_13__subpara_2__part_2",
			"chp_2__para_5: art_15__para_3", "chp_2__para_6: art_17__para_1",
		}
		for _, lang := range []law.Lang{law.RU, law.KK} {
			a, err := library.Citing(t.Context(), sample.ActID, lang, "2026-11-01")
			if err != nil {
				t.Fatal(err)
			}
			_, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(lang, sample.Second)))
			if err != nil {
				t.Fatal(err)
			}
			doc := law.Build(lang, "", lines)
			var got []string
			for i := range a.Found {
				f := &a.Found[i]
				said := string(f.At)
				if f.Basis {
					said += " basis"
				}
				said += ":"
				for _, unit := range f.Units {
					for _, p := range f.Targets(doc, unit) {
						said += " " + string(p.Address)
					}
				}
				if f.Act.ID != sample.ByLawID || f.Kind != citing.Resolution || f.Edition.Lang != lang || f.Several {
					t.Errorf("%s: %+v", lang, f)
				}
				got = append(got, said)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", lang, diff)
			}
			if a.Acts != 1 || a.Citations != 9 || len(a.Unread) != 0 {
				t.Errorf("%s: acts %d, citations %d, unread %v", lang, a.Acts, a.Citations, a.Unread)
			}
		}
	})
}

// BenchmarkCiting answers for the first time, and again, among 500 stored acts: the
// texts of the sample by-law and law by turns, 45 KB on average in each language.
func BenchmarkCiting(b *testing.B) {
	s, err := Open(b.Context(), "sqlite:"+b.TempDir()+"/cites.db")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	if _, err := s.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	size := 0
	put := func(act law.ActID, lang law.Lang, text string) {
		size += len(text)
		if _, _, err := s.AddEdition(b.Context(), markdown(b, act, sample.Second, lang, text)); err != nil {
			b.Fatal(err)
		}
	}
	for _, lang := range []law.Lang{law.KK, law.RU} {
		put(sample.ActID, lang, sample.Markdown(lang, sample.Second))
		for n := range 500 {
			text := sample.ByLawMarkdown(lang)
			for k := range n % 6 {
				text += fmt.Sprintf("\n\n## %d\n\n", k) + sample.Markdown(lang, sample.Second)
			}
			put(law.ActID(fmt.Sprintf("V98%08d", n)), lang, text)
		}
	}
	if err := s.SaveAct(b.Context(), sample.Act()); err != nil {
		b.Fatal(err)
	}
	ask := func(l *citing.Library) {
		a, err := l.Citing(b.Context(), sample.ActID, law.RU, "2026-11-01")
		if err != nil || a.Acts != 500 || len(a.Found) < 7*500 {
			b.Fatal(err, a.Acts, len(a.Found))
		}
	}
	b.Run("first", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			ask(citing.NewLibrary(s))
		}
	})
	b.Run("again", func(b *testing.B) {
		l := citing.NewLibrary(s)
		ask(l)
		for b.Loop() {
			ask(l)
		}
	})
}
