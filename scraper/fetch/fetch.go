// Package fetch gets pages from official sites politely and safely. It is the
// only room that knows colly.
//
// It obeys robots.txt, asks a host one thing at a time with a pause between,
// asks for changed pages only, comes back later when told to, and says who it
// is. It gives a page whole or not at all, dials no private address, and
// verifies every certificate to a root.
//
// It never reads what a page says, never follows a link, and keeps nothing but
// robots.txt and the certificates that complete a chain, both in memory.
package fetch

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"
)

// Defaults of Config.
const (
	DefaultPause   = time.Second
	DefaultTimeout = time.Minute
	DefaultTries   = 5
	// The largest page known, a code of 1.5 MB of text, has 4 MB with its markup.
	DefaultMaxBody = 32 << 20
)

const maxRedirects = 5

// Config says how to behave. Contact, Clock and Chance must be given.
type Config struct {
	// Contact is a mail or web address for the people who run the site:
	// it stands in every User-Agent.
	Contact string
	Version string // of this program; may be empty

	Clock  Clock
	Chance func() float64 // in [0,1), for the back-off

	// Private are addresses ("http://127.0.0.1:8080") whose host and port may
	// lie in a private network: what the operator named with --base-url. A
	// redirect away from them is guarded like everything else.
	Private []string

	Pause   time.Duration  // between requests where robots.txt has no Crawl-delay
	Timeout time.Duration  // of one exchange
	Tries   int            // of one page
	MaxBody int64          // bytes, after unpacking
	Roots   *x509.CertPool // nil: the system's
	Log     *slog.Logger   // nil: silent; gets waits and further tries
}

// Fetcher gets pages. It may be used by several goroutines: requests to one
// host then stand in line.
type Fetcher struct {
	cfg       Config
	agent     string
	collector *colly.Collector
}

// New checks the configuration and fills in the defaults.
func New(cfg Config) (*Fetcher, error) {
	if strings.TrimSpace(cfg.Contact) == "" || strings.ContainsAny(cfg.Contact, "\r\n()") {
		return nil, errors.New("a contact is needed for the User-Agent: a mail or web address")
	}
	if cfg.Clock == nil || cfg.Chance == nil {
		return nil, errors.New("fetch: Clock and Chance must be given")
	}
	cfg.Pause = orDefault(cfg.Pause, DefaultPause)
	cfg.Timeout = orDefault(cfg.Timeout, DefaultTimeout)
	cfg.Tries = orDefault(cfg.Tries, DefaultTries)
	cfg.MaxBody = orDefault(cfg.MaxBody, DefaultMaxBody)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	agent := "Tuzetu"
	if cfg.Version != "" {
		agent += "/" + cfg.Version
	}
	agent += " (+" + cfg.Contact + ")"

	g, err := newGuard(cfg.Private)
	if err != nil {
		return nil, err
	}
	ch, err := newChains(cfg.Roots, g, cfg.Clock.Now, agent)
	if err != nil {
		return nil, err
	}
	c := colly.NewCollector(colly.UserAgent(agent), colly.AllowURLRevisit(), colly.ParseHTTPErrorResponse(), colly.IgnoreRobotsTxt(), colly.MaxBodySize(0))
	c.DisableCookies()
	c.SetRequestTimeout(0) // the wait for a host's turn is no part of Timeout
	c.SetRedirectHandler(redirect)
	c.WithTransport(keepCharset{&polite{
		// No proxy: it would dial in our place, past the guard.
		base:    &http.Transport{DialContext: g.dial, DialTLSContext: ch.dialTLS, MaxIdleConnsPerHost: 1, IdleConnTimeout: 30 * time.Second, MaxResponseHeaderBytes: 256 << 10},
		clock:   cfg.Clock,
		agent:   agent,
		pause:   cfg.Pause,
		timeout: cfg.Timeout,
		limit:   cfg.MaxBody,
		hosts:   map[string]*host{},
	}})
	return &Fetcher{cfg: cfg, agent: agent, collector: c}, nil
}

func orDefault[T int | int64 | time.Duration](v, def T) T {
	if v <= 0 {
		return def
	}
	return v
}

// redirect refuses chains that are too long and a step from https down to http,
// where anyone on the way could write the law. Where a redirect leads is the
// guard's and robots.txt's business.
func redirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return fmt.Errorf("%w: more than %d", ErrRedirect, maxRedirects)
	}
	if via[len(via)-1].URL.Scheme == "https" && req.URL.Scheme != "https" {
		return fmt.Errorf("%w: from https to %s", ErrRedirect, req.URL)
	}
	return nil
}

