package store

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/law"
)

// TestPieces takes texts through the shelf one after the other: what is new in
// each, and in how many cuts the whole lies.
func TestPieces(t *testing.T) {
	const one, two, three, four, five = "Статья 1. Первая статья.\n", "Статья 2. Вторая статья.\n", "Статья 3. Третья статья.\n", "Статья 4. Четвёртая.\n", "Статья 5. Пятая статья.\n"
	shelf := newShelf(nil)
	packs := map[string]string{}
	for _, c := range []struct {
		why, text, fresh string
		cuts             int
	}{
		{"nothing", "", "", 0},
		{"the first edition", one + two + three, one + two + three, 1},
		{"the same", one + two + three, "", 1},
		{"one paragraph amended", one + "Статья 2. В новой редакции.\n" + three, "Статья 2. В новой редакции.\n", 3},
		{"the first text is back", one + two + three, "", 1},
		{"one excluded", one + three, "", 2},
		{"one moved", three + one + two, "", 2},
		{"one said twice", one + one, "", 2},
		{"a new one said twice", four + four, four + four, 1},
		{"short ones are not looked up", "<b>" + two, "<b>", 2},
		{"short ones before a long one", "1\n2\n" + five, "1\n2\n" + five, 1},
		{"are found with it", "z\n2\n" + five, "z\n", 2},
		{"or all of them", one + "2\n" + five, "", 2},
		{"a text without any cut", strings.Repeat("x", 100), strings.Repeat("x", 100), 1},
	} {
		p, fresh := shelf.add(c.text)
		if fresh != c.fresh || len(p.Take) != c.cuts {
			t.Errorf("%s: new %q in %v; want %q in %d cuts", c.why, fresh, p, c.fresh, c.cuts)
		}
		if fresh != "" {
			packs[sum([]byte(fresh))] = fresh
		}
		if got, err := p.join(packs); err != nil || got != c.text {
			t.Errorf("%s: came back as %q, %v", c.why, got, err)
		}
	}
}

// TestPiecesComeBack: any texts, on a shelf made anew from what is stored or
// kept from text to text, come back byte for byte, through JSON too.
func TestPiecesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"Статья 1. Основные понятия\n", "Статья 2. Сфера действия закона\n", "<p id=\"z1\">", "</p>\n", "}", "\n", "\x00\xff", "z"})
		shelf, packs := newShelf(nil), map[string]string{}
		for range rapid.IntRange(1, 5).Draw(t, "texts") {
			if rapid.Bool().Draw(t, "another process") {
				shelf = newShelf(packs)
			}
			text := strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "text"), "")
			p, fresh := shelf.add(text)
			if fresh != "" {
				packs[sum([]byte(fresh))] = fresh
			}
			column, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			if p, err = readParts(column); err != nil {
				t.Fatal(err)
			}
			if got, err := p.join(packs); err != nil || got != text {
				t.Fatalf("%q came back as %q, %v", text, got, err)
			}
		}
	})
}

func TestLinesComeBack(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "\n", "{\"n\":1}\n"}))
	anchor := rapid.OneOf(text, rapid.StringMatching(`z?(0|00|9|10|11|9223372036854775807)`))
	rapid.Check(t, func(t *rapid.T) {
		var want []law.Line
		for range rapid.IntRange(0, 6).Draw(t, "lines") {
			l := law.Line{
				Text: text.Draw(t, "text"), From: rapid.IntRange(0, 9).Draw(t, "from"), To: rapid.IntRange(0, 9).Draw(t, "to"),
				Mark: law.Mark(text.Draw(t, "mark")), Anchor: anchor.Draw(t, "anchor"),
			}
			if rapid.Bool().Draw(t, "linked") {
				l.Links = []law.Link{{Text: text.Draw(t, "link"), Href: text.Draw(t, "href")}}
			}
			want = append(want, l)
		}
		stored, err := writeLines(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := readLines(stored)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		if len(stored) > 0 {
			if _, err := readLines(stored[:len(stored)-1]); err == nil {
				t.Fatalf("read without its end: %q", stored)
			}
		}
	})
}
