package read

import (
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Span is a run of law text on a page: plain, a link, or a marked run of a
// redline. Kind is "", "link", "ins", "del", "from", "to", and where three texts
// stand side by side "lost" (proposed, not enacted) or "other" (enacted, not
// proposed).
type Span struct {
	Kind string
	Text string
	Href string
	Tag  int // number of a move inside the provision, for from and to
}

// Block is one line of a law text on a page.
type Block struct {
	ID     string
	Kind   law.Kind
	Level  int // 0–2: how far it is set in
	Number string
	Label  string // the citation in full, spoken with the permalink
	Spans  []Span
	Rows   []Row  // of a table, one block
	Doubt  string // why the line was not understood
	Note   *NoteView
	Says   []ForceView   // whether it applies on the day of the page
	Talk   []page.Link   // to the comments on it
	Other  *OtherWording // a wording of another edition, shown in its place
}

// Row is a row of a table.
type Row struct {
	ID    string
	Cells []string
}

// NoteView is an editorial note: folded, with what it says in a line.
type NoteView struct {
	Label string
	Acts  []ActView
	Spans []Span
}

// ActView is an act a note names, and from when what it did is in force.
type ActView struct {
	Verb, Number, Date, Href string
	Since                    string   // where the day is known
	Until                    string   // where it is the day a wording stops applying
	Phrase                   string   // the order of entry into force as written, unless it is a day
	Lang                     law.Lang // of Phrase, where it may not be that of what stands around
	Computed                 string   // how Since was found, where it does not stand in the phrase
}

// Part is a heading of the law, or an article with all that stands in it, or
// lines that stand outside of any.
type Part struct {
	Kind    string // "chapter", "article", "loose"
	ID      string
	Heading heading
	Label   string
	Changed bool
	Spans   []Span
	Blocks  []Block
	Says    []ForceView
	Past    string // address of its history; "" where there is none
	Talk    []page.Link
}

// grand tells whether a provision is a heading above the articles.
func grand(k law.Kind) bool {
	switch k {
	case law.Section, law.Subsection, law.Chapter, law.Division, law.Annex:
		return true
	}
	return false
}

// view writes law text for readers of one interface language.
type view struct {
	*speaker
	source string // address of the page the text came from, for its links
	days   gazette
}

// parts lays a document out. touched marks articles that differ from the first
// edition.
func (v view) parts(t *text, touched map[*law.Provision]bool) []Part {
	var out []Part
	doubts := map[int]string{}
	for _, d := range t.doc.Doubts {
		doubts[d.From] = d.Reason
	}
	put := func(b Block) {
		if len(out) == 0 {
			out = append(out, Part{Kind: "loose"})
		}
		p := &out[len(out)-1]
		if n := len(p.Blocks); n > 0 && len(b.Rows) > 0 && len(p.Blocks[n-1].Rows) > 0 {
			p.Blocks[n-1].Rows = append(p.Blocks[n-1].Rows, b.Rows...)
			return
		}
		p.Blocks = append(p.Blocks, b)
	}
	notes := t.doc.Notes
	for i, p := range t.doc.Provisions {
		for len(notes) > 0 && notes[0].After <= i {
			put(Block{Note: v.note(notes[0])})
			notes = notes[1:]
		}
		switch {
		case grand(p.Kind):
			out = append(out, Part{Kind: "chapter", ID: string(p.Address), Heading: headingOf(p), Label: v.cite(p)})
		case p.Kind == law.Article:
			out = append(out, Part{Kind: "article", ID: string(p.Address), Heading: headingOf(p), Label: v.cite(p), Changed: touched[p]})
		default:
			if p.Article() == nil && len(out) > 0 && out[len(out)-1].Kind == "article" {
				out = append(out, Part{Kind: "loose"})
			}
			b := v.block(p)
			if p.Kind == law.Text {
				b.Doubt = doubts[p.From]
			}
			put(b)
		}
	}
	for _, n := range notes {
		put(Block{Note: v.note(n)})
	}
	return out
}

// block is one provision as a line.
func (v view) block(p *law.Provision) Block {
	number, text := cut(p)
	b := Block{ID: string(p.Address), Kind: p.Kind, Level: level(p), Number: number, Label: v.cite(p), Spans: v.linked(text, p.Links)}
	if p.Kind == law.Table {
		b.Rows = []Row{{string(p.Address), strings.Split(p.Text, " | ")}}
	}
	return b
}

// level is how far a provision is set in below its article.
func level(p *law.Provision) int {
	n := 0
	switch p.Kind {
	case law.Subparagraph:
		n = 1
		for q := p.Parent; q != nil; q = q.Parent {
			if q.Kind == law.Subparagraph {
				n = 2
			}
		}
	case law.Indent:
		n = 1
		if p.Parent != nil && p.Parent.Kind == law.Subparagraph {
			n = 2
		}
	case law.Part:
		if p.Parent != nil && p.Parent.Kind == law.Subparagraph {
			n = 1
		}
	}
	return n
}

// linked parts a text at the links its source has. Only http and https links
// that can be resolved stay links.
func (v view) linked(text string, links []law.Link) []Span {
	var out []Span
	for _, l := range links {
		i := strings.Index(text, l.Text)
		href := resolve(v.source, l.Href)
		if i < 0 || l.Text == "" || href == "" {
			continue
		}
		if i > 0 {
			out = append(out, Span{Text: text[:i]})
		}
		out = append(out, Span{Kind: "link", Text: l.Text, Href: href})
		text = text[i+len(l.Text):]
	}
	if text != "" {
		out = append(out, Span{Text: text})
	}
	return out
}

func resolve(source, href string) string {
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	if base, err := url.Parse(source); err == nil && source != "" {
		u = base.ResolveReference(u)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return ""
	}
	return u.String()
}

func (v view) note(n law.Note) *NoteView {
	label, _, _ := strings.Cut(n.Text, ".")
	if i := strings.Index(n.Text, "!"); i >= 0 && i < len(label) {
		label = n.Text[:i]
	}
	if len([]rune(label)) > 40 {
		label = v.loc.T("note")
	}
	out := &NoteView{Label: label, Spans: v.linked(n.Text, n.Links)}
	for _, a := range n.Acts {
		if a.Number != "" {
			out.Acts = append(out.Acts, v.act(a))
		}
	}
	return out
}

func (v view) act(a law.NoteAct) ActView {
	out := ActView{Verb: v.verb(a.Verb), Number: a.Number, Date: v.loc.Short(a.Date), Href: resolve(v.source, a.Href)}
	v.force(a, &out)
	return out
}

// verb says what an act did, in the passive neuter that fits any unit.
func (v view) verb(verb law.Verb) string {
	key, ok := map[law.Verb]string{
		law.Amended: "verb.amended", law.Reworded: "verb.reworded", law.Inserted: "verb.inserted",
		law.Deleted: "verb.deleted", law.Replaced: "verb.replaced", law.Suspended: "verb.suspended",
		law.LostForce: "verb.lost_force", law.EntersForce: "verb.enters_force",
		law.Temporary: "verb.temporary", law.Planned: "verb.planned",
	}[verb]
	if !ok {
		key = "verb.other"
	}
	return v.loc.T(key)
}
