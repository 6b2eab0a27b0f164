package dossiers

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// inThree fails where words are missing in a language.
func inThree(t *testing.T, what string, w law.Words) {
	t.Helper()
	for _, lang := range law.Langs {
		if strings.TrimSpace(w[lang]) == "" || strings.TrimSpace(w[lang]) != w[lang] {
			t.Errorf("%s: %q in %s", what, w[lang], lang)
		}
	}
	if len(w) != len(law.Langs) {
		t.Errorf("%s: %d languages", what, len(w))
	}
}

func sourcesIn(t *testing.T, what string, all []Source) {
	t.Helper()
	for _, s := range all {
		inThree(t, what, s.Title)
	}
	if err := checkSources(all); err != nil || len(all) == 0 {
		t.Errorf("%s: %d sources, %v", what, len(all), err)
	}
}

func TestTemplates(t *testing.T) {
	all, err := Templates()
	if err != nil || len(all) != 2 {
		t.Fatalf("%d, %v", len(all), err)
	}
	for _, tmpl := range all {
		inThree(t, tmpl.ID, tmpl.Name)
		inThree(t, tmpl.ID, tmpl.Note)
		sourcesIn(t, tmpl.ID, tmpl.Sources)
		seen := map[string]bool{}
		for _, step := range tmpl.Steps {
			inThree(t, tmpl.ID+" "+step.ID, step.Name)
			if seen[step.ID] || step.Confirmed && !tmpl.Confirmed {
				t.Errorf("%s: %+v", tmpl.ID, step)
			}
			seen[step.ID] = true
			stage, err := tmpl.Stage(step.ID, "2026-07-10")
			if err != nil || stage.Validate() != nil || stage.Template != (TemplateRef{tmpl.ID, tmpl.Version}) {
				t.Errorf("%+v, %v", stage, err)
			}
		}
	}
	old, now := all[0], all[1]
	if old.To.AddDays(1) != now.From || now.Confirmed || !old.Confirmed {
		t.Errorf("%s to %s, then from %s", old.From, old.To, now.From)
	}
	if _, err := now.Stage("senate", ""); err == nil {
		t.Error("there is a Senate after 1 July 2026")
	}
}

func TestStatuses(t *testing.T) {
	all, err := Statuses()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		inThree(t, string(s.ID), s.Name)
		inThree(t, string(s.ID), s.Means)
		if s.Counts && !s.Final {
			t.Errorf("%s counts and may still change", s.ID)
		}
	}
	for _, of := range []diffing.OutcomeStatus{diffing.Pending, diffing.Adopted, diffing.AdoptedChanged, diffing.Partly, diffing.Rejected, diffing.Opposite, diffing.OutcomeStatus(Unclear)} {
		if _, ok := all.Find(Status(of)); !ok {
			t.Errorf("a comparison may say %s, and there is no word for it", of)
		}
	}
	if _, ok := all.Find("forgotten"); ok {
		t.Error("found what is not there")
	}
}

