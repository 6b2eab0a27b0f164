package proposal

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// PublishPage asks before a version becomes public, and says what does.
type PublishPage struct {
	people.Frame
	Tabs    *page.Tabs
	Action  string
	Newest  int
	Facts   []page.Fact
	Public  []string // what becomes public
	Never   []string // what does not
	Changes []Changed
	Submit  string
	Empty   *page.Empty
}

// AskPublish shows what would become public.
func (ps *Proposals) AskPublish(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	return ps.askPublish(w, r, http.StatusOK, v, nil)
}

func (ps *Proposals) askPublish(w http.ResponseWriter, r *http.Request, status int, v view, warning *page.Notice) error {
	p := PublishPage{Action: v.at("/publish"), Newest: v.Newest}
	p.Frame, p.Tabs = ps.frame(r, v, "/publish")
	p.Lead = v.loc.T("prop.publish_lead")
	if warning != nil {
		p.Notices = append(p.Notices, *warning)
	}
	if v.Newest == 0 || v.Newest == v.Published {
		p.Empty = &page.Empty{Text: v.loc.T("prop.publish_none"), Links: []page.Link{{Href: v.at("/edit"), Text: v.loc.T("prop.write")}}}
		if v.Published > 0 {
			p.Empty.Text = v.loc.T("prop.publish_same", "n", v.Published)
			p.Empty.Links = append(p.Empty.Links, page.Link{Href: v.public(), Text: v.loc.T("prop.public")})
		}
		return ps.render(w, r, status, "proposal_publish", p)
	}
	d, err := ps.Store.Dossier(r.Context(), v.org(), v.Dossier)
	if err != nil {
		return err
	}
	if !d.Public {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: v.loc.T("prop.dossier_private"), Texts: []string{v.loc.T("prop.dossier_private_text")},
			Links: []page.Link{{Href: v.desk("/dossiers/" + strconv.FormatInt(int64(d.ID), 10)), Text: d.Title.In(v.ui)}}})
	} else {
		p.Submit = v.loc.T("prop.publish_do", "n", v.Newest)
	}
	version, err := ps.Store.Version(r.Context(), v.org(), v.ID, v.Newest)
	if err != nil {
		return err
	}
	langs := ""
	for i, lang := range version.Langs() {
		if i > 0 {
			langs += ", "
		}
		langs += v.loc.Language(lang)
	}
	p.Public = []string{v.loc.T("prop.pub_text", "n", v.Newest, "langs", langs), v.loc.N("prop.pub_reasons", len(version.Reasons)), v.loc.T("prop.pub_about"), v.loc.T("prop.pub_edition")}
	p.Never = []string{v.loc.T("prop.pub_drafts"), v.loc.T("prop.pub_comments"), v.loc.T("prop.pub_names")}
	if p.Facts, err = ps.facts(r.Context(), v); err != nil {
		return err
	}
	if p.Changes, err = ps.between(r, v, dossiers.Content{}, version.Content); err != nil {
		return err
	}
	return ps.render(w, r, status, "proposal_publish", p)
}

// Publish makes the version public that the page before has shown.
func (ps *Proposals) Publish(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	if r.PostForm.Get("version") != strconv.Itoa(v.Newest) || v.Newest == 0 {
		return ps.askPublish(w, r, http.StatusConflict, v, &page.Notice{Kind: "warning", Title: v.loc.T("prop.publish_moved")})
	}
	_, err = ps.Store.Publish(r.Context(), v.org(), v.ID, v.Newest, i18n.Day(ps.now()), ps.entry(v, "proposal.published"))
	if errors.Is(err, dossiers.ErrState) {
		return ps.askPublish(w, r, http.StatusConflict, v, nil)
	}
	if err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, v.at("")+"?said=published")
}
