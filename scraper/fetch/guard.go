package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// guard dials public addresses only. It looks at the address a name has led to,
// at the moment of dialling, so neither DNS nor a redirect gets around it.
type guard struct {
	exempt map[string]bool // "host:port" that may lie anywhere
	open   net.Dialer
	closed net.Dialer
}

func newGuard(private []string) (*guard, error) {
	g := &guard{exempt: map[string]bool{}}
	g.open.Timeout = 15 * time.Second
	g.closed = g.open
	g.closed.Control = func(_, address string, _ syscall.RawConn) error { return checkAddress(address) }
	for _, raw := range private {
		u, err := url.Parse(raw)
		if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, fmt.Errorf("not a web address: %q (want http://HOST:PORT)", raw)
		}
		g.exempt[hostPort(u)] = true
	}
	return g, nil
}

func (g *guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if g.exempt[strings.ToLower(address)] {
		return g.open.DialContext(ctx, network, address)
	}
	return g.closed.DialContext(ctx, network, address)
}

// hostPort is the address a URL is dialled at.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

func checkAddress(address string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrPrivateAddress, address)
	}
	if !public(ap.Addr()) {
		return fmt.Errorf("%w: %s", ErrPrivateAddress, ap.Addr())
	}
	return nil
}

// public reports whether an address is one of the public internet: global
// unicast and in none of the ranges IANA keeps for special purposes. Ranges
// that carry an IPv4 address inside an IPv6 one are closed as well, for the
// address inside may be private.
func public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

var special = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
	"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
	"2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
)

func prefixes(list ...string) []netip.Prefix {
	ps := make([]netip.Prefix, len(list))
	for i, s := range list {
		ps[i] = netip.MustParsePrefix(s)
	}
	return ps
}
