package read

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// At is the permalink of a provision whatever the edition: it leads to its
// place in the newest text. Where that has no such provision, it offers the
// unit above and the last edition that had it.
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
	newest, ok := list.newest()
	if !ok {
		return rd.noEdition(s, all, law.EditionKey{Act: act.ID, Status: law.Enacted, Lang: lang})
	}
	t, err := rd.texts.text(r.Context(), newest.EditionKey)
	if err != nil {
		return err
	}
	want := law.Address(r.PathValue("address"))
	if t.places[want] != nil {
		path := editionPath(newest.EditionKey)
		if asJSON {
			path += ".json"
		}
		w.Header().Set("Cache-Control", string(page.Fresh))
		http.Redirect(w, r, s.in(at(path, want)), http.StatusFound)
		return nil
	}
	h := &page.Help{
		Err:   fmt.Errorf("provision %q of %s: %w", want, newest.EditionKey, law.ErrNotFound),
		Say:   s.loc.T("missing.place"),
		Label: s.loc.T("missing.instead"),
	}
	for i := len(list) - 2; i >= 0; i-- {
		old, err := rd.texts.text(r.Context(), list[i].EditionKey)
		if err != nil {
			return err
		}
		if p := old.places[want]; p != nil {
			h.Say = s.loc.T("missing.place_gone", "unit", s.cite(p))
			h.Links = append(h.Links, page.Link{Href: s.in(at(editionPath(list[i].EditionKey), want)), Text: s.cite(p) + ", " + s.edition(list[i].EditionKey)})
			break
		}
	}
	for up := want; ; {
		i := strings.LastIndex(string(up), "__")
		if i < 0 {
			break
		}
		up = up[:i]
		if p := t.places[up]; p != nil {
			h.Links = append(h.Links, page.Link{Href: s.in(at(editionPath(newest.EditionKey), up)), Text: s.cite(p)})
			break
		}
	}
	h.Links = append(h.Links, page.Link{Href: s.in(editionPath(newest.EditionKey)), Text: s.edition(newest.EditionKey)})
	return h
}
