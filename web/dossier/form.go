package dossier

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// FormPage is any form of a dossier. What was typed stays in it however wrong it
// is.
type FormPage struct {
	people.Frame
	Tabs      *page.Tabs
	Action    string
	Multipart bool
	Wrong     []page.Link
	Theirs    *page.Table // what somebody else stored meanwhile
	Hidden    []people.Hidden
	Groups    []Group
	Submit    string
	Cancel    page.Link
}

// Group is a part of a form under a heading.
type Group struct {
	ID, Title string
	Fields    []page.Field
	Texts     []Words // what is said in each language
	Ticks     []Tick
	After     []page.Field
	Notices   []page.Notice
	Do, DoIs  string // a button of the group: its words and its value
}

// Words are the fields of a language.
type Words struct {
	Lang   law.Lang
	Name   string
	Open   bool
	Fields []page.Field
}

// Tick is a box to be ticked.
type Tick struct {
	ID, Name, Value, Text, Hint string
	On                          bool
}

// How long texts may be, in letters.
const (
	mostTitle = 300
	mostText  = 4000
)

// part is a text of a form in three languages. Names of fields end with the
// language: "title-kk".
type part struct {
	name, label, hint string
	most              int
	needed            bool
}

// form is one that is being read or shown again.
type form struct {
	v     view
	f     url.Values
	wrong map[string]string // what is wrong, in words, by the id of the field
	links []page.Link
}

func newForm(v view, f url.Values) *form { return &form{v: v, f: f, wrong: map[string]string{}} }

// reading reads the form of a request; one that cannot be read is page.ErrForm.
func reading(r *http.Request, v view) (*form, error) {
	if err := page.ReadForm(r); err != nil {
		return nil, err
	}
	return newForm(v, r.PostForm), nil
}

func inLang(name string, lang law.Lang) string { return name + "-" + string(lang) }

// words reads a text in three languages.
func (x *form) words(p part) (out law.Words) {
	for _, lang := range law.Langs {
		id := inLang(p.name, lang)
		s := page.Typed(x.f.Get(id))
		switch {
		case utf8.RuneCountInString(s) > p.most:
			x.wrong[id] = x.v.loc.N("wr.too_long", p.most)
		case !page.Printable(s):
			x.wrong[id] = x.v.loc.T("wr.unprintable")
		}
		if s != "" {
			if out == nil {
				out = law.Words{}
			}
			out[lang] = s
		}
	}
	if p.needed && out == nil {
		x.wrong[inLang(p.name, x.v.ui)] = x.v.loc.T("dos.needed")
	}
	return out
}

// day reads a day; "" where there is none.
func (x *form) day(id string) law.Date {
	s := strings.TrimSpace(x.f.Get(id))
	if s == "" {
		return ""
	}
	day, err := law.ParseDate(s)
	if err != nil {
		x.wrong[id] = x.v.loc.T("wr.date_bad")
	}
	return day
}

// days reads two days, of which the second is not before the first.
func (x *form) days(from, to string) (a, b law.Date) {
	a, b = x.day(from), x.day(to)
	if a != "" && b != "" && b < a {
		x.wrong[to] = x.v.loc.T("dos.before", "date", x.v.loc.Date(a))
	}
	return a, b
}

// sources reads them; what was typed as it stands keeps its other languages.
func (x *form) sources(id string, was []dossiers.Source) []dossiers.Source {
	out, bad := dossiers.ReadSources(page.Typed(x.f.Get(id)), was, x.v.ui)
	if bad != "" {
		x.wrong[id] = x.v.loc.T("dos.source_bad", "line", bad)
	}
	return out
}

// fill puts words into the form.
func (x *form) fill(name string, w law.Words) {
	for lang, s := range w {
		x.f.Set(inLang(name, lang), s)
	}
}

// field is one of the form, with what is wrong.
func (x *form) field(f page.Field) page.Field {
	f.Name, f.Value, f.Error = f.ID, x.f.Get(f.ID), x.wrong[f.ID]
	if f.Autocomplete == "" {
		f.Autocomplete = "off"
	}
	for i := range f.Options {
		f.Options[i].Current = f.Options[i].Value == f.Value
	}
	if f.Error != "" {
		x.links = append(x.links, page.Link{Href: "#" + f.ID, Text: f.Label + ": " + f.Error})
	}
	return f
}

