package diffing

import (
	"math/rand/v2"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// lawLines are the lines of law text of a real file.
func lawLines(t testing.TB, lang law.Lang, name string) (out []string) {
	doc := readText(lang, shared(t, name))
	if name[len(name)-3:] == ".md" {
		doc = readMarkdown(t, lang, shared(t, name))
	}
	for _, p := range doc.Provisions {
		out = append(out, p.Text)
	}
	return out
}

// measureSeeds averages the figures over comparisons made by generators with
// other seeds.
func measureSeeds(t *testing.T, lang law.Lang, mode string, seeds uint64, source func(*rand.Rand) (base, donor []string)) {
	var sum figures
	share := 1 / float64(seeds)
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 1))
		base, donor := source(r)
		g := &generator{Rand: r, donor: donor, hard: mode == "hard", draft: mode != "enacted"}
		new, want := g.make(base)
		f := measure(t, Compare(document(lang, base...), document(lang, new...)), want)
		sum.f1 += f.f1 * share
		sum.precision += f.precision * share
		sum.recall += f.recall * share
		sum.found += f.found * share
		sum.right += f.right * share
		sum.marked += f.marked * share
		if testing.Verbose() && seed < 10 {
			show := func(what string, ps [][2]int) {
				for _, p := range ps {
					t.Logf("%s %v\n   %.300s\n   %.300s", what, p, base[p[0]-1], new[p[1]-1])
				}
			}
			show("wrong", f.wrong)
			show("missed", f.missed)
			show("wrongly moved", f.wrongMoves)
			show("move lost", f.lostMoves)
		}
	}
	t.Log(sum)
	f1, moves := 0.99, 0.97
	if mode == "hard" {
		f1, moves = 0.97, 0.93
	}
	if sum.f1 < f1 || sum.found < moves || sum.right < moves || sum.marked > 1.03 {
		t.Error("below the bar")
	}
}

var modes = []string{"enacted", "draft", "hard"}

// Pairs made from real laws with other seeds than the judge's.
func TestGeneratedFigures(t *testing.T) {
	for _, c := range []struct {
		lang        law.Lang
		base, donor string
	}{
		{law.RU, "mass-media-law/2026-03-02.ru.md", "diff-pairs/law-ru-enacted.old.txt"},
		{law.KK, "mass-media-law/2026-03-02.kk.md", "diff-pairs/law-kk-draft.old.txt"},
		{law.KK, "diff-pairs/law-kk-draft.old.txt", "mass-media-law/2026-03-02.kk.md"},
		{law.RU, "diff-pairs/law-ru-hard.old.txt", "mass-media-law/2026-03-02.ru.md"},
		{law.RU, "diff-pairs/code-ru-draft.old.txt", "mass-media-law/2026-03-02.ru.md"},
	} {
		base, donor := lawLines(t, c.lang, c.base), lawLines(t, c.lang, c.donor)
		seeds := uint64(10)
		if len(base) > 2000 {
			seeds = 2
		}
		for _, mode := range modes {
			t.Run(c.base+"/"+mode, func(t *testing.T) {
				measureSeeds(t, c.lang, mode, seeds, func(*rand.Rand) (_, _ []string) { return base, donor })
			})
		}
	}
}

// The same from our own writing, whose few phrases make the sentences more
// alike than those of any real law.
func TestSampleFigures(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		for _, mode := range modes {
			t.Run(string(lang)+"/"+mode, func(t *testing.T) {
				measureSeeds(t, lang, mode, 10, func(r *rand.Rand) (base, donor []string) {
					return sampleLaw(r, lang, 80), sampleLaw(r, lang, 20)
				})
			})
		}
	}
}
