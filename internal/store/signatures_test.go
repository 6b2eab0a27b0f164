package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/law"
)

func TestSignConfirmCount(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		const people = 300 // more than one batch
		c.signMany(0, people)
		if got := c.rows("pending"); got != people {
			t.Fatalf("%d unconfirmed, want %d", got, people)
		}
		letters := c.letters()
		if len(letters) != people || c.rows("jobs") != 0 {
			t.Fatalf("%d letters, %d jobs left", len(letters), c.rows("jobs"))
		}
		if n := c.count(); n != 0 {
			t.Fatalf("%d counted before anybody confirmed", n)
		}
		// Everybody confirms three times at once.
		var all sync.WaitGroup
		var mu sync.Mutex
		fresh := 0
		for _, l := range slices.Repeat(letters, 3) {
			all.Go(func() {
				done, err := c.intake.Confirm(t.Context(), l.Confirm)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if done.New {
					fresh++
				}
			})
		}
		all.Wait()
		if n := c.count(); n != people || c.rows("signatures") != people || c.rows("pending") != 0 || c.rows("uncounted") != 0 {
			t.Fatalf("counted %d of %d", n, people)
		}
		if fresh < people {
			t.Errorf("%d were told that they are new", fresh)
		}
		tallies, err := c.s.Tallies(t.Context(), c.id, c.text.Version)
		want := campaigns.Cell{Campaign: c.id, Version: 1, Level: campaigns.ByEmail, Region: "KZ-75", Day: "2026-03-01", Lang: law.RU}
		if err != nil || len(tallies) != 1 || tallies[0].Cell != want || tallies[0].N != people {
			t.Errorf("%+v, %v", tallies, err)
		}
		// Both organisations open every box, and only with the seal of its batch.
		sealed, seals, err := c.s.Sealed(t.Context(), c.id, 0, people+1)
		if err != nil || len(sealed) != people {
			t.Fatalf("%d, %v", len(sealed), err)
		}
		if len(seals) > people/4 {
			t.Errorf("%d batches for %d signatures of one moment", len(seals), people)
		}
		seen := map[string]bool{}
		for i, k := range sealed {
			seen[c.open(k, seals[k.ID.Batch()], c.private[i%2]).Email] = true
		}
		if len(seen) != people {
			t.Errorf("%d addresses of %d", len(seen), people)
		}
	})
}

func TestSameMailboxCountsOnce(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		var tokens []string
		for _, email := range []string{"a.Serikova@gmail.com", "aserikova+law@googlemail.com", "ASERIKOVA@gmail.com"} {
			f := c.form(0)
			f.Email = email
			c.sign(f)
			for _, l := range c.letters() {
				tokens = append(tokens, l.Confirm)
			}
		}
		if len(tokens) != 3 {
			t.Fatalf("%d letters", len(tokens))
		}
		if _, err := c.intake.Confirm(t.Context(), tokens[1]); err != nil {
			t.Fatal(err)
		}
		for _, i := range []int{0, 2} {
			if _, err := c.intake.Confirm(t.Context(), tokens[i]); !errors.Is(err, campaigns.ErrNoSignature) {
				t.Errorf("letter %d: %v", i, err)
			}
		}
		if n := c.count(); n != 1 || c.rows("pending") != 0 {
			t.Errorf("counted %d, %d unconfirmed left", n, c.rows("pending"))
		}
		// Signing once more: the reply is the same, the letter is another, and it
		// carries the link to manage.
		f := c.form(0)
		f.Email, f.Given = "a.serikova@gmail.com", "Чужой"
		c.sign(f)
		letters := c.letters()
		if len(letters) != 1 || letters[0].Kind != intake.SignedBefore || letters[0].Confirm != "" || letters[0].Name != "" {
			t.Fatalf("%+v", letters)
		}
		manage := token(c, letters[0].Manage)
		if err := c.s.Withdraw(t.Context(), manage.Signature, intake.Proves(manage, gate.ToManage)); err != nil {
			t.Fatal(err)
		}
		if n := c.count(); n != 0 || c.rows("batches") != 0 {
			t.Errorf("counted %d, %d batches left", n, c.rows("batches"))
		}
	})
}

