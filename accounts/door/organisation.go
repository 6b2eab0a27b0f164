package door

import (
	"context"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
)

// ChangeOrganisation gives an organisation other names or another BIN.
// accounts.ErrOrganisationName, accounts.ErrBIN, accounts.ErrNone.
func (d *Door) ChangeOrganisation(ctx context.Context, by accounts.PersonID, o accounts.Organisation) error {
	o, err := o.Clean()
	if err != nil {
		return err
	}
	was, err := d.Store.Organisation(ctx, o.ID)
	if err != nil {
		return err
	}
	var what []string
	for _, lang := range []string{"kk", "ru", "en"} {
		if o.Names[lang] != was.Names[lang] {
			what = append(what, "name-"+lang)
		}
	}
	if o.BIN != was.BIN {
		what = append(what, "bin")
	}
	if len(what) == 0 {
		return nil
	}
	return d.Store.SaveOrganisation(ctx, o, d.did(by, "organisation.changed", strings.Join(what, " ")))
}

// AddKey gives an organisation a public key; the log names it by its fingerprint.
// accounts.ErrKeyKnown.
func (d *Door) AddKey(ctx context.Context, by accounts.PersonID, of accounts.OrganisationID, name string, public [32]byte, fingerprint string) error {
	e := d.did(by, "key.added", fingerprint)
	return d.Store.AddKey(ctx, accounts.Key{Organisation: of, Name: name, PublicKey: public, AddedAt: e.At, AddedBy: by}, e)
}

// RetireKey keeps a key from being chosen for new campaigns. accounts.ErrNone.
func (d *Door) RetireKey(ctx context.Context, by accounts.PersonID, of accounts.OrganisationID, public [32]byte, fingerprint string) error {
	e := d.did(by, "key.retired", fingerprint)
	return d.Store.RetireKey(ctx, of, public, e.At, e)
}

// Erase erases a person's account: name, address, ways to sign in, sessions,
// memberships. What the logs of their organisations say stays, under an id that
// names nobody any more. accounts.ErrLastOwner.
func (d *Door) Erase(ctx context.Context, who accounts.PersonID) error {
	return d.Store.ErasePerson(ctx, who, d.did(who, "account.erased", ""))
}
