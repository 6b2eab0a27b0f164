package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// crowd is people with browsers behind a proxy: HTTP/1.1 over connections that
// are kept. It is written by hand, as it shares two cores with what it measures.
type crowd struct {
	at            string
	idle          chan *line // connections nobody uses now
	text, consent string     // hashes the form carries
}

// line is one connection.
type line struct {
	net.Conn
	r    *bufio.Reader
	out  []byte
	used time.Time
}

// fresh is how long a connection may rest: less than the server lets it.
const fresh = time.Minute

// answerWithin is longer than the server may take.
const answerWithin = 30 * time.Second

// newCrowd opens the form and reads from it what every form carries.
func newCrowd(ctx context.Context, at string) (*crowd, error) {
	c := &crowd{at: at, idle: make(chan *line, 4096)}
	a, err := c.ask(ctx, "GET", "/ru/campaigns/"+slug+"/sign", nil, 0)
	if err != nil {
		return nil, err
	}
	field := func(name string) string {
		m := regexp.MustCompile(`name="?` + name + `"? value="?([0-9a-f]{64})`).FindSubmatch(a.body)
		if m == nil {
			return ""
		}
		return string(m[1])
	}
	c.text, c.consent = field("text"), field("consent")
	if a.status != http.StatusOK || c.text == "" || c.consent == "" {
		return nil, fmt.Errorf("the form is not there: %d\n%s", a.status, a.body)
	}
	return c, nil
}

func (c *crowd) hangUp() {
	for {
		select {
		case l := <-c.idle:
			l.Close()
		default:
			return
		}
	}
}

// reply is an answer, its body unpacked where it was asked for.
type reply struct {
	status   int
	location string
	body     []byte
}

// ask sends a request as person n, who comes from one of 10,000 networks, and
// reads the whole answer. Nobody (0) looks at the body and has it unpacked.
func (c *crowd) ask(ctx context.Context, method, path string, form url.Values, n int) (reply, error) {
	if err := ctx.Err(); err != nil {
		return reply{}, err
	}
	var l *line
	for l == nil {
		select {
		case l = <-c.idle:
			if time.Since(l.used) > fresh {
				l.Close()
				l = nil
			}
			continue
		default:
		}
		conn, err := net.DialTimeout("tcp", c.at, answerWithin)
		if err != nil {
			return reply{}, err
		}
		l = &line{Conn: conn, r: bufio.NewReaderSize(conn, 16<<10)}
	}
	a, keep, err := l.ask(c.at, method, path, form, n)
	if err != nil || !keep {
		l.Close()
		return a, err
	}
	l.used = time.Now()
	select {
	case c.idle <- l:
	default:
		l.Close()
	}
	return a, nil
}

