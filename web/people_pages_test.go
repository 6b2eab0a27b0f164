package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/people"
)

var blankLeft = regexp.MustCompile(`>[^<]*\{[a-z]+\}`)

// shownDemo is what a demonstration shows.
type shownDemo struct{}

func (shownDemo) Letters() []people.DemoLetter {
	return []people.DemoLetter{{To: "asel@example.kz", Subject: "Шақыру: Үлгі қоры", Href: "/kk/join/x", Do: "Шақыруды ашу", Lang: law.KK, Texts: []string{"Сәлеметсіз бе!"}, At: today()}}
}

func (shownDemo) Codes(context.Context) []people.DemoCode {
	return []people.DemoCode{{Mail: "owner@example.kz", Password: "6rn9mkcv40hrz2z9", Code: "123456"}}
}

// manned is an office with people, an open invitation and somebody signed in as
// its owner, and the paths of its pages.
func manned(t *testing.T) (http.Handler, []kind) {
	o := newOffice(t, "")
	var err error
	if o.handler, err = web.New(web.Config{Store: o.store, Now: o.now, People: &people.Config{Door: o.door, Demo: shownDemo{}}}); err != nil {
		t.Fatal(err)
	}
	_, owner := o.equip(o.hire("owner@example.kz", accounts.Owner))
	o.hire("redaktor-otdela-obrashchenii@korrespondent.example.kz", accounts.Editor)
	if _, err := o.door.Invite(t.Context(), "", o.own, "viewer@example.kz", accounts.Viewer, "kk"); err != nil {
		t.Fatal(err)
	}
	token, err := o.door.Invite(t.Context(), "", o.own, "asel@example.kz", accounts.Editor, "kk")
	if err != nil {
		t.Fatal(err)
	}
	desk := "/{ui}/desk/" + string(o.own.ID)
	step := httptest.NewRecorder() // a password alone leads half of the way
	r := httptest.NewRequest(http.MethodPost, "http://localhost/ru/sign-in", strings.NewReader(url.Values{"email": {"owner@example.kz"}, "password": {passphrase}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	o.handler.ServeHTTP(step, r)
	if len(step.Result().Cookies()) != 1 {
		t.Fatalf("half of a sign-in: %d, %v", step.Code, step.Result().Cookies())
	}
	half := step.Result().Cookies()[0]
	signedIn := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.Contains(r.URL.Path, "/desk") || strings.Contains(r.URL.Path, "/account"):
			r.AddCookie(&http.Cookie{Name: "session", Value: owner})
		case strings.HasSuffix(r.URL.Path, "/second") || strings.HasSuffix(r.URL.Path, "/recovery"):
			r.AddCookie(half)
		case strings.HasSuffix(r.URL.Path, "/sign-in") && r.URL.Query().Has("wrong"):
			r.Method, r.Body = http.MethodPost, http.NoBody
		}
		o.handler.ServeHTTP(w, r)
	})
	return signedIn, []kind{
		{name: "sign in", path: "/{ui}/sign-in"}, {name: "sign in, refused", path: "/{ui}/sign-in?wrong", status: http.StatusUnprocessableEntity},
		{name: "second factor", path: "/{ui}/sign-in/second"}, {name: "recovery code", path: "/{ui}/sign-in/recovery"},
		{name: "forgot", path: "/{ui}/forgot"}, {name: "sent", path: "/{ui}/forgot/sent"},
		{name: "spent", path: "/{ui}/reset/x", status: http.StatusNotFound}, {name: "join", path: "/{ui}/join/" + token},
		{name: "account", path: "/{ui}/account"}, {name: "again", path: "/{ui}/account/again"}, {name: "password", path: "/{ui}/account/password"},
		{name: "authenticator", path: "/{ui}/account/totp"}, {name: "desk", path: desk}, {name: "members", path: desk + "/members"},
		{name: "audit", path: desk + "/audit"}, {name: "outbox", path: "/{ui}/outbox"},
		{name: "keys", path: desk + "/keys"}, {name: "settings", path: desk + "/settings"}, {name: "erase", path: "/{ui}/account/erase"},
	}
}

// Every page of those who work here, in every language: private, without a
// script or style of its own, and told to nobody.
func TestPeoplePagesArePrivate(t *testing.T) {
	h, kinds := manned(t)
	s := &site{tb: t, handler: h}
	for _, k := range kinds {
		for _, ui := range law.Langs {
			w := s.get("http://localhost" + k.in(ui))
			want := k.status
			if want == 0 {
				want = http.StatusOK
			}
			if w.Code != want {
				t.Errorf("%s: %d to %q, want %d", k.in(ui), w.Code, w.Header().Get("Location"), want)
				continue
			}
			if c := w.Header().Get("Cache-Control"); !strings.Contains(c, "no-store") {
				t.Errorf("%s: Cache-Control %q", k.in(ui), c)
			}
			body := w.Body.String()
			if want == http.StatusOK && !strings.Contains(body, `<meta name="robots" content="noindex`) {
				t.Errorf("%s may be indexed", k.in(ui))
			}
			if blankLeft.MatchString(body) {
				t.Errorf("%s has a blank that was not filled in", k.in(ui))
			}
		}
	}
}

// axe-core finds nothing on them, on a phone and a desktop, light and dark.
func TestAuditPeople(t *testing.T) {
	axe, checks := auditFile(t, "node_modules", "axe-core", "axe.min.js"), auditFile(t, "checks.js")
	h, kinds := manned(t)
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	ctx := tab(t, browser(t), axe, checks)
	found := map[string][]string{}
	for _, k := range kinds {
		for _, ui := range law.Langs {
			for _, c := range audited(t, ctx, srv.URL+k.in(ui)) {
				found[c] = append(found[c], fmt.Sprintf("%s (%s)", k.name, ui))
			}
		}
	}
	for complaint, pages := range found {
		t.Errorf("%s\n\ton %s", complaint, strings.Join(pages, ", "))
	}
}

// Screenshots for people to look at.
func TestPeopleScreens(t *testing.T) {
	ctx := browser(t)
	h, kinds := manned(t)
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	var shots []shot
	for _, k := range kinds {
		for _, c := range []struct {
			ui    law.Lang
			width int64
		}{{law.KK, 360}, {law.RU, 1280}} {
			name := strings.NewReplacer(" ", "-", ",", "").Replace(k.name)
			shots = append(shots, shot{fmt.Sprintf("people-%s-%s-%d", name, c.ui, c.width), k.in(c.ui), c.width, false, false})
		}
	}
	shoot(t, ctx, srv.URL, shots)
}
