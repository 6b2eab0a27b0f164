package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
)

// TestFullDisk: who signs is told that it cannot be stored, and when there is
// space again it can.
func TestFullDisk(t *testing.T) {
	s := openTest(t, storetest.SQLite(t))
	c := openCampaign(t, s)
	c.signMany(0, 10)
	var pages int
	c.must(get(t.Context(), s.write, &pages, `PRAGMA page_count`))
	limit := func(n int) {
		var is int
		c.must(get(t.Context(), s.write, &is, fmt.Sprintf(`PRAGMA max_page_count = %d`, n)))
	}
	limit(pages + 2)
	stored := 10
	var full error
	for n := 10; n < 200 && full == nil; n++ {
		if full = c.intake.Sign(t.Context(), c.form(n), home); full == nil {
			stored++
		}
	}
	if !errors.Is(full, ErrFull) || strings.Contains(full.Error(), "\n") {
		t.Fatalf("after %d: %v", stored, full)
	}
	if got := c.rows("pending"); got != stored || c.rows("jobs") != stored {
		t.Errorf("%d signatures and %d jobs stored, %d acknowledged", got, c.rows("jobs"), stored)
	}
	limit(1 << 30)
	c.sign(c.form(1000))
}

// TestDatabaseGone closes the database under those who sign.
func TestDatabaseGone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		c := openCampaign(t, openTest(t, url))
		c.sign(c.form(1))
		gone, err := Open(t.Context(), url)
		c.must(err)
		in, err := intake.New(intake.Config{Store: gone, Keys: c.keys, Random: rand.Reader, Now: c.clock})
		c.must(err)
		ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
		var running sync.WaitGroup
		running.Go(func() { in.Run(ctx) })
		defer func() { stop(); running.Wait() }()
		c.must(in.Sign(t.Context(), c.form(2), home))
		c.must(gone.Close())
		if err := in.Sign(t.Context(), c.form(3), home); err == nil {
			t.Error("acknowledged without a database")
		}
		if _, err := in.Confirm(t.Context(), gateToken(c)); err == nil || errors.Is(err, campaigns.ErrNoSignature) {
			t.Errorf("confirming without a database: %v", err)
		}
		if got := c.rows("pending"); got != 2 {
			t.Errorf("%d stored", got)
		}
	})
}

func gateToken(c *campaignTest) string {
	c.Helper()
	tok, err := gate.NewToken(rand.Reader, 256)
	c.must(err)
	return tok.String()
}

// TestEnding: what is under way is stored or refused, and nobody waits for ever.
func TestEnding(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		in, err := intake.New(intake.Config{Store: c.s, Keys: c.keys, Random: rand.Reader, Now: c.clock})
		c.must(err)
		ctx, stop := context.WithCancel(t.Context())
		var running, people sync.WaitGroup
		running.Go(func() { in.Run(ctx) })
		var mu sync.Mutex
		stored := 0
		for n := range 200 {
			people.Go(func() {
				err := in.Sign(context.WithoutCancel(t.Context()), c.form(n), home)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					stored++
				case !errors.Is(err, intake.ErrStopped):
					t.Error(err)
				}
			})
		}
		stop()
		people.Wait()
		running.Wait()
		if got := c.rows("pending"); got != stored {
			t.Errorf("%d stored, %d acknowledged", got, stored)
		}
	})
}

// TestHeldBack: a network over its limit gets the reply of all others, after the
// same wait for the disk, and nothing of it is stored.
func TestHeldBack(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		in, err := intake.New(intake.Config{Store: c.s, Keys: c.keys, Random: rand.Reader, Now: c.clock, Limiter: gate.NewLimiter(3, 60)})
		c.must(err)
		ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
		var running sync.WaitGroup
		running.Go(func() { in.Run(ctx) })
		defer func() { stop(); running.Wait() }()
		for n := range 5 {
			c.must(in.Sign(t.Context(), c.form(n), home))
		}
		c.must(in.Sign(t.Context(), c.form(5), netip.MustParseAddr("198.51.100.1")))
		if got := c.rows("pending"); got != 4 || c.rows("jobs") != 4 {
			t.Errorf("%d stored", got)
		}
		var held int
		c.must(get(t.Context(), c.s.read, &held, `SELECT n FROM held_back WHERE campaign = ? AND day = '2026-03-01'`, int64(c.id)))
		if held != 2 {
			t.Errorf("%d held back", held)
		}
	})
}

