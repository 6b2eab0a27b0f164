package campaigns

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// SignatureID names a signature and tells the batch it was stored in: the batch
// is ID rounded down to a multiple of BatchSize. It grows with time and tells
// nobody how many there are.
type SignatureID int64

// BatchSize is the most signatures one batch holds.
const BatchSize = 256

// Batch is the id of the batch of a signature.
func (id SignatureID) Batch() int64 { return int64(id) - int64(id)%BatchSize }

// Time is when it was signed, to the microsecond.
func (id SignatureID) Time() time.Time {
	return epoch().Add(time.Duration(int64(id)/BatchSize) * time.Microsecond)
}

// Number is the id as people copy it, in fours: a spreadsheet would round it.
func (id SignatureID) Number() string {
	s := fmt.Sprintf("%016d", int64(id))
	return s[:len(s)-12] + "-" + s[len(s)-12:len(s)-8] + "-" + s[len(s)-8:len(s)-4] + "-" + s[len(s)-4:]
}

// ParseSignatureNumber reads what Number wrote, however it is spaced.
// ErrNoSignature for what is no number.
func ParseSignatureNumber(s string) (SignatureID, error) {
	digits := strings.Map(func(r rune) rune {
		if r == '-' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	id, err := strconv.ParseUint(digits, 10, 63)
	if err != nil {
		return 0, ErrNoSignature
	}
	return SignatureID(id), nil
}

// BatchAt is the id of a batch made at t.
func BatchAt(t time.Time) int64 { return t.Sub(epoch()).Microseconds() * BatchSize }

// epoch is before the first signature; from there ids last 1,142 years, the
// duration of Go 292.
func epoch() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

// Level is how surely a signature is somebody's. Neither is an electronic
// digital signature, and pages say so.
type Level string

const (
	ByEmail Level = "email" // the address was confirmed
	OnPaper Level = "paper" // entered by staff from a sheet
)

// Terms of data, counted from the moment of signing.
const (
	// ConfirmWithin is how long a letter's link may confirm.
	ConfirmWithin = 48 * time.Hour
	// KeepAddress is how long the address for a letter is kept, encrypted, if
	// the letter cannot be delivered.
	KeepAddress = 48 * time.Hour
	// KeepUnconfirmed is when an unconfirmed signature is erased.
	KeepUnconfirmed = 7 * 24 * time.Hour
	// KeepSealed is how long after a campaign is over personal data are kept, so
	// that it can be delivered and those who signed hear of the answer.
	KeepSealed = 30 * 24 * time.Hour
)

// Form is what a person fills in.
type Form struct {
	Campaign CampaignID
	// TextSHA256 and ConsentSHA256 are of what the page showed.
	TextSHA256, ConsentSHA256 string
	Lang                      law.Lang
	Given, Surname            string
	Email                     string
	Region                    string
	Occupation, Comment       string
	// Adult, or the name of the legal representative who signs for a minor.
	Adult          bool
	Representative string
	// Agreed is the consent to processing; Display and Updates are separate.
	Agreed, Display, Updates bool
}

// Limits of a form, in letters.
const (
	maxName    = 60
	maxComment = 2000
)

// Field names a field of a form.
type Field string

const (
	FieldGiven          Field = "given"
	FieldSurname        Field = "surname"
	FieldEmail          Field = "email"
	FieldRegion         Field = "region"
	FieldOccupation     Field = "occupation"
	FieldComment        Field = "comment"
	FieldRepresentative Field = "representative"
	FieldAgreed         Field = "agreed"
	FieldLang           Field = "lang"
)

// Problem says what is wrong with a field, as a word pages translate: "missing",
// "too_long", "not_a_name", "bad_character", "unknown".
type Problem string

const (
	Missing      Problem = "missing"
	TooLong      Problem = "too_long"
	NotAName     Problem = "not_a_name"
	BadCharacter Problem = "bad_character"
	Unknown      Problem = "unknown"
)

// FormError lists what is wrong with a form.
type FormError map[Field]Problem

func (e FormError) Error() string {
	var parts []string
	for f, p := range e {
		parts = append(parts, fmt.Sprintf("%s: %s", f, p))
	}
	return "the form cannot be taken: " + strings.Join(parts, ", ")
}

// Clean returns the form in NFC without stray blanks, or a FormError. The
// address is not looked at: that is gate's.
func (f Form) Clean(regions []Region) (Form, error) {
	wrong := FormError{}
	f.Given, f.Surname, f.Occupation, f.Representative = line(f.Given), line(f.Surname), line(f.Occupation), line(f.Representative)
	f.Comment = strings.TrimSpace(strings.ReplaceAll(norm.NFC.String(f.Comment), "\r\n", "\n"))
	wrong.name(FieldGiven, f.Given, true)
	wrong.name(FieldSurname, f.Surname, true)
	wrong.name(FieldRepresentative, f.Representative, !f.Adult)
	wrong.text(FieldOccupation, f.Occupation, maxName, false, false)
	wrong.text(FieldComment, f.Comment, maxComment, true, false)
	if f.Adult {
		f.Representative = ""
	}
	if f.Region == "" {
		wrong[FieldRegion] = Missing
	} else if !knownRegion(regions, f.Region) {
		wrong[FieldRegion] = Unknown
	}
	if !f.Agreed {
		wrong[FieldAgreed] = Missing
	}
	if _, err := law.ParseLang(string(f.Lang)); err != nil {
		wrong[FieldLang] = Unknown
	}
	if len(wrong) > 0 {
		return Form{}, wrong
	}
	return f, nil
}

// CleanName is Clean for first name and surname alone; nil where nothing is wrong.
func (f Form) CleanName() (Form, FormError) {
	wrong := FormError{}
	f.Given, f.Surname = line(f.Given), line(f.Surname)
	wrong.name(FieldGiven, f.Given, true)
	wrong.name(FieldSurname, f.Surname, true)
	if len(wrong) > 0 {
		return Form{}, wrong
	}
	return f, nil
}

// line is s in NFC with single blanks.
func line(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// Names may stand on a public page unread: letters and what joins them, no marks
// heaped on one letter, nothing that reads as a link.
var (
	nameForm = regexp.MustCompile(`^[\pL\pM'’‘ʼʻ.()\-‐‑ ]*\pL[\pL\pM'’‘ʼʻ.()\-‐‑ ]*$`)
	noName   = regexp.MustCompile(`\pM{4}|\pL{2}\.\pL{2}`)
)

// name notes what is wrong with a name.
func (e FormError) name(field Field, s string, needed bool) {
	switch {
	case s == "" && needed:
		e[field] = Missing
	case s == "":
	case utf8.RuneCountInString(s) > maxName:
		e[field] = TooLong
	case !printable(s, false) || strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cf, r) }):
		e[field] = BadCharacter
	case !nameForm.MatchString(s) || noName.MatchString(s):
		e[field] = NotAName
	}
}

