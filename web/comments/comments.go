// Package comments is the public side of comments on provisions and of
// deliveries: the form at a provision, what was published, the author's links,
// and the page where an addressee takes a pack. A link that is opened changes
// nothing; only a button does.
package comments

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/campaign"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// Store is what the pages need. internal/store fulfils it.
type Store interface {
	intake.CommentStore
	intake.PersonStore
	read.Discussions
	CampaignAt(ctx context.Context, slug string) (campaigns.Campaign, error)
	Editions(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	Comment(context.Context, campaigns.CommentID) (campaigns.Comment, error)
	PublishedComments(ctx context.Context, campaign campaigns.CampaignID, in law.EditionKey) ([]campaigns.PlacedComment, error)
	ConfirmComment(ctx context.Context, id campaigns.CommentID, is campaigns.Proof, now time.Time) (campaigns.Comment, error)
	WithdrawComment(ctx context.Context, id campaigns.CommentID, is campaigns.Proof) error
	DecisionOn(ctx context.Context, id campaigns.CommentID) (campaigns.Decision, bool, error)
	DeliveryBy(ctx context.Context, tokenHash []byte, now time.Time) (campaigns.Delivery, error)
	FetchDelivery(ctx context.Context, tokenHash []byte, now time.Time) (campaigns.Delivery, []byte, error)
	ReceiveDelivery(ctx context.Context, tokenHash []byte, e accounts.Entry) (campaigns.Delivery, error)
}

// Config is what the page group needs.
type Config struct {
	Store   Store
	Intake  *intake.Intake
	Trusted []netip.Prefix
}

// Board answers the requests of this page group.
type Board struct {
	Config
	pages *page.Pages
	now   func() time.Time
}

// New makes the page group.
func New(c Config, pages *page.Pages, now func() time.Time) *Board { return &Board{c, pages, now} }

// view is a campaign as a visitor sees it.
type view struct {
	campaigns.Campaign
	text campaigns.TextVersion
	ui   law.Lang
	loc  *i18n.Locale
}

func (v view) at(what string) string { return "/" + string(v.ui) + "/campaigns/" + v.Slug + what }

// asked is the published campaign of an address.
func (b *Board) asked(r *http.Request) (view, error) {
	c, err := b.Store.CampaignAt(r.Context(), r.PathValue("slug"))
	if err == nil && !c.State.Published() {
		err = campaigns.ErrNotFound
	}
	if errors.Is(err, campaigns.ErrNotFound) {
		return view{}, fmt.Errorf("%w: %w", page.ErrNoPage, err)
	}
	if err != nil {
		return view{}, err
	}
	return b.viewOf(r, c)
}

func (b *Board) viewOf(r *http.Request, c campaigns.Campaign) (view, error) {
	ui := page.UI(r)
	text, err := b.Store.Text(r.Context(), c.ID, c.Version)
	return view{c, text, ui, b.pages.Locale(ui)}, err
}

// layout is the frame of a page; path is without the interface language.
func (b *Board) layout(r *http.Request, path, title string) page.Layout {
	l := b.pages.Frame(r, page.UI(r), path)
	l.Title, l.Description, l.Section, l.Sheet = title, title, "campaigns", "comments.css"
	return l
}

// alone marks an answer that is for one person.
func (b *Board) alone(w http.ResponseWriter, r *http.Request, title string) page.Layout {
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Robots-Tag", "noindex")
	l := b.layout(r, r.URL.Path[len("/"+string(page.UI(r))):], title)
	l.Private = true
	return l
}

// note answers with one thing to say.
func (b *Board) note(w http.ResponseWriter, r *http.Request, status int, l page.Layout, texts []string, links ...page.Link) error {
	cache := page.Fresh
	if l.Private || status != http.StatusOK {
		cache = page.Private
	}
	return b.pages.Render(w, r, status, cache, l.UI, "campaign_note", campaign.NotePage{Layout: l, Heading: l.Title, Texts: texts, Links: links})
}

// notValid answers a link that is not right, whatever is wrong with it.
func (b *Board) notValid(w http.ResponseWriter, r *http.Request) error {
	loc := b.pages.Locale(page.UI(r))
	return b.note(w, r, http.StatusNotFound, b.alone(w, r, loc.T("link.invalid")), []string{loc.T("link.invalid_why")})
}

// client is where a request comes from.
func (b *Board) client(r *http.Request) netip.Addr {
	return gate.Client(r.RemoteAddr, r.Header.Values("X-Forwarded-For"), b.Trusted)
}

// StanceName is a stance in words.
func StanceName(l *i18n.Locale, s campaigns.Stance) string {
	switch s {
	case campaigns.Support:
		return l.T("cm.support")
	case campaigns.Object:
		return l.T("cm.object")
	case campaigns.Suggest:
		return l.T("cm.suggest")
	}
	return l.T("cm.reply")
}

// ReasonName is why a comment was rejected, in words.
func ReasonName(l *i18n.Locale, r campaigns.RejectReason) string {
	switch r {
	case "off_topic":
		return l.T("mod.off_topic")
	case "insult":
		return l.T("mod.insult")
	case "personal_data":
		return l.T("mod.personal_data")
	case "unlawful":
		return l.T("mod.unlawful")
	case "advertising":
		return l.T("mod.advertising")
	}
	return l.T("mod.repeated")
}

// fateName says why a comment stays with an earlier text.
func fateName(l *i18n.Locale, r campaigns.FateReason) string {
	switch r {
	case campaigns.Changed:
		return l.T("cm.fate_changed")
	case campaigns.Removed:
		return l.T("cm.fate_removed")
	case campaigns.Parted:
		return l.T("cm.fate_parted")
	}
	return l.T("cm.fate_unsure")
}
