package diffing

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

func measureOutcome(t *testing.T, lang law.Lang, seeds uint64, source func(*rand.Rand) (base, donor []string)) {
	t.Helper()
	items, right := 0, 0
	wrong := map[string]int{}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 5))
		base, donor := source(r)
		c := makeOutcome(r, lang, base, donor)
		got := Outcome(document(lang, base...), document(lang, c.proposed...), document(lang, c.enacted...))
		byLine := map[int]*OutcomeItem{}
		for k := range got.Items {
			if it := &got.Items[k]; it.Proposed.To != nil {
				byLine[it.Proposed.To.Last] = it
			} else {
				byLine[-it.Proposed.From.First] = it
			}
		}
		for _, p := range got.Unasked {
			if p.Kind == Inserted && isExcluded(p.To.Provisions[0]) && strings.Contains(p.To.Text, excludedBy) {
				t.Errorf("seed %d: a line left in place of a repealed unit is unasked: %s", seed, showPair(p))
			}
		}
		for key, want := range c.want {
			items++
			it := byLine[key]
			switch {
			case it == nil:
				wrong[c.what[key]+" not found"]++
			case it.Status != want.status || want.moved != (it.MovedTo != ""):
				wrong[fmt.Sprintf("%s (%s): %s moved to %q", c.what[key], want.status, it.Status, it.MovedTo)]++
			default:
				right++
			}
		}
	}
	t.Logf("%d of %d statuses right (%.3f); wrong: %v", right, items, float64(right)/float64(items), wrong)
	if items < 500 || float64(right) < 0.97*float64(items) {
		t.Error("below the bar of 0.97 over 500 items")
	}
}

// sampleAct are the lines of the sample act, whose words are of another field
// than those of a sample law.
func sampleAct(t *testing.T, lang law.Lang) (lines []string) {
	for _, p := range sampleEdition(t, "2026-02-01", lang).Provisions {
		lines = append(lines, p.Text)
	}
	return lines
}

func TestOutcomeFigures(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		t.Run("sample."+string(lang), func(t *testing.T) {
			measureOutcome(t, lang, 8, func(r *rand.Rand) (_, _ []string) {
				return sampleLaw(r, lang, 100), sampleAct(t, lang)
			})
		})
	}
	for _, c := range []struct {
		lang        law.Lang
		base, donor string
	}{
		{law.RU, "mass-media-law/2026-03-02.ru.md", "diff-pairs/law-ru-hard.old.txt"},
		{law.KK, "mass-media-law/2026-03-02.kk.md", "diff-pairs/law-kk-draft.old.txt"},
	} {
		t.Run("real."+string(c.lang), func(t *testing.T) {
			base, donor := lawLines(t, c.lang, c.base), lawLines(t, c.lang, c.donor)
			measureOutcome(t, c.lang, 6, func(*rand.Rand) (_, _ []string) { return base, donor })
		})
	}
}
