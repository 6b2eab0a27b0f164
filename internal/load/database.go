package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// database is one that may be thrown away.
type database struct {
	name    string
	address string
	cluster *cluster // nil for SQLite
}

var errNoPostgres = errors.New("PostgreSQL is not installed here")

func openDatabase(kind, dir string) (*database, error) {
	switch kind {
	case "sqlite":
		return &database{name: "SQLite, synchronous=FULL", address: "sqlite:" + filepath.Join(dir, "load.db")}, nil
	case "postgres":
		c, err := startCluster(filepath.Join(dir, "pg"))
		if err != nil {
			return nil, err
		}
		return &database{name: "PostgreSQL, fsync and synchronous_commit on", address: c.address("postgres"), cluster: c}, nil
	}
	return nil, fmt.Errorf("no database %q: sqlite or postgres", kind)
}

func (d *database) close() error {
	if d.cluster == nil {
		return nil
	}
	return d.cluster.kill()
}

// cluster is a PostgreSQL server of our own, on a socket and nothing else.
type cluster struct {
	dir, bin string
	as       *syscall.Credential // PostgreSQL refuses to run as root
	server   *exec.Cmd
	ended    chan error
}

func startCluster(dir string) (*cluster, error) {
	bins, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(bins) == 0 {
		return nil, errNoPostgres
	}
	slices.Sort(bins)
	c := &cluster{dir: dir, bin: filepath.Dir(bins[len(bins)-1])}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	if os.Getuid() == 0 {
		if err := c.giveAway(); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(dir, "data")
	if out, err := c.command("initdb", "-D", data, "-U", "tuzetu", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	return c, c.start()
}

// giveAway lets the user "postgres", or "nobody", have the folder.
func (c *cluster) giveAway() error {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		c.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return errors.Join(os.Chmod(filepath.Dir(c.dir), 0o755), os.Chown(c.dir, uid, gid))
	}
	return errNoPostgres
}

func (c *cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir = c.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.as}
	return cmd
}

func (c *cluster) address(name string) string {
	return fmt.Sprintf("postgres://tuzetu@/%s?host=%s&sslmode=disable", name, c.dir)
}

// start starts the server, also after a kill: until the last process of the old
// one is gone and the log is replayed, it is tried again.
func (c *cluster) start() error {
	deadline := time.Now().Add(60 * time.Second)
	for {
		c.server = c.command("postgres", "-D", filepath.Join(c.dir, "data"), "-k", c.dir, "-c", "listen_addresses=",
			"-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "max_connections=60")
		if err := c.server.Start(); err != nil {
			return err
		}
		c.ended = make(chan error, 1)
		go func(cmd *exec.Cmd, ended chan error) { ended <- cmd.Wait() }(c.server, c.ended)
		for {
			if c.command("pg_isready", "-q", "-h", c.dir, "-U", "tuzetu").Run() == nil {
				return nil
			}
			select {
			case err := <-c.ended:
				if time.Now().After(deadline) {
					return fmt.Errorf("PostgreSQL does not start: %w", err)
				}
			case <-time.After(50 * time.Millisecond):
				if time.Now().After(deadline) {
					return errors.Join(errors.New("PostgreSQL does not answer"), c.kill())
				}
				continue
			}
			break
		}
	}
}

// kill is kill -9.
func (c *cluster) kill() error {
	if err := c.server.Process.Kill(); err != nil {
		return err
	}
	<-c.ended
	return nil
}

// singleRows runs pgbench with one row a transaction for a few seconds and
// returns the rows a second: what a program gets that stores each signature by
// itself.
func (c *cluster) singleRows(seconds int) (float64, error) {
	if out, err := c.command("createdb", "-h", c.dir, "-U", "tuzetu", "single").CombinedOutput(); err != nil {
		return 0, fmt.Errorf("createdb: %w: %s", err, out)
	}
	table := c.command("psql", "-q", "-h", c.dir, "-U", "tuzetu", "-d", "single", "-c",
		"CREATE TABLE single_rows (id bigserial PRIMARY KEY, box bytea NOT NULL)")
	if out, err := table.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("psql: %w: %s", err, out)
	}
	script := filepath.Join(c.dir, "single.sql")
	if err := os.WriteFile(script, []byte("INSERT INTO single_rows (box) VALUES (decode(repeat('ab', 300), 'hex'));\n"), 0o644); err != nil {
		return 0, err
	}
	out, err := c.command("pgbench", "-n", "-f", script, "-c", "10", "-j", "2", "-T", strconv.Itoa(seconds),
		"-h", c.dir, "-U", "tuzetu", "single").CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("pgbench: %w: %s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if rest, ok := strings.CutPrefix(line, "tps = "); ok {
			return strconv.ParseFloat(strings.Fields(rest)[0], 64)
		}
	}
	return 0, fmt.Errorf("pgbench said no rate: %s", out)
}
