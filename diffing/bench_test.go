package diffing

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

func BenchmarkCompareCode(b *testing.B) {
	old := readText(law.RU, shared(b, "diff-pairs/code-ru-draft.old.txt"))
	new := readText(law.RU, shared(b, "diff-pairs/code-ru-draft.new.txt"))
	b.ReportAllocs()
	for b.Loop() {
		Compare(old, new)
	}
}

// Different laws joined and redrafted: time a byte must hardly grow.
func BenchmarkCompareJoined(b *testing.B) {
	laws := []string{
		"diff-pairs/law-ru-hard.old.txt", "diff-pairs/law-kk-draft.old.txt", "diff-pairs/law-ru-enacted.old.txt",
		"mass-media-law/2026-03-02.ru.md", "mass-media-law/2026-03-02.kk.md", "adilet-text/constitution.txt",
		"adilet-text/law_on_personal_data_protection.txt", "adilet-text/law_on_personal_data_protection_kz.txt",
	}
	for _, n := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var base []string
			for _, name := range laws[:n] {
				base = append(base, lawLines(b, law.RU, name)...)
			}
			benchmarkDraft(b, base)
		})
	}
}

// The same on our own writing.
func BenchmarkCompareSample(b *testing.B) {
	for _, articles := range []int{250, 500, 1000, 2000} {
		b.Run(fmt.Sprint(articles), func(b *testing.B) {
			benchmarkDraft(b, sampleLaw(rand.New(rand.NewPCG(1, 2)), law.RU, articles))
		})
	}
}

func benchmarkDraft(b *testing.B, base []string) {
	r := rand.New(rand.NewPCG(3, 4))
	g := &generator{Rand: r, donor: sampleLaw(r, law.RU, 40), hard: true, draft: true}
	next, _ := g.make(base)
	old, new := document(law.RU, base...), document(law.RU, next...)
	bytes := 0
	for _, s := range base {
		bytes += len(s)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		Compare(old, new)
	}
}
