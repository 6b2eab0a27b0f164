package store

import (
	"context"
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

// Refusals lists the limit newest refusals of a source, of all of them for "",
// newest first and without Raw: Refused has that.
func (s *Store) Refusals(ctx context.Context, source string, limit int) (_ []scraper.Refusal, err error) {
	defer wrap(&err, "listing refused pages")
	return s.refusals(ctx, `NULL AS raw`, `? IN ('', r.source) ORDER BY r.at DESC, r.url LIMIT ?`, source, limit)
}

// Refused returns the refusals of the page with that SHA-256, newest first: one
// page may have come from several addresses. law.ErrNotFound if there is none.
func (s *Store) Refused(ctx context.Context, sha256 string) (_ []scraper.Refusal, err error) {
	defer wrap(&err, "the refused page %q", sha256)
	all, err := s.refusals(ctx, `r.raw`, `r.sha256 = ? ORDER BY r.at DESC, r.url LIMIT 100`, sha256)
	if err == nil && len(all) == 0 {
		err = law.ErrNotFound
	}
	return all, err
}

func (s *Store) refusals(ctx context.Context, raw, where string, args ...any) ([]scraper.Refusal, error) {
	var rows []struct {
		Source   string    `db:"source"`
		Act      law.ActID `db:"act_id"`
		Lang     law.Lang  `db:"lang"`
		URL      string    `db:"url"`
		At       instant   `db:"at"`
		Reason   string    `db:"reason"`
		SHA256   string    `db:"sha256"`
		Raw      *packed   `db:"raw"`
		Accepted bool      `db:"accepted"`
	}
	err := list(ctx, s.read, &rows, `
		SELECT r.source, r.act_id, r.lang, r.url, r.at, r.reason, r.sha256, `+raw+`,
			CASE WHEN v.at > r.at THEN 1 ELSE 0 END AS accepted
		FROM refusals r LEFT JOIN visits v ON v.url = r.url
		WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	refusals := make([]scraper.Refusal, len(rows))
	for i, r := range rows {
		refusals[i] = scraper.Refusal{Source: r.Source, Act: r.Act, Lang: r.Lang, URL: r.URL, At: r.At.time(),
			Reason: r.Reason, SHA256: r.SHA256, Accepted: r.Accepted}
		if r.Raw != nil {
			refusals[i].Raw = *r.Raw
		}
	}
	return refusals, nil
}
