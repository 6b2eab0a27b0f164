package dossier

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// RemovePage asks before something is taken out of a dossier.
type RemovePage struct {
	people.Frame
	Action string // "" where it cannot be taken out
	Back   string
}

// removal is something that may be taken out.
type removal struct {
	name   read.Phrase // of the thing
	about  string      // what follows
	back   string      // its place on the page
	remove func(context.Context) error
}

// AskStage, AskDocument and AskDeadline ask first; RemoveStage, RemoveDocument and
// RemoveDeadline do it.
func (d *Dossiers) AskStage(w http.ResponseWriter, r *http.Request) error {
	return d.ask(w, r, d.stageGone, nil)
}
func (d *Dossiers) AskDocument(w http.ResponseWriter, r *http.Request) error {
	return d.ask(w, r, d.documentGone, nil)
}
func (d *Dossiers) AskDeadline(w http.ResponseWriter, r *http.Request) error {
	return d.ask(w, r, d.deadlineGone, nil)
}
func (d *Dossiers) RemoveStage(w http.ResponseWriter, r *http.Request) error {
	return d.remove(w, r, d.stageGone)
}
func (d *Dossiers) RemoveDocument(w http.ResponseWriter, r *http.Request) error {
	return d.remove(w, r, d.documentGone)
}
func (d *Dossiers) RemoveDeadline(w http.ResponseWriter, r *http.Request) error {
	return d.remove(w, r, d.deadlineGone)
}

type finding func(*http.Request) (view, removal, error)

func (d *Dossiers) stageGone(r *http.Request) (view, removal, error) {
	v, s, err := d.askedStage(r)
	n := strconv.Itoa(s.Number)
	return v, removal{v.said(s.Name), v.loc.T("dos.remove_stage"), "#stage-" + n, func(ctx context.Context) error {
		return d.Store.RemoveStage(ctx, v.org(), v.ID, s.Number, d.entry(v, "dossier.stage_removed"))
	}}, err
}

func (d *Dossiers) documentGone(r *http.Request) (view, removal, error) {
	v, x, err := d.askedDocument(r)
	about := v.loc.T("dos.remove_text")
	if x.File != nil {
		about = v.loc.T("dos.remove_file")
	}
	return v, removal{v.said(x.Title), about, "#document-" + strconv.Itoa(x.Number), func(ctx context.Context) error {
		return d.Store.RemoveDocument(ctx, v.org(), v.ID, x.Number, d.entry(v, "dossier.document_removed"))
	}}, err
}

func (d *Dossiers) deadlineGone(r *http.Request) (view, removal, error) {
	v, x, err := d.askedDeadline(r)
	return v, removal{v.said(x.What), v.loc.T("dos.remove_deadline"), "#deadline-" + strconv.Itoa(x.Number), func(ctx context.Context) error {
		return d.Store.RemoveDeadline(ctx, v.org(), v.ID, x.Number, d.entry(v, "dossier.deadline_removed"))
	}}, err
}

func (d *Dossiers) ask(w http.ResponseWriter, r *http.Request, find finding, refused error) error {
	v, x, err := find(r)
	if err != nil {
		return err
	}
	p := RemovePage{Frame: d.frame(r, v, "", v.loc.T("dos.remove_ask")), Action: r.URL.Path, Back: v.at("") + x.back}
	p.Path = r.URL.Path[len("/"+string(v.ui)):]
	p.Lead, p.LeadIn = x.name.Text, x.name.Lang
	p.Notices = append(p.Notices, page.Notice{Title: x.about})
	status := http.StatusOK
	if refused != nil {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: v.loc.T("dos.remove_no"), Texts: []string{v.loc.T("dos.remove_no_text")}})
		p.Action, status = "", http.StatusConflict
	}
	return d.render(w, r, status, "dossier_remove", p)
}

func (d *Dossiers) remove(w http.ResponseWriter, r *http.Request, find finding) error {
	v, x, err := find(r)
	if err != nil {
		return err
	}
	switch err := x.remove(r.Context()); {
	case errors.Is(err, dossiers.ErrState):
		return d.ask(w, r, find, err)
	case err != nil:
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, v.at("?said=removed"))
}
