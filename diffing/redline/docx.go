package redline

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/law"
)

// DOCX writes a comparison as a Word document with tracked changes: with all of
// them accepted its text is the new text line by line, with all of them rejected
// the old one, notes and titles included. What is said about the comparison
// stands above the pages and in comments, never in the text. It is written in
// the language of the new text; at is when it was made, and dates every change.
//
// A move is a plain deletion and insertion with a comment at either end: Word
// has marks for moves, and calls files that use them unreadable when anything
// else changed there too. Where an unchanged word is printed otherwise in the
// new text (a Latin «i» in a Kazakh word, other quotation marks), it is tracked
// in the name of an author of its own: readers can hide or accept those alone.
func DOCX(w io.Writer, r *diffing.Result, from, to Meta, at time.Time) error {
	d := newDocx(r, from, to, at)
	d.titles()
	for _, s := range sequence(r) {
		d.step(s)
	}
	d.endTable()
	if _, err := d.out.WriteTo(w); err != nil {
		return fmt.Errorf("writing the comparison: %w", err)
	}
	return nil
}

// docxAuthor signs the changes.
const docxAuthor = "Tuzetu"

type docxWords struct{ how, variants, variantAuthor string }

func docxWordsIn(lang law.Lang) docxWords {
	switch lang {
	case law.KK:
		return docxWords{
			how:           "Өзгерістер түзетулер ретінде белгіленген: барлығы қабылданса – жаңа редакция, барлығы қабылданбаса – бұрынғы редакция. Жарияланған мәтін ғана ресми болып табылады.",
			variants:      "Тек таңбалардың жазылуындағы айырмашылықтар (тырнақша, сызықша, ұқсас әріптер) жеке автордың атымен белгіленген: «%s».",
			variantAuthor: docxAuthor + ": таңбалардың жазылуы",
		}
	case law.EN:
		return docxWords{
			how:           "Changes are tracked: accept all for the new edition, reject all for the old one. Only the published text is official.",
			variants:      "Differences in print alone (quotation marks, dashes, look-alike letters) are tracked in the name of a separate author: “%s”.",
			variantAuthor: docxAuthor + ": print variants",
		}
	}
	return docxWords{
		how:           "Изменения отмечены как исправления: принять все – новая редакция, отклонить все – прежняя. Официальным остаётся только опубликованный текст.",
		variants:      "Различия только в начертании знаков (кавычки, тире, похожие буквы) отмечены от имени отдельного автора: «%s».",
		variantAuthor: docxAuthor + ": начертание знаков",
	}
}

// docx is a comparison on its way to a file.
type docx struct {
	out   *ooxml.Document
	r     *diffing.Result
	words words
	own   docxWords
	moved map[*law.Provision]*diffing.Pair // moved pairs by their new provision
	rows  []ooxml.Row                      // of the table that is being written
}

func newDocx(r *diffing.Result, from, to Meta, at time.Time) *docx {
	lang := r.To.Lang
	d := &docx{r: r, words: wordsIn(lang), own: docxWordsIn(lang), moved: map[*law.Provision]*diffing.Pair{}}
	variants := false
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if p.Moved && !p.Note {
			d.moved[p.To.Provisions[0]] = p
		}
		variants = variants || slices.ContainsFunc(p.Ops, func(op diffing.Op) bool { return op.FromText != "" })
	}
	names := from.name() + " → " + to.name()
	head := []string{
		d.words.comparison + ": " + names + ". " + capital(d.words.summary(r.Summary)),
		d.own.how,
		d.words.source + ", " + law.DateOf(at).Official() + ".",
	}
	if variants {
		head = slices.Insert(head, 2, fmt.Sprintf(d.own.variants, d.own.variantAuthor))
	}
	if r.Warning != "" {
		head = append(head, d.words.warnings[r.Warning])
	}
	short := names
	if r.To.Title != "" {
		short = r.To.Title + ": " + names
	}
	d.out = ooxml.NewDocument(ooxml.Properties{
		Title: title(d.words, to), Author: docxAuthor, Lang: lang, Created: at, FirstHeader: head, Header: short,
	})
	return d
}

// titles writes the title, both where they differ.
func (d *docx) titles() {
	old, new := d.r.From.Title, d.r.To.Title
	if old == new {
		d.whole(ooxml.Title, new, ooxml.Unchanged, "")
		return
	}
	d.whole(ooxml.Title, old, ooxml.Deleted, "")
	d.whole(ooxml.Title, new, ooxml.Inserted, "")
}

