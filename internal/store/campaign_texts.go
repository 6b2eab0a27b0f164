package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
)

// SaveText stores the text that is signed from now on and returns its version.
// Before the campaign goes live it replaces the last one; after that it is a new
// version, which must be complete. The same text changes nothing.
func (s *Store) SaveText(ctx context.Context, id campaigns.CampaignID, t campaigns.Text, e accounts.Entry) (v campaigns.TextVersion, err error) {
	defer wrap(&err, "the text of campaign %d", id)
	err = s.change(ctx, func(tx *sqlx.Tx) error {
		var c campaigns.Campaign
		if c, v, err = saveText(ctx, tx, id, t, e.At); err != nil {
			return err
		}
		return s.auditCampaign(ctx, tx, c, e, fmt.Sprintf(", text %d", v.Version))
	})
	return v, err
}

func saveText(ctx context.Context, tx *sqlx.Tx, id campaigns.CampaignID, t campaigns.Text, now time.Time) (c campaigns.Campaign, v campaigns.TextVersion, err error) {
	body, err := t.Canonical()
	if err != nil {
		return c, v, err
	}
	if !storable(string(body)) {
		return c, v, errors.New("not text in UTF-8")
	}
	v = campaigns.TextVersion{Campaign: id, Text: t}
	if v.SHA256, err = t.Hash(); err != nil {
		return c, v, err
	}
	// No signature comes in between on SQLite, and on PostgreSQL none that would
	// not name its version.
	if c, err = lockedCampaign(ctx, tx, id); err != nil {
		return c, v, err
	}
	v.Version = c.Version
	if c.Version > 0 {
		old, err := textOf(ctx, tx, id, c.Version)
		if err != nil || old.SHA256 == v.SHA256 {
			return c, v, err
		}
	}
	if !c.State.Writable() {
		return c, v, campaigns.ErrState
	}
	if missing := c.Ready(t, 2, ""); c.State.TakesConfirmations() && len(missing) > 0 {
		return c, v, fmt.Errorf("%w: missing: %v", campaigns.ErrState, missing)
	}
	if c.Version == 0 || c.State.TakesConfirmations() {
		v.Version++
	}
	if c.State.TakesConfirmations() {
		v.Since = dayOf(now)
	}
	if _, err := execute(ctx, tx, `
		INSERT INTO campaign_texts (campaign, version, sha256, body, since) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (campaign, version) DO UPDATE SET sha256 = excluded.sha256, body = excluded.body`,
		int64(id), v.Version, v.SHA256, string(body), string(v.Since)); err != nil {
		return c, v, err
	}
	_, err = execute(ctx, tx, `UPDATE campaigns SET version = ? WHERE id = ?`, v.Version, int64(id))
	return c, v, err
}

// offer notes that the text of a campaign is signed from now on, unless it was
// before a pause already.
func offer(ctx context.Context, tx *sqlx.Tx, c campaigns.Campaign, now time.Time) error {
	_, err := execute(ctx, tx, `UPDATE campaign_texts SET since = ? WHERE campaign = ? AND version = ? AND since = ''`,
		string(dayOf(now)), int64(c.ID), c.Version)
	return err
}

// dayOf is the day of a time, "" of none.
func dayOf(t time.Time) law.Date {
	if t.IsZero() {
		return ""
	}
	return campaigns.Day(t)
}

// Text returns one version of a campaign's text.
func (s *Store) Text(ctx context.Context, id campaigns.CampaignID, version int) (_ campaigns.TextVersion, err error) {
	defer wrap(&err, "text %d of campaign %d", version, id)
	return textOf(ctx, s.read, id, version)
}

func textOf(ctx context.Context, q querier, id campaigns.CampaignID, version int) (campaigns.TextVersion, error) {
	var row struct {
		SHA256 string `db:"sha256"`
		Body   string `db:"body"`
		Since  string `db:"since"`
	}
	v := campaigns.TextVersion{Campaign: id, Version: version}
	err := get(ctx, q, &row, `SELECT sha256, body, since FROM campaign_texts WHERE campaign = ? AND version = ?`, int64(id), version)
	if errors.Is(err, sql.ErrNoRows) {
		return v, nil // none yet
	}
	if err != nil {
		return v, err
	}
	v.Since = law.Date(row.Since)
	if err := json.Unmarshal([]byte(row.Body), &v.Text); err != nil {
		return v, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if v.SHA256, err = v.Text.Hash(); err != nil || v.SHA256 != row.SHA256 {
		return v, fmt.Errorf("%w: the text is not the one that was signed", ErrDamaged)
	}
	return v, nil
}
