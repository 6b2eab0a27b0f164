package score

import (
	"context"
	"net/http"
	"slices"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// OutcomesPage is what is to be confirmed, and what became of everything else.
type OutcomesPage struct {
	people.Frame
	Open    []OpenOutcome
	Empty   string
	Edit    bool
	Groups  []OutcomeGroup
	Nothing *page.Empty // there are no proposals at all
}

// OpenOutcome is a suggestion that waits for a person.
type OpenOutcome struct {
	Title    read.Phrase
	Href     string
	Text     string // the edition it is about
	Status   Status
	Survived string
	Came     string
	Action   string // confirms it as it is
	Unclear  bool   // there is nothing to confirm as it is
	Edition  string
	Seen     int
}

// OutcomeGroup is the proposals of a dossier.
type OutcomeGroup struct {
	Name read.Phrase
	Rows []OutcomeRow
}

// OutcomeRow is a proposal with what is known of it.
type OutcomeRow struct {
	Title  read.Phrase
	Href   string
	Status Status
	Sure   string
}

// Outcomes lists them.
func (s *Scores) Outcomes(w http.ResponseWriter, r *http.Request) error {
	v := s.view(r)
	p := OutcomesPage{Frame: s.people.DeskFrame(r, "/outcomes", v.loc.T("sc.outcomes")), Empty: v.loc.T("sc.outcomes_none"), Edit: v.may(accounts.Edit)}
	p.Lead = v.loc.T("sc.outcomes_lead")
	all, err := s.Store.Dossiers(r.Context(), v.org())
	if err != nil {
		return err
	}
	records := map[dossiers.ProposalID]dossiers.Record{}
	for _, d := range all {
		list, err := s.Store.Records(r.Context(), v.org(), d.ID)
		if err != nil {
			return err
		}
		g := OutcomeGroup{Name: read.Said(d.Title, v.ui)}
		for _, rec := range list {
			records[rec.ID] = rec
			st := rec.Standing()
			g.Rows = append(g.Rows, OutcomeRow{read.Said(rec.Title, v.ui), v.desk(outcomePath(rec.ID)), s.status(v, st.Status), s.sure(v, st)})
		}
		if len(g.Rows) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	if p.Open, err = s.open(r.Context(), v, records); err != nil {
		return err
	}
	if len(p.Groups) == 0 {
		p.Nothing = &page.Empty{Text: v.loc.T("sc.no_proposals"), Links: []page.Link{{Href: v.desk("/proposals"), Text: v.loc.T("section.proposals")}}}
	}
	return s.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "score_outcomes", p)
}

// open are the suggestions that the tasks of the team ask to confirm, the oldest
// first.
func (s *Scores) open(ctx context.Context, v view, records map[dossiers.ProposalID]dossiers.Record) (out []OpenOutcome, err error) {
	tasks, err := s.Store.OpenTasks(ctx, v.org())
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		id, in, ok := t.Outcome()
		rec, known := records[id]
		if !ok || !known {
			continue
		}
		found := rec.Suggested(in)
		if found == nil {
			continue // about a version that another one has replaced
		}
		out = append(out, OpenOutcome{
			Title: read.Said(rec.Title, v.ui), Href: v.desk(outcomePath(id)) + "?edition=" + found.Edition.String(), Text: read.Named(v.loc, found.Edition),
			Status: s.status(v, found.Status), Survived: percent(v.loc, found.Survived), Came: v.loc.Moment(t.At),
			Action: v.desk(outcomePath(id)), Unclear: found.Status == dossiers.Unclear, Edition: found.Edition.String(), Seen: len(rec.Confirmations),
		})
	}
	return out, nil
}

// sure says how sure a standing is.
func (s *Scores) sure(v view, st dossiers.Standing) string {
	switch {
	case st.Confirmed && !st.ByPerson():
		return v.loc.T("sc.from_sources")
	case st.Confirmed:
		return v.loc.T("sc.confirmed", "date", v.loc.Date(i18n.Day(st.Confirmation.At)))
	case st.Suggestion != nil:
		return v.loc.T("sc.unconfirmed")
	}
	return v.loc.T("sc.not_compared")
}

// newestText is the text that a record was compared with last: an enacted edition,
// where there is one, else a version of a bill; nil for none.
func newestText(rec dossiers.Record) *dossiers.Suggestion {
	if st := rec.Standing(); st.Suggestion != nil {
		return st.Suggestion
	}
	if n := len(rec.Suggestions); n > 0 {
		last := slices.MaxFunc(rec.Suggestions, func(a, b dossiers.Suggestion) int { return compareDates(a.Edition, b.Edition) })
		return rec.Suggested(last.Edition)
	}
	return nil
}

func compareDates(a, b law.EditionKey) int {
	switch {
	case a.Date != b.Date && a.Date < b.Date:
		return -1
	case a.Date != b.Date:
		return 1
	}
	return a.Revision - b.Revision
}
