// Package intake takes signatures in: it checks a form, seals it, stores it with
// the job that writes to the signer, and confirms it when the signer answers.
// What many do at the same moment is stored in one transaction; nobody is told
// "signed" before that is on the disk.
//
// Every reply to Sign is the same in wording and in the work it takes: whether
// the address is new, has signed, or the network is over its limit. What differs
// is done later by the Courier, where nobody waits for it.
package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"sync"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/internal/jobs"
)

// Store is what the intake needs of the database.
type Store interface {
	Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error)
	Text(ctx context.Context, id campaigns.CampaignID, version int) (campaigns.TextVersion, error)
	Recipients(context.Context, campaigns.CampaignID) ([]campaigns.Recipient, error)
	Consent(ctx context.Context, sha256 string) (int64, campaigns.Consent, error)
	// AddSignatures stores all of an intake durably, or nothing. Errors:
	// campaigns.ErrTaken, *campaigns.RefusedError.
	AddSignatures(context.Context, campaigns.Intake) error
	// AddPaper stores signatures that count at once, and their sheet, once. Errors:
	// campaigns.ErrSheetKnown and those of AddSignatures.
	AddPaper(ctx context.Context, b campaigns.Batch, sheet campaigns.Sheet, e accounts.Entry) (campaigns.Sheet, error)
	// Confirm confirms all of them in one transaction.
	Confirm(ctx context.Context, asked []campaigns.Confirmation, now time.Time) ([]campaigns.Confirmed, error)
	AddJobs(context.Context, []jobs.Job) error
}

// Keys are the secrets that are not in the database.
type Keys interface {
	Server() (gate.Key, error)
	Campaign(campaigns.CampaignID) (gate.Key, error)
}

// Config is what an Intake needs.
type Config struct {
	Store  Store
	Keys   Keys
	Random io.Reader // safe for use by several
	Now    func() time.Time
	// Limiter may be nil for none.
	Limiter *gate.Limiter
}

// Linger is how long a signature waits for company: with it a batch under half
// of the load that was measured holds a dozen, which share one ephemeral key.
const Linger = 4 * time.Millisecond

// Intake is safe for use by many. It works while Run does.
type Intake struct {
	Config
	mailboxes *gate.Mailboxes
	regions   []campaigns.Region
	letterKey gate.Key
	shownKey  gate.Key
	updateKey gate.Key

	signing    *group[entry, struct{}]
	confirming *group[campaigns.Confirmation, campaigns.Confirmed]

	mu    sync.Mutex
	desks map[campaigns.CampaignID]desk
	last  int64 // the last id given to a batch
}

// New makes an Intake.
func New(c Config) (*Intake, error) {
	in := &Intake{Config: c, desks: map[campaigns.CampaignID]desk{}}
	var err error
	if in.mailboxes, err = gate.ReadMailboxes(); err != nil {
		return nil, err
	}
	if in.regions, err = campaigns.Regions(); err != nil {
		return nil, err
	}
	server, err := c.Keys.Server()
	if err != nil {
		return nil, err
	}
	for use, key := range map[string]*gate.Key{UseLetter: &in.letterKey, UseShown: &in.shownKey, UseUpdates: &in.updateKey} {
		if *key, err = server.For(use); err != nil {
			return nil, err
		}
	}
	in.signing = newGroup(Linger, campaigns.BatchSize, in.store)
	in.confirming = newGroup(Linger, campaigns.BatchSize, in.confirm)
	return in, nil
}

// What the server's key is used for; see gate.Key.For.
const (
	UseLetter  = "letter"
	UseShown   = "shown name"
	UseUpdates = "updates"
	useCap     = "letters of a day"
)

// Run stores what is asked for until ctx is done, and then what still waits.
func (in *Intake) Run(ctx context.Context) {
	var both sync.WaitGroup
	both.Go(func() { in.signing.run(ctx) })
	both.Go(func() { in.confirming.run(ctx) })
	both.Wait()
}

// desk is what is known of a campaign for a moment.
type desk struct {
	campaign   campaigns.Campaign
	textSHA256 string
	consents   map[string]int64 // by hash
	recipients []campaigns.Recipient
	key        gate.Key
	until      time.Time
}

// deskFor is how long it is believed; the transaction asks again for state and
// text.
const deskFor = time.Second

func (in *Intake) desk(ctx context.Context, id campaigns.CampaignID) (desk, error) {
	now := in.Now()
	in.mu.Lock()
	d, ok := in.desks[id]
	in.mu.Unlock()
	if ok && now.Before(d.until) && now.After(d.until.Add(-2*deskFor)) {
		return d, nil
	}
	d, err := in.openDesk(ctx, id)
	if err != nil {
		return desk{}, err
	}
	d.until = now.Add(deskFor)
	in.mu.Lock()
	in.desks[id] = d
	in.mu.Unlock()
	return d, nil
}

