// Package door lets people in: it is told what somebody typed and says who they
// are, and it hands out and takes back what they prove it by. Who may do what
// once inside, package accounts says.
//
// It tells a stranger nothing: an address that is not known, one without a
// password, a wrong password and too many tries get the same answer after the
// same work. What differs by who exists is done later, in a job.
package door

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/internal/jobs"
)

// ErrRefused: what was typed proves nothing. There is no saying why.
var ErrRefused = errors.New("not let in")

// Store keeps people. What one method does is done whole or not at all. It
// answers accounts.ErrNone for what is not there.
type Store interface {
	AddOrganisation(context.Context, accounts.Organisation, accounts.Entry) error
	Organisation(context.Context, accounts.OrganisationID) (accounts.Organisation, error)
	Organisations(context.Context) ([]accounts.Organisation, error)
	Members(context.Context, accounts.OrganisationID) ([]accounts.Place, error)
	SetRole(context.Context, accounts.OrganisationID, accounts.PersonID, accounts.Role, accounts.Entry) error
	SaveOrganisation(context.Context, accounts.Organisation, accounts.Entry) error
	ReadLog(ctx context.Context, of accounts.OrganisationID, each func([]accounts.Entry) error) error
	Entries(ctx context.Context, of accounts.OrganisationID, after int64, limit int) ([]accounts.Entry, error)

	AddKey(context.Context, accounts.Key, accounts.Entry) error
	RetireKey(ctx context.Context, of accounts.OrganisationID, public [32]byte, now time.Time, e accounts.Entry) error
	Keys(context.Context, accounts.OrganisationID) ([]accounts.Key, error)

	Invite(context.Context, accounts.Invitation, *jobs.Job, accounts.Entry) error
	Invitations(context.Context, accounts.OrganisationID, time.Time) ([]accounts.Invitation, error)
	Invitation(ctx context.Context, hash []byte, now time.Time) (accounts.Invitation, error)
	WithdrawInvitation(context.Context, accounts.OrganisationID, string, accounts.Entry) error
	Join(ctx context.Context, hash []byte, now time.Time, p accounts.Person, e accounts.Entry) (accounts.Invitation, error)

	Person(context.Context, accounts.PersonID) (accounts.Person, error)
	PersonByEmail(context.Context, string) (accounts.Person, error)
	Places(context.Context, accounts.PersonID) ([]accounts.Place, error)
	ChangePerson(ctx context.Context, id accounts.PersonID, f func(*accounts.Person) error, e accounts.Entry, keep *string) error
	ErasePerson(context.Context, accounts.PersonID, accounts.Entry) error

	AddSession(ctx context.Context, hash []byte, s accounts.Session, e accounts.Entry) error
	Session(ctx context.Context, hash []byte, since time.Time) (accounts.Session, error)
	Sessions(context.Context, accounts.PersonID, time.Time) ([]accounts.Session, error)
	UseSession(context.Context, string, time.Time) error
	TurnSession(ctx context.Context, id string, old, hash []byte, now time.Time) error
	ProveSession(ctx context.Context, id string, hash []byte, second bool, e accounts.Entry) error
	EndSession(context.Context, accounts.PersonID, string) error
	EndSessions(context.Context, accounts.PersonID, accounts.Entry) error

	AddSecret(context.Context, accounts.Secret) error
	SeeSecret(context.Context, accounts.Purpose, []byte, time.Time) (accounts.Secret, error)
	TrySecret(context.Context, accounts.Purpose, []byte, time.Time) (accounts.Secret, error)
	TakeSecret(context.Context, accounts.Purpose, []byte, time.Time) (accounts.Secret, error)

	AddJobs(context.Context, []jobs.Job) error
}

// Keys encrypt what is stored or handed out and must be read again, under a key
// that is not in the database. A value opens only in the context it was locked
// in.
type Keys interface {
	Lock(context string, plain []byte) ([]byte, error)
	Unlock(context string, locked []byte) ([]byte, error)
}

// Addresses reads an e-mail address: where letters go, and what is the same for
// all addresses of one mailbox.
type Addresses func(typed string) (mail, key string, err error)

