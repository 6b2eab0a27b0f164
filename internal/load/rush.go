package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

// The bars of issue 6.
const (
	leastSigned    = 2500 // a second
	leastConfirmed = 2500
	leastRead      = 3000
	mostWait       = 150 * time.Millisecond // p99 at half the rate
	mostLag        = time.Second
	mostBytes      = 600 // a signature
	judgedFrom     = 100_000
	mostGrowth     = 32 // MB of heap, from the first to the last memoryEvery
	memoryEvery    = 100_000
)

// letters are those the server sent, by person.
type letters struct {
	mu              sync.Mutex
	confirm, manage map[int]string
}

func newLetters() *letters { return &letters{confirm: map[int]string{}, manage: map[int]string{}} }

func (l *letters) post(to, confirm, manage string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.confirm[numberOf(to)], l.manage[numberOf(to)] = confirm, manage
}

func (l *letters) of(n int) (confirm, manage string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.confirm[n], l.manage[n]
}

func (l *letters) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.confirm)
}

// rush lets people sign and confirm, and measures.
type rush struct {
	*plan
	db     *database
	keys   string
	report *report

	server  *running
	crowd   *crowd
	letters *letters
	signed  int     // people so far
	rate    float64 // of the rush
	heaps   []float64
}

func (r *rush) run(ctx context.Context) (err error) {
	r.letters = newLetters()
	if err := r.open(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	for _, phase := range []func(context.Context) error{
		r.sign, r.confirm, r.weigh, r.halfRate, r.read, r.withdraw, r.watch, r.single,
	} {
		if err := phase(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *rush) open(ctx context.Context) (err error) {
	if r.server, err = startServer(ctx, r.db, r.keys, r.letters.post); err != nil {
		return err
	}
	r.crowd, err = newCrowd(ctx, r.server.at)
	return err
}

func (r *rush) close() error {
	if r.server == nil {
		return nil
	}
	if r.crowd != nil {
		r.crowd.hangUp()
	}
	err := r.server.stop()
	r.server = nil
	return err
}

// sign is the rush of forms, while the server writes letters.
func (r *rush) sign(ctx context.Context) error {
	var took time.Duration
	var waits []time.Duration
	for r.signed < r.signatures {
		n := min(memoryEvery, r.signatures-r.signed)
		t, w, err := rushing(ctx, n, atATime, func(ctx context.Context, i int) error { return r.crowd.sign(ctx, r.signed+i) })
		if err != nil {
			return fmt.Errorf("signing: %w", err)
		}
		took, waits, r.signed = took+t, append(waits, w...), r.signed+n
		if err := r.remember("signed"); err != nil {
			return err
		}
	}
	rate := perSecond(r.signed, took)
	r.rate = rate
	r.report.bar(rate >= leastSigned, "signed over HTTP, durable and sealed", "2,500/s",
		"%.0f/s (%d people, p99 %s, %d letters meanwhile)", rate, r.signed, at(waits, 99), r.letters.count())
	return nil
}

// remember notes what memory the server holds.
func (r *rush) remember(what string) error {
	heap, rss, err := r.server.memory()
	r.heaps = append(r.heaps, heap)
	r.report.say(fmt.Sprintf("memory, %d people, %s", r.signed, what), "heap %.1f MB, resident %.0f MB", heap, rss)
	return err
}

// confirm waits for all letters and confirms what they ask for.
func (r *rush) confirm(ctx context.Context) error {
	begin, before := time.Now(), r.letters.count()
	if err := until(ctx, func() bool { return r.letters.count() >= r.signed }); err != nil {
		return fmt.Errorf("%d letters for %d signatures: %w", r.letters.count(), r.signed, err)
	}
	if wrote := r.letters.count() - before; wrote > 0 {
		r.report.say("letters written, nobody signing", "%.0f/s", perSecond(wrote, time.Since(begin)))
	}
	l := &lag{}
	watching, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	all.Go(func() { l.watch(watching) })
	all.Go(func() {
		if err := r.crowd.follow(watching, func(n int64) { l.shown.Store(n) }); err != nil && watching.Err() == nil {
			r.report.say("the stream of the count broke", "%v", err)
		}
	})
	defer func() { stop(); all.Wait() }()
	var took time.Duration
	var waits []time.Duration
	for done := 0; done < r.signed; {
		n := min(memoryEvery, r.signed-done)
		t, w, err := rushing(ctx, n, atATime, func(ctx context.Context, i int) error {
			token, _ := r.letters.of(done + i)
			err := r.crowd.confirm(ctx, token, done+i)
			l.confirmed.Add(1)
			return err
		})
		if err != nil {
			return fmt.Errorf("confirming: %w", err)
		}
		took, waits, done = took+t, append(waits, w...), done+n
		if err := r.remember(fmt.Sprintf("%d confirmed", done)); err != nil {
			return err
		}
	}
	rate := perSecond(r.signed, took)
	r.report.bar(rate >= leastConfirmed, "confirmed over HTTP", "2,500/s", "%.0f/s (p99 %s)", rate, at(waits, 99))
	if err := until(ctx, func() bool { return l.shown.Load() >= int64(r.signed) }); err != nil {
		return fmt.Errorf("%d of %d counted: %w", l.shown.Load(), r.signed, err)
	}
	r.report.bar(l.most() <= mostLag, "the public count behind, at most", "1 s", "%s", l.most())
	if len(r.heaps) > 2 {
		first, last := r.heaps[0], r.heaps[len(r.heaps)-1]
		r.report.bar(last-first <= mostGrowth, "memory stays flat", "32 MB", "heap %.1f MB after the first %d, %.1f MB at the end", first, memoryEvery, last)
	}
	return nil
}

// weigh recounts, compacts and weighs the database, with the server away.
func (r *rush) weigh(ctx context.Context) error {
	if err := r.close(); err != nil {
		return err
	}
	d, err := openDesk(ctx, r.db.address, r.keys)
	if err != nil {
		return err
	}
	drift, err := d.store.Recount(ctx)
	if err == nil && len(drift) > 0 {
		err = fmt.Errorf("the recount differs: %v", drift)
	}
	if err == nil {
		err = d.store.Compact(ctx)
	}
	size, sizeErr := d.store.Size(ctx)
	if err := errors.Join(err, sizeErr, d.store.Close()); err != nil {
		return err
	}
	r.report.bar(true, "recount", "no drift", "no drift")
	each := float64(size) / float64(r.signed)
	if r.signed < judgedFrom { // an empty database weighs as well
		r.report.say("database after vacuum", "%.0f bytes a signature", each)
	} else {
		r.report.bar(each <= mostBytes, "database after vacuum, a signature", "600 bytes", "%.0f bytes", each)
	}
	return r.open(ctx)
}

// signOn is the next person who signs.
func (r *rush) signOn(ctx context.Context, i int) error { return r.crowd.sign(ctx, r.signed+i) }

func (r *rush) halfRate(ctx context.Context) error {
	waits, err := steady(ctx, r.half, r.halfFor, r.signOn)
	r.signed += len(waits)
	if err != nil {
		return fmt.Errorf("signing at half the rate: %w", err)
	}
	r.report.bar(at(waits, 99) < mostWait, fmt.Sprintf("waiting at %d/s, p99", r.half), "150 ms",
		"%s (p50 %s, longest %s)", at(waits, 99), at(waits, 50), at(waits, 100))
	return nil
}

// read reads the campaign's page as fast as it can while others sign at half the
// rate.
func (r *rush) read(ctx context.Context) error {
	reading, stop := context.WithTimeout(ctx, r.halfFor)
	defer stop()
	var all sync.WaitGroup
	counts, errs := make([]int, 32), make([]error, 32)
	for w := range counts {
		all.Go(func() {
			for reading.Err() == nil && errs[w] == nil {
				errs[w] = r.crowd.look(ctx, w)
				counts[w]++
			}
		})
	}
	waits, err := steady(ctx, r.half, r.halfFor, r.signOn)
	r.signed += len(waits)
	all.Wait()
	if err := errors.Join(append(errs, err)...); err != nil {
		return fmt.Errorf("reading in the rush: %w", err)
	}
	sum := 0
	for _, n := range counts {
		sum += n
	}
	rate := perSecond(sum, r.halfFor)
	r.report.bar(rate >= leastRead, fmt.Sprintf("pages read while %d/s sign", r.half), "3,000/s",
		"%.0f/s (signing meanwhile: p50 %s, p99 %s)", rate, at(waits, 50), at(waits, 99))
	return nil
}

// withdraw reads what confirming leads to, opens manage links and withdraws.
func (r *rush) withdraw(ctx context.Context) error {
	n := min(r.signatures, 1000)
	took, waits, err := rushing(ctx, n, 64, func(ctx context.Context, i int) error {
		confirm, _ := r.letters.of(i)
		return r.crowd.thanks(ctx, confirm, i)
	})
	if err != nil {
		return fmt.Errorf("reading thanks: %w", err)
	}
	r.report.say("pages of thanks read, each another one", "%.0f/s (p99 %s)", perSecond(n, took), at(waits, 99))
	took, waits, err = rushing(ctx, n, 64, func(ctx context.Context, i int) error {
		_, manage := r.letters.of(i)
		return r.crowd.withdraw(ctx, manage, i)
	})
	if err != nil {
		return fmt.Errorf("withdrawing: %w", err)
	}
	r.report.say("manage page opened and signature withdrawn", "%.0f/s (p99 of both %s)", perSecond(n, took), at(waits, 99))
	return nil
}

// watch lets many follow the count while others sign.
func (r *rush) watch(ctx context.Context) error {
	if r.watchers == 0 {
		return nil
	}
	following, stop := context.WithCancel(ctx)
	defer stop()
	var all sync.WaitGroup
	var mu sync.Mutex
	seen, errs := 0, []error(nil)
	for range r.watchers {
		first := true
		all.Go(func() {
			err := r.crowd.follow(following, func(int64) {
				mu.Lock()
				defer mu.Unlock()
				if first {
					first = false
					seen++
				}
			})
			if following.Err() == nil {
				mu.Lock()
				defer mu.Unlock()
				errs = append(errs, err)
			}
		})
		if err := ctx.Err(); err != nil {
			break
		}
	}
	count := func() (int, error) {
		mu.Lock()
		defer mu.Unlock()
		return seen, errors.Join(errs...)
	}
	err := until(ctx, func() bool { n, err := count(); return n == r.watchers || err != nil })
	if _, broken := count(); err != nil || broken != nil {
		stop()
		all.Wait()
		return fmt.Errorf("watching: %w", errors.Join(err, broken))
	}
	waits, err := steady(ctx, r.half, r.halfFor, r.signOn)
	r.signed += len(waits)
	_, rss, memoryErr := r.server.memory()
	stop()
	all.Wait()
	if err := errors.Join(err, memoryErr); err != nil {
		return fmt.Errorf("signing while many watch: %w", err)
	}
	r.report.say(fmt.Sprintf("%d watch the count while %d/s sign", r.watchers, r.half), "p50 %s, p99 %s; resident %.0f MB", at(waits, 50), at(waits, 99), rss)
	return nil
}

// single is what there would be without groups.
func (r *rush) single(ctx context.Context) error {
	if r.db.cluster != nil {
		var err error
		if r.pgbench, err = r.db.cluster.singleRows(5); err != nil {
			return err
		}
		r.report.say("pgbench, single rows of 300 bytes, 10 clients", "%.0f/s", r.pgbench)
	}
	if r.pgbench > 0 {
		r.report.say("signatures over HTTP to a single row of pgbench", "%.2f", r.rate/r.pgbench)
	}
	begin, n := time.Now(), 0
	for ; time.Since(begin) < 3*time.Second; n++ {
		if err := r.signOn(ctx, n); err != nil {
			return err
		}
	}
	r.signed += n
	r.report.say("one signer after the other", "%.0f/s", perSecond(n, time.Since(begin)))
	return nil
}

// loadAverage is what else the machine does, as the system tells it.
func loadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(b))[:3], " ")
}
