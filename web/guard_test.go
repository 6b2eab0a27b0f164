package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/read"
)

func TestHeaders(t *testing.T) {
	s := sampled(t)
	for path, cache := range map[string]string{
		"/ru":                         "no-cache",
		"/ru" + sampleAct:             "no-cache",
		"/ru" + sampleSecond + "/ru":  "max-age=3600",
		"/ru" + sampleCompare + "/ru": "max-age=3600",
		"/ru/nothing":                 "no-store",
		"/healthz":                    "no-store",
	} {
		h := s.get(path).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "strict-origin-when-cross-origin", "X-Frame-Options": "DENY", "Cache-Control": cache,
		} {
			if got := h.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if csp := h.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: %q", path, csp)
		}
		if h.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
	}
}

func TestETags(t *testing.T) {
	s := sampled(t)
	path := "/ru" + sampleCompare + "/ru"
	plain, zipped := s.get(path), s.get(path, "Accept-Encoding", "gzip, zstd;q=0")
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Body.Len() >= plain.Body.Len() {
		t.Fatalf("not compressed: %v", zipped.Header())
	}
	r, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(r); err != nil || string(b) != plain.Body.String() {
		t.Errorf("the compressed page is another one: %v", err)
	}
	tag := plain.Header().Get("ETag")
	if !regexp.MustCompile(`^"[0-9a-f]{24}"$`).MatchString(tag) || zipped.Header().Get("ETag") == tag {
		t.Errorf("tags %s and %s", tag, zipped.Header().Get("ETag"))
	}
	if !strings.Contains(plain.Header().Get("Vary"), "Accept-Encoding") {
		t.Errorf("Vary %q", plain.Header().Get("Vary"))
	}
	for _, known := range []string{tag, zipped.Header().Get("ETag"), "W/" + tag, `"x", ` + tag, "*"} {
		w := s.get(path, "If-None-Match", known, "Accept-Encoding", "gzip")
		if w.Code != http.StatusNotModified || w.Body.Len() != 0 {
			t.Errorf("If-None-Match %s: %d, %d bytes", known, w.Code, w.Body.Len())
		}
	}
	if w := s.get(path, "If-None-Match", `"x"`); w.Code != http.StatusOK {
		t.Errorf("another tag: %d", w.Code)
	}
	if w := s.get("/kk"+sampleCompare+"/ru", "If-None-Match", tag); w.Code != http.StatusOK {
		t.Errorf("the page in another language has the same tag")
	}
}

func TestMethods(t *testing.T) {
	s := sampled(t)
	srv := httptest.NewServer(s.handler)
	defer srv.Close()
	for _, path := range []string{"/ru", "/ru" + sampleCompare + "/ru", "/healthz"} {
		resp, err := http.Head(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(resp.Body)
		if err := resp.Body.Close(); err != nil || resp.StatusCode != 200 || len(b) != 0 {
			t.Errorf("HEAD %s: %d, %d bytes, %v", path, resp.StatusCode, len(b), err)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodDelete, "BREW"} {
		w := s.ask(method, "/ru"+sampleAct)
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, Allow %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
	if w := s.ask(http.MethodPost, "/ru/nothing/here"); w.Code != http.StatusNotFound {
		t.Errorf("a form to an address that is not there: %d", w.Code)
	}
	if w := s.ask(http.MethodPost, "/ru", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("a form from another site: %d", w.Code)
	}
}

// Who is refused a method is told which ones the address takes.
func TestMethodsOfForms(t *testing.T) {
	o := newOffice(t, "https://tuzetu.example")
	desk := "/ru/desk/" + string(o.own.ID)
	for path, want := range map[string]string{
		"/ru/sign-in":       "GET, HEAD, POST",
		desk + "/members":   "GET, HEAD, POST",
		desk + "/audit":     "GET, HEAD",
		"/ru/sign-out":      "POST",
		"/ru/nothing/here/": "",
	} {
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, httptest.NewRequest(http.MethodPut, "https://tuzetu.example"+path, nil))
		status := http.StatusMethodNotAllowed
		if want == "" {
			status = http.StatusNotFound
		}
		if w.Code != status || w.Header().Get("Allow") != want {
			t.Errorf("%s: %d, Allow %q, want %q", path, w.Code, w.Header().Get("Allow"), want)
		}
	}
	w := httptest.NewRecorder()
	if o.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "https://tuzetu.example/ru/sign-out", nil)); w.Code != http.StatusNotFound {
		t.Errorf("what only a form is sent to, opened by hand: %d", w.Code)
	}
}

