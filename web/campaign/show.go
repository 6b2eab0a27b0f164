package campaign

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/picture"
	"github.com/tuzetu/tuzetu/web/read"
)

// namesShown is how many of those who agreed to be shown stand on the page.
const namesShown = 30

// ShowPage is a campaign.
type ShowPage struct {
	page.Layout
	Heading  read.Phrase
	Ask      read.Phrase
	Target   read.Phrase
	Story    []string
	StoryIn  law.Lang
	Photo    *Photo
	State    string
	Closes   law.Date
	Asked    *read.Asked
	Figures  *Figures
	Live     string       // address of the stream of numbers; "" when it does not move
	Form     *SignForm    // nil while no signatures are taken
	Preview  *page.Notice // only members see it yet
	Stands   *page.Notice // in its place
	Came     *Came
	Comments *page.Link
	Text     page.Link // the history of what is signed
	Law      Route
	Names    []string
	News     []News
	PaidBy   read.Phrase // not Funder, which is the site's
	Keys     []campaigns.Recipient
	Version  int
	SHA256   string
	Lost     string // where a lost link is asked for
	Links    []page.Link
}

// News is an update.
type News struct {
	On          law.Date
	Title, Body read.Phrase
}

// Route says what the campaign is not in law, and where to go for what has force.
type Route struct {
	Appeal   string
	Warnings []string // why the portal might not take the subject
	Checked  string   // of how many excluded subjects it was looked for
}

// Show shows a campaign.
func (c *Collector) Show(w http.ResponseWriter, r *http.Request) error {
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	p, err := c.page(r, v)
	if err != nil {
		return err
	}
	return c.pages.Render(w, r, http.StatusOK, page.Fresh, v.ui, "campaign", p)
}

func (c *Collector) page(r *http.Request, v view) (p ShowPage, err error) {
	p = ShowPage{Layout: c.layoutOf(r, v, "", ""), Heading: v.said(v.text.Title), Ask: v.said(v.text.Ask), Target: v.said(v.text.Target),
		State: c.state(v), PaidBy: v.said(v.Funder), Version: v.Version, SHA256: v.text.SHA256, Lost: v.at("/lost")}
	if v.State.TakesConfirmations() {
		p.Closes = v.Closes
	}
	p.Text = page.Link{Href: v.at("/text"), Text: v.loc.N("versions.link", v.Version)}
	p.Picture, p.JSON = true, v.path()+".json"
	story := v.said(v.text.Story)
	p.StoryIn, p.Story = story.Lang, paragraphs(story.Text)
	if p.Photo, err = c.photo(r.Context(), v); err != nil {
		return p, err
	}
	if v.text.Base != "" {
		p.Asked, err = c.rd.Asked(r, v.text.Base, v.text.Proposed)
		if err != nil && !errors.Is(err, law.ErrNotFound) {
			return p, err
		}
	}
	if p.Figures, err = c.figures(r.Context(), v); err != nil {
		return p, err
	}
	if v.open(campaigns.Day(c.now())) {
		p.Live = v.at("/live")
		if p.Form, err = c.blank(v); err != nil {
			return p, err
		}
	} else {
		p.Stands = c.standing(v)
	}
	if p.Came, err = c.came(r.Context(), v); err != nil {
		return p, err
	}
	if p.Comments, err = c.discussed(r.Context(), v); err != nil {
		return p, err
	}
	p.Law = c.route(v)
	if p.Keys, err = c.Store.Recipients(r.Context(), v.ID); err != nil {
		return p, err
	}
	shown, err := c.Store.ShownNames(r.Context(), v.ID, v.Version, 0, namesShown)
	if err != nil {
		return p, err
	}
	for _, k := range shown {
		name, err := c.Intake.ShownName(k)
		if err != nil {
			return p, fmt.Errorf("a shown name: %w", err)
		}
		p.Names = append(p.Names, page.Plain(name))
	}
	news, err := c.Store.Updates(r.Context(), v.ID)
	if err != nil {
		return p, err
	}
	for _, u := range news {
		p.News = append(p.News, News{campaigns.Day(u.At), v.said(u.Title), v.said(u.Body)})
	}
	p.Links = v.share(p.Layout)
	return p, nil
}

// share are the ways to tell others. Each is the same for everybody and does not
// say who signed.
func (v view) share(l page.Layout) []page.Link {
	return []page.Link{
		{Href: l.Origin + v.at(""), Text: v.loc.T("share.address")},
		{Href: v.at(".png"), Text: v.loc.T("share.image")},
		{Href: v.at("/sheet"), Text: v.loc.T("share.sheet")},
	}
}

