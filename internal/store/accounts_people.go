package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"slices"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
)

// Person is that of an id; accounts.ErrNone.
func (s *Store) Person(ctx context.Context, id accounts.PersonID) (_ accounts.Person, err error) {
	defer wrap(&err, "person")
	return person(ctx, s.read, `id = ?`, id)
}

// PersonByEmail is that of a canonical address; accounts.ErrNone.
func (s *Store) PersonByEmail(ctx context.Context, email string) (_ accounts.Person, err error) {
	defer wrap(&err, "person")
	return person(ctx, s.read, `email = ?`, email)
}

func person(ctx context.Context, q querier, where string, args ...any) (accounts.Person, error) {
	var r struct {
		ID       accounts.PersonID `db:"id"`
		Email    string            `db:"email"`
		Mail     string            `db:"mail"`
		Name     string            `db:"name"`
		Lang     string            `db:"lang"`
		Password string            `db:"password"`
		TOTP     []byte            `db:"totp"`
		Counter  int64             `db:"totp_counter"`
		Recovery []byte            `db:"recovery"`
		Since    instant           `db:"since_at"`
	}
	if err := none(get(ctx, q, &r, `SELECT id, email, mail, name, lang, password, totp, totp_counter, recovery, since_at FROM persons WHERE `+where, args...)); err != nil {
		return accounts.Person{}, err
	}
	p := accounts.Person{ID: r.ID, Email: r.Email, Mail: r.Mail, Name: r.Name, Lang: r.Lang, Password: r.Password,
		TOTPSecret: r.TOTP, TOTPCounter: r.Counter, Recovery: slices.Collect(slices.Chunk(r.Recovery, sha256.Size)), Since: r.Since.time()}
	var keys []struct {
		ID         []byte  `db:"id"`
		Name       string  `db:"name"`
		Credential []byte  `db:"credential"`
		Added      instant `db:"added_at"`
	}
	err := list(ctx, q, &keys, `SELECT id, name, credential, added_at FROM passkeys WHERE person = ? ORDER BY added_at, id`, r.ID)
	for _, k := range keys {
		p.Passkeys = append(p.Passkeys, accounts.Passkey{ID: k.ID, Name: k.Name, Credential: k.Credential, Added: k.Added.time()})
	}
	return p, err
}

func insertPerson(ctx context.Context, tx *sqlx.Tx, p accounts.Person) error {
	if err := mustStore("the name", p.Name, "the address", p.Mail); err != nil {
		return err
	}
	if _, err := execute(ctx, tx, `
		INSERT INTO persons (id, email, mail, name, lang, password, totp, totp_counter, recovery, since_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, p.Email, p.Mail, p.Name, p.Lang, p.Password, blob(p.TOTPSecret), p.TOTPCounter, blob(bytes.Join(p.Recovery, nil)), instant(p.Since)); err != nil {
		return err
	}
	return insertPasskeys(ctx, tx, p)
}

func insertPasskeys(ctx context.Context, tx *sqlx.Tx, p accounts.Person) error {
	for _, k := range p.Passkeys {
		if err := mustStore("the name of a passkey", k.Name); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `INSERT INTO passkeys (id, person, name, credential, added_at) VALUES (?, ?, ?, ?, ?)`,
			k.ID, p.ID, k.Name, k.Credential, instant(k.Added)); err != nil {
			return err
		}
	}
	return nil
}

// ChangePerson lets f change a person as stored now, alone: a code that f uses
// up is used up once. The entry, where it says what was done, goes into the log
// of each organisation of theirs. With keep, all their other sessions end. An
// error of f is returned and nothing is changed. accounts.ErrNone.
func (s *Store) ChangePerson(ctx context.Context, id accounts.PersonID, f func(*accounts.Person) error, e accounts.Entry, keep *string) (err error) {
	defer wrap(&err, "changing a person")
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		var one int
		if err := none(get(ctx, tx, &one, `SELECT 1 FROM persons WHERE id = ?`+s.forUpdate(), id)); err != nil {
			return err
		}
		p, err := person(ctx, tx, `id = ?`, id)
		if err != nil {
			return err
		}
		if err := f(&p); err != nil {
			return err
		}
		if err := mustStore("the name", p.Name); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `UPDATE persons SET name = ?, lang = ?, password = ?, totp = ?, totp_counter = ?, recovery = ? WHERE id = ?`,
			p.Name, p.Lang, p.Password, blob(p.TOTPSecret), p.TOTPCounter, blob(bytes.Join(p.Recovery, nil)), id); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `DELETE FROM passkeys WHERE person = ?`, id); err != nil {
			return err
		}
		if err := insertPasskeys(ctx, tx, p); err != nil {
			return err
		}
		if keep != nil {
			if _, err := execute(ctx, tx, `DELETE FROM sessions WHERE person = ? AND id <> ?`, id, *keep); err != nil {
				return err
			}
		}
		return s.auditEverywhere(ctx, tx, id, e)
	})
}

// ErasePerson erases an account with all that lets one in by it. The entry goes
// into the log of each organisation of theirs, where their id stays and names
// nobody any more. accounts.ErrNone; accounts.ErrLastOwner where an organisation
// would be left without one, then nothing is erased.
func (s *Store) ErasePerson(ctx context.Context, who accounts.PersonID, e accounts.Entry) (err error) {
	defer wrap(&err, "erasing an account")
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		var of []accounts.OrganisationID
		if err := list(ctx, tx, &of, `SELECT organisation FROM members WHERE person = ? ORDER BY organisation`, who); err != nil {
			return err
		}
		for _, id := range of {
			if err := s.lockOrganisation(ctx, tx, id); err != nil {
				return err
			}
			if err := mayChange(ctx, tx, id, who, ""); err != nil {
				return err
			}
			if err := s.audit(ctx, tx, id, e); err != nil {
				return err
			}
		}
		for _, table := range []string{"members", "passkeys", "sessions", "account_secrets", "proposal_drafts"} {
			if _, err := execute(ctx, tx, `DELETE FROM `+table+` WHERE person = ?`, who); err != nil {
				return err
			}
		}
		return changed(execute(ctx, tx, `DELETE FROM persons WHERE id = ?`, who))
	})
}

// blob is bytes that are never NULL.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
