package proposal

import (
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// ListPage is the proposals of an organisation, or of one of its dossiers.
type ListPage struct {
	people.Frame
	New   *page.Link
	Table page.Table
	Empty *page.Empty
}

// List shows them.
func (ps *Proposals) List(w http.ResponseWriter, r *http.Request) error {
	v := ps.view(r)
	ctx := r.Context()
	p := ListPage{Frame: ps.people.DeskFrame(r, "/proposals", v.loc.T("prop.list"))}
	p.Lead = v.loc.T("prop.list_lead")
	all, err := ps.Store.Dossiers(ctx, v.org())
	if err != nil {
		return err
	}
	titles, dossier := map[dossiers.DossierID]string{}, dossiers.DossierID(0)
	for _, d := range all {
		titles[d.ID] = d.Title.In(v.ui)
		if strconv.FormatInt(int64(d.ID), 10) == r.URL.Query().Get("dossier") {
			dossier, p.Lead = d.ID, d.Title.In(v.ui)
			p.Query = "dossier=" + r.URL.Query().Get("dossier")
		}
	}
	list, err := ps.Store.Proposals(ctx, v.org(), dossier)
	if err != nil {
		return err
	}
	p.Table = page.Table{Caption: v.loc.T("prop.list"), Head: []string{v.loc.T("prop.title"), v.loc.T("prop.dossier"), v.loc.T("prop.status"), v.loc.T("prop.version"), v.loc.T("prop.published")}}
	for _, x := range list {
		v.Proposal = x
		record, err := ps.Store.Record(ctx, v.org(), x.ID)
		if err != nil {
			return err
		}
		published := "—"
		if x.Published > 0 {
			published = v.loc.T("wr.version_n", "n", x.Published)
		}
		version := v.loc.Number(x.Newest)
		if x.Recorded() {
			version, published = "—", v.loc.T("prop.recorded")
		}
		p.Table.Rows = append(p.Table.Rows, []page.Cell{{Text: x.Title.In(v.ui), Href: v.at(""), Lang: read.Said(x.Title, v.ui).Lang}, {Text: titles[x.Dossier]},
			{Text: ps.statusName(v.ui, record.Standing().Status)}, {Text: version}, {Text: published}})
	}
	if v.may(accounts.Edit) && len(all) > 0 {
		p.New = &page.Link{Href: v.desk("/proposals/new"), Text: v.loc.T("prop.new")}
		if dossier != 0 {
			p.New.Href += "?" + p.Query
		}
	}
	if len(list) == 0 {
		p.Empty = &page.Empty{Text: v.loc.T("prop.none")}
		if p.New != nil {
			p.Empty.Links = []page.Link{*p.New}
		} else if len(all) == 0 {
			p.Empty.Text = v.loc.T("prop.no_dossier")
			p.Empty.Links = []page.Link{{Href: v.desk("/dossiers"), Text: v.loc.T("prop.dossiers")}}
		}
	}
	return ps.render(w, r, http.StatusOK, "proposals", p)
}

// ShowPage is where a proposal stands, for its organisation.
type ShowPage struct {
	people.Frame
	Tabs   *page.Tabs
	Facts  []page.Fact
	Draft  *page.Notice
	Steps  []page.Link
	Parity *Parity
}

// Show shows it.
func (ps *Proposals) Show(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.asked(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := ShowPage{}
	p.Frame, p.Tabs = ps.frame(r, v, "")
	switch r.URL.Query().Get("said") {
	case "saved":
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("prop.said_saved", "n", v.Newest)})
	case "about":
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("prop.said_about")})
	case "published":
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("prop.said_published", "n", v.Published)})
	}
	if p.Facts, err = ps.facts(ctx, v); err != nil {
		return err
	}
	if !v.Recorded() {
		if err := ps.steps(ctx, v, &p); err != nil {
			return err
		}
		if p.Parity, err = ps.parity(ctx, v); err != nil {
			return err
		}
	}
	return ps.render(w, r, http.StatusOK, "proposal_desk", p)
}
