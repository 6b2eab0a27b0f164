package campaign

import (
	"net/http"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/web/page"
)

// Preview shows a campaign as its page will be once it is live, to those who may
// see it before; desk is the path it is written under.
func (c *Collector) Preview(w http.ResponseWriter, r *http.Request, found campaigns.Campaign, desk string) error {
	v, err := c.viewOf(r, found)
	if err != nil {
		return err
	}
	if !v.State.Published() {
		v.State = campaigns.Live
	}
	p, err := c.page(r, v)
	if err != nil {
		return err
	}
	p.Path, p.Private, p.Picture, p.JSON, p.Live = desk+"/preview", true, false, "", ""
	if p.Photo != nil { // only members see it yet
		p.Photo.Src = "/" + string(v.ui) + desk + "/picture/file"
	}
	if !found.State.Published() {
		p.Preview = &page.Notice{Kind: "warning", Title: v.loc.T("preview"), Texts: []string{v.loc.T("preview.what")},
			Links: []page.Link{{Href: "/" + string(v.ui) + desk, Text: v.loc.T("preview.back")}}}
	}
	return c.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "campaign", p)
}
