package score

import (
	"context"
	"net/http"
	"slices"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// BoardPage is what was asked for and what became of it: of a dossier, or of all.
type BoardPage struct {
	page.Layout
	Heading     string
	Of          read.Phrase // the dossier, "" for all
	Lead        string
	Unconfirmed string // how many no person has confirmed, "" for none
	Sample      bool
	Squares     []Square
	Counts      []Counted
	Rows        []BoardRow
	Survived    string
	Bar         []read.Segment
	Stages      []StageRow
	Unasked     []page.Link
	UnaskedIn   string // the edition
	More        string // of what was not asked for, that is not listed
	Target      *Amendments
	Dossiers    []DossierRow
	CSV         string
	Empty       *page.Empty
}

// Square is a proposal, drawn.
type Square struct {
	N      int
	Status dossiers.Status
	Text   string
}

// Counted is how many proposals came to a status.
type Counted struct {
	Status Status
	Count  int
}

// BoardRow is a proposal.
type BoardRow struct {
	N        int
	Title    read.Phrase
	Href     string
	Author   read.Phrase
	Asked    string
	Status   Status
	Sure     string
	Guess    bool // only the comparison says so
	Survived string
	Evidence string // the page that compares the three texts
	Text     string // what it was compared with
	Counts   string // why it counts toward the target, "" where it does not
	record   dossiers.Record
}

// StageRow is how the changes stood in one text.
type StageRow struct {
	Text     string
	Href     string
	Counts   []Counted
	Segments []Stretch
	Survived string
}

// Stretch is a part of a bar 300 wide.
type Stretch struct {
	Status dossiers.Status
	X, W   float64
}

// Amendments is the count toward the target.
type Amendments struct {
	N, Of   int
	Bar     []read.Segment
	Which   []BoardRow
	Waiting string // how many would count once confirmed, "" for none
}

// DossierRow is a dossier on the board of all.
type DossierRow struct {
	Title   read.Phrase
	Href    string
	Asked   int
	Adopted int
	History bool
}

// board is what a scoreboard is made of.
type board struct {
	view
	one      *dossiers.Dossier // nil: all of them
	dossiers []dossiers.Dossier
	records  map[dossiers.DossierID][]dossiers.Record
}

// path of the board, without the interface language.
func (b *board) path() string {
	if b.one != nil {
		return "/dossiers/" + b.one.Slug + "/scoreboard"
	}
	return "/scoreboard"
}

// all are the records of all its dossiers, in their order.
func (b *board) all() (out []dossiers.Record) {
	for _, d := range b.dossiers {
		out = append(out, b.records[d.ID]...)
	}
	return out
}

// counting are the records that count toward the targets: not those of a history.
func (b *board) counting() (out []dossiers.Record) {
	for _, d := range b.dossiers {
		if !d.History {
			out = append(out, b.records[d.ID]...)
		}
	}
	return out
}

// board is the one an address names: of a dossier, or of all that are public.
func (s *Scores) board(r *http.Request) (b *board, err error) {
	b = &board{view: s.view(r), records: map[dossiers.DossierID][]dossiers.Record{}}
	if slug := r.PathValue("slug"); slug != "" {
		d, err := s.Store.PublicDossier(r.Context(), slug)
		if err != nil {
			return nil, page.Missing(err, dossiers.ErrNotFound)
		}
		b.one, b.dossiers = &d, []dossiers.Dossier{d}
	} else if b.dossiers, err = s.Store.PublicDossiers(r.Context()); err != nil {
		return nil, err
	}
	for _, d := range b.dossiers {
		if b.records[d.ID], err = s.Store.PublicRecords(r.Context(), d.ID); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Board shows it.
func (s *Scores) Board(w http.ResponseWriter, r *http.Request) error {
	b, err := s.board(r)
	if err != nil {
		return err
	}
	p, err := s.boardPage(r, b)
	if err != nil {
		return err
	}
	return s.pages.Render(w, r, http.StatusOK, page.Fresh, b.ui, "score_board", p)
}

func (s *Scores) boardPage(r *http.Request, b *board) (*BoardPage, error) {
	v := b.view
	p := &BoardPage{Layout: s.pages.Frame(r, v.ui, b.path()), Heading: v.loc.T("sc.board"), CSV: v.in(b.path() + ".csv")}
	p.Sheet, p.JSON, p.Picture = "score.css", b.path()+".json", true
	p.Title, p.Crumbs = p.Heading, []page.Link{{Href: v.in(""), Text: v.loc.T("site.name"), Lang: law.KK}}
	if b.one != nil {
		p.Of = read.Said(b.one.Title, v.ui)
		p.Title += ": " + page.Plain(p.Of.Text)
		p.Crumbs = append(p.Crumbs, page.Link{Href: v.in("/scoreboard"), Text: v.loc.T("sc.board_all")},
			page.Link{Href: v.in("/dossiers/" + b.one.Slug), Text: p.Of.Text, Lang: p.Of.Lang}, page.Link{Text: p.Heading})
	} else {
		p.Heading = v.loc.T("sc.board_all")
		p.Title, p.Crumbs = p.Heading, append(p.Crumbs, page.Link{Text: p.Heading})
	}
	score := dossiers.Score(b.all(), s.words)
	p.Lead = s.boardLead(v, score)
	p.Description = p.Lead
	read.Framed(&p.Layout)
	if score.Asked == 0 {
		p.Empty = &page.Empty{Text: v.loc.T("sc.board_empty"), Links: []page.Link{{Href: v.in("/dossiers"), Text: v.loc.T("sc.to_dossiers")}}}
		return p, nil
	}
	if score.Unconfirmed > 0 {
		p.Unconfirmed = v.loc.N("sc.board_unconfirmed", score.Unconfirmed)
	}
	p.Counts = s.counted(v, score.Statuses)
	if err := s.rows(r.Context(), b, p); err != nil {
		return nil, err
	}
	if len(score.Changes) > 0 {
		p.Survived, p.Bar = v.loc.T("outcome.survived", "share", percent(v.loc, score.Survived)), read.SurvivalBar(score.Survived)
	}
	s.target(b, p)
	if b.one != nil {
		return p, s.oneDossier(r.Context(), b, score, p)
	}
	for _, d := range b.dossiers {
		n := dossiers.Score(b.records[d.ID], s.words)
		if n.Asked > 0 {
			p.Dossiers = append(p.Dossiers, DossierRow{read.Said(d.Title, v.ui), v.in("/dossiers/" + d.Slug + "/scoreboard"), n.Asked, adopted(n), d.History})
		}
	}
	return p, nil
}

// adopted is how many came into a law, whole and in whichever wording.
func adopted(n dossiers.Scoreboard) int {
	return n.Statuses[dossiers.Adopted] + n.Statuses[dossiers.AdoptedChanged] + n.Statuses["adopted_elsewhere"] + n.Statuses[notInForce]
}

func (s *Scores) boardLead(v view, n dossiers.Scoreboard) string {
	if n.Asked == 0 {
		return v.loc.T("sc.board_about")
	}
	return v.loc.N("sc.board_lead", n.Asked, "adopted", v.loc.Number(adopted(n)), "partly", v.loc.Number(n.Statuses[dossiers.Partly]))
}

// counted are counts in the order of the vocabulary, without those that are zero.
func (s *Scores) counted(v view, n map[dossiers.Status]int) (out []Counted) {
	for _, info := range s.words {
		if n[info.ID] > 0 {
			out = append(out, Counted{s.status(v, info.ID), n[info.ID]})
		}
	}
	return out
}

// rows are the proposals.
func (s *Scores) rows(ctx context.Context, b *board, p *BoardPage) error {
	v := b.view
	for _, d := range b.dossiers {
		for _, rec := range b.records[d.ID] {
			row, err := s.row(ctx, v, rec, !d.History)
			if err != nil {
				return err
			}
			row.N = len(p.Rows) + 1
			p.Rows = append(p.Rows, row)
			p.Squares = append(p.Squares, Square{row.N, row.Status.ID, row.Status.Text})
		}
		if len(d.Acts) > 0 && !p.Sample {
			if act, err := s.Store.Act(ctx, d.Acts[0]); err == nil {
				p.Sample = act.Sample
			}
		}
	}
	return nil
}

func (s *Scores) row(ctx context.Context, v view, rec dossiers.Record, counting bool) (BoardRow, error) {
	st := rec.Standing()
	row := BoardRow{Title: read.Said(rec.Title, v.ui), Href: v.in(proposalPath(rec.ID)), Author: read.Said(rec.Author, v.ui), Status: s.status(v, st.Status),
		Sure: s.sure(v, st), Guess: !st.Confirmed && st.Suggestion != nil, record: rec}
	if rec.Asked != "" {
		row.Asked = v.loc.Date(rec.Asked)
	}
	if st.Confirmed {
		if info, _ := s.words.Find(st.Status); info.Counts && rec.Progressive && counting {
			row.Counts = v.loc.T("sc.why_counts", "status", row.Status.Text, "date", v.loc.Date(i18n.Day(st.Confirmation.At)))
		}
	}
	if f := st.Suggestion; f != nil {
		row.Survived, row.Text = percent(v.loc, f.Survived), read.Named(v.loc, f.Edition)
		evidence, err := s.whole(ctx, rec, *f)
		if err != nil {
			return row, err
		}
		if evidence != "" {
			row.Evidence = v.in(evidence)
		}
	}
	return row, nil
}

// target is the count toward the progressive amendments, where any of the dossiers
// counts.
func (s *Scores) target(b *board, p *BoardPage) {
	counting := b.counting()
	if len(counting) == 0 {
		return
	}
	out := &Amendments{N: dossiers.Score(counting, s.words).Amendments}
	for _, i := range s.indicators {
		if i.ID == dossiers.AmendmentTarget {
			out.Of = i.Target
		}
	}
	out.Bar = read.SurvivalBar(min(1, float64(out.N)/float64(max(out.Of, 1))))
	for _, row := range p.Rows {
		if row.Counts != "" {
			out.Which = append(out.Which, row)
		}
	}
	waiting := 0
	for _, rec := range counting {
		st := rec.Standing()
		if info, _ := s.words.Find(st.Status); !st.Confirmed && rec.Progressive && info.Counts {
			waiting++
		}
	}
	if waiting > 0 {
		out.Waiting = b.loc.N("sc.would_count", waiting)
	}
	p.Target = out
}

// mostUnasked of what nobody asked for are listed; the evidence has all.
const mostUnasked = 60

// oneDossier adds what is told of one dossier only: how the changes stood text by
// text, and what was enacted that nobody asked for.
func (s *Scores) oneDossier(ctx context.Context, b *board, score dossiers.Scoreboard, p *BoardPage) error {
	v := b.view
	var newest *dossiers.Suggestion
	texts := map[law.EditionKey]law.EditionKey{}
	for _, rec := range b.all() {
		for i := range rec.Suggestions {
			key := rec.Suggestions[i].Edition
			bare := key
			bare.Lang = ""
			if _, ok := texts[bare]; !ok || key.Lang == v.ui {
				texts[bare] = key
			}
		}
		if f := rec.Standing().Suggestion; f != nil && (newest == nil || compareDates(f.Edition, newest.Edition) > 0) {
			newest = f
		}
	}
	for _, st := range score.Stages {
		row := StageRow{Text: read.Named(v.loc, st.Edition), Counts: s.counted(v, st.Changes), Survived: percent(v.loc, st.Survived)}
		if key, ok := texts[st.Edition]; ok {
			row.Href = v.in(read.PlacePath(key, ""))
		}
		row.Segments = stretches(row.Counts)
		p.Stages = append(p.Stages, row)
	}
	if newest == nil {
		return nil
	}
	p.UnaskedIn = read.Named(v.loc, newest.Edition)
	for i, u := range score.Unasked {
		if i == mostUnasked {
			p.More = v.loc.N("sc.unasked_more", len(score.Unasked)-i)
			break
		}
		p.Unasked = append(p.Unasked, unaskedLink(v, newest.Edition, u))
	}
	return nil
}

// unaskedLink leads to what nobody asked for: in its text where it is new, through
// all editions where it was there before.
func unaskedLink(v view, in law.EditionKey, u dossiers.Unasked) page.Link {
	link := page.Link{Href: v.in(read.HistoryPath(in, u.Address)), Text: read.Capital(u.Label.In(v.ui))}
	if u.New {
		link.Href = v.in(read.PlacePath(in, u.Address))
	}
	return link
}

const barWidth = 300

// stretches draw counts one behind the other.
func stretches(counts []Counted) (out []Stretch) {
	all, x := 0, 0.0
	for _, c := range counts {
		all += c.Count
	}
	for _, c := range counts {
		w := float64(barWidth*c.Count) / float64(all)
		out = append(out, Stretch{c.Status.ID, round(x), round(w)})
		x += w
	}
	return slices.Clip(out)
}

func round(x float64) float64 { return float64(int(10*x+0.5)) / 10 }
