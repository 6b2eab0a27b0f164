package diffing

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// TestForceThroughMoves: with the comparison of its editions a timeline follows a
// paragraph that another article took over.
func TestForceThroughMoves(t *testing.T) {
	for _, lang := range law.Langs {
		first := readMarkdown(t, lang, sample.Markdown(lang, sample.First))
		second := readMarkdown(t, lang, sample.Markdown(lang, sample.Second))
		tl := law.NewTimeline(sample.Act(), func(law.NoteAct) law.Date { return "2025-11-28" })
		tl.Add(sample.First, first, nil)
		tl.Add(sample.Second, second, Compare(first, second).Before())

		s, _ := tl.On("2026-01-30") // the amending law is in force since 28.01.2026, the edition is of 01.02.2026
		f := s.Force[first.Find("art_10__para_3").Index]
		if f.Status != law.LostForceAlready || f.Until != "2026-01-28" {
			t.Errorf("%s: art. 10 p. 3: %+v", lang, f)
		}
		var from []string
		for _, x := range s.Elsewhere {
			if x.Shown != "" && x.Force.Status == law.InForceNow {
				from = append(from, string(x.Shown)+" → "+string(x.Address)+" since "+string(x.Force.Since))
			}
		}
		want := []string{"art_4__para_2 → art_4__para_2 since 2026-01-28", "art_10__para_3 → art_16__para_4 since 2026-01-28"}
		if diff := cmp.Diff(want, from); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
		s, _ = tl.On(sample.Second)
		if f := s.Force[second.Find("art_10__para_3").Index]; f.Status != law.LostForceAlready {
			t.Errorf("%s: the placeholder: %+v", lang, f)
		}
	}
}

// The same with the mass-media law: what the issue asks for 1 February 2026.
func TestMassMediaForceWithComparison(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		tl := law.NewTimeline(law.Act{Adopted: "2024-06-19", Published: "2024-06-20"}, func(a law.NoteAct) law.Date {
			return map[string]law.Date{"231-VIII": "2025-11-18"}[a.Number]
		})
		var last *law.Document
		for _, date := range []law.Date{"2024-06-19", "2025-01-01", "2026-03-02"} {
			d := readMarkdown(t, lang, shared(t, "mass-media-law/"+string(date)+"."+string(lang)+".md"))
			if last == nil {
				tl.Add(date, d, nil)
			} else {
				tl.Add(date, d, Compare(last, d).Before())
			}
			last = d
		}
		s, _ := tl.On("2026-02-01")
		var inForce []string
		for _, x := range s.Elsewhere {
			if x.Force.Status == law.InForceNow {
				inForce = append(inForce, string(x.Address)+" since "+string(x.Force.Since)+" by "+x.Force.Acts[0].Number)
			}
		}
		if diff := cmp.Diff([]string{"art_14__para_7 since 2026-01-18 by 231-VIII"}, inForce); diff != "" || s.Edition != 1 {
			t.Errorf("%s, edition %d (-want +got):\n%s", lang, s.Edition, diff)
		}
	}
}
