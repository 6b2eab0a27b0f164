package dossier

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/picture"
	"github.com/tuzetu/tuzetu/web/read"
)

// AllPage is all dossiers that strangers may see.
type AllPage struct {
	page.Layout
	Items []AllItem
	Empty page.Empty
}

// AllItem is a dossier in the list.
type AllItem struct {
	Href    string
	Title   read.Phrase
	Summary read.Phrase
	Owner   read.Phrase
	Stage   read.Phrase
	Next    *DeadlineView
	Facts   []page.Fact
}

// All lists the public dossiers.
func (d *Dossiers) All(w http.ResponseWriter, r *http.Request) error {
	v := d.view(r)
	all, err := d.Store.PublicDossiers(r.Context())
	if err != nil {
		return err
	}
	p := AllPage{Layout: d.pages.Frame(r, v.ui, "/dossiers")}
	p.Title, p.Description, p.Sheet, p.JSON = v.loc.T("dos.list"), v.loc.T("dos.all_lead"), "dossier.css", "/dossiers.json"
	p.Crumbs = []page.Link{{Href: "/" + string(v.ui), Text: v.loc.T("site.name"), Lang: law.KK}, {Text: v.loc.T("dos.list")}}
	p.Empty = page.Empty{Text: v.loc.T("dos.all_none"), Links: []page.Link{{Href: "/" + string(v.ui), Text: v.loc.T("menu.laws")}}}
	twins := []twin{}
	for _, one := range all {
		v.Dossier = one
		told, err := d.tell(r.Context(), v)
		if err != nil {
			return err
		}
		if strings.HasSuffix(r.URL.Path, ".json") {
			twins = append(twins, d.twin(v, told))
			continue
		}
		item := AllItem{Href: v.public(""), Title: v.said(one.Title), Summary: v.said(one.Summary), Owner: told.owner, Stage: told.timeline.Last(), Facts: v.facts(told)}
		if len(told.timeline.Open) > 0 {
			item.Next = &told.timeline.Open[0]
		}
		p.Items = append(p.Items, item)
	}
	if strings.HasSuffix(r.URL.Path, ".json") {
		return page.WriteJSON(w, r, http.StatusOK, page.Fresh, map[string]any{"dossiers": twins})
	}
	return d.pages.Render(w, r, http.StatusOK, page.Fresh, v.ui, "dossiers", p)
}

// told is all that everybody may know of a dossier.
type told struct {
	timeline  Timeline
	documents []dossiers.Document
	deadlines []dossiers.Deadline
	records   []dossiers.Record
	owner     read.Phrase
	acts      []page.Link
	campaigns []page.Link
}

func (d *Dossiers) tell(ctx context.Context, v view) (x told, err error) {
	if x.timeline, err = d.timeline(ctx, v); err != nil {
		return x, err
	}
	if x.documents, err = d.Store.Documents(ctx, v.ID); err != nil {
		return x, err
	}
	if x.deadlines, err = d.Store.DeadlinesOf(ctx, v.ID); err != nil {
		return x, err
	}
	if x.records, err = d.Store.PublicRecords(ctx, v.ID); err != nil {
		return x, err
	}
	o, err := d.Store.Organisation(ctx, accounts.OrganisationID(v.Org))
	if err != nil {
		return x, err
	}
	names := law.Words{}
	for lang, name := range o.Names {
		names[law.Lang(lang)] = name
	}
	x.owner = v.said(names)
	if x.acts, err = d.acts(ctx, v); err != nil {
		return x, err
	}
	x.campaigns, err = d.belonging(ctx, v, x.records)
	return x, err
}

// belonging are the campaigns for what was published of the dossier's proposals.
func (d *Dossiers) belonging(ctx context.Context, v view, records []dossiers.Record) (out []page.Link, err error) {
	var asked []law.EditionKey
	for _, rec := range records {
		if rec.Published == 0 {
			continue
		}
		published, err := d.Store.Publications(ctx, rec.ID)
		if err != nil {
			return nil, err
		}
		for _, one := range published {
			for _, k := range one.Editions {
				k.Lang = "" // a campaign names the text in one language and is about all
				asked = append(asked, k)
			}
		}
	}
	if len(asked) == 0 {
		return nil, nil
	}
	all, err := d.Store.Campaigns(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if !c.State.Published() {
			continue
		}
		text, err := d.Store.Text(ctx, c.ID, c.Version)
		if err != nil {
			return nil, err
		}
		k, err := law.ParseEditionKey(text.Proposed)
		if k.Lang = ""; err != nil || !slices.Contains(asked, k) {
			continue
		}
		title := v.said(law.Words(text.Title))
		out = append(out, page.Link{Href: "/" + string(v.ui) + "/campaigns/" + c.Slug, Text: title.Text, Lang: title.Lang})
	}
	return out, nil
}

