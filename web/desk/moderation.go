package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/comments"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// queueRows is how many comments a page of the queue holds, decisionRows how
// many decisions stand below it.
const (
	queueRows    = 100
	decisionRows = 20
)

// QueuePage is the comments of a campaign in one state, near-duplicates together.
type QueuePage struct {
	people.Frame
	Tabs      page.Tabs
	Groups    []Group
	Reasons   []page.Option
	Decisions []Past
	Public    string
	CSV       string
	Publish   bool // the button that publishes, the one that rejects
	Reject    bool
	Names     []SignersName // of those who signed, the newest first
	Hide      string        // action
}

// Group is a comment with those that say the same.
type Group struct {
	IDs         string // of all, separated by blanks
	Same        string
	Stance, Age string
	Late        bool
	Where, Href string // the provision, in words, and its page
	Lang        law.Lang
	Quote       string
	QuoteLang   law.Lang
	Came        string
	// Texts are the different ones of the group: nothing is published that was not
	// read, and what somebody hid among others can be decided on alone.
	Texts []Written
}

// Written is what one or several people wrote, word for word, with the name that
// would stand beside it.
type Written struct {
	Body, Wording, Name string
	IDs                 string
}

// Past is a decision that was taken.
type Past struct {
	ID   int64
	Text string
	Undo bool
}

// Queues leads to the queues of an organisation.
func (d *Desk) Queues(w http.ResponseWriter, r *http.Request) error {
	loc := d.view(r).loc
	return d.list(w, r, "/comments", loc.T("mod.title"), loc.T("mod.lead"), []string{loc.T("mod.waiting"), loc.T("mod.published"), loc.T("mod.rejected")},
		func(c campaigns.Campaign) ([]string, error) {
			n, err := d.Store.CountComments(r.Context(), c.ID)
			return []string{loc.Number(n[campaigns.CommentWaiting]), loc.Number(n[campaigns.CommentPublished]), loc.Number(n[campaigns.CommentRejected])}, err
		})
}

// Queue shows the comments of a campaign that wait, or those in another state.
func (d *Desk) Queue(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	return d.queue(w, r, http.StatusOK, v, "")
}

func (d *Desk) queue(w http.ResponseWriter, r *http.Request, status int, v view, warning string) error {
	state := campaigns.CommentState(r.URL.Query().Get("state"))
	if state != campaigns.CommentPublished && state != campaigns.CommentRejected {
		state = campaigns.CommentWaiting
	}
	path := "/comments/" + v.Slug
	p := QueuePage{Frame: d.people.DeskFrame(r, path, v.title), Public: "/" + string(v.ui) + "/campaigns/" + v.Slug + "/comments", CSV: v.at(path + ".csv"),
		Publish: state != campaigns.CommentPublished, Reject: state != campaigns.CommentRejected}
	p.Lead = v.loc.T("mod.lead")
	if warning != "" {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: warning})
	}
	p.Tabs.Label = v.loc.T("mod.title")
	for _, t := range []struct {
		state campaigns.CommentState
		name  string
	}{{campaigns.CommentWaiting, v.loc.T("mod.waiting")}, {campaigns.CommentPublished, v.loc.T("mod.published")}, {campaigns.CommentRejected, v.loc.T("mod.rejected")}} {
		p.Tabs.List = append(p.Tabs.List, page.Tab{Href: v.at(path) + "?state=" + string(t.state), Text: t.name, Current: t.state == state})
	}
	p.Query = "state=" + string(state)
	found, err := d.Store.Comments(r.Context(), v.ID, state, 0, queueRows)
	if err != nil {
		return err
	}
	texts := make([]string, len(found))
	for i, c := range found {
		texts[i] = string(c.Stance) + " " + string(c.Anchor.Address) + " " + c.Body + " " + c.Wording
	}
	docs := map[law.EditionKey]*law.Document{}
	for _, same := range campaigns.Alike(texts) {
		g, err := d.group(v, found, same)
		if err != nil {
			return err
		}
		at := found[same[0]].Anchor
		if g.Where, err = d.where(r.Context(), v, docs, at); err != nil {
			return err
		}
		g.Href = p.Public + "?" + url.Values{"text": {at.Edition.String()}, "at": {string(at.Address)}}.Encode()
		p.Groups = append(p.Groups, g)
	}
	for _, reason := range campaigns.RejectReasons() {
		p.Reasons = append(p.Reasons, page.Option{Value: string(reason), Text: comments.ReasonName(v.loc, reason)})
	}
	past, err := d.Store.Decisions(r.Context(), v.ID, decisionRows)
	if err != nil {
		return err
	}
	undone := map[int64]bool{}
	for _, was := range past {
		undone[was.Undoes] = true
	}
	for _, was := range past {
		p.Decisions = append(p.Decisions, Past{ID: was.ID, Text: told(v, was), Undo: was.Verdict != campaigns.Undo && !undone[was.ID]})
	}
	if p.Names, err = d.signersNames(r.Context(), v); err != nil {
		return err
	}
	p.Hide = v.at(path + "/names")
	return d.pages.Render(w, r, status, page.Private, v.ui, "moderation", p)
}

