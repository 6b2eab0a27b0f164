package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/netip"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// campaignTest is a live campaign with everything that takes signatures for it.
type campaignTest struct {
	*testing.T
	s       *Store
	keys    *gate.KeyFolder
	folder  string // of the keys
	private [2]seal.PrivateKey
	id      campaigns.CampaignID
	text    campaigns.TextVersion
	consent campaigns.Consent
	intake  *intake.Intake
	courier *intake.Courier
	mail    *outbox

	mu  *sync.Mutex
	now time.Time
}

// outbox is a mail server that keeps what it gets, or refuses it.
type outbox struct {
	mu      sync.Mutex
	letters []intake.Letter
	down    bool
	gone    map[string]bool // mailboxes there are not
}

func (o *outbox) Send(_ context.Context, l intake.Letter) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.down {
		return fmt.Errorf("no answer: %w", jobs.ErrNotDone)
	}
	if o.gone[l.To] {
		return intake.ErrNoMailbox
	}
	o.letters = append(o.letters, l)
	return nil
}

func (o *outbox) take() []intake.Letter {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := o.letters
	o.letters = nil
	return out
}

func words(s string) campaigns.Words {
	return campaigns.Words{law.RU: s, law.KK: s + " (kk)"}
}

func sampleCampaign(slug string) campaigns.Campaign {
	return campaigns.Campaign{Slug: slug, Org: "ngo", About: campaigns.About{
		Goal: 1000, Languages: []law.Lang{law.KK, law.RU}, Funder: words("Собственные средства"),
		Operator: campaigns.Operator{Name: words("ОФ «Пример»"), BIN: "123456789012"},
	}}
}

func sampleText(ask string) campaigns.Text {
	return campaigns.Text{Title: words("Срок ответа — пять дней"), Ask: words(ask), Target: words("Министерство")}
}

// eachCampaign runs f on a live campaign on both databases.
func eachCampaign(t *testing.T, f func(t *testing.T, c *campaignTest)) {
	t.Helper()
	eachStore(t, func(t *testing.T, s *Store) { f(t, openCampaign(t, s)) })
}

func openCampaign(t *testing.T, s *Store) *campaignTest {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "keys")
	keys, err := gate.OpenKeyFolder(folder, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &campaignTest{T: t, s: s, keys: keys, folder: folder, mail: &outbox{}, mu: &sync.Mutex{}, now: noon}
	c.live("five-days")
	c.start()
	return c
}

// live makes a campaign and takes it live.
func (c *campaignTest) live(slug string) {
	c.Helper()
	ctx := c.Context()
	var recipients []campaigns.Recipient
	for i := range c.private {
		private, err := seal.GenerateKey(rand.Reader)
		c.must(err)
		c.private[i] = private
		recipients = append(recipients, campaigns.Recipient{Name: fmt.Sprint("key ", i), PublicKey: private.Public()})
	}
	id, err := c.s.AddCampaign(ctx, sampleCampaign(slug), accounts.Entry{})
	c.must(err)
	c.id = id
	c.text, err = c.s.SaveText(ctx, id, sampleText("Просим сократить срок ответа до пяти дней"), accounts.Entry{})
	c.must(err)
	c.must(c.s.SetRecipients(ctx, id, recipients, accounts.Entry{}))
	c.must(c.s.SetState(ctx, id, campaigns.Review, accounts.Entry{}))
	c.must(c.s.SetState(ctx, id, campaigns.Live, accounts.Entry{}))
	c.must(c.keys.CreateCampaign(id))
	stored, err := c.s.Campaign(ctx, id)
	c.must(err)
	consents, err := stored.Consents()
	c.must(err)
	c.consent = consents[1]
}

// start begins to take signatures; it ends with the test.
func (c *campaignTest) start() {
	c.Helper()
	var err error
	c.intake, err = intake.New(intake.Config{Store: c.s, Keys: c.keys, Random: rand.Reader, Now: c.clock})
	c.must(err)
	c.courier, err = intake.NewCourier(c.s, c.keys, c.mail, c.clock)
	c.must(err)
	ctx, stop := context.WithCancel(context.WithoutCancel(c.Context()))
	var running sync.WaitGroup
	running.Go(func() { c.intake.Run(ctx) })
	running.Go(func() { c.courier.Run(ctx) })
	c.Cleanup(func() { stop(); running.Wait() })
}

func (c *campaignTest) clock() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *campaignTest) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *campaignTest) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// form is what person n fills in.
func (c *campaignTest) form(n int) campaigns.Form {
	return campaigns.Form{
		Campaign: c.id, TextSHA256: c.text.SHA256, ConsentSHA256: c.consent.SHA256, Lang: law.RU,
		Given: "Айгүл", Surname: "Серікова", Email: fmt.Sprintf("aigul%d@example.kz", n), Region: "KZ-75",
		Adult: true, Agreed: true, Display: n%2 == 0, Updates: n%3 == 0,
	}
}

