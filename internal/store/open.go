package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/scraper"
)

// Pool sizes. SQLite has one writer at a time whatever is done; a pool of one
// makes writers queue here, first come first served, instead of polling the
// file's lock. Readers do not wait for the writer (WAL); reading 1.3 MB of text
// is mostly decoding, and 2, 4 or 8 readers on 2 cores measured the same.
const (
	sqliteReaders = 4 + 1 // one of them watches for commits, see Seen
	postgresConns = 10
)

// Store is an open database. It is safe for use by many goroutines, and one
// database by many processes.
type Store struct {
	at    address
	read  *sqlx.DB
	write *sqlx.DB // the same as read on PostgreSQL; nil when opened for reading
	seen  seen
}

var _ scraper.Store = (*Store)(nil)

// Open opens a database for reading and writing: PATH, sqlite:PATH or
// postgres://…. A SQLite file and its folder are made where missing. The schema
// may be missing or older: Migrate brings it up to date. Errors: ErrNewer,
// ErrNotDatabase, ErrLocked, ErrReadOnly, ErrUnreachable and those of the file
// system, in one line that names the database.
func Open(ctx context.Context, url string) (*Store, error) {
	at, err := parseAddress(url)
	if err != nil {
		return nil, err
	}
	s := &Store{at: at}
	err = s.openToWrite(ctx)
	if err == nil {
		err = s.checkSchema(ctx)
	}
	return s.opened(err)
}

// OpenReading opens a database that exists and is up to date, and changes
// nothing: neither file nor folder need be writable. Errors: ErrMissing,
// ErrOlder and those of Open.
func OpenReading(ctx context.Context, url string) (*Store, error) {
	at, err := parseAddress(url)
	if err != nil {
		return nil, err
	}
	s := &Store{at: at}
	err = s.openToRead(ctx)
	if err == nil {
		err = s.Ping(ctx)
	}
	return s.opened(err)
}

// opened hands s over, or closes it and says why it could not be opened.
func (s *Store) opened(err error) (*Store, error) {
	if err == nil {
		return s, nil
	}
	wrap(&err, "database %s", s.at)
	return nil, errors.Join(err, s.Close())
}

// Close waits for running queries and closes the connections.
func (s *Store) Close() error {
	errs := []error{s.seen.close()}
	for _, db := range []*sqlx.DB{s.write, s.read} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// Ping proves that the database answers and that its schema is this program's:
// nil, ErrOlder, ErrNewer or what keeps it from answering.
func (s *Store) Ping(ctx context.Context) error {
	have, want, err := s.Schema(ctx)
	switch {
	case err != nil:
		return explain(err)
	case have < want:
		return fmt.Errorf("%w (schema %d, this program needs %d)", ErrOlder, have, want)
	case have > want:
		return fmt.Errorf("%w (schema %d, this program knows %d): use the newer program", ErrNewer, have, want)
	}
	return nil
}

func (s *Store) openToWrite(ctx context.Context) error {
	if s.at.dialect == onPostgres {
		return s.openPostgres(ctx, false)
	}
	if err := makeFolder(s.at.path); err != nil {
		return err
	}
	if err := makeWAL(ctx, s.at); err != nil {
		return err
	}
	dsn, err := s.at.sqliteDSN("_txlock=immediate")
	if err != nil {
		return err
	}
	if s.write, err = openPool(ctx, "sqlite", dsn, 1); err != nil {
		return err
	}
	if err := probeWriting(ctx, s.write); err != nil {
		return err
	}
	if dsn, err = s.at.sqliteDSN("_query_only=1"); err != nil {
		return err
	}
	s.read, err = openPool(ctx, "sqlite", dsn, sqliteReaders)
	return err
}

// probeWriting changes something and takes it back. SQLite opens a file it may
// not write without a word, and while another program has the file open even
// gives out the writer's lock; only a change finds that out now and not at the
// first edition.
func probeWriting(ctx context.Context, db *sqlx.DB) error {
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `CREATE TABLE write_probe (x INTEGER)`)
	return errors.Join(err, tx.Rollback())
}

func (s *Store) openToRead(ctx context.Context) error {
	if s.at.dialect == onPostgres {
		return s.openPostgres(ctx, true)
	}
	switch info, err := os.Stat(s.at.path); {
	case errors.Is(err, fs.ErrNotExist):
		return ErrMissing
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("is a folder, not a database file")
	}
	dsn, err := s.at.sqliteDSN("mode=ro", "_query_only=1")
	if err != nil {
		return err
	}
	if s.read, err = openPool(ctx, "sqlite", dsn, sqliteReaders); err == nil {
		return nil
	}
	// A WAL database needs two files beside it to be read. Where they are
	// absent and cannot be made, nobody is writing either: the file is read as
	// one that does not change.
	if _, statErr := os.Stat(s.at.path + "-wal"); !errors.Is(statErr, fs.ErrNotExist) {
		return err
	}
	if m := meaningOf(err); !errors.Is(m, fs.ErrPermission) && !errors.Is(m, ErrReadOnly) {
		return err
	}
	var openErr error
	if s.read, openErr = openPool(ctx, "sqlite", dsn+"&immutable=1", sqliteReaders); openErr != nil {
		return err
	}
	return nil
}

func (s *Store) openPostgres(ctx context.Context, readOnly bool) error {
	db, err := openPool(ctx, "postgres", s.at.postgresDSN(readOnly), postgresConns)
	if err != nil {
		return err
	}
	s.read = db
	if !readOnly {
		s.write = db
	}
	var is struct {
		Encoding string `db:"encoding"`
		Schema   string `db:"schema"`
	}
	err = get(ctx, db, &is, `SELECT current_setting('server_encoding') AS encoding, coalesce(current_schema(), '') AS schema`)
	switch {
	case err != nil:
		return err
	case is.Encoding != "UTF8":
		return fmt.Errorf("its encoding is %s, which cannot hold Kazakh letters; create it with ENCODING 'UTF8'", is.Encoding)
	case is.Schema == "":
		return errors.New("the schema named by search_path does not exist")
	}
	return nil
}

// openPool opens a pool of at most size connections and makes the first one:
// sql.Open alone touches nothing.
func openPool(ctx context.Context, driver, dsn string, size int) (*sqlx.DB, error) {
	db, err := sqlx.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	// A SQLite connection opens without reading the file; this reads it.
	probe := `SELECT 1`
	if driver == "sqlite" {
		probe = `SELECT count(*) FROM sqlite_master`
	}
	var n int
	if err := db.GetContext(ctx, &n, probe); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// makeWAL makes a SQLite file where there is none and puts it into WAL mode,
// which the file then remembers. SQLite needs the file to itself for that and
// does not wait its busy_timeout for it, so that of two programs started
// together on a new file one would fail: here it tries again, for some 10 s.
func makeWAL(ctx context.Context, at address) error {
	dsn, err := at.sqliteDSN("_pragma=busy_timeout(400)", "_pragma=journal_mode(WAL)")
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		db, err := openPool(ctx, "sqlite", dsn, 1)
		if err == nil {
			return db.Close()
		}
		if meaningOf(err) != ErrLocked || try == 20 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func makeFolder(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return errors.New("is a folder, not a database file")
	}
	return os.MkdirAll(filepath.Dir(path), 0o750)
}
