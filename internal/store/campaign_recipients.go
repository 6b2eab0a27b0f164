package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/seal"
)

// SetRecipients replaces the keys a campaign's signatures are sealed to from
// now on; what is stored stays sealed to the old ones. Errors:
// seal.ErrRecipients.
func (s *Store) SetRecipients(ctx context.Context, id campaigns.CampaignID, to []campaigns.Recipient, e accounts.Entry) (err error) {
	defer wrap(&err, "recipients of campaign %d", id)
	if len(to) < 2 {
		return seal.ErrRecipients
	}
	return s.change(ctx, func(tx *sqlx.Tx) error {
		if err := setRecipients(ctx, tx, id, to); err != nil {
			return err
		}
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(id))
		if err != nil {
			return err
		}
		return s.auditCampaign(ctx, tx, c, e, "")
	})
}

// setRecipients stores any number of them: a draft may still lack some.
func setRecipients(ctx context.Context, tx *sqlx.Tx, id campaigns.CampaignID, to []campaigns.Recipient) error {
	distinct := map[[32]byte]bool{}
	for _, r := range to {
		distinct[r.PublicKey] = true
		if !storable(r.Name) {
			return errors.New("a name is not text in UTF-8")
		}
	}
	if len(distinct) != len(to) {
		return seal.ErrRecipients
	}
	if _, err := execute(ctx, tx, `DELETE FROM campaign_recipients WHERE campaign = ?`, int64(id)); err != nil {
		return err
	}
	for _, r := range to {
		if _, err := execute(ctx, tx, `INSERT INTO campaign_recipients (campaign, public_key, name) VALUES (?, ?, ?)`,
			int64(id), r.PublicKey[:], r.Name); err != nil {
			return err
		}
	}
	return nil
}

// Recipients lists them.
func (s *Store) Recipients(ctx context.Context, id campaigns.CampaignID) (_ []campaigns.Recipient, err error) {
	defer wrap(&err, "recipients of campaign %d", id)
	return recipientsOf(ctx, s.read, id)
}

func recipientsOf(ctx context.Context, q querier, id campaigns.CampaignID) (out []campaigns.Recipient, err error) {
	var rows []struct {
		Key  []byte `db:"public_key"`
		Name string `db:"name"`
	}
	if err := list(ctx, q, &rows, `
		SELECT public_key, name FROM campaign_recipients WHERE campaign = ? ORDER BY public_key`, int64(id)); err != nil {
		return nil, err
	}
	for _, row := range rows {
		if len(row.Key) != 32 {
			return nil, fmt.Errorf("%w: a key of %d bytes", ErrDamaged, len(row.Key))
		}
		r := campaigns.Recipient{Name: row.Name, PublicKey: [32]byte(row.Key)}
		r.Fingerprint = seal.Fingerprint(r.PublicKey)
		out = append(out, r)
	}
	return out, nil
}
