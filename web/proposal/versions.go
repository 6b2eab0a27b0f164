package proposal

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/drafting/edit"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// VersionsPage is the versions of a proposal, and two of them compared.
type VersionsPage struct {
	people.Frame
	Tabs     *page.Tabs
	Rows     []VersionRow
	Restore  string // where a version is restored; "" for those who may not
	From, To page.Field
	Compared string
	Changes  []Changed
	Same     bool
	Empty    *page.Empty
}

// VersionRow is a version in the list.
type VersionRow struct {
	N        int
	At, By   string
	Note     string
	Public   bool
	Newest   bool
	Compare  string // with the one before
	Download []page.Link
}

// Changed is a changed provision as a redline.
type Changed struct {
	In    string // which language, and how many changes it has, at the first of each where there are several
	Label string
	Word  string
	Lang  law.Lang
	Lines [][]read.Span
}

// Versions shows them.
func (ps *Proposals) Versions(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	return ps.versions(w, r, http.StatusOK, v, "")
}

func (ps *Proposals) versions(w http.ResponseWriter, r *http.Request, status int, v view, warning string) error {
	ctx := r.Context()
	p := VersionsPage{}
	p.Frame, p.Tabs = ps.frame(r, v, "/versions")
	p.Lead = v.loc.T("prop.versions_lead")
	if warning != "" {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: warning})
	}
	if v.may(accounts.Edit) {
		p.Restore = v.at("/restore")
	}
	all, err := ps.Store.Versions(ctx, v.org(), v.ID)
	if err != nil {
		return err
	}
	names, err := ps.people.Names(ctx, v.who.Place.Organisation)
	if err != nil {
		return err
	}
	for _, x := range all {
		p.Rows = append(p.Rows, VersionRow{N: x.Number, At: v.loc.Moment(x.At), By: nameOf(v, names, x.By), Note: x.Note, Public: x.Number == v.Published,
			Newest: x.Number == v.Newest, Compare: v.at("/versions") + "?from=" + strconv.Itoa(x.Number-1) + "&to=" + strconv.Itoa(x.Number) + "#compared"})
	}
	if len(all) == 0 {
		p.Empty = &page.Empty{Text: v.loc.T("prop.versions_none"), Links: []page.Link{{Href: v.at("/edit"), Text: v.loc.T("prop.write")}}}
		return ps.render(w, r, status, "proposal_versions", p)
	}
	two := page.PickVersions(r, v.loc, v.Newest, v.loc.T("prop.of_law"))
	p.From, p.To, p.Query = two.From, two.To, two.Query
	p.Compared = v.loc.T("wr.compared", "a", two.A, "b", two.B)
	if two.A == 0 {
		p.Compared = v.loc.T("prop.compared_law", "n", two.B)
	}
	a, err := ps.content(r, v, two.A)
	if err != nil {
		return err
	}
	b, err := ps.content(r, v, two.B)
	if err != nil {
		return err
	}
	if p.Changes, err = ps.between(r, v, a, b); err != nil {
		return err
	}
	p.Same = len(p.Changes) == 0
	return ps.render(w, r, status, "proposal_versions", p)
}

// content is that of a version; 0 is the base, which has no text of its own.
func (ps *Proposals) content(r *http.Request, v view, n int) (dossiers.Content, error) {
	if n == 0 {
		return dossiers.Content{}, nil
	}
	x, err := ps.Store.Version(r.Context(), v.org(), v.ID, n)
	return x.Content, page.Missing(err, dossiers.ErrNotFound)
}

// document is a text of a content, or what it leaves as it is.
func (ps *Proposals) document(r *http.Request, v view, c dossiers.Content, lang law.Lang) (*law.Document, error) {
	d, err := c.Document(lang)
	if errors.Is(err, dossiers.ErrNotFound) {
		return ps.edition(r.Context(), v.BaseIn(lang))
	}
	return d, err
}

// between is what one content has otherwise than another, in every language.
func (ps *Proposals) between(r *http.Request, v view, a, b dossiers.Content) (out []Changed, err error) {
	for _, lang := range law.Langs {
		_, inA := a.Texts[lang]
		if _, inB := b.Texts[lang]; !inA && !inB {
			continue
		}
		from, err := ps.document(r, v, a, lang)
		if err != nil {
			return nil, err
		}
		to, err := ps.document(r, v, b, lang)
		if err != nil {
			return nil, err
		}
		some := redlines(v, from, to)
		if len(some) > 0 {
			some[0].In = read.Capital(v.loc.InLanguage(lang)) + ": " + v.loc.N("prop.changes", len(some))
		}
		out = append(out, some...)
	}
	if len(out) > 0 && out[0].Lang == out[len(out)-1].Lang {
		out[0].In = ""
	}
	return out, nil
}

// redlines are the changes between two texts.
func redlines(v view, from, to *law.Document) (out []Changed) {
	e := editor{v: v}
	for _, c := range edit.Of(diffing.Compare(from, to)) {
		x := Changed{Label: e.label(&c), Word: e.word(&c), Lang: to.Lang, Lines: [][]read.Span{read.Redline(*c.Pair)}}
		for _, under := range c.Under {
			x.Lines = append(x.Lines, read.Redline(*under))
		}
		out = append(out, x)
	}
	return out
}

// Restore makes an earlier version the newest one.
func (ps *Proposals) Restore(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PostForm.Get("version"))
	newest, errNewest := strconv.Atoi(r.PostForm.Get("newest"))
	if err != nil || errNewest != nil || n < 1 {
		return page.ErrForm
	}
	c, err := ps.content(r, v, n)
	if err != nil {
		return err
	}
	next := dossiers.Version{Proposal: v.ID, Parent: newest, Content: c, Note: v.loc.T("prop.restored", "n", n)}
	_, err = ps.Store.SaveVersion(r.Context(), v.org(), next, 0, ps.entry(v, "proposal.restored"))
	if errors.Is(err, dossiers.ErrMoved) {
		if v, err = ps.drafted(r); err != nil {
			return err
		}
		return ps.versions(w, r, http.StatusConflict, v, v.loc.T("prop.restore_moved"))
	}
	if err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, v.at("")+"?said=saved")
}
