package law

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// massMedia is the timeline of the mass-media law from its three editions. The
// site tells the days of publication of the law and of 231-VIII, not of 248-VIII.
func massMedia(t testing.TB, lang Lang) (*Timeline, []*Document) {
	needLawdata(t)
	tl := NewTimeline(Act{ID: "Z2400000093", Adopted: "2024-06-19", Published: "2024-06-20"}, func(a NoteAct) Date {
		if a.Number == "231-VIII" {
			return "2025-11-18"
		}
		return ""
	})
	var docs []*Document
	for _, date := range []Date{"2024-06-19", "2025-01-01", "2026-03-02"} {
		d := readFile(t, filepath.Join(lawdata, "mass-media-law", string(date)+"."+string(lang)+".md"))
		tl.Add(date, d, nil)
		docs = append(docs, d)
	}
	return tl, docs
}

// told prints what a page would mark: the act, and every provision whose standing
// is its own.
func marks(s Standing, d *Document) string {
	var b strings.Builder
	row := func(a Address, f Force) {
		b.WriteString(strings.TrimRight(strings.Join([]string{string(a), string(f.Status), "since", dash(f.Since), "until", dash(f.Until), f.Basis}, " "), " ") + "\n")
	}
	row("act", s.Act)
	for i, f := range s.Force {
		if f.Own {
			row(d.Provisions[i].Address, f)
		}
	}
	for _, x := range s.Elsewhere {
		b.WriteString("@" + string(rune('0'+x.Edition)) + " ")
		row(x.Address, x.Force)
	}
	return b.String()
}

// TestMassMediaForce: the days issue 4 names, in both languages.
func TestMassMediaForce(t *testing.T) {
	const exceptions = `art_1__subpara_11 %s
art_7__subpara_5 %s
art_32__para_1__part_2__subpara_4 %s
art_33 %s
`
	all := func(form string) string { return strings.ReplaceAll(exceptions, "%s", form) }
	notYet := all("enacted_not_in_force since 2025-01-01 until - fixed")
	inForce := all("in_force since 2025-01-01 until - fixed")
	// with puts art. 1 35) in its place.
	with := func(rows, row string) string {
		i := strings.Index(rows, "art_7_")
		return rows[:i] + "art_1__subpara_35 " + row + "\n" + rows[i:]
	}
	const act = "act in_force since 2024-08-20 until - days_after_publication:60\n"
	const to248 = ` enacted_not_in_force since - until - days_after_publication:60
`
	const known248 = ` in_force since - until - days_after_publication:60
`
	const lasting = "@1 art_1__subpara_35 enacted_not_in_force since 2025-01-01 until - until\n"
	for _, tc := range []struct {
		day     Date
		edition int
		want    string
	}{
		{"2024-07-15", 0, "act enacted_not_in_force since 2024-08-20 until - days_after_publication:60\n" +
			with(notYet, "enacted_not_in_force since 2024-08-20 until 2025-01-01 days_after_publication:60") + lasting},
		{"2024-08-19", 0, "act enacted_not_in_force since 2024-08-20 until - days_after_publication:60\n" +
			with(notYet, "enacted_not_in_force since 2024-08-20 until 2025-01-01 days_after_publication:60") + lasting},
		{"2024-08-20", 0, act + with(notYet, "suspended since 2024-08-20 until 2025-01-01 until") + lasting},
		{"2024-12-31", 0, act + with(notYet, "suspended since 2024-08-20 until 2025-01-01 until") + lasting},
		{"2025-01-01", 1, act + with(inForce, "in_force since 2025-01-01 until - until")},
		{"2026-01-17", 1, act + with(inForce, "in_force since 2025-01-01 until - until") +
			"@2 art_2__para_4" + to248 +
			"@2 art_14__para_7 enacted_not_in_force since 2026-01-18 until - days_after_publication:60\n" +
			"@2 art_23__para_3" + to248 + "@2 art_25__para_1__subpara_3" + to248 + "@2 art_67__para_4" + to248},
		{"2026-02-01", 1, act + with(inForce, "in_force since 2025-01-01 until - until") +
			"@2 art_2__para_4" + to248 +
			"@2 art_14__para_7 in_force since 2026-01-18 until - days_after_publication:60\n" +
			"@2 art_23__para_3" + to248 + "@2 art_25__para_1__subpara_3" + to248 + "@2 art_67__para_4" + to248},
		{"2026-03-05", 2, act + strings.NewReplacer(
			"art_7__", "art_2__para_4"+known248+"art_7__", "art_32__", "art_14__para_7 in_force since 2026-01-18 until - days_after_publication:60\nart_23__para_3"+known248+"art_25__para_1__subpara_3"+known248+"art_32__").Replace(
			with(inForce, "in_force since 2025-01-01 until - until")) + "art_67__para_4" + known248},
	} {
		for _, lang := range []Lang{RU, KK} {
			tl, docs := massMedia(t, lang)
			s, ok := tl.On(tc.day)
			if !ok || s.Edition != tc.edition {
				t.Fatalf("%s %s: edition %d, %v", tc.day, lang, s.Edition, ok)
			}
			if diff := cmp.Diff(tc.want, marks(s, docs[s.Edition])); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", tc.day, lang, diff)
			}
			if len(s.Doubts) > 0 {
				t.Errorf("%s %s: %v", tc.day, lang, s.Doubts)
			}
		}
	}
}

