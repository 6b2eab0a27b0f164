package gate

import (
	"bytes"
	"crypto/rand"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
)

func TestToken(t *testing.T) {
	const id, campaign, version = campaigns.SignatureID(123456789), campaigns.CampaignID(7), 2
	a, err := NewToken(rand.Reader, id)
	if err != nil {
		t.Fatal(err)
	}
	read, err := ParseToken(a.String())
	if err != nil || read != a || len(a.String()) != 32 {
		t.Fatalf("%+v, %v", read, err)
	}
	for _, other := range []string{a.String() + "\n", a.String()[:9] + "\r\n" + a.String()[9:], a.String() + "=", a.String() + "."} {
		if _, err := ParseToken(other); err == nil {
			t.Errorf("%q passes for the same link", other)
		}
	}
	stored := a.Hash(ToConfirm, campaign, version)
	if bytes.Contains(stored, a.secret[:8]) || len(stored) < 16 {
		t.Error("the hash holds the token")
	}
	if !a.Is(ToConfirm, campaign, version, stored) {
		t.Error("not recognised")
	}
	b, err := NewToken(rand.Reader, id)
	if err != nil {
		t.Fatal(err)
	}
	moved := a
	moved.Signature++
	for what, is := range map[string]bool{
		"another purpose":   a.Is(ToManage, campaign, version, stored),
		"another campaign":  a.Is(ToConfirm, campaign+1, version, stored),
		"another text":      a.Is(ToConfirm, campaign, version+1, stored),
		"another signature": moved.Is(ToConfirm, campaign, version, stored),
		"another token":     b.Is(ToConfirm, campaign, version, stored),
		"no hash":           a.Is(ToConfirm, campaign, version, nil),
	} {
		if is {
			t.Errorf("%s is taken", what)
		}
	}
	for _, s := range []string{"", "x", a.String()[1:], a.String() + "A", a.String()[:31] + "=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "____________________" + a.String()[20:]} {
		if got, err := ParseToken(s); !errors.Is(err, ErrToken) {
			t.Errorf("%q: %+v, %v", s, got, err)
		}
	}
	if _, err := NewToken(bytes.NewReader(nil), id); err == nil {
		t.Error("a token without randomness")
	}
}

func TestKeys(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	open := func() *KeyFolder {
		t.Helper()
		f, err := OpenKeyFolder(dir, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := open()
	first, err := f.Server()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := open().Server(); err != nil || again != first || again == (Key{}) {
		t.Errorf("%v: the server's key is another one", err)
	}
	if _, err := f.Campaign(1); !errors.Is(err, ErrNoKey) {
		t.Errorf("a key that nobody made: %v", err)
	}
	// Of many who make it at once one does.
	var all sync.WaitGroup
	made := make(chan error, 20)
	for range cap(made) {
		all.Go(func() { made <- f.CreateCampaign(1) })
	}
	all.Wait()
	close(made)
	good := 0
	for err := range made {
		if err == nil {
			good++
		} else if !errors.Is(err, ErrKeyIs) {
			t.Error(err)
		}
	}
	if good != 1 {
		t.Errorf("made %d times", good)
	}
	if err := f.CreateCampaign(2); err != nil {
		t.Fatal(err)
	}
	one, err := f.Campaign(1)
	if err != nil {
		t.Fatal(err)
	}
	two, err := f.Campaign(2)
	if err != nil {
		t.Fatal(err)
	}
	a := Address{Key: "aigul@example.kz"}
	if !bytes.Equal(one.Duplicate(a), one.Duplicate(a)) || bytes.Equal(one.Duplicate(a), two.Duplicate(a)) || len(one.Duplicate(a)) != 16 {
		t.Error("duplicate keys")
	}
	if x, _ := first.For("a"); x == first {
		t.Error("derived key is the key")
	} else if y, _ := first.For("b"); x == y {
		t.Error("two uses have one key")
	}
	for range 2 {
		if err := f.DestroyCampaign(1); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Campaign(1); !errors.Is(err, ErrNoKey) {
		t.Errorf("destroyed: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) != 2 {
		t.Errorf("%v, %v", left, err)
	}
	for _, name := range left {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeyFolder(dir, rand.Reader); err == nil {
		t.Error("a folder that others read was opened")
	}
}

func TestLimiter(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	l := NewLimiter(3, 60)
	at := func(s string) netip.Addr { return netip.MustParseAddr(s) }
	allow := func(from string, want bool) {
		t.Helper()
		if got := l.Allow(at(from), now); got != want {
			t.Errorf("%s: %t", from, got)
		}
	}
	for range 3 {
		allow("192.0.2.7", true)
	}
	allow("192.0.2.200", false) // the same network
	allow("::ffff:192.0.2.7", false)
	allow("192.0.3.7", true)
	for range 3 {
		allow("2001:db8:1:100::1", true)
	}
	allow("2001:db8:1:1ff:ffff::2", false)
	allow("2001:db8:1:200::1", true)
	now = now.Add(time.Minute)
	allow("192.0.2.7", true)
	allow("192.0.2.7", false)
	now = now.Add(-24 * time.Hour) // a clock set back frees nobody and blocks nobody for good
	allow("192.0.2.7", false)
	now = now.Add(24*time.Hour + 2*time.Minute)
	allow("192.0.2.7", true)
}

func TestLimiterIsBounded(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	l := NewLimiter(2, 60)
	for n := range maxNetworks + 5000 {
		l.Allow(netip.AddrFrom4([4]byte{byte(n >> 16), byte(n >> 8), byte(n), 1}), now)
	}
	if len(l.networks) > maxNetworks+1 {
		t.Errorf("%d networks are remembered", len(l.networks))
	}
	if l.Allow(netip.MustParseAddr("203.0.113.9"), now) {
		t.Error("a newcomer in an attack from everywhere is not limited")
	}
	now = now.Add(time.Hour)
	if !l.Allow(netip.MustParseAddr("203.0.113.9"), now) || len(l.networks) > 2 {
		t.Errorf("an hour later: %d networks", len(l.networks))
	}
}

func TestClient(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, c := range []struct {
		peer      string
		forwarded []string
		want      string
	}{
		{"203.0.113.5:80", nil, "203.0.113.5"},
		{"203.0.113.5:80", []string{"198.51.100.1"}, "203.0.113.5"}, // forged
		{"10.0.0.1:80", nil, "10.0.0.1"},
		{"10.0.0.1:80", []string{"198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.1:80", []string{"6.6.6.6, 198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.1:80", []string{"6.6.6.6", "198.51.100.1, 10.2.3.4"}, "198.51.100.1"},
		{"10.0.0.1:80", []string{"6.6.6.6, rubbish"}, "10.0.0.1"},
		{"[::1]:80", []string{"2001:db8::5"}, "2001:db8::5"},
		{"[::1]:80", []string{"fe80::1%eth0"}, "fe80::1"}, // a zone makes no new client
		{"10.0.0.1:80", []string{strings.Repeat("10.9.9.9, ", 10_000) + "10.2.3.4"}, "10.9.9.9"},
		{"[::ffff:10.0.0.1]:80", []string{"[2001:db8::5]:443"}, "2001:db8::5"},
	} {
		if got := Client(c.peer, c.forwarded, trusted); got.String() != c.want {
			t.Errorf("%s %q: %s, want %s", c.peer, c.forwarded, got, c.want)
		}
	}
}
