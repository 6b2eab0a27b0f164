package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
)

const campaignColumns = `id, slug, org, state, version, closes_on, about`

type campaignRow struct {
	ID      int64  `db:"id"`
	Slug    string `db:"slug"`
	Org     string `db:"org"`
	State   string `db:"state"`
	Version int    `db:"version"`
	Closes  string `db:"closes_on"`
	About   string `db:"about"`
}

func (r campaignRow) campaign() (campaigns.Campaign, error) {
	c := campaigns.Campaign{ID: campaigns.CampaignID(r.ID), Slug: r.Slug, Org: r.Org, State: campaigns.State(r.State),
		Version: r.Version, Closes: law.Date(r.Closes)}
	if err := json.Unmarshal([]byte(r.About), &c.About); err != nil {
		return c, fmt.Errorf("%w: campaign %d: %w", ErrDamaged, r.ID, err)
	}
	return c, nil
}

// AddCampaign stores a new draft and returns its id. Errors:
// campaigns.ErrSlugTaken. This and every other change of a campaign writes e, in
// the same transaction, into the log of the organisation whose campaign it is.
func (s *Store) AddCampaign(ctx context.Context, c campaigns.Campaign, e accounts.Entry) (id campaigns.CampaignID, err error) {
	defer wrap(&err, "adding campaign %s", c.Slug)
	err = s.change(ctx, func(tx *sqlx.Tx) error {
		if c, err = addCampaign(ctx, tx, c); err != nil {
			return err
		}
		return s.auditCampaign(ctx, tx, c, e, "")
	})
	return c.ID, err
}

func addCampaign(ctx context.Context, tx *sqlx.Tx, c campaigns.Campaign) (campaigns.Campaign, error) {
	c.State, c.Version = campaigns.Draft, 0
	if err := c.Validate(); err != nil {
		return c, err
	}
	about, err := json.Marshal(c.About)
	if err != nil {
		return c, err
	}
	// Of two that take the same number one is refused by the key and asks again.
	if err := get(ctx, tx, &c.ID, `SELECT coalesce(max(id), 0) + 1 FROM campaigns`); err != nil {
		return c, err
	}
	return c, changedOne(campaigns.ErrSlugTaken)(execute(ctx, tx, `
		INSERT INTO campaigns (`+campaignColumns+`) VALUES (?, ?, ?, ?, 0, ?, ?) ON CONFLICT (slug) DO NOTHING`,
		int64(c.ID), c.Slug, c.Org, string(c.State), string(c.Closes), string(about)))
}

// saveCampaign stores what may change at any time: all but state and text.
func saveCampaign(ctx context.Context, tx *sqlx.Tx, c campaigns.Campaign) (now campaigns.Campaign, err error) {
	about, err := json.Marshal(c.About)
	if err != nil {
		return now, err
	}
	var other int
	if err := get(ctx, tx, &other, `SELECT count(*) FROM campaigns WHERE slug = ? AND id <> ?`, c.Slug, int64(c.ID)); err != nil {
		return now, err
	}
	if other > 0 {
		return now, campaigns.ErrSlugTaken
	}
	if err := changedOne(campaigns.ErrNotFound)(execute(ctx, tx, `
		UPDATE campaigns SET slug = ?, closes_on = ?, about = ? WHERE id = ?`,
		c.Slug, string(c.Closes), string(about), int64(c.ID))); err != nil {
		return now, err
	}
	now, err = campaignWhere(ctx, tx, `id = ?`, int64(c.ID))
	if err != nil || !now.State.TakesConfirmations() {
		return now, err
	}
	return now, addConsents(ctx, tx, now)
}

// auditCampaign writes what was done to a campaign.
func (s *Store) auditCampaign(ctx context.Context, tx *sqlx.Tx, c campaigns.Campaign, e accounts.Entry, more string) error {
	e.To = fmt.Sprintf("campaign %d%s", c.ID, more)
	return s.audit(ctx, tx, accounts.OrganisationID(c.Org), e)
}

// SetState moves a campaign on. Errors: campaigns.ErrState where it may not go
// there from where it is; going live also needs all that Ready asks for.
func (s *Store) SetState(ctx context.Context, id campaigns.CampaignID, to campaigns.State, e accounts.Entry) (err error) {
	defer wrap(&err, "campaign %d: to %s", id, to)
	return s.change(ctx, func(tx *sqlx.Tx) error {
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(id))
		if err != nil {
			return err
		}
		if !c.State.May(to) {
			return fmt.Errorf("%w: it is %s", campaigns.ErrState, c.State)
		}
		if c.State == campaigns.Closed { // what was answered has been delivered
			var answers int
			if err := get(ctx, tx, &answers, `SELECT count(*) FROM campaign_answers WHERE campaign = ?`, int64(id)); err != nil {
				return err
			}
			if answers > 0 {
				return fmt.Errorf("%w: it was answered", campaigns.ErrState)
			}
		}
		if to == campaigns.Live {
			t, err := textOf(ctx, tx, id, c.Version)
			if err != nil {
				return err
			}
			keys, err := recipientsOf(ctx, tx, id)
			if err != nil {
				return err
			}
			if missing := c.Ready(t.Text, len(keys), campaigns.Day(e.At)); len(missing) > 0 {
				return fmt.Errorf("%w: missing: %v", campaigns.ErrState, missing)
			}
			if err := errors.Join(addConsents(ctx, tx, c), offer(ctx, tx, c, e.At)); err != nil {
				return err
			}
		}
		// The old state stands in the condition: another may have moved it since.
		if err := changedOne(campaigns.ErrState)(execute(ctx, tx,
			`UPDATE campaigns SET state = ? WHERE id = ? AND state = ?`, string(to), int64(id), string(c.State))); err != nil {
			return err
		}
		return s.auditCampaign(ctx, tx, c, e, ", "+string(to))
	})
}

