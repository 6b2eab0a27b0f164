package store

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// oneLine fails unless err is one line that names the database and says want.
func oneLine(t *testing.T, err error, name, want string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want %q", want)
	}
	if s := err.Error(); strings.Contains(s, "\n") || !strings.Contains(s, name) || !strings.Contains(s, want) {
		t.Errorf("%q: want one line with %q and %q", s, name, want)
	}
}

func TestOpenMakesFolderAndFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "фолдер with #% and ?", "tuzetu.db")
	for _, url := range []string{path, "sqlite:" + path} {
		s := openTest(t, url)
		if err := s.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestOpenRelative(t *testing.T) {
	t.Chdir(t.TempDir())
	openTest(t, "data/tuzetu.db")
	if _, err := os.Stat("data/tuzetu.db"); err != nil {
		t.Error(err)
	}
}

func TestOpenRefusesAddresses(t *testing.T) {
	for url, want := range map[string]string{
		"":                     "no database address",
		" ":                    "no database address",
		"sqlite:":              "no database address",
		":memory:":             "name a file",
		"sqlite::memory:":      "name a file",
		"mysql://root@host/db": `unknown kind "mysql:"`,
		"file:data.db":         `unknown kind "file:"`,
		"a\x00b":               "zero byte",
		"postgres://u:p%zz@h/": "cannot be read",
	} {
		for name, open := range opens {
			_, err := open(t.Context(), url)
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "zz") {
				t.Errorf("%s %q: %v; want %q", name, url, err, want)
			}
		}
	}
}

var opens = map[string]func(context.Context, string) (*Store, error){"Open": Open, "OpenReading": OpenReading}

func TestOpenRefusesFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	foreign := filepath.Join(dir, "foreign.db")
	pool, err := openPool(t.Context(), "sqlite", foreign, 1)
	if err != nil {
		t.Fatal(err)
	}
	pool.MustExec(`CREATE TABLE bookmarks (id INTEGER)`)
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path, want string
		is         error
	}{
		{dir, "is a folder", nil},
		{write("law.html", strings.Repeat("<p>Статья 1.</p>", 100)), "not a tuzetu database", ErrNotDatabase},
		{foreign, "of another program", ErrNotDatabase},
		{filepath.Join(write("file", ""), "tuzetu.db"), "not a directory", nil},
	} {
		for name, open := range opens {
			t.Run(name+" "+filepath.Base(c.path), func(t *testing.T) {
				_, err := open(t.Context(), c.path)
				oneLine(t, err, c.path, c.want)
				if c.is != nil && !errors.Is(err, c.is) {
					t.Errorf("%v is not %v", err, c.is)
				}
			})
		}
	}
}

func TestOpenReadingMakesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "tuzetu.db")
	_, err := OpenReading(t.Context(), path)
	oneLine(t, err, path, "no such database")
	if !errors.Is(err, ErrMissing) {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
}

func TestOpenReadingWritesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		key := add(t, openTest(t, url), sampleEdition(t, "2026-01-15", law.RU, "один"))
		s, err := OpenReading(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.Edition(t.Context(), key); err != nil {
			t.Error(err)
		}
		if _, _, err := s.AddEdition(t.Context(), sampleEdition(t, "2026-01-16", law.RU, "два")); !errors.Is(err, ErrReadOnly) {
			t.Errorf("AddEdition: %v", err)
		}
		if _, err := s.Migrate(t.Context()); !errors.Is(err, ErrReadOnly) {
			t.Errorf("Migrate: %v", err)
		}
		if _, err := execute(t.Context(), s.read, `DELETE FROM acts WHERE id = ''`); !errors.Is(explain(err), ErrReadOnly) {
			t.Errorf("a statement that writes: %v", err)
		}
	})
}

func TestOtherSchemas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		empty, err := Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer empty.Close()
		if err := empty.Ping(t.Context()); !errors.Is(err, ErrOlder) {
			t.Errorf("an empty database: %v", err)
		}
		_, err = OpenReading(t.Context(), url)
		oneLine(t, err, empty.at.String(), "run: tuzetu migrate")

		s := openTest(t, url)
		if n, err := s.Migrate(t.Context()); n != 0 || err != nil {
			t.Errorf("migrated twice: %d, %v", n, err)
		}
		if _, err := execute(t.Context(), s.write, `INSERT INTO `+versionTable+` (version_id, is_applied) VALUES (99, ?)`, true); err != nil {
			t.Fatal(err)
		}
		for _, open := range opens {
			_, err := open(t.Context(), url)
			oneLine(t, err, s.at.String(), "newer tuzetu (schema 99")
			if !errors.Is(err, ErrNewer) {
				t.Error(err)
			}
		}
		if err := s.Ping(t.Context()); !errors.Is(err, ErrNewer) {
			t.Errorf("Ping: %v", err)
		}
		if _, err := s.Migrate(t.Context()); !errors.Is(err, ErrNewer) {
			t.Errorf("Migrate: %v", err)
		}
	})
}

