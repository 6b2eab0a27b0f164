// Package campaign is the pages of campaigns: what is asked for, the form to
// sign, and what a signer does by the links of letters. A link that is opened
// changes nothing; only a button does. No answer tells a stranger whether an
// address has signed, and nothing personal stands on a page that others see,
// but the names of those who agreed to that.
package campaign

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/count"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// Store is what the pages read. internal/store fulfils it.
type Store interface {
	photoStore
	// Campaigns lists all of them, the newest first.
	Campaigns(context.Context) ([]campaigns.Campaign, error)
	// Campaign and CampaignAt return one; campaigns.ErrNotFound if there is none.
	Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error)
	CampaignAt(ctx context.Context, slug string) (campaigns.Campaign, error)
	Text(ctx context.Context, id campaigns.CampaignID, version int) (campaigns.TextVersion, error)
	Recipients(context.Context, campaigns.CampaignID) ([]campaigns.Recipient, error)
	Updates(context.Context, campaigns.CampaignID) ([]campaigns.Update, error)
	Tallies(ctx context.Context, id campaigns.CampaignID, version int) ([]campaigns.Tally, error)
	ShownNames(ctx context.Context, id campaigns.CampaignID, version int, before campaigns.SignatureID, limit int) ([]campaigns.Kept, error)
	// Deliveries are the archives made for the addressee, Answers what it
	// answered, both the latest first.
	Deliveries(context.Context, campaigns.CampaignID) ([]campaigns.Delivery, error)
	Answers(context.Context, campaigns.CampaignID) ([]campaigns.Answer, error)
	// CountComments tells how many comments are in each state.
	CountComments(context.Context, campaigns.CampaignID) (map[campaigns.CommentState]int, error)
	// Waits tells whether a confirmed signature is still to be counted.
	Waits(context.Context, campaigns.SignatureID) (bool, error)
}

// Config is what the page group needs besides what every group does.
type Config struct {
	Store   Store
	Intake  *intake.Intake
	Manager *intake.Manager
	Counter *count.Counter
	// Trusted proxies may say whose request they pass on.
	Trusted []netip.Prefix
	// Target is how many campaigns are to be run; 0 says nothing.
	Target int
	// Ending is closed when the program ends, so that those who watch a count
	// do not hold it up.
	Ending <-chan struct{}
}

// Collector answers the requests of this page group.
type Collector struct {
	Config
	pages    *page.Pages
	rd       *read.Reader
	log      *slog.Logger
	now      func() time.Time
	regions  []campaigns.Region
	subjects campaigns.Subjects
	watching chan struct{} // a place for each who watches

	mu    sync.Mutex
	parts map[campaigns.CampaignID]parts // as they were when the number was shown
	known map[string]known               // by slug, of the campaigns the store has
}

// known is a published campaign as it was last read.
type known struct {
	campaigns.Campaign
	text campaigns.TextVersion
	at   time.Time
}

// New makes the page group.
func New(c Config, pages *page.Pages, rd *read.Reader, log *slog.Logger, now func() time.Time) (*Collector, error) {
	out := &Collector{Config: c, pages: pages, rd: rd, log: log, now: now,
		watching: make(chan struct{}, watchers), parts: map[campaigns.CampaignID]parts{}, known: map[string]known{}}
	var err error
	if out.regions, err = campaigns.Regions(); err != nil {
		return nil, err
	}
	out.subjects, err = campaigns.ReadSubjects()
	return out, err
}

// view is a campaign as one visitor sees it.
type view struct {
	campaigns.Campaign
	text campaigns.TextVersion
	ui   law.Lang
	loc  *i18n.Locale
}

// asked finds the published campaign an address names.
func (c *Collector) asked(r *http.Request) (view, error) {
	found, err := c.Store.CampaignAt(r.Context(), r.PathValue("slug"))
	if err == nil && !found.State.Published() {
		err = campaigns.ErrNotFound
	}
	if err != nil {
		return view{}, missing(err)
	}
	v, err := c.viewOf(r, found)
	if err == nil {
		c.mu.Lock()
		c.known[found.Slug] = known{v.Campaign, v.text, c.now()}
		c.mu.Unlock()
	}
	return v, err
}

// lately is asked for whoever signs. In a rush it reads a campaign once a second
// only: the intake looks again at what it takes. And whoever signs while the
// database is gone gets their form back, so then what was last read stands in.
func (c *Collector) lately(r *http.Request) (view, error) {
	c.mu.Lock()
	last, there := c.known[r.PathValue("slug")]
	c.mu.Unlock()
	ui := page.UI(r)
	then := view{Campaign: last.Campaign, text: last.text, ui: ui, loc: c.pages.Locale(ui)}
	if there && c.now().Sub(last.at).Abs() < time.Second {
		return then, nil
	}
	v, err := c.asked(r)
	if err != nil && there && !errors.Is(err, page.ErrNoPage) {
		return then, nil
	}
	return v, err
}

