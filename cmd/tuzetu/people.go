package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/netip"
	"os"
	"strings"
	"sync"

	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/internal/mail"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/web/campaign"
	"github.com/tuzetu/tuzetu/web/people"
)

// lockbox encrypts under the server's key, which is not in the database.
type lockbox struct {
	key    gate.Key
	random io.Reader
}

func (b lockbox) Lock(context string, plain []byte) ([]byte, error) {
	return seal.Secret(b.random, b.key, context, plain)
}

func (b lockbox) Unlock(context string, locked []byte) ([]byte, error) {
	return seal.OpenSecret(b.key, context, locked)
}

// useAccounts is what the server's key is made into for the accounts of people.
const useAccounts = "accounts"

// openDoor makes the door of a store, with the keys of a folder.
func (a *app) openDoor(s *store.Store, keys *gate.KeyFolder) (*door.Door, error) {
	server, err := keys.Server()
	if err != nil {
		return nil, err
	}
	key, err := server.For(useAccounts)
	if err != nil {
		return nil, err
	}
	mailboxes, err := gate.ReadMailboxes()
	if err != nil {
		return nil, err
	}
	return door.New(door.Config{
		Store: s, Keys: lockbox{key, rand.Reader}, Random: rand.Reader, Now: a.now,
		Addresses: func(typed string) (mail, key string, err error) {
			address, err := mailboxes.Parse(strings.TrimSpace(typed))
			return address.Mail, address.Key, err
		},
	}), nil
}

// keysFlag is --keys, the folder of what the database must not hold.
func (a *app) keysFlag(fs *flag.FlagSet) *string {
	folder := a.getenv("TUZETU_KEYS")
	if folder == "" {
		folder = "data/keys"
	}
	return fs.String("keys", folder, "")
}

// letters are the flags of how mail is sent.
type letters struct{ server, from, dkim, bounces string }

func (o *letters) declare(a *app, fs *flag.FlagSet) {
	fs.StringVar(&o.server, "smtp", a.getenv("TUZETU_SMTP"), "")
	fs.StringVar(&o.from, "mail-from", a.getenv("TUZETU_MAIL_FROM"), "")
	fs.StringVar(&o.dkim, "dkim", a.getenv("TUZETU_DKIM"), "")
	fs.StringVar(&o.bounces, "bounces", a.getenv("TUZETU_BOUNCES"), "")
}

// sender is how letters go out; nil where no server is named.
func (o *letters) sender(a *app) (mail.Sender, error) {
	if o.server == "" {
		return nil, nil
	}
	settings := mail.Settings{Server: o.server, From: o.from, Bounces: o.bounces, Password: a.getenv("TUZETU_SMTP_PASSWORD")}
	if o.dkim != "" {
		parts := strings.SplitN(o.dkim, ":", 3)
		if len(parts) != 3 {
			return nil, errors.New("--dkim is DOMAIN:SELECTOR:KEYFILE")
		}
		settings.Domain, settings.Selector = parts[0], parts[1]
		var err error
		if settings.Key, err = os.ReadFile(parts[2]); err != nil {
			return nil, err
		}
	}
	return mail.NewSMTP(settings, a.now)
}

// letIn makes the pages of those who work here. Their letters are sent by the
// runner of all others: two would put off each other's jobs.
func (a *app) letIn(g *signing, writer door.Mailer, trusted []netip.Prefix) (*people.Config, error) {
	d, err := a.openDoor(g.store, g.keys)
	if err != nil {
		return nil, err
	}
	maps.Copy(g.runner.Handlers, d.Handlers(writer))
	return &people.Config{Door: d, Trusted: trusted, Late: g.late}, nil
}

// attended are the flags of serve about people: those who work here, and those
// who sign.
type attended struct {
	keys    *string
	post    letters
	trusted proxies
}

func (o *attended) declare(a *app, fs *flag.FlagSet) {
	o.keys = a.keysFlag(fs)
	o.post.declare(a, fs)
	fs.Var(&o.trusted, "trusted-proxy", "")
}

// attendants are what serves people: those who sign, nil without a mail server,
// with the keys of their campaigns, and those who work here. wait returns when
// their work has ended.
type attendants struct {
	signing *campaign.Config
	keys    *gate.KeyFolder
	staff   *people.Config
	wait    func()
}

// attend makes the pages of people and does their work until ctx is done.
// Without a mail server nobody can confirm a signature, so there are no pages of
// campaigns; those who work here join by the links of tuzetu user add.
func (a *app) attend(ctx context.Context, s *store.Store, o attended, base string, noJobs bool) (open attendants, err error) {
	sender, err := o.post.sender(a)
	if err != nil {
		return open, err
	}
	if sender == nil {
		folder, err := gate.OpenKeyFolder(*o.keys, rand.Reader)
		if err != nil {
			return open, err
		}
		d, err := a.openDoor(s, folder)
		if err != nil {
			return open, err
		}
		return attendants{staff: &people.Config{Door: d, Trusted: o.trusted}, wait: a.sweepPeople(ctx, s)}, nil
	}
	if base == "" {
		return open, errors.New("letters need --public-url: the links in them begin with it")
	}
	g, err := a.newSigning(s, *o.keys, sender, base)
	if err != nil {
		return open, err
	}
	writer, err := mail.NewWriter(sender, base)
	if err != nil {
		return open, err
	}
	staff, err := a.letIn(g, writer, o.trusted)
	if err != nil {
		return open, err
	}
	if noJobs {
		g.runner = nil
	}
	signed, swept := g.start(ctx), a.sweepPeople(ctx, s)
	return attendants{g.pages(o.trusted, ctx.Done()), g.keys, staff, func() { signed(); swept() }}, nil
}

// sweeping does something every hour beside everything else, until ctx is done.
func (a *app) sweeping(ctx context.Context, do func(context.Context) error) (wait func()) {
	var all sync.WaitGroup
	all.Go(func() {
		jobs.Every(ctx, sweepEvery, func(ctx context.Context) {
			if err := do(ctx); err != nil && ctx.Err() == nil {
				fmt.Fprintf(a.stderr, "tuzetu: %s\n", oneLine(err))
			}
		})
	})
	return all.Wait
}

// sweepPeople erases sessions and links that are over, until ctx is done.
func (a *app) sweepPeople(ctx context.Context, s *store.Store) (wait func()) {
	return a.sweeping(ctx, func(ctx context.Context) error { return s.SweepPeople(ctx, a.now()) })
}
