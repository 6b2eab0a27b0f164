// Package proposal is where a proposed change of a law is written and where the
// public reads it: the desk with its editor, drafts, versions, merging and team
// comments, and the page of what was published. Operations on a text are those of
// drafting/edit, merges those of diffing/merge; this package asks for them, says
// in the visitor's language why one was refused, and keeps what was typed
// whatever happens. It never decides between two people.
package proposal

import (
	"context"
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
	Acts(ctx context.Context) ([]law.Act, error)
	Act(ctx context.Context, id law.ActID) (law.Act, error)
	Editions(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	EditionText(ctx context.Context, key law.EditionKey) (law.Edition, error)
	Publications(ctx context.Context, id dossiers.ProposalID) ([]dossiers.Publication, error)
}

// deskStore is what only members see. Methods that take an organisation find
// nothing of another one.
type deskStore interface {
	Dossiers(ctx context.Context, org string) ([]dossiers.Dossier, error)
	Dossier(ctx context.Context, org string, id dossiers.DossierID) (dossiers.Dossier, error)
	Members(ctx context.Context, org accounts.OrganisationID) ([]accounts.Place, error)
	AddProposal(ctx context.Context, p dossiers.Proposal, e accounts.Entry) (dossiers.ProposalID, error)
	SaveProposal(ctx context.Context, p dossiers.Proposal, e accounts.Entry) error
	Proposal(ctx context.Context, org string, id dossiers.ProposalID) (dossiers.Proposal, error)
	Proposals(ctx context.Context, org string, dossier dossiers.DossierID) ([]dossiers.Proposal, error)
	SaveVersion(ctx context.Context, org string, v dossiers.Version, draft int, e accounts.Entry) (dossiers.Version, error)
	Version(ctx context.Context, org string, id dossiers.ProposalID, number int) (dossiers.Version, error)
	Versions(ctx context.Context, org string, id dossiers.ProposalID) ([]dossiers.Version, error)
	SaveDraft(ctx context.Context, org string, d dossiers.Draft) (dossiers.Draft, error)
	Draft(ctx context.Context, org string, id dossiers.ProposalID, person string) (dossiers.Draft, error)
	DropDraft(ctx context.Context, org string, id dossiers.ProposalID, person string, saved int) error
	AddTeamComment(ctx context.Context, org string, c dossiers.TeamComment, e accounts.Entry) (dossiers.TeamComment, error)
	SettleTeamComment(ctx context.Context, org string, proposal dossiers.ProposalID, id int64, settled bool, e accounts.Entry) error
	TeamComments(ctx context.Context, org string, id dossiers.ProposalID) ([]dossiers.TeamComment, error)
	Publish(ctx context.Context, org string, id dossiers.ProposalID, version int, day law.Date, e accounts.Entry) (dossiers.Publication, error)
	Record(ctx context.Context, org string, id dossiers.ProposalID) (dossiers.Record, error)
}

// publicStore is what everybody may see.
type publicStore interface {
	PublicRecord(ctx context.Context, id dossiers.ProposalID) (dossiers.Record, error)
	PublishedVersion(ctx context.Context, id dossiers.ProposalID) (dossiers.Version, error)
	PublicDossiers(ctx context.Context) ([]dossiers.Dossier, error)
	Organisation(ctx context.Context, id accounts.OrganisationID) (accounts.Organisation, error)
	PublishedAs(ctx context.Context, key law.EditionKey) ([]dossiers.Publication, error)
	// Discussed lists the campaigns about one of the texts.
	Discussed(ctx context.Context, texts ...law.EditionKey) ([]campaigns.Discussion, error)
}

// Config is what the page group needs.
type Config struct {
	Store Store
	// ReadFile reads files that are uploaded; nil: only .txt and .md.
	ReadFile draft.ReadFile
}

// Proposals answers the requests of this page group.
type Proposals struct {
	Config
	people *people.People // nil: there are only the public pages
	pages  *page.Pages
	reader *read.Reader
	words  dossiers.Vocabulary
	now    func() time.Time
}

// New makes the page group.
func New(c Config, p *people.People, pages *page.Pages, rd *read.Reader, now func() time.Time) (*Proposals, error) {
	words, err := dossiers.Statuses()
	return &Proposals{Config: c, people: p, pages: pages, reader: rd, words: words, now: now}, err
}

// view is who asks, and the proposal that is asked for.
type view struct {
	dossiers.Proposal
	ui  law.Lang
	loc *i18n.Locale
	who people.Visitor
}

func (ps *Proposals) view(r *http.Request) view {
	ui := page.UI(r)
	return view{ui: ui, loc: ps.pages.Locale(ui), who: people.Who(r)}
}

// org is the organisation in the path.
func (v view) org() string { return string(v.who.Place.Organisation) }

// may tells whether the visitor is allowed something.
func (v view) may(a accounts.Action) bool { return v.who.Place.Role.May(a) }

// desk is an address of the organisation's desk.
func (v view) desk(what string) string { return "/" + string(v.ui) + "/desk/" + v.org() + what }

// path is the proposal's place on the desk.
func (v view) path() string { return "/proposals/" + strconv.FormatInt(int64(v.ID), 10) }

// at is an address of the proposal on the desk.
func (v view) at(what string) string { return v.desk(v.path() + what) }

// public is the address of its public page.
func (v view) public() string { return "/" + string(v.ui) + v.path() }

// asked is the proposal an address names, if it is the organisation's own.
func (ps *Proposals) asked(r *http.Request) (v view, err error) {
	v = ps.view(r)
	id, err := number(r)
	if err != nil {
		return v, err
	}
	v.Proposal, err = ps.Store.Proposal(r.Context(), v.org(), id)
	return v, page.Missing(err, dossiers.ErrNotFound)
}

// drafted is asked for a proposal that has a text here.
func (ps *Proposals) drafted(r *http.Request) (view, error) {
	v, err := ps.asked(r)
	if err == nil && v.Recorded() {
		err = fmt.Errorf("%w: the proposal is only recorded", page.ErrNoPage)
	}
	return v, err
}

func number(r *http.Request) (dossiers.ProposalID, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, fmt.Errorf("%w: no proposal %q", page.ErrNoPage, r.PathValue("id"))
	}
	return dossiers.ProposalID(id), nil
}

