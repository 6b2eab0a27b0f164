package read

import (
	"container/list"
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

// cache keeps values that are dear to make and never change. Many who ask for
// the same value at once wait for one making of it; what was used longest ago
// goes when the weights together pass the limit. Errors are not kept.
type cache[K comparable, V any] struct {
	limit  int         // of all weights together, in bytes
	weigh  func(V) int // about how many bytes a value holds
	making chan struct{}

	mu     sync.Mutex
	weight int
	slots  map[K]*slot[K, V]
	recent *list.List // of *slot, newest use first; only finished ones
}

type slot[K comparable, V any] struct {
	key    K
	done   chan struct{}
	value  V
	err    error
	weight int
	place  *list.Element
}

// newCache makes a cache that makes at most workers values at the same time.
func newCache[K comparable, V any](limit, workers int, weigh func(V) int) *cache[K, V] {
	return &cache[K, V]{
		limit: limit, weigh: weigh, making: make(chan struct{}, workers),
		slots: map[K]*slot[K, V]{}, recent: list.New(),
	}
}

// get returns the value of key, made by mk where it is not there. The making
// goes on when the one who asked first has left, as others may wait for it: mk
// gets a context that outlives theirs.
func (c *cache[K, V]) get(ctx context.Context, key K, mk func(context.Context) (V, error)) (V, error) {
	c.mu.Lock()
	s := c.slots[key]
	if s == nil {
		s = &slot[K, V]{key: key, done: make(chan struct{})}
		c.slots[key] = s
		go c.fill(context.WithoutCancel(ctx), s, mk)
	} else if s.place != nil {
		c.recent.MoveToFront(s.place)
	}
	c.mu.Unlock()
	select {
	case <-s.done:
		return s.value, s.err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

// take removes a finished value and returns it: what comes next is made of it.
func (c *cache[K, V]) take(key K) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.slots[key]
	if s == nil || s.place == nil {
		return v, false
	}
	c.recent.Remove(s.place)
	c.weight -= s.weight
	delete(c.slots, key)
	return s.value, true
}

// taken is how much of the limit is in use.
func (c *cache[K, V]) taken() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.weight
}

func (c *cache[K, V]) fill(ctx context.Context, s *slot[K, V], mk func(context.Context) (V, error)) {
	c.making <- struct{}{}
	s.value, s.err = safely(ctx, mk)
	<-c.making

	c.mu.Lock()
	defer c.mu.Unlock()
	defer close(s.done)
	if s.err != nil {
		delete(c.slots, s.key)
		return
	}
	s.weight = c.weigh(s.value)
	s.place = c.recent.PushFront(s)
	c.weight += s.weight
	for c.weight > c.limit && c.recent.Len() > 1 {
		old := c.recent.Remove(c.recent.Back()).(*slot[K, V])
		c.weight -= old.weight
		delete(c.slots, old.key)
	}
}

// safely turns a panic into an error: it happens in a goroutine of its own,
// where it would end the program.
func safely[V any](ctx context.Context, mk func(context.Context) (V, error)) (v V, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return mk(ctx)
}
