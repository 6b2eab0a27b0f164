package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// atATime is how many requests of a rush are under way at a time.
const atATime = 256

// rushing does n things, some at a time, each when one before it is done.
func rushing(ctx context.Context, n, atOnce int, do func(context.Context, int) error) (took time.Duration, waits []time.Duration, err error) {
	waits = make([]time.Duration, n)
	var next atomic.Int64
	var all sync.WaitGroup
	errs := make([]error, atOnce)
	begin := time.Now()
	for w := range atOnce {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && errs[w] == nil; i = int(next.Add(1)) - 1 {
				start := time.Now()
				errs[w] = do(ctx, i)
				waits[i] = time.Since(start)
			}
		})
	}
	all.Wait()
	return time.Since(begin), waits, errors.Join(errs...)
}

// steady begins things at a fixed rate, whether the ones before are done or not,
// and returns how long each took from when it was due: who had to wait to begin
// has waited as well.
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

func perSecond(n int, took time.Duration) float64 { return float64(n) / took.Seconds() }

// lag measures how far the number is behind: from when the n-th was told that
// the signature stands to when those who watch the page saw n.
type lag struct {
	confirmed atomic.Int64
	shown     atomic.Int64

	mu      sync.Mutex
	reached []moment // not yet in the number
	longest time.Duration
}

type moment struct {
	n  int64
	at time.Time
}

// exactFrom is where the public number stops moving in steps.
const exactFrom = 500

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
	shown := l.shown.Load()
	for len(l.reached) > 0 && l.reached[0].n <= shown {
		l.longest = max(l.longest, now.Sub(l.reached[0].at))
		l.reached = l.reached[1:]
	}
	if n := l.confirmed.Load(); n > shown && n >= exactFrom {
		l.reached = append(l.reached, moment{n, now})
	}
}

// most is the longest lag, that of what is not yet shown included.
func (l *lag) most() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	longest := l.longest
	if len(l.reached) > 0 {
		longest = max(longest, time.Since(l.reached[0].at))
	}
	return longest.Round(time.Millisecond)
}

// until waits for a condition that others bring about.
func until(ctx context.Context, is func() bool) error {
	for !is() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return nil
}
