package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	for _, tt := range []struct {
		name    string
		robots  http.HandlerFunc
		allowed bool
		busy    bool // ErrUnavailable as well
	}{
		{"none", status(404), true, false},
		{"forbidden to read", status(403), true, false},
		{"empty", say(""), true, false},
		{"other paths", say("User-agent: *\nDisallow: /search/\n"), true, false},
		{"everything", say("User-agent: *\nDisallow: /\n"), false, false},
		{"others only", say("User-agent: Googlebot\nDisallow: /\n"), true, false},
		{"us by name", say("User-agent: *\nAllow: /\n\nUser-agent: tuzetu\nDisallow: /docs/\n"), false, false},
		{"a longer Allow wins", say("User-agent: *\nDisallow: /docs\nAllow: /docs/a\n"), true, false},
		{"with a query", say("User-agent: *\nDisallow: /docs/a?b\n"), false, false},
		{"redirected", to("/rules"), false, false},
		{"redirected in a circle", to("/robots.txt"), false, true},
		{"500", status(500), false, true},
		{"429", status(429), false, true},
		{"connection broken", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, false, true},
		{"cut", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "User-agent: *")
		}, false, true},
		{"a rule for nobody", say("Disallow: /\n"), true, false},
		{"a delay that is no number", say("User-agent: *\nCrawl-delay: NaN\n"), true, false},
		{"a delay before the present", say("User-agent: Bingbot\nCrawl-delay: -5\n\nUser-agent: *\nDisallow: /search/\n"), true, false},
		{"a delay without end", say("User-agent: *\nCrawl-delay: Inf\nAllow: /\n"), true, false},
		{"a delay of nothing", say("User-agent: *\nCrawl-delay:\nDisallow: /search/\n"), true, false},
		{"a bad line and a good one", say("User-agent: *\nCrawl-delay: 10 s, please\nwhat is this\n: \nDisallow: /docs/\n"), false, false},
		{"a bad delay ends a list of agents", say("User-agent: Tuzetu\nCrawl-delay: -5\nUser-agent: *\nDisallow: /\n"), true, false},
		{"an empty rule ends a list of agents", say("User-agent: Tuzetu\nDisallow:\nUser-agent: *\nDisallow: /\n"), true, false},
		{"a blank before the colon", say("\ufeffUser-agent : *\r\nDisallow : /docs/ # all\r\n"), false, false},
		{"centuries between requests", say("User-agent: *\nCrawl-delay: 1e300\n"), false, false},
		{"an hour between requests", say("User-agent: *\nCrawl-delay: 3600\n"), false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, map[string]http.HandlerFunc{
				"/robots.txt": tt.robots, "/docs/a": say("text"), "/rules": say("User-agent: *\nDisallow: /docs/\n"),
			})
			_, err := newFetcher(t, newClock(), nil, s).Get(t.Context(), s.URL+"/docs/a?b=1", Validators{})
			if tt.allowed != (err == nil) || !tt.allowed && !errors.Is(err, ErrRobots) || tt.busy != errors.Is(err, ErrUnavailable) {
				t.Errorf("got %v", err)
			}
			if !tt.allowed && s.count("/docs/a") > 0 {
				t.Error("the page was asked for all the same")
			}
		})
	}
}

func TestRobotsAreReadOnceADay(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/robots.txt": say("User-agent: *\nDisallow: /x\n"), "/a": say("a")})
	c := newClock()
	f := newFetcher(t, c, nil, s)
	for i, want := range []int{1, 1, 2} {
		if i == 2 {
			c.Sleep(t.Context(), robotsLifetime)
		}
		if _, err := f.Get(t.Context(), s.URL+"/a", Validators{}); err != nil {
			t.Fatal(err)
		}
		if got := s.count("/robots.txt"); got != want {
			t.Errorf("get %d: robots.txt was read %d times, want %d", i+1, got, want)
		}
	}
}

func TestRobotsOnRedirect(t *testing.T) {
	other := newSite(t, map[string]http.HandlerFunc{"/robots.txt": say("User-agent: *\nDisallow: /\n"), "/b": say("b")})
	s := newSite(t, map[string]http.HandlerFunc{"/a": to(other.URL + "/b")})
	_, err := newFetcher(t, newClock(), nil, s, other).Get(t.Context(), s.URL+"/a", Validators{})
	if !errors.Is(err, ErrRobots) || other.count("/b") > 0 {
		t.Errorf("got %v, and the page was asked for %d times", err, other.count("/b"))
	}
}

func TestPause(t *testing.T) {
	for _, tt := range []struct {
		robots string
		pause  time.Duration
		want   time.Duration
	}{
		{"", 0, time.Second},
		{"", time.Millisecond, time.Millisecond},
		{"User-agent: *\nCrawl-delay: 7\n", time.Millisecond, 7 * time.Second},
		{"User-agent: *\nCrawl-delay: 0.5\n", time.Minute, 500 * time.Millisecond},
	} {
		s := newSite(t, map[string]http.HandlerFunc{"/robots.txt": say(tt.robots), "/a": say("a")})
		c := newClock()
		f := newFetcher(t, c, func(cfg *Config) { cfg.Pause = tt.pause }, s)
		for range 3 {
			if _, err := f.Get(t.Context(), s.URL+"/a", Validators{}); err != nil {
				t.Fatal(err)
			}
		}
		// The pause after robots.txt is ours: its Crawl-delay was not known yet.
		if got := c.slept[1:]; !slices.Equal(got, []time.Duration{tt.want, tt.want}) {
			t.Errorf("robots %q, pause %s: slept %v, want %s each time", tt.robots, tt.pause, got, tt.want)
		}
	}
}

func TestOneRequestAtATime(t *testing.T) {
	var mu sync.Mutex
	under, most := 0, 0
	page := func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		under++
		most = max(most, under)
		mu.Unlock()
		fmt.Fprint(w, strings.Repeat("a", 1<<18))
		mu.Lock()
		under--
		mu.Unlock()
	}
	s := newSite(t, map[string]http.HandlerFunc{"/a": page})
	f := newFetcher(t, newClock(), nil, s)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := f.Get(t.Context(), s.URL+"/a", Validators{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most != 1 {
		t.Errorf("%d requests at once", most)
	}
}

// TestHostsDoNotWaitForEachOther: while one host is silent another answers.
func TestHostsDoNotWaitForEachOther(t *testing.T) {
	asked, release := make(chan bool), make(chan bool)
	slow := newSite(t, map[string]http.HandlerFunc{"/a": func(http.ResponseWriter, *http.Request) { asked <- true; <-release }})
	quick := newSite(t, map[string]http.HandlerFunc{"/a": say("a")})
	f := newFetcher(t, newClock(), nil, slow, quick)
	done := make(chan error)
	go func() { _, err := f.Get(t.Context(), slow.URL+"/a", Validators{}); done <- err }()
	<-asked
	if _, err := f.Get(t.Context(), quick.URL+"/a", Validators{}); err != nil {
		t.Error(err)
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
}
