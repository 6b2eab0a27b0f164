package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/people"
)

// Letters that should have gone stand on the desk, above all else.
func TestLateLetters(t *testing.T) {
	o := newOffice(t, "")
	session := o.hire("viewer@example.kz", accounts.Viewer)
	late := 0
	handler, err := web.New(web.Config{Store: o.store, Now: o.now, People: &people.Config{Door: o.door,
		Late: func(context.Context) (int, time.Time, error) { return late, today().Add(-time.Hour), nil }}})
	if err != nil {
		t.Fatal(err)
	}
	o.handler = handler
	for n, want := range map[int]string{0: "", 1: "Ждёт отправки: 1 письмо.", 3: "Ждут отправки: 3 письма.", 12: "Ждут отправки: 12 писем."} {
		late = n
		r := httptest.NewRequest(http.MethodGet, "/ru/desk/"+string(o.own.ID), nil)
		r.Header.Set("Cookie", "__Host-session="+session+"; session="+session)
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK || (want == "") != !strings.Contains(w.Body.String(), "отправки") || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%d letters: %d, %q is not there", n, w.Code, want)
		}
	}
}
