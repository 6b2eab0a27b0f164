package store

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
)

// AddSignatures stores an intake: what is unconfirmed, with the jobs that write
// to the signers. When it returns nil, all of it is on the disk. Errors:
// campaigns.ErrTaken, *campaigns.RefusedError, ErrFull, ErrUnreachable …; then
// nothing is stored.
func (s *Store) AddSignatures(ctx context.Context, in campaigns.Intake) (err error) {
	defer wrap(&err, "storing signatures")
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := addBatches(ctx, tx, in.Batches, campaigns.State.TakesSignatures); err != nil {
			return err
		}
		var rows [][]any
		for _, b := range in.Batches {
			for _, g := range b.Rows {
				rows = append(rows, []any{int64(g.ID), int64(g.Campaign), g.Version, g.Consent, g.Region, string(g.Lang),
					g.DuplicateKey, g.ConfirmHash, g.ManageHash, g.Box, g.Shown, g.UpdatesTo})
			}
		}
		if err := insert(ctx, tx, `INSERT INTO pending (id, campaign, version, consent, region, lang,
			duplicate_key, confirm_hash, manage_hash, box, shown, updates_to) VALUES `, rows, ``); err != nil {
			return err
		}
		if err := addJobs(ctx, tx, in.Jobs); err != nil {
			return err
		}
		for _, campaign := range slices.Sorted(maps.Keys(in.HeldBack)) {
			if _, err := execute(ctx, tx, `
				INSERT INTO held_back (campaign, day, n) VALUES (?, ?, ?)
				ON CONFLICT (campaign, day) DO UPDATE SET n = held_back.n + excluded.n`,
				int64(campaign), string(in.Day), in.HeldBack[campaign]); err != nil {
				return err
			}
		}
		return nil
	})
}

// addBatches stores the heads of batches whose campaigns are in a state that
// allows it and still have the text that was signed.
func addBatches(ctx context.Context, tx *sqlx.Tx, batches []campaigns.Batch, allowed func(campaigns.State) bool) error {
	var rows [][]any
	for _, b := range batches {
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(b.Campaign))
		switch {
		case errors.Is(err, campaigns.ErrNotFound):
		case err != nil:
			return err
		case !allowed(c.State):
			err = campaigns.ErrState
		case c.Version != b.Version:
			err = campaigns.ErrTextChanged
		}
		if err != nil {
			return &campaigns.RefusedError{Campaign: b.Campaign, Err: err}
		}
		rows = append(rows, []any{b.ID, int64(b.Campaign), b.Seal})
	}
	var stored []int64
	if err := insertReturning(ctx, tx, &stored, `INSERT INTO batches (id, campaign, seal) VALUES `, rows,
		` ON CONFLICT (id) DO NOTHING RETURNING id`); err != nil {
		return err
	}
	if len(stored) < len(batches) {
		return campaigns.ErrTaken
	}
	return nil
}

// pendingRow is what confirming needs to know.
type pendingRow struct {
	ID           int64  `db:"id"`
	Campaign     int64  `db:"campaign"`
	Version      int    `db:"version"`
	DuplicateKey []byte `db:"duplicate_key"`
	ConfirmHash  []byte `db:"confirm_hash"`
}

func (r pendingRow) proved(c campaigns.Confirmation) bool {
	return len(r.ConfirmHash) > 0 && c.Is(campaigns.CampaignID(r.Campaign), r.Version, r.ConfirmHash)
}

