package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
)

// TestExport: a person is told everything that is kept, what is sealed in a form
// the operator opens, and after erasure there is nothing to tell.
func TestExport(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		letter := c.signed(0) // shown, with news
		other := c.signed(1)
		got, err := c.intake.Export(ctx, c.s, letter.Manage)
		c.must(err)
		if !got.Confirmed || got.ShownName != "Айгүл С." || got.UpdatesTo != "aigul0@example.kz" || got.Region != "KZ-75" ||
			got.Campaign != "five-days" || got.TextSHA256 != c.text.SHA256 || got.Consent != c.consent.Text {
			t.Errorf("%+v", got)
		}
		person := c.open(campaigns.Kept{Signature: campaigns.Signature{ID: got.Identifier, Campaign: c.id, Box: got.Sealed.Box}}, got.Sealed.Seal, c.private[0])
		if person.Surname != "Серікова" || person.Email != "aigul0@example.kz" {
			t.Errorf("%+v", person)
		}
		b, err := json.Marshal(got)
		c.must(err)
		if strings.Contains(string(b), "aigul1") {
			t.Error("the data of another")
		}
		for name, link := range map[string]string{"the link that confirms": letter.Confirm, "none": "x", "mixed": letter.Manage[:11] + other.Manage[11:]} {
			if _, err := c.intake.Export(ctx, c.s, link); !errors.Is(err, campaigns.ErrNoSignature) {
				t.Errorf("%s: %v", name, err)
			}
		}
		managed := token(c, letter.Manage)
		c.must(c.s.Withdraw(ctx, managed.Signature, intake.Proves(managed, gate.ToManage)))
		if _, err := c.intake.Export(ctx, c.s, letter.Manage); !errors.Is(err, campaigns.ErrNoSignature) {
			t.Error(err)
		}
		key := got.Sealed.AddressKey
		for name, content := range map[string][]byte{"backup": backup(t, c.s)} {
			if bytes.Contains(content, got.Sealed.Box) || bytes.Contains(content, key) {
				t.Errorf("%s: still there", name)
			}
		}
	})
}

func TestExportComment(t *testing.T) {
	eachComments(t, func(t *testing.T, c *commentTest) {
		ctx := t.Context()
		id, letter := c.confirmed(c.form(0))
		got, err := c.intake.ExportComment(ctx, c.s, letter.Manage)
		c.must(err)
		if got.Comment == nil || got.Comment.Body != c.form(0).Body || got.ShownName != "Айгүл С." || got.Consent != c.consent.Text || got.Identifier != id {
			t.Errorf("%+v", got)
		}
		if _, err := c.intake.ExportComment(ctx, c.s, letter.Confirm); !errors.Is(err, campaigns.ErrNoComment) {
			t.Error(err)
		}
		_, manage, err := intake.CommentToken(letter.Manage, gate.ToManageComment)
		c.must(err)
		c.must(c.s.AddFates(ctx, c.edition, map[campaigns.CommentID]campaigns.Fate{id: {Reason: campaigns.Removed}}))
		c.must(c.s.WithdrawComment(ctx, id, manage))
		for _, table := range []string{"comments", "comment_places"} {
			if n := c.rows(table); n != 0 {
				t.Errorf("%s: %d rows", table, n)
			}
		}
		var jobs int
		c.must(get(ctx, c.s.read, &jobs, fmt.Sprintf(`SELECT count(*) FROM jobs WHERE subject = %d`, id)))
		if jobs != 0 {
			t.Errorf("%d jobs", jobs)
		}
	})
}