// missing is the error of an address that names no campaign strangers may see.
func missing(err error) error {
	if errors.Is(err, campaigns.ErrNotFound) {
		return fmt.Errorf("%w: %w", page.ErrNoPage, err)
	}
	return err
}

func (c *Collector) viewOf(r *http.Request, found campaigns.Campaign) (view, error) {
	ui := page.UI(r)
	text, err := c.Store.Text(r.Context(), found.ID, found.Version)
	return view{Campaign: found, text: text, ui: ui, loc: c.pages.Locale(ui)}, err
}

// path is of the campaign's page, without the language; at is of what stands
// under it.
func (v view) path() string          { return "/campaigns/" + v.Slug }
func (v view) at(what string) string { return "/" + string(v.ui) + v.path() + what }

// said is a text in the language of the interface, else in the next best.
func (v view) said(w campaigns.Words) read.Phrase { return said(w, v.ui) }

func said(w campaigns.Words, ui law.Lang) read.Phrase {
	text, in := w.Said(ui)
	return read.Phrase{Text: page.Plain(text), Lang: in}
}

// consent is the form of consent a visitor is shown, in the language of the texts
// beside it, and its hash.
func (v view) consent() (campaigns.ConsentForm, string, error) {
	form, err := campaigns.ReadConsentForm(v.ConsentIn(v.ui))
	if err != nil {
		return form, "", err
	}
	filled, err := form.Fill(v.Operator)
	if err != nil {
		return form, "", err
	}
	form, err = form.For(v.Operator)
	return form, filled.SHA256, err
}

// open tells whether signatures are taken on a day.
func (v view) open(today law.Date) bool {
	return v.State.TakesSignatures() && !v.Over(today)
}

// layout is the frame of a page of the group.
func (c *Collector) layout(r *http.Request, ui law.Lang, path string) page.Layout {
	l := c.pages.Frame(r, ui, path)
	l.Section, l.Sheet = "campaigns", "campaign.css"
	return l
}

// layoutOf is the frame of a page under a campaign's; what "" is its own.
func (c *Collector) layoutOf(r *http.Request, v view, what, title string) page.Layout {
	l := c.layout(r, v.ui, v.path()+what)
	name := v.said(v.text.Title)
	l.Title, l.Description = name.Text, v.said(v.text.Ask).Text
	l.Crumbs = []page.Link{
		{Href: "/" + string(v.ui), Text: v.loc.T("site.name"), Lang: law.KK},
		{Href: "/" + string(v.ui) + "/campaigns", Text: v.loc.T("menu.campaigns")},
	}
	if title == "" {
		l.Crumbs = append(l.Crumbs, page.Link{Text: name.Text, Lang: name.Lang})
		return l
	}
	l.Title = title + ": " + name.Text
	l.Crumbs = append(l.Crumbs, page.Link{Href: v.at(""), Text: name.Text, Lang: name.Lang}, page.Link{Text: title})
	return l
}

// client is where a request comes from.
func (c *Collector) client(r *http.Request) netip.Addr {
	return gate.Client(r.RemoteAddr, r.Header.Values("X-Forwarded-For"), c.Trusted)
}

// alone marks an answer that is for one person: no address of it reaches
// another site, no cache keeps it, no search engine lists it.
func alone(w http.ResponseWriter) {
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Robots-Tag", "noindex")
}

// NotePage says one thing: a letter was sent, a link is not valid.
type NotePage struct {
	page.Layout
	Heading string
	Texts   []string
	Links   []page.Link
}

// note answers with a NotePage; private ones are for one person.
func (c *Collector) note(w http.ResponseWriter, r *http.Request, status int, cache page.Cache, p NotePage) error {
	p.Layout.Title = p.Heading
	return c.pages.Render(w, r, status, cache, p.UI, "campaign_note", p)
}

// notValid answers a link that is not right, whatever is wrong with it.
func (c *Collector) notValid(w http.ResponseWriter, r *http.Request) error {
	ui := page.UI(r)
	loc := c.pages.Locale(ui)
	p := NotePage{
		Layout: c.layout(r, ui, r.URL.Path[len("/"+string(ui)):]), Heading: loc.T("link.invalid"),
		Texts: []string{loc.T("link.invalid_why"), loc.T("link.invalid_do")},
		Links: []page.Link{{Href: "/" + string(ui) + "/campaigns", Text: loc.T("menu.campaigns")}},
	}
	p.Private = true
	return c.note(w, r, http.StatusNotFound, page.Private, p)
}
