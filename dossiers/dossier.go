package dossiers

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// DossierID names a dossier in the database.
type DossierID int64

// Dossier is one effort: a bill that is followed, or a change that is asked for.
// Stages, documents, deadlines and proposals belong to it.
type Dossier struct {
	ID   DossierID
	Org  string // whose it is
	Slug string // stands in the address of its page
	// Public lets everybody see the dossier, its timeline and what was published of
	// its proposals. Drafts are never public.
	Public bool
	// History marks what was asked before the organisation's own count began: it has
	// a scoreboard, and counts toward no target.
	History bool
	About
}

// About is what a dossier says of itself.
type About struct {
	Title   law.Words   `json:"title"`
	Summary law.Words   `json:"summary,omitempty"`
	Acts    []law.ActID `json:"acts,omitempty"` // what it is about, the first above all
}

// Stage is one stage of an effort as it was in fact. Its name is kept beside the
// step it was taken from: a later version of the template renames no past.
type Stage struct {
	Number   int         `json:"-"` // within the dossier, given when it is stored
	Template TemplateRef `json:"template,omitzero"`
	Step     string      `json:"step,omitempty"` // of the template
	Name     law.Words   `json:"name"`
	From     law.Date    `json:"from"` // null where unknown
	To       law.Date    `json:"to"`   // null while it is open, the same as From for a single day
	By       law.Words   `json:"by,omitempty"`
	Note     law.Words   `json:"note,omitempty"`
	// Decisions are who decided what at this stage.
	Decisions []Decision `json:"decisions,omitempty"`
	Sources   []Source   `json:"sources,omitempty"`
}

// TemplateRef names a version of a template of stages; zero for a stage of the
// organisation's own.
type TemplateRef struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
}

// Decision is what somebody decided, on a day.
type Decision struct {
	On      law.Date  `json:"on"`
	By      law.Words `json:"by"`
	What    law.Words `json:"what"`
	Sources []Source  `json:"sources,omitempty"`
}

// Document belongs to a stage: a text that became editions or the version of a
// bill, or a file that is kept.
type Document struct {
	Number int       `json:"-"` // within the dossier, given when it is stored
	Stage  int       `json:"stage"`
	Title  law.Words `json:"title"`
	On     law.Date  `json:"on"`
	// OpenFrom and OpenTo are the days of a public discussion of it.
	OpenFrom law.Date `json:"open_from"`
	OpenTo   law.Date `json:"open_to"`
	// Editions are the text, in a language each.
	Editions map[law.Lang]law.EditionKey `json:"-"`
	// Bill counts the versions of the bill in a dossier: bill:DOSSIER@BILL:LANG; 0
	// for what is none.
	Bill    int      `json:"-"`
	File    *File    `json:"-"` // nil for a text
	Sources []Source `json:"sources,omitempty"`
}

// File is a file that is kept as it came.
type File struct {
	SHA256 string // hex, of its bytes
	Name   string // as it was called
	Media  string // by its content
	Size   int64  // bytes
}

// What a store says of dossiers and proposals. Those of another organisation are
// not found.
var (
	ErrNotFound  = errors.New("there is no such dossier or proposal")
	ErrSlugTaken = errors.New("another dossier has this address")
	ErrState     = errors.New("this cannot be done as things stand")
)

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// mostWords bounds a text typed into a form, in bytes. A reason with its sources
// is a page or two.
const mostWords = 32 << 10

// Validate tells why d cannot be stored.
func (d Dossier) Validate() error {
	if len(d.Slug) > 80 || !slugForm.MatchString(d.Slug) {
		return fmt.Errorf("address %q: Latin letters, digits and single hyphens, at most 80", d.Slug)
	}
	if d.Org == "" {
		return errors.New("whose dossier it is is missing")
	}
	for _, act := range d.Acts {
		if _, err := law.ParseActID(string(act)); err != nil {
			return err
		}
	}
	return errors.Join(needed("the title", d.Title), checkWords("the summary", d.Summary))
}

// Validate tells why s cannot be stored.
func (s Stage) Validate() error {
	if s.From != "" && s.To != "" && s.To < s.From {
		return fmt.Errorf("the stage ends on %s, before it begins on %s", s.To, s.From)
	}
	err := errors.Join(needed("the name of the stage", s.Name), checkWords("who decides", s.By), checkWords("the note", s.Note),
		checkDays(s.From, s.To), checkSources(s.Sources))
	for _, d := range s.Decisions {
		err = errors.Join(err, checkDays(d.On), needed("what was decided", d.What), checkWords("who decided", d.By), checkSources(d.Sources))
	}
	return err
}

// Validate tells why d cannot be stored.
func (d Document) Validate() error {
	if (len(d.Editions) == 0) == (d.File == nil) {
		return errors.New("a document is a text or a file")
	}
	if d.OpenFrom != "" && d.OpenTo != "" && d.OpenTo < d.OpenFrom {
		return fmt.Errorf("the discussion ends on %s, before it begins on %s", d.OpenTo, d.OpenFrom)
	}
	for lang, key := range d.Editions {
		if key.Lang != lang {
			return fmt.Errorf("%s is no text in %s", key, lang)
		}
	}
	return errors.Join(needed("the title of the document", d.Title), checkDays(d.On, d.OpenFrom, d.OpenTo), checkSources(d.Sources))
}

// needed asks for words in at least one language.
func needed(what string, w law.Words) error {
	if strings.TrimSpace(w.In(law.RU)) == "" {
		return fmt.Errorf("%s is missing", what)
	}
	return checkWords(what, w)
}

func checkWords(what string, w law.Words) error {
	for lang, s := range w {
		if _, err := law.ParseLang(string(lang)); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if err := checkText(what, s); err != nil {
			return err
		}
	}
	return nil
}

func checkText(what, s string) error {
	if !readable(s) {
		return fmt.Errorf("%s is not text in UTF-8", what)
	}
	if len(s) > mostWords {
		return fmt.Errorf("%s is longer than %d KB", what, mostWords>>10)
	}
	return nil
}

func readable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

func checkDays(days ...law.Date) error {
	for _, d := range days {
		if d == "" {
			continue
		}
		if is, err := law.ParseDate(string(d)); err != nil || is != d {
			return fmt.Errorf("no such day: %q (want YYYY-MM-DD)", d)
		}
	}
	return nil
}
