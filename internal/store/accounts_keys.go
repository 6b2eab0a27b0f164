package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
)

// AddKey stores a public key of an organisation. accounts.ErrKeyKnown where it
// has that key, in use or retired.
func (s *Store) AddKey(ctx context.Context, k accounts.Key, e accounts.Entry) (err error) {
	defer wrap(&err, "key of %s", k.Organisation)
	if err := mustStore("the name of the key", k.Name); err != nil {
		return err
	}
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := s.lockOrganisation(ctx, tx, k.Organisation); err != nil {
			return err
		}
		if err := changedOne(accounts.ErrKeyKnown)(execute(ctx, tx, `
			INSERT INTO organisation_keys (organisation, public_key, name, added_at, added_by, retired_at) VALUES (?, ?, ?, ?, ?, '')
			ON CONFLICT (organisation, public_key) DO NOTHING`,
			k.Organisation, k.PublicKey[:], k.Name, instant(k.AddedAt), k.AddedBy)); err != nil {
			return err
		}
		return s.audit(ctx, tx, k.Organisation, e)
	})
}

// RetireKey keeps a key from being chosen for new campaigns; those that are
// sealed to it keep it. accounts.ErrNone where there is none in use.
func (s *Store) RetireKey(ctx context.Context, of accounts.OrganisationID, public [32]byte, now time.Time, e accounts.Entry) (err error) {
	defer wrap(&err, "retiring a key of %s", of)
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := changed(execute(ctx, tx, `UPDATE organisation_keys SET retired_at = ? WHERE organisation = ? AND public_key = ? AND retired_at = ''`,
			instant(now), of, public[:])); err != nil {
			return err
		}
		return s.audit(ctx, tx, of, e)
	})
}

// Keys lists those of an organisation, retired ones too, the oldest first.
func (s *Store) Keys(ctx context.Context, of accounts.OrganisationID) (out []accounts.Key, err error) {
	defer wrap(&err, "keys of %s", of)
	var rows []struct {
		Public    []byte            `db:"public_key"`
		Name      string            `db:"name"`
		AddedAt   instant           `db:"added_at"`
		AddedBy   accounts.PersonID `db:"added_by"`
		RetiredAt everOrNever       `db:"retired_at"`
	}
	if err := list(ctx, s.read, &rows, `
		SELECT public_key, name, added_at, added_by, retired_at FROM organisation_keys WHERE organisation = ? ORDER BY added_at, public_key`, of); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if len(r.Public) != 32 {
			return nil, fmt.Errorf("%w: a key of %d bytes", ErrDamaged, len(r.Public))
		}
		out = append(out, accounts.Key{Organisation: of, Name: r.Name, PublicKey: [32]byte(r.Public),
			AddedAt: r.AddedAt.time(), AddedBy: r.AddedBy, RetiredAt: time.Time(r.RetiredAt)})
	}
	return out, nil
}
