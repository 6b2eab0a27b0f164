package read

import (
	"math"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/diffing/redline"
	"github.com/tuzetu/tuzetu/law"
)

// OutcomeItem is one proposed change with what became of it.
type OutcomeItem struct {
	N          int
	ID         string
	Cite       string
	Title      Phrase // of the article
	Signs      []Sign // what was proposed
	Status     string
	StatusText string
	Doubt      string // why it is unclear
	Columns    []Column
	Bar        []Segment // of the words that survived; nil while pending
	Survived   string
	Elsewhere  *Place // where it was enacted when not in its own place
	Basis      []ActView
}

// Column is one of the texts at the place of a change.
type Column struct {
	Label, Name string
	Href        string
	Lang        law.Lang
	Lines       [][]Span
	None        string // why there is no text
}

// itemID is stable while the texts are.
func itemID(it *diffing.OutcomeItem) string {
	return entryID(&change{pairs: []diffing.Pair{*it.Proposed}})
}

func (v outcomeView) item(i int) OutcomeItem {
	it := &v.o.result.Items[i]
	out := OutcomeItem{
		N: i + 1, ID: itemID(it), Cite: capital(v.cite(it.Provision)), Status: string(it.Told()), StatusText: v.status(it.Told()),
		Signs: v.signs(&change{pairs: []diffing.Pair{*it.Proposed}, technical: it.Proposed.Technical && !it.Proposed.Moved}),
	}
	if it.Doubt != "" {
		out.Doubt = capital(redline.Doubt(it.Doubt, v.ui))
	}
	if a := it.Provision.Article(); a != nil && a != it.Provision {
		out.Title = Phrase{headingOf(a).Title, v.x.base.Lang}
	}
	kept := survives(it)
	out.Columns = append(out.Columns,
		v.column("outcome.base", v.o.base, it.Proposed.From, nil, v.loc.T("outcome.no_base")),
		v.column("outcome.proposed", v.o.proposed, it.Proposed.To, askedSpans(it, kept), ""))
	if v.x.pending() {
		return out
	}
	if it.MovedTo != "" {
		out.Elsewhere = v.place(v.o.enacted, it.MovedTo)
	}
	var side *diffing.Side
	var enacted []Span
	none := v.loc.T("outcome.no_enacted")
	if it.Enacted != nil {
		side, enacted = it.Enacted.To, enactedSpans(it, kept)
		if side != nil {
			if ch := v.basis[side.Provisions[0].Address]; ch != nil && it.Enacted.Changed() {
				out.Basis = v.writer.basis(ch)
			}
		}
	}
	out.Columns = append(out.Columns, v.column("outcome.enacted", v.o.enacted, side, enacted, none))
	out.Bar, out.Survived = survivalBar(it.Survived), v.loc.T("outcome.survived", "share", v.loc.Percent(math.Round(100*it.Survived)/100))
	return out
}

// column is one text; spans nil shows the text of the side as it is.
func (v outcomeView) column(key string, t *text, side *diffing.Side, marks []Span, none string) Column {
	c := Column{Label: v.loc.T(key), Name: v.loc.Short(t.head.Date), Lang: t.head.Lang}
	if len(marks) > 0 {
		c.Lines = [][]Span{marks}
	}
	if side != nil {
		c.Href = v.in(at(editionPath(t.head.EditionKey), side.Provisions[0].Address))
		if marks == nil {
			c.Lines = [][]Span{{{Text: side.Text}}}
		}
	}
	if len(c.Lines) == 0 {
		c.None = none
	}
	return c
}

func survivalBar(share float64) []Segment {
	kept := math.Round(10*barWidth*share) / 10
	var out []Segment
	if kept > 0 {
		out = append(out, Segment{"k", 0, kept})
	}
	if kept < barWidth {
		out = append(out, Segment{"l", kept, barWidth - kept})
	}
	return out
}

// unaskedChanges are the changes from base to enacted that nobody proposed. A
// change of which a part was proposed is cut down to the rest.
func (v outcomeView) unaskedChanges() []*change {
	key := func(p *diffing.Pair) [2]law.Address {
		var k [2]law.Address
		if f := first(p.From); f != nil {
			k[0] = f.Address
		}
		if t := first(p.To); t != nil {
			k[1] = t.Address
		}
		return k
	}
	left := map[[2]law.Address]bool{}
	for _, p := range v.o.result.Unasked {
		left[key(p)] = true
	}
	var out []*change
	for _, ch := range v.c.list {
		rest := &change{technical: ch.technical}
		for i := range ch.pairs {
			if left[key(&ch.pairs[i])] {
				rest.pairs = append(rest.pairs, ch.pairs[i])
			}
		}
		// what the official text puts in the place of a unit whose exclusion was
		// proposed says no more than that
		if n := len(rest.pairs); n > 1 || n == 1 && !tombstone(rest.pairs[0], ch.pairs[0].From) {
			out = append(out, rest)
		}
	}
	return out
}

func (v outcomeView) unasked() []*Entry {
	var out []*Entry
	for _, ch := range v.unaskedChanges() {
		e := v.entry(ch)
		e.ID = v.here(entryID(ch))
		if whole := v.basis[oneOf(ch.pairs[0]).Address]; whole != nil {
			e.ID = v.here(entryID(whole))
		}
		for i := range e.Lines {
			e.Lines[i].Spans = excerpt(e.Lines[i].Spans)
		}
		out = append(out, e)
	}
	return out
}