// facts are the numbers of a dossier.
func (v view) facts(x told) []page.Fact {
	count := func(n int, word string) page.Fact { return page.Fact{Value: v.loc.Number(n), Word: word} }
	out := []page.Fact{count(len(x.timeline.Stages), v.loc.N("dos.n_stages", len(x.timeline.Stages))),
		count(len(x.documents), v.loc.N("dos.n_documents", len(x.documents))), count(len(x.records), v.loc.N("dos.n_proposals", len(x.records)))}
	return slices.DeleteFunc(out, func(f page.Fact) bool { return f.Value == "0" })
}

// ShowPage is the public page of a dossier.
type ShowPage struct {
	page.Layout
	Heading    read.Phrase
	Summary    read.Phrase
	Owner      read.Phrase
	Acts       []page.Link
	History    bool
	Facts      []page.Fact
	Timeline   Timeline
	Tally      []TallyView
	Scoreboard string
	Proposals  []ProposalView
	Campaigns  []page.Link
	Calendar   string // of the open deadlines, "" where there is none
}

// TallyView is how many proposals have a status.
type TallyView struct {
	Status dossiers.Status
	Name   string
	N      int
}

// ProposalView is what was asked for and what became of it.
type ProposalView struct {
	N        int
	Href     string
	Title    read.Phrase
	Author   read.Phrase
	Status   dossiers.Status
	Word     string
	Unsure   bool // only a comparison says so
	Reason   read.Phrase
	Places   []page.Link
	Survived string
}

// Page shows a dossier to everybody: as a page, for programs, as a calendar, or as
// a picture.
func (d *Dossiers) Page(w http.ResponseWriter, r *http.Request) error {
	slug, ending := r.PathValue("slug"), ""
	for _, e := range []string{".json", ".ics", ".png"} {
		if name, ok := strings.CutSuffix(slug, e); ok {
			slug, ending = name, e
		}
	}
	v, err := d.askedPublic(r, slug)
	if err != nil {
		return err
	}
	x, err := d.tell(r.Context(), v)
	if err != nil {
		return err
	}
	switch ending {
	case ".json":
		return page.WriteJSON(w, r, http.StatusOK, page.Fresh, d.twin(v, x))
	case ".ics":
		return d.calendar(w, r, v, x)
	case ".png":
		return d.picture(w, r, v, x)
	}
	p, err := d.page(r, v, x)
	if err != nil {
		return err
	}
	return d.pages.Render(w, r, http.StatusOK, page.Fresh, v.ui, "dossier", p)
}

// askedPublic is the public dossier of an address.
func (d *Dossiers) askedPublic(r *http.Request, slug string) (v view, err error) {
	v = d.view(r)
	v.who = people.Visitor{} // the page is the same whoever asks
	v.Dossier, err = d.Store.PublicDossier(r.Context(), slug)
	return v, page.Missing(err, dossiers.ErrNotFound)
}

func (d *Dossiers) page(r *http.Request, v view, x told) (ShowPage, error) {
	here := "/dossiers/" + v.Slug
	p := ShowPage{Layout: d.pages.Frame(r, v.ui, here), Heading: v.said(v.Title), Summary: v.said(v.Summary), Owner: x.owner, Acts: x.acts, History: v.History,
		Facts: v.facts(x), Timeline: x.timeline, Campaigns: x.campaigns, Scoreboard: v.public("/scoreboard")}
	p.Title, p.Sheet, p.JSON, p.Picture, p.Feed = p.Heading.Text, "dossier.css", here+".json", true, here
	p.Description = page.Clip(strings.Join(strings.Fields(p.Summary.Text), " "), 200)
	if p.Description == "" {
		p.Description = v.loc.T("dos.all_lead")
	}
	p.Data = d.linked(p.Layout, v, x)
	p.Crumbs = []page.Link{{Href: "/" + string(v.ui), Text: v.loc.T("site.name"), Lang: law.KK}, {Href: "/" + string(v.ui) + "/dossiers", Text: v.loc.T("dos.list")}, {Text: p.Heading.Text, Lang: p.Heading.Lang}}
	if len(x.timeline.Open) > 0 {
		p.Calendar = v.public(".ics")
	}
	score := dossiers.Score(x.records, d.words)
	for _, s := range d.words {
		if n := score.Statuses[s.ID]; n > 0 {
			p.Tally = append(p.Tally, TallyView{s.ID, v.said(s.Name).Text, n})
		}
	}
	places := placer{d: d, v: v, heads: map[law.ActID][]law.EditionHead{}}
	for i, rec := range x.records {
		one, err := d.proposal(r.Context(), v, i+1, rec, &places)
		if err != nil {
			return p, err
		}
		p.Proposals = append(p.Proposals, one)
	}
	return p, nil
}

