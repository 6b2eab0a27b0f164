package read

import (
	"strings"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// speaker says things in the language of the interface.
type speaker struct {
	ui    law.Lang
	loc   *i18n.Locale
	frame page.Layout // of a page without a path
}

// in puts the interface language before a path.
func (s *speaker) in(path string) string { return "/" + string(s.ui) + path }

// cite is the citation of a provision in full: «подпункт 1) пункта 6 статьи 22».
// Of several with one number, it says which: «статья 5 (повтор 2)».
func (s *speaker) cite(p *law.Provision) string { return p.Cite().In(s.ui) + s.again(p) }

// again is what tells a unit from those before it that have its number; "" for
// nearly all.
func (s *speaker) again(p *law.Provision) string {
	if !strings.Contains(string(p.Address), "~") {
		return ""
	}
	return strings.TrimPrefix(p.Label().In(s.ui), p.Cite().In(s.ui))
}

// within is the citation of a provision inside its article; "" for the article
// itself.
func (s *speaker) within(p *law.Provision) string {
	c := p.Cite()
	if len(c) > 0 && c[0].Kind == law.Article {
		c = c[1:]
	}
	if len(c) == 0 {
		return ""
	}
	return c.In(s.ui) + s.again(p)
}

// edition names an edition as part of a list: «редакция от 19 июня 2024 года».
func (s *speaker) edition(k law.EditionKey) string {
	day, dayOf := s.loc.Date(k.Date), s.loc.DateOf(k.Date)
	var name string
	switch k.Status {
	case law.Proposed:
		name = s.loc.T("edition.proposed", "date", day, "dateof", dayOf)
	case law.BillVersion:
		name = s.loc.T("edition.bill", "date", day, "dateof", dayOf)
	default:
		name = s.loc.T("edition.enacted", "date", day, "dateof", dayOf)
	}
	if k.Revision > 0 {
		name += ", " + s.loc.T("edition.revision", "n", k.Revision)
	}
	return name
}

// brief names an edition where room is short: «19.06.2024», «проект 01.05.2025».
func (s *speaker) brief(k law.EditionKey) string {
	day := s.loc.Short(k.Date)
	switch k.Status {
	case law.Proposed:
		day = s.loc.T("brief.proposed", "date", day)
	case law.BillVersion:
		day = s.loc.T("brief.bill", "date", day)
	}
	if k.Revision > 0 {
		day += ", " + s.loc.T("edition.revision", "n", k.Revision)
	}
	return day
}

// order is which language to take when the wanted one is not there: the laws
// are made in Kazakh and Russian, and a reader of English is likelier to read
// Russian.
func order(want law.Lang) []law.Lang {
	out := []law.Lang{want}
	for _, l := range []law.Lang{law.RU, law.KK, law.EN} {
		if l != want {
			out = append(out, l)
		}
	}
	return out
}

// Phrase is a text with its language, which the page marks.
type Phrase struct {
	Text string
	Lang law.Lang
}

// titled is the title of an act in the wanted language, else in the next best.
func titled(a law.Act, want law.Lang) Phrase { return pick(a.Titles, want, string(a.ID)) }

// requisites are of an act, "" where none are known.
func requisites(a law.Act, want law.Lang) Phrase { return pick(a.Requisites, want, "") }

func pick(m map[law.Lang]string, want law.Lang, none string) Phrase {
	for _, l := range order(want) {
		if m[l] != "" {
			return Phrase{m[l], l}
		}
	}
	return Phrase{none, want}
}
