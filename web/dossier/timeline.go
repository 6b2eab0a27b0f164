package dossier

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// Timeline is the stages of a dossier in order of time, with what belongs to
// each.
type Timeline struct {
	Stages []StageView
	// Documents and Deadlines that belong to no stage.
	Documents []DocumentView
	Deadlines []DeadlineView
	Open      []DeadlineView // what is still to come, the next first
	Today     law.Date
	TodayLast bool // today comes after every stage with a day
}

// StageView is a stage.
type StageView struct {
	ID        string
	Number    int
	Name      read.Phrase
	When      string // "" where the day is not known
	Coming    bool   // it begins after today
	Today     bool   // today stands before it
	By, Note  read.Phrase
	Unsure    bool // the template it was taken from was not checked by a lawyer
	Decisions []DecisionView
	Documents []DocumentView
	Deadlines []DeadlineView
	Sources   []page.Link
	Links     []page.Link // to change it

	stored dossiers.Stage
}

// DecisionView is who decided what.
type DecisionView struct {
	When    string
	By      read.Phrase
	What    read.Phrase
	Sources []page.Link
}

// None tells whether there is nothing in it.
func (t Timeline) None() bool { return len(t.Stages)+len(t.Documents)+len(t.Deadlines) == 0 }

// Last is the name of the last stage that has begun.
func (t Timeline) Last() read.Phrase {
	for _, s := range slices.Backward(t.Stages) {
		if s.When != "" && !s.Coming {
			return s.Name
		}
	}
	return read.Phrase{Text: "—"}
}

// timeline is that of a dossier which the caller may see.
func (d *Dossiers) timeline(ctx context.Context, v view) (t Timeline, err error) {
	t.Today = v.today
	stages, err := d.Store.Stages(ctx, v.ID)
	if err != nil {
		return t, err
	}
	papers, err := d.Store.Documents(ctx, v.ID)
	if err != nil {
		return t, err
	}
	due, err := d.Store.DeadlinesOf(ctx, v.ID)
	if err != nil {
		return t, err
	}
	texts, err := d.redlines(ctx, v, papers)
	if err != nil {
		return t, err
	}
	marked := false
	for _, s := range stages {
		one := d.stageView(v, s)
		if !marked && (s.From > v.today || s.From == "") {
			one.Today, marked = true, true
		}
		t.Stages = append(t.Stages, one)
	}
	t.TodayLast = len(stages) > 0 && !marked
	at := func(n int) *StageView {
		if i := slices.IndexFunc(t.Stages, func(s StageView) bool { return n > 0 && s.Number == n }); i >= 0 {
			return &t.Stages[i]
		}
		return nil
	}
	for _, x := range papers {
		one := v.documentView(x, texts[x.Number])
		if one.Until != nil && one.Until.Open {
			t.Open = append(t.Open, *one.Until)
		}
		if s := at(x.Stage); s != nil {
			s.Documents = append(s.Documents, one)
		} else {
			t.Documents = append(t.Documents, one)
		}
	}
	for _, x := range due {
		one := d.deadlineView(v, x)
		if one.Open {
			t.Open = append(t.Open, one)
		}
		if s := at(x.Stage); s != nil {
			s.Deadlines = append(s.Deadlines, one)
		} else {
			t.Deadlines = append(t.Deadlines, one)
		}
	}
	slices.SortStableFunc(t.Open, func(a, b DeadlineView) int { return strings.Compare(string(a.On), string(b.On)) })
	return t, nil
}

func (d *Dossiers) stageView(v view, s dossiers.Stage) StageView {
	out := StageView{ID: "stage-" + strconv.Itoa(s.Number), Number: s.Number, Name: v.said(s.Name), When: v.when(s.From, s.To), Coming: s.From > v.today,
		By: v.said(s.By), Note: v.said(s.Note), Sources: read.SourceLinks(s.Sources, v.ui), Unsure: d.unsure(s), stored: s}
	for _, x := range s.Decisions {
		out.Decisions = append(out.Decisions, DecisionView{v.when(x.On, x.On), v.said(x.By), v.said(x.What), read.SourceLinks(x.Sources, v.ui)})
	}
	return out
}

// when is a stretch of days in words; "" where nothing is known of it.
func (v view) when(from, to law.Date) string {
	switch {
	case from == "" && to == "":
		return ""
	case from == to:
		return v.loc.Date(from)
	case to == "":
		return v.loc.T("dos.from", "date", v.loc.Date(from), "datefrom", v.loc.DateFrom(from))
	case from == "":
		return v.loc.T("dos.to", "date", v.loc.Date(to), "dateto", v.loc.DateTo(to))
	}
	return v.loc.Date(from) + " – " + v.loc.Date(to)
}

