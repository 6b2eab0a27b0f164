package campaign

import (
	"errors"
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// ConfirmPage has the one button that confirms.
type ConfirmPage struct {
	page.Layout
	Heading read.Phrase
	Ask     read.Phrase
	Target  read.Phrase
	Action  string
}

// ThanksPage follows it.
type ThanksPage struct {
	page.Layout
	Heading read.Phrase
	Count   string // "" before the first signature is counted
	Receipt Receipt
	Law     Route
	Links   []page.Link
	Back    string
}

// Receipt says what was signed and when. It names nobody.
type Receipt struct {
	Version int
	SHA256  string
	On      law.Date
}

// private is the frame of a page whose address holds a token.
func (c *Collector) private(r *http.Request, v view, title string) page.Layout {
	l := c.layoutOf(r, v, "", title)
	l.Path = strings.TrimPrefix(r.URL.Path, "/"+string(v.ui))
	l.Private = true
	return l
}

// tokenView finds the signature and the campaign of a token.
func (c *Collector) tokenView(r *http.Request, p gate.Purpose) (view, campaigns.Kept, error) {
	kept, err := c.Manager.Look(r.Context(), r.PathValue("token"), p)
	if err != nil {
		return view{}, kept, err
	}
	v, err := c.keptView(r, kept)
	return v, kept, err
}

func (c *Collector) keptView(r *http.Request, kept campaigns.Kept) (view, error) {
	found, err := c.Store.Campaign(r.Context(), kept.Campaign)
	if err != nil {
		return view{}, err
	}
	return c.viewOf(r, found)
}

// Confirm shows the button. To look at it changes nothing, however often a
// scanner of letters does.
func (c *Collector) Confirm(w http.ResponseWriter, r *http.Request) error {
	alone(w)
	v, kept, err := c.tokenView(r, gate.ToConfirm)
	if errors.Is(err, campaigns.ErrNoSignature) {
		return c.notValid(w, r)
	}
	if err != nil {
		return err
	}
	if kept.Confirmed {
		return c.thanks(w, r, v, kept)
	}
	if v.text, err = c.Store.Text(r.Context(), v.ID, kept.Version); err != nil { // what was signed
		return err
	}
	p := ConfirmPage{Layout: c.private(r, v, v.loc.T("confirm.crumb")), Heading: v.said(v.text.Title), Ask: v.said(v.text.Ask),
		Target: v.said(v.text.Target), Action: r.URL.Path}
	return c.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "campaign_confirm", p)
}

// Confirmed confirms and leads to the page of the link, which now gives thanks:
// to press again, or to load that page anew, changes nothing. It asks the database
// for nothing but to confirm, as many do that at the same moment.
func (c *Collector) Confirmed(w http.ResponseWriter, r *http.Request) error {
	alone(w)
	_, err := c.Intake.Confirm(r.Context(), r.PathValue("token"))
	switch {
	case errors.Is(err, campaigns.ErrNoSignature):
		return c.notValid(w, r)
	case errors.Is(err, campaigns.ErrState):
		v, _, err := c.tokenView(r, gate.ToConfirm)
		if err != nil {
			return err
		}
		return c.over(w, r, v)
	case err != nil:
		return err
	}
	http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
	return nil
}

func (c *Collector) thanks(w http.ResponseWriter, r *http.Request, v view, kept campaigns.Kept) error {
	signed := v.text
	if kept.Version != v.Version {
		var err error
		if signed, err = c.Store.Text(r.Context(), v.ID, kept.Version); err != nil {
			return err
		}
	}
	p := ThanksPage{Layout: c.private(r, v, v.loc.T("thanks.crumb")), Heading: v.said(signed.Title),
		Receipt: Receipt{kept.Version, signed.SHA256, kept.Day}, Law: c.route(v), Back: v.at("")}
	if n := int(c.number(v).Shown); n > 0 {
		p.Count = v.loc.Number(n) + " " + v.loc.N("campaign.of", v.Goal)
	}
	p.Links = v.share(p.Layout)
	return c.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "campaign_thanks", p)
}
