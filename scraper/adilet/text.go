package adilet

import (
	"html"
	"slices"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/tuzetu/tuzetu/law"
)

// reader walks through the text of a page token by token and cuts it into
// lines. A tree would lose where things stand in the source, and the markup is
// flat: what counts is where a line ends and in what each word of it stands.
type reader struct {
	line  int             // of the source, where the next token begins
	rest  string          // of the page, from there on
	open  map[string]bool // names that are not closed any more
	stack []element
	runs  []run    // the line under way
	table int      // how many tables are open
	cells []string // of the table row under way
	row   []run
	// anchor waits for the line it stands before.
	anchor string

	lines    []law.Line
	pictures []string
}

// element is an open element and what it makes of the words in it.
type element struct {
	name atom.Atom
	tag  string
	kind kind
	href string // of a link
}

// kind is what the markup says of a word.
type kind uint8

const (
	plain kind = iota
	bold
	heading
	note      // span.note
	editorial // red font
	link
	raised // <sup>
	hidden // scripts, and what browser extensions leave behind
)

// run is a piece of a line that stands in one kind of markup.
type run struct {
	text     []byte // grows: a page may break one line into a hundred thousand
	kind     kind   // plain, heading, bold, note or editorial
	href     string
	isLink   bool
	from, to int
}

// token takes one token of the text; raw is its source.
func (r *reader) token(t xhtml.Token, raw string) {
	switch t.Type {
	case xhtml.TextToken:
		r.text(raw)
	case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
		r.start(t)
	case xhtml.EndTagToken:
		r.end(t)
	}
	r.line += strings.Count(raw, "\n")
}

func (r *reader) start(t xhtml.Token) {
	name := t.DataAtom
	switch {
	case name == atom.Br || name == atom.Hr:
		r.breakLine()
		return
	case name == atom.Img:
		if alt := attr(t, "alt"); alt != "" {
			r.add(alt)
		}
		r.pictures = append(r.pictures, attr(t, "src"))
		return
	case void(name):
		return
	case isBlock(name):
		r.startBlock(t)
	}
	e := element{name: name, tag: t.Data}
	switch {
	case isHeading(name):
		e.kind = heading
	case name == atom.B || name == atom.Strong:
		e.kind = bold
	case name == atom.Sup:
		e.kind = raised
	case name == atom.A:
		if n := attr(t, "name"); n != "" && r.anchor == "" {
			r.anchor = n
		}
		if e.href = attr(t, "href"); isLink(e.href) {
			e.kind = link
		}
	case slices.Contains(strings.Fields(attr(t, "class")), "note"):
		e.kind = note
	case isRed(t):
		e.kind = editorial
	case isHidden(t) && r.closes(t.Data):
		e.kind = hidden
	}
	if t.Type == xhtml.StartTagToken {
		r.stack = append(r.stack, e)
	}
}

// closes reports whether an element is closed further on; what stays open must
// not hide the rest of a law.
func (r *reader) closes(tag string) bool {
	if r.open[tag] {
		return false
	}
	if strings.Contains(r.rest, "</"+tag) {
		return true
	}
	if r.open == nil {
		r.open = map[string]bool{}
	}
	r.open[tag] = true
	return false
}

// startBlock ends the line before a block, and what a browser would close
// before it.
func (r *reader) startBlock(t xhtml.Token) {
	switch name := t.DataAtom; name {
	case atom.Table:
		if r.table == 0 {
			r.flush()
		}
		r.table++
	case atom.Tr:
		r.endRow()
	case atom.Td, atom.Th:
		r.endCell()
		if r.table == 1 {
			r.cells = append(r.cells, "")
		}
	default:
		if name == atom.P || isHeading(name) {
			r.close(atom.P)
		}
		r.breakLine()
	}
	if id := attr(t, "id"); id != "" {
		r.anchor = id
	}
}

func (r *reader) end(t xhtml.Token) {
	name := t.DataAtom
	switch {
	case name == atom.Table:
		r.endRow()
		r.table = max(0, r.table-1)
	case name == atom.Tr:
		r.endRow()
	case name == atom.Td || name == atom.Th:
		r.endCell()
	case name == atom.Br: // </br> is read as <br> by every browser
		r.breakLine()
		return
	case isBlock(name):
		r.breakLine()
		if r.table == 0 {
			r.anchor = "" // an anchor inside a block is not that of the next one
		}
	}
	for i := len(r.stack) - 1; i >= 0; i-- {
		open := r.stack[i].name
		if r.stack[i].tag == t.Data {
			r.stack = r.stack[:i]
			return
		}
		// An end tag of the running text closes nothing outside its block, and
		// nothing in a cell closes anything outside the cell.
		if isBlock(open) && !isBlock(name) || isCell(open) && !isTablePart(name) {
			return
		}
	}
}

