package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/web/desk"
	"github.com/tuzetu/tuzetu/web/dossier"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/proposal"
)

const (
	// answerWithin is how long a request may take. The slowest page, two texts
	// of a code compared for the first time, takes under two seconds.
	answerWithin = 20 * time.Second
	// bodyLimit is for forms; a picture may be larger.
	bodyLimit = 1 << 20
)

// contentPolicy lets a page load from its own origin only, run no inline script
// and take no inline style but the one of all pages, named by its hash.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self' %s; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// cardPolicy is for the cards that stand in the pages of others, and for nothing
// else: they may be framed by anyone, and run no script at all.
const cardPolicy = "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"

// guard puts around the routes what holds for every request and answer.
func guard(log *slog.Logger, now func() time.Time, pages *page.Pages, style string, mux http.Handler) http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(pages.Handle(func(http.ResponseWriter, *http.Request) error { return page.ErrForeign }))
	return limited(headed(fmt.Sprintf(contentPolicy, style), logged(log, now, foreign.Handler(mux))))
}

func limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !lasting(r.URL.Path) {
			ctx, cancel := context.WithTimeout(r.Context(), answerWithin)
			defer cancel()
			r = r.WithContext(ctx)
		}
		limit := int64(bodyLimit)
		if strings.HasSuffix(r.URL.Path, "/picture") && strings.Contains(r.URL.Path, "/desk/") {
			limit = desk.UploadBytes
		}
		if strings.HasSuffix(r.URL.Path, "/text") && strings.Contains(r.URL.Path, "/proposals/") {
			limit = proposal.UploadBytes
		}
		if strings.HasSuffix(r.URL.Path, "/documents") && strings.Contains(r.URL.Path, "/dossiers/") {
			limit = dossier.UploadBytes
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		next.ServeHTTP(w, r)
	})
}

func headed(policy string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// framed lets a card be shown inside the pages of others. A failure is not: it is
// a page of the site.
func framed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(&framing{w}, r) })
}

// framing changes the headers of an answer once it is known to be a card.
type framing struct{ http.ResponseWriter }

func (f *framing) WriteHeader(status int) {
	if status == http.StatusOK || status == http.StatusNotModified {
		h := f.Header()
		h.Set("Content-Security-Policy", cardPolicy)
		h.Del("X-Frame-Options")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	f.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the writer below.
func (f *framing) Unwrap() http.ResponseWriter { return f.ResponseWriter }

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
