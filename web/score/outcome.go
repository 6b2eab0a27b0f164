package score

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/diffing/redline"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// OutcomePage is what a comparison found of a proposal in one text, and the form
// in which a person says what became of it.
type OutcomePage struct {
	people.Frame
	Of       read.Phrase // the proposal
	Links    []page.Link
	Standing Status
	Sure     string
	Texts    *page.Tabs // it was compared with
	OfBill   bool       // the text is a version of a bill: confirming it decides nothing yet
	Found    *Found     // nil where nothing was compared
	ToCome   []Coming
	Choose   string // fills the form in with "not in force yet"
	Form     *OutcomeForm
	Past     []PastOutcome
	Wrong    []page.Link
}

// Found is a suggestion with its evidence.
type Found struct {
	Text     string
	Href     string
	Status   Status
	Survived string
	Bar      []read.Segment
	Whole    string // the page that compares the three texts, "" where there is none
	Lang     law.Lang
	Changes  []FoundChange
	Unasked  []page.Link
}

// FoundChange is one change that was asked for.
type FoundChange struct {
	N        int
	ID, Cite string
	Status   Status
	Doubt    string // why it is unclear
	Survived string
	Bar      []read.Segment
	Place    *page.Link // where it stands now
	Moved    bool
	Proposed string
	Enacted  string
	Redline  [][]read.Span // proposed → enacted
	Judge    *page.Field   // nil for those who only read
}

// Coming is what was enacted and is not in force yet.
type Coming struct {
	Cite, Href string
	Since      string
	Phrase     string
	Lang       law.Lang
}

// OutcomeForm is what a person fills in.
type OutcomeForm struct {
	Action  string
	Hidden  []people.Hidden
	Status  page.Field
	Reasons []page.Field
	Fields  []page.Field
	AsFound string // what the button says: confirms, or says what became of it
	Unclear bool   // the comparison does not know: a person says it, and why
}

// PastOutcome is what a person decided earlier.
type PastOutcome struct {
	N         int
	Status    Status
	Suggested *Status // where the person corrected the comparison
	When      string
	Who       read.Phrase
	Text      string
	Day       string
	Judged    []string
	Reason    read.Phrase
	Sources   []page.Link
	Places    []page.Link
}

// outcome is a record with the text that the page is about.
type outcome struct {
	view
	dossiers.Record
	found *dossiers.Suggestion
}

// last is what a person found of it last, zero before anybody did.
func (o outcome) last() (c dossiers.Confirmation) {
	if n := len(o.Confirmations); n > 0 {
		c = o.Confirmations[n-1]
	}
	return c
}

func (s *Scores) askedOutcome(r *http.Request, edition string) (o outcome, err error) {
	o.view = s.view(r)
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return o, page.ErrNoPage
	}
	if o.Record, err = s.Store.Record(r.Context(), o.org(), dossiers.ProposalID(id)); err != nil {
		return o, page.Missing(err, dossiers.ErrNotFound)
	}
	if edition == "" {
		o.found = newestText(o.Record)
		return o, nil
	}
	for i := range o.Suggestions {
		if o.Suggestions[i].Edition.String() == edition {
			o.found = &o.Suggestions[i]
			return o, nil
		}
	}
	return o, page.ErrNoPage
}

// Outcome shows it.
func (s *Scores) Outcome(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	o, err := s.askedOutcome(r, q.Get("edition"))
	if err != nil {
		return err
	}
	return s.outcome(w, r, http.StatusOK, o, typedOutcome{status: dossiers.Status(q.Get("status"))}, nil)
}

