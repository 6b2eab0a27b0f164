package intake

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/tuzetu/tuzetu/campaigns"
)

// TestManyWait: as many as there is room for wait while the disk hangs, the next
// is told to come back at once, and all who waited are answered.
func TestManyWait(t *testing.T) {
	hang, began := make(chan struct{}), make(chan struct{}, queued)
	g := newGroup(0, 1, func(_ context.Context, asked []int) ([]int, []error) {
		began <- struct{}{}
		<-hang
		return asked, make([]error, len(asked))
	})
	ctx, stop := context.WithCancel(t.Context())
	var running, people sync.WaitGroup
	running.Go(func() { g.run(ctx) })
	ask := func(n int) {
		people.Go(func() {
			if got, err := g.do(t.Context(), n); err != nil || got != n {
				t.Errorf("person %d: %d, %v", n, got, err)
			}
		})
	}
	ask(0)
	<-began
	for n := range queued {
		ask(n + 1)
	}
	for len(g.queue) < queued { // they come
		if t.Context().Err() != nil {
			t.Fatal("they do not come")
		}
	}
	if _, err := g.do(t.Context(), -1); !errors.Is(err, campaigns.ErrBusy) {
		t.Errorf("one too many: %v", err)
	}
	close(hang)
	go func() {
		for range began {
		}
	}()
	people.Wait()
	stop()
	running.Wait()
	close(began)
}
