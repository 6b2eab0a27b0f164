package zan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// answer is a page of a text as the bank sends it.
type answer struct {
	Code      word
	Ngr       word // the id on adilet
	Language  word
	Metadata  metadata
	Published json.RawMessage `json:"initialPublicationDate"` // a day, or a year alone
	Actual    *bool           `json:"actualVersion"`
	Date      word            `json:"versionDate"`
	Versions  int             `json:"versionsCount"`
	Pages     int             `json:"pagesCount"`
	Version   struct {
		ID       word
		Date     word `json:"versionDate"`
		Metadata metadata
		Cause    *cause
	}
	Content json.RawMessage

	blocks []block
}

type metadata struct {
	Title, Requisites bilingual
	Adopted           word `json:"stateAgencyApprovalDate"`
	Status            word
}

type bilingual struct{ Kaz, Rus word }

func (b bilingual) in(l law.Lang) string {
	if l == law.KK {
		return law.Squeeze(string(b.Kaz))
	}
	return law.Squeeze(string(b.Rus))
}

// cause is the act that brought an edition.
type cause struct {
	Code, Document    word
	Title, Requisites bilingual
}

// block is one element of a text. The level says which blocks it stands in: the
// last ones before it with a lower level.
type block struct {
	ID, Type, Text, Index word
	Level                 int
	Properties            []struct{ Key, Value word }
}

func (b block) property(key string) string {
	for _, p := range b.Properties {
		if string(p.Key) == key {
			return string(p.Value)
		}
	}
	return ""
}

// word is a string that may also be written as a number, or be null.
type word string

func (w *word) UnmarshalJSON(b []byte) error {
	if b[0] == '"' {
		return json.Unmarshal(b, (*string)(w))
	}
	if _, err := strconv.ParseFloat(string(b), 64); err == nil {
		*w = word(b)
		return nil
	}
	if string(b) == "null" {
		return nil
	}
	return fmt.Errorf("neither a string nor a number: %.40s", b)
}

// decode reads the pages of one text, which stand one after the other. They must
// be all its pages and of one edition.
func decode(body []byte) ([]*answer, error) {
	if err := check(body); err != nil {
		return nil, err
	}
	var pages []*answer
	for d := json.NewDecoder(bytes.NewReader(body)); ; {
		a := &answer{}
		err := d.Decode(a)
		if err == io.EOF && len(pages) > 0 {
			break
		}
		if err == nil {
			err = a.unpack()
		}
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", len(pages)+1, wrong(err))
		}
		pages = append(pages, a)
	}
	first := pages[0]
	for i, a := range pages[1:] {
		if a.Code != first.Code || a.Language != first.Language || a.date() != first.date() || a.Version.ID != first.Version.ID {
			return nil, fmt.Errorf("page %d: %w: it is of another edition (%s, %s, %s)", i+2, scraper.ErrNoText, a.Code, a.Language, a.date())
		}
	}
	return pages, nil
}

// wrong says in our words what is wrong with an answer.
func wrong(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return scraper.ErrCut
	case errors.Is(err, scraper.ErrNoText):
		return err
	}
	return fmt.Errorf("%w: %w", scraper.ErrNoText, err)
}

// check refuses what is no JSON before a decoder would put other letters in the
// place of wrong ones.
func check(body []byte) error {
	body = bytes.TrimSpace(body)
	switch {
	case len(body) == 0:
		return fmt.Errorf("%w: it is empty", scraper.ErrNoText)
	case !utf8.Valid(body):
		return fmt.Errorf("%w: not UTF-8", scraper.ErrEncoding)
	case body[0] == '{' || body[0] == '[':
		return nil
	case scraper.UnderRepair(string(body)):
		return scraper.ErrMaintenance
	}
	return fmt.Errorf("%w: it is not JSON: %.40q", scraper.ErrNoText, body)
}

func (a *answer) unpack() error {
	switch c := bytes.TrimSpace(a.Content); {
	case len(c) == 0 || string(c) == "null":
		return nil // a page of facts alone; read refuses it as a text
	case c[0] == '"':
		return fmt.Errorf("%w in blocks: it came as HTML", scraper.ErrNoText)
	default:
		return json.Unmarshal(c, &a.blocks)
	}
}

func (a *answer) date() word {
	if a.Date != "" {
		return a.Date
	}
	return a.Version.Date
}

// pageCount is how many pages a text has by its first one; 1 if that cannot be
// read, which ParseText then says.
func pageCount(first []byte) int {
	var a struct {
		Pages int `json:"pagesCount"`
	}
	if err := json.NewDecoder(bytes.NewReader(first)).Decode(&a); err != nil {
		return 1
	}
	return max(1, a.Pages)
}

// info is what an answer says of the act. An id that is none is an error: a text
// must not be stored as that of another act.
func (a *answer) info() (scraper.Info, error) {
	m := a.Metadata
	if m.Title == (bilingual{}) {
		m = a.Version.Metadata
	}
	lang := langOf(string(a.Language))
	in := scraper.Info{Head: scraper.Head{
		Lang: lang, Title: m.Title.in(lang), Requisites: m.Requisites.in(lang), Status: string(m.Status),
	}}
	if lang == "" {
		return in, fmt.Errorf("%w in a language that is known: %q", scraper.ErrNoText, a.Language)
	}
	if a.Ngr != "" {
		id, err := law.ParseActID(string(a.Ngr))
		if err != nil {
			return in, fmt.Errorf("%w: %w", scraper.ErrNoText, err)
		}
		in.Act = id
	}
	if d := a.Version.Date; d != "" && d != a.date() {
		return in, fmt.Errorf("%w with one date: the answer is of %s, its edition of %s", scraper.ErrNoText, a.date(), d)
	}
	var err error
	if in.Changed, err = law.ParseDate(string(a.date())); err != nil {
		return in, fmt.Errorf("%w with the date of its edition: %w", scraper.ErrNoText, err)
	}
	// These two may be missing, or a year alone; then they are not known.
	in.Adopted, _ = law.ParseDate(string(m.Adopted))
	in.Published, _ = law.ParseDate(strings.Trim(string(a.Published), `"`))
	return in, nil
}

// link is where the bank shows the act to people.
func (c *cause) link(lang law.Lang) string {
	code := string(c.Code)
	if code == "" {
		code = string(c.Document)
	}
	if !codeForm.MatchString(code) {
		return ""
	}
	return "/client/#!/doc/" + code + "/" + pathLang(lang)
}

func (c *cause) words(lang law.Lang) string {
	return strings.Trim(c.Title.in(lang)+", "+c.Requisites.in(lang), ", ")
}