func TestStatic(t *testing.T) {
	s := sampled(t)
	doc := s.page("/ru")
	for sel, attr := range map[string]string{"script[src]": "src", "link[rel=icon]": "href", "link[rel=preload]": "href"} {
		path, _ := doc.Find(sel).Attr(attr)
		w := s.get(path)
		if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %q", path, w.Code, w.Header().Get("Cache-Control"))
		}
	}
	css := doc.Find("head > style").Text()
	for _, m := range regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(css, -1) {
		if w := s.get(m[1]); w.Code != 200 {
			t.Errorf("the style names %q: %d", m[1], w.Code)
		}
	}
}

// Nothing inline holds but the one style sheet, by its hash.
func TestInlineStyle(t *testing.T) {
	s := auditedSite(t)
	for _, k := range kinds {
		w := s.get(k.in("ru"))
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		inline := doc.Find(`[style], style, script:not([src]):not([type="application/ld+json"])`)
		if n := inline.Length(); n > 1 || n == 0 && doc.Find("link[rel=stylesheet]").Length() != 1 {
			t.Errorf("%s: %d inline styles and scripts, want the one of all pages, or the sheet of a card", k.name, n)
		}
		for _, link := range doc.Find("link[rel=stylesheet]").EachIter() { // of a group of pages
			if href := link.AttrOr("href", ""); !strings.HasPrefix(href, "/static/") {
				t.Errorf("%s: a sheet from %q", k.name, href)
			}
		}
		want := "'self'" // of a card, which has its sheet by a link
		if style := doc.Find("head > style"); style.Length() > 0 {
			sum := sha256.Sum256([]byte(style.Text()))
			want += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		}
		if got := directives(w.Header().Get("Content-Security-Policy"))["style-src"]; got != want {
			t.Errorf("%s: style-src %s, want %s", k.name, got, want)
		}
	}
}

// broken is a store that fails in a way of its choice.
type broken struct {
	read.Store
	fail func() error
}

func (b broken) Current(context.Context, law.Date) ([]law.EditionHead, error) { return nil, b.fail() }

func (b broken) Seen(context.Context) (string, error) { return "", b.fail() }

func (b broken) Acts(context.Context) ([]law.Act, error) { return nil, b.fail() }

func TestFailuresAreHidden(t *testing.T) {
	for _, c := range []struct {
		name   string
		fail   func() error
		status int
		logged string
	}{
		{"error", func() error { return errors.New("secret detail") }, 500, "secret detail"},
		{"panic", func() error { panic("secret panic") }, 500, "secret panic"},
		{"slow", func() error { return context.DeadlineExceeded }, 503, "deadline"},
	} {
		var log bytes.Buffer
		h, err := web.New(web.Config{Store: broken{fail: c.fail}, Logger: slog.New(slog.NewTextHandler(&log, nil)), Now: today})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/kk?email=a@b.example", nil))
		if w.Code != c.status || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), `<html lang="kk">`) {
			t.Errorf("%s: %d %s", c.name, w.Code, w.Body)
		}
		if !strings.Contains(log.String(), c.logged) || strings.Contains(log.String(), "a@b.example") || strings.Contains(log.String(), "192.0.2.1") {
			t.Errorf("%s: logged %s", c.name, log.String())
		}
	}
}

func TestConfigIsChecked(t *testing.T) {
	for _, c := range []web.Config{{}, {Store: broken{}}, {Store: broken{}, Now: today, BaseURL: "tuzetu.kz"}, {Store: broken{}, Now: today, BaseURL: "https://tuzetu.kz/x"}} {
		if _, err := web.New(c); err == nil {
			t.Errorf("%+v is accepted", c)
		}
	}
}
