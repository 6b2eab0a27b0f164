package diffing

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// tellUnit prints the wordings of a unit: a row each, then a row for each line
// that is not as before.
func tellUnit(h UnitHistory) string {
	var b strings.Builder
	for n := range h.Wordings {
		w := &h.Wordings[n]
		fmt.Fprintf(&b, "%d-%d %s, %d lines\n", w.First, w.Last, w.Address, w.Len())
		for _, line := range w.Lines() {
			if n == 0 || line.Unchanged() {
				continue
			}
			fmt.Fprintf(&b, "  %s %s", line.Address, line.Kind)
			if line.Was != "" {
				fmt.Fprintf(&b, " was %s", line.Was)
			}
			for _, flag := range []struct {
				set  bool
				name string
			}{{line.Moved, " moved"}, {line.Renumbered, " renumbered"}, {line.Technical, " technical"}, {line.Gone, " gone"}} {
				if flag.set {
					b.WriteString(flag.name)
				}
			}
			for _, p := range line.Parts {
				fmt.Fprintf(&b, " +%s", p)
			}
			for _, a := range line.Acts {
				fmt.Fprintf(&b, " by %s", a.Number)
			}
			b.WriteByte('\n')
		}
	}
	if h.Ended != nil {
		fmt.Fprintf(&b, "ended %d\n", h.Ended.Edition)
	}
	return b.String()
}

// checkUnits holds what the history of every unit of every edition promises: its
// wordings follow each other without a gap and each changes something; the lines
// of a wording are the text of the unit in that edition, and what they were
// before, or what went, is the text of the unit in the edition before.
func checkUnits(t *testing.T, editions []*law.Document, every int) {
	t.Helper()
	l := NewLineages(editions...)
	words := func(s string) []string { return strings.Fields(law.Fold(s)) }
	for k, d := range editions {
		for i := 0; i < len(d.Provisions); i += every {
			at := d.Provisions[i].Address
			h, ok := l.Unit(k, at)
			if !ok {
				t.Fatalf("edition %d: no history of %s", k, at)
			}
			for n := range h.Wordings {
				w := &h.Wordings[n]
				if n > 0 && h.Wordings[n-1].Last+1 != w.First {
					t.Fatalf("%s: edition %d follows %d", at, w.First, h.Wordings[n-1].Last)
				}
				before, here := map[law.Address]bool{}, map[law.Address]bool{}
				for b := range w.Blame() {
					here[b.Address] = true
				}
				if n > 0 {
					for b := range h.Wordings[n-1].Blame() {
						before[b.Address] = true
					}
				}
				var now, old []string
				changed, whole := false, true // whole: no part of a split or merger stands outside
				for _, line := range w.Lines() {
					changed = changed || !line.Unchanged() || line.Was != ""
					for _, part := range line.Parts {
						whole = whole && (line.Kind == Split && here[part] || line.Kind == Merged && before[part])
					}
					outside := line.Was != "" && !before[line.Was]
					if line.Gone || line.Kind == Deleted {
						old = append(old, words(line.Text)...)
						continue
					}
					if len(line.Ops) == 0 {
						now = append(now, words(line.Text)...)
						if !outside {
							old = append(old, words(line.Text)...)
						}
						continue
					}
					var a, b strings.Builder
					for _, op := range line.Ops {
						a.WriteString(op.Old())
						b.WriteString(op.New())
					}
					now = append(now, words(b.String())...)
					if !outside {
						old = append(old, words(a.String())...)
					}
				}
				if n > 0 && !changed {
					t.Fatalf("%s: nothing changed in edition %d", at, w.First)
				}
				if !whole {
					continue
				}
				if want := words(under(editions[w.First], w.Address)); !slices.Equal(want, now) {
					t.Fatalf("%s, edition %d:\n%s", at, w.First, cmp.Diff(want, now))
				}
				if n == 0 {
					continue
				}
				want := words(under(editions[w.First-1], h.Wordings[n-1].Address))
				slices.Sort(want)
				slices.Sort(old)
				if !slices.Equal(want, old) {
					t.Fatalf("%s, edition %d, before:\n%s", at, w.First, cmp.Diff(want, old))
				}
			}
		}
	}
}