func (x *form) date(id, label, hint string) page.Field {
	return x.field(page.Field{ID: id, Kind: "date", Label: label, Hint: hint})
}

func (x *form) sourceField(id string) page.Field {
	return x.field(page.Field{ID: id, Kind: "textarea", Label: x.v.loc.T("prop.sources"), Hint: x.v.loc.T("dos.sources_hint")})
}

// texts are the fields of parts, by language.
func (x *form) texts(parts ...part) (out []Words) {
	for _, lang := range law.Langs {
		w := Words{Lang: lang, Name: i18n.Own(lang), Open: lang == x.v.ui}
		for _, p := range parts {
			id := inLang(p.name, lang)
			f := page.Field{ID: id, Label: p.label, Hint: p.hint}
			if p.most > mostTitle {
				f.Kind = "textarea"
			}
			f = x.field(f)
			w.Open = w.Open || f.Value != "" || f.Error != ""
			w.Fields = append(w.Fields, f)
		}
		out = append(out, w)
	}
	return out
}

// show fills in what all forms have and answers; status tells whether something
// is wrong.
func (d *Dossiers) show(w http.ResponseWriter, r *http.Request, status int, x *form, p FormPage) error {
	p.Wrong = x.links
	if p.Submit == "" {
		p.Submit = x.v.loc.T("wr.save")
	}
	if p.Cancel.Href == "" {
		p.Cancel = page.Link{Href: x.v.at(""), Text: x.v.loc.T("wr.cancel")}
	}
	return d.render(w, r, status, "dossier_form", p)
}

// moved says that somebody else has stored something meanwhile, and what; what
// was typed stays in the form and is stored only if it is sent again.
func (x *form) moved(p *FormPage, theirs url.Values) {
	p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: x.v.loc.T("dos.changed"), Texts: []string{x.v.loc.T("wr.changed_text")}})
	t := page.Table{Caption: x.v.loc.T("wr.changed_what"), Head: []string{x.v.loc.T("wr.field"), x.v.loc.T("wr.stored"), x.v.loc.T("wr.yours")}}
	add := func(label string, lang law.Lang, f page.Field) {
		a, b := page.Typed(theirs.Get(f.ID)), page.Typed(f.Value)
		if a == b {
			return
		}
		for _, s := range []*string{&a, &b} {
			for _, o := range f.Options {
				if o.Value == *s {
					*s = o.Text
				}
			}
			if *s == "" {
				*s = "—"
			}
		}
		t.Rows = append(t.Rows, []page.Cell{{Text: label}, {Text: a, Lang: lang}, {Text: b, Lang: lang}})
	}
	for _, g := range p.Groups {
		for _, f := range slices.Concat(g.Fields, g.After) {
			add(f.Label, "", f)
		}
		for _, words := range g.Texts {
			for _, f := range words.Fields {
				add(f.Label+", "+x.v.loc.InLanguage(words.Lang), words.Lang, f)
			}
		}
		for _, tick := range g.Ticks {
			if slices.Contains(theirs[tick.Name], tick.Value) != tick.On {
				t.Rows = append(t.Rows, []page.Cell{{Text: tick.Text}, {Text: x.yes(!tick.On)}, {Text: x.yes(tick.On)}})
			}
		}
	}
	if len(t.Rows) > 0 {
		p.Theirs = &t
	}
}

func (x *form) yes(on bool) string {
	if on {
		return x.v.loc.T("dos.yes")
	}
	return x.v.loc.T("dos.no")
}

// current tells whether a form was made of what is stored now.
func (x *form) current(stored any) (bool, error) {
	now, err := mark(stored)
	return x.f.Get("mark") == now, err
}

// lead names the dossier above the form.
func (p *FormPage) lead(v view) {
	title := v.said(v.Title)
	p.Lead, p.LeadIn = title.Text, title.Lang
}

// keep carries along of what the form is made.
func (p *FormPage) keep(stored any) error {
	m, err := mark(stored)
	p.Hidden = append(p.Hidden, people.Hidden{Name: "mark", Value: m})
	return err
}

// isForm tells a form with files from one without: after a session ended its
// words come back without the files.
func isForm(err error) bool { return errors.Is(err, http.ErrNotMultipart) }
