package diffing

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tuzetu/tuzetu/law"
	"pgregory.net/rapid"
)

// line draws a line that looks a little like law: few words, so that they
// repeat; numbers, signs, look-alikes and blanks of every kind.
func drawLine(t *rapid.T) string {
	words := []string{"закон", "маяк", "колокол", "журнал", "и", "в", "порядке", "бiлiм", "білім", "14-1", "«", "»", "\"", "—", "-", ",", ";", ".", "1)", "Статья", "2.", "\u00a0", "(", ")", "Ёлка", "елка", "\u00ad", "№", "́", "𝔸", "\ufffd"}
	n := rapid.IntRange(1, 12).Draw(t, "words")
	parts := make([]string, n)
	for k := range parts {
		parts[k] = rapid.SampledFrom(words).Draw(t, "word")
	}
	return strings.Join(parts, rapid.SampledFrom([]string{" ", "", "  "}).Draw(t, "blank"))
}

// Whatever the texts are, every line stands in exactly one pair, the ops
// rebuild both sides, and the same comparison comes out again.
func TestCompareProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.SliceOfN(rapid.Custom(drawLine), 0, 30)
		old := lines.Draw(rt, "old")
		new := slices.Clone(old)
		for range rapid.IntRange(0, 6).Draw(rt, "changes") {
			if len(new) == 0 {
				break
			}
			k := rapid.IntRange(0, len(new)-1).Draw(rt, "at")
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				new = slices.Delete(new, k, k+1)
			case 1:
				new = slices.Insert(new, k, drawLine(rt))
			case 2:
				new[k] += " " + drawLine(rt)
			default:
				j := rapid.IntRange(0, len(new)-1).Draw(rt, "to")
				new[k], new[j] = new[j], new[k]
			}
		}
		a, b := document(law.RU, old...), document(law.RU, new...)
		var opts []Option
		if rapid.Bool().Draw(rt, "variants") {
			opts = append(opts, ShowVariants())
		}
		r := Compare(a, b, opts...)
		checkResult(rt, r)
		checkNoEqualLeft(rt, r)
		if diff := cmp.Diff(r.Summary, Compare(a, b, opts...).Summary); diff != "" {
			rt.Fatal(diff)
		}
		self := Compare(a, a, opts...)
		if s := self.Summary; s.Same != len(a.Provisions) || s.MarkedChars != 0 || s.Moved != 0 || s.Renumbered != 0 {
			rt.Fatalf("a text differs from itself: %+v", s)
		}
		r.References()
		r.Provenance()
	})
}

// checkNoEqualLeft: no text is both taken out and put in.
func checkNoEqualLeft(t rapid.TB, r *Result) {
	gone := map[string]bool{}
	for _, p := range r.Pairs {
		if p.Kind == Deleted && !p.Note {
			gone[p.From.Text] = true
		}
	}
	for _, p := range r.Pairs {
		if p.Kind == Inserted && !p.Note && gone[p.To.Text] {
			t.Fatalf("equal text left unpaired: %q", p.To.Text)
		}
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("Статья 1. А\n1. Б\n2. В", "Статья 2. А\n1. Б В\n")
	f.Add("1) бiр; 2) екi", "1) бір;\n2) екі")
	f.Add("", "\xff\xfe")
	f.Fuzz(func(t *testing.T, old, new string) {
		r := Compare(readText(law.RU, old), readText(law.KK, new))
		checkResult(t, r)
		checkNoEqualLeft(t, r)
		r = Compare(readText(law.KK, old), readText(law.KK, new), ShowVariants())
		checkResult(t, r)
		r.References()
	})
}

// Monstrous texts: bounded time and memory, still a correct comparison.
func monsters() map[string][2]string {
	r := rand.New(rand.NewPCG(7, 7))
	words := strings.Fields(strings.Join(sampleLaw(r, law.RU, 200), " "))
	long := func(n int) string {
		var b strings.Builder
		for b.Len() < n {
			b.WriteString(words[r.IntN(len(words))] + " ")
		}
		return b.String()
	}
	a := long(1 << 20)
	same := strings.Repeat("К акту прилагаются копии документов.\n", 10000)
	var few, mixed strings.Builder
	for range 10000 {
		few.WriteString(words[r.IntN(5)] + " и порядок\n")
		mixed.WriteString(words[r.IntN(5)] + " и порядок\n")
	}
	return map[string][2]string{
		"identical lines":               {same, same},
		"identical lines, some gone":    {same, same[:len(same)/2]},
		"identical lines, all edited":   {same, strings.ReplaceAll(same, "копии", "подлинники")},
		"five lines again and again":    {few.String(), mixed.String()},
		"one line of 1 MB":              {a, strings.ReplaceAll(a, "маяка", "порта")},
		"one line of 1 MB, another one": {a, long(1 << 20)},
		"one word of 1 MB":              {strings.Repeat("а", 1<<20), strings.Repeat("а", 1<<20) + "б"},
		"1 MB of one sign":              {strings.Repeat(",", 1<<20), strings.Repeat(",", 1<<19)},
		"1 MB of two signs":             {strings.Repeat(",.", 1<<19), strings.Repeat(".,,", 1<<18)},
	}
}

func TestMonsters(t *testing.T) {
	for name, m := range monsters() {
		t.Run(name, func(t *testing.T) {
			checkResult(t, Compare(readText(law.RU, m[0]), readText(law.RU, m[1])))
		})
	}
}

func BenchmarkMonsters(b *testing.B) {
	for name, m := range monsters() {
		b.Run(name, func(b *testing.B) {
			old, new := readText(law.RU, m[0]), readText(law.RU, m[1])
			b.ReportAllocs()
			for b.Loop() {
				Compare(old, new)
			}
		})
	}
}
