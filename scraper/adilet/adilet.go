// Package adilet reads the pages of adilet.zan.kz, the official base of the
// laws of Kazakhstan: the text of an act cut into lines with what the markup
// says of them, its list of editions, its facts.
//
// It never fetches a page and never says what a line of a law means: that is
// law.Build's. What it cannot read is an error or a doubt, never left out.
package adilet

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// DefaultBase is the site itself.
const DefaultBase = "https://adilet.zan.kz"

// Source is adilet.zan.kz, or a site built like it.
type Source struct {
	base *url.URL
}

var _ scraper.Source = (*Source)(nil)

// New makes a Source of the site at base ("" is DefaultBase).
func New(base string) (*Source, error) {
	u, err := scraper.ParseBase(base, DefaultBase)
	if err != nil {
		return nil, err
	}
	return &Source{base: u}, nil
}

func (s *Source) Name() string { return "adilet" }

// SamePage takes a stroke at the end, another scheme or port of the host and
// the site's path for former editions (/rus/archive/docs/…) for the same page; a
// dated edition that turns out to be the current text is another one.
func (s *Source) SamePage(asked, came string) bool {
	a, errA := url.Parse(asked)
	c, errC := url.Parse(came)
	if errA != nil || errC != nil || !strings.EqualFold(c.Hostname(), s.base.Hostname()) {
		return false
	}
	plain := func(path string) string {
		return strings.Replace(strings.TrimRight(path, "/"), "/archive/docs/", "/docs/", 1)
	}
	return plain(a.Path) == plain(c.Path)
}

// Code is "": the site's name of an act is its id.
func (s *Source) Code() string { return "" }

func (s *Source) TextURL(id law.ActID, l law.Lang) string {
	return s.base.String() + "/" + pathLang(l) + "/docs/" + string(id)
}

func (s *Source) EditionURL(id law.ActID, l law.Lang, d law.Date) string {
	return s.TextURL(id, l) + "/" + d.Official()
}

func (s *Source) HistoryURL(id law.ActID, l law.Lang) string { return s.TextURL(id, l) + "/history" }

func (s *Source) InfoURL(id law.ActID, l law.Lang) string { return s.TextURL(id, l) + "/info" }

func (s *Source) FactsURL(href string) string {
	if id, ok := actOf(href); ok {
		return s.InfoURL(id, law.RU)
	}
	return ""
}

// Rest is nothing: a text is one page.
func (s *Source) Rest(string, []byte) ([]string, error) { return nil, nil }

func (s *Source) ActURL(id law.ActID) string { return "/rus/docs/" + string(id) }

func (s *Source) ActIDOf(href string) (law.ActID, bool) { return actOf(href) }

func (s *Source) LawID(number string, adopted law.Date) (law.ActID, bool) {
	return lawID(number, adopted)
}

func (s *Source) ParseText(body []byte, contentType string) (scraper.Page, error) {
	return parseText(bytes.NewReader(body), contentType)
}

func (s *Source) ParseHistory(body []byte, contentType string, act law.ActID) (scraper.History, error) {
	return parseHistory(bytes.NewReader(body), contentType, act)
}

func (s *Source) ParseInfo(body []byte, contentType string) (scraper.Info, error) {
	return parseInfo(bytes.NewReader(body), contentType)
}

func pathLang(l law.Lang) string {
	switch l {
	case law.KK:
		return "kaz"
	case law.EN:
		return "eng"
	}
	return "rus"
}

func langOf(s string) (law.Lang, bool) {
	switch s {
	case "kaz":
		return law.KK, true
	case "rus":
		return law.RU, true
	case "eng":
		return law.EN, true
	}
	return "", false
}

var actAddress = regexp.MustCompile(`(?:^|/)(?:kaz|rus|eng)/(?:archive/)?docs/([A-Z][A-Z0-9_]{5,24})(?:[/?#]|$)`)

// actOf is the act an address of the site leads to.
func actOf(href string) (law.ActID, bool) {
	m := actAddress.FindStringSubmatch(href)
	if m == nil {
		return "", false
	}
	id, err := law.ParseActID(m[1])
	return id, err == nil
}

var lawNumber = regexp.MustCompile(`^(\d{1,7})(?:-[IVX]+)?$`)

// lawID is the id of a law («231-VIII» of 17.11.2025: Z2500000231): the letter,
// two digits of the year and the number in eight digits; before 2011 in seven,
// with a «_» at the end (Z990000451_). Every pair of link and number in the
// real pages agrees (14 laws of 2016–2026; 1999 from the catalogue).
func lawID(number string, adopted law.Date) (law.ActID, bool) {
	m := lawNumber.FindStringSubmatch(number)
	day, ok := adopted.Time()
	if m == nil || !ok {
		return "", false
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return "", false
	}
	if day.Year() < 2011 {
		return law.ActID(fmt.Sprintf("Z%02d%07d_", day.Year()%100, n)), true
	}
	return law.ActID(fmt.Sprintf("Z%02d%08d", day.Year()%100, n)), true
}
