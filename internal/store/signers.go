package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
)

// What a signer, or the organisation, does with a signature that is stored.

type keptRow struct {
	ID           int64        `db:"id"`
	Campaign     int64        `db:"campaign"`
	Version      int          `db:"version"`
	Consent      int64        `db:"consent"`
	Level        levelCode    `db:"level"`
	Standing     standingCode `db:"standing"`
	Region       string       `db:"region"`
	Lang         string       `db:"lang"`
	Day          dayNumber    `db:"day"`
	DuplicateKey []byte       `db:"duplicate_key"`
	ConfirmHash  []byte       `db:"confirm_hash"`
	ManageHash   []byte       `db:"manage_hash"`
	Box          []byte       `db:"box"`
	Shown        []byte       `db:"shown"`
	UpdatesTo    []byte       `db:"updates_to"`
	Confirmed    int          `db:"confirmed"`
}

// eitherTable reads a signature wherever it stands.
const eitherTable = `
	SELECT id, campaign, version, consent, level, standing, region, lang, day,
		duplicate_key, confirm_hash, manage_hash, box, shown, updates_to, 1 AS confirmed FROM signatures WHERE id = ?
	UNION ALL
	SELECT id, campaign, version, consent, 1, 1, region, lang, NULL,
		duplicate_key, confirm_hash, manage_hash, box, shown, updates_to, 0 FROM pending WHERE id = ?`

func (r keptRow) kept() campaigns.Kept {
	return campaigns.Kept{
		Signature: campaigns.Signature{
			ID: campaigns.SignatureID(r.ID), Campaign: campaigns.CampaignID(r.Campaign), Version: r.Version, Consent: r.Consent,
			Level: campaigns.Level(r.Level), Region: r.Region, Lang: law.Lang(r.Lang), DuplicateKey: r.DuplicateKey,
			ConfirmHash: r.ConfirmHash, ManageHash: r.ManageHash, Box: r.Box, Shown: r.Shown, UpdatesTo: r.UpdatesTo,
		},
		Confirmed: r.Confirmed == 1, Standing: campaigns.Standing(r.Standing), Day: law.Date(r.Day),
	}
}

func keptSignature(ctx context.Context, q querier, id campaigns.SignatureID) (campaigns.Kept, error) {
	var row keptRow
	err := get(ctx, q, &row, eitherTable, int64(id), int64(id))
	if errors.Is(err, sql.ErrNoRows) {
		return campaigns.Kept{}, campaigns.ErrNoSignature
	}
	return row.kept(), err
}

// Signature returns a stored signature; campaigns.ErrNoSignature if there is none.
func (s *Store) Signature(ctx context.Context, id campaigns.SignatureID) (_ campaigns.Kept, err error) {
	defer wrap(&err, "a signature")
	return keptSignature(ctx, s.read, id)
}

// SignatureBy finds the confirmed signature of an address by its duplicate key.
func (s *Store) SignatureBy(ctx context.Context, duplicateKey []byte) (_ campaigns.Kept, err error) {
	defer wrap(&err, "a signature")
	var id int64
	err = get(ctx, s.read, &id, `SELECT id FROM signatures WHERE duplicate_key = ?`, duplicateKey)
	if errors.Is(err, sql.ErrNoRows) {
		return campaigns.Kept{}, campaigns.ErrNoSignature
	}
	if err != nil {
		return campaigns.Kept{}, err
	}
	return keptSignature(ctx, s.read, campaigns.SignatureID(id))
}

// Unconfirmed lists the signatures of an address that wait to be confirmed.
func (s *Store) Unconfirmed(ctx context.Context, duplicateKey []byte) (ids []campaigns.SignatureID, err error) {
	defer wrap(&err, "unconfirmed signatures")
	err = list(ctx, s.read, &ids, `SELECT id FROM pending WHERE duplicate_key = ? ORDER BY id`, duplicateKey)
	return ids, err
}

// Withdraw erases a signature for one who proves to manage it; the count follows.
// Nothing is left that could be confirmed again. campaigns.ErrNoSignature for a
// wrong proof and for what is not there are the same.
func (s *Store) Withdraw(ctx context.Context, id campaigns.SignatureID, is campaigns.Proof) (err error) {
	defer wrap(&err, "withdrawing")
	return s.manage(ctx, id, is, func(tx *sqlx.Tx, kept campaigns.Kept) error { return erase(ctx, tx, kept) })
}

// Erase is Withdraw for the organisation.
func (s *Store) Erase(ctx context.Context, id campaigns.SignatureID) (err error) {
	defer wrap(&err, "erasing")
	return s.Withdraw(ctx, id, func(campaigns.CampaignID, int, []byte) bool { return true })
}