func (l *line) ask(host, method, path string, form url.Values, n int) (a reply, keep bool, err error) {
	if err := l.SetDeadline(time.Now().Add(answerWithin)); err != nil {
		return a, false, err
	}
	l.out = fmt.Appendf(l.out[:0], "%s %s HTTP/1.1\r\nHost: %s\r\nX-Forwarded-For: 198.51.100.1, %s\r\n"+
		"User-Agent: Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36\r\nAccept: text/html\r\nAccept-Language: ru\r\n"+
		"Origin: http://%s\r\nSec-Fetch-Site: same-origin\r\n", method, path, host, network(n), host)
	if n != 0 {
		l.out = append(l.out, "Accept-Encoding: gzip, deflate, br, zstd\r\n"...)
	}
	if method == http.MethodPost {
		body := form.Encode()
		l.out = fmt.Appendf(l.out, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	} else {
		l.out = append(l.out, "\r\n"...)
	}
	if _, err := l.Write(l.out); err != nil {
		return a, false, err
	}
	res, err := http.ReadResponse(l.r, nil)
	if err != nil {
		return a, false, err
	}
	defer res.Body.Close()
	a.status, a.location = res.StatusCode, res.Header.Get("Location")
	if a.status == http.StatusOK && method == http.MethodGet && n == 0 { // to be looked at
		a.body, err = io.ReadAll(res.Body)
	} else {
		_, err = io.Copy(io.Discard, res.Body)
	}
	return a, !res.Close, err
}

// person n fills in the form: names of usual length, half wish to be shown and a
// third to get news, and nobody comments.
func (c *crowd) person(n int) url.Values {
	given := [...]string{"Айгүл", "Нұрсұлтан", "Мария", "Бауыржан", "Ольга", "Гүлнар", "Дмитрий", "Әсел"}
	surname := [...]string{"Серікова", "Қожахметов", "Иванова", "Тоқтарбеков", "Ким", "Әбдіғалиева", "Петренко", "Мұқанова"}
	regions := [...]string{"KZ-71", "KZ-75", "KZ-79", "KZ-19", "KZ-63", "KZ-35", "KZ-61", "other"}
	f := url.Values{"text": {c.text}, "consent": {c.consent}, "given": {given[n%8]}, "surname": {surname[n/8%8]},
		"email": {email(n)}, "region": {regions[n/64%8]}, "occupation": {""}, "comment": {""}, "representative": {""}, "agreed": {"1"}}
	if n%2 == 0 {
		f.Set("display", "1")
	}
	if n%3 == 0 {
		f.Set("updates", "1")
	}
	return f
}

// email is the address of person n, and numberOf finds n again.
func email(n int) string { return fmt.Sprintf("person.number%d@mailbox%d.example.kz", n, n%50) }

func numberOf(address string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(strings.Split(address, "@")[0], "person.number"))
	return n
}

// network is where person n comes from: one of 10,000 behind the proxy.
func network(n int) string {
	return fmt.Sprintf("100.%d.%d.%d", 64+n%10_000/256, n%10_000%256, n/10_000%256)
}

// sign signs as person n; nil means that the page said so.
func (c *crowd) sign(ctx context.Context, n int) error {
	a, err := c.ask(ctx, "POST", "/ru/campaigns/"+slug+"/sign", c.person(n), n)
	return expect(a, err, http.StatusSeeOther)
}

// comeAgain is how often one reads a page before giving it up.
const comeAgain = 5

// errGone: a link is not valid.
var errGone = errors.New("the link is not valid")

func (c *crowd) confirm(ctx context.Context, token string, n int) error {
	a, err := c.ask(ctx, "POST", "/ru/confirm/"+token, nil, n)
	return expect(a, err, http.StatusSeeOther)
}

// thanks reads the page that confirming leads to.
func (c *crowd) thanks(ctx context.Context, token string, n int) error {
	return c.read(ctx, "/ru/confirm/"+token, n)
}

// look reads the page of the campaign.
func (c *crowd) look(ctx context.Context, n int) error {
	return c.read(ctx, "/ru/campaigns/"+slug, n)
}

// read reads a page. One who is told that the server is busy comes again; all
// that time is time waited.
func (c *crowd) read(ctx context.Context, path string, n int) error {
	for tries := 1; ; tries++ {
		a, err := c.ask(ctx, "GET", path, nil, 1+n)
		if err != nil || a.status != http.StatusServiceUnavailable || tries == comeAgain {
			return expect(a, err, http.StatusOK)
		}
	}
}

// withdraw opens the manage link and withdraws.
func (c *crowd) withdraw(ctx context.Context, token string, n int) error {
	a, err := c.ask(ctx, "GET", "/ru/manage/"+token, nil, 1+n)
	if err = expect(a, err, http.StatusOK); err != nil {
		return err
	}
	a, err = c.ask(ctx, "POST", "/ru/manage/"+token+"/withdraw", nil, n)
	return expect(a, err, http.StatusSeeOther)
}

func expect(a reply, err error, status int) error {
	switch {
	case err != nil:
		return err
	case a.status == http.StatusNotFound:
		return errGone
	case a.status != status:
		return fmt.Errorf("answered %d", a.status)
	}
	return nil
}
