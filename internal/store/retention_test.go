package store

import (
	"bytes"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
)

// What the consent says: the data are destroyed when the campaign is over. The
// count stays, whoever signed can still withdraw, other campaigns keep theirs.
func TestPersonalDataEndWithTheCampaign(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		hire(t, c.s, "ngo", "owner")
		letter := c.signed(6) // shows a name, wants news
		c.signed(1)
		c.count()
		over := c.id
		c.must(c.s.SetState(ctx, over, campaigns.Closed, accounts.Entry{At: c.clock(), Did: "campaign.state"}))
		c.live("another")
		c.signed(12)
		c.count()
		personal := func(id campaigns.CampaignID) (n int) {
			t.Helper()
			c.must(get(ctx, c.s.read, &n, `SELECT count(*) FROM signatures s JOIN batches b ON b.id = s.id - s.id % 256
				WHERE s.campaign = ? AND (length(s.box) > 0 OR length(b.seal) > 0 OR s.shown IS NOT NULL OR s.updates_to IS NOT NULL OR s.duplicate_key IS NOT NULL)`, int64(id)))
			return n
		}
		entries := func() (n int) {
			t.Helper()
			c.must(get(ctx, c.s.read, &n, `SELECT count(*) FROM audit WHERE did = 'signers.erased'`))
			return n
		}
		sweep := func() {
			t.Helper()
			_, err := c.s.Sweep(ctx, c.clock())
			c.must(err)
		}
		c.pass(campaigns.KeepSealed - time.Minute)
		if sweep(); personal(over) != 2 || entries() != 0 {
			t.Fatal("erased too early")
		}
		c.pass(time.Minute)
		if sweep(); personal(over) != 0 || personal(c.id) != 1 || entries() != 1 {
			t.Fatalf("%d have personal data left, %d of the other campaign, %d entries", personal(over), personal(c.id), entries())
		}
		if sweep(); entries() != 1 {
			t.Error("erased twice")
		}
		if drift, err := c.s.Recount(ctx); err != nil || len(drift) != 0 {
			t.Errorf("%+v, %v", drift, err)
		}
		manage := token(c, letter.Manage)
		c.must(c.s.Withdraw(ctx, manage.Signature, intake.Proves(manage, gate.ToManage)))
		if _, err := c.s.Signature(ctx, manage.Signature); !errors.Is(err, campaigns.ErrNoSignature) {
			t.Error(err)
		}
	})
}

// What was erased is in no byte of the database file or its journal. (PostgreSQL
// writes over it when it vacuums; its own journal is the operator's.)
func TestErasedIsNowhereInTheFile(t *testing.T) {
	s := openTest(t, storetest.SQLite(t))
	c := openCampaign(t, s)
	letter := c.signed(6)
	c.signed(1)
	manage := token(c, letter.Manage)
	kept, err := s.Signature(t.Context(), manage.Signature)
	c.must(err)
	found := func() (out []string) {
		t.Helper()
		for _, suffix := range []string{"", "-wal"} {
			b, err := os.ReadFile(s.at.path + suffix)
			c.must(err)
			if bytes.Contains(b, kept.Box[:64]) || bytes.Contains(b, kept.UpdatesTo) {
				out = append(out, "file"+suffix)
			}
		}
		return out
	}
	if len(found()) == 0 {
		t.Fatal("what is looked for was never there")
	}
	c.must(s.Withdraw(t.Context(), manage.Signature, intake.Proves(manage, gate.ToManage)))
	_, err = s.Sweep(t.Context(), c.clock())
	c.must(err)
	if where := found(); len(where) != 0 {
		t.Errorf("what was erased still stands in the %v", where)
	}
}