func paragraphs(text string) []string {
	var out []string
	for p := range strings.SplitSeq(text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// route looks for the subject of the campaign among those that the portal of
// petitions does not take.
func (c *Collector) route(v view) Route {
	out := Route{Appeal: v.at("/appeal")}
	var touched []law.ActID
	if k, err := law.ParseEditionKey(v.text.Base); err == nil {
		touched = append(touched, k.Act)
	}
	for _, w := range c.subjects.Check(v.text.Text, touched) {
		out.Warnings = append(out.Warnings, v.loc.T("route.warning", "item", w.Subject.Item, "subject", v.said(w.Subject.Name).Text))
	}
	if !c.subjects.Complete() {
		out.Checked = v.loc.T("route.checked", "n", len(c.subjects.Listed), "all", c.subjects.Total)
	}
	return out
}

// JSON is the campaign for programs.
func (c *Collector) JSON(w http.ResponseWriter, r *http.Request) error {
	r.SetPathValue("slug", strings.TrimSuffix(r.PathValue("slug"), ".json"))
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	n := c.number(v)
	p, ok, err := c.partsOf(r.Context(), v, n)
	if err != nil {
		return err
	}
	came, err := c.came(r.Context(), v)
	if err != nil {
		return err
	}
	delivered, answers := came.twin()
	counts, err := c.Store.CountComments(r.Context(), v.ID)
	if err != nil {
		return err
	}
	photo, err := c.photo(r.Context(), v)
	if err != nil {
		return err
	}
	out := map[string]any{
		"photo": photo, "slug": v.Slug, "title": v.text.Title, "ask": v.text.Ask, "target": v.text.Target, "state": v.State, "closes": v.Closes,
		"goal": v.Goal, "signatures": n.Shown, "as_of": n.ShownAt, "version": v.Version, "text_sha256": v.text.SHA256,
		"base": v.text.Base, "proposed": v.text.Proposed, "milestones": milestonesTwin(v, n.Shown), "levels": nil, "regions": nil,
		"comments": counts[campaigns.CommentPublished], "delivered": delivered, "answers": answers,
	}
	if ok {
		out["levels"], out["regions"] = partsJSON(p.levels), partsJSON(p.areas)
	}
	return page.WriteJSON(w, r, http.StatusOK, page.Fresh, out)
}

// partsJSON is a count for each part, null where it is hidden.
func partsJSON(all []campaigns.Part) map[string]*int64 {
	out := map[string]*int64{}
	for _, p := range all {
		if out[p.Name] = nil; !p.Hidden {
			out[p.Name] = &p.N
		}
	}
	return out
}

type milestoneTwin struct {
	At      int             `json:"at"`
	Then    campaigns.Words `json:"then"`
	Reached bool            `json:"reached"`
}

func milestonesTwin(v view, shown int64) []milestoneTwin {
	out := []milestoneTwin{}
	for _, m := range v.Milestones {
		out = append(out, milestoneTwin{m.At, m.Then, shown >= int64(m.At)})
	}
	return out
}

// Picture is drawn for those who share the page: what is asked and the count.
func (c *Collector) Picture(w http.ResponseWriter, r *http.Request) error {
	r.SetPathValue("slug", strings.TrimSuffix(r.PathValue("slug"), ".png"))
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	n := int(c.number(v).Shown)
	title := v.said(v.text.Title)
	card := picture.Card{Lang: title.Lang, Head: v.loc.T("campaign.kick", "target", v.said(v.text.Target).Text), Title: title.Text,
		Count: v.loc.Number(n), Label: v.loc.N("campaign.of", v.Goal)}
	if v.Closes != "" {
		card.Dates = v.loc.T("campaign.until", "date", v.loc.Date(v.Closes), "dateto", v.loc.DateTo(v.Closes))
	}
	const height = 16
	done := picture.RibbonWidth * min(1, float64(n)/float64(max(v.Goal, 1)))
	card.Bars = []picture.Bar{{X: 0, W: picture.RibbonWidth, H: height}, {X: 0, W: done, H: height, Changed: true}}
	card.Bases = []picture.Base{{X1: 0, X2: picture.RibbonWidth}}
	return c.rd.Draw(w, r, card, page.Fresh)
}
