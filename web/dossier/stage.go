package dossier

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// mostDecisions bounds those of a stage.
const mostDecisions = 12

// StepsPage is what a new stage may be made from.
type StepsPage struct {
	people.Frame
	Own       page.Link
	Templates []TemplateView
	Cancel    page.Link
}

// TemplateView is a list of stages of a time.
type TemplateView struct {
	ID        string
	Name      read.Phrase
	When      string
	Now       bool // it holds today
	Confirmed bool
	Note      read.Phrase
	Sources   []page.Link
	Steps     []StepView
}

// StepView is a step of a template.
type StepView struct {
	page.Link
	By        read.Phrase
	Confirmed bool
	There     bool // the dossier has a stage made from it
}

// NewStage offers the steps of the templates or, once one was chosen, shows the
// form of a stage made from it.
func (d *Dossiers) NewStage(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	chosen := r.URL.Query().Get("step")
	if chosen == "" {
		return d.steps(w, r, v)
	}
	var s dossiers.Stage
	if chosen != ownStage {
		var ok bool
		if s, ok = d.fromStep(chosen); !ok {
			return page.ErrNoPage
		}
	}
	x := stageForm(v, s)
	x.f.Set("step", chosen)
	return d.stage(w, r, http.StatusOK, x, s, false)
}

// ownStage is chosen for a stage that is in no template.
const ownStage = "own"

// fromStep is a stage made from "template:step".
func (d *Dossiers) fromStep(chosen string) (dossiers.Stage, bool) {
	id, step, _ := strings.Cut(chosen, ":")
	for _, t := range d.templates {
		if _, there := stepOf(t, step); t.ID == id && there {
			s, err := t.Stage(step, "")
			return s, err == nil
		}
	}
	return dossiers.Stage{}, false
}

func (d *Dossiers) steps(w http.ResponseWriter, r *http.Request, v view) error {
	p := StepsPage{Frame: d.frame(r, v, "/stages/new", v.loc.T("dos.stage_new")), Own: page.Link{Href: v.at("/stages/new?step=" + ownStage), Text: v.loc.T("dos.stage_own")},
		Cancel: page.Link{Href: v.at(""), Text: v.loc.T("wr.cancel")}}
	p.Lead = v.loc.T("dos.stage_choose")
	there, err := d.Store.Stages(r.Context(), v.ID)
	if err != nil {
		return err
	}
	for _, t := range d.templates {
		one := TemplateView{ID: t.ID, Name: v.said(t.Name), When: v.when(t.From, t.To), Confirmed: t.Confirmed, Note: v.said(t.Note), Sources: read.SourceLinks(t.Sources, v.ui),
			Now: t.From <= v.today && (t.To == "" || v.today <= t.To)}
		for _, s := range t.Steps {
			name := v.said(s.Name)
			one.Steps = append(one.Steps, StepView{Link: page.Link{Href: v.at("/stages/new?step=" + url.QueryEscape(t.ID+":"+s.ID)), Text: name.Text, Lang: name.Lang},
				By: v.said(s.By), Confirmed: s.Confirmed,
				There: slices.ContainsFunc(there, func(x dossiers.Stage) bool { return x.Template.ID == t.ID && x.Step == s.ID })})
		}
		p.Templates = append(p.Templates, one)
	}
	slices.SortStableFunc(p.Templates, func(a, b TemplateView) int { // what holds today first
		if a.Now == b.Now {
			return 0
		}
		return map[bool]int{true: -1, false: 1}[a.Now]
	})
	return d.render(w, r, http.StatusOK, "dossier_steps", p)
}

// AddStage stores a new stage.
func (d *Dossiers) AddStage(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	x, err := reading(r, v)
	if err != nil {
		return err
	}
	was, _ := d.fromStep(x.f.Get("step"))
	return d.saveStage(w, r, x, was)
}

// EditStage shows the form of a stage.
func (d *Dossiers) EditStage(w http.ResponseWriter, r *http.Request) error {
	v, was, err := d.askedStage(r)
	if err != nil {
		return err
	}
	return d.stage(w, r, http.StatusOK, stageForm(v, was), was, false)
}

