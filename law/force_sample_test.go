package law_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// sampleTimeline is the sample act; the day its amending law was published is
// given, so that a test can have it enter into force before or after the edition
// that shows it.
func sampleTimeline(t *testing.T, lang law.Lang, published law.Date) (*law.Timeline, []*law.Document) {
	t.Helper()
	tl := law.NewTimeline(sample.Act(), func(a law.NoteAct) law.Date {
		if a.Number == "2-I" {
			return published
		}
		return ""
	})
	docs := []*law.Document{build(t, lang, sample.Markdown(lang, sample.First)), build(t, lang, sample.Markdown(lang, sample.Second))}
	tl.Add(sample.First, docs[0], nil)
	tl.Add(sample.Second, docs[1], nil)
	return tl, docs
}

func rows(s law.Standing, d *law.Document) []string {
	out := []string{row("act", s.Act)}
	for i, f := range s.Force {
		if f.Own {
			out = append(out, row(d.Provisions[i].Address, f))
		}
	}
	for _, x := range s.Elsewhere {
		out = append(out, fmt.Sprintf("@%d %s", x.Edition, row(x.Address, x.Force)))
	}
	return out
}

func row(a law.Address, f law.Force) string {
	dash := func(d law.Date) string {
		if d == "" {
			return "-"
		}
		return string(d)
	}
	return fmt.Sprintf("%s %s %s %s", a, f.Status, dash(f.Since), dash(f.Until))
}