func TestLinks(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		c.sign(c.form(1))
		first := c.letters()[0]
		refused := func(what, tok string) {
			t.Helper()
			if _, err := c.intake.Confirm(ctx, tok); !errors.Is(err, campaigns.ErrNoSignature) {
				t.Errorf("%s: %v", what, err)
			}
		}
		refused("the manage link", first.Manage)
		refused("nothing", "")
		refused("a changed link", first.Confirm[:20]+"AAAAAAAAAAAA")
		c.pass(campaigns.ConfirmWithin)
		refused("a late link", first.Confirm)

		second := c.signed(2)
		refused("a manage link again", second.Manage)
		if done, err := c.intake.Confirm(ctx, second.Confirm); err != nil || done.New {
			t.Errorf("again: %+v, %v", done, err)
		}
		confirm, manage := token(c, second.Confirm), token(c, second.Manage)
		if err := c.s.Withdraw(ctx, confirm.Signature, intake.Proves(confirm, gate.ToManage)); !errors.Is(err, campaigns.ErrNoSignature) {
			t.Errorf("withdrawn with the link to confirm: %v", err)
		}
		// A lost link: the reply is the same for all, letters only to signers.
		for _, email := range []string{"Aigul2+x@example.kz", "nobody@example.kz"} {
			if err := c.intake.LostLink(ctx, c.id, email, home); err != nil {
				t.Fatal(err)
			}
		}
		letters := c.letters()
		if len(letters) != 1 || letters[0].Kind != intake.YourLink || letters[0].Manage != second.Manage {
			t.Fatalf("%+v; first %s", letters, second.Manage)
		}
		// One that was stored when each letter had a link of its own.
		random, err := gate.NewToken(ones{}, manage.Signature)
		c.must(err)
		c.must(c.s.SetManageHash(ctx, manage.Signature, random.Hash(gate.ToManage, c.id, 1)))
		c.must(c.intake.LostLink(ctx, c.id, "aigul2@example.kz", home))
		if letters = c.letters(); len(letters) != 1 || letters[0].Manage != second.Manage {
			t.Fatalf("%+v", letters)
		}
		for i, want := range []error{nil, campaigns.ErrNoSignature} {
			if err := c.s.Withdraw(ctx, manage.Signature, intake.Proves(manage, gate.ToManage)); !errors.Is(err, want) {
				t.Errorf("withdrawing, time %d: %v", i+1, err)
			}
		}
		refused("a replay after withdrawal", second.Confirm)
		if n := c.count(); n != 0 {
			t.Errorf("counted %d", n)
		}
	})
}

func TestTerms(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		c.mail.down = true
		c.signMany(0, 5)
		if got := c.letters(); len(got) != 0 || c.rows("jobs") != 5 {
			t.Fatalf("%d letters, %d jobs", len(got), c.rows("jobs"))
		}
		c.pass(time.Minute)
		c.mail.down = false
		if got := c.letters(); len(got) != 5 || c.rows("jobs") != 0 {
			t.Fatalf("the mail server came back: %d letters, %d jobs left", len(got), c.rows("jobs"))
		}
		c.mail.down = true
		c.signMany(5, 5)
		c.letters()
		sweep := func(want int) {
			t.Helper()
			if n, err := c.s.Sweep(ctx, c.clock()); err != nil || n != want {
				t.Fatalf("%d erased, %v; want %d", n, err, want)
			}
		}
		c.pass(campaigns.KeepAddress - 2*time.Minute)
		sweep(0)
		if c.rows("jobs") != 5 {
			t.Fatal("erased too early")
		}
		c.pass(2 * time.Minute)
		sweep(0)
		if c.rows("jobs") != 0 {
			t.Fatal("addresses outlive their term")
		}
		// Groups of one moment take the microseconds after it for their ids.
		c.pass(campaigns.KeepUnconfirmed - campaigns.KeepAddress + time.Millisecond)
		sweep(10)
		for _, table := range []string{"pending", "batches", "jobs", "letters"} {
			if n := c.rows(table); n != 0 {
				t.Errorf("%d rows left in %s", n, table)
			}
		}
	})
}

func TestLettersADay(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		for range intake.LettersADay + 3 {
			c.sign(c.form(1))
		}
		if got := len(c.letters()); got != intake.LettersADay {
			t.Errorf("%d letters", got)
		}
		c.pass(24 * time.Hour)
		c.sign(c.form(1))
		if got := len(c.letters()); got != 1 {
			t.Errorf("%d letters on the next day", got)
		}
		a, b := []byte("a, address number"), []byte("b, address number")
		ok, err := c.s.AllowLetters(t.Context(), "2026-03-02", [][]byte{a, b, a, a, b}, 2)
		if want := []bool{true, true, true, false, true}; err != nil || !slices.Equal(ok, want) {
			t.Errorf("%v, %v; want %v", ok, err, want)
		}
	})
}