func TestLocked(t *testing.T) {
	url := storetest.SQLite(t)
	s := openTest(t, url)
	key := add(t, s, sampleEdition(t, "2026-01-15", law.RU, "один"))

	other := openTest(t, url)
	tx, err := other.write.Beginx()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	// The 10 s of the address would only make the test slow.
	if _, err := s.write.Exec(`PRAGMA busy_timeout = 10`); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.AddEdition(t.Context(), sampleEdition(t, "2026-01-16", law.RU, "два")); !errors.Is(err, ErrLocked) {
		t.Errorf("a second writer: %v", err)
	}
	if _, err := s.Edition(t.Context(), key); err != nil {
		t.Errorf("a reader waits for the writer: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	add(t, s, sampleEdition(t, "2026-01-16", law.RU, "два"))
}

func TestUnreachable(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for name, open := range opens {
		_, err := open(t.Context(), "postgres://someone:secret@"+host+"/tuzetu?sslmode=disable")
		oneLine(t, err, "postgres://"+host+"/tuzetu", "cannot be reached")
		if !errors.Is(err, ErrUnreachable) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestReadOnlyFiles opens, as a user who may write neither file nor folder, a
// database nobody has open: SQLite cannot make its two files beside it.
func TestReadOnlyFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "tuzetu.db")
	s := openTest(t, path)
	add(t, s, sampleEdition(t, "2026-01-15", law.RU, "один"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o755) })

	out, err := asNobody(t, "read", path)
	if err != nil || out != "1 editions\n" {
		t.Errorf("reading: %q, %v", out, err)
	}
	out, err = asNobody(t, "write", path)
	if err == nil || !strings.Contains(out, path+": read-only") {
		t.Errorf("writing: %q, %v", out, err)
	}
	missing := filepath.Join(dir, "new", "tuzetu.db")
	out, err = asNobody(t, "write", missing)
	if err == nil || !strings.Contains(out, "permission denied") {
		t.Errorf("making a folder: %q, %v", out, err)
	}
}

// asNobody plays a role in a process that is not root, to whom nothing is
// read-only, and returns all it printed.
func asNobody(t *testing.T, role, path string) (string, error) {
	t.Helper()
	cmd := roleCommand(t.Context(), role, path)
	if os.Getuid() == 0 {
		// The test binary and its temporary folder are in folders of root's own:
		// the binary is reached through /proc, the folder is opened up.
		cmd.Path = "/proc/self/exe"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		cmd.Dir = "/"
		for dir := filepath.Dir(filepath.Dir(path)); strings.HasPrefix(dir, os.TempDir()+string(filepath.Separator)); dir = filepath.Dir(dir) {
			if info, err := os.Stat(dir); err == nil {
				if err := os.Chmod(dir, info.Mode()|0o011); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func TestMigrateAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		const processes = 6
		errs := make(chan error, processes)
		applied := make(chan int, processes)
		for range processes {
			go func() {
				s, err := Open(t.Context(), url)
				if err != nil {
					errs <- err
					return
				}
				defer s.Close()
				n, err := s.Migrate(t.Context())
				applied <- n
				errs <- err
			}()
		}
		for range processes {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		s := openTest(t, url)
		if err := s.Ping(t.Context()); err != nil {
			t.Error(err)
		}
		close(applied)
		total := 0
		for n := range applied {
			total += n
		}
		p, err := s.migrator()
		if err != nil {
			t.Fatal(err)
		}
		if want := len(p.ListSources()); total != want {
			t.Errorf("%d migrations applied, want %d", total, want)
		}
	})
}

// TestSQLiteSettings reads the settings back from both pools: a misspelt
// pragma is ignored in silence.
func TestSQLiteSettings(t *testing.T) {
	s := openTest(t, storetest.SQLite(t))
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"} {
		for name, db := range map[string]querier{"read": s.read, "write": s.write} {
			var got string
			if err := get(t.Context(), db, &got, `PRAGMA `+pragma); err != nil || got != want {
				t.Errorf("%s: %s = %s, %v; want %s", name, pragma, got, err, want)
			}
		}
	}
}

func TestInstant(t *testing.T) {
	for in, want := range map[time.Time]string{
		time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC):                                 "2026-01-15T00:00:00.000000Z",
		time.Date(2026, 1, 15, 4, 0, 0, 1999, time.FixedZone("Asia/Almaty", 5*3600)): "2026-01-14T23:00:00.000001Z",
	} {
		if got, err := instant(in).Value(); err != nil || got != want {
			t.Errorf("%v: %v, %v; want %s", in, got, err, want)
		}
	}
}

// TestFull fills the one disk a test may fill: the page limit of a SQLite file.
func TestFull(t *testing.T) {
	s := openTest(t, storetest.SQLite(t))
	key := add(t, s, sampleEdition(t, "2026-01-15", law.RU, "один"))
	if _, err := s.write.Exec(`PRAGMA max_page_count = 1`); err != nil { // it stops at today's size
		t.Fatal(err)
	}
	big, err := numbered(1)
	if err != nil {
		t.Fatal(err)
	}
	if _, added, err := s.AddEdition(t.Context(), big); added || !errors.Is(err, ErrFull) {
		t.Errorf("added %t, %v", added, err)
	}
	heads, err := s.Editions(t.Context(), sampleAct)
	if err != nil || len(heads) != 1 || heads[0].EditionKey != key {
		t.Errorf("half-stored: %v, %v", heads, err)
	}
}
