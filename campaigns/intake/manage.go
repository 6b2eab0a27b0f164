package intake

import (
	"context"
	"crypto/hmac"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/seal"
)

// ManagerStore is what a Manager needs of the database.
type ManagerStore interface {
	Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error)
	Text(ctx context.Context, id campaigns.CampaignID, version int) (campaigns.TextVersion, error)
	Consent(ctx context.Context, sha256 string) (int64, campaigns.Consent, error)
	Signature(context.Context, campaigns.SignatureID) (campaigns.Kept, error)
	Withdraw(ctx context.Context, id campaigns.SignatureID, is campaigns.Proof) error
	SetWishes(ctx context.Context, id campaigns.SignatureID, is campaigns.Proof, change func(campaigns.Kept) (shown, updatesTo []byte)) error
	SignAgain(ctx context.Context, id campaigns.SignatureID, is campaigns.Proof, version int, consent int64, manageHash []byte) error
	Block(ctx context.Context, address []byte, yes bool) error
	Blocked(ctx context.Context, address []byte) (bool, error)
}

// Manager does what a signer asks by the link of a letter. Everything but Look
// changes something; a link that is not right is campaigns.ErrNoSignature
// whatever is wrong with it.
type Manager struct {
	store     ManagerStore
	keys      Keys
	random    io.Reader
	now       func() time.Time
	mailboxes *gate.Mailboxes
	shownKey  gate.Key
	updateKey gate.Key
	leaveKey  gate.Key
	blocks    blocks
}

// useLeave is for the links that end letters with news.
const useLeave = "unsubscribe"

// NewManager makes a Manager.
func NewManager(store ManagerStore, keys Keys, random io.Reader, now func() time.Time) (*Manager, error) {
	m := &Manager{store: store, keys: keys, random: random, now: now}
	var err error
	if m.mailboxes, err = gate.ReadMailboxes(); err != nil {
		return nil, err
	}
	server, err := keys.Server()
	if err != nil {
		return nil, err
	}
	for use, key := range map[string]*gate.Key{UseShown: &m.shownKey, UseUpdates: &m.updateKey, useLeave: &m.leaveKey} {
		if *key, err = server.For(use); err != nil {
			return nil, err
		}
	}
	m.blocks, err = newBlocks(server)
	return m, err
}

// Look returns the signature a token is of, for a purpose. A link to confirm is
// good for campaigns.ConfirmWithin, or for ever once it has confirmed.
func (m *Manager) Look(ctx context.Context, token string, p gate.Purpose) (campaigns.Kept, error) {
	t, err := gate.ParseToken(token)
	if err != nil {
		return campaigns.Kept{}, campaigns.ErrNoSignature
	}
	kept, err := m.store.Signature(ctx, t.Signature)
	if err != nil {
		return campaigns.Kept{}, err
	}
	stored := kept.ManageHash
	if p == gate.ToConfirm {
		stored = kept.ConfirmHash
		if !kept.Confirmed && !m.now().Before(kept.ID.Time().Add(campaigns.ConfirmWithin)) {
			return campaigns.Kept{}, campaigns.ErrNoSignature
		}
	}
	if len(stored) == 0 || !t.Is(p, kept.Campaign, kept.Version, stored) {
		return campaigns.Kept{}, campaigns.ErrNoSignature
	}
	return kept, nil
}

// Withdraw erases the signature.
func (m *Manager) Withdraw(ctx context.Context, token string) error {
	t, err := gate.ParseToken(token)
	if err != nil {
		return campaigns.ErrNoSignature
	}
	return m.store.Withdraw(ctx, t.Signature, Proves(t, gate.ToManage))
}

// Wishes are the two consents a signer may give and take back at any time. Name
// and address are asked for anew where one is given: those of the signature are
// sealed, and this program cannot open them.
type Wishes struct {
	Display bool
	Given   string
	Surname string
	Updates bool
	Email   string
}

