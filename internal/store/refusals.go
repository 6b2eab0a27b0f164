package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// AddRefusal keeps a page that was fetched and not accepted. The same page met
// again, byte for byte at the same address, moves the stored refusal's time and
// reason instead of filling the disk.
func (s *Store) AddRefusal(ctx context.Context, r scraper.Refusal) (err error) {
	defer wrap(&err, "keeping the refused page %q", r.URL)
	if err := mustStore("the address", r.URL, "the source", r.Source, "the act", string(r.Act)); err != nil {
		return err
	}
	// A reason may quote the page; a refusal is never lost over what it quotes.
	reason := strings.ReplaceAll(strings.ToValidUTF8(r.Reason, "\uFFFD"), "\x00", "\uFFFD")
	return s.change(ctx, func(tx *sqlx.Tx) error {
		_, err := execute(ctx, tx, `
			INSERT INTO refusals (url, sha256, source, act_id, lang, at, reason, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (url, sha256) DO UPDATE SET source = excluded.source, act_id = excluded.act_id,
				lang = excluded.lang, at = excluded.at, reason = excluded.reason`,
			r.URL, sum(r.Raw), r.Source, r.Act, r.Lang, instant(r.At), reason, packed(r.Raw))
		return err
	})
}

// Refusals lists the limit newest refusals of an act, of all acts for "",
// newest first and without Raw: RefusedPage has that.
func (s *Store) Refusals(ctx context.Context, act law.ActID, limit int) (_ []scraper.Refusal, err error) {
	defer wrap(&err, "listing refused pages")
	var rows []struct {
		Source string    `db:"source"`
		Act    law.ActID `db:"act_id"`
		Lang   law.Lang  `db:"lang"`
		URL    string    `db:"url"`
		At     instant   `db:"at"`
		Reason string    `db:"reason"`
	}
	err = list(ctx, s.read, &rows, `
		SELECT source, act_id, lang, url, at, reason FROM refusals
		WHERE ? IN ('', act_id) ORDER BY at DESC, url LIMIT ?`, act, limit)
	if err != nil {
		return nil, err
	}
	refusals := make([]scraper.Refusal, len(rows))
	for i, r := range rows {
		refusals[i] = scraper.Refusal{Source: r.Source, Act: r.Act, Lang: r.Lang, URL: r.URL, At: r.At.time(), Reason: r.Reason}
	}
	return refusals, nil
}

// RefusedPage returns the bytes of a refusal that Refusals listed;
// law.ErrNotFound if it is not stored.
func (s *Store) RefusedPage(ctx context.Context, r scraper.Refusal) (_ []byte, err error) {
	defer wrap(&err, "the refused page %q", r.URL)
	var raw packed
	err = get(ctx, s.read, &raw, `SELECT raw FROM refusals WHERE url = ? AND at = ? AND reason = ?`,
		r.URL, instant(r.At), r.Reason)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, law.ErrNotFound
	}
	return raw, err
}
