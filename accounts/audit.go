package accounts

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Entry is one line of an organisation's audit log. It names what was done and
// to what, never personal data of those who signed.
type Entry struct {
	Organisation OrganisationID
	Number       int64 // from 1, without gaps
	At           time.Time
	Person       PersonID // "" for the program itself
	Did          string   // "member.invited", "delivery.made"
	To           string   // what it was done to: an id, a role, an address of the house
	// Before is the hash of the entry before: a line that is taken out, put in or
	// changed later shows.
	Before [32]byte
	// Sum is the hash of the entry as it was stored; it shows a change of the
	// last entry, which no other entry names.
	Sum [32]byte
}

// Hash is of everything in the entry and so of all the entries before it.
func (e *Entry) Hash() [32]byte {
	// A list of JSON strings has one reading; the time is to the microsecond, as
	// stored.
	b, err := json.Marshal([]any{e.Organisation, e.Number, e.At.UTC().Format("2006-01-02T15:04:05.000000Z"), e.Person, e.Did, e.To, e.Before[:]})
	if err != nil { // strings and numbers only
		panic(err)
	}
	return sha256.Sum256(b)
}

// Next makes the entry that follows; last is nil for the first.
func Next(last *Entry, e Entry) Entry {
	e.Number, e.Before = 1, [32]byte{}
	if last != nil {
		e.Number, e.Before = last.Number+1, last.Sum
	}
	e.At = e.At.UTC().Truncate(time.Microsecond)
	e.Sum = e.Hash()
	return e
}

// Chain follows a log from its first entry on and tells whether it is as it was
// written; it holds one entry at a time, however long the log is. Whoever may
// write to the database could write a whole log anew; against that, and against
// a log cut short, stands a head that somebody noted.
type Chain struct {
	last Entry
	seen string // the head that was asked for, once it has come by
	want string
}

// Holding makes a Chain that also looks for a head which somebody noted.
func Holding(head string) (*Chain, error) {
	number, _, _ := strings.Cut(head, ":")
	if n, err := strconv.Atoi(number); err != nil || n < 1 {
		return nil, fmt.Errorf("%q is no head of an audit log", head)
	}
	return &Chain{want: head}, nil
}

// Follow takes the entries that come next. ErrLogChanged where one does not
// follow from those before.
func (c *Chain) Follow(entries []Entry) error {
	for i := range entries {
		e := &entries[i]
		if e.Number != c.last.Number+1 || e.Before != c.last.Sum || e.Hash() != e.Sum {
			return fmt.Errorf("%w at or before entry %d", ErrLogChanged, c.last.Number+1)
		}
		c.last = *e
		if c.want != "" && c.Head() == c.want {
			c.seen = c.want
		}
	}
	return nil
}

// Whole tells, after the last entry, whether the log holds the head that was
// looked for.
func (c *Chain) Whole() error {
	if c.seen != c.want {
		return fmt.Errorf("%w since its head was %s", ErrLogChanged, c.want)
	}
	return nil
}

// Number is how many entries came by.
func (c *Chain) Number() int64 { return c.last.Number }

// Head names the log up to its last entry, for somebody to note: "17:3f9a…".
func (c *Chain) Head() string {
	if c.last.Number == 0 {
		return ""
	}
	return fmt.Sprintf("%d:%x", c.last.Number, c.last.Sum)
}

// CheckLog tells whether a whole log is as it was written.
func CheckLog(log []Entry) error { return new(Chain).Follow(log) }

// ErrLogChanged: a log is not as it was written.
var ErrLogChanged = errors.New("the audit log was changed")
