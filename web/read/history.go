package read

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// HistoryPage is a unit through all official editions, oldest first, with
// everything that stands under it.
type HistoryPage struct {
	page.Layout
	ActTitle Phrase
	ActHref  string
	Lang     law.Lang // of the texts
	Printed  law.Date
	Heading  string // the citation, as the edition the address belongs to has it
	Read     string // the unit in the newest text that has it
	Cite     string // how to quote it
	Talk     []page.Link
	Tabs     []Tab
	Index    []WordingRow // every wording, where there are several
	Wordings []*WordingView
	Pager    []Tab
	Blame    *Blame
	Beside   *Beside
	Editions int // looked through
	Ended    *Ended
	Inside   []Inside
	Others   []page.Link // the same in another language of texts
	Sample   bool
}

// Ended tells where a provision ended.
type Ended struct {
	Text  string
	Href  string // of the edition
	Stead string // what the official text has in its place
	Basis []ActView
}

// Inside is a provision below the one on the page, of which more than one wording
// is known.
type Inside struct {
	Place
	Wordings int
}

// past is what a history page is asked for.
type past struct {
	act     law.Act
	all     editions
	lang    law.Lang
	want    law.Address
	version string // of the edition the address belongs to; "" for the newest that has it
	blame   bool
	with    law.Lang // the language beside; "" for none
	page    int      // from 1
}

// At shows every wording of a unit. Its address is that of the edition in the
// query, else of the newest one that has it.
func (rd *Reader) At(w http.ResponseWriter, r *http.Request) error {
	s, q := rd.speaker(r), r.URL.Query()
	name, asJSON := twin(r.PathValue("lang"))
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	ask := past{act: act, all: all, want: law.Address(r.PathValue("address")), version: q.Get("edition"), blame: q.Get("view") == "blame"}
	if ask.lang, err = law.ParseLang(name); err != nil {
		return s.noLanguage(all, err)
	}
	// What names no language of another text, and no page, is left aside.
	if l, err := law.ParseLang(q.Get("with")); err == nil && l != ask.lang && len(all.in(l).official()) > 0 {
		ask.with = l
	}
	ask.page, _ = strconv.Atoi(q.Get("page"))
	if len(all.in(ask.lang).official()) == 0 {
		return rd.noEdition(s, all, law.EditionKey{Act: act.ID, Status: law.Enacted, Lang: ask.lang})
	}
	days, err := rd.gazette(r.Context())
	if err != nil {
		return err
	}
	if asJSON {
		out, err := rd.historyJSON(r.Context(), s, ask, days)
		if err != nil {
			return err
		}
		return page.WriteJSON(w, r, http.StatusOK, page.Fresh, out)
	}
	p, err := rd.historyPage(r.Context(), s, ask, days)
	if err != nil {
		return err
	}
	return rd.pages.Render(w, r, http.StatusOK, page.Fresh, s.ui, "history", p)
}

// tell finds the unit in its chronicle and holds that still while f speaks of it.
func (rd *Reader) tell(ctx context.Context, s *speaker, ask past, days gazette, f func(*historian) error) error {
	list := ask.all.in(ask.lang).official()
	edition := len(list) - 1
	if ask.version != "" {
		key, err := rd.edition(s, ask.act, ask.all, ask.version, ask.lang)
		if err != nil {
			return err
		}
		if edition = list.index(key); edition < 0 {
			return rd.noEdition(s, ask.all, key)
		}
	}
	c, err := rd.texts.chronicle(ctx, ask.act, list)
	if err != nil {
		return err
	}
	v := &historian{view: view{speaker: s, days: days}, law: ask.act, asked: edition, today: i18n.Day(rd.now())}
	err = c.still(days, func() error {
		v.list, v.lines, v.times = c.known, c.lines, c.times
		ok := v.find(ask.want)
		for ask.version == "" && !ok && v.asked > 0 {
			v.asked--
			ok = v.find(ask.want)
		}
		if !ok {
			return errNoUnit
		}
		return f(v)
	})
	if errors.Is(err, errNoUnit) {
		return rd.noPlace(ctx, s, list[edition].EditionKey, ask.want)
	}
	return err
}

var errNoUnit = errors.New("no such unit")

// still keeps a chronicle as it is while tell reads it.
func (c *chronicle) still(days gazette, tell func() error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.days = days
	return tell()
}

// index is the place of an edition, or of the revision that took its place; -1
// where there is none.
func (e editions) index(k law.EditionKey) int {
	for i, h := range e {
		if h.Status == k.Status && h.Date == k.Date && h.Lang == k.Lang {
			return i
		}
	}
	return -1
}

