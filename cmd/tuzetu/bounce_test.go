package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/mail"
)

// TestBounce sends the news of the sample campaign; one letter comes back, as
// Postfix says it, and its signature counts no more.
func TestBounce(t *testing.T) {
	folder := t.TempDir()
	db, keys := filepath.Join(folder, "t.db"), filepath.Join(folder, "keys")
	var said bytes.Buffer
	a := &app{stdout: &said, stderr: io.Discard, getenv: func(string) string { return "" }, now: time.Now}
	s, err := a.openStore(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	outbox := mail.NewOutbox(time.Now)
	g, err := a.newSigning(s, keys, outbox, "https://tuzetu.example")
	if err != nil {
		t.Fatal(err)
	}
	d, err := a.openDoor(s, g.keys)
	if err != nil {
		t.Fatal(err)
	}
	o, err := d.AddOrganisation(t.Context(), map[string]string{"kk": "а", "ru": "б", "en": "c"}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.demoCampaign(t.Context(), g, o.ID); err != nil {
		t.Fatal(err)
	}
	c, err := s.CampaignAt(t.Context(), demoSlug)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AddUpdate(t.Context(), c.ID, campaigns.Update{At: time.Now().Add(time.Second), Title: words("а", "б", "c"), Body: words("а", "б", "c")}, accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := g.walk.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := g.runner.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var letters []mail.Sent
	for _, l := range outbox.Sent() {
		if l.Bounce != "" && l.To == "person43@example.kz" {
			letters = append(letters, l)
		}
	}
	if len(letters) != 2 || len(letters[0].ListHeaders()) != 2 {
		t.Fatalf("%d letters of two updates", len(letters))
	}
	standing := func() (n int) {
		rows, _, err := s.Sealed(t.Context(), c.ID, 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range rows {
			if k.Standing == campaigns.Stands {
				n++
			}
		}
		return n
	}
	before := standing()
	report := fmt.Sprintf("To: bounces+%s@example.kz\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n"+
		"--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.kz\n\nFinal-Recipient: rfc822; person43@example.kz\nAction: failed\nStatus: 5.1.1\n\n--x--\n",
		strings.ToUpper(letters[0].Bounce)) // on its way it may lose the difference
	for range 2 {
		a.stdin = strings.NewReader(report)
		if code := a.run(t.Context(), []string{"bounce", "-", "--db", db, "--keys", keys}); code != 0 {
			t.Fatalf("%d: %s", code, &said)
		}
	}
	if after := standing(); after != before-1 || !strings.Contains(said.String(), "does not count") || strings.Contains(said.String(), "person43") {
		t.Errorf("%d of %d stand: %q", after, before, &said)
	}
}