// whole writes a paragraph that came, went or stayed as a whole.
func (d *docx) whole(style ooxml.Style, text string, kind ooxml.ChangeKind, comment string) {
	if text == "" {
		return
	}
	d.endTable()
	c := change(kind)
	d.out.Add(ooxml.Block{Style: style, Runs: []ooxml.Run{{Text: text, Change: c, Comment: comment}}, End: c})
}

func change(kind ooxml.ChangeKind) ooxml.Change {
	if kind == ooxml.Unchanged {
		return ooxml.Change{}
	}
	return ooxml.Change{Kind: kind, Author: docxAuthor}
}

func (d *docx) step(s step) {
	if s.kind != diffing.Equal {
		d.loose(s)
		return
	}
	if isRow(s.pair.From, 0) && isRow(s.pair.To, 0) && len(s.pair.From.Provisions)+len(s.pair.To.Provisions) == 2 {
		d.rowInPlace(s.pair)
		return
	}
	d.inPlace(s.pair)
}

// loose writes a unit that came or went, or one end of a move.
func (d *docx) loose(s step) {
	side, kind := s.pair.To, ooxml.Inserted
	if s.kind == diffing.Delete {
		side, kind = s.pair.From, ooxml.Deleted
	}
	text := unitText(side, s.unit)
	if isRow(side, s.unit) {
		d.row(cellsOf(text), kind)
		return
	}
	d.whole(styleOf(side, s.unit), text, kind, d.comment(s))
}

// comment says where a moved unit went or came from. What moved along with the
// unit it stands in says nothing, unless its words changed.
func (d *docx) comment(s step) string {
	p := s.pair
	if !p.Moved || p.Note || s.unit > 0 {
		return ""
	}
	lang := d.r.To.Lang
	if s.kind == diffing.Delete {
		if d.movedAlong(p) {
			return ""
		}
		return capital(fmt.Sprintf(d.words.fates[diffing.TargetMoved], label(p.To, lang)))
	}
	edits := editsOf(p)
	if d.movedAlong(p) && edits == "" {
		return ""
	}
	out := capital(d.words.moved) + "; " + fmt.Sprintf(d.words.formerly, label(p.From, lang))
	if edits != "" {
		out += ". " + capital(d.words.kinds[diffing.Edited]) + ": " + edits
	}
	return out
}

// capital makes the first letter of a sentence one.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

func (d *docx) movedAlong(p *diffing.Pair) bool {
	above := d.moved[p.To.Provisions[0].Parent]
	return above != nil && p.From.Provisions[0].Parent == above.From.Provisions[0]
}

// editsOf lists the changed words of a pair as far as a comment has room: a
// plain deletion and insertion does not show them.
func editsOf(p *diffing.Pair) string {
	const room = 600 // characters; a comment of more fills the margin of a page
	var parts []string
	for i, op := range p.Ops {
		text := strings.TrimSpace(op.Text)
		switch {
		case op.Kind == diffing.Delete && i+1 < len(p.Ops) && p.Ops[i+1].Kind == diffing.Insert:
			parts = append(parts, "«"+text+"» → «"+strings.TrimSpace(p.Ops[i+1].Text)+"»")
		case op.Kind == diffing.Delete:
			parts = append(parts, "− «"+text+"»")
		case op.Kind == diffing.Insert && (i == 0 || p.Ops[i-1].Kind != diffing.Delete):
			parts = append(parts, "+ «"+text+"»")
		}
	}
	s := strings.Join(parts, "; ")
	if n := utf8.RuneCountInString(s); n > room {
		s = string([]rune(s)[:room]) + "…"
	}
	return s
}

// inPlace writes a pair where it stands. A split or merged unit becomes several
// paragraphs whose ends came or went.
func (d *docx) inPlace(p *diffing.Pair) {
	d.endTable()
	oldJoints, newJoints := joints(p.From), joints(p.To)
	var b ooxml.Block
	at, to := 0, 0           // in the old and the new text
	oldUnit, newUnit := 0, 0 // how many joints were passed
	end := func(style ooxml.Style, c ooxml.ChangeKind) {
		b.Style, b.End = style, change(c)
		d.out.Add(b)
		b = ooxml.Block{}
	}
	for _, s := range d.pieces(p) {
		for {
			k, oldJoint, newJoint := s.cut(at, to, oldJoints[oldUnit:], newJoints[newUnit:])
			if k < 0 {
				break
			}
			head, joint, rest := s.split(k)
			b.Runs = appendRun(b.Runs, head)
			// A joint is a blank in the text of both sides together and the end of a
			// paragraph in the text of one.
			switch {
			case oldJoint && newJoint:
				end(styleOf(p.To, newUnit), ooxml.Unchanged)
			case newJoint:
				b.Runs = appendRun(b.Runs, piece{old: joint.old})
				end(styleOf(p.To, newUnit), ooxml.Inserted)
			default:
				b.Runs = appendRun(b.Runs, piece{new: joint.new})
				end(styleOf(p.From, oldUnit), ooxml.Deleted)
			}
			at, to = at+len(head.old)+len(joint.old), to+len(head.new)+len(joint.new)
			if oldJoint {
				oldUnit++
			}
			if newJoint {
				newUnit++
			}
			s = rest
		}
		b.Runs = appendRun(b.Runs, s)
		at, to = at+len(s.old), to+len(s.new)
	}
	end(styleOf(p.To, newUnit), ooxml.Unchanged)
}

