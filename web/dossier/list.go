package dossier

import (
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// ListPage is the dossiers of an organisation.
type ListPage struct {
	people.Frame
	New   *page.Link // nil for those who do not write
	Table page.Table
	Empty *page.Empty
}

// List shows them, the newest first.
func (d *Dossiers) List(w http.ResponseWriter, r *http.Request) error {
	v := d.view(r)
	all, err := d.Store.Dossiers(r.Context(), v.org())
	if err != nil {
		return err
	}
	p := ListPage{Frame: d.people.DeskFrame(r, "/dossiers", v.loc.T("dos.list"))}
	p.Lead = v.loc.T("dos.list_lead")
	if v.may(accounts.Edit) {
		p.New = &page.Link{Href: v.desk("/dossiers/new"), Text: v.loc.T("dos.new")}
	}
	p.Table = page.Table{Caption: v.loc.T("dos.list"), Head: []string{v.loc.T("prop.dossier"), v.loc.T("dos.stage"), v.loc.T("dos.due"), v.loc.T("dos.seen")}}
	for _, one := range all {
		v.Dossier = one
		t, err := d.timeline(r.Context(), v)
		if err != nil {
			return err
		}
		title, stage, due := v.said(one.Title), t.Last(), "—"
		if len(t.Open) > 0 {
			due = t.Open[0].Day + ", " + t.Open[0].Left
		}
		p.Table.Rows = append(p.Table.Rows, []page.Cell{{Text: title.Text, Lang: title.Lang, Href: v.at("")}, {Text: stage.Text, Lang: stage.Lang}, {Text: due}, {Text: v.seen()}})
	}
	if len(all) == 0 {
		p.Empty = &page.Empty{Text: v.loc.T("dos.none"), Links: []page.Link{{Href: v.desk(""), Text: v.loc.T("people.desk")}}}
		if p.New != nil {
			p.Empty.Links, p.New = []page.Link{*p.New}, nil
		}
	}
	return d.render(w, r, http.StatusOK, "dossier_list", p)
}

// seen says who sees a dossier.
func (v view) seen() string {
	if v.Public {
		return v.loc.T("dos.public")
	}
	return v.loc.T("dos.private")
}

// DeskPage is a dossier for its organisation.
type DeskPage struct {
	people.Frame
	Facts    [][2]string
	Acts     []page.Link
	Actions  []page.Link
	Timeline Timeline
	Writes   bool
	Empty    *page.Empty
}

// Show shows it.
func (d *Dossiers) Show(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	p := DeskPage{Frame: d.frame(r, v, "", v.said(v.Title).Text), Writes: v.may(accounts.Edit)}
	summary := v.said(v.Summary)
	p.HeadingIn, p.Lead, p.LeadIn = v.said(v.Title).Lang, summary.Text, summary.Lang
	if said := v.done(r.URL.Query().Get("said")); said != "" {
		p.Notices = append(p.Notices, page.Notice{Title: said})
	}
	if p.Timeline, err = d.timeline(r.Context(), v); err != nil {
		return err
	}
	if p.Acts, err = d.acts(r.Context(), v); err != nil {
		return err
	}
	means := v.loc.T("dos.private_means")
	if v.Public {
		means = v.loc.T("dos.public_means")
	}
	p.Facts = [][2]string{{v.loc.T("dos.seen"), v.seen() + ". " + means}, {v.loc.T("wr.slug"), "/dossiers/" + v.Slug}}
	if v.History {
		p.Facts = append(p.Facts, [2]string{v.loc.T("dos.history"), v.loc.T("dos.history_means")})
	}
	link := func(href, text string) { p.Actions = append(p.Actions, page.Link{Href: href, Text: text}) }
	if p.Writes {
		link(v.at("/stages/new"), v.loc.T("dos.stage_new"))
		link(v.at("/documents/new"), v.loc.T("dos.document_new"))
		link(v.at("/deadlines/new"), v.loc.T("dos.deadline_new"))
		link(v.at("/edit"), v.loc.T("dos.edit"))
	}
	link(v.desk("/proposals?dossier="+strconv.FormatInt(int64(v.ID), 10)), v.loc.T("prop.list"))
	if v.Public {
		link(v.public(""), v.loc.T("dos.page"))
	}
	if p.Timeline.None() {
		p.Empty = &page.Empty{Text: v.loc.T("dos.no_stages")}
	}
	if p.Writes {
		d.editable(v, &p.Timeline)
	}
	return d.render(w, r, http.StatusOK, "dossier_desk", p)
}

// editable puts beside each part where it is changed and taken out.
func (d *Dossiers) editable(v view, t *Timeline) {
	links := func(kind string, n int, edit, remove string) []page.Link {
		at := v.at("/" + kind + "/" + strconv.Itoa(n))
		return []page.Link{{Href: at, Text: edit}, {Href: at + "/remove", Text: remove}}
	}
	change, remove := v.loc.T("dos.change"), v.loc.T("dos.remove")
	documents := func(all []DocumentView) {
		for i := range all {
			all[i].Links = links("documents", all[i].Number, change, remove)
		}
	}
	deadlines := func(all []DeadlineView) {
		for i := range all {
			if all[i].Number > 0 {
				all[i].Links = links("deadlines", all[i].Number, change, remove)
			}
		}
	}
	for i := range t.Stages {
		s := &t.Stages[i]
		s.Links = links("stages", s.Number, change, remove)
		documents(s.Documents)
		deadlines(s.Deadlines)
	}
	documents(t.Documents)
	deadlines(t.Deadlines)
}

// done is what the form before has done, as the address names it.
func (v view) done(what string) string {
	switch what {
	case "made":
		return v.loc.T("dos.said_made")
	case "saved":
		return v.loc.T("dos.said_saved")
	case "removed":
		return v.loc.T("dos.said_removed")
	}
	return ""
}
