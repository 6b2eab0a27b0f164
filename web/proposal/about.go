package proposal

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// AboutPage is the form of what a proposal says of itself. What was typed stays in
// it however wrong it is.
type AboutPage struct {
	people.Frame
	Tabs    *page.Tabs
	Action  string
	Wrong   []page.Link
	Dossier *page.Field // where it is new
	Base    *page.Field
	Texts   []Words
	Asked   page.Field
	From    page.Field // sources
	Counts  bool       // progressive
	Members []Member
	Submit  string
}

// Words are the fields of a language.
type Words struct {
	Lang   law.Lang
	Name   string
	Open   bool
	Fields []page.Field
}

// Member is somebody who may be a co-author.
type Member struct {
	ID, Name string
	On       bool
}

// spoken are the texts that stand in each language: name, most letters, place.
var spoken = [...]struct {
	name string
	most int
	of   func(*dossiers.Subject) *law.Words
}{
	{"title", 300, func(s *dossiers.Subject) *law.Words { return &s.Title }},
	{"wish", 4000, func(s *dossiers.Subject) *law.Words { return &s.Wish }},
	{"author", 300, func(s *dossiers.Subject) *law.Words { return &s.Author }},
	{"carrier", 300, func(s *dossiers.Subject) *law.Words { return &s.Carrier }},
}

// New shows the form of a proposal that is not there yet.
func (ps *Proposals) New(w http.ResponseWriter, r *http.Request) error {
	v := ps.view(r)
	f := url.Values{"dossier": {r.URL.Query().Get("dossier")}, "base": {r.URL.Query().Get("base")}, "progressive": {"1"}}
	return ps.about(w, r, http.StatusOK, v, f, nil)
}

// Create stores a new proposal.
func (ps *Proposals) Create(w http.ResponseWriter, r *http.Request) error {
	v := ps.view(r)
	if err := page.ReadForm(r); err != nil {
		return err
	}
	f := r.PostForm
	p, wrong := subject(v, f)
	id, _ := strconv.ParseInt(f.Get("dossier"), 10, 64)
	p.Dossier, p.Org = dossiers.DossierID(id), v.org()
	if id < 1 {
		wrong["dossier"] = v.loc.T("prop.wrong_dossier")
	}
	var err error
	if p.Base, err = law.ParseEditionKey(f.Get("base")); err != nil {
		wrong["base"] = v.loc.T("prop.wrong_base")
	}
	if len(wrong) > 0 {
		return ps.about(w, r, http.StatusUnprocessableEntity, v, f, wrong)
	}
	v.ID, err = ps.Store.AddProposal(r.Context(), p, ps.entry(v, "proposal.added"))
	switch {
	case errors.Is(err, dossiers.ErrNotFound):
		return ps.about(w, r, http.StatusUnprocessableEntity, v, f, map[string]string{"dossier": v.loc.T("prop.wrong_dossier")})
	case errors.Is(err, law.ErrNotFound):
		return ps.about(w, r, http.StatusUnprocessableEntity, v, f, map[string]string{"base": v.loc.T("prop.wrong_base")})
	case err != nil:
		return err
	}
	return page.See(w, r, v.at("/edit"))
}

// About shows the form of a proposal.
func (ps *Proposals) About(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.asked(r)
	if err != nil {
		return err
	}
	f := url.Values{"asked": {string(v.Asked)}, "sources": {dossiers.SourceLines(v.Sources, v.ui)}, "co": v.CoAuthors}
	if v.Progressive {
		f.Set("progressive", "1")
	}
	for _, x := range spoken {
		for lang, s := range *x.of(&v.Subject) {
			f.Set(x.name+"-"+string(lang), s)
		}
	}
	return ps.about(w, r, http.StatusOK, v, f, nil)
}

// SetAbout stores what a proposal says of itself.
func (ps *Proposals) SetAbout(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.asked(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	p, wrong := subject(v, r.PostForm)
	if len(wrong) > 0 {
		return ps.about(w, r, http.StatusUnprocessableEntity, v, r.PostForm, wrong)
	}
	p.Subject.Places = v.Places
	stored := v.Proposal
	stored.Subject, stored.Progressive = p.Subject, p.Progressive
	if err := ps.Store.SaveProposal(r.Context(), stored, ps.entry(v, "proposal.changed")); err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, v.at("")+"?said=about")
}

// subject reads the form; wrong is what is wrong, in words, by field.
func subject(v view, f url.Values) (p dossiers.Proposal, wrong map[string]string) {
	wrong = map[string]string{}
	for _, x := range spoken {
		words := law.Words{}
		for _, lang := range law.Langs {
			id := x.name + "-" + string(lang)
			text := page.Typed(f.Get(id))
			if text != "" {
				words[lang] = text
			}
			if utf8.RuneCountInString(text) > x.most {
				wrong[id] = v.loc.T("prop.too_long")
			}
		}
		if len(words) > 0 {
			*x.of(&p.Subject) = words
		}
	}
	if len(p.Title) == 0 {
		wrong["title-ru"] = v.loc.T("prop.wrong_title")
	}
	if asked := strings.TrimSpace(f.Get("asked")); asked != "" {
		var err error
		if p.Asked, err = law.ParseDate(asked); err != nil {
			wrong["asked"] = v.loc.T("wr.date_bad")
		}
	}
	var bad string
	if p.Sources, bad = dossiers.ReadSources(page.Lines(f.Get("sources")), v.Sources, v.ui); bad != "" {
		wrong["sources"] = v.loc.T("dos.source_bad", "line", bad)
	}
	if len(f.Get("sources")) > mostReason {
		wrong["sources"] = v.loc.T("prop.too_long")
	}
	p.Progressive = f.Get("progressive") == "1"
	p.CoAuthors = f["co"]
	return p, wrong
}

