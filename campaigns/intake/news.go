package intake

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// NewsStore is what letters of mailings need of the database.
type NewsStore interface {
	Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error)
	// Mailing returns a mailing; campaigns.ErrNotFound where what it is about is
	// there no more.
	Mailing(context.Context, campaigns.MailingID) (campaigns.Mailing, error)
	// AllowNews gives a letter one of the places an address has on a day.
	AllowNews(ctx context.Context, day law.Date, address []byte, job string, places int) (bool, error)
	BounceStore
}

const (
	useNewsCap = "news of a day"
	useBounce  = "bounce"
)

// NewsLetters writes the letters of mailings.
type NewsLetters struct {
	*Courier
	news                        NewsStore
	updateKey, leave, bounceKey gate.Key
}

// NewNewsLetters makes a NewsLetters.
func NewNewsLetters(c *Courier, s NewsStore) (*NewsLetters, error) {
	n := &NewsLetters{Courier: c, news: s}
	for use, key := range map[string]*gate.Key{UseUpdates: &n.updateKey, useLeave: &n.leave, useBounce: &n.bounceKey} {
		var err error
		if *key, err = c.server.For(use); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// Handlers are for a jobs.Runner, beside those of the Courier.
func (n *NewsLetters) Handlers() map[string]jobs.Handler {
	return map[string]jobs.Handler{KindNews: n.write}
}

// write writes to one signer, if that is still wanted.
func (n *NewsLetters) write(ctx context.Context, job jobs.Job) error {
	var t turn
	if err := json.Unmarshal(job.Body, &t); err != nil {
		return err
	}
	m, err := n.news.Mailing(ctx, t.Mailing)
	if errors.Is(err, campaigns.ErrNotFound) {
		return nil
	}
	if err != nil {
		return notDone(err)
	}
	kept, err := n.store.Signature(ctx, campaigns.SignatureID(job.Subject))
	if errors.Is(err, campaigns.ErrNoSignature) || err == nil && !m.For(kept) {
		return nil // withdrawn, unsubscribed, bounced, or signed the new text
	}
	if err != nil {
		return notDone(err)
	}
	c, err := n.news.Campaign(ctx, m.Campaign)
	if err != nil {
		return notDone(err)
	}
	if m.News == nil && (c.Version != m.Version || !c.State.TakesConfirmations()) {
		return nil // there is a newer text, which has its own letter, or nothing to sign
	}
	to, err := seal.OpenSecret(n.updateKey, at(kept.ID), kept.UpdatesTo)
	if err != nil {
		return err
	}
	address, err := n.mailboxes.Parse(string(to))
	if err != nil {
		return err
	}
	blocked, err := n.store.Blocked(ctx, n.blocks.key.Duplicate(address))
	if err != nil || blocked {
		return notDone(err)
	}
	day := campaigns.Day(n.now())
	capKey, err := n.server.For(useNewsCap + " " + string(day))
	if err != nil {
		return err
	}
	ok, err := n.news.AllowNews(ctx, day, capKey.Duplicate(address), job.ID, campaigns.NewsADay)
	if err != nil {
		return notDone(err)
	}
	if !ok {
		return &jobs.LaterError{At: campaigns.NewsFrom(n.now())}
	}
	l := Letter{Kind: News, To: address.Mail, Lang: kept.Lang, Campaign: kept.Campaign, News: m.News,
		Unsubscribe: bound(n.leave, kept.ID), Bounce: boundForMail(n.bounceKey, kept.ID)}
	if m.News == nil {
		l.Kind = SignNewText
		if err := n.link(ctx, kept, &l); err != nil {
			return notDone(err)
		}
	}
	err = n.mailer.Send(ctx, l)
	switch {
	case errors.Is(err, ErrNoMailbox):
		return n.news.SetStanding(ctx, kept.ID, campaigns.Bounced)
	case errors.Is(err, jobs.ErrNotDone):
		return &jobs.LaterError{At: n.now().Add(newsAgain)}
	}
	return err
}
