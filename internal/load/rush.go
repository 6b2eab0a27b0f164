package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/tuzetu/tuzetu/campaigns/count"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/jobs"
)

// crowdSize is how many requests are under way at a time.
const crowdSize = 256

// rush lets a crowd sign and confirm and prints what was measured.
func rush(ctx context.Context, p plan, db *database, keys string, out io.Writer) (err error) {
	d, err := openDesk(ctx, db.address, keys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.store.Close()) }()
	line := func(what, format string, args ...any) {
		fmt.Fprintf(out, "%-42s %s\n", what, fmt.Sprintf(format, args...))
	}
	counter := &count.Counter{Store: d.store, Holder: "load", Now: time.Now, Logger: slog.New(slog.DiscardHandler)}
	running, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	all.Go(func() { d.intake.Run(running) })
	all.Go(func() { counter.Run(running) })
	defer func() { stop(); all.Wait() }()

	before := memory()
	rate, waits, err := crowd(ctx, p.signatures, d.sign)
	if err != nil {
		return err
	}
	line("signed, durable and sealed", "%.0f/s (%d people, p99 %s)", rate, p.signatures, at(waits, 99))
	line("processor time of this program", "%s", processorTime())
	line("memory before and after", "%.1f and %.1f MB", before, memory())

	letters, rate, err := deliver(ctx, d)
	if err != nil {
		return err
	}
	line("letters made ready", "%.0f/s", rate)
	if len(letters) != p.signatures {
		return fmt.Errorf("%d letters for %d signatures", len(letters), p.signatures)
	}
	lag := newLag(counter, d)
	all.Go(func() { lag.watch(running) })
	rate, waits, err = crowd(ctx, len(letters), func(ctx context.Context, n int) error {
		_, err := d.intake.Confirm(ctx, letters[n].Confirm)
		lag.confirmed.Add(1)
		return err
	})
	if err != nil {
		return err
	}
	line("confirmed", "%.0f/s (p99 %s)", rate, at(waits, 99))
	if err := lag.wait(ctx, int64(len(letters))); err != nil {
		return err
	}
	line("count behind, at most", "%s", lag.most())
	drift, err := d.store.Recount(ctx)
	if err != nil || len(drift) > 0 {
		return fmt.Errorf("the recount differs: %v, %w", drift, err)
	}
	line("recount", "no drift")
	if err := d.store.Compact(ctx); err != nil {
		return err
	}
	size, err := d.store.Size(ctx)
	if err != nil {
		return err
	}
	line("database after vacuum", "%.0f bytes a signature", float64(size)/float64(p.signatures))

	waits, err = steady(ctx, p.halfRate, p.halfFor, func(ctx context.Context, n int) error { return d.sign(ctx, p.signatures+n) })
	if err != nil {
		return err
	}
	line(fmt.Sprintf("waiting at %d/s", p.halfRate), "p50 %s, p99 %s, longest %s", at(waits, 50), at(waits, 99), at(waits, 100))
	return single(ctx, d, db, line)
}

// single is what there would be without groups.
func single(ctx context.Context, d *desk, db *database, line func(string, string, ...any)) error {
	const seconds = 5
	if db.cluster != nil {
		rate, err := db.cluster.singleRows(seconds)
		if err != nil {
			return err
		}
		line("single rows, pgbench (10 clients)", "%.0f/s", rate)
		return nil
	}
	// One after the other: nobody else is in the group.
	begin, n := time.Now(), 0
	for ; time.Since(begin) < seconds*time.Second; n++ {
		if err := d.sign(ctx, 50_000_000+n); err != nil {
			return err
		}
	}
	line("one at a time", "%.0f/s", float64(n)/time.Since(begin).Seconds())
	return nil
}

