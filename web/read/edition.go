package read

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// openChapters is up to how many articles the outline shows every chapter
// unfolded.
const openChapters = 100

// EditionPage is the text of an edition, to be read, on its own date or another day.
type EditionPage struct {
	page.Layout
	Act        law.Act
	ActHref    string
	Edition    law.EditionHead
	Name       string // «редакция от …»
	Brief      string
	Title      Phrase
	Requisites Phrase
	Lang       law.Lang // of the text
	LangName   string
	Parts      []Part
	Outline    []Chapter
	Unfolded   bool
	Ribbon     *Ribbon
	Marked     bool // changed articles are marked: it is not the first edition
	Doubts     int
	Notes      int
	Newer      *page.Notice
	Previous   string // comparison with the edition before, "" for the first
	Picker     Picker
	Languages  []page.Link // the same edition in other languages
	Beside     []page.Link // with another language, against another source
	Cite       string      // how to cite it
	Alone      bool        // no other language has a text
	Sample     bool
	Printed    law.Date
	Day        *Day // nil for a proposal
	DayForm    DayForm
}

// Headed is the name where it begins a line.
func (p EditionPage) Headed() string { return capital(p.Name) }

// Chapter is a heading of the outline with its articles.
type Chapter struct {
	ID, Text string
	Articles []OutlineItem
}

// OutlineItem is an article in the outline.
type OutlineItem struct {
	ID, Number, Text string
	Changed          bool
}

// Picker leads to the editions, and picks two of them to be compared.
type Picker struct {
	Choices []Choice // newest first
	Points  *Points  // nil with one edition
}

// Choice is an edition in a picker.
type Choice struct {
	Value, Text    string
	Current        bool
	Href, DiffHref string
	Cause          string
	CauseHref      string
	CauseLang      law.Lang
	Day            law.Date
	Revision       int
	First          bool
	OutcomeHref    string // what became of it, where it is a proposal
}

// Edition shows the text of an edition; on a day without one, that of the newest
// as it stands on the day.
func (rd *Reader) Edition(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	lang, asJSON := twin(r.PathValue("lang"))
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	l, err := law.ParseLang(lang)
	if err != nil {
		return s.noLanguage(all, err)
	}
	key, day, err := rd.asked(s, act, all, r.PathValue("version"), l)
	if err != nil {
		return err
	}
	t, err := rd.texts.text(r.Context(), key)
	if err != nil {
		return err
	}
	own := day == key.Date
	switch {
	case asJSON && (!own || r.URL.Query().Has("force")):
		return rd.forceTwin(w, r, s, act, all, t, day)
	case asJSON:
		return page.WriteJSON(w, r, http.StatusOK, page.Kept, t.doc.Outline(key))
	}
	p, err := rd.editionPage(r.Context(), s, act, all, t, day)
	if err != nil {
		return err
	}
	cache := page.Kept
	switch {
	case p.Day != nil && p.Day.Pending:
		cache = page.Never
	case !own: // the next edition may tell more of the day
		cache = page.Fresh
	}
	said, err := rd.talk(r.Context(), s, key)
	if err != nil {
		return err
	}
	said.over(key, p.Parts)
	return rd.pages.Render(w, r, http.StatusOK, said.cache(cache), s.ui, "edition", p)
}

