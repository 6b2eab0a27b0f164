package campaigns

import (
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/tuzetu/tuzetu/law"
)

// CommentID names a comment. Comments and signatures share one row of numbers,
// so a link of one never names the other.
type CommentID = SignatureID

// Stance is what a comment says of a provision.
type Stance string

const (
	Support Stance = "support"
	Object  Stance = "object"
	Suggest Stance = "suggest" // other wording
	Reply   Stance = "reply"   // to another comment
)

// Stances lists those of a comment that answers none.
func Stances() []Stance { return []Stance{Support, Object, Suggest} }

// Limits of a comment, in letters.
const (
	maxCommentBody = 4000
	maxWording     = 4000
)

// CommentForm is what a person fills in at a provision.
type CommentForm struct {
	Campaign CampaignID
	// Parent is the comment that is answered, 0 for none. An answer stands where
	// that comment does; its own place is not looked at.
	Parent CommentID
	Anchor Anchor
	Stance Stance
	// Body is the reason; Wording is the text that Suggest asks for.
	Body, Wording  string
	ConsentSHA256  string // of what the page showed
	Lang           law.Lang
	Given, Surname string
	Email          string
	// Agreed is the consent to processing, Display that to show the name.
	Agreed, Display bool
}

// Fields only comments have.
const (
	FieldStance  Field = "stance"
	FieldBody    Field = "body"
	FieldWording Field = "wording"
	FieldQuote   Field = "quote"
)

// What can be wrong with the words quoted.
const (
	NoQuote    Problem = "no_quote"    // they do not stand in the provision
	QuoteTwice Problem = "quote_twice" // more than once
)

// Clean returns the form in NFC without stray blanks, or a FormError. Address
// and place are not looked at.
func (f CommentForm) Clean() (CommentForm, error) {
	wrong := FormError{}
	f.Given, f.Surname = line(f.Given), line(f.Surname)
	f.Body, f.Wording = paragraphs(f.Body), paragraphs(f.Wording)
	wrong.name(FieldGiven, f.Given, f.Display)
	wrong.name(FieldSurname, f.Surname, f.Display)
	if f.Parent != 0 {
		f.Stance, f.Anchor = Reply, Anchor{}
	} else if !slices.Contains(Stances(), f.Stance) {
		wrong[FieldStance] = Missing
	}
	if f.Stance != Suggest {
		f.Wording = ""
	}
	// Support needs no reason, and a wording may speak for itself.
	wrong.text(FieldBody, f.Body, maxCommentBody, true, f.Stance == Object || f.Stance == Reply)
	wrong.text(FieldWording, f.Wording, maxWording, true, f.Stance == Suggest)
	if !f.Agreed {
		wrong[FieldAgreed] = Missing
	}
	if _, err := law.ParseLang(string(f.Lang)); err != nil {
		wrong[FieldLang] = Unknown
	}
	if len(wrong) > 0 {
		return CommentForm{}, wrong
	}
	return f, nil
}

// paragraphs is s in NFC, its lines ended by "\n" alone.
func paragraphs(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(norm.NFC.String(s)))
}

// Person returns the personal part: no address, since nobody will write to it.
func (f CommentForm) Person() Person { return Person{Given: f.Given, Surname: f.Surname} }

// ShownName is the author in public.
func (f CommentForm) ShownName() string {
	return Form{Given: f.Given, Surname: f.Surname}.ShownName()
}

// Comment is a comment as it is stored. Body and Wording are meant for the
// public; who wrote them is sealed.
type Comment struct {
	ID       CommentID
	Campaign CampaignID
	Parent   CommentID // 0 for none
	Anchor   Anchor
	Stance   Stance
	Body     string
	Wording  string
	Lang     law.Lang
	Consent  int64
	// DuplicateKey is the HMAC of the address under the campaign's key.
	DuplicateKey            []byte
	ConfirmHash, ManageHash []byte
	Seal, Box               []byte // the sealed Person, without an address
	Shown                   []byte // the shown name, encrypted; nil unless agreed to
	State                   CommentState
}

// PlacedComment is a comment with what became of it in the edition it was asked
// for; of the edition it was written about it is where it was written.
type PlacedComment struct {
	Comment
	Fate Fate
}

// CommentState is where a comment stands.
type CommentState string

const (
	CommentUnconfirmed CommentState = "unconfirmed" // the address is not confirmed
	CommentWaiting     CommentState = "waiting"     // for a moderator; nobody else sees it
	CommentPublished   CommentState = "published"
	CommentRejected    CommentState = "rejected"
)

// TakesComments: while signatures may still be confirmed.
func (s State) TakesComments() bool { return s.TakesConfirmations() }

// Terms of comments.
const (
	// CommentDue is when a comment in the queue should have been looked at, and
	// CommentLate when it is late: a discussion dies of waiting.
	CommentDue  = 24 * time.Hour
	CommentLate = 72 * time.Hour
	// KeepRejected is how long a rejected text is kept, so that the decision can
	// be taken back; then it is erased.
	KeepRejected = 30 * 24 * time.Hour
)

// Age says how long a comment has waited.
type Age string

const (
	AgeFresh Age = "fresh"
	AgeDue   Age = "due"
	AgeLate  Age = "late"
)

// AgeOf is the age, at now, of what came in at a time.
func AgeOf(came, now time.Time) Age {
	switch waited := now.Sub(came); {
	case waited >= CommentLate:
		return AgeLate
	case waited >= CommentDue:
		return AgeDue
	}
	return AgeFresh
}

// Verdict is what a moderator decides.
type Verdict string

const (
	Publish Verdict = "publish"
	Reject  Verdict = "reject"
	Undo    Verdict = "undo" // of a decision: what it was about waits again
)

// RejectReason is why a comment is not published; the author can read it.
type RejectReason string

// RejectReasons lists them. "unlawful" is for what the law forbids to publish.
func RejectReasons() []RejectReason {
	return []RejectReason{"off_topic", "insult", "personal_data", "unlawful", "advertising", "repeated"}
}

// Decision is one act of a moderator over some comments. Decisions are added
// and never changed: taking one back is another one.
type Decision struct {
	ID       int64
	Campaign CampaignID
	At       time.Time
	By       string // the member, by id
	Verdict  Verdict
	Reason   RejectReason // of Reject
	Undoes   int64        // of Undo
	Comments []CommentID
}

// Validate tells why a decision cannot be taken.
func (d Decision) Validate() error {
	switch {
	case d.By == "":
		return errors.New("nobody took the decision")
	case d.Verdict == Reject && !slices.Contains(RejectReasons(), d.Reason):
		return ErrNoReason
	case d.Verdict != Reject && d.Reason != "":
		return errors.New("only a rejection has a reason")
	case d.Verdict == Undo:
		if d.Undoes <= 0 || len(d.Comments) > 0 {
			return errors.New("what is undone is a decision")
		}
		return nil
	case d.Verdict != Publish && d.Verdict != Reject:
		return errors.New("unknown verdict")
	case len(d.Comments) == 0:
		return ErrNoComment
	}
	return nil
}

// What a store says of comments.
var (
	ErrNoComment = errors.New("there is no such comment, or the link is not valid any more")
	ErrNoReason  = errors.New("a rejection needs a reason")
	ErrDecided   = errors.New("another decision was taken since")
)
