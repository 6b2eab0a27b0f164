package dossier

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// New shows the form of a dossier that is not there yet.
func (d *Dossiers) New(w http.ResponseWriter, r *http.Request) error {
	v := d.view(r)
	f := url.Values{"acts": r.URL.Query()["act"]}
	return d.about(w, r, http.StatusOK, newForm(v, f), dossiers.Dossier{}, false)
}

// Create stores a new dossier.
func (d *Dossiers) Create(w http.ResponseWriter, r *http.Request) error {
	v := d.view(r)
	x, err := reading(r, v)
	if err != nil {
		return err
	}
	made := d.readAbout(x, dossiers.Dossier{Org: v.org()})
	if len(x.wrong) > 0 {
		return d.about(w, r, http.StatusUnprocessableEntity, x, dossiers.Dossier{}, false)
	}
	v.ID, err = d.Store.AddDossier(r.Context(), made, d.entry(v, "dossier.made"))
	if errors.Is(err, dossiers.ErrSlugTaken) {
		x.wrong["slug"] = v.loc.T("dos.slug_taken")
		return d.about(w, r, http.StatusUnprocessableEntity, x, dossiers.Dossier{}, false)
	}
	if err != nil {
		return err
	}
	return page.See(w, r, v.at("?said=made"))
}

// Edit shows the form of a dossier.
func (d *Dossiers) Edit(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	return d.about(w, r, http.StatusOK, aboutForm(v, v.Dossier), v.Dossier, false)
}

// Save stores what a dossier says of itself.
func (d *Dossiers) Save(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	x, err := reading(r, v)
	if err != nil {
		return err
	}
	to := d.readAbout(x, v.Dossier)
	if len(x.wrong) > 0 {
		return d.about(w, r, http.StatusUnprocessableEntity, x, v.Dossier, false)
	}
	if ok, err := x.current(v.Dossier); err != nil {
		return err
	} else if !ok {
		return d.about(w, r, http.StatusConflict, x, v.Dossier, true)
	}
	did := "dossier.changed"
	if to.Public != v.Public {
		did = "dossier.hidden"
		if to.Public {
			did = "dossier.shown"
		}
	}
	err = d.Store.SaveDossier(r.Context(), v.Dossier, to, d.entry(v, did))
	if errors.Is(err, dossiers.ErrMoved) {
		if v, err = d.asked(r); err != nil {
			return err
		}
		return d.about(w, r, http.StatusConflict, x, v.Dossier, true)
	}
	if errors.Is(err, dossiers.ErrSlugTaken) {
		x.wrong["slug"] = v.loc.T("dos.slug_taken")
		return d.about(w, r, http.StatusUnprocessableEntity, x, v.Dossier, false)
	}
	if err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, v.at("?said=saved"))
}

// aboutForm is what is stored, as its form would hold it.
func aboutForm(v view, was dossiers.Dossier) *form {
	x := newForm(v, url.Values{"slug": {was.Slug}})
	x.fill("title", was.Title)
	x.fill("summary", was.Summary)
	for _, act := range was.Acts {
		x.f.Add("acts", string(act))
	}
	if was.Public {
		x.f.Set("public", "1")
	}
	return x
}

func aboutParts(v view) (title, summary part) {
	return part{name: "title", label: v.loc.T("dos.title"), hint: v.loc.T("dos.title_hint"), most: mostTitle, needed: true},
		part{name: "summary", label: v.loc.T("dos.summary"), hint: v.loc.T("dos.summary_hint"), most: mostText}
}

func (d *Dossiers) readAbout(x *form, was dossiers.Dossier) dossiers.Dossier {
	title, summary := aboutParts(x.v)
	to := was
	to.Title, to.Summary, to.Acts = x.words(title), x.words(summary), nil
	for _, typed := range x.f["acts"] {
		if id, err := law.ParseActID(strings.ToUpper(strings.TrimSpace(typed))); err == nil && !slices.Contains(to.Acts, id) {
			to.Acts = append(to.Acts, id)
		}
	}
	// What it is about above all stays first, whatever the order of the boxes.
	slices.SortStableFunc(to.Acts, func(a, b law.ActID) int {
		place := func(id law.ActID) int {
			if i := slices.Index(was.Acts, id); i >= 0 {
				return i
			}
			return len(was.Acts)
		}
		return place(a) - place(b)
	})
	if x.v.may(accounts.Publish) {
		to.Public = x.f.Get("public") == "1"
	}
	to.Slug = strings.ToLower(strings.TrimSpace(x.f.Get("slug")))
	for _, lang := range []law.Lang{law.EN, law.RU, law.KK} {
		if to.Slug == "" {
			to.Slug = campaigns.Slug(to.Title[lang])
		}
	}
	if !campaigns.IsSlug(to.Slug) && x.wrong[inLang("title", x.v.ui)] == "" {
		x.wrong["slug"] = x.v.loc.T("dos.slug_bad")
	}
	return to
}

// about shows the form; stored is what its dossier is now, moved that it is not
// what the form was made of.
func (d *Dossiers) about(w http.ResponseWriter, r *http.Request, status int, x *form, stored dossiers.Dossier, moved bool) error {
	v := x.v
	p := FormPage{Action: v.at("/edit")}
	if stored.ID == 0 {
		p.Frame = d.people.DeskFrame(r, "/dossiers/new", v.loc.T("dos.new"))
		p.Action, p.Submit, p.Cancel = v.desk("/dossiers"), v.loc.T("dos.make"), page.Link{Href: v.desk("/dossiers"), Text: v.loc.T("wr.cancel")}
	} else {
		p.Frame = d.frame(r, v, "/edit", v.loc.T("dos.edit"))
		p.lead(v)
		if err := p.keep(stored); err != nil {
			return err
		}
	}
	acts, err := d.Store.Acts(r.Context())
	if err != nil {
		return err
	}
	title, summary := aboutParts(v)
	what := Group{ID: "about", Title: v.loc.T("dos.about"), Texts: x.texts(title, summary)}
	about := Group{ID: "acts", Title: v.loc.T("dos.acts")}
	tick := func(id law.ActID, text string) {
		about.Ticks = append(about.Ticks, Tick{ID: "act-" + string(id), Name: "acts", Value: string(id), Text: text, Hint: string(id), On: slices.Contains(x.f["acts"], string(id))})
	}
	for _, id := range stored.Acts { // one that is not followed yet
		if !slices.ContainsFunc(acts, func(a law.Act) bool { return a.ID == id }) {
			tick(id, string(id))
		}
	}
	for _, a := range acts {
		heads, err := d.Store.Editions(r.Context(), a.ID)
		if err != nil {
			return err
		}
		if len(heads) > 0 || slices.Contains(stored.Acts, a.ID) { // else it is only known to have amended another
			tick(a.ID, read.ActTitle(a, v.ui).Text)
		}
	}
	seen := Group{ID: "seen", Title: v.loc.T("dos.seen"), Fields: []page.Field{x.field(page.Field{ID: "slug", Label: v.loc.T("wr.slug"), Hint: v.loc.T("wr.slug_hint")})}}
	if v.may(accounts.Publish) {
		seen.Ticks = []Tick{{ID: "public", Name: "public", Value: "1", Text: v.loc.T("dos.make_public"), Hint: v.loc.T("dos.public_means"), On: x.f.Get("public") == "1"}}
	}
	p.Groups = []Group{what, about, seen}
	if moved {
		x.moved(&p, aboutForm(v, stored).f)
	}
	return d.show(w, r, status, x, p)
}