// Confirm confirms signatures, all in one transaction, and tells for each what
// became of it. To confirm again does nothing and is told the same. At most
// campaigns.BatchSize at a time.
func (s *Store) Confirm(ctx context.Context, asked []campaigns.Confirmation, now time.Time) (out []campaigns.Confirmed, err error) {
	defer wrap(&err, "confirming")
	var ids []any
	for _, c := range asked {
		ids = append(ids, int64(c.ID))
	}
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		out = make([]campaigns.Confirmed, len(asked))
		now, err := notSetBack(ctx, tx, now)
		if err != nil {
			return err
		}
		var waiting, stand []pendingRow
		const columns = `id, campaign, version, duplicate_key, confirm_hash`
		// The lock keeps a withdrawal of the same moment from being lost.
		query := `SELECT ` + columns + ` FROM pending WHERE id IN (` + marks(len(ids)) + `) ORDER BY id`
		if s.at.dialect == onPostgres {
			query += ` FOR UPDATE`
		}
		if err := list(ctx, tx, &waiting, query, ids...); err != nil {
			return err
		}
		if err := list(ctx, tx, &stand, `SELECT `+columns+` FROM signatures WHERE id IN (`+marks(len(ids))+`)`, ids...); err != nil {
			return err
		}
		over, err := campaignsOver(ctx, tx, waiting)
		if err != nil {
			return err
		}
		byID := map[int64]pendingRow{}
		for _, r := range waiting {
			byID[r.ID] = r
		}
		confirm := map[int64]bool{}
		var keys []any
		for i, c := range asked {
			r, ok := byID[int64(c.ID)]
			if !ok {
				out[i] = confirmedBefore(c, stand)
				continue
			}
			out[i].Campaign = campaigns.CampaignID(r.Campaign)
			switch {
			case !r.proved(c) || !now.Before(c.ID.Time().Add(campaigns.ConfirmWithin)):
				out[i].Err = campaigns.ErrNoSignature
			case over[r.Campaign]:
				out[i].Err = campaigns.ErrState
			case !confirm[r.ID]:
				confirm[r.ID], out[i].New = true, true
				keys = append(keys, r.DuplicateKey)
			}
		}
		if len(confirm) == 0 {
			return nil
		}
		fresh, err := move(ctx, tx, slices.Sorted(maps.Keys(confirm)), keys, campaigns.Day(now))
		for i, c := range asked {
			out[i].New = out[i].New && slices.Contains(fresh, int64(c.ID))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// notSetBack is now, or the moment of the newest signature where the clock was
// set back behind it, so that a link does not confirm for longer. What lies
// further ahead than a link lives is of a clock that was wrong, and would keep
// everybody from confirming.
func notSetBack(ctx context.Context, tx *sqlx.Tx, now time.Time) (time.Time, error) {
	var newest int64
	if err := get(ctx, tx, &newest, `SELECT coalesce(max(id), 0) FROM batches`); err != nil {
		return now, err
	}
	if t := campaigns.SignatureID(newest).Time(); t.After(now) && !t.After(now.Add(campaigns.ConfirmWithin)) {
		return t, nil
	}
	return now, nil
}

func confirmedBefore(c campaigns.Confirmation, stand []pendingRow) campaigns.Confirmed {
	for _, r := range stand {
		if r.ID == int64(c.ID) && r.proved(c) {
			return campaigns.Confirmed{Campaign: campaigns.CampaignID(r.Campaign)}
		}
	}
	return campaigns.Confirmed{Err: campaigns.ErrNoSignature}
}

// campaignsOver tells which campaigns of the rows take no confirmations any more.
func campaignsOver(ctx context.Context, tx *sqlx.Tx, rows []pendingRow) (map[int64]bool, error) {
	over := map[int64]bool{}
	for _, r := range rows {
		if _, known := over[r.Campaign]; known {
			continue
		}
		c, err := campaignWhere(ctx, tx, `id = ?`, r.Campaign)
		if err != nil {
			return nil, err
		}
		over[r.Campaign] = !c.State.TakesConfirmations()
	}
	return over, nil
}

// move makes signatures of the rows in pending and returns which are new: of
// several by one address the first one stays and the others are erased.
func move(ctx context.Context, tx *sqlx.Tx, ids []int64, keys []any, day law.Date) (fresh []int64, err error) {
	// One whose letters came back confirms anew: the new signature stands for it.
	var again []int64
	if err := list(ctx, tx, &again, `
		DELETE FROM signatures WHERE standing = ? AND duplicate_key IN (`+marks(len(keys))+`) RETURNING id`,
		append([]any{standingCode(campaigns.Bounced)}, keys...)...); err != nil {
		return nil, err
	}
	if err := dropEmptyBatches(ctx, tx, again); err != nil {
		return nil, err
	}
	in := make([]any, len(ids))
	for i, id := range ids {
		in[i] = id
	}
	if err := list(ctx, tx, &fresh, `
		INSERT INTO signatures (id, campaign, version, consent, level, standing, day, region, lang,
			duplicate_key, confirm_hash, manage_hash, box, shown, updates_to)
		SELECT id, campaign, version, consent, CAST(? AS SMALLINT), CAST(? AS SMALLINT), CAST(? AS SMALLINT), region, lang,
			duplicate_key, confirm_hash, manage_hash, box, shown, updates_to
		FROM pending WHERE id IN (`+marks(len(in))+`) ORDER BY id
		ON CONFLICT DO NOTHING RETURNING id`, append([]any{levelCode(campaigns.ByEmail), standingCode(campaigns.Stands), dayNumber(day)}, in...)...); err != nil {
		return nil, err
	}
	var counted []any
	for _, id := range fresh {
		counted = append(counted, id)
	}
	if err := toCount(ctx, tx, 1, counted); err != nil {
		return nil, err
	}
	var gone []int64
	if err := list(ctx, tx, &gone, `DELETE FROM pending WHERE duplicate_key IN (`+marks(len(keys))+`) RETURNING id`, keys...); err != nil {
		return nil, err
	}
	return fresh, dropEmptyBatches(ctx, tx, slices.DeleteFunc(gone, func(id int64) bool { return slices.Contains(fresh, id) }))
}

// toCount notes signatures as having no count yet, or (-1) as having one that
// must be taken back.
func toCount(ctx context.Context, tx *sqlx.Tx, delta int, ids []any) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := execute(ctx, tx, `
		INSERT INTO uncounted (signature, version, delta, campaign, level, region, day, lang)
		SELECT id, version, CAST(? AS SMALLINT), campaign, level, region, day, lang FROM signatures
		WHERE id IN (`+marks(len(ids))+`)`, append([]any{delta}, ids...)...)
	return err
}

// dropEmptyBatches erases the heads of the batches these signatures were in, if
// nothing is left in them.
func dropEmptyBatches(ctx context.Context, tx *sqlx.Tx, gone []int64) error {
	batches := map[int64]bool{}
	for _, id := range gone {
		batches[campaigns.SignatureID(id).Batch()] = true
	}
	for _, b := range slices.Sorted(maps.Keys(batches)) {
		if _, err := execute(ctx, tx, `
			DELETE FROM batches WHERE id = ?
			AND NOT EXISTS (SELECT 1 FROM pending WHERE id BETWEEN ? AND ?)
			AND NOT EXISTS (SELECT 1 FROM signatures WHERE id BETWEEN ? AND ?)`,
			b, b, b+campaigns.BatchSize-1, b, b+campaigns.BatchSize-1); err != nil {
			return err
		}
	}
	return nil
}

// durably is change for what is acknowledged to people: on the disk when it
// returns, whatever the server's own setting is.
func (s *Store) durably(ctx context.Context, f func(tx *sqlx.Tx) error) error {
	return s.change(ctx, func(tx *sqlx.Tx) error {
		if s.at.dialect == onPostgres {
			if _, err := tx.ExecContext(ctx, `SET LOCAL synchronous_commit = on`); err != nil {
				return err
			}
		}
		return f(tx)
	})
}

// marks is "?, ?, ?".
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// insert inserts rows with as few statements as there may be: both databases
// limit the values of one (65,535 and 32,766).
func insert(ctx context.Context, q querier, head string, rows [][]any, tail string) error {
	return inserts(rows, func(part [][]any, args []any) error {
		_, err := execute(ctx, q, head+tuples(part)+tail, args...)
		return err
	})
}

// insertReturning is insert for a tail that returns one column.
func insertReturning[T any](ctx context.Context, q querier, dest *[]T, head string, rows [][]any, tail string) error {
	return inserts(rows, func(part [][]any, args []any) error {
		var got []T
		err := list(ctx, q, &got, head+tuples(part)+tail, args...)
		*dest = append(*dest, got...)
		return err
	})
}

func inserts(rows [][]any, run func(part [][]any, args []any) error) error {
	for part := range slices.Chunk(rows, 500) {
		if err := run(part, slices.Concat(part...)); err != nil {
			return err
		}
	}
	return nil
}

func tuples(rows [][]any) string {
	tuple := "(" + marks(len(rows[0])) + "), "
	return strings.TrimSuffix(strings.Repeat(tuple, len(rows)), ", ")
}
