package store

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"
	"github.com/klauspost/compress/gzip"
)

// querier is a pool or a transaction. Queries are written with ? and put into
// the form of the database as they are run.
type querier interface {
	sqlx.ExtContext
	Rebind(query string) string
}

// get reads one row into dest; sql.ErrNoRows if there is none.
func get(ctx context.Context, q querier, dest any, query string, args ...any) error {
	return sqlx.GetContext(ctx, q, dest, q.Rebind(query), args...)
}

// list reads all rows into the slice dest points to.
func list(ctx context.Context, q querier, dest any, query string, args ...any) error {
	return sqlx.SelectContext(ctx, q, dest, q.Rebind(query), args...)
}

func execute(ctx context.Context, q querier, query string, args ...any) (sql.Result, error) {
	return q.ExecContext(ctx, q.Rebind(query), args...)
}

// change runs f in a transaction: all of it is stored, or nothing.
func (s *Store) change(ctx context.Context, f func(tx *sqlx.Tx) error) error {
	if s.write == nil {
		return ErrReadOnly
	}
	tx, err := s.write.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		tx.Rollback() // its error would only hide the one that matters
		return err
	}
	return tx.Commit()
}

// instant is a point in time as both databases store it: text, UTC, to the
// microsecond, of one width, so that it sorts as it reads.
type instant time.Time

const instantForm = "2006-01-02T15:04:05.000000Z"

func (i instant) Value() (driver.Value, error) {
	t := time.Time(i).UTC()
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return nil, fmt.Errorf("not a time that can be stored: %v", t)
	}
	return t.Format(instantForm), nil
}

func (i *instant) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("a time is stored as text, not as %T", v)
	}
	t, err := time.Parse(instantForm, s)
	*i = instant(t)
	return err
}

func (i instant) time() time.Time { return time.Time(i) }

// packed is bytes stored gzipped: an adilet page shrinks to a sixth, and any
// tool can open what is found in the column. gzip checks its own sum.
type packed []byte

func (p packed) Value() (driver.Value, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(p); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (p *packed) Scan(v any) error {
	b, ok := v.([]byte)
	if !ok {
		return fmt.Errorf("bytes are stored as bytes, not as %T", v)
	}
	body, err := new(unpacker).unpack(b)
	*p = body
	return err
}

// unpacker unpacks what packed packed, one after the other: a fresh gzip.Reader
// for each of two hundred small packs would take longer than they do.
type unpacker struct{ gzip.Reader }

func (u *unpacker) unpack(b []byte) ([]byte, error) {
	if err := u.Reset(bytes.NewReader(b)); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	var body bytes.Buffer
	// gzip ends with the length, good for what one edition has; a damaged one
	// may promise anything.
	body.Grow(bytes.MinRead + int(min(binary.LittleEndian.Uint32(b[len(b)-4:]), 64<<20)))
	if _, err := body.ReadFrom(u); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return body.Bytes(), nil
}

// storable tells whether both databases keep s as it is: PostgreSQL takes
// neither broken UTF-8 nor a zero byte, SQLite would take both.
func storable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsRune(s, 0)
}

// mustStore is an error naming the first field that is not storable; fields are
// name, value, name, value, ….
func mustStore(fields ...string) error {
	for i := 0; i < len(fields); i += 2 {
		if !storable(fields[i+1]) {
			return fmt.Errorf("%s is not text in UTF-8", fields[i])
		}
	}
	return nil
}

// firstOf is the first of what a query found; the error none where that is
// nothing.
func firstOf[T any](all []T, err, none error) (one T, _ error) {
	if err == nil && len(all) == 0 {
		err = none
	}
	if err != nil {
		return one, err
	}
	return all[0], nil
}
