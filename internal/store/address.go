package store

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
)

// dialect names a database as the marks in the migrations do.
type dialect string

const (
	onSQLite   dialect = "sqlite"
	onPostgres dialect = "postgres"
)

// address is a database address as the user wrote it, understood.
type address struct {
	dialect dialect
	path    string   // of a SQLite file
	url     *url.URL // of a PostgreSQL database
}

var schemeForm = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]+):`)

// parseAddress reads PATH, sqlite:PATH or postgres://….
func parseAddress(s string) (address, error) {
	scheme, path := "", s
	if m := schemeForm.FindStringSubmatch(s); m != nil {
		scheme, path = m[1], s[len(m[0]):]
	}
	switch scheme {
	case "", "sqlite":
		if strings.TrimSpace(path) == "" {
			return address{}, errors.New("no database address given (want PATH, sqlite:PATH or postgres://…)")
		}
		if strings.Contains(path, ":memory:") {
			return address{}, fmt.Errorf("database %s: a database in memory cannot be shared by connections, name a file", s)
		}
		if strings.ContainsRune(path, 0) {
			return address{}, fmt.Errorf("database %q: a file name holds no zero byte", s)
		}
		return address{dialect: onSQLite, path: path}, nil
	case "postgres", "postgresql":
		u, err := url.Parse(s)
		if err != nil {
			// The parser's own message repeats the address, password and all.
			return address{}, errors.New("the PostgreSQL address cannot be read (want postgres://USER:PASSWORD@HOST:PORT/NAME, with special characters of the password written as %XX)")
		}
		return address{dialect: onPostgres, url: u}, nil
	}
	return address{}, fmt.Errorf("database address of an unknown kind %q (want PATH, sqlite:PATH or postgres://…)", scheme+":")
}

// String is the address for messages, without user and password.
func (a address) String() string {
	if a.dialect == onSQLite {
		return a.path
	}
	return "postgres://" + a.url.Host + a.url.Path
}

// sqliteDSN is the driver's form of the address. Every connection of a pool
// needs the pragmas, so they stand here. synchronous=FULL: what was
// acknowledged is on the disk. busy_timeout: how long a writer waits for
// another process before ErrLocked; the longest transaction here, one edition,
// takes some 50 ms.
func (a address) sqliteDSN(extra ...string) (string, error) {
	abs, err := filepath.Abs(a.path)
	if err != nil {
		return "", err
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}
	params := append([]string{
		"_pragma=busy_timeout(10000)",
		"_pragma=foreign_keys(1)",
		"_pragma=synchronous(FULL)",
		"_pragma=secure_delete(1)", // what is erased is overwritten, not only let go
	}, extra...)
	return u.String() + "?" + strings.Join(params, "&"), nil
}

// postgresDSN is the driver's form of the address, with the defaults of psql
// where the user said nothing.
func (a address) postgresDSN(readOnly bool) string {
	u := *a.url
	q := u.Query()
	for key, value := range map[string]string{
		"sslmode":          "prefer",
		"connect_timeout":  "10",
		"application_name": "tuzetu",
	} {
		if !q.Has(key) {
			q.Set(key, value)
		}
	}
	if readOnly {
		q.Set("default_transaction_read_only", "on")
	}
	u.RawQuery = q.Encode()
	return u.String()
}
