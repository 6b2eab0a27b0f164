package diffing

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tuzetu/tuzetu/law"
)

// changes lists the changed pairs of law text: their kind and place.
func changes(r *Result) []string {
	var out []string
	for _, p := range r.Pairs {
		if p.Note || !p.Changed() {
			continue
		}
		at := p.To
		if at == nil {
			at = p.From
		}
		out = append(out, string(p.Kind)+" "+string(at.Provisions[0].Address))
	}
	return out
}

// The real editions differ in what lawdata/README.md lists, and in nothing else,
// in both languages at the same addresses.
func TestMassMediaLaw(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     []string
	}{
		{"2024-06-19", "2025-01-01", []string{"edited art_1__subpara_35"}},
		{"2025-01-01", "2026-03-02", []string{
			"edited art_2__para_4", "inserted art_14__para_7", "edited art_23__para_3",
			"edited art_25__para_1__subpara_3", "edited art_67__para_4",
		}},
	} {
		for _, lang := range []law.Lang{law.RU, law.KK} {
			t.Run(c.to+"."+string(lang), func(t *testing.T) {
				edition := func(date string) *law.Document {
					return readMarkdown(t, lang, shared(t, "mass-media-law/"+date+"."+string(lang)+".md"))
				}
				r := Compare(edition(c.from), edition(c.to))
				checkResult(t, r)
				if diff := cmp.Diff(c.want, changes(r)); diff != "" {
					t.Error(diff)
				}
				if r.Warning != "" {
					t.Error(r.Warning)
				}
			})
		}
	}
}
