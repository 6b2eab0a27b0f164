package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// A form that came back has the focus on what is wrong, and a link to each field
// that is there and says so.
func TestFormsThatComeBackLeadToTheirErrors(t *testing.T) {
	b := newBooth(t)
	_, manage := b.signed("ru", "a@example.kz")
	for path, form := range map[string]url.Values{
		"/ru" + boothPath + "/sign": {"email": {"x"}}, "/ru" + boothPath + "/lost": {"email": {"x"}},
		"/ru" + boothPath + "/comments": {"email": {"x"}, "at": {"art_4__para_4"}}, manage: {"display": {"1"}, "updates": {"1"}, "email": {"x"}},
	} {
		w := b.post(path, form)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil || w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d, %v", path, w.Code, err)
			continue
		}
		links := doc.Find("[role=alert][autofocus][tabindex='-1'] a")
		if links.Length() == 0 {
			t.Errorf("%s: nothing leads to the errors", path)
		}
		links.Each(func(_ int, a *goquery.Selection) {
			field := doc.Find(a.AttrOr("href", "?"))
			by := field.AttrOr("aria-describedby", "")
			if field.Length() != 1 || by == "" {
				t.Errorf("%s: %q leads to %d fields, described by %q", path, text(a), field.Length(), by)
			}
		})
	}
}

// Who came when too much was asked for is told when to come again.
func TestBusyTellsWhenToComeAgain(t *testing.T) {
	s := sampled(t)
	ctx, cancel := context.WithDeadline(context.Background(), time.Unix(1, 0))
	defer cancel()
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/ru"+sampleAct, nil).WithContext(ctx))
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
}
