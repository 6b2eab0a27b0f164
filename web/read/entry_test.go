package read

import (
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
)

// built is a text of lines, in English.
func built(t *testing.T, lines ...string) *text {
	t.Helper()
	in, err := law.ReadText(strings.NewReader(strings.Join(lines, "\n") + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	doc := law.Build(law.EN, "", in)
	x := &text{doc: doc, places: map[law.Address]*law.Provision{}}
	x.head.EditionKey = law.EditionKey{Act: "Z9900000001", Status: law.Enacted, Date: "2025-03-01", Lang: law.EN}
	for _, p := range doc.Provisions {
		x.places[p.Address] = p
	}
	return x
}

func (x *text) side(t *testing.T, addresses ...law.Address) *diffing.Side {
	t.Helper()
	s := &diffing.Side{}
	for _, a := range addresses {
		p := x.places[a]
		if p == nil {
			t.Fatalf("no %q", a)
		}
		s.Provisions = append(s.Provisions, p)
		s.Text = strings.TrimSpace(s.Text + " " + p.Text)
	}
	return s
}

func writing(t *testing.T, from, to *text, pairs ...diffing.Pair) writer {
	t.Helper()
	b, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := &diffing.Result{From: from.doc, To: to.doc, Pairs: pairs}
	c := &comparison{from: from, to: to, result: r, changes: group(r)}
	return writer{view: view{&speaker{ui: law.EN, loc: b.Locale(law.EN)}, "", gazette{}}, c: c, sheet: 1}
}

func said(e *Entry) string {
	var out []string
	for _, s := range e.Signs {
		out = append(out, s.Text)
	}
	return strings.Join(out, ", ")
}

func entries(steps []Step) []*Entry {
	var out []*Entry
	for _, s := range steps {
		if s.Entry != nil {
			out = append(out, s.Entry)
		}
	}
	return out
}

// A split and a merge say where the parts stand, and lead there.
func TestSplitAndMerge(t *testing.T) {
	one := built(t, "Article 1. Report", "1. First. Second.")
	two := built(t, "Article 1. Report", "1. First.", "2. Second.")
	list := entries(writing(t, one, two, diffing.Pair{Kind: diffing.Split, From: one.side(t, "art_1__para_1"), To: two.side(t, "art_1__para_1", "art_1__para_2")}).steps())
	e := list[0]
	if said(e) != "split into 2 provisions" || e.Ends != "It is now" || len(e.Places) != 2 || e.Places[1] != (Place{"/en/acts/Z9900000001/2025-03-01/en#art_1__para_2", "Article 1(2)"}) {
		t.Errorf("split: %q %q %+v", said(e), e.Ends, e.Places)
	}
	list = entries(writing(t, two, one, diffing.Pair{Kind: diffing.Merged, From: two.side(t, "art_1__para_1", "art_1__para_2"), To: one.side(t, "art_1__para_1")}).steps())
	if e = list[0]; said(e) != "merged from 2 provisions" || e.Ends != "It was formerly" || len(e.Places) != 2 {
		t.Errorf("merged: %q %q %+v", said(e), e.Ends, e.Places)
	}
}

// A whole article that moved is one entry at its new place and one sign at its
// old one, whatever stands between them.
func TestMovedArticle(t *testing.T) {
	from := built(t, "Article 1. One", "1. a", "2. b", "Article 2. Two", "1. c", "Article 3. Three", "1. d")
	to := built(t, "Article 1. Two", "1. c", "Article 2. Three", "1. d", "Article 3. One", "1. a", "2. b")
	pair := func(a, b law.Address, moved bool) diffing.Pair {
		return diffing.Pair{Kind: diffing.Same, Moved: moved, From: from.side(t, a), To: to.side(t, b)}
	}
	w := writing(t, from, to,
		pair("art_2", "art_1", false), pair("art_2__para_1", "art_1__para_1", false),
		pair("art_3", "art_2", false), pair("art_3__para_1", "art_2__para_1", false),
		pair("art_1", "art_3", true), pair("art_1__para_1", "art_3__para_1", true), pair("art_1__para_2", "art_3__para_2", true))
	steps := w.steps()
	list := entries(steps)
	if len(list) != 1 || said(list[0]) != "moved, 3 provisions" || list[0].Ends != "Former place" || list[0].Places[0].Text != "Article 1" {
		t.Fatalf("%d entries: %q %+v", len(list), said(list[0]), list[0].Places)
	}
	if len(steps) != 3 || steps[0].Gone == nil || steps[0].Gone.Href != "#c-art_3" || steps[1].Fold == nil || steps[1].Fold.Count != 4 || steps[2].Entry == nil {
		t.Errorf("steps: %+v", steps)
	}
}

// An item put into a list renumbers all that follow: that is one dim entry. Two
// technical changes in a row are still shown one by one.
func TestTechnicalRuns(t *testing.T) {
	from := built(t, "Article 1. One", "1. a", "2. b", "3. c", "4. d")
	to := built(t, "Article 1. One", "1. x", "2. a", "3. b", "4. c", "5. d")
	tech := func(a, b law.Address) diffing.Pair {
		return diffing.Pair{Kind: diffing.Edited, Technical: true, Renumbered: true, From: from.side(t, a), To: to.side(t, b)}
	}
	all := []diffing.Pair{tech("art_1__para_1", "art_1__para_2"), tech("art_1__para_2", "art_1__para_3"), tech("art_1__para_3", "art_1__para_4"), tech("art_1__para_4", "art_1__para_5")}
	list := entries(writing(t, from, to, all...).steps())
	if len(list) != 1 || list[0].N != 0 || !list[0].Folded || said(list[0]) != "technical corrections: 4 provisions" || list[0].Cite != "Article 1(2)\u00a0– Article 1(5)" {
		t.Errorf("a run: %d entries, %+v", len(list), list[0])
	}
	list = entries(writing(t, from, to, all[:2]...).steps())
	if len(list) != 2 || said(list[0]) != "renumbered: was 1., now 2." {
		t.Errorf("two: %d entries, %q", len(list), said(list[0]))
	}
}

// An excluded unit and the line that stands for it are one exclusion.
func TestTombstone(t *testing.T) {
	from := built(t, "Article 1. One", "1. keeps a register of reading rooms.", "2. b")
	to := built(t, "Article 1. One", "1. Excluded by the Law of 28.11.2025 № 2-I.", "2. b")
	list := entries(writing(t, from, to,
		diffing.Pair{Kind: diffing.Deleted, From: from.side(t, "art_1__para_1")},
		diffing.Pair{Kind: diffing.Inserted, To: to.side(t, "art_1__para_1")}).steps())
	if len(list) != 1 || said(list[0]) != "deleted" || len(list[0].Lines) != 2 {
		t.Errorf("%d entries: %q", len(list), said(list[0]))
	}
}

// What an ellipsis leaves out is far from any mark.
func TestExcerpt(t *testing.T) {
	long := strings.Repeat("word ", 40)
	got := excerpt([]Span{{Text: "3. " + long}, {Kind: "ins", Text: "new"}, {Text: " " + long}})
	if want := "3. … " + strings.Repeat("word ", contextWords); got[0].Text != want {
		t.Errorf("before: %q, want %q", got[0].Text, want)
	}
	if want := " " + strings.Repeat("word ", contextWords) + "… "; got[2].Text != want {
		t.Errorf("after: %q, want %q", got[2].Text, want)
	}
	if got[1].Text != "new" {
		t.Errorf("the mark: %q", got[1].Text)
	}
}
