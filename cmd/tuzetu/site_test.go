package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tuzetu/tuzetu/internal/sample"
)

// serveSite serves the sample site ("site sample"), the sample act in the
// reference bank ("site zan"; "site zan OLD NEW…" with other words in its texts) or
// a folder ("site DIR") on loopback until the script ends; $SITE is its address.
func serveSite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 && (len(args)%2 == 0 || args[0] != "zan") {
		ts.Fatalf("usage: site sample|zan [OLD NEW…]|DIR")
	}
	var h http.Handler
	switch args[0] {
	case "sample":
		h = sample.Site()
	case "zan":
		h = sample.Zan()
	default:
		h = http.FileServer(http.Dir(ts.MkAbs(args[0])))
	}
	if len(args) > 1 {
		h = otherWords(h, args[1:])
	}
	server := httptest.NewServer(h)
	ts.Defer(server.Close)
	ts.Setenv("SITE", server.URL)
}

func otherWords(h http.Handler, pairs []string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		r.Header.Del("If-None-Match") // what the visitor has is not what is there now
		r.Header.Del("If-Modified-Since")
		h.ServeHTTP(rec, r)
		w.Header().Set("Content-Type", rec.Header().Get("Content-Type"))
		w.WriteHeader(rec.Code)
		io.WriteString(w, strings.NewReplacer(pairs...).Replace(rec.Body.String()))
	})
}
