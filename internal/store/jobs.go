package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

var _ jobs.Store = (*Store)(nil)

// AddJobs stores jobs that belong to nothing else. Those of signatures come with
// AddSignatures.
func (s *Store) AddJobs(ctx context.Context, todo []jobs.Job) (err error) {
	defer wrap(&err, "storing jobs")
	return s.durably(ctx, func(tx *sqlx.Tx) error { return addJobs(ctx, tx, todo) })
}

func addJobs(ctx context.Context, tx *sqlx.Tx, todo []jobs.Job) error {
	var rows [][]any
	for _, j := range todo {
		rows = append(rows, []any{j.ID, j.Kind, j.Subject, instant(j.Due), instant(j.Expires), 0, j.Tries, j.Body, instant(j.Due)})
	}
	return insert(ctx, tx, `INSERT INTO jobs (id, kind, subject, due_at, expires_at, begun, tries, body, made_at) VALUES `, rows, ``)
}

// ClaimJobs marks up to limit jobs that are due as begun, the longest due first,
// and returns them. Two callers never get the same one.
func (s *Store) ClaimJobs(ctx context.Context, now time.Time, limit int) (_ []jobs.Job, err error) {
	defer wrap(&err, "looking for jobs")
	const due = `FROM jobs WHERE begun = 0 AND due_at <= ? AND expires_at > ?`
	var some []int
	if err := list(ctx, s.read, &some, `SELECT 1 `+due+` LIMIT 1`, instant(now), instant(now)); err != nil || len(some) == 0 {
		return nil, err // an idle runner writes nothing
	}
	lock := ``
	if s.at.dialect == onPostgres {
		lock = ` FOR UPDATE SKIP LOCKED`
	}
	var rows []struct {
		ID      string  `db:"id"`
		Kind    string  `db:"kind"`
		Subject int64   `db:"subject"`
		Due     instant `db:"due_at"`
		Expires instant `db:"expires_at"`
		Tries   int     `db:"tries"`
		Body    []byte  `db:"body"`
	}
	if err := s.durably(ctx, func(tx *sqlx.Tx) error {
		return list(ctx, tx, &rows, `
			UPDATE jobs SET begun = 1, tries = tries + 1
			WHERE id IN (SELECT id `+due+` ORDER BY due_at LIMIT ?`+lock+`)
			RETURNING id, kind, subject, due_at, expires_at, tries, body`, instant(now), instant(now), limit)
	}); err != nil {
		return nil, err
	}
	var out []jobs.Job
	for _, r := range rows {
		out = append(out, jobs.Job{ID: r.ID, Kind: r.Kind, Subject: r.Subject, Due: r.Due.time(), Expires: r.Expires.time(), Tries: r.Tries, Body: r.Body})
	}
	return out, nil
}

// FinishJobs erases jobs.
func (s *Store) FinishJobs(ctx context.Context, ids []string) (err error) {
	defer wrap(&err, "finishing jobs")
	if len(ids) == 0 {
		return nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		_, err := execute(ctx, tx, `DELETE FROM jobs WHERE id IN (`+marks(len(args))+`)`, args...)
		return err
	})
}

// PostponeJob lets a job that was begun be begun again, not before due.
func (s *Store) PostponeJob(ctx context.Context, id string, due time.Time) (err error) {
	defer wrap(&err, "postponing a job")
	return s.change(ctx, func(tx *sqlx.Tx) error {
		_, err := execute(ctx, tx, `UPDATE jobs SET begun = 0, due_at = ? WHERE id = ?`, instant(due), id)
		return err
	})
}

// CountJobs tells how many jobs wait, and how many were begun and never ended.
func (s *Store) CountJobs(ctx context.Context) (waiting, begun int, err error) {
	defer wrap(&err, "counting jobs")
	var row struct {
		Waiting int `db:"waiting"`
		Begun   int `db:"begun"`
	}
	err = get(ctx, s.read, &row, `SELECT coalesce(sum(1 - begun), 0) AS waiting, coalesce(sum(begun), 0) AS begun FROM jobs`)
	return row.Waiting, row.Begun, err
}

// LettersWaiting tells how many jobs of some kinds have not been begun, or were
// put off, and since when the oldest of them waits.
func (s *Store) LettersWaiting(ctx context.Context, kinds []string) (n int, since time.Time, err error) {
	defer wrap(&err, "letters that wait")
	args := make([]any, len(kinds))
	for i, k := range kinds {
		args[i] = k
	}
	var row struct {
		N     int         `db:"n"`
		Since everOrNever `db:"since"`
	}
	err = get(ctx, s.read, &row, `
		SELECT count(*) AS n, coalesce(min(made_at), '') AS since FROM jobs
		WHERE begun = 0 AND made_at <> '' AND kind IN (`+marks(len(args))+`)`, args...)
	return row.N, time.Time(row.Since), err
}

// AllowLetters counts a letter to each address on a day, in order, and tells
// which are within the limit; those that are not are not counted. Of an address,
// a keyed hash, the first 64 bits are looked at.
func (s *Store) AllowLetters(ctx context.Context, day law.Date, addresses [][]byte, limit int) (ok []bool, err error) {
	defer wrap(&err, "counting letters")
	ok = make([]bool, len(addresses))
	left := make([]int, len(addresses))
	for i := range left {
		left[i] = i
	}
	return ok, s.change(ctx, func(tx *sqlx.Tx) error {
		// One statement may meet an address once; who writes twice waits for the next.
		for len(left) > 0 {
			place := map[int64]int{}
			var rows [][]any
			var again []int
			for _, i := range left {
				address := int64(binary.BigEndian.Uint64(addresses[i]))
				if _, met := place[address]; met {
					again = append(again, i)
					continue
				}
				place[address] = i
				rows = append(rows, []any{address, dayNumber(day), 1})
			}
			var within []int64
			if err := insertReturning(ctx, tx, &within, `INSERT INTO letters (address, day, n) VALUES `, rows, fmt.Sprintf(`
				ON CONFLICT (address) DO UPDATE SET n = letters.n + 1 WHERE letters.n < %d RETURNING address`, limit)); err != nil {
				return err
			}
			for _, address := range within {
				ok[place[address]] = true
			}
			left = again
		}
		return nil
	})
}
