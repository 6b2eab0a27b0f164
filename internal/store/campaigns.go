package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/seal"
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
// campaigns.ErrSlugTaken.
func (s *Store) AddCampaign(ctx context.Context, c campaigns.Campaign) (id campaigns.CampaignID, err error) {
	defer wrap(&err, "adding campaign %s", c.Slug)
	c.State, c.Version = campaigns.Draft, 0
	if err := c.Validate(); err != nil {
		return 0, err
	}
	about, err := json.Marshal(c.About)
	if err != nil {
		return 0, err
	}
	err = s.change(ctx, func(tx *sqlx.Tx) error {
		// Of two that take the same number one is refused by the key and asks again.
		if err := get(ctx, tx, &id, `SELECT coalesce(max(id), 0) + 1 FROM campaigns`); err != nil {
			return err
		}
		return changedOne(campaigns.ErrSlugTaken)(execute(ctx, tx, `
			INSERT INTO campaigns (`+campaignColumns+`) VALUES (?, ?, ?, ?, 0, ?, ?) ON CONFLICT (slug) DO NOTHING`,
			int64(id), c.Slug, c.Org, string(c.State), string(c.Closes), string(about)))
	})
	return id, err
}

// SaveCampaign stores what may change at any time: all but state and text.
func (s *Store) SaveCampaign(ctx context.Context, c campaigns.Campaign) (err error) {
	defer wrap(&err, "storing campaign %d", c.ID)
	if err := c.Validate(); err != nil {
		return err
	}
	about, err := json.Marshal(c.About)
	if err != nil {
		return err
	}
	return s.change(ctx, func(tx *sqlx.Tx) error {
		var other int
		if err := get(ctx, tx, &other, `SELECT count(*) FROM campaigns WHERE slug = ? AND id <> ?`, c.Slug, int64(c.ID)); err != nil {
			return err
		}
		if other > 0 {
			return campaigns.ErrSlugTaken
		}
		if err := changedOne(campaigns.ErrNotFound)(execute(ctx, tx, `
			UPDATE campaigns SET slug = ?, closes_on = ?, about = ? WHERE id = ?`,
			c.Slug, string(c.Closes), string(about), int64(c.ID))); err != nil {
			return err
		}
		now, err := campaignWhere(ctx, tx, `id = ?`, int64(c.ID))
		if err != nil || !now.State.TakesConfirmations() {
			return err
		}
		return addConsents(ctx, tx, now)
	})
}

