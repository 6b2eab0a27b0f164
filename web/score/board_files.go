package score

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/picture"
	"github.com/tuzetu/tuzetu/web/read"
)

// A scoreboard for programs, for spreadsheets, as a picture and as a card.

type boardJSON struct {
	Dossier     string                  `json:"dossier,omitempty"`
	Title       law.Words               `json:"title,omitempty"`
	Asked       int                     `json:"asked"`
	Statuses    map[dossiers.Status]int `json:"statuses"`
	Unconfirmed int                     `json:"unconfirmed"`
	Changes     map[dossiers.Status]int `json:"changes"`
	Survived    float64                 `json:"survived"`
	Amendments  int                     `json:"amendments"`
	Stages      []stageJSON             `json:"stages,omitempty"`
	Unasked     []unaskedJSON           `json:"unasked,omitempty"`
	Proposals   []recordJSON            `json:"proposals"`
}

type stageJSON struct {
	Edition  string                  `json:"edition"`
	Changes  map[dossiers.Status]int `json:"changes"`
	Survived float64                 `json:"survived"`
}

type unaskedJSON struct {
	Address law.Address `json:"address"`
	New     bool        `json:"new,omitempty"`
	Kind    string      `json:"kind"`
	Label   law.Words   `json:"label"`
}

type recordJSON struct {
	ID        dossiers.ProposalID `json:"id"`
	Dossier   string              `json:"dossier"`
	Title     law.Words           `json:"title"`
	Author    law.Words           `json:"author,omitempty"`
	Asked     law.Date            `json:"asked"` // null where unknown
	Status    dossiers.Status     `json:"status"`
	Confirmed bool                `json:"confirmed"`
	Suggested dossiers.Status     `json:"suggested,omitempty"`
	Edition   string              `json:"edition,omitempty"` // compared with
	Survived  *float64            `json:"survived"`          // null where nothing was compared
	Counts    bool                `json:"counts"`            // toward the progressive amendments
	Reason    law.Words           `json:"reason,omitempty"`
	Sources   []dossiers.Source   `json:"sources,omitempty"`
	Places    []dossiers.Place    `json:"places,omitempty"`
	Changes   []dossiers.Found    `json:"changes,omitempty"`
}

// version names a text without its language.
func version(k law.EditionKey) string { return string(k.Act) + "@" + k.Version() }

// BoardJSON is the twin of Board for programs.
func (s *Scores) BoardJSON(w http.ResponseWriter, r *http.Request) error {
	b, err := s.board(r)
	if err != nil {
		return err
	}
	n := dossiers.Score(b.all(), s.words)
	out := boardJSON{Asked: n.Asked, Statuses: n.Statuses, Unconfirmed: n.Unconfirmed, Changes: n.Changes, Survived: n.Survived,
		Amendments: dossiers.Score(b.counting(), s.words).Amendments, Proposals: []recordJSON{}}
	if b.one != nil {
		out.Dossier, out.Title = b.one.Slug, b.one.Title
		for _, st := range n.Stages {
			out.Stages = append(out.Stages, stageJSON{version(st.Edition), st.Changes, st.Survived})
		}
		for _, u := range n.Unasked {
			out.Unasked = append(out.Unasked, unaskedJSON{u.Address, u.New, string(u.Kind), u.Label})
		}
	}
	for _, d := range b.dossiers {
		for _, rec := range b.records[d.ID] {
			out.Proposals = append(out.Proposals, s.recordJSON(d, rec))
		}
	}
	return page.WriteJSON(w, r, http.StatusOK, page.Fresh, out)
}

func (s *Scores) recordJSON(d dossiers.Dossier, rec dossiers.Record) recordJSON {
	st := rec.Standing()
	info, _ := s.words.Find(st.Status)
	out := recordJSON{ID: rec.ID, Dossier: d.Slug, Title: rec.Title, Author: rec.Author, Asked: rec.Asked, Status: st.Status, Confirmed: st.ByPerson(),
		Counts: st.Confirmed && rec.Progressive && info.Counts && !d.History, Changes: rec.Changes()}
	if f := st.Suggestion; f != nil {
		out.Suggested, out.Edition, out.Survived = f.Status, f.Edition.String(), &f.Survived
	}
	if c := st.Confirmation; c != nil {
		out.Reason, out.Sources, out.Places = c.Reason, c.Sources, c.Places
	}
	return out
}

