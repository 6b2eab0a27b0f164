package dossier

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// What a new document is.
const (
	aFile = "file" // kept as it came
	aBill = "bill" // the next version of the bill
	aText = "text" // a text that is here
)

// NewDocument shows the form of a document that is not there yet.
func (d *Dossiers) NewDocument(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	kind := r.URL.Query().Get("kind")
	if !slices.Contains([]string{aBill, aText}, kind) {
		kind = aFile
	}
	x := newForm(v, url.Values{"kind": {kind}, "stage": {r.URL.Query().Get("stage")}})
	if len(v.Acts) > 0 {
		x.f.Set("act", string(v.Acts[0]))
	}
	return d.document(w, r, http.StatusOK, x, dossiers.Document{}, false)
}

// AddDocument stores a new document.
func (d *Dossiers) AddDocument(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	x, files, err := uploaded(r, v)
	if err == errLarge { // nothing of the form was read
		x.f.Set("kind", aFile)
		x.wrong["file"] = v.loc.T("dos.file_large", "n", mostFile>>20)
		return d.document(w, r, http.StatusRequestEntityTooLarge, x, dossiers.Document{}, false)
	}
	if err != nil {
		return err
	}
	stages, err := d.Store.Stages(r.Context(), v.ID)
	if err != nil {
		return err
	}
	to := x.document(dossiers.Document{})
	to.Stage = x.stageOf(stages)
	var file []byte
	var texts []law.Edition
	switch x.f.Get("kind") {
	case aFile:
		file = x.file(&to, files["file"])
	case aBill:
		texts = d.bill(x, &to, files)
	case aText:
		if err := d.known(r.Context(), x, &to); err != nil {
			return err
		}
	default:
		return page.ErrForm
	}
	if len(x.wrong) > 0 {
		return d.document(w, r, http.StatusUnprocessableEntity, x, dossiers.Document{}, false)
	}
	// A text that was stored and then not named by its document is stored again as
	// the same edition: nothing is there twice.
	for _, e := range texts {
		key, _, err := d.Store.AddEdition(r.Context(), e)
		if err != nil {
			return err
		}
		to.Editions[key.Lang] = key
	}
	to, err = d.Store.AddDocument(r.Context(), v.org(), v.ID, to, len(texts) > 0, file, d.entry(v, "dossier.document"))
	if err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, v.at("?said=saved#document-"+strconv.Itoa(to.Number)))
}

// file takes a file that is to be kept.
func (x *form) file(to *dossiers.Document, u upload) []byte {
	if x.wrong["file"] != "" {
		return nil
	}
	if u.raw == nil {
		x.wrong["file"] = x.v.loc.T("dos.file_needed")
		return nil
	}
	media := mediaOf(u.raw)
	if media == "" {
		x.wrong["file"] = x.v.loc.T("dos.file_kind")
		return nil
	}
	to.File = &dossiers.File{Name: u.name, Media: media}
	return u.raw
}

// bill takes the texts of a version of the bill: in each language the whole law as
// it would read. They are public like all texts, so the dossier must be.
func (d *Dossiers) bill(x *form, to *dossiers.Document, files map[string]upload) (out []law.Edition) {
	v := x.v
	act, err := law.ParseActID(x.f.Get("act"))
	if err != nil {
		x.wrong["act"] = v.loc.T("dos.needed")
	}
	if to.On == "" && x.wrong["on"] == "" {
		x.wrong["on"] = v.loc.T("dos.text_day")
	}
	if !v.Public {
		x.wrong[inLang("file", v.ui)] = v.loc.T("dos.text_public")
		return nil
	}
	to.Editions = map[law.Lang]law.EditionKey{}
	for _, lang := range law.Langs {
		id := inLang("file", lang)
		u, sent := files[id]
		if !sent || x.wrong[id] != "" {
			continue
		}
		title, lines, media, fault := d.lines(v, u, lang)
		if fault != "" {
			x.wrong[id] = fault
			continue
		}
		if title == "" {
			title = to.Title.In(lang)
		}
		key := law.EditionKey{Act: act, Status: law.BillVersion, Date: to.On, Lang: lang}
		out = append(out, law.Edition{EditionHead: law.EditionHead{EditionKey: key, Title: title, FetchedAt: d.now().UTC()}, MediaType: media, Raw: u.raw, Lines: lines})
		to.Editions[lang] = key
	}
	if len(out) == 0 && !slices.ContainsFunc(law.Langs[:], func(l law.Lang) bool { return x.wrong[inLang("file", l)] != "" }) {
		x.wrong[inLang("file", v.ui)] = v.loc.T("dos.text_needed")
	}
	return out
}

