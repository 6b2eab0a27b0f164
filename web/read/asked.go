package read

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Asked is the redline of what is asked for, to be shown on a page of another
// group by the template "entry".
type Asked struct {
	Act     Phrase
	Lang    law.Lang // of the texts
	Entries []*Entry
	Left    int    // changes after those that are shown
	Href    string // of the whole comparison
	Sample  bool   // the law is made up
}

// askedEntries stand on the page of a campaign; the rest is one link away.
const askedEntries = 3

// Proposed is the redline of a whole proposal with the comparison it was made of:
// as many changes as are asked for, after the first ones that are passed over.
func (rd *Reader) Proposed(r *http.Request, base, proposed law.EditionKey, over, most int) (*Asked, *diffing.Result, error) {
	return rd.redlined(r, base, proposed, over, most)
}

// Asked compares two texts that are named as EditionKey.String writes them, in
// the language of the interface where both are there in it.
func (rd *Reader) Asked(r *http.Request, base, proposed string) (*Asked, error) {
	a, err := law.ParseEditionKey(base)
	if err != nil {
		return nil, err
	}
	b, err := law.ParseEditionKey(proposed)
	if err != nil {
		return nil, err
	}
	out, _, err := rd.redlined(r, a, b, 0, askedEntries)
	return out, err
}

func (rd *Reader) redlined(r *http.Request, a, b law.EditionKey, over, most int) (*Asked, *diffing.Result, error) {
	s, ctx := rd.speaker(r), r.Context()
	act, err := rd.store.Act(ctx, a.Act)
	if err != nil {
		return nil, nil, fmt.Errorf("act %s: %w", a.Act, err)
	}
	c, err := rd.comparedIn(ctx, s.ui, a, b)
	if err != nil {
		return nil, nil, err
	}
	a, b = c.from.head.EditionKey, c.to.head.EditionKey
	w := writer{view: view{speaker: s, source: c.to.head.SourceURL}, c: c, path: comparePath(a, b)}
	out := &Asked{Act: titled(act, a.Lang), Lang: a.Lang, Href: s.in(comparePath(a, b)), Sample: act.Sample}
	for _, ch := range c.list {
		switch {
		case ch.technical:
		case over > 0:
			over--
		case len(out.Entries) == most:
			out.Left++
		default:
			e := w.entry(ch)
			e.Past, e.Quote, e.Talk = "", "", nil // the page is about the future, and not the comparison's
			out.Entries = append(out.Entries, e)
		}
	}
	return out, c.result, nil
}

// comparedIn compares two texts in a language, else in that they are named in.
func (rd *Reader) comparedIn(ctx context.Context, want law.Lang, a, b law.EditionKey) (*comparison, error) {
	x, y := a, b
	x.Lang, y.Lang = want, want
	c, err := rd.texts.compare(ctx, x, y)
	if errors.Is(err, law.ErrNotFound) {
		return rd.texts.compare(ctx, a, b)
	}
	return c, err
}
