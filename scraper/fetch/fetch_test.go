package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// clock moves on by sleeping only, and remembers how long was slept.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{now: time.Now()} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 {
		c.now = c.now.Add(d)
		c.slept = append(c.slept, d)
	}
	return ctx.Err()
}

// site is a server that remembers what it was asked.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
	heads []http.Header
}

func newSite(t *testing.T, pages map[string]http.HandlerFunc) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		s.heads = append(s.heads, r.Header.Clone())
		s.mu.Unlock()
		if h := pages[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, p := range s.asked {
		if p == path {
			n++
		}
	}
	return n
}

func newFetcher(t *testing.T, c *clock, change func(*Config), sites ...*site) *Fetcher {
	t.Helper()
	cfg := Config{
		Contact: "https://example.org/bot", Version: "1.0", Clock: c, Chance: func() float64 { return 0 },
		Timeout: 5 * time.Second, Tries: 3, MaxBody: 1 << 20,
	}
	for _, s := range sites {
		cfg.Private = append(cfg.Private, s.URL)
	}
	if change != nil {
		change(&cfg)
	}
	f, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func say(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }
}

func discard() *log.Logger { return log.New(io.Discard, "", 0) }

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func to(address string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, address, http.StatusFound) }
}

func TestGet(t *testing.T) {
	packed := func(size int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			z.Write(bytes.Repeat([]byte("a"), size))
			z.Close()
		}
	}
	for _, tt := range []struct {
		name  string
		page  http.HandlerFunc
		want  string
		err   error
		tries int
	}{
		{"a page", say("text"), "text", nil, 1},
		{"an empty page", say(""), "", nil, 1},
		{"packed", packed(3), "aaa", nil, 1},
		{"as large as the limit", say(strings.Repeat("a", 1<<20)), strings.Repeat("a", 1<<20), nil, 1},
		{"a byte over the limit", say(strings.Repeat("a", 1<<20+1)), "", ErrTooLarge, 1},
		{"small on the wire, over the limit when unpacked", packed(1<<20 + 1), "", ErrTooLarge, 1},
		{"packed twice over by Content-Type", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/gzip")
			fmt.Fprint(w, "not unpacked")
		}, "not unpacked", nil, 1},
		{"packed as not asked", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			fmt.Fprint(w, "?")
		}, "", ErrAnswer, 1},
		{"shorter than promised", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "short")
		}, "", ErrShortBody, 3},
		{"packed and cut", func(w http.ResponseWriter, _ *http.Request) {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write([]byte("a text that is cut"))
			z.Close()
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(b.Bytes()[:b.Len()-12])
		}, "", ErrShortBody, 3},
		{"bytes stay as they came", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=windows-1251")
			w.Write([]byte{0xC7, 0xE0, 0xEA, 0xEE, 0xED})
		}, "\xC7\xE0\xEA\xEE\xED", nil, 1},
		{"404", status(404), "", ErrNotFound, 1},
		{"410", status(410), "", ErrNotFound, 1},
		{"403", status(403), "", ErrAnswer, 1},
		{"206 without asking for a range", status(206), "", ErrAnswer, 1},
		{"304 without asking", status(304), "", ErrAnswer, 1},
		{"packed and damaged", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, "no gzip at all")
		}, "", ErrBroken, 3},
		{"headers too large", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Large", strings.Repeat("a", 300<<10))
			fmt.Fprint(w, "text")
		}, "", ErrBroken, 3},
		{"500", status(500), "", ErrBroken, 3},
		{"502", status(502), "", ErrUnavailable, 3},
		{"503", status(503), "", ErrUnavailable, 3},
		{"429", status(429), "", ErrUnavailable, 3},
		{"connection broken", func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }, "", ErrUnavailable, 3},
		{"redirect", to("/other/"), "the other", nil, 1},
		{"redirect in a circle", to("/page"), "", ErrRedirect, 1 + maxRedirects},
		{"redirect out of the web", to("ftp://127.0.0.1/"), "", ErrRedirect, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, map[string]http.HandlerFunc{"/page": tt.page, "/other/": say("the other")})
			r, err := newFetcher(t, newClock(), nil, s).Get(t.Context(), s.URL+"/page", Validators{})
			if !errors.Is(err, tt.err) || tt.err == nil && string(r.Body) != tt.want {
				t.Errorf("got %d bytes and %v, want %d bytes and %v", len(r.Body), err, len(tt.want), tt.err)
			}
			if got := s.count("/page"); got != max(tt.tries, 1) && !(tt.name == "connection broken" && got >= tt.tries) {
				t.Errorf("asked %d times, want %d", got, tt.tries)
			}
			if ownFailure(err) && errors.Is(err, ErrUnavailable) {
				t.Errorf("the site is blamed for its page: %v", err)
			}
			if err != nil && !strings.Contains(err.Error(), s.URL+"/page") {
				t.Errorf("the error does not name the page: %v", err)
			}
		})
	}
}

