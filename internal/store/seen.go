package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// seen holds the one SQLite connection that watches for commits; PostgreSQL
// needs none.
type seen struct {
	mu   sync.Mutex
	conn *sql.Conn
	nth  int // of the connections that watched: each counts from anew
}

// Seen is a mark of what is seen of the database now: while it stays the same,
// nothing was committed by anyone, in this process or another. Marks are only to
// be compared with those of the same Store. What is read after a mark may be
// newer than the mark, never older.
func (s *Store) Seen(ctx context.Context) (mark string, err error) {
	defer wrap(&err, "Seen")
	if s.at.dialect == onPostgres {
		// Two snapshots with the same text see the same rows.
		err = get(ctx, s.read, &mark, `SELECT pg_current_snapshot()::text`)
		return mark, err
	}
	s.seen.mu.Lock()
	defer s.seen.mu.Unlock()
	if s.seen.conn == nil {
		if s.seen.conn, err = s.read.Conn(ctx); err != nil {
			return "", err
		}
		s.seen.nth++
	}
	// It changes when another connection commits, and this one never does.
	var version int
	if err = s.seen.conn.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&version); err != nil {
		return "", errors.Join(err, s.seen.close())
	}
	return fmt.Sprintf("%d.%d", s.seen.nth, version), nil
}

func (w *seen) close() error {
	if w.conn == nil {
		return nil
	}
	conn := w.conn
	w.conn = nil
	return conn.Close()
}
