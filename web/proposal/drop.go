package proposal

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// DropPage asks before a member's draft is thrown away, and shows what goes.
type DropPage struct {
	people.Frame
	Tabs    *page.Tabs
	Action  string
	Back    string
	Draft   string // which draft is shown, see stamp
	Changes []Changed
}

// stamp tells one kept draft from another, also from one that was begun anew and
// counts its saves from the beginning.
func stamp(d dossiers.Draft) string { return fmt.Sprintf("%d-%d", d.Saved, d.At.UnixNano()) }

// AskDrop shows what the visitor's draft has that no version has.
func (ps *Proposals) AskDrop(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	return ps.askDrop(w, r, http.StatusOK, v, nil)
}

func (ps *Proposals) askDrop(w http.ResponseWriter, r *http.Request, status int, v view, warning *page.Notice) error {
	d, err := ps.Store.Draft(r.Context(), v.org(), v.ID, string(v.who.Person.ID))
	if errors.Is(err, dossiers.ErrNotFound) {
		return page.See(w, r, v.at("/edit"))
	}
	if err != nil {
		return err
	}
	p := DropPage{Action: v.at("/discard"), Back: v.at("/edit"), Draft: stamp(d)}
	_, p.Tabs = ps.frame(r, v, "/edit")
	p.Frame = ps.people.DeskFrame(r, v.path()+"/discard", v.loc.T("prop.draft_ask"))
	p.Lead = v.loc.T("prop.draft_about", "at", v.loc.Moment(d.At))
	if warning != nil {
		p.Notices = append(p.Notices, *warning)
	}
	parent, err := ps.content(r, v, d.Parent)
	if err != nil {
		return err
	}
	if p.Changes, err = ps.between(r, v, parent, d.Content); err != nil {
		return err
	}
	for _, t := range d.Typed {
		x := Changed{Label: string(t.Address), Word: v.loc.T("prop.draft_typed"), Lang: t.Lang, Lines: [][]read.Span{{{Text: t.Text}}}}
		doc, err := ps.document(r, v, d.Content, t.Lang)
		if err != nil {
			return err
		}
		if unit := doc.Find(t.Address); unit != nil {
			x.Label = unit.Cite().In(v.ui)
		}
		p.Changes = append(p.Changes, x)
	}
	return ps.render(w, r, status, "proposal_drop", p)
}

// Drop throws away the draft that the page before has shown. It answers with the
// editor itself: an address that had the script forget the browser's copy would
// have it forgotten each time the address is opened.
func (ps *Proposals) Drop(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	ctx, person := r.Context(), string(v.who.Person.ID)
	d, err := ps.Store.Draft(ctx, v.org(), v.ID, person)
	if err == nil && r.PostForm.Get("draft") == stamp(d) {
		err = ps.Store.DropDraft(ctx, v.org(), v.ID, person, d.Saved)
	} else if err == nil {
		err = dossiers.ErrNotFound // that draft is not there, another is
	}
	if errors.Is(err, dossiers.ErrNotFound) {
		return ps.askDrop(w, r, http.StatusConflict, v, &page.Notice{Kind: "warning", Title: v.loc.T("prop.draft_moved"), Texts: []string{v.loc.T("prop.draft_moved_text")}})
	}
	if err != nil {
		return err
	}
	wk, err := ps.work(ctx, v)
	if err != nil {
		return err
	}
	e := ps.editor(v, wk, url.Values{})
	e.done = true
	e.notices = []page.Notice{{Title: v.loc.T("prop.draft_dropped"), Texts: []string{v.loc.T("prop.draft_dropped_text")}}}
	return e.show(w, r, http.StatusOK)
}
