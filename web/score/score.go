// Package score is what became of what was asked for: the desk pages on which a
// person confirms or corrects what a comparison suggests, the public scoreboards,
// the targets and the numbers entered for them, and the desk's page of the day.
//
// It counts nothing itself and judges nothing: dossiers.Score and dossiers.Measure
// count, a comparison suggests, a person decides.
package score

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// Store is what the pages need. internal/store fulfils it.
type Store interface {
	publicStore
	deskStore
	Act(ctx context.Context, id law.ActID) (law.Act, error)
	Publications(ctx context.Context, id dossiers.ProposalID) ([]dossiers.Publication, error)
	Campaigns(ctx context.Context) ([]campaigns.Campaign, error)
}

// publicStore is what everybody may see.
type publicStore interface {
	PublicDossier(ctx context.Context, slug string) (dossiers.Dossier, error)
	PublicDossiers(ctx context.Context) ([]dossiers.Dossier, error)
	PublicRecords(ctx context.Context, dossier dossiers.DossierID) ([]dossiers.Record, error)
	Organisations(ctx context.Context) ([]accounts.Organisation, error)
	IndicatorEntries(ctx context.Context, org string) ([]dossiers.Entry, error)
}

// deskStore is what only members see. Methods that take an organisation find
// nothing of another one.
type deskStore interface {
	Dossiers(ctx context.Context, org string) ([]dossiers.Dossier, error)
	Records(ctx context.Context, org string, dossier dossiers.DossierID) ([]dossiers.Record, error)
	Record(ctx context.Context, org string, id dossiers.ProposalID) (dossiers.Record, error)
	ConfirmOutcome(ctx context.Context, org string, c dossiers.Confirmation, e accounts.Entry) (dossiers.Confirmation, error)
	AddIndicatorEntry(ctx context.Context, org string, n dossiers.Entry, e accounts.Entry) (dossiers.Entry, error)
	OpenTasks(ctx context.Context, org string) ([]dossiers.Task, error)
	DoneTasks(ctx context.Context, org string, limit int) ([]dossiers.Task, error)
	AddTask(ctx context.Context, t dossiers.Task, e accounts.Entry) error
	FinishTask(ctx context.Context, org string, id int64, done bool, e accounts.Entry) error
	Deadlines(ctx context.Context, org string) ([]dossiers.Deadline, error)
	Drafts(ctx context.Context, org, person string) ([]dossiers.Draft, error)
	Proposals(ctx context.Context, org string, dossier dossiers.DossierID) ([]dossiers.Proposal, error)
	CampaignsOf(ctx context.Context, org accounts.OrganisationID) ([]campaigns.Campaign, error)
	Text(ctx context.Context, campaign campaigns.CampaignID, version int) (campaigns.TextVersion, error)
	CountComments(ctx context.Context, campaign campaigns.CampaignID) (map[campaigns.CommentState]int, error)
	Comments(ctx context.Context, campaign campaigns.CampaignID, state campaigns.CommentState, after campaigns.CommentID, limit int) ([]campaigns.Comment, error)
}

// Config is what the page group needs.
type Config struct{ Store Store }

// Scores answers the requests of this page group.
type Scores struct {
	Config
	people     *people.People // nil: there are only the public pages
	pages      *page.Pages
	reader     *read.Reader
	now        func() time.Time
	words      dossiers.Vocabulary
	indicators []dossiers.Indicator
	holidays   dossiers.Calendar
}

// New makes the page group.
func New(c Config, p *people.People, pages *page.Pages, rd *read.Reader, now func() time.Time) (*Scores, error) {
	s := &Scores{Config: c, people: p, pages: pages, reader: rd, now: now}
	var err error
	if s.words, err = dossiers.Statuses(); err != nil {
		return nil, err
	}
	if s.indicators, err = dossiers.Indicators(); err != nil {
		return nil, err
	}
	s.holidays, err = dossiers.Holidays()
	return s, err
}

// view is who asks, in their language.
type view struct {
	ui  law.Lang
	loc *i18n.Locale
	who people.Visitor
}

func (s *Scores) view(r *http.Request) view {
	ui := page.UI(r)
	return view{ui, s.pages.Locale(ui), people.Who(r)}
}

// in puts the interface language before a path, desk the organisation's desk.
func (v view) in(path string) string   { return "/" + string(v.ui) + path }
func (v view) desk(path string) string { return v.in("/desk/" + v.org() + path) }

// org is the organisation in the path.
func (v view) org() string { return string(v.who.Place.Organisation) }

func (v view) may(a accounts.Action) bool { return v.who.Place.Role.May(a) }

// entry is what the organisation's log says of something done now.
func (s *Scores) entry(v view, did string) accounts.Entry {
	return accounts.Entry{At: s.now(), Person: v.who.Person.ID, Did: did}
}

// today is the day in Kazakhstan.
func (s *Scores) today() law.Date { return i18n.Day(s.now()) }

// Status is what became of something, drawn and in words.
type Status struct {
	ID   dossiers.Status
	Text string
}

func (s *Scores) status(v view, id dossiers.Status) Status {
	if info, ok := s.words.Find(id); ok {
		return Status{id, info.Name.In(v.ui)}
	}
	return Status{id, string(id)}
}

// percent is a share to the nearest whole.
func percent(l *i18n.Locale, share float64) string {
	return l.Percent(float64(int(100*share+0.5)) / 100)
}

// proposalPath is the place of a proposal, on the desk and for everybody.
func proposalPath(id dossiers.ProposalID) string {
	return "/proposals/" + strconv.FormatInt(int64(id), 10)
}

func outcomePath(id dossiers.ProposalID) string {
	return "/outcomes/" + strconv.FormatInt(int64(id), 10)
}
