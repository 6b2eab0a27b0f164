package read

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

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
	lang := all.language(s.ui)
	h := &page.Help{
		Err:   fmt.Errorf("%w: %q: %w", page.ErrBadDate, what, err),
		Say:   s.loc.T("missing.day", "day", what),
		Label: s.loc.T("missing.instead"),
	}
	day := meant(what)
	if day == "" {
		day = rd.today()
	}
	near := all.in(lang).official().near(day, nearby)
	if !slices.ContainsFunc(near, func(h law.EditionHead) bool { return h.Date == day }) {
		h.Links = s.dayLinks(a, all, day, lang)
	}
	h.Links = append(h.Links, s.editionLinks(near)...)
	return h
}

// noText helps with a day that is older than every text.
func (rd *Reader) noText(s *speaker, a law.Act, all editions, want law.EditionKey) error {
	h := &page.Help{
		Err:   fmt.Errorf("%s: %w: %w", want, law.ErrNotFound, errNoText),
		Label: s.loc.T("missing.instead"),
	}
	first := all.in(want.Lang).official()[0]
	day, dayOf := s.loc.Date(want.Date), s.loc.DateOf(want.Date)
	if a.Adopted != "" && want.Date < a.Adopted {
		h.Say = s.loc.T("missing.before_adoption", "date", day, "dateof", dayOf, "adopted", s.loc.Date(a.Adopted))
	} else {
		h.Say = s.loc.T("missing.before_first", "date", day, "dateof", dayOf, "first", s.loc.Date(first.Date), "firstof", s.loc.DateOf(first.Date))
	}
	h.Links = s.editionLinks(editions{first})
	for _, l := range all.langs() {
		if l != want.Lang {
			h.Links = append(h.Links, s.dayLinks(a, all, want.Date, l)...)
		}
	}
	return h
}

// dayLinks leads to the text on a day, where there is one.
func (s *speaker) dayLinks(a law.Act, all editions, day law.Date, lang law.Lang) []page.Link {
	if _, ok := all.in(lang).official().on(day); !ok {
		return nil
	}
	name := s.loc.T("day.name", "date", s.loc.Date(day), "dateof", s.loc.DateOf(day))
	return []page.Link{{Href: s.in(dayPath(a.ID, day, lang)), Text: name + " · " + s.loc.InLanguage(lang)}}
}

// meant is the day somebody may have meant: one written the other way, or the
// last day of a month that is not so long.
func meant(what string) law.Date {
	if day, err := law.ParseDate(what); err == nil {
		return day
	}
	i := strings.LastIndex(what, "-")
	if i < 0 || !slices.Contains([]string{"29", "30", "31"}, what[i+1:]) {
		return ""
	}
	first, err := law.ParseDate(what[:i] + "-01")
	if err != nil {
		return ""
	}
	t, _ := first.Time()
	return law.DateOf(t.AddDate(0, 1, -1))
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
		h.Say = s.loc.T("missing.language", "date", s.loc.Date(want.Date), "dateof", s.loc.DateOf(want.Date), "language", s.loc.InLanguage(want.Lang))
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

// noLanguage helps with a language there is none of: it offers the newest text in
// each there is.
func (s *speaker) noLanguage(all editions, err error) error {
	h := &page.Help{Err: fmt.Errorf("%w: %w", page.ErrNoPage, err), Label: s.loc.T("missing.editions_there")}
	for _, l := range all.langs() {
		if newest, ok := all.in(l).official().newest(); ok {
			h.Links = append(h.Links, s.editionLinks(editions{newest})...)
		}
	}
	return h
}

// editionLinks lists editions, newest first.
func (s *speaker) editionLinks(list editions) []page.Link {
	var out []page.Link
	for i := len(list) - 1; i >= 0; i-- {
		h := list[i]
		out = append(out, page.Link{Href: s.in(editionPath(h.EditionKey)), Text: s.edition(h.EditionKey) + " · " + s.loc.InLanguage(h.Lang)})
	}
	return out
}
