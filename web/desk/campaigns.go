package desk

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/course"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// CampaignsPage is all campaigns of an organisation.
type CampaignsPage struct {
	people.Frame
	Table page.Table
	New   *page.Link // nil for those who do not write
	Empty *page.Empty
}

// Campaigns lists them, the newest first.
func (d *Desk) Campaigns(w http.ResponseWriter, r *http.Request) error {
	v := d.view(r)
	all, err := d.Store.CampaignsOf(r.Context(), v.who.Place.Organisation)
	if err != nil {
		return err
	}
	p := CampaignsPage{Frame: d.people.DeskFrame(r, "/campaigns", v.loc.T("wr.campaigns"))}
	p.Lead = v.loc.T("wr.campaigns_lead")
	if v.may(accounts.Edit) {
		p.New = &page.Link{Href: v.at("/campaigns/new"), Text: v.loc.T("wr.new")}
	}
	p.Table = page.Table{Caption: v.loc.T("wr.campaigns"), Head: []string{v.loc.T("mod.campaign"), v.loc.T("wr.state"), v.loc.T("wr.number"), v.loc.T("wr.closes")}}
	for _, c := range all {
		text, err := d.Store.Text(r.Context(), c.ID, c.Version)
		if err != nil {
			return err
		}
		v.Campaign, v.title = c, text.Title.In(v.ui)
		number, err := d.number(r, v)
		if err != nil {
			return err
		}
		p.Table.Rows = append(p.Table.Rows, []page.Cell{{Text: v.heading(), Href: v.at("/campaigns/" + c.Slug)}, {Text: stateName(v.loc, c.State)}, {Text: number}, {Text: d.closing(v)}})
	}
	if len(all) == 0 {
		p.Empty = &page.Empty{Text: v.loc.T("wr.none")}
		if p.New != nil {
			p.Empty.Links = []page.Link{*p.New}
		} else {
			p.Empty.Links = []page.Link{{Href: v.at(""), Text: v.loc.T("people.desk")}}
		}
		p.New = nil
	}
	return d.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "desk_campaigns", p)
}

// may tells whether the visitor is allowed something.
func (v view) may(a accounts.Action) bool { return v.who.Place.Role.May(a) }

// heading is the campaign's title, or its address where it has none yet.
func (v view) heading() string {
	if v.title != "" {
		return v.title
	}
	return v.Slug
}

// number is how many have signed, exactly for those who may know.
func (d *Desk) number(r *http.Request, v view) (string, error) {
	if !v.State.Published() {
		return "—", nil
	}
	if !v.may(accounts.ReadNumbers) {
		return v.loc.Number(d.shown(v)), nil
	}
	n, err := d.signers(r, v.Campaign)
	return v.loc.Number(n), err
}

// shown is the number strangers see.
func (d *Desk) shown(v view) int {
	if d.Number == nil {
		return 0
	}
	if n := d.Number(v.ID); n.Version == v.Version {
		return int(n.Shown)
	}
	return 0
}

// closing is the last day and how many are left.
func (d *Desk) closing(v view) string {
	if v.Closes == "" {
		return "—"
	}
	day, today := v.loc.Date(v.Closes), campaigns.Day(d.now())
	switch {
	case !v.State.Writable():
		return day
	case v.Over(today):
		return v.loc.T("wr.closes_over", "date", day)
	}
	a, okA := today.Time()
	b, okB := v.Closes.Time()
	if !okA || !okB {
		return day
	}
	return v.loc.N("wr.closes_in", int(b.Sub(a).Hours()/24+0.5), "date", day)
}

// tabs lead to what there is of a campaign, as far as the visitor may see it.
func (d *Desk) tabs(v view, current string) *page.Tabs {
	t := &page.Tabs{Label: v.loc.T("wr.sections")}
	add := func(name, path, text string, a accounts.Action) {
		if v.may(a) {
			t.List = append(t.List, page.Tab{Href: v.at(path), Text: text, Current: name == current})
		}
	}
	here := "/campaigns/" + v.Slug
	add("", here, v.loc.T("wr.tab"), accounts.ReadDesk)
	add("edit", here+"/edit", v.loc.T("wr.tab_edit"), accounts.Edit)
	if d.Preview != nil && !v.State.Published() { // else its page is there
		add("preview", here+"/preview", v.loc.T("wr.tab_preview"), accounts.ReadDesk)
	}
	add("versions", here+"/versions", v.loc.T("wr.tab_versions"), accounts.ReadDesk)
	if v.State.Published() {
		add("news", here+"/news", v.loc.T("wr.tab_news"), accounts.ReadDesk)
		add("numbers", here+"/numbers", v.loc.T("wr.tab_numbers"), accounts.ReadNumbers)
		add("comments", "/comments/"+v.Slug, v.loc.T("mod.title"), accounts.Moderate)
		add("deliveries", "/deliveries/"+v.Slug, v.loc.T("dl.title"), accounts.Deliver)
	}
	return t
}

// CampaignPage is where a campaign stands, what it lacks and what can be done.
type CampaignPage struct {
	people.Frame
	Tabs    *page.Tabs
	Facts   [][2]string
	Missing []page.Link
	Ready   bool // nothing is missing
	Public  string
	Route   []string
	Checked string
	Moves   []Move
}

