// Package web is the web application: it lists the routes, guards every request
// and answer, and embeds the templates and static files. What pages show is
// made in the page groups (read/ …). It opens no port and no database.
package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/tuzetu/tuzetu/citing"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/campaign"
	"github.com/tuzetu/tuzetu/web/comments"
	"github.com/tuzetu/tuzetu/web/desk"
	"github.com/tuzetu/tuzetu/web/dossier"
	"github.com/tuzetu/tuzetu/web/draft"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/picture"
	"github.com/tuzetu/tuzetu/web/proposal"
	"github.com/tuzetu/tuzetu/web/read"
	"github.com/tuzetu/tuzetu/web/score"
)

//go:embed templates static
var files embed.FS

// Store is what the application reads. internal/store fulfils it.
type Store interface {
	read.Store
	// Seen is a mark of what is seen of the store now: while it stays the same,
	// nothing was committed by anyone.
	Seen(ctx context.Context) (string, error)
	// Current lists, for every act and language, the newest enacted edition dated
	// on or before a day.
	Current(ctx context.Context, day law.Date) ([]law.EditionHead, error)
}

// Config is what the application needs from outside.
type Config struct {
	Store  Store
	Sites  read.Sites   // nil: there are no pages on the official sites
	Logger *slog.Logger // nil: nothing is logged
	Now    func() time.Time
	// BaseURL is the origin the site is reached at ("https://tuzetu.kz"), for
	// canonical addresses and print. It may be empty: addresses are then
	// relative.
	BaseURL string
	// Funder is a line about who pays for the site, by language; none: nothing
	// is said.
	Funder map[law.Lang]string
	// Campaigns is what the pages of campaigns need; nil: there are none.
	Campaigns *campaign.Config
	// Comments is what the pages of comments and deliveries need; nil: there are
	// none.
	Comments *comments.Config
	// Desk is what the desk pages of comments and deliveries need besides People;
	// nil: there are none.
	Desk *desk.Config
	// Dossiers is what the pages of dossiers need; nil: there are none.
	Dossiers *dossier.Config
	// Proposals is what the pages of proposals need; nil: there are none.
	Proposals *proposal.Config
	// Scores is what the pages of outcomes and targets need; nil: there are none.
	Scores *score.Config
	// ReadFile reads files that are uploaded; nil: only .txt and .md.
	ReadFile draft.ReadFile
	// People lets those who work here in; nil: there are no such pages.
	People *people.Config
}

// App is the application.
type App struct {
	http.Handler
	reader *read.Reader
	cited  *citing.Library
	now    func() time.Time
	table  *table
}

// Warm reads ahead, one act at a time, what those who ask first after a start
// would wait for. The errors are of acts that could not be read.
func (a *App) Warm(ctx context.Context) error {
	return errors.Join(a.reader.Warm(ctx), a.cited.Warm(ctx, law.DateOf(a.now())))
}

