package diffing

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// history is what Unit tells of the unit's own line.
type history struct {
	Wordings []ownWording
	Ended    *Ending
}

type ownWording struct {
	Wording
	Spans []BlameSpan
}

func historyOf(l *Lineages, edition int, at law.Address) (h history, ok bool) {
	u, ok := l.Unit(edition, at)
	h.Ended = u.Ended
	for n := range u.Wordings {
		w := &u.Wordings[n]
		for _, line := range w.Lines() {
			if line.Gone || line.Kind == Deleted {
				continue // went from before the unit's own line
			}
			if len(h.Wordings) == 0 || h.Wordings[len(h.Wordings)-1].First != line.First {
				own := ownWording{Wording: line.Wording}
				for b := range w.Blame() {
					own.Spans = b.Spans
					break
				}
				h.Wordings = append(h.Wordings, own)
			}
			break
		}
	}
	return h, ok
}

// tell prints a history as rows: editions, address, how it came, acts, words that
// came with it.
func tell(h history) string {
	var b strings.Builder
	for _, w := range h.Wordings {
		fmt.Fprintf(&b, "%d-%d %s %s", w.First, w.Last, w.Address, w.Kind)
		for _, flag := range []struct {
			set  bool
			name string
		}{{w.Moved, " moved"}, {w.Renumbered, " renumbered"}, {w.Technical, " technical"}} {
			if flag.set {
				b.WriteString(flag.name)
			}
		}
		for _, p := range w.Parts {
			fmt.Fprintf(&b, " +%s", p)
		}
		for _, a := range w.Acts {
			fmt.Fprintf(&b, " by %s", a.Number)
		}
		b.WriteByte('\n')
	}
	if h.Ended != nil {
		fmt.Fprintf(&b, "ended %d", h.Ended.Edition)
		if h.Ended.Placeholder != "" {
			b.WriteString(" placeholder")
		}
		for _, a := range h.Ended.Acts {
			fmt.Fprintf(&b, " by %s", a.Number)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// checkLineages holds what every history promises, at every address of every
// edition: it ends where it was asked for or passes through, editions follow each
// other, spans and operations join to the texts, and the words of the last edition
// have the origins Blame gives them.
func checkLineages(t *testing.T, editions []*law.Document, every int) {
	t.Helper()
	l := NewLineages(editions...)
	blamed := Blame(editions...)
	for k, d := range editions {
		for i := 0; i < len(d.Provisions); i += every {
			p := d.Provisions[i]
			h, ok := historyOf(l, k, p.Address)
			if !ok {
				t.Fatalf("edition %d: no history of %s", k, p.Address)
			}
			through := false
			for n, w := range h.Wordings {
				through = through || w.First <= k && k <= w.Last && w.Address == p.Address
				if n > 0 && h.Wordings[n-1].Last+1 != w.First {
					t.Fatalf("%s: edition %d follows %d", p.Address, w.First, h.Wordings[n-1].Last)
				}
				var text, old, now strings.Builder
				for _, s := range w.Spans {
					text.WriteString(s.Text)
					if s.Edition > w.First {
						t.Fatalf("%s: a word of edition %d in edition %d", p.Address, s.Edition, w.First)
					}
				}
				if text.String() != w.Text {
					t.Fatalf("%s: spans join to %q, want %q", p.Address, text.String(), w.Text)
				}
				for _, op := range w.Ops {
					old.WriteString(op.Old())
					now.WriteString(op.New())
				}
				if len(w.Parts) == 0 && n > 0 && (now.String() != w.Text || law.Fold(old.String()) != law.Fold(h.Wordings[n-1].Text)) {
					t.Fatalf("%s: operations lead from %q to %q", p.Address, old.String(), now.String())
				}
			}
			if !through {
				t.Fatalf("edition %d: the history of %s does not pass through it:\n%s", k, p.Address, tell(h))
			}
			if k == len(editions)-1 && h.Ended == nil {
				last := h.Wordings[len(h.Wordings)-1]
				if kept := last.Text == p.Text; kept && !sameSpans(last.Spans, blamed[i].Spans) {
					t.Fatalf("%s: spans %+v, blame says %+v", p.Address, last.Spans, blamed[i].Spans)
				}
			}
		}
	}
	if _, ok := historyOf(l, len(editions), "art_1"); ok {
		t.Error("an edition that is not there has a history")
	}
	if _, ok := historyOf(l, 0, "art_0"); ok {
		t.Error("an address that is not there has a history")
	}
}

func sameSpans(a, b []BlameSpan) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Text != b[i].Text || a[i].Edition != b[i].Edition {
			return false
		}
	}
	return true
}

func TestMassMediaHistory(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		var editions []*law.Document
		for _, date := range []string{"2024-06-19", "2025-01-01", "2026-03-02"} {
			editions = append(editions, readMarkdown(t, lang, shared(t, "mass-media-law/"+date+"."+string(lang)+".md")))
		}
		checkLineages(t, editions, 1)
		l := NewLineages(editions...)
		for at, want := range map[law.Address]string{
			"art_14":            "0-2 art_14 \n",
			"art_14__para_7":    "2-2 art_14__para_7 inserted by 231-VIII\n",
			"art_2__para_4":     "0-1 art_2__para_4 \n2-2 art_2__para_4 edited by 248-VIII\n",
			"art_1__subpara_35": "0-0 art_1__subpara_35 \n1-2 art_1__subpara_35 edited\n",
		} {
			h, ok := historyOf(l, 2, at)
			if diff := cmp.Diff(want, tell(h)); !ok || diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", lang, at, diff)
			}
		}
		h, _ := historyOf(l, 0, "art_2__para_4") // asked for in the oldest edition
		var came []string
		for _, s := range h.Wordings[1].Spans {
			if s.Edition == 2 {
				came = append(came, s.Text)
			}
		}
		if len(came) == 0 || len(h.Wordings) != 2 {
			t.Errorf("%s: no word of art. 2 p. 4 came with edition 2: %+v", lang, h.Wordings)
		}
	}
}

