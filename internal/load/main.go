// Command load measures how many signatures a second this machine takes in, and
// kills what takes them while it does. It is bounded in time, talks to nothing
// but a database of its own, and is no part of the product.
//
//	go run ./internal/load                     both databases, 100,000 signatures each
//	go run ./internal/load -signatures 1000000 -db postgres
//	go run ./internal/load -kills 10           and kill -9, ten times each
//
// It measures the intake as the server runs it: forms are checked, networks
// limited, addresses made canonical, boxes sealed, and every signature is
// durable before it counts as taken. PostgreSQL is a throw-away cluster with
// fsync and synchronous_commit on.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// plan is what is to be measured.
type plan struct {
	database   string // sqlite or postgres
	signatures int
	halfRate   int           // signatures a second of the latency run
	halfFor    time.Duration // and how long
	kills      int
	most       time.Duration // for everything
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 && args[0] == childRole {
		return child(ctx, args[1:], out)
	}
	p := plan{}
	fs := flag.NewFlagSet("load", flag.ContinueOnError)
	fs.StringVar(&p.database, "db", "", "sqlite or postgres; both without it")
	fs.IntVar(&p.signatures, "signatures", 100_000, "how many sign")
	fs.IntVar(&p.halfRate, "half", 1250, "signatures a second when waiting times are measured")
	fs.DurationVar(&p.halfFor, "half-for", 10*time.Second, "how long")
	fs.IntVar(&p.kills, "kills", 0, "how often each of server and database is killed")
	fs.DurationVar(&p.most, "most", 30*time.Minute, "the end, done or not")
	if err := fs.Parse(args); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, p.most)
	defer cancel()
	databases := []string{"sqlite", "postgres"}
	if p.database != "" {
		databases = []string{p.database}
	}
	for _, p.database = range databases {
		if err := measure(ctx, p, out); err != nil {
			return fmt.Errorf("%s: %w", p.database, err)
		}
	}
	return nil
}

// measure makes a database, runs the plan on it and takes it away again.
func measure(ctx context.Context, p plan, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "tuzetu-load-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	d, err := openDatabase(p.database, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	fmt.Fprintf(out, "== %s\n", d.name)
	keys := filepath.Join(dir, "keys")
	if p.signatures > 0 {
		if err := rush(ctx, p, d, keys, out); err != nil {
			return err
		}
	}
	if p.kills > 0 {
		return killing(ctx, p, d, keys, out)
	}
	return nil
}
