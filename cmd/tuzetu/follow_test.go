package main

import (
	"bytes"
	"context"
	"io"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store"
)

// watched is an output that tells when something was written to it.
type watched struct {
	mu    sync.Mutex
	text  bytes.Buffer
	want  string
	found chan struct{}
}

func (w *watched) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := strings.Contains(w.text.String(), w.want)
	w.text.Write(b)
	if !before && strings.Contains(w.text.String(), w.want) {
		close(w.found)
	}
	return len(b), nil
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// TestServeFollows: a server looks again at what was fetched, keeps what it
// saw, and ends when it is told to.
func TestServeFollows(t *testing.T) {
	site, bank := httptest.NewServer(sample.Site()), httptest.NewServer(sample.Zan())
	defer site.Close()
	defer bank.Close()
	db := filepath.Join(t.TempDir(), "tuzetu.db")
	run := func(ctx context.Context, stderr io.Writer, args ...string) int {
		a := &app{stdin: strings.NewReader(""), stdout: &watched{found: make(chan struct{})}, stderr: stderr,
			getenv: testEnv(t, db), now: time.Now}
		return a.run(ctx, args)
	}
	said := &watched{want: "3 stored", found: make(chan struct{})}
	if code := run(t.Context(), said, "fetch", "adilet", string(sample.ActID), "--editions", "latest", "--base-url", site.URL); code != 0 {
		t.Fatal(said)
	}
	said = &watched{want: "2 stored", found: make(chan struct{})}
	if code := run(t.Context(), said, "fetch", "zan", string(sample.ActID), "--editions", "latest", "--base-url", bank.URL); code != 0 {
		t.Fatal(said)
	}
	// Each source brings the older edition; the one that is quicker has the day.
	said = &watched{want: `"stored":3,"revisions":0`, found: make(chan struct{})}
	fromBank := &watched{want: `"source":"zan","act":"Z9900000001","stored":2,"revisions":0`, found: make(chan struct{})}
	ctx, stop := context.WithCancel(t.Context())
	code := make(chan int)
	go func() {
		code <- run(ctx, io.MultiWriter(said, fromBank), "serve", "--addr", "127.0.0.1:0", "--base-url", site.URL, "--base-url", "zan="+bank.URL)
	}()
	for _, found := range []chan struct{}{said.found, fromBank.found} {
		select {
		case <-found:
		case c := <-code:
			t.Fatalf("ended with %d: %s", c, said)
		}
	}
	stop()
	if c := <-code; c != 0 {
		t.Errorf("exit code %d: %s", c, said)
	}
	s, err := store.OpenReading(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	heads, err := s.Editions(t.Context(), sample.ActID)
	if err != nil || len(heads) != 6 {
		t.Errorf("%d editions, %v", len(heads), err)
	}
	if beside, err := s.Witnesses(t.Context(), sample.ActID); err != nil || len(beside) != 4 {
		t.Errorf("%d witnesses, %v", len(beside), err)
	}
	// Stopped at once, or after the look was noted.
	if h, ok, err := s.SourceHealth(t.Context(), "adilet"); err != nil || ok && h.Changed.IsZero() {
		t.Errorf("%+v, %v", h, err)
	}
}

// testEnv is an environment that names a database and a folder of keys.
func testEnv(t *testing.T, db string) func(string) string {
	env := map[string]string{"TUZETU_DB": db, "TUZETU_KEYS": filepath.Join(t.TempDir(), "keys")}
	return func(name string) string { return env[name] }
}
