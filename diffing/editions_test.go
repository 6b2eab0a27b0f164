package diffing_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// TestSampleEditions is the twin of the test on the mass-media law: what the
// sample's package comment lists, and nothing else, in every language.
func TestSampleEditions(t *testing.T) {
	for _, lang := range law.Langs {
		first, second, proposed := read(t, lang, sample.First), read(t, lang, sample.Second), read(t, lang, sample.Proposed)
		got := diffing.Compare(first, second).Summary
		got.Same, got.MarkedChars = 0, 0
		// Inserted: art. 1 3-1), art. 7-1 with five lines under it, art. 9 p. 3-1 and
		// two placeholders; edited: art. 4 p. 2, technical art. 5 p. 2 and the moved one.
		if diff := cmp.Diff(diffing.Summary{Edited: 3, Inserted: 10, Deleted: 1, Moved: 1}, got); diff != "" {
			t.Errorf("%s, first → second (-want +got):\n%s", lang, diff)
		}
		r := diffing.Compare(second, proposed)
		got = r.Summary
		got.Same, got.MarkedChars = 0, 0
		if diff := cmp.Diff(diffing.Summary{Edited: 2, Inserted: 1, Deleted: 1, Split: 1}, got); diff != "" {
			t.Errorf("%s, second → proposed (-want +got):\n%s", lang, diff)
		}
		for _, p := range r.Pairs {
			if p.Kind != diffing.Split {
				continue
			}
			// Between the parts stand empty lines of the Markdown; only the new number
			// is marked.
			if p.To.Provisions[1].Address != "art_17__para_1-1" || p.From.Provisions[0].Address != "art_17__para_1" {
				t.Errorf("%s: %s was split into %s", lang, p.From.Provisions[0].Address, p.To.Provisions[1].Address)
			}
			for _, op := range p.Ops {
				if op.Kind == diffing.Delete {
					t.Errorf("%s: the split marks %q as deleted", lang, op.Text)
				}
			}
		}
	}
}

func read(t *testing.T, lang law.Lang, date law.Date) *law.Document {
	t.Helper()
	title, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(lang, date)))
	if err != nil {
		t.Fatal(err)
	}
	return law.Build(lang, title, lines)
}
