package read

import (
	"context"
	"net/http"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// EmbedPage is a card that stands in the pages of others: a change, a
// comparison, a wording or what became of a proposed change. It is a page of
// its own without the frame of the site; its links lead out of the card.
type EmbedPage struct {
	page.Layout
	Act     Phrase
	When    string // the dates of the texts
	Heading string
	Lang    law.Lang // of the texts
	Changes []EmbedChange
	Left    int    // changes that are not shown
	Href    string // of the page the card is of
}

// EmbedChange is a change on a card.
type EmbedChange struct {
	Cite  string // "" where it is the heading of the card
	Signs []Sign
	Lines [][]Span
	Cut   bool // words or lines were left out
}

const (
	// embedChanges stand on the card of a comparison, embedLines on that of a
	// change: what is longer is read on the site.
	embedChanges = 3
	embedLines   = 12
	// embedLetters is up to how long a line is shown with all its unchanged words.
	embedLetters = 900
)

// Embedded answers with a card.
func (rd *Reader) Embedded(card func(ctx context.Context, s *speaker, r *http.Request) (*EmbedPage, page.Cache, error)) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		s := rd.speaker(r)
		p, cache, err := card(r.Context(), s, r)
		if err != nil {
			return err
		}
		p.Act.Text, p.Href = page.Plain(p.Act.Text), p.Shared()
		p.Title = page.Plain(p.Title)
		return rd.pages.Render(w, r, http.StatusOK, cache, s.ui, "embed", p)
	}
}

// EmbedComparison is the card of a comparison or of one of its changes.
func (rd *Reader) EmbedComparison(ctx context.Context, s *speaker, r *http.Request) (*EmbedPage, page.Cache, error) {
	act, _, c, err := rd.compared(ctx, s, r.PathValue("act"), r.PathValue("pair"), r.PathValue("lang"))
	if err != nil {
		return nil, "", err
	}
	id := r.URL.Query().Get("change")
	one, err := c.named(id)
	if err != nil {
		return nil, "", err
	}
	a, b := c.from.head.EditionKey, c.to.head.EditionKey
	p := &EmbedPage{
		Layout: rd.layout(s, comparePath(a, b), c.from.head, c.to.head), Act: titled(act, a.Lang), Lang: a.Lang,
		When: s.loc.T("range", "from", s.brief(a), "to", s.brief(b)), Heading: s.loc.N("compare.count", c.real()),
	}
	if c.real() == 0 {
		p.Heading = s.loc.T("compare.none")
	}
	w := writer{view: view{speaker: s, source: b.String()}, c: c}
	for _, ch := range c.list {
		switch {
		case one != nil && ch != one, one == nil && ch.technical:
			continue
		case len(p.Changes) == embedChanges:
			p.Left++
			continue
		}
		p.Changes = append(p.Changes, w.embedded(ch, one != nil))
	}
	if one != nil {
		p.Change, p.Heading = id, capital(w.citeChange(one))
	}
	p.Title = p.Act.Text + ": " + p.Heading
	return p, page.Kept, nil
}

// embedded is a change as a card shows it: alone with its words, among others
// with the first line.
func (w writer) embedded(ch *change, alone bool) EmbedChange {
	e := EmbedChange{Signs: w.signs(ch)}
	lines := embedLines
	if !alone {
		e.Cite, lines = capital(w.citeChange(ch)), 1
	}
	for i, p := range ch.pairs {
		switch {
		case i > 0 && tombstone(p, ch.pairs[0].From): // says no more than the sign
		case i >= lines:
			e.Cut = true
		default:
			e.add(spans(p, both), alone)
		}
	}
	return e
}

// add puts a line on a card; a long one, and one among others, keeps only the
// words around its marks.
func (e *EmbedChange) add(line []Span, whole bool) {
	n := 0
	for i := range line {
		line[i].Text = page.Plain(line[i].Text)
		n += utf8.RuneCountInString(line[i].Text)
	}
	if !whole || n > embedLetters {
		line = excerpt(line)
	}
	e.Lines = append(e.Lines, line)
}

// EmbedHistory is the card of the last wording of a provision.
func (rd *Reader) EmbedHistory(ctx context.Context, s *speaker, r *http.Request) (*EmbedPage, page.Cache, error) {
	x, err := rd.told(ctx, s, r.PathValue("act"), r.PathValue("address"), r.PathValue("lang"), r.URL.Query().Get("edition"), 1)
	if err != nil {
		return nil, "", err
	}
	w := x.wordings[0]
	p := &EmbedPage{
		Layout: rd.layout(s, x.path(), w.head), Act: titled(x.act, x.key.Lang), Lang: x.key.Lang,
		When: w.period, Heading: capital(x.cite),
	}
	if x.version != "" {
		p.Query = "edition=" + x.version
	}
	e := EmbedChange{Cut: len(w.lines) > embedLines}
	for _, line := range w.lines[:min(len(w.lines), embedLines)] {
		e.add(line, true)
	}
	p.Changes = []EmbedChange{e}
	p.Title = p.Act.Text + ": " + p.Heading
	return p, page.Fresh, nil
}

// EmbedOutcome is the card of what became of a proposal, or of one of its changes.
func (rd *Reader) EmbedOutcome(ctx context.Context, s *speaker, r *http.Request) (*EmbedPage, page.Cache, error) {
	act, _, x, o, err := rd.became(ctx, s, r.PathValue("act"), r.PathValue("texts"), r.PathValue("lang"))
	if err != nil {
		return nil, "", err
	}
	id := r.URL.Query().Get("change")
	one, err := o.named(id)
	if err != nil {
		return nil, "", err
	}
	p := &EmbedPage{
		Layout: rd.layout(s, x.path(), o.heads()...), Act: titled(act, x.base.Lang), Lang: x.base.Lang,
		When: capital(s.edition(x.proposed)), Heading: capital(s.verdict(x, o)),
	}
	for i := range o.result.Items {
		it := &o.result.Items[i]
		switch {
		case one >= 0 && i != one:
			continue
		case len(p.Changes) == embedChanges:
			p.Left++
			continue
		}
		e := EmbedChange{Cite: capital(s.cite(it.Provision)), Signs: []Sign{{Text: s.status(it.Status)}}}
		e.add(askedSpans(it, survives(it)), one >= 0)
		p.Changes = append(p.Changes, e)
	}
	if one >= 0 {
		it := &o.result.Items[one]
		p.Change, p.Heading, p.Changes[0].Cite = id, capital(s.cite(it.Provision)), ""
	}
	p.Title = p.Act.Text + ": " + p.Heading
	return p, page.Kept, nil
}
