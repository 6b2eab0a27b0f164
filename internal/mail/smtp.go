package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/tuzetu/tuzetu/internal/jobs"
)

// sendWithin is how long a mail server may take over one letter.
const sendWithin = 30 * time.Second

// Settings say how letters are sent.
type Settings struct {
	// Server is smtp://[USER@]HOST[:PORT], with STARTTLS, or smtps://…, with TLS
	// from the start. Without TLS only a server on this computer is spoken to.
	Server   string
	Password string
	From     string // "Түзету <letters@tuzetu.kz>"
	// DKIM signs letters where Key, in PEM, is given.
	Domain, Selector string
	Key              []byte
}

// SMTP hands letters to a mail server.
type SMTP struct {
	host    string
	options []gomail.Option
	from    *mail.Address
	dkim    *gomail.DKIMSigner
	writer  writer
	now     func() time.Time
}

// NewSMTP makes an SMTP, without asking the server anything.
func NewSMTP(s Settings, now func() time.Time) (*SMTP, error) {
	u, err := url.Parse(s.Server)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return nil, fmt.Errorf("mail server %q: want smtp://[USER@]HOST[:PORT] or smtps://…", s.Server)
	}
	from, err := mail.ParseAddress(s.From)
	if err != nil {
		return nil, fmt.Errorf("sender of letters %q: want an address, like Түзету <letters@example.kz>", s.From)
	}
	out := &SMTP{host: u.Hostname(), from: from, now: now}
	if out.writer, err = newWriter(); err != nil {
		return nil, err
	}
	out.options = []gomail.Option{gomail.WithTimeout(sendWithin)}
	switch {
	case u.Scheme == "smtps":
		out.options = append(out.options, gomail.WithSSLPort(false))
	case onLoopback(u.Hostname()):
		out.options = append(out.options, gomail.WithTLSPortPolicy(gomail.TLSOpportunistic))
	default:
		out.options = append(out.options, gomail.WithTLSPortPolicy(gomail.TLSMandatory))
	}
	if p := u.Port(); p != "" {
		port, err := strconv.Atoi(p)
		if err != nil {
			return nil, fmt.Errorf("mail server %q: %w", s.Server, err)
		}
		out.options = append(out.options, gomail.WithPort(port))
	}
	if u.User != nil {
		out.options = append(out.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(s.Password))
	}
	if len(s.Key) > 0 {
		key, err := gomail.PrivKeyFromPEM(s.Key)
		if err != nil {
			return nil, fmt.Errorf("DKIM key: %w", err)
		}
		out.dkim = gomail.NewDKIMSigner(s.Domain, s.Selector, key)
	}
	return out, nil
}

func onLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send hands one letter over.
func (s *SMTP) Send(ctx context.Context, l Letter) error {
	m, err := s.message(l)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	if err := client.DialWithContext(ctx); err != nil {
		return fmt.Errorf("%w: mail server: %w", jobs.ErrNotDone, err)
	}
	err = client.Send(m)
	if closing := client.Close(); err == nil && closing != nil {
		return nil // the letter is taken; how the server says good-bye is its own affair
	}
	var refused *gomail.SendError
	if errors.As(err, &refused) && refused.IsTemp() {
		// It said 4xx: it has not taken the letter and asks for another try.
		return fmt.Errorf("%w: mail server: %s", jobs.ErrNotDone, refused.Reason)
	}
	if err != nil {
		// The text of the error may name the address.
		if refused != nil {
			return fmt.Errorf("the mail server did not take a letter: %s", refused.Reason)
		}
		return errors.New("the mail server did not take a letter")
	}
	return nil
}

func (s *SMTP) message(l Letter) (*gomail.Msg, error) {
	plain, rich, err := s.writer.write(l)
	if err != nil {
		return nil, err
	}
	m := gomail.NewMsg()
	m.FromMailAddress(s.from)
	if err := m.To(l.To); err != nil {
		return nil, errors.New("a letter's address cannot be written to")
	}
	m.Subject(oneLine(l.Subject))
	m.SetDateWithValue(s.now())
	m.SetMessageID()
	m.SetGenHeader(gomail.HeaderContentLang, string(l.Lang))
	// Not to be answered by machines (RFC 3834).
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetBodyString(gomail.TypeTextPlain, plain)
	m.AddAlternativeString(gomail.TypeTextHTML, rich)
	if s.dkim != nil {
		m.SetDKIM(s.dkim)
	}
	return m, nil
}
