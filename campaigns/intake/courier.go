package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// LettersADay is the most letters an address gets in a day, over all campaigns,
// whoever types it in.
const LettersADay = 5

// LettersAtOnce is how many letters are under way at a time.
const LettersAtOnce = 16

// LetterKind is what a letter says.
type LetterKind string

const (
	AskToConfirm LetterKind = "confirm" // two links: confirm, manage
	SignedBefore LetterKind = "signed"  // "you have signed already": manage
	YourLink     LetterKind = "link"    // the lost link: manage
	// AskToConfirmComment has two links of a comment: confirm, manage.
	AskToConfirmComment LetterKind = "comment"
	// News and SignNewText are of mailings: to those who want news.
	News        LetterKind = "news"
	SignNewText LetterKind = "new text" // manage
)

// Letter is what a Mailer writes and sends.
type Letter struct {
	Kind     LetterKind
	To       string
	Name     string // first name, as it was typed: escape it
	Lang     law.Lang
	Campaign campaigns.CampaignID
	// Confirm and Manage are tokens for links; empty where the kind has none.
	Confirm, Manage string
	// Block is the token of the link by which this address wants no letters.
	Block string
	// Of a mailing: what was published, the token of the link that ends such
	// letters, and the token by which Bounces knows the signature again.
	News                *campaigns.Update
	Unsubscribe, Bounce string
}

// ErrNoMailbox: the mail server said for good that there is no such mailbox.
var ErrNoMailbox = errors.New("there is no such mailbox")

// Mailer hands a letter to a mail server. jobs.ErrNotDone says that nothing was
// sent and it may be tried again, ErrNoMailbox that nothing ever will be.
type Mailer interface {
	Send(ctx context.Context, l Letter) error
}

// CourierStore is what the Courier needs of the database.
type CourierStore interface {
	Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error)
	Signature(context.Context, campaigns.SignatureID) (campaigns.Kept, error)
	SignatureBy(ctx context.Context, duplicateKey []byte) (campaigns.Kept, error)
	SetManageHash(ctx context.Context, id campaigns.SignatureID, hash []byte) error
	Erase(context.Context, campaigns.SignatureID) error
	// AllowLetters counts a letter to each address and tells which are within
	// the limit of the day.
	AllowLetters(ctx context.Context, day law.Date, addresses [][]byte, limit int) ([]bool, error)
	// Blocked tells whether an address is to get no letters.
	Blocked(ctx context.Context, address []byte) (bool, error)
}

// Courier decides what letter an order needs, and whether any. It works while
// Run does.
type Courier struct {
	allowing  *group[[]byte, bool]
	store     CourierStore
	keys      Keys
	mailer    Mailer
	now       func() time.Time
	mailboxes *gate.Mailboxes
	letterKey gate.Key
	server    gate.Key
	blocks    blocks
}

// NewCourier makes a Courier.
func NewCourier(store CourierStore, keys Keys, mailer Mailer, now func() time.Time) (*Courier, error) {
	c := &Courier{store: store, keys: keys, mailer: mailer, now: now}
	var err error
	if c.mailboxes, err = gate.ReadMailboxes(); err != nil {
		return nil, err
	}
	if c.server, err = keys.Server(); err != nil {
		return nil, err
	}
	if c.blocks, err = newBlocks(c.server); err != nil {
		return nil, err
	}
	c.allowing = newGroup(Linger, campaigns.BatchSize, c.allow)
	c.letterKey, err = c.server.For(UseLetter)
	return c, err
}

// Run counts letters, many in one transaction, until ctx is done.
func (c *Courier) Run(ctx context.Context) { c.allowing.run(ctx) }

// allow answers a group of letters.
func (c *Courier) allow(ctx context.Context, addresses [][]byte) ([]bool, []error) {
	ok, err := c.store.AllowLetters(ctx, campaigns.Day(c.now()), addresses, LettersADay)
	if err != nil {
		return make([]bool, len(addresses)), all(err, len(addresses))
	}
	return ok, make([]error, len(addresses))
}

// Handlers are for a jobs.Runner.
func (c *Courier) Handlers() map[string]jobs.Handler {
	return map[string]jobs.Handler{
		KindSigned:   c.signed,
		KindLostLink: c.lostLink,
		KindNothing:  func(context.Context, jobs.Job) error { return nil },
	}
}