func (in *Intake) openDesk(ctx context.Context, id campaigns.CampaignID) (d desk, err error) {
	if d.campaign, err = in.Store.Campaign(ctx, id); err != nil {
		return d, err
	}
	if !d.campaign.State.TakesSignatures() || d.campaign.Over(campaigns.Day(in.Now())) {
		return d, campaigns.ErrState
	}
	text, err := in.Store.Text(ctx, id, d.campaign.Version)
	if err != nil {
		return d, err
	}
	d.textSHA256 = text.SHA256
	words, err := d.campaign.Consents()
	if err != nil {
		return d, err
	}
	d.consents = map[string]int64{}
	for _, c := range words {
		if d.consents[c.SHA256], _, err = in.Store.Consent(ctx, c.SHA256); err != nil {
			return d, err
		}
	}
	if d.recipients, err = in.Store.Recipients(ctx, id); err != nil {
		return d, err
	}
	d.key, err = in.Keys.Campaign(id)
	return d, err
}

// entry is a form that was checked and waits to be stored.
type entry struct {
	desk     desk
	form     campaigns.Form
	address  gate.Address
	consent  int64
	heldBack bool
}

// Sign takes a form from a network and returns when it is on the disk. Errors:
// campaigns.FormError, campaigns.ErrNotFound, ErrState, ErrTextChanged (the page
// must be shown anew), ErrBusy, and those of the store.
func (in *Intake) Sign(ctx context.Context, f campaigns.Form, from netip.Addr) error {
	clean, err := f.Clean(in.regions)
	var wrong campaigns.FormError
	if err != nil && !errors.As(err, &wrong) {
		return err
	}
	address, refused := in.mailboxes.Parse(f.Email)
	if refused != nil {
		if wrong == nil {
			wrong = campaigns.FormError{}
		}
		wrong[campaigns.FieldEmail] = campaigns.Problem(refusalOf(refused))
	}
	if wrong != nil {
		return wrong
	}
	d, err := in.desk(ctx, f.Campaign)
	if err != nil {
		return err
	}
	consent, known := d.consents[f.ConsentSHA256]
	if f.TextSHA256 != d.textSHA256 || !known {
		return campaigns.ErrTextChanged
	}
	held := in.Limiter != nil && !in.Limiter.Allow(from, in.Now())
	_, err = in.signing.do(ctx, entry{desk: d, form: clean, address: address, consent: consent, heldBack: held})
	return err
}

func refusalOf(err error) string {
	var r gate.Refusal
	if errors.As(err, &r) {
		return string(r)
	}
	return string(campaigns.Unknown)
}

// Confirm confirms the signature a token is of. Doing it again changes nothing
// and is no error. Errors: campaigns.ErrNoSignature, campaigns.ErrState.
func (in *Intake) Confirm(ctx context.Context, token string) (campaigns.Confirmed, error) {
	t, err := gate.ParseToken(token)
	if err != nil {
		return campaigns.Confirmed{}, campaigns.ErrNoSignature
	}
	c, err := in.confirming.do(ctx, campaigns.Confirmation{ID: t.Signature, Is: Proves(t, gate.ToConfirm)})
	if err != nil {
		return campaigns.Confirmed{}, err
	}
	return c, c.Err
}

// Proves is the proof a token is for a purpose.
func Proves(t gate.Token, p gate.Purpose) campaigns.Proof {
	return func(c campaigns.CampaignID, version int, stored []byte) bool { return t.Is(p, c, version, stored) }
}

// confirm answers a group of confirmations.
func (in *Intake) confirm(ctx context.Context, asked []campaigns.Confirmation) ([]campaigns.Confirmed, []error) {
	out, err := in.Store.Confirm(ctx, asked, in.Now())
	if err != nil {
		return make([]campaigns.Confirmed, len(asked)), all(err, len(asked))
	}
	return out, make([]error, len(asked))
}

func all(err error, n int) []error {
	out := make([]error, n)
	for i := range out {
		out[i] = err
	}
	return out
}

// LostLink has the manage link of an address mailed to it, if it has signed. The
// reply is the same in any case.
func (in *Intake) LostLink(ctx context.Context, id campaigns.CampaignID, email string, from netip.Addr) error {
	address, err := in.mailboxes.Parse(email)
	if err != nil {
		return campaigns.FormError{campaigns.FieldEmail: campaigns.Problem(refusalOf(err))}
	}
	if _, err := in.Store.Campaign(ctx, id); err != nil {
		return err
	}
	kind := KindLostLink
	if in.Limiter != nil && !in.Limiter.Allow(from, in.Now()) {
		kind = KindNothing
	}
	job, err := in.letterJob(kind, 0, order{Campaign: id, To: address.Mail})
	if err != nil {
		return err
	}
	if err := in.Store.AddJobs(ctx, []jobs.Job{job}); err != nil {
		return fmt.Errorf("asking for a lost link: %w", err)
	}
	return nil
}
