package dossier

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/web/page"
)

// How a deadline is given.
const (
	byDay    = "day"
	byPhrase = "phrase"
)

// mostCount bounds a term, in days: as dossiers.Deadline does.
const mostCount = 3660

// NewDeadline shows the form of a deadline that is not there yet.
func (d *Dossiers) NewDeadline(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	x := newForm(v, url.Values{"how": {byDay}, "stage": {r.URL.Query().Get("stage")}})
	return d.deadline(w, r, http.StatusOK, x, dossiers.Deadline{}, nil, false)
}

// AddDeadline stores a new deadline.
func (d *Dossiers) AddDeadline(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	return d.saveDeadline(w, r, v, dossiers.Deadline{})
}

// EditDeadline shows the form of a deadline.
func (d *Dossiers) EditDeadline(w http.ResponseWriter, r *http.Request) error {
	v, was, err := d.askedDeadline(r)
	if err != nil {
		return err
	}
	return d.deadline(w, r, http.StatusOK, deadlineForm(v, was), was, nil, false)
}

// SaveDeadline stores a deadline.
func (d *Dossiers) SaveDeadline(w http.ResponseWriter, r *http.Request) error {
	v, was, err := d.askedDeadline(r)
	if err != nil {
		return err
	}
	return d.saveDeadline(w, r, v, was)
}

func (d *Dossiers) askedDeadline(r *http.Request) (view, dossiers.Deadline, error) {
	return askedPart(d, r, d.Store.DeadlinesOf, func(x dossiers.Deadline) int { return x.Number })
}

// saveDeadline stores what was typed, or only counts the day where that was
// asked for.
func (d *Dossiers) saveDeadline(w http.ResponseWriter, r *http.Request, v view, was dossiers.Deadline) error {
	x, err := reading(r, v)
	if err != nil {
		return err
	}
	stages, err := d.Store.Stages(r.Context(), v.ID)
	if err != nil {
		return err
	}
	count := x.f.Get("do") == "count"
	to := d.readDeadline(x, was, count)
	to.Stage = x.stageOf(stages)
	switch {
	case len(x.wrong) > 0:
		return d.deadline(w, r, http.StatusUnprocessableEntity, x, was, nil, false)
	case count:
		return d.deadline(w, r, http.StatusOK, x, was, &to, false)
	}
	if was.Number > 0 {
		if ok, err := x.current(was); err != nil {
			return err
		} else if !ok {
			return d.deadline(w, r, http.StatusConflict, x, was, nil, true)
		}
	}
	n, err := d.Store.SaveDeadline(r.Context(), v.org(), v.ID, was, to, d.entry(v, "dossier.deadline"))
	if errors.Is(err, dossiers.ErrMoved) {
		if _, was, err = d.askedDeadline(r); err != nil {
			return err
		}
		return d.deadline(w, r, http.StatusConflict, x, was, nil, true)
	}
	if err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, v.at("?said=saved#deadline-"+strconv.Itoa(n)))
}

func deadlineForm(v view, was dossiers.Deadline) *form {
	x := newForm(v, url.Values{"how": {byDay}, "day": {string(was.Day)}, "from": {string(was.Term.From)}, "sources": {dossiers.SourceLines(was.Sources, v.ui)}})
	x.fill("what", was.What)
	x.fill("phrase", was.Phrase)
	if was.Stage > 0 {
		x.f.Set("stage", strconv.Itoa(was.Stage))
	}
	switch {
	case was.Term != (dossiers.Term{}):
		x.f.Set("how", string(was.Term.Unit))
		x.f.Set("count", strconv.Itoa(was.Term.Count))
	case was.Day == "":
		x.f.Set("how", byPhrase)
	}
	return x
}

func deadlineParts(v view) (what, phrase part) {
	return part{name: "what", label: v.loc.T("dos.what"), hint: v.loc.T("dos.what_hint"), most: mostTitle, needed: true},
		part{name: "phrase", label: v.loc.T("dos.phrase"), hint: v.loc.T("dos.phrase_hint"), most: mostTitle}
}

