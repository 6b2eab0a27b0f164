package ooxml

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// Properties are what holds for a whole document.
type Properties struct {
	Title   string
	Author  string
	Lang    law.Lang
	Created time.Time // also the date of every tracked change and comment
	// FirstHeader stands above the first page, a line each; Header above the
	// others. The page number stands below all of them.
	FirstHeader []string
	Header      string
	Landscape   bool // A4 either way
}

// Style is one of the looks a paragraph can have.
type Style string

const (
	Body      Style = "BodyText"
	Title     Style = "Title"
	Heading1  Style = "Heading1" // chapter
	Heading2  Style = "Heading2" // part of a chapter
	Heading3  Style = "Heading3" // article
	Signature Style = "Signature"
	Note      Style = "Note" // editorial: smaller, grey
	TableText Style = "TableText"
	TableHead Style = "TableHead"
)

// Change is a tracked change: what was done, and in whose name. The zero value
// is none.
type Change struct {
	Kind   ChangeKind
	Author string
}

type ChangeKind int

const (
	Unchanged ChangeKind = iota
	Inserted
	Deleted
)

// Run is a piece of text of one look. Characters that no XML can hold are
// written as U+FFFD; a line break is a line break, a tab a tab.
type Run struct {
	Text                            string
	Bold, Italic, Underline, Strike bool
	Lang                            law.Lang // where it is not the document's
	Change                          Change
	Comment                         string // a note in the margin, in the name of Properties.Author
}

// Block is one paragraph. A tracked End says that the paragraph's end came or
// went: then the paragraph and the next one are one in the other version.
type Block struct {
	Style Style
	Runs  []Run
	End   Change
}

// Table has columns of relative widths.
type Table struct {
	Widths []int
	Rows   []Row
}

// Row is a row of a table; a Header is repeated on every page.
type Row struct {
	Header bool
	Cells  []Cell
	Change Change
}

// Cell spans one column, or Span of them.
type Cell struct {
	Blocks []Block
	Span   int
}

// Document is a Word document as it is being written. Build it from top to
// bottom, then call WriteTo.
type Document struct {
	props      Properties
	date       string
	body       bytes.Buffer
	comments   bytes.Buffer
	commented  int
	changes    int
	afterTable bool
}

// NewDocument begins a document.
func NewDocument(p Properties) *Document {
	return &Document{props: p, date: p.Created.UTC().Format("2006-01-02T15:04:05Z")}
}

// Add appends a paragraph.
func (d *Document) Add(b Block) {
	d.afterTable = false
	d.block(&b)
}

func (d *Document) block(p *Block) {
	b := &d.body
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="`)
	b.WriteString(string(p.Style))
	b.WriteString(`"/>`)
	if p.End.Kind != Unchanged {
		b.WriteString(`<w:rPr>`)
		d.change(p.End)
		b.WriteString(`/></w:rPr>`)
	}
	b.WriteString(`</w:pPr>`)
	for i := 0; i < len(p.Runs); {
		r := &p.Runs[i]
		end := i + 1
		if r.Comment == "" {
			for end < len(p.Runs) && p.Runs[end].Change == r.Change && p.Runs[end].Comment == "" {
				end++
			}
		}
		d.runs(p.Runs[i:end])
		i = end
	}
	b.WriteString("</w:p>\n")
}

// runs writes runs under one change.
func (d *Document) runs(runs []Run) {
	b, c, comment := &d.body, runs[0].Change, runs[0].Comment
	id := d.commented
	if comment != "" {
		fmt.Fprintf(b, `<w:commentRangeStart w:id="%d"/>`, id)
	}
	d.wrapped(c, func() {
		for i := range runs {
			d.run(&runs[i])
		}
	})
	if comment != "" {
		fmt.Fprintf(b, `<w:commentRangeEnd w:id="%d"/>`, id)
		// The sign goes with the change: a comment on deleted text leaves with it.
		d.wrapped(c, func() {
			fmt.Fprintf(b, `<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="%d"/></w:r>`, id)
		})
		d.comment(comment)
	}
}

func (d *Document) wrapped(c Change, inside func()) {
	if c.Kind == Unchanged {
		inside()
		return
	}
	d.change(c)
	d.body.WriteString(">")
	inside()
	d.body.WriteString(`</w:` + c.Kind.element() + `>`)
}

