package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
)

// AddPaper stores the signatures that staff read from a sheet, notes the sheet
// and writes e into the organisation's log: they need no confirmation, and count.
// It returns the sheet with its number. campaigns.ErrSheetKnown, with the sheet
// as it is stored, where the same page was sent before; else the errors of
// AddSignatures.
func (s *Store) AddPaper(ctx context.Context, b campaigns.Batch, sheet campaigns.Sheet, e accounts.Entry) (_ campaigns.Sheet, err error) {
	defer wrap(&err, "storing signatures on paper")
	if err := mustStore("the form", sheet.Form); err != nil {
		return sheet, err
	}
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		// Sheets are numbered one after the other.
		if _, err := lockedCampaign(ctx, tx, b.Campaign); err != nil {
			return err
		}
		var before []struct{ Number, Lines int }
		if err := list(ctx, tx, &before, `SELECT number, lines FROM paper_sheets WHERE campaign = ? AND form = ?`, int64(b.Campaign), sheet.Form); err != nil {
			return err
		}
		if len(before) > 0 {
			sheet.Number, sheet.Lines = before[0].Number, before[0].Lines
			return campaigns.ErrSheetKnown
		}
		if err := addBatches(ctx, tx, []campaigns.Batch{b}, campaigns.State.TakesConfirmations); err != nil {
			return err
		}
		var rows [][]any
		var ids []any
		for _, g := range b.Rows {
			rows = append(rows, []any{int64(g.ID), int64(g.Campaign), g.Version, g.Consent, levelCode(campaigns.OnPaper), standingCode(campaigns.Stands),
				g.Region, string(g.Lang), dayNumber(campaigns.Day(sheet.At)), g.Box, g.Shown})
			ids = append(ids, int64(g.ID))
		}
		if err := insert(ctx, tx, `INSERT INTO signatures (id, campaign, version, consent, level, standing,
			region, lang, day, box, shown) VALUES `, rows, ``); err != nil {
			return err
		}
		if err := toCount(ctx, tx, 1, ids); err != nil {
			return err
		}
		sheet.Lines = len(b.Rows)
		if err := get(ctx, tx, &sheet.Number, `SELECT coalesce(max(number), 0) + 1 FROM paper_sheets WHERE campaign = ?`, int64(b.Campaign)); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `INSERT INTO paper_sheets (campaign, number, form, lines, entered_at, entered_by) VALUES (?, ?, ?, ?, ?, ?)`,
			int64(b.Campaign), sheet.Number, sheet.Form, sheet.Lines, instant(sheet.At), e.Person); err != nil {
			return err
		}
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(b.Campaign))
		if err != nil {
			return err
		}
		e.To = fmt.Sprintf("campaign %d, sheet %d, lines %d", b.Campaign, sheet.Number, sheet.Lines)
		return s.audit(ctx, tx, accounts.OrganisationID(c.Org), e)
	})
	return sheet, err
}

// WithdrawPaper erases a signature of a campaign that was given on paper, at any
// time, and writes e into the organisation's log, which does not say which.
// campaigns.ErrNoSignature for all others: they are withdrawn by who gave them.
func (s *Store) WithdrawPaper(ctx context.Context, campaign campaigns.CampaignID, id campaigns.SignatureID, e accounts.Entry) (err error) {
	defer wrap(&err, "withdrawing a signature on paper")
	its := func(of campaigns.CampaignID, _ int, _ []byte) bool { return of == campaign }
	return s.manage(ctx, id, its, func(tx *sqlx.Tx, kept campaigns.Kept) error {
		if kept.Level != campaigns.OnPaper {
			return campaigns.ErrNoSignature
		}
		if err := erase(ctx, tx, kept); err != nil {
			return err
		}
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(campaign))
		if err != nil {
			return err
		}
		return s.auditCampaign(ctx, tx, c, e, "")
	})
}

// Sheets are the latest that were typed in for a campaign, the latest first.
func (s *Store) Sheets(ctx context.Context, id campaigns.CampaignID, limit int) (out []campaigns.Sheet, err error) {
	defer wrap(&err, "sheets of campaign %d", id)
	var rows []struct {
		Number int     `db:"number"`
		Form   string  `db:"form"`
		Lines  int     `db:"lines"`
		At     instant `db:"entered_at"`
	}
	if err := list(ctx, s.read, &rows, `SELECT number, form, lines, entered_at FROM paper_sheets WHERE campaign = ? ORDER BY number DESC LIMIT ?`, int64(id), limit); err != nil {
		return nil, err
	}
	for _, r := range rows {
		out = append(out, campaigns.Sheet{Number: r.Number, Form: r.Form, Lines: r.Lines, At: r.At.time()})
	}
	return out, nil
}
