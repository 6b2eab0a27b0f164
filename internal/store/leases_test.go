package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestLease(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		minute := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
		take := func(name, holder string, at, want int) scraper.Lease {
			t.Helper()
			l, err := s.Lease(ctx, name, holder, minute(at), 10*time.Minute)
			if want == 0 {
				if !errors.Is(err, scraper.ErrHeld) {
					t.Fatalf("%s took %s at minute %d: %+v, %v", holder, name, at, l, err)
				}
				return l
			}
			if wanted := (scraper.Lease{Name: name, Holder: holder, Fence: int64(want), Until: minute(at + 10)}); err != nil || l != wanted {
				t.Fatalf("%+v, %v; want %+v", l, err, wanted)
			}
			return l
		}
		first := take("follow adilet", "a", 0, 1)
		take("follow zan", "b", 0, 1) // another name is another lease
		take("follow adilet", "b", 1, 0)
		take("follow adilet", "a", 1, 0) // nor to itself
		first, err := s.Renew(ctx, first, minute(9), 10*time.Minute)
		if err != nil || first.Until != minute(19) {
			t.Fatalf("%+v, %v", first, err)
		}
		take("follow adilet", "b", 18, 0)
		// It ran out, nobody took it: still a's.
		if first, err = s.Renew(ctx, first, minute(25), 10*time.Minute); err != nil {
			t.Fatal(err)
		}
		second := take("follow adilet", "b", 35, 2)
		if _, err := s.Renew(ctx, first, minute(36), 10*time.Minute); !errors.Is(err, scraper.ErrLeaseLost) {
			t.Errorf("renewed what b has: %v", err)
		}
		if err := s.Release(ctx, first); err != nil {
			t.Error(err)
		}
		take("follow adilet", "a", 37, 0)
		if err := s.Release(ctx, second); err != nil {
			t.Error(err)
		}
		take("follow adilet", "a", 37, 3)
	})
}

func TestHealth(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		if h, ok, err := s.SourceHealth(ctx, "adilet"); ok || err != nil {
			t.Fatalf("never looked: %+v, %t, %v", h, ok, err)
		}
		late, err := s.Lease(ctx, "follow", "a", noon, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		lease, err := s.Lease(ctx, "follow", "b", noon.Add(time.Hour), time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		want := scraper.Health{
			Source: "adilet", Looked: noon, Answered: noon.Add(time.Minute), Changed: noon.Add(2 * time.Minute),
			Edition: law.EditionKey{Act: sampleAct, Status: law.Enacted, Date: "2026-03-01", Revision: 2, Lang: law.KK},
			Refused: noon.Add(3 * time.Minute), RefusedURL: "https://example.org/1", RefusedReason: "no article",
			Failures: 3, Outage: "answered 503", Next: noon.Add(time.Hour),
		}
		never := scraper.Health{Source: "zan"}
		for _, h := range []scraper.Health{{Source: "adilet", Looked: noon}, want, never} {
			if err := s.SaveHealth(ctx, lease, h); err != nil {
				t.Fatal(err)
			}
			if err := s.SaveHealth(ctx, late, scraper.Health{Source: h.Source}); !errors.Is(err, scraper.ErrLeaseLost) {
				t.Errorf("stored by one who lost the lease: %v", err)
			}
		}
		if got, ok, err := s.SourceHealth(ctx, "adilet"); !ok || err != nil || cmp.Diff(want, got) != "" {
			t.Errorf("%t, %v, %s", ok, err, cmp.Diff(want, got))
		}
		if got, ok, err := s.SourceHealth(ctx, "zan"); !ok || err != nil || cmp.Diff(never, got) != "" {
			t.Errorf("%t, %v, %s", ok, err, cmp.Diff(never, got))
		}
		// A reason that quotes what is no text is not lost over it.
		quoting := scraper.Health{Source: "zan", RefusedReason: "\xff\x00", Outage: "\x00"}
		if err := s.SaveHealth(ctx, lease, quoting); err != nil {
			t.Error(err)
		}
		// The lease was not shortened by all that.
		if _, err := s.Lease(ctx, "follow", "c", noon.Add(time.Hour+30*time.Second), time.Minute); !errors.Is(err, scraper.ErrHeld) {
			t.Error(err)
		}
	})
}

func TestActsFrom(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		for _, e := range []struct {
			act     law.ActID
			version string
			url     string
		}{
			{"Z2600000001", "2026-01-15", "https://example.org/a"},
			{"Z2600000001", "2026-02-15", "https://example.org/b"},
			{"Z2600000002", "proposed-2026-01-15", "https://example.org/c"},
			{"Z2600000003", "2026-01-15", "http://127.0.0.1:4000/a"},
			{"Z2600000004", "2026-01-15", ""},
			{"K2600000005", "2026-01-15", "https://example.org/"},
		} {
			edition := sampleEdition(t, e.version, law.RU, "текст")
			edition.Act, edition.SourceURL = e.act, e.url
			add(t, s, edition)
		}
		got, err := s.ActsFrom(t.Context(), "https://example.org/")
		if err != nil || cmp.Diff([]law.ActID{"K2600000005", "Z2600000001"}, got) != "" {
			t.Errorf("%v, %v", got, err)
		}
	})
}

// leaseRounds is how often each of two processes takes the lease in
// TestLeaseOfTwoProcesses.
const leaseRounds = 40

// playLease is the role of a process that takes the lease as often, writes what
// it finds under it into the health of the source, one more than before, and
// gives it back.
func playLease(ctx context.Context, s *Store) error {
	fmt.Println("ready")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	for taken := 0; taken < leaseRounds; {
		l, err := s.Lease(ctx, "count", fmt.Sprint(os.Getpid()), noon, time.Hour)
		if errors.Is(err, scraper.ErrHeld) {
			continue
		}
		if err != nil {
			return err
		}
		h, _, err := s.SourceHealth(ctx, "count")
		if err != nil {
			return err
		}
		h.Source = "count"
		h.Failures++
		if err := s.SaveHealth(ctx, l, h); err != nil {
			return err
		}
		if err := s.Release(ctx, l); err != nil {
			return err
		}
		taken++
	}
	fmt.Println("done")
	return nil
}

// TestLeaseOfTwoProcesses counts under the lease: were there ever two holders at
// a time, a count would be lost.
func TestLeaseOfTwoProcesses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := openTest(t, url)
		both := startBoth(t, "lease", url)
		for _, p := range both {
			if !p.out.Scan() || p.out.Text() != "done" {
				t.Errorf("said %q", p.out.Text())
			}
			if err := p.Wait(); err != nil {
				t.Error(err)
			}
		}
		h, _, err := s.SourceHealth(t.Context(), "count")
		if err != nil || h.Failures != 2*leaseRounds {
			t.Errorf("counted %d, %v; want %d", h.Failures, err, 2*leaseRounds)
		}
		if l, err := s.Lease(t.Context(), "count", "test", noon, time.Hour); err != nil || l.Fence != 2*leaseRounds+1 {
			t.Errorf("%+v, %v", l, err)
		}
	})
}
