package ooxml

import (
	"fmt"
	"io"
	"strings"
)

// Changes says how tracked changes are read.
type Changes int

const (
	Accept Changes = iota // as if all were accepted: the new text
	Reject                // as if all were rejected: the old text
)

// ReadOptions are the choices of a reader of a document.
type ReadOptions struct {
	Changes Changes
}

// Paragraph is one paragraph of a document, or one row of a table, that has
// text.
type Paragraph struct {
	// Text begins with the automatic number, if there is one. Line breaks, tabs
	// and other blanks are blanks; runs of them are kept as they are.
	Text string
	// Number is the automatic number alone, as printed ("1)", "14-1."); it is
	// part of Text.
	Number string
	Bold   bool // all of the text is bold
	Level  int  // of a heading, 1–9; 0 for text
	Title  bool // set in the style «Title»
	// Row holds the cells of a row with more than one. Text joins them by " | ".
	// The paragraphs of a row of one cell stand for themselves.
	Row []string
}

// Report counts what a reader of the text should know about the file.
type Report struct {
	Insertions, Deletions int // tracked changes, moves among them
	FormatChanges         int // tracked changes of format alone
	TextBoxes             int // not read
	Notes                 int // references to footnotes and endnotes, not read
	Headers               int // page headers and footers with words in them, not read
	Comments              int // not read
	Hidden                int // runs of hidden text, not read
	Contents              int // lines of a generated table of contents, not read
	Bullets               int // paragraphs whose list sign is no number; the sign is not read
	Imported              int // parts in another format inside the document, not read
	Signs                 int // signs of symbol fonts with no character of their own, read as U+FFFD
	// Formats are the number formats that were read as figures, five at most.
	Formats []string
}

// Changed reports whether the document holds tracked changes of text.
func (r *Report) Changed() bool { return r.Insertions+r.Deletions > 0 }

// Warnings says in English, a line each, what was left out or decided.
func (r *Report) Warnings(c Changes) []string {
	var out []string
	say := func(n int, format string) {
		if n > 0 {
			out = append(out, fmt.Sprintf(format, n))
		}
	}
	if r.Changed() {
		how := "accepted"
		if c == Reject {
			how = "rejected"
		}
		out = append(out, fmt.Sprintf("tracked changes (%d insertions, %d deletions) were read as %s", r.Insertions, r.Deletions, how))
	}
	say(r.TextBoxes, "text boxes not read: %d")
	say(r.Notes, "footnotes and endnotes not read: %d")
	say(r.Headers, "page headers and footers not read: %d")
	say(r.Comments, "comments not read: %d")
	say(r.Hidden, "pieces of hidden text not read: %d")
	say(r.Contents, "lines of a table of contents not read: %d")
	say(r.Bullets, "paragraphs with a bullet, read without it: %d")
	say(r.Imported, "inserted files not read: %d")
	say(r.Signs, "signs of a symbol font that could not be read: %d")
	if len(r.Formats) > 0 {
		out = append(out, "list numbers read as figures, their format being "+strings.Join(r.Formats, ", "))
	}
	return out
}

// ReadParagraphs reads the text of a Word document: its paragraphs and rows of
// tables in order, with their automatic numbers. Errors wrap ErrNotWord,
// ErrOldFormat, ErrEncrypted, ErrDamaged or ErrTooLarge.
func ReadParagraphs(r io.ReaderAt, size int64, opt ReadOptions) ([]Paragraph, Report, error) {
	a, err := openArchive(r, size)
	if err != nil {
		return nil, Report{}, err
	}
	main, err := a.mainPart()
	if err != nil {
		return nil, Report{}, err
	}
	rels, err := a.relations(main)
	if err != nil {
		return nil, Report{}, err
	}
	part := func(kind string) string {
		for _, rel := range rels {
			if strings.HasSuffix(rel.kind, "/"+kind) && a.has(rel.target) {
				return rel.target
			}
		}
		return ""
	}
	st, err := readStyles(a, part("styles"))
	if err != nil {
		return nil, Report{}, err
	}
	num, err := readNumbering(a, part("numbering"), st)
	if err != nil {
		return nil, Report{}, err
	}
	f, err := a.open(main)
	if err != nil {
		return nil, Report{}, err
	}
	defer f.Close()
	b := &bodyReader{xmlReader: newXMLReader(f, main), styles: st, numbering: num, changes: opt.Changes}
	body := false
	err = b.root(func(e element) error {
		if e.space == word && e.name == "body" {
			body = true
			return b.blocks(plain)
		}
		return b.skip()
	})
	if err != nil {
		return nil, Report{}, err
	}
	if !body {
		return nil, Report{}, fmt.Errorf("%w: there is no text body in %s", ErrNotWord, main)
	}
	b.endContainer()
	for _, rel := range rels {
		if strings.HasSuffix(rel.kind, "/header") || strings.HasSuffix(rel.kind, "/footer") {
			words, err := a.hasWords(rel.target)
			if err != nil {
				return nil, Report{}, err
			}
			if words {
				b.report.Headers++
			}
		}
	}
	return b.out, b.report, nil
}

// hasWords reports whether a part prints anything but figures.
func (a *archive) hasWords(part string) (bool, error) {
	if !a.has(part) {
		return false, nil
	}
	f, err := a.open(part)
	if err != nil {
		return false, err
	}
	defer f.Close()
	x := newXMLReader(f, part)
	found := false
	var visit func(element) error
	visit = func(e element) error {
		if e.space == word && e.name == "t" {
			s, err := x.text()
			found = found || hasLetters(s)
			return err
		}
		return x.children(visit)
	}
	return found, x.root(visit)
}
