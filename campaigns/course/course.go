// Package course takes a campaign from one state to the next together with its
// duplicate key, which lies outside the database: made before the first
// signature can come, destroyed once none can come any more. It asks nobody
// whether they may, and it sends no mail.
package course

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
)

// Did is what the organisation's log says of a change of state.
const Did = "campaign.state"

// Store is what it needs of the database.
type Store interface {
	Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error)
	Campaigns(context.Context) ([]campaigns.Campaign, error)
	SetState(ctx context.Context, id campaigns.CampaignID, to campaigns.State, e accounts.Entry) error
}

// Keys are the duplicate keys. gate.KeyFolder fulfils it.
type Keys interface {
	CreateCampaign(campaigns.CampaignID) error
	DestroyCampaign(campaigns.CampaignID) error
}

// Course moves campaigns on.
type Course struct {
	Store Store
	Keys  Keys
}

// Move takes a campaign to a state. Killed in between, it is done again, or by
// CloseDue: going live, the key comes first, and one that is there already is
// the one of the try before; closing, the state comes first, so that no
// signature ever waits for a key that is gone. Errors: campaigns.ErrState.
func (c Course) Move(ctx context.Context, id campaigns.CampaignID, to campaigns.State, e accounts.Entry) error {
	was, err := c.Store.Campaign(ctx, id)
	if err != nil {
		return err
	}
	if !was.State.May(to) {
		return fmt.Errorf("%w: it is %s", campaigns.ErrState, was.State)
	}
	// After a pause the key is there or was lost; a lost one is not made anew,
	// because those who have signed could then sign again.
	if was.State == campaigns.Review && to == campaigns.Live {
		if err := c.Keys.CreateCampaign(id); err != nil && !errors.Is(err, gate.ErrKeyIs) {
			return err
		}
	}
	e.Did = Did
	if err := c.Store.SetState(ctx, id, to, e); err != nil {
		return err
	}
	if to == campaigns.Closed {
		return c.Keys.DestroyCampaign(id)
	}
	return nil
}

// Due tells whether a campaign's last day is over, and the time to confirm what
// was signed on it.
func Due(c campaigns.Campaign, now time.Time) bool {
	return c.State.TakesConfirmations() && c.Over(campaigns.Day(now.Add(-campaigns.ConfirmWithin)))
}

// CloseDue closes campaigns whose last day is over, and destroys the keys of
// those that were closed when nobody could. It goes on after an error.
func (c Course) CloseDue(ctx context.Context, now time.Time) (closed int, err error) {
	all, err := c.Store.Campaigns(ctx)
	if err != nil {
		return 0, err
	}
	for _, one := range all {
		switch {
		case one.State == campaigns.Closed:
			err = errors.Join(err, c.Keys.DestroyCampaign(one.ID))
		case Due(one, now):
			moved := c.Move(ctx, one.ID, campaigns.Closed, accounts.Entry{At: now})
			if errors.Is(moved, campaigns.ErrState) {
				continue // somebody was quicker
			}
			if moved == nil {
				closed++
			}
			err = errors.Join(err, moved)
		}
	}
	return closed, err
}