// noPlace helps whoever asked for a provision that no edition has: it offers the
// unit above.
func (rd *Reader) noPlace(ctx context.Context, s *speaker, key law.EditionKey, want law.Address) error {
	t, err := rd.texts.text(ctx, key)
	if err != nil {
		return err
	}
	h := &page.Help{
		Err:   fmt.Errorf("provision %q of %s: %w", want, key, law.ErrNotFound),
		Say:   s.loc.T("missing.place"),
		Label: s.loc.T("missing.instead"),
	}
	for up := want; ; {
		i := strings.LastIndex(string(up), "__")
		if i < 0 {
			break
		}
		up = up[:i]
		if p := t.places[up]; p != nil {
			h.Links = append(h.Links, page.Link{Href: s.in(at(editionPath(key), up)), Text: s.cite(p)})
			break
		}
	}
	h.Links = append(h.Links, page.Link{Href: s.in(editionPath(key)), Text: s.edition(key)})
	return h
}

// historyPage lays the history of a unit out.
func (rd *Reader) historyPage(ctx context.Context, s *speaker, ask past, days gazette) (HistoryPage, error) {
	p := HistoryPage{ActTitle: titled(ask.act, s.ui), ActHref: s.in(actPath(ask.act.ID)), Lang: ask.lang, Sample: ask.act.Sample}
	var head law.EditionHead
	var article *Place
	err := rd.tell(ctx, s, ask, days, func(v *historian) error {
		head, article = v.list[v.asked], v.article()
		from, to := v.sheets(&p, ask)
		switch {
		case ask.blame:
			p.Blame = v.blame()
		case ask.with != "":
			p.Beside = &Beside{Left: BesideText{Lang: ask.lang, Name: s.loc.InLanguage(ask.lang)}, Right: BesideText{Lang: ask.with, Name: s.loc.InLanguage(ask.with)}}
			v.beside(&p.Beside.Left, v.list[v.unit.Wordings[from].First].Date, v.until(to))
		default:
			for n := from; n < to; n++ {
				p.Wordings = append(p.Wordings, v.wording(n))
			}
		}
		v.about(&p)
		return nil
	})
	if err != nil {
		return p, err
	}
	key := head.EditionKey
	if p.Beside != nil {
		if err := rd.other(ctx, s, ask, days, key, p.Beside); err != nil {
			return p, err
		}
	}
	p.Layout = rd.layout(s, historyPath(key, ask.want), head)
	p.Title = s.loc.T("history.title", "act", p.ActTitle.Text, "unit", p.Heading)
	p.Description, p.Section = s.loc.T("history.count", "n", s.loc.Number(max(len(p.Index), 1)), "all", s.loc.Number(p.Editions)), "law"
	p.Printed = rd.today()
	p.JSON, p.Query = p.Path+".json", strings.TrimPrefix(ask.query(max(ask.page, 1)), "?")
	p.Cite = s.in(citePath(key)) + "?at=" + url.QueryEscape(string(ask.want))
	said, err := rd.talk(ctx, s, key)
	if err != nil {
		return p, err
	}
	p.Talk = said.on(key, ask.want)
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Href: p.ActHref, Text: p.ActTitle.Text, Lang: p.ActTitle.Lang}}
	if article != nil {
		p.Crumbs = append(p.Crumbs, page.Link{Href: article.Href, Text: article.Text})
	}
	p.Crumbs = append(p.Crumbs, page.Link{Text: s.loc.T("history.crumb")})
	s.shareHistory(&p.Layout, head)
	tab := func(text string, to past, current bool) {
		p.Tabs = append(p.Tabs, Tab{Href: s.in(p.Path) + to.query(1), Text: capital(text), Current: current})
	}
	plain := ask
	plain.blame, plain.with = false, ""
	tab(s.loc.T("history.changes"), plain, !ask.blame && ask.with == "")
	words := plain
	words.blame = true
	tab(s.loc.T("history.blame"), words, ask.blame)
	for _, l := range ask.all.langs() {
		if l == ask.lang || len(ask.all.in(l).official()) == 0 {
			continue
		}
		side := plain
		side.with = l
		tab(s.loc.T("history.with", "language", s.loc.InLanguage(l)), side, !ask.blame && ask.with == l)
		k := key
		k.Lang = l
		if _, ok := ask.all.find(k); !ok {
			continue
		}
		t, err := rd.texts.text(ctx, k)
		if err != nil {
			return p, err
		}
		if t.places[ask.want] != nil {
			p.Others = append(p.Others, page.Link{Href: s.in(historyPath(k, ask.want)) + "?edition=" + k.Version(), Text: s.loc.InLanguage(l)})
		}
	}
	return p, nil
}

// query is the part of a history's address that says how it is shown.
func (a past) query(page int) string {
	q := url.Values{}
	if a.version != "" {
		q.Set("edition", a.version)
	}
	switch {
	case a.blame:
		q.Set("view", "blame")
	case a.with != "":
		q.Set("with", string(a.with))
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// find looks for a unit in the edition that is asked of.
func (v *historian) find(want law.Address) (ok bool) {
	if v.unit, ok = v.lines.Unit(v.asked, want); ok {
		v.here = v.holding().Citation
		v.want = want
	}
	return ok
}

// holding is the wording that stood in the edition asked of.
func (v *historian) holding() *diffing.UnitWording {
	for n := range v.unit.Wordings {
		if w := &v.unit.Wordings[n]; w.First <= v.asked && v.asked <= w.Last {
			return w
		}
	}
	return &v.unit.Wordings[0]
}
