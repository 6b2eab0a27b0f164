package dossiers

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

// ProposalID names a proposal in the database and in its REF,
// proposal:ID@VERSION:LANG.
type ProposalID int64

// Proposal is a change that is asked for. With a Base it is drafted here, in
// versions, one of which may be published. Without one it is recorded: somebody
// asked, and what became of it is known, but there is no wording of ours.
type Proposal struct {
	ID      ProposalID
	Dossier DossierID
	Org     string // whose it is, that of its dossier
	// Base is the edition that it changes, in the language it was first drafted in;
	// the texts in other languages change the same edition in theirs.
	Base law.EditionKey
	// Progressive proposals count toward the target of amendments.
	Progressive bool
	Subject
	By string // the member who began it
	At time.Time
	// Newest and Published are numbers of versions, 0 for none.
	Newest, Published int
}

// Subject is what a proposal says of itself; it may be corrected at any time.
type Subject struct {
	Title law.Words `json:"title"`
	Wish  law.Words `json:"wish,omitempty"` // what is asked for, in plain words
	// Author is whose idea it is, Carrier who brings it in (a deputy).
	Author  law.Words `json:"author,omitempty"`
	Carrier law.Words `json:"carrier,omitempty"`
	Asked   law.Date  `json:"asked"` // when it was asked for first, null where unknown
	// Places are provisions of the act in force that it is about, for what has no text.
	Places  []Place  `json:"places,omitempty"`
	Sources []Source `json:"sources,omitempty"`
	// CoAuthors are members who write it beside who began it.
	CoAuthors []string `json:"co_authors,omitempty"`
}

// Place is a provision of an act.
type Place struct {
	Act     law.ActID   `json:"act"`
	Address law.Address `json:"address"`
}

// Recorded: it has no wording here.
func (p Proposal) Recorded() bool { return p.Base == law.EditionKey{} }

// BaseIn is the edition a text in lang changes.
func (p Proposal) BaseIn(lang law.Lang) law.EditionKey {
	key := p.Base
	key.Lang = lang
	return key
}

// Public tells whether strangers may see the proposal of a dossier: what was
// published, and what is recorded.
func (p Proposal) Public(d Dossier) bool { return d.Public && (p.Published > 0 || p.Recorded()) }

// Validate tells why p cannot be stored.
func (p Proposal) Validate() error {
	if p.Dossier == 0 {
		return errors.New("a proposal belongs to a dossier")
	}
	if !p.Recorded() {
		if _, err := law.ParseEditionKey(p.Base.String()); err != nil {
			return err
		}
	}
	for _, place := range p.Places {
		if _, err := law.ParseActID(string(place.Act)); err != nil {
			return err
		}
		if place.Address == "" {
			return errors.New("a place without an address")
		}
	}
	return errors.Join(needed("the title", p.Title), checkWords("what is asked for", p.Wish), checkWords("whose idea it is", p.Author),
		checkWords("who brings it in", p.Carrier), checkDays(p.Asked), checkSources(p.Sources))
}

// Content is what a member edits: the whole text of the act as it would read, in
// one or more languages, and why.
type Content struct {
	// Texts are Markdown as law.ReadMarkdown reads it.
	Texts   map[law.Lang]string `json:"texts"`
	Reasons []Reason            `json:"reasons,omitempty"`
	// Typed is what cannot stand in the texts yet. Drafts keep it, so that nothing
	// typed is lost; a version has none.
	Typed []Typed `json:"typed,omitempty"`
}

// Typed is what a member typed for a provision that does not read as that
// provision, or that was changed from another page meanwhile.
type Typed struct {
	Lang    law.Lang    `json:"lang"`
	Address law.Address `json:"address"`
	Text    string      `json:"text"`
	Moved   bool        `json:"moved,omitempty"` // the text has other words of the same member there
}

// Reason justifies one change.
type Reason struct {
	Change
	Text    law.Words `json:"text"`
	Sources []Source  `json:"sources,omitempty"`
}

// Change names one change of a proposal: the provision of the base it changes or,
// where New, the provision it adds, by its address in the proposed text.
type Change struct {
	Address law.Address `json:"address"`
	New     bool        `json:"new,omitempty"`
}

// mostText bounds a text: the largest code has 5 MB.
const mostText = 8 << 20

