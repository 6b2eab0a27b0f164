// Package zan reads the answers of zan.gov.kz, the reference control bank of the
// laws of Kazakhstan (ЭКБ): the second source beside adilet. Its JSON gives a
// text as a list of blocks that say what they are, the list of editions with
// what brought each, and the facts of the act.
//
// It never fetches anything and never says what a line of a law means: that is
// law.Build's; the bank's own structure is only held against the result. What
// it cannot read is an error or a doubt, never left out.
package zan

import (
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// DefaultBase is the site itself.
const DefaultBase = "https://zan.gov.kz"

// maxPages bounds the pages of one text. How long the bank makes its pages is
// not known; the Constitution is one page.
const maxPages = 200

// Source is one act in the bank. The bank knows acts by a number of its own (the
// code), so the addresses are those of the code, whatever act is asked for.
type Source struct {
	base *url.URL
	code string
}

var _ scraper.Source = (*Source)(nil)

var codeForm = regexp.MustCompile(`^[1-9]\d{0,9}$`)

// New makes a Source of the act with a code ("197914") at base ("" is
// DefaultBase).
func New(base, code string) (*Source, error) {
	u, err := scraper.ParseBase(base, DefaultBase)
	if err != nil {
		return nil, err
	}
	if !codeForm.MatchString(code) {
		return nil, fmt.Errorf("not a code of the reference bank: %q (want the number in zan.gov.kz/client/#!/doc/NUMBER)", code)
	}
	return &Source{base: u, code: code}, nil
}

func (s *Source) Name() string { return "zan" }

// SamePage takes another scheme or port of the host for the same page, and
// nothing else: path, page and form of the answer must be those asked for.
func (s *Source) SamePage(asked, came string) bool {
	a, errA := url.Parse(asked)
	c, errC := url.Parse(came)
	return errA == nil && errC == nil && strings.EqualFold(c.Hostname(), s.base.Hostname()) &&
		a.Path == c.Path && a.Query().Encode() == c.Query().Encode()
}

func (s *Source) Code() string { return s.code }

// TextURL is the address of a text's first page; "" for English, which the bank
// does not have.
func (s *Source) TextURL(_ law.ActID, l law.Lang) string { return s.document(s.code, l, "", 1) }

func (s *Source) EditionURL(_ law.ActID, l law.Lang, d law.Date) string {
	return s.document(s.code, l, "/"+d.Official(), 1)
}

func (s *Source) HistoryURL(_ law.ActID, l law.Lang) string {
	if pathLang(l) == "" {
		return ""
	}
	return s.base.String() + "/api/documents/" + s.code + "/" + pathLang(l) + "/versions"
}

// document is the address of a page of a text. The text comes in blocks, not as
// HTML.
func (s *Source) document(code string, l law.Lang, edition string, page int) string {
	if pathLang(l) == "" {
		return ""
	}
	return s.base.String() + "/api/documents/" + code + "/" + pathLang(l) + edition + "?page=" + strconv.Itoa(page) + "&withHtml=false"
}

// Rest are the second and further pages of a text.
func (s *Source) Rest(address string, first []byte) ([]string, error) {
	n := pageCount(first)
	if n > maxPages {
		return nil, fmt.Errorf("the text is said to have %d pages; more than %d are not asked for", n, maxPages)
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	var rest []string
	for page := 2; page <= n; page++ {
		q := u.Query()
		q.Set("page", strconv.Itoa(page))
		u.RawQuery = q.Encode()
		rest = append(rest, u.String())
	}
	return rest, nil
}

// InfoURL is "": the facts stand in the text, and the bank cannot be asked for
// an act by its id.
func (s *Source) InfoURL(law.ActID, law.Lang) string { return "" }

var clientAddress = regexp.MustCompile(`^/client/#!/doc/(\d{1,10})/`)

// FactsURL is the text of the act that brought an edition: its facts stand there.
func (s *Source) FactsURL(href string) string {
	m := clientAddress.FindStringSubmatch(href)
	if m == nil || m[1] == s.code {
		return ""
	}
	return s.document(m[1], law.RU, "", 1)
}

// ActURL is "": an act is not found by its id here. Causes carry their own links.
func (s *Source) ActURL(law.ActID) string { return "" }

// ActIDOf knows no act: notes come without their links.
func (s *Source) ActIDOf(string) (law.ActID, bool) { return "", false }

func (s *Source) LawID(string, law.Date) (law.ActID, bool) { return "", false }

// ParseText reads a text, all its pages one after the other. A text of another
// code is refused.
func (s *Source) ParseText(body []byte, _ string) (scraper.Page, error) {
	pages, err := decode(body)
	if err != nil {
		return scraper.Page{}, err
	}
	if got := string(pages[0].Code); got != s.code {
		return scraper.Page{}, fmt.Errorf("%w of code %s: the answer is of code %q", scraper.ErrNoText, s.code, got)
	}
	return read(pages)
}

func (s *Source) ParseHistory(body []byte, _ string, _ law.ActID) (scraper.History, error) {
	return parseVersions(body)
}

// ParseInfo reads the facts of any act from its text.
func (s *Source) ParseInfo(body []byte, _ string) (scraper.Info, error) {
	pages, err := decode(body)
	if err != nil {
		return scraper.Info{}, err
	}
	return pages[0].info()
}

// ParseText reads an answer of the bank from a file: one page, or all pages of a
// text one after the other. From and To of a line are the number of its block,
// from 1. Its errors are scraper.ErrNoText, ErrMaintenance, ErrEncoding and
// ErrCut.
func ParseText(r io.Reader) (scraper.Page, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxBody+1))
	if err != nil {
		return scraper.Page{}, err
	}
	if len(body) > maxBody {
		return scraper.Page{}, fmt.Errorf("larger than %d MB: %w", maxBody>>20, scraper.ErrNoText)
	}
	pages, err := decode(body)
	if err != nil {
		return scraper.Page{}, err
	}
	return read(pages)
}

// maxBody bounds a text, in bytes.
const maxBody = 64 << 20

func pathLang(l law.Lang) string {
	switch l {
	case law.KK:
		return "kaz"
	case law.RU:
		return "rus"
	}
	return ""
}

func langOf(s string) law.Lang {
	switch s {
	case "kaz":
		return law.KK
	case "rus":
		return law.RU
	}
	return ""
}
