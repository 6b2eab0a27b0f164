package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Limits on what a certificate may make us fetch. Real chains lack one
// certificate of 1–2 KB.
const (
	maxIssuers     = 3
	maxIssuerBytes = 64 << 10
	issuerTimeout  = 10 * time.Second
)

// chains dials TLS to servers that send an incomplete certificate chain.
//
// adilet.zan.kz sends its own certificate alone. Go then knows no way from it
// to a root and refuses. Browsers fetch what is missing from the address the
// certificate itself names (Authority Information Access, CA Issuers; RFC 5280,
// 4.2.2.1), and so does this: the fetched certificates are only links of a
// chain, and the whole chain, with the server's name and today's date, is
// verified against the roots on every connection. Verification is never off.
type chains struct {
	roots *x509.CertPool
	dial  func(ctx context.Context, network, address string) (net.Conn, error)
	now   func() time.Time
	agent string

	client *http.Client
	mu     sync.Mutex
	known  []*x509.Certificate // fetched issuers that once completed a chain
}

func newChains(roots *x509.CertPool, g *guard, now func() time.Time, agent string) (*chains, error) {
	if roots == nil {
		var err error
		if roots, err = x509.SystemCertPool(); err != nil {
			return nil, fmt.Errorf("the system's root certificates: %w", err)
		}
	}
	c := &chains{roots: roots, dial: g.dial, now: now, agent: agent}
	c.client = &http.Client{
		Timeout: issuerTimeout,
		Transport: &http.Transport{
			DialContext:       g.dial,
			TLSClientConfig:   &tls.Config{RootCAs: roots, Time: now},
			DisableKeepAlives: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return fmt.Errorf("%w: an issuer's certificate is not looked for elsewhere", ErrRedirect)
		},
	}
	return c, nil
}

// dialTLS connects, and where the chain is incomplete completes it and connects
// again.
func (c *chains) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	conn, err := c.handshake(ctx, network, address, host)
	var unverified *tls.CertificateVerificationError
	if !errors.As(err, &unverified) {
		return conn, err
	}
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) {
		return nil, fmt.Errorf("%w: %w", ErrCertificate, err)
	}
	if err := c.complete(ctx, unverified.UnverifiedCertificates, host); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCertificate, host, err)
	}
	conn, err = c.handshake(ctx, network, address, host)
	if errors.As(err, &unverified) {
		return nil, fmt.Errorf("%w: %w", ErrCertificate, err)
	}
	return conn, err
}

// handshake verifies twice: the library's own way with the known issuers taken
// as ends of a chain, then VerifyConnection from the leaf to a root.
func (c *chains) handshake(ctx context.Context, network, address, host string) (net.Conn, error) {
	known := c.issuers()
	ends := c.roots
	if len(known) > 0 {
		ends = c.roots.Clone()
		for _, k := range known {
			ends.AddCert(k)
		}
	}
	raw, err := c.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	conn := tls.Client(raw, &tls.Config{
		ServerName: host,
		RootCAs:    ends,
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"},
		Time:       c.now,
		VerifyConnection: func(s tls.ConnectionState) error {
			if err := c.verify(s.PeerCertificates, known, host); err != nil {
				return &tls.CertificateVerificationError{UnverifiedCertificates: s.PeerCertificates, Err: err}
			}
			return nil
		},
	})
	if err := conn.HandshakeContext(ctx); err != nil {
		raw.Close()
		return nil, err
	}
	return conn, nil
}

func (c *chains) issuers() []*x509.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.known)
}

// verify checks everything: the way from the server's certificate to a root,
// dates, purposes and the name.
func (c *chains) verify(sent, fetched []*x509.Certificate, host string) error {
	if len(sent) == 0 {
		return errors.New("no certificate came")
	}
	between := x509.NewCertPool()
	for _, cert := range append(slices.Clone(sent[1:]), fetched...) {
		between.AddCert(cert)
	}
	_, err := sent[0].Verify(x509.VerifyOptions{
		DNSName: host, Roots: c.roots, Intermediates: between, CurrentTime: c.now(),
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
	return err
}

// complete fetches issuer after issuer until the chain verifies, and remembers
// them if it does.
func (c *chains) complete(ctx context.Context, sent []*x509.Certificate, host string) error {
	if len(sent) == 0 {
		return errors.New("no certificate came")
	}
	var fetched []*x509.Certificate
	asked := map[string]bool{}
	for last := top(sent); len(fetched) < maxIssuers; {
		issuer, err := c.issuerOf(ctx, last, asked)
		if err != nil {
			return err
		}
		fetched = append(fetched, issuer)
		if err = c.verify(sent, fetched, host); err == nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			for _, f := range fetched {
				if !slices.ContainsFunc(c.known, f.Equal) {
					c.known = append(c.known, f)
				}
			}
			return nil
		}
		var unknown x509.UnknownAuthorityError
		if !errors.As(err, &unknown) {
			return err
		}
		last = issuer
	}
	return fmt.Errorf("no root certificate within %d issuers", maxIssuers)
}

// top is how far the chain that was sent reaches from the server's certificate.
func top(sent []*x509.Certificate) *x509.Certificate {
	last := sent[0]
	for range sent {
		i := slices.IndexFunc(sent, func(c *x509.Certificate) bool {
			return !c.Equal(last) && last.CheckSignatureFrom(c) == nil
		})
		if i < 0 {
			break
		}
		last = sent[i]
	}
	return last
}

// issuerOf fetches the certificate that signed cert from the address cert
// names. asked keeps a circle of addresses from being walked twice.
func (c *chains) issuerOf(ctx context.Context, cert *x509.Certificate, asked map[string]bool) (*x509.Certificate, error) {
	err := errors.New("signed by an unknown authority, and no address of its certificate is given")
	for _, address := range cert.IssuingCertificateURL {
		if asked[address] {
			err = fmt.Errorf("the issuers' addresses go in a circle (%s)", address)
			continue
		}
		if len(asked) == maxIssuers {
			break
		}
		asked[address] = true
		var issuer *x509.Certificate
		if issuer, err = c.fetchCertificate(ctx, address); err != nil {
			err = fmt.Errorf("the issuer's certificate at %s: %w", address, err)
			continue
		}
		if err = cert.CheckSignatureFrom(issuer); err != nil {
			err = fmt.Errorf("the certificate at %s is not the issuer's: %w", address, err)
			continue
		}
		return issuer, nil
	}
	return nil, err
}

func (c *chains) fetchCertificate(ctx context.Context, address string) (*x509.Certificate, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("not an http address")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.agent)
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("answered %s", resp.Status)
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxIssuerBytes+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxIssuerBytes {
		return nil, fmt.Errorf("%w: over %d bytes", ErrTooLarge, maxIssuerBytes)
	}
	if block, _ := pem.Decode(b); block != nil {
		b = block.Bytes
	}
	return x509.ParseCertificate(b)
}
