package page

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestManyAskAtOnce: of many who ask for a page of a second one makes it; what
// lasts keeps nobody waiting.
func TestManyAskAtOnce(t *testing.T) {
	for _, c := range []struct {
		name   string
		wrap   func(*Pages, Handler) Handler
		makers int32
	}{
		{"of a second", func(p *Pages, h Handler) Handler { return p.brief.around(h) }, 1},
		{"lasting", func(p *Pages, h Handler) Handler { return p.memory.around(h) }, 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
			p := &Pages{}
			p.Remember(func(context.Context) (string, error) { return "", nil }, func() time.Time { return now })
			var makers atomic.Int32
			all := make(chan struct{})
			h := c.wrap(p, func(w http.ResponseWriter, r *http.Request) error {
				if makers.Add(1) == c.makers {
					close(all)
				}
				<-all
				Write(w, r, http.StatusOK, "text/plain", Fresh, []byte("page"))
				return nil
			})
			var visitors sync.WaitGroup
			for range 20 {
				visitors.Go(func() {
					w := httptest.NewRecorder()
					if err := h(w, httptest.NewRequest(http.MethodGet, "/x", nil)); err != nil || w.Body.String() != "page" {
						t.Errorf("%q, %v", w.Body, err)
					}
				})
			}
			visitors.Wait()
			if n := makers.Load(); n != c.makers {
				t.Errorf("made %d times, want %d", n, c.makers)
			}
		})
	}
}

// stuck is the line of a visitor who reads nothing.
type stuck struct {
	http.ResponseWriter
	reached, free chan struct{}
}

func (s *stuck) Write(b []byte) (int, error) {
	close(s.reached)
	<-s.free
	return s.ResponseWriter.Write(b)
}

// TestSlowMakerHoldsNobody: one who asks first and reads nothing does not keep the
// page from the others.
func TestSlowMakerHoldsNobody(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	p := &Pages{}
	p.Remember(func(context.Context) (string, error) { return "", nil }, func() time.Time { return now })
	for status, cache := range map[int]Cache{http.StatusOK: Fresh, http.StatusNotFound: Never} {
		h := p.brief.around(func(w http.ResponseWriter, r *http.Request) error {
			Write(w, r, status, "text/plain", cache, []byte("page"))
			return nil
		})
		ask := func(w http.ResponseWriter, ctx context.Context) error {
			return h(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/slow", nil))
		}
		slow := &stuck{httptest.NewRecorder(), make(chan struct{}), make(chan struct{})}
		var first sync.WaitGroup
		first.Go(func() {
			if err := ask(slow, context.Background()); err != nil {
				t.Error(err)
			}
		})
		<-slow.reached
		now = now.Add(time.Second) // the page of the second before is over
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		w := httptest.NewRecorder()
		if err := ask(w, ctx); err != nil || w.Body.String() != "page" {
			t.Errorf("%d: another visitor waits for a slow one: %q, %v", status, w.Body, err)
		}
		cancel()
		close(slow.free)
		first.Wait()
	}
}
