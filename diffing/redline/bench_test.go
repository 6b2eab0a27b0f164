package redline

import (
	"io"
	"os"
	"testing"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// From the bytes of two files to the last byte of JSON: what `tuzetu diff` does.
func BenchmarkCodeJSON(b *testing.B) {
	const dir = "../../../shared/lawdata/diff-pairs/code-ru-draft."
	old, err := os.ReadFile(dir + "old.txt")
	if os.IsNotExist(err) {
		b.Skip("../shared absent")
	}
	if err != nil {
		b.Fatal(err)
	}
	new, err := os.ReadFile(dir + "new.txt")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r := diffing.Compare(document(law.RU, old), document(law.RU, new))
		if err := JSON(io.Discard, r, Meta{Lang: law.RU}, Meta{Lang: law.RU}, false); err != nil {
			b.Fatal(err)
		}
	}
}
