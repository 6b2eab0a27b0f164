package desk

import (
	"fmt"
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// MovePage asks before a campaign is shown, paused or closed.
type MovePage struct {
	people.Frame
	Texts          []string // what follows
	Action, To     string
	Submit, Cancel string
	Back           string
}

// moves are the steps a campaign may take from where it stands, by this visitor.
func (d *Desk) moves(v view, ready bool) (out []Move) {
	here := "/campaigns/" + v.Slug
	for _, to := range campaigns.States() {
		if !v.State.May(to) {
			continue
		}
		m := Move{Text: moveName(v.loc, v.State, to), What: moveWhat(v.loc, v.State, to), To: string(to)}
		switch to {
		case campaigns.Draft, campaigns.Review:
			if !v.may(accounts.Edit) {
				continue
			}
			m.Action = v.at(here + "/review")
		case campaigns.Delivered, campaigns.Answered:
			if !v.may(accounts.Deliver) {
				continue
			}
			m.Href = v.at("/deliveries/" + v.Slug)
		default:
			if !v.may(accounts.Publish) || to == campaigns.Live && !ready {
				continue
			}
			m.Href = v.at(here + "/state?to=" + string(to))
		}
		out = append(out, m)
	}
	return out
}

// byPublishing are the states that who publishes decides on.
func byPublishing(to campaigns.State) bool {
	return to == campaigns.Live || to == campaigns.Paused || to == campaigns.Closed
}

// SetReview hands a draft in for review, or takes it back.
func (d *Desk) SetReview(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	to := campaigns.State(r.PostFormValue("to"))
	if to != campaigns.Review && to != campaigns.Draft {
		return fmt.Errorf("%w: to %q", page.ErrForm, to)
	}
	return d.move(w, r, v, to)
}

// AskState says what follows from a step, before it is taken.
func (d *Desk) AskState(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	to := campaigns.State(r.URL.Query().Get("to"))
	if !byPublishing(to) || !v.State.May(to) {
		return fmt.Errorf("%w: from %s to %q", page.ErrNoPage, v.State, to)
	}
	path := "/campaigns/" + v.Slug + "/state"
	p := MovePage{Frame: d.people.DeskFrame(r, path, moveName(v.loc, v.State, to)), Action: v.at(path), To: string(to),
		Submit: moveName(v.loc, v.State, to), Cancel: v.loc.T("wr.cancel"), Back: v.at("/campaigns/" + v.Slug)}
	p.Query, p.Lead = "to="+string(to), v.heading()
	p.Texts = []string{moveWhat(v.loc, v.State, to)}
	switch to {
	case campaigns.Live:
		if v.State == campaigns.Review {
			p.Texts = append(p.Texts, v.loc.T("wr.live_text"), v.loc.T("wr.live_address"), v.loc.T("wr.live_keys"))
		}
	case campaigns.Closed:
		p.Texts = append(p.Texts, v.loc.T("wr.close_key"), v.loc.T("wr.close_never"))
	}
	return d.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "desk_move", p)
}

// SetState takes a step that the public sees.
func (d *Desk) SetState(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	to := campaigns.State(r.PostFormValue("to"))
	if !byPublishing(to) {
		return fmt.Errorf("%w: to %q", page.ErrForm, to)
	}
	return d.move(w, r, v, to)
}

// stateWhat says what a state means for those who work on the campaign.
func stateWhat(loc *i18n.Locale, s campaigns.State) string {
	switch s {
	case campaigns.Draft:
		return loc.T("wr.is_draft")
	case campaigns.Review:
		return loc.T("wr.is_review")
	case campaigns.Live:
		return loc.T("wr.is_live")
	case campaigns.Paused:
		return loc.T("wr.is_paused")
	case campaigns.Delivered:
		return loc.T("wr.is_delivered")
	case campaigns.Answered:
		return loc.T("wr.is_answered")
	}
	return loc.T("wr.is_closed")
}

// moveName is a step as its button calls it, moveWhat what follows from it.
func moveName(loc *i18n.Locale, from, to campaigns.State) string {
	switch to {
	case campaigns.Draft:
		return loc.T("wr.to_draft")
	case campaigns.Review:
		return loc.T("wr.to_review")
	case campaigns.Live:
		if from == campaigns.Paused {
			return loc.T("wr.to_live_again")
		}
		return loc.T("wr.to_live")
	case campaigns.Paused:
		return loc.T("wr.to_paused")
	case campaigns.Delivered:
		return loc.T("wr.to_delivered")
	case campaigns.Answered:
		return loc.T("wr.to_answered")
	}
	return loc.T("wr.to_closed")
}

func moveWhat(loc *i18n.Locale, from, to campaigns.State) string {
	switch to {
	case campaigns.Draft:
		return loc.T("wr.then_draft")
	case campaigns.Review:
		return loc.T("wr.then_review")
	case campaigns.Live:
		if from == campaigns.Paused {
			return loc.T("wr.then_live_again")
		}
		return loc.T("wr.then_live")
	case campaigns.Paused:
		return loc.T("wr.then_paused")
	case campaigns.Delivered:
		return loc.T("wr.then_delivered")
	case campaigns.Answered:
		return loc.T("wr.then_answered")
	}
	return loc.T("wr.then_closed")
}