// SaveStage stores a stage.
func (d *Dossiers) SaveStage(w http.ResponseWriter, r *http.Request) error {
	v, was, err := d.askedStage(r)
	if err != nil {
		return err
	}
	x, err := reading(r, v)
	if err != nil {
		return err
	}
	return d.saveStage(w, r, x, was)
}

func (d *Dossiers) askedStage(r *http.Request) (view, dossiers.Stage, error) {
	return askedPart(d, r, d.Store.Stages, func(s dossiers.Stage) int { return s.Number })
}

func (d *Dossiers) saveStage(w http.ResponseWriter, r *http.Request, x *form, was dossiers.Stage) error {
	if x.f.Get("do") == "more" {
		x.f.Set("decisions", strconv.Itoa(min(x.decisions()+1, mostDecisions)))
		return d.stage(w, r, http.StatusOK, x, was, false)
	}
	to := x.stage(was)
	if len(x.wrong) > 0 {
		return d.stage(w, r, http.StatusUnprocessableEntity, x, was, false)
	}
	if was.Number > 0 {
		if ok, err := x.current(was); err != nil {
			return err
		} else if !ok {
			return d.stage(w, r, http.StatusConflict, x, was, true)
		}
	}
	n, err := d.Store.SaveStage(r.Context(), x.v.org(), x.v.ID, was, to, d.entry(x.v, "dossier.stage"))
	if errors.Is(err, dossiers.ErrMoved) {
		if _, was, err = d.askedStage(r); err != nil {
			return err
		}
		return d.stage(w, r, http.StatusConflict, x, was, true)
	}
	if err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, x.v.at("?said=saved#stage-"+strconv.Itoa(n)))
}

// stageForm is a stage as its form would hold it.
func stageForm(v view, s dossiers.Stage) *form {
	x := newForm(v, url.Values{"from": {string(s.From)}, "to": {string(s.To)}, "sources": {dossiers.SourceLines(s.Sources, v.ui)}, "decisions": {strconv.Itoa(len(s.Decisions))}})
	x.fill("name", s.Name)
	x.fill("by", s.By)
	x.fill("note", s.Note)
	for i, one := range s.Decisions {
		id := decisionID(i)
		x.f.Set(id("on"), string(one.On))
		x.f.Set(id("sources"), dossiers.SourceLines(one.Sources, v.ui))
		x.fill(id("by"), one.By)
		x.fill(id("what"), one.What)
	}
	return x
}

// decisionID makes names of the fields of a decision.
func decisionID(i int) func(string) string {
	return func(name string) string { return "d" + strconv.Itoa(i) + "-" + name }
}

// decisions is how many a form has, empty ones too.
func (x *form) decisions() int {
	n, err := strconv.Atoi(x.f.Get("decisions"))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, mostDecisions)
}

func stageParts(v view) (name, by, note part) {
	return part{name: "name", label: v.loc.T("dos.name"), most: mostTitle, needed: true},
		part{name: "by", label: v.loc.T("dos.by"), hint: v.loc.T("dos.by_hint"), most: mostTitle},
		part{name: "note", label: v.loc.T("dos.note"), hint: v.loc.T("dos.note_hint"), most: mostText}
}

func decisionParts(v view, i int) (by, what part) {
	id := decisionID(i)
	return part{name: id("by"), label: v.loc.T("dos.decided_by"), most: mostTitle},
		part{name: id("what"), label: v.loc.T("dos.decided"), most: mostText}
}

// stage reads the form of a stage; was is what it is now, or the step it is made
// from.
func (x *form) stage(was dossiers.Stage) dossiers.Stage {
	to := dossiers.Stage{Number: was.Number, Template: was.Template, Step: was.Step}
	name, by, note := stageParts(x.v)
	to.Name, to.By, to.Note = x.words(name), x.words(by), x.words(note)
	to.From, to.To = x.days("from", "to")
	to.Sources = x.sources("sources", was.Sources)
	for i := range x.decisions() {
		id := decisionID(i)
		var before []dossiers.Source
		if i < len(was.Decisions) {
			before = was.Decisions[i].Sources
		}
		by, what := decisionParts(x.v, i)
		one := dossiers.Decision{On: x.day(id("on")), By: x.words(by), What: x.words(what), Sources: x.sources(id("sources"), before)}
		if one.On == "" && one.By == nil && one.What == nil && one.Sources == nil {
			continue // emptied: it is taken out
		}
		if one.What == nil {
			x.wrong[inLang(what.name, x.v.ui)] = x.v.loc.T("dos.needed")
		}
		to.Decisions = append(to.Decisions, one)
	}
	return to
}

