package read

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// shelf is a store of editions in memory; asked counts the texts that were read.
type shelf struct {
	Store
	act   law.Act
	texts map[law.EditionKey]func() []law.Line
	asked int
}

func (s *shelf) EditionText(_ context.Context, key law.EditionKey) (law.Edition, error) {
	s.asked++
	lines, ok := s.texts[key]
	if !ok {
		return law.Edition{}, law.ErrNotFound
	}
	e := law.Edition{Lines: lines()}
	e.EditionKey = key
	return e, nil
}

func (s *shelf) add(date law.Date, revision int, lines func() []law.Line) law.EditionHead {
	key := law.EditionKey{Act: s.act.ID, Lang: law.RU, Status: law.Enacted, Date: date, Revision: revision}
	s.texts[key] = lines
	return law.EditionHead{EditionKey: key}
}

func sampleLines(tb testing.TB, date law.Date) func() []law.Line {
	return func() []law.Line {
		_, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(law.RU, date)))
		if err != nil {
			tb.Fatal(err)
		}
		return lines
	}
}

// A new edition is added to what is known; what was asked before is told as it was.
func TestChronicleGrows(t *testing.T) {
	ctx := context.Background()
	s := &shelf{act: sample.Act(), texts: map[law.EditionKey]func() []law.Line{}}
	list := editions{s.add(sample.First, 0, sampleLines(t, sample.First))}
	x := newTexts(s, 2)
	days := gazette{byNumber: []law.Act{{Adopted: "2025-11-28", Published: "2025-11-28", Requisites: map[law.Lang]string{law.RU: "№ 2-I"}}}, mark: "one"}
	one, err := x.chronicle(ctx, s.act, list)
	if err != nil {
		t.Fatal(err)
	}
	before, err := x.standing(ctx, s.act, list, days, "2026-01-30")
	if err != nil || len(before.Elsewhere) != 0 {
		t.Fatalf("%v, %d wordings of an edition nobody has", err, len(before.Elsewhere))
	}
	longer := append(list[:1:1], s.add(sample.Second, 0, sampleLines(t, sample.Second)))
	two, err := x.chronicle(ctx, s.act, longer)
	if err != nil || two != one || s.asked != 2 {
		t.Errorf("begun anew: %v, %d texts read", err, s.asked)
	}
	after, err := x.standing(ctx, s.act, longer, gazette{mark: "none"}, "2026-01-30")
	if err != nil || len(after.list) != 2 || len(after.Elsewhere) == 0 || after.Elsewhere[0].Force.Since != "" {
		t.Errorf("without the day of publication: %v %+v", err, after.Elsewhere)
	}
	after, err = x.standing(ctx, s.act, longer, gazette{byID: map[law.ActID]law.Date{sample.AmendingActID: "2025-11-28"}, mark: "known"}, "2026-01-30")
	if err != nil || len(after.Elsewhere) == 0 || after.Elsewhere[0].Force.Since != "2026-01-28" {
		t.Errorf("once it is known: %v %+v", err, after.Elsewhere)
	}
	revised := editions{s.add(sample.First, 1, sampleLines(t, sample.First)), longer[1]}
	if other, err := x.chronicle(ctx, s.act, revised); err != nil || other == two {
		t.Errorf("a revision of an old edition goes on with the old text: %v", err)
	}
}

// BenchmarkChronicle: two hundred editions of 1.3 MB, each with new words in
// thirty places of the one before.
func BenchmarkChronicle(b *testing.B) {
	code, err := os.ReadFile("../../../shared/lawdata/diff-pairs/code-ru-draft.old.txt")
	if err != nil {
		b.Skip("../shared absent")
	}
	ctx := context.Background()
	s := &shelf{act: law.Act{ID: "K1500000375"}, texts: map[law.EditionKey]func() []law.Line{}}
	var list editions
	for k := range 200 {
		list = append(list, s.add(law.Date("2000-01-01").AddDays(40*k), 0, func() []law.Line {
			lines, err := law.ReadText(strings.NewReader(string(code)))
			if err != nil {
				b.Fatal(err)
			}
			for n := range 30 * k {
				lines[(n*7919)%len(lines)].Text += fmt.Sprintf(" (%d)", n)
			}
			return lines
		}))
	}
	x := newTexts(s, 2)
	held := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	empty := held()
	c, err := x.chronicle(ctx, s.act, list[:199])
	if err != nil {
		b.Fatal(err)
	}
	b.Run("one more edition", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			more := append(list[:199:199], s.add(law.Date("2030-01-01").AddDays(n), 0, s.texts[list[n%2].EditionKey]))
			if n > 0 {
				more = append(c.known[:len(c.known):len(c.known)], more[199])
			}
			if c, err = x.chronicle(ctx, s.act, more); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("a day", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			if _, err := x.standing(ctx, s.act, c.known, gazette{mark: fmt.Sprint(n)}, "2010-01-01"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("a day again", func(b *testing.B) {
		for b.Loop() {
			if _, err := x.standing(ctx, s.act, c.known, gazette{mark: "0"}, "2010-01-01"); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(held()-empty, "MB-held")
		b.ReportMetric(float64(c.size)/(1<<20), "MB-weighed")
	})
}
