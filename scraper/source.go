package scraper

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Source is one official site: where its pages lie and how they are read. It
// speaks no HTTP and keeps nothing. An address that the site does not have is
// "": a site may have no texts in a language, no page of facts, or no way to ask
// for an act by its id.
type Source interface {
	// Name is how the site is called in the store: "adilet".
	Name() string
	// SamePage reports whether a page that came from one address is the one that
	// was asked for at another: redirects lead to the same page, or elsewhere.
	SamePage(asked, came string) bool
	// Code is how the site calls the act it is asked for; "" where that is the id.
	Code() string

	TextURL(law.ActID, law.Lang) string              // the text as it is now
	EditionURL(law.ActID, law.Lang, law.Date) string // the text as it was from a day on
	// Rest are the addresses where a text goes on whose first page came from an
	// address; an error if they are too many. The pages are read as one, each on
	// a line after the one before.
	Rest(address string, first []byte) ([]string, error)
	HistoryURL(law.ActID, law.Lang) string                   // which editions there are
	InfoURL(law.ActID, law.Lang) string                      // facts of the act
	FactsURL(href string) string                             // facts of the act a link leads to
	ActURL(law.ActID) string                                 // names an act in a Cause, without host
	ActIDOf(href string) (law.ActID, bool)                   // the act a link leads to
	LawID(number string, adopted law.Date) (law.ActID, bool) // the id of a law known by number and day only

	// ParseText reads a text; contentType is the HTTP header, which may be empty.
	// Its errors are this package's Err… values.
	ParseText(body []byte, contentType string) (Page, error)
	ParseHistory(body []byte, contentType string, act law.ActID) (History, error)
	// ParseInfo reads a page of facts, or the first page of a text where there is
	// no other.
	ParseInfo(body []byte, contentType string) (Info, error)
}

// ParseBase reads the address of a site, without a stroke at its end; "" is its
// own.
func ParseBase(base, own string) (*url.URL, error) {
	if base == "" {
		base = own
	}
	u, err := url.Parse(strings.TrimRight(base, "/"))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("not a web address: %q (want http://HOST:PORT)", base)
	}
	if u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, errors.New("the base address must have no query, fragment or password")
	}
	return u, nil
}

// What is wrong with a page that came.
var (
	ErrNoText      = errors.New("the page has no text of an act")
	ErrMaintenance = errors.New("the site is under maintenance")
	ErrEncoding    = errors.New("the page is not in a readable encoding")
	ErrNoTable     = errors.New("the page has no table of facts")
	ErrCut         = errors.New("the page ends inside the text")
)

// Head is what every page of an act says of it.
type Head struct {
	Lang       law.Lang  // the language the page says it is in; "" if it does not say
	Act        law.ActID // the act the page says it is of; "" if it does not say
	Title      string
	Requisites string
	Status     string // as printed: «Обновленный»
}

// Page is a text of an act with what the page says of it.
type Page struct {
	Info          // Changed is the date of the edition, where the page says it
	Archived bool // the page says that it is a former edition
	// Cut is set when the page ends inside the text. What is left is a piece.
	Cut   bool
	Lines []law.Line
	// Pictures are what stands in the text and is none: their addresses.
	Pictures []string
	// Doubts are what the reader is not certain of, one line each; no text is
	// left out over them.
	Doubts []string
	// Aliases are how other sources call the act, by the names of the sources.
	Aliases map[string]string
	// Editions is how many editions the page says there are; 0 if it does not.
	Editions int
	// Cause and CauseHref are what brought the edition, "" where not told.
	Cause, CauseHref string
}

// History is the list of an act's editions, oldest first, each day once.
type History struct {
	Head
	Rows []HistoryRow
	// Doubts are the rows that could not be read, one line each.
	Doubts []string
}

// HistoryRow is one edition.
type HistoryRow struct {
	Date law.Date
	// Current says that the edition is the one at the plain address. No row is
	// where the list does not tell: then the text there tells its own date.
	Current bool
	// Cause and CauseHref are what brought the edition, "" where not told.
	Cause, CauseHref string
}

// Info is what the site knows of an act.
type Info struct {
	Head
	Adopted   law.Date
	Published law.Date // first official publication
	Changed   law.Date // date of the newest edition
}

// Outcome is what became of one page.
type Outcome string

const (
	Stored    Outcome = "stored"    // an edition that was not known
	Revision  Outcome = "revision"  // another text under a date that was known
	Unchanged Outcome = "unchanged" // nothing new
	Read      Outcome = "read"      // facts or a list of editions were brought in
	Missing   Outcome = "missing"   // the site has no such page
	Refused   Outcome = "refused"   // it came, or did not, and was not accepted
	// Came is told as progress only, of a page that is there and whose outcome
	// follows after others: it is no line of the report.
	Came Outcome = "came"
)

// PageKind says what a page is for.
type PageKind string

const (
	TextPage     PageKind = "text"
	HistoryPage  PageKind = "history"
	InfoPage     PageKind = "info"
	AmendingPage PageKind = "amending" // facts of an act that amends this one
)

// Item is one line of a report.
type Item struct {
	Kind    PageKind
	URL     string
	Act     law.ActID
	Lang    law.Lang
	Outcome Outcome
	Key     law.EditionKey // of a text that is stored
	Reason  string         // why refused, or what to know of it
	// Beside is the name of the source where the text is kept beside the edition
	// that another one brought: Key is then that of a witness.
	Beside string
	// Fetched says that the page came; an unchanged one that the site itself
	// said has not changed did not.
	Fetched bool
}

func (i Item) String() string {
	s := fmt.Sprintf("%-9s %s", i.Outcome, i.URL)
	if i.Key.Act != "" {
		s += " (" + i.ref() + ")"
	}
	if i.Reason != "" {
		s += ": " + i.Reason
	}
	return s
}

// ref names a text as commands do: one that is beside another source's has its
// own source before it, "zan:Z2400000093@2024-06-19:ru".
func (i Item) ref() string {
	if i.Beside != "" {
		return i.Beside + ":" + i.Key.String()
	}
	return i.Key.String()
}

// Report is what a run did, page by page in order.
type Report struct {
	Act   law.ActID
	Items []Item
}

// Count returns how many pages had an outcome.
func (r Report) Count(o Outcome) int {
	n := 0
	for _, i := range r.Items {
		if i.Outcome == o {
			n++
		}
	}
	return n
}

// Progress is told after every page, when it has come and when its outcome is
// known, which is mostly at once.
type Progress struct {
	Item
	Done int // pages whose outcome is known
	// Total is how many pages are known to be needed; it grows as pages tell of
	// others.
	Total int
}
