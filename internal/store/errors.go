package store

import (
	"errors"
	"fmt"
	"io/fs"
	"net"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What can be wrong with a database, whichever it is. Each reads as the end of
// one line: "database data/tuzetu.db: locked by another program".
var (
	ErrNewer       = errors.New("made by a newer tuzetu")
	ErrOlder       = errors.New("made by an older tuzetu, run: tuzetu migrate")
	ErrMissing     = errors.New("there is no such database yet")
	ErrNotDatabase = errors.New("not a tuzetu database")
	ErrDamaged     = errors.New("damaged")
	ErrLocked      = errors.New("locked by another program")
	ErrReadOnly    = errors.New("read-only")
	ErrFull        = errors.New("no space left")
	ErrUnreachable = errors.New("the database server cannot be reached")
)

// wrap puts what was being done before *err, and what it means in the words
// above. Every exported method defers it as its first line.
func wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), explain(*err))
	}
}

// explain adds the sentinel that a driver's code stands for.
func explain(err error) error {
	if meaning := meaningOf(err); meaning != nil && !errors.Is(err, meaning) {
		return fmt.Errorf("%w: %w", meaning, err)
	}
	return err
}

func meaningOf(err error) error {
	var lite *sqlite.Error
	var post *pq.Error
	var dial *net.OpError
	switch {
	case errors.As(err, &lite):
		// The low byte is the primary code, the rest tells the circumstances.
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return ErrLocked
		case sqlite3.SQLITE_READONLY:
			return ErrReadOnly
		case sqlite3.SQLITE_FULL:
			return ErrFull
		case sqlite3.SQLITE_CORRUPT:
			return ErrDamaged
		case sqlite3.SQLITE_NOTADB:
			return ErrNotDatabase
		case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
			return fs.ErrPermission
		}
	case errors.As(err, &post):
		switch post.Code {
		case "55P03":
			return ErrLocked
		case "25006":
			return ErrReadOnly
		case "53100":
			return ErrFull
		case "XX001", "XX002":
			return ErrDamaged
		case "57P01", "57P02", "57P03", "53300":
			return ErrUnreachable
		}
	case errors.As(err, &dial):
		return ErrUnreachable
	}
	return nil
}
