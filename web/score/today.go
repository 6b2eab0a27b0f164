package score

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// TodayPage is where a day's work begins: what is due, the most urgent first.
type TodayPage struct {
	people.Frame
	Day      string
	Sections []TodaySection
	Tasks    *TaskList
	// TasksFirst: one is due today or late, so they stand before all else.
	TasksFirst bool
	Wrong      []page.Link
}

// TodaySection is one kind of what is to be done.
type TodaySection struct {
	ID, Heading string
	Items       []TodayItem
	Empty       string
	Do          *page.Link
	More        string
	urgency     int
}

// TodayItem is one thing. When says how urgent it is.
type TodayItem struct {
	Text, Href string
	Lang       law.Lang
	When       string
	Late       bool
	Note       string
	urgency    int // days left, less than 0 late
}

// urgencies of what has no day.
const (
	soon  = 3   // is to be looked at
	later = 400 // is not pressing
)

// campaigns that close within so many days are named.
const closesSoon = 14

// mostItems of a kind are listed.
const mostItems = 12

// Today shows it.
func (s *Scores) Today(w http.ResponseWriter, r *http.Request) error {
	return s.dayPage(w, r, http.StatusOK, nil, nil)
}

func (s *Scores) dayPage(w http.ResponseWriter, r *http.Request, status int, typed url.Values, wrong faults) error {
	v, ctx := s.view(r), r.Context()
	p := TodayPage{Frame: s.people.DeskFrame(r, "/today", v.loc.T("sc.today")), Day: v.loc.Today(s.now())}
	p.Lead = p.Day
	switch r.URL.Query().Get("said") {
	case "done":
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("sc.said_done")})
	case "added":
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("sc.said_added")})
	}
	if err := s.lateLetters(ctx, v, &p); err != nil {
		return err
	}
	for _, f := range []func(context.Context, view) (*TodaySection, error){s.toConfirm, s.deadlines, s.moderation, s.closing, s.drafts} {
		section, err := f(ctx, v)
		if err != nil {
			return err
		}
		if section == nil {
			continue
		}
		slices.SortStableFunc(section.Items, func(a, b TodayItem) int { return cmp.Compare(a.urgency, b.urgency) })
		section.urgency = later
		if n := len(section.Items); n > 0 {
			section.urgency = section.Items[0].urgency
			if n > mostItems {
				section.More = v.loc.N("sc.more", n-mostItems)
				section.Items = section.Items[:mostItems]
			}
		}
		p.Sections = append(p.Sections, *section)
	}
	slices.SortStableFunc(p.Sections, func(a, b TodaySection) int { return cmp.Compare(a.urgency, b.urgency) })
	var err error
	if p.Tasks, err = s.tasks(ctx, v, typed, wrong, &p.Wrong); err != nil {
		return err
	}
	p.TasksFirst = slices.ContainsFunc(p.Tasks.Open, func(t TaskRow) bool { return t.pressing })
	return s.pages.Render(w, r, status, page.Private, v.ui, "score_today", p)
}

// lateLetters warns of letters that should have gone.
func (s *Scores) lateLetters(ctx context.Context, v view, p *TodayPage) error {
	if s.people.Late == nil {
		return nil
	}
	n, since, err := s.people.Late(ctx)
	if err == nil && n > 0 {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: v.loc.N("people.letters_wait", n), Texts: []string{v.loc.T("people.letters_wait_text", "since", v.loc.Moment(since))}})
	}
	return err
}

// due says of a day when it is, seen from today.
func (s *Scores) due(v view, day law.Date) (when string, left int) {
	a, okA := s.today().Time()
	b, okB := day.Time()
	if !okA || !okB {
		return "", later
	}
	left = int(b.Sub(a).Hours() / 24)
	switch {
	case left < 0:
		return v.loc.N("sc.late_by", -left, "date", v.loc.Date(day)), left
	case left == 0:
		return v.loc.T("sc.due_today"), left
	}
	return v.loc.N("sc.due_in", left, "date", v.loc.Date(day)), left
}

// toConfirm are outcomes that wait for a person.
func (s *Scores) toConfirm(ctx context.Context, v view) (*TodaySection, error) {
	out := &TodaySection{ID: "confirm", Heading: v.loc.T("sc.to_confirm"), Empty: v.loc.T("sc.to_confirm_none"), Do: &page.Link{Href: v.desk("/outcomes"), Text: v.loc.T("sc.outcomes")}}
	records := map[dossiers.ProposalID]dossiers.Record{}
	all, err := s.Store.Dossiers(ctx, v.org())
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		list, err := s.Store.Records(ctx, v.org(), d.ID)
		if err != nil {
			return nil, err
		}
		for _, rec := range list {
			records[rec.ID] = rec
		}
	}
	open, err := s.open(ctx, v, records)
	for _, o := range open {
		out.Items = append(out.Items, TodayItem{Text: o.Title.Text, Lang: o.Title.Lang, Href: o.Href, When: v.loc.T("sc.suggested", "status", o.Status.Text), Note: o.Text, urgency: soon})
	}
	return out, err
}