// BoardCSV is a row a proposal.
func (s *Scores) BoardCSV(w http.ResponseWriter, r *http.Request) error {
	b, err := s.board(r)
	if err != nil {
		return err
	}
	v := b.view
	rows := [][]string{{"id", v.loc.T("sc.dossier"), v.loc.T("sc.proposal"), v.loc.T("sc.author"), v.loc.T("sc.asked"), "status", v.loc.T("sc.status"), v.loc.T("sc.confirmed_col"),
		v.loc.T("sc.survived_col"), v.loc.T("sc.text_col"), v.loc.T("sc.counts_col"), v.loc.T("sc.address_col")}}
	for _, d := range b.dossiers {
		for _, rec := range b.records[d.ID] {
			x := s.recordJSON(d, rec)
			survived := ""
			if x.Survived != nil {
				survived = strconv.FormatFloat(*x.Survived, 'f', 3, 64)
			}
			rows = append(rows, []string{strconv.FormatInt(int64(rec.ID), 10), d.Title.In(v.ui), rec.Title.In(v.ui), rec.Author.In(v.ui), string(rec.Asked), string(x.Status),
				s.status(v, x.Status).Text, yes(v, x.Confirmed), survived, x.Edition, yes(v, x.Counts), s.pages.Base() + v.in(proposalPath(rec.ID))})
		}
	}
	name := "scoreboard.csv"
	if b.one != nil {
		name = b.one.Slug + "-" + name
	}
	return writeCSV(w, r, name, rows)
}

func yes(v view, is bool) string {
	if is {
		return v.loc.T("sc.yes")
	}
	return v.loc.T("sc.no")
}

func writeCSV(w http.ResponseWriter, r *http.Request, name string, rows [][]string) error {
	var out bytes.Buffer
	if err := campaigns.WriteCSV(&out, rows); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	page.Write(w, r, http.StatusOK, "text/csv; charset=utf-8; header=present", page.Fresh, out.Bytes())
	return nil
}

// BoardPicture is drawn for those who share the page.
func (s *Scores) BoardPicture(w http.ResponseWriter, r *http.Request) error {
	b, err := s.board(r)
	if err != nil {
		return err
	}
	v, n := b.view, dossiers.Score(b.all(), s.words)
	c := picture.Card{Lang: v.ui, Head: v.loc.T("sc.board"), Title: v.loc.T("sc.board_all"), Count: v.loc.Number(adopted(n)), Label: v.loc.N("sc.adopted_of", n.Asked)}
	if b.one != nil {
		title := read.Said(b.one.Title, v.ui)
		c.Lang, c.Title = title.Lang, title.Text
	}
	c.Bars, c.Bases = pictureBar(n.Asked, adopted(n))
	return s.reader.Draw(w, r, c, page.Fresh)
}

// pictureBar draws a part of a whole.
func pictureBar(all, part int) ([]picture.Bar, []picture.Base) {
	const height = 16
	done := picture.RibbonWidth * min(1, float64(part)/float64(max(all, 1)))
	return []picture.Bar{{W: picture.RibbonWidth, H: height}, {W: done, H: height, Changed: true}}, []picture.Base{{X2: picture.RibbonWidth}}
}

// CardPage is what stands in pages of others.
type CardPage struct {
	page.Layout
	Of      read.Phrase
	Heading string
	Lead    string
	Rows    []CardRow
	Href    string
}

// CardRow is a line of a card.
type CardRow struct {
	Name  string
	Value string
}

// BoardCard is the card of a scoreboard.
func (s *Scores) BoardCard(w http.ResponseWriter, r *http.Request) error {
	b, err := s.board(r)
	if err != nil {
		return err
	}
	v, n := b.view, dossiers.Score(b.all(), s.words)
	p := CardPage{Layout: s.pages.Frame(r, v.ui, b.path()), Heading: v.loc.T("sc.board_all"), Lead: s.boardLead(v, n)}
	if b.one != nil {
		p.Of = read.Said(b.one.Title, v.ui)
		p.Of.Text, p.Heading = page.Plain(p.Of.Text), v.loc.T("sc.board")
	}
	for _, c := range s.counted(v, n.Statuses) {
		p.Rows = append(p.Rows, CardRow{c.Status.Text, v.loc.Number(c.Count)})
	}
	if n.Unconfirmed > 0 {
		p.Lead += " " + v.loc.N("sc.board_unconfirmed", n.Unconfirmed)
	}
	return s.card(w, r, p)
}

func (s *Scores) card(w http.ResponseWriter, r *http.Request, p CardPage) error {
	p.Title, p.Href = strings.TrimPrefix(p.Of.Text+" · "+p.Heading, " · "), p.Shared()
	return s.pages.Render(w, r, http.StatusOK, page.Fresh, p.UI, "score_card", p)
}
