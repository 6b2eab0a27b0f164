package diffing

import (
	"fmt"
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

// Different laws joined, so that no text repeats more than it does in law.
func BenchmarkCompareJoined(b *testing.B) {
	names := []string{"law-ru-hard", "law-ru-enacted", "law-kk-draft", "code-ru-draft"}
	join := func(n int, side string) (s string) {
		for _, name := range names[:n] {
			s += shared(b, "diff-pairs/"+name+"."+side+".txt")
		}
		return s
	}
	for n := 1; n <= len(names); n++ {
		old, new := readText(law.RU, join(n, "old")), readText(law.RU, join(n, "new"))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			bytes := 0
			for _, p := range old.Provisions {
				bytes += len(p.Text)
			}
			b.SetBytes(int64(bytes))
			b.ReportAllocs()
			for b.Loop() {
				Compare(old, new)
			}
		})
	}
}
