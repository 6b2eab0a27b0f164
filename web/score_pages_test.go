package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// mannedScorers is an office with outcomes, and the kinds of its pages. "?wrong"
// sends a form with mistakes.
func mannedScorers(t *testing.T) (http.Handler, []kind) {
	o := newScorers(t)
	for _, task := range [][]string{{"text", "Позвонить депутату", "due", "2026-01-01"}, {"text", "Прочитать заключение", "due", ""}} {
		o.post(o.at+"/today", o.editor, append(task, "do", "add")...)
	}
	o.post(o.at+"/targets", o.editor, "indicator", "journalists", "value", "12", "day", "2026-09-01", "what-ru", "Курс", "sources", "Список https://example.kz/list")
	o.post(o.at+"/targets", o.editor, "indicator", "journalists", "replaces", "1", "value", "10", "day", "2026-09-01", "what-ru", "Курс", "sources", "Список")
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/desk") {
			r.Header.Set("Cookie", "__Host-session="+o.editor)
			r.Host, r.TLS = "tuzetu.example", nil
		}
		if r.URL.Query().Has("wrong") {
			r.Method, r.Body = http.MethodPost, io.NopCloser(strings.NewReader("do=add&due=x&seen=0&status=x&day=x&places=x&edition="+r.URL.Query().Get("edition")))
			r.Header.Del("Sec-Fetch-Site")
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		o.handler.ServeHTTP(w, r)
	})
	in := func(path string) string { return "/{ui}" + strings.TrimPrefix(path, "/ru") }
	wrong := http.StatusUnprocessableEntity
	return handler, []kind{
		{name: "scoreboard", path: "/{ui}/dossiers/" + scoreSlug + "/scoreboard"}, {name: "scoreboard of all", path: "/{ui}/scoreboard"}, {name: "targets", path: "/{ui}/targets"},
		{name: "card of a scoreboard", path: "/{ui}/embed/dossiers/" + scoreSlug + "/scoreboard"}, {name: "card of the targets", path: "/{ui}/embed/targets"},
		{name: "outcomes", path: in(o.at) + "/outcomes", alone: true}, {name: "outcome", path: in(o.outcome()), alone: true},
		{name: "outcome with mistakes", path: in(o.outcome()) + "?wrong&edition=Z9900000001@2026-02-01:ru", status: wrong, alone: true},
		{name: "outcome of what is recorded", path: in(o.at) + "/outcomes/2", alone: true},
		{name: "targets of the desk", path: in(o.at) + "/targets?correct=2", alone: true}, {name: "targets with mistakes", path: in(o.at) + "/targets?wrong", status: wrong, alone: true},
		{name: "today", path: in(o.at) + "/today", alone: true}, {name: "today with mistakes", path: in(o.at) + "/today?wrong", status: wrong, alone: true},
	}
}

// axe-core finds nothing on the pages of outcomes and targets.
func TestAuditScore(t *testing.T) {
	h, kinds := mannedScorers(t)
	auditKinds(t, h, kinds)
}

// Every one answers in every language; those of the desk are private.
func TestScorePages(t *testing.T) {
	h, kinds := mannedScorers(t)
	s := &site{tb: t, handler: h}
	for _, k := range kinds {
		for _, ui := range law.Langs {
			w := s.get("https://tuzetu.example" + k.in(ui))
			if w.Code != max(k.status, http.StatusOK) || w.Header().Get("Content-Language") != string(ui) || strings.Contains(w.Header().Get("Cache-Control"), "no-store") != k.alone {
				t.Errorf("%s: %d, %q, %q", k.in(ui), w.Code, w.Header().Get("Cache-Control"), w.Header().Get("Content-Language"))
			}
			if blankLeft.MatchString(w.Body.String()) {
				t.Errorf("%s: a blank is left", k.in(ui))
			}
		}
	}
}
