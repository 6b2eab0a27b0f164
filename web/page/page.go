// Package page is what every page of the web application shares: the frame
// around it, the templates in three languages, one way of writing an answer
// (buffered, with an ETag) and one table from errors to answers. It knows no
// law and no store.
package page

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
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
	Private     bool     // the page is for one person: nothing tells others of it
	Sheet       string   // a style sheet that only some pages need; "" for none

	// For those who share the page, and for the programs that read it.
	Origin   string // of the site, for addresses others ask for; "" if none is known
	Change   string // of a comparison: the one change the address names, by its id
	Picture  bool   // there is a picture of the page
	Card     bool   // the page can be put into others, see Share
	Feed     string // path of what follows the page's law; "" for that of all laws
	Sources  []Link // official pages the texts came from
	Data     any    // schema.org, as JSON-LD
	Share    *Share
	Funder   string // who pays for the site; "" says nothing
	Official bool   // there are pages on the official sites
	People   bool   // there are people who sign in
	Signing  bool   // there are pages of campaigns
	Scores   bool   // there are pages of outcomes and targets
}

// Share is what a person needs to put a card of the page into another one.
type Share struct {
	Href    string // of the page, whole
	Code    string // HTML of the card's frame
	Picture string
	Changes []Choice // of which one can be shared alone
}

// Choice is a row to choose from.
type Choice struct {
	Value, Text string
	Current     bool
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

// Shared is the address to share: whole, and with the change it names.
func (l Layout) Shared() string { return l.Origin + l.what("/"+string(l.UI)+l.Path) }

// PicturePath is the address of the picture of the page on this site.
func (l Layout) PicturePath() string {
	return l.what("/" + string(l.UI) + l.Path + ".png")
}

// CardPath is the address of the page's card on this site.
func (l Layout) CardPath() string {
	return l.what("/" + string(l.UI) + "/embed" + l.Path)
}

// OEmbedHref asks the oEmbed endpoint for the page's card.
func (l Layout) OEmbedHref() string {
	return l.Origin + "/oembed?" + url.Values{"url": {l.Shared()}}.Encode()
}

// what adds to a path the part of the query that names what is shown, not how.
func (l Layout) what(path string) string {
	keep := url.Values{}
	if q, err := url.ParseQuery(l.Query); err == nil && q.Has("edition") {
		keep.Set("edition", q.Get("edition"))
	}
	if l.Change != "" {
		keep.Set("change", l.Change)
	}
	if len(keep) == 0 {
		return path
	}
	return path + "?" + keep.Encode()
}

// Site is what holds for a whole site.
type Site struct {
	Base     string              // its origin, "" where none was configured
	Funder   map[law.Lang]string // who pays for it; may be empty
	Official bool                // it has pages on the official sites
	People   bool                // there are people who sign in
	Signing  bool                // it has pages of campaigns
	Scores   bool                // it has pages of outcomes and targets
}

// Templates are the parsed pages, which every site shows alike.
type Templates struct {
	bundle *i18n.Bundle
	sets   map[law.Lang]map[string]*template.Template
	Assets *Assets
}

// Pages renders the pages of a site. It is safe for concurrent use.
type Pages struct {
	*Templates
	log    *slog.Logger
	site   Site
	memory *memory // nil: nothing is kept
	brief  *memory // by the second
}

// NewPages are the pages of one site.
func NewPages(t *Templates, log *slog.Logger, site Site) *Pages {
	return &Pages{Templates: t, log: log, site: site}
}

// Remember makes p keep public answers for as long as mark stays the same. It
// is to be called before the first request.
func (p *Pages) Remember(mark Mark, now func() time.Time) {
	p.memory = newMemory(mark, now, memoryLimit)
	p.brief = newMemory(func(context.Context) (string, error) {
		return now().UTC().Truncate(time.Second).Format(time.RFC3339), nil
	}, now, briefLimit)
	p.brief.brief = true
}

// Load parses the templates: layout.html and partials/ belong to every page,
// pages/ holds one file a page.
func Load(templates fs.FS, assets *Assets, bundle *i18n.Bundle) (*Templates, error) {
	p := &Templates{bundle: bundle, sets: map[law.Lang]map[string]*template.Template{}, Assets: assets}
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
		"dateto": l.DateTo,
		"short":  l.Short,
		"number": l.Number,
		"whole":  whole,
		"notice": newNotice,
		"asset":  assets.Path,
		"locale": openGraph,
		"spoken": spoken,
		"style":  func() template.HTML { return assets.style.element },
		"ui":     func() string { return string(l.Lang) },
		"langs":  func() []law.Lang { return law.Langs[:] },
	}
}

// spoken is the language a phrase of a source is in: the page about a Kazakh
// text may name an act in Russian.
func spoken(of law.Lang, phrase string) law.Lang {
	if l, ok := law.DetectLang([]law.Line{{Text: phrase}}); ok {
		return l
	}
	return of
}

// Template is the parsed template of a page in a language, for tests.
func (p *Templates) Template(lang law.Lang, name string) *template.Template {
	return p.sets[lang][name]
}

// Locale is the locale of an interface language.
func (p *Templates) Locale(lang law.Lang) *i18n.Locale { return p.bundle.Locale(lang) }

// Base is the origin of the site, "" where none was configured.
func (p *Pages) Base() string { return p.site.Base }

// Frame is the frame of a page at a path (without the interface language).
func (p *Pages) Frame(r *http.Request, ui law.Lang, path string) Layout {
	return Layout{UI: ui, Path: path, Base: p.site.Base, Origin: p.Origin(r), Funder: p.site.Funder[ui], Official: p.site.Official, People: p.site.People, Signing: p.site.Signing, Scores: p.site.Scores}
}

// host is a name and a port as they may stand in an address.
var host = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?$`)

// Origin is where the site is reached: as configured, else as the request says,
// if what it says is a host. It is for addresses that other programs ask for;
// an answer that holds one made from the request is kept by nobody but those
// who asked the same host.
func (p *Pages) Origin(r *http.Request) string {
	switch {
	case p.site.Base != "":
		return p.site.Base
	case !host.MatchString(r.Host):
		return ""
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Render fills the template of a page and writes it. Nothing is written when
// the template fails.
func (p *Pages) Render(w http.ResponseWriter, r *http.Request, status int, cache Cache, ui law.Lang, name string, data any) error {
	b, err := p.Fill(ui, name, data)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Language", string(ui))
	Write(w, r, status, "text/html; charset=utf-8", cache, b)
	return nil
}

// Fill fills the template of a page.
func (p *Pages) Fill(ui law.Lang, name string, data any) ([]byte, error) {
	t := p.sets[ui][name]
	if t == nil {
		return nil, fmt.Errorf("no template %q", name)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout", data); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// openGraph is a language as og:locale names it; the networks know these.
func openGraph(ui law.Lang) string {
	switch ui {
	case law.KK:
		return "kk_KZ"
	case law.RU:
		return "ru_RU"
	}
	return "en_GB"
}
