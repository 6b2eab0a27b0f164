package store

import (
	"crypto/rand"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/intake"
)

// An address that is blocked gets no letter of any kind and any campaign, also
// written otherwise; every reply stays the same, and only its own link undoes it.
func TestBlocked(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		manager, err := intake.NewManager(n.s, n.keys, rand.Reader, n.clock)
		n.must(err)
		signed := n.signed(0)
		n.sign(n.form(0))
		again := n.letters()
		if len(again) != 1 || again[0].Kind != intake.SignedBefore || again[0].Block != signed.Block || signed.Block == n.signed(1).Block {
			t.Fatalf("%q", got(again))
		}
		for range 2 {
			if blocked, err := manager.Blocked(t.Context(), signed.Block); err != nil || blocked {
				t.Fatal(blocked, err)
			}
		}
		for range 2 {
			n.must(manager.Block(t.Context(), signed.Block, true))
		}
		other := n.form(0)
		other.Email = "Aigul0+shop@example.kz"
		n.sign(n.form(0))
		n.sign(other)
		n.must(n.intake.LostLink(t.Context(), n.id, n.form(0).Email, home))
		n.publish("Ответ")
		n.newText("Просим сократить срок до трёх дней")
		n.want()
		n.pass(8 * 24 * time.Hour)
		n.live("other")
		n.pass(2 * time.Second)
		n.sign(n.form(0))
		n.sign(n.form(1))
		n.want("aigul1 confirm")
		n.must(manager.Block(t.Context(), signed.Block, false))
		n.sign(n.form(0))
		n.want("aigul0 confirm")

		for _, forged := range []string{"", "x", signed.Manage, signed.Confirm, signed.Block[1:], "A" + signed.Block[1:], signed.Block[:42] + "-", manager.Unsubscribe(1)} {
			if forged == signed.Block {
				continue
			}
			if err := manager.Block(t.Context(), forged, true); !errors.Is(err, intake.ErrNoBlock) {
				t.Errorf("%q: %v", forged, err)
			}
			if _, err := manager.Blocked(t.Context(), forged); !errors.Is(err, intake.ErrNoBlock) {
				t.Errorf("%q: %v", forged, err)
			}
		}
		if n.rows("blocked") != 0 {
			t.Error("something is blocked")
		}
	})
}

// Nobody without a mailbox counts: told at once, or later by a message that
// proves what it is about. To sign and confirm anew repairs it, quietly.
func TestBounced(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		bounces, err := intake.NewBounces(n.s, n.keys)
		n.must(err)
		for i := range 4 {
			n.signed(i)
		}
		n.signed(6)
		n.publish("Ответ")
		letters := n.want("aigul0 news Ответ", "aigul3 news Ответ", "aigul6 news Ответ")
		var of = map[string]intake.Letter{}
		for _, l := range letters {
			of[l.To] = l
		}
		zero := of["aigul0@example.kz"].Bounce
		for _, forged := range [][]string{nil, {""}, {"x"}, {zero[:38]}, {zero[:38] + "1"}, {flipped(zero, 37)}, {flipped(zero, 38)}, {of["aigul0@example.kz"].Unsubscribe}, {zero + "a"}, {flipped(zero, 5)}} {
			if err := bounces.Returned(t.Context(), forged); !errors.Is(err, intake.ErrNotOurs) {
				t.Errorf("%q: %v", forged, err)
			}
		}
		if count := n.count(); count != 5 {
			t.Fatalf("forged reports un-count: %d", count)
		}
		for range 2 { // a mail server may say it twice
			n.must(bounces.Returned(t.Context(), []string{"noise", zero}))
		}
		n.mail.gone = map[string]bool{"aigul3@example.kz": true}
		n.publish("Ещё")
		n.want("aigul6 news Ещё")
		if count := n.count(); count != 3 {
			t.Errorf("counted %d of 5 with two bounced", count)
		}
		n.mail.gone = nil
		n.pass(24 * time.Hour)
		n.publish("И ещё")
		n.want("aigul6 news И ещё")

		n.sign(n.form(0)) // and again, twice the same moment
		n.sign(n.form(0))
		again := n.want("aigul0 confirm", "aigul0 confirm")
		for i, l := range again {
			done, err := n.intake.Confirm(t.Context(), l.Confirm)
			if i == 0 && (err != nil || !done.New) || i == 1 && !errors.Is(err, campaigns.ErrNoSignature) {
				t.Errorf("%+v, %v", done, err)
			}
		}
		if count := n.count(); count != 4 {
			t.Errorf("counted %d after the repair", count)
		}
		n.must(bounces.Returned(t.Context(), []string{zero})) // an old report
		if count := n.count(); count != 4 {
			t.Errorf("an old report un-counts the new signature: %d", count)
		}
		n.publish("Последнее")
		n.want("aigul0 news Последнее", "aigul6 news Последнее")
	})
}

