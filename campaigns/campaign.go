// Package campaigns holds what people sign and how it is counted: a campaign and
// its states, the text that is signed, the consent given, a signature, the
// public number. Rules and types only: it asks no database, sends no mail and
// reads no clock.
//
// A campaign here is a collection of signatures («сбор подписей», «қол жинау»).
// It is never called a petition: in Kazakhstan that word belongs to the official
// portal and has consequences in law that this has not (see Subjects).
package campaigns

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// CampaignID names a campaign in the database.
type CampaignID int64

// Words is a text in some of the languages.
type Words = law.Words

// Campaign is one collection of signatures. What is signed is its Text; all
// else may change without asking the signers.
type Campaign struct {
	ID    CampaignID
	Slug  string // stands in the address of its page
	Org   string // whose campaign it is
	State State
	// Version is of the current text, 1, 2, …; 0 before there is any.
	Version int
	// Closes is the last day signatures are taken; empty for none.
	Closes law.Date
	About
}

// About is what a campaign's page shows beside the text that is signed.
type About struct {
	Goal       int         `json:"goal"`
	Milestones []Milestone `json:"milestones,omitempty"`
	Languages  []law.Lang  `json:"languages"`
	Picture    string      `json:"picture,omitempty"` // the SHA-256 of the file
	PictureAlt Words       `json:"picture_alt,omitempty"`
	// Funder is who pays. Materials paid from abroad must name it (Tax Code of
	// Kazakhstan), so a campaign without a funder says so itself.
	Funder Words `json:"funder"`
	// Operator is who answers for the personal data (law 94-V, art. 8 p. 4).
	Operator Operator `json:"operator"`
}

// Milestone is a count at which something is done.
type Milestone struct {
	At   int   `json:"at"`
	Then Words `json:"then"`
}

// Operator is the organisation that keeps the personal data.
type Operator struct {
	Name Words  `json:"name"`
	BIN  string `json:"bin"` // бизнес-идентификационный номер, 12 digits
}

// Update is news of a campaign.
type Update struct {
	At    time.Time
	Title Words
	Body  Words
}

// Answer is what the addressee replied, published with the campaign.
type Answer struct {
	On   law.Date
	Text Words
	Href string
}

// State is where a campaign stands.
type State string

const (
	Draft     State = "draft"
	Review    State = "review"
	Live      State = "live"
	Paused    State = "paused"
	Delivered State = "delivered"
	Answered  State = "answered"
	Closed    State = "closed"
)

// States lists them in the order of a campaign's life.
func States() []State {
	return []State{Draft, Review, Live, Paused, Delivered, Answered, Closed}
}

// next are the states each may go over to. Nothing leads back from delivered:
// what the addressee has been given does not grow afterwards. A campaign that
// closed on its last day can still be delivered.
func next(s State) []State {
	switch s {
	case Draft:
		return []State{Review}
	case Review:
		return []State{Draft, Live}
	case Live:
		return []State{Paused, Delivered, Closed}
	case Paused:
		return []State{Live, Delivered, Closed}
	case Delivered:
		return []State{Answered, Closed}
	case Answered:
		return []State{Closed}
	case Closed:
		return []State{Delivered}
	}
	return nil
}

// May tells whether a campaign may go over from s to another state.
func (s State) May(to State) bool { return slices.Contains(next(s), to) }

// TakesSignatures: only a live campaign does.
func (s State) TakesSignatures() bool { return s == Live }

// TakesConfirmations: who signed before a pause may still confirm.
func (s State) TakesConfirmations() bool { return s == Live || s == Paused }

// Writable tells whether what the campaign says may still change: what was
// delivered was delivered for good.
func (s State) Writable() bool {
	return s == Draft || s == Review || s.TakesConfirmations()
}

// Published tells whether strangers may see the campaign.
func (s State) Published() bool { return s != Draft && s != Review }

// Over tells whether the last day of c is behind today.
func (c Campaign) Over(today law.Date) bool { return c.Closes != "" && c.Closes < today }

