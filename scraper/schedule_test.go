package scraper_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/adilet"
	"github.com/tuzetu/tuzetu/scraper/fetch"
)

const followed = "https://law.example"

// followMemory is a FollowStore in memory, by the words of the interface.
type followMemory struct {
	*memory
	mu     sync.Mutex
	lease  scraper.Lease
	health scraper.Health
	acts   func() ([]law.ActID, error) // nil: by the prefix
}

func (m *followMemory) ActsFrom(_ context.Context, prefix string) (ids []law.ActID, _ error) {
	if m.acts != nil {
		return m.acts()
	}
	for _, e := range m.editions {
		if strings.HasPrefix(e.SourceURL, prefix) && !slices.Contains(ids, e.Act) {
			ids = append(ids, e.Act)
		}
	}
	return ids, nil
}

func (m *followMemory) Lease(_ context.Context, name, holder string, now time.Time, ttl time.Duration) (scraper.Lease, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now.Before(m.lease.Until) {
		return scraper.Lease{}, scraper.ErrHeld
	}
	m.lease = scraper.Lease{Name: name, Holder: holder, Fence: m.lease.Fence + 1, Until: now.Add(ttl)}
	return m.lease, nil
}

func (m *followMemory) Renew(_ context.Context, l scraper.Lease, now time.Time, ttl time.Duration) (scraper.Lease, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if l.Fence != m.lease.Fence {
		return l, scraper.ErrLeaseLost
	}
	m.lease.Until = now.Add(ttl)
	return m.lease, nil
}

func (m *followMemory) Release(_ context.Context, l scraper.Lease) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if l.Fence == m.lease.Fence {
		m.lease.Until = time.Time{}
	}
	return nil
}

func (m *followMemory) SourceHealth(context.Context, string) (scraper.Health, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.health, m.health.Source != "", m.fail("SourceHealth")
}

func (m *followMemory) SaveHealth(_ context.Context, l scraper.Lease, h scraper.Health) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if l.Fence != m.lease.Fence {
		return scraper.ErrLeaseLost
	}
	m.health = h
	return nil
}

// pages is a Getter that asks a handler; every page takes a second.
type pages struct {
	http.Handler
	mu      sync.Mutex
	asked   []time.Time // when the text of the sample act was asked for
	now     int         // under way
	atOnce  int         // the most that were under way
	before  func(context.Context) error
	texts   map[string]string // put over the handler's, by path
	unasked string            // an act that must not be asked for
}

func (p *pages) Get(ctx context.Context, address string, _ fetch.Validators) (fetch.Response, error) {
	p.mu.Lock()
	if strings.HasSuffix(address, "/kaz/docs/"+sampleAct) {
		p.asked = append(p.asked, time.Now())
	}
	if p.unasked != "" && strings.Contains(address, p.unasked) {
		panic("asked for " + address)
	}
	p.now++
	p.atOnce = max(p.atOnce, p.now)
	before := p.before
	text, put := p.texts[strings.TrimPrefix(address, followed)]
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		p.now--
		p.mu.Unlock()
	}()
	if err := (systemClock{}).Sleep(ctx, time.Second); err != nil {
		return fetch.Response{}, err
	}
	if before != nil {
		if err := before(ctx); err != nil {
			return fetch.Response{}, err
		}
	}
	rec := httptest.NewRecorder()
	if put {
		io.WriteString(rec, text)
	} else {
		p.ServeHTTP(rec, httptest.NewRequest("GET", strings.TrimPrefix(address, followed)+"/", nil))
	}
	if rec.Code == http.StatusNotFound {
		return fetch.Response{}, fetch.ErrNotFound
	}
	return fetch.Response{Body: rec.Body.Bytes(), URL: address, Status: rec.Code, ContentType: "text/html; charset=utf-8"}, nil
}

// systemClock is the time of the test's bubble.
type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// following is a store that holds the sample act and a site that has it.
type following struct {
	*testing.T
	store *followMemory
	site  *pages
	log   strings.Builder
}