// New makes the application.
func New(c Config) (*App, error) {
	if c.Store == nil || c.Now == nil {
		return nil, errors.New("web: a store and a clock are needed")
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if u, err := url.Parse(c.BaseURL); err != nil || (c.BaseURL != "" && (u.Host == "" || strings.Trim(u.Path, "/") != "")) {
		return nil, fmt.Errorf("web: base URL %q: want an origin, like https://tuzetu.kz", c.BaseURL)
	}
	parsed, err := embedded()
	if err != nil {
		return nil, err
	}
	pages := page.NewPages(parsed, c.Logger, page.Site{
		Base: strings.TrimSuffix(c.BaseURL, "/"), Funder: c.Funder, Official: c.Sites != nil, Signing: c.Campaigns != nil, People: c.People != nil, Scores: c.Scores != nil,
	})
	fonts, err := fs.Sub(files, "static/fonts")
	if err != nil {
		return nil, err
	}
	painter, err := picture.New(fonts)
	if err != nil {
		return nil, err
	}
	var discussions read.Discussions
	if c.Comments != nil {
		discussions = c.Comments.Store
	}
	rd := read.New(c.Store, c.Sites, discussions, pages, painter, c.Now)
	pages.Remember(c.Store.Seen, c.Now)
	staff := c.staff(pages)
	t := newTable(staff)
	routes(t, pages, rd)
	cited := citing.NewLibrary(c.Store)
	draftRoutes(t, pages, draft.New(c.Store, cited, pages, c.ReadFile, c.Now))
	if staff != nil {
		peopleRoutes(t, pages, staff)
	}
	if c.Sites != nil {
		sourceRoutes(t, pages, read.NewSources(rd))
	}
	if err := c.signing(t, pages, rd, staff); err != nil {
		return nil, err
	}
	if err := c.workbench(t, pages, rd, staff); err != nil {
		return nil, err
	}
	return &App{guard(c.Logger, c.Now, pages, parsed.Assets.StyleSource(), t.mux), rd, cited, c.Now, t}, nil
}

// staff lets in those who work here; nil where nobody does.
func (c *Config) staff(pages *page.Pages) *people.People {
	if c.People == nil {
		return nil
	}
	config := *c.People
	if c.Desk != nil {
		config.Waiting = desk.Waiting(c.Desk.Store, c.Now)
	}
	if c.Dossiers != nil {
		config.Groups = append(config.Groups, people.Dossiers)
	}
	if c.Proposals != nil {
		config.Groups = append(config.Groups, people.Proposals)
	}
	if c.Scores != nil {
		config.Groups = append(config.Groups, people.Scores)
	}
	return people.New(config, pages, c.Now)
}

// signing adds the pages of campaigns and comments, and the desk they are run from.
func (c *Config) signing(t *table, pages *page.Pages, rd *read.Reader, staff *people.People) error {
	var desks desk.Config
	if c.Desk != nil {
		desks = *c.Desk
	}
	if c.Campaigns != nil {
		collector, err := campaign.New(*c.Campaigns, pages, rd, c.Logger, c.Now)
		if err != nil {
			return err
		}
		campaignRoutes(t, pages, collector)
		desks.Preview, desks.Number = collector.Preview, c.Campaigns.Counter.Number
	}
	if c.Comments != nil {
		commentRoutes(t, pages, comments.New(*c.Comments, pages, c.Now))
	}
	if c.Desk != nil && staff != nil {
		d, err := desk.New(desks, staff, pages, c.Now)
		if err != nil {
			return err
		}
		deskRoutes(t, pages, d)
	}
	return nil
}

// workbench adds the pages of dossiers, proposals, outcomes and targets.
func (c *Config) workbench(t *table, pages *page.Pages, rd *read.Reader, staff *people.People) error {
	if c.Dossiers != nil {
		rd.Tell(c.Dossiers.Store)
		d, err := dossier.New(*c.Dossiers, staff, pages, rd, c.Now)
		if err != nil {
			return err
		}
		dossierRoutes(t, pages, d)
	}
	if c.Proposals != nil {
		ps, err := proposal.New(*c.Proposals, staff, pages, rd, c.Now)
		if err != nil {
			return err
		}
		rd.Lead(ps.Pages)
		proposalRoutes(t, pages, ps)
		if staff != nil {
			proposalDeskRoutes(t, pages, ps)
		}
	}
	if c.Scores != nil {
		sc, err := score.New(*c.Scores, staff, pages, rd, c.Now)
		if err != nil {
			return err
		}
		scoreRoutes(t, pages, sc)
		if staff != nil {
			scoreDeskRoutes(t, pages, sc)
		}
	}
	return nil
}

// embedded are the files of this program. Parsing them takes a third of a second
// and gives the same each time; tests make hundreds of applications.
var embedded = sync.OnceValues(load)

func load() (*page.Templates, error) {
	static, err := fs.Sub(files, "static")
	if err != nil {
		return nil, err
	}
	templates, err := fs.Sub(files, "templates")
	if err != nil {
		return nil, err
	}
	assets, err := page.LoadAssets(static)
	if err != nil {
		return nil, err
	}
	bundle, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	return page.Load(templates, assets, bundle)
}