// text notes what is wrong with what people write, in one line or in several.
func (e FormError) text(field Field, s string, most int, lines, needed bool) {
	switch {
	case s == "" && needed:
		e[field] = Missing
	case utf8.RuneCountInString(s) > most:
		e[field] = TooLong
	case !printable(s, lines):
		e[field] = BadCharacter
	}
}

// printable: letters and signs of any language, no control characters, and none
// of the marks that turn the direction of writing (they make one name read as
// another).
func printable(s string, lines bool) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if lines && (r == '\n' || r == '\t') {
			continue
		}
		if unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return false
		}
	}
	return true
}

// Person is what is sealed: everything about a signer that is not needed to
// count. Keys are short, so that most people fit the smallest box.
type Person struct {
	Given          string `json:"given"`
	Surname        string `json:"surname"`
	Email          string `json:"email,omitempty"`
	Occupation     string `json:"job,omitempty"`
	Comment        string `json:"comment,omitempty"`
	Representative string `json:"rep,omitempty"`
}

// Person returns the personal part of a form with the address to write to.
func (f Form) Person(email string) Person {
	return Person{f.Given, f.Surname, email, f.Occupation, f.Comment, f.Representative}
}

// Pack is the person as it is sealed: JSON.
func (p Person) Pack() ([]byte, error) { return json.Marshal(p) }

