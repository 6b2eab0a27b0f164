package law

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// ActID is the official identifier of an act on adilet.zan.kz: "Z2400000093".
type ActID string

var actIDForm = regexp.MustCompile(`^[A-Z][A-Z0-9_]{5,24}$`)

// ParseActID checks the form of an id: a capital letter, then capitals, digits
// and underscores (acts of before 2011 end in "_").
func ParseActID(s string) (ActID, error) {
	if !actIDForm.MatchString(s) {
		return "", fmt.Errorf("not an act id: %q (want the adilet id, like Z2400000093)", s)
	}
	return ActID(s), nil
}

// Act is a law as a work, whatever its editions say.
type Act struct {
	ID ActID
	// Titles are short titles by language («О масс-медиа»).
	Titles map[Lang]string
	// Requisites are by language («Закон Республики Казахстан от 19 июня 2024
	// года № 93-VIII ЗРК.»).
	Requisites map[Lang]string
	// Adopted is the day of adoption, Published the day of first official
	// publication; "" where unknown.
	Adopted   Date
	Published Date
	// Sample marks our own made-up act: every page of it says so.
	Sample bool
}

// ErrNotFound says that a store holds no such act, edition or other thing.
var ErrNotFound = errors.New("not found")

// Status is the standing of a text.
type Status string

const (
	Enacted     Status = "enacted"
	Proposed    Status = "proposed"
	BillVersion Status = "bill"
)

// ParseStatus reads "enacted", "proposed" or "bill".
func ParseStatus(s string) (Status, error) {
	switch st := Status(s); st {
	case Enacted, Proposed, BillVersion:
		return st, nil
	}
	return "", fmt.Errorf("unknown status %q (want enacted, proposed or bill)", s)
}

// EditionHead is what is known of an edition without its text.
type EditionHead struct {
	EditionKey
	Title string
	// Source is the name of the official site that brought it ("adilet"); "" for a
	// text from a file.
	Source    string
	SourceURL string
	FetchedAt time.Time // UTC
	// Cause is what the source says brought this edition (a row of /history):
	// the amending act's title and requisites, "" where not told.
	Cause     string
	CauseHref string
	// SHA256 is the hex digest of Raw.
	SHA256 string
}

// Edition is one text of an act in one language as it was on its official
// edition date (дата редакции). Editions are never overwritten: another text
// under the same date is the next Revision.
type Edition struct {
	EditionHead
	// MediaType is of Raw ("text/html; charset=utf-8", "text/markdown").
	MediaType string
	// Raw is what came over the wire or from the file, byte for byte.
	Raw []byte
	// Lines is Raw as its source's reader understood it: input of Build.
	Lines []Line
}

// EditionKey names one edition: "Z2400000093@2024-06-19~1:ru"; a text that was
// proposed, not enacted, reads "proposal:Z2400000093@2024-06-19:ru", a version
// of a bill "bill:…".
type EditionKey struct {
	Act      ActID
	Status   Status
	Date     Date
	Revision int
	Lang     Lang
}

var refPrefix = map[Status]string{Enacted: "", Proposed: "proposal:", BillVersion: "bill:"}

// Version is the date with its revision, "2024-06-19~1", and before it the
// status where that is not Enacted: "proposed-2024-06-19". It is how web
// addresses name an edition.
func (k EditionKey) Version() string {
	v := string(k.Date)
	if k.Revision > 0 {
		v += "~" + strconv.Itoa(k.Revision)
	}
	if k.Status != Enacted {
		v = string(k.Status) + "-" + v
	}
	return v
}

// ParseVersion reads what Version writes into the Status, Date and Revision of
// a key.
func ParseVersion(s string) (EditionKey, error) {
	m := versionForm.FindStringSubmatch(s)
	if m == nil {
		return EditionKey{}, fmt.Errorf("not an edition date: %q (want YYYY-MM-DD or YYYY-MM-DD~REVISION)", s)
	}
	k := EditionKey{Status: Enacted}
	if m[1] != "" {
		k.Status = Status(m[1])
	}
	var err error
	if k.Date, err = ParseDate(m[2]); err != nil {
		return EditionKey{}, err
	}
	if m[3] != "" {
		if k.Revision, err = strconv.Atoi(m[3]); err != nil {
			return EditionKey{}, err
		}
	}
	return k, nil
}

var versionForm = regexp.MustCompile(`^(?:(proposed|bill)-)?(\d{4}-\d\d-\d\d)(?:~(\d{1,4}))?$`)

func (k EditionKey) String() string {
	r := ""
	if k.Revision > 0 {
		r = "~" + strconv.Itoa(k.Revision)
	}
	return fmt.Sprintf("%s%s@%s%s:%s", refPrefix[k.Status], k.Act, k.Date, r, k.Lang)
}

var editionKeyForm = regexp.MustCompile(`^(proposal:|bill:)?([^@:]+)@(\d{4}-\d\d-\d\d(?:~\d{1,4})?):([a-z]{2})$`)

// ParseEditionKey reads [proposal:|bill:]ACT@YYYY-MM-DD[~REVISION]:LANG.
func ParseEditionKey(s string) (EditionKey, error) {
	m := editionKeyForm.FindStringSubmatch(s)
	if m == nil {
		return EditionKey{}, fmt.Errorf("not an edition: %q (want ACT@YYYY-MM-DD:LANG, like Z2400000093@2024-06-19:ru)", s)
	}
	k, err := ParseVersion(m[3])
	if err != nil {
		return EditionKey{}, err
	}
	for st, prefix := range refPrefix {
		if prefix == m[1] {
			k.Status = st
		}
	}
	if k.Act, err = ParseActID(m[2]); err != nil {
		return EditionKey{}, err
	}
	k.Lang, err = ParseLang(m[4])
	return k, err
}
