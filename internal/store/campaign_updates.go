package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
)

// AddUpdate publishes news of a campaign.
func (s *Store) AddUpdate(ctx context.Context, id campaigns.CampaignID, u campaigns.Update, e accounts.Entry) (err error) {
	defer wrap(&err, "news of campaign %d", id)
	body, err := json.Marshal(updateBody{u.Title, u.Body})
	if err != nil {
		return err
	}
	return s.change(ctx, func(tx *sqlx.Tx) error {
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(id))
		if err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `INSERT INTO campaign_updates (campaign, at, body) VALUES (?, ?, ?)`, int64(id), instant(u.At), string(body)); err != nil {
			return err
		}
		return s.auditCampaign(ctx, tx, c, e, "")
	})
}

type updateBody struct {
	Title campaigns.Words `json:"title"`
	Body  campaigns.Words `json:"body"`
}

// Updates lists the news of a campaign, the newest first.
func (s *Store) Updates(ctx context.Context, id campaigns.CampaignID) (out []campaigns.Update, err error) {
	defer wrap(&err, "news of campaign %d", id)
	var rows []struct {
		At   instant `db:"at"`
		Body string  `db:"body"`
	}
	if err := list(ctx, s.read, &rows, `SELECT at, body FROM campaign_updates WHERE campaign = ? ORDER BY at DESC`, int64(id)); err != nil {
		return nil, err
	}
	for _, r := range rows {
		var b updateBody
		if err := json.Unmarshal([]byte(r.Body), &b); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		out = append(out, campaigns.Update{At: r.At.time(), Title: b.Title, Body: b.Body})
	}
	return out, nil
}
