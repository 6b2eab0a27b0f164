package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// keysEnv names the key folder of the role "news".
const keysEnv = "TUZETU_STORE_TEST_KEYS"

// telling says each letter it is given, in a line.
type telling struct{ mu sync.Mutex }

func (p *telling) Send(_ context.Context, l intake.Letter) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, err := fmt.Println(l.To, l.News.Title.In(law.RU))
	return err
}

// playNews writes the letters of mailings until it is killed.
func playNews(ctx context.Context, s *Store) error {
	keys, err := gate.OpenKeyFolder(os.Getenv(keysEnv), rand.Reader)
	if err != nil {
		return err
	}
	courier, err := intake.NewCourier(s, keys, &telling{}, time.Now)
	if err != nil {
		return err
	}
	news, err := intake.NewNewsLetters(courier, s)
	if err != nil {
		return err
	}
	quiet := slog.New(slog.DiscardHandler)
	walk := &intake.Mailings{Store: s, Holder: rand.Text(), Random: rand.Reader, Now: time.Now, Logger: quiet}
	runner := &jobs.Runner{Store: s, Handlers: news.Handlers(), Now: time.Now, Logger: quiet, Workers: 4, Every: 5 * time.Millisecond}
	var both sync.WaitGroup
	both.Go(func() { walk.Run(ctx) })
	both.Go(func() { runner.Run(ctx) })
	both.Wait()
	return nil
}

// TestKilledWhileMailing kills servers that write news: nobody gets a letter
// twice, and nobody is left out but those whose letter was in the hands of the
// one that was killed, as nobody knows whether it went.
func TestKilledWhileMailing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		n := openNewsroom(openCampaign(t, openTest(t, url)), "the last")
		t.Setenv(keysEnv, n.folder)
		const people = 300
		n.wanting(people)
		n.publish("1")
		n.publish("2")
		times := map[string]int{}
		for range 3 {
			p := start(t, "news", url)
			for range 90 {
				if !p.out.Scan() {
					t.Fatal("the process ended by itself")
				}
				times[p.out.Text()]++
			}
			if err := p.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			for p.out.Scan() {
				times[p.out.Text()]++
			}
			p.Wait() // "signal: killed"
			// Its lease runs out, for the next one as for a clock that went on.
			if _, err := n.s.write.Exec(`UPDATE leases SET until_at = '2026-01-01T00:00:00.000000Z'`); err != nil {
				t.Fatal(err)
			}
		}
		_, lost, err := n.s.CountJobs(t.Context())
		n.must(err)
		n.pass(time.Until(n.clock()).Abs() + time.Minute)
		for _, l := range n.post() {
			times[l.To+" "+l.News.Title.In(law.RU)]++
		}
		for letter, many := range times {
			if many > 1 {
				t.Errorf("%s: %d times", letter, many)
			}
		}
		if len(times) > 2*people || len(times) < 2*people-lost || lost > 3*32 {
			t.Errorf("%d letters of %d, %d in the hands of the killed", len(times), 2*people, lost)
		}
	})
}
