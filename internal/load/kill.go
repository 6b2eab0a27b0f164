package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/count"
	"github.com/tuzetu/tuzetu/campaigns/gate"
)

// said is what was acknowledged, by person.
type said struct {
	mu                    sync.Mutex
	signed, confirmed     map[int]bool
	letters               map[int]int
	lost                  []int
	signedNow, confirmNow int // since flowing began to look

	next  atomic.Int64
	links chan link // to confirm
}

// link is that of a letter.
type link struct {
	n     int
	token string
}

func newSaid() *said {
	s := &said{signed: map[int]bool{}, confirmed: map[int]bool{}, letters: map[int]int{}, links: make(chan link, 1_000_000)}
	s.next.Store(100_000_000)
	return s
}

// post gets a letter from the server.
func (s *said) post(to, confirm, _ string) {
	n := numberOf(to)
	s.mu.Lock()
	s.letters[n]++
	s.mu.Unlock()
	select {
	case s.links <- link{n, confirm}:
	default: // nobody confirms this one
	}
}

// pause is how long people wait who were told that it did not work.
const pause = 20 * time.Millisecond

// sign signs as one new person after the other. Who got no answer, or was told
// that it is not stored, is nobody any more.
func (s *said) sign(ctx context.Context, c *crowd) {
	for ctx.Err() == nil {
		n := int(s.next.Add(1))
		if err := c.sign(ctx, n); err != nil {
			time.Sleep(pause)
			continue
		}
		s.mu.Lock()
		s.signed[n] = true
		s.signedNow++
		s.mu.Unlock()
	}
}

// confirm follows the links, each until it is answered; the next server finds
// what this one left.
func (s *said) confirm(ctx context.Context, c *crowd) {
	for {
		var l link
		select {
		case <-ctx.Done():
			return
		case l = <-s.links:
		}
		err := c.confirm(ctx, l.token, l.n)
		s.mu.Lock()
		switch {
		case err == nil:
			s.confirmed[l.n] = true
			s.confirmNow++
		case errors.Is(err, errGone):
			s.lost = append(s.lost, l.n)
		}
		s.mu.Unlock()
		if err != nil && !errors.Is(err, errGone) {
			s.links <- l
			time.Sleep(pause)
		}
	}
}

// flowing waits until some more were signed and confirmed: the rush is on.
func (s *said) flowing(ctx context.Context) error {
	s.mu.Lock()
	s.signedNow, s.confirmNow = 0, 0
	s.mu.Unlock()
	if err := until(ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.signedNow >= 200 && s.confirmNow >= 50
	}); err != nil {
		return fmt.Errorf("nobody signs any more: %w", err)
	}
	return nil
}

// killing kills the server, and PostgreSQL, in the rush, and then looks whether
// all that was acknowledged is there, once.
func killing(ctx context.Context, kills int, db *database, keys string, r *report) error {
	s := newSaid()
	for range kills {
		if err := s.inRush(ctx, db, keys, s.flowing); err != nil {
			return err
		}
	}
	killed := fmt.Sprintf("%d of the server", kills)
	if db.cluster != nil {
		killed += fmt.Sprintf(", %d of PostgreSQL", kills)
		if err := s.inRush(ctx, db, keys, func(ctx context.Context) error {
			for range kills {
				if err := s.flowing(ctx); err != nil {
					return err
				}
				if err := db.cluster.kill(); err != nil {
					return err
				}
				if err := db.cluster.start(); err != nil {
					return err
				}
			}
			return s.flowing(ctx)
		}); err != nil {
			return err
		}
	}
	if err := s.check(ctx, db, keys); err != nil {
		r.bar(false, "kill -9 in the rush: "+killed, "nothing lost", "%v", err)
		return err
	}
	r.bar(true, "kill -9 in the rush: "+killed, "nothing lost", "%d signed, %d confirmed: all there, each counted once, no second letter",
		len(s.signed), len(s.confirmed))
	return nil
}

// inRush runs a server and people who sign and confirm, does f, and kills the
// server.
func (s *said) inRush(ctx context.Context, db *database, keys string, f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	server, err := startServer(ctx, db, keys, s.post)
	if err != nil {
		return err
	}
	c, err := newCrowd(ctx, server.at)
	if err != nil {
		return errors.Join(err, server.kill())
	}
	rushing, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() { s.sign(rushing, c) })
		all.Go(func() { s.confirm(rushing, c) })
	}
	err = f(ctx)
	err = errors.Join(err, server.kill())
	stop()
	all.Wait()
	c.hangUp()
	return err
}

// check compares what was said with what is stored.
func (s *said) check(ctx context.Context, db *database, keys string) (err error) {
	d, err := openDesk(ctx, db.address, keys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.store.Close()) }()
	if len(s.lost) > 0 {
		return fmt.Errorf("%d were sent links that confirm nothing", len(s.lost))
	}
	for n, letters := range s.letters {
		if letters > 1 {
			return fmt.Errorf("person %d got %d letters", n, letters)
		}
	}
	key, err := d.keys.Campaign(d.id)
	if err != nil {
		return err
	}
	mailboxes, err := gate.ReadMailboxes()
	if err != nil {
		return err
	}
	for n := range s.signed {
		address, err := mailboxes.Parse(email(n))
		if err != nil {
			return err
		}
		_, err = d.store.SignatureBy(ctx, key.Duplicate(address))
		if err == nil {
			continue
		}
		waiting, listErr := d.store.Unconfirmed(ctx, key.Duplicate(address))
		switch {
		case !errors.Is(err, campaigns.ErrNoSignature) || listErr != nil:
			return errors.Join(err, listErr)
		case s.confirmed[n]:
			return fmt.Errorf("person %d was told that the signature is confirmed, and it is not", n)
		case len(waiting) != 1:
			return fmt.Errorf("person %d was told that the signature is stored: there are %d", n, len(waiting))
		}
	}
	counter := count.Counter{Store: d.store, Holder: "check", Now: time.Now}
	for {
		if err := counter.Step(ctx); err != nil {
			return err
		}
		_, held, err := d.store.Count(ctx, "check", time.Now(), time.Second, 1)
		if err != nil {
			return err
		}
		if !held {
			break
		}
		time.Sleep(100 * time.Millisecond) // the lease of the dead one runs out
	}
	if err := counter.Step(ctx); err != nil {
		return err
	}
	drift, err := d.store.Recount(ctx)
	if err != nil || len(drift) > 0 {
		return fmt.Errorf("the count drifted: %v, %w", drift, err)
	}
	if n := counter.Number(d.id).Exact; n < int64(len(s.confirmed)) {
		return fmt.Errorf("%d counted of %d confirmed", n, len(s.confirmed))
	}
	return nil
}
