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

// TestMain lets killing start this test binary as the server it kills.
func TestMain(m *testing.M) {
	if os.Getenv(childRole) != "" {
		if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
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
			err := measure(t.Context(), plan{database: database, signatures: 2000, halfRate: 200, halfFor: time.Second, kills: 2}, &out)
			if errors.Is(err, errNoPostgres) {
				t.Skip("PostgreSQL is not installed here: apt-get install postgresql")
			}
			if err != nil {
				t.Fatalf("%v\n%s", err, &out)
			}
			for _, want := range []string{"signed, durable", "no drift", "bytes a signature", "all there"} {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is missing in\n%s", want, &out)
				}
			}
			t.Log("\n" + out.String())
		})
	}
}
