package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"

	"github.com/tuzetu/tuzetu/law"
)

// carryOver is migration 3: editions that were stored whole are cut into packs,
// as pieces.go tells, and the old table is dropped.
func carryOver(d dialect) *goose.Migration {
	return goose.NewGoMigration(3, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		return carryEditions(ctx, gooseTx{tx, d})
	}}, nil)
}

// gooseTx is goose's transaction with queries written as everywhere here.
type gooseTx struct {
	*sql.Tx
	dialect dialect
}

func (t gooseTx) Rebind(query string) string {
	if t.dialect == onPostgres {
		return sqlx.Rebind(sqlx.DOLLAR, query)
	}
	return query
}

func carryEditions(ctx context.Context, tx gooseTx) error {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM editions_whole`).Scan(&n); err != nil {
		return err
	}
	var from *shelf
	var before law.EditionKey
	for i := range n {
		e, err := wholeEdition(ctx, tx, i)
		if err != nil {
			return err
		}
		if from == nil || e.Act != before.Act || e.Lang != before.Lang {
			from = newShelf(nil)
		}
		before = e.EditionKey
		stored, err := cutEdition(e.Edition, from)
		if err == nil {
			// What was damaged is to be seen as damaged.
			stored.SHA256, stored.text = e.SHA256, e.text
			err = stored.insert(ctx, tx)
		}
		if err != nil {
			return fmt.Errorf("edition %s: %w", e.EditionKey, err)
		}
	}
	_, err := tx.ExecContext(ctx, `DROP TABLE editions_whole`)
	return err
}

// wholeEdition reads row i as version 1 of the schema held it.
func wholeEdition(ctx context.Context, tx gooseTx, i int) (e storedEdition, err error) {
	var fetched instant
	var lines []byte
	var raw packed
	err = tx.QueryRowContext(ctx, tx.Rebind(`
		SELECT act_id, lang, status, date, revision, title, source_url, fetched_at,
			cause, cause_href, sha256, text_sha256, media_type, lines, raw
		FROM editions_whole ORDER BY act_id, lang, status, date, revision LIMIT 1 OFFSET ?`), i).
		Scan(&e.Act, &e.Lang, &e.Status, &e.Date, &e.Revision, &e.Title, &e.SourceURL, &fetched,
			&e.Cause, &e.CauseHref, &e.SHA256, &e.text, &e.MediaType, &lines, &raw)
	if err != nil {
		return e, err
	}
	e.FetchedAt, e.Raw = fetched.time(), raw
	if err := json.Unmarshal(lines, &e.Edition.Lines); err != nil {
		return e, fmt.Errorf("edition %s: %w: its lines: %w", e.EditionKey, ErrDamaged, err)
	}
	return e, nil
}
