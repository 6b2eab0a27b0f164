package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
)

// eraseOver destroys what personal data there are of the signers of campaigns that
// have been over for campaigns.KeepSealed, as their consent says: what is sealed,
// names that were shown, addresses for news. Signatures stay as numbers, with
// their region and day, and their owners can still withdraw them. The entry in the
// organisation's log proves it, and keeps it from being done anew every hour.
func (s *Store) eraseOver(ctx context.Context, now time.Time) error {
	var over []struct {
		ID    int64  `db:"id"`
		Org   string `db:"org"`
		State string `db:"state"`
	}
	if err := list(ctx, s.read, &over, `SELECT id, org, state FROM campaigns WHERE state IN (?, ?, ?) ORDER BY id`,
		string(campaigns.Delivered), string(campaigns.Answered), string(campaigns.Closed)); err != nil {
		return err
	}
	for _, c := range over {
		campaign := fmt.Sprintf("campaign %d", c.ID)
		var since []instant
		if err := list(ctx, s.read, &since, `SELECT at FROM audit WHERE organisation = ? AND did = 'campaign.state' AND object IN (?, ?) ORDER BY at DESC LIMIT 1`,
			c.Org, campaign+", "+string(campaigns.Delivered), campaign+", "+string(campaigns.Closed)); err != nil {
			return err
		}
		if len(since) == 0 || since[0].time().After(now.Add(-campaigns.KeepSealed)) {
			continue
		}
		var done []int
		if err := list(ctx, s.read, &done, `SELECT 1 FROM audit WHERE organisation = ? AND did = 'signers.erased' AND object = ? LIMIT 1`, c.Org, campaign); err != nil {
			return err
		}
		if len(done) > 0 {
			continue
		}
		if err := s.eraseSigners(ctx, c.ID, accounts.OrganisationID(c.Org), accounts.Entry{At: now, Did: "signers.erased", To: campaign}); err != nil {
			return err
		}
	}
	return nil
}

// eraseSigners goes through a campaign in parts, so that other campaigns can be
// signed meanwhile, and then makes what may be left of the boxes in files and
// backups of the disk unreadable: the keys of the batches go.
func (s *Store) eraseSigners(ctx context.Context, campaign int64, org accounts.OrganisationID, e accounts.Entry) error {
	for after := int64(0); ; {
		var gone []int64
		if err := s.change(ctx, func(tx *sqlx.Tx) error {
			return list(ctx, tx, &gone, `
				UPDATE signatures SET box = ?, shown = NULL, updates_to = NULL, duplicate_key = NULL, confirm_hash = NULL WHERE id IN (
					SELECT id FROM signatures WHERE campaign = ? AND id > ? ORDER BY id LIMIT ?) RETURNING id`,
				[]byte{}, campaign, after, sweepRows)
		}); err != nil {
			return err
		}
		for _, id := range gone {
			after = max(after, id)
		}
		if len(gone) < sweepRows {
			break
		}
	}
	return s.change(ctx, func(tx *sqlx.Tx) error {
		if _, err := execute(ctx, tx, `DELETE FROM pending WHERE campaign = ?`, campaign); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `UPDATE batches SET seal = ? WHERE campaign = ?`, []byte{}, campaign); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `UPDATE comments SET seal = ?, box = ? WHERE campaign = ?`, []byte{}, []byte{}, campaign); err != nil {
			return err
		}
		return s.audit(ctx, tx, org, e)
	})
}

// forgetJournal empties the journal of SQLite, where what was erased stands until
// it is written over. Where somebody reads just then, the next hour does it: those
// who sign are not to wait for that.
func (s *Store) forgetJournal(ctx context.Context) error {
	if s.at.dialect != onSQLite {
		return nil
	}
	conn, err := s.write.Connx(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var before int
	if err := conn.GetContext(ctx, &before, `PRAGMA busy_timeout`); err != nil {
		return err
	}
	var done struct {
		Busy         int `db:"busy"`
		Log          int `db:"log"`
		Checkpointed int `db:"checkpointed"`
	}
	_, err = conn.ExecContext(ctx, `PRAGMA busy_timeout = 200`)
	if err == nil {
		err = conn.GetContext(ctx, &done, `PRAGMA wal_checkpoint(TRUNCATE)`)
	}
	_, restored := conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf(`PRAGMA busy_timeout = %d`, before))
	return errors.Join(err, restored)
}