func (k ChangeKind) element() string {
	if k == Deleted {
		return "del"
	}
	return "ins"
}

// change begins the element of a tracked change and leaves it open.
func (d *Document) change(c Change) {
	b := &d.body
	b.WriteString(`<w:`)
	b.WriteString(c.Kind.element())
	b.WriteString(` w:id="`)
	b.WriteString(strconv.Itoa(d.changes))
	b.WriteString(`" w:author="`)
	escape(b, c.Author)
	b.WriteString(`" w:date="`)
	b.WriteString(d.date)
	b.WriteString(`"`)
	d.changes++
}

func (d *Document) run(r *Run) {
	if r.Text == "" {
		return
	}
	b := &d.body
	b.WriteString(`<w:r>`)
	foreign := r.Lang != "" && r.Lang != d.props.Lang
	if r.Bold || r.Italic || r.Underline || r.Strike || foreign {
		b.WriteString(`<w:rPr>`)
		for _, p := range [...]struct {
			on      bool
			element string
		}{{r.Bold, "<w:b/>"}, {r.Italic, "<w:i/>"}, {r.Strike, "<w:strike/>"}, {r.Underline, `<w:u w:val="single"/>`}} {
			if p.on {
				b.WriteString(p.element)
			}
		}
		if foreign {
			b.WriteString(`<w:lang w:val="` + locale(r.Lang) + `"/>`)
		}
		b.WriteString(`</w:rPr>`)
	}
	element := "t"
	if r.Change.Kind == Deleted {
		element = "delText"
	}
	for rest := r.Text; rest != ""; {
		text := rest
		at := strings.IndexAny(rest, "\n\t")
		if at >= 0 {
			text = rest[:at]
		}
		if text != "" {
			b.WriteString(`<w:` + element + ` xml:space="preserve">`)
			escape(b, text)
			b.WriteString(`</w:` + element + `>`)
		}
		if at < 0 {
			break
		}
		if rest[at] == '\t' {
			b.WriteString(`<w:tab/>`)
		} else {
			b.WriteString(`<w:br/>`)
		}
		rest = rest[at+1:]
	}
	b.WriteString(`</w:r>`)
}

func (d *Document) comment(text string) {
	b := &d.comments
	fmt.Fprintf(b, `<w:comment w:id="%d" w:author="`, d.commented)
	escape(b, d.props.Author)
	b.WriteString(`" w:date="` + d.date + `" w:initials="`)
	_, first := utf8.DecodeRuneInString(d.props.Author)
	escape(b, d.props.Author[:first])
	b.WriteString(`"><w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>` +
		`<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>` +
		`<w:r><w:t xml:space="preserve">`)
	escape(b, text)
	b.WriteString("</w:t></w:r></w:p></w:comment>\n")
	d.commented++
}

// WriteTo writes the file. The same document is the same bytes.
func (d *Document) WriteTo(w io.Writer) (int64, error) {
	if d.afterTable { // Word wants a paragraph after the last table
		d.Add(Block{Style: TableText})
	}
	count := &counter{w: w}
	z := zip.NewWriter(count)
	for _, p := range d.parts() {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: d.props.Created.UTC()})
		if err == nil {
			_, err = f.Write(p.content)
		}
		if err != nil {
			return count.n, fmt.Errorf("writing %s: %w", p.name, err)
		}
	}
	return count.n, z.Close()
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// escape writes text as XML character data.
func escape(b *bytes.Buffer, s string) {
	from := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		with := ""
		switch {
		case r == '&':
			with = "&amp;"
		case r == '<':
			with = "&lt;"
		case r == '>':
			with = "&gt;"
		case r == '"':
			with = "&quot;"
		case r < ' ', r == 0xFFFE, r == 0xFFFF, r == utf8.RuneError && size == 1:
			with = "\ufffd"
		}
		if with != "" {
			b.WriteString(s[from:i])
			b.WriteString(with)
			from = i + size
		}
		i += size
	}
	b.WriteString(s[from:])
}

func locale(l law.Lang) string {
	switch l {
	case law.KK:
		return "kk-KZ"
	case law.EN:
		return "en-US"
	}
	return "ru-RU"
}