// TestSampleHistory is the twin on our own text, in three languages: a move, an
// exclusion, a split, a deletion, an insertion.
func TestSampleHistory(t *testing.T) {
	for _, lang := range law.Langs {
		var editions []*law.Document
		for _, date := range []law.Date{sample.First, sample.Second, sample.Proposed} {
			editions = append(editions, readMarkdown(t, lang, sample.Markdown(lang, date)))
		}
		checkLineages(t, editions, 1)
		l := NewLineages(editions...)
		for _, tc := range []struct {
			edition int
			at      law.Address
			want    string
		}{
			{2, "art_1__subpara_3-1", "1-2 art_1__subpara_3-1 inserted by 2-I\n"},
			{2, "art_4__para_2", "0-0 art_4__para_2 \n1-2 art_4__para_2 edited by 2-I\n"},
			{0, "art_10__para_3", "0-0 art_10__para_3 \n1-2 art_16__para_4 edited moved technical by 2-I\n"},
			{2, "art_16__para_4", "0-0 art_10__para_3 \n1-2 art_16__para_4 edited moved technical by 2-I\n"},
			{0, "art_6__subpara_4", "0-0 art_6__subpara_4 \n1-2 art_6__subpara_4 edited by 2-I\nended 1 placeholder by 2-I\n"},
			{0, "art_15__para_3", "0-1 art_15__para_3 \nended 2\n"},
			{2, "art_17__para_1", "0-1 art_17__para_1 \n2-2 art_17__para_1 split +art_17__para_1-1\n"},
			{2, "art_17__para_1-1", "0-1 art_17__para_1 \n2-2 art_17__para_1-1 split +art_17__para_1\n"},
			{2, "art_2__para_1", "0-2 art_2__para_1 \n"},
		} {
			h, ok := historyOf(l, tc.edition, tc.at)
			if diff := cmp.Diff(tc.want, tell(h)); !ok || diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", lang, tc.at, diff)
			}
		}
	}
}

