package score

import (
	"context"
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/picture"
	"github.com/tuzetu/tuzetu/web/read"
)

// TargetsPage is how far the targets are.
type TargetsPage struct {
	page.Layout
	Heading string
	Lead    string
	Targets []TargetRow
	CSV     string
}

// TargetRow is a target with what counts toward it.
type TargetRow struct {
	ID      string
	Name    read.Phrase
	Means   read.Phrase
	N, Of   int
	Percent string
	Bar     []read.Segment
	How     string     // counted, or entered
	See     *page.Link // where what was counted can be seen
	Entries []EntryRow
}

// EntryRow is a number that somebody entered.
type EntryRow struct {
	Day     string
	Value   string
	What    read.Phrase
	Sources []page.Link
	By      string // the organisation
}

// progress is how far an indicator is, over all organisations of the site.
type progress struct {
	dossiers.Progress
	by []law.Words // whose the entries are, one each
}

// progress counts what the system knows and puts what was entered beside it: the
// targets are the site's, whichever organisation got there.
func (s *Scores) progress(ctx context.Context) ([]progress, error) {
	counted, err := s.count(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]progress, len(s.indicators))
	for i, p := range dossiers.Measure(s.indicators, counted, nil) {
		out[i].Progress = p
	}
	orgs, err := s.Store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range orgs {
		entries, err := s.Store.IndicatorEntries(ctx, string(o.ID))
		if err != nil {
			return nil, err
		}
		name := law.Words{}
		for lang, n := range o.Names {
			name[law.Lang(lang)] = n
		}
		for i, p := range dossiers.Measure(s.indicators, nil, entries) {
			out[i].Value += p.Value
			for _, e := range p.Entries {
				out[i].Entries, out[i].by = append(out[i].Entries, e), append(out[i].by, name)
			}
		}
	}
	return out, nil
}

