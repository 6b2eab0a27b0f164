package read

import (
	"context"
	"slices"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Efforts knows the public dossiers. internal/store fulfils it.
type Efforts interface {
	PublicDossiers(ctx context.Context) ([]dossiers.Dossier, error)
}

// Tell lets the pages of acts lead to the dossiers about them. It is to be called
// before the first request.
func (rd *Reader) Tell(e Efforts) { rd.efforts = e }

// dossiers lead to the public dossiers about an act, those that are above all
// about it first; all of them for the act "".
func (rd *Reader) dossiers(ctx context.Context, s *speaker, about law.ActID) ([]page.Link, error) {
	if rd.efforts == nil {
		return nil, nil
	}
	all, err := rd.efforts.PublicDossiers(ctx)
	if err != nil {
		return nil, err
	}
	place := func(d dossiers.Dossier) int { return slices.Index(d.Acts, about) }
	if about != "" {
		all = slices.DeleteFunc(all, func(d dossiers.Dossier) bool { return place(d) < 0 })
		slices.SortStableFunc(all, func(a, b dossiers.Dossier) int { return place(a) - place(b) })
	}
	var out []page.Link
	for _, d := range all {
		t := pick(d.Title, s.ui, d.Slug)
		out = append(out, page.Link{Href: s.in("/dossiers/" + d.Slug), Text: t.Text, Lang: t.Lang})
	}
	return out, nil
}
