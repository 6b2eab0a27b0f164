package web_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
)

// When it cannot be stored the page says so in the reader's language, keeps what
// was typed, and says when to come again.
func TestSigningWithoutDatabase(t *testing.T) {
	b := newBooth(t)
	forms := map[law.Lang]url.Values{}
	for _, ui := range law.Langs {
		forms[ui] = b.filled(string(ui), "a@example.kz")
	}
	if err := b.store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, ui := range law.Langs {
		w := b.post("/"+string(ui)+boothPath+"/sign", forms[ui])
		if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `lang="`+string(ui)+`"`) || w.Header().Get("Location") != "" || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d\n%s", ui, w.Code, w.Body)
		}
		if typed := parsed(t, w).Find("input[name=email]").AttrOr("value", ""); typed != "a@example.kz" {
			t.Errorf("%s: what was typed is lost: %q", ui, typed)
		}
	}
}

// A body without end, and one of the wrong kind, are refused in words.
func TestHugeForms(t *testing.T) {
	b := newBooth(t)
	form := b.filled("kk", "a@example.kz")
	form.Set("comment", strings.Repeat("а", 1<<20))
	if w := b.post("/kk"+boothPath+"/sign", form); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `lang="kk"`) {
		t.Errorf("a megabyte: %d", w.Code)
	}
	form.Set("comment", strings.Repeat("а", 100_000))
	if w := b.post("/kk"+boothPath+"/sign", form); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("100,000 letters: %d", w.Code)
	}
	if got := b.letters(); len(got) != 0 {
		t.Errorf("letters: %+v", got)
	}
}

// Those who send a form a byte at a time hold up nobody, and are cut off.
func TestSlowForms(t *testing.T) {
	b := newBooth(t)
	form := b.filled("ru", "a@example.kz").Encode()
	srv := httptest.NewUnstartedServer(b.handler)
	limits := web.NewServer(b.handler)
	if limits.ReadTimeout > 30*time.Second || limits.ReadHeaderTimeout > 10*time.Second {
		t.Fatalf("forms may take %s", limits.ReadTimeout)
	}
	srv.Config.ReadTimeout = 300 * time.Millisecond // for the test's sake
	srv.Start()
	defer srv.Close()
	host := strings.TrimPrefix(srv.URL, "http://")
	var slow []net.Conn
	for range 300 {
		c, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := fmt.Fprintf(c, "POST /ru%s/sign HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", boothPath, host, len(form), form[:20]); err != nil {
			t.Fatal(err)
		}
		slow = append(slow, c)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Post(srv.URL+"/ru"+boothPath+"/sign", "application/x-www-form-urlencoded", strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Errorf("beside slow ones: %d", res.StatusCode)
	}
	for _, c := range slow { // each is answered or closed; none hangs
		if err := c.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 64)
		n, err := c.Read(buf)
		if ne, ok := err.(net.Error); ok && ne.Timeout() || strings.Contains(string(buf[:n]), " 303 ") {
			t.Fatalf("%q, %v", buf[:n], err)
		}
	}
	if got := b.letters(); len(got) != 1 {
		t.Errorf("%d letters", len(got))
	}
}
