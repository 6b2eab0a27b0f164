// Package dossier is the pages of dossiers: the desk where an organisation keeps
// the stages, documents and deadlines of an effort, and the public page with its
// timeline. How days are counted and what a dossier may hold are rules of the
// package dossiers; this one asks for them, says in the visitor's language what
// is wrong, and keeps what was typed. A dossier of another organisation, and one
// that is not public, is not there.
package dossier

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/draft"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// Store is what the pages need. internal/store fulfils it.
type Store interface {
	deskStore
	publicStore
	Stages(ctx context.Context, dossier dossiers.DossierID) ([]dossiers.Stage, error)
	Documents(ctx context.Context, dossier dossiers.DossierID) ([]dossiers.Document, error)
	DeadlinesOf(ctx context.Context, dossier dossiers.DossierID) ([]dossiers.Deadline, error)
	DossierFile(ctx context.Context, dossier dossiers.DossierID, sha256 string) ([]byte, error)
	Acts(ctx context.Context) ([]law.Act, error)
	Editions(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
}

// deskStore is what only members see. Methods that take an organisation find
// nothing of another one.
type deskStore interface {
	AddDossier(ctx context.Context, d dossiers.Dossier, e accounts.Entry) (dossiers.DossierID, error)
	SaveDossier(ctx context.Context, was, d dossiers.Dossier, e accounts.Entry) error
	Dossier(ctx context.Context, org string, id dossiers.DossierID) (dossiers.Dossier, error)
	Dossiers(ctx context.Context, org string) ([]dossiers.Dossier, error)
	SaveStage(ctx context.Context, org string, dossier dossiers.DossierID, was, s dossiers.Stage, e accounts.Entry) (int, error)
	RemoveStage(ctx context.Context, org string, dossier dossiers.DossierID, number int, e accounts.Entry) error
	AddDocument(ctx context.Context, org string, dossier dossiers.DossierID, d dossiers.Document, bill bool, file []byte, e accounts.Entry) (dossiers.Document, error)
	SaveDocument(ctx context.Context, org string, dossier dossiers.DossierID, was, d dossiers.Document, e accounts.Entry) error
	RemoveDocument(ctx context.Context, org string, dossier dossiers.DossierID, number int, e accounts.Entry) error
	SaveDeadline(ctx context.Context, org string, dossier dossiers.DossierID, was, d dossiers.Deadline, e accounts.Entry) (int, error)
	RemoveDeadline(ctx context.Context, org string, dossier dossiers.DossierID, number int, e accounts.Entry) error
	AddEdition(ctx context.Context, e law.Edition) (key law.EditionKey, added bool, err error)
}

// publicStore is what everybody may see.
type publicStore interface {
	PublicDossier(ctx context.Context, slug string) (dossiers.Dossier, error)
	PublicDossiers(ctx context.Context) ([]dossiers.Dossier, error)
	PublicRecords(ctx context.Context, dossier dossiers.DossierID) ([]dossiers.Record, error)
	Publications(ctx context.Context, id dossiers.ProposalID) ([]dossiers.Publication, error)
	Organisation(ctx context.Context, id accounts.OrganisationID) (accounts.Organisation, error)
	Campaigns(ctx context.Context) ([]campaigns.Campaign, error)
	Text(ctx context.Context, id campaigns.CampaignID, version int) (campaigns.TextVersion, error)
}

// Config is what the page group needs.
type Config struct {
	Store Store
	// ReadFile reads texts that are uploaded; nil: no text is taken, only files.
	ReadFile draft.ReadFile
}

// Dossiers answers the requests of this page group.
type Dossiers struct {
	Config
	people    *people.People // nil: there are only the public pages
	pages     *page.Pages
	reader    *read.Reader
	now       func() time.Time
	templates []dossiers.Template
	holidays  dossiers.Calendar
	words     dossiers.Vocabulary
}

// New makes the page group.
func New(c Config, p *people.People, pages *page.Pages, rd *read.Reader, now func() time.Time) (*Dossiers, error) {
	d := &Dossiers{Config: c, people: p, pages: pages, reader: rd, now: now}
	var errs [3]error
	d.templates, errs[0] = dossiers.Templates()
	d.holidays, errs[1] = dossiers.Holidays()
	d.words, errs[2] = dossiers.Statuses()
	return d, errors.Join(errs[:]...)
}

// view is who asks, and the dossier that is asked for.
type view struct {
	dossiers.Dossier
	ui    law.Lang
	loc   *i18n.Locale
	who   people.Visitor
	today law.Date
}

func (d *Dossiers) view(r *http.Request) view {
	ui := page.UI(r)
	return view{ui: ui, loc: d.pages.Locale(ui), who: people.Who(r), today: i18n.Day(d.now())}
}

// org is the organisation in the path.
func (v view) org() string { return string(v.who.Place.Organisation) }

// may tells whether the visitor is allowed something.
func (v view) may(a accounts.Action) bool { return v.who.Place.Role.May(a) }

// desk is an address of the organisation's desk.
func (v view) desk(what string) string { return "/" + string(v.ui) + "/desk/" + v.org() + what }

// path is the dossier's place on the desk.
func (v view) path() string { return "/dossiers/" + strconv.FormatInt(int64(v.ID), 10) }

// at is an address of the dossier on the desk.
func (v view) at(what string) string { return v.desk(v.path() + what) }

// public is an address of its public pages.
func (v view) public(what string) string { return "/" + string(v.ui) + "/dossiers/" + v.Slug + what }

// said is a text in the language of the visitor, or in the next best.
func (v view) said(w law.Words) read.Phrase { return read.Said(w, v.ui) }

// asked is the dossier an address names, if it is the organisation's own.
func (d *Dossiers) asked(r *http.Request) (v view, err error) {
	v = d.view(r)
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return v, fmt.Errorf("%w: no dossier %q", page.ErrNoPage, r.PathValue("id"))
	}
	v.Dossier, err = d.Store.Dossier(r.Context(), v.org(), dossiers.DossierID(id))
	return v, page.Missing(err, dossiers.ErrNotFound)
}

