package proposal

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/drafting/edit"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/picture"
	"github.com/tuzetu/tuzetu/web/read"
)

// PublicPage is a proposal as everybody sees it.
type PublicPage struct {
	page.Layout
	Heading read.Phrase
	Wish    read.Phrase
	Status  string
	Stands  string // how sure that is
	Facts   []PublicFact
	Why     []read.Phrase // reasons of what became of it
	Sample  bool
	Redline *read.Asked
	Changes []PublicChange
	Pager   []page.Tab
	Files   []page.Link
	Places  []page.Link
	From    []page.Link
	Talk    []page.Link
	Earlier []page.Link
}

// PublicFact is a fact in the language it was written in.
type PublicFact struct {
	Word  string
	Value read.Phrase
	Href  string
}

// PublicChange is a change with its reason.
type PublicChange struct {
	Entry  *read.Entry
	Reason []string
	Lang   law.Lang
	From   []page.Link
}

// public is a proposal that strangers may see.
type public struct {
	dossiers.Record
	ui       law.Lang
	loc      *i18n.Locale
	version  dossiers.Version
	all      []dossiers.Publication // the last first
	dossier  dossiers.Dossier
	standing dossiers.Standing
}

// path is its address without the interface language.
func (p *public) path() string { return "/proposals/" + strconv.FormatInt(int64(p.ID), 10) }

// texts are the base and what was published of it, in a language, else in the one
// that was drafted first.
func (p *public) texts(want law.Lang) (base, proposed law.EditionKey, ok bool) {
	if len(p.all) == 0 {
		return base, proposed, false
	}
	for _, lang := range append([]law.Lang{want, p.Base.Lang}, law.Langs[:]...) {
		if key, there := p.all[0].Editions[lang]; there {
			return p.BaseIn(lang), key, true
		}
	}
	return base, proposed, false
}