// Config is what a Door needs.
type Config struct {
	Store     Store
	Keys      Keys
	Addresses Addresses
	Random    io.Reader
	Now       func() time.Time
}

// Door lets people in. It is safe for concurrent use.
type Door struct {
	Config
	byBoth, byEmail, byNetwork, bySecond, letters *accounts.Limiter
	hashing, limited                              chan struct{}
}

// Limits of tries: somebody who has forgotten which password it was needs a few;
// who guesses one of a million needs years. An address is locked to a network,
// so that a stranger cannot lock a person out, and to all networks far later.
const (
	burstBoth, perHourBoth       = 10, 30
	burstEmail, perHourEmail     = 60, 120
	burstNetwork, perHourNetwork = 100, 300
	burstSecond, perHourSecond   = 10, 20
	burstLetter, perHourLetter   = 3, 2

	// hashers bounds how many passwords are hashed at a time, 19 MiB and some
	// 40 ms of a processor each. Those held back have a queue of their own.
	hashers = 4

	halfway   = 10 * time.Minute // between the password and the second factor
	halfTries = 5
	resetFor  = time.Hour
	setupFor  = 30 * time.Minute
)

// New makes a Door.
func New(c Config) *Door {
	return &Door{
		Config:    c,
		byBoth:    accounts.NewLimiter(burstBoth, perHourBoth),
		byEmail:   accounts.NewLimiter(burstEmail, perHourEmail),
		byNetwork: accounts.NewLimiter(burstNetwork, perHourNetwork),
		bySecond:  accounts.NewLimiter(burstSecond, perHourSecond),
		letters:   accounts.NewLimiter(burstLetter, perHourLetter),
		hashing:   make(chan struct{}, hashers),
		limited:   make(chan struct{}, 1),
	}
}

// In is how far somebody came: with a session, or halfway, where a second factor
// is asked for. Each is a secret for a cookie.
type In struct{ Session, Half string }

// SignIn takes an address and a password. ErrRefused.
func (d *Door) SignIn(ctx context.Context, email, password string, from netip.Addr, agent string) (In, error) {
	p, err := d.checkPassword(ctx, email, password, from)
	if err != nil {
		return In{}, err
	}
	if p.HasSecondFactor() {
		half, err := d.secret(ctx, accounts.ToSignIn, p.ID, halfway)
		return In{Half: half}, err
	}
	session, err := d.begin(ctx, p.ID, false, agent)
	return In{Session: session}, err
}

// checkPassword does the same work for every address, every password and every
// number of tries.
func (d *Door) checkPassword(ctx context.Context, email, password string, from netip.Addr) (accounts.Person, error) {
	_, key, err := d.Addresses(email)
	if err != nil {
		key = "" // nobody's
	}
	now, network := d.Now(), network(from)
	inNetwork := d.byNetwork.Allow(network, now)
	forBoth := d.byBoth.Allow(key+" "+network, now)
	forEmail := d.byEmail.Allow(key, now)
	allowed := inNetwork && forBoth && forEmail
	p, err := d.Store.PersonByEmail(ctx, key)
	if err != nil && !errors.Is(err, accounts.ErrNone) {
		return p, err
	}
	queue := d.hashing
	if !allowed {
		queue = d.limited // a flood waits for itself
	}
	same, err := d.slot(ctx, queue, func() (bool, error) { return accounts.PasswordIs(p.Password, password), nil })
	switch {
	case err != nil:
		return p, err
	case !same || !allowed || p.ID == "":
		return p, ErrRefused
	}
	d.byBoth.Forgive(key + " " + network)
	if accounts.PasswordIsOld(p.Password) {
		h, err := d.hash(ctx, password)
		if err != nil {
			return p, err
		}
		err = d.Store.ChangePerson(ctx, p.ID, func(p *accounts.Person) error { p.Password = h; return nil }, accounts.Entry{}, nil)
		if err != nil {
			return p, err
		}
	}
	return p, nil
}

