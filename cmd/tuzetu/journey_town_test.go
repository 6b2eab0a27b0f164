package main

import (
	"bytes"
	"context"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	"net/http/httputil"
	"net/mail"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/pquerna/otp/totp"
)

// town is where a journey takes place: `tuzetu serve` behind a proxy that speaks
// TLS, as it is run for the public, its mail server, and a clock that is moved.
type town struct {
	t        *testing.T
	origin   string // of the site
	db, keys string
	post     *postOffice
	log      *tape // of the server

	mu    sync.Mutex
	ahead time.Duration
}

// newTown serves the sample act from an empty database.
func newTown(t *testing.T, db string) *town {
	t.Helper()
	w := &town{t: t, db: db, keys: filepath.Join(t.TempDir(), "keys"), post: newPostOffice(t), log: &tape{}}
	a := w.app(w.log, w.log)
	s, err := a.openStore(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.fetchSample(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	server := &url.URL{Scheme: "http"}
	proxy := httptest.NewTLSServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(server)
		r.Out.Host = r.In.Host
		r.SetXForwarded()
	}})
	w.origin = proxy.URL
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan int, 1)
	go func() {
		ended <- a.run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--db", db, "--keys", w.keys, "--public-url", w.origin, "--follow-every", "0",
			"--trusted-proxy", "127.0.0.1", "--smtp", w.post.address, "--mail-from", "Түзету <letters@example.kz>"})
	}()
	t.Cleanup(func() {
		proxy.CloseClientConnections()
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("serve ended with %d:\n%s", code, w.log)
		}
		proxy.Close()
		if strings.Contains(w.log.String(), `"level":"ERROR"`) {
			t.Errorf("the server's log:\n%s", w.log)
		}
	})
	w.until("the server", func() bool {
		m := regexp.MustCompile(`serving http://(\S+)`).FindStringSubmatch(w.log.String())
		if m != nil {
			server.Host = m[1]
		}
		return m != nil
	})
	return w
}

func (w *town) app(out, errs io.Writer) *app {
	return &app{stdin: strings.NewReader(""), stdout: out, stderr: errs, getenv: func(string) string { return "" }, now: w.now}
}

// tuzetu runs a command beside the server and returns what it printed.
func (w *town) tuzetu(args ...string) string {
	w.t.Helper()
	var out, errs strings.Builder
	if code := w.app(&out, &errs).run(w.t.Context(), args); code != 0 {
		w.t.Fatalf("tuzetu %s: %s", strings.Join(args, " "), errs.String())
	}
	return strings.TrimSpace(out.String())
}

func (w *town) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.ahead)
}

// pass lets time pass for the program.
func (w *town) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ahead += d
}

// patience is how long anything may take before the journey is given up.
const patience = time.Minute

// until waits for a condition.
func (w *town) until(what string, met func() bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); !met(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("waited for %s in vain; the server's log:\n%s", what, w.log)
		}
	}
}

// code is what an authenticator shows for a key. A code is good once, so time
// passes until there is another.
func (w *town) code(key string) string {
	w.t.Helper()
	w.pass(time.Minute)
	code, err := totp.GenerateCode(strings.ReplaceAll(key, " ", ""), w.now())
	if err != nil {
		w.t.Fatal(err)
	}
	return code
}

// tape is a log that is written and read at once.
type tape struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (p *tape) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all.Write(b)
}

func (p *tape) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all.String()
}

// postOffice is a mail server that keeps what it was given.
type postOffice struct {
	address string
	mu      sync.Mutex
	letters []posted
}

// posted is a letter that came, and whether the journey has read it.
type posted struct {
	to, subject, text string
	header            mail.Header
	read              bool
}

func newPostOffice(t *testing.T) *postOffice {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{address: "smtp://" + l.Addr().String()}
	server := smtp.NewServer(p)
	server.Domain = "localhost"
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return p
}

func (p *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) {
	return &counterClerk{office: p}, nil
}

type counterClerk struct {
	office *postOffice
	to     string
}

func (c *counterClerk) Mail(string, *smtp.MailOptions) error      { return nil }
func (c *counterClerk) Rcpt(to string, _ *smtp.RcptOptions) error { c.to = to; return nil }
func (c *counterClerk) Reset()                                    {}
func (c *counterClerk) Logout() error                             { return nil }
func (c *counterClerk) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	letter := posted{to: c.to, header: m.Header}
	if letter.subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		return err
	}
	if letter.text, err = plainText(m); err != nil {
		return err
	}
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	c.office.letters = append(c.office.letters, letter)
	return nil
}

// plainText is the first part of a letter, its text without marks.
func plainText(m *mail.Message) (string, error) {
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return "", err
	}
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextRawPart()
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(quotedprintable.NewReader(part))
	return string(text), err
}

// to is how many letters came to an address.
func (p *postOffice) to(address string) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.letters {
		if l.to == address {
			n++
		}
	}
	return n
}

// letter waits for the next letter to somebody.
func (w *town) letter(to string) (out posted) {
	w.t.Helper()
	w.until("a letter to "+to, func() bool {
		w.post.mu.Lock()
		defer w.post.mu.Unlock()
		for i := range w.post.letters {
			if l := &w.post.letters[i]; l.to == to && !l.read {
				l.read, out = true, *l
				return true
			}
		}
		return false
	})
	return out
}

// link is the link of a letter to a page of that kind.
func (w *town) link(l posted, kind string) string {
	w.t.Helper()
	link := regexp.MustCompile(regexp.QuoteMeta(w.origin) + `/(kk|ru|en)/` + kind + `/\S+`).FindString(l.text)
	if link == "" {
		w.t.Fatalf("no link to %s in\n%s\n%s", kind, l.subject, l.text)
	}
	return link
}