// TestOneRefusedCampaign: two campaigns share a transaction; one is paused.
func TestOneRefusedCampaign(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		first, firstText := c.id, c.text
		c.live("second")
		if c.id == first {
			t.Fatal("two campaigns have one id")
		}
		for _, id := range []campaigns.CampaignID{first, c.id} { // both are known to the intake
			f := c.form(int(id))
			f.Campaign, f.TextSHA256 = id, firstText.SHA256
			c.sign(f)
		}
		c.must(c.s.SetState(t.Context(), c.id, campaigns.Paused, accounts.Entry{}))
		var people sync.WaitGroup
		for n := range 40 {
			people.Go(func() {
				f := c.form(100 + n)
				if n%2 == 0 {
					f.Campaign = first
				}
				err := c.intake.Sign(t.Context(), f, home)
				if n%2 == 0 && err != nil || n%2 == 1 && !errors.Is(err, campaigns.ErrState) {
					t.Errorf("person %d: %v", n, err)
				}
			})
		}
		people.Wait()
		if got := c.rows("pending"); got != 22 {
			t.Errorf("%d stored", got)
		}
	})
}

// TestTakenBatch: two servers whose clocks stand at the same microsecond.
func TestTakenBatch(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		other := *c
		other.start()
		c.signMany(0, 30)
		other.signMany(100, 30)
		if got := c.rows("pending"); got != 60 {
			t.Errorf("%d stored of 60", got)
		}
	})
}

// TestClockJumps: a clock set back or forward loses nothing.
func TestClockJumps(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		for _, jump := range []time.Duration{0, -72 * time.Hour, 24 * 365 * time.Hour, -24 * 365 * time.Hour} {
			c.pass(jump)
			c.signMany(c.rows("pending"), 3)
		}
		if got := c.rows("pending"); got != 12 {
			t.Errorf("%d stored", got)
		}
	})
}

func TestBadForms(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		for name, spoil := range map[string]func(*campaigns.Form){
			"header injection": func(f *campaigns.Form) { f.Email = "a@example.kz\r\nBcc: all@example.kz" },
			"broken text":      func(f *campaigns.Form) { f.Comment = "\xff" },
			"zero byte":        func(f *campaigns.Form) { f.Given = "А\x00" },
			"language":         func(f *campaigns.Form) { f.Lang = "de" },
			"without consent":  func(f *campaigns.Form) { f.Agreed = false },
		} {
			f := c.form(1)
			spoil(&f)
			var wrong campaigns.FormError
			if err := c.intake.Sign(t.Context(), f, home); !errors.As(err, &wrong) || len(wrong) != 1 {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, c2 := range map[string]struct {
			spoil func(*campaigns.Form)
			want  error
		}{
			"no campaign":     {func(f *campaigns.Form) { f.Campaign = 99 }, campaigns.ErrNotFound},
			"no such number":  {func(f *campaigns.Form) { f.Campaign = 1 << 40 }, campaigns.ErrNotFound},
			"another text":    {func(f *campaigns.Form) { f.TextSHA256 = strings.Repeat("0", 64) }, campaigns.ErrTextChanged},
			"another consent": {func(f *campaigns.Form) { f.ConsentSHA256 = "" }, campaigns.ErrTextChanged},
		} {
			f := c.form(1)
			c2.spoil(&f)
			if err := c.intake.Sign(t.Context(), f, home); !errors.Is(err, c2.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := c.rows("pending"); n != 0 {
			t.Errorf("%d stored", n)
		}
	})
}
