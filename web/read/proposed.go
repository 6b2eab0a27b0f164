package read

import (
	"context"
	"net/url"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Proposed lists the pages, without their interface language, of the proposals
// that a proposed text was published for.
type Proposed func(ctx context.Context, key law.EditionKey) ([]string, error)

// Lead makes pages of proposed texts lead to those of their proposals. It is to be
// called before the first request.
func (rd *Reader) Lead(p Proposed) { rd.proposed = p }

// drafting leads from a text to where amendments to it are written, and from a
// proposed one to what it is proposed by.
func (rd *Reader) drafting(ctx context.Context, s *speaker, key law.EditionKey) (links []page.Link, err error) {
	switch {
	case key.Status == law.Enacted && key.Lang != law.EN:
		links = append(links, page.Link{Href: s.in("/draft?" + url.Values{"edition": {key.String()}}.Encode()), Text: s.loc.T("draft.title")})
	case key.Status == law.Proposed && rd.proposed != nil:
		paths, err := rd.proposed(ctx, key)
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			links = append(links, page.Link{Href: s.in(path), Text: s.loc.T("prop.of_text")})
		}
	}
	return links, nil
}
