package read

import (
	"net/http"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// GlossaryPage is the words the interface uses for legal notions.
type GlossaryPage struct {
	page.Layout
	Table page.Table
}

// Glossary shows the glossary.
func (rd *Reader) Glossary(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	g, err := i18n.LoadGlossary()
	if err != nil {
		return err
	}
	p := GlossaryPage{Layout: rd.layout(s, "/glossary")}
	p.Title, p.Description = s.loc.T("glossary"), s.loc.T("glossary.lead")
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Text: p.Title}}
	langs := order(s.ui)
	named := map[law.Lang]string{law.KK: s.loc.T("glossary.kk"), law.RU: s.loc.T("glossary.ru"), law.EN: s.loc.T("glossary.en")}
	for _, l := range langs {
		p.Table.Head = append(p.Table.Head, named[l])
	}
	p.Table.Head = append(p.Table.Head, s.loc.T("glossary.note"), s.loc.T("glossary.source"))
	for _, t := range g.Terms {
		var row []page.Cell
		for _, l := range langs {
			row = append(row, page.Cell{Text: t.In(l), Lang: l})
		}
		src := g.Sources[t.Source]
		p.Table.Rows = append(p.Table.Rows, append(row, page.Cell{Text: t.Note[s.ui]}, page.Cell{Text: src.Text, Href: src.Href}))
	}
	return rd.pages.Render(w, r, http.StatusOK, page.Kept, s.ui, "glossary", p)
}
