package score

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// faults are what is wrong with fields, by name: translated.
type faults map[string]string

// typedOutcome is what a person typed, or is offered to begin with.
type typedOutcome struct {
	status dossiers.Status
	judged map[int]dossiers.Status // by the number of the change on the page
	form   url.Values              // nil before anything was typed
}

// outcomeForm is the form with what was typed.
func (s *Scores) outcomeForm(o outcome, t typedOutcome, coming []coming, wrong faults, list *[]page.Link) *OutcomeForm {
	v, last := o.view, o.last()
	f := &OutcomeForm{Action: v.desk(outcomePath(o.ID)), AsFound: v.loc.T("sc.decide")}
	chosen, found := t.status, dossiers.Status("")
	f.Hidden = []people.Hidden{{Name: "seen", Value: strconv.Itoa(len(o.Confirmations))}}
	if o.found != nil {
		if found = o.found.Status; found == dossiers.Unclear {
			f.Unclear = true
		} else {
			f.AsFound = v.loc.T("sc.confirm")
		}
		f.Hidden = append(f.Hidden, people.Hidden{Name: "edition", Value: o.found.Edition.String()})
	}
	if chosen == "" {
		chosen = found
		if last.Number > 0 && (o.found == nil || last.Edition == o.found.Edition) {
			chosen = last.Status
		}
	}
	value := func(name, first string) string {
		if t.form != nil {
			return t.form.Get(name)
		}
		return first
	}
	add := func(x page.Field) page.Field {
		if x.Error = wrong[x.Name]; x.Error != "" {
			*list = append(*list, page.Link{Href: "#" + x.ID, Text: x.Label + ": " + x.Error})
		}
		return x
	}
	f.Status = add(page.Field{ID: "status", Name: "status", Label: v.loc.T("sc.status"), Hint: v.loc.T("sc.status_hint"), Kind: "select", Options: s.decisions(v, chosen, found)})
	for _, lang := range law.Langs {
		first := ""
		if t.status == notInForce && len(coming) > 0 {
			first = s.comingReason(lang, coming, *o.found)
		}
		id := "reason-" + string(lang)
		f.Reasons = append(f.Reasons, add(page.Field{ID: id, Name: id, Label: v.loc.T("sc.reason", "language", v.loc.In(lang)), Kind: "textarea", Value: value(id, first)}))
	}
	f.Fields = []page.Field{
		add(page.Field{ID: "day", Name: "day", Label: v.loc.T("sc.day"), Hint: v.loc.T("sc.day_hint"), Kind: "date", Value: value("day", string(last.Day))}),
		add(page.Field{ID: "sources", Name: "sources", Label: v.loc.T("prop.sources"), Hint: v.loc.T("dos.sources_hint"), Kind: "textarea", Value: value("sources", dossiers.SourceLines(last.Sources, v.ui))}),
		add(page.Field{ID: "places", Name: "places", Label: v.loc.T("sc.places"), Hint: v.loc.T("sc.places_hint"), Kind: "textarea", Value: value("places", placeLines(last.Places))}),
	}
	return f
}

// decisions are what a person may decide; to begin with nothing, where the
// comparison found it unclear.
func (s *Scores) decisions(v view, chosen, found dossiers.Status) []page.Option {
	if found != dossiers.Unclear {
		return s.options(v, chosen, found)
	}
	return append([]page.Option{{Text: v.loc.T("sc.choose_outcome"), Current: chosen == dossiers.Unclear || chosen == ""}}, s.options(v, chosen, "")...)
}

// Confirm stores what a person found to have become of a proposal. Confirmed as it
// is, nothing else need be filled in.
func (s *Scores) Confirm(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	o, err := s.askedOutcome(r, r.PostForm.Get("edition"))
	if err != nil {
		return err
	}
	if r.PostForm.Get("edition") == "" {
		o.found = nil
	}
	c, t, wrong := s.readOutcome(o, r.PostForm)
	if r.PostForm.Get("seen") != strconv.Itoa(len(o.Confirmations)) {
		wrong["stale"] = "stale"
		return s.outcome(w, r, http.StatusConflict, o, t, wrong)
	}
	if len(wrong) > 0 {
		return s.outcome(w, r, http.StatusUnprocessableEntity, o, t, wrong)
	}
	_, err = s.Store.ConfirmOutcome(r.Context(), o.org(), c, s.entry(o.view, "outcome.confirmed"))
	if err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	if r.PostForm.Get("back") == "list" {
		return page.See(w, r, o.desk("/outcomes"))
	}
	return page.See(w, r, o.desk(outcomePath(o.ID))+"?said=confirmed")
}

// readOutcome reads the form.
func (s *Scores) readOutcome(o outcome, f url.Values) (c dossiers.Confirmation, t typedOutcome, wrong faults) {
	v := o.view
	wrong = faults{}
	t = typedOutcome{status: dossiers.Status(f.Get("status")), judged: map[int]dossiers.Status{}, form: f}
	c = dossiers.Confirmation{Proposal: o.ID, Status: t.status}
	if _, ok := s.words.Find(c.Status); !ok || c.Status == dossiers.Unclear {
		wrong["status"] = v.loc.T("sc.wrong_status")
	}
	if o.found != nil {
		c.Edition, c.Suggested = o.found.Edition, o.found.Status
		for i, x := range o.found.Changes {
			j := dossiers.Status(f.Get("change-" + strconv.Itoa(i+1)))
			if _, ok := s.words.Find(j); !ok || j == dossiers.Unclear && x.Status != j {
				continue // not on the form, as on that of the list
			}
			if t.judged[i+1] = j; j != x.Status {
				c.Changes = append(c.Changes, dossiers.Judged{Change: x.Change, Status: j})
			}
		}
	}
	for _, lang := range law.Langs {
		id := "reason-" + string(lang)
		text := page.Typed(f.Get(id))
		if unfit(text) {
			wrong[id] = v.loc.N("sc.wrong_text", mostTyped)
		} else if text != "" {
			if c.Reason == nil {
				c.Reason = law.Words{}
			}
			c.Reason[lang] = text
		}
	}
	if c.Corrected() && c.Reason == nil {
		id := "reason-" + string(v.ui)
		if wrong[id] == "" {
			wrong[id] = v.loc.T("sc.wrong_reason")
		}
	}
	if day := page.Typed(f.Get("day")); day != "" {
		var err error
		if c.Day, err = law.ParseDate(day); err != nil || c.Day > s.today() {
			wrong["day"] = v.loc.T("sc.wrong_day")
		}
	}
	c.Sources = readSources(v, f, o.last().Sources, wrong)
	var line string
	if c.Places, line = readPlaces(page.Typed(f.Get("places"))); line != "" {
		wrong["places"] = v.loc.T("sc.wrong_place", "line", line)
	}
	return c, t, wrong
}
