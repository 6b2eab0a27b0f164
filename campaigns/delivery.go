package campaigns

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

// Delivery is what an addressee was given, without the sealed archive itself.
type Delivery struct {
	ID         int64
	Campaign   CampaignID
	Version    int // of the text
	MadeAt     time.Time
	By         string // the member, by id
	Addressee  string
	Lang       law.Lang
	Signatures int64
	Names      int64  // of those who agreed to be shown
	SHA256     string // of the archive
	// FetchedAt is when it was first opened by the link, ReceivedAt when its
	// receipt was confirmed: from then on nothing of it changes, and the link
	// gives nothing any more. Zero where it was not.
	FetchedAt, ReceivedAt time.Time
	// Withdrawn: another one was made in its place.
	Withdrawn bool
}

// DeliverWithin is how long the link of an addressee is good.
const DeliverWithin = 30 * 24 * time.Hour

// Open tells whether the link of a delivery gives the archive.
func (d Delivery) Open(now time.Time) bool {
	return !d.Withdrawn && d.ReceivedAt.IsZero() && now.Before(d.MadeAt.Add(DeliverWithin))
}

// What a store says of deliveries.
var (
	// ErrNoDelivery is also for a link that is late, was replaced or has been used:
	// a stranger is not to learn which.
	ErrNoDelivery = errors.New("there is no such delivery, or the link is not valid any more")
	ErrReceived   = errors.New("the addressee has confirmed the receipt: nothing can be changed any more")
	ErrNotFetched = errors.New("the archive has not been fetched yet")
)

// Validate tells why an answer cannot be published.
func (a Answer) Validate() error {
	if _, err := law.ParseDate(string(a.On)); err != nil {
		return err
	}
	some := false
	for lang, s := range a.Text {
		if _, err := law.ParseLang(string(lang)); err != nil {
			return err
		}
		if !printable(s, true) {
			return errors.New("the answer has characters that cannot be shown")
		}
		some = some || strings.TrimSpace(s) != ""
	}
	if !some {
		return errors.New("the answer has no text")
	}
	if u, err := url.Parse(a.Href); a.Href != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		return fmt.Errorf("not an address of a page: %q", a.Href)
	}
	return nil
}