// under is the text of a unit with all that stands under it.
func under(d *law.Document, at law.Address) string {
	var b strings.Builder
	top := d.Find(at)
	for _, p := range d.Provisions[top.Index:] {
		if p != top && p.Depth <= top.Depth {
			break
		}
		b.WriteString(p.Text + " ")
	}
	return b.String()
}

func TestMassMediaUnits(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		var editions []*law.Document
		for _, date := range []string{"2024-06-19", "2025-01-01", "2026-03-02"} {
			editions = append(editions, readMarkdown(t, lang, shared(t, "mass-media-law/"+date+"."+string(lang)+".md")))
		}
		checkUnits(t, editions, 1)
		l := NewLineages(editions...)
		for at, want := range map[law.Address]string{
			"art_14": "0-1 art_14, 18 lines\n2-2 art_14, 19 lines\n  art_14__para_7 inserted by 231-VIII\n",
			"art_22": "0-2 art_22, 36 lines\n",
			"chp_8":  "0-1 chp_8, 25 lines\n2-2 chp_8, 25 lines\n  art_67__para_4 edited by 248-VIII\n",
		} {
			h, ok := l.Unit(2, at)
			if diff := cmp.Diff(want, tellUnit(h)); !ok || diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", lang, at, diff)
			}
		}
	}
}

// TestSampleUnits is the twin on our own text: a paragraph that moves from one
// article to another, a split, an exclusion, an insertion.
func TestSampleUnits(t *testing.T) {
	for _, lang := range law.Langs {
		var editions []*law.Document
		for _, date := range []law.Date{sample.First, sample.Second, sample.Proposed} {
			editions = append(editions, readMarkdown(t, lang, sample.Markdown(lang, date)))
		}
		checkUnits(t, editions, 1)
		l := NewLineages(editions...)
		for at, want := range map[law.Address]string{
			"art_10":        "0-0 art_10, 4 lines\n1-2 art_10, 4 lines\n  art_16__para_4 same was art_10__para_3 gone by 2-I\n  art_10__para_3 inserted\n",
			"art_16":        "0-0 art_16, 6 lines\n1-2 art_16, 7 lines\n  art_16__para_4 edited was art_10__para_3 moved technical by 2-I\n",
			"art_6":         "0-0 art_6, 9 lines\n1-2 art_6, 9 lines\n  art_6__subpara_4 edited by 2-I\n",
			"art_17":        "0-1 art_17, 6 lines\n2-2 art_17, 7 lines\n  art_17__para_1 split +art_17__para_1-1\n",
			"art_15":        "0-1 art_15, 4 lines\n2-2 art_15, 3 lines\n  art_15__para_3 deleted\n",
			"art_2":         "0-2 art_2, 3 lines\n",
			"art_4__para_2": "0-0 art_4__para_2, 2 lines\n1-2 art_4__para_2, 2 lines\n  art_4__para_2 edited by 2-I\n",
		} {
			h, ok := l.Unit(0, at)
			if diff := cmp.Diff(want, tellUnit(h)); !ok || diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", lang, at, diff)
			}
		}
	}
}

// A new chapter takes over articles: in the old one they are gone, without a word
// of them changed.
func TestUnitOfANewChapter(t *testing.T) {
	before := []string{"Глава 1. Общие положения", "Статья 1. Чтение", "1. Читатель вправе бесплатно получать книги на дом.", "Статья 2. Каталог", "Библиотекарь ведет каталог всех полученных книг."}
	after := append(append(append([]string{}, before[:3]...), "Глава 2. Каталоги"), before[3:]...)
	editions := []*law.Document{document(law.RU, before...), document(law.RU, after...), document(law.RU, before...)}
	checkUnits(t, editions, 1)
	h, _ := NewLineages(editions...).Unit(0, "chp_1")
	want := "0-0 chp_1, 5 lines\n" +
		"1-1 chp_1, 3 lines\n  art_2 same was art_2 gone\n  art_2__part_1 same was art_2__part_1 gone\n" +
		"2-2 chp_1, 5 lines\n  art_2 same was art_2 moved\n  art_2__part_1 same was art_2__part_1 moved\n"
	if diff := cmp.Diff(want, tellUnit(h)); diff != "" {
		t.Error(diff)
	}
}

// 24 editions in a language that is not ours.
func TestUnitsOfThirtyYears(t *testing.T) {
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
	checkUnits(t, editions, 3)
}
