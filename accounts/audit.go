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

// CheckLog tells whether a whole log is as it was written. Whoever may write to
// the database could write a whole log anew; against that, and against a log cut
// short, stands a sum that somebody noted (see LogHolds).
func CheckLog(log []Entry) error {
	var before [32]byte
	for i := range log {
		e := &log[i]
		if e.Number != int64(i+1) || e.Before != before || e.Hash() != e.Sum {
			return fmt.Errorf("%w at or before entry %d", ErrLogChanged, i+1)
		}
		before = e.Sum
	}
	return nil
}

// ErrLogChanged: a log is not as it was written.
var ErrLogChanged = errors.New("the audit log was changed")

// Head names a log up to its last entry, for somebody to note: "17:3f9a…".
func Head(log []Entry) string {
	if len(log) == 0 {
		return ""
	}
	last := log[len(log)-1]
	return fmt.Sprintf("%d:%x", last.Number, last.Sum)
}

// LogHolds tells whether a log begins with what a head once named.
func LogHolds(log []Entry, head string) error {
	number, _, _ := strings.Cut(head, ":")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return fmt.Errorf("%q is no head of an audit log", head)
	}
	if n > len(log) || Head(log[:n]) != head {
		return fmt.Errorf("%w since its head was %s", ErrLogChanged, head)
	}
	return nil
}
