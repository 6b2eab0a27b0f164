package storetest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Template gives databases that are copies of one: to migrate an empty one for
// every test takes most of such a test's time.
type Template struct {
	fill   func(url string) error
	files  fs.FS
	sqlite func() ([]byte, error)
}

// NewTemplate copies what fill makes of an empty database. It is made once a
// process on SQLite. A PostgreSQL cluster keeps it for all processes, until one
// of the files is another.
func NewTemplate(files fs.FS, fill func(url string) error) *Template {
	return &Template{fill, files, sync.OnceValues(func() ([]byte, error) {
		dir, err := os.MkdirTemp("", "storetest")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		name := filepath.Join(dir, "template.db")
		if err := fill("sqlite:" + name); err != nil {
			return nil, err
		}
		return os.ReadFile(name)
	})}
}

// Each is [Each] with a copy instead of an empty database.
func (p *Template) Each(t *testing.T, f func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, p.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, p.Postgres(t)) })
}

// SQLite is the address of a file that is a copy.
func (p *Template) SQLite(t testing.TB) string {
	t.Helper()
	b, err := p.sqlite()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + name
}

// Postgres is the address of a database that is a copy, dropped after the test.
func (p *Template) Postgres(t testing.TB) string {
	t.Helper()
	cluster, db := openCluster(t)
	template, err := p.keep(cluster, db)
	if err != nil {
		t.Fatal(err)
	}
	name := "t_" + strings.ToLower(rand.Text())
	if _, err := db.Exec("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return database(cluster, name)
}

// keep returns the name of the template in the cluster, where the first process
// makes it while the others wait.
func (p *Template) keep(cluster *url.URL, db *sql.DB) (name string, err error) {
	key, err := sumFiles(p.files)
	if err != nil {
		return "", err
	}
	name = "template_" + key
	ctx := context.Background()
	conn, err := db.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(hashtext('storetest'))`); err != nil {
		return "", err
	}
	defer conn.ExecContext(ctx, `SELECT pg_advisory_unlock(hashtext('storetest'))`)
	var there bool
	if err := conn.QueryRowContext(ctx, `SELECT count(*) > 0 FROM pg_database WHERE datname = $1`, name).Scan(&there); err != nil || there {
		return name, err
	}
	// Half a template, of a process that was killed, never has the name.
	const making = "template_in_the_making"
	for _, step := range []func() error{
		func() error { _, err := conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+making); return err },
		func() error { _, err := conn.ExecContext(ctx, "CREATE DATABASE "+making); return err },
		func() error { return p.fill(database(cluster, making)) },
		func() error { _, err := conn.ExecContext(ctx, "ALTER DATABASE "+making+" RENAME TO "+name); return err },
	} {
		if err := step(); err != nil {
			return "", err
		}
	}
	return name, nil
}

func sumFiles(files fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		fmt.Fprintf(h, "%s %d\n%s", name, len(b), b)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)[:8]), err
}

// database is the address of another database of a cluster.
func database(cluster *url.URL, name string) string {
	u := *cluster
	u.Path = "/" + name
	return u.String()
}