// Move is a step a campaign may take.
type Move struct {
	Text, What string
	Action, To string // a form, or
	Href       string // a page that asks first
}

// ShowCampaign shows it.
func (d *Desk) ShowCampaign(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	return d.campaign(w, r, http.StatusOK, v, "")
}

func (d *Desk) campaign(w http.ResponseWriter, r *http.Request, status int, v view, warning string) error {
	was, err := d.Store.Writing(r.Context(), v.Campaign)
	if err != nil {
		return err
	}
	p := CampaignPage{Frame: d.people.DeskFrame(r, "/campaigns/"+v.Slug, v.heading()), Tabs: d.tabs(v, "")}
	p.Lead = stateWhat(v.loc, v.State)
	if said := d.said(r, v); said != "" {
		p.Notices = append(p.Notices, page.Notice{Title: said})
	}
	if warning != "" {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: warning})
	}
	if was.Text.SaysPetition() {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: v.loc.T("wr.petition"), Texts: []string{v.loc.T("wr.petition_text")}})
	}
	number, err := d.number(r, v)
	if err != nil {
		return err
	}
	p.Facts = [][2]string{{v.loc.T("wr.state"), stateName(v.loc, v.State)}, {v.loc.T("wr.number"), number}, {v.loc.T("wr.closes"), d.closing(v)},
		{v.loc.T("wr.version"), v.loc.Number(v.Version)}}
	if v.State.Published() {
		p.Public = "/" + string(v.ui) + "/campaigns/" + v.Slug
	}
	lacks := was.Ready(was.Text, len(was.Recipients), campaigns.Day(d.now()))
	p.Ready = len(lacks) == 0 && !v.State.Published()
	for _, l := range lacks {
		p.Missing = append(p.Missing, d.lack(v, l))
	}
	d.route(&p, v, was.Text)
	p.Moves = d.moves(v, len(lacks) == 0)
	return d.pages.Render(w, r, status, page.Private, v.ui, "desk_campaign", p)
}

// said is what the form before has done.
func (d *Desk) said(r *http.Request, v view) string {
	switch r.URL.Query().Get("said") {
	case "saved":
		return v.loc.T("wr.said_saved")
	case "moved":
		return v.loc.T("wr.said_moved", "state", stateName(v.loc, v.State))
	case "news":
		return v.loc.T("wr.said_news")
	}
	return ""
}

// lack is something missing in words, with the field where it is filled in, for
// those who write.
func (d *Desk) lack(v view, l campaigns.Lack) page.Link {
	e := editing{d: d, v: v}
	id := fieldOf(l)
	text := e.label(id)
	switch l.What {
	case campaigns.NeedLanguages:
		text = v.loc.T("wr.in")
	case campaigns.NeedKeys:
		text = v.loc.T("wr.lack_keys")
	case campaigns.NeedLastDay:
		text = v.loc.T("wr.lack_closes")
	case campaigns.NeedPictureAlt:
		text = v.loc.T("wr.lack_picture") + ", " + v.loc.In(l.Lang)
	default:
		if l.Lang != "" {
			text = e.label(id[:len(id)-len("-kk")]) + ", " + v.loc.In(l.Lang)
		}
	}
	link := page.Link{Text: text}
	if v.may(accounts.Edit) {
		if link.Href = v.at("/campaigns/" + v.Slug + "/edit#" + id); l.What == campaigns.NeedPictureAlt {
			link.Href = v.at("/campaigns/" + v.Slug + "/picture")
		}
	}
	return link
}

// route looks for the subject among those the portal of petitions does not take.
func (d *Desk) route(p *CampaignPage, v view, t campaigns.Text) {
	var touched []law.ActID
	if k, err := law.ParseEditionKey(t.Base); err == nil {
		touched = append(touched, k.Act)
	}
	for _, found := range d.subjects.Check(t, touched) {
		p.Route = append(p.Route, v.loc.T("route.warning", "item", found.Subject.Item, "subject", found.Subject.Name.In(v.ui)))
	}
	if !d.subjects.Complete() {
		p.Checked = v.loc.T("route.checked", "n", len(d.subjects.Listed), "all", d.subjects.Total)
	}
}

// PreviewCampaign shows its page as strangers will see it, to members only.
func (d *Desk) PreviewCampaign(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	if d.Preview == nil {
		return fmt.Errorf("%w: there are no pages of campaigns", page.ErrNoPage)
	}
	if _, err := v.Consents(); err != nil || len(v.Languages) == 0 {
		return d.campaign(w, r, http.StatusConflict, v, v.loc.T("wr.preview_no"))
	}
	return d.Preview(w, r, v.Campaign, "/desk/"+string(v.who.Place.Organisation)+"/campaigns/"+v.Slug)
}

// move takes a campaign on and says why it cannot.
func (d *Desk) move(w http.ResponseWriter, r *http.Request, v view, to campaigns.State) error {
	err := course.Course{Store: d.Store, Keys: d.Keys}.Move(r.Context(), v.ID, to, d.entry(v, course.Did))
	if errors.Is(err, campaigns.ErrState) {
		if v, err = d.asked(r); err != nil {
			return err
		}
		return d.campaign(w, r, http.StatusConflict, v, v.loc.T("wr.move_no"))
	}
	if err != nil {
		return err
	}
	return page.See(w, r, v.at("/campaigns/"+v.Slug)+"?said=moved")
}
