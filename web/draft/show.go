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
	Cards        []Card
	Changes      []Change
	Hidden       int // changes beyond those shown
	Written      []drafting.ActLine
	Left         []Left
	References   []Reference
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
	Pick       string // name of the choice
	Candidates []page.Choice
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

// Reference is a unit that cites what changes.
type Reference struct{ At, Text, Word string }

// Pick is a choice that was made before.
type Pick struct {
	Name  string
	Value law.Address
}

// mostShown bounds the changes on the page; the files have them all.
const mostShown = 300

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
	for _, ref := range w.refs {
		o.References = append(o.References, Reference{cite(l, w.after, ref.At), ref.Text, fate(l, ref.What)})
	}
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
		var cites []string
		for _, t := range x.Targets {
			if c := t.In(l.Lang); c != "" {
				cites = append(cites, c)
			}
		}
		row.Cites = strings.Join(cites, "; ")
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
		}
		if len(x.Targets) == 1 {
			for _, a := range x.Candidates {
				card.Candidates = append(card.Candidates, page.Choice{Value: string(a), Text: cite(l, w.base, a)})
			}
		}
		o.Cards = append(o.Cards, card)
	}
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

func fate(l *i18n.Locale, f diffing.ReferenceFate) string {
	switch f {
	case diffing.TargetMoved:
		return l.T("draft.ref.moved")
	case diffing.TargetRenumbered:
		return l.T("draft.ref.renumbered")
	case diffing.TargetRemoved:
		return l.T("draft.ref.removed")
	case diffing.TargetChanged:
		return l.T("draft.ref.changed")
	}
	return l.T("draft.ref.missing")
}