// manage runs f on a signature, in a transaction and alone, if the proof is good.
func (s *Store) manage(ctx context.Context, id campaigns.SignatureID, is campaigns.Proof, f func(*sqlx.Tx, campaigns.Kept) error) error {
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		// Changing nothing locks the row on PostgreSQL.
		for _, table := range []string{"pending", "signatures"} {
			if _, err := execute(ctx, tx, `UPDATE `+table+` SET version = version WHERE id = ?`, int64(id)); err != nil {
				return err
			}
		}
		kept, err := keptSignature(ctx, tx, id)
		if err != nil {
			return err
		}
		if !is(kept.Campaign, kept.Version, kept.ManageHash) {
			return campaigns.ErrNoSignature
		}
		return f(tx, kept)
	})
}

func erase(ctx context.Context, tx *sqlx.Tx, kept campaigns.Kept) error {
	if kept.Confirmed && kept.Standing == campaigns.Stands {
		if err := toCount(ctx, tx, -1, []any{int64(kept.ID)}); err != nil {
			return err
		}
	}
	gone := []int64{int64(kept.ID)}
	if _, err := execute(ctx, tx, `DELETE FROM signatures WHERE id = ?`, int64(kept.ID)); err != nil {
		return err
	}
	var others []int64
	if err := list(ctx, tx, &others, `DELETE FROM pending WHERE id = ? OR duplicate_key = ? RETURNING id`,
		int64(kept.ID), kept.DuplicateKey); err != nil {
		return err
	}
	gone = append(gone, others...)
	for _, id := range gone {
		if _, err := execute(ctx, tx, `DELETE FROM jobs WHERE subject = ?`, id); err != nil {
			return err
		}
	}
	return dropEmptyBatches(ctx, tx, gone)
}

// SetStanding stops a signature from counting because letters to it bounce or
// because it was found invalid. One that does not stand already stays as it is.
func (s *Store) SetStanding(ctx context.Context, id campaigns.SignatureID, standing campaigns.Standing) (err error) {
	defer wrap(&err, "setting a signature to %s", standing)
	if standing == campaigns.Stands {
		return errors.New("a signature is not made to stand again: its owner signs again")
	}
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		res, err := execute(ctx, tx, `UPDATE signatures SET standing = ? WHERE id = ? AND `+itStands, standingCode(standing), int64(id))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return toCount(ctx, tx, -1, []any{int64(id)})
	})
}

// SignAgain moves a signature from an older text to the current one: its owner
// was asked and agreed. manageHash is of the link to manage, as links are bound to
// the text. Errors: campaigns.ErrNoSignature, campaigns.ErrState,
// campaigns.ErrTextChanged where version is not the current one.
func (s *Store) SignAgain(ctx context.Context, id campaigns.SignatureID, is campaigns.Proof, version int, consent int64, manageHash []byte) (err error) {
	defer wrap(&err, "signing the new text")
	return s.manage(ctx, id, is, func(tx *sqlx.Tx, kept campaigns.Kept) error {
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(kept.Campaign))
		switch {
		case err != nil:
			return err
		case !kept.Confirmed || kept.Standing != campaigns.Stands:
			return campaigns.ErrNoSignature
		case !c.State.TakesConfirmations():
			return campaigns.ErrState
		case c.Version != version:
			return campaigns.ErrTextChanged
		case kept.Version == version:
			return nil
		}
		if err := toCount(ctx, tx, -1, []any{int64(id)}); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `UPDATE signatures SET version = ?, consent = ?, manage_hash = ?, confirm_hash = NULL WHERE id = ?`,
			version, consent, manageHash, int64(id)); err != nil {
			return err
		}
		return toCount(ctx, tx, 1, []any{int64(id)})
	})
}

// SetWishes changes whether a name is shown and where news go to what change
// makes of what is stored; nil for no.
func (s *Store) SetWishes(ctx context.Context, id campaigns.SignatureID, is campaigns.Proof, change func(campaigns.Kept) (shown, updatesTo []byte)) (err error) {
	defer wrap(&err, "changing what a signer wishes")
	return s.manage(ctx, id, is, func(tx *sqlx.Tx, kept campaigns.Kept) error {
		table := "pending"
		if kept.Confirmed {
			table = "signatures"
		}
		shown, updatesTo := change(kept)
		_, err := execute(ctx, tx, `UPDATE `+table+` SET shown = ?, updates_to = ? WHERE id = ?`, shown, updatesTo, int64(id))
		return err
	})
}

// SetManageHash makes another manage link the only one; who calls it sends it to
// the address it was found by.
func (s *Store) SetManageHash(ctx context.Context, id campaigns.SignatureID, hash []byte) (err error) {
	defer wrap(&err, "renewing a link")
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		return changedOne(campaigns.ErrNoSignature)(execute(ctx, tx, `UPDATE signatures SET manage_hash = ? WHERE id = ?`, hash, int64(id)))
	})
}

