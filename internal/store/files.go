package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
)

// SetPicture gives a campaign a picture and says in words what is on it; with
// nil it keeps the one it has. A picture that no campaign shows any more is
// deleted. Errors: campaigns.ErrNotFound, campaigns.ErrState where there is no
// picture to keep or nothing may change any more.
func (s *Store) SetPicture(ctx context.Context, id campaigns.CampaignID, p *campaigns.Picture, alt campaigns.Words, e accounts.Entry) (err error) {
	defer wrap(&err, "the picture of campaign %d", id)
	return s.picture(ctx, id, e, func(tx *sqlx.Tx, c *campaigns.Campaign) error {
		c.PictureAlt = alt
		if p == nil {
			if c.Picture == "" {
				return campaigns.ErrState
			}
			return nil
		}
		c.Picture = p.SHA256
		_, err := execute(ctx, tx, `INSERT INTO files (sha256, media, width, height, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING`,
			p.SHA256, p.Media, p.Width, p.Height, p.Body)
		return err
	})
}

// RemovePicture takes a campaign's picture away, and deletes it.
// campaigns.ErrState where there is none, or nothing may change any more.
func (s *Store) RemovePicture(ctx context.Context, id campaigns.CampaignID, e accounts.Entry) (err error) {
	defer wrap(&err, "the picture of campaign %d", id)
	return s.picture(ctx, id, e, func(_ *sqlx.Tx, c *campaigns.Campaign) error {
		if c.Picture == "" {
			return campaigns.ErrState
		}
		c.Picture, c.PictureAlt = "", nil
		return nil
	})
}

// picture changes which picture a campaign has.
func (s *Store) picture(ctx context.Context, id campaigns.CampaignID, e accounts.Entry, f func(*sqlx.Tx, *campaigns.Campaign) error) error {
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		// Nobody else changes what stands beside the picture.
		c, err := lockedCampaign(ctx, tx, id)
		if err != nil {
			return err
		}
		if !c.State.Writable() {
			return campaigns.ErrState
		}
		old := c.Picture
		if err := f(tx, &c); err != nil {
			return err
		}
		if err := c.Validate(); err != nil {
			return err
		}
		about, err := json.Marshal(c.About)
		if err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `UPDATE campaigns SET about = ? WHERE id = ?`, string(about), int64(id)); err != nil {
			return err
		}
		if old != "" && old != c.Picture {
			// A sum is hexadecimal digits: it stands in a pattern for itself.
			if _, err := execute(ctx, tx, `DELETE FROM files WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM campaigns WHERE about LIKE ?)`,
				old, `%"picture":"`+old+`"%`); err != nil {
				return err
			}
		}
		return s.auditCampaign(ctx, tx, c, e, "")
	})
}

// Picture is the one of that sum; campaigns.ErrNotFound.
func (s *Store) Picture(ctx context.Context, sha256 string) (p campaigns.Picture, err error) {
	if p, err = s.PictureHead(ctx, sha256); err != nil {
		return p, err
	}
	err = get(ctx, s.read, &p.Body, `SELECT body FROM files WHERE sha256 = ?`, sha256)
	if errors.Is(err, sql.ErrNoRows) { // it was replaced at this moment
		err = campaigns.ErrNotFound
	}
	wrap(&err, "picture %s", sha256)
	return p, err
}

// PictureHead is a picture without its bytes; campaigns.ErrNotFound.
func (s *Store) PictureHead(ctx context.Context, sha256 string) (_ campaigns.Picture, err error) {
	defer wrap(&err, "picture %s", sha256)
	var row struct {
		Media  string `db:"media"`
		Width  int    `db:"width"`
		Height int    `db:"height"`
	}
	if !storable(sha256) {
		return campaigns.Picture{}, campaigns.ErrNotFound
	}
	err = get(ctx, s.read, &row, `SELECT media, width, height FROM files WHERE sha256 = ?`, sha256)
	if errors.Is(err, sql.ErrNoRows) {
		err = campaigns.ErrNotFound
	}
	return campaigns.Picture{SHA256: sha256, Media: row.Media, Width: row.Width, Height: row.Height}, err
}