// entry is what the organisation's log says of something done now.
func (ps *Proposals) entry(v view, did string) accounts.Entry {
	return accounts.Entry{At: ps.now(), Person: v.who.Person.ID, Did: did}
}

// frame begins a page of the proposal on the desk.
func (ps *Proposals) frame(r *http.Request, v view, current string) (people.Frame, *page.Tabs) {
	f := ps.people.DeskFrame(r, v.path()+current, v.Title.In(v.ui))
	t := &page.Tabs{Label: v.loc.T("prop.sections")}
	add := func(what, text string, a accounts.Action) {
		if v.may(a) {
			t.List = append(t.List, page.Tab{Href: v.at(what), Text: text, Current: what == current})
		}
	}
	add("", v.loc.T("prop.tab"), accounts.ReadDesk)
	add("/about", v.loc.T("prop.tab_about"), accounts.Edit)
	if !v.Recorded() {
		add("/edit", v.loc.T("prop.tab_edit"), accounts.Edit)
		add("/versions", v.loc.T("prop.tab_versions"), accounts.ReadDesk)
		add("/comments", v.loc.T("prop.tab_comments"), accounts.ReadDesk)
		add("/publish", v.loc.T("prop.tab_publish"), accounts.Publish)
	}
	return f, t
}

// render answers with a page for one person.
func (ps *Proposals) render(w http.ResponseWriter, r *http.Request, status int, name string, data any) error {
	return ps.pages.Render(w, r, status, page.Private, page.UI(r), name, data)
}

// nameOf is a member's name; who left has none any more.
func nameOf(v view, names map[string]string, person string) string {
	if n := names[person]; n != "" {
		return n
	}
	return v.loc.T("prop.left")
}

// statusName is a status in words.
func (ps *Proposals) statusName(ui law.Lang, s dossiers.Status) string {
	info, ok := ps.words.Find(s)
	if !ok {
		return string(s)
	}
	return info.Name.In(ui)
}

// without is a list without one of its values.
func without[T comparable](all []T, one T) []T {
	return slices.DeleteFunc(slices.Clone(all), func(x T) bool { return x == one })
}