// askedPart is the part of a dossier an address names, of those that all lists.
func askedPart[T any](d *Dossiers, r *http.Request, all func(context.Context, dossiers.DossierID) ([]T, error), number func(T) int) (v view, one T, err error) {
	if v, err = d.asked(r); err != nil {
		return v, one, err
	}
	parts, err := all(r.Context(), v.ID)
	if err != nil {
		return v, one, err
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	i := slices.IndexFunc(parts, func(x T) bool { return number(x) == n })
	if err != nil || i < 0 {
		return v, one, fmt.Errorf("%w: no part %q", page.ErrNoPage, r.PathValue("n"))
	}
	return v, parts[i], nil
}

// entry is what the organisation's log says of something done now.
func (d *Dossiers) entry(v view, did string) accounts.Entry {
	return accounts.Entry{At: d.now(), Person: v.who.Person.ID, Did: did}
}

// frame begins a page of the dossier on the desk.
func (d *Dossiers) frame(r *http.Request, v view, what, heading string) people.Frame {
	return d.people.DeskFrame(r, v.path()+what, heading)
}

// render answers with a page for one person.
func (d *Dossiers) render(w http.ResponseWriter, r *http.Request, status int, name string, data any) error {
	return d.pages.Render(w, r, status, page.Private, page.UI(r), name, data)
}

// mark names a state of what is stored: a form that was made of another one would
// overwrite what nobody has seen.
func mark(stored any) (string, error) {
	b, err := json.Marshal(stored)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8]), err
}

// editionPath is the page of a text.
func editionPath(ui law.Lang, k law.EditionKey) string {
	return "/" + string(ui) + read.PlacePath(k, "")
}

func comparePath(ui law.Lang, a, b law.EditionKey) string {
	return "/" + string(ui) + read.ComparePath(a, b)
}
