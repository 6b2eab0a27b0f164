package table

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/law"
)

// Table is a comparative table, ready to be printed.
type Table struct {
	Lang    law.Lang
	Kind    Kind
	Title   []string // a line each
	Columns []Heading
	Act     string // the merged row above the others
	Rows    []Row
}

// Heading is the head of a column.
type Heading struct {
	Column Column
	Text   string
	Width  int // relative
}

// Row is one structural element of the law.
type Row struct {
	Number  int
	Address law.Address // in the proposed text; in the old one where it goes
	Was     law.Address // in the old text, where it is another address
	Element string      // the citation, in the language of the law
	Before  []Line
	After   []Line
	Basis   []Line
	// Decision is the committee's, a line each; empty cells are filled in by hand.
	Decision []Line
}

// Line is a paragraph of a cell.
type Line []Run

// Run is a piece of a line. Changed words are bold.
type Run struct {
	Text string
	Bold bool
}

// Text is a line without its looks.
func (l Line) Text() string {
	var b strings.Builder
	for _, r := range l {
		b.WriteString(r.Text)
	}
	return b.String()
}

// ellipsis stands for unchanged law text that is left out.
var ellipsis = Line{{Text: "…"}}

// Options are what the texts do not say.
type Options struct {
	Kind Kind
	// Act names the law as the merged row does («Закон РК от 19 июня 2024 года …»);
	// empty: by the title of the text and what is known of the law.
	Act string
	// Bill is the title of the bill, as of the act that was written of it; empty: «О
	// внесении изменений и дополнений …».
	Bill       string
	Requisites string
	Adopted    law.Date
	Remarks    Remarks
}

// New makes the table of a comparison, in the language of its texts. There is a
// row for each unit that came, went or changed; a unit that came or went as a
// whole is one row with all it holds.
func New(r *diffing.Result, o Options) (*Table, error) {
	lang := r.To.Lang
	w, err := load(lang)
	if err != nil {
		return nil, err
	}
	f := w.Forms[o.Kind]
	title := cmp.Or(r.From.Title, r.To.Title, w.Unnamed)
	name, into := fill(w.Act, "{title}", title), fill(w.ActTo, "{title}", title)
	if cited, amended, ok := drafting.Cite(lang, drafting.WriteOptions{Title: title, Requisites: o.Requisites, Adopted: o.Adopted}); ok {
		name, into = cited, within(amended)
	}
	t := &Table{Lang: lang, Kind: o.Kind, Act: cmp.Or(o.Act, name)}
	bill := cmp.Or(within(o.Bill), fill(w.Bill, "{act_to}", into))
	for _, line := range f.Title {
		t.Title = append(t.Title, fill(line, "{bill}", bill))
	}
	for _, c := range f.Columns {
		t.Columns = append(t.Columns, Heading{c.Column, c.Text, c.Width})
	}
	b := builder{r: r, w: w, lang: lang, before: map[*law.Provision]*diffing.Pair{}, after: map[*law.Provision]*diffing.Pair{}}
	t.Rows = b.rows()
	for i := range t.Rows {
		t.Rows[i].Number = i + 1
	}
	return t, o.Remarks.fill(t, w)
}

// within gives a name the marks it has inside other marks.
func within(name string) string { return strings.NewReplacer("«", "„", "»", "“").Replace(name) }

// builder finds the rows of a comparison.
type builder struct {
	r             *diffing.Result
	w             wording
	lang          law.Lang
	before, after map[*law.Provision]*diffing.Pair
}

func (b *builder) rows() []Row {
	for i := range b.r.Pairs {
		p := &b.r.Pairs[i]
		for _, u := range units(p.From) {
			b.before[u] = p
		}
		for _, u := range units(p.To) {
			b.after[u] = p
		}
	}
	var rows []Row
	for i := range b.r.Pairs {
		p := &b.r.Pairs[i]
		if p.Note || !p.Changed() {
			continue
		}
		switch p.Kind {
		case diffing.Inserted:
			if u := p.To.Provisions[0]; !comes(b.after, u.Parent) {
				rows = append(rows, b.row(nil, whole(b.r.To, u, b.after), nil, u))
			}
		case diffing.Deleted:
			if u := p.From.Provisions[0]; !comes(b.before, u.Parent) {
				rows = append(rows, b.row(whole(b.r.From, u, b.before), nil, u, nil))
			}
		default:
			old, new := p.From.Provisions, p.To.Provisions
			rows = append(rows, b.row(
				cell(b.r.From, old, lines(p, p.From, diffing.Op.Old, diffing.Delete)),
				cell(b.r.To, new, lines(p, p.To, diffing.Op.New, diffing.Insert)),
				old[0], new[0]))
		}
	}
	return rows
}

func units(s *diffing.Side) []*law.Provision {
	if s == nil {
		return nil
	}
	return s.Provisions
}

// comes reports whether a unit came (or went) as a whole, so that what it holds
// stands in its row.
func comes(pairs map[*law.Provision]*diffing.Pair, u *law.Provision) bool {
	p := pairs[u]
	return p != nil && (p.From == nil || p.To == nil)
}

func (b *builder) row(before, after []Line, old, new *law.Provision) Row {
	r := Row{Before: before, After: after}
	switch {
	case old == nil:
		r.Before = []Line{{{Text: b.w.Absent}}}
		r.Address, r.Element = new.Address, b.name(new)
	case new == nil:
		r.After = []Line{{{Text: b.w.Absent}}}
		r.Address, r.Element = old.Address, b.name(old)
	default:
		r.Address, r.Element = new.Address, b.name(new)
		if old.Address != new.Address {
			r.Was, r.Element = old.Address, fill(b.w.Renumbered, "{old}", b.name(old), "{new}", b.name(new))
		} else if len(new.Children) > 0 && headed(new.Kind) {
			r.Element = b.heading(new)
		}
	}
	first, size := utf8.DecodeRuneInString(r.Element)
	r.Element = string(unicode.ToUpper(first)) + r.Element[size:]
	return r
}

// heading names a unit's heading: «заголовок статьи 25».
func (b *builder) heading(p *law.Provision) string {
	if b.lang == law.EN || strings.Contains(string(p.Address), "~") {
		return fill(b.w.Heading, "{unit}", b.name(p))
	}
	return drafting.Target{Citation: append(p.Cite(), law.Step{Kind: drafting.Heading})}.In(b.lang)
}

func (b *builder) name(p *law.Provision) string { return p.Label().In(b.lang) }

// headed reports whether a unit's own line is a heading.
func headed(k law.Kind) bool {
	switch k {
	case law.Article, law.Section, law.Subsection, law.Chapter, law.Division, law.Annex:
		return true
	}
	return false
}