// count is what the system knows itself. Published campaigns are those of the list
// of campaigns.
func (s *Scores) count(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	all, err := s.Store.Campaigns(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if c.State.Published() {
			out[dossiers.CampaignTarget]++
		}
	}
	open, err := s.Store.PublicDossiers(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range open {
		if d.History {
			continue
		}
		records, err := s.Store.PublicRecords(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		out[dossiers.AmendmentTarget] += dossiers.Score(records, s.words).Amendments
	}
	return out, nil
}

// Targets shows them.
func (s *Scores) Targets(w http.ResponseWriter, r *http.Request) error {
	v := s.view(r)
	all, err := s.progress(r.Context())
	if err != nil {
		return err
	}
	p := TargetsPage{Layout: s.pages.Frame(r, v.ui, "/targets"), Heading: v.loc.T("sc.targets"), Lead: v.loc.T("sc.targets_lead"), CSV: v.in("/targets.csv")}
	p.Title, p.Description, p.Sheet, p.JSON, p.Picture = p.Heading, p.Lead, "score.css", "/targets.json", true
	p.Crumbs = []page.Link{{Href: v.in(""), Text: v.loc.T("site.name"), Lang: law.KK}, {Text: p.Heading}}
	read.Framed(&p.Layout)
	for _, x := range all {
		p.Targets = append(p.Targets, s.targetRow(v, x))
	}
	return s.pages.Render(w, r, http.StatusOK, page.Fresh, v.ui, "score_targets", p)
}

func (s *Scores) targetRow(v view, x progress) TargetRow {
	share := min(1, float64(x.Value)/float64(max(x.Target, 1)))
	row := TargetRow{ID: x.ID, Name: read.Said(x.Name, v.ui), Means: read.Said(x.Means, v.ui), N: x.Value, Of: x.Target,
		Percent: v.loc.Percent(float64(x.Percent()) / 100), Bar: read.SurvivalBar(share), How: v.loc.T("sc.entered")}
	if x.Computed {
		row.How = v.loc.T("sc.computed")
	}
	switch x.ID {
	case dossiers.AmendmentTarget:
		row.See = &page.Link{Href: v.in("/scoreboard"), Text: v.loc.T("sc.board_all")}
	case dossiers.CampaignTarget:
		row.See = &page.Link{Href: v.in("/campaigns"), Text: v.loc.T("menu.campaigns")}
	}
	for i, e := range x.Entries {
		row.Entries = append(row.Entries, EntryRow{v.loc.Date(e.Day), v.loc.Number(e.Value), read.Said(e.What, v.ui), read.SourceLinks(e.Sources, v.ui), x.by[i].In(v.ui)})
	}
	return row
}

type targetJSON struct {
	ID       string      `json:"id"`
	Name     law.Words   `json:"name"`
	Means    law.Words   `json:"means"`
	Value    int         `json:"value"`
	Target   int         `json:"target"`
	Computed bool        `json:"computed"`
	Entries  []entryJSON `json:"entries,omitempty"`
}

type entryJSON struct {
	Day     law.Date          `json:"day"`
	Value   int               `json:"value"`
	What    law.Words         `json:"what"`
	Sources []dossiers.Source `json:"sources"`
	By      law.Words         `json:"by"`
}

// TargetsJSON is the twin of Targets for programs.
func (s *Scores) TargetsJSON(w http.ResponseWriter, r *http.Request) error {
	all, err := s.progress(r.Context())
	if err != nil {
		return err
	}
	out := make([]targetJSON, len(all))
	for i, x := range all {
		out[i] = targetJSON{ID: x.ID, Name: x.Name, Means: x.Means, Value: x.Value, Target: x.Target, Computed: x.Computed}
		for n, e := range x.Entries {
			out[i].Entries = append(out[i].Entries, entryJSON{e.Day, e.Value, e.What, e.Sources, x.by[n]})
		}
	}
	return page.WriteJSON(w, r, http.StatusOK, page.Fresh, map[string]any{"targets": out})
}

// TargetsCSV is a row a target, and below each a row an entry.
func (s *Scores) TargetsCSV(w http.ResponseWriter, r *http.Request) error {
	v := s.view(r)
	all, err := s.progress(r.Context())
	if err != nil {
		return err
	}
	rows := [][]string{{"id", v.loc.T("sc.target"), v.loc.T("sc.value"), v.loc.T("sc.of"), v.loc.T("sc.how_col"), v.loc.T("sc.date"), v.loc.T("sc.what"), v.loc.T("prop.sources"), v.loc.T("sc.by")}}
	for _, x := range all {
		t := s.targetRow(v, x)
		rows = append(rows, []string{x.ID, t.Name.Text, strconv.Itoa(x.Value), strconv.Itoa(x.Target), t.How, "", "", "", ""})
		for i, e := range x.Entries {
			rows = append(rows, []string{x.ID, t.Name.Text, strconv.Itoa(e.Value), "", t.How, string(e.Day), e.What.In(v.ui), dossiers.SourceLines(e.Sources, v.ui), x.by[i].In(v.ui)})
		}
	}
	return writeCSV(w, r, "targets.csv", rows)
}

// TargetsPicture is drawn for those who share the page: of the target of
// amendments.
func (s *Scores) TargetsPicture(w http.ResponseWriter, r *http.Request) error {
	v := s.view(r)
	all, err := s.progress(r.Context())
	if err != nil {
		return err
	}
	first := all[0]
	c := picture.Card{Lang: v.ui, Head: v.loc.T("site.name"), Title: v.loc.T("sc.targets"), Count: v.loc.Number(first.Value),
		Label: v.loc.T("sc.of_target", "of", v.loc.Number(first.Target), "name", first.Name.In(v.ui))}
	c.Bars, c.Bases = pictureBar(first.Target, first.Value)
	return s.reader.Draw(w, r, c, page.Fresh)
}

// TargetsCard is their card.
func (s *Scores) TargetsCard(w http.ResponseWriter, r *http.Request) error {
	v := s.view(r)
	all, err := s.progress(r.Context())
	if err != nil {
		return err
	}
	p := CardPage{Layout: s.pages.Frame(r, v.ui, "/targets"), Heading: v.loc.T("sc.targets")}
	for _, x := range all {
		p.Rows = append(p.Rows, CardRow{x.Name.In(v.ui), v.loc.T("sc.n_of", "n", v.loc.Number(x.Value), "of", v.loc.Number(x.Target))})
	}
	return s.card(w, r, p)
}