// flipped is a token with another letter at a place.
func flipped(token string, at int) string {
	letter := "a"
	if token[at] == 'a' {
		letter = "b"
	}
	return token[:at] + letter + token[at+1:]
}

// A stranger who types an address with something behind its name, which the
// server there does not know, takes nobody's signature away.
func TestBounceOfAnotherSpelling(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		n.signed(0)
		f := n.form(0)
		f.Email = "aigul0+wrong@example.kz"
		n.mail.gone = map[string]bool{f.Email: true}
		n.sign(f)
		n.must(n.intake.LostLink(t.Context(), n.id, f.Email, home))
		n.want()
		if count := n.count(); count != 1 {
			t.Errorf("counted %d", count)
		}
	})
}

// Without a mail server signatures are taken, and their letters go when it is
// back within 48 hours; then they are given up with the addresses in them.
func TestMailServerDown(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		n.mail.down = true
		n.sign(n.form(0))
		kinds := []string{intake.KindSigned}
		for range 20 {
			n.want()
			n.pass(time.Hour)
		}
		if waiting, since, err := n.s.LettersWaiting(t.Context(), kinds); err != nil || waiting != 1 || !since.Equal(noon) {
			t.Errorf("%d letters since %s, %v", waiting, since, err)
		}
		n.sign(n.form(1))
		n.mail.down = false
		n.want("aigul1 confirm")
		n.pass(9 * time.Hour)
		letters := n.want("aigul0 confirm")
		if _, err := n.intake.Confirm(t.Context(), letters[0].Confirm); err != nil {
			t.Error(err)
		}
		n.mail.down = true
		n.sign(n.form(2))
		n.want()
		n.pass(campaigns.KeepAddress)
		if _, err := n.s.Sweep(t.Context(), n.clock()); err != nil {
			t.Fatal(err)
		}
		n.mail.down = false
		n.want()
		if n.rows("jobs") != 0 {
			t.Error("an address outlives 48 hours")
		}
		if waiting, since, err := n.s.LettersWaiting(t.Context(), kinds); err != nil || waiting != 0 || !since.IsZero() {
			t.Errorf("%d letters since %s, %v", waiting, since, err)
		}
	})
}

// A clock that jumps two days ahead or back mails nobody twice, loses no
// signature, confirms nothing for longer, and does not stop who works.
func TestClockJumpsTwoDays(t *testing.T) {
	const jump = 48 * time.Hour
	for name, there := range map[string]time.Duration{"ahead": jump, "back": -jump} {
		eachNewsroom(t, func(t *testing.T, n *newsroom) {
			n.signed(0)
			n.sign(n.form(3))
			old := n.letters()
			n.pass(20 * time.Hour)
			n.sign(n.form(6))
			n.publish("1")
			n.want("aigul0 news 1", "aigul6 confirm")
			n.pass(27 * time.Hour) // 47 hours since 3 signed
			if there < 0 {
				n.pass(2 * time.Hour) // 49: too late
			}
			n.signed(9)
			n.pass(there)
			if _, err := n.s.Sweep(t.Context(), n.clock()); err != nil {
				t.Fatal(err)
			}
			if _, err := n.intake.Confirm(t.Context(), old[0].Confirm); !errors.Is(err, campaigns.ErrNoSignature) {
				t.Errorf("%s: a link confirms after 48 hours: %v", name, err)
			}
			n.want() // nothing twice
			other := openNewsroom(n.campaignTest, "another server")
			n.publish("2")
			if letters := got(other.post()); !slices.Equal(letters, []string{"aigul0 news 2", "aigul9 news 2"}) {
				t.Errorf("%s: %q", name, letters)
			}
			n.pass(-there)
			n.pass(time.Hour)
			n.want()
			third := openNewsroom(n.campaignTest, "a third server")
			n.pass(24 * time.Hour)
			n.publish("3")
			if letters := got(third.post()); !slices.Equal(letters, []string{"aigul0 news 3", "aigul9 news 3"}) {
				t.Errorf("%s, and right again: %q", name, letters)
			}
			if count := n.count(); count != 2 {
				t.Errorf("%s: %d counted", name, count)
			}
			n.signed(12)
			if held := n.rows("signatures"); held != 3 || n.rows("pending") != 2 {
				t.Errorf("%s: %d signatures, %d wait", name, held, n.rows("pending"))
			}
		})
	}
}