func (rd *Reader) editionPage(ctx context.Context, s *speaker, act law.Act, all editions, t *text, day law.Date) (EditionPage, error) {
	key := t.head.EditionKey
	own := day == key.Date
	path := editionPath(key)
	if !own {
		path = dayPath(act.ID, day, key.Lang)
	}
	p := EditionPage{
		Layout: rd.layout(s, path, t.head), Act: act, ActHref: s.in(actPath(act.ID)), Edition: t.head,
		Name: s.edition(key), Brief: s.brief(key), Lang: key.Lang, LangName: s.loc.InLanguage(key.Lang),
		Title: titled(act, key.Lang), Requisites: requisites(act, key.Lang),
		Doubts: len(t.doc.Doubts), Notes: len(t.doc.Notes), Sample: act.Sample, Printed: i18n.Day(rd.now()),
	}
	touched, err := rd.touched(ctx, all, t)
	if err != nil {
		return p, err
	}
	days, err := rd.gazette(ctx)
	if err != nil {
		return p, err
	}
	v := view{s, t.head.SourceURL, days}
	p.Parts, p.Marked = v.parts(t, touched), touched != nil
	p.Outline = outline(p.Parts)
	if err := rd.day(ctx, s, act, all, t, day, &p); err != nil {
		return p, err
	}
	p.DayForm = rd.dayForm(s, act, key.Lang, day)
	if key.Status == law.Enacted {
		for i, part := range p.Parts {
			if part.Kind == "article" {
				p.Parts[i].Past = s.pastOf(key, law.Address(part.ID))
			}
		}
	}
	bars := barsOf(t, touched)
	p.Unfolded = len(bars) <= openChapters
	p.Ribbon = s.ribbon(bars, tallRibbon, ribbonHead, func(u *law.Provision) string { return "#" + string(u.Address) })

	p.Layout.Title = s.loc.T("edition.title", "act", p.Title.Text, "edition", p.Name)
	if !own {
		p.Layout.Title = s.loc.T("edition.title", "act", p.Title.Text, "edition", p.Day.Name)
		p.Brief = s.loc.T("day.brief", "date", s.loc.Short(day))
	}
	p.Description = cmp.Or(p.Requisites.Text, p.Title.Text)
	p.Section, p.JSON, p.Feed = "law", path+".json", actPath(act.ID)
	p.Data = s.textData(&p.Layout, t.head)
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Href: p.ActHref, Text: p.Title.Text, Lang: p.Title.Lang}, {Text: p.Brief}}
	if own {
		p.Newer = s.newer(all, key)
	}
	if prev, ok := all.before(key); ok && key.Status == law.Enacted {
		p.Previous = s.in(comparePath(prev.EditionKey, key))
	}
	p.Picker = s.picker(act, all, key)
	for _, l := range all.langs() {
		k := key
		k.Lang = l
		_, there := all.find(k)
		if !own {
			k.Date, k.Revision = day, 0
			_, there = all.in(l).official().on(day)
		}
		if there && l != key.Lang {
			p.Languages = append(p.Languages, page.Link{Href: s.in(editionPath(k)), Text: s.loc.InLanguage(l), Lang: l})
		}
	}
	p.Alone = len(all.langs()) == 1
	p.Cite = s.in(citePath(key))
	if p.Beside, err = rd.beyond(ctx, s, all, key); err != nil {
		return p, err
	}
	more, err := rd.drafting(ctx, s, key)
	p.Beside = append(p.Beside, more...)
	return p, err
}

// beyond leads to the pages where an edition stands beside another text: itself
// in another language, what another source has under its day.
func (rd *Reader) beyond(ctx context.Context, s *speaker, all editions, key law.EditionKey) (links []page.Link, err error) {
	for _, l := range all.langs() {
		if k, err := rd.beside(s, all, key, l); err == nil && l != key.Lang && k.Date == key.Date {
			links = append(links, page.Link{Href: s.in(withPath(editionPath(key), l)), Text: s.loc.T("parallel.link", "language", s.loc.InLanguage(l))})
		}
	}
	if rd.sites == nil || key.Status != law.Enacted {
		return links, nil
	}
	witnesses, err := rd.sites.Witnesses(ctx, key.Act)
	if err != nil {
		return nil, fmt.Errorf("witnesses of %s: %w", key.Act, err)
	}
	if slices.ContainsFunc(witnesses, func(h law.EditionHead) bool { return h.Date == key.Date && h.Lang == key.Lang }) {
		links = append(links, page.Link{Href: s.in(besidePath(key)), Text: s.loc.T("sources.beside")})
	}
	return links, nil
}

