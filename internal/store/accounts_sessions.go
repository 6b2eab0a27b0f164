package store

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
)

// AddSession stores a new session under the hash of its secret.
func (s *Store) AddSession(ctx context.Context, hash []byte, n accounts.Session, e accounts.Entry) (err error) {
	defer wrap(&err, "beginning a session")
	if err := mustStore("the browser", n.Agent); err != nil {
		return err
	}
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if _, err := execute(ctx, tx, `
			INSERT INTO sessions (id, hash, before, person, began_at, used_at, proved_at, turned_at, second, agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			n.ID, hash, []byte{}, n.Person, instant(n.Began), instant(n.Used), instant(n.Proved), instant(n.Turned), number(n.Second), n.Agent); err != nil {
			return err
		}
		return s.auditEverywhere(ctx, tx, n.Person, e)
	})
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

func sessions(ctx context.Context, q querier, where string, args ...any) ([]accounts.Session, error) {
	var rows []struct {
		ID     string            `db:"id"`
		Person accounts.PersonID `db:"person"`
		Began  instant           `db:"began_at"`
		Used   instant           `db:"used_at"`
		Proved instant           `db:"proved_at"`
		Turned instant           `db:"turned_at"`
		Second bool              `db:"second"`
		Agent  string            `db:"agent"`
	}
	err := list(ctx, q, &rows, `SELECT id, person, began_at, used_at, proved_at, turned_at, second, agent FROM sessions WHERE `+where+` ORDER BY used_at DESC, id`, args...)
	out := make([]accounts.Session, len(rows))
	for i, r := range rows {
		out[i] = accounts.Session{ID: r.ID, Person: r.Person, Began: r.Began.time(), Used: r.Used.time(), Proved: r.Proved.time(), Turned: r.Turned.time(), Second: r.Second, Agent: r.Agent}
	}
	return out, err
}

// Session is that of a hash, or of the hash it had until it was turned, after
// the time since. accounts.ErrNone.
func (s *Store) Session(ctx context.Context, hash []byte, since time.Time) (_ accounts.Session, err error) {
	defer wrap(&err, "session")
	all, err := sessions(ctx, s.read, `hash = ? OR (length(before) = 32 AND before = ? AND turned_at > ?)`, hash, hash, instant(since))
	return firstOf(all, err, accounts.ErrNone)
}

// Sessions lists those of a person that are alive, the latest used first.
func (s *Store) Sessions(ctx context.Context, who accounts.PersonID, now time.Time) (_ []accounts.Session, err error) {
	defer wrap(&err, "listing sessions")
	return sessions(ctx, s.read, `person = ? AND used_at > ? AND began_at > ?`,
		who, instant(now.Add(-accounts.SessionIdle)), instant(now.Add(-accounts.SessionLife)))
}

// UseSession notes when a session was used.
func (s *Store) UseSession(ctx context.Context, id string, now time.Time) (err error) {
	defer wrap(&err, "session")
	return s.change(ctx, func(tx *sqlx.Tx) error {
		_, err := execute(ctx, tx, `UPDATE sessions SET used_at = ? WHERE id = ? AND used_at < ?`, instant(now), id, instant(now))
		return err
	})
}

// TurnSession gives a session another secret, if old is still its secret: of two
// requests at once one turns it. accounts.ErrNone for the other.
func (s *Store) TurnSession(ctx context.Context, id string, old, hash []byte, now time.Time) (err error) {
	defer wrap(&err, "turning a session")
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		return changed(execute(ctx, tx, `UPDATE sessions SET hash = ?, before = hash, turned_at = ?, used_at = ? WHERE id = ? AND hash = ?`,
			hash, instant(now), instant(now), id, old))
	})
}

// ProveSession notes that a person proved again who they are, and with second
// that a second factor was shown. The session gets another secret, and the one
// before ends at once. It was at e.At; e is about its owner. accounts.ErrNone.
func (s *Store) ProveSession(ctx context.Context, id string, hash []byte, second bool, e accounts.Entry) (err error) {
	defer wrap(&err, "proving a session")
	now := e.At
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := changed(execute(ctx, tx, `
			UPDATE sessions SET hash = ?, before = ?, turned_at = ?, used_at = ?, proved_at = ?, second = CASE WHEN ? = 1 THEN 1 ELSE second END WHERE id = ?`,
			hash, []byte{}, instant(now), instant(now), instant(now), number(second), id)); err != nil {
			return err
		}
		return s.auditEverywhere(ctx, tx, e.Person, e)
	})
}

// EndSession ends one session of a person, whether there is one or not.
func (s *Store) EndSession(ctx context.Context, who accounts.PersonID, id string) (err error) {
	defer wrap(&err, "ending a session")
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		_, err := execute(ctx, tx, `DELETE FROM sessions WHERE person = ? AND id = ?`, who, id)
		return err
	})
}

// EndSessions ends all sessions of a person.
func (s *Store) EndSessions(ctx context.Context, who accounts.PersonID, e accounts.Entry) (err error) {
	defer wrap(&err, "ending sessions")
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if _, err := execute(ctx, tx, `DELETE FROM sessions WHERE person = ?`, who); err != nil {
			return err
		}
		return s.auditEverywhere(ctx, tx, who, e)
	})
}

// AddSecret stores a secret that is good once; accounts.ErrKnown where it is
// stored already.
func (s *Store) AddSecret(ctx context.Context, n accounts.Secret) (err error) {
	defer wrap(&err, "storing a secret")
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		r, err := execute(ctx, tx, `INSERT INTO account_secrets (hash, purpose, person, tries, until_at) VALUES (?, ?, ?, 0, ?) ON CONFLICT (hash) DO NOTHING`,
			n.Hash, n.Purpose, n.Person, instant(n.Until))
		if err := changed(r, err); err == accounts.ErrNone {
			return accounts.ErrKnown
		} else if err != nil {
			return err
		}
		return nil
	})
}

// TrySecret counts a try with a secret; accounts.ErrNone.
func (s *Store) TrySecret(ctx context.Context, p accounts.Purpose, hash []byte, now time.Time) (_ accounts.Secret, err error) {
	defer wrap(&err, "a secret")
	return s.secret(ctx, `UPDATE account_secrets SET tries = tries + 1 WHERE hash = ? AND purpose = ? AND until_at > ? RETURNING person, tries, until_at`, p, hash, now)
}

// SeeSecret reads a secret and leaves it; accounts.ErrNone.
func (s *Store) SeeSecret(ctx context.Context, p accounts.Purpose, hash []byte, now time.Time) (_ accounts.Secret, err error) {
	defer wrap(&err, "a secret")
	return s.secret(ctx, `SELECT person, tries, until_at FROM account_secrets WHERE hash = ? AND purpose = ? AND until_at > ?`, p, hash, now)
}

// TakeSecret uses a secret up; accounts.ErrNone for everyone but the first.
func (s *Store) TakeSecret(ctx context.Context, p accounts.Purpose, hash []byte, now time.Time) (_ accounts.Secret, err error) {
	defer wrap(&err, "a secret")
	return s.secret(ctx, `DELETE FROM account_secrets WHERE hash = ? AND purpose = ? AND until_at > ? RETURNING person, tries, until_at`, p, hash, now)
}

func (s *Store) secret(ctx context.Context, query string, p accounts.Purpose, hash []byte, now time.Time) (accounts.Secret, error) {
	var r struct {
		Person accounts.PersonID `db:"person"`
		Tries  int               `db:"tries"`
		Until  instant           `db:"until_at"`
	}
	err := s.durably(ctx, func(tx *sqlx.Tx) error { return none(get(ctx, tx, &r, query, hash, p, instant(now))) })
	return accounts.Secret{Hash: hash, Purpose: p, Person: r.Person, Tries: r.Tries, Until: r.Until.time()}, err
}

// SweepPeople erases sessions, secrets and invitations that are good no longer.
func (s *Store) SweepPeople(ctx context.Context, now time.Time) (err error) {
	defer wrap(&err, "sweeping sessions")
	return s.change(ctx, func(tx *sqlx.Tx) error {
		if _, err := execute(ctx, tx, `DELETE FROM sessions WHERE used_at <= ? OR began_at <= ?`,
			instant(now.Add(-accounts.SessionIdle)), instant(now.Add(-accounts.SessionLife))); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `DELETE FROM account_secrets WHERE until_at <= ?`, instant(now)); err != nil {
			return err
		}
		_, err := execute(ctx, tx, `DELETE FROM invitations WHERE until_at <= ?`, instant(now))
		return err
	})
}