// crowd does n things, crowdSize at a time.
func crowd(ctx context.Context, n int, do func(context.Context, int) error) (rate float64, waits []time.Duration, err error) {
	waits = make([]time.Duration, n)
	var next atomic.Int64
	var all sync.WaitGroup
	errs := make([]error, crowdSize)
	begin := time.Now()
	for w := range crowdSize {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && errs[w] == nil; i = int(next.Add(1)) - 1 {
				start := time.Now()
				errs[w] = do(ctx, i)
				waits[i] = time.Since(start)
			}
		})
	}
	all.Wait()
	return float64(n) / time.Since(begin).Seconds(), waits, errors.Join(errs...)
}

// steady begins things at a fixed rate, whether the ones before are done or not,
// and returns how long each took from when it was due.
func steady(ctx context.Context, rate int, long time.Duration, do func(context.Context, int) error) ([]time.Duration, error) {
	n := int(float64(rate) * long.Seconds())
	waits, errs := make([]time.Duration, n), make([]error, n)
	var all sync.WaitGroup
	begin := time.Now()
	for i := range n {
		due := begin.Add(time.Duration(float64(i) / float64(rate) * float64(time.Second)))
		time.Sleep(time.Until(due))
		all.Go(func() {
			errs[i] = do(ctx, i)
			waits[i] = time.Since(due)
		})
	}
	all.Wait()
	return waits, errors.Join(errs...)
}

// at is the p-th percentile.
func at(waits []time.Duration, p int) time.Duration {
	if len(waits) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(waits))
	return sorted[min(len(sorted)*p/100, len(sorted)-1)].Round(100 * time.Microsecond)
}

// processorTime is what this program has used so far; a database server of its
// own has used the rest of the two cores.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Round(10 * time.Millisecond)
}

// memory is what the heap holds, in MB.
func memory() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// letterBox keeps letters.
type letterBox struct {
	mu      sync.Mutex
	letters []intake.Letter
}

func (b *letterBox) Send(_ context.Context, l intake.Letter) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.letters = append(b.letters, l)
	return nil
}

// deliver does all jobs.
func deliver(ctx context.Context, d *desk) ([]intake.Letter, float64, error) {
	box := &letterBox{}
	courier, err := intake.NewCourier(d.store, d.keys, box, rand.Reader, time.Now)
	if err != nil {
		return nil, 0, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go courier.Run(ctx)
	r := jobs.Runner{Store: d.store, Handlers: courier.Handlers(), Now: time.Now, Workers: 32, Logger: slog.New(slog.DiscardHandler)}
	begin := time.Now()
	for {
		n, err := r.Step(ctx)
		if err != nil {
			return nil, 0, err
		}
		if n == 0 {
			return box.letters, float64(len(box.letters)) / time.Since(begin).Seconds(), nil
		}
	}
}

// lag measures how far the number is behind: from when the n-th was confirmed to
// when the number was n.
type lag struct {
	counter   *count.Counter
	desk      *desk
	confirmed atomic.Int64

	mu      sync.Mutex
	reached []moment // not yet in the number
	longest time.Duration
	counted int64
}

type moment struct {
	n  int64
	at time.Time
}

func newLag(c *count.Counter, d *desk) *lag { return &lag{counter: c, desk: d} }

func (l *lag) watch(ctx context.Context) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			l.look(now)
		}
	}
}

func (l *lag) look(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counted = l.counter.Number(l.desk.id).Exact
	for len(l.reached) > 0 && l.reached[0].n <= l.counted {
		l.longest = max(l.longest, now.Sub(l.reached[0].at))
		l.reached = l.reached[1:]
	}
	if n := l.confirmed.Load(); n > l.counted {
		l.reached = append(l.reached, moment{n, now})
	}
}

func (l *lag) most() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.longest.Round(time.Millisecond)
}

// wait waits until all are counted.
func (l *lag) wait(ctx context.Context, n int64) error {
	for {
		l.mu.Lock()
		counted := l.counted
		l.mu.Unlock()
		if counted == n {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d of %d counted: %w", counted, n, ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}
