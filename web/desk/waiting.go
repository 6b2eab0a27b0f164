package desk

import (
	"context"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/web/people"
)

// waitingStore is what is asked for the bar of a desk.
type waitingStore interface {
	WaitingComments(ctx context.Context, org string, before time.Time) (all, late int, err error)
}

// Waiting tells what waits for the moderators of an organisation.
func Waiting(s waitingStore, now func() time.Time) func(context.Context, accounts.OrganisationID) (people.Waiting, error) {
	return func(ctx context.Context, of accounts.OrganisationID) (people.Waiting, error) {
		all, late, err := s.WaitingComments(ctx, string(of), now().Add(-campaigns.CommentLate))
		return people.Waiting{Comments: all, Late: late}, err
	}
}