func TestIndicators(t *testing.T) {
	all, err := Indicators()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{AmendmentTarget: 10, CampaignTarget: 20, "journalists": 500, "media": 20, "universities": 10}
	for _, i := range all {
		inThree(t, i.ID, i.Name)
		inThree(t, i.ID, i.Means)
		if want[i.ID] != i.Target || i.Computed != (i.ID == AmendmentTarget || i.ID == CampaignTarget) {
			t.Errorf("%+v", i)
		}
		delete(want, i.ID)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

func TestGroundTruth(t *testing.T) {
	h, err := GroundTruth()
	if err != nil {
		t.Fatal(err)
	}
	words, err := Statuses()
	if err != nil {
		t.Fatal(err)
	}
	h.Dossier.Org = "fund"
	if err := h.Dossier.Validate(); err != nil || !h.Dossier.History {
		t.Errorf("%+v, %v", h.Dossier, err)
	}
	inThree(t, "title", h.Dossier.Title)
	var last law.Date
	for _, s := range h.Stages {
		if err := s.Validate(); err != nil || s.From < last || s.To == "" {
			t.Errorf("%s %s–%s: %v", s.Step, s.From, s.To, err)
		}
		last = s.From
		inThree(t, s.Step, s.Name)
	}
	if last != "2024-08-20" { // CPJ, newreporter: in force
		t.Errorf("it ends on %s", last)
	}
	got := map[Status]int{}
	for n, p := range h.Proposals {
		title := p.Proposal.Title.In(law.EN)
		p.Proposal.Dossier = 1
		if err := p.Proposal.Validate(); err != nil || !p.Proposal.Recorded() {
			t.Errorf("%d %s: %v", n+1, title, err)
		}
		if err := p.Confirmation.Validate(words); err != nil {
			t.Errorf("%d %s: %v", n+1, title, err)
		}
		inThree(t, title, p.Proposal.Title)
		inThree(t, title, p.Proposal.Author)
		inThree(t, title, p.Confirmation.Reason)
		sourcesIn(t, title, p.Confirmation.Sources)
		got[p.Confirmation.Status]++
		if len(p.Confirmation.Places) == 0 && p.Confirmation.Status != Pending {
			t.Errorf("%s: decided, and nowhere", title)
		}
	}
	// The table of the domain file, its 18 rows.
	if got[Adopted] != 7 || got[Partly] != 2 || got[Rejected] != 7 || got[Pending] != 2 {
		t.Errorf("%v", got)
	}
}

// TestGroundTruthInTheLaw looks every place up in the law as it was enacted.
func TestGroundTruthInTheLaw(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		b, err := os.ReadFile(filepath.Join("..", "..", "shared", "lawdata", "mass-media-law", "2024-06-19."+string(lang)+".md"))
		if err != nil {
			t.Skip("../shared absent")
		}
		title, lines, err := law.ReadMarkdown(strings.NewReader(string(b)))
		if err != nil {
			t.Fatal(err)
		}
		d := law.Build(lang, title, lines)
		h, err := GroundTruth()
		if err != nil {
			t.Fatal(err)
		}
		for n, p := range h.Proposals {
			for _, place := range p.Confirmation.Places {
				if d.Find(place.Address) == nil {
					t.Errorf("%s: %d names %s, which the law does not have", lang, n+1, place.Address)
				}
			}
		}
	}
}

// Data files have one reading: no key that nothing reads.
func TestDataHasNoUnknownKeys(t *testing.T) {
	for name, to := range map[string]any{"stages": &[]Template{}, "holidays": &Calendar{}, "statuses": &Vocabulary{}, "targets": &[]Indicator{}} {
		f, err := os.Open(filepath.Join("data", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		dec := json.NewDecoder(f)
		dec.DisallowUnknownFields()
		if err := dec.Decode(to); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		f.Close()
	}
}

func TestDue(t *testing.T) {
	cal, err := Holidays()
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range cal {
		inThree(t, "holidays", y.Note)
		sourcesIn(t, "holidays", y.Sources)
		if !slices.IsSorted(y.Off) || checkDays(y.Off...) != nil || checkDays(y.Work...) != nil {
			t.Errorf("%d: %v", y.Year, y.Off)
		}
	}
	checked := slices.Clone(cal)
	for i := range checked {
		checked[i].Confirmed = true
	}
	checked[1].Work = []law.Date{"2026-01-04"}
	term := func(from law.Date, n int, u Unit) Deadline { return Deadline{Term: Term{from, n, u}} }
	for name, c := range map[string]struct {
		d         Deadline
		cal       Calendar
		want      law.Date
		confirmed bool
	}{
		"given":                            {Deadline{Day: "2031-01-01"}, cal, "2031-01-01", true},
		"calendar days":                    {term("2026-02-25", 10, CalendarDays), cal, "2026-03-07", true},
		"working days over a weekend":      {term("2026-02-13", 5, WorkingDays), cal, "2026-02-20", false},
		"from a Saturday":                  {term("2026-02-14", 1, WorkingDays), cal, "2026-02-16", false},
		"over Nauryz and the days for it":  {term("2026-03-20", 1, WorkingDays), cal, "2026-03-26", false},
		"over 8 March, a Sunday":           {term("2026-03-06", 1, WorkingDays), cal, "2026-03-10", false},
		"over the turn of the year":        {term("2025-12-30", 3, WorkingDays), cal, "2026-01-06", false},
		"a Sunday that was made a workday": {term("2025-12-31", 1, WorkingDays), checked, "2026-01-04", true},
		"the discussion of December 2025":  {term("2025-12-04", 16, WorkingDays), cal, "2025-12-29", false},
		"into a year that is not known":    {term("2026-12-28", 5, WorkingDays), cal, "", false},
		"from one that is not known":       {term("2019-01-10", 5, WorkingDays), cal, "", false},
		"words alone":                      {Deadline{Phrase: law.Words{law.RU: "до осени"}}, cal, "", false},
	} {
		if day, confirmed := c.d.Due(c.cal); day != c.want || confirmed != c.confirmed {
			t.Errorf("%s: %s, %v", name, day, confirmed)
		}
	}
	for _, bad := range []Deadline{{}, {Day: "2026-02-30"}, {Day: "2026-01-01", Term: Term{"2026-01-01", 1, WorkingDays}}, term("2026-01-01", 0, WorkingDays), term("2026-01-01", 1, "hours"), term("", 5, CalendarDays)} {
		bad.What = law.Words{law.RU: "ответ"}
		if bad.Validate() == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

// A term in working days tells which days it passed over.
func TestPassed(t *testing.T) {
	c := Calendar{{Year: 2026, Off: []law.Date{"2026-03-09", "2026-03-10"}, Work: []law.Date{"2026-03-07"}}}
	until, confirmed := c.WorkingDay("2026-03-05", 4) // a Thursday: 6, 7 (a Saturday that is worked), 11, 12
	if until != "2026-03-12" || confirmed {
		t.Fatalf("until %s, %v", until, confirmed)
	}
	for kind, want := range map[DayKind][]law.Date{Weekend: {"2026-03-08"}, DayOff: {"2026-03-09", "2026-03-10"}, Worked: {"2026-03-07"}, Unknown: nil} {
		if got := c.Passed("2026-03-05", until, kind); !slices.Equal(got, want) {
			t.Errorf("%d: %v, want %v", kind, got, want)
		}
	}
	if k, _ := c.Kind("2027-01-01"); k != Unknown {
		t.Errorf("another year: %d", k)
	}
}
