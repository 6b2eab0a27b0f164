package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"maps"
	mathrand "math/rand/v2"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/fetch"
)

// leastEvery is how often an official site may be looked at.
const leastEvery = time.Minute

// followOptions are what serve is told of the acts it follows.
type followOptions struct {
	every   time.Duration // 0: not at all
	bases   baseURLs
	contact string
}

// follow re-reads the acts of the database beside the web application, each from
// the sites it came from. It ends with ctx; wait waits for that.
func (a *app) follow(ctx context.Context, s *store.Store, o followOptions) (wait func(), err error) {
	if o.every == 0 {
		return func() {}, nil
	}
	log := slog.New(slog.NewJSONHandler(a.stderr, nil))
	clock := systemClock{a.now}
	getter, err := fetch.New(fetch.Config{
		Contact: o.contact, Version: version(), Clock: clock, Chance: mathrand.Float64, Log: log,
		Private: slices.Collect(maps.Values(o.bases)),
	})
	if err != nil {
		return nil, err
	}
	me := holder()
	var running sync.WaitGroup
	for _, from := range sites() {
		base, err := scraper.ParseBase(o.bases[from.name], from.base)
		if err != nil {
			return nil, err
		}
		f := scraper.Follow{
			Name: from.name, Prefix: base.String() + "/",
			Open: func(ctx context.Context, act law.ActID) (scraper.Source, error) {
				return request{site: from, base: base.String(), name: string(act), act: act}.source(ctx, s)
			},
			Getter: getter, Store: s, Every: o.every,
			Clock: clock, Chance: mathrand.Float64, Holder: me, Log: log,
		}
		running.Go(func() { f.Run(ctx) })
	}
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
