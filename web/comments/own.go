package comments

import (
	"errors"
	"net/http"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// OwnPage is a comment as its author sees it, by the link that confirms or by
// the one that manages.
type OwnPage struct {
	page.Layout
	Heading       string
	Stance        string
	Lang          law.Lang
	Quote         string
	QuoteLang     law.Lang
	Body, Wording string
	State         string
	Confirm       string // the button's action; "" where there is none
	Withdraw      string
	Data          string
}

func (b *Board) own(w http.ResponseWriter, r *http.Request, c campaigns.Comment, heading string) OwnPage {
	loc := b.pages.Locale(page.UI(r))
	return OwnPage{Layout: b.alone(w, r, heading), Heading: heading, Stance: StanceName(loc, c.Stance), Lang: c.Lang,
		Quote: c.Anchor.Quote, QuoteLang: c.Anchor.Edition.Lang, Body: c.Body, Wording: c.Wording}
}

// Confirm shows the one button that confirms a comment.
func (b *Board) Confirm(w http.ResponseWriter, r *http.Request) error {
	id, is, err := intake.CommentToken(r.PathValue("token"), gate.ToConfirmComment)
	if err != nil {
		return b.notValid(w, r)
	}
	c, err := b.Store.Comment(r.Context(), id)
	if errors.Is(err, campaigns.ErrNoComment) || err == nil && !is(c.Campaign, 0, c.ConfirmHash) {
		return b.notValid(w, r)
	}
	if err != nil {
		return err
	}
	loc := b.pages.Locale(page.UI(r))
	p := b.own(w, r, c, loc.T("cm.confirm"))
	if p.Confirm = r.URL.Path; c.State != campaigns.CommentUnconfirmed {
		return b.thanks(w, r)
	}
	return b.pages.Render(w, r, http.StatusOK, page.Private, p.UI, "comment_own", p)
}

// Confirmed confirms; doing it again shows the same page.
func (b *Board) Confirmed(w http.ResponseWriter, r *http.Request) error {
	id, is, err := intake.CommentToken(r.PathValue("token"), gate.ToConfirmComment)
	if err == nil {
		_, err = b.Store.ConfirmComment(r.Context(), id, is, b.now())
	}
	if errors.Is(err, campaigns.ErrNoComment) {
		return b.notValid(w, r)
	}
	if err != nil {
		return err
	}
	return b.thanks(w, r)
}

func (b *Board) thanks(w http.ResponseWriter, r *http.Request) error {
	loc := b.pages.Locale(page.UI(r))
	return b.note(w, r, http.StatusOK, b.alone(w, r, loc.T("cm.confirmed")), []string{loc.T("cm.confirmed_then"), loc.T("cm.confirmed_link")})
}

// Manage shows a comment to its author, with what was decided about it.
func (b *Board) Manage(w http.ResponseWriter, r *http.Request) error {
	id, is, err := intake.CommentToken(r.PathValue("token"), gate.ToManageComment)
	if err != nil {
		return b.notValid(w, r)
	}
	c, err := b.Store.ManagedComment(r.Context(), id, is)
	if errors.Is(err, campaigns.ErrNoComment) {
		return b.notValid(w, r)
	}
	if err != nil {
		return err
	}
	loc := b.pages.Locale(page.UI(r))
	p := b.own(w, r, c, loc.T("cm.own"))
	p.Withdraw, p.Data = r.URL.Path+"/withdraw", r.URL.Path+"/data.json"
	switch c.State {
	case campaigns.CommentUnconfirmed:
		p.State = loc.T("cm.state_unconfirmed")
	case campaigns.CommentWaiting:
		p.State = loc.T("cm.state_waiting")
	case campaigns.CommentPublished:
		p.State = loc.T("cm.state_published")
	default:
		d, _, err := b.Store.DecisionOn(r.Context(), id)
		if err != nil {
			return err
		}
		p.State = loc.T("cm.state_rejected", "reason", ReasonName(loc, d.Reason))
	}
	return b.pages.Render(w, r, http.StatusOK, page.Private, p.UI, "comment_own", p)
}

// Withdraw erases it.
func (b *Board) Withdraw(w http.ResponseWriter, r *http.Request) error {
	id, is, err := intake.CommentToken(r.PathValue("token"), gate.ToManageComment)
	if err == nil {
		err = b.Store.WithdrawComment(r.Context(), id, is)
	}
	if errors.Is(err, campaigns.ErrNoComment) {
		return b.notValid(w, r)
	}
	if err != nil {
		return err
	}
	loc := b.pages.Locale(page.UI(r))
	return b.note(w, r, http.StatusOK, b.alone(w, r, loc.T("cm.withdrawn")), []string{loc.T("cm.withdrawn_what")})
}

// CommentData is everything that is kept of a comment's author.
func (b *Board) CommentData(w http.ResponseWriter, r *http.Request) error {
	return b.data(w, r, b.Intake.ExportComment)
}
