package main

import (
	"net/http"
	"net/http/httptest"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tuzetu/tuzetu/internal/sample"
)

// serveSite serves the sample site ("site sample") or a folder ("site DIR") on
// loopback until the script ends; $SITE is its address.
func serveSite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: site sample|DIR")
	}
	var h http.Handler = sample.Site()
	if args[0] != "sample" {
		h = http.FileServer(http.Dir(ts.MkAbs(args[0])))
	}
	server := httptest.NewServer(h)
	ts.Defer(server.Close)
	ts.Setenv("SITE", server.URL)
}
