package zan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// read makes a text of its pages.
func read(pages []*answer) (scraper.Page, error) {
	first := pages[0]
	info, err := first.info()
	if err != nil {
		return scraper.Page{}, err
	}
	if first.Pages > len(pages) {
		return scraper.Page{}, fmt.Errorf("%w: %d of %d pages came", scraper.ErrCut, len(pages), first.Pages)
	}
	r := &reader{}
	for _, a := range pages {
		for _, b := range a.blocks {
			r.block(b)
		}
	}
	r.endRow()
	if len(r.lines) == 0 {
		return scraper.Page{}, fmt.Errorf("%w: it has no block with words", scraper.ErrNoText)
	}
	p := scraper.Page{Info: info, Lines: r.lines, Pictures: r.pictures, Editions: first.Versions}
	p.Archived = first.Actual != nil && !*first.Actual
	if c := first.Version.Cause; c != nil {
		p.Cause, p.CauseHref = c.words(info.Lang), c.link(info.Lang)
	}
	if err := scraper.CheckLetters(r.words(), 1); err != nil {
		return scraper.Page{}, err
	}
	if title := strings.Join(r.title, " "); title != "" {
		if info.Title != "" && law.Fold(title) != law.Fold(info.Title) {
			r.doubt("the title in the text is not the one among the facts", title)
		}
		p.Title = title
	}
	r.compare(law.Build(p.Lang, p.Title, p.Lines))
	p.Doubts = r.told()
	return p, nil
}

// reader makes lines of blocks, one by one in their order.
type reader struct {
	n     int // of the block, from 1 over all pages
	stack []element
	row   *row // of the outermost table, while it is open

	lines    []law.Line
	title    []string
	pictures []string
	articles []string // numbers the bank gives its articles
	remarks  []int    // blocks that are notes to the bank and may be law text
	doubts   []doubt

	// heading is the element whose heading the last line is, 0 if it is none.
	heading int
}

// element is an open block: one that the blocks after it stand in.
type element struct {
	n, level int
	kind     string
	index    string // the unit's number, until its first line has been seen
}

// row is a row of a table under way.
type row struct {
	at       int // its place in the stack
	from, to int
	cells    []string
}

// doubt is one kind of thing that is not certain.
type doubt struct {
	reason, first string
	count         int
}

// known are the kinds of block that were seen or are named by others who read
// the bank; the words of any other are kept and doubted.
var known = strings.Fields(`doc title section subsection part chapter article paragraph point subpoint text heading subheading
	note sideNote sideNoteGroup preamble signature workPosition personName table tableRow tableHeaderRow tableCell
	attach subattach rcpi_notice excluded toc pre image`)

func (r *reader) block(b block) {
	r.n++
	for len(r.stack) > 0 && r.stack[len(r.stack)-1].level >= b.Level {
		r.stack = r.stack[:len(r.stack)-1]
	}
	if r.row != nil && len(r.stack) <= r.row.at {
		r.endRow()
	}
	r.open(b)
	text := law.Squeeze(string(b.Text))
	if text == "" {
		return
	}
	if !slices.Contains(known, string(b.Type)) {
		r.doubt(fmt.Sprintf("a block of an unknown kind %q was read as text", b.Type), text)
	}
	if markup.MatchString(text) {
		r.doubt("markup stands in the words", text)
	}
	switch {
	case r.row != nil:
		r.row.add(text, r.n)
	case b.Type == "title" && len(r.lines) == 0:
		r.title = append(r.title, text)
	case b.Type == "pre": // its line breaks are meant
		for part := range strings.Lines(string(b.Text)) {
			if part = law.Squeeze(part); part != "" {
				r.line(law.Line{Text: part})
			}
		}
	default:
		r.wholeLine(b, text)
	}
}

// open puts a block on the stack of those that are open.
func (r *reader) open(b block) {
	e := element{n: r.n, level: b.Level, kind: string(b.Type)}
	switch b.Type {
	case "article", "point", "subpoint":
		e.index = law.Squeeze(string(b.Index))
		if b.Type == "article" && e.index != "" {
			r.articles = append(r.articles, e.index)
		}
	case "tableRow", "tableHeaderRow":
		if r.row == nil { // a row in a cell is running text
			r.row = &row{at: len(r.stack), from: r.n}
		}
	case "tableCell":
		if r.row != nil && len(r.stack) == r.row.at+1 {
			r.row.cells = append(r.row.cells, "")
		}
	case "image":
		address := b.property("src")
		if address == "" {
			address = "block " + string(b.ID)
		}
		r.pictures = append(r.pictures, address)
	}
	r.stack = append(r.stack, e)
}

func (w *row) add(text string, at int) {
	w.to = at
	if len(w.cells) == 0 {
		w.cells = append(w.cells, "")
	}
	last := &w.cells[len(w.cells)-1]
	*last = law.Squeeze(*last + " " + text)
}

// endRow makes a line of a row: its cells parted as in every source.
func (r *reader) endRow() {
	if r.row == nil {
		return
	}
	if text := law.Squeeze(strings.Join(r.row.cells, " | ")); strings.Trim(text, "| ") != "" {
		r.lines = append(r.lines, law.Line{Text: text, Mark: law.TableMark, From: r.row.from, To: r.row.to})
		r.heading = 0
	}
	r.row = nil
}

