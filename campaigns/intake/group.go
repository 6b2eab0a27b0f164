package intake

import (
	"context"
	"errors"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
)

// ErrStopped: the program is ending; nothing was stored.
var ErrStopped = errors.New("the program is ending: nothing was stored, try again in a minute")

// group gathers what many ask for at the same moment into one transaction. A
// disk makes some 500 transactions durable in a second, and one is as good for
// two hundred people as for one.
//
// While one transaction runs, the next group fills by itself; linger is waited
// only so that a small group gets a few more.
type group[Q, A any] struct {
	linger time.Duration
	most   int
	// commit answers each question; the error is for those without an answer of
	// their own.
	commit func(ctx context.Context, asked []Q) ([]A, []error)

	queue chan call[Q, A]
	done  chan struct{} // closed when run has ended
}

type call[Q, A any] struct {
	asked  Q
	answer chan answer[A]
}

type answer[A any] struct {
	a   A
	err error
}

// queued is how many may wait; more are told to come back. At the rates that
// were measured it is a wait of two seconds.
const queued = 4096

func newGroup[Q, A any](linger time.Duration, most int, commit func(context.Context, []Q) ([]A, []error)) *group[Q, A] {
	return &group[Q, A]{linger: linger, most: most, commit: commit,
		queue: make(chan call[Q, A], queued), done: make(chan struct{})}
}

// do waits until q is committed. Errors: campaigns.ErrBusy, ErrStopped, that of
// ctx (q may then have been stored all the same) and what commit says.
func (g *group[Q, A]) do(ctx context.Context, q Q) (a A, err error) {
	c := call[Q, A]{q, make(chan answer[A], 1)}
	select {
	case <-g.done:
		return a, ErrStopped
	default:
	}
	select {
	case g.queue <- c:
	default:
		return a, campaigns.ErrBusy
	}
	select {
	case got := <-c.answer:
		return got.a, got.err
	case <-ctx.Done():
		return a, ctx.Err()
	case <-g.done:
		// It may have been answered at the last moment.
		select {
		case got := <-c.answer:
			return got.a, got.err
		default:
			return a, ErrStopped
		}
	}
}

// run commits groups until ctx is done, and then what is still in the queue.
func (g *group[Q, A]) run(ctx context.Context) {
	defer close(g.done)
	for {
		select {
		case <-ctx.Done():
			for len(g.queue) > 0 {
				g.answer(ctx, g.gather(<-g.queue, 0))
			}
			return
		case first := <-g.queue:
			g.answer(ctx, g.gather(first, g.linger))
		}
	}
}

// gather takes what comes within the linger, up to most.
func (g *group[Q, A]) gather(first call[Q, A], linger time.Duration) []call[Q, A] {
	calls := append(make([]call[Q, A], 0, 64), first)
	timer := time.NewTimer(linger)
	defer timer.Stop()
	for len(calls) < g.most {
		select {
		case c := <-g.queue:
			calls = append(calls, c)
		case <-timer.C:
			return calls
		}
	}
	return calls
}

// commitWithin bounds a transaction: a database that hangs is an error.
const commitWithin = 15 * time.Second

func (g *group[Q, A]) answer(ctx context.Context, calls []call[Q, A]) {
	// Those who wait are answered also when the program ends.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitWithin)
	defer cancel()
	asked := make([]Q, len(calls))
	for i, c := range calls {
		asked[i] = c.asked
	}
	answers, errs := g.commit(ctx, asked)
	for i, c := range calls {
		c.answer <- answer[A]{answers[i], errs[i]}
	}
}