func TestNewText(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		first := c.signed(1)
		c.signed(2)
		if n := c.count(); n != 2 {
			t.Fatal(n)
		}
		if v, err := c.s.SaveText(ctx, c.id, c.text.Text, accounts.Entry{}); err != nil || v.Version != 1 {
			t.Fatalf("the same text: %+v, %v", v, err)
		}
		v, err := c.s.SaveText(ctx, c.id, sampleText("Просим сократить срок ответа до трёх дней"), accounts.Entry{})
		if err != nil || v.Version != 2 || v.SHA256 == c.text.SHA256 {
			t.Fatalf("%+v, %v", v, err)
		}
		c.pass(2 * time.Second)
		if err := c.intake.Sign(ctx, c.form(3), home); !errors.Is(err, campaigns.ErrTextChanged) {
			t.Errorf("signed the old text: %v", err)
		}
		if n := c.count(); n != 0 {
			t.Errorf("%d signatures of the old text count for the new one", n)
		}
		c.text = v
		old := token(c, first.Manage)
		again, err := gate.NewToken(ones{}, old.Signature)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			err := c.s.SignAgain(ctx, old.Signature, intake.Proves(old, gate.ToManage), 2, 1, again.Hash(gate.ToManage, c.id, 2))
			if err != nil && !errors.Is(err, campaigns.ErrNoSignature) {
				t.Fatal(err)
			}
		}
		if n := c.count(); n != 1 {
			t.Errorf("%d signed the new text", n)
		}
		if err := c.s.Withdraw(ctx, old.Signature, intake.Proves(again, gate.ToManage)); err != nil {
			t.Fatal(err)
		}
		if n := c.count(); n != 0 {
			t.Error(n)
		}
		if text, err := c.s.Text(ctx, c.id, 1); err != nil || text.Ask[law.RU] != "Просим сократить срок ответа до пяти дней" {
			t.Errorf("the old text is lost: %+v, %v", text, err)
		}
	})
}

// ones is randomness for a test.
type ones struct{}

func (ones) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 1
	}
	return len(b), nil
}

func TestStates(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		c.sign(c.form(1))
		letter := c.letters()[0]
		if err := c.s.SetState(ctx, c.id, campaigns.Paused, accounts.Entry{}); err != nil {
			t.Fatal(err)
		}
		// Within the second the intake still believes that it is live.
		if err := c.intake.Sign(ctx, c.form(2), home); !errors.Is(err, campaigns.ErrState) {
			t.Errorf("signed what is paused: %v", err)
		}
		if _, err := c.intake.Confirm(ctx, letter.Confirm); err != nil {
			t.Errorf("confirming in a pause: %v", err)
		}
		if err := c.s.SetState(ctx, c.id, campaigns.Draft, accounts.Entry{}); !errors.Is(err, campaigns.ErrState) {
			t.Errorf("back to draft: %v", err)
		}
		for _, to := range []campaigns.State{campaigns.Delivered, campaigns.Answered, campaigns.Closed} {
			if err := c.s.SetState(ctx, c.id, to, accounts.Entry{}); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.keys.DestroyCampaign(c.id); err != nil {
			t.Fatal(err)
		}
		if err := c.intake.LostLink(ctx, c.id, "aigul1@example.kz", home); err != nil {
			t.Fatal(err)
		}
		if got := c.letters(); len(got) != 0 {
			t.Errorf("an address was found after closing: %+v", got)
		}
		manage := token(c, letter.Manage)
		if err := c.s.Withdraw(ctx, manage.Signature, intake.Proves(manage, gate.ToManage)); err != nil {
			t.Errorf("withdrawing after closing: %v", err)
		}
		if _, err := c.s.AddCampaign(ctx, sampleCampaign("five-days"), accounts.Entry{}); !errors.Is(err, campaigns.ErrSlugTaken) {
			t.Error(err)
		}
		if _, err := c.s.CampaignAt(ctx, "nowhere"); !errors.Is(err, campaigns.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestGoingLiveNeeds(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		id, err := s.AddCampaign(ctx, campaigns.Campaign{Slug: "empty", Org: "ngo", About: campaigns.About{Languages: []law.Lang{law.KK}}}, accounts.Entry{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SetState(ctx, id, campaigns.Review, accounts.Entry{}); err != nil {
			t.Fatal(err)
		}
		err = s.SetState(ctx, id, campaigns.Live, accounts.Entry{})
		for _, what := range []string{"title in kk", "funder in kk", "two recipient keys", "BIN", "goal"} {
			if !errors.Is(err, campaigns.ErrState) || !strings.Contains(fmt.Sprint(err), what) {
				t.Errorf("%v does not name: %s", err, what)
			}
		}
		one := []campaigns.Recipient{{Name: "one", PublicKey: [32]byte{1}}, {Name: "the same", PublicKey: [32]byte{1}}}
		if err := s.SetRecipients(ctx, id, one, accounts.Entry{}); !errors.Is(err, seal.ErrRecipients) {
			t.Error(err)
		}
	})
}

func TestPaperAndStanding(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		letter := c.signed(1)
		b := campaigns.Batch{ID: campaigns.BatchAt(c.now.Add(time.Hour)), Campaign: c.id, Version: 1, Seal: []byte{1}}
		for i := range 3 {
			b.Rows = append(b.Rows, campaigns.Signature{ID: campaigns.SignatureID(b.ID + int64(i)), Campaign: c.id, Version: 1,
				Consent: 1, Region: "KZ-71", Lang: law.KK, Box: []byte{byte(i)}})
		}
		if _, err := c.s.AddPaper(ctx, b, campaigns.Sheet{Form: "x", At: c.now}, accounts.Entry{}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.s.AddPaper(ctx, b, campaigns.Sheet{Form: "y", At: c.now}, accounts.Entry{}); !errors.Is(err, campaigns.ErrTaken) {
			t.Errorf("the same batch twice: %v", err)
		}
		if n := c.count(); n != 4 {
			t.Fatal(n)
		}
		id := token(c, letter.Manage).Signature
		for range 2 {
			if err := c.s.SetStanding(ctx, id, campaigns.Bounced); err != nil {
				t.Fatal(err)
			}
			if n := c.count(); n != 3 {
				t.Fatalf("%d after a bounce", n)
			}
		}
		if err := c.s.Erase(ctx, id); err != nil {
			t.Fatal(err)
		}
		if n := c.count(); n != 3 {
			t.Fatalf("%d: taken back twice", n)
		}
		// A hand in the database is found.
		if _, err := execute(ctx, c.s.write, `UPDATE tallies SET n = n + 5 WHERE level = 2`); err != nil {
			t.Fatal(err)
		}
		drift, err := c.s.Recount(ctx)
		if err != nil || len(drift) != 1 || drift[0].By != -5 {
			t.Errorf("%+v, %v", drift, err)
		}
	})
}

func TestOneCounts(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		c.signed(1)
		count := func(holder string, at time.Time) (int, bool) {
			n, held, err := c.s.Count(t.Context(), holder, at, time.Minute, 100)
			c.must(err)
			return n, held
		}
		if n, held := count("a", noon); n != 1 || held {
			t.Fatal(n, held)
		}
		c.signed(2)
		if n, held := count("b", noon.Add(30*time.Second)); n != 0 || !held {
			t.Fatal("b counts beside a", n, held)
		}
		if n, held := count("b", noon.Add(2*time.Minute)); n != 1 || held {
			t.Fatal("a is dead and b does not count", n, held)
		}
		c.signed(3)
		if n, held := count("a", noon.Add(2*time.Minute)); n != 0 || !held {
			t.Fatal("a woke up and counts", n, held)
		}
		var fence int
		c.must(get(t.Context(), c.s.read, &fence, `SELECT fence FROM leases WHERE name = 'count'`))
		if fence != 2 {
			t.Errorf("fence %d", fence)
		}
	})
}

