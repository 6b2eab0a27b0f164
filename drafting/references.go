package drafting

import (
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// References lists the citations that lead to what the amendment changes: the
// classical slip is to amend a unit and to forget those that cite it.
func (r *Result) References(base *law.Document) (out []ReportReference) {
	after := law.Build(base.Lang, base.Title, Lines(r.Text))
	for _, ref := range diffing.Compare(base, after).References() {
		out = append(out, ReportReference{ref, warnings(base, after, ref)})
	}
	return out
}

// warnings say in each language of acts what became of a citation's target.
func warnings(base, after *law.Document, ref diffing.Reference) map[law.Lang]string {
	out := map[law.Lang]string{}
	for _, lang := range [...]law.Lang{law.KK, law.RU} {
		at, target := string(ref.At), ref.Text
		if p := after.Find(ref.At); p != nil {
			at = p.Cite().In(lang)
		}
		if p := base.Find(ref.Target); p != nil {
			target = p.Cite().In(lang)
		}
		out[lang] = fill(grammarOf(lang).Write.References[string(ref.What)], func(name string) string {
			if name == "at" {
				return at
			}
			return target
		})
	}
	return out
}