// readDeadline reads the form. Where only the day is to be counted, nothing else
// has to be there.
func (d *Dossiers) readDeadline(x *form, was dossiers.Deadline, count bool) dossiers.Deadline {
	what, phrase := deadlineParts(x.v)
	what.needed = !count
	to := dossiers.Deadline{Number: was.Number, What: x.words(what), Phrase: x.words(phrase), Sources: x.sources("sources", was.Sources)}
	needed := x.v.loc.T("dos.needed")
	switch how := x.f.Get("how"); how {
	case byDay:
		if to.Day = x.day("day"); to.Day == "" && x.wrong["day"] == "" {
			x.wrong["day"] = needed
		}
	case byPhrase:
		if to.Phrase == nil {
			x.wrong[inLang("phrase", x.v.ui)] = x.v.loc.T("dos.phrase_needed")
		}
	case string(dossiers.CalendarDays), string(dossiers.WorkingDays):
		to.Term.Unit = dossiers.Unit(how)
		if to.Term.From = x.day("from"); to.Term.From == "" && x.wrong["from"] == "" {
			x.wrong["from"] = needed
		}
		n, err := strconv.Atoi(strings.TrimSpace(x.f.Get("count")))
		if to.Term.Count = n; err != nil || n < 1 || n > mostCount {
			x.wrong["count"] = x.v.loc.T("dos.count_bad", "most", x.v.loc.Number(mostCount))
		}
		day, _ := to.Due(d.holidays)
		if x.wrong["from"] == "" && x.wrong["count"] == "" && day == "" && to.Phrase == nil {
			x.wrong["how"] = d.noCalendar(x.v) + " " + x.v.loc.T("dos.give_day")
		}
	default:
		x.wrong["how"] = needed
	}
	return to
}

// deadline shows the form; counted is a deadline whose day was asked for.
func (d *Dossiers) deadline(w http.ResponseWriter, r *http.Request, status int, x *form, was dossiers.Deadline, counted *dossiers.Deadline, moved bool) error {
	v := x.v
	p := FormPage{Action: v.at("/deadlines")}
	if was.Number > 0 {
		what := "/deadlines/" + strconv.Itoa(was.Number)
		p.Frame, p.Action = d.frame(r, v, what, v.loc.T("dos.deadline_edit")), v.at(what)
		if err := p.keep(was); err != nil {
			return err
		}
	} else {
		p.Frame, p.Submit = d.frame(r, v, "/deadlines/new", v.loc.T("dos.deadline_new")), v.loc.T("dos.add")
	}
	p.lead(v)
	stage, err := d.stageField(r, x)
	if err != nil {
		return err
	}
	what, phrase := deadlineParts(v)
	how := Group{ID: "counting", Title: v.loc.T("dos.when"), Do: v.loc.T("dos.count_do"), DoIs: "count", Fields: []page.Field{
		x.field(page.Field{ID: "how", Kind: "select", Label: v.loc.T("dos.how"), Hint: v.loc.T("dos.how_hint"), Options: []page.Option{
			{Value: byDay, Text: v.loc.T("dos.how_day")}, {Value: string(dossiers.CalendarDays), Text: v.loc.T("dos.how_calendar")},
			{Value: string(dossiers.WorkingDays), Text: v.loc.T("dos.how_working")}, {Value: byPhrase, Text: v.loc.T("dos.how_phrase")}}}),
		x.date("day", v.loc.T("dos.day"), v.loc.T("dos.day_hint")),
		x.date("from", v.loc.T("dos.term_from"), v.loc.T("dos.term_from_hint")),
		x.field(page.Field{ID: "count", Label: v.loc.T("dos.count")}),
	}}
	if counted != nil {
		how.Notices = append(how.Notices, d.countedNotice(v, *counted))
	}
	p.Groups = []Group{{ID: "due", Title: v.loc.T("dos.due"), Texts: x.texts(what), After: []page.Field{stage}}, how,
		{ID: "phrases", Title: v.loc.T("dos.phrase"), Texts: x.texts(phrase), After: []page.Field{x.sourceField("sources")}}}
	if moved {
		x.moved(&p, deadlineForm(v, was).f)
	}
	return d.show(w, r, status, x, p)
}

// countedNotice says which day it is, and which were not counted.
func (d *Dossiers) countedNotice(v view, x dossiers.Deadline) page.Notice {
	one := d.deadlineView(v, x)
	n := page.Notice{Title: one.Day}
	if one.Left != "" {
		n.Title += ", " + one.Left
	}
	if one.How != nil {
		n.Texts = append([]string{one.How.Text}, one.How.Skipped...)
		if one.Unsure {
			n.Texts = append(n.Texts, v.loc.T("dos.unconfirmed"))
		}
		n.Texts = append(n.Texts, one.How.Notes...)
	}
	return n
}
