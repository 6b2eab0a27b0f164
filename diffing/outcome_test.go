package diffing

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// change is one generated item: what a line becomes in the proposal and in the
// enacted text, and what the outcome must say.
type change struct {
	line              int // of the base
	proposed, enacted []string
	want              OutcomeStatus
	moved             bool
	what              string
}

// outcomeCase is a base law, a proposal, an enacted text and the truth.
type outcomeCase struct {
	base, proposed, enacted []string
	want                    map[int]change // by line of the proposal, or −line of the base
}

// makeOutcome adopts, rewords, drops, inverts and moves parts of a random
// proposal, and edits some lines nobody asked about.
func makeOutcome(r *rand.Rand, base []string, donor []string) outcomeCase {
	g := &generator{Rand: r, donor: donor}
	changes := map[int]change{}
	moves := map[int][]string{} // appended to the enacted form of other lines
	var plain []int
	for i, s := range base {
		if i > 0 && !articleForm.MatchString(s) && len(strings.Fields(s)) > 14 {
			plain = append(plain, i)
		}
	}
	r.Shuffle(len(plain), func(a, b int) { plain[a], plain[b] = plain[b], plain[a] })
	n := len(plain) / 4
	spare := plain[2*n:]
	for k, i := range plain[:n] {
		c := g.change(base[i], k%8)
		c.line = i
		if c.moved {
			to := spare[k]
			moves[to] = c.enacted
			c.enacted = []string{base[i]}
		}
		changes[i] = c
	}
	out := outcomeCase{base: base, want: map[int]change{}}
	for i, s := range base {
		c, ok := changes[i]
		if !ok {
			out.proposed = append(out.proposed, s)
			if extra := moves[i]; extra != nil {
				s = strings.TrimRight(s, ".;:") + ", " + strings.Join(extra, " ")
			} else if slices.Contains(spare[:min(len(spare), 5)], i) {
				s = g.edit(s, 1, func(_, _ string) {})
			}
			out.enacted = append(out.enacted, s)
			continue
		}
		key := -i - 1
		if len(c.proposed) > 0 {
			key = len(out.proposed) + len(c.proposed) // the last line of it
		}
		out.want[key] = c
		out.proposed = append(out.proposed, c.proposed...)
		out.enacted = append(out.enacted, c.enacted...)
	}
	return out
}

// change makes one item of a kind from 0 to 7.
func (g *generator) change(s string, kind int) change {
	w := strings.Fields(s)
	at := 3 + g.IntN(3)
	phrase := strings.Fields(g.words(6))
	put := func(at, drop int, in ...string) string {
		return strings.Join(slices.Concat(w[:at], in, w[at+drop:]), " ")
	}
	c := change{proposed: []string{put(at, 0, phrase...)}}
	switch kind {
	case 0: // an insertion adopted, or dropped
		c.what, c.want, c.enacted = "insert/adopt", Adopted, c.proposed
		if g.IntN(2) == 0 {
			c.what, c.want, c.enacted = "insert/drop", Rejected, []string{s}
		}
	case 1: // reworded
		again := slices.Clone(phrase)
		again[g.IntN(len(again))] = "иначе"
		c.what, c.want, c.enacted = "insert/reword", AdoptedChanged, []string{put(at, 0, again...)}
	case 2: // inverted: what the proposal extends goes
		c.what, c.want, c.enacted = "insert/invert", Opposite, []string{put(at, 2)}
	case 3: // two hunks, one adopted
		both := slices.Concat(w[:at], phrase, w[at:at+6], w[at+8:])
		c.proposed = []string{strings.Join(both, " ")}
		c.what, c.want, c.enacted = "two hunks/one", Partly, []string{put(at, 0, phrase...)}
	case 4: // a deletion adopted, dropped or inverted
		c.proposed = []string{put(at, 3)}
		switch g.IntN(3) {
		case 0:
			c.what, c.want, c.enacted = "delete/adopt", Adopted, c.proposed
		case 1:
			c.what, c.want, c.enacted = "delete/drop", Rejected, []string{s}
		default:
			c.what, c.want, c.enacted = "delete/invert", Opposite, []string{put(at+3, 0, phrase...)}
		}
	case 5: // the unit it keeps is repealed, or its repeal adopted or dropped
		switch g.IntN(3) {
		case 0:
			c.what, c.want, c.enacted = "edit/repealed", Opposite, nil
		case 1:
			c.proposed = nil
			c.what, c.want, c.enacted = "repeal/adopt", Adopted, nil
		default:
			c.proposed = nil
			c.what, c.want, c.enacted = "repeal/drop", Rejected, []string{s}
		}
	case 6: // a new unit after this one
		fresh := fmt.Sprintf("%d-1. %s", 1+g.IntN(9), strings.Join(strings.Fields(g.words(6)+" "+g.words(6)), " "))
		c.proposed = []string{s, fresh}
		switch g.IntN(3) {
		case 0:
			c.what, c.want, c.enacted = "new/adopt", Adopted, c.proposed
		case 1:
			c.what, c.want, c.enacted = "new/drop", Rejected, []string{s}
		default:
			c.what, c.want, c.enacted = "new/reword", AdoptedChanged, []string{s, strings.Replace(fresh, strings.Fields(fresh)[3], "иначе", 1)}
		}
	case 7: // adopted at another place
		c.what, c.want, c.enacted, c.moved = "insert/move", Adopted, phrase, true
	}
	return c
}

func measureOutcome(t *testing.T, lang law.Lang, seeds uint64, source func(*rand.Rand) (base, donor []string)) {
	t.Helper()
	items, right := 0, 0
	wrong := map[string]int{}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 5))
		base, donor := source(r)
		c := makeOutcome(r, base, donor)
		got := Outcome(document(lang, base...), document(lang, c.proposed...), document(lang, c.enacted...))
		byLine := map[int]*OutcomeItem{}
		for k := range got.Items {
			if it := &got.Items[k]; it.Proposed.To != nil {
				byLine[it.Proposed.To.Last] = it
			} else {
				byLine[-it.Proposed.From.First] = it
			}
		}
		for key, want := range c.want {
			items++
			it := byLine[key]
			switch {
			case it == nil:
				wrong[want.what+" not found"]++
			case it.Status != want.want || want.moved != (it.MovedTo != ""):
				wrong[fmt.Sprintf("%s %s moved to %q", want.what, it.Status, it.MovedTo)]++
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

func TestOutcomeFigures(t *testing.T) {
	t.Run("sample", func(t *testing.T) {
		measureOutcome(t, law.RU, 8, func(r *rand.Rand) (_, _ []string) {
			return sampleLaw(r, law.RU, 100), sampleLaw(r, law.RU, 20)
		})
	})
	t.Run("real", func(t *testing.T) {
		base, donor := lawLines(t, law.RU, "mass-media-law/2026-03-02.ru.md"), lawLines(t, law.RU, "diff-pairs/law-ru-hard.old.txt")
		measureOutcome(t, law.RU, 6, func(*rand.Rand) (_, _ []string) { return base, donor })
	})
}
