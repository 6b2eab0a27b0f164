// Package page is what every page of the web application shares: the frame
// around it, the templates in three languages, one way of writing an answer
// (buffered, with an ETag) and one table from errors to answers. It knows no
// law and no store.
package page

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
)

// Layout is what the frame of a page shows. Every page struct embeds it.
type Layout struct {
	UI          law.Lang // language of the interface
	Title       string   // of the browser window, without the name of the site
	Description string
	Path        string // of the page, without the interface language: "/acts/…"
	Query       string // "view=side", if any
	JSON        string // path of the JSON twin, without the language; "" if none
	Section     string // the item of the main menu that is current
	Crumbs      []Link
	Ears        []string // small facts under the masthead
	Base        string   // origin of the site, for canonical addresses; may be ""
	Failed      bool     // the page stands in place of the one asked for
}

// Link is a place to go. Lang is the language of Text where that is not the
// language of the interface.
type Link struct {
	Href string
	Text string
	Lang law.Lang
}

// In is the address of this page in another interface language.
func (l Layout) In(ui law.Lang) string {
	s := "/" + string(ui) + l.Path
	if l.Query != "" {
		s += "?" + l.Query
	}
	return s
}

// Self is the whole address of the page, for canonical links and for print.
func (l Layout) Self() string { return l.Base + l.In(l.UI) }

// Pages renders pages. It is safe for concurrent use.
type Pages struct {
	bundle *i18n.Bundle
	sets   map[law.Lang]map[string]*template.Template
	log    *slog.Logger
	assets *Assets
	base   string
	memory *memory // nil: nothing is kept
}

// Remember makes p keep public answers for as long as mark stays the same. It
// is to be called before the first request.
func (p *Pages) Remember(mark Mark, now func() time.Time) {
	p.memory = newMemory(mark, now, memoryLimit)
}

// Load parses the templates: layout.html and partials/ belong to every page,
// pages/ holds one file a page. base is the origin of the site or "".
func Load(templates fs.FS, assets *Assets, bundle *i18n.Bundle, log *slog.Logger, base string) (*Pages, error) {
	p := &Pages{bundle: bundle, sets: map[law.Lang]map[string]*template.Template{}, log: log, assets: assets, base: base}
	names, err := fs.Glob(templates, "pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	for _, lang := range law.Langs {
		p.sets[lang] = map[string]*template.Template{}
		frame, err := template.New("frame").Funcs(Funcs(bundle.Locale(lang), assets)).ParseFS(templates, "layout.html", "partials/*.html")
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		for _, name := range names {
			t, err := frame.Clone()
			if err == nil {
				t, err = t.ParseFS(templates, name)
			}
			if err != nil {
				return nil, fmt.Errorf("template %s: %w", name, err)
			}
			p.sets[lang][strings.TrimSuffix(strings.TrimPrefix(name, "pages/"), ".html")] = t
		}
	}
	return p, nil
}

// Funcs are the words templates use to speak a language.
func Funcs(l *i18n.Locale, assets *Assets) template.FuncMap {
	return template.FuncMap{
		"t":      l.T,
		"n":      l.N,
		"date":   l.Date,
		"dateof": l.DateOf,
		"short":  l.Short,
		"number": l.Number,
		"whole":  whole,
		"asset":  assets.Path,
		"style":  func() template.HTML { return assets.style.element },
		"ui":     func() string { return string(l.Lang) },
		"langs":  func() []law.Lang { return law.Langs[:] },
	}
}

// Template is the parsed template of a page in a language, for tests.
func (p *Pages) Template(lang law.Lang, name string) *template.Template { return p.sets[lang][name] }

// Locale is the locale of an interface language.
func (p *Pages) Locale(lang law.Lang) *i18n.Locale { return p.bundle.Locale(lang) }

// Base is the origin of the site, "" where none was configured.
func (p *Pages) Base() string { return p.base }

// Render fills the template of a page and writes it. Nothing is written when
// the template fails.
func (p *Pages) Render(w http.ResponseWriter, r *http.Request, status int, cache Cache, ui law.Lang, name string, data any) error {
	t := p.sets[ui][name]
	if t == nil {
		return fmt.Errorf("no template %q", name)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout", data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	w.Header().Set("Content-Language", string(ui))
	Write(w, r, status, "text/html; charset=utf-8", cache, b.Bytes())
	return nil
}
