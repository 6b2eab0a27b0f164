package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
)

// Writing is what the authors of a campaign have written.
func (s *Store) Writing(ctx context.Context, c campaigns.Campaign) (w campaigns.Writing, err error) {
	defer wrap(&err, "reading campaign %d", c.ID)
	return writingOf(ctx, s.read, c)
}

func writingOf(ctx context.Context, q querier, c campaigns.Campaign) (w campaigns.Writing, err error) {
	w.Campaign = c
	t, err := textOf(ctx, q, c.ID, c.Version)
	if err != nil {
		return w, err
	}
	w.Text = t.Text
	w.Recipients, err = recipientsOf(ctx, q, c.ID)
	return w, err
}

// Write stores what the authors of a campaign have written, all of it or
// nothing; without an id it begins a draft. was is the Mark of what they began
// from. What a published campaign needs must stay, and so does its address; a
// text that was published becomes a new version. Errors: campaigns.ErrChanged,
// ErrSlugTaken, ErrState.
func (s *Store) Write(ctx context.Context, was string, w campaigns.Writing, e accounts.Entry) (v campaigns.TextVersion, err error) {
	defer wrap(&err, "storing campaign %s", w.Slug)
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		c := w.Campaign
		if c.ID == 0 {
			if c, err = addCampaign(ctx, tx, c); err != nil {
				return err
			}
		} else if c, err = rewritable(ctx, tx, was, w); err != nil {
			return err
		}
		before := c.Version
		if c, err = saveCampaign(ctx, tx, c); err != nil {
			return err
		}
		if _, v, err = saveText(ctx, tx, c.ID, w.Text, e.At); err != nil {
			return err
		}
		if err := setRecipients(ctx, tx, c.ID, w.Recipients); err != nil {
			return err
		}
		more := ""
		if v.Version != before {
			more = fmt.Sprintf(", text %d", v.Version)
		}
		return s.auditCampaign(ctx, tx, c, e, more)
	})
	return v, err
}

// rewritable is the campaign of w with what must not change as it stands, locked
// until the transaction ends.
func rewritable(ctx context.Context, tx *sqlx.Tx, was string, w campaigns.Writing) (c campaigns.Campaign, err error) {
	now, err := lockedCampaign(ctx, tx, w.ID)
	if err != nil {
		return c, err
	}
	stands, err := writingOf(ctx, tx, now)
	if err != nil {
		return c, err
	}
	mark, err := stands.Mark()
	if err != nil {
		return c, err
	}
	if mark != was {
		return c, campaigns.ErrChanged
	}
	if now.Org != w.Org {
		return c, campaigns.ErrNotFound
	}
	if !now.State.Writable() {
		return c, campaigns.ErrState
	}
	c = w.Campaign
	c.State, c.Version, c.Picture, c.PictureAlt = now.State, now.Version, now.Picture, now.PictureAlt
	if now.State.Published() {
		if c.Slug != now.Slug {
			return c, errors.New("the address of a published campaign stays")
		}
		if missing := c.Ready(w.Text, len(w.Recipients), ""); len(missing) > 0 {
			return c, fmt.Errorf("%w: missing: %v", campaigns.ErrState, missing)
		}
	}
	return c, c.Validate()
}
