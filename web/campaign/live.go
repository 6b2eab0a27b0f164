package campaign

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/web/page"
)

const (
	// watchers is how many may watch counts on one server: each holds a
	// connection and some 20 KB.
	watchers = 10_000
	// watchFor is how long one stream lasts; a browser then asks again.
	watchFor = 10 * time.Minute
	// beat keeps the stream open through what closes idle connections.
	beat = 25 * time.Second
	// writeWithin is how long a slow reader may hold a write up.
	writeWithin = 10 * time.Second
)

// Live sends the number of a campaign whenever it changes (server-sent events).
// All who watch share one counter, and the page is complete without it.
func (c *Collector) Live(w http.ResponseWriter, r *http.Request) error {
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	select {
	case c.watching <- struct{}{}:
		defer func() { <-c.watching }()
	default:
		return fmt.Errorf("%w: too many watch", page.ErrBusy)
	}
	numbers, stop := c.Counter.Watch(v.ID)
	defer stop()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	stream := http.NewResponseController(w)
	send := func(text string) error {
		if err := stream.SetWriteDeadline(time.Time{}); err != nil {
			return err
		}
		// A deadline long past, set when the time is up, needs no clock.
		late := time.AfterFunc(writeWithin, func() { _ = stream.SetWriteDeadline(time.Unix(1, 0)) })
		defer late.Stop()
		if _, err := fmt.Fprint(w, text); err != nil {
			return err
		}
		return stream.Flush()
	}
	if err := send("retry: 5000\n\n"); err != nil {
		return nil // gone again
	}
	beating, end := time.NewTicker(beat), time.NewTimer(watchFor)
	defer beating.Stop()
	defer end.Stop()
	for {
		text := ": \n\n"
		select {
		case <-r.Context().Done():
			return nil
		case <-c.Ending:
			return nil
		case <-end.C:
			return nil
		case <-beating.C:
		case n := <-numbers:
			if n.Version != v.Version {
				return nil // another text: the page is asked for anew
			}
			if text, err = v.event(n); err != nil {
				return err
			}
		}
		if err := send(text); err != nil {
			return nil
		}
	}
}

// event is a number as the page shows it, and where it stands on the scale.
func (v view) event(n campaigns.Number) (string, error) {
	s := scale(v, n.Shown)
	b, err := json.Marshal(map[string]string{"n": v.loc.Number(int(n.Shown)), "done": s.Done, "label": s.Label})
	return fmt.Sprintf("id: %d\ndata: %s\n\n", math.MaxInt64&n.ShownAt.UnixMilli(), b), err
}
