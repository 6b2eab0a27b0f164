package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/scraper"
)

// Visit returns what is remembered of the last good fetch of a page; ok is
// false when there was none.
func (s *Store) Visit(ctx context.Context, url string) (v scraper.Visit, ok bool, err error) {
	defer wrap(&err, "the last visit of %s", url)
	return s.visit(ctx, `url = ?`, url)
}

// LastVisit returns the newest visit of a page whose address begins with
// prefix: how fresh a source is ("https://adilet.zan.kz/").
func (s *Store) LastVisit(ctx context.Context, prefix string) (v scraper.Visit, ok bool, err error) {
	defer wrap(&err, "the last visit of %s", prefix)
	return s.visit(ctx, `substr(url, 1, length(?)) = ?`, prefix, prefix)
}

// SaveVisit remembers a good fetch. A validator that is not text is forgotten:
// the next fetch is then unconditional, which is always right.
func (s *Store) SaveVisit(ctx context.Context, v scraper.Visit) (err error) {
	defer wrap(&err, "remembering the visit of %q", v.URL)
	if err := mustStore("the address", v.URL, "the SHA-256", v.SHA256); err != nil {
		return err
	}
	if !storable(v.ETag) {
		v.ETag = ""
	}
	if !storable(v.LastModified) {
		v.LastModified = ""
	}
	return s.change(ctx, func(tx *sqlx.Tx) error {
		_, err := execute(ctx, tx, `
			INSERT INTO visits (url, etag, last_modified, sha256, status, at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,
				sha256 = excluded.sha256, status = excluded.status, at = excluded.at`,
			v.URL, v.ETag, v.LastModified, v.SHA256, v.Status, instant(v.At))
		return err
	})
}

func (s *Store) visit(ctx context.Context, where string, args ...any) (scraper.Visit, bool, error) {
	var row struct {
		URL          string  `db:"url"`
		ETag         string  `db:"etag"`
		LastModified string  `db:"last_modified"`
		SHA256       string  `db:"sha256"`
		Status       int     `db:"status"`
		At           instant `db:"at"`
	}
	err := get(ctx, s.read, &row, `
		SELECT url, etag, last_modified, sha256, status, at FROM visits
		WHERE `+where+` ORDER BY at DESC LIMIT 1`, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return scraper.Visit{}, false, nil
	}
	if err != nil {
		return scraper.Visit{}, false, err
	}
	return scraper.Visit{URL: row.URL, ETag: row.ETag, LastModified: row.LastModified,
		SHA256: row.SHA256, Status: row.Status, At: row.At.time()}, true, nil
}