// UnpackPerson reads what Pack wrote.
func UnpackPerson(b []byte) (p Person, err error) {
	if err = json.Unmarshal(b, &p); err != nil {
		return Person{}, fmt.Errorf("not a sealed person: %w", err)
	}
	return p, nil
}

// ShownName is a signer in public: first name and first letter of the surname,
// as the official portal does it.
func (f Form) ShownName() string {
	r, _ := utf8.DecodeRuneInString(f.Surname[max(0, strings.IndexFunc(f.Surname, unicode.IsLetter)):])
	return f.Given + " " + string(unicode.ToUpper(r)) + "."
}

// Signature is one signature as it is stored: nothing in it names anybody
// without keys that are not in the database.
type Signature struct {
	ID       SignatureID
	Campaign CampaignID
	Version  int   // of the text signed
	Consent  int64 // of the consent agreed to
	Level    Level
	Region   string
	Lang     law.Lang
	// DuplicateKey is the HMAC of the address under the campaign's key; nil on
	// paper, and worth nothing once that key is destroyed.
	DuplicateKey []byte
	// ConfirmHash and ManageHash are of the two links of the letter.
	ConfirmHash, ManageHash []byte
	Box                     []byte // the sealed Person
	Shown                   []byte // the shown name, encrypted; nil unless agreed to
	UpdatesTo               []byte // the address for news, encrypted; nil unless agreed to
}

// Standing tells whether a signature counts.
type Standing string

const (
	Stands  Standing = "stands"
	Bounced Standing = "bounced" // letters to it come back
	Invalid Standing = "invalid" // found so by the organisation
)

// Batch is signatures of one campaign stored together. Their boxes share Seal,
// the ephemeral key.
type Batch struct {
	ID       int64
	Campaign CampaignID
	Version  int // the text all of them sign
	Seal     []byte
	Rows     []Signature
}

// Intake is what is stored in one transaction: all of it, or nothing.
type Intake struct {
	Batches []Batch
	Jobs    []jobs.Job
	// HeldBack counts the requests over the limit of a network, by campaign.
	HeldBack map[CampaignID]int
	Day      law.Date
}

// RefusedError: a campaign does not take these signatures (ErrState,
// ErrTextChanged, ErrNotFound), and nothing of the intake was stored.
type RefusedError struct {
	Campaign CampaignID
	Err      error
}

func (e *RefusedError) Error() string { return fmt.Sprintf("campaign %d: %v", e.Campaign, e.Err) }
func (e *RefusedError) Unwrap() error { return e.Err }

// ErrTaken: the id of a batch is taken, by another server in the same
// microsecond. Nothing was stored.
var ErrTaken = errors.New("the number of the batch is taken")

// Proof tells whether a stored hash is of the token that a person brought.
type Proof func(campaign CampaignID, version int, stored []byte) bool

// Confirmation is a request to confirm.
type Confirmation struct {
	ID SignatureID
	Is Proof
}

// Confirmed is what became of it. Err is ErrNoSignature for a wrong, used up or
// late link, ErrState for a campaign that is over, nil for a signature that
// stands now or has stood before.
type Confirmed struct {
	Campaign CampaignID
	New      bool
	Err      error
}

// Kept is a stored signature, confirmed or not.
type Kept struct {
	Signature
	Confirmed bool
	Standing  Standing
	Day       law.Date
}

// Day is the day of t in Kazakhstan, which has one time, five hours ahead of
// UTC, since 1 March 2024.
func Day(t time.Time) law.Date { return law.DateOf(t.In(kazakhstan())) }

func kazakhstan() *time.Location { return time.FixedZone("KZ", 5*60*60) }
