// Package desk is what an organisation does about its campaigns: writing,
// reviewing and publishing them, their news and numbers, the queue of its
// moderators, the packs for addressees, the answers. Who may ask for which, the
// table of routes says; a campaign of another organisation is not there.
package desk

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/course"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/internal/photo"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// Store is what the pages need. internal/store fulfils it.
type Store interface {
	delivery.Store
	waitingStore
	pictureStore
	paperStore
	namesStore
	sealedStore
	Campaigns(context.Context) ([]campaigns.Campaign, error)
	CampaignAt(ctx context.Context, slug string) (campaigns.Campaign, error)
	CountComments(ctx context.Context, campaign campaigns.CampaignID) (map[campaigns.CommentState]int, error)
	Comments(ctx context.Context, campaign campaigns.CampaignID, state campaigns.CommentState, after campaigns.CommentID, limit int) ([]campaigns.Comment, error)
	Decide(ctx context.Context, d campaigns.Decision, e accounts.Entry) (campaigns.Decision, error)
	Decisions(ctx context.Context, campaign campaigns.CampaignID, limit int) ([]campaigns.Decision, error)
	Deliveries(ctx context.Context, campaign campaigns.CampaignID) ([]campaigns.Delivery, error)
	AddAnswer(ctx context.Context, campaign campaigns.CampaignID, a campaigns.Answer, e accounts.Entry) error
	Answers(ctx context.Context, campaign campaigns.CampaignID) ([]campaigns.Answer, error)

	Organisation(context.Context, accounts.OrganisationID) (accounts.Organisation, error)
	Keys(context.Context, accounts.OrganisationID) ([]accounts.Key, error)
	CampaignsOf(context.Context, accounts.OrganisationID) ([]campaigns.Campaign, error)
	Writing(context.Context, campaigns.Campaign) (campaigns.Writing, error)
	// Write stores what was written over what has the mark was. Errors:
	// campaigns.ErrChanged, ErrSlugTaken, ErrState.
	Write(ctx context.Context, was string, w campaigns.Writing, e accounts.Entry) (campaigns.TextVersion, error)
	AddUpdate(ctx context.Context, id campaigns.CampaignID, u campaigns.Update, e accounts.Entry) error
	Updates(context.Context, campaigns.CampaignID) ([]campaigns.Update, error)
	Recount(context.Context) ([]campaigns.Drift, error)

	Acts(context.Context) ([]law.Act, error)
	Editions(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	EditionText(ctx context.Context, key law.EditionKey) (law.Edition, error)
}

// Config is what the page group needs.
type Config struct {
	Store  Store
	Intake *intake.Intake
	Random io.Reader
	Keys   course.Keys
	// Preview shows a campaign as strangers will see it; desk is the path it is
	// written under. Number is its public count. Both are nil where there are no
	// pages of campaigns.
	Preview func(w http.ResponseWriter, r *http.Request, c campaigns.Campaign, desk string) error
	Number  func(campaigns.CampaignID) campaigns.Number
}

// Desk answers the requests of this page group.
type Desk struct {
	Config
	people   *people.People
	pages    *page.Pages
	now      func() time.Time
	regions  []campaigns.Region
	subjects campaigns.Subjects
	photos   *photo.Reader
}

// New makes the page group.
func New(c Config, p *people.People, pages *page.Pages, now func() time.Time) (*Desk, error) {
	d := &Desk{Config: c, people: p, pages: pages, now: now, photos: photo.NewReader()}
	var err error
	if d.regions, err = campaigns.Regions(); err != nil {
		return nil, err
	}
	d.subjects, err = campaigns.ReadSubjects()
	return d, err
}

// view is a campaign of the organisation in the path.
type view struct {
	campaigns.Campaign
	title string
	ui    law.Lang
	loc   *i18n.Locale
	who   people.Visitor
}

// at is an address of the organisation's desk.
func (v view) at(what string) string {
	return "/" + string(v.ui) + "/desk/" + string(v.who.Place.Organisation) + what
}

func (d *Desk) view(r *http.Request) view {
	ui := page.UI(r)
	return view{ui: ui, loc: d.pages.Locale(ui), who: people.Who(r)}
}

// asked is the campaign an address names, if it is the organisation's own.
func (d *Desk) asked(r *http.Request) (view, error) {
	v := d.view(r)
	c, err := d.Store.CampaignAt(r.Context(), r.PathValue("slug"))
	if err == nil && c.Org != string(v.who.Place.Organisation) {
		err = campaigns.ErrNotFound
	}
	if err != nil {
		return v, page.Missing(err, campaigns.ErrNotFound)
	}
	v.Campaign = c
	text, err := d.Store.Text(r.Context(), c.ID, c.Version)
	v.title = text.Title.In(v.ui)
	return v, err
}

// ListPage leads to the campaigns of an organisation.
type ListPage struct {
	people.Frame
	Table page.Table
	Empty *page.Empty
}

// list shows the organisation's published campaigns, each with some facts.
func (d *Desk) list(w http.ResponseWriter, r *http.Request, path, heading, lead string, head []string, facts func(campaigns.Campaign) ([]string, error)) error {
	v := d.view(r)
	all, err := d.Store.Campaigns(r.Context())
	if err != nil {
		return err
	}
	p := ListPage{Frame: d.people.DeskFrame(r, path, heading)}
	p.Lead = lead
	p.Table = page.Table{Caption: heading, Head: append([]string{v.loc.T("mod.campaign")}, head...)}
	for _, c := range all {
		if c.Org != string(v.who.Place.Organisation) || !c.State.Published() {
			continue
		}
		text, err := d.Store.Text(r.Context(), c.ID, c.Version)
		if err != nil {
			return err
		}
		row := []page.Cell{{Text: text.Title.In(v.ui), Href: v.at(path + "/" + c.Slug)}}
		cells, err := facts(c)
		if err != nil {
			return err
		}
		for _, s := range cells {
			row = append(row, page.Cell{Text: s})
		}
		p.Table.Rows = append(p.Table.Rows, row)
	}
	if len(p.Table.Rows) == 0 {
		p.Empty = &page.Empty{Text: v.loc.T("mod.no_campaigns"), Links: []page.Link{{Href: v.at(""), Text: v.loc.T("people.desk")}}}
	}
	return d.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "desk_list", p)
}

// entry is what the organisation's log says of something done now.
func (d *Desk) entry(v view, did string) accounts.Entry {
	return accounts.Entry{At: d.now(), Person: v.who.Person.ID, Did: did}
}
