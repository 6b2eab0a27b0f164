package store

import (
	"context"
	"errors"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/law"
)

// AddWitness stores the text that e.Source has under the day of an enacted
// edition another source brought, and returns the key that holds it: its
// Revision counts the texts of e.Source under that day. The same text as the
// newest of them is not stored again, as with AddEdition.
func (s *Store) AddWitness(ctx context.Context, e law.Edition) (key law.EditionKey, added bool, err error) {
	defer wrap(&err, "storing %s of %s", e.EditionKey, e.Source)
	if err := checkEdition(e); err != nil {
		return law.EditionKey{}, false, err
	}
	if e.Source == "" || e.Status != law.Enacted {
		return law.EditionKey{}, false, errors.New("only an enacted text of a source stands beside an edition")
	}
	near, err := s.nearby(ctx, e.EditionHead)
	if err != nil {
		return law.EditionKey{}, false, err
	}
	stored, err := cutEdition(e, newShelf(near))
	if err != nil {
		return law.EditionKey{}, false, err
	}
	key = e.EditionKey
	err = s.change(ctx, func(tx *sqlx.Tx) error {
		// As in AddEdition; an act without editions has no witnesses.
		res, err := execute(ctx, tx, `UPDATE acts SET sample = sample WHERE id = ?`, key.Act)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, law.ErrNotFound)
		}
		if key.Revision, added, err = nextRevision(ctx, tx, stored.text, `
			SELECT revision, text_sha256 FROM witnesses
			WHERE act_id = ? AND lang = ? AND date = ? AND source = ?`,
			key.Act, key.Lang, key.Date, e.Source); err != nil || !added {
			return err
		}
		if err := stored.insertPacks(ctx, tx); err != nil {
			return err
		}
		_, err = execute(ctx, tx, `
			INSERT INTO witnesses (act_id, lang, date, source, revision, title, source_url, fetched_at,
				cause, cause_href, sha256, text_sha256, media_type, lines, raw)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			key.Act, key.Lang, key.Date, e.Source, key.Revision, e.Title, e.SourceURL, instant(e.FetchedAt),
			e.Cause, e.CauseHref, stored.SHA256, stored.text, e.MediaType, stored.lines, stored.raw)
		return err
	})
	if err != nil {
		return law.EditionKey{}, false, err
	}
	return key, added, nil
}

// Witnesses lists the heads of an act's witnesses: by date, language (kk, ru,
// en), source and revision.
func (s *Store) Witnesses(ctx context.Context, act law.ActID) (_ []law.EditionHead, err error) {
	defer wrap(&err, "listing the witnesses of %s", act)
	return heads(ctx, s.read, `
		SELECT `+witnessColumns+` FROM witnesses WHERE act_id = ?
		ORDER BY date, `+langOrder+`, source, revision`, act)
}

// Witness returns the whole text of a source, as it was added; law.ErrNotFound
// if there is none, ErrDamaged as with Edition.
func (s *Store) Witness(ctx context.Context, source string, key law.EditionKey) (_ law.Edition, err error) {
	defer wrap(&err, "%s of %s", key, source)
	if key.Status != law.Enacted {
		return law.Edition{}, law.ErrNotFound
	}
	return textIn(ctx, s.read, `
		SELECT `+witnessColumns+`, media_type, text_sha256, lines, raw FROM witnesses
		WHERE act_id = ? AND lang = ? AND date = ? AND source = ? AND revision = ?`,
		key.Act, key.Lang, key.Date, source, key.Revision)
}

const witnessColumns = `act_id, lang, 'enacted' AS status, date, revision, title, source, source_url, fetched_at, cause, cause_href, sha256`