// signed writes to one who has filled in a form: to confirm, or that the
// signature of this address stands already.
func (c *Courier) signed(ctx context.Context, job jobs.Job) error {
	o, err := openOrder(c.letterKey, job)
	if err != nil {
		return err
	}
	kept, err := c.store.Signature(ctx, campaigns.SignatureID(job.Subject))
	if errors.Is(err, campaigns.ErrNoSignature) || err == nil && kept.Confirmed {
		return nil // withdrawn, or signed by another form meanwhile
	}
	if err != nil {
		return notDone(err)
	}
	before, err := c.store.SignatureBy(ctx, kept.DuplicateKey)
	switch {
	case errors.Is(err, campaigns.ErrNoSignature) || err == nil && before.Standing == campaigns.Bounced:
		// To confirm proves that letters come again.
		return c.send(ctx, job, Letter{Kind: AskToConfirm, To: o.To, Name: o.Name, Lang: o.Lang, Campaign: o.Campaign, Confirm: o.Confirm, Manage: o.Manage}, nil)
	case err != nil:
		return notDone(err)
	}
	// The name is left out: a stranger may have typed it.
	err = c.send(ctx, job, Letter{Kind: SignedBefore, To: o.To, Lang: o.Lang, Campaign: o.Campaign}, &before)
	if err != nil {
		return err
	}
	err = c.store.Erase(ctx, kept.ID)
	if errors.Is(err, campaigns.ErrNoSignature) {
		return nil // the job of another form with this address was quicker
	}
	return err
}

// lostLink writes to an address that has signed; to others nothing is sent.
func (c *Courier) lostLink(ctx context.Context, job jobs.Job) error {
	o, err := openOrder(c.letterKey, job)
	if err != nil {
		return err
	}
	address, err := c.mailboxes.Parse(o.To)
	if err != nil {
		return err
	}
	key, err := c.keys.Campaign(o.Campaign)
	if errors.Is(err, gate.ErrNoKey) {
		return nil // closed: addresses cannot be found any more
	}
	if err != nil {
		return notDone(err)
	}
	kept, err := c.store.SignatureBy(ctx, key.Duplicate(address))
	if errors.Is(err, campaigns.ErrNoSignature) {
		return nil
	}
	if err != nil {
		return notDone(err)
	}
	return c.send(ctx, job, Letter{Kind: YourLink, To: o.To, Lang: kept.Lang, Campaign: o.Campaign}, &kept)
}

// send sends a letter if the address may have one more today, with the link to
// manage a signature if there is one to manage.
func (c *Courier) send(ctx context.Context, job jobs.Job, l Letter, managed *campaigns.Kept) error {
	address, err := c.mailboxes.Parse(l.To)
	if err != nil {
		return err
	}
	blocked, err := c.store.Blocked(ctx, c.blocks.key.Duplicate(address))
	if err != nil || blocked {
		return notDone(err)
	}
	if job.Tries <= 1 { // a letter that is tried again was counted
		capKey, err := c.server.For(useCap + " " + string(campaigns.Day(c.now())))
		if err != nil {
			return err
		}
		if ok, err := c.allowing.do(ctx, capKey.Duplicate(address)); err != nil || !ok {
			return notDone(err)
		}
	}
	if managed != nil {
		err := c.link(ctx, *managed, &l)
		if errors.Is(err, gate.ErrNoKey) {
			return nil // closed meanwhile
		}
		if err != nil {
			return notDone(err)
		}
	}
	l.Block = c.blocks.token(address)
	return c.mailer.Send(ctx, l)
}

// link gives a letter the link to manage a signature.
func (c *Courier) link(ctx context.Context, kept campaigns.Kept, l *Letter) error {
	key, err := c.keys.Campaign(kept.Campaign)
	if err != nil {
		return err
	}
	t, err := lasting(key, kept.ID)
	if err != nil {
		return err
	}
	l.Manage = t.String()
	if t.Is(gate.ToManage, kept.Campaign, kept.Version, kept.ManageHash) {
		return nil
	}
	// Stored when each letter still had a link of its own.
	return c.store.SetManageHash(ctx, kept.ID, t.Hash(gate.ToManage, kept.Campaign, kept.Version))
}

// notDone marks an error that came before anything was sent.
func notDone(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", jobs.ErrNotDone, err)
}

func openOrder(key gate.Key, job jobs.Job) (o order, err error) {
	plain, err := seal.OpenSecret(key, "job "+job.ID, job.Body)
	if err != nil {
		return o, err
	}
	return o, json.Unmarshal(plain, &o)
}
