package store

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/intake"
)

func TestSheet(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		entry := accounts.Entry{At: c.now, Person: "a", Did: "paper.entered"}
		hire(t, c.s, "ngo", "a")
		lines := []campaigns.Form{c.form(0), c.form(1), c.form(2)}
		for i := range lines {
			lines[i].Email = ""
		}
		spoilt := slices.Clone(lines)
		spoilt[1].Region, spoilt[2].Given = "", "7"
		var wrong *intake.SheetError
		if _, err := c.intake.Paper(ctx, c.id, spoilt, "x", entry); !errors.As(err, &wrong) || len(wrong.Lines) != 2 || wrong.Lines[2] == nil || wrong.Lines[3] == nil {
			t.Fatalf("%v", err)
		}
		// Of one page sent many times at once, one is taken.
		var all sync.WaitGroup
		got, errs := make([]campaigns.Sheet, 6), make([]error, 6)
		for i := range errs {
			all.Go(func() { got[i], errs[i] = c.intake.Paper(ctx, c.id, slices.Clone(lines), "x", entry) })
		}
		all.Wait()
		taken := 0
		for i, err := range errs {
			if err == nil {
				taken++
			} else if !errors.Is(err, campaigns.ErrSheetKnown) {
				t.Error(err)
			}
			if got[i].Number != 1 || got[i].Lines != 3 {
				t.Errorf("%+v", got[i])
			}
		}
		if n := c.count(); taken != 1 || n != 3 || c.rows("jobs") != 0 {
			t.Errorf("taken %d times, %d counted, %d letters", taken, n, c.rows("jobs"))
		}
		log, err := c.s.Log(ctx, "ngo")
		c.must(err)
		if last := log[len(log)-1]; len(log) != 4 || last.Did != "paper.entered" || last.To != fmt.Sprintf("campaign %d, sheet 1, lines 3", c.id) || last.Person != "a" {
			t.Errorf("%d entries, the last %+v", len(log), last)
		}
		tallies, err := c.s.Tallies(t.Context(), c.id, 1)
		if err != nil || len(tallies) != 1 || tallies[0].Level != campaigns.OnPaper {
			t.Errorf("%+v, %v", tallies, err)
		}
		names, err := c.s.ShownNames(t.Context(), c.id, 1, 0, 10)
		c.must(err)
		if len(names) != 2 || names[0].ID < names[1].ID {
			t.Fatalf("%+v", names)
		}
		if name, err := c.intake.ShownName(names[0]); err != nil || name != "Айгүл С." {
			t.Errorf("%q, %v", name, err)
		}
		sealed, seals, err := c.s.Sealed(t.Context(), c.id, 0, 10)
		c.must(err)
		if p := c.open(sealed[2], seals[sealed[2].ID.Batch()], c.private[1]); p.Surname != "Серікова" {
			t.Errorf("%+v", p)
		}
		// A name can be taken off the page, once, and only from the campaign's own.
		entry.Did = "name.hidden"
		for i, of := range []campaigns.CampaignID{c.id + 1, c.id, c.id} {
			if err := c.s.HideName(ctx, of, names[0].ID, entry); (err == nil) != (i == 1) || err != nil && !errors.Is(err, campaigns.ErrNoSignature) {
				t.Errorf("hiding, time %d: %v", i+1, err)
			}
		}
		if left, err := c.s.ShownNames(ctx, c.id, 1, 0, 10); err != nil || len(left) != 1 || left[0].ID != names[1].ID {
			t.Errorf("%+v, %v", left, err)
		}
		c.agrees(3)
		// Who signed on paper asks the organisation to take it back; nobody else's is
		// withdrawn by it, and the log does not say whose.
		entry.Did = "paper.withdrawn"
		online := token(c, c.signed(7).Manage).Signature
		for id, want := range map[campaigns.SignatureID]error{names[0].ID: nil, online: campaigns.ErrNoSignature, 12: campaigns.ErrNoSignature} {
			if err := c.s.WithdrawPaper(ctx, c.id, id, entry); !errors.Is(err, want) {
				t.Errorf("%d: %v", id, err)
			}
		}
		for _, of := range []campaigns.CampaignID{c.id, c.id + 1} {
			if err := c.s.WithdrawPaper(ctx, of, names[1].ID, entry); (err == nil) != (of == c.id) {
				t.Errorf("of campaign %d: %v", of, err)
			}
		}
		if log, err = c.s.Log(ctx, "ngo"); err != nil || len(log) != 7 || log[6].To != fmt.Sprintf("campaign %d", c.id) {
			t.Errorf("%v, %v", log, err)
		}
		c.agrees(2)
		entry.Did = "paper.entered"
		if second, err := c.intake.Paper(ctx, c.id, lines[:1], "y", entry); err != nil || second.Number != 2 {
			t.Errorf("%+v, %v", second, err)
		}
	})
}
