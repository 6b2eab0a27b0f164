package edit

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/law"
)

// TestDeleteThenRestore: what was taken out comes back as it was, to the letter.
func TestDeleteThenRestore(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		base := sampleText(t, lang)
		restored := 0
		rapid.Check(t, func(t *rapid.T) {
			at := base.Provisions[rapid.IntRange(0, len(base.Provisions)-1).Draw(t, "unit")].Address
			gone, err := Delete(base, at)
			if err != nil {
				return // what is left would read otherwise
			}
			back, err := Restore(gone.Document, base, at)
			if err != nil {
				t.Fatalf("%s %s: %v", lang, at, err)
			}
			restored++
			if diff := cmp.Diff(base.Markdown(), back.Document.Markdown()); diff != "" || back.At != at {
				t.Fatalf("%s %s came back at %s otherwise:\n%s", lang, at, back.At, diff)
			}
		})
		if restored == 0 {
			t.Errorf("%s: nothing was restored", lang)
		}
	}
}

func TestRestore(t *testing.T) {
	base := read(law.RU, ru)
	must := func(d *Done, err error) *law.Document {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return d.Document
	}
	// A neighbour that came meanwhile keeps its place; two come back in any order.
	d := must(Insert(base, Place{After, "art_14__para_1"}, Unit{Kind: law.Paragraph, Text: "Есть запрещено."}))
	d = must(Delete(d, "art_14__para_2"))
	d = must(Delete(d, "art_14__para_1"))
	d = must(Restore(d, base, "art_14__para_2"))
	d = must(Restore(d, base, "art_14__para_1"))
	d = must(Delete(d, "art_14__para_1-1"))
	if diff := cmp.Diff(base.Markdown(), d.Markdown()); diff != "" {
		t.Error(diff)
	}
	// The last sign fits the place: what comes back is not the last any more.
	d = must(Delete(base, "art_14__para_2__subpara_3"))
	d = must(Insert(d, Place{Under, "art_14__para_2"}, Unit{law.Subparagraph, "4", "афиши"}))
	d = must(Restore(d, base, "art_14__para_2__subpara_3"))
	for at, want := range map[law.Address]string{"art_14__para_2__subpara_2": "2) ноты;", "art_14__para_2__subpara_3": "3) карты;", "art_14__para_2__subpara_4": "4) афиши."} {
		if got := d.Find(at).Text; got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}

	without := must(Delete(base, "art_14__para_2"))
	taken := must(Insert(without, Place{After, "art_14__para_1"}, Unit{law.Paragraph, "2", "Новый зал."}))
	for name, tc := range map[string]struct {
		d    *law.Document
		at   law.Address
		code Code
	}{
		"stands":          {base, "art_14__para_1", AlreadyThere},
		"never was":       {without, "art_99", NotFound},
		"its number gone": {must(Renumber(without, "art_14__para_1", "2")), "art_14__para_2", NumberTaken},
		"another one":     {taken, "art_14__para_2", AlreadyThere},
		"its holder gone": {without, "art_14__para_2__subpara_1", HolderGone},
	} {
		_, err := Restore(tc.d, base, tc.at)
		var r *Refusal
		if !errors.As(err, &r) || r.Code != tc.code {
			t.Errorf("%s: %v, want %s", name, err, tc.code)
		}
	}
}
