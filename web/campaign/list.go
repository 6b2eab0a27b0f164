package campaign

import (
	"net/http"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// ListPage is all campaigns that strangers may see.
type ListPage struct {
	page.Layout
	Lead  string // how many of how many
	Tabs  page.Tabs
	Items []ListItem
	Empty page.Empty
}

// ListItem is a campaign in the list.
type ListItem struct {
	Href   string
	Title  read.Phrase
	Ask    read.Phrase
	Target read.Phrase
	State  string
	Facts  []page.Fact
	Open   bool
}

// stage is what of a campaign's states strangers tell apart.
type stage struct {
	name, key string
	states    []campaigns.State
}

func stages() []stage {
	return []stage{
		{"open", "state.live", []campaigns.State{campaigns.Live, campaigns.Paused}},
		{"delivered", "state.delivered", []campaigns.State{campaigns.Delivered}},
		{"answered", "state.answered", []campaigns.State{campaigns.Answered}},
		{"closed", "state.closed", []campaigns.State{campaigns.Closed}},
	}
}

// List shows the campaigns.
func (c *Collector) List(w http.ResponseWriter, r *http.Request) error {
	ui := page.UI(r)
	loc := c.pages.Locale(ui)
	all, err := c.Store.Campaigns(r.Context())
	if err != nil {
		return err
	}
	p := ListPage{Layout: c.layout(r, ui, "/campaigns")}
	p.Title, p.Description = loc.T("menu.campaigns"), loc.T("campaigns.lead")
	p.Crumbs = []page.Link{{Href: "/" + string(ui), Text: loc.T("site.name"), Lang: law.KK}, {Text: loc.T("menu.campaigns")}}
	wanted, here := r.URL.Query().Get("state"), "/"+string(ui)+"/campaigns"
	counts, shown := map[string]int{}, 0
	for _, found := range all {
		if !found.State.Published() {
			continue
		}
		shown++
		for _, s := range stages() {
			for _, st := range s.states {
				if st != found.State {
					continue
				}
				counts[s.name]++
				if wanted == "" || wanted == s.name {
					item, err := c.item(r, found)
					if err != nil {
						return err
					}
					p.Items = append(p.Items, item)
				}
			}
		}
	}
	if c.Target > 0 {
		p.Lead = loc.N("campaigns.of", shown, "target", loc.Number(c.Target))
	}
	p.Tabs.Label = loc.T("campaigns.filter")
	p.Tabs.List = append(p.Tabs.List, page.Tab{Href: here, Text: loc.T("campaigns.all"), Current: wanted == ""})
	for _, s := range stages() {
		if counts[s.name] > 0 || wanted == s.name {
			p.Tabs.List = append(p.Tabs.List, page.Tab{Href: here + "?state=" + s.name, Text: loc.T(s.key), Current: wanted == s.name})
		}
		if wanted == s.name {
			p.Query = "state=" + s.name
		}
	}
	p.Empty = page.Empty{Text: loc.T("campaigns.none")}
	if shown > 0 {
		p.Empty.Links = []page.Link{{Href: here, Text: loc.T("campaigns.all")}}
	}
	return c.pages.Render(w, r, http.StatusOK, page.Fresh, ui, "campaigns", p)
}

func (c *Collector) item(r *http.Request, found campaigns.Campaign) (ListItem, error) {
	v, err := c.viewOf(r, found)
	if err != nil {
		return ListItem{}, err
	}
	n := int(c.number(v).Shown)
	today := campaigns.Day(c.now())
	item := ListItem{
		Href: v.at(""), Title: v.said(v.text.Title), Ask: v.said(v.text.Ask), Target: v.said(v.text.Target),
		State: c.state(v), Open: v.open(today),
		Facts: []page.Fact{{Value: v.loc.Number(n), Word: v.loc.N("campaign.of", v.Goal)}},
	}
	if left, ok := days(today, v.Closes); ok && item.Open {
		item.Facts = append(item.Facts, page.Fact{Value: v.loc.Number(left), Word: v.loc.N("campaigns.days", left)})
	}
	return item, nil
}

// state is where a campaign stands, as strangers are told.
func (c *Collector) state(v view) string {
	switch v.State {
	case campaigns.Live:
		if !v.open(campaigns.Day(c.now())) {
			return v.loc.T("state.over")
		}
		return v.loc.T("state.live")
	case campaigns.Paused:
		return v.loc.T("state.paused")
	case campaigns.Delivered:
		return v.loc.T("state.delivered")
	case campaigns.Answered:
		return v.loc.T("state.answered")
	}
	return v.loc.T("state.closed")
}
