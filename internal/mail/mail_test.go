package mail

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io"
	"mime"
	"net"
	"net/mail"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/emersion/go-smtp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// postOffice takes letters as a mail server does; refuse is its answer to them.
type postOffice struct {
	refuse error
	got    chan received
	// before and after the letter, what goes wrong.
	before, after func(*smtp.Conn)
	callers       atomic.Int32
}

type received struct {
	from, to string
	body     []byte
}

func (p *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	p.callers.Add(1)
	return &taking{office: p, conn: c}, nil
}

type taking struct {
	office *postOffice
	conn   *smtp.Conn
	received
}

func (s *taking) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }
func (s *taking) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.to = to; s.office.before != nil {
		s.office.before(s.conn)
	}
	return s.office.refuse
}
func (s *taking) Data(r io.Reader) (err error) {
	s.body, err = io.ReadAll(r)
	s.office.got <- s.received
	if s.office.after != nil {
		s.office.after(s.conn)
	}
	return err
}
func (s *taking) Reset()        {}
func (s *taking) Logout() error { return nil }

func open(t *testing.T, refuse error) (*postOffice, string) {
	p := &postOffice{refuse: refuse, got: make(chan received, 10)}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(p)
	server.Domain = "localhost"
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return p, "smtp://" + l.Addr().String()
}

func noon() time.Time { return time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC) }

// An invitation in Kazakh goes through a mail server, signed, in text and HTML,
// with nothing to load and no header that somebody's text could add.
func TestSend(t *testing.T) {
	office, address := open(t, nil)
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	out, err := NewSMTP(Settings{Server: address, From: "Түзету <letters@example.kz>", Domain: "example.kz", Selector: "one",
		Key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})}, noon)
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWriter(out, "https://tuzetu.example")
	if err != nil {
		t.Fatal(err)
	}
	err = w.Account(t.Context(), door.Letter{Kind: door.ToInvite, To: "asel@example.kz", Lang: "kk", Token: "t0ken", Role: accounts.Editor, Until: noon(),
		Names: map[string]string{"kk": "«Үлгі»\r\nBcc: everybody@example.kz <b>қоры</b>"}})
	if err != nil {
		t.Fatal(err)
	}
	got := <-office.got
	if got.to != "asel@example.kz" || got.from != "letters@example.kz" {
		t.Errorf("%s → %s", got.from, got.to)
	}
	checked, err := dkim.VerifyWithOptions(bytes.NewReader(got.body), &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
		if name != "one._domainkey.example.kz" {
			return nil, errors.New("not found")
		}
		return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}, nil
	}})
	if err != nil || len(checked) != 1 || checked[0].Err != nil {
		t.Errorf("the signature: %+v, %v, %v", checked, err, checked[0].Err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "Шақыру: «Үлгі» Bcc: everybody@example.kz <b>қоры</b>" {
		t.Errorf("subject %q, %v", subject, err)
	}
	if m.Header.Get("Bcc") != "" || m.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("%v", m.Header)
	}
	plain, rich, err := out.writer.write(Letter{Lang: law.KK, Subject: "x", Paragraphs: []string{"<b>қоры</b>"}, Href: "https://tuzetu.example/kk/join/t0ken", Do: "Ашу"})
	if err != nil || !strings.Contains(plain, "<b>қоры</b>") || !strings.Contains(plain, "/join/t0ken") ||
		strings.Contains(rich, "<b>қоры") || strings.Contains(rich, "<img") || strings.Contains(rich, "src=") || strings.Count(rich, "https://") != 2 {
		t.Errorf("%s\n%s\n%v", plain, rich, err)
	}
}

// Nothing was sent and may be tried again: nobody answers, or a server says
// later. A server that says no is not asked twice.
func TestSendFails(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "smtp://" + l.Addr().String()
	l.Close()
	_, later := open(t, &smtp.SMTPError{Code: 451, Message: "later"})
	_, never := open(t, &smtp.SMTPError{Code: 550, Message: "no such mailbox"})
	for name, c := range map[string]struct {
		server string
		again  bool
	}{"nobody": {nobody, true}, "later": {later, true}, "never": {never, false}} {
		out, err := NewSMTP(Settings{Server: c.server, From: "a@example.kz"}, noon)
		if err != nil {
			t.Fatal(err)
		}
		err = out.Send(context.Background(), Letter{To: "asel@example.kz", Lang: law.RU, Subject: "x"})
		if err == nil || errors.Is(err, jobs.ErrNotDone) != c.again {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "asel@") {
			t.Errorf("%s: the error names the address: %v", name, err)
		}
	}
}

// One connection brings letter after letter. One that is old, or that the server
// has closed, is not used again, and no letter is lost with it.
func TestConnectionIsKept(t *testing.T) {
	office, address := open(t, nil)
	now := noon()
	out, err := NewSMTP(Settings{Server: address, From: "a@example.kz"}, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	hangUp := make(chan *smtp.Conn, 1)
	for n, step := range []struct {
		before  func()
		callers int32
	}{
		{func() {}, 1},
		{func() {}, 1},
		{func() { now = now.Add(sendWithin) }, 2},
		{func() { office.after = func(c *smtp.Conn) { hangUp <- c } }, 2},
		{func() { office.after = nil; (<-hangUp).Conn().Close() }, 3},
	} {
		step.before()
		if err := out.Send(t.Context(), Letter{To: "asel@example.kz", Lang: law.RU, Subject: "x"}); err != nil {
			t.Fatal(n, err)
		}
		if <-office.got; office.callers.Load() != step.callers {
			t.Errorf("letter %d: %d connections, want %d", n, office.callers.Load(), step.callers)
		}
	}
}

func TestSettings(t *testing.T) {
	for _, s := range []Settings{
		{}, {Server: "mail.example.kz", From: "a@example.kz"}, {Server: "http://mail.example.kz", From: "a@example.kz"},
		{Server: "smtp://mail.example.kz", From: "nobody"}, {Server: "smtp://mail.example.kz", From: "a@example.kz", Key: []byte("no key")},
	} {
		if _, err := NewSMTP(s, noon); err == nil {
			t.Errorf("%+v is taken", s)
		}
	}
}

func TestOutboxForgetsTheOldest(t *testing.T) {
	o := NewOutbox(noon)
	for n := range outboxHolds + 5 {
		if err := o.Send(t.Context(), Letter{Subject: string(rune('a' + n))}); err != nil {
			t.Fatal(err)
		}
	}
	sent := o.Sent()
	if len(sent) != outboxHolds || sent[0].Subject != string(rune('a'+outboxHolds+4)) {
		t.Errorf("%d letters, the latest %q", len(sent), sent[0].Subject)
	}
}