func (ps *Proposals) public(r *http.Request) (*public, error) {
	ui, ctx := page.UI(r), r.Context()
	id, err := number(r)
	if err != nil {
		return nil, err
	}
	p := &public{ui: ui, loc: ps.pages.Locale(ui)}
	if p.Record, err = ps.Store.PublicRecord(ctx, id); err != nil {
		return nil, page.Missing(err, dossiers.ErrNotFound)
	}
	p.standing = p.Standing()
	open, err := ps.Store.PublicDossiers(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range open {
		if d.ID == p.Dossier {
			p.dossier = d
		}
	}
	if p.Recorded() {
		return p, nil
	}
	if p.version, err = ps.Store.PublishedVersion(ctx, id); err != nil {
		return nil, page.Missing(err, dossiers.ErrNotFound)
	}
	p.all, err = ps.Store.Publications(ctx, id)
	return p, err
}

// Pages lists the pages of the proposals that a text was published for and that
// strangers may see, without their interface language.
func (ps *Proposals) Pages(ctx context.Context, key law.EditionKey) (out []string, err error) {
	all, err := ps.Store.PublishedAs(ctx, key)
	if err != nil {
		return nil, err
	}
	for _, x := range all {
		path := "/proposals/" + strconv.FormatInt(int64(x.Proposal), 10)
		if slices.Contains(out, path) {
			continue
		}
		_, err := ps.Store.PublicRecord(ctx, x.Proposal)
		if errors.Is(err, dossiers.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, path)
	}
	return out, nil
}

// perPage is how many changes stand on a page.
const perPage = 50

// Public shows the page.
func (ps *Proposals) Public(w http.ResponseWriter, r *http.Request) error {
	p, err := ps.public(r)
	if err != nil {
		return err
	}
	out := PublicPage{Layout: ps.pages.Frame(r, p.ui, p.path()), Heading: read.Said(p.Title, p.ui), Wish: read.Said(p.Wish, p.ui)}
	out.Title, out.Description = page.Plain(out.Heading.Text), page.Plain(page.Clip(out.Wish.Text, 200))
	if out.Description == "" {
		out.Description = p.loc.T("prop.public_lead")
	}
	out.Sheet, out.JSON, out.Picture = "proposal.css", p.path()+".json", true
	out.Crumbs = []page.Link{{Href: "/" + string(p.ui), Text: p.loc.T("site.home")}}
	if p.dossier.Slug != "" {
		title := read.Said(p.dossier.Title, p.ui)
		out.Crumbs = append(out.Crumbs, page.Link{Href: "/" + string(p.ui) + "/dossiers/" + p.dossier.Slug, Text: title.Text, Lang: title.Lang})
	}
	out.Crumbs = append(out.Crumbs, page.Link{Text: out.Heading.Text, Lang: out.Heading.Lang})
	if err := ps.publicFacts(r.Context(), p, &out); err != nil {
		return err
	}
	if err := ps.publicChanges(r, p, &out); err != nil {
		return err
	}
	out.Data = p.data(out.Layout)
	return ps.pages.Render(w, r, http.StatusOK, page.Fresh, p.ui, "proposal", out)
}

func (ps *Proposals) publicFacts(ctx context.Context, p *public, out *PublicPage) error {
	loc := p.loc
	out.Status = ps.statusName(p.ui, p.standing.Status)
	out.Stands = loc.T("prop.not_confirmed")
	if p.standing.Confirmed {
		if out.Stands = loc.T("prop.confirmed"); !p.standing.ByPerson() {
			out.Stands = read.Capital(loc.T("sc.from_sources")) + "."
		}
		if c := p.standing.Confirmation; len(c.Reason) > 0 {
			out.Why = append(out.Why, read.Said(c.Reason, p.ui))
		}
	} else if p.standing.Suggestion == nil {
		out.Stands = loc.T("prop.not_compared")
	}
	add := func(word string, w law.Words, href string) {
		if x := read.Said(w, p.ui); x.Text != "" {
			out.Facts = append(out.Facts, PublicFact{word, x, href})
		}
	}
	add(loc.T("prop.author"), p.Author, "")
	add(loc.T("prop.carrier"), p.Carrier, "")
	if p.Asked != "" {
		add(loc.T("prop.asked"), law.Words{p.ui: loc.Date(p.Asked)}, "")
	}
	if org, err := ps.Store.Organisation(ctx, accounts.OrganisationID(p.Org)); err == nil {
		add(loc.T("prop.by"), law.Words{p.ui: org.Names[string(p.ui)]}, "")
	} else if !errors.Is(err, accounts.ErrNone) {
		return err
	}
	if !p.Recorded() {
		act, err := ps.Store.Act(ctx, p.Base.Act)
		if err != nil {
			return err
		}
		out.Sample = act.Sample
		add(loc.T("prop.base"), law.Words{p.ui: read.ActTitle(act, p.ui).Text + ", " + read.Named(loc, p.Base)}, "/"+string(p.ui)+read.PlacePath(p.Base, ""))
		add(loc.T("prop.published"), law.Words{p.ui: loc.T("prop.published_on", "n", p.Published, "at", loc.Date(i18n.Day(p.all[0].At)))}, "")
	}
	for _, place := range p.Places {
		link, err := ps.reader.Place(ctx, p.ui, place.Act, place.Address)
		if err != nil {
			return err
		}
		out.Places = append(out.Places, link)
	}
	out.From = read.SourceLinks(p.Record.Sources, p.ui)
	return nil
}

// publicChanges is the redline with the reasons, and what hangs on it.
func (ps *Proposals) publicChanges(r *http.Request, p *public, out *PublicPage) error {
	base, proposed, ok := p.texts(p.ui)
	if !ok {
		return nil
	}
	n, _ := strconv.Atoi(r.URL.Query().Get("page"))
	n = max(n, 1)
	var result *diffing.Result
	var err error
	if out.Redline, result, err = ps.reader.Proposed(r, base, proposed, (n-1)*perPage, perPage); err != nil {
		return err
	}
	reasons := p.reasons(result)
	for _, e := range out.Redline.Entries {
		c := PublicChange{Entry: e}
		if why, ok := reasons[e.ID]; ok {
			text := read.Said(why.Text, p.ui)
			c.Lang, c.Reason, c.From = text.Lang, paragraphs(text.Text), read.SourceLinks(why.Sources, p.ui)
		}
		out.Changes = append(out.Changes, c)
	}
	total := len(out.Redline.Entries) + out.Redline.Left + (n-1)*perPage
	for i := 1; total > perPage && (i-1)*perPage < total; i++ {
		out.Pager = append(out.Pager, page.Tab{Href: "?page=" + strconv.Itoa(i), Text: strconv.Itoa(i), Current: i == n})
	}
	if n > 1 {
		out.Query = "page=" + strconv.Itoa(n)
	}
	out.Files = p.files(proposed.Lang)
	var keys []law.EditionKey
	for _, key := range p.all[0].Editions {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b law.EditionKey) int { return strings.Compare(a.String(), b.String()) })
	talk, err := ps.Store.Discussed(r.Context(), keys...)
	if err != nil {
		return err
	}
	for _, d := range talk {
		at := "/" + string(p.ui) + "/campaigns/" + d.Slug
		said := 0
		for _, places := range d.Counts {
			for _, k := range places {
				said += k
			}
		}
		out.Talk = append(out.Talk, page.Link{Href: at, Text: d.Title.In(p.ui)}, page.Link{Href: at + "/comments?" + url.Values{"text": {proposed.String()}}.Encode(), Text: p.loc.N("prop.public_comments", said)})
	}
	for _, e := range p.all[1:] {
		for _, lang := range []law.Lang{proposed.Lang} {
			if key, there := e.Editions[lang]; there {
				out.Earlier = append(out.Earlier, page.Link{Href: "/" + string(p.ui) + read.ComparePath(p.BaseIn(lang), key), Text: p.loc.T("prop.published_on", "n", e.Version, "at", p.loc.Date(i18n.Day(e.At)))})
			}
		}
	}
	return nil
}

