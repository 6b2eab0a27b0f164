package campaigns

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// Anchor is what a comment is about: words of one provision of one edition. The
// address alone would not do (unnumbered units are counted, numbers are used
// again), nor would the words alone (laws repeat themselves).
type Anchor struct {
	Edition law.EditionKey
	Address law.Address
	// Quote are the words and Start their place in the provision's text, in bytes.
	// A comment on a whole provision quotes it without its number.
	Start int
	Quote string
	// SHA256 is of the provision's text as it was shown.
	SHA256 string
}

// Fate is what became of an anchor in a later edition; watch.Carry finds it.
type Fate struct {
	Reason FateReason
	// Anchor is where the words stand now; zero unless they are carried.
	Anchor Anchor
	// Near is the provision that is certainly the same one now, or the placeholder
	// of what went; empty where neither is.
	Near law.Address
}

// FateReason says why a comment did not go on to an edition; empty where it did.
type FateReason string

const (
	Carried  FateReason = ""
	Changed  FateReason = "changed"  // the provision stands, the words do not
	Removed  FateReason = "removed"  // the provision does not stand any more
	Parted   FateReason = "parted"   // the words stand in several provisions now
	Unsure   FateReason = "unsure"   // something alike stands, but it may be another provision
	Mismatch FateReason = "mismatch" // the comment is not of the text that was compared
)

// What can be wrong with a place.
var (
	ErrNoProvision = errors.New("the text has no such provision")
	ErrNoQuote     = errors.New("these words do not stand in the provision")
	ErrQuoteTwice  = errors.New("these words stand in the provision more than once")
)

// AnchorAt anchors at words of a provision, or at the whole of it where quote is
// empty. It never guesses: words that stand there twice are refused.
func AnchorAt(doc *law.Document, key law.EditionKey, at law.Address, quote string) (Anchor, error) {
	p := doc.Find(at)
	if p == nil {
		return Anchor{}, ErrNoProvision
	}
	a := Anchor{Edition: key, Address: at, SHA256: TextSum(p.Text)}
	if quote = law.Squeeze(quote); quote == "" {
		a.Start = BodyStart(p)
		a.Quote = p.Text[a.Start:]
		return a, nil
	}
	a.Start, a.Quote = strings.Index(p.Text, quote), quote
	switch {
	case a.Start < 0:
		return Anchor{}, ErrNoQuote
	case strings.Contains(p.Text[a.Start+1:], quote):
		return Anchor{}, ErrQuoteTwice
	}
	return a, nil
}

// Holds tells whether the anchor is of this text: the one that was shown, with
// the words at their place.
func (a Anchor) Holds(p *law.Provision) bool {
	return p != nil && TextSum(p.Text) == a.SHA256 && a.Start >= 0 && a.Start <= len(p.Text) &&
		a.Quote != "" && strings.HasPrefix(p.Text[a.Start:], a.Quote)
}

// TextSum is the hash of a provision's text.
func TextSum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// headingHead is how far into a heading its number is looked for: «Қосымша
// параграф 12-1.».
const headingHead = 48

// BodyStart is where a provision's text begins after its number, in bytes; 0
// where the number cannot be found or nothing follows it.
func BodyStart(p *law.Provision) int {
	at := strings.Index(head(p.Text), p.PrintedNumber())
	if p.Number == "" || at < 0 {
		return 0
	}
	at += len(p.PrintedNumber())
	switch p.Kind {
	case law.Paragraph, law.Subparagraph:
	default: // «-бап. …», «. …»: what follows the stop
		stop := strings.Index(head(p.Text[at:]), ". ")
		if stop < 0 {
			return 0
		}
		at += stop
	}
	for at < len(p.Text) {
		r, size := utf8.DecodeRuneInString(p.Text[at:])
		if !unicode.IsSpace(r) && !strings.ContainsRune(".)-", r) {
			return at
		}
		at += size
	}
	return 0
}

func head(s string) string {
	if len(s) <= headingHead {
		return s
	}
	return s[:headingHead] // only looked into, a cut letter does no harm
}

// Discussion is a campaign whose texts may be commented on, with how many
// published comments stand at each place.
type Discussion struct {
	Slug   string
	Title  Words
	Counts map[law.EditionKey]map[law.Address]int
}
