package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/law"
)

// storedEdition is an edition as its row holds it, with the packs it brings.
type storedEdition struct {
	law.Edition
	text       string // textSum of its lines
	lines, raw packed // parts, as JSON
	fresh      []string
}

// cutEdition cuts the lines and the raw bytes of an edition from what is on the
// shelf, and puts there what is new.
func cutEdition(e law.Edition, from *shelf) (storedEdition, error) {
	stored := storedEdition{Edition: e, text: textSum(e.Lines)}
	stored.SHA256 = sum(e.Raw)
	lines, err := writeLines(e.Lines)
	if err != nil {
		return stored, err
	}
	for _, half := range []struct {
		text string
		at   *packed
	}{{lines, &stored.lines}, {string(e.Raw), &stored.raw}} {
		p, fresh := from.add(half.text)
		if fresh != "" {
			stored.fresh = append(stored.fresh, fresh)
		}
		if *half.at, err = json.Marshal(p); err != nil {
			return stored, err
		}
	}
	return stored, nil
}

// writer is a transaction, of sqlx or of goose.
type writer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	Rebind(query string) string
}

// insert stores the packs and the row of an edition.
func (e storedEdition) insert(ctx context.Context, tx writer) error {
	if err := e.insertPacks(ctx, tx); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, tx.Rebind(`
		INSERT INTO editions (act_id, lang, status, date, revision, title, source_url, fetched_at,
			cause, cause_href, sha256, text_sha256, media_type, lines, raw)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
		e.Act, e.Lang, e.Status, e.Date, e.Revision, e.Title, e.SourceURL, instant(e.FetchedAt),
		e.Cause, e.CauseHref, e.SHA256, e.text, e.MediaType, e.lines, e.raw)
	return err
}

// insertPacks stores what is new. A pack that another text has brought meanwhile
// is left as it is.
func (e storedEdition) insertPacks(ctx context.Context, tx writer) error {
	for _, body := range e.fresh {
		_, err := tx.ExecContext(ctx, tx.Rebind(`INSERT INTO packs (sha256, body) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING`),
			sum([]byte(body)), packed(body))
		if err != nil {
			return err
		}
	}
	return nil
}

// nearby returns the packs of the texts that are likely to be most like the one
// of key: in its act and language, for every status the last edition up to its
// date and the first one after; the same of the witnesses of its source.
func (s *Store) nearby(ctx context.Context, h law.EditionHead) (map[string]string, error) {
	type among struct {
		where string
		arg   any
	}
	texts := []among{{`editions WHERE status = ?`, law.Enacted}, {`editions WHERE status = ?`, law.Proposed}, {`editions WHERE status = ?`, law.BillVersion}}
	if h.Source != "" {
		texts = append(texts, among{`witnesses WHERE source = ?`, h.Source})
	}
	var all []parts
	for _, from := range texts {
		for _, side := range []string{`date <= ? ORDER BY date DESC, revision DESC`, `date > ? ORDER BY date, revision DESC`} {
			var row struct {
				Lines packed `db:"lines"`
				Raw   packed `db:"raw"`
			}
			err := get(ctx, s.read, &row, `SELECT lines, raw FROM `+from.where+` AND act_id = ? AND lang = ? AND `+side+` LIMIT 1`,
				from.arg, h.Act, h.Lang, h.Date)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return nil, err
			}
			for _, column := range []packed{row.Lines, row.Raw} {
				p, err := readParts(column)
				if err != nil {
					return nil, err
				}
				all = append(all, p)
			}
		}
	}
	return readPacks(ctx, s.read, all...)
}

func readParts(column packed) (p parts, err error) {
	if err := json.Unmarshal(column, &p); err != nil {
		return p, fmt.Errorf("%w: where its text lies: %w", ErrDamaged, err)
	}
	return p, nil
}

// joined returns the text that lies where a column says.
func joined(ctx context.Context, q querier, column packed) (string, error) {
	p, err := readParts(column)
	if err != nil {
		return "", err
	}
	packs, err := readPacks(ctx, q, p)
	if err != nil {
		return "", err
	}
	return p.join(packs)
}

// readPacks returns the bytes of all packs that are named, by their SHA-256.
func readPacks(ctx context.Context, q querier, of ...parts) (map[string]string, error) {
	packs := map[string]string{}
	var sums []string
	for _, p := range of {
		for _, sum := range p.Packs {
			if _, named := packs[sum]; !named {
				packs[sum] = ""
				sums = append(sums, sum)
			}
		}
	}
	var u unpacker
	for len(sums) > 0 {
		n := min(len(sums), 500) // well under what either database takes in one query
		query, args, err := sqlx.In(`SELECT sha256, body FROM packs WHERE sha256 IN (?)`, sums[:n])
		if err != nil {
			return nil, err
		}
		var rows []struct {
			SHA256 string `db:"sha256"`
			Body   []byte `db:"body"`
		}
		if err := list(ctx, q, &rows, query, args...); err != nil {
			return nil, err
		}
		if len(rows) != n {
			return nil, fmt.Errorf("%w: of %d packs %d are missing", ErrDamaged, n, n-len(rows))
		}
		for _, r := range rows {
			body, err := u.unpack(r.Body)
			if err != nil {
				return nil, fmt.Errorf("pack %s: %w", r.SHA256, err)
			}
			if sum(body) != r.SHA256 {
				return nil, fmt.Errorf("%w: pack %s", ErrDamaged, r.SHA256)
			}
			packs[r.SHA256] = string(body)
		}
		sums = sums[n:]
	}
	return packs, nil
}
