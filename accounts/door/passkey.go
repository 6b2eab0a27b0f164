package door

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/tuzetu/tuzetu/accounts"
)

// answerIn is how long a browser has to answer a challenge.
const answerIn = 5 * time.Minute

// ErrNoPasskeys: there are none at this address. A passkey belongs to a name; an
// address of numbers has none.
var ErrNoPasskeys = errors.New("no passkeys at this address")

// Challenge is what a browser is asked: Options for its script, State comes back
// with the answer.
type Challenge struct{ Options, State string }

type passkeyState struct {
	Data   webauthn.SessionData
	Person accounts.PersonID // who adds one; "" for a sign-in
	Until  time.Time
}

// relying makes the library of the origin ("https://tuzetu.kz") the browser sees.
func relying(origin string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil {
		return nil, ErrNoPasskeys
	}
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: Issuer, RPOrigins: []string{origin},
		// A passkey stands for the password and the second factor together: it must
		// be found without a name being typed and be unlocked by its owner.
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
}

// owner is a person as the library sees them. The handle is the random id.
type owner struct{ *accounts.Person }

func (o owner) WebAuthnID() []byte          { return []byte(o.ID) }
func (o owner) WebAuthnName() string        { return o.Mail }
func (o owner) WebAuthnDisplayName() string { return o.Name }
func (o owner) WebAuthnCredentials() (all []webauthn.Credential) {
	for _, k := range o.Passkeys {
		var c webauthn.Credential
		if json.Unmarshal(k.Credential, &c) == nil { // what this program did not write is no credential
			all = append(all, c)
		}
	}
	return all
}

// NewPasskey asks a browser to make a passkey. ErrNoPasskeys.
func (d *Door) NewPasskey(p accounts.Person, origin string) (Challenge, error) {
	w, err := relying(origin)
	if err != nil {
		return Challenge{}, err
	}
	o := owner{&p}
	var have []protocol.CredentialDescriptor
	for _, c := range o.WebAuthnCredentials() {
		have = append(have, c.Descriptor())
	}
	options, data, err := w.BeginRegistration(o, webauthn.WithExclusions(have))
	if err != nil {
		return Challenge{}, fmt.Errorf("passkey: %w", err)
	}
	return d.challenge("new passkey", options.Response, passkeyState{*data, p.ID, d.Now().Add(answerIn)})
}

func (d *Door) challenge(context string, options any, s passkeyState) (Challenge, error) {
	b, err := json.Marshal(options)
	if err != nil {
		return Challenge{}, err
	}
	state, err := d.hand(context, s)
	return Challenge{string(b), state}, err
}

// answered takes a challenge back; accounts.ErrNone for one that was answered
// before or too late.
func (d *Door) answered(ctx context.Context, context, state string) (s passkeyState, err error) {
	if err := d.take(context, state, &s); err != nil {
		return s, err
	}
	if !d.Now().Before(s.Until) {
		return s, accounts.ErrNone
	}
	err = d.Store.AddSecret(ctx, accounts.Secret{
		Hash: accounts.SecretHash(accounts.Answered, s.Data.Challenge), Purpose: accounts.Answered, Person: s.Person, Until: s.Until,
	})
	if errors.Is(err, accounts.ErrKnown) {
		return s, accounts.ErrNone
	}
	return s, err
}

// AddPasskey stores the passkey a browser made. It returns the session's new
// secret and, where the person has none, recovery codes to be shown once.
// ErrRefused, accounts.ErrNone.
func (d *Door) AddPasskey(ctx context.Context, s accounts.Session, origin, state, answer, name string) (session string, codes []string, err error) {
	w, err := relying(origin)
	if err != nil {
		return "", nil, err
	}
	asked, err := d.answered(ctx, "new passkey", state)
	if err != nil {
		return "", nil, err
	}
	if asked.Person != s.Person {
		return "", nil, accounts.ErrNone
	}
	made, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return "", nil, ErrRefused
	}
	if codes, err = d.addFactor(ctx, s.Person, "passkey.added", func(p *accounts.Person) error {
		c, err := w.CreateCredential(owner{p}, asked.Data, made)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrRefused, err)
		}
		b, err := json.Marshal(c)
		if err != nil {
			return err
		}
		p.Passkeys = append(p.Passkeys, accounts.Passkey{ID: c.ID, Name: name, Credential: b, Added: d.Now()})
		return nil
	}); err != nil {
		return "", nil, err
	}
	session, err = d.prove(ctx, s, true, accounts.Entry{At: d.Now()})
	return session, codes, err
}

// AskPasskey asks a browser for any passkey of this site. ErrNoPasskeys.
func (d *Door) AskPasskey(origin string) (Challenge, error) {
	w, err := relying(origin)
	if err != nil {
		return Challenge{}, err
	}
	options, data, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Challenge{}, fmt.Errorf("passkey: %w", err)
	}
	return d.challenge("passkey", options.Response, passkeyState{Data: *data, Until: d.Now().Add(answerIn)})
}

// ByPasskey begins a session for the owner of a passkey. ErrRefused,
// accounts.ErrNone.
func (d *Door) ByPasskey(ctx context.Context, origin, state, answer, agent string) (session string, err error) {
	who, err := d.passkey(ctx, origin, state, answer)
	if err != nil {
		return "", err
	}
	return d.begin(ctx, who, true, agent)
}

// ProveByPasskey is Prove by a passkey.
func (d *Door) ProveByPasskey(ctx context.Context, s accounts.Session, origin, state, answer string) (session string, err error) {
	who, err := d.passkey(ctx, origin, state, answer)
	if err != nil {
		return "", err
	}
	if who != s.Person {
		return "", ErrRefused
	}
	return d.prove(ctx, s, true, d.did(s.Person, "session.proved", ""))
}

func (d *Door) passkey(ctx context.Context, origin, state, answer string) (who accounts.PersonID, err error) {
	w, err := relying(origin)
	if err != nil {
		return "", err
	}
	asked, err := d.answered(ctx, "passkey", state)
	if err != nil {
		return "", err
	}
	shown, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return "", ErrRefused
	}
	who = accounts.PersonID(shown.Response.UserHandle)
	err = d.Store.ChangePerson(ctx, who, func(p *accounts.Person) error {
		_, c, err := w.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return owner{p}, nil }, asked.Data, shown)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrRefused, err)
		}
		if c.Authenticator.CloneWarning {
			return ErrRefused // its counter runs backwards: there are two of it
		}
		for i, k := range p.Passkeys {
			if bytes.Equal(k.ID, c.ID) {
				p.Passkeys[i].Credential, err = json.Marshal(c)
			}
		}
		return err
	}, accounts.Entry{}, nil)
	if errors.Is(err, accounts.ErrNone) {
		return "", ErrRefused
	}
	return who, err
}

// RemovePasskey takes a passkey away. accounts.ErrNone.
func (d *Door) RemovePasskey(ctx context.Context, who accounts.PersonID, id []byte) error {
	return d.Store.ChangePerson(ctx, who, func(p *accounts.Person) error {
		for i, k := range p.Passkeys {
			if bytes.Equal(k.ID, id) {
				p.Passkeys = append(p.Passkeys[:i], p.Passkeys[i+1:]...)
				return nil
			}
		}
		return accounts.ErrNone
	}, d.did(who, "passkey.removed", ""), nil)
}