// known takes a text that is here, in all its languages.
func (d *Dossiers) known(ctx context.Context, x *form, to *dossiers.Document) error {
	key, err := law.ParseEditionKey(x.f.Get("text"))
	if err != nil {
		x.wrong["text"] = x.v.loc.T("dos.needed")
		return nil
	}
	heads, err := d.Store.Editions(ctx, key.Act)
	if err != nil {
		return err
	}
	to.Editions = map[law.Lang]law.EditionKey{}
	for _, h := range heads {
		if h.Version() == key.Version() {
			to.Editions[h.Lang] = h.EditionKey
		}
	}
	if len(to.Editions) == 0 {
		x.wrong["text"] = x.v.loc.T("dos.needed")
	}
	if to.On == "" {
		to.On = key.Date
	}
	return nil
}

// EditDocument shows the form of a document; what it holds stays what it is.
func (d *Dossiers) EditDocument(w http.ResponseWriter, r *http.Request) error {
	v, was, err := d.askedDocument(r)
	if err != nil {
		return err
	}
	return d.document(w, r, http.StatusOK, documentForm(v, was), was, false)
}

// SaveDocument stores what is said about a document.
func (d *Dossiers) SaveDocument(w http.ResponseWriter, r *http.Request) error {
	v, was, err := d.askedDocument(r)
	if err != nil {
		return err
	}
	x, err := reading(r, v)
	if err != nil {
		return err
	}
	stages, err := d.Store.Stages(r.Context(), v.ID)
	if err != nil {
		return err
	}
	to := x.document(was)
	to.Stage = x.stageOf(stages)
	if len(x.wrong) > 0 {
		return d.document(w, r, http.StatusUnprocessableEntity, x, was, false)
	}
	if ok, err := x.current(was); err != nil {
		return err
	} else if !ok {
		return d.document(w, r, http.StatusConflict, x, was, true)
	}
	err = d.Store.SaveDocument(r.Context(), v.org(), v.ID, was, to, d.entry(v, "dossier.document_changed"))
	if errors.Is(err, dossiers.ErrMoved) {
		if _, was, err = d.askedDocument(r); err != nil {
			return err
		}
		return d.document(w, r, http.StatusConflict, x, was, true)
	}
	if err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, v.at("?said=saved#document-"+strconv.Itoa(to.Number)))
}

func (d *Dossiers) askedDocument(r *http.Request) (view, dossiers.Document, error) {
	return askedPart(d, r, d.Store.Documents, func(x dossiers.Document) int { return x.Number })
}

func documentForm(v view, was dossiers.Document) *form {
	x := newForm(v, url.Values{"on": {string(was.On)}, "open": {string(was.OpenFrom)}, "shut": {string(was.OpenTo)}, "sources": {dossiers.SourceLines(was.Sources, v.ui)}})
	x.fill("title", was.Title)
	if was.Stage > 0 {
		x.f.Set("stage", strconv.Itoa(was.Stage))
	}
	return x
}

func documentPart(v view) part {
	return part{name: "title", label: v.loc.T("dos.document_title"), most: mostTitle, needed: true}
}

// document reads what is said about a document.
func (x *form) document(was dossiers.Document) dossiers.Document {
	to := was
	to.Title, to.On = x.words(documentPart(x.v)), x.day("on")
	to.OpenFrom, to.OpenTo = x.days("open", "shut")
	to.Sources = x.sources("sources", was.Sources)
	return to
}

