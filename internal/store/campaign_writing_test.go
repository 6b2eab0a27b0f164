package store

import (
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/course"
	"github.com/tuzetu/tuzetu/campaigns/gate"
)

// writingTest is an organisation that writes a campaign.
type writingTest struct {
	*testing.T
	s    *Store
	keys *gate.KeyFolder
}

func (w writingTest) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w writingTest) did() accounts.Entry {
	return accounts.Entry{At: noon, Person: "author", Did: "campaign.saved"}
}

// stored is the campaign as it stands, with its mark.
func (w writingTest) stored(id campaigns.CampaignID) (campaigns.Writing, string) {
	w.Helper()
	c, err := w.s.Campaign(w.Context(), id)
	w.must(err)
	out, err := w.s.Writing(w.Context(), c)
	w.must(err)
	mark, err := out.Mark()
	w.must(err)
	return out, mark
}

// state moves a campaign.
func (w writingTest) state(id campaigns.CampaignID, to ...campaigns.State) {
	w.Helper()
	for _, one := range to {
		w.must(course.Course{Store: w.s, Keys: w.keys}.Move(w.Context(), id, one, accounts.Entry{At: noon}))
	}
}

func onWriting(t *testing.T, f func(w writingTest, v campaigns.Writing)) {
	eachStore(t, func(t *testing.T, s *Store) {
		keys, err := gate.OpenKeyFolder(filepath.Join(t.TempDir(), "keys"), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		w := writingTest{t, s, keys}
		w.must(s.AddOrganisation(t.Context(), accounts.Organisation{ID: "ngo", Names: map[string]string{"kk": "а", "ru": "а", "en": "a"}, Since: noon}, accounts.Entry{}))
		f(w, campaigns.Writing{Campaign: sampleCampaign("five-days"), Text: sampleText("Просим сократить срок"),
			Recipients: []campaigns.Recipient{{Name: "1", PublicKey: [32]byte{1}}, {Name: "2", PublicKey: [32]byte{2}}}})
	})
}

func TestWrite(t *testing.T) {
	onWriting(t, func(w writingTest, v campaigns.Writing) {
		ctx := w.Context()
		text, err := w.s.Write(ctx, "", v, w.did())
		w.must(err)
		id := text.Campaign
		first, mark := w.stored(id)
		if text.Version != 1 || len(first.Recipients) != 2 || first.State != campaigns.Draft {
			w.Fatalf("%+v", first)
		}
		if _, err := w.s.Write(ctx, "", v, w.did()); !errors.Is(err, campaigns.ErrSlugTaken) {
			w.Errorf("the address twice: %v", err)
		}
		// Two begin from the same; the second has not seen what the first wrote.
		mine, theirs := first, first
		theirs.Text = sampleText("Просим вовсе отменить срок")
		_, err = w.s.Write(ctx, mark, theirs, w.did())
		w.must(err)
		mine.Goal = 7
		if _, err := w.s.Write(ctx, mark, mine, w.did()); !errors.Is(err, campaigns.ErrChanged) {
			w.Errorf("over what somebody else wrote: %v", err)
		}
		now, mark := w.stored(id)
		if now.Goal == 7 || now.Text.Ask["ru"] != "Просим вовсе отменить срок" || now.Version != 1 {
			w.Errorf("%+v", now)
		}
		w.state(id, campaigns.Review, campaigns.Live)
		if _, err := w.s.Write(ctx, mark, now, w.did()); !errors.Is(err, campaigns.ErrChanged) {
			w.Errorf("it went live meanwhile: %v", err)
		}
		now, mark = w.stored(id)
		for name, change := range map[string]func(*campaigns.Writing){
			"without a goal":  func(v *campaigns.Writing) { v.Goal = 0 },
			"with one key":    func(v *campaigns.Writing) { v.Recipients = v.Recipients[:1] },
			"without an ask":  func(v *campaigns.Writing) { v.Text.Ask = nil },
			"another address": func(v *campaigns.Writing) { v.Slug = "other" },
			"another owner":   func(v *campaigns.Writing) { v.Org = "other" },
		} {
			bad := now
			change(&bad)
			if _, err := w.s.Write(ctx, mark, bad, w.did()); err == nil {
				w.Errorf("live %s", name)
			}
		}
		if again, same := w.stored(id); same != mark {
			w.Errorf("something was stored: %+v", again)
		}
		now.Text = sampleText("Просим сократить срок до дня")
		text, err = w.s.Write(ctx, mark, now, w.did())
		if err != nil || text.Version != 2 {
			w.Errorf("a new version: %d, %v", text.Version, err)
		}
		w.state(id, campaigns.Delivered)
		now, mark = w.stored(id)
		if _, err := w.s.Write(ctx, mark, now, w.did()); !errors.Is(err, campaigns.ErrState) {
			w.Errorf("after the delivery: %v", err)
		}
		log, err := w.s.Log(ctx, "ngo")
		w.must(err)
		var did []string
		for _, e := range log {
			did = append(did, e.Did+" "+e.To)
		}
		want := "campaign.saved campaign 1, text 1|campaign.saved campaign 1|campaign.state campaign 1, review|campaign.state campaign 1, live|campaign.saved campaign 1, text 2|campaign.state campaign 1, delivered"
		if got := strings.Join(did, "|"); got != want || accounts.CheckLog(log) != nil {
			w.Errorf("log: %s", got)
		}
		of, err := w.s.CampaignsOf(ctx, "ngo")
		if others, othersErr := w.s.CampaignsOf(ctx, "other"); err != nil || othersErr != nil || len(of) != 1 || len(others) != 0 {
			w.Errorf("%d and %d campaigns, %v %v", len(of), len(others), err, othersErr)
		}
	})
}

// A draft may lack anything, and two keys that are one are refused.
func TestWriteDraft(t *testing.T) {
	onWriting(t, func(w writingTest, v campaigns.Writing) {
		text, err := w.s.Write(w.Context(), "", campaigns.Writing{Campaign: campaigns.Campaign{Slug: "empty", Org: "ngo"}}, w.did())
		w.must(err)
		empty, mark := w.stored(text.Campaign)
		empty.Recipients = v.Recipients[:1]
		_, err = w.s.Write(w.Context(), mark, empty, w.did())
		w.must(err)
		empty, mark = w.stored(text.Campaign)
		empty.Recipients = append(empty.Recipients, empty.Recipients[0])
		if _, err := w.s.Write(w.Context(), mark, empty, w.did()); err == nil {
			w.Error("the same key twice")
		}
	})
}

// The key is there before the first signature and gone after the last, whenever
// the program is killed.
func TestCourse(t *testing.T) {
	onWriting(t, func(w writingTest, v campaigns.Writing) {
		ctx := w.Context()
		v.Closes = "2026-12-31"
		text, err := w.s.Write(ctx, "", v, w.did())
		w.must(err)
		id := text.Campaign
		c := course.Course{Store: w.s, Keys: w.keys}
		if err := c.Move(ctx, id, campaigns.Live, accounts.Entry{At: noon}); !errors.Is(err, campaigns.ErrState) {
			w.Errorf("live from draft: %v", err)
		}
		if _, err := w.keys.Campaign(id); !errors.Is(err, gate.ErrNoKey) {
			w.Errorf("a key for a draft: %v", err)
		}
		w.state(id, campaigns.Review)
		w.must(w.keys.CreateCampaign(id)) // as a try that was killed leaves it
		made, err := w.keys.Campaign(id)
		w.must(err)
		w.state(id, campaigns.Live, campaigns.Paused, campaigns.Live)
		if now, err := w.keys.Campaign(id); err != nil || now != made {
			w.Errorf("another key: %v", err)
		}
		last := time.Date(2026, 12, 31, 23, 0, 0, 0, time.FixedZone("", 5*3600))
		for _, now := range []time.Time{last, last.Add(campaigns.ConfirmWithin)} {
			if n, err := c.CloseDue(ctx, now); n != 0 || err != nil {
				w.Errorf("%s: closed %d, %v", now, n, err)
			}
		}
		over := last.Add(campaigns.ConfirmWithin + 2*time.Hour)
		// Killed between the state and the key: the next round destroys it.
		w.must(w.s.SetState(ctx, id, campaigns.Closed, accounts.Entry{}))
		if _, err := w.keys.Campaign(id); err != nil {
			w.Fatal(err)
		}
		if n, err := c.CloseDue(ctx, over); n != 0 || err != nil {
			w.Errorf("closed %d, %v", n, err)
		}
		if _, err := w.keys.Campaign(id); !errors.Is(err, gate.ErrNoKey) {
			w.Errorf("the key outlives its campaign: %v", err)
		}
		w.state(id, campaigns.Delivered) // what was collected can still be delivered

		v.Campaign.Slug = "second"
		text, err = w.s.Write(ctx, "", v, w.did())
		w.must(err)
		w.state(text.Campaign, campaigns.Review, campaigns.Live)
		if n, err := c.CloseDue(ctx, over); n != 1 || err != nil {
			w.Errorf("closed %d, %v", n, err)
		}
		closed, err := w.s.Campaign(ctx, text.Campaign)
		if _, keyErr := w.keys.Campaign(text.Campaign); err != nil || closed.State != campaigns.Closed || !errors.Is(keyErr, gate.ErrNoKey) {
			w.Errorf("%s, %v, %v", closed.State, err, keyErr)
		}
	})
}
