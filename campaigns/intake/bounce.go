package intake

import (
	"context"
	"errors"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
)

// ErrNotOurs: a message says that it is about a letter of ours, and nothing in
// it proves that.
var ErrNotOurs = errors.New("no letter of this server is named")

// Bounces takes the word of mail servers that a mailbox is not there. Only
// letters of mailings carry what it believes: they go where the signer wrote
// that they should, while those to sign go where anybody typed.
type Bounces struct {
	store BounceStore
	key   gate.Key
}

// BounceStore is what a Bounces needs of the database.
type BounceStore interface {
	SetStanding(context.Context, campaigns.SignatureID, campaigns.Standing) error
}

// NewBounces makes a Bounces.
func NewBounces(store BounceStore, keys Keys) (*Bounces, error) {
	server, err := keys.Server()
	if err != nil {
		return nil, err
	}
	key, err := server.For(useBounce)
	return &Bounces{store, key}, err
}

// Returned stops the signature from counting that one of the tokens was mailed
// to. One that was withdrawn, or signed anew since, is left alone. Errors:
// ErrNotOurs.
func (b *Bounces) Returned(ctx context.Context, tokens []string) error {
	for _, t := range tokens {
		if id, ok := unboundForMail(b.key, t); ok {
			return b.store.SetStanding(ctx, id, campaigns.Bounced)
		}
	}
	return ErrNotOurs
}
