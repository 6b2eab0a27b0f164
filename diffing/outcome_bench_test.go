package diffing

import (
	"math/rand/v2"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// A code, its draft, and three answers: none of it, all of it, other changes.
func BenchmarkOutcomeCode(b *testing.B) {
	base := readText(law.RU, shared(b, "diff-pairs/code-ru-draft.old.txt"))
	proposed := readText(law.RU, shared(b, "diff-pairs/code-ru-draft.new.txt"))
	r := rand.New(rand.NewPCG(1, 2))
	g := &generator{Rand: r, donor: sampleLaw(r, law.RU, 40)}
	other, _ := g.make(lawLines(b, law.RU, "diff-pairs/code-ru-draft.old.txt"))
	for _, c := range []struct {
		name    string
		enacted *law.Document
	}{{"none", base}, {"all", proposed}, {"other", document(law.RU, other...)}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Outcome(base, proposed, c.enacted)
			}
		})
	}
}
