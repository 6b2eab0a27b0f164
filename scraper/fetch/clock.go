package fetch

import (
	"context"
	"time"
)

// Clock is the time a Fetcher lives in. Tests pass one that does not make them
// wait.
type Clock interface {
	Now() time.Time
	// Sleep waits for d or until ctx is done, and then returns its error.
	Sleep(ctx context.Context, d time.Duration) error
}
