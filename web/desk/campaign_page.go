package desk

import (
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// EditPage is the form of a campaign.
type EditPage struct {
	people.Frame
	Tabs                *page.Tabs // nil for one that is not there yet
	Action, Mark, Again string
	Wrong               []page.Link
	Theirs              *page.Table
	Slug                page.Field
	Fixed               string // the address, where it cannot change any more
	Languages, Keys     Ticks
	KeysHref            string
	Texts               []TextsIn
	Act, Base, Proposed page.Field
	Goal, Closes, BIN   page.Field
	Miles               []MileRow
	More                bool   // another milestone can be added
	Picture             string // where it is uploaded; "" before there is a campaign
	Submit              string // "" where nothing can be stored
}

// Ticks are boxes of one name.
type Ticks struct {
	ID, Label, Hint, Error string
	List                   []Tick
}

// Tick is one of them.
type Tick struct {
	ID, Name, Value, Text, Small string
	Lang                         law.Lang // of Text
	On                           bool
}

// TextsIn are the texts of a campaign in one language.
type TextsIn struct {
	Lang   law.Lang
	Name   string
	Open   bool
	Fields []page.Field
}

// MileRow is a milestone in the form.
type MileRow struct {
	N      int // from 1
	Drop   string
	Fields []page.Field
}

// editing is a form on its way to a page.
type editing struct {
	d       *Desk
	v       view
	was     campaigns.Writing // as it is stored
	keys    []accounts.Key
	notices []page.Notice
	theirs  *page.Table
	again   string // hash of the new text that was shown to need another version
	submit  string
}

func (d *Desk) editing(r *http.Request, v view, was campaigns.Writing) (*editing, error) {
	keys, err := d.keysOf(r, v)
	return &editing{d: d, v: v, was: was, keys: keys, submit: v.loc.T("wr.save")}, err
}

// show renders the form as it was typed.
func (e *editing) show(w http.ResponseWriter, r *http.Request, status int, f url.Values, wrong faults) error {
	loc, path, title := e.v.loc, "/campaigns", e.v.loc.T("wr.new")
	if e.was.ID != 0 {
		path, title = "/campaigns/"+e.v.Slug+"/edit", e.v.heading()
	}
	p := EditPage{Action: e.v.at(path), Again: e.again, Theirs: e.theirs, Submit: e.submit}
	if e.was.ID == 0 {
		p.Frame = e.d.people.DeskFrame(r, "/campaigns/new", title)
	} else {
		p.Frame = e.d.people.DeskFrame(r, path, title)
		p.Tabs, p.Picture = e.d.tabs(e.v, "edit"), e.v.at("/campaigns/"+e.v.Slug+"/picture")
		var err error
		if p.Mark, err = e.was.Mark(); err != nil {
			return err
		}
	}
	p.Lead = loc.T("wr.edit_lead")
	p.Notices = append(p.Notices, e.notices...)
	if e.was.State.Published() && e.was.State.Writable() && e.again == "" {
		n, err := e.d.signers(r, e.was.Campaign)
		if err != nil {
			return err
		}
		p.Notices = append(p.Notices, page.Notice{Title: loc.T("wr.live"), Texts: []string{loc.N("wr.live_signers", n)}})
	}
	if !e.was.State.Writable() {
		p.Submit = ""
	}
	one := func(name, hint string) page.Field {
		x := page.Field{ID: name, Name: name, Label: e.label(name), Value: f.Get(name)}
		if hint != "" {
			x.Hint = loc.T(hint)
		}
		x.Error = e.say(wrong[name], name)
		return x
	}
	p.Slug = one("slug", "wr.slug_hint")
	if e.was.State.Published() {
		p.Fixed = e.was.Slug
	}
	p.Languages = e.languages(f, wrong)
	for _, lang := range law.Langs {
		p.Texts = append(p.Texts, e.texts(f, wrong, lang))
	}
	if err := e.law(r, &p, f, wrong); err != nil {
		return err
	}
	p.Goal, p.Closes, p.BIN = one("goal", ""), one("closes", "wr.closes_hint"), one("bin", "wr.bin_hint")
	p.Closes.Kind = "date"
	e.miles(&p, f, wrong)
	p.Keys = e.keyTicks(f, wrong)
	p.KeysHref = e.v.at("/keys")
	for _, x := range e.order() {
		if fault := wrong[x.id]; fault != "" {
			p.Wrong = append(p.Wrong, page.Link{Href: "#" + x.id, Text: x.label + ": " + e.say(fault, x.id)})
		}
	}
	return e.d.pages.Render(w, r, status, page.Private, e.v.ui, "campaign_edit", p)
}

// label is the name of a field as people read it.
func (e *editing) label(name string) string {
	switch name {
	case "title":
		return e.v.loc.T("wr.title")
	case "ask":
		return e.v.loc.T("wr.ask")
	case "story":
		return e.v.loc.T("wr.story")
	case "target":
		return e.v.loc.T("wr.target")
	case "funder":
		return e.v.loc.T("wr.funder")
	case "operator":
		return e.v.loc.T("wr.operator")
	case "slug":
		return e.v.loc.T("wr.slug")
	case "goal":
		return e.v.loc.T("wr.goal")
	case "closes":
		return e.v.loc.T("wr.closes")
	case "bin":
		return e.v.loc.T("wr.bin")
	case "act":
		return e.v.loc.T("wr.act")
	case "base":
		return e.v.loc.T("wr.base")
	case "proposed":
		return e.v.loc.T("wr.proposed")
	}
	return name
}

// say is a fault in words.
func (e *editing) say(fault, id string) string {
	if fault == "" {
		return ""
	}
	if fault != "wr.too_long" {
		return e.v.loc.T(fault)
	}
	most := mostThen
	for _, x := range wordsOf {
		if strings.HasPrefix(id, x.name+"-") {
			most = x.most
		}
	}
	return e.v.loc.N("wr.too_long", most)
}

// place is a field and its name, in the order of the page.
type place struct{ id, label string }

func (e *editing) order() []place {
	out := []place{{"slug", e.label("slug")}, {"in", e.v.loc.T("wr.in")}}
	for _, lang := range law.Langs {
		for _, x := range wordsOf {
			out = append(out, place{inLang(x.name, lang), e.label(x.name) + ", " + e.v.loc.In(lang)})
		}
	}
	out = append(out, place{"act", e.label("act")}, place{"base", e.label("base")}, place{"proposed", e.label("proposed")}, place{"goal", e.label("goal")})
	for i := range mostMiles {
		n := e.v.loc.T("wr.mile", "n", i+1)
		out = append(out, place{"at-" + strconv.Itoa(i), n})
		for _, lang := range law.Langs {
			out = append(out, place{inLang("then", lang) + "-" + strconv.Itoa(i), n + ", " + e.v.loc.In(lang)})
		}
	}
	return append(out, place{"closes", e.label("closes")}, place{"bin", e.label("bin")}, place{"key", e.v.loc.T("wr.keys")})
}

func (e *editing) languages(f url.Values, wrong faults) Ticks {
	t := Ticks{ID: "in", Label: e.v.loc.T("wr.in"), Hint: e.v.loc.T("wr.in_hint"), Error: e.say(wrong["in"], "in")}
	for _, lang := range law.Langs {
		t.List = append(t.List, Tick{ID: inLang("in", lang), Name: "in", Value: string(lang), Text: i18n.Own(lang), Lang: lang, On: slices.Contains(f["in"], string(lang))})
	}
	return t
}

func (e *editing) texts(f url.Values, wrong faults, lang law.Lang) TextsIn {
	t := TextsIn{Lang: lang, Name: i18n.Own(lang), Open: slices.Contains(f["in"], string(lang))}
	for _, x := range wordsOf {
		name := inLang(x.name, lang)
		field := page.Field{ID: name, Name: name, Label: e.label(x.name), Value: f.Get(name), Error: e.say(wrong[name], name)}
		if x.most > 1000 {
			field.Kind = "textarea"
		}
		switch x.name {
		case "ask":
			field.Hint = e.v.loc.T("wr.ask_hint")
		case "target":
			field.Hint = e.v.loc.T("wr.target_hint")
		case "funder":
			field.Hint = e.v.loc.T("wr.funder_hint")
		case "operator":
			field.Hint = e.v.loc.T("wr.operator_hint")
		}
		t.Open = t.Open || field.Error != ""
		t.Fields = append(t.Fields, field)
	}
	return t
}

func (e *editing) miles(p *EditPage, f url.Values, wrong faults) {
	n := min(max(rows(f), 1), mostMiles)
	p.More = n < mostMiles
	for i := range n {
		row := MileRow{N: i + 1, Drop: "drop-" + strconv.Itoa(i)}
		field := func(name, label string) {
			id := name + "-" + strconv.Itoa(i)
			row.Fields = append(row.Fields, page.Field{ID: id, Name: name, Label: label, Value: nth(f[name], i), Error: e.say(wrong[id], id)})
		}
		field("at", e.v.loc.T("wr.mile_count"))
		for _, lang := range law.Langs {
			field(inLang("then", lang), e.v.loc.T("wr.mile_then")+", "+e.v.loc.In(lang))
		}
		p.Miles = append(p.Miles, row)
	}
}

func (e *editing) keyTicks(f url.Values, wrong faults) Ticks {
	t := Ticks{ID: "key", Label: e.v.loc.T("wr.keys"), Hint: e.v.loc.T("wr.keys_hint"), Error: e.say(wrong["key"], "key")}
	for i, k := range offered(e.was, e.keys) {
		value := hex.EncodeToString(k.PublicKey[:])
		t.List = append(t.List, Tick{ID: "key-" + strconv.Itoa(i), Name: "key", Value: value, Text: k.Name, Small: seal.Fingerprint(k.PublicKey), On: slices.Contains(f["key"], value)})
	}
	return t
}

// keyNames are those of the keys a form has chosen.
func (e *editing) keyNames(f url.Values) string {
	var out []string
	for _, k := range offered(e.was, e.keys) {
		if slices.Contains(f["key"], hex.EncodeToString(k.PublicKey[:])) {
			out = append(out, k.Name)
		}
	}
	return strings.Join(out, ", ")
}

// stateName is where a campaign stands, as members are told.
func stateName(loc *i18n.Locale, s campaigns.State) string {
	switch s {
	case campaigns.Draft:
		return loc.T("state.draft")
	case campaigns.Review:
		return loc.T("state.review")
	case campaigns.Live:
		return loc.T("state.live")
	case campaigns.Paused:
		return loc.T("state.paused")
	case campaigns.Delivered:
		return loc.T("state.delivered")
	case campaigns.Answered:
		return loc.T("state.answered")
	}
	return loc.T("state.closed")
}
