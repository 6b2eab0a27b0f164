// Package storetest gives a test fresh databases of both kinds, empty or copies
// of one, so that one suite proves both. It is for tests only and knows nothing
// of the schema.
package storetest

import (
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/lib/pq" // the driver that makes and drops schemas
)

// PostgresEnv names the variable with the postgres:// address of a throw-away
// cluster; ./check sets it.
const PostgresEnv = "TUZETU_TEST_POSTGRES"

// Each runs f as a subtest on SQLite and on PostgreSQL, with the address of an
// empty database. Without PostgresEnv the second half is skipped, or fails
// where CI is set.
func Each(t *testing.T, f func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t)) })
}

// SQLite is the address of a database file that does not exist yet.
func SQLite(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "test.db")
}

// Postgres is the address of an empty schema, dropped after the test.
func Postgres(t testing.TB) string {
	t.Helper()
	u, db := openCluster(t)
	schema := "t_" + strings.ToLower(rand.Text())
	if _, err := db.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
			t.Error(err)
		}
	})
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

// openCluster skips the test where no cluster is named, but not in CI.
func openCluster(t testing.TB) (*url.URL, *sql.DB) {
	t.Helper()
	cluster := os.Getenv(PostgresEnv)
	if cluster == "" {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not set: in CI the PostgreSQL half must run", PostgresEnv)
		}
		t.Skipf("PostgreSQL half not run: set %s to the address of a throw-away cluster, or run ./check", PostgresEnv)
	}
	u, err := url.Parse(cluster)
	if err != nil {
		t.Fatalf("%s: not an address", PostgresEnv)
	}
	db, err := sql.Open("postgres", cluster)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return u, db
}