// stage shows the form; moved that the stage is not what the form was made of.
func (d *Dossiers) stage(w http.ResponseWriter, r *http.Request, status int, x *form, was dossiers.Stage, moved bool) error {
	v := x.v
	p := FormPage{Action: v.at("/stages")}
	if was.Number > 0 {
		what := "/stages/" + strconv.Itoa(was.Number)
		p.Frame, p.Action = d.frame(r, v, what, v.loc.T("dos.stage_edit")), v.at(what)
		if err := p.keep(was); err != nil {
			return err
		}
	} else {
		p.Frame, p.Submit = d.frame(r, v, "/stages/new", v.loc.T("dos.stage_new")), v.loc.T("dos.add")
		p.Query = url.Values{"step": {x.f.Get("step")}}.Encode()
		p.Hidden = append(p.Hidden, people.Hidden{Name: "step", Value: x.f.Get("step")})
	}
	p.lead(v)
	if d.unsure(was) {
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("dos.unsure"), Texts: []string{v.loc.T("dos.unsure_text")}})
	}
	p.Hidden = append(p.Hidden, people.Hidden{Name: "decisions", Value: strconv.Itoa(x.decisions())})
	name, by, note := stageParts(v)
	when := Group{ID: "when", Title: v.loc.T("dos.when"), Fields: []page.Field{
		x.date("from", v.loc.T("dos.from_day"), v.loc.T("dos.from_hint")), x.date("to", v.loc.T("dos.to_day"), v.loc.T("dos.to_hint"))}}
	p.Groups = []Group{{ID: "stage", Title: v.loc.T("dos.stage"), Texts: x.texts(name, by, note)}, when}
	n := x.decisions()
	for i := range n {
		id := decisionID(i)
		by, what := decisionParts(v, i)
		g := Group{ID: "decision-" + strconv.Itoa(i+1), Title: v.loc.T("dos.decision_n", "n", i+1), Fields: []page.Field{x.date(id("on"), v.loc.T("dos.decided_on"), "")},
			Texts: x.texts(what, by), After: []page.Field{x.sourceField(id("sources"))}}
		p.Groups = append(p.Groups, g)
	}
	last := Group{ID: "more", Title: v.loc.T("prop.sources"), Fields: []page.Field{x.sourceField("sources")}}
	if n < mostDecisions {
		last.Do, last.DoIs = v.loc.T("dos.decision_add"), "more"
	}
	p.Groups = append(p.Groups, last)
	if moved {
		x.moved(&p, stageForm(v, was).f)
	}
	return d.show(w, r, status, x, p)
}

// stageField chooses the stage something belongs to.
func (d *Dossiers) stageField(r *http.Request, x *form) (page.Field, error) {
	all, err := d.Store.Stages(r.Context(), x.v.ID)
	f := page.Field{ID: "stage", Kind: "select", Label: x.v.loc.T("dos.stage"), Options: []page.Option{{Value: "", Text: x.v.loc.T("dos.no_stage")}}}
	for _, s := range all {
		name := x.v.said(s.Name)
		text := name.Text
		if when := x.v.when(s.From, s.To); when != "" {
			text += ", " + when
		}
		f.Options = append(f.Options, page.Option{Value: strconv.Itoa(s.Number), Text: text, Lang: otherLang(name.Lang, x.v.ui)})
	}
	return x.field(f), err
}

func otherLang(of, ui law.Lang) law.Lang {
	if of == ui {
		return ""
	}
	return of
}

// stageOf reads the choice; one that is not there is none.
func (x *form) stageOf(all []dossiers.Stage) int {
	n, _ := strconv.Atoi(x.f.Get("stage"))
	if slices.ContainsFunc(all, func(s dossiers.Stage) bool { return s.Number == n }) {
		return n
	}
	return 0
}