func (d *Dossiers) proposal(ctx context.Context, v view, n int, rec dossiers.Record, at *placer) (ProposalView, error) {
	stands := rec.Standing()
	out := ProposalView{N: n, Href: fmt.Sprintf("/%s/proposals/%d", v.ui, rec.ID), Title: v.said(rec.Title), Author: v.said(rec.Author), Status: stands.Status, Word: string(stands.Status)}
	if info, ok := d.words.Find(stands.Status); ok {
		out.Word = v.said(info.Name).Text
	}
	out.Unsure = !stands.Confirmed && stands.Status != dossiers.Pending
	places, day := rec.Places, law.Date("")
	if c := stands.Confirmation; c != nil {
		out.Reason, day = v.said(c.Reason), c.Day
		if len(c.Places) > 0 {
			places = c.Places
		}
	}
	if s := stands.Suggestion; s != nil && s.Status != dossiers.Rejected {
		out.Survived = v.loc.T("dos.survived", "share", v.loc.Percent(math.Round(100*s.Survived)/100))
	}
	for _, x := range places {
		link, err := at.link(ctx, x, day)
		if err != nil {
			return out, err
		}
		out.Places = append(out.Places, link)
	}
	return out, nil
}

// placer finds the texts in which provisions stand.
type placer struct {
	d     *Dossiers
	v     view
	heads map[law.ActID][]law.EditionHead
}

// link leads to a provision in the first text since the day it was enacted, as
// its address is exact in that; one of an act that is not followed leads nowhere.
func (p *placer) link(ctx context.Context, x dossiers.Place, since law.Date) (page.Link, error) {
	out := page.Link{Text: read.Cited(x.Address).In(p.v.ui)}
	if _, known := p.heads[x.Act]; !known {
		var err error
		if p.heads[x.Act], err = p.d.Store.Editions(ctx, x.Act); err != nil {
			return out, err
		}
	}
	for _, lang := range []law.Lang{p.v.ui, law.RU, law.KK} {
		k, ok := enacted(p.heads[x.Act], lang, func(day law.Date) bool { return day >= since }, since != "")
		if ok {
			out.Href = editionPath(p.v.ui, k) + "#" + string(x.Address)
			break
		}
	}
	return out, nil
}

// picture is drawn for those who share the page.
func (d *Dossiers) picture(w http.ResponseWriter, r *http.Request, v view, x told) error {
	title := v.said(v.Title)
	c := picture.Card{Lang: title.Lang, Head: v.loc.T("dos.kick") + " · " + x.owner.Text, Title: title.Text}
	for _, f := range v.facts(x) { // the last is what there is most to say of
		c.Count, c.Label = f.Value, f.Word
	}
	if len(x.timeline.Open) > 0 {
		c.Dates = page.Clip(x.timeline.Open[0].Name(), 60) + ": " + x.timeline.Open[0].Day
	}
	const height = 20
	n := len(x.timeline.Stages)
	for i, s := range x.timeline.Stages { // a stretch for each stage, those that have begun in blue
		width := float64(picture.RibbonWidth) / float64(n)
		c.Bars = append(c.Bars, picture.Bar{X: width * float64(i), W: width - 6, H: height, Changed: s.When != "" && !s.Coming})
	}
	c.Bases = []picture.Base{{X1: 0, X2: picture.RibbonWidth}}
	return d.reader.Draw(w, r, c, page.Fresh)
}