// wholeLine makes a line of a block. A line break in it is a blank: the bank
// breaks sentences in their middle.
func (r *reader) wholeLine(b block, text string) {
	holder := r.holder()
	mark := r.mark(b, text, holder)
	isHeading := b.Type == "heading" || b.Type == "subheading"
	if isHeading && r.heading == holder.n && oneHeading[holder.kind] && !unitOpens.MatchString(text) {
		// «Раздел I.» and «Общие положения» are two blocks and one heading.
		last := &r.lines[len(r.lines)-1]
		last.Text += " " + text
		last.To = r.n
		return
	}
	if breaksToUnit.MatchString(string(b.Text)) {
		r.doubt("a unit opens after a line break inside a block", text)
	}
	if mark != law.NoteMark && mark != law.Editorial && !noteOpens.MatchString(text) {
		r.checkNumber(text)
	}
	r.line(law.Line{Text: text, Mark: mark})
	if isHeading {
		r.heading = holder.n
	}
}

func (r *reader) line(l law.Line) {
	l.From, l.To = r.n, r.n
	r.lines = append(r.lines, l)
	r.heading = 0
}

// holder is what the block under way stands in.
func (r *reader) holder() element {
	if len(r.stack) < 2 {
		return element{}
	}
	return r.stack[len(r.stack)-2]
}

// oneHeading are the units whose heading is one, in however many blocks. An
// annex has several lines above its text.
var oneHeading = map[string]bool{
	"section": true, "subsection": true, "part": true, "chapter": true, "article": true, "paragraph": true,
}

var (
	unitOpens    = regexp.MustCompile(`(?i)^(?:(?:статья|глава|раздел|подраздел|параграф|приложение)\s[\dIVX]|[\dIVX]+(?:-\d+)*-?\s?(?:бап|тарау|бөлім|кіші бөлім|параграф|қосымша))`)
	breaksToUnit = regexp.MustCompile(`\n\s*\d+(?:-\d+)*(?:\)|\.\s+\p{Lu})`)
	markup       = regexp.MustCompile(`</?[a-zA-Z]+[^<>]*>|&(?:[a-z]{2,6}|#\d+);`)

	// Words that open a note, and those that may open a remark of the law itself.
	noteOpens   = regexp.MustCompile(`^(?:Примечани[ея]|Ескертпе|Сноска|Ескерту|ЗҚАИ|РҚАО|РҚАИ)`)
	remarkOpens = regexp.MustCompile(`^(?:Примечани[ея]|Ескертпе(?:лер)?)\s?[.:]`)
	italics     = regexp.MustCompile(`(?s)<i>.*?</i>`)
	letters     = regexp.MustCompile(`\pL`)
)

// mark is what the kind of a block says of its line.
func (r *reader) mark(b block, text string, holder element) law.Mark {
	if slices.ContainsFunc(r.stack, func(e element) bool { return e.kind == "toc" }) {
		return law.NoteMark // a table of contents
	}
	html := b.property("html")
	inItalics := html != "" && !letters.MatchString(tags.ReplaceAllString(italics.ReplaceAllString(html, ""), ""))
	switch b.Type {
	case "note":
		// «Примечание.» as a part of the law is also a note to a typist. In italics
		// it is the bank's own; else its words decide, in law.Build.
		if remarkOpens.MatchString(text) && !inItalics {
			r.remarks = append(r.remarks, r.n)
			return law.Plain
		}
		return law.NoteMark
	case "rcpi_notice":
		return law.Editorial
	case "heading", "subheading", "title":
		if holder.kind == "article" {
			return law.Bold
		}
		return law.Heading
	case "workPosition", "personName":
		return law.Bold
	}
	// «Примечание. См. …» stands as a text in the very point it speaks of.
	if inItalics && noteOpens.MatchString(text) {
		return law.NoteMark
	}
	return law.Plain
}

var tags = regexp.MustCompile(`<[^<>]*>`)

var firstNumber = regexp.MustCompile(`^\D{0,12}?(\d+(?:-\d+)*)`)

// checkNumber holds the number the bank gives a unit against its first line.
func (r *reader) checkNumber(text string) {
	for i := len(r.stack) - 1; i >= 0; i-- {
		e := &r.stack[i]
		if e.index == "" {
			continue
		}
		if m := firstNumber.FindStringSubmatch(law.Fold(text)); m == nil || m[1] != e.index {
			r.doubt("the bank numbers a unit otherwise than its text", e.kind+" "+e.index+": "+text)
		}
		e.index = ""
		return // what stands around it has the same first line
	}
}

// compare holds the structure the bank gives against that of the text.
func (r *reader) compare(d *law.Document) {
	var read []string
	for _, p := range d.Provisions {
		if p.Kind == law.Article {
			read = append(read, p.Number)
		}
		if slices.Contains(r.remarks, p.From) {
			r.doubt("the bank has a note where the law may have a remark of its own", p.Text)
		}
	}
	if len(r.articles) > 0 && !slices.Equal(r.articles, read) {
		i := 0
		for i < len(read) && i < len(r.articles) && read[i] == r.articles[i] {
			i++
		}
		at := "after the last one"
		if i < len(r.articles) {
			at = "from article " + r.articles[i] + " on"
		}
		r.doubt(fmt.Sprintf("the bank has %d articles, the text %d", len(r.articles), len(read)), at)
	}
}

func (r *reader) words() string {
	var b strings.Builder
	for _, l := range r.lines {
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// doubt counts what is not certain by its reason: a text of a thousand blocks
// must not make a thousand lines.
func (r *reader) doubt(reason, text string) {
	for i := range r.doubts {
		if r.doubts[i].reason == reason {
			r.doubts[i].count++
			return
		}
	}
	r.doubts = append(r.doubts, doubt{reason: reason, first: fmt.Sprintf("%.60s", text), count: 1})
}

func (r *reader) told() []string {
	var all []string
	for _, d := range r.doubts {
		s := d.reason + " (" + d.first + ")"
		if d.count > 1 {
			s = fmt.Sprintf("%s, %d times", s, d.count)
		}
		all = append(all, s)
	}
	return all
}
