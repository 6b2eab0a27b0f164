package read

import (
	"context"
	"slices"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
)

// Revised is the news that a source changed a text under the same date.
type Revised struct {
	Act     Phrase
	ActHref string
	Noticed law.Date
	Edition string
	From    Place // the text before
	To      Place // the text now
	Count   int   // places that changed
	Href    string
}

const (
	// newsHome and newsAct are how many of these the front page and an act's page
	// show, the newest first.
	newsHome = 3
	newsAct  = 10
)

// revised lists the revisions of an act's editions, newest first, at most n.
func (rd *Reader) revised(ctx context.Context, s *speaker, act law.Act, all editions, lang law.Lang, n int) ([]Revised, error) {
	list := all.in(lang).enacted().filter(func(h law.EditionHead) bool { return h.Revision > 0 })
	slices.SortStableFunc(list, func(a, b law.EditionHead) int { return b.FetchedAt.Compare(a.FetchedAt) })
	var out []Revised
	for _, h := range list[:min(n, len(list))] {
		old, ok := all.before(h.EditionKey)
		if !ok || old.Date != h.Date {
			continue
		}
		c, err := rd.texts.compare(ctx, old.EditionKey, h.EditionKey)
		if err != nil {
			return nil, err
		}
		count := 0
		for _, ch := range c.list {
			count += len(ch.pairs)
		}
		out = append(out, Revised{
			Act: titled(act, s.ui), ActHref: s.in(actPath(act.ID)), Noticed: i18n.Day(h.FetchedAt),
			Edition: s.edition(law.EditionKey{Act: h.Act, Status: h.Status, Date: h.Date, Lang: h.Lang}),
			From:    Place{s.in(editionPath(old.EditionKey)), s.variant(old.Revision)},
			To:      Place{s.in(editionPath(h.EditionKey)), s.variant(h.Revision)},
			Count:   count, Href: s.in(comparePath(old.EditionKey, h.EditionKey)),
		})
	}
	return out, nil
}

// variant names a text among those of one date.
func (s *speaker) variant(revision int) string {
	if revision == 0 {
		return s.loc.T("news.first")
	}
	return s.loc.T("edition.revision", "n", revision)
}
