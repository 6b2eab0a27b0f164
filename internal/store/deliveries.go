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

const deliveryColumns = `id, campaign, version, made_at, made_by, addressee, lang, signatures, names, sha256, fetched_at, received_at, withdrawn`

type deliveryRow struct {
	ID         int64       `db:"id"`
	Campaign   int64       `db:"campaign"`
	Version    int         `db:"version"`
	MadeAt     instant     `db:"made_at"`
	By         string      `db:"made_by"`
	Addressee  string      `db:"addressee"`
	Lang       string      `db:"lang"`
	Signatures int64       `db:"signatures"`
	Names      int64       `db:"names"`
	SHA256     string      `db:"sha256"`
	FetchedAt  everOrNever `db:"fetched_at"`
	ReceivedAt everOrNever `db:"received_at"`
	Withdrawn  int         `db:"withdrawn"`
}

func (r deliveryRow) delivery() campaigns.Delivery {
	return campaigns.Delivery{
		ID: r.ID, Campaign: campaigns.CampaignID(r.Campaign), Version: r.Version, MadeAt: r.MadeAt.time(), By: r.By, Addressee: r.Addressee,
		Lang: law.Lang(r.Lang), Signatures: r.Signatures, Names: r.Names, SHA256: r.SHA256,
		FetchedAt: time.Time(r.FetchedAt), ReceivedAt: time.Time(r.ReceivedAt), Withdrawn: r.Withdrawn == 1,
	}
}

// Counted tells whether every signature of a campaign has been counted.
func (s *Store) Counted(ctx context.Context, campaign campaigns.CampaignID) (_ bool, err error) {
	defer wrap(&err, "the count of campaign %d", campaign)
	var some []int
	err = list(ctx, s.read, &some, `SELECT 1 FROM uncounted WHERE campaign = ? LIMIT 1`, int64(campaign))
	return len(some) == 0, err
}

// AddDelivery stores a pack for an addressee in place of those made before, whose
// links give nothing any more, and writes e into the organisation's log. Errors:
// campaigns.ErrReceived where one of them was received, ErrState.
func (s *Store) AddDelivery(ctx context.Context, d campaigns.Delivery, body, tokenHash []byte, e accounts.Entry) (_ campaigns.Delivery, err error) {
	defer wrap(&err, "storing a delivery of campaign %d", d.Campaign)
	if err := mustStore("the addressee", d.Addressee); err != nil {
		return d, err
	}
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		// One delivery at a time.
		c, err := lockedCampaign(ctx, tx, d.Campaign)
		if err != nil {
			return err
		}
		if c.State != campaigns.Delivered || c.Version != d.Version {
			return campaigns.ErrState
		}
		var received int
		if err := get(ctx, tx, &received, `SELECT count(*) FROM deliveries WHERE campaign = ? AND received_at <> ''`, int64(d.Campaign)); err != nil {
			return err
		}
		if received > 0 {
			return campaigns.ErrReceived
		}
		if _, err := execute(ctx, tx, `UPDATE deliveries SET withdrawn = 1, body = ? WHERE campaign = ?`, []byte{}, int64(d.Campaign)); err != nil {
			return err
		}
		if err := get(ctx, tx, &d.ID, `SELECT coalesce(max(id), 0) + 1 FROM deliveries`); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `
			INSERT INTO deliveries (`+deliveryColumns+`, token_hash, body) VALUES (`+marks(15)+`)`,
			d.ID, int64(d.Campaign), d.Version, instant(d.MadeAt), d.By, d.Addressee, string(d.Lang), d.Signatures, d.Names, d.SHA256,
			"", "", 0, tokenHash, body); err != nil {
			return err
		}
		e.To = fmt.Sprintf("campaign %d, delivery %d", d.Campaign, d.ID)
		return s.audit(ctx, tx, accounts.OrganisationID(c.Org), e)
	})
	return d, err
}

// Deliveries lists the packs of a campaign, the latest first.
func (s *Store) Deliveries(ctx context.Context, campaign campaigns.CampaignID) (out []campaigns.Delivery, err error) {
	defer wrap(&err, "deliveries of campaign %d", campaign)
	var rows []deliveryRow
	if err := list(ctx, s.read, &rows, `SELECT `+deliveryColumns+` FROM deliveries WHERE campaign = ? ORDER BY id DESC`, int64(campaign)); err != nil {
		return nil, err
	}
	for _, r := range rows {
		out = append(out, r.delivery())
	}
	return out, nil
}

// DeliveryBy is the delivery of an addressee's link. campaigns.ErrNoDelivery for
// a link that is wrong, late, replaced or used is one and the same.
func (s *Store) DeliveryBy(ctx context.Context, tokenHash []byte, now time.Time) (_ campaigns.Delivery, err error) {
	defer wrap(&err, "a delivery")
	return openDelivery(ctx, s.read, tokenHash, now)
}

