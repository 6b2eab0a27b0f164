package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"os"
	"sync"
	"time"

	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/adilet"
	"github.com/tuzetu/tuzetu/scraper/fetch"
)

// leastEvery is how often an official site may be looked at.
const leastEvery = time.Minute

// followOptions are what serve is told of the acts it follows.
type followOptions struct {
	every            time.Duration // 0: not at all
	baseURL, contact string
}

// follow re-reads the acts of the database beside the web application. It ends
// with ctx; wait waits for that.
func (a *app) follow(ctx context.Context, s *store.Store, o followOptions) (wait func(), err error) {
	if o.every == 0 {
		return func() {}, nil
	}
	source, err := adilet.New(o.baseURL)
	if err != nil {
		return nil, err
	}
	log := slog.New(slog.NewJSONHandler(a.stderr, nil))
	clock := systemClock{a.now}
	cfg := fetch.Config{Contact: o.contact, Version: version(), Clock: clock, Chance: mathrand.Float64, Log: log}
	if o.baseURL != "" {
		cfg.Private = []string{o.baseURL}
	}
	getter, err := fetch.New(cfg)
	if err != nil {
		return nil, err
	}
	var running sync.WaitGroup
	running.Go(func() {
		scraper.Follow{
			Source: source, Getter: getter, Store: s, Every: o.every,
			Clock: clock, Chance: mathrand.Float64, Holder: holder(), Log: log,
		}.Run(ctx)
	})
	return running.Wait, nil
}

// holder names this process among all that share a database, for the lease and
// for the operator who asks who has it.
func holder() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s %d %s", host, os.Getpid(), rand.Text()[:8])
}