// network is what of an address is one customer's: /24 of IPv4, /56 of IPv6.
func network(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	bits := 56
	if a.Is4() {
		bits = 24
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}

// slot runs f when its turn comes.
func (d *Door) slot(ctx context.Context, queue chan struct{}, f func() (bool, error)) (bool, error) {
	select {
	case queue <- struct{}{}:
		defer func() { <-queue }()
		return f()
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

func (d *Door) hash(ctx context.Context, password string) (h string, err error) {
	_, err = d.slot(ctx, d.hashing, func() (bool, error) {
		h, err = accounts.HashPassword(d.Random, password)
		return true, err
	})
	return h, err
}

// Second takes the code of an authenticator. ErrRefused; accounts.ErrNone where
// the way in is to be begun again.
func (d *Door) Second(ctx context.Context, half, code, agent string) (session string, err error) {
	return d.second(ctx, half, agent, func(p *accounts.Person) error { return d.useTOTP(p, code) }, "")
}

// Recover takes a recovery code in the place of a second factor.
func (d *Door) Recover(ctx context.Context, half, code, agent string) (session string, err error) {
	return d.second(ctx, half, agent, func(p *accounts.Person) error {
		left, ok := accounts.Recover(p.Recovery, code)
		if !ok {
			return ErrRefused
		}
		p.Recovery = left
		return nil
	}, "recovery.used")
}

func (d *Door) second(ctx context.Context, half, agent string, use func(*accounts.Person) error, did string) (string, error) {
	now, hash := d.Now(), accounts.SecretHash(accounts.ToSignIn, half)
	s, err := d.Store.TrySecret(ctx, accounts.ToSignIn, hash, now)
	if err != nil {
		return "", err
	}
	if s.Tries > halfTries {
		return "", accounts.ErrNone
	}
	if err := d.useSecond(ctx, s.Person, use, did); err != nil {
		return "", err
	}
	if _, err := d.Store.TakeSecret(ctx, accounts.ToSignIn, hash, now); err != nil {
		return "", err
	}
	return d.begin(ctx, s.Person, true, agent)
}

// useSecond uses a code up, within the limit of tries.
func (d *Door) useSecond(ctx context.Context, who accounts.PersonID, use func(*accounts.Person) error, did string) error {
	if !d.bySecond.Allow(string(who), d.Now()) {
		return ErrRefused
	}
	e := accounts.Entry{}
	if did != "" {
		e = d.did(who, did, "")
	}
	if err := d.Store.ChangePerson(ctx, who, use, e, nil); err != nil {
		return err
	}
	d.bySecond.Forgive(string(who))
	return nil
}

// Halfway is who has shown a password and not yet the second factor.
func (d *Door) Halfway(ctx context.Context, half string) (accounts.Person, error) {
	s, err := d.Store.SeeSecret(ctx, accounts.ToSignIn, accounts.SecretHash(accounts.ToSignIn, half), d.Now())
	if err != nil {
		return accounts.Person{}, err
	}
	if s.Tries >= halfTries {
		return accounts.Person{}, accounts.ErrNone
	}
	return d.Store.Person(ctx, s.Person)
}

// begin makes a new session and returns its secret.
func (d *Door) begin(ctx context.Context, who accounts.PersonID, second bool, agent string) (string, error) {
	secret, err := accounts.NewSecret(d.Random)
	if err != nil {
		return "", err
	}
	id, err := accounts.NewID(d.Random)
	if err != nil {
		return "", err
	}
	now := d.Now()
	s := accounts.Session{ID: id, Person: who, Began: now, Used: now, Proved: now, Turned: now, Second: second, Agent: agent}
	return secret, d.Store.AddSession(ctx, accounts.SecretHash(accounts.ToStay, secret), s, d.did(who, "session.began", ""))
}

// Session is that of a secret; accounts.ErrNone. Where the secret was due to be
// changed, turned is the new one.
func (d *Door) Session(ctx context.Context, secret string) (s accounts.Session, turned string, err error) {
	now, hash := d.Now(), accounts.SecretHash(accounts.ToStay, secret)
	s, err = d.Store.Session(ctx, hash, now.Add(-accounts.SessionLap))
	if err != nil {
		return s, "", err
	}
	if !s.Alive(now) {
		return s, "", accounts.ErrNone
	}
	if s.Due(now) {
		next, err := accounts.NewSecret(d.Random)
		if err != nil {
			return s, "", err
		}
		switch err := d.Store.TurnSession(ctx, s.ID, hash, accounts.SecretHash(accounts.ToStay, next), now); {
		case err == nil:
			return s, next, nil
		case !errors.Is(err, accounts.ErrNone): // else another request turned it
			return s, "", err
		}
	}
	if now.Sub(s.Used) >= time.Minute { // a row is not written for every page
		err = d.Store.UseSession(ctx, s.ID, now)
	}
	return s, "", err
}

// Prove takes password and second factor again, for what asks for a fresh
// sign-in. It returns the session's new secret. ErrRefused.
func (d *Door) Prove(ctx context.Context, s accounts.Session, password, code string, from netip.Addr) (string, error) {
	p, err := d.Store.Person(ctx, s.Person)
	if err != nil {
		return "", err
	}
	if _, err := d.checkPassword(ctx, p.Mail, password, from); err != nil {
		return "", err
	}
	if p.HasSecondFactor() {
		if err := d.useSecond(ctx, p.ID, func(p *accounts.Person) error { return d.useTOTP(p, code) }, ""); err != nil {
			return "", err
		}
	}
	return d.prove(ctx, s, p.HasSecondFactor(), d.did(s.Person, "session.proved", ""))
}

// prove gives a session that was proved a new secret; e tells of it, unless
// another entry did.
func (d *Door) prove(ctx context.Context, s accounts.Session, second bool, e accounts.Entry) (string, error) {
	secret, err := accounts.NewSecret(d.Random)
	if err != nil {
		return "", err
	}
	return secret, d.Store.ProveSession(ctx, s.ID, accounts.SecretHash(accounts.ToStay, secret), second, e)
}

// secret makes and stores a secret that is good once.
func (d *Door) secret(ctx context.Context, p accounts.Purpose, who accounts.PersonID, good time.Duration) (string, error) {
	secret, err := accounts.NewSecret(d.Random)
	if err != nil {
		return "", err
	}
	return secret, d.Store.AddSecret(ctx, accounts.Secret{Hash: accounts.SecretHash(p, secret), Purpose: p, Person: who, Until: d.Now().Add(good)})
}

// did is an entry for the audit log.
func (d *Door) did(who accounts.PersonID, what, to string) accounts.Entry {
	return accounts.Entry{At: d.Now(), Person: who, Did: what, To: to}
}

// EndSession ends one session of a person.
func (d *Door) EndSession(ctx context.Context, who accounts.PersonID, id string) error {
	return d.Store.EndSession(ctx, who, id)
}

// EndSessions ends them all.
func (d *Door) EndSessions(ctx context.Context, who accounts.PersonID) error {
	return d.Store.EndSessions(ctx, who, d.did(who, "sessions.ended", ""))
}

// ChangePassword sets another password and ends all other sessions. It returns
// the session's new secret. Errors of accounts.CheckPassword.
func (d *Door) ChangePassword(ctx context.Context, s accounts.Session, password string) (string, error) {
	p, err := d.Store.Person(ctx, s.Person)
	if err != nil {
		return "", err
	}
	if err := d.setPassword(ctx, p, password, "password.changed", s.ID); err != nil {
		return "", err
	}
	return d.prove(ctx, s, s.Second, accounts.Entry{At: d.Now()})
}

func (d *Door) setPassword(ctx context.Context, p accounts.Person, password, did, keep string) error {
	if err := accounts.CheckPassword(password, p.Mail, p.Name); err != nil {
		return err
	}
	h, err := d.hash(ctx, password)
	if err != nil {
		return err
	}
	err = d.Store.ChangePerson(ctx, p.ID, func(p *accounts.Person) error { p.Password = h; return nil }, d.did(p.ID, did, ""), &keep)
	if err != nil {
		return fmt.Errorf("password: %w", err)
	}
	return nil
}
