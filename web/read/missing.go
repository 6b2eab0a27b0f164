package read

import (
	"context"
	"errors"
	"fmt"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// nearby is how many editions are offered in place of one that is not there.
const nearby = 4

// noAct helps a reader who asked for an act that is not followed: it lists the
// ones that are. Any other error passes through.
func (rd *Reader) noAct(ctx context.Context, s *speaker, err error) error {
	if !errors.Is(err, law.ErrNotFound) {
		return err
	}
	acts, _, lerr := rd.followed(ctx)
	if lerr != nil {
		return errors.Join(err, lerr)
	}
	h := &page.Help{Err: err, Say: s.loc.T("missing.act"), Label: s.loc.T("missing.acts_there")}
	for _, a := range acts {
		t := titled(a, s.ui)
		h.Links = append(h.Links, page.Link{Href: s.in(actPath(a.ID)), Text: t.Text, Lang: t.Lang})
	}
	return h
}

// noDate helps with a date that no calendar has, or that is no date at all.
func (rd *Reader) noDate(s *speaker, a law.Act, all editions, what string, err error) error {
	return &page.Help{
		Err:   fmt.Errorf("%w: %q: %w", page.ErrBadDate, what, err),
		Say:   s.loc.T("missing.day", "day", what),
		Label: s.loc.T("missing.editions_there"),
		Links: s.editionLinks(all.in(all.language(s.ui)).official()),
	}
}

// noEdition helps with an edition there is none of: it says whether the text
// exists in another language, and offers the nearest.
func (rd *Reader) noEdition(s *speaker, all editions, want law.EditionKey) error {
	h := &page.Help{Err: fmt.Errorf("edition %s: %w", want, law.ErrNotFound)}
	if others := all.filter(func(x law.EditionHead) bool {
		k := x.EditionKey
		k.Lang = want.Lang
		return k == want
	}); len(others) > 0 {
		h.Say = s.loc.T("missing.language", "date", s.loc.Date(want.Date), "dateof", s.loc.DateOf(want.Date), "language", s.language(want.Lang))
		h.Label = s.loc.T("missing.languages_there")
		h.Links = s.editionLinks(others)
		return h
	}
	if want.Date == "" { // any would do
		h.Say, h.Label, h.Links = s.loc.T("card.empty"), s.loc.T("missing.editions_there"), s.editionLinks(all)
		return h
	}
	h.Say = s.loc.T("missing.edition", "date", s.loc.Date(want.Date), "dateof", s.loc.DateOf(want.Date))
	h.Label = s.loc.T("missing.nearest")
	lang := want.Lang
	if len(all.in(lang)) == 0 {
		lang = all.language(s.ui)
	}
	h.Links = s.editionLinks(all.in(lang).near(want.Date, nearby))
	return h
}

// editionLinks lists editions, newest first.
func (s *speaker) editionLinks(list editions) []page.Link {
	var out []page.Link
	for i := len(list) - 1; i >= 0; i-- {
		h := list[i]
		out = append(out, page.Link{Href: s.in(editionPath(h.EditionKey)), Text: s.edition(h.EditionKey) + " · " + s.language(h.Lang)})
	}
	return out
}
