package fetch

import (
	"errors"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func TestPublic(t *testing.T) {
	for _, tt := range []struct {
		addresses string
		want      bool
	}{
		{"95.59.127.1 8.8.8.8 2a00:1450:4001:80b::200e ::ffff:8.8.8.8", true},
		{"127.0.0.1 127.8.8.8 ::1 ::ffff:127.0.0.1", false},
		{"10.0.0.1 172.16.5.5 172.31.255.255 192.168.1.1 fd00::1 fc00::1", false},
		{"169.254.169.254 fe80::1 fe80::1%eth0 ::ffff:169.254.169.254", false},
		{"0.0.0.0 0.1.2.3 :: 100.64.0.1 100.127.255.255 192.0.0.8 198.18.0.1 198.19.1.1", false},
		{"224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 ff02::1", false},
		{"64:ff9b::7f00:1 2002:7f00:1:: 2001::1 2001:db8::1 fec0::1 ::7f00:1", false},
	} {
		for a := range strings.FieldsSeq(tt.addresses) {
			if got := public(netip.MustParseAddr(a)); got != tt.want {
				t.Errorf("public(%s) = %v", a, got)
			}
		}
	}
}

func TestPrivateAddresses(t *testing.T) {
	inner := newSite(t, map[string]http.HandlerFunc{"/a": say("secret")})
	s := newSite(t, map[string]http.HandlerFunc{"/a": say("text"), "/in": to(inner.URL + "/a"), "/local": to(strings.Replace(inner.URL, "127.0.0.1", "localhost", 1) + "/a")})
	for _, tt := range []struct {
		name    string
		private []string
		address string
		err     error
	}{
		{"the base address", []string{s.URL}, s.URL + "/a", nil},
		{"the base address with a path", []string{s.URL + "/docs/"}, s.URL + "/a", nil},
		{"nothing named", nil, s.URL + "/a", ErrPrivateAddress},
		{"another port of the base address", []string{inner.URL}, s.URL + "/a", ErrPrivateAddress},
		{"another name for it", []string{s.URL}, strings.Replace(s.URL, "127.0.0.1", "localhost", 1) + "/a", ErrPrivateAddress},
		{"a redirect off it", []string{s.URL}, s.URL + "/in", ErrPrivateAddress},
		{"a redirect to a name that leads there", []string{s.URL}, s.URL + "/local", ErrPrivateAddress},
	} {
		f := newFetcher(t, newClock(), func(c *Config) { c.Private = tt.private })
		if _, err := f.Get(t.Context(), tt.address, Validators{}); !errors.Is(err, tt.err) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.err)
		}
	}
	if len(inner.asked) > 0 {
		t.Errorf("the inner server was asked for %v", inner.asked)
	}
	for _, bad := range []string{"", "127.0.0.1:80", "ftp://x", "http://"} {
		if _, err := newGuard([]string{bad}); err == nil {
			t.Errorf("%q was taken for a web address", bad)
		}
	}
}
