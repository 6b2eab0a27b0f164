package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/jobs"
)

// sendWithin is how long a mail server may take over one letter.
const sendWithin = 30 * time.Second

// bounceName is what an address leaves of its 64 octets before the @ beside a
// plus and a token of 39.
const bounceName = 24

// signedHeaders are what DKIM vouches for. Those of RFC 8058 must be among them
// (section 4); named where they are not there, nobody can add them. go-mail
// 0.8.1 folds a list of more than 73 octets inside a word, and what it signs is
// then not what it sends.
func signedHeaders() []string {
	return []string{"From", "To", "Subject", "Date", "Content-Type", "List-Unsubscribe", "List-Unsubscribe-Post"}
}

// Settings say how letters are sent.
type Settings struct {
	// Server is smtp://[USER@]HOST[:PORT], with STARTTLS, or smtps://…, with TLS
	// from the start. Without TLS only a server on this computer is spoken to.
	Server   string
	Password string
	From     string // "Түзету <letters@tuzetu.kz>"
	// Bounces is the mailbox that letters of mailings come back to, with a token
	// behind a plus: bounces@tuzetu.kz stands for bounces+…@tuzetu.kz. Without it
	// they come back to From.
	Bounces string
	// DKIM signs letters where Key, in PEM, is given.
	Domain, Selector string
	Key              []byte
}

// SMTP hands letters to a mail server.
type SMTP struct {
	host    string
	options []gomail.Option
	from    *mail.Address
	bounces string
	within  time.Duration
	dkim    *gomail.DKIMSigner
	writer  writer
	now     func() time.Time
	// To greet a server, with TLS and a password, takes it longer than to give it a
	// letter: connections are kept for the next one.
	idle chan idle
}

// idle is a connection that has given its letter.
type idle struct {
	*gomail.Client
	since time.Time
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
	out := &SMTP{host: u.Hostname(), from: from, bounces: s.Bounces, within: sendWithin, now: now, idle: make(chan idle, intake.LettersAtOnce)}
	if s.Bounces != "" {
		to, err := mail.ParseAddress(s.Bounces)
		if err != nil || to.Address != s.Bounces || strings.Index(s.Bounces, "@") > bounceName {
			return nil, fmt.Errorf("mailbox for what comes back %q: want a plain address with a name of at most %d letters", s.Bounces, bounceName)
		}
	}
	if out.writer, err = newWriter(); err != nil {
		return nil, err
	}
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
		out.dkim.SignHeaders(signedHeaders()...)
		out.dkim.NowFunc = now
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
	err = s.hand(ctx, m)
	if err == nil || errors.Is(err, jobs.ErrNotDone) {
		return err
	}
	var refused *gomail.SendError
	if errors.As(err, &refused) && (refused.IsTemp() || refused.ErrorCode() == 0 && beforeTheEnd(refused.Reason)) {
		// It said 4xx, or was gone before it had the letter.
		return fmt.Errorf("%w: mail server: %s", jobs.ErrNotDone, refused.Reason)
	}
	if refused != nil && refused.Reason == gomail.ErrSMTPRcptTo && NoMailbox(refused.EnhancedStatusCode()) {
		return intake.ErrNoMailbox
	}
	// The text of the error may name the address.
	if refused != nil {
		return fmt.Errorf("the mail server did not take a letter: %s", refused.Reason)
	}
	return errors.New("the mail server did not take a letter")
}

// hand gives a letter to a connection that was kept, or to a new one.
func (s *SMTP) hand(ctx context.Context, m *gomail.Msg) error {
	for c := s.kept(); c != nil; c = s.kept() {
		err := c.Send(m)
		var failed *gomail.SendError
		if errors.As(err, &failed) && failed.Reason == gomail.ErrConnCheck {
			c.Close() // the server has hung up since
			continue
		}
		return s.keep(c, err)
	}
	c, err := s.connect(ctx)
	if err != nil {
		return fmt.Errorf("%w: mail server: %w", jobs.ErrNotDone, err)
	}
	return s.keep(c, c.Send(m))
}

// kept is a connection that waits for a letter, nil where there is none. By half
// of its time one is given up, before it ends in the midst of a letter.
func (s *SMTP) kept() *gomail.Client {
	for {
		select {
		case c := <-s.idle:
			if s.now().Sub(c.since) < s.within/2 {
				return c.Client
			}
			c.Close()
		default:
			return nil
		}
	}
}

// keep returns err, of the letter that c was given.
func (s *SMTP) keep(c *gomail.Client, err error) error {
	if err == nil {
		select {
		case s.idle <- idle{c, s.now()}:
			return nil
		default:
		}
	}
	c.Close() // how the server says good-bye is its own affair
	return err
}

func (s *SMTP) connect(ctx context.Context) (*gomail.Client, error) {
	client, err := gomail.NewClient(s.host, append(slices.Clip(s.options), gomail.WithTimeout(s.within))...)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.within)
	defer cancel()
	return client, client.DialWithContext(ctx)
}

// beforeTheEnd tells whether a letter that failed there was not sent: a server
// takes it only with the dot at its end (RFC 5321, 4.1.1.4). When that got no
// answer, nobody knows.
func beforeTheEnd(at gomail.SendErrReason) bool {
	return slices.Contains([]gomail.SendErrReason{gomail.ErrConnCheck, gomail.ErrSMTPMailFrom, gomail.ErrSMTPRcptTo,
		gomail.ErrSMTPData, gomail.ErrWriteContent}, at)
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
	if err := s.known(m, l); err != nil {
		return nil, err
	}
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

// known sets what a letter is known by, to mail programs and when it comes back.
func (s *SMTP) known(m *gomail.Msg, l Letter) error {
	if l.Bounce == "" {
		m.SetMessageID()
	} else {
		m.SetMessageIDWithValue(l.Bounce + s.from.Address[strings.LastIndex(s.from.Address, "@"):])
		if name, domain, ok := strings.Cut(s.bounces, "@"); ok {
			if err := m.EnvelopeFrom(name + "+" + l.Bounce + "@" + domain); err != nil {
				return errors.New("a letter cannot be sent from the mailbox for what comes back")
			}
		}
	}
	for _, h := range l.ListHeaders() {
		name, value, _ := strings.Cut(h, ": ")
		m.SetGenHeaderPreformatted(gomail.Header(name), value)
	}
	return nil
}
