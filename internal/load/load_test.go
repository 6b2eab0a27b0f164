package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMain lets startServer start this test binary as the server.
func TestMain(m *testing.M) {
	if os.Getenv(serverRole) != "" {
		if err := run(context.Background(), os.Args[1:], os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestShort is the whole program in a short form: what it finds wrong is an
// error. The figures of a shared machine are not judged.
func TestShort(t *testing.T) {
	for _, database := range []string{"sqlite", "postgres"} {
		t.Run(database, func(t *testing.T) {
			var out bytes.Buffer
			p := plan{database: database, signatures: 1500, half: 200, halfFor: time.Second, watchers: 100, kills: 2}
			err := measure(t.Context(), &p, &report{out: &out})
			if errors.Is(err, errNoPostgres) {
				t.Skip("PostgreSQL is not installed here: apt-get install postgresql")
			}
			if err != nil {
				t.Fatalf("%v\n%s", err, &out)
			}
			for _, want := range []string{"signed over HTTP", "confirmed over HTTP", "no drift", "bytes a signature", "pages read while", "withdrawn", "100 watch", "all there"} {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is missing in\n%s", want, &out)
				}
			}
			t.Log("\n" + out.String())
		})
	}
}
