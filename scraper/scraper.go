// Package scraper brings official texts in: it asks a Source which editions of
// an act exist, fetches what has changed since the last look, and hands it to a
// Store. It never parses a page itself (the source's own room does) and never
// speaks HTTP itself (scraper/fetch does).
package scraper

import (
	"context"
	"errors"
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
	// holds the text is returned. The enacted texts of a day are those of one
	// e.Source: where another has them nothing is stored, ErrOtherSource.
	AddEdition(ctx context.Context, e law.Edition) (key law.EditionKey, added bool, err error)
	// Editions lists the heads of an act's editions, oldest first.
	Editions(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	// Edition returns a whole edition; law.ErrNotFound if there is none.
	Edition(ctx context.Context, key law.EditionKey) (law.Edition, error)

	// AddWitness stores what e.Source has under the day of an edition that another
	// source brought; the Revision counts its texts. The same text is not stored
	// again, as with AddEdition.
	AddWitness(ctx context.Context, e law.Edition) (key law.EditionKey, added bool, err error)
	// Witnesses lists the heads of an act's witnesses, oldest first.
	Witnesses(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	// Witness returns a whole witness; law.ErrNotFound if there is none.
	Witness(ctx context.Context, source string, key law.EditionKey) (law.Edition, error)

	// Alias returns how a source calls an act; law.ErrNotFound if that is not known.
	Alias(ctx context.Context, source string, act law.ActID) (code string, err error)
	// SaveAlias remembers it. An act has one code at a source: the last.
	SaveAlias(ctx context.Context, source string, act law.ActID, code string) error

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

// ErrOtherSource: the edition of that day is the text of another source.
var ErrOtherSource = errors.New("another source brought the edition of that day")

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
	// SHA256 (hex, of Raw) and Accepted are the store's to set: whether a page from
	// the same address was accepted since.
	SHA256   string
	Accepted bool
}