func (ps *Proposals) about(w http.ResponseWriter, r *http.Request, status int, v view, f url.Values, wrong map[string]string) error {
	fresh := v.ID == 0
	p := AboutPage{Action: v.desk("/proposals"), Submit: v.loc.T("prop.create"), Counts: f.Get("progressive") == "1"}
	if fresh {
		p.Frame = ps.people.DeskFrame(r, "/proposals/new", v.loc.T("prop.new"))
		if err := ps.choices(r, v, &p, f); err != nil {
			return err
		}
	} else {
		p.Frame, p.Tabs = ps.frame(r, v, "/about")
		p.Action, p.Submit = v.at("/about"), v.loc.T("wr.save")
	}
	p.Lead = v.loc.T("prop.about_lead")
	label := func(name string) string {
		switch name {
		case "title":
			return v.loc.T("prop.title")
		case "wish":
			return v.loc.T("prop.wish")
		case "author":
			return v.loc.T("prop.author")
		}
		return v.loc.T("prop.carrier")
	}
	hint := map[string]string{"wish": v.loc.T("prop.wish_hint"), "author": v.loc.T("prop.author_hint"), "carrier": v.loc.T("prop.carrier_hint")}
	for _, lang := range law.Langs {
		words := Words{Lang: lang, Name: i18n.Own(lang), Open: lang == v.ui || lang == law.RU}
		for _, x := range spoken {
			id := x.name + "-" + string(lang)
			field := page.Field{ID: id, Name: id, Label: label(x.name), Hint: hint[x.name], Value: f.Get(id), Autocomplete: "off"}
			if x.name == "wish" {
				field.Kind = "textarea"
			}
			words.Fields = append(words.Fields, field)
			words.Open = words.Open || f.Get(id) != "" || wrong[id] != ""
		}
		p.Texts = append(p.Texts, words)
	}
	p.Asked = page.Field{ID: "asked", Name: "asked", Kind: "date", Label: v.loc.T("prop.asked"), Hint: v.loc.T("prop.asked_hint"), Value: f.Get("asked")}
	p.From = page.Field{ID: "sources", Name: "sources", Kind: "textarea", Label: v.loc.T("prop.sources"), Hint: v.loc.T("dos.sources_hint"), Value: page.Lines(f.Get("sources"))}
	all, err := ps.Store.Members(r.Context(), v.who.Place.Organisation)
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Role.May(accounts.Edit) && string(m.Person) != v.By && m.Person != v.who.Person.ID || slices.Contains(f["co"], string(m.Person)) {
			p.Members = append(p.Members, Member{string(m.Person), m.Name, slices.Contains(f["co"], string(m.Person))})
		}
	}
	p.faults(wrong)
	return ps.render(w, r, status, "proposal_about", p)
}

// faults puts what is wrong beside the fields, and links to them above.
func (p *AboutPage) faults(wrong map[string]string) {
	set := func(field *page.Field) {
		if field == nil || wrong[field.ID] == "" {
			return
		}
		field.Error = wrong[field.ID]
		p.Wrong = append(p.Wrong, page.Link{Href: "#" + field.ID, Text: field.Label + ": " + field.Error})
	}
	set(p.Dossier)
	set(p.Base)
	for i := range p.Texts {
		for j := range p.Texts[i].Fields {
			set(&p.Texts[i].Fields[j])
		}
	}
	set(&p.Asked)
	set(&p.From)
}

// choices are the dossiers and editions a new proposal may be of.
func (ps *Proposals) choices(r *http.Request, v view, p *AboutPage, f url.Values) error {
	all, err := ps.Store.Dossiers(r.Context(), v.org())
	if err != nil {
		return err
	}
	p.Dossier = &page.Field{ID: "dossier", Name: "dossier", Kind: "select", Label: v.loc.T("prop.dossier"), Required: true, Options: []page.Option{{Text: v.loc.T("wr.text_none")}}}
	var first []law.ActID
	for _, d := range all {
		id := strconv.FormatInt(int64(d.ID), 10)
		title := read.Said(d.Title, v.ui)
		chosen := id == f.Get("dossier")
		if chosen {
			first = d.Acts
		}
		p.Dossier.Options = append(p.Dossier.Options, page.Option{Value: id, Text: title.Text, Lang: title.Lang, Current: chosen})
	}
	acts, err := ps.Store.Acts(r.Context())
	if err != nil {
		return err
	}
	slices.SortStableFunc(acts, func(a, b law.Act) int { // those of the dossier first
		return slices.Index(append(slices.Clone(first), a.ID), a.ID) - slices.Index(append(slices.Clone(first), b.ID), b.ID)
	})
	p.Base = &page.Field{ID: "base", Name: "base", Kind: "select", Label: v.loc.T("prop.base"), Hint: v.loc.T("prop.base_hint"), Required: true, Options: []page.Option{{Text: v.loc.T("wr.text_none")}}}
	for _, a := range acts {
		heads, err := ps.Store.Editions(r.Context(), a.ID)
		if err != nil {
			return err
		}
		slices.Reverse(heads) // the newest first
		for _, h := range heads {
			if h.Status == law.Proposed {
				continue
			}
			key := h.EditionKey.String()
			p.Base.Options = append(p.Base.Options, page.Option{Value: key, Current: key == f.Get("base"),
				Text: page.Clip(read.ActTitle(a, v.ui).Text, 60) + ", " + read.Named(v.loc, h.EditionKey) + ", " + v.loc.Language(h.Lang)})
		}
	}
	return nil
}