// appendRun writes a piece as a run.
func appendRun(runs []ooxml.Run, p piece) []ooxml.Run {
	text, kind := p.new, ooxml.Unchanged
	switch {
	case p.new == "":
		text, kind = p.old, ooxml.Deleted
	case p.old == "":
		kind = ooxml.Inserted
	}
	if text == "" {
		return runs
	}
	c := change(kind)
	if p.author != "" {
		c.Author = p.author
	}
	return append(runs, ooxml.Run{Text: text, Change: c})
}

// rowInPlace writes a row of a table cell by cell. Where a change crosses
// cells, the old row goes and the new one comes.
func (d *docx) rowInPlace(p *diffing.Pair) {
	cells := [][]piece{nil}
	for _, s := range d.pieces(p) {
		if s.old != s.new {
			if strings.Contains(s.old+s.new, "|") {
				d.row(cellsOf(p.From.Text), ooxml.Deleted)
				d.row(cellsOf(p.To.Text), ooxml.Inserted)
				return
			}
			cells[len(cells)-1] = append(cells[len(cells)-1], s)
			continue
		}
		for i, text := range strings.Split(s.new, "|") {
			if i > 0 {
				cells = append(cells, nil)
			}
			cells[len(cells)-1] = append(cells[len(cells)-1], piece{old: text, new: text})
		}
	}
	if n := len(cellsOf(p.To.Text)); n != len(cells) || n != len(cellsOf(p.From.Text)) {
		d.row(cellsOf(p.From.Text), ooxml.Deleted)
		d.row(cellsOf(p.To.Text), ooxml.Inserted)
		return
	}
	row := ooxml.Row{}
	for _, c := range cells {
		b := ooxml.Block{Style: ooxml.TableText}
		for _, s := range c {
			b.Runs = appendRun(b.Runs, s)
		}
		row.Cells = append(row.Cells, ooxml.Cell{Blocks: []ooxml.Block{trimBlock(b)}})
	}
	d.rows = append(d.rows, row)
}

// trimBlock takes the blanks around the bars off a cell.
func trimBlock(b ooxml.Block) ooxml.Block {
	if n := len(b.Runs); n > 0 {
		b.Runs[0].Text = strings.TrimLeftFunc(b.Runs[0].Text, unicode.IsSpace)
		b.Runs[n-1].Text = strings.TrimRightFunc(b.Runs[n-1].Text, unicode.IsSpace)
	}
	return b
}

func (d *docx) row(cells []string, kind ooxml.ChangeKind) {
	c := change(kind)
	row := ooxml.Row{Change: c}
	for _, text := range cells {
		b := ooxml.Block{Style: ooxml.TableText, Runs: []ooxml.Run{{Text: text, Change: c}}, End: c}
		row.Cells = append(row.Cells, ooxml.Cell{Blocks: []ooxml.Block{b}})
	}
	d.rows = append(d.rows, row)
}

// endTable writes the rows that came together as one table. Columns are as wide
// as their longest cell asks, within reason.
func (d *docx) endTable() {
	if len(d.rows) == 0 {
		return
	}
	t := ooxml.Table{Rows: d.rows}
	for i := range t.Rows {
		for c, cell := range t.Rows[i].Cells {
			if c == len(t.Widths) {
				t.Widths = append(t.Widths, 8)
			}
			n := 0
			for _, r := range cell.Blocks[0].Runs {
				n += utf8.RuneCountInString(r.Text)
			}
			t.Widths[c] = max(t.Widths[c], min(n, 40))
		}
	}
	for i := range t.Rows {
		cells := t.Rows[i].Cells
		cells[len(cells)-1].Span = len(t.Widths) - len(cells) + 1
	}
	d.out.AddTable(t)
	d.rows = nil
}