// follow runs f in a bubble of its own, on a store that has the sample act.
func follow(t *testing.T, f func(t *following)) {
	synctest.Test(t, func(t *testing.T) {
		w := &following{T: t, store: &followMemory{memory: newMemory()},
			site: &pages{Handler: http.FileServer(http.Dir(sampleDir)), texts: map[string]string{}}}
		o := scraper.Options{Act: sampleAct, Source: w.source(), Getter: w.site, Store: w.store, Now: time.Now}
		if _, err := scraper.Run(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		w.site.asked = nil
		f(w)
	})
}

func (w *following) source() scraper.Source {
	src, err := adilet.New(followed)
	if err != nil {
		w.Fatal(err)
	}
	return src
}

// start follows every six hours, as a server of that name, until it is stopped.
func (w *following) start(name string, chance float64) (stop func()) {
	ctx, cancel := context.WithCancel(w.Context())
	var running sync.WaitGroup
	running.Go(func() {
		scraper.Follow{
			Name: "adilet", Prefix: followed + "/", Getter: w.site,
			Open: func(context.Context, law.ActID) (scraper.Source, error) { return w.source(), nil }, Store: w.store, Every: 6 * time.Hour, Clock: systemClock{},
			Chance: func() float64 { return chance }, Holder: name, Log: slog.New(slog.NewTextHandler(&w.log, nil)),
		}.Run(ctx)
	})
	return func() { cancel(); running.Wait() }
}

// TestFollow: at once, then about every six hours; a server that is started
// again keeps to it.
func TestFollow(t *testing.T) {
	for chance, want := range map[float64][]time.Duration{
		0: {0, 324 * time.Minute}, 0.5: {0, 360 * time.Minute}, 0.999: {0, 396 * time.Minute},
	} {
		follow(t, func(t *following) {
			began := time.Now()
			stop := t.start("a", chance)
			time.Sleep(4 * time.Hour)
			stop()
			defer t.start("a", chance)()
			time.Sleep(4 * time.Hour)
			synctest.Wait()
			var got []time.Duration
			for _, at := range t.site.asked {
				got = append(got, at.Sub(began).Truncate(time.Minute))
			}
			if !slices.Equal(got, want) {
				t.Errorf("chance %v: asked after %v, want %v", chance, got, want)
			}
		})
	}
}

func TestFollowHealth(t *testing.T) {
	const text = "/rus/docs/" + sampleAct + "/10.01.2026"
	page := samplePage(t, text)
	outage := fmt.Errorf("%s: answered 503: %w", followed, fetch.ErrUnavailable)
	for name, c := range map[string]struct {
		change func(t *following)
		want   scraper.Health // Looked, Answered and Next apart
		looks  int            // in the first six and a half hours
	}{
		"nothing new": {func(*following) {}, scraper.Health{}, 2},
		"a text changed": {
			func(t *following) {
				t.site.texts[text] = strings.Replace(page, "четырнадцать", "двадцать", 1)
			},
			scraper.Health{Edition: law.EditionKey{Act: sampleAct, Status: law.Enacted, Date: "2026-01-10", Revision: 1, Lang: law.RU}}, 2},
		"a page is refused": {
			func(t *following) {
				t.site.texts[text] = "<html><body>Технические работы</body></html>"
			},
			scraper.Health{RefusedURL: followed + text, RefusedReason: "line 1: the site is under maintenance: no article element"}, 2},
		"the site is down": {
			func(t *following) { t.site.before = func(context.Context) error { return outage } },
			scraper.Health{Failures: 7, Outage: outage.Error()}, 7},
		"the act was taken off": {
			func(t *following) { t.site.Handler = http.NotFoundHandler() },
			scraper.Health{RefusedURL: followed + "/rus/docs/" + sampleAct,
				RefusedReason: "the text is gone from the site, there is no such page any more; the last good texts stay"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			follow(t, func(t *following) {
				c.change(t)
				stop := t.start("a", 0.5)
				time.Sleep(6*time.Hour + 30*time.Minute)
				stop()
				got := t.store.health
				if n := len(t.site.asked); n != c.looks {
					t.Errorf("%d looks, want %d", n, c.looks)
				}
				if got.Looked.IsZero() || !got.Next.After(time.Now()) || got.Changed.IsZero() != (got.Edition == law.EditionKey{}) ||
					got.Refused.IsZero() != (got.RefusedReason == "") || got.Answered.IsZero() != (got.Outage != "") {
					t.Errorf("%+v", got)
				}
				got.Looked, got.Answered, got.Changed, got.Refused, got.Next = time.Time{}, time.Time{}, time.Time{}, time.Time{}, time.Time{}
				c.want.Source = "adilet"
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// TestFollowComesBack: after an outage the source is well again.
func TestFollowComesBack(t *testing.T) {
	follow(t, func(t *following) {
		t.site.before = func(context.Context) error { return fetch.ErrUnavailable }
		defer t.start("a", 0.5)()
		time.Sleep(time.Hour)
		synctest.Wait()
		if h := t.store.health; h.Failures == 0 || !h.Answered.IsZero() {
			t.Errorf("down: %+v", h)
		}
		t.site.mu.Lock()
		t.site.before = nil
		t.site.mu.Unlock()
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if h := t.store.health; h.Failures != 0 || h.Outage != "" || h.Answered.IsZero() {
			t.Errorf("back: %+v", h)
		}
	})
}

// TestFollowSurvivesTheStore: a database that fails for a while ends nothing.
func TestFollowSurvivesTheStore(t *testing.T) {
	for _, what := range []string{"SourceHealth", "SaveVisit"} {
		follow(t, func(t *following) {
			began := time.Now()
			t.store.fail = func(method string) error {
				if method == what && time.Since(began) < time.Hour {
					return errors.New("the disk is full")
				}
				return nil
			}
			stop := t.start("a", 0.5)
			time.Sleep(3 * time.Hour)
			stop()
			if h := t.store.health; h.Answered.IsZero() || !strings.Contains(t.log.String(), "the disk is full") {
				t.Errorf("%s: %+v\n%s", what, h, t.log.String())
			}
		})
	}
}

// TestFollowOneAtATime: three servers, one reader; each look is made once.
func TestFollowOneAtATime(t *testing.T) {
	follow(t, func(t *following) {
		for _, name := range []string{"a", "b", "c"} {
			defer t.start(name, 0.5)()
		}
		time.Sleep(25 * time.Hour)
		synctest.Wait()
		if t.site.atOnce != 1 || len(t.site.asked) != 5 {
			t.Errorf("%d pages at once, %d looks; want 1 and 5", t.site.atOnce, len(t.site.asked))
		}
	})
}

// TestFollowLeaseLost: who has lost the lease stops reading and writes nothing
// more; who is slow keeps it.
func TestFollowLeaseLost(t *testing.T) {
	follow(t, func(t *following) {
		t.site.before = func(ctx context.Context) error { return systemClock{}.Sleep(ctx, 20*time.Minute) }
		defer t.start("a", 0.5)()
		time.Sleep(30 * time.Minute)
		synctest.Wait()
		if _, err := t.store.Lease(t.Context(), "", "b", time.Now(), time.Hour); !errors.Is(err, scraper.ErrHeld) {
			t.Fatalf("a slow reader has lost the lease: %v", err)
		}
		t.store.mu.Lock()
		t.store.lease.Fence++ // as if the reader had been asleep and b had taken it
		t.store.mu.Unlock()
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if t.site.now != 0 || t.store.health.Source != "" {
			t.Errorf("%d pages under way, health %+v", t.site.now, t.store.health)
		}
		if !strings.Contains(t.log.String(), "the lease is lost") {
			t.Error(t.log.String())
		}
	})
}

// TestFollowAfterAKill: a server that was killed while it read has left its
// lease and half a look behind. Another one begins the look anew as soon as the
// lease has run out, and not before.
func TestFollowAfterAKill(t *testing.T) {
	follow(t, func(t *following) {
		began := time.Now()
		dead, err := t.store.Lease(t.Context(), "follow adilet", "dead", began, 5*time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		t.store.health = scraper.Health{Source: "adilet", Refused: began, RefusedURL: followed, RefusedReason: "half-way"}
		for _, name := range []string{"a", "b"} {
			defer t.start(name, 0.5)()
		}
		time.Sleep(15 * time.Minute)
		synctest.Wait()
		if len(t.site.asked) != 1 || t.site.asked[0].Sub(began) < 5*time.Minute || t.site.atOnce != 1 {
			t.Errorf("asked at %v, %d at once; began %v", t.site.asked, t.site.atOnce, began)
		}
		if err := t.store.SaveHealth(t.Context(), dead, scraper.Health{}); !errors.Is(err, scraper.ErrLeaseLost) {
			t.Errorf("the dead server writes: %v", err)
		}
		if h := t.store.health; h.Answered.IsZero() || h.RefusedReason != "half-way" {
			t.Errorf("%+v", h)
		}
	})
}

// TestNote: what a run by hand brought is told of the source, unless a look is
// under way, and puts off no look.
func TestNote(t *testing.T) {
	store := &followMemory{memory: newMemory()}
	now := time.Date(2026, 2, 1, 10, 0, 0, 0, time.UTC)
	key := law.EditionKey{Act: sample.ActID, Lang: law.RU, Status: law.Enacted, Date: sample.Second}
	brought := scraper.Report{Items: []scraper.Item{{Outcome: scraper.Stored, Key: key}, {Outcome: scraper.Unchanged}}}
	note := func(r scraper.Report) {
		t.Helper()
		if err := scraper.Note(t.Context(), store, "adilet", "me", now, r); err != nil {
			t.Fatal(err)
		}
	}
	note(scraper.Report{Items: []scraper.Item{{Outcome: scraper.Unchanged}}})
	if store.health != (scraper.Health{}) {
		t.Errorf("nothing new: %+v", store.health)
	}
	other, err := store.Lease(t.Context(), "follow adilet", "a server", now, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	note(brought)
	if store.health != (scraper.Health{}) {
		t.Errorf("while a server looks: %+v", store.health)
	}
	if err := store.Release(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	note(brought)
	if want := (scraper.Health{Source: "adilet", Changed: now, Edition: key}); store.health != want {
		t.Errorf("got %+v, want %+v", store.health, want)
	}
	if _, err := store.Lease(t.Context(), "follow adilet", "a server", now, time.Minute); err != nil {
		t.Errorf("the lease is kept: %v", err)
	}
}

// TestFollowNothing: with no act to follow nothing is asked for and nothing is
// said of the source.
func TestFollowNothing(t *testing.T) {
	follow(t, func(t *following) {
		t.store.acts = func() ([]law.ActID, error) { return nil, nil }
		stop := t.start("a", 0.5)
		time.Sleep(7 * time.Hour)
		stop()
		if len(t.site.asked) != 0 || t.store.health.Source != "" || t.log.Len() > 0 {
			t.Errorf("%d looks, %+v\n%s", len(t.site.asked), t.store.health, t.log.String())
		}
	})
}

// TestFollowOnlyItsOwn: acts that came from another site are left alone.
func TestFollowOnlyItsOwn(t *testing.T) {
	follow(t, func(t *following) {
		elsewhere := t.store.editions[0]
		elsewhere.Act, elsewhere.SourceURL = "Z9900000001", "http://127.0.0.1:4000/kaz/docs/Z9900000001"
		t.store.editions = append(t.store.editions, elsewhere)
		t.site.unasked = string(elsewhere.Act)
		stop := t.start("a", 0.5)
		time.Sleep(time.Hour)
		stop()
		if len(t.site.asked) != 1 {
			t.Errorf("%d looks, want 1", len(t.site.asked))
		}
	})
}