func (d *Desk) group(v view, found []campaigns.Comment, same []int) (Group, error) {
	c := found[same[0]]
	age := campaigns.AgeOf(c.ID.Time(), d.now())
	g := Group{Stance: comments.StanceName(v.loc, c.Stance), Lang: c.Lang,
		Quote: c.Anchor.Quote, QuoteLang: c.Anchor.Edition.Lang, Came: v.loc.Date(campaigns.Day(c.ID.Time())), Late: age == campaigns.AgeLate}
	if c.State == campaigns.CommentWaiting {
		switch age {
		case campaigns.AgeDue:
			g.Age = v.loc.T("mod.due")
		case campaigns.AgeLate:
			g.Age = v.loc.T("mod.late")
		}
	}
	var ids []string
	for _, i := range same {
		one, id := found[i], strconv.FormatInt(int64(found[i].ID), 10)
		ids = append(ids, id)
		name, err := d.Intake.CommentName(one)
		if err != nil {
			return g, fmt.Errorf("a shown name: %w", err)
		}
		known := slices.IndexFunc(g.Texts, func(t Written) bool { return t.Body == one.Body && t.Wording == one.Wording && t.Name == name })
		if known < 0 {
			g.Texts = append(g.Texts, Written{Body: one.Body, Wording: one.Wording, Name: name, IDs: id})
		} else {
			g.Texts[known].IDs += " " + id
		}
	}
	if g.IDs = strings.Join(ids, " "); len(ids) > 1 {
		g.Same = v.loc.N("cm.same", len(ids))
	}
	return g, nil
}

// where names the provision that a comment is about, and its text.
func (d *Desk) where(ctx context.Context, v view, docs map[law.EditionKey]*law.Document, at campaigns.Anchor) (string, error) {
	doc := docs[at.Edition]
	if doc == nil {
		e, err := d.Store.EditionText(ctx, at.Edition)
		if err != nil {
			return "", err
		}
		doc = law.Build(at.Edition.Lang, e.Title, e.Lines)
		docs[at.Edition] = doc
	}
	name := string(at.Address)
	if p := doc.Find(at.Address); p != nil {
		name = p.Label().In(v.ui)
	}
	return name + " · " + named(v.loc, at.Edition), nil
}

// told is a decision in words.
func told(v view, d campaigns.Decision) string {
	n := v.loc.N("cm.count", len(d.Comments)) + ", " + v.loc.Date(campaigns.Day(d.At))
	switch d.Verdict {
	case campaigns.Publish:
		return v.loc.T("mod.did_publish") + ": " + n
	case campaigns.Reject:
		return v.loc.T("mod.did_reject") + " (" + comments.ReasonName(v.loc, d.Reason) + "): " + n
	}
	return v.loc.T("mod.did_undo") + ": " + n
}

// Decide takes a decision over what was ticked, or takes one back.
func (d *Desk) Decide(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	todo := campaigns.Decision{Campaign: v.ID, At: d.now(), By: string(v.who.Person.ID), Verdict: campaigns.Verdict(r.PostForm.Get("verdict"))}
	did := "comments.published"
	switch todo.Verdict {
	case campaigns.Publish:
	case campaigns.Reject:
		todo.Reason, did = campaigns.RejectReason(r.PostForm.Get("reason")), "comments.rejected"
	case campaigns.Undo:
		did = "comments.undone"
		if todo.Undoes, err = strconv.ParseInt(r.PostForm.Get("decision"), 10, 32); err != nil {
			return errors.Join(page.ErrForm, err)
		}
	default:
		return page.ErrForm
	}
	if todo.Verdict != campaigns.Undo {
		for _, group := range r.PostForm["comment"] {
			for _, s := range strings.Fields(group) {
				id, err := strconv.ParseInt(s, 10, 64)
				if err != nil {
					return errors.Join(page.ErrForm, err)
				}
				todo.Comments = append(todo.Comments, campaigns.CommentID(id))
			}
		}
		slices.Sort(todo.Comments) // a group and one of its texts may both be ticked
		todo.Comments = slices.Compact(todo.Comments)
	}
	_, err = d.Store.Decide(r.Context(), todo, d.entry(v, did))
	switch {
	case errors.Is(err, campaigns.ErrDecided):
		return d.queue(w, r, http.StatusConflict, v, v.loc.T("mod.decided"))
	case errors.Is(err, campaigns.ErrNoReason):
		return d.queue(w, r, http.StatusUnprocessableEntity, v, v.loc.T("mod.need_reason"))
	case errors.Is(err, campaigns.ErrNoComment):
		return d.queue(w, r, http.StatusUnprocessableEntity, v, v.loc.T("mod.need_comment"))
	case err != nil:
		return err
	}
	return page.See(w, r, v.at("/comments/"+v.Slug)+"?"+r.URL.RawQuery)
}

// CSV is every published comment of a campaign, for a spreadsheet. It names
// nobody.
func (d *Desk) CSV(w http.ResponseWriter, r *http.Request) error {
	r.SetPathValue("slug", strings.TrimSuffix(r.PathValue("slug"), ".csv"))
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	rows := [][]string{{"id", "day", "edition", "address", "quote", "stance", "lang", "text", "wording", "answers"}}
	for after := campaigns.CommentID(0); ; {
		some, err := d.Store.Comments(r.Context(), v.ID, campaigns.CommentPublished, after, queueRows)
		if err != nil {
			return err
		}
		for _, c := range some {
			after = c.ID
			parent := ""
			if c.Parent != 0 {
				parent = strconv.FormatInt(int64(c.Parent), 10)
			}
			rows = append(rows, []string{strconv.FormatInt(int64(c.ID), 10), string(campaigns.Day(c.ID.Time())), c.Anchor.Edition.String(),
				string(c.Anchor.Address), c.Anchor.Quote, string(c.Stance), string(c.Lang), c.Body, c.Wording, parent})
		}
		if len(some) < queueRows {
			break
		}
	}
	var b bytes.Buffer
	if err := campaigns.WriteCSV(&b, rows); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="comments.csv"`)
	page.Write(w, r, http.StatusOK, "text/csv; charset=utf-8; header=present", page.Private, b.Bytes())
	return nil
}