// keepCharset hides the declared charset from colly, which would otherwise
// convert the body: the bytes of an official page are kept as they came.
type keepCharset struct{ *polite }

const declaredType = "X-Tuzetu-Content-Type"

func (k keepCharset) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := k.polite.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	ct := resp.Header.Get("Content-Type")
	resp.Header.Set(declaredType, ct)
	if media, _, err := mime.ParseMediaType(ct); err == nil {
		resp.Header.Set("Content-Type", media)
	} else {
		resp.Header.Del("Content-Type")
	}
	return resp, nil
}

// Validators are what the site said of a page the last time; the zero value
// asks for the page in any case.
type Validators struct {
	ETag         string
	LastModified string
}

// Response is a page.
type Response struct {
	Body         []byte // whole, unpacked, in its own encoding
	URL          string // after redirects
	Status       int    // 200, or 304
	ContentType  string
	ETag         string
	LastModified string
	NotModified  bool // the page is as it was when the validators were given; Body is empty
}

// Get gets a page, or learns that it has not changed. It tries again what may
// pass (429, 5xx, a broken connection), waiting as the site asks, and otherwise
// longer each time.
func (f *Fetcher) Get(ctx context.Context, address string, v Validators) (Response, error) {
	for tries := 1; ; tries++ {
		r, err := f.once(ctx, address, v)
		if err == nil {
			return r, nil
		}
		if ctx.Err() != nil {
			return Response{}, fmt.Errorf("%s: %w", address, ctx.Err())
		}
		err = fmt.Errorf("%s: %w", address, err)
		if permanent(err) {
			return Response{}, err
		}
		if !ownFailure(err) && !errors.Is(err, ErrUnavailable) {
			err = fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		d, ok := wait(err, tries, f.cfg.Chance)
		if tries == f.cfg.Tries || !ok {
			return Response{}, err
		}
		f.cfg.Log.Info("trying again", "url", address, "after", d, "error", err)
		if err := f.cfg.Clock.Sleep(ctx, d); err != nil {
			return Response{}, fmt.Errorf("%s: %w", address, err)
		}
	}
}

// once makes one try.
func (f *Fetcher) once(ctx context.Context, address string, v Validators) (Response, error) {
	c := f.collector.Clone() // its own context and callbacks, the same client
	c.Context = ctx
	// Said here, not left to colly, which reads COLLY_USER_AGENT from the environment.
	header := http.Header{"User-Agent": {f.agent}, "Accept": {"text/html, application/xhtml+xml;q=0.9, application/json;q=0.9, */*;q=0.1"}}
	if v.ETag != "" {
		header.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		header.Set("If-Modified-Since", v.LastModified)
	}
	var got *colly.Response
	c.OnResponse(func(r *colly.Response) { got = r })
	if err := c.Request(http.MethodGet, address, nil, nil, header); err != nil {
		// The client's own words name the address again, and tell no more than
		// that it was redirected.
		var at *url.Error
		if errors.As(err, &at) {
			if err = at.Err; at.URL != address {
				err = fmt.Errorf("redirected to %s: %w", at.URL, err)
			}
		}
		return Response{}, err
	}
	if got == nil {
		return Response{}, fmt.Errorf("%w: nothing came", ErrAnswer)
	}
	r := Response{
		Body: got.Body, URL: got.Request.URL.String(), Status: got.StatusCode,
		ContentType:  got.Headers.Get(declaredType),
		ETag:         got.Headers.Get("ETag"),
		LastModified: got.Headers.Get("Last-Modified"),
	}
	switch s := got.StatusCode; {
	case s == http.StatusOK:
		return r, nil
	case s == http.StatusNotModified && v != Validators{}:
		r.NotModified, r.Body = true, nil
		return r, nil
	case s == http.StatusNotFound || s == http.StatusGone:
		return r, fmt.Errorf("%w (%d)", ErrNotFound, s)
	case s == http.StatusRequestTimeout || s == http.StatusTooManyRequests || s >= 500:
		return r, &busy{
			status: fmt.Sprintf("%d %s", s, http.StatusText(s)),
			after:  retryAfter(got.Headers.Get("Retry-After"), f.cfg.Clock.Now()),
			page:   s == http.StatusInternalServerError,
		}
	default:
		return r, fmt.Errorf("%w: answered %d %s", ErrAnswer, s, http.StatusText(s))
	}
}
