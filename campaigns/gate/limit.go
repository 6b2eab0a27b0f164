package gate

import (
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Limits of one network, which is what a provider gives one customer: 256
// addresses of IPv4, 2^72 of IPv6. Kazakhstan's mobile operators put thousands
// of customers behind one IPv4 address, so the burst is that of a crowd.
const (
	IPv4Prefix = 24
	IPv6Prefix = 56
	Burst      = 300
	PerHour    = 1200
	// maxNetworks bounds memory (some 10 MB).
	maxNetworks = 100_000
)

// Limiter counts requests by network. What it holds back is answered like all
// else: the page of a limited request is the same to the byte.
type Limiter struct {
	burst   float64
	perHour float64

	mu       sync.Mutex
	networks map[netip.Prefix]bucket
	forgot   time.Time // when forget looked last
}

// bucket fills with perHour and holds at most burst.
type bucket struct {
	left float64
	at   time.Time
}

// NewLimiter allows each network burst requests at once and perHour after that.
func NewLimiter(burst, perHour int) *Limiter {
	return &Limiter{burst: float64(burst), perHour: float64(perHour), networks: map[netip.Prefix]bucket{}}
}

// Allow counts a request and tells whether it is within the limit.
func (l *Limiter) Allow(from netip.Addr, now time.Time) bool {
	network := Network(from)
	l.mu.Lock()
	defer l.mu.Unlock()
	b, known := l.networks[network]
	if !known {
		if len(l.networks) >= maxNetworks && now.Sub(l.forgot).Abs() >= time.Minute {
			l.forget(now)
		}
		if len(l.networks) >= maxNetworks {
			// An attack from everywhere: newcomers share one bucket.
			network = netip.Prefix{}
			b, known = l.networks[network]
		}
		if !known {
			b = bucket{l.burst, now}
		}
	}
	b.left = min(l.burst, b.left+l.filled(now.Sub(b.at)))
	if now.After(b.at) {
		b.at = now
	}
	ok := b.left >= 1
	if ok {
		b.left--
	}
	l.networks[network] = b
	return ok
}

// filled is what comes into a bucket in a time; a clock set back fills nothing.
func (l *Limiter) filled(d time.Duration) float64 { return max(0, d.Hours()*l.perHour) }

// forget drops the networks whose buckets are full again. It looks at all, so it
// is not done for every newcomer.
func (l *Limiter) forget(now time.Time) {
	l.forgot = now
	for n, b := range l.networks {
		if b.left+l.filled(now.Sub(b.at)) >= l.burst {
			delete(l.networks, n)
		}
	}
}

// Network is what of an address is one customer's.
func Network(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := IPv6Prefix
	if a.Is4() {
		bits = IPv4Prefix
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}

// Client is the address of a request: the peer's, unless the peer is a trusted
// proxy. Then it is the last address of X-Forwarded-For that is no trusted proxy
// itself; what stands before that, anybody may have written.
func Client(peer string, forwarded []string, trusted []netip.Prefix) netip.Addr {
	at := parseHost(peer)
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for i := len(hops) - 1; i >= 0 && isTrusted(at, trusted); i-- {
		hop := parseHost(strings.TrimSpace(hops[i]))
		if !hop.IsValid() {
			break
		}
		at = hop
	}
	return at
}

func isTrusted(a netip.Addr, trusted []netip.Prefix) bool {
	for _, p := range trusted {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// parseHost reads an address with or without a port.
func parseHost(s string) netip.Addr {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap().WithZone("")
}