// ShownNames returns the encrypted names of those who signed a version of the
// text and agreed to be shown, the newest first, from before an id (0 for the
// newest).
func (s *Store) ShownNames(ctx context.Context, campaign campaigns.CampaignID, version int, before campaigns.SignatureID, limit int) (_ []campaigns.Kept, err error) {
	defer wrap(&err, "listing names")
	if before == 0 {
		before = 1<<63 - 1
	}
	var rows []keptRow
	if err := list(ctx, s.read, &rows, `
		SELECT id, campaign, version, region, lang, day, shown FROM signatures
		WHERE campaign = ? AND version = ? AND shown IS NOT NULL AND `+itStands+` AND id < ? ORDER BY id DESC LIMIT ?`,
		int64(campaign), version, int64(before), limit); err != nil {
		return nil, err
	}
	out := make([]campaigns.Kept, len(rows))
	for i, r := range rows {
		out[i] = r.kept()
	}
	return out, nil
}

// HideName erases the shown name of a signature of a campaign, which stays, and
// writes e into the organisation's log. campaigns.ErrNoSignature where no name is
// shown.
func (s *Store) HideName(ctx context.Context, campaign campaigns.CampaignID, id campaigns.SignatureID, e accounts.Entry) (err error) {
	defer wrap(&err, "hiding a name")
	its := func(of campaigns.CampaignID, _ int, _ []byte) bool { return of == campaign }
	return s.manage(ctx, id, its, func(tx *sqlx.Tx, kept campaigns.Kept) error {
		if !kept.Confirmed || kept.Shown == nil {
			return campaigns.ErrNoSignature
		}
		if _, err := execute(ctx, tx, `UPDATE signatures SET shown = NULL WHERE id = ?`, int64(id)); err != nil {
			return err
		}
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(campaign))
		if err != nil {
			return err
		}
		return s.auditCampaign(ctx, tx, c, e, "")
	})
}

// NoteSealed writes into the organisation's log that a member takes the sealed
// signatures of a campaign away.
func (s *Store) NoteSealed(ctx context.Context, id campaigns.CampaignID, e accounts.Entry) (err error) {
	defer wrap(&err, "campaign %d", id)
	return s.change(ctx, func(tx *sqlx.Tx) error {
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(id))
		if err != nil {
			return err
		}
		return s.auditCampaign(ctx, tx, c, e, "")
	})
}

// Sealed returns a campaign's signatures with the seals of their batches, in
// order, from after an id: what an organisation opens with its key.
func (s *Store) Sealed(ctx context.Context, campaign campaigns.CampaignID, after campaigns.SignatureID, limit int) (_ []campaigns.Kept, seals map[int64][]byte, err error) {
	defer wrap(&err, "listing signatures")
	var rows []keptRow
	if err := list(ctx, s.read, &rows, `
		SELECT id, campaign, version, consent, level, standing, region, lang, day, box, shown, 1 AS confirmed FROM signatures
		WHERE campaign = ? AND id > ? ORDER BY id LIMIT ?`, int64(campaign), int64(after), limit); err != nil {
		return nil, nil, err
	}
	seals = map[int64][]byte{}
	out := make([]campaigns.Kept, len(rows))
	for i, r := range rows {
		out[i] = r.kept()
		b := out[i].ID.Batch()
		if seals[b] != nil {
			continue
		}
		var seal []byte
		if err := get(ctx, s.read, &seal, `SELECT seal FROM batches WHERE id = ?`, b); err != nil {
			return nil, nil, err
		}
		seals[b] = seal
	}
	return out, seals, nil
}

// sweepRows is how many unconfirmed signatures one transaction erases.
const sweepRows = 2000

// Sweep erases what has outlived its term: unconfirmed signatures and comments,
// rejected words, personal data of campaigns that are over, jobs and the addresses
// in them, yesterday's counts of letters.
// It tells how many signatures were erased.
func (s *Store) Sweep(ctx context.Context, now time.Time) (erased int, err error) {
	defer wrap(&err, "erasing what has outlived its term")
	keep := campaigns.BatchAt(now.Add(-campaigns.KeepUnconfirmed)) + campaigns.BatchSize
	for {
		var gone []int64
		if err := s.change(ctx, func(tx *sqlx.Tx) error {
			if err := list(ctx, tx, &gone, `
				DELETE FROM pending WHERE id IN (SELECT id FROM pending WHERE id < ? ORDER BY id LIMIT ?) RETURNING id`,
				keep, sweepRows); err != nil {
				return err
			}
			return dropEmptyBatches(ctx, tx, gone)
		}); err != nil {
			return erased, err
		}
		erased += len(gone)
		if len(gone) < sweepRows {
			break
		}
	}
	if err := s.eraseOver(ctx, now); err != nil {
		return erased, err
	}
	if err := s.change(ctx, func(tx *sqlx.Tx) error {
		if err := sweepComments(ctx, tx, now); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `DELETE FROM jobs WHERE expires_at <= ?`, instant(now)); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `DELETE FROM news_letters WHERE day < ?`, string(campaigns.Day(now))); err != nil {
			return err
		}
		_, err := execute(ctx, tx, `DELETE FROM letters WHERE day < ?`, dayNumber(campaigns.Day(now)))
		return err
	}); err != nil {
		return erased, err
	}
	return erased, s.forgetJournal(ctx)
}
