package web_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// mannedWriters is an office with a draft, and with a campaign whose text has two
// versions; and the paths of its pages. "?wrong" sends a form with mistakes,
// "?late" one of somebody whose session has ended.
func mannedWriters(t *testing.T) (http.Handler, []kind) {
	o := newWriters(t)
	at := o.begun()
	o.live(at)
	f := typed(o.page(at+"/edit", o.editor))
	f.Set("title-ru", "Библиотека рядом")
	_, doc := o.send(at+"/edit", o.editor, f)
	o.send(at+"/edit", o.editor, typed(doc))
	stale := typed(o.page(at+"/edit", o.editor))
	stale.Set("goal", "7000")
	stale.Set("mark", "an older one")
	if w, _ := o.send(o.at, o.editor, url.Values{"slug": {"empty"}, "in": {"ru", "kk"}}); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/desk") {
			r.Header.Set("Cookie", "__Host-session="+o.editor)
			r.Host, r.TLS = "tuzetu.example", nil
		}
		body := map[string]string{"wrong": "goal=x&slug=%D1%8F&closes=1&base=x&bin=1&at=0&then-ru=x&title-kk=" + strings.Repeat("a", 201), "late": "goal=500", "stale": stale.Encode()}
		for name, form := range body {
			if r.URL.Query().Has(name) {
				r.Method, r.Body = http.MethodPost, io.NopCloser(strings.NewReader(form))
				r.Header.Del("Sec-Fetch-Site")
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
		}
		if r.URL.Query().Has("late") {
			r.Header.Del("Cookie")
		}
		o.handler.ServeHTTP(w, r)
	})
	in := func(path string) string { return "/{ui}" + strings.TrimPrefix(path, "/ru") }
	live, draft := in(at), in(o.at)+"/empty"
	return handler, []kind{
		{name: "campaigns", path: in(o.at)}, {name: "new campaign", path: in(o.at) + "/new"},
		{name: "campaign of the desk, draft", path: draft}, {name: "campaign of the desk, live", path: live},
		{name: "campaign, edit", path: live + "/edit"}, {name: "campaign, edit with mistakes", path: draft + "/edit?wrong", status: http.StatusUnprocessableEntity},
		{name: "campaign, edit, changed meanwhile", path: live + "/edit?stale", status: http.StatusConflict},
		{name: "campaign, edit after the session", path: draft + "/edit?late", status: http.StatusForbidden},
		{name: "campaign, preview", path: live + "/preview"}, {name: "campaign, versions", path: live + "/versions"},
		{name: "campaign, close", path: live + "/state?to=closed"}, {name: "campaign, news", path: live + "/news"},
		{name: "campaign, news with mistakes", path: live + "/news?wrong", status: http.StatusUnprocessableEntity},
		{name: "campaign, numbers", path: live + "/numbers?recount=1"},
	}
}

// axe-core finds nothing on the pages of those who write.
func TestAuditWriting(t *testing.T) {
	h, kinds := mannedWriters(t)
	auditKinds(t, h, kinds)
}

// Each of them is private and speaks the language of the interface.
func TestWritingPagesArePrivate(t *testing.T) {
	h, kinds := mannedWriters(t)
	s := &site{tb: t, handler: h}
	for _, k := range kinds {
		for _, ui := range law.Langs {
			w := s.get("https://tuzetu.example" + k.in(ui))
			if w.Code != max(k.status, http.StatusOK) || !strings.Contains(w.Header().Get("Cache-Control"), "no-store") || w.Header().Get("Content-Language") != string(ui) {
				t.Errorf("%s: %d, %q, %q", k.in(ui), w.Code, w.Header().Get("Cache-Control"), w.Header().Get("Content-Language"))
			}
			if body := w.Body.String(); blankLeft.MatchString(body) || !strings.Contains(body, `content="noindex`) {
				t.Errorf("%s: a blank is left, or it may be indexed", k.in(ui))
			}
		}
	}
}
