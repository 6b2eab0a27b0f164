package campaigns

import (
	"time"

	"github.com/tuzetu/tuzetu/internal/jobs"
)

// MailingID names a mailing in the database.
type MailingID int64

// Mailing is a letter that signers get of the organisation's own accord, at most
// once each: those who want news, and whose address is kept for that.
type Mailing struct {
	ID       MailingID
	Campaign CampaignID
	// News is what was published; nil where a new text asks to sign again.
	News *Update
	// Version is of that new text, 0 for news.
	Version int
}

// For tells whether a signature is written to. It is asked when the letter's
// turn comes: who has left meanwhile gets none.
func (m Mailing) For(k Kept) bool {
	return k.Confirmed && k.Standing == Stands && k.UpdatesTo != nil && k.Campaign == m.Campaign &&
		(m.News != nil || k.Version < m.Version)
}

// Limits of letters of the organisation's own accord.
const (
	// NewsADay is the most of them an address gets in a day, over all campaigns.
	// What is more comes on another day.
	NewsADay = 2
	// KeepNews is how long such a letter waits before it is given up. Nothing
	// personal lies in its job.
	KeepNews = 7 * 24 * time.Hour
)

// NewsFrom is when on a day, after a day that had its NewsADay, the next letters
// go: not at midnight. It is the morning of the day after t in Kazakhstan.
func NewsFrom(t time.Time) time.Time {
	y, m, d := t.In(kazakhstan()).Date()
	return time.Date(y, m, d+1, 9, 0, 0, 0, kazakhstan())
}

// Walk is one step of those who make the jobs of mailings.
type Walk struct {
	Holder string // of the lease
	Now    time.Time
	For    time.Duration // the lease
	// Kind is of the jobs; up to Ahead of them wait to be begun within Soon of now.
	Kind  string
	Ahead int
	Soon  time.Duration
	// Job makes that of one letter.
	Job func(Mailing, SignatureID) (jobs.Job, error)
}
