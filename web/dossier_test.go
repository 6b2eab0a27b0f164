package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/dossier"
	"github.com/tuzetu/tuzetu/web/people"
)

// registry is an office that keeps a dossier of the sample act; at is its path on
// the desk.
type registry struct {
	*writers
	at, public string
}

func newRegistry(t *testing.T) *registry {
	t.Helper()
	o := &registry{writers: &writers{deskOffice: &deskOffice{office: newOffice(t, "https://tuzetu.example")}}}
	s := &site{tb: t, store: o.store}
	s.act(sample.Act())
	for _, lang := range law.Langs {
		s.edition(sample.ActID, law.Enacted, sample.First, lang, sample.Markdown(lang, sample.First))
		s.edition(sample.ActID, law.Enacted, sample.Second, lang, sample.Markdown(lang, sample.Second))
	}
	var err error
	o.handler, err = web.New(web.Config{Store: o.store, Now: o.now, BaseURL: "https://tuzetu.example", People: &people.Config{Door: o.door},
		Dossiers: &dossier.Config{Store: o.store, ReadFile: readSent}})
	o.must(err)
	_, o.editor = o.equip(o.hire("editor@example.kz", accounts.Editor))
	f := typed(o.page("/ru/desk/"+string(o.own.ID)+"/dossiers/new", o.editor))
	f.Set("title-ru", "Библиотека рядом")
	f.Set("title-kk", "Кітапхана жақын")
	f.Set("summary-ru", "Просим отвечать быстрее.")
	f.Set("acts", string(sample.ActID))
	w, _ := o.send("/ru/desk/"+string(o.own.ID)+"/dossiers", o.editor, f)
	o.at = o.to(w)
	o.public = "/ru/dossiers/biblioteka-ryadom"
	return o
}

// readSent reads plain texts, as the program reads more.
func readSent(_ string, raw []byte) ([]law.Line, error) { return law.ReadText(bytes.NewReader(raw)) }

