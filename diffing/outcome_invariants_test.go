package diffing

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/tuzetu/tuzetu/law"
	"pgregory.net/rapid"
)

// What an outcome promises of any two texts: a proposal is adopted by itself,
// rejected by the text it asked to change, pending without an answer; and where
// nothing was asked, everything is unasked.
func checkOutcome(t rapid.TB, base, proposed *law.Document) {
	t.Helper()
	asked := 0
	var changed []Pair
	for _, p := range Compare(base, proposed).Pairs {
		if !p.Note && p.Changed() {
			asked++
			changed = append(changed, p)
		}
	}
	all := func(what string, enacted *law.Document, want OutcomeStatus, survived float64) {
		t.Helper()
		out := Outcome(base, proposed, enacted)
		if len(out.Items) != asked {
			t.Errorf("%s: %d items of %d changes", what, len(out.Items), asked)
		}
		if len(out.Unasked) > 0 {
			t.Errorf("%s: %d unasked, one of them %s", what, len(out.Unasked), showPair(out.Unasked[0]))
		}
		wrong := 0
		for _, it := range out.Items {
			if it.Status == want && it.Survived == survived && it.MovedTo == "" {
				continue
			}
			if wrong++; wrong < 4 {
				t.Errorf("%s: %s, survived %v, moved to %q: %s", what, it.Status, it.Survived, it.MovedTo, showPair(it.Proposed))
			}
		}
		if wrong > 0 {
			t.Errorf("%s: %d of %d items are not %s", what, wrong, asked, want)
		}
		if n := out.Summary[want]; n != len(out.Items)-wrong && wrong == 0 {
			t.Errorf("%s: the summary counts %d of %d", what, n, len(out.Items))
		}
	}
	all("nothing enacted", base, Rejected, 0)
	all("all enacted", proposed, Adopted, 1)
	all("no answer", nil, Pending, 0)

	out := Outcome(base, base, proposed)
	if len(out.Items) != 0 || len(out.Unasked) != len(changed) {
		t.Errorf("nothing proposed: %d items, %d of %d changes unasked", len(out.Items), len(out.Unasked), len(changed))
	}
}

func showPair(p *Pair) string {
	s := fmt.Sprintf("%s moved %t renumbered %t technical %t", p.Kind, p.Moved, p.Renumbered, p.Technical)
	for _, side := range []*Side{p.From, p.To} {
		if side != nil {
			s += fmt.Sprintf("\n   %s %.200q", side.Provisions[0].Address, side.Text)
		}
	}
	return s
}

func bothWays(t *testing.T, a, b *law.Document) {
	t.Helper()
	t.Run("there", func(t *testing.T) { checkOutcome(t, a, b) })
	t.Run("back", func(t *testing.T) { checkOutcome(t, b, a) })
}

func TestOutcomeInvariants(t *testing.T) {
	for name, lang := range map[string]law.Lang{"law-ru-enacted": law.RU, "law-kk-draft": law.KK, "law-ru-hard": law.RU, "code-ru-draft": law.RU} {
		t.Run(name, func(t *testing.T) {
			bothWays(t, readText(lang, shared(t, "diff-pairs/"+name+".old.txt")), readText(lang, shared(t, "diff-pairs/"+name+".new.txt")))
		})
	}
	for _, lang := range []law.Lang{law.RU, law.KK} {
		for _, dates := range [][2]string{{"2024-06-19", "2025-01-01"}, {"2025-01-01", "2026-03-02"}, {"2024-06-19", "2026-03-02"}} {
			t.Run(dates[0]+"..."+dates[1]+"."+string(lang), func(t *testing.T) {
				edition := func(date string) *law.Document {
					return readMarkdown(t, lang, shared(t, "mass-media-law/"+date+"."+string(lang)+".md"))
				}
				bothWays(t, edition(dates[0]), edition(dates[1]))
			})
		}
	}
	t.Run("restatement", func(t *testing.T) { // a law of 1999 written anew
		bothWays(t, readMarkdown(t, law.RU, shared(t, "mass-media-law/1999-law.c2015.ru.excerpt.md")),
			readMarkdown(t, law.RU, shared(t, "mass-media-law/2024-06-19.ru.md")))
	})
}

func sampleEdition(t *testing.T, date string, lang law.Lang) *law.Document {
	t.Helper()
	text, err := os.ReadFile("../internal/sample/texts/" + date + "." + string(lang) + ".md")
	if err != nil {
		t.Fatal(err)
	}
	return readMarkdown(t, lang, string(text))
}

// The same of our own writing: the sample act, and generated laws.
func TestOutcomeInvariantsSample(t *testing.T) {
	for _, lang := range law.Langs {
		for _, dates := range [][2]string{{"2025-03-01", "2026-02-01"}, {"2026-02-01", "2026-09-01"}, {"2025-03-01", "2026-09-01"}} {
			t.Run(dates[0]+"..."+dates[1]+"."+string(lang), func(t *testing.T) {
				bothWays(t, sampleEdition(t, dates[0], lang), sampleEdition(t, dates[1], lang))
			})
		}
	}
	for _, lang := range []law.Lang{law.RU, law.KK} {
		for _, mode := range modes {
			for seed := range uint64(12) {
				t.Run(fmt.Sprintf("%s/%s/%d", lang, mode, seed), func(t *testing.T) {
					r := rand.New(rand.NewPCG(seed, 9))
					base := sampleLaw(r, lang, 40)
					g := &generator{Rand: r, donor: sampleLaw(r, lang, 20), hard: mode == "hard", draft: mode != "enacted"}
					next, _ := g.make(base)
					bothWays(t, document(lang, base...), document(lang, next...))
				})
			}
		}
	}
}

// The same of texts in which nearly every line repeats.
func TestOutcomeMonsters(t *testing.T) {
	all := monsters()
	for _, name := range []string{"five lines again and again", "identical lines, some gone", "identical lines, all edited"} {
		t.Run(name, func(t *testing.T) {
			m := all[name]
			checkOutcome(t, readText(law.RU, m[0]), readText(law.RU, m[1]))
		})
	}
}

// The same of any texts: few words, so that lines repeat, and lines left in place
// of others.
func TestOutcomeProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.SliceOfN(rapid.OneOf(rapid.Custom(drawLine), rapid.SampledFrom([]string{
			"Статья 1. Маяк", "1. Маяк:", "1) маяк;", "1) исключен;", "2) исключен Законом РК", "1)-2) исключены;", "2) журнал", "Статья 2. Исключена",
		})), 0, 12)
		old := lines.Draw(rt, "old")
		new := slices.Concat(old, lines.Draw(rt, "more"))
		for n := len(new); n > 1 && rapid.Bool().Draw(rt, "again"); {
			from, to := rapid.IntRange(0, n-1).Draw(rt, "from"), rapid.IntRange(0, n-1).Draw(rt, "to")
			switch rapid.IntRange(0, 2).Draw(rt, "what") {
			case 0:
				new[from], new[to] = new[to], new[from]
			case 1:
				new[from] += " " + new[to]
			default:
				new[to] = ""
			}
		}
		checkOutcome(rt, document(law.RU, old...), document(law.RU, new...))
	})
}