func (s *Scores) outcome(w http.ResponseWriter, r *http.Request, status int, o outcome, t typedOutcome, wrong faults) error {
	v := o.view
	p := OutcomePage{Frame: s.people.DeskFrame(r, outcomePath(o.ID), v.loc.T("sc.outcome_n", "n", int64(o.ID))), Of: read.Said(o.Title, v.ui)}
	p.Lead = v.loc.T("sc.outcome_lead")
	if r.URL.Query().Get("said") == "confirmed" {
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("sc.said_confirmed")})
	}
	if wrong["stale"] != "" {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: v.loc.T("sc.stale"), Texts: []string{v.loc.T("sc.stale_text")}})
	}
	st := o.Standing()
	p.Standing, p.Sure = s.status(v, st.Status), s.sure(v, st)
	p.Links = []page.Link{{Href: v.desk(proposalPath(o.ID)), Text: v.loc.T("sc.to_proposal")}, {Href: v.desk("/outcomes"), Text: v.loc.T("sc.outcomes")}}
	s.texts(o, &p)
	var coming []coming
	if o.found != nil {
		p.OfBill = o.found.Edition.Status == law.BillVersion
		var err error
		if p.Found, err = s.found(r.Context(), o, t); err != nil {
			return err
		}
		if coming, err = s.coming(r.Context(), *o.found); err != nil {
			return err
		}
	}
	for _, c := range coming {
		p.ToCome = append(p.ToCome, c.told(v, *o.found))
	}
	if len(coming) > 0 && v.may(accounts.Edit) {
		p.Choose = "?" + url.Values{"edition": {o.found.Edition.String()}, "status": {string(notInForce)}}.Encode() + "#decide"
	}
	if v.may(accounts.Edit) {
		p.Form = s.outcomeForm(o, t, coming, wrong, &p.Wrong)
	} else if p.Found != nil {
		for i := range p.Found.Changes {
			p.Found.Changes[i].Judge = nil
		}
	}
	names, err := s.people.Names(r.Context(), v.who.Place.Organisation)
	if err != nil {
		return err
	}
	for i := len(o.Confirmations) - 1; i >= 0; i-- {
		was, err := s.past(r.Context(), o, o.Confirmations[i], names)
		if err != nil {
			return err
		}
		p.Past = append(p.Past, was)
	}
	return s.pages.Render(w, r, status, page.Private, v.ui, "score_outcome", p)
}

// texts leads to the other texts that the proposal was compared with.
func (s *Scores) texts(o outcome, p *OutcomePage) {
	if len(o.Suggestions) < 2 {
		return
	}
	p.Texts = &page.Tabs{Label: o.loc.T("sc.compared_with")}
	for i := range o.Suggestions {
		k := o.Suggestions[i].Edition
		name := read.Named(o.loc, k)
		if several(o.Suggestions, k) {
			name += ", " + o.loc.Language(k.Lang)
		}
		p.Texts.List = append(p.Texts.List, page.Tab{Href: "?edition=" + url.QueryEscape(k.String()), Text: name, Current: o.found.Edition == k})
	}
}

// several tells whether a text was compared in more than one language.
func several(all []dossiers.Suggestion, k law.EditionKey) bool {
	for _, s := range all {
		other := s.Edition
		if other.Lang == k.Lang {
			continue
		}
		if other.Lang = k.Lang; other == k {
			return true
		}
	}
	return false
}

// found tells what the comparison found.
func (s *Scores) found(ctx context.Context, o outcome, t typedOutcome) (*Found, error) {
	f, v := o.found, o.view
	out := &Found{Text: read.Named(v.loc, f.Edition), Href: v.in(read.PlacePath(f.Edition, "")), Status: s.status(v, f.Status),
		Survived: v.loc.T("outcome.survived", "share", percent(v.loc, f.Survived)), Bar: read.SurvivalBar(f.Survived), Lang: f.Edition.Lang}
	whole, err := s.whole(ctx, o.Record, *f)
	if err != nil {
		return nil, err
	}
	if whole != "" {
		out.Whole = v.in(whole)
	}
	judged := judgedBefore(o)
	for i, c := range f.Changes {
		n := i + 1
		id := "change-" + strconv.Itoa(n)
		one := FoundChange{N: n, ID: id, Cite: read.Capital(c.Label.In(v.ui)), Status: s.status(v, c.Status), Proposed: c.Proposed, Enacted: c.Enacted,
			Survived: v.loc.T("outcome.survived", "share", percent(v.loc, c.Survived)), Bar: read.SurvivalBar(c.Survived), Moved: c.MovedTo != ""}
		if c.Doubt != "" {
			one.Doubt = read.Capital(redline.Doubt(c.Doubt, v.ui))
		}
		if c.Proposed != "" && c.Enacted != "" {
			if one.Redline = read.Rewritten(f.Edition.Lang, c.Proposed, c.Enacted); one.Redline == nil {
				one.Redline = [][]read.Span{{{Text: c.Enacted}}}
			}
		}
		at, err := s.place(ctx, *f, c)
		if err != nil {
			return nil, err
		}
		if at != "" {
			one.Place = &page.Link{Href: v.in(read.PlacePath(f.Edition, at)), Text: v.loc.T("sc.stands_there")}
			if one.Moved {
				one.Place.Text = v.loc.T("sc.moved_there")
			}
		}
		now := c.Status
		if j, ok := judged[c.Change]; ok {
			now = j
		}
		if x, ok := t.judged[n]; ok {
			now = x
		}
		one.Judge = &page.Field{ID: id + "-status", Name: id, Label: v.loc.T("sc.judge"), Kind: "select", Options: s.options(v, now, c.Status)}
		out.Changes = append(out.Changes, one)
	}
	for _, u := range f.Unasked {
		out.Unasked = append(out.Unasked, unaskedLink(v, f.Edition, u))
	}
	return out, nil
}

