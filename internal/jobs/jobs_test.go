package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"
)

// memory is a store of jobs.
type memory struct {
	waiting  []Job
	begun    []string
	finished []string
	due      map[string]time.Time
}

func (m *memory) ClaimJobs(_ context.Context, now time.Time, limit int) ([]Job, error) {
	var out []Job
	m.waiting = slices.DeleteFunc(m.waiting, func(j Job) bool {
		take := len(out) < limit && !j.Due.After(now)
		if take {
			j.Tries++
			out = append(out, j)
			m.begun = append(m.begun, j.ID)
		}
		return take
	})
	return out, nil
}

func (m *memory) FinishJobs(_ context.Context, ids []string) error {
	m.finished = append(m.finished, ids...)
	return nil
}

func (m *memory) PostponeJob(_ context.Context, id string, due time.Time) error {
	m.due[id] = due
	return nil
}

func TestRunner(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	m := &memory{due: map[string]time.Time{}}
	for n := range 30 {
		m.waiting = append(m.waiting, Job{ID: fmt.Sprint(n), Kind: "good", Due: now})
	}
	m.waiting = append(m.waiting, Job{ID: "bad", Kind: "bad"}, Job{ID: "down", Kind: "down"}, Job{ID: "down again", Kind: "down", Tries: 3},
		Job{ID: "strange", Kind: "strange"}, Job{ID: "later", Kind: "good", Due: now.Add(1)})
	done := make(chan string, 100)
	r := Runner{Store: m, Workers: 2, Now: func() time.Time { return now }, Logger: slog.New(slog.DiscardHandler), Handlers: map[string]Handler{
		"good": func(_ context.Context, j Job) error { done <- j.ID; return nil },
		"bad":  func(context.Context, Job) error { return errors.New("half done") },
		"down": func(context.Context, Job) error { return fmt.Errorf("no answer: %w", ErrNotDone) },
	}}
	for {
		n, err := r.Step(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
	}
	if len(done) != 30 || len(m.finished) != 31 || !slices.Contains(m.finished, "bad") {
		t.Errorf("%d done, finished %v", len(done), m.finished)
	}
	want := map[string]time.Duration{"down": 30 * time.Second, "down again": 64 * 30 * time.Second, "strange": 30 * time.Second}
	for id, wait := range want {
		if m.due[id] != now.Add(wait) {
			t.Errorf("%s again at %s", id, m.due[id])
		}
	}
	if len(m.waiting) != 1 || len(m.due) != 3 {
		t.Errorf("%v, %v", m.waiting, m.due)
	}
	// Asked to end, it ends.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r.Run(ctx)
}
