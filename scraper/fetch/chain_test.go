package fetch

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// authority is one certificate of a local chain, with its key.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// issue makes a certificate signed by a, or by itself where a is nil.
func (a *authority) issue(t *testing.T, name string, change func(*x509.Certificate)) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<62))
	c := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		BasicConstraintsValid: true, IsCA: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	if change != nil {
		change(c)
	}
	signer := a
	if a == nil {
		signer = &authority{cert: c, key: key}
	}
	der, err := x509.CreateCertificate(rand.Reader, c, signer.cert, &key.PublicKey, signer.key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{cert, key}
}

// TestIncompleteChain runs a server that sends what send says (the leaf alone,
// as adilet.zan.kz does) and a server that gives issuers' certificates.
func TestIncompleteChain(t *testing.T) {
	var issuers *httptest.Server
	files := map[string][]byte{}
	asked := 0
	issuers = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/middle", http.StatusFound)
			return
		}
		if b, ok := files[r.URL.Path]; ok {
			w.Write(b)
			return
		}
		http.NotFound(w, r)
	}))
	defer issuers.Close()
	aia := func(paths ...string) func(*x509.Certificate) {
		return func(c *x509.Certificate) {
			for _, p := range paths {
				if strings.HasPrefix(p, "/") {
					p = issuers.URL + p
				}
				c.IssuingCertificateURL = append(c.IssuingCertificateURL, p)
			}
		}
	}
	leaf := func(more func(*x509.Certificate)) func(*x509.Certificate) {
		return func(c *x509.Certificate) {
			c.IsCA, c.KeyUsage = false, x509.KeyUsageDigitalSignature
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
			c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
			more(c)
		}
	}

	root := (*authority)(nil).issue(t, "root", nil)
	other := (*authority)(nil).issue(t, "other root", nil)
	middle := root.issue(t, "middle", nil)
	low := middle.issue(t, "low", aia("/middle"))
	expired := root.issue(t, "expired", func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })
	circle := root.issue(t, "circle", aia("/circle"))
	loopA := other.issue(t, "loop", aia("/loop"))
	files["/middle"] = middle.cert.Raw
	files["/middle.pem"] = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: middle.cert.Raw})
	files["/low"] = low.cert.Raw
	files["/expired"] = expired.cert.Raw
	files["/circle"] = circle.cert.Raw
	files["/loop"] = loopA.cert.Raw
	files["/other"] = other.cert.Raw
	files["/rubbish"] = []byte("not a certificate")
	files["/large"] = make([]byte, maxIssuerBytes+1)

	for _, tt := range []struct {
		name   string
		by     *authority
		change func(*x509.Certificate)
		send   []*authority // after the leaf
		asks   int
		ok     bool
	}{
		{"complete", middle, leaf(aia()), []*authority{middle}, 0, true},
		{"the leaf alone", middle, leaf(aia("/middle")), nil, 1, true},
		{"the leaf alone, issuer as PEM", middle, leaf(aia("/middle.pem")), nil, 1, true},
		{"two issuers missing", low, leaf(aia("/low")), nil, 2, true},
		{"one of two issuers sent", low, leaf(aia("/low")), []*authority{low}, 1, true},
		{"a stray certificate sent", middle, leaf(aia("/middle")), []*authority{other}, 1, true},
		{"the second address is right", middle, leaf(aia("/nothing", "/middle")), nil, 2, true},
		{"signed by the root itself", root, leaf(aia()), nil, 0, true},

		{"no address", middle, leaf(aia()), nil, 0, false},
		{"another authority", other, leaf(aia("/middle")), nil, 1, false},
		{"another authority, its own root offered", other, leaf(aia("/other")), nil, -1, false},
		{"nothing there", middle, leaf(aia("/nothing")), nil, 1, false},
		{"rubbish there", middle, leaf(aia("/rubbish")), nil, 1, false},
		{"too large", middle, leaf(aia("/large")), nil, 1, false},
		{"moved", middle, leaf(aia("/moved")), nil, 1, false},
		{"not http", middle, leaf(aia("ldap://127.0.0.1/middle", "file:///middle")), nil, 0, false},
		{"a private address", middle, leaf(aia("http://127.0.0.1:1/middle", "http://localhost:80/", "http://169.254.169.254/")), nil, 0, false},
		{"a circle", loopA, leaf(aia("/loop")), nil, 1, false},
		{"the issuer has expired", expired, leaf(aia("/expired")), nil, 1, false},
		{"the leaf has expired", middle, leaf(func(c *x509.Certificate) { aia("/middle")(c); c.NotAfter = time.Now().Add(-time.Minute) }), nil, 0, false},
		{"another name", middle, leaf(func(c *x509.Certificate) { aia("/middle")(c); c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 2)} }), nil, 0, false},
		{"not a server's", middle, leaf(func(c *x509.Certificate) {
			aia("/middle")(c)
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		}), nil, -1, false},
		{"many addresses", middle, leaf(aia("/1", "/2", "/3", "/4", "/middle")), nil, maxIssuers, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := tt.by.issue(t, "127.0.0.1", tt.change)
			sent := [][]byte{l.cert.Raw}
			for _, s := range tt.send {
				sent = append(sent, s.cert.Raw)
			}
			server := httptest.NewUnstartedServer(http.HandlerFunc(say("text")))
			server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: sent, PrivateKey: l.key}}}
			server.Config.ErrorLog = discard()
			server.StartTLS()
			defer server.Close()
			roots := x509.NewCertPool()
			roots.AddCert(root.cert)
			f := newFetcher(t, newClock(), func(c *Config) { c.Roots, c.Private = roots, []string{server.URL, issuers.URL} })

			asked = 0
			// The handler says "text" for robots.txt too: words without a rule.
			r, err := f.Get(t.Context(), server.URL+"/page", Validators{})
			if tt.ok != (err == nil) || tt.ok && string(r.Body) != "text" || !tt.ok && !errors.Is(err, ErrCertificate) {
				t.Fatalf("got %q, %v", r.Body, err)
			}
			if tt.asks >= 0 && asked != tt.asks {
				t.Errorf("issuers were asked for %d times, want %d", asked, tt.asks)
			}
			if !tt.ok {
				return
			}
			server.CloseClientConnections()
			asked = 0
			if _, err := f.Get(t.Context(), server.URL+"/again", Validators{}); err != nil || asked > 0 {
				t.Errorf("the second connection: %v; issuers were asked for %d times", err, asked)
			}
		})
	}

	t.Run("issuers at a private address that nobody named", func(t *testing.T) {
		l := middle.issue(t, "127.0.0.1", leaf(aia("/middle")))
		server := httptest.NewUnstartedServer(http.HandlerFunc(say("text")))
		server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{l.cert.Raw}, PrivateKey: l.key}}}
		server.Config.ErrorLog = discard()
		server.StartTLS()
		defer server.Close()
		roots := x509.NewCertPool()
		roots.AddCert(root.cert)
		f := newFetcher(t, newClock(), func(c *Config) { c.Roots, c.Private = roots, []string{server.URL} })
		asked = 0
		_, err := f.Get(t.Context(), server.URL+"/page", Validators{})
		if !errors.Is(err, ErrPrivateAddress) || asked > 0 {
			t.Errorf("asked %d times: %v", asked, err)
		}
	})
}

// TestHTTPSDowngrade: a redirect from https to http is refused.
func TestHTTPSDowngrade(t *testing.T) {
	plain := newSite(t, map[string]http.HandlerFunc{"/a": say("anything")})
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			w.WriteHeader(404)
			return
		}
		to(plain.URL+"/a")(w, r)
	}))
	defer server.Close()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	f := newFetcher(t, newClock(), func(c *Config) { c.Roots, c.Private = roots, []string{server.URL, plain.URL} })
	if _, err := f.Get(t.Context(), server.URL+"/a", Validators{}); !errors.Is(err, ErrRedirect) || plain.count("/a") > 0 {
		t.Errorf("got %v", err)
	}
}
