package read

import (
	"net/url"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// What all page groups say in the same words.

// Said is a text in the language of the interface, else in the next best.
func Said(w law.Words, ui law.Lang) Phrase {
	text, lang := w.Said(ui)
	return Phrase{text, lang}
}

// ActTitle is the title of an act in the language of the interface, else in the
// next best, else its id.
func ActTitle(a law.Act, ui law.Lang) Phrase { return titled(a, ui) }

// SourceLinks are sources to be read, by title or else by site; one without an
// address has no Href.
func SourceLinks(all []dossiers.Source, ui law.Lang) (out []page.Link) {
	for _, s := range all {
		l := page.Link{Href: s.Href, Text: s.Href}
		if t := Said(s.Title, ui); t.Text != "" {
			l.Text, l.Lang = t.Text, t.Lang
		} else if u, err := url.Parse(s.Href); err == nil {
			l.Text = u.Host
		}
		out = append(out, l)
	}
	return out
}