// judgedBefore is what people found of single changes in this text.
func judgedBefore(o outcome) map[dossiers.Change]dossiers.Status {
	out := map[dossiers.Change]dossiers.Status{}
	for _, c := range o.Confirmations {
		if c.Edition == o.found.Edition {
			for _, j := range c.Changes {
				out[j.Change] = j.Status
			}
		}
	}
	return out
}

// place is where what was enacted of a change stands; "" where nothing does.
func (s *Scores) place(ctx context.Context, f dossiers.Suggestion, c dossiers.Found) (law.Address, error) {
	if c.MovedTo != "" {
		return c.MovedTo, nil
	}
	return s.reader.Stands(ctx, f.Edition, c.Address, c.Enacted)
}

// whole is the page that compares base, proposal and what was enacted; "" where
// the proposal is not published in that language, or the text is only a bill.
func (s *Scores) whole(ctx context.Context, rec dossiers.Record, f dossiers.Suggestion) (string, error) {
	all, err := s.Store.Publications(ctx, rec.ID)
	if err != nil || f.Edition.Status != law.Enacted {
		return "", err
	}
	for _, p := range all {
		if key, ok := p.Editions[f.Edition.Lang]; ok && p.Version == f.Version {
			return read.OutcomePath(rec.BaseIn(f.Edition.Lang), key, f.Edition), nil
		}
	}
	return "", nil
}

// options are the vocabulary; the one that a comparison found says so. That it is
// unclear only a comparison finds.
func (s *Scores) options(v view, chosen, found dossiers.Status) (out []page.Option) {
	for _, info := range s.words {
		if info.ID == dossiers.Unclear && found != dossiers.Unclear {
			continue
		}
		o := page.Option{Value: string(info.ID), Text: info.Name.In(v.ui), Current: info.ID == chosen}
		if info.ID == found {
			o.Text = v.loc.T("sc.as_compared", "status", o.Text)
		}
		out = append(out, o)
	}
	return out
}

func (s *Scores) past(ctx context.Context, o outcome, c dossiers.Confirmation, names map[string]string) (PastOutcome, error) {
	v := o.view
	out := PastOutcome{N: c.Number, Status: s.status(v, c.Status), When: v.loc.Moment(c.At), Reason: read.Said(c.Reason, v.ui), Sources: read.SourceLinks(c.Sources, v.ui), Who: person(v, names, c.By)}
	if c.By == "" {
		out.Who = read.Phrase{Text: v.loc.T("sc.loaded"), Lang: v.ui}
	}
	if c.Edition != (law.EditionKey{}) {
		out.Text = read.Named(v.loc, c.Edition)
	}
	if c.Suggested != "" && c.Suggested != c.Status {
		was := s.status(v, c.Suggested)
		out.Suggested = &was
	}
	if c.Day != "" {
		out.Day = v.loc.Date(c.Day)
	}
	for _, j := range c.Changes {
		out.Judged = append(out.Judged, s.cited(o, c.Edition, j.Change)+": "+s.status(v, j.Status).Text)
	}
	for _, at := range c.Places {
		link, err := s.reader.Place(ctx, v.ui, at.Act, at.Address)
		if err != nil {
			return out, err
		}
		out.Places = append(out.Places, link)
	}
	return out, nil
}

// cited is a change as it was cited in a comparison.
func (s *Scores) cited(o outcome, in law.EditionKey, of dossiers.Change) string {
	for _, g := range o.Suggestions {
		if g.Edition != in {
			continue
		}
		for _, c := range g.Changes {
			if c.Change == of {
				return c.Label.In(o.ui)
			}
		}
	}
	return string(of.Address)
}