// TestMassMediaSources: what a page shows beside a mark is quoted from the texts.
func TestMassMediaSources(t *testing.T) {
	tl, docs := massMedia(t, RU)
	s, _ := tl.On("2024-12-31")
	p := docs[0].Find("art_1__subpara_35")
	f := s.Force[p.Index]
	if len(f.Temporary) != 1 || !sameWords(f.Temporary[0], p.Text) {
		t.Errorf("the temporary wording is %q, the edition has %q", f.Temporary, p.Text)
	}
	if f.Sources[0].Address != "art_70__para_2" || f.Sources[0].Edition != "2024-06-19" {
		t.Errorf("sources %+v", f.Sources)
	}
	f = s.Force[docs[0].Find("art_33__para_1").Index]
	if f.Status != NotYetInForce || f.Own || len(f.Sources) != 2 || !f.Sources[0].Note || f.Sources[1].Address != "art_70__para_1" {
		t.Errorf("art. 33 p. 1: %+v", f)
	}
	s, _ = tl.On("2026-02-01")
	for _, x := range s.Elsewhere {
		if x.Address != "art_14__para_7" {
			continue
		}
		if x.Edition != 2 || x.Shown != "" || len(x.Force.Acts) != 1 || x.Force.Acts[0].Number != "231-VIII" || x.Force.Sources[0].Address != "art_14" ||
			!strings.HasPrefix(x.Force.Phrase, "вводится в действие по истечении шестидесяти") || x.Text != docs[2].Find("art_14__para_7").Text {
			t.Errorf("art. 14 p. 7: %+v", x)
		}
	}
}

// TestPublicationUnknown: the phrase stays, no day is named, and what certainly
// cannot be in force yet is not.
func TestPublicationUnknown(t *testing.T) {
	needLawdata(t)
	d := readFile(t, filepath.Join(lawdata, "mass-media-law", "2024-06-19.ru.md"))
	for _, tc := range []struct {
		day, adopted Date
		want         ForceStatus
	}{
		{"2024-08-18", "2024-06-19", NotYetInForce}, // even if published on the day of adoption
		{"2024-08-19", "2024-06-19", Unclear},
		{"2030-01-01", "2024-06-19", Unclear},
		{"2024-07-01", "", Unclear},
		{"2024-08-19", "2024-06-01", InForceNow}, // an official edition later than the law
	} {
		tl := NewTimeline(Act{Adopted: tc.adopted}, nil)
		tl.Add("2024-06-19", d, nil)
		s, _ := tl.On(tc.day)
		if f := s.Act; f.Status != tc.want || f.Since != "" || !strings.HasPrefix(f.Phrase, "Вводится в действие по истечении") || f.Basis != "days_after_publication:60" {
			t.Errorf("%s, adopted %s: %+v", tc.day, dash(tc.adopted), f)
		}
		if f := s.Force[d.Find("art_33").Index]; f.Since != "2025-01-01" {
			t.Errorf("%s: art. 33 %+v", tc.day, f)
		}
	}
}

func TestNoEdition(t *testing.T) {
	tl := NewTimeline(Act{}, nil)
	if _, ok := tl.On("2024-06-19"); ok {
		t.Error("an act without editions has a standing")
	}
	tl.Add("2024-06-19", Build(RU, "", []Line{{Text: "Статья 1. Зал", From: 1, To: 1}}), nil)
	for _, day := range []Date{"2024-06-18", "", "2024-06-31", "завтра"} {
		if _, ok := tl.On(day); ok {
			t.Errorf("%q has a standing", day)
		}
	}
	if s, ok := tl.On("9999-12-31"); !ok || s.Act.Status != InForceNow || s.Force[0].Own {
		t.Errorf("a day to come: %+v", s)
	}
}

// TestMassMediaEvents: the calendar of the law, in both languages.
func TestMassMediaEvents(t *testing.T) {
	want := []string{
		"2024-06-19 adopted  []",
		"2024-06-19 edition  []",
		"2024-06-20 published  []",
		"2024-08-20 enters_force  []",
		"2025-01-01 enters_force  [art_1__subpara_11 art_7__subpara_5 art_32__para_1__part_2__subpara_4 art_33]",
		"2025-01-01 expires  [art_1__subpara_35]",
		"2025-01-01 resumed  [art_1__subpara_35]",
		"2025-01-01 edition  []",
		"2026-01-18 amended 231-VIII [art_14__para_7]",
		"2026-03-02 edition  []",
		" amended 248-VIII [art_2__para_4 art_23__para_3 art_25__para_1__subpara_3 art_67__para_4]",
	}
	for _, lang := range []Lang{RU, KK} {
		tl, _ := massMedia(t, lang)
		var got []string
		for _, e := range tl.Events() {
			got = append(got, fmt.Sprintf("%s %s %s %v", e.Day, e.Kind, e.Act.Number, e.Addresses))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}