// TestHistorySteps: what the sample does not have.
func TestHistorySteps(t *testing.T) {
	base := []string{"Статья 1. Чтение", "1. Читатель вправе бесплатно получать книги на дом.", "2. Читатель обязан возвращать книги в установленный срок.",
		"3. Библиотекарь ведет каталог всех полученных книг и журналов."}
	replace := func(i int, lines ...string) []string {
		return append(append(append([]string{}, base[:i]...), lines...), base[i+1:]...)
	}
	for _, tc := range []struct {
		name     string
		editions [][]string
		edition  int
		at       law.Address
		want     string
	}{
		{"a paragraph comes in between, the rest is renumbered", [][]string{base, replace(2, "2. Запись читателей ведется бесплатно.", "3. Читатель обязан возвращать книги в установленный срок.", "4. Библиотекарь ведет каталог всех полученных книг и журналов.")[:5]},
			1, "art_1__para_3", "0-0 art_1__para_2 \n1-1 art_1__para_3 edited renumbered technical\n"},
		{"two paragraphs become one", [][]string{base, append(append([]string{}, base[:1]...), "1. Читатель вправе бесплатно получать книги на дом. Читатель обязан возвращать книги в установленный срок.", base[3])},
			0, "art_1__para_1", "0-0 art_1__para_1 \n1-1 art_1__para_1 merged +art_1__para_2\n"},
		{"a wording with no word of the old one under the same number", [][]string{base, replace(2, "2. Свет гаснет ночью.")},
			1, "art_1__para_2", "0-0 art_1__para_2 \n1-1 art_1__para_2 edited\n"},
		{"a wording comes back", [][]string{base, replace(1, "1. Читатель вправе за плату получать книги на дом."), base},
			2, "art_1__para_1", "0-0 art_1__para_1 \n1-1 art_1__para_1 edited\n2-2 art_1__para_1 edited\n"},
		{"look-alike letters are no new wording", [][]string{base, replace(1, strings.ReplaceAll(base[1], "о", "o"))},
			1, "art_1__para_1", "0-1 art_1__para_1 \n"},
		{"one edition", [][]string{base}, 0, "art_1", "0-0 art_1 \n"},
	} {
		var editions []*law.Document
		for _, lines := range tc.editions {
			editions = append(editions, document(law.RU, lines...))
		}
		checkLineages(t, editions, 1)
		h, ok := historyOf(NewLineages(editions...), tc.edition, tc.at)
		if diff := cmp.Diff(tc.want, tell(h)); !ok || diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

// TestHistoryOfEditionsOfThirtyYears: 24 editions in a language that is not ours.
func TestHistoryOfEditionsOfThirtyYears(t *testing.T) {
	paths, err := filepath.Glob("../../shared/lawdata/ua-press-law/*.md")
	if err != nil || len(paths) == 0 {
		t.Skip("../shared absent")
	}
	var editions []*law.Document
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		editions = append(editions, readMarkdown(t, law.RU, string(raw)))
	}
	checkLineages(t, editions, 3)
	longest := 0
	l := NewLineages(editions...)
	for _, p := range editions[len(editions)-1].Provisions {
		h, _ := historyOf(l, len(editions)-1, p.Address)
		longest = max(longest, len(h.Wordings))
	}
	t.Logf("%d editions, most wordings of one provision: %d", len(editions), longest)
}

// BenchmarkHistory: one provision through 200 editions of 1.3 MB in which it
// changes every second time.
func BenchmarkHistory(b *testing.B) {
	from := readText(law.RU, shared(b, "diff-pairs/code-ru-draft.old.txt"))
	to := readText(law.RU, shared(b, "diff-pairs/code-ru-draft.new.txt"))
	there, back := Compare(from, to), Compare(to, from)
	l := &Lineages{}
	b.Run("Add", func(b *testing.B) {
		for b.Loop() {
			l = &Lineages{}
			l.Add(from, nil)
			l.Add(to, there)
		}
	})
	l = &Lineages{}
	l.Add(from, nil)
	for k := range 199 {
		if k%2 == 0 {
			l.Add(to, there)
		} else {
			l.Add(from, back)
		}
	}
	var at law.Address
	for k := range there.Pairs {
		if p := &there.Pairs[k]; p.Kind == Edited && !p.Note {
			at = p.To.Provisions[0].Address
		}
	}
	b.Run("History", func(b *testing.B) {
		for b.Loop() {
			if h, ok := historyOf(l, 199, at); !ok || len(h.Wordings) < 2 {
				b.Fatal("no history")
			}
		}
	})
}