// reasons are those of the published version, by the id that the redline gives a
// change: "c-" and where it stands, "d-" and where it stood.
func (p *public) reasons(r *diffing.Result) map[string]dossiers.Reason {
	out := map[string]dossiers.Reason{}
	for _, c := range edit.Of(r) {
		if why, ok := p.version.Reason(changeOf(&c)); ok {
			id := "d-" + string(c.Was)
			if c.At != "" && !c.Pair.Excludes() {
				id = "c-" + string(c.At)
			}
			out[id] = why
		}
	}
	return out
}

func paragraphs(text string) (out []string) {
	for p := range strings.SplitSeq(text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// data describes the page to programs (https://schema.org/CreativeWork).
func (p *public) data(l page.Layout) any {
	d := map[string]any{"@context": "https://schema.org", "@type": "CreativeWork", "@id": l.Shared(), "url": l.Shared(), "name": l.Title, "inLanguage": p.ui, "abstract": l.Description}
	if _, key, ok := p.texts(p.ui); ok {
		d["datePublished"] = i18n.Day(p.all[0].At)
		d["about"] = map[string]any{"@type": "Legislation", "legislationIdentifier": key.Act}
	}
	if a := p.Author.In(p.ui); a != "" {
		d["author"] = map[string]any{"@type": "Thing", "name": a}
	}
	return d
}

// JSON is the proposal for programs.
func (ps *Proposals) JSON(w http.ResponseWriter, r *http.Request) error {
	r.SetPathValue("id", strings.TrimSuffix(r.PathValue("id"), ".json"))
	p, err := ps.public(r)
	if err != nil {
		return err
	}
	type change struct {
		Address law.Address       `json:"address"`
		New     bool              `json:"new"`
		Text    law.Words         `json:"text"`
		Sources []dossiers.Source `json:"sources"`
	}
	out := struct {
		ID        dossiers.ProposalID `json:"id"`
		Dossier   string              `json:"dossier"`
		Title     law.Words           `json:"title"`
		Wish      law.Words           `json:"wish"`
		Author    law.Words           `json:"author"`
		Carrier   law.Words           `json:"carrier"`
		Asked     law.Date            `json:"asked"`
		Status    dossiers.Status     `json:"status"`
		Confirmed bool                `json:"confirmed"`
		Base      string              `json:"base"`
		Version   int                 `json:"version"`
		Texts     map[law.Lang]string `json:"texts"`
		Reasons   []change            `json:"reasons"`
		Places    []dossiers.Place    `json:"places"`
		Sources   []dossiers.Source   `json:"sources"`
	}{ID: p.ID, Dossier: p.dossier.Slug, Title: p.Title, Wish: p.Wish, Author: p.Author, Carrier: p.Carrier, Asked: p.Asked, Status: p.standing.Status,
		Confirmed: p.standing.ByPerson(), Version: p.Published, Texts: map[law.Lang]string{}, Reasons: []change{}, Places: p.Places, Sources: p.Record.Sources}
	if !p.Recorded() {
		out.Base = p.Base.String()
		for lang, key := range p.all[0].Editions {
			out.Texts[lang] = key.String()
		}
	}
	for _, why := range p.version.Reasons {
		out.Reasons = append(out.Reasons, change{why.Address, why.New, why.Text, why.Sources})
	}
	return page.WriteJSON(w, r, http.StatusOK, page.Fresh, out)
}

// Picture is drawn for those who share the page.
func (ps *Proposals) Picture(w http.ResponseWriter, r *http.Request) error {
	r.SetPathValue("id", strings.TrimSuffix(r.PathValue("id"), ".png"))
	p, err := ps.public(r)
	if err != nil {
		return err
	}
	title := read.Said(p.Title, p.ui)
	card := picture.Card{Lang: title.Lang, Head: p.loc.T("prop.kick"), Title: title.Text, Place: ps.statusName(p.ui, p.standing.Status)}
	if base, proposed, ok := p.texts(p.ui); ok {
		asked, _, err := ps.reader.Proposed(r, base, proposed, 0, 1)
		if err != nil {
			return err
		}
		n := len(asked.Entries) + asked.Left
		card.Count, card.Label, card.Dates = p.loc.Number(n), p.loc.N("figs.changes", n), p.loc.Date(i18n.Day(p.all[0].At))
	}
	return ps.reader.Draw(w, r, card, page.Fresh)
}
