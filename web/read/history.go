package read

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// HistoryPage is a provision through all official editions, oldest first.
type HistoryPage struct {
	page.Layout
	ActTitle Phrase
	ActHref  string
	Lang     law.Lang // of the texts
	Heading  string   // the citation, as the edition the address belongs to has it
	Read     string   // the provision in the newest text that has it
	Wordings []*Entry
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

// At shows every wording of a provision. Its address is that of the edition in
// the query, else of the newest one that has it.
func (rd *Reader) At(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	name, asJSON := twin(r.PathValue("lang"))
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	lang, err := law.ParseLang(name)
	if err != nil {
		return fmt.Errorf("%w: %w", page.ErrNoPage, err)
	}
	list := all.in(lang).official()
	if len(list) == 0 {
		return rd.noEdition(s, all, law.EditionKey{Act: act.ID, Status: law.Enacted, Lang: lang})
	}
	want, edition := law.Address(r.PathValue("address")), len(list)-1
	version := r.URL.Query().Get("edition")
	if version != "" {
		key, err := rd.edition(s, act, all, version, lang)
		if err != nil {
			return err
		}
		if edition = list.index(key); edition < 0 {
			return rd.noEdition(s, all, key)
		}
	}
	lines, err := rd.texts.chronicle(r.Context(), act, list)
	if err != nil {
		return err
	}
	history, ok := lines.History(edition, want)
	for i := edition - 1; !ok && version == "" && i >= 0; i-- {
		if history, ok = lines.History(i, want); ok {
			edition = i
		}
	}
	if !ok {
		return rd.noPlace(r.Context(), s, list[edition].EditionKey, want)
	}
	list = lines.editions() // those the history was told with
	v := historian{view: view{speaker: s}, list: list, lines: lines, docs: make([]*text, len(list))}
	for _, i := range v.needed(history, edition) {
		if v.docs[i], err = rd.texts.text(r.Context(), list[i].EditionKey); err != nil {
			return err
		}
	}
	if asJSON {
		return page.WriteJSON(w, r, http.StatusOK, page.Fresh, v.json(act.ID, lang, want, edition, history))
	}
	if v.days, err = rd.gazette(r.Context()); err != nil {
		return err
	}
	p := v.page(history, want, edition)
	p.Layout = rd.layout(s, historyPath(list[edition].EditionKey, want))
	p.ActTitle, p.ActHref, p.Lang, p.Sample = titled(act, s.ui), s.in(actPath(act.ID)), lang, act.Sample
	p.Title = s.loc.T("history.title", "act", p.ActTitle.Text, "unit", p.Heading)
	p.Description, p.Section = s.loc.T("history.count", "n", s.loc.Number(len(p.Wordings)), "all", s.loc.Number(p.Editions)), "law"
	p.JSON = p.Path + ".json"
	if version != "" {
		p.Query = "edition=" + version
	}
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Href: p.ActHref, Text: p.ActTitle.Text, Lang: p.ActTitle.Lang}}
	if a := v.docs[edition].places[want].Article(); a != nil && a.Address != want {
		p.Crumbs = append(p.Crumbs, page.Link{Href: v.past(edition, a.Address), Text: s.cite(a)})
	}
	p.Crumbs = append(p.Crumbs, page.Link{Text: s.loc.T("history.crumb")})
	for _, l := range all.langs() {
		k := list[edition].EditionKey
		k.Lang = l
		if _, ok := all.find(k); ok && l != lang {
			p.Others = append(p.Others, page.Link{Href: s.in(historyPath(k, want)) + "?edition=" + k.Version(), Text: s.language(l)})
		}
	}
	return rd.pages.Render(w, r, http.StatusOK, page.Fresh, s.ui, "history", p)
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
