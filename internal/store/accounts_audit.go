package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
)

// audit writes the next entry of an organisation's log, in the transaction of
// what it tells of: there is never the one without the other.
func (s *Store) audit(ctx context.Context, tx *sqlx.Tx, of accounts.OrganisationID, e accounts.Entry) error {
	if e.Did == "" {
		return nil
	}
	if err := mustStore("what was done", e.Did, "what it was done to", e.To); err != nil {
		return err
	}
	if err := s.lockOrganisation(ctx, tx, of); err != nil {
		return err
	}
	last, err := entries(ctx, tx, `organisation = ? ORDER BY number DESC LIMIT 1`, of)
	if err != nil {
		return err
	}
	e.Organisation = of
	if len(last) > 0 {
		e = accounts.Next(&last[0], e)
	} else {
		e = accounts.Next(nil, e)
	}
	_, err = execute(ctx, tx, `INSERT INTO audit (organisation, number, at, person, did, object, before, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Organisation, e.Number, instant(e.At), e.Person, e.Did, e.To, e.Before[:], e.Sum[:])
	return err
}

// auditEverywhere writes what a person did with their own account into the log
// of each organisation they work for.
func (s *Store) auditEverywhere(ctx context.Context, tx *sqlx.Tx, who accounts.PersonID, e accounts.Entry) error {
	if e.Did == "" {
		return nil
	}
	var of []accounts.OrganisationID
	// In one order: two transactions never wait for each other.
	if err := list(ctx, tx, &of, `SELECT organisation FROM members WHERE person = ? ORDER BY organisation`, who); err != nil {
		return err
	}
	for _, id := range of {
		if err := s.audit(ctx, tx, id, e); err != nil {
			return err
		}
	}
	return nil
}

// logChunk is how many entries are held at a time.
const logChunk = 500

// ReadLog hands over the audit log of an organisation from its first entry to
// its last, some hundred entries at a time, as they are stored: whether it was
// changed, an accounts.Chain tells. An error of each ends it.
func (s *Store) ReadLog(ctx context.Context, of accounts.OrganisationID, each func([]accounts.Entry) error) error {
	for after := int64(0); ; {
		some, err := s.Entries(ctx, of, after, logChunk)
		if err != nil {
			return err
		}
		if err := each(some); err != nil {
			return err
		}
		if len(some) < logChunk {
			return nil
		}
		after = some[len(some)-1].Number
	}
}

// Entries are those of an organisation's log that follow a number, at most so
// many, the oldest first.
func (s *Store) Entries(ctx context.Context, of accounts.OrganisationID, after int64, limit int) (_ []accounts.Entry, err error) {
	defer wrap(&err, "audit log of %s", of)
	return entries(ctx, s.read, `organisation = ? AND number > ? ORDER BY number LIMIT ?`, of, after, limit)
}

// Log is the whole audit log of an organisation, the oldest entry first.
func (s *Store) Log(ctx context.Context, of accounts.OrganisationID) (all []accounts.Entry, err error) {
	err = s.ReadLog(ctx, of, func(some []accounts.Entry) error {
		all = append(all, some...)
		return nil
	})
	return all, err
}

func entries(ctx context.Context, q querier, where string, args ...any) ([]accounts.Entry, error) {
	var rows []struct {
		Organisation accounts.OrganisationID `db:"organisation"`
		Number       int64                   `db:"number"`
		At           instant                 `db:"at"`
		Person       accounts.PersonID       `db:"person"`
		Did          string                  `db:"did"`
		To           string                  `db:"object"`
		Before       []byte                  `db:"before"`
		Sum          []byte                  `db:"hash"`
	}
	if err := list(ctx, q, &rows, `SELECT organisation, number, at, person, did, object, before, hash FROM audit WHERE `+where, args...); err != nil {
		return nil, err
	}
	out := make([]accounts.Entry, len(rows))
	for i, r := range rows {
		if len(r.Before) != 32 || len(r.Sum) != 32 {
			return nil, fmt.Errorf("entry %d: %w", r.Number, ErrDamaged)
		}
		out[i] = accounts.Entry{Organisation: r.Organisation, Number: r.Number, At: r.At.time(), Person: r.Person, Did: r.Did, To: r.To,
			Before: [32]byte(r.Before), Sum: [32]byte(r.Sum)}
	}
	return out, nil
}