// SetWishes changes them. Errors: campaigns.FormError.
func (m *Manager) SetWishes(ctx context.Context, token string, w Wishes) error {
	t, err := gate.ParseToken(token)
	if err != nil {
		return campaigns.ErrNoSignature
	}
	kept, err := m.Look(ctx, token, gate.ToManage)
	if err != nil {
		return err
	}
	var shown, updates []byte
	wrong := campaigns.FormError{}
	if w.Display && kept.Shown == nil {
		f, problems := campaigns.Form{Given: w.Given, Surname: w.Surname}.CleanName()
		for field, p := range problems {
			wrong[field] = p
		}
		if shown, err = seal.Secret(m.random, m.shownKey, at(kept.ID), []byte(f.ShownName())); err != nil {
			return err
		}
	}
	if w.Updates && kept.UpdatesTo == nil {
		address, problem, err := m.ownAddress(kept, w.Email)
		if err != nil {
			return err
		}
		if problem != "" {
			wrong[campaigns.FieldEmail] = problem
		}
		if updates, err = seal.Secret(m.random, m.updateKey, at(kept.ID), []byte(address.Mail)); err != nil {
			return err
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return m.store.SetWishes(ctx, t.Signature, Proves(t, gate.ToManage), func(now campaigns.Kept) ([]byte, []byte) {
		return wished(w.Display, now.Shown, shown), wished(w.Updates, now.UpdatesTo, updates)
	})
}

// NotYours: the address is not the one that confirmed the signature. News go to
// no other, as nobody would have confirmed it.
const NotYours campaigns.Problem = "not_yours"

// ownAddress reads the address somebody typed who manages a signature.
func (m *Manager) ownAddress(kept campaigns.Kept, typed string) (_ gate.Address, problem campaigns.Problem, err error) {
	address, refused := m.mailboxes.Parse(typed)
	if refused != nil {
		return address, campaigns.Problem(refusalOf(refused)), nil
	}
	key, err := m.keys.Campaign(kept.Campaign)
	if errors.Is(err, gate.ErrNoKey) {
		return address, NotYours, nil // closed: addresses cannot be compared any more
	}
	if err != nil {
		return address, "", err
	}
	if !hmac.Equal(key.Duplicate(address), kept.DuplicateKey) {
		return address, NotYours, nil
	}
	return address, "", nil
}

// wished is what stays stored: what was there before, or what came.
func wished(yes bool, before, came []byte) []byte {
	switch {
	case !yes:
		return nil
	case before != nil:
		return before
	}
	return came
}

// ShownName is the name a signature is shown by; "" for none.
func (m *Manager) ShownName(k campaigns.Kept) (string, error) {
	if k.Shown == nil {
		return "", nil
	}
	name, err := seal.OpenSecret(m.shownKey, at(k.ID), k.Shown)
	return string(name), err
}

// SignAgain signs the current text in place of an older one, if the hashes are
// of what the page showed. The link to manage stays, bound to the new text.
// Errors: campaigns.ErrTextChanged, campaigns.ErrState.
func (m *Manager) SignAgain(ctx context.Context, token, textSHA256, consentSHA256 string) error {
	kept, err := m.Look(ctx, token, gate.ToManage)
	if err != nil {
		return err
	}
	c, err := m.store.Campaign(ctx, kept.Campaign)
	if err != nil {
		return err
	}
	if kept.Version == c.Version {
		return nil
	}
	text, err := m.store.Text(ctx, c.ID, c.Version)
	if err != nil {
		return err
	}
	words, err := c.Consents()
	if err != nil {
		return err
	}
	var agreed int64
	for _, consent := range words {
		if consent.SHA256 == consentSHA256 {
			if agreed, _, err = m.store.Consent(ctx, consentSHA256); err != nil {
				return err
			}
		}
	}
	if text.SHA256 != textSHA256 || agreed == 0 {
		return campaigns.ErrTextChanged
	}
	t, err := gate.ParseToken(token)
	if err != nil {
		return campaigns.ErrNoSignature
	}
	return m.store.SignAgain(ctx, kept.ID, Proves(t, gate.ToManage), c.Version, agreed, t.Hash(gate.ToManage, c.ID, c.Version))
}

// Unsubscribe is the token of the link at the end of letters with news (RFC
// 8058). It is made of the signature and a key of the server, so that nothing is
// stored for it and any letter can have it; it does nothing but end the letters.
func (m *Manager) Unsubscribe(id campaigns.SignatureID) string { return bound(m.leaveKey, id) }

// Unsubscribed ends the letters with news. Doing it again changes nothing.
func (m *Manager) Unsubscribed(ctx context.Context, token string) error {
	kept, err := m.Leaving(ctx, token)
	if err != nil {
		return err
	}
	anybody := func(campaigns.CampaignID, int, []byte) bool { return true } // proved by the token
	return m.store.SetWishes(ctx, kept.ID, anybody, func(now campaigns.Kept) ([]byte, []byte) { return now.Shown, nil })
}

// Leaving is the signature a token of Unsubscribe is of.
func (m *Manager) Leaving(ctx context.Context, token string) (campaigns.Kept, error) {
	id, ok := unbound(m.leaveKey, token)
	if !ok {
		return campaigns.Kept{}, campaigns.ErrNoSignature
	}
	kept, err := m.store.Signature(ctx, id)
	if err != nil && !errors.Is(err, campaigns.ErrNoSignature) {
		err = fmt.Errorf("unsubscribing: %w", err)
	}
	return kept, err
}