// unsure tells whether a lawyer has still to confirm the step a stage was made
// from.
func (d *Dossiers) unsure(s dossiers.Stage) bool {
	for _, t := range d.templates {
		if t.ID == s.Template.ID {
			step, ok := stepOf(t, s.Step)
			return ok && !(t.Confirmed && step.Confirmed)
		}
	}
	return false
}

func stepOf(t dossiers.Template, id string) (dossiers.Step, bool) {
	if i := slices.IndexFunc(t.Steps, func(s dossiers.Step) bool { return s.ID == id }); i >= 0 {
		return t.Steps[i], true
	}
	return dossiers.Step{}, false
}

// DeadlineView is a day by which something is due.
type DeadlineView struct {
	ID      string
	Number  int    // 0 for the end of a discussion
	Kick    string // what kind of day it is, where What is only a name
	What    read.Phrase
	On      law.Date // "" where it is not known
	Day     string   // in words
	Left    string
	Open    bool // the day has not passed
	Phrase  read.Phrase
	Unsure  bool // it hangs on holidays that no lawyer has checked
	How     *Counted
	Sources []page.Link
	Links   []page.Link
}

// Name is what is due, in full.
func (d DeadlineView) Name() string {
	if d.Kick == "" {
		return d.What.Text
	}
	return d.Kick + ": " + d.What.Text
}

// Counted tells how a day was counted.
type Counted struct {
	Text    string
	Skipped []string // what days were not counted, and why
	Notes   []string // what a lawyer has yet to confirm about the calendar
}

func (d *Dossiers) deadlineView(v view, x dossiers.Deadline) DeadlineView {
	out := DeadlineView{ID: "deadline-" + strconv.Itoa(x.Number), Number: x.Number, What: v.said(x.What), Phrase: v.said(x.Phrase), Sources: read.SourceLinks(x.Sources, v.ui)}
	day, confirmed := x.Due(d.holidays)
	out.How = d.counted(v, x)
	if out.On = day; day == "" {
		out.Day = v.loc.T("dos.day_unknown")
		return out
	}
	out.Unsure = !confirmed
	out.Day, out.Left, out.Open = v.loc.Date(day), v.left(day), day >= v.today
	return out
}

// left is how many days there are to a day, in words.
func (v view) left(day law.Date) string {
	a, okA := v.today.Time()
	b, okB := day.Time()
	switch n := int(b.Sub(a).Hours() / 24); {
	case !okA || !okB:
		return ""
	case n < 0:
		return v.loc.T("dos.passed")
	case n == 0:
		return v.loc.T("dos.last_day")
	default:
		return v.loc.N("dos.left", n)
	}
}

// counted tells how the day of a deadline came about; nil for a day that was
// given.
func (d *Dossiers) counted(v view, x dossiers.Deadline) *Counted {
	t := x.Term
	if t == (dossiers.Term{}) {
		return nil
	}
	from := []any{"date", v.loc.Date(t.From), "dateof", v.loc.DateOf(t.From)}
	if t.Unit == dossiers.CalendarDays {
		return &Counted{Text: v.loc.N("dos.counted_calendar", t.Count, from...)}
	}
	out := &Counted{Text: v.loc.N("dos.counted_working", t.Count, from...)}
	until, confirmed := x.Due(d.holidays)
	if until == "" {
		out.Notes = []string{d.noCalendar(v)}
		return out
	}
	if all := d.holidays.Passed(t.From, until, dossiers.Weekend); len(all) > 0 {
		out.Skipped = append(out.Skipped, v.loc.N("dos.skipped_weekends", len(all)))
	}
	if all := d.holidays.Passed(t.From, until, dossiers.DayOff); len(all) > 0 {
		out.Skipped = append(out.Skipped, v.loc.T("dos.skipped_off", "days", v.shortDays(all)))
	}
	if all := d.holidays.Passed(t.From, until, dossiers.Worked); len(all) > 0 {
		out.Skipped = append(out.Skipped, v.loc.T("dos.worked", "days", v.shortDays(all)))
	}
	if !confirmed {
		for _, y := range d.holidays {
			if first := string(t.From.AddDays(1)); !y.Confirmed && first[:4] <= year(y) && year(y) <= string(until[:4]) {
				out.Notes = append(out.Notes, year(y)+": "+v.said(y.Note).Text)
			}
		}
	}
	return out
}

func year(y dossiers.Year) string { return strconv.Itoa(y.Year) }

// noCalendar says which years there is a calendar for.
func (d *Dossiers) noCalendar(v view) string {
	var years []string
	for _, y := range d.holidays {
		years = append(years, year(y))
	}
	return v.loc.T("dos.no_calendar", "years", strings.Join(years, ", "))
}

func (v view) shortDays(all []law.Date) string {
	var out []string
	for _, day := range all {
		out = append(out, v.loc.Short(day))
	}
	return strings.Join(out, ", ")
}
