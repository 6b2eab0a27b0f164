// Package scraper brings official texts in: it asks a Source which editions of
// an act exist, fetches what has changed since the last look, and hands it to a
// Store. It never parses a page itself (the source's own room does) and never
// speaks HTTP itself (scraper/fetch does).
package scraper

import (
	"context"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

// Store keeps what a run brings in. internal/store fulfils it. Every method is
// safe to repeat: a run that was killed is simply run again.
type Store interface {
	// SaveAct adds or updates what is known of an act. Empty fields and missing
	// languages never erase what is stored.
	SaveAct(ctx context.Context, a law.Act) error
	// AddEdition stores an edition. The same text as the newest revision of its
	// act, language, status and date is not stored again (added is false); a
	// different text under the same date gets the next revision. The key that
	// holds the text is returned.
	AddEdition(ctx context.Context, e law.Edition) (key law.EditionKey, added bool, err error)
	// Editions lists the heads of an act's editions, oldest first.
	Editions(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	// Edition returns a whole edition; law.ErrNotFound if there is none.
	Edition(ctx context.Context, key law.EditionKey) (law.Edition, error)

	// Visit returns what is remembered of the last good fetch of a page;
	// ok is false when it was never fetched.
	Visit(ctx context.Context, url string) (v Visit, ok bool, err error)
	// SaveVisit remembers it. It is called only after everything the page
	// brought is stored.
	SaveVisit(ctx context.Context, v Visit) error
	// AddRefusal keeps a page that was fetched and not accepted, with the
	// reason; the last good edition stays.
	AddRefusal(ctx context.Context, r Refusal) error
}

// Visit is what is remembered of a page for the next conditional GET, and when
// it was last looked at and good, changed or not.
type Visit struct {
	URL          string
	ETag         string
	LastModified string
	SHA256       string    // hex, of the body
	Status       int       // 200, or 404: a page that was missing is remembered too
	At           time.Time // of the last good look
}

// Refusal is a page that was not accepted.
type Refusal struct {
	Source string // "adilet"
	Act    law.ActID
	Lang   law.Lang
	URL    string
	At     time.Time
	Reason string // one line, for operators and the health page
	Raw    []byte // what came, bounded by the fetcher's size limit
}
