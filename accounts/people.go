package accounts

import (
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// OrganisationID and PersonID are random: they tell neither number nor order.
type (
	OrganisationID string
	PersonID       string
)

// Organisation is who answers for campaigns and proposals.
type Organisation struct {
	ID    OrganisationID
	Names map[string]string // by language of the interface: kk, ru, en
	BIN   string            // business identification number, 12 digits: the law on personal data names the operator by it
	Since time.Time
}

// Problems of an organisation's data.
var (
	ErrOrganisationName = errors.New("an organisation has a name of 2 to 200 characters in each language")
	ErrBIN              = errors.New("a BIN is twelve digits")
)

// CleanOrganisationName is a name without stray blanks; ErrOrganisationName.
func CleanOrganisationName(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	if n := utf8.RuneCountInString(s); n < 2 || n > 200 || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return s, ErrOrganisationName
	}
	return s, nil
}

// Clean is o without stray blanks. ErrOrganisationName, ErrBIN.
func (o Organisation) Clean() (Organisation, error) {
	names := map[string]string{}
	for _, lang := range []string{"kk", "ru", "en"} {
		name, err := CleanOrganisationName(o.Names[lang])
		if err != nil {
			return o, err
		}
		names[lang] = name
	}
	o.Names, o.BIN = names, strings.TrimSpace(o.BIN)
	if o.BIN != "" && (len(o.BIN) != 12 || strings.Trim(o.BIN, "0123456789") != "") {
		return o, ErrBIN
	}
	return o, nil
}

// Person is somebody who signs in.
type Person struct {
	ID       PersonID
	Email    string // canonical: the same for all addresses of one mailbox
	Mail     string // where letters go
	Name     string
	Lang     string // of mail and of the first page
	Password string // a hash, see HashPassword; "" until it is chosen
	// TOTPSecret is encrypted by whoever stores it; Counter is the last step that
	// was used, so that a code is good once.
	TOTPSecret  []byte
	TOTPCounter int64
	Passkeys    []Passkey
	// Recovery are the hashes of the codes that are left.
	Recovery [][]byte
	Since    time.Time
}

// Passkey is a WebAuthn credential, as its library keeps it.
type Passkey struct {
	ID         []byte
	Name       string // as its owner calls it
	Credential []byte
	Added      time.Time
}

// HasSecondFactor reports whether the person has set one up.
func (p *Person) HasSecondFactor() bool { return len(p.TOTPSecret) > 0 || len(p.Passkeys) > 0 }

// Member is a person's place in an organisation.
type Member struct {
	Organisation OrganisationID
	Person       PersonID
	Role         Role
	Since        time.Time
}

// Place is a member with the name of the person and of the organisation.
type Place struct {
	Member
	Name, Mail string
	Names      map[string]string // of the organisation
	Second     bool              // a second factor is set up
}

// ErrNone: there is no such organisation, person, invitation or secret, or it is
// good no longer.
var ErrNone = errors.New("there is none")

// ErrKnown: the organisation has such a member already.
var ErrKnown = errors.New("a member already")

// ErrLastOwner: an organisation without an owner could never be changed again.
var ErrLastOwner = errors.New("the organisation would be left without an owner")

// CheckChange tells whether a member of all may be given a role, or removed
// where the role is empty.
func CheckChange(all []Member, who PersonID, to Role) error {
	for _, m := range all {
		if m.Role == Owner && (m.Person != who || to == Owner) {
			return nil
		}
	}
	return ErrLastOwner
}

// Invitation lets one person join. It is good once.
type Invitation struct {
	ID           string // as it stands in the list of those that are open
	Organisation OrganisationID
	Email        string // canonical
	Mail         string // where the letter goes
	Role         Role
	Lang         string   // of the letter
	By           PersonID // "" for the program itself
	Hash         []byte   // of its token
	Until        time.Time
}

// InvitationDays is how long an invitation is good.
const InvitationDays = 7
