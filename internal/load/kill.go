package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/count"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/jobs"
)

// childRole makes this program the server that is killed. It lets people sign
// and confirm and says each thing that was acknowledged, in a line:
//
//	signed N · letter N · confirmed N
const childRole = "child"

func child(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 3 {
		return errors.New("child DATABASE KEYS FIRST")
	}
	first, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	d, err := openDesk(ctx, args[0], args[1])
	if err != nil {
		return err
	}
	defer d.store.Close()
	if _, err := d.keys.Campaign(d.id); err != nil {
		return err
	}
	p := &post{out: out, letters: make(chan intake.Letter, 100_000)}
	courier, err := intake.NewCourier(d.store, d.keys, p, rand.Reader, time.Now)
	if err != nil {
		return err
	}
	quiet := slog.New(slog.DiscardHandler)
	runner := jobs.Runner{Store: d.store, Handlers: courier.Handlers(), Now: time.Now, Workers: 8, Every: 10 * time.Millisecond, Logger: quiet}
	counter := count.Counter{Store: d.store, Holder: fmt.Sprint(os.Getpid()), Now: time.Now, Logger: quiet}
	var next atomic.Int64
	next.Store(int64(first))
	var all sync.WaitGroup
	all.Go(func() { d.intake.Run(ctx) })
	all.Go(func() { courier.Run(ctx) })
	all.Go(func() { runner.Run(ctx) })
	all.Go(func() { counter.Run(ctx) })
	for range 32 {
		all.Go(func() {
			for ctx.Err() == nil {
				n := int(next.Add(1))
				if err := d.sign(ctx, n); err != nil {
					time.Sleep(20 * time.Millisecond) // the database is gone: the person is told so
					continue
				}
				p.say("signed", n)
			}
		})
		all.Go(func() {
			for l := range p.letters {
				for ctx.Err() == nil {
					if _, err := d.intake.Confirm(ctx, l.Confirm); err == nil {
						p.say("confirmed", numberOf(l.To))
						break
					} else if errors.Is(err, campaigns.ErrNoSignature) {
						p.say("lost", numberOf(l.To))
						break
					}
					time.Sleep(20 * time.Millisecond)
				}
			}
		})
	}
	all.Wait()
	return nil
}

// post is a mail server that says what it was given.
type post struct {
	mu      sync.Mutex
	out     io.Writer
	letters chan intake.Letter
}

func (p *post) Send(_ context.Context, l intake.Letter) error {
	p.say("letter", numberOf(l.To))
	select {
	case p.letters <- l:
	default: // nobody confirms this one
	}
	return nil
}

func (p *post) say(what string, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintln(p.out, what, n) // one write a line: what was said before a kill is said
}

func numberOf(address string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(strings.Split(address, "@")[0], "person.number"))
	return n
}

// said is what was acknowledged, by person.
type said struct {
	mu                    sync.Mutex
	signed, confirmed     map[int]bool
	letters               map[int]int
	lost                  []int
	signedNow, confirmNow int // since the last kill
}

func (s *said) read(line string) {
	what, number, _ := strings.Cut(line, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch what {
	case "signed":
		s.signed[n] = true
		s.signedNow++
	case "letter":
		s.letters[n]++
	case "confirmed":
		s.confirmed[n] = true
		s.confirmNow++
	case "lost":
		s.lost = append(s.lost, n)
	}
}

// flowing waits until some more were signed and confirmed: the rush is on.
func (s *said) flowing(ctx context.Context) error {
	s.mu.Lock()
	s.signedNow, s.confirmNow = 0, 0
	s.mu.Unlock()
	for {
		s.mu.Lock()
		on := s.signedNow >= 200 && s.confirmNow >= 50
		s.mu.Unlock()
		if on {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("nobody signs any more: %w", ctx.Err())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// killing kills the server, and PostgreSQL, in the rush, and then looks whether
// all that was acknowledged is there, once.
func killing(ctx context.Context, p plan, db *database, keys string, out io.Writer) error {
	s := &said{signed: map[int]bool{}, confirmed: map[int]bool{}, letters: map[int]int{}}
	const apart = 10_000_000 // numbers of people of two rounds
	for round := range p.kills {
		if err := withChild(ctx, db, keys, 100_000_000+round*apart, s, s.flowing); err != nil {
			return err
		}
	}
	if db.cluster != nil {
		err := withChild(ctx, db, keys, 100_000_000+p.kills*apart, s, func(ctx context.Context) error {
			for range p.kills {
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
		})
		if err != nil {
			return err
		}
	}
	if err := s.check(ctx, db, keys); err != nil {
		return err
	}
	fmt.Fprintf(out, "%-42s %d signed, %d confirmed: all there, each counted once, no second letter\n",
		fmt.Sprintf("after %d kills", p.kills), len(s.signed), len(s.confirmed))
	return nil
}

// withChild runs a server, does f, and kills the server.
func withChild(ctx context.Context, db *database, keys string, first int, s *said, f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, childRole, db.address, keys, strconv.Itoa(first))
	cmd.Env = append(os.Environ(), childRole+"=1")
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(pipe); lines.Scan(); {
			s.read(lines.Text())
		}
	}()
	err = f(ctx)
	err = errors.Join(err, cmd.Process.Kill())
	<-read
	cmd.Wait() // "signal: killed"
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
