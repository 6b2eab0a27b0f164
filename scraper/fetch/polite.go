package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// polite is the transport under colly. Every request of the Fetcher, redirects
// and robots.txt included, goes through it, so here and nowhere else are kept:
// one request at a time per host with a pause between, robots.txt, the limits on
// size and time. colly's own means are not used: its robots.txt is never read
// again and tells no Crawl-delay, its one "*" rule makes all hosts wait for one
// another, its size limit cuts a body without a word.
type polite struct {
	base    http.RoundTripper
	clock   Clock
	agent   string
	pause   time.Duration
	timeout time.Duration // of one exchange
	limit   int64         // of one body, unpacked

	mu    sync.Mutex
	hosts map[string]*host // by scheme and address
}

// host is what must be remembered of one host.
type host struct {
	turn chan struct{} // holds one token while a request is under way
	next time.Time     // not before; guarded by turn

	mu    sync.Mutex // guards what follows, and is held while robots.txt is fetched
	rules *rules
}

func (p *polite) host(req *http.Request) *host {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := hostPort(req.URL)
	h := p.hosts[key]
	if h == nil {
		h = &host{turn: make(chan struct{}, 1)}
		p.hosts[key] = h
	}
	return h
}

// RoundTrip gives the whole answer or an error.
func (p *polite) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return nil, fmt.Errorf("%w: %s is not an address of the web", ErrRedirect, req.URL)
	}
	r, err := p.robots(req)
	if err != nil {
		return nil, err
	}
	if !r.allow(req.URL) {
		return nil, fmt.Errorf("%w of %s", ErrRobots, req.URL.Host)
	}
	return p.exchange(req, r.pause(p.pause), p.limit)
}

// exchange waits for the host's turn, makes one request and reads the answer to
// its end. pause is what must pass before the host is asked again.
func (p *polite) exchange(req *http.Request, pause time.Duration, limit int64) (*http.Response, error) {
	ctx := req.Context()
	h := p.host(req)
	select {
	case h.turn <- struct{}{}:
		defer func() { <-h.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := p.clock.Sleep(ctx, h.next.Sub(p.clock.Now())); err != nil {
		return nil, err
	}
	defer func() { h.next = p.clock.Now().Add(pause) }()

	limited, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	// No answer is the site's failure, an answer that breaks off the page's.
	var answered atomic.Bool
	traced := httptrace.WithClientTrace(limited, &httptrace.ClientTrace{GotFirstResponseByte: func() { answered.Store(true) }})
	resp, err := p.base.RoundTrip(req.WithContext(traced))
	if err != nil && answered.Load() && ctx.Err() == nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if enc := resp.Header.Get("Content-Encoding"); enc != "" && !strings.EqualFold(enc, "identity") {
		return nil, fmt.Errorf("%w: packed as %q, which was not asked for", ErrAnswer, enc)
	}
	body, err := readAll(resp.Body, limit)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.ContentLength = int64(len(body))
	// The body is final. Left to itself colly unpacks by Content-Type, without
	// a limit.
	resp.Uncompressed = true
	resp.Request = req
	return resp, nil
}

// readAll reads a body that must not be longer than limit nor shorter than
// promised (net/http compares with Content-Length, gzip with its own end mark).
func readAll(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(b)) > limit:
		return nil, fmt.Errorf("%w: over %d bytes", ErrTooLarge, limit)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w, after %d bytes", ErrShortBody, len(b))
	case err != nil:
		return nil, fmt.Errorf("%w, after %d bytes: %w", ErrBroken, len(b), err)
	}
	return b, nil
}
