package store

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
)

// atOnce starts all of them together and waits for the last one.
func atOnce(deeds ...func()) {
	var all sync.WaitGroup
	begin := make(chan struct{})
	for _, deed := range deeds {
		all.Go(func() { <-begin; deed() })
	}
	close(begin)
	all.Wait()
}

// agrees fails unless every number is what the signatures say.
func (c *campaignTest) agrees(want int64) {
	c.Helper()
	if n := c.count(); n != want {
		c.Errorf("counted %d, want %d", n, want)
	}
	if drift, err := c.s.Recount(c.Context()); err != nil || len(drift) != 0 {
		c.Errorf("drift %+v, %v", drift, err)
	}
}

// confirmation is the letter to one who has signed and not confirmed yet.
func (c *campaignTest) confirmation(n int) intake.Letter {
	c.Helper()
	c.sign(c.form(n))
	letters := c.letters()
	if len(letters) != 1 {
		c.Fatalf("letters: %+v", letters)
	}
	return letters[0]
}

// Whatever comes at the same moment: what is confirmed counts once, what is
// withdrawn does not count, and nobody is told otherwise.
func TestRaces(t *testing.T) {
	const rounds = 8
	confirm := func(c *campaignTest, token string, errs *error) func() {
		return func() { _, *errs = c.intake.Confirm(context.WithoutCancel(c.Context()), token) }
	}
	t.Run("one link a hundred times", func(t *testing.T) {
		eachCampaign(t, func(t *testing.T, c *campaignTest) {
			letter := c.confirmation(1)
			var deeds []func()
			errs, fresh := make([]error, 100), make([]bool, 100)
			for i := range errs {
				deeds = append(deeds, func() {
					done, err := c.intake.Confirm(t.Context(), letter.Confirm)
					errs[i], fresh[i] = err, done.New
				})
			}
			atOnce(deeds...)
			if err := errors.Join(errs...); err != nil {
				t.Error(err)
			}
			once := 0
			for _, f := range fresh {
				if f {
					once++
				}
			}
			if once != 1 {
				t.Errorf("new %d times", once)
			}
			c.agrees(1)
		})
	})
	t.Run("confirming and withdrawing", func(t *testing.T) {
		eachCampaign(t, func(t *testing.T, c *campaignTest) {
			for n := range rounds {
				letter := c.confirmation(n)
				manage := token(c, letter.Manage)
				var confirmed, withdrawn error
				atOnce(confirm(c, letter.Confirm, &confirmed), func() {
					withdrawn = c.s.Withdraw(t.Context(), manage.Signature, intake.Proves(manage, gate.ToManage))
				})
				if withdrawn != nil || confirmed != nil && !errors.Is(confirmed, campaigns.ErrNoSignature) {
					t.Errorf("withdrawing %v, confirming %v", withdrawn, confirmed)
				}
				c.agrees(0)
				if _, err := c.intake.Confirm(t.Context(), letter.Confirm); !errors.Is(err, campaigns.ErrNoSignature) {
					t.Errorf("confirmed after withdrawing: %v", err)
				}
			}
		})
	})
	t.Run("two signatures of one address", func(t *testing.T) {
		eachCampaign(t, func(t *testing.T, c *campaignTest) {
			for n := range rounds {
				first, second := c.confirmation(n), c.confirmation(n)
				var a, b error
				atOnce(confirm(c, first.Confirm, &a), confirm(c, second.Confirm, &b))
				if a != nil && b != nil {
					t.Errorf("%v, %v", a, b)
				}
				c.agrees(int64(n + 1))
			}
		})
	})
	t.Run("signing the new text and withdrawing", func(t *testing.T) {
		eachCampaign(t, func(t *testing.T, c *campaignTest) {
			for n := range rounds {
				c.pass(2 * time.Second) // the intake looks at the text again
				manage := token(c, c.signed(n).Manage)
				text, err := c.s.SaveText(t.Context(), c.id, sampleText("Просим сократить срок, раз "+string(rune('а'+n))), accounts.Entry{})
				c.must(err)
				c.text = text
				var again, withdrawn error
				atOnce(func() {
					fresh, err := gate.NewToken(c.intake.Random, manage.Signature)
					c.must(err)
					_, consent, err := c.consentID()
					c.must(err)
					again = c.s.SignAgain(t.Context(), manage.Signature, intake.Proves(manage, gate.ToManage), text.Version, consent, fresh.Hash(gate.ToManage, c.id, text.Version))
				}, func() {
					withdrawn = c.s.Withdraw(t.Context(), manage.Signature, intake.Proves(manage, gate.ToManage))
				})
				// The link of the older text ends with whichever comes first.
				if (again == nil) == (withdrawn == nil) {
					t.Errorf("signing again %v, withdrawing %v", again, withdrawn)
				}
				want := int64(0)
				if again == nil {
					want = 1
				}
				c.agrees(want)
				if want == 1 {
					c.must(c.s.Erase(t.Context(), manage.Signature))
					c.agrees(0)
				}
			}
		})
	})
	for _, over := range []campaigns.State{campaigns.Delivered, campaigns.Closed} {
		t.Run("confirming while it is "+string(over), func(t *testing.T) {
			eachCampaign(t, func(t *testing.T, c *campaignTest) {
				const people = 40
				c.signMany(0, people)
				var deeds []func()
				told := make([]error, people)
				for i, letter := range c.letters() {
					deeds = append(deeds, confirm(c, letter.Confirm, &told[i]))
				}
				if len(deeds) != people {
					t.Fatalf("%d letters", len(deeds))
				}
				atOnce(append(deeds, func() { c.must(c.s.SetState(t.Context(), c.id, over, accounts.Entry{})) })...)
				signed := int64(0)
				for _, err := range told {
					switch {
					case err == nil:
						signed++
					case !errors.Is(err, campaigns.ErrState):
						t.Error(err)
					}
				}
				c.agrees(signed) // who was told "signed" is among those that are delivered
				c.pass(time.Hour)
				if n := c.rows("signatures"); int64(n) != signed {
					t.Errorf("%d signatures, %d were told so", n, signed)
				}
			})
		})
	}
}

// consentID is the number of the consent that signers agree to.
func (c *campaignTest) consentID() (campaigns.Consent, int64, error) {
	id, consent, err := c.s.Consent(c.Context(), c.consent.SHA256)
	return consent, id, err
}
