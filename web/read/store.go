package read

import (
	"context"

	"github.com/tuzetu/tuzetu/law"
)

// Store is what the pages read. internal/store fulfils it.
type Store interface {
	// Acts lists every act that is followed.
	Acts(ctx context.Context) ([]law.Act, error)
	// Act returns one act; law.ErrNotFound if there is none.
	Act(ctx context.Context, id law.ActID) (law.Act, error)
	// Editions lists the heads of an act's editions, oldest first, in every
	// language and status.
	Editions(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	// EditionText returns an edition without its raw bytes; law.ErrNotFound if
	// there is none. What
	// it returns for a key never changes.
	EditionText(ctx context.Context, key law.EditionKey) (law.Edition, error)
}
