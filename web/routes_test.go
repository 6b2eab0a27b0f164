package web_test

import (
	"net/http"
	"testing"
)

// One page has one address; others that mean it lead there for good.
func TestCanonicalAddresses(t *testing.T) {
	s := sampled(t)
	for from, to := range map[string]string{
		"/ru/":                                           "/ru",
		"/ru" + sampleAct + "/":                          "/ru" + sampleAct,
		"/kk" + sampleFirst + "/kk/?x=1":                 "/kk" + sampleFirst + "/kk?x=1",
		"/en" + sampleCompare + "/ru/":                   "/en" + sampleCompare + "/ru",
		"/ru/acts/z9900000001":                           "/ru" + sampleAct,
		"/ru/acts/z9900000001.json":                      "/ru" + sampleAct + ".json",
		"/ru/acts/z9900000001/2025-03-01/ru":             "/ru" + sampleFirst + "/ru",
		"/ru/acts/z9900000001/at/art_4/ru":               "/ru" + sampleAct + "/at/art_4/ru",
		"/ru/acts/Z9900000001/compare/?from=a&to=b":      "/ru" + sampleAct + "/compare?from=a&to=b",
		"/ru/acts/z9900000001/compare?from=a&to=b":       "/ru" + sampleAct + "/compare?from=a&to=b",
		"/ru" + `/\evil.example/`:                        "/ru/%5Cevil.example",
		"/ru/acts/z9900000001/outcome/a...b/ru?status=x": "/ru" + sampleAct + "/outcome/a...b/ru?status=x",
	} {
		w := s.get(from)
		if got := w.Header().Get("Location"); w.Code != http.StatusPermanentRedirect || got != to {
			t.Errorf("%s: %d to %q, want %q", from, w.Code, got, to)
		}
	}
	for _, path := range []string{"/ru/nothing", "/ru/acts/no-thing", "/xx/", "/ru/acts/Z9900000001/x/y/z"} {
		s.pageWith(http.StatusNotFound, path)
	}
	if w := s.ask(http.MethodPost, "/ru/acts/Z9900000001/"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("a form to no address: %d", w.Code)
	}
}

func TestRobots(t *testing.T) {
	w := sampled(t).get("/robots.txt")
	if want := "User-agent: *\nAllow: /\nSitemap: https://tuzetu.example/sitemap.xml\n"; w.Code != http.StatusOK || w.Body.String() != want || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%d, %q", w.Code, w.Body)
	}
}