// document shows the form; moved that the document is not what it was made of.
func (d *Dossiers) document(w http.ResponseWriter, r *http.Request, status int, x *form, was dossiers.Document, moved bool) error {
	v := x.v
	p := FormPage{Action: v.at("/documents")}
	held := Group{ID: "held", Title: v.loc.T("dos.held")}
	if was.Number > 0 {
		what := "/documents/" + strconv.Itoa(was.Number)
		p.Frame, p.Action = d.frame(r, v, what, v.loc.T("dos.document_edit")), v.at(what)
		if err := p.keep(was); err != nil {
			return err
		}
	} else {
		p.Frame, p.Submit, p.Multipart = d.frame(r, v, "/documents/new", v.loc.T("dos.document_new")), v.loc.T("dos.add"), true
		kind := x.f.Get("kind")
		p.Query = url.Values{"kind": {kind}}.Encode()
		p.Hidden = append(p.Hidden, people.Hidden{Name: "kind", Value: kind})
		p.Tabs = &page.Tabs{Label: v.loc.T("dos.kinds")}
		for _, one := range [][2]string{{aFile, v.loc.T("dos.kind_file")}, {aBill, v.loc.T("dos.kind_bill")}, {aText, v.loc.T("dos.kind_text")}} {
			p.Tabs.List = append(p.Tabs.List, page.Tab{Href: v.at("/documents/new?kind=" + one[0]), Text: one[1], Current: one[0] == kind})
		}
		if err := d.holding(r.Context(), x, kind, &held); err != nil {
			return err
		}
		if status != http.StatusOK && kind != aText {
			p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("dos.file_again"), Texts: []string{v.loc.T("dos.file_again_text")}})
		}
	}
	p.lead(v)
	stage, err := d.stageField(r, x)
	if err != nil {
		return err
	}
	about := Group{ID: "document", Title: v.loc.T("dos.document"), Texts: x.texts(documentPart(v)), After: []page.Field{stage, x.date("on", v.loc.T("dos.document_on"), v.loc.T("dos.document_on_hint"))}}
	talk := Group{ID: "discussion", Title: v.loc.T("dos.talk"), Fields: []page.Field{x.date("open", v.loc.T("dos.open_from"), ""), x.date("shut", v.loc.T("dos.open_to"), v.loc.T("dos.open_hint"))}}
	p.Groups = []Group{about, talk, {ID: "read", Title: v.loc.T("prop.sources"), Fields: []page.Field{x.sourceField("sources")}}}
	if len(held.Fields) > 0 {
		p.Groups = append([]Group{held}, p.Groups...)
	}
	if moved {
		x.moved(&p, documentForm(v, was).f)
	}
	return d.show(w, r, status, x, p)
}

// holding are the fields of what a new document holds.
func (d *Dossiers) holding(ctx context.Context, x *form, kind string, g *Group) error {
	v := x.v
	switch kind {
	case aFile:
		g.Fields = []page.Field{x.field(page.Field{ID: "file", Kind: "file", Label: v.loc.T("dos.file"), Hint: v.loc.T("dos.file_hint", "n", mostFile>>20)})}
		return nil
	case aBill:
		if !v.Public {
			g.Notices = append(g.Notices, page.Notice{Kind: "warning", Title: v.loc.T("dos.text_public")})
		}
		acts, err := d.followed(ctx, v)
		if err != nil {
			return err
		}
		f := page.Field{ID: "act", Kind: "select", Label: v.loc.T("wr.act")}
		for _, a := range acts {
			t := read.ActTitle(a, v.ui)
			f.Options = append(f.Options, page.Option{Value: string(a.ID), Text: page.Clip(t.Text, 90), Lang: otherLang(t.Lang, v.ui)})
		}
		g.Fields = []page.Field{x.field(f)}
		for _, lang := range law.Langs {
			hint := ""
			if lang == law.KK {
				hint = v.loc.T("dos.bill_hint")
			}
			g.Fields = append(g.Fields, x.field(page.Field{ID: inLang("file", lang), Kind: "file", Label: v.loc.T("dos.text_in", "language", v.loc.InLanguage(lang)), Hint: hint}))
		}
		return nil
	}
	f := page.Field{ID: "text", Kind: "select", Label: v.loc.T("dos.kind_text"), Hint: v.loc.T("dos.known_hint"), Options: []page.Option{{Text: "—"}}}
	acts, err := d.followed(ctx, v)
	if err != nil {
		return err
	}
	for _, a := range acts {
		heads, err := d.Store.Editions(ctx, a.ID)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, h := range slices.Backward(heads) {
			if seen[h.Version()] {
				continue
			}
			seen[h.Version()] = true
			f.Options = append(f.Options, page.Option{Value: h.EditionKey.String(), Text: read.Named(v.loc, h.EditionKey) + ": " + page.Clip(read.ActTitle(a, v.ui).Text, 60)})
		}
	}
	g.Fields = []page.Field{x.field(f)}
	return nil
}

// followed are the acts with texts, those of the dossier first.
func (d *Dossiers) followed(ctx context.Context, v view) (out []law.Act, err error) {
	all, err := d.Store.Acts(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		heads, err := d.Store.Editions(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		if len(heads) > 0 || slices.Contains(v.Acts, a.ID) {
			out = append(out, a)
		}
	}
	place := func(id law.ActID) int {
		if i := slices.Index(v.Acts, id); i >= 0 {
			return i
		}
		return len(v.Acts)
	}
	slices.SortStableFunc(out, func(a, b law.Act) int { return place(a.ID) - place(b.ID) })
	return out, nil
}
