package proposal

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// CommentsPage is what members say to each other about a proposal. It is never
// public.
type CommentsPage struct {
	people.Frame
	Tabs   *page.Tabs
	Action string // "" for those who only read
	Form   page.Field
	At     page.Field
	Open   []CommentRow
	Done   []CommentRow
}

// CommentRow is a comment.
type CommentRow struct {
	ID      int64
	Where   string
	Href    string
	Text    string
	By, At  string
	Settled string // by whom and when
}

// Comments shows them.
func (ps *Proposals) Comments(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	return ps.comments(w, r, http.StatusOK, v, "", r.URL.Query().Get("at"), "", "")
}

func (ps *Proposals) comments(w http.ResponseWriter, r *http.Request, status int, v view, text, at, wrong, wrongAt string) error {
	ctx := r.Context()
	p := CommentsPage{}
	p.Frame, p.Tabs = ps.frame(r, v, "/comments")
	p.Lead = v.loc.T("prop.comments_lead")
	if v.may(accounts.Edit) {
		p.Action = v.at("/comments")
	}
	p.Form = page.Field{ID: "text", Name: "text", Kind: "textarea", Label: v.loc.T("prop.comment"), Value: text, Error: wrong, Required: true}
	p.At = page.Field{ID: "at", Name: "at", Label: v.loc.T("prop.comment_at"), Hint: v.loc.T("prop.comment_at_hint"), Value: at, Error: wrongAt, Autocomplete: "off"}
	all, err := ps.Store.TeamComments(ctx, v.org(), v.ID)
	if err != nil {
		return err
	}
	names, err := ps.people.Names(ctx, v.who.Place.Organisation)
	if err != nil {
		return err
	}
	doc, err := ps.edition(ctx, v.Base)
	if err != nil {
		return err
	}
	for _, c := range all {
		row := CommentRow{ID: c.ID, Text: c.Text, By: nameOf(v, names, c.By), At: v.loc.Moment(c.At), Where: v.loc.T("prop.whole")}
		if c.Address != "" {
			if row.Where = string(c.Address); doc.Find(c.Address) != nil {
				row.Where = doc.Find(c.Address).Cite().In(v.ui)
			}
			if v.may(accounts.Edit) {
				row.Href = v.at("/edit") + "?at=" + string(c.Address) + "#p-" + string(c.Address)
			}
		}
		if c.DoneBy != "" {
			row.Settled = v.loc.T("prop.settled", "who", nameOf(v, names, c.DoneBy), "at", v.loc.Moment(c.DoneAt))
			p.Done = append(p.Done, row)
			continue
		}
		p.Open = append(p.Open, row)
	}
	return ps.render(w, r, status, "proposal_comments", p)
}

// Comment stores a comment, or settles one.
func (ps *Proposals) Comment(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	f, ctx := r.PostForm, r.Context()
	if do, id, ok := strings.Cut(f.Get("do"), ":"); ok {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return page.ErrForm
		}
		if err := ps.Store.SettleTeamComment(ctx, v.org(), v.ID, n, do == "settle", ps.entry(v, "proposal.settled")); err != nil {
			return page.Missing(err, dossiers.ErrNotFound)
		}
		return page.See(w, r, v.at("/comments"))
	}
	c := dossiers.TeamComment{Proposal: v.ID, Version: v.Newest, Text: page.Typed(f.Get("text"))}
	if said := law.Squeeze(f.Get("at")); said != "" {
		wk, err := ps.work(ctx, v)
		if err != nil {
			return err
		}
		doc, err := ps.doc(ctx, v, wk, wk.langs[0])
		if err != nil {
			return err
		}
		base, err := ps.base(ctx, v, wk, wk.langs[0])
		if err != nil {
			return err
		}
		found := named(doc, v.ui, nil, said)
		if len(found) != 1 {
			return ps.comments(w, r, http.StatusUnprocessableEntity, v, f.Get("text"), f.Get("at"), "", v.loc.T("prop.no_place", "what", said))
		}
		c.Change = dossiers.Change{Address: found[0].Address, New: base.Find(found[0].Address) == nil}
	}
	switch {
	case c.Text == "":
		return ps.comments(w, r, http.StatusUnprocessableEntity, v, "", f.Get("at"), v.loc.T("prop.comment_empty"), "")
	case len(c.Text) > mostReason:
		return ps.comments(w, r, http.StatusUnprocessableEntity, v, f.Get("text"), f.Get("at"), v.loc.T("prop.too_long"), "")
	}
	if _, err := ps.Store.AddTeamComment(ctx, v.org(), c, ps.entry(v, "proposal.commented")); err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, v.at("/comments"))
}