// What a store and the intake say of campaigns and signatures.
var (
	ErrNotFound    = errors.New("there is no such campaign")
	ErrSlugTaken   = errors.New("another campaign has this address")
	ErrState       = errors.New("the campaign is in a state that does not allow this")
	ErrTextChanged = errors.New("the text has changed since the page was shown")
	ErrNoSignature = errors.New("there is no such signature, or the link is not valid any more")
	ErrCounting    = errors.New("another server counts at this moment")
	ErrBusy        = errors.New("too many are signing at this moment: nothing was stored, try again in a minute")
)

var (
	slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	binForm  = regexp.MustCompile(`^[0-9]{12}$`)
)

// IsBIN tells whether s has the form of a business identification number.
func IsBIN(s string) bool { return binForm.MatchString(s) }

// Validate tells why c cannot be stored.
func (c Campaign) Validate() error {
	switch {
	case !IsSlug(c.Slug):
		return fmt.Errorf("address %q: Latin letters, digits and single hyphens, at most 80", c.Slug)
	case strings.TrimSpace(c.Org) == "":
		return errors.New("whose campaign it is is missing")
	case !slices.Contains(States(), c.State):
		return fmt.Errorf("unknown state %q", c.State)
	case c.Goal < 0:
		return errors.New("the goal is below zero")
	}
	for i, m := range c.Milestones {
		if m.At < 1 || i > 0 && m.At <= c.Milestones[i-1].At {
			return errors.New("milestones must grow")
		}
	}
	for _, w := range []Words{c.PictureAlt, c.Funder, c.Operator.Name} {
		for lang, s := range w {
			if _, err := law.ParseLang(string(lang)); err != nil {
				return err
			}
			if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
				return errors.New("not text in UTF-8")
			}
		}
	}
	return nil
}

// Lack is something that is missing before a campaign may go live: what, and in
// which language where it is a text.
type Lack struct {
	What What
	Lang law.Lang
}

func (l Lack) String() string {
	if l.Lang == "" {
		return string(l.What)
	}
	return string(l.What) + " in " + string(l.Lang)
}

// What a campaign needs.
type What string

const (
	NeedLanguages  What = "languages"
	NeedTitle      What = "title"
	NeedAsk        What = "ask"
	NeedTarget     What = "target"
	NeedOperator   What = "operator"
	NeedPictureAlt What = "description of the picture"
	NeedFunder     What = "funder"
	NeedGoal       What = "goal"
	NeedBIN        What = "BIN of the operator"
	NeedKeys       What = "two recipient keys"
	NeedLastDay    What = "last day that is not over"
)

// Ready lists what is missing before c may go live today with this text and these
// recipients of its sealed signatures.
func (c Campaign) Ready(t Text, recipients int, today law.Date) []Lack {
	var missing []Lack
	want := func(ok bool, what What, lang law.Lang) {
		if !ok {
			missing = append(missing, Lack{what, lang})
		}
	}
	want(len(c.Languages) > 0, NeedLanguages, "")
	for _, lang := range c.Languages {
		want(t.Title[lang] != "", NeedTitle, lang)
		want(t.Ask[lang] != "", NeedAsk, lang)
		want(t.Target[lang] != "", NeedTarget, lang)
		want(c.Operator.Name[lang] != "", NeedOperator, lang)
		want(c.Picture == "" || c.PictureAlt[lang] != "", NeedPictureAlt, lang)
		want(c.Funder[lang] != "", NeedFunder, lang)
	}
	want(c.Goal > 0, NeedGoal, "")
	want(binForm.MatchString(c.Operator.BIN), NeedBIN, "")
	want(recipients >= 2, NeedKeys, "")
	// It would be closed within the hour, for good and with its address. One that
	// was live and is over may still be corrected.
	want(c.State.Published() || !c.Over(today), NeedLastDay, "")
	return missing
}

// Recipient is a key the personal data of a campaign is sealed to. The private
// half is with the organisation and never on the server.
type Recipient struct {
	Name        string
	PublicKey   [32]byte
	Fingerprint string
}
