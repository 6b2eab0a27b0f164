package accounts

import (
	"sync"
	"time"
)

// maxBuckets bounds the memory of a Limiter (some 10 MB).
const maxBuckets = 100_000

// Limiter counts tries by a name: an address, a network, both. Each name may be
// tried burst times at once and perHour times an hour after that. The names are
// forgotten when the program ends.
type Limiter struct {
	burst, perHour float64

	mu      sync.Mutex
	buckets map[string]bucket
	forgot  time.Time
}

// bucket fills with perHour and holds at most burst.
type bucket struct {
	left float64
	at   time.Time
}

// NewLimiter makes a Limiter.
func NewLimiter(burst, perHour int) *Limiter {
	return &Limiter{burst: float64(burst), perHour: float64(perHour), buckets: map[string]bucket{}}
}

// Allow counts a try and tells whether it is within the limit.
func (l *Limiter) Allow(name string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.buckets[name]; !known && len(l.buckets) >= maxBuckets {
		if now.Sub(l.forgot).Abs() >= time.Minute {
			l.forget(now)
		}
		if len(l.buckets) >= maxBuckets {
			name = "" // an attack from everywhere: newcomers share one bucket
		}
	}
	left := l.left(name, now)
	ok := left >= 1
	if ok {
		left--
	}
	l.buckets[name] = bucket{left, now}
	return ok
}

// Forgive gives a name all its tries back: it has shown that it is who it says.
func (l *Limiter) Forgive(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.buckets, name)
}

// left is how many tries a name has; a clock set back fills nothing.
func (l *Limiter) left(name string, now time.Time) float64 {
	b, known := l.buckets[name]
	if !known {
		return l.burst
	}
	return min(l.burst, b.left+max(0, now.Sub(b.at).Hours()*l.perHour))
}

func (l *Limiter) forget(now time.Time) {
	l.forgot = now
	for name := range l.buckets {
		if l.left(name, now) >= l.burst {
			delete(l.buckets, name)
		}
	}
}