func TestSaysWhoItIs(t *testing.T) {
	t.Setenv("COLLY_USER_AGENT", "somebody else")
	s := newSite(t, map[string]http.HandlerFunc{"/page": say("text")})
	if _, err := newFetcher(t, newClock(), nil, s).Get(t.Context(), s.URL+"/page", Validators{}); err != nil {
		t.Fatal(err)
	}
	for i, h := range s.heads {
		if got, want := h.Get("User-Agent"), "Tuzetu/1.0 (+https://example.org/bot)"; got != want {
			t.Errorf("%s was asked by %q, want %q", s.asked[i], got, want)
		}
	}
	if _, err := New(Config{Clock: newClock(), Chance: func() float64 { return 0 }}); err == nil {
		t.Error("a Fetcher without a contact was made")
	}
}

func TestConditionalGet(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{
		"/old": to("/page"),
		"/page": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"v1"`)
			w.Header().Set("Last-Modified", "Mon, 02 Mar 2026 00:00:00 GMT")
			if r.Header.Get("If-None-Match") == `"v1"` || r.Header.Get("If-Modified-Since") == "Mon, 02 Mar 2026 00:00:00 GMT" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, "text")
		},
	})
	f := newFetcher(t, newClock(), nil, s)
	first, err := f.Get(t.Context(), s.URL+"/old", Validators{})
	if err != nil || first.NotModified || string(first.Body) != "text" || first.URL != s.URL+"/page" {
		t.Fatalf("first: %+v, %v", first, err)
	}
	for _, v := range []Validators{{ETag: first.ETag}, {LastModified: first.LastModified}} {
		r, err := f.Get(t.Context(), s.URL+"/old", v)
		if err != nil || !r.NotModified || len(r.Body) > 0 {
			t.Errorf("with %+v: %+v, %v", v, r, err)
		}
	}
}

func TestTriesAgain(t *testing.T) {
	for _, tt := range []struct {
		name  string
		after func(now time.Time) string
		want  []time.Duration // waits of at least a back-off
		ok    bool
	}{
		{"as long as it takes", func(time.Time) string { return "" }, []time.Duration{firstBackoff / 2, firstBackoff}, true},
		{"seconds", func(time.Time) string { return "90" }, []time.Duration{90 * time.Second, 90 * time.Second}, true},
		{"a date", func(now time.Time) string { return now.Add(100 * time.Second).UTC().Format(http.TimeFormat) }, nil, true},
		{"the past", func(now time.Time) string { return now.Add(-time.Hour).UTC().Format(http.TimeFormat) }, []time.Duration{firstBackoff / 2, firstBackoff}, true},
		{"too long", func(time.Time) string { return "86400" }, nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newClock()
			fails := 2
			s := newSite(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, _ *http.Request) {
				if fails == 0 {
					fmt.Fprint(w, "a")
					return
				}
				fails--
				w.Header().Set("Retry-After", tt.after(c.Now()))
				w.WriteHeader(http.StatusServiceUnavailable)
			}})
			begin := c.Now()
			_, err := newFetcher(t, c, func(cfg *Config) { cfg.Pause = time.Nanosecond }, s).Get(t.Context(), s.URL+"/a", Validators{})
			if tt.ok != (err == nil) {
				t.Fatalf("got %v", err)
			}
			if !tt.ok {
				if s.count("/a") != 1 || !strings.Contains(err.Error(), "24h") {
					t.Errorf("asked %d times: %v", s.count("/a"), err)
				}
				return
			}
			if tt.name == "a date" {
				if got := c.Now().Sub(begin); got < 198*time.Second || got > 202*time.Second {
					t.Errorf("waited %s in all, want about 200 s", got)
				}
				return
			}
			waits := slices.DeleteFunc(c.slept, func(d time.Duration) bool { return d < firstBackoff/2 })
			if !slices.Equal(waits, tt.want) {
				t.Errorf("waited %v, want %v", waits, tt.want)
			}
		})
	}
}

func TestWaitGrowsAndEnds(t *testing.T) {
	full := func() float64 { return 1 }
	for tries, want := range []time.Duration{1: 2 * time.Second, 2: 4 * time.Second, 5: 32 * time.Second, 6: time.Minute, 20: time.Minute} {
		if want == 0 {
			continue
		}
		if d, ok := wait(ErrUnavailable, tries, full); d != want || !ok {
			t.Errorf("after %s tries: %s, want %s", strconv.Itoa(tries), d, want)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := newSite(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		w.WriteHeader(500)
	}})
	_, err := newFetcher(t, newClock(), nil, s).Get(ctx, s.URL+"/a", Validators{})
	if !errors.Is(err, context.Canceled) || s.count("/a") != 1 {
		t.Errorf("asked %d times: %v", s.count("/a"), err)
	}
}

func TestTimeout(t *testing.T) {
	release := make(chan bool)
	s := newSite(t, map[string]http.HandlerFunc{"/a": func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}})
	defer close(release)
	f := newFetcher(t, newClock(), func(cfg *Config) { cfg.Timeout, cfg.Tries = 50*time.Millisecond, 2 }, s)
	if _, err := f.Get(t.Context(), s.URL+"/a", Validators{}); !errors.Is(err, ErrUnavailable) {
		t.Errorf("got %v", err)
	}
}
