package diffing

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// babble is a text of a few words over and over, in which no run of words stands
// once: what no law is, and what must not be marked as one whole.
func babble(seed uint64, words int) string {
	r := rand.New(rand.NewPCG(seed, 0))
	var b strings.Builder
	for range words {
		b.WriteString([]string{"лицо ", "орган ", "акт "}[r.IntN(3)])
	}
	return strings.TrimSpace(b.String())
}

func TestShortest(t *testing.T) {
	from, to := babble(1, 3900), babble(2, 3900)
	r := Compare(document(law.RU, from), document(law.RU, to))
	if len(r.Pairs) != 1 || r.Pairs[0].Kind != Edited {
		t.Fatalf("%d pairs, the first is %s", len(r.Pairs), r.Pairs[0].Kind)
	}
	var old, new strings.Builder
	equal := 0
	for _, op := range r.Pairs[0].Ops {
		old.WriteString(op.Old())
		new.WriteString(op.New())
		if op.Kind == Equal {
			equal += utf8.RuneCountInString(op.Text)
		}
	}
	if old.String() != from || new.String() != to {
		t.Error("the texts do not rebuild")
	}
	// Random texts of three words have about two thirds of their words in common.
	if share := float64(equal) / float64(utf8.RuneCountInString(to)); share < 0.5 {
		t.Errorf("only %.2f of the text is kept", share)
	}
}

func BenchmarkShortest(b *testing.B) {
	from, to := document(law.RU, babble(1, 3900)), document(law.RU, babble(2, 3900))
	for b.Loop() {
		Compare(from, to)
	}
}
