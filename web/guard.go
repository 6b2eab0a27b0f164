package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"github.com/tuzetu/tuzetu/web/page"
)

const (
	// answerWithin is how long a request may take. The slowest page, two texts
	// of a code compared for the first time, takes under two seconds.
	answerWithin = 20 * time.Second
	// bodyLimit is for forms; uploads will set their own.
	bodyLimit = 1 << 20
	// smallest answer worth compressing
	gzipFrom = 1024
)

// contentPolicy lets a page load from its own origin only, and run no inline
// script or style.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard puts around the routes what holds for every request and answer.
func guard(log *slog.Logger, now func() time.Time, pages *page.Pages, mux http.Handler) (http.Handler, error) {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(pages.Handle(func(http.ResponseWriter, *http.Request) error { return page.ErrForeign }))
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(gzipFrom), gzhttp.SuffixETag(page.GzipMark))
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return limited(headed(logged(log, now, compress(foreign.Handler(mux))))), nil
}

func limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), answerWithin)
		defer cancel()
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
		next.ServeHTTP(w, r)
	})
}

func headed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// logged writes one line a request: the route, never the address, the query or
// the client, which may be personal data.
func logged(log *slog.Logger, now func() time.Time, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := now()
		c := &counter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(c, r)
		log.InfoContext(r.Context(), "request", "method", r.Method, "route", r.Pattern, "status", c.status, "bytes", c.bytes, "took", now().Sub(start))
	})
}

// counter remembers what was answered, for the log.
type counter struct {
	http.ResponseWriter
	status, bytes int
}

func (c *counter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the writer below.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