// touched marks the articles that differ from the first enacted edition.
func (rd *Reader) touched(ctx context.Context, all editions, t *text) (map[*law.Provision]bool, error) {
	list := all.in(t.head.Lang).official()
	if len(list) == 0 || list[0].EditionKey == t.head.EditionKey {
		return nil, nil
	}
	c, err := rd.texts.compare(ctx, list[0].EditionKey, t.head.EditionKey)
	if err != nil {
		return nil, err
	}
	// The trees are kept in their own cache and may have been built again since
	// the comparison was made: what is the same is the address.
	out := map[*law.Provision]bool{}
	for p := range c.touched {
		out[t.places[p.Address]] = true
	}
	return out, nil
}

// newer is the notice that a text is not the last word; nil on the newest.
func (s *speaker) newer(all editions, key law.EditionKey) *page.Notice {
	last, ok := all.in(key.Lang).official().newest()
	if !ok || last.EditionKey == key {
		return nil
	}
	n, compare := &page.Notice{}, comparePath(key, last.EditionKey)
	switch {
	case key.Status != law.Enacted:
		n.Title = s.loc.T("newer.not_enacted")
		if base, ok := all.ground(key); ok {
			compare = comparePath(base.EditionKey, key)
		}
	case last.Date == key.Date:
		n.Title = s.loc.T("newer.revised", "n", last.Revision)
	default:
		n.Title = s.loc.T("newer.text", "date", s.loc.Date(last.Date), "dateof", s.loc.DateOf(last.Date), "this", s.loc.Date(key.Date), "thisof", s.loc.DateOf(key.Date))
	}
	n.Links = []page.Link{{Href: s.in(editionPath(last.EditionKey)), Text: s.loc.T("newer.open")}, {Href: s.in(compare), Text: s.loc.T("newer.compare")}}
	return n
}

// picker lists every edition in the language of a text; key is the one shown.
func (s *speaker) picker(act law.Act, all editions, key law.EditionKey) Picker {
	list := all.in(key.Lang)
	first, _ := list.official().newest()
	if o := list.official(); len(o) > 0 {
		first = o[0]
	}
	// What most want to see is the change that brought the text on the page.
	from, ok := all.before(key)
	if !ok {
		from = first
	}
	p := Picker{Points: s.points(act.ID, all, from.EditionKey, key)}
	for i := len(list) - 1; i >= 0; i-- {
		h := list[i]
		c := Choice{
			Value: h.Version(), Text: s.edition(h.EditionKey), Href: s.in(editionPath(h.EditionKey)),
			Current: h.EditionKey == key,
			Cause:   h.Cause, CauseHref: resolve(h.SourceURL, h.CauseHref), CauseLang: h.Lang, Day: h.Date,
			First: h.EditionKey == first.EditionKey, Revision: h.Revision,
		}
		if h.Status != law.Enacted {
			if base, ok := all.ground(h.EditionKey); ok {
				c.DiffHref, c.OutcomeHref = s.in(comparePath(base.EditionKey, h.EditionKey)), s.in(all.outcomeOf(h.EditionKey))
			}
		} else if prev, ok := all.before(h.EditionKey); ok {
			c.DiffHref = s.in(comparePath(prev.EditionKey, h.EditionKey))
		}
		p.Choices = append(p.Choices, c)
	}
	return p
}

// outline is the contents: articles under the heading they stand below.
func outline(parts []Part) []Chapter {
	var out []Chapter
	for _, p := range parts {
		switch p.Kind {
		case "chapter":
			out = append(out, Chapter{ID: p.ID, Text: p.Heading.text()})
		case "article":
			if len(out) == 0 {
				out = append(out, Chapter{})
			}
			c := &out[len(out)-1]
			c.Articles = append(c.Articles, OutlineItem{p.ID, p.Heading.Number, cmp.Or(p.Heading.Title, p.Heading.text()), p.Changed})
		}
	}
	return out
}

func (h heading) text() string { return h.Before + h.Number + h.After + h.Title }
