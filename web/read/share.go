package read

import (
	"context"
	"fmt"
	"html"
	"slices"
	"strconv"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// compared is the comparison «A...B» of an act in a language.
func (rd *Reader) compared(ctx context.Context, s *speaker, name, pair, lang string) (act law.Act, all editions, c *comparison, err error) {
	if act, all, err = rd.act(ctx, s, name); err != nil {
		return act, all, nil, err
	}
	a, b, err := rd.pair(s, act, all, pair, lang)
	if err != nil {
		return act, all, nil, err
	}
	c, err = rd.texts.compare(ctx, a, b)
	return act, all, c, err
}

// named is the change with an id, nil for "".
func (c *comparison) named(id string) (*change, error) {
	for _, ch := range c.list {
		if entryID(ch) == id {
			return ch, nil
		}
	}
	if id != "" {
		return nil, fmt.Errorf("change %q: %w", id, law.ErrNotFound)
	}
	return nil, nil
}

// named is the place of the proposed change with an id, -1 for "".
func (o *outcome) named(id string) (int, error) {
	i := slices.IndexFunc(o.result.Items, func(it diffing.OutcomeItem) bool { return itemID(&it) == id })
	if id != "" && i < 0 {
		return i, fmt.Errorf("proposed change %q: %w", id, law.ErrNotFound)
	}
	return i, nil
}

// heads are the texts of an outcome, in order.
func (o *outcome) heads() []law.EditionHead {
	out := []law.EditionHead{o.base.head, o.proposed.head}
	if o.enacted != nil {
		out = append(out, o.enacted.head)
	}
	return out
}

// sources are the official pages that texts came from.
func (s *speaker) sources(heads ...law.EditionHead) []page.Link {
	var out []page.Link
	for _, h := range heads {
		l := page.Link{Href: resolve("", h.SourceURL), Text: s.edition(h.EditionKey)}
		if l.Href != "" && !slices.ContainsFunc(out, func(x page.Link) bool { return x.Href == l.Href }) {
			out = append(out, l)
		}
	}
	return out
}

// shareComparison fills what others need of a comparison; id names a change, ""
// none.
func (s *speaker) shareComparison(l *page.Layout, c *comparison, id string) {
	if ch, err := c.named(id); err == nil && ch != nil {
		l.Change, l.Description = id, capital(s.cite(oneOf(ch.pairs[0])))
	}
	var choices []page.Choice
	for _, ch := range c.list {
		if !ch.technical {
			x := entryID(ch)
			choices = append(choices, page.Choice{Value: x, Text: s.cite(oneOf(ch.pairs[0])), Current: x == l.Change})
		}
	}
	l.Data = s.comparisonData(l, c)
	s.share(l, c.from.head.Act, choices)
}

// shareOutcome is shareComparison for what became of a proposal.
func (s *speaker) shareOutcome(l *page.Layout, o *outcome, id string) {
	if i, err := o.named(id); err == nil && i >= 0 {
		it := &o.result.Items[i]
		l.Change, l.Description = id, capital(s.cite(it.Provision))+": "+s.status(it.Status)
	}
	var choices []page.Choice
	for i := range o.result.Items {
		it := &o.result.Items[i]
		x := itemID(it)
		choices = append(choices, page.Choice{Value: x, Text: s.cite(it.Provision), Current: x == l.Change})
	}
	l.Data = s.textData(l, o.proposed.head)
	s.share(l, o.base.head.Act, choices)
}

// shareHistory fills what others need of the history of a unit, whose address
// belongs to an edition.
func (s *speaker) shareHistory(l *page.Layout, edition law.EditionHead) {
	l.Data = s.provisionData(l, edition)
	s.share(l, edition.Act, nil)
	l.Feed = l.Path
}

// share fills in what every page has that can be put into another one.
func (s *speaker) share(l *page.Layout, act law.ActID, choices []page.Choice) {
	l.Card, l.Feed = true, actPath(act)
	l.Share = &page.Share{
		Href: l.Shared(), Picture: l.PicturePath(), Changes: choices,
		Code: frameCode(l.Origin+l.CardPath(), page.Plain(l.Title), cardWidth, cardHeight),
	}
}

// Size of a card where nobody asks for another, in CSS pixels: a column of a
// newspaper's page, and a change of some eighty words.
const (
	cardWidth  = 640
	cardHeight = 420
	leastCard  = 240 // a card is not made narrower or lower
)

// frameCode is the HTML that puts a card into a page.
func frameCode(src, title string, width, height int) string {
	return `<iframe src="` + html.EscapeString(src) + `" title="` + html.EscapeString(title) + `" width="` + strconv.Itoa(width) +
		`" height="` + strconv.Itoa(height) + `" loading="lazy" frameborder="0" style="border:0;max-width:100%"></iframe>`
}
