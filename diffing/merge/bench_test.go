package merge

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// touched changes every step-th provision, beginning with the first-th: a phrase
// at its end, after the first words, or another word.
func touched(d *law.Document, first, step int, word string) (*law.Document, int) {
	lines := d.Lines()
	n := 0
	for i := first; i < len(lines); i += step {
		words := strings.Fields(lines[i].Text)
		if len(words) < 8 {
			continue
		}
		words[len(words)/2] = word
		lines[i].Text = strings.Join(words, " ")
		n++
	}
	return law.Build(d.Lang, d.Title, lines), n
}

func benchmark(b *testing.B, base *law.Document, step int) {
	mine, n := touched(base, 0, step, "прямо")
	theirs, m := touched(base, 1, step, "иначе")
	b.ReportMetric(float64(n+m), "changes")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Merge(base, mine, theirs).Resolve(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLaw merges 200 changed provisions of the real law.
func BenchmarkLaw(b *testing.B) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "lawdata", "mass-media-law", "2026-03-02.ru.md"))
	if os.IsNotExist(err) {
		b.Skip("../shared absent")
	}
	if err != nil {
		b.Fatal(err)
	}
	title, lines, err := law.ReadMarkdown(strings.NewReader(string(raw)))
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, law.Build(law.RU, title, lines), 6)
}

func BenchmarkSample(b *testing.B) { benchmark(b, sampleText(b, law.RU), 2) }
