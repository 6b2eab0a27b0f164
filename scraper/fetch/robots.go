package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/temoto/robotstxt"
)

const (
	robotsLifetime  = 24 * time.Hour // RFC 9309, 2.4
	robotsRedirects = 5              // 2.3.1.2
	maxRobotsBytes  = 512 << 10      // 2.5 asks for 500 KiB at least
	// A site that wants more time than this between requests does not want a
	// program to read it page by page.
	maxCrawlDelay = 5 * time.Minute
	longestDelay  = 1e9 // seconds; the library counts nanoseconds, and more would overflow
)

// rules is what a host's robots.txt says to us.
type rules struct {
	group *robotstxt.Group // nil: everything is allowed
	until time.Time
}

func (r *rules) allow(u *url.URL) bool {
	if r.group == nil {
		return true
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return r.group.Test(path)
}

// pause is the host's Crawl-delay, or ours where it has none.
func (r *rules) pause(ours time.Duration) time.Duration {
	if r.group != nil && r.group.CrawlDelay > 0 {
		return r.group.CrawlDelay
	}
	return ours
}

// robots returns the rules of req's host, fetching them on the first request
// and again after a day. A host whose rules cannot be read is not asked for
// anything else; a host that has none (4xx) allows everything.
func (p *polite) robots(req *http.Request) (*rules, error) {
	h := p.host(req)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rules != nil && p.clock.Now().Before(h.rules.until) {
		return h.rules, nil
	}
	status, body, err := p.fetchRobots(req)
	if err != nil {
		if ctxErr := req.Context().Err(); ctxErr != nil {
			return nil, ctxErr
		}
		if !permanent(err) && !errors.Is(err, ErrUnavailable) {
			err = fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		return nil, &unread{err}
	}
	r := &rules{until: p.clock.Now().Add(robotsLifetime)}
	if status == http.StatusOK {
		data, err := robotstxt.FromBytes(readable(body))
		if err != nil {
			return nil, fmt.Errorf("%w: it cannot be understood: %w", ErrRobots, err)
		}
		r.group = data.FindGroup(p.agent)
	}
	if d := r.pause(0); d > maxCrawlDelay {
		return nil, fmt.Errorf("%w: it asks for %s between two requests, more than %s", ErrRobots, d, maxCrawlDelay)
	}
	h.rules = r
	return r, nil
}

// readable keeps the lines of a robots.txt that can be understood (RFC 9309,
// 2.3.1.5); the library would refuse the whole file over one that cannot, and
// mistake a blank before the colon. A rule before the first User-agent is
// nobody's. A delay that is no number still ends a list of agents, as a rule
// without a path does.
func readable(body []byte) []byte {
	var out bytes.Buffer
	group := false
	lines := strings.FieldsFunc(strings.TrimPrefix(string(body), "\ufeff"), func(r rune) bool { return r == '\n' || r == '\r' })
	for _, line := range lines {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		key = strings.ToLower(strings.TrimSpace(key))
		if fields := strings.Fields(value); len(fields) > 0 {
			value = fields[0]
		} else {
			value = ""
		}
		switch key {
		case "user-agent", "useragent":
			if group = group || value != ""; value == "" {
				continue
			}
		case "allow", "disallow":
		case "crawl-delay", "crawldelay":
			s, err := strconv.ParseFloat(value, 64)
			if err != nil || math.IsNaN(s) || math.IsInf(s, 0) || s < 0 {
				key, value = "disallow", ""
			} else if s > longestDelay {
				value = strconv.Itoa(longestDelay)
			}
		default:
			continue
		}
		if ok && group {
			fmt.Fprintf(&out, "%s: %s\n", key, value)
		}
	}
	return out.Bytes()
}

// unread is a robots.txt that could not be read.
type unread struct{ err error }

func (u *unread) Error() string {
	return "robots.txt cannot be read, so no page is asked for: " + u.err.Error()
}
func (u *unread) Unwrap() error        { return u.err }
func (u *unread) Is(target error) bool { return target == ErrRobots }

func (p *polite) fetchRobots(req *http.Request) (status int, body []byte, err error) {
	u := &url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: "/robots.txt"}
	for range 1 + robotsRedirects {
		ask, err := http.NewRequestWithContext(req.Context(), http.MethodGet, u.String(), nil)
		if err != nil {
			return 0, nil, err
		}
		ask.Header.Set("User-Agent", p.agent)
		resp, err := p.exchange(ask, p.pause, maxRobotsBytes)
		if err != nil {
			return 0, nil, err
		}
		switch s := resp.StatusCode; {
		case s >= 300 && s < 400:
			if u, err = u.Parse(resp.Header.Get("Location")); err != nil {
				return 0, nil, fmt.Errorf("%w: %w", ErrRedirect, err)
			}
			if u.Scheme != "https" && u.Scheme != req.URL.Scheme {
				return 0, nil, fmt.Errorf("%w: to %s", ErrRedirect, u)
			}
		case s == http.StatusOK || s >= 400 && s < 500 && s != http.StatusTooManyRequests && s != http.StatusRequestTimeout:
			body, err := io.ReadAll(resp.Body)
			return s, body, err
		default:
			return 0, nil, p.busy(resp)
		}
	}
	return 0, nil, errors.New("too many redirects")
}
