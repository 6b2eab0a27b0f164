package accounts

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
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
		e.Number, e.Before = last.Number+1, last.Hash()
	}
	return e
}

// CheckLog tells whether a whole log is as it was written.
func CheckLog(log []Entry) error {
	var before [32]byte
	for i := range log {
		e := &log[i]
		if e.Number != int64(i+1) || !bytes.Equal(e.Before[:], before[:]) {
			return fmt.Errorf("the audit log was changed at or before entry %d", i+1)
		}
		before = e.Hash()
	}
	return nil
}