// to is where a form leads that was stored.
func (o *registry) to(w *httptest.ResponseRecorder) string {
	o.t.Helper()
	if w.Code != http.StatusSeeOther {
		o.t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	to, _, _ := strings.Cut(w.Header().Get("Location"), "?")
	return to
}

// open makes the dossier public.
func (o *registry) open() {
	o.t.Helper()
	f := typed(o.page(o.at+"/edit", o.editor))
	f.Set("public", "1")
	w, _ := o.send(o.at+"/edit", o.editor, f)
	o.to(w)
}

// sendFile sends a form with a file.
func (o *registry) sendFile(cookie string, f url.Values, field, name, content string) *httptest.ResponseRecorder {
	o.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for key, values := range f {
		for _, v := range values {
			if !strings.HasPrefix(key, "file") {
				o.must(m.WriteField(key, v))
			}
		}
	}
	part, err := m.CreateFormFile(field, name)
	o.must(err)
	_, err = part.Write([]byte(content))
	o.must(err)
	o.must(m.Close())
	r := httptest.NewRequest(http.MethodPost, "https://tuzetu.example"+o.at+"/documents", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Cookie", "__Host-session="+cookie)
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w
}

func (o *registry) ask(path, cookie string) (*httptest.ResponseRecorder, *goquery.Document) {
	o.t.Helper()
	r := httptest.NewRequest(http.MethodGet, "https://tuzetu.example"+path, nil)
	if cookie != "" {
		r.Header.Set("Cookie", "__Host-session="+cookie)
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	o.must(err)
	return w, doc
}

// From the first stage to the page everybody sees.
func TestDossierOnItsWay(t *testing.T) {
	o := newRegistry(t)
	strange, _ := o.ask(o.public, "")
	none, _ := o.ask("/ru/dossiers/no-such-dossier", "")
	if strange.Code != http.StatusNotFound || !bytes.Equal(strange.Body.Bytes(), none.Body.Bytes()) {
		t.Errorf("a dossier that is not public: %d; it differs from one that is not there", strange.Code)
	}

	steps := o.page(o.at+"/stages/new", o.editor)
	if n := steps.Find(`section[aria-labelledby="t-from-2026"]:has(.callout) .steplist li`).Length(); n != 11 {
		t.Errorf("steps of the template that is to be confirmed: %d", n)
	}
	f := typed(o.page(o.at+"/stages/new?step=from-2026:first_reading", o.editor))
	if f.Get("name-ru") != "Курултай, первое чтение" || f.Get("by-kk") != "Құрылтай" {
		t.Errorf("not filled in from the template: %v", f)
	}
	f.Set("from", "2026-10-05")
	f.Set("to", "2026-10-05")
	f.Set("do", "more")
	_, more := o.send(o.at+"/stages", o.editor, f)
	f = typed(more)
	f.Set("d0-on", "2026-10-05")
	f.Set("d0-what-ru", "Одобрить концепцию")
	f.Set("d0-by-ru", "Комитет")
	f.Set("d0-sources", "https://example.kz/1 Сообщение")
	w, _ := o.send(o.at+"/stages", o.editor, f)
	o.to(w)

	f = typed(o.page(o.at+"/deadlines/new?stage=1", o.editor))
	f.Set("what-ru", "Подать замечания")
	f.Set("how", "working")
	f.Set("from", "2026-12-09")
	f.Set("count", "5")
	f.Set("do", "count")
	_, counted := o.send(o.at+"/deadlines", o.editor, f)
	if said := text(counted.Find("#g-counting ~ .callout")); !strings.Contains(said, "17 декабря 2026 года") || !strings.Contains(said, "16.12.2026") || !strings.Contains(said, "не посчитаны 2 дня") || !strings.Contains(said, "не подтверждён юристом") {
		t.Errorf("counted: %q", said)
	}
	f.Set("do", "save")
	w, _ = o.send(o.at+"/deadlines", o.editor, f)
	o.to(w)

	o.open()
	f = typed(o.page(o.at+"/documents/new?kind=bill&stage=1", o.editor))
	f.Set("title-ru", "Проект")
	f.Set("on", "2026-10-01")
	o.to(o.sendFile(o.editor, f, "file-ru", "bill.md", sample.Proposal(law.RU)))
	f = typed(o.page(o.at+"/documents/new", o.editor))
	f.Set("title-ru", "Заключение")
	f.Set("open", "2026-11-20")
	f.Set("shut", "2026-11-24")
	o.to(o.sendFile(o.editor, f, "file", `C:\doc\Заключение.pdf`, "%PDF-1.7 x"))

	_, doc := o.ask(o.public, "")
	for sel, want := range map[string]string{
		"h1":                      "Библиотека рядом",
		".stg__i .stg__d":         "5 октября 2026 года",
		".stg__i h3":              "Курултай, первое чтение",
		".dec li p:first-child":   "5 октября 2026 года: Комитет: Одобрить концепцию",
		"ol.stg > .stg__now":      "Сегодня, 22 ноября 2026 года",
		".opens li:first-child b": "24 ноября 2026 года",
		"#deadline-1 .due__d":     "17 декабря 2026 года, осталось 25 дней",
		"#document-1 .doc__k":     "Законопроект, версия 1",
		`a[href*="/compare/2026-02-01...bill-2026-10-01/ru"]`: "сравнить с редакцией от 01.02.2026",
	} {
		if got := text(doc.Find(sel)); got != want {
			t.Errorf("%s: %q, want %q", sel, got, want)
		}
	}
	if doc.Find(`a[href="/ru`+sampleAct+`"]`).Length() != 1 {
		t.Error("the act is not named")
	}
	href := doc.Find("#document-2 a[download]").AttrOr("href", "")
	file, _ := o.ask(href, "")
	for name, want := range map[string]string{"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff"} {
		if got := file.Header().Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if d := file.Header().Get("Content-Disposition"); file.Body.String() != "%PDF-1.7 x" || !strings.HasPrefix(d, "attachment; filename*=utf-8''%D0%97") || strings.Contains(d, "doc") {
		t.Errorf("%d %q %q", file.Code, d, file.Body)
	}
	twin, _ := o.ask(o.public+".json", "")
	var read struct {
		Stages    []struct{ Step string }
		Documents []struct {
			Bill     int
			Editions map[string]string
		}
		Deadlines []struct{ Due string }
	}
	o.must(json.Unmarshal(twin.Body.Bytes(), &read))
	if len(read.Stages) != 1 || read.Stages[0].Step != "first_reading" || read.Documents[0].Editions["ru"] != "bill:Z9900000001@2026-10-01:ru" || read.Deadlines[0].Due != "2026-12-17" {
		t.Errorf("%+v", read)
	}
	cal, _ := o.ask(o.public+".ics", "")
	if body := cal.Body.String(); !strings.Contains(body, "DTSTART;VALUE=DATE:20261217\r\n") || strings.Count(body, "BEGIN:VEVENT") != 2 {
		t.Errorf("%s", body)
	}
	for line := range strings.SplitSeq(cal.Body.String(), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes", len(line))
		}
	}
	feed, _ := o.ask(o.public+"/feed.atom", "")
	if n := strings.Count(feed.Body.String(), "<entry>"); n != 3 {
		t.Errorf("%d entries in the feed", n)
	}
	if _, act := o.ask("/ru"+sampleAct, ""); act.Find(`a[href="`+o.public+`"]`).Length() != 1 {
		t.Error("the act does not lead to the dossier")
	}
	if _, home := o.ask("/ru", ""); home.Find(`a[href="/ru/dossiers"]`).Length() != 1 {
		t.Error("the front page does not lead to dossiers")
	}
	log, err := o.store.Entries(context.Background(), o.own.ID, 0, 100)
	o.must(err)
	var did []string
	for _, e := range log {
		if strings.HasPrefix(e.Did, "dossier.") {
			did = append(did, e.Did)
		}
	}
	if got := strings.Join(did, " "); !strings.Contains(got, "dossier.shown") || strings.Count(got, "dossier.document") != 2 || !strings.Contains(got, "dossier.made") {
		t.Errorf("the log: %s", got)
	}
}

// What is wrong stands beside its field, in words, and what was typed stays.
func TestDossierFormsSayWhatIsWrong(t *testing.T) {
	o := newRegistry(t)
	o.open()
	o.must(func() error {
		_, err := o.store.SaveStage(context.Background(), string(o.own.ID), 1, dossiers.Stage{}, dossiers.Stage{Name: law.Words{law.RU: "Этап"}}, accounts.Entry{At: o.now()})
		return err
	}())
	for _, c := range []struct {
		path, form, field, want string
	}{
		{"/edit", "title-ru=&slug=x&mark=", "title-ru", "Заполните"},
		{"/edit", "title-ru=a&slug=%D1%8F", "slug", "строчные латинские"},
		{"/edit", "slug=a&title-ru=" + strings.Repeat("a", 301), "title-ru", "не более 300 знаков"},
		{"/stages", "step=own&name-ru=", "name-ru", "Заполните"},
		{"/stages", "step=own&name-ru=a&from=2026-13-01", "from", "ГГГГ-ММ-ДД"},
		{"/stages", "step=own&name-ru=a&from=2026-02-02&to=2026-02-01", "to", "не может быть раньше"},
		{"/stages", "step=own&name-ru=a&sources=javascript://x", "sources", "не веб-адрес"},
		{"/stages", "step=own&name-ru=a&decisions=1&d0-by-ru=x", "d0-what-ru", "Заполните"},
		{"/deadlines", "what-ru=a&how=day", "day", "Заполните"},
		{"/deadlines", "what-ru=a&how=working&from=2026-12-20&count=20", "how", "2025, 2026"},
		{"/deadlines", "what-ru=a&how=calendar&from=2026-12-20&count=0", "count", "от 1 до"},
		{"/deadlines", "what-ru=a&how=phrase", "phrase-ru", "слова источника"},
		{"/documents", "kind=file&title-ru=a", "file", "Выберите файл"},
		{"/documents", "kind=bill&title-ru=a&act=Z9900000001", "on", "укажите дату"},
		{"/documents", "kind=text&title-ru=a&text=x", "text", "Заполните"},
	} {
		f, err := url.ParseQuery(c.form)
		o.must(err)
		w, doc := o.send(o.at+c.path, o.editor, f)
		field := doc.Find("#" + c.field)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(text(doc.Find("#"+c.field+"-err")), c.want) || field.AttrOr("aria-invalid", "") != "true" {
			t.Errorf("%s %s: %d %q", c.path, c.form, w.Code, text(doc.Find(".err")))
		}
		if doc.Find(`[role=alert] a[href="#`+c.field+`"]`).Length() != 1 {
			t.Errorf("%s %s: the list above does not lead to the field", c.path, c.form)
		}
		if goquery.NodeName(field) == "input" && field.AttrOr("type", "") != "file" && field.AttrOr("value", "") != f.Get(c.field) {
			t.Errorf("%s %s: what was typed is lost", c.path, c.form)
		}
	}
	for _, c := range []struct{ field, kind, name, content, want string }{
		{"file", "file", "x.pdf", "MZ\x90\x00\x03", "не принимается"},
		{"file", "file", "x.zip", "PK\x03\x04", "не принимается"},
		{"file", "file", "x.pdf", "", "Файл пуст"},
		{"file-kk", "bill", "x.md", sample.Proposal(law.RU), "на русском языке"},
		{"file-ru", "bill", "x.docx", "%PDF-1.7", "нужен DOCX"},
	} {
		w := o.sendFile(o.editor, url.Values{"kind": {c.kind}, "title-ru": {"Название"}, "act": {string(sample.ActID)}, "on": {"2026-10-01"}}, c.field, c.name, c.content)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		o.must(err)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(text(doc.Find("#"+c.field+"-err")), c.want) || doc.Find("#title-ru").AttrOr("value", "") != "Название" {
			t.Errorf("%s %s: %d %q", c.field, c.name, w.Code, text(doc.Find(".err")))
		}
	}
}

// A page of HTML is kept and never opened as one; nobody else's dossier is there.
func TestDossierFilesAreNoPages(t *testing.T) {
	o := newRegistry(t)
	f := url.Values{"kind": {"file"}, "title-ru": {"Страница"}}
	o.to(o.sendFile(o.editor, f, "file", "x.html", "<!doctype html><script>alert(1)</script>"))
	_, doc := o.ask(o.at, o.editor)
	href := doc.Find("#document-1 a[download]").AttrOr("href", "")
	w, _ := o.ask(href, o.editor)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" || w.Header().Get("Content-Disposition") != "attachment; filename=x.html.txt" || !strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for name, is := range map[string][2]string{
		"drawing.svg": {`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "drawing.svg.txt"},
		"setup.msi":   {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 installer", "setup.msi.doc"},
		"Letter.PDF":  {"%PDF-1.7", "Letter.PDF"},
		"notes.md":    {"# Заметки", "notes.md"},
	} {
		o.to(o.sendFile(o.editor, f, "file", name, is[0]))
		_, doc := o.ask(o.at, o.editor)
		w, _ := o.ask(doc.Find("[id^=document-] a[download]").Last().AttrOr("href", ""), o.editor)
		if got := w.Header().Get("Content-Disposition"); got != "attachment; filename="+is[1] {
			t.Errorf("%s is sent as %s", name, got)
		}
	}
	sum := href[strings.LastIndex(href, "/")+1:]
	for _, path := range []string{o.public, o.public + ".json", o.public + ".ics", o.public + ".png", o.public + "/feed.atom", o.public + "/files/" + sum} {
		if w, _ := o.ask(path, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d to a stranger", path, w.Code)
		}
	}
	second, err := o.door.AddOrganisation(context.Background(), map[string]string{"kk": "Басқа қор", "ru": "Другой фонд", "en": "Another fund"}, "")
	o.must(err)
	other, err := o.store.AddDossier(context.Background(), dossiers.Dossier{Org: string(second.ID), Slug: "other", About: dossiers.About{Title: law.Words{law.RU: "x"}}}, accounts.Entry{At: o.now()})
	o.must(err)
	at := strings.TrimSuffix(o.at, "1") + map[dossiers.DossierID]string{2: "2"}[other]
	for _, path := range []string{"", "/edit", "/stages/new", "/documents/new", "/deadlines/new", "/files/" + sum} {
		if w, _ := o.ask(at+path, o.editor); w.Code != http.StatusNotFound {
			t.Errorf("%s of another organisation: %d", path, w.Code)
		}
	}
}

// Nobody overwrites what they have not seen; who is no longer signed in keeps what
// was typed, also beside a file; removing asks, and a stage in use stays.
func TestDossierLosesNothing(t *testing.T) {
	o := newRegistry(t)
	f := typed(o.page(o.at+"/edit", o.editor))
	o.open()
	f.Set("title-ru", "Моё название")
	w, doc := o.send(o.at+"/edit", o.editor, f)
	if w.Code != http.StatusConflict || doc.Find("#title-ru").AttrOr("value", "") != "Моё название" || doc.Find("table.t tbody tr").Length() != 2 {
		t.Errorf("changed meanwhile: %d, %q", w.Code, text(doc.Find("table.t")))
	}
	w, _ = o.send(o.at+"/edit", o.editor, typed(doc))
	o.to(w)

	late := o.sendFile("", url.Values{"kind": {"file"}, "title-ru": {"Долго писал"}}, "file", "x.pdf", "%PDF-")
	kept, err := goquery.NewDocumentFromReader(late.Body)
	o.must(err)
	form := url.Values{}
	kept.Find("main form:has([name=kind]) input").Each(func(_ int, in *goquery.Selection) {
		form.Add(in.AttrOr("name", ""), in.AttrOr("value", ""))
	})
	if late.Code != http.StatusForbidden || form.Get("title-ru") != "Долго писал" || form.Has("file") {
		t.Errorf("after the session: %d, %v", late.Code, form)
	}
	w, doc = o.send(o.at+"/documents", o.editor, form)
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#title-ru").AttrOr("value", "") != "Долго писал" || !strings.Contains(text(doc.Find("#file-err")), "Выберите файл") {
		t.Errorf("sent again: %d", w.Code)
	}

	w, _ = o.send(o.at+"/stages", o.editor, url.Values{"step": {"own"}, "name-ru": {"Этап"}})
	o.to(w)
	o.to(o.sendFile(o.editor, url.Values{"kind": {"file"}, "title-ru": {"Лист"}, "stage": {"1"}}, "file", "x.pdf", "%PDF-"))
	if asked := o.page(o.at+"/stages/1/remove", o.editor); asked.Find("main form[method=post]:has(button.btn:not(.btn--s))").Length() != 1 {
		t.Error("removing does not ask")
	}
	if w, _ := o.send(o.at+"/stages/1/remove", o.editor, nil); w.Code != http.StatusConflict {
		t.Errorf("a stage with a document: %d", w.Code)
	}
	for _, path := range []string{"/documents/1/remove", "/stages/1/remove"} {
		w, _ := o.send(o.at+path, o.editor, nil)
		o.to(w)
	}
	if doc := o.page(o.at, o.editor); doc.Find(".stg__i, .doc").Length() != 0 {
		t.Error("it is still there")
	}
}

// overtaken is a store in which somebody else is faster: between the reading of
// what a form was made of and its storing.
type overtaken struct {
	*store.Store
	first func()
}

func (s overtaken) SaveDossier(ctx context.Context, was, d dossiers.Dossier, e accounts.Entry) error {
	s.first()
	return s.Store.SaveDossier(ctx, was, d, e)
}

func (s overtaken) SaveStage(ctx context.Context, org string, dossier dossiers.DossierID, was, stage dossiers.Stage, e accounts.Entry) (int, error) {
	s.first()
	return s.Store.SaveStage(ctx, org, dossier, was, stage, e)
}

// Of two who store at the same moment, the second is shown what the first stored.
func TestDossierStoredAtOnce(t *testing.T) {
	o := newRegistry(t)
	w, _ := o.send(o.at+"/stages", o.editor, url.Values{"step": {"own"}, "name-ru": {"Этап"}})
	o.to(w)
	calm := o.handler
	var first func()
	hasty, err := web.New(web.Config{Store: o.store, Now: o.now, BaseURL: "https://tuzetu.example", People: &people.Config{Door: o.door},
		Dossiers: &dossier.Config{Store: overtaken{o.store, func() { first() }}, ReadFile: readSent}})
	o.must(err)
	for path, field := range map[string]string{"/edit": "title-ru", "/stages/1": "name-ru"} {
		mine, theirs := typed(o.page(o.at+path, o.editor)), typed(o.page(o.at+path, o.editor))
		mine.Set(field, "Моё название")
		theirs.Set(field, "Их название")
		first = func() {
			o.handler = calm
			w, _ := o.send(o.at+path, o.editor, theirs)
			o.to(w)
		}
		o.handler = hasty
		w, doc := o.send(o.at+path, o.editor, mine)
		o.handler = calm
		if w.Code != http.StatusConflict || doc.Find("#"+field).AttrOr("value", "") != "Моё название" || !strings.Contains(text(doc.Find("table.t")), "Их название") {
			t.Errorf("%s: %d, %q", path, w.Code, text(doc.Find("table.t")))
		}
		w, _ = o.send(o.at+path, o.editor, typed(doc))
		o.to(w)
		if got := typed(o.page(o.at+path, o.editor)).Get(field); got != "Моё название" {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// filedKinds are the pages of a registry: "?wrong" sends a form with mistakes,
// "?stale" one made before somebody else's change.
func filedKinds(t *testing.T) (http.Handler, []kind) {
	o := newRegistry(t)
	stale := typed(o.page(o.at+"/edit", o.editor))
	stale.Set("title-ru", "Другое")
	o.open()
	history, err := dossiers.GroundTruth()
	o.must(err)
	_, _, err = o.store.LoadHistory(context.Background(), string(o.own.ID), history, accounts.Entry{At: o.now()})
	o.must(err)
	w, _ := o.send(o.at+"/stages", o.editor, url.Values{"step": {"from-2026:consultation"}, "name-ru": {"Обсуждение"}, "name-kk": {"Талқылау"}, "name-en": {"Discussion"}, "from": {"2026-11-10"},
		"decisions": {"1"}, "d0-what-ru": {"Начать обсуждение"}, "d0-sources": {"https://example.kz Сообщение"}})
	o.to(w)
	bill := url.Values{"kind": {"bill"}, "title-ru": {"Проект"}, "title-kk": {"Жоба"}, "title-en": {"Bill"}, "on": {"2026-10-01"}, "act": {string(sample.ActID)}, "stage": {"1"}}
	o.to(o.sendFile(o.editor, bill, "file-ru", "bill.md", sample.Proposal(law.RU)))
	o.to(o.sendFile(o.editor, url.Values{"kind": {"file"}, "title-ru": {"Лист"}, "open": {"2026-11-10"}, "shut": {"2026-12-10"}}, "file", "x.pdf", "%PDF-"))
	w, _ = o.send(o.at+"/deadlines", o.editor, url.Values{"what-ru": {"Подать замечания"}, "how": {"working"}, "from": {"2026-12-09"}, "count": {"5"}, "stage": {"1"}})
	o.to(w)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/desk") {
			r.Header.Set("Cookie", "__Host-session="+o.editor)
			r.Host, r.TLS = "tuzetu.example", nil
		}
		for name, form := range map[string]string{"wrong": "kind=file&step=own&name-ru=&from=x&to=1&how=working&count=y&decisions=1&d0-by-ru=x&sources=http://&slug=%D1%8F", "stale": stale.Encode(),
			"count": "do=count&how=working&from=2026-12-09&count=5"} {
			if r.URL.Query().Has(name) {
				r.Method, r.Body = http.MethodPost, io.NopCloser(strings.NewReader(form))
				r.Header.Del("Sec-Fetch-Site")
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
		}
		o.handler.ServeHTTP(w, r)
	})
	at := "/{ui}" + strings.TrimPrefix(o.at, "/ru")
	all := "/{ui}/desk/" + string(o.own.ID) + "/dossiers"
	return handler, []kind{
		{name: "dossiers", path: "/{ui}/dossiers"}, {name: "dossier", path: "/{ui}" + strings.TrimPrefix(o.public, "/ru")}, {name: "dossier, a history", path: "/{ui}/dossiers/media-law-2022-2024"},
		{name: "dossiers of the desk", path: all}, {name: "dossier of the desk", path: at}, {name: "new dossier", path: all + "/new"},
		{name: "dossier, edit", path: at + "/edit"}, {name: "dossier, edit with mistakes", path: at + "/edit?wrong", status: http.StatusUnprocessableEntity},
		{name: "dossier, edit, changed meanwhile", path: at + "/edit?stale", status: http.StatusConflict},
		{name: "stage, choose", path: at + "/stages/new"}, {name: "stage, new", path: at + "/stages/new?step=from-2026:first_reading"}, {name: "stage, edit", path: at + "/stages/1"},
		{name: "stage, mistakes", path: at + "/stages?wrong", status: http.StatusUnprocessableEntity}, {name: "stage, remove", path: at + "/stages/1/remove"},
		{name: "document, file", path: at + "/documents/new"}, {name: "document, bill", path: at + "/documents/new?kind=bill"}, {name: "document, text", path: at + "/documents/new?kind=text"},
		{name: "document, edit", path: at + "/documents/1"}, {name: "document, mistakes", path: at + "/documents?wrong", status: http.StatusUnprocessableEntity},
		{name: "deadline, new", path: at + "/deadlines/new"}, {name: "deadline, counted", path: at + "/deadlines?count"}, {name: "deadline, mistakes", path: at + "/deadlines?wrong", status: http.StatusUnprocessableEntity},
	}
}

// axe-core finds nothing on the pages of dossiers.
func TestAuditDossiers(t *testing.T) {
	h, kinds := filedKinds(t)
	auditKinds(t, h, kinds)
}

// Those of the desk are private; none has a blank that was not filled in.
func TestDossierPagesAreWhole(t *testing.T) {
	h, kinds := filedKinds(t)
	s := &site{tb: t, handler: h}
	for _, k := range kinds {
		for _, ui := range law.Langs {
			w := s.get("https://tuzetu.example" + k.in(ui))
			private := strings.Contains(k.path, "/desk/")
			if w.Code != max(k.status, http.StatusOK) || w.Header().Get("Content-Language") != string(ui) || strings.Contains(w.Header().Get("Cache-Control"), "no-store") != private {
				t.Errorf("%s: %d, %q, %q", k.in(ui), w.Code, w.Header().Get("Cache-Control"), w.Header().Get("Content-Language"))
			}
			if body := w.Body.String(); blankLeft.MatchString(body) || strings.Contains(body, `content="noindex`) != private {
				t.Errorf("%s: a blank is left, or it may be indexed", k.in(ui))
			}
		}
	}
}

// Screenshots for people to look at.
func TestDossierScreens(t *testing.T) {
	ctx := browser(t)
	h, kinds := filedKinds(t)
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	var shots []shot
	for _, k := range kinds {
		name := strings.NewReplacer(" ", "-", ",", "").Replace(k.name)
		shots = append(shots, shot{"dossier-" + name + "-kk-320", k.in(law.KK), 320, false, false}, shot{"dossier-" + name + "-ru-1280", k.in(law.RU), 1280, false, false})
	}
	shoot(t, ctx, srv.URL, shots)
}