// TestCountOfAnything: whatever people do and in whatever order it is counted,
// the count is what the signatures say.
func TestCountOfAnything(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		person := 0
		rapid.Check(t, func(r *rapid.T) {
			type one struct{ letter intake.Letter }
			var unconfirmed, stand []one
			before := c.count()
			for range rapid.IntRange(1, 12).Draw(r, "steps") {
				switch rapid.SampledFrom([]string{"sign", "sign", "confirm", "confirm", "withdraw", "bounce", "count"}).Draw(r, "step") {
				case "sign":
					person++
					c.sign(c.form(person))
					unconfirmed = append(unconfirmed, one{c.letters()[0]})
				case "confirm":
					if len(unconfirmed) > 0 {
						_, err := c.intake.Confirm(t.Context(), unconfirmed[0].letter.Confirm)
						c.must(err)
						stand, unconfirmed = append(stand, unconfirmed[0]), unconfirmed[1:]
					}
				case "withdraw":
					if len(stand) > 0 {
						m := token(c, stand[0].letter.Manage)
						c.must(c.s.Withdraw(t.Context(), m.Signature, intake.Proves(m, gate.ToManage)))
						stand = stand[1:]
					}
				case "bounce":
					if len(stand) > 0 {
						c.must(c.s.SetStanding(t.Context(), token(c, stand[0].letter.Manage).Signature, campaigns.Bounced))
						stand = stand[1:]
					}
				case "count":
					_, _, err := c.s.Count(t.Context(), "test", c.clock(), time.Minute, rapid.IntRange(1, 3).Draw(r, "limit"))
					c.must(err)
				}
				if drift, err := c.s.Recount(t.Context()); err != nil || len(drift) > 0 {
					r.Fatalf("%+v, %v", drift, err)
				}
			}
			if got, want := c.count()-before, int64(len(stand)); got != want {
				r.Fatalf("counted %d, %d stand", got, want)
			}
		})
	})
}
