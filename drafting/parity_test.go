package drafting

import (
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

func written(t *testing.T, from, to *law.Document) []law.Line {
	t.Helper()
	a, err := Write(from, to, WriteOptions{Adopted: "2024-06-19"})
	if err != nil {
		t.Fatal(err)
	}
	return a.lines()
}

func parityOf(t *testing.T, ru, kk []law.Line) *Parity {
	t.Helper()
	a, err := Read(law.RU, ru)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Read(law.KK, kk)
	if err != nil {
		t.Fatal(err)
	}
	return CompareLanguages(a, b)
}

func told(p *Parity) string {
	var b strings.Builder
	for _, d := range p.Frame {
		b.WriteString("frame " + string(d.What) + " " + d.RU + " | " + d.KK + "\n")
	}
	for _, x := range p.Pairs {
		for _, d := range x.Differences {
			b.WriteString(string(d.What) + " " + d.RU + " | " + d.KK + "\n")
		}
	}
	for _, in := range p.OnlyRU {
		b.WriteString("only ru " + in.Text + "\n")
	}
	for _, in := range p.OnlyKK {
		b.WriteString("only kk " + in.Text + "\n")
	}
	return b.String()
}

// TestParityMassMedia: the acts written for the editions of the mass-media law
// say the same in both languages.
func TestParityMassMedia(t *testing.T) {
	for _, step := range [][2]string{{"2024-06-19", "2025-01-01"}, {"2025-01-01", "2026-03-02"}} {
		ru := written(t, edition(t, step[0], law.RU), edition(t, step[1], law.RU))
		kk := written(t, edition(t, step[0], law.KK), edition(t, step[1], law.KK))
		if p := parityOf(t, ru, kk); !p.Same() || len(p.Pairs) == 0 {
			t.Errorf("%s: %s", step[1], told(p))
		}
	}
}

// TestParitySeeded finds a difference put into one language of the sample's act,
// whatever it is, and nothing else.
func TestParitySeeded(t *testing.T) {
	lines := func(lang law.Lang) []law.Line {
		return written(t, sampleText(t, lang, sample.First), sampleText(t, lang, sample.Second))
	}
	if p := parityOf(t, lines(law.RU), lines(law.KK)); !p.Same() {
		t.Errorf("the sample's act: %s", told(p))
	}
	for _, c := range []struct{ old, new, want string }{
		{"пункт 3 статьи 10 исключить", "пункт 4 статьи 10 исключить", "address"},
		{"пункт 3 статьи 10 исключить", "пункт 3 статьи 10 изложить в следующей редакции:\n«3. Иначе.»", "operation"},
		{"не реже двух раз в месяц", "не реже 3 раз в месяц", "numbers"},
		{"десяти календарных дней", "шестидесяти календарных дней", "in_force"},
		{"19 июня 2024 года", "20 июня 2024 года", "frame dates"},
		{"3) публикуется", "4) публикуется", "lines"},
		{"7) пункт 3 статьи 10 исключить;", "", "only kk"},
		{"7) пункт 3 статьи 10 исключить;", "7) пункт 3 статьи 10 исключить;\nпункт 5 статьи 12 исключить;", "only ru"},
	} {
		text := ""
		for _, l := range lines(law.RU) {
			text += l.Text + "\n"
		}
		changed := strings.Replace(text, c.old, c.new, 1)
		if changed == text {
			t.Fatalf("the act has no %q:\n%s", c.old, text)
		}
		if got := told(parityOf(t, linesOf(changed), lines(law.KK))); !strings.Contains(got, c.want) {
			t.Errorf("%q → %q: want %s, got:\n%s", c.old, c.new, c.want, got)
		}
	}
}
