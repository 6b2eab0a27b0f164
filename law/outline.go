package law

import (
	"fmt"
	"io"
	"strings"
)

// Outline is a document as `outline --format json` and the JSON twin of an act
// page give it. Lines are [first, last] in the source, from 1.
type Outline struct {
	Act        ActID              `json:"act"`
	Lang       Lang               `json:"lang"`
	Date       Date               `json:"date"`
	Title      string             `json:"title"`
	Provisions []OutlineProvision `json:"provisions"`
	Notes      []OutlineNote      `json:"notes"`
	Doubts     []OutlineDoubt     `json:"doubts"`
}

// OutlineProvision is one provision, in document order.
type OutlineProvision struct {
	Address Address `json:"address"`
	Kind    Kind    `json:"kind"`
	Number  string  `json:"number"` // as printed: "14-1", "256-10)"; "" for unnumbered units
	Label   Label   `json:"label"`
	Text    string  `json:"text"`
	Lines   [2]int  `json:"lines"`
	Depth   int     `json:"depth"`
}

// Label is the citation of a provision in three languages.
type Label struct {
	KK string `json:"kk"`
	RU string `json:"ru"`
	EN string `json:"en"`
}

// OutlineNote is one editorial note.
type OutlineNote struct {
	Address Address   `json:"address"`
	Text    string    `json:"text"`
	Lines   [2]int    `json:"lines"`
	Acts    []NoteAct `json:"acts"`
}

// OutlineDoubt is one place that was not understood for certain.
type OutlineDoubt struct {
	Lines  [2]int `json:"lines"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// Label writes the citation of p in three languages.
func (p *Provision) Label() Label { return p.Cite().Label(p.Address) }

// Label writes a citation in three languages. The address tells which of several
// units of one number is meant.
func (c Citation) Label(a Address) Label {
	l := Label{KK: c.In(KK), RU: c.In(RU), EN: c.In(EN)}
	if n := a.repeat(); n != "" {
		l.KK += " (" + n + "-қайталануы)"
		l.RU += " (повтор " + n + ")"
		l.EN += " (repeat " + n + ")"
	}
	return l
}

// In returns the label in a language.
func (l Label) In(lang Lang) string {
	switch lang {
	case KK:
		return l.KK
	case EN:
		return l.EN
	}
	return l.RU
}

// PrintedNumber is the number with the sign that belongs to it: "14-1" for an
// article, "256-10)" for a subparagraph, "3)-6)" for a range.
func (p *Provision) PrintedNumber() string {
	switch {
	case p.Number == "" || p.Kind != Subparagraph:
		return p.Number
	case p.NumberTo != "":
		return p.Number + ")-" + p.NumberTo + ")"
	}
	return p.Number + ")"
}

// NumberEnd is how many bytes of Text are the number with what belongs to it:
// its words begin there, or after a blank.
func (p *Provision) NumberEnd() int {
	if p.Number == "" {
		return 0
	}
	i := strings.Index(p.Text, p.PrintedNumber())
	if p.NumberTo != "" || i < 0 {
		i = strings.Index(p.Text, p.Number)
	}
	if i < 0 {
		return 0
	}
	i = min(i+len(p.PrintedNumber()), len(p.Text))
	for _, sign := range [...]string{"-бап", "-тарау", "-бөлім", "-параграф", ")", " .", "."} {
		i += len(p.Text[i:]) - len(strings.TrimPrefix(p.Text[i:], sign))
	}
	return i
}

// Outline lists the document for machines. key may be zero where the text is
// a file of its own.
func (d *Document) Outline(key EditionKey) Outline {
	o := Outline{
		Act: key.Act, Lang: d.Lang, Date: key.Date, Title: d.Title,
		Provisions: make([]OutlineProvision, 0, len(d.Provisions)),
		Notes:      make([]OutlineNote, 0, len(d.Notes)),
		Doubts:     make([]OutlineDoubt, 0, len(d.Doubts)),
	}
	for _, p := range d.Provisions {
		o.Provisions = append(o.Provisions, OutlineProvision{
			Address: p.Address, Kind: p.Kind, Number: p.PrintedNumber(), Label: p.Label(),
			Text: p.Text, Lines: [2]int{p.From, p.To}, Depth: p.Depth,
		})
	}
	for _, n := range d.Notes {
		acts := n.Acts
		if acts == nil {
			acts = []NoteAct{}
		}
		o.Notes = append(o.Notes, OutlineNote{Address: n.Address, Text: n.Text, Lines: [2]int{n.From, n.To}, Acts: acts})
	}
	for _, q := range d.Doubts {
		o.Doubts = append(o.Doubts, OutlineDoubt{Lines: [2]int{q.From, q.To}, Text: q.Text, Reason: q.Reason})
	}
	return o
}

// WriteOutline prints the document for a terminal: a line a provision, indented
// by depth, then the doubts and the counts.
func (d *Document) WriteOutline(w io.Writer) error {
	var b strings.Builder
	if d.Title != "" {
		fmt.Fprintf(&b, "%s\n\n", d.Title)
	}
	counts := map[Kind]int{}
	for _, p := range d.Provisions {
		counts[p.Kind]++
		fmt.Fprintf(&b, "%s%s  %s\n", strings.Repeat("  ", p.Depth), p.Address, shorten(p.Text, 72))
	}
	for _, q := range d.Doubts {
		fmt.Fprintf(&b, "doubt: line %d: %s: %s\n", q.From, q.Reason, shorten(q.Text, 72))
	}
	b.WriteByte('\n')
	for _, k := range kinds {
		if counts[k] > 0 {
			fmt.Fprintf(&b, "%s %d, ", k, counts[k])
		}
	}
	fmt.Fprintf(&b, "notes %d, doubts %d\n", len(d.Notes), len(d.Doubts))
	_, err := io.WriteString(w, b.String())
	return err
}

// kinds in the order of size, for counting.
var kinds = [...]Kind{Preamble, Section, Subsection, Chapter, Division, Article, Paragraph, Subparagraph,
	Part, Indent, Remark, Annex, Table, Signature, Text}

// shorten cuts a text at a blank and says so with an ellipsis.
func shorten(s string, letters int) string {
	n := 0
	blank := 0
	for i, r := range s {
		if n++; n > letters {
			if blank == 0 {
				blank = i
			}
			return s[:blank] + " …"
		}
		if r == ' ' {
			blank = i
		}
	}
	return s
}