// KeepConsents keeps the words of this program for the campaigns that take
// signatures: a newer program may bring newer words, and what is agreed to must be
// stored before anybody agrees.
func (s *Store) KeepConsents(ctx context.Context) (err error) {
	defer wrap(&err, "consents")
	return s.change(ctx, func(tx *sqlx.Tx) error {
		all, err := campaignsWhere(ctx, tx, `state IN (?, ?)`, string(campaigns.Live), string(campaigns.Paused))
		if err != nil {
			return err
		}
		for _, c := range all {
			if err := addConsents(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// addConsents keeps the words a campaign's signers and commenters will agree to.
func addConsents(ctx context.Context, tx *sqlx.Tx, c campaigns.Campaign) error {
	filled, err := c.Consents()
	if err != nil {
		return err
	}
	comments, err := c.CommentConsents()
	if err != nil {
		return err
	}
	for _, consent := range append(filled, comments...) {
		if _, err := execute(ctx, tx, `
			INSERT INTO consents (id, sha256, form, lang, body)
			SELECT coalesce(max(id), 0) + 1, CAST(? AS TEXT), CAST(? AS INTEGER), CAST(? AS TEXT), CAST(? AS TEXT) FROM consents WHERE true
			ON CONFLICT (sha256) DO NOTHING`,
			consent.SHA256, consent.Form, string(consent.Lang), consent.Text); err != nil {
			return err
		}
	}
	return nil
}

// Campaign returns a campaign; campaigns.ErrNotFound if there is none.
func (s *Store) Campaign(ctx context.Context, id campaigns.CampaignID) (_ campaigns.Campaign, err error) {
	defer wrap(&err, "campaign %d", id)
	if id < 1 || id > math.MaxInt32 { // what the column holds
		return campaigns.Campaign{}, campaigns.ErrNotFound
	}
	return campaignWhere(ctx, s.read, `id = ?`, int64(id))
}

// CampaignAt returns the campaign with this address.
func (s *Store) CampaignAt(ctx context.Context, slug string) (_ campaigns.Campaign, err error) {
	defer wrap(&err, "campaign %q", slug)
	if !storable(slug) {
		return campaigns.Campaign{}, campaigns.ErrNotFound
	}
	return campaignWhere(ctx, s.read, `slug = ?`, slug)
}

func campaignWhere(ctx context.Context, q querier, where string, args ...any) (campaigns.Campaign, error) {
	var row campaignRow
	err := get(ctx, q, &row, `SELECT `+campaignColumns+` FROM campaigns WHERE `+where, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return campaigns.Campaign{}, campaigns.ErrNotFound
	}
	if err != nil {
		return campaigns.Campaign{}, err
	}
	return row.campaign()
}

// lockedCampaign is a campaign whose row nobody else changes until the transaction
// ends.
func lockedCampaign(ctx context.Context, tx *sqlx.Tx, id campaigns.CampaignID) (campaigns.Campaign, error) {
	// Changing nothing locks the row on PostgreSQL; on SQLite there is one writer.
	if err := changedOne(campaigns.ErrNotFound)(execute(ctx, tx, `UPDATE campaigns SET version = version WHERE id = ?`, int64(id))); err != nil {
		return campaigns.Campaign{}, err
	}
	return campaignWhere(ctx, tx, `id = ?`, int64(id))
}

// Campaigns lists all campaigns, the newest first.
func (s *Store) Campaigns(ctx context.Context) (out []campaigns.Campaign, err error) {
	defer wrap(&err, "listing campaigns")
	return campaignsWhere(ctx, s.read, `1 = 1`)
}

// CampaignsOf lists those of an organisation, the newest first.
func (s *Store) CampaignsOf(ctx context.Context, of accounts.OrganisationID) (out []campaigns.Campaign, err error) {
	defer wrap(&err, "listing campaigns of %s", of)
	return campaignsWhere(ctx, s.read, `org = ?`, string(of))
}

func campaignsWhere(ctx context.Context, q querier, where string, args ...any) (out []campaigns.Campaign, err error) {
	var rows []campaignRow
	if err := list(ctx, q, &rows, `SELECT `+campaignColumns+` FROM campaigns WHERE `+where+` ORDER BY id DESC`, args...); err != nil {
		return nil, err
	}
	for _, row := range rows {
		c, err := row.campaign()
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// Consent finds the words with this hash.
func (s *Store) Consent(ctx context.Context, sha256 string) (id int64, _ campaigns.Consent, err error) {
	defer wrap(&err, "consent %.8s", sha256)
	var row struct {
		ID   int64  `db:"id"`
		Form int    `db:"form"`
		Lang string `db:"lang"`
		Body string `db:"body"`
	}
	if err := get(ctx, s.read, &row, `SELECT id, form, lang, body FROM consents WHERE sha256 = ?`, sha256); err != nil {
		return 0, campaigns.Consent{}, err
	}
	return row.ID, campaigns.Consent{Form: row.Form, Lang: law.Lang(row.Lang), Text: row.Body, SHA256: sha256}, nil
}

// changedOne turns "no row was changed" into an error.
func changedOne(none error) func(sql.Result, error) error {
	return func(res sql.Result, err error) error {
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err == nil && n == 0 {
			return none
		}
		return err
	}
}
