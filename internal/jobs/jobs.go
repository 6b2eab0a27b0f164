// Package jobs does later what a request must not wait for: above all letters.
// A job is written in the same transaction as the data it belongs to, so there
// is never the one without the other.
//
// A job is begun at most once: it is marked as begun, on the disk, before its
// handler sees it. Killed in between, nobody knows whether the letter went out,
// and nobody gets a second one; such a job waits for its end and is erased. What
// must be repeated until it succeeds is not a job but a sweep.
package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Job is one thing to do.
type Job struct {
	ID   string
	Kind string
	// Subject is what the job is about, 0 for nothing: when that is erased, its
	// jobs are.
	Subject int64
	Body    []byte // encrypted where it names a person
	Due     time.Time
	Expires time.Time // then it is erased, done or not
	Tries   int
}

// Store keeps jobs.
type Store interface {
	// ClaimJobs marks up to limit jobs that are due as begun and returns them.
	ClaimJobs(ctx context.Context, now time.Time, limit int) ([]Job, error)
	// FinishJobs erases jobs.
	FinishJobs(ctx context.Context, ids []string) error
	// PostponeJob lets a job be begun again, not before due.
	PostponeJob(ctx context.Context, id string, due time.Time) error
}

// ErrNotDone: the handler is certain that it did nothing, so the job may be
// tried again. Any other error ends the job.
var ErrNotDone = errors.New("not done")

// LaterError is ErrNotDone with the time when the job may be begun again.
type LaterError struct{ At time.Time }

func (e *LaterError) Error() string { return "not done, not before " + e.At.Format(time.RFC3339) }
func (e *LaterError) Unwrap() error { return ErrNotDone }

// Handler does the jobs of one kind.
type Handler func(ctx context.Context, job Job) error

// Runner takes jobs that are due and hands them to their handlers.
type Runner struct {
	Store    Store
	Handlers map[string]Handler
	Now      func() time.Time
	Logger   *slog.Logger
	// Workers is how many jobs are done at a time; Every is how often an idle
	// runner looks.
	Workers int
	Every   time.Duration
}

// firstWait is how long a job that was not done waits; then four times as long.
const firstWait = 30 * time.Second

// Run works until ctx is done, and then finishes what it has begun.
func (r *Runner) Run(ctx context.Context) {
	for ctx.Err() == nil {
		n, err := r.Step(ctx)
		if err != nil && ctx.Err() == nil {
			r.Logger.Error("jobs", "error", err)
		}
		if n > 0 && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(r.Every):
		}
	}
}

// Step begins what is due, two for each worker, waits for it and tells how many
// jobs that were.
func (r *Runner) Step(ctx context.Context) (int, error) {
	begun, err := r.Store.ClaimJobs(ctx, r.Now(), 2*r.Workers)
	if err != nil || len(begun) == 0 {
		return 0, err
	}
	// What has begun is finished, also when the program is asked to end.
	ctx = context.WithoutCancel(ctx)
	queue := make(chan int)
	again, errs := make([]bool, len(begun)), make([]error, len(begun))
	var workers sync.WaitGroup
	for range r.Workers {
		workers.Go(func() {
			for i := range queue {
				again[i], errs[i] = r.do(ctx, begun[i])
			}
		})
	}
	for i := range begun {
		queue <- i
	}
	close(queue)
	workers.Wait()
	var done []string
	for i, job := range begun {
		if !again[i] {
			done = append(done, job.ID)
		}
	}
	return len(begun), errors.Join(append(errs, r.Store.FinishJobs(ctx, done))...)
}

// do runs one job and tells whether it is to be begun again; the error is that
// of the store.
func (r *Runner) do(ctx context.Context, job Job) (again bool, err error) {
	handler := r.Handlers[job.Kind]
	if handler == nil {
		return true, r.Store.PostponeJob(ctx, job.ID, r.Now().Add(firstWait)) // another program's
	}
	err = handler(ctx, job)
	var later *LaterError
	if errors.As(err, &later) {
		return true, r.Store.PostponeJob(ctx, job.ID, later.At)
	}
	if errors.Is(err, ErrNotDone) {
		wait := firstWait << min(2*max(job.Tries-1, 0), 10)
		return true, r.Store.PostponeJob(ctx, job.ID, r.Now().Add(wait))
	}
	if err != nil {
		r.Logger.Error("job failed", "kind", job.Kind, "error", err)
	}
	return false, nil
}
