package read

import (
	"context"
	"fmt"
	"sync"
	"unicode/utf8"
	"unique"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

const (
	// A built document of the mass-media law (0.3 MB of text) holds about 1 MB,
	// one of a code (1.5 MB of text) about 5 MB; a comparison as much again for
	// its word diffs. These limits keep some fifty laws or a dozen codes. Few
	// proposals are read at a time; what became of one holds three comparisons.
	textsLimit       = 64 << 20
	comparisonsLimit = 64 << 20
	outcomesLimit    = 32 << 20
	// Two hundred editions of a code hold some 30 MB, of the mass-media law five;
	// the standing of a code on a day holds 2 MB.
	chroniclesLimit = 192 << 20
	standingsLimit  = 32 << 20
	calendarsLimit  = 8 << 20
	// provisionWeight is a law.Provision with its pointers, roughly.
	provisionWeight = 300
)

// texts builds documents and compares them, and keeps what it made: an edition
// never changes, so neither does anything made of it.
type texts struct {
	store    Store
	docs     *cache[law.EditionKey, *text]
	diffs    *cache[[2]law.EditionKey, *comparison]
	outcomes *cache[trio, *outcome]
	// by the editions followed; standings also by the day
	chronicles *cache[string, *chronicle]
	standings  *cache[string, *standing]
	calendars  *cache[string, *calendar]
}

// text is an edition as a tree.
type text struct {
	head   law.EditionHead
	doc    *law.Document
	places map[law.Address]*law.Provision
	size   int
	// shared holds on to the lines, so that an edition of the same act finds them
	shared []unique.Handle[string]
}

// trio names a base text, a proposal and what was enacted, the zero key while
// nothing was.
type trio struct{ base, proposed, enacted law.EditionKey }

func (x trio) pending() bool { return x.enacted == law.EditionKey{} }

// outcome is what became of a proposal.
type outcome struct {
	base, proposed *text
	enacted        *text // nil while pending
	result         *diffing.OutcomeResult
}

// comparison is two texts of an act in one language and what differs.
type comparison struct {
	from, to *text
	result   *diffing.Result
	changes
	// Both are made when they are first asked for, as only the page of a
	// comparison needs them.
	references func() []diffing.Reference
	provenance func() diffing.Provenance
}

func newTexts(s Store, workers int) *texts {
	return &texts{
		store: s,
		docs:  newCache[law.EditionKey](textsLimit, workers, func(t *text) int { return t.size }),
		diffs: newCache[[2]law.EditionKey](comparisonsLimit, workers, func(c *comparison) int { return c.from.size + c.to.size }),
		outcomes: newCache[trio](outcomesLimit, workers, func(o *outcome) int {
			return 3 * (o.base.size + o.proposed.size)
		}),
		chronicles: newCache[string](chroniclesLimit, workers, func(c *chronicle) int { return c.size }),
		standings:  newCache[string](standingsLimit, workers, (*standing).weight),
		calendars:  newCache[string](calendarsLimit, workers, (*calendar).weight),
	}
}

// text returns the tree of an edition; law.ErrNotFound if there is none.
func (t *texts) text(ctx context.Context, key law.EditionKey) (*text, error) {
	return t.docs.get(ctx, key, func(ctx context.Context) (*text, error) {
		e, err := t.store.EditionText(ctx, key)
		if err != nil {
			return nil, fmt.Errorf("edition %s: %w", key, err)
		}
		// Equal lines of several editions are held once, and none of them holds on
		// to the whole text it was cut from: a chronicle keeps a few of each.
		shared := make([]unique.Handle[string], len(e.Lines))
		for i, l := range e.Lines {
			shared[i] = unique.Make(l.Text)
			e.Lines[i].Text = shared[i].Value()
		}
		doc := law.Build(e.Lang, e.Title, e.Lines)
		x := &text{head: e.EditionHead, doc: doc, places: make(map[law.Address]*law.Provision, len(doc.Provisions)), shared: shared}
		for _, p := range doc.Provisions {
			x.places[p.Address] = p
			x.size += len(p.Text) + provisionWeight
		}
		for _, n := range doc.Notes {
			x.size += len(n.Text) + provisionWeight
		}
		return x, nil
	})
}

// compare returns what differs between two editions.
func (t *texts) compare(ctx context.Context, a, b law.EditionKey) (*comparison, error) {
	from, err := t.text(ctx, a)
	if err != nil {
		return nil, err
	}
	to, err := t.text(ctx, b)
	if err != nil {
		return nil, err
	}
	return t.diffs.get(ctx, [2]law.EditionKey{a, b}, func(context.Context) (*comparison, error) {
		r := diffing.Compare(from.doc, to.doc)
		return &comparison{
			from: from, to: to, result: r, changes: group(r),
			references: sync.OnceValue(r.References), provenance: sync.OnceValue(r.Provenance),
		}, nil
	})
}

// outcome returns what became of a proposal.
func (t *texts) outcome(ctx context.Context, x trio) (*outcome, error) {
	o := &outcome{}
	var err error
	if o.base, err = t.text(ctx, x.base); err != nil {
		return nil, err
	}
	if o.proposed, err = t.text(ctx, x.proposed); err != nil {
		return nil, err
	}
	var enacted *law.Document
	if !x.pending() {
		if o.enacted, err = t.text(ctx, x.enacted); err != nil {
			return nil, err
		}
		enacted = o.enacted.doc
	}
	return t.outcomes.get(ctx, x, func(context.Context) (*outcome, error) {
		o.result = diffing.Outcome(o.base.doc, o.proposed.doc, enacted)
		return o, nil
	})
}

// length is the number of characters of p and all it holds.
func length(p *law.Provision) int {
	n := utf8.RuneCountInString(p.Text)
	for _, c := range p.Children {
		n += length(c)
	}
	return n
}