func openDelivery(ctx context.Context, q querier, tokenHash []byte, now time.Time) (campaigns.Delivery, error) {
	var row deliveryRow
	err := get(ctx, q, &row, `SELECT `+deliveryColumns+` FROM deliveries WHERE token_hash = ?`, tokenHash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return campaigns.Delivery{}, err
	}
	if d := row.delivery(); err == nil && d.Open(now) {
		return d, nil
	}
	return campaigns.Delivery{}, campaigns.ErrNoDelivery
}

// FetchDelivery returns the sealed archive of a link and notes when it was
// fetched first.
func (s *Store) FetchDelivery(ctx context.Context, tokenHash []byte, now time.Time) (d campaigns.Delivery, body []byte, err error) {
	defer wrap(&err, "fetching a delivery")
	err = s.delivery(ctx, tokenHash, now, func(tx *sqlx.Tx, open campaigns.Delivery) error {
		d = open
		if _, err := execute(ctx, tx, `UPDATE deliveries SET fetched_at = ? WHERE id = ? AND fetched_at = ''`, instant(now), d.ID); err != nil {
			return err
		}
		return get(ctx, tx, &body, `SELECT body FROM deliveries WHERE id = ?`, d.ID)
	})
	return d, body, err
}

// ReceiveDelivery notes that an addressee has the archive. From then on it is as
// it is, and its link gives nothing. It was at e.At. Errors:
// campaigns.ErrNotFetched, ErrNoDelivery.
func (s *Store) ReceiveDelivery(ctx context.Context, tokenHash []byte, e accounts.Entry) (d campaigns.Delivery, err error) {
	defer wrap(&err, "receiving a delivery")
	err = s.delivery(ctx, tokenHash, e.At, func(tx *sqlx.Tx, open campaigns.Delivery) error {
		d = open
		if d.FetchedAt.IsZero() {
			return campaigns.ErrNotFetched
		}
		d.ReceivedAt = e.At
		if _, err := execute(ctx, tx, `UPDATE deliveries SET received_at = ? WHERE id = ?`, instant(e.At), d.ID); err != nil {
			return err
		}
		c, err := campaignWhere(ctx, tx, `id = ?`, int64(d.Campaign))
		if err != nil {
			return err
		}
		e.To = fmt.Sprintf("campaign %d, delivery %d", d.Campaign, d.ID)
		return s.audit(ctx, tx, accounts.OrganisationID(c.Org), e)
	})
	return d, err
}

// delivery runs f on the open delivery of a link, alone.
func (s *Store) delivery(ctx context.Context, tokenHash []byte, now time.Time, f func(*sqlx.Tx, campaigns.Delivery) error) error {
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if _, err := execute(ctx, tx, `UPDATE deliveries SET withdrawn = withdrawn WHERE token_hash = ?`, tokenHash); err != nil {
			return err
		}
		d, err := openDelivery(ctx, tx, tokenHash, now)
		if err != nil {
			return err
		}
		return f(tx, d)
	})
}

// AddAnswer publishes what the addressee replied, and a correction of it as a
// further one. Errors: campaigns.ErrState for a campaign that was not delivered.
func (s *Store) AddAnswer(ctx context.Context, campaign campaigns.CampaignID, a campaigns.Answer, e accounts.Entry) (err error) {
	defer wrap(&err, "the answer to campaign %d", campaign)
	if err := a.Validate(); err != nil {
		return err
	}
	body, err := json.Marshal(a.Text)
	if err != nil {
		return err
	}
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		c, err := lockedCampaign(ctx, tx, campaign)
		if err != nil {
			return err
		}
		if c.State != campaigns.Delivered && c.State != campaigns.Answered {
			return campaigns.ErrState
		}
		var n int
		if err := get(ctx, tx, &n, `SELECT count(*) + 1 FROM campaign_answers WHERE campaign = ?`, int64(campaign)); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `INSERT INTO campaign_answers (campaign, n, at, by_whom, on_day, body, href) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			int64(campaign), n, instant(e.At), string(e.Person), string(a.On), string(body), a.Href); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `UPDATE campaigns SET state = ? WHERE id = ?`, string(campaigns.Answered), int64(campaign)); err != nil {
			return err
		}
		e.To = fmt.Sprintf("campaign %d, answer %d", campaign, n)
		return s.audit(ctx, tx, accounts.OrganisationID(c.Org), e)
	})
}

// Answers lists what the addressee of a campaign replied, the latest first: that
// one counts, the others it corrects.
func (s *Store) Answers(ctx context.Context, campaign campaigns.CampaignID) (out []campaigns.Answer, err error) {
	defer wrap(&err, "answers to campaign %d", campaign)
	var rows []struct {
		On   string `db:"on_day"`
		Body string `db:"body"`
		Href string `db:"href"`
	}
	if err := list(ctx, s.read, &rows, `SELECT on_day, body, href FROM campaign_answers WHERE campaign = ? ORDER BY n DESC`, int64(campaign)); err != nil {
		return nil, err
	}
	for _, r := range rows {
		a := campaigns.Answer{On: law.Date(r.On), Href: r.Href}
		if err := json.Unmarshal([]byte(r.Body), &a.Text); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		out = append(out, a)
	}
	return out, nil
}