// close closes an open p, with all that was left open in it.
func (r *reader) close(name atom.Atom) {
	for i := len(r.stack) - 1; i >= 0; i-- {
		switch r.stack[i].name {
		case name:
			r.stack = r.stack[:i]
			return
		case atom.Td, atom.Th, atom.Table, atom.Div: // these hold paragraphs of their own
			return
		}
	}
}

// text adds words, source line by source line.
func (r *reader) text(raw string) {
	n := r.line
	for part := range strings.SplitAfterSeq(raw, "\n") {
		r.addAt(html.UnescapeString(part), n)
		n++
	}
}

func (r *reader) add(s string) { r.addAt(s, r.line) }

func (r *reader) addAt(s string, at int) {
	if s == "" {
		return
	}
	next := run{from: at, to: at}
	for _, e := range r.stack {
		switch e.kind {
		case hidden:
			return
		case link:
			next.href, next.isLink = e.href, true
		case raised:
			s = superscript(s)
		default:
			next.kind = max(next.kind, e.kind)
		}
	}
	blank := isBlank([]byte(s))
	if n := len(r.runs); n > 0 {
		last := &r.runs[n-1]
		if last.kind == next.kind && last.href == next.href && last.isLink == next.isLink || blank {
			last.text = append(last.text, s...)
			if !blank {
				last.to = at
			}
			return
		}
	} else if blank {
		return
	}
	next.text = []byte(s)
	r.runs = append(r.runs, next)
}

// breakLine ends a line; in a table, where a line is a row, it is a blank.
func (r *reader) breakLine() {
	if r.table > 0 {
		r.add(" ")
		return
	}
	r.flush()
}

// flush makes lines of the runs under way.
func (r *reader) flush() {
	if !r.inParagraph() {
		wholeNote(r.runs)
	}
	lines := cut(r.runs)
	r.runs = r.runs[:0]
	if len(lines) == 0 {
		return
	}
	lines[0].Anchor, r.anchor = r.anchor, ""
	r.lines = append(r.lines, lines...)
}

func (r *reader) inParagraph() bool {
	return slices.ContainsFunc(r.stack, func(e element) bool { return e.name == atom.P || isHeading(e.name) })
}

// endCell keeps the words of a cell; only the cells of the outermost table are
// cells, a table inside one is running text.
func (r *reader) endCell() {
	if r.table > 1 {
		r.add(" ")
		return
	}
	if len(r.runs) == 0 {
		return
	}
	if len(r.cells) == 0 {
		r.cells = append(r.cells, "")
	}
	last := &r.cells[len(r.cells)-1]
	*last += " " + textOf(r.runs)
	r.row = append(r.row, r.runs...)
	r.runs = nil
}

// endRow makes a line of a row: a note where all of it is one, else a row.
func (r *reader) endRow() {
	r.endCell()
	if r.table > 1 {
		return
	}
	settle(r.row)
	if l, ok := lineOf(r.row); ok {
		l.Text = law.Squeeze(strings.Join(r.cells, " | "))
		if l.Mark != law.NoteMark && l.Mark != law.Editorial {
			l.Mark = law.TableMark
		}
		l.Anchor, r.anchor = r.anchor, ""
		r.lines = append(r.lines, l)
	}
	r.row, r.cells = nil, nil
}

// endPart ends what a part of the text left open.
func (r *reader) endPart() {
	if r.table > 0 {
		r.table = 1
		r.endRow()
		r.table = 0
	}
	r.flush()
	r.stack, r.anchor = nil, ""
}

// finish gives the lines.
func (r *reader) finish() []law.Line {
	r.endPart()
	// A «Примечание ИЗПИ!» takes the anchor of the paragraph it stands before;
	// the paragraph gets it back, the note keeps it.
	anchor := ""
	for i := range r.lines {
		switch l := &r.lines[i]; {
		case l.Mark == law.Editorial || l.Mark == law.NoteMark:
			if l.Anchor != "" {
				anchor = l.Anchor
			}
		default:
			if l.Anchor == "" {
				l.Anchor = anchor
			}
			anchor = ""
		}
	}
	return r.lines
}
