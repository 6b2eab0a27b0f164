// Command load measures how many signatures a second this machine takes in over
// HTTP, and kills what takes them while it does. It is bounded in time, talks to
// nothing but a server and a database of its own on loopback, and is no part of
// the product.
//
//	go run ./internal/load                     both databases, 100,000 signatures each
//	go run ./internal/load -signatures 1000000 -db postgres -most 3h
//	go run ./internal/load -kills 10 -watchers 10000 -strict
//
// The server is the real web application in a process of its own, with all that
// "tuzetu serve" puts around it; forms are posted to it, letters are written, the
// links in them confirmed. PostgreSQL is a throw-away cluster with fsync and
// synchronous_commit on. The last thing printed is a table with PASS or FAIL for
// each bar; with -strict a FAIL is an error.
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
	"runtime"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
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
	half       int           // signatures a second where waiting is measured
	halfFor    time.Duration // and how long
	watchers   int           // of the count
	kills      int
	pgbench    float64 // single rows a second, once they were measured
}

func run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	if len(args) > 0 && args[0] == serverRole {
		return serve(ctx, args[1:], in, out)
	}
	p := plan{}
	fs := flag.NewFlagSet("load", flag.ContinueOnError)
	only := fs.String("db", "", "sqlite or postgres; both without it")
	fs.IntVar(&p.signatures, "signatures", 100_000, "how many sign; 0 for kills only")
	fs.IntVar(&p.half, "half", leastSigned/2, "signatures a second when waiting times are measured")
	fs.DurationVar(&p.halfFor, "half-for", 10*time.Second, "how long")
	fs.IntVar(&p.watchers, "watchers", 0, "how many watch the count while people sign (each takes two open files)")
	fs.IntVar(&p.kills, "kills", 0, "how often each of server and database is killed")
	most := fs.Duration("most", 30*time.Minute, "the end, done or not")
	strict := fs.Bool("strict", false, "a bar that is not reached is an error")
	if err := fs.Parse(args); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, *most)
	defer cancel()
	databases := []string{"postgres", "sqlite"}
	if *only != "" {
		databases = []string{*only}
	}
	r := &report{out: out}
	for _, p.database = range databases {
		if err := measure(ctx, &p, r); err != nil {
			r.table()
			return fmt.Errorf("%s: %w", p.database, err)
		}
	}
	r.table()
	if *strict && r.failed > 0 {
		return fmt.Errorf("%d bars not reached", r.failed)
	}
	return nil
}

// measure makes a database, runs the plan on it and takes it away again.
func measure(ctx context.Context, p *plan, r *report) (err error) {
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
	r.head(fmt.Sprintf("%s; %d cores, load %s before", d.name, runtime.NumCPU(), loadAverage()))
	keys := filepath.Join(dir, "keys")
	if p.signatures > 0 {
		if err := (&rush{plan: p, db: d, keys: keys, report: r}).run(ctx); err != nil {
			return err
		}
	}
	if p.kills > 0 {
		return killing(ctx, p.kills, d, keys, r)
	}
	return nil
}