// TestSampleForce is the twin of the tests on the mass-media law, in three
// languages: a general rule, two exceptions, an amending law.
func TestSampleForce(t *testing.T) {
	for _, lang := range law.Langs {
		for _, tc := range []struct {
			day       law.Date
			published law.Date // of the amending law
			want      []string
		}{
			{"2025-05-02", "2025-12-02", []string{"act enacted_not_in_force 2025-05-03 -", "art_6__subpara_5 enacted_not_in_force 2026-01-01 -", "art_16 enacted_not_in_force 2025-09-01 -"}},
			{"2025-05-03", "2025-12-02", []string{"act in_force 2025-05-03 -", "art_6__subpara_5 enacted_not_in_force 2026-01-01 -", "art_16 enacted_not_in_force 2025-09-01 -"}},
			{"2025-09-01", "2025-12-02", []string{"act in_force 2025-05-03 -", "art_6__subpara_5 enacted_not_in_force 2026-01-01 -", "art_16 in_force 2025-09-01 -"}},
			// The next edition is enacted and still to come.
			{"2026-01-31", "2025-12-02", []string{
				"act in_force 2025-05-03 -", "art_6__subpara_5 in_force 2026-01-01 -", "art_16 in_force 2025-09-01 -", "@1 art_1__subpara_3-1 enacted_not_in_force 2026-02-01 -", "@1 art_4__para_2 enacted_not_in_force 2026-02-01 -", "@1 art_6__subpara_4 enacted_not_in_force 2026-02-01 -", "@1 art_7-1 enacted_not_in_force 2026-02-01 -", "@1 art_7-1__para_1 enacted_not_in_force 2026-02-01 -", "@1 art_7-1__para_2 enacted_not_in_force 2026-02-01 -", "@1 art_7-1__para_2__subpara_1 enacted_not_in_force 2026-02-01 -", "@1 art_7-1__para_2__subpara_2 enacted_not_in_force 2026-02-01 -", "@1 art_7-1__para_2__subpara_3 enacted_not_in_force 2026-02-01 -", "@1 art_9__para_3-1 enacted_not_in_force 2026-02-01 -", "@1 art_10__para_3 enacted_not_in_force 2026-02-01 -", "@1 art_16__para_4 enacted_not_in_force 2026-02-01 -"}},
			// Its day.
			{"2026-02-01", "2025-12-02", []string{
				"act in_force 2025-05-03 -", "art_1__subpara_3-1 in_force 2026-02-01 -", "art_4__para_2 in_force 2026-02-01 -", "art_6__subpara_4 lost_force - 2026-02-01", "art_6__subpara_5 in_force 2026-01-01 -", "art_7-1 in_force 2026-02-01 -", "art_9__para_3-1 in_force 2026-02-01 -", "art_10__para_3 lost_force - 2026-02-01", "art_16 in_force 2025-09-01 -", "art_16__para_4 in_force 2026-02-01 -"}},
			// A change foretold for this day, and no edition with it.
			{"2027-01-01", "2025-12-02", []string{
				"act in_force 2025-05-03 -", "art_1__subpara_3-1 in_force 2026-02-01 -", "art_4__para_2 in_force 2026-02-01 -", "art_6__subpara_4 lost_force - 2026-02-01", "art_6__subpara_5 in_force 2026-01-01 -", "art_7-1 in_force 2026-02-01 -", "art_9__para_3-1 in_force 2026-02-01 -", "art_10__para_3 lost_force - 2026-02-01", "art_16 in_force 2025-09-01 -", "art_16__para_4 in_force 2026-02-01 -", "art_18__para_2 unclear 2025-05-03 -"}},
			// Published earlier: in force though it stands only in the next edition.
			{"2026-01-30", "2025-11-28", []string{
				"act in_force 2025-05-03 -", "art_4__para_2 lost_force 2025-05-03 2026-01-28", "art_6__subpara_4 lost_force 2025-05-03 2026-01-28", "art_6__subpara_5 in_force 2026-01-01 -", "art_10__para_3 lost_force 2025-05-03 2026-01-28", "art_16 in_force 2025-09-01 -", "@1 art_1__subpara_3-1 in_force 2026-01-28 -", "@1 art_4__para_2 in_force 2026-01-28 -", "@1 art_6__subpara_4 lost_force - 2026-01-28", "@1 art_7-1 in_force 2026-01-28 -", "@1 art_7-1__para_1 in_force 2026-01-28 -", "@1 art_7-1__para_2 in_force 2026-01-28 -", "@1 art_7-1__para_2__subpara_1 in_force 2026-01-28 -", "@1 art_7-1__para_2__subpara_2 in_force 2026-01-28 -", "@1 art_7-1__para_2__subpara_3 in_force 2026-01-28 -", "@1 art_9__para_3-1 in_force 2026-01-28 -", "@1 art_10__para_3 lost_force - 2026-01-28", "@1 art_16__para_4 in_force 2026-01-28 -"}},
			// Published later: what the edition replaced is still in force.
			{"2026-02-05", "2025-12-20", []string{
				"act in_force 2025-05-03 -", "art_1__subpara_3-1 enacted_not_in_force 2026-02-19 -", "art_4__para_2 enacted_not_in_force 2026-02-19 -", "art_6__subpara_4 enacted_not_in_force 2026-02-19 -", "art_6__subpara_5 in_force 2026-01-01 -", "art_7-1 enacted_not_in_force 2026-02-19 -", "art_9__para_3-1 enacted_not_in_force 2026-02-19 -", "art_10__para_3 enacted_not_in_force 2026-02-19 -", "art_16 in_force 2025-09-01 -", "art_16__para_4 enacted_not_in_force 2026-02-19 -", "@0 art_4__para_2 in_force 2025-05-03 -", "@0 art_6__subpara_4 in_force 2025-05-03 -", "@0 art_10__para_3 in_force 2025-05-03 -"}},
		} {
			tl, docs := sampleTimeline(t, lang, tc.published)
			s, ok := tl.On(tc.day)
			if !ok || len(s.Doubts) > 0 {
				t.Fatalf("%s %s: %v %v", lang, tc.day, ok, s.Doubts)
			}
			if diff := cmp.Diff(tc.want, rows(s, docs[s.Edition])); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", lang, tc.day, diff)
			}
		}
	}
}

// TestSampleEvents is the twin of the calendar of the mass-media law.
func TestSampleEvents(t *testing.T) {
	for _, lang := range law.Langs {
		tl, _ := sampleTimeline(t, lang, "2025-12-02")
		var got []string
		for _, e := range tl.Events() {
			got = append(got, fmt.Sprintf("%s %s %s %d", e.Day, e.Kind, e.Act.Number, len(e.Addresses)))
		}
		want := []string{"2025-03-01 adopted  0", "2025-03-01 edition  0", "2025-03-03 published  0", "2025-05-03 enters_force  0",
			"2025-09-01 enters_force  1", "2026-01-01 enters_force  1", "2026-02-01 edition  0", "2026-02-01 amended 2-I 12", "2027-01-01 announced 3-I 1"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}