// SetState moves a campaign on. Errors: campaigns.ErrState where it may not go
// there from where it is; going live also needs all that Ready asks for.
func (s *Store) SetState(ctx context.Context, id campaigns.CampaignID, to campaigns.State) (err error) {
	defer wrap(&err, "campaign %d: to %s", id, to)
	return s.change(ctx, func(tx *sqlx.Tx) error {
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(id))
		if err != nil {
			return err
		}
		if !c.State.May(to) {
			return fmt.Errorf("%w: it is %s", campaigns.ErrState, c.State)
		}
		if to == campaigns.Live {
			t, err := textOf(ctx, tx, id, c.Version)
			if err != nil {
				return err
			}
			to, err := recipientsOf(ctx, tx, id)
			if err != nil {
				return err
			}
			if missing := c.Ready(t.Text, len(to)); len(missing) > 0 {
				return fmt.Errorf("%w: missing: %s", campaigns.ErrState, strings.Join(missing, ", "))
			}
			if err := addConsents(ctx, tx, c); err != nil {
				return err
			}
		}
		// The old state stands in the condition: another may have moved it since.
		return changedOne(campaigns.ErrState)(execute(ctx, tx,
			`UPDATE campaigns SET state = ? WHERE id = ? AND state = ?`, string(to), int64(id), string(c.State)))
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

// SaveText stores the text that is signed from now on and returns its version.
// Before the campaign goes live it replaces the last one; after that it is a new
// version, which must be complete. The same text changes nothing.
func (s *Store) SaveText(ctx context.Context, id campaigns.CampaignID, t campaigns.Text) (v campaigns.TextVersion, err error) {
	defer wrap(&err, "the text of campaign %d", id)
	body, err := t.Canonical()
	if err != nil {
		return v, err
	}
	if !storable(string(body)) {
		return v, errors.New("not text in UTF-8")
	}
	v = campaigns.TextVersion{Campaign: id, Text: t}
	if v.SHA256, err = t.Hash(); err != nil {
		return v, err
	}
	err = s.change(ctx, func(tx *sqlx.Tx) error {
		// Locks the row, so that no signature comes in between on SQLite, and on
		// PostgreSQL none that would not name its version.
		if err := changedOne(campaigns.ErrNotFound)(execute(ctx, tx, `UPDATE campaigns SET version = version WHERE id = ?`, int64(id))); err != nil {
			return err
		}
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(id))
		if err != nil {
			return err
		}
		v.Version = c.Version
		if c.Version > 0 {
			old, err := textOf(ctx, tx, id, c.Version)
			if err != nil || old.SHA256 == v.SHA256 {
				return err
			}
		}
		if c.State != campaigns.Draft && c.State != campaigns.Review && c.State != campaigns.Live && c.State != campaigns.Paused {
			return campaigns.ErrState
		}
		if missing := c.Ready(t, 2); c.State.TakesConfirmations() && len(missing) > 0 {
			return fmt.Errorf("%w: missing: %s", campaigns.ErrState, strings.Join(missing, ", "))
		}
		if c.Version == 0 || c.State.TakesConfirmations() {
			v.Version++
		}
		if _, err := execute(ctx, tx, `
			INSERT INTO campaign_texts (campaign, version, sha256, body) VALUES (?, ?, ?, ?)
			ON CONFLICT (campaign, version) DO UPDATE SET sha256 = excluded.sha256, body = excluded.body`,
			int64(id), v.Version, v.SHA256, string(body)); err != nil {
			return err
		}
		_, err = execute(ctx, tx, `UPDATE campaigns SET version = ? WHERE id = ?`, v.Version, int64(id))
		return err
	})
	return v, err
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
	}
	v := campaigns.TextVersion{Campaign: id, Version: version}
	err := get(ctx, q, &row, `SELECT sha256, body FROM campaign_texts WHERE campaign = ? AND version = ?`, int64(id), version)
	if errors.Is(err, sql.ErrNoRows) {
		return v, nil // none yet
	}
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal([]byte(row.Body), &v.Text); err != nil {
		return v, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if v.SHA256, err = v.Text.Hash(); err != nil || v.SHA256 != row.SHA256 {
		return v, fmt.Errorf("%w: the text is not the one that was signed", ErrDamaged)
	}
	return v, nil
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

// Campaigns lists all campaigns, the newest first.
func (s *Store) Campaigns(ctx context.Context) (out []campaigns.Campaign, err error) {
	defer wrap(&err, "listing campaigns")
	var rows []campaignRow
	if err := list(ctx, s.read, &rows, `SELECT `+campaignColumns+` FROM campaigns ORDER BY id DESC`); err != nil {
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

// SetRecipients replaces the keys a campaign's signatures are sealed to from
// now on; what is stored stays sealed to the old ones. Errors:
// seal.ErrRecipients.
func (s *Store) SetRecipients(ctx context.Context, id campaigns.CampaignID, to []campaigns.Recipient) (err error) {
	defer wrap(&err, "recipients of campaign %d", id)
	distinct := map[[32]byte]bool{}
	for _, r := range to {
		distinct[r.PublicKey] = true
		if !storable(r.Name) {
			return errors.New("a name is not text in UTF-8")
		}
	}
	if len(distinct) < 2 || len(distinct) != len(to) {
		return seal.ErrRecipients
	}
	return s.change(ctx, func(tx *sqlx.Tx) error {
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
	})
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

// AddUpdate publishes news of a campaign.
func (s *Store) AddUpdate(ctx context.Context, id campaigns.CampaignID, u campaigns.Update) (err error) {
	defer wrap(&err, "news of campaign %d", id)
	body, err := json.Marshal(updateBody{u.Title, u.Body})
	if err != nil {
		return err
	}
	return s.change(ctx, func(tx *sqlx.Tx) error {
		_, err := execute(ctx, tx, `INSERT INTO campaign_updates (campaign, at, body) VALUES (?, ?, ?)`, int64(id), instant(u.At), string(body))
		return err
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
