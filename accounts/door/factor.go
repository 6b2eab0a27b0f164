package door

import (
	"context"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
)

// Issuer is what authenticator apps and passkeys call this program.
const Issuer = "Tuzetu"

// NewFactor is an authenticator that is being set up. State is handed to the
// browser and comes back with the first code; only this program can read it.
type NewFactor struct{ State, URI, Key string }

type totpState struct {
	Person accounts.PersonID
	Secret []byte
	Until  time.Time
}

// NewTOTP makes an authenticator's secret. Nothing is stored until AddTOTP.
func (d *Door) NewTOTP(p accounts.Person) (NewFactor, error) {
	secret, _, err := accounts.NewTOTP(d.Random, Issuer, p.Mail)
	if err != nil {
		return NewFactor{}, err
	}
	state, err := d.hand("totp", totpState{p.ID, secret, d.Now().Add(setupFor)})
	if err != nil {
		return NewFactor{}, err
	}
	return shown(p, state, secret)
}

// SameTOTP is the authenticator of a state, to be shown again.
func (d *Door) SameTOTP(p accounts.Person, state string) (NewFactor, error) {
	var s totpState
	if err := d.take("totp", state, &s); err != nil {
		return NewFactor{}, err
	}
	if s.Person != p.ID || !d.Now().Before(s.Until) {
		return NewFactor{}, accounts.ErrNone
	}
	return shown(p, state, s.Secret)
}

func shown(p accounts.Person, state string, secret []byte) (NewFactor, error) {
	uri, err := accounts.TOTPAddress(Issuer, p.Mail, secret)
	return NewFactor{state, uri, base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)}, err
}

// AddTOTP stores an authenticator once it has shown a right code: in the place
// of an earlier one. It returns the session's new secret and, where the person
// has none, recovery codes to be shown once. ErrRefused, accounts.ErrNone.
func (d *Door) AddTOTP(ctx context.Context, s accounts.Session, state, code string) (session string, codes []string, err error) {
	var n totpState
	if err := d.take("totp", state, &n); err != nil {
		return "", nil, err
	}
	now := d.Now()
	if n.Person != s.Person || !now.Before(n.Until) {
		return "", nil, accounts.ErrNone
	}
	locked, err := d.Keys.Lock(totpOf(s.Person), n.Secret)
	if err != nil {
		return "", nil, err
	}
	if codes, err = d.addFactor(ctx, s.Person, "totp.added", func(p *accounts.Person) error {
		step, ok := accounts.CheckTOTP(n.Secret, code, 0, now)
		if !ok {
			return ErrRefused
		}
		p.TOTPSecret, p.TOTPCounter = locked, step
		return nil
	}); err != nil {
		return "", nil, err
	}
	session, err = d.prove(ctx, s, true, accounts.Entry{At: d.Now()})
	return session, codes, err
}

// addFactor adds a second factor, with recovery codes where there are none.
func (d *Door) addFactor(ctx context.Context, who accounts.PersonID, did string, add func(*accounts.Person) error) ([]string, error) {
	codes, hashes, err := accounts.NewRecovery(d.Random)
	if err != nil {
		return nil, err
	}
	err = d.Store.ChangePerson(ctx, who, func(p *accounts.Person) error {
		if len(p.Recovery) > 0 {
			codes = nil
		} else {
			p.Recovery = hashes
		}
		return add(p)
	}, d.did(who, did, ""), nil)
	return codes, err
}

func totpOf(who accounts.PersonID) string { return "totp of " + string(who) }

// useTOTP uses a code of an authenticator up.
func (d *Door) useTOTP(p *accounts.Person, code string) error {
	if len(p.TOTPSecret) == 0 {
		return ErrRefused
	}
	secret, err := d.Keys.Unlock(totpOf(p.ID), p.TOTPSecret)
	if err != nil {
		return err
	}
	step, ok := accounts.CheckTOTP(secret, digits(code), p.TOTPCounter, d.Now())
	if !ok {
		return ErrRefused
	}
	p.TOTPCounter = step
	return nil
}

// digits leaves out the blanks that apps show between digits.
func digits(code string) string {
	return string(slices.DeleteFunc([]rune(code), func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\t' }))
}

// RemoveTOTP takes the authenticator away.
func (d *Door) RemoveTOTP(ctx context.Context, who accounts.PersonID) error {
	return d.Store.ChangePerson(ctx, who, func(p *accounts.Person) error {
		p.TOTPSecret = nil
		return nil
	}, d.did(who, "totp.removed", ""), nil)
}

// NewRecovery makes new recovery codes, to be shown once; earlier ones are worth
// nothing then.
func (d *Door) NewRecovery(ctx context.Context, who accounts.PersonID) ([]string, error) {
	codes, hashes, err := accounts.NewRecovery(d.Random)
	if err != nil {
		return nil, err
	}
	return codes, d.Store.ChangePerson(ctx, who, func(p *accounts.Person) error {
		p.Recovery = hashes
		return nil
	}, d.did(who, "recovery.made", ""), nil)
}

// hand makes of a value what the browser keeps until it answers.
func (d *Door) hand(context string, v any) (string, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	locked, err := d.Keys.Lock("handed "+context, plain)
	return base64.RawURLEncoding.EncodeToString(locked), err
}

// take reads what hand made; accounts.ErrNone for anything else.
func (d *Door) take(context, state string, v any) error {
	locked, err := base64.RawURLEncoding.DecodeString(state)
	if err != nil {
		return accounts.ErrNone
	}
	plain, err := d.Keys.Unlock("handed "+context, locked)
	if err != nil {
		return accounts.ErrNone
	}
	return json.Unmarshal(plain, v)
}
