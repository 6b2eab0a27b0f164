package intake

import (
	"context"
	"errors"
	"net/netip"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// CommentStore is what taking in comments needs of the database.
type CommentStore interface {
	Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error)
	Recipients(context.Context, campaigns.CampaignID) ([]campaigns.Recipient, error)
	Consent(ctx context.Context, sha256 string) (int64, campaigns.Consent, error)
	EditionText(ctx context.Context, key law.EditionKey) (law.Edition, error)
	// AddComment stores an unconfirmed comment with its job, durably.
	AddComment(ctx context.Context, c campaigns.Comment, todo jobs.Job) error
}

// KindCommented: a comment came in.
const KindCommented = "commented"

// Comment takes a comment from a network and returns when it is on the disk.
// What was written is anchored at the text that is stored, not at what the form
// says stands there: hash is of the provision the page showed. Errors:
// campaigns.FormError, ErrNotFound, ErrState, ErrTextChanged where the page
// showed another text or consent, ErrNoProvision, ErrNoComment, and those of the
// store. It comes one at a time and needs no group: people write slower than
// they sign.
func (in *Intake) Comment(ctx context.Context, s CommentStore, f campaigns.CommentForm, from netip.Addr) error {
	clean, err := f.Clean()
	wrong := campaigns.FormError{}
	if err != nil && !errors.As(err, &wrong) {
		return err
	}
	address, refused := in.mailboxes.Parse(f.Email)
	if refused != nil {
		wrong[campaigns.FieldEmail] = campaigns.Problem(refusalOf(refused))
	}
	if len(wrong) > 0 {
		return wrong
	}
	c, err := s.Campaign(ctx, f.Campaign)
	if err != nil {
		return err
	}
	if !c.State.TakesComments() {
		return campaigns.ErrState
	}
	consent, err := commentConsent(ctx, s, c, clean)
	if err != nil {
		return err
	}
	if clean.Parent == 0 {
		if clean.Anchor, err = anchored(ctx, s, clean.Anchor); err != nil {
			return err
		}
	}
	row, job, err := in.sealComment(ctx, s, clean, address, consent)
	if err != nil {
		return err
	}
	if in.Limiter != nil && !in.Limiter.Allow(from, in.Now()) {
		// The same reply, in one transaction as well, and nothing is kept of it.
		job.Kind, job.Subject, job.Body = KindNothing, 0, []byte{}
		return in.Store.AddJobs(ctx, []jobs.Job{job})
	}
	return s.AddComment(ctx, row, job)
}

// commentConsent is the number of the words the page showed, if they are the
// campaign's.
func commentConsent(ctx context.Context, s CommentStore, c campaigns.Campaign, f campaigns.CommentForm) (int64, error) {
	words, err := c.CommentConsents()
	if err != nil {
		return 0, err
	}
	for _, w := range words {
		if w.SHA256 == f.ConsentSHA256 {
			id, _, err := s.Consent(ctx, w.SHA256)
			return id, err
		}
	}
	return 0, campaigns.ErrTextChanged
}

// anchored is the anchor as the stored text has it.
func anchored(ctx context.Context, s CommentStore, a campaigns.Anchor) (campaigns.Anchor, error) {
	e, err := s.EditionText(ctx, a.Edition)
	if err != nil {
		return a, err
	}
	got, err := campaigns.AnchorAt(law.Build(a.Edition.Lang, e.Title, e.Lines), a.Edition, a.Address, a.Quote)
	switch {
	case errors.Is(err, campaigns.ErrNoQuote):
		return a, campaigns.FormError{campaigns.FieldQuote: campaigns.NoQuote}
	case errors.Is(err, campaigns.ErrQuoteTwice):
		return a, campaigns.FormError{campaigns.FieldQuote: campaigns.QuoteTwice}
	case err == nil && got.SHA256 != a.SHA256:
		return a, campaigns.ErrTextChanged
	}
	return got, err
}

func (in *Intake) sealComment(ctx context.Context, s CommentStore, f campaigns.CommentForm, address gate.Address, consent int64) (row campaigns.Comment, job jobs.Job, err error) {
	recipients, err := s.Recipients(ctx, f.Campaign)
	if err != nil {
		return row, job, err
	}
	key, err := in.Keys.Campaign(f.Campaign)
	if err != nil {
		return row, job, err
	}
	sealed, err := seal.NewBatch(in.Random, recipients)
	if err != nil {
		return row, job, err
	}
	id := campaigns.CommentID(in.nextBatch())
	confirm, err := gate.NewToken(in.Random, id)
	if err != nil {
		return row, job, err
	}
	manage, err := gate.NewToken(in.Random, id)
	if err != nil {
		return row, job, err
	}
	row = campaigns.Comment{
		ID: id, Campaign: f.Campaign, Parent: f.Parent, Anchor: f.Anchor, Stance: f.Stance, Body: f.Body, Wording: f.Wording,
		Lang: f.Lang, Consent: consent, DuplicateKey: key.Duplicate(address), Seal: sealed.Header(),
		ConfirmHash: confirm.Hash(gate.ToConfirmComment, f.Campaign, 0), ManageHash: manage.Hash(gate.ToManageComment, f.Campaign, 0),
	}
	person, err := f.Person().Pack()
	if err != nil {
		return row, job, err
	}
	if row.Box, err = sealed.Seal(f.Campaign, id, person); err != nil {
		return row, job, err
	}
	if f.Display {
		if row.Shown, err = seal.Secret(in.Random, in.shownKey, commentAt(id), []byte(f.ShownName())); err != nil {
			return row, job, err
		}
	}
	job, err = in.letterJob(KindCommented, id, order{
		Campaign: f.Campaign, To: address.Mail, Name: f.Given, Lang: f.Lang, Confirm: confirm.String(), Manage: manage.String()})
	return row, job, err
}

// CommentName opens the name of an author who agreed to be shown; "" for others.
func (in *Intake) CommentName(c campaigns.Comment) (string, error) {
	if c.Shown == nil {
		return "", nil
	}
	name, err := seal.OpenSecret(in.shownKey, commentAt(c.ID), c.Shown)
	return string(name), err
}

func commentAt(id campaigns.CommentID) string { return "comment " + at(id) }

// CommentToken reads the token of a link; campaigns.ErrNoComment for what is
// none.
func CommentToken(s string, p gate.Purpose) (campaigns.CommentID, campaigns.Proof, error) {
	t, err := gate.ParseToken(s)
	if err != nil {
		return 0, nil, campaigns.ErrNoComment
	}
	return t.Signature, Proves(t, p), nil
}

// CommentLetters writes to those who have commented.
type CommentLetters struct {
	*Courier
	Comments interface {
		Comment(context.Context, campaigns.CommentID) (campaigns.Comment, error)
	}
}

// Handlers are for a jobs.Runner, beside those of the Courier.
func (c CommentLetters) Handlers() map[string]jobs.Handler {
	return map[string]jobs.Handler{KindCommented: c.commented}
}

func (c CommentLetters) commented(ctx context.Context, job jobs.Job) error {
	o, err := openOrder(c.letterKey, job)
	if err != nil {
		return err
	}
	_, err = c.Comments.Comment(ctx, campaigns.CommentID(job.Subject))
	if errors.Is(err, campaigns.ErrNoComment) {
		return nil // withdrawn
	}
	if err != nil {
		return notDone(err)
	}
	return c.send(ctx, job, Letter{Kind: AskToConfirmComment, To: o.To, Name: o.Name, Lang: o.Lang, Campaign: o.Campaign, Confirm: o.Confirm, Manage: o.Manage}, nil)
}
