package store

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// versionTable is goose's record of what was applied.
const versionTable = "schema_versions"

// Schema returns the version the database has (0 when it is empty) and the one
// this program was written for.
func (s *Store) Schema(ctx context.Context) (have, want int64, err error) {
	// Every command asks, and goose reads every statement before it can tell.
	files, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		return 0, 0, err
	}
	if want, err = goose.NumericComponent(files[len(files)-1].Name()); err != nil {
		return 0, 0, err
	}
	have, err = s.schemaVersion(ctx)
	return have, want, err
}

// Migrate brings the schema up to date and returns how many migrations it ran.
// Each runs in a transaction of its own. Processes may call it at the same
// time.
func (s *Store) Migrate(ctx context.Context) (applied int, err error) {
	defer wrap(&err, "database %s: migrating", s.at)
	if s.write == nil {
		return 0, ErrReadOnly
	}
	if err := s.checkSchema(ctx); err != nil {
		return 0, err
	}
	have, want, err := s.Schema(ctx)
	if err != nil || have == want {
		return 0, err
	}
	return s.migrateTo(ctx, want)
}

// migrateTo runs the migrations up to a version of the schema.
func (s *Store) migrateTo(ctx context.Context, version int64) (applied int, err error) {
	p, err := s.migrator()
	if err != nil {
		return 0, err
	}
	for {
		before, err := s.schemaVersion(ctx)
		if err != nil || before >= version {
			return applied, err
		}
		results, runErr := p.UpTo(ctx, version)
		applied += len(results)
		if partial := (*goose.PartialError)(nil); errors.As(runErr, &partial) {
			applied += len(partial.Applied)
		}
		after, err := s.schemaVersion(ctx)
		if err != nil {
			return applied, err
		}
		// Neither database lets two processes run one migration: the slower
		// fails and finds the work done. It has failed in earnest only where
		// nobody moved the schema.
		if runErr != nil && after == before {
			return applied, runErr
		}
	}
}

// checkSchema refuses a database that this program must not touch.
func (s *Store) checkSchema(ctx context.Context) error {
	have, want, err := s.Schema(ctx)
	if err != nil {
		return err
	}
	if have > want {
		return fmt.Errorf("%w (schema %d, this program knows %d): use the newer program", ErrNewer, have, want)
	}
	return nil
}

// schemaVersion is 0 for an empty database. A SQLite file with tables of
// another program is ErrNotDatabase; a PostgreSQL database may be shared.
func (s *Store) schemaVersion(ctx context.Context) (int64, error) {
	there, err := s.hasTable(ctx, s.read, versionTable)
	if err != nil {
		return 0, err
	}
	if !there && s.at.dialect == onSQLite {
		// One statement sees one moment: another process may be migrating now.
		var foreign bool
		if err := get(ctx, s.read, &foreign, `SELECT count(*) > 0 AND coalesce(sum(name = ?), 0) = 0 FROM sqlite_master WHERE type = 'table'`, versionTable); err != nil {
			return 0, err
		}
		if foreign {
			return 0, fmt.Errorf("%w: a SQLite file of another program", ErrNotDatabase)
		}
	}
	if !there {
		return 0, nil
	}
	var version int64
	err = get(ctx, s.read, &version, `SELECT coalesce(max(version_id), 0) FROM `+versionTable)
	return version, err
}

func (s *Store) hasTable(ctx context.Context, q querier, name string) (bool, error) {
	query := `SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?`
	if s.at.dialect == onSQLite {
		query = `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?`
	}
	var n int
	err := get(ctx, q, &n, query, name)
	return n > 0, err
}

func (s *Store) migrator() (*goose.Provider, error) {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, err
	}
	dialects := map[dialect]database.Dialect{onSQLite: database.DialectSQLite3, onPostgres: database.DialectPostgres}
	db := s.write
	if db == nil {
		db = s.read
	}
	record, err := database.NewStore(dialects[s.at.dialect], versionTable)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectCustom, db.DB, marked{files, s.at.dialect},
		goose.WithStore(onceEach{record, s.at.dialect}), goose.WithGoMigrations(carryOver(s.at.dialect)), goose.WithDisableGlobalRegistry(true))
}

// onceEach is goose's record with one row a migration at most. Goose reads what
// is to be done before it takes any lock, so two processes may begin the same
// migration; the second one's statements mostly fail, but those of a migration
// that finds nothing to do would not.
type onceEach struct {
	database.Store
	dialect dialect
}

// Insert runs at the end of the migration's transaction and fails, so that all
// of it is undone, where another process has been there.
func (o onceEach) Insert(ctx context.Context, tx database.DBTxConn, m database.InsertRequest) error {
	if o.dialect == onPostgres { // SQLite has one writer at a time
		if _, err := tx.ExecContext(ctx, `LOCK TABLE `+versionTable+` IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
	}
	switch _, err := o.GetMigration(ctx, tx, m.Version); {
	case err == nil:
		return fmt.Errorf("another process ran migration %d", m.Version)
	case !errors.Is(err, database.ErrVersionNotFound):
		return err
	}
	return o.Store.Insert(ctx, tx, m)
}

var markForm = regexp.MustCompile(`(?m)^(.*?) -- (sqlite|postgres)$\n?`)

// dropMarked leaves out the lines marked for another database: a line that ends
// in "-- sqlite" or "-- postgres" is for that one alone.
func dropMarked(text []byte, d dialect) []byte {
	return markForm.ReplaceAllFunc(text, func(line []byte) []byte {
		m := markForm.FindSubmatch(line)
		if dialect(m[2]) != d {
			return nil
		}
		return append(m[1], '\n')
	})
}

// marked shows a folder of migrations as one database is to see it.
type marked struct {
	fs.FS
	dialect dialect
}

func (m marked) Open(name string) (fs.File, error) {
	f, err := m.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return f, err
	}
	text, err := fs.ReadFile(m.FS, name)
	if err != nil {
		return nil, err
	}
	return markedFile{f, bytes.NewReader(dropMarked(text, m.dialect))}, nil
}

type markedFile struct {
	fs.File
	text *bytes.Reader
}

func (f markedFile) Read(b []byte) (int, error) { return f.text.Read(b) }