// deadlines are those to come, and those that passed within a month.
func (s *Scores) deadlines(ctx context.Context, v view) (*TodaySection, error) {
	out := &TodaySection{ID: "deadlines", Heading: v.loc.T("sc.deadlines"), Empty: v.loc.T("sc.deadlines_none"), Do: &page.Link{Href: v.desk("/dossiers"), Text: v.loc.T("sc.to_dossiers")}}
	all, err := s.Store.Deadlines(ctx, v.org())
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		what := read.Said(d.What, v.ui)
		item := TodayItem{Text: what.Text, Lang: what.Lang, Href: v.desk("/dossiers/" + strconv.FormatInt(int64(d.Dossier), 10)), When: d.Phrase.In(v.ui), urgency: later}
		if day, confirmed := d.Due(s.holidays); day != "" {
			if item.When, item.urgency = s.due(v, day); item.urgency < -30 {
				continue
			}
			if item.Late = item.urgency < 0; !confirmed {
				item.Note = v.loc.T("sc.to_be_confirmed")
			}
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// moderation is comments that wait, by campaign; nil for those who do not moderate.
func (s *Scores) moderation(ctx context.Context, v view) (*TodaySection, error) {
	if !v.may(accounts.Moderate) {
		return nil, nil
	}
	out := &TodaySection{ID: "comments", Heading: v.loc.T("mod.title"), Empty: v.loc.T("sc.comments_none")}
	all, err := s.Store.CampaignsOf(ctx, v.who.Place.Organisation)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if !c.State.Published() {
			continue
		}
		n, err := s.Store.CountComments(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		waiting := n[campaigns.CommentWaiting]
		if waiting == 0 {
			continue
		}
		oldest, err := s.Store.Comments(ctx, c.ID, campaigns.CommentWaiting, 0, 1)
		if err != nil {
			return nil, err
		}
		item, err := s.campaign(ctx, v, c, "/comments/"+c.Slug)
		if err != nil {
			return nil, err
		}
		item.When, item.urgency = v.loc.N("sc.waiting", waiting), soon
		if len(oldest) > 0 {
			came := oldest[0].ID.Time()
			item.Note = v.loc.T("sc.oldest", "date", v.loc.Date(i18n.Day(came)))
			switch campaigns.AgeOf(came, s.now()) {
			case campaigns.AgeDue:
				item.urgency = 0
			case campaigns.AgeLate:
				item.urgency, item.Late = -1, true
			}
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// campaign is a campaign under its title, or its address where it has none.
func (s *Scores) campaign(ctx context.Context, v view, c campaigns.Campaign, path string) (TodayItem, error) {
	item := TodayItem{Text: c.Slug, Href: v.desk(path)}
	if c.Version == 0 {
		return item, nil
	}
	text, err := s.Store.Text(ctx, c.ID, c.Version)
	if title := read.Said(law.Words(text.Title), v.ui); title.Text != "" {
		item.Text, item.Lang = title.Text, title.Lang
	}
	return item, err
}

// closing are campaigns whose last day is near; nil where there are none at all.
func (s *Scores) closing(ctx context.Context, v view) (*TodaySection, error) {
	out := &TodaySection{ID: "closing", Heading: v.loc.T("sc.closing"), Empty: v.loc.N("sc.closing_none", closesSoon), Do: &page.Link{Href: v.desk("/campaigns"), Text: v.loc.T("section.campaigns")}}
	all, err := s.Store.CampaignsOf(ctx, v.who.Place.Organisation)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	for _, c := range all {
		when, left := s.due(v, c.Closes)
		if c.State != campaigns.Live && c.State != campaigns.Paused || c.Closes == "" || left > closesSoon {
			continue
		}
		item, err := s.campaign(ctx, v, c, "/campaigns/"+c.Slug)
		if err != nil {
			return nil, err
		}
		item.When, item.urgency, item.Late = when, left, left < 0
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// drafts are the visitor's own, the latest first; nil for those who do not write.
func (s *Scores) drafts(ctx context.Context, v view) (*TodaySection, error) {
	if !v.may(accounts.Edit) {
		return nil, nil
	}
	out := &TodaySection{ID: "drafts", Heading: v.loc.T("sc.drafts"), Empty: v.loc.T("sc.drafts_none"), Do: &page.Link{Href: v.desk("/proposals"), Text: v.loc.T("section.proposals")}}
	mine, err := s.Store.Drafts(ctx, v.org(), string(v.who.Person.ID))
	if err != nil {
		return nil, err
	}
	all, err := s.Store.Proposals(ctx, v.org(), 0)
	if err != nil {
		return nil, err
	}
	for _, d := range mine {
		item := TodayItem{Text: d.Proposal.Ref(), Href: v.desk(proposalPath(d.Proposal) + "/edit"), When: v.loc.T("sc.kept", "moment", v.loc.Moment(d.At)), urgency: later}
		for _, p := range all {
			if p.ID == d.Proposal {
				title := read.Said(p.Title, v.ui)
				item.Text, item.Lang = title.Text, title.Lang
			}
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}