var home = netip.MustParseAddr("192.0.2.7")

func (c *campaignTest) sign(f campaigns.Form) {
	c.Helper()
	c.must(c.intake.Sign(c.Context(), f, home))
}

// signMany signs as n people at the same moment, from number first on.
func (c *campaignTest) signMany(first, n int) {
	c.Helper()
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			if err := c.intake.Sign(c.Context(), c.form(first+i), home); err != nil {
				c.Error(err)
			}
		})
	}
	all.Wait()
}

func (c *campaignTest) runner() *jobs.Runner {
	return &jobs.Runner{Store: c.s, Handlers: c.courier.Handlers(), Now: c.clock, Workers: 2}
}

// letters does all jobs that are due and returns what was sent.
func (c *campaignTest) letters() []intake.Letter {
	c.Helper()
	r := c.runner()
	for {
		n, err := r.Step(c.Context())
		c.must(err)
		if n == 0 {
			return c.mail.take()
		}
	}
}

// signed signs as person n, confirms, and returns the letter.
func (c *campaignTest) signed(n int) intake.Letter {
	c.Helper()
	c.sign(c.form(n))
	letters := c.letters()
	if len(letters) != 1 || letters[0].Kind != intake.AskToConfirm {
		c.Fatalf("letters: %+v", letters)
	}
	if done, err := c.intake.Confirm(c.Context(), letters[0].Confirm); err != nil || !done.New || done.Campaign != c.id {
		c.Fatalf("%+v, %v", done, err)
	}
	return letters[0]
}

// count counts everything and returns the exact number of the current text.
func (c *campaignTest) count() int64 {
	c.Helper()
	for {
		n, held, err := c.s.Count(c.Context(), "test", c.clock(), time.Minute, 7)
		c.must(err)
		if held {
			c.Fatal("another counts")
		}
		if n == 0 {
			break
		}
	}
	drift, err := c.s.Recount(c.Context())
	c.must(err)
	if len(drift) > 0 {
		c.Fatalf("the count drifted: %+v", drift)
	}
	numbers, err := c.s.Numbers(c.Context(), c.clock())
	c.must(err)
	for _, n := range numbers {
		if n.Campaign == c.id {
			return n.Exact
		}
	}
	return 0
}

func (c *campaignTest) rows(table string) (n int) {
	c.Helper()
	c.must(get(c.Context(), c.s.read, &n, `SELECT count(*) FROM `+table))
	return n
}

func token(c *campaignTest, s string) gate.Token {
	c.Helper()
	t, err := gate.ParseToken(s)
	c.must(err)
	return t
}

// open opens the sealed person of a signature.
func (c *campaignTest) open(k campaigns.Kept, header []byte, private seal.PrivateKey) campaigns.Person {
	c.Helper()
	opener, err := seal.Open(header, private)
	c.must(err)
	plain, err := opener.Open(k.Campaign, k.ID, k.Box)
	c.must(err)
	var p campaigns.Person
	c.must(json.Unmarshal(plain, &p))
	return p
}

// fillCampaign stores something in every table of campaigns.
func fillCampaign(t *testing.T, s *Store) {
	t.Helper()
	c := openCampaign(t, s)
	fillComments(c)
	c.signed(0)
	c.count()
	c.signed(1)
	c.sign(c.form(2))
	c.must(s.AddUpdate(t.Context(), c.id, campaigns.Update{At: noon, Title: words("Новость"), Body: words("Текст")}, accounts.Entry{}))
	c.must(s.AddSignatures(t.Context(), campaigns.Intake{HeldBack: map[campaigns.CampaignID]int{c.id: 1}, Day: "2026-03-01"}))
}

// A newer program may word a consent anew: it is kept for the campaigns that are
// live, and for no other.
func TestKeepConsents(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		live, err := c.s.Campaign(ctx, c.id)
		c.must(err)
		words, err := live.Consents()
		c.must(err)
		if _, err := execute(ctx, c.s.write, `DELETE FROM consents`); err != nil { // as if the words were not known yet
			t.Fatal(err)
		}
		if _, _, err := c.s.Consent(ctx, words[0].SHA256); err == nil {
			t.Fatal("the words are still there")
		}
		c.must(c.s.KeepConsents(ctx))
		c.must(c.s.KeepConsents(ctx))
		for _, w := range words {
			if id, kept, err := c.s.Consent(ctx, w.SHA256); err != nil || id == 0 || kept.Text != w.Text {
				t.Errorf("%d %v", id, err)
			}
		}
	})
}
