package desk

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// NumbersPage is the exact counts of a campaign, which strangers do not see.
type NumbersPage struct {
	people.Frame
	Tabs   *page.Tabs
	Facts  []page.Fact
	Check  page.Link // asks for a recount
	Tables []page.Table
	Empty  bool
}

// Numbers shows them; with ?recount they are compared with the signatures.
func (d *Desk) Numbers(w http.ResponseWriter, r *http.Request) error {
	v, err := d.published(r)
	if err != nil {
		return err
	}
	path := "/campaigns/" + v.Slug + "/numbers"
	p := NumbersPage{Frame: d.people.DeskFrame(r, path, v.heading()), Tabs: d.tabs(v, "numbers")}
	p.Lead, p.Check = v.loc.T("wr.numbers_lead"), page.Link{Href: v.at(path) + "?recount=1", Text: v.loc.T("wr.recount")}
	tallies, err := d.Store.Tallies(r.Context(), v.ID, v.Version)
	if err != nil {
		return err
	}
	levels, regions, langs, days, all := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, 0
	for _, t := range tallies {
		n := int(t.N)
		all += n
		levels[levelName(v, t.Level)] += n
		regions[d.regionName(v, t.Region)] += n
		langs[v.loc.In(t.Lang)] += n
		days[string(t.Day)] += n
	}
	p.Facts = []page.Fact{{Value: v.loc.Number(all), Word: v.loc.T("wr.exact")}, {Value: v.loc.Number(d.shown(v)), Word: v.loc.T("wr.shown")},
		{Value: v.loc.Number(v.Goal), Word: v.loc.T("wr.goal")}}
	if err := d.recount(r, v, &p); err != nil {
		return err
	}
	p.Empty = all == 0
	table := func(caption, head string, counts map[string]int, order func(a, b string) int, name func(string) string) {
		t := page.Table{Caption: caption, Head: []string{head, v.loc.T("wr.number")}}
		for _, key := range slices.SortedFunc(maps.Keys(counts), order) {
			t.Rows = append(t.Rows, []page.Cell{{Text: name(key)}, {Text: v.loc.Number(counts[key])}})
		}
		p.Tables = append(p.Tables, t)
	}
	same := func(s string) string { return s }
	most := func(counts map[string]int) func(a, b string) int {
		return func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) }
	}
	if !p.Empty {
		table(v.loc.T("wr.by_day"), v.loc.T("wr.day"), days, func(a, b string) int { return cmp.Compare(b, a) }, func(s string) string { return v.loc.Date(law.Date(s)) })
		table(v.loc.T("wr.by_region"), v.loc.T("sign.region"), regions, most(regions), same)
		table(v.loc.T("wr.by_level"), v.loc.T("levels"), levels, most(levels), same)
		table(v.loc.T("wr.by_lang"), v.loc.T("wr.form_lang"), langs, most(langs), same)
	}
	return d.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "desk_numbers", p)
}

// recount compares every count with the signatures, if that was asked for: it
// reads all of them.
func (d *Desk) recount(r *http.Request, v view, p *NumbersPage) error {
	counted, err := d.Store.Counted(r.Context(), v.ID)
	if err != nil {
		return err
	}
	if !counted {
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("wr.counting")})
	}
	if r.URL.Query().Get("recount") == "" {
		return nil
	}
	p.Query = "recount=1"
	drift, err := d.Store.Recount(r.Context())
	if err != nil {
		return err
	}
	off := 0
	for _, x := range drift {
		if x.Campaign == v.ID {
			off += int(max(x.By, -x.By))
		}
	}
	if off == 0 {
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("wr.drift_none")})
	} else {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: v.loc.N("wr.drift", off), Texts: []string{v.loc.T("wr.drift_text")}})
	}
	return nil
}

func (d *Desk) regionName(v view, code string) string {
	for _, r := range d.regions {
		if r.Code == code {
			return r.Name.In(v.ui)
		}
	}
	return code
}

func levelName(v view, l campaigns.Level) string {
	if l == campaigns.OnPaper {
		return v.loc.T("level.paper")
	}
	return v.loc.T("level.email")
}
