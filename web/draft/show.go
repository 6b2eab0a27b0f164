package draft

import (
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// Page is the form and, once it was sent, what came of it.
type Page struct {
	page.Layout
	loc       *i18n.Locale
	Edition   page.Field
	Text      string
	Published string
	Act       bool
	Fault     string // what is wrong with the form
	Done      *Outcome
}

// Outcome is what came of a form.
type Outcome struct {
	Lang         law.Lang // of the texts
	Instructions []Row
	Applied      int
	Force        string // where it is the same for all, and then of no row
	Cards        []Card
	Changes      []Change
	Hidden       int // changes beyond those shown
	Written      []drafting.ActLine
	Left         []Left
	References   References
	Picks        []Pick
}

// Row is an instruction and what became of it.
type Row struct {
	N      int
	Text   string
	Cites  string
	Status string
	Force  string
	Told   []string // what was done beside its words
	Good   bool
}

// Card is an instruction that was not applied: to be corrected, decided or left
// out.
type Card struct {
	ID         string // of its fields: the lines it stands on
	N          int
	Line       int
	Status     string
	Why        string
	Text       string
	Now        []Place
	Pick       string // name of the choice
	Candidates []page.Choice
}

// Place is what stands where an instruction leads.
type Place struct {
	Cite, Href string
	Lines      []string
	More       bool // there are further lines
}

// Change is a provision that differs.
type Change struct {
	Cite  string
	Kind  string
	Word  string
	Spans []read.Span
}

// Left is a difference that no act orders.
type Left struct{ Cite, Text, Why string }

// References are the units that cite what changes.
type References struct {
	Count   int
	Citing  []Citing
	Looked  int      // stored acts that were looked through
	Unread  []string // texts that could not be read
	NoBasis int      // by-laws that rest on what changes
}

// Citing is an act with the units of it that cite what changes; the act itself
// has no name.
type Citing struct {
	Name string
	Lang law.Lang // of the citations
	Kind string
	List []Reference
}

// Reference is a unit that cites what changes.
type Reference struct {
	At, Href         string
	Text, What, Word string
	Doubt            string
	Basis            string // what to look at where a by-law rests on what changes
}

// Pick is a choice that was made before.
type Pick struct {
	Name  string
	Value law.Address
}

// mostShown bounds the changes on the page; the files have them all.
const mostShown = 300

// mostLines bounds what a card shows of a place.
const mostLines = 6

func (d *Drafter) show(p *Page, q request, w *done) {
	l := p.loc
	o := &Outcome{Lang: w.base.Lang}
	p.Done, p.Text = o, q.text
	if w.result != nil {
		o.instructions(p, w, strings.Split(q.text, "\n"))
	}
	for s, a := range q.picks {
		o.Picks = append(o.Picks, Pick{"pick-" + s, a})
	}
	for i := range w.changes.Pairs {
		if x := &w.changes.Pairs[i]; !x.Note && x.Changed() {
			if len(o.Changes) == mostShown {
				o.Hidden++
				continue
			}
			o.Changes = append(o.Changes, change(l, x))
		}
	}
	if a := w.written; a != nil {
		if w.result == nil {
			o.Written = a.Lines
		}
		for _, u := range a.Unexpressed {
			doc := w.base
			if u.New {
				doc = w.after
			}
			o.Left = append(o.Left, Left{cite(l, doc, u.Address), u.Text, u.Reason.In(l.Lang)})
		}
	}
	o.References = references(l, w)
}

// cite is the citation of an address in the language of the interface.
func cite(l *i18n.Locale, doc *law.Document, a law.Address) string {
	if p := doc.Find(a); p != nil {
		return p.Cite().In(l.Lang)
	}
	return string(a)
}

func (o *Outcome) instructions(p *Page, w *done, lines []string) {
	l := p.loc
	for i := range w.result.Outcomes {
		x := &w.result.Outcomes[i]
		row := Row{N: x.N, Text: x.Text, Status: status(l, x.Status), Good: x.Status == drafting.Applied}
		row.Cites = cites(l, x.Targets)
		row.Force = x.InForce.Phrase
		if x.Day != "" {
			row.Force = l.Date(x.Day)
		}
		for _, n := range x.Told() {
			row.Told = append(row.Told, n.In(l.Lang))
		}
		o.Instructions = append(o.Instructions, row)
		if row.Good {
			o.Applied++
			continue
		}
		card := Card{
			ID: number(x.From) + "-" + number(x.To), N: x.N, Line: x.From, Status: row.Status, Why: x.Reason.In(l.Lang),
			Text: strings.Join(lines[max(x.From-1, 0):min(x.To, len(lines))], "\n"), Pick: "pick-" + sign(x.Text),
			Now: places(l, w, x.Targets),
		}
		if len(x.Targets) == 1 {
			for _, a := range x.Candidates {
				card.Candidates = append(card.Candidates, page.Choice{Value: string(a), Text: cite(l, w.base, a)})
			}
		}
		o.Cards = append(o.Cards, card)
	}
	o.Force = o.Instructions[0].Force
	for _, row := range o.Instructions {
		if row.Force != o.Force {
			o.Force = ""
			return
		}
	}
	for i := range o.Instructions {
		o.Instructions[i].Force = ""
	}
}

// cites are the citations of what an instruction changes.
func cites(l *i18n.Locale, targets []drafting.Target) string {
	var out []string
	for _, t := range targets {
		if c := t.In(l.Lang); c != "" {
			out = append(out, c)
		}
	}
	return strings.Join(out, "; ")
}

// places are the units, or the nearest larger ones, that targets lead to. A
// target that leads to several is left to the choice of candidates.
func places(l *i18n.Locale, w *done, targets []drafting.Target) []Place {
	var found []Place
	shown := map[law.Address]bool{}
	for _, t := range targets {
		for c := t.Citation; len(c) > 0; c = c[:len(c)-1] {
			at := w.base.Resolve(c, nil)
			if len(at) == 0 {
				continue
			}
			if len(at) == 1 && !shown[at[0].Address] {
				shown[at[0].Address] = true
				found = append(found, place(l, w, at[0]))
			}
			break
		}
	}
	return found
}

func place(l *i18n.Locale, w *done, at *law.Provision) Place {
	p := Place{Cite: at.Cite().In(l.Lang), Href: "/" + string(l.Lang) + read.PlacePath(w.key, at.Address)}
	for _, x := range w.base.Subtree(at) {
		if len(p.Lines) == mostLines {
			p.More = true
			break
		}
		p.Lines = append(p.Lines, x.Text)
	}
	return p
}

// change is a pair as the page draws it.
func change(l *i18n.Locale, x *diffing.Pair) Change {
	side := x.To
	if side == nil {
		side = x.From
	}
	c := Change{Cite: side.Provisions[0].Cite().In(l.Lang), Kind: string(x.Kind)}
	switch {
	case x.Moved:
		c.Kind, c.Word = "moved", l.T("kind.moved")
	case x.Kind == diffing.Inserted:
		c.Word = l.T("kind.inserted")
	case x.Kind == diffing.Deleted:
		c.Word = l.T("kind.deleted")
	default:
		c.Kind, c.Word = "edited", l.T("kind.edited")
	}
	for _, op := range x.Ops {
		kind := map[diffing.OpKind]string{diffing.Insert: "ins", diffing.Delete: "del"}[op.Kind]
		c.Spans = append(c.Spans, read.Span{Kind: kind, Text: op.Text})
	}
	return c
}

func status(l *i18n.Locale, s drafting.Status) string {
	switch s {
	case drafting.Applied:
		return l.T("draft.status.applied")
	case drafting.Ambiguous:
		return l.T("draft.status.ambiguous")
	case drafting.NotFound:
		return l.T("draft.status.not_found")
	}
	return l.T("draft.status.unparsed")
}
