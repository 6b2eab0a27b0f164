package desk

import (
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// VersionsPage is the versions of a campaign's text, and two of them compared.
type VersionsPage struct {
	people.Frame
	Tabs     *page.Tabs
	Table    page.Table
	From, To page.Field // to choose from; no options where there is one version
	Compared string     // heading of Changes
	Changes  []Reworded
	Same     bool
	Empty    *page.Empty
}

// Reworded is a part of the text as a redline.
type Reworded struct {
	Name  string
	Lang  law.Lang
	Lines [][]read.Span
}

// Versions shows them.
func (d *Desk) Versions(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	p := VersionsPage{Frame: d.people.DeskFrame(r, "/campaigns/"+v.Slug+"/versions", v.heading()), Tabs: d.tabs(v, "versions")}
	p.Lead = v.loc.T("wr.versions_lead")
	p.Table = page.Table{Caption: v.loc.T("wr.tab_versions"), Head: []string{v.loc.T("wr.version"), v.loc.T("wr.number"), v.loc.T("wr.sum")}}
	for n := v.Version; n > 0; n-- {
		text, err := d.Store.Text(r.Context(), v.ID, n)
		if err != nil {
			return err
		}
		signed := "—"
		if v.may(accounts.ReadNumbers) {
			c := v.Campaign
			c.Version = n
			count, err := d.signers(r, c)
			if err != nil {
				return err
			}
			signed = v.loc.Number(count)
		}
		p.Table.Rows = append(p.Table.Rows, []page.Cell{{Text: v.loc.Number(n)}, {Text: signed}, {Text: text.SHA256}})
	}
	if v.Version == 0 {
		p.Empty = &page.Empty{Text: v.loc.T("wr.versions_none"), Links: []page.Link{{Href: v.at("/campaigns/" + v.Slug), Text: v.loc.T("wr.tab")}}}
	}
	if v.Version > 1 {
		if err := d.compared(r, v, &p); err != nil {
			return err
		}
	}
	return d.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "desk_versions", p)
}

// compared fills in the two versions an address names, else the last two.
func (d *Desk) compared(r *http.Request, v view, p *VersionsPage) error {
	two := page.PickVersions(r, v.loc, v.Version, "")
	p.From, p.To, p.Query = two.From, two.To, two.Query
	a, err := d.Store.Text(r.Context(), v.ID, two.A)
	if err != nil {
		return err
	}
	b, err := d.Store.Text(r.Context(), v.ID, two.B)
	if err != nil {
		return err
	}
	p.Compared = v.loc.T("wr.compared", "a", two.A, "b", two.B)
	e := editing{d: d, v: v}
	old, fresh := campaigns.Writing{Text: a.Text}, campaigns.Writing{Text: b.Text}
	for _, lang := range law.Langs {
		for _, x := range wordsOf {
			if lines := read.Rewritten(lang, (*x.of(&old))[lang], (*x.of(&fresh))[lang]); len(lines) > 0 {
				p.Changes = append(p.Changes, Reworded{e.label(x.name) + ", " + v.loc.In(lang), lang, lines})
			}
		}
	}
	for _, x := range [...]struct{ name, a, b string }{{"base", a.Base, b.Base}, {"proposed", a.Proposed, b.Proposed}} {
		if x.a != x.b {
			p.Changes = append(p.Changes, Reworded{e.label(x.name), v.ui, [][]read.Span{{{Kind: "del", Text: orDash(x.a)}, {Text: " "}, {Kind: "ins", Text: orDash(x.b)}}}})
		}
	}
	p.Same = len(p.Changes) == 0
	return nil
}
