// Package count keeps the numbers of campaigns up to date and tells those who
// watch. Signatures are counted in batches, by one server at a time; however
// many visitors watch, the database is asked once.
package count

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/jobs"
)

// Store is what counting needs of the database.
type Store interface {
	// Count counts up to limit of what has no count yet; held tells that another
	// holder counts.
	Count(ctx context.Context, holder string, now time.Time, ttl time.Duration, limit int) (n int, held bool, err error)
	// Numbers returns the numbers of all current texts.
	Numbers(ctx context.Context, now time.Time) ([]campaigns.Number, error)
}

const (
	// Every is how often is counted, so that a number of 500 and more is at most
	// a second behind.
	Every = 250 * time.Millisecond
	// leaseFor is how long the count rests if the server that counts dies.
	leaseFor = 10 * time.Second
	// atOnce is what one transaction counts; on SQLite signers wait for it.
	atOnce = 4000
)

// Counter counts and is the shared ticker. Its fields are set before Run.
type Counter struct {
	Store  Store
	Holder string // of this server, unlike any other's
	Now    func() time.Time
	Logger *slog.Logger

	mu       sync.Mutex
	numbers  map[campaigns.CampaignID]campaigns.Number
	watchers map[campaigns.CampaignID]map[chan campaigns.Number]bool
}

// Run counts until ctx is done.
func (c *Counter) Run(ctx context.Context) {
	jobs.Every(ctx, Every, func(ctx context.Context) {
		if err := c.Step(ctx); err != nil && ctx.Err() == nil {
			c.Logger.Error("counting", "error", err)
		}
	})
}

// Step counts all there is to count and tells the watchers what changed.
func (c *Counter) Step(ctx context.Context) error {
	for {
		n, held, err := c.Store.Count(ctx, c.Holder, c.Now(), leaseFor, atOnce)
		if err != nil {
			return err
		}
		if held || n < atOnce {
			break
		}
	}
	all, err := c.Store.Numbers(ctx, c.Now())
	if err != nil {
		return err
	}
	c.tell(all)
	return nil
}

func (c *Counter) tell(all []campaigns.Number) {
	c.mu.Lock()
	defer c.mu.Unlock()
	old := c.numbers
	c.numbers = map[campaigns.CampaignID]campaigns.Number{}
	for _, n := range all {
		c.numbers[n.Campaign] = n
		if was, known := old[n.Campaign]; known && was.Shown == n.Shown && was.Version == n.Version {
			continue
		}
		for w := range c.watchers[n.Campaign] {
			offer(w, n)
		}
	}
}

// offer puts the newest number where a slow watcher finds it, in place of one it
// has not read.
func offer(w chan campaigns.Number, n campaigns.Number) {
	for {
		select {
		case w <- n:
			return
		default:
		}
		select {
		case <-w:
		default:
		}
	}
}

// Number is the last number of a campaign, without asking the database.
func (c *Counter) Number(id campaigns.CampaignID) campaigns.Number {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.numbers[id]
}

// Watch gives the number of a campaign now and whenever what is shown changes,
// until stop is called. Only Shown is for strangers.
func (c *Counter) Watch(id campaigns.CampaignID) (numbers <-chan campaigns.Number, stop func()) {
	w := make(chan campaigns.Number, 1)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.watchers == nil {
		c.watchers = map[campaigns.CampaignID]map[chan campaigns.Number]bool{}
	}
	if c.watchers[id] == nil {
		c.watchers[id] = map[chan campaigns.Number]bool{}
	}
	c.watchers[id][w] = true
	if n, known := c.numbers[id]; known {
		w <- n
	}
	return w, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.watchers[id], w)
		if len(c.watchers[id]) == 0 {
			delete(c.watchers, id)
		}
	}
}
