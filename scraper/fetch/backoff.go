package fetch

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	firstBackoff = 2 * time.Second
	maxBackoff   = time.Minute
	// A site that asks to come back later than this is left alone for this run.
	maxRetryAfter = 5 * time.Minute
)

// busy reads an answer that says "not now".
func (p *polite) busy(resp *http.Response) error {
	return &busy{status: resp.Status, after: retryAfter(resp.Header.Get("Retry-After"), p.clock.Now())}
}

// retryAfter reads both forms of the header, seconds and an HTTP date; 0 where
// there is none or it is in the past.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if s, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(s) * time.Second
	}
	if t, err := http.ParseTime(value); err == nil {
		return max(0, t.Sub(now))
	}
	return 0
}

// wait is how long to wait before the next try after err, tries having failed
// so far; ok is false when the site asks for more patience than we have. Half
// of a back-off is chance, so that programs turned away together do not come
// back together.
func wait(err error, tries int, chance func() float64) (d time.Duration, ok bool) {
	d = min(maxBackoff, firstBackoff<<(tries-1))
	d = d/2 + time.Duration(float64(d/2)*chance())
	var b *busy
	if errors.As(err, &b) && b.after > 0 {
		return max(d, b.after), b.after <= maxRetryAfter
	}
	return d, true
}
