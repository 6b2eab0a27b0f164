package read

import (
	"context"
	"errors"
	"sync"
	"testing"
)

func size(v int) int { return v }

// Many who ask at once wait for one making.
func TestCacheMakesOnce(t *testing.T) {
	c := newCache[string](100, 2, size)
	started, finish := make(chan struct{}), make(chan struct{})
	made := 0
	mk := func(context.Context) (int, error) {
		made++
		close(started)
		<-finish
		return 7, nil
	}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if v, err := c.get(context.Background(), "a", mk); v != 7 || err != nil {
				t.Errorf("%d %v", v, err)
			}
		})
	}
	<-started
	close(finish)
	all.Wait()
	if made != 1 {
		t.Errorf("made %d times", made)
	}
}

// Who leaves does not stop the making others wait for.
func TestCacheOutlivesTheFirst(t *testing.T) {
	c := newCache[string](100, 1, size)
	ctx, leave := context.WithCancel(context.Background())
	finish := make(chan struct{})
	mk := func(ctx context.Context) (int, error) {
		leave()
		<-finish
		return 1, ctx.Err()
	}
	if _, err := c.get(ctx, "a", mk); !errors.Is(err, context.Canceled) {
		t.Errorf("left with %v", err)
	}
	close(finish)
	if v, err := c.get(context.Background(), "a", nil); v != 1 || err != nil {
		t.Errorf("the other got %d, %v", v, err)
	}
}

func TestCacheForgets(t *testing.T) {
	ctx := context.Background()
	c := newCache[int](10, 1, size)
	made := map[int]int{}
	get := func(k int) {
		t.Helper()
		if _, err := c.get(ctx, k, func(context.Context) (int, error) { made[k]++; return 4, nil }); err != nil {
			t.Error(err)
		}
	}
	get(1)
	get(2)
	get(1)
	get(3) // over the limit: 2 was used longest ago
	get(1)
	get(2)
	if made[1] != 1 || made[2] != 2 || made[3] != 1 || c.weight > 10 || len(c.slots) != c.recent.Len() {
		t.Errorf("made %v, weight %d, %d slots, %d in order", made, c.weight, len(c.slots), c.recent.Len())
	}
}

func TestCacheKeepsNoFailure(t *testing.T) {
	ctx := context.Background()
	c := newCache[int](10, 1, size)
	broken := errors.New("broken")
	for _, mk := range []func(context.Context) (int, error){
		func(context.Context) (int, error) { return 0, broken },
		func(context.Context) (int, error) { panic("broken") },
	} {
		if _, err := c.get(ctx, 1, mk); err == nil {
			t.Error("no error")
		}
	}
	if v, err := c.get(ctx, 1, func(context.Context) (int, error) { return 3, nil }); v != 3 || err != nil {
		t.Errorf("%d %v", v, err)
	}
}
