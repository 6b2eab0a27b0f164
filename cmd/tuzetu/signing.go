package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"maps"
	"net/netip"
	"sync"
	"time"

	"github.com/tuzetu/tuzetu/campaigns/count"
	"github.com/tuzetu/tuzetu/campaigns/course"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/internal/mail"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/watch"
	"github.com/tuzetu/tuzetu/web/campaign"
)

// campaignTarget is how many campaigns are to be run: the same number as on the
// page of targets. 0 says nothing.
func campaignTarget() int {
	all, err := dossiers.Indicators()
	if err != nil {
		return 0
	}
	for _, i := range all {
		if i.ID == dossiers.CampaignTarget {
			return i.Target
		}
	}
	return 0
}

const (
	lookForJobs = time.Second
	sweepEvery  = time.Hour
)

// signing is everything that takes signatures, works while run does.
type signing struct {
	store   *store.Store
	keys    *gate.KeyFolder
	intake  *intake.Intake
	manager *intake.Manager
	courier *intake.Courier
	counter *count.Counter
	walk    *intake.Mailings
	runner  *jobs.Runner
	log     *slog.Logger
	now     func() time.Time
}

// newSigning makes it; letters go to sender, their links begin with base.
func (a *app) newSigning(s *store.Store, keyFolder string, sender mail.Sender, base string) (*signing, error) {
	log := slog.New(slog.NewJSONHandler(a.stderr, nil))
	g := &signing{store: s, log: log, now: a.now}
	var err error
	if g.keys, err = gate.OpenKeyFolder(keyFolder, rand.Reader); err != nil {
		return nil, err
	}
	writer, err := mail.NewWriter(sender, base)
	if err != nil {
		return nil, err
	}
	g.intake, err = intake.New(intake.Config{Store: s, Keys: g.keys, Random: rand.Reader, Now: a.now, Limiter: gate.NewLimiter(gate.Burst, gate.PerHour)})
	if err != nil {
		return nil, err
	}
	if g.manager, err = intake.NewManager(s, g.keys, rand.Reader, a.now); err != nil {
		return nil, err
	}
	if g.courier, err = intake.NewCourier(s, g.keys, mail.NewSigners(writer, s), a.now); err != nil {
		return nil, err
	}
	g.counter = &count.Counter{Store: s, Holder: rand.Text(), Now: a.now, Logger: log}
	g.walk = &intake.Mailings{Store: s, Holder: rand.Text(), Random: rand.Reader, Now: a.now, Logger: log}
	news, err := intake.NewNewsLetters(g.courier, s)
	if err != nil {
		return nil, err
	}
	handlers := g.courier.Handlers()
	maps.Copy(handlers, intake.CommentLetters{Courier: g.courier, Comments: s}.Handlers())
	maps.Copy(handlers, mail.NewTeam(writer, s).Handlers())
	maps.Copy(handlers, news.Handlers())
	g.runner = &jobs.Runner{Store: s, Handlers: handlers, Now: a.now, Logger: log, Workers: intake.LettersAtOnce, Every: lookForJobs}
	return g, nil
}

// pages is what the pages of campaigns need.
func (g *signing) pages(trusted []netip.Prefix, ending <-chan struct{}) *campaign.Config {
	return &campaign.Config{Store: g.store, Intake: g.intake, Manager: g.manager, Counter: g.counter,
		Trusted: trusted, Target: campaignTarget(), Ending: ending}
}

// start works until ctx is done; wait returns when all of it has ended.
func (g *signing) start(ctx context.Context) (wait func()) {
	if err := g.store.KeepConsents(ctx); err != nil && ctx.Err() == nil {
		g.log.Error("the words people agree to were not kept: nobody can sign where they are new", "error", err)
	}
	var all sync.WaitGroup
	runs := []func(context.Context){g.intake.Run, g.courier.Run, g.counter.Run, g.sweep}
	if g.runner != nil { // another server does the jobs
		runs = append(runs, g.runner.Run, g.walk.Run, g.watchLetters)
	}
	for _, run := range runs {
		all.Go(func() { run(ctx) })
	}
	return all.Wait
}

// sweep erases what has outlived its term, closes campaigns after their last day
// and takes comments on to the editions that were stored since.
func (g *signing) sweep(ctx context.Context) {
	jobs.Every(ctx, sweepEvery, func(ctx context.Context) {
		if _, err := g.store.Sweep(ctx, g.now()); err != nil && ctx.Err() == nil {
			g.log.Error("sweep", "error", err)
		}
		if _, err := g.course().CloseDue(ctx, g.now()); err != nil && ctx.Err() == nil {
			g.log.Error("campaigns were not closed", "error", err)
		}
		if _, err := watch.CarryComments(ctx, g.store); err != nil && ctx.Err() == nil {
			g.log.Error("comments were not carried", "error", err)
		}
	})
}

// course moves campaigns on, with their keys.
func (g *signing) course() course.Course { return course.Course{Store: g.store, Keys: g.keys} }

const (
	// lateLetters: who waits for longer than that, waits for a mail server.
	lateLetters = 10 * time.Minute
	lookLetters = 10 * time.Minute
)

// late tells how many letters wait that should have gone, and since when.
// Those of mailings do not count: they may wait for another day.
func (g *signing) late(ctx context.Context) (n int, since time.Time, err error) {
	n, since, err = g.store.LettersWaiting(ctx, []string{intake.KindSigned, intake.KindLostLink, intake.KindCommented})
	if g.now().Sub(since) < lateLetters {
		return 0, time.Time{}, err
	}
	return n, since, err
}

// watchLetters says in the log that letters wait.
func (g *signing) watchLetters(ctx context.Context) {
	jobs.Every(ctx, lookLetters, func(ctx context.Context) {
		n, since, err := g.late(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			g.log.Error("letters that wait", "error", err)
		case n > 0:
			g.log.Warn("letters wait to be sent", "letters", n, "since", since)
		}
	})
}

// proxies are the addresses of --trusted-proxy.
type proxies []netip.Prefix

func (p *proxies) String() string { return fmt.Sprint(*p) }

func (p *proxies) Set(s string) error {
	if one, err := netip.ParseAddr(s); err == nil {
		*p = append(*p, netip.PrefixFrom(one, one.BitLen()))
		return nil
	}
	prefix, err := netip.ParsePrefix(s)
	if err != nil {
		return fmt.Errorf("%q is neither an address nor a network like 10.0.0.0/8", s)
	}
	*p = append(*p, prefix.Masked())
	return nil
}