// Check tells why c cannot be kept as a draft. A draft may be unfinished in every
// other way.
func (c Content) Check() error {
	for lang, text := range c.Texts {
		if _, err := law.ParseLang(string(lang)); err != nil {
			return err
		}
		if len(text) > mostText {
			return fmt.Errorf("the text in %s is longer than %d MB", lang, mostText>>20)
		}
		if !readable(text) {
			return fmt.Errorf("the text in %s is not text in UTF-8", lang)
		}
	}
	var err error
	for _, t := range c.Typed {
		if !readable(t.Text) || len(t.Text) > mostText {
			return fmt.Errorf("what was typed for %s is not text, or longer than %d MB", t.Address, mostText>>20)
		}
	}
	for _, r := range c.Reasons {
		if r.Address == "" {
			return errors.New("a reason names no provision")
		}
		err = errors.Join(err, checkWords("the reason", r.Text), checkSources(r.Sources))
	}
	return err
}

// Validate tells why c cannot be a version.
func (c Content) Validate() error {
	if len(c.Texts) == 0 {
		return errors.New("there is no text")
	}
	if err := c.Check(); err != nil {
		return err
	}
	if len(c.Typed) > 0 {
		return fmt.Errorf("what was typed for %s does not stand in the text", c.Typed[0].Address)
	}
	for _, lang := range law.Langs {
		if _, there := c.Texts[lang]; there {
			if _, _, err := c.Lines(lang); err != nil {
				return fmt.Errorf("the text in %s: %w", lang, err)
			}
		}
	}
	return nil
}

// Langs are the languages it has a text in, the state language first.
func (c Content) Langs() (out []law.Lang) {
	for _, lang := range law.Langs {
		if _, there := c.Texts[lang]; there {
			out = append(out, lang)
		}
	}
	return out
}

// Document is the text in a language; ErrNotFound where there is none.
func (c Content) Document(lang law.Lang) (*law.Document, error) {
	title, lines, err := c.Lines(lang)
	if err != nil {
		return nil, err
	}
	return law.Build(lang, title, lines), nil
}

// Lines are what Document is built from.
func (c Content) Lines(lang law.Lang) (title string, _ []law.Line, err error) {
	text, there := c.Texts[lang]
	if !there {
		return "", nil, fmt.Errorf("%w: no text in %s", ErrNotFound, lang)
	}
	return law.ReadMarkdown(strings.NewReader(text))
}

// Reason finds the reason of a change.
func (c Content) Reason(of Change) (Reason, bool) {
	i := slices.IndexFunc(c.Reasons, func(r Reason) bool { return r.Change == of })
	if i < 0 {
		return Reason{Change: of}, false
	}
	return c.Reasons[i], true
}

// Version is a text of a proposal as a member saved it. It is never changed.
type Version struct {
	Proposal ProposalID
	Number   int // 1, 2, …
	Parent   int // what it was made from, 0 for the base; always the one before
	Content
	By   string
	At   time.Time
	Note string // what was done, in the author's words
}

// Draft is the working copy of one member, kept as they type.
type Draft struct {
	Proposal ProposalID
	Person   string
	Parent   int // the version it was begun from, 0 for the base
	// Saved counts its savings: a page open twice must not overwrite what the other
	// one kept.
	Saved int
	Content
	At time.Time
}

// MovedError says that another version was saved meanwhile, and which: the page
// merges the two and asks again.
type MovedError struct{ Newest Version }

func (e *MovedError) Error() string {
	return fmt.Sprintf("version %d was saved meanwhile", e.Newest.Number)
}

// DraftMovedError says that the draft was saved from elsewhere meanwhile.
type DraftMovedError struct{ Newest Draft }

func (e *DraftMovedError) Error() string { return "the draft was saved from another page meanwhile" }

// Is makes errors.Is(err, ErrMoved) find both.
func (e *MovedError) Is(target error) bool { return target == ErrMoved }

// Is makes errors.Is(err, ErrMoved) find both.
func (e *DraftMovedError) Is(target error) bool { return target == ErrMoved }

// ErrMoved is what MovedError and DraftMovedError are.
var ErrMoved = errors.New("saved by somebody meanwhile")

// TeamComment is what members say to each other about a provision of a proposal.
// It is never public.
type TeamComment struct {
	ID       int64
	Proposal ProposalID
	Version  int // that it was written about, 0 for the base
	Change       // the provision; the zero Change for the whole proposal
	Text     string
	By       string
	At       time.Time
	DoneBy   string // who settled it, "" while open
	DoneAt   time.Time
}

// Validate tells why c cannot be stored.
func (c TeamComment) Validate() error {
	if strings.TrimSpace(c.Text) == "" {
		return errors.New("the comment is empty")
	}
	return checkText("the comment", c.Text)
}

// Publication makes one version public: it becomes proposed editions of the act,
// readable wherever an edition is. Earlier ones stay at their addresses.
type Publication struct {
	Proposal ProposalID
	Version  int
	Editions map[law.Lang]law.EditionKey
	By       string
	At       time.Time
}
