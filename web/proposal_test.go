package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/proposal"
)

// atelier is an office with a public dossier and a proposal about the sample act,
// and an editor who is signed in.
type atelier struct {
	*office
	id     dossiers.ProposalID
	editor string
	desk   string // the proposal's path on the desk, without the language
}

func newAtelier(t *testing.T, base string) *atelier {
	t.Helper()
	ctx := context.Background()
	o := &atelier{office: newOffice(t, base)}
	s := &site{tb: t, store: o.store}
	s.act(sample.Act())
	for _, lang := range []law.Lang{law.RU, law.KK} {
		s.edition(sample.ActID, law.Enacted, sample.Second, lang, sample.Markdown(lang, sample.Second))
	}
	id, err := o.store.AddDossier(ctx, dossiers.Dossier{Org: string(o.own.ID), Slug: "libraries", Public: true,
		About: dossiers.About{Title: in3("Кітапханалар", "Библиотеки", "Libraries"), Acts: []law.ActID{sample.ActID}}}, accounts.Entry{At: o.now()})
	if err != nil {
		t.Fatal(err)
	}
	_, o.editor = o.equip(o.hire("editor@example.kz", accounts.Editor))
	o.id, err = o.store.AddProposal(ctx, dossiers.Proposal{Dossier: id, Org: string(o.own.ID), Progressive: true,
		Base:    law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.Second, Lang: law.RU},
		Subject: dossiers.Subject{Title: in3("Кітапты ұзақ мерзімге беру", "Книги на больший срок", "Books for longer"), Wish: law.Words{law.RU: "Выдавать книги на месяц."}, Author: law.Words{law.RU: "Коалиция читателей"}, Carrier: law.Words{law.RU: "Депутат Образцов"}}},
		accounts.Entry{At: o.now(), Did: "proposal.added"})
	if err != nil {
		t.Fatal(err)
	}
	if o.handler, err = web.New(web.Config{Store: o.store, Now: o.now, BaseURL: base, People: &people.Config{Door: o.door}, Proposals: &proposal.Config{Store: o.store}}); err != nil {
		t.Fatal(err)
	}
	o.desk = "/desk/" + string(o.own.ID) + "/proposals/" + strconv.FormatInt(int64(o.id), 10)
	return o
}

func (o *atelier) get(path, cookie string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "https://tuzetu.example"+path, nil)
	r.Header.Set("Cookie", "__Host-session="+cookie)
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w
}

// send sends a form as a page of the editor does.
func (o *atelier) send(path, cookie string, f url.Values, accept string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "https://tuzetu.example"+path, strings.NewReader(f.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Cookie", "__Host-session="+cookie)
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w
}

func (o *atelier) document(w *httptest.ResponseRecorder, status int) *goquery.Document {
	o.t.Helper()
	if w.Code != status {
		o.t.Fatalf("%d, want %d\n%s", w.Code, status, w.Body)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return doc
}

// formOf is what the editor's form would send.
func formOf(doc *goquery.Document) url.Values { return filled(doc.Find("form.pe")) }

const second = "art_4__para_2" // a provision of the sample act

// editing opens the editor at provisions and returns its form.
func (o *atelier) editing(cookie string, at ...string) url.Values {
	o.t.Helper()
	return formOf(o.document(o.get("/ru"+o.desk+"/edit?"+url.Values{"at": at}.Encode(), cookie), http.StatusOK))
}

func (o *atelier) draft(person string) dossiers.Draft {
	o.t.Helper()
	d, err := o.store.Draft(context.Background(), string(o.own.ID), o.id, person)
	if err != nil {
		o.t.Fatal(err)
	}
	return d
}

// person is whose session it is.
func (o *atelier) person(cookie string) string {
	o.t.Helper()
	s, _, err := o.door.Session(context.Background(), cookie)
	if err != nil {
		o.t.Fatal(err)
	}
	return string(s.Person)
}

// standing is the text of a provision in a draft or version.
func standing(t testing.TB, c dossiers.Content, lang law.Lang, at law.Address) string {
	t.Helper()
	doc, err := c.Document(lang)
	if err != nil {
		t.Fatal(err)
	}
	if p := doc.Find(at); p != nil {
		return p.Text
	}
	return ""
}

// saveVersion types words into a provision and saves a version of it.
func (o *atelier) saveVersion(cookie, at, from, to string) *httptest.ResponseRecorder {
	o.t.Helper()
	f := o.editing(cookie, at)
	f.Set("t-ru-"+at, strings.Replace(f.Get("t-ru-"+at), from, to, 1))
	f.Set("do", "version")
	return o.send("/ru"+o.desk+"/edit", cookie, f, "")
}

func TestEditingAProposal(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	at := "/ru" + o.desk + "/edit"
	who := o.person(o.editor)

	// Finding by citation, by address and by words; nothing is stored by looking.
	for said, want := range map[string]string{"пункт 2 статьи 4": second, second: second, "книгообмен": "art_1__subpara_3-1"} {
		f := o.editing(o.editor)
		f.Set("find", said)
		f.Set("do", "find")
		doc := o.document(o.send(at, o.editor, f, ""), http.StatusOK)
		if doc.Find(`button[value="add:`+want+`"]`).Length() != 1 {
			t.Errorf("%q does not find %s: %s", said, want, text(doc.Find(".rows")))
		}
	}
	if _, err := o.store.Draft(context.Background(), string(o.own.ID), o.id, who); err == nil {
		t.Fatal("looking made a draft")
	}

	// Both languages stand side by side; the page shows the redline without script.
	f := o.editing(o.editor, second)
	old := f.Get("t-ru-" + second)
	if old == "" || f.Get("t-kk-"+second) == "" {
		t.Fatalf("no fields: %v", f)
	}
	f.Set("t-ru-"+second, strings.Replace(old, "двух", "четырёх", 1)+" Срок продлевается.")
	f.Set("do", "show")
	doc := o.document(o.send(at, o.editor, f, ""), http.StatusOK)
	if got := text(doc.Find(`[data-red="t-ru-` + second + `"] ins`).Last()); !strings.Contains(got, "Срок продлевается.") {
		t.Errorf("redline: %q", got)
	}
	if got := text(doc.Find(".callout")); !strings.Contains(got, "русский") {
		t.Errorf("that only one language changed is not said: %q", got)
	}
	if d := o.draft(who); !strings.HasSuffix(standing(t, d.Content, law.RU, second), "Срок продлевается.") || d.Saved != 1 {
		t.Fatalf("draft %d: %q", d.Saved, standing(t, d.Content, law.RU, second))
	}

	// A reason with sources belongs to the change.
	f = formOf(doc)
	f.Set("why-ru-"+second, "До библиотеки далеко.")
	f.Set("src-"+second, "https://example.kz/a Обзор\nКнига без адреса")
	f.Set("do", "save")
	doc = o.document(o.send(at, o.editor, f, ""), http.StatusOK)
	d := o.draft(who)
	if len(d.Reasons) != 1 || d.Reasons[0].Text[law.RU] != "До библиотеки далеко." || len(d.Reasons[0].Sources) != 2 || d.Reasons[0].Sources[0].Href != "https://example.kz/a" {
		t.Fatalf("reasons: %+v", d.Reasons)
	}

	// Operations: numbers are proposed, the texts in both languages follow.
	f = formOf(doc)
	if opts := doc.Find(`select[name="place-` + second + `"] option`); !strings.Contains(text(opts), "пункт 2-1") {
		t.Errorf("no proposed number: %q", text(opts))
	}
	f.Set("place-"+second, "after|paragraph")
	f.Set("in-ru-"+second, "Читатель извещается о продлении.")
	f.Set("in-kk-"+second, "Оқырманға ұзартылғаны туралы хабарланады.")
	f.Set("do", "insert:"+second)
	doc = o.document(o.send(at, o.editor, f, ""), http.StatusOK)
	d = o.draft(who)
	for lang, want := range map[law.Lang]string{law.RU: "2-1. Читатель", law.KK: "2-1. Оқырманға"} {
		if got := standing(t, d.Content, lang, "art_4__para_2-1"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: inserted %q", lang, got)
		}
	}
	f = formOf(doc)
	cut := strings.Replace(f.Get("t-ru-"+second), " Срок", "\nСрок", 1)
	f.Set("t-ru-"+second, cut)
	f.Set("do", "split:"+second)
	doc = o.document(o.send(at, o.editor, f, ""), http.StatusUnprocessableEntity) // no number is free between 2 and 2-1
	if doc.Find(`[id="fault-p-`+second+`"]`).Length() != 1 {
		t.Errorf("the refusal of the split is not said")
	}
	if kept := o.draft(who).Typed; len(kept) != 1 || kept[0].Text != cut {
		t.Fatalf("what was typed for the split is lost: %+v", kept)
	}
	if got := doc.Find(`textarea[name="t-ru-` + second + `"]`).Text(); got != cut {
		t.Errorf("the field has %q", got)
	}
	f = formOf(doc)
	f.Set("do", "delete:art_4__para_2-1")
	doc = o.document(o.send(at, o.editor, f, ""), http.StatusUnprocessableEntity) // done, but the field still does not fit
	if got := standing(t, o.draft(who).Content, law.KK, "art_4__para_2-1"); got != "" {
		t.Errorf("still there: %q", got)
	}
	f = formOf(doc)
	f.Set("do", "split:"+second)
	o.document(o.send(at, o.editor, f, ""), http.StatusOK)
	d = o.draft(who)
	if got := standing(t, d.Content, law.RU, "art_4__para_2-1"); got != "2-1. Срок продлевается." || len(d.Typed) != 0 {
		t.Errorf("split: %q, %+v", got, d.Typed)
	}

	// A version, and nothing of the draft is left.
	f = o.editing(o.editor)
	f.Set("note", "первый подход")
	f.Set("do", "version")
	if w := o.send(at, o.editor, f, ""); w.Code != http.StatusSeeOther || !strings.HasSuffix(w.Header().Get("Location"), o.desk+"?said=saved") {
		t.Fatalf("version: %d %s", w.Code, w.Header())
	}
	v, err := o.store.Version(context.Background(), string(o.own.ID), o.id, 1)
	if err != nil || v.Note != "первый подход" || len(v.Reasons) != 1 {
		t.Fatal(err, v.Note, v.Reasons)
	}
	if _, err := o.store.Draft(context.Background(), string(o.own.ID), o.id, who); err == nil {
		t.Error("the draft stayed")
	}
}

// Moving, renumbering and excluding are done in both languages, and what cannot be
// done is said beside the provision and changes nothing.
func TestOperationsOnThePage(t *testing.T) {
	for _, c := range []struct {
		name, at  string
		set       url.Values
		want      law.Address // that a unit then has
		words     map[law.Lang]string
		otherwise bool
	}{
		{"exclude", "art_12__subpara_3", nil, "art_12__subpara_3", map[law.Lang]string{law.RU: "исключен", law.KK: "алып тасталды"}, false},
		{"renumber", "art_12__subpara_5", url.Values{"as-art_12__subpara_5": {"6"}}, "art_12__subpara_6", map[law.Lang]string{law.RU: "6) обжаловать", law.KK: "6) "}, false},
		{"renumber", "art_12__subpara_5", url.Values{"as-art_12__subpara_5": {"2"}}, "art_12__subpara_5", map[law.Lang]string{law.RU: "5) обжаловать"}, true},
		{"move", "art_4__para_3", url.Values{"side-art_4__para_3": {"after"}, "to-art_4__para_3": {"пункт 2 статьи 2"}}, "art_2__para_3", map[law.Lang]string{law.RU: "3. Помещения", law.KK: "3. "}, false},
		{"move", "art_4__para_3", url.Values{"side-art_4__para_3": {"after"}, "to-art_4__para_3": {"пункт 99 статьи 2"}}, "art_4__para_3", map[law.Lang]string{law.RU: "3. Помещения"}, true},
	} {
		o := newAtelier(t, "https://tuzetu.example")
		f := o.editing(o.editor, c.at)
		for name, v := range c.set {
			f[name] = v
		}
		f.Set("do", c.name+":"+c.at)
		status := http.StatusOK
		if c.otherwise {
			status = http.StatusUnprocessableEntity
		}
		doc := o.document(o.send("/ru"+o.desk+"/edit", o.editor, f, ""), status)
		if c.otherwise {
			if doc.Find(`[id="fault-p-`+c.at+`"]`).Length() != 1 {
				t.Errorf("%s: the refusal is not said", c.name)
			}
			if _, err := o.store.Draft(t.Context(), string(o.own.ID), o.id, o.person(o.editor)); err == nil {
				t.Errorf("%s: a refused operation made a draft", c.name)
			}
			continue
		}
		for lang, want := range c.words {
			if got := standing(t, o.draft(o.person(o.editor)).Content, lang, c.want); !strings.Contains(got, want) {
				t.Errorf("%s in %s: %q, not %q", c.name, lang, got, want)
			}
		}
	}
}

// What the law would read otherwise with is refused in the visitor's language,
// beside its field, and what was typed is kept on the server.
func TestRefusedTextIsKept(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	at := "/edit"
	for _, c := range []struct{ typed, ru, en string }{
		{"две\nстроки", "Разделить", "Split"},
		{"", "Текст пуст", "no words"},
		{"5. Другой номер.", "другого номера", "another number"},
		{"1) другой вид", "другого вида", "another kind"},
	} {
		for ui, want := range map[string]string{"ru": c.ru, "en": c.en} {
			f := o.editing(o.editor, second)
			f.Set("t-ru-"+second, c.typed)
			doc := o.document(o.send("/"+ui+o.desk+at, o.editor, f, ""), http.StatusUnprocessableEntity)
			if got := text(doc.Find(`[id="t-ru-` + second + `-err"]`)); !strings.Contains(got, want) {
				t.Errorf("%q in %s: %q", c.typed, ui, got)
			}
			if got := doc.Find(`textarea[name="t-ru-` + second + `"]`).Text(); got != c.typed {
				t.Errorf("the field has %q, not %q", got, c.typed)
			}
		}
		d := o.draft(o.person(o.editor))
		if len(d.Typed) != 1 || d.Typed[0].Text != c.typed {
			t.Errorf("%q is not kept: %+v", c.typed, d.Typed)
		}
		f := o.editing(o.editor) // it is on the page without being asked for
		if f.Get("t-ru-"+second) != c.typed {
			t.Errorf("%q is not shown again", c.typed)
		}
		f.Set("do", "version")
		if w := o.send("/ru"+o.desk+at, o.editor, f, ""); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("a version of %q: %d", c.typed, w.Code)
		}
	}
}

// Two pages of one person: what either typed is kept, and no text gives way to
// another unless its owner says so.
func TestTwoPages(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	at, who := "/ru"+o.desk+"/edit", o.person(o.editor)
	one, two := o.editing(o.editor, second, "art_4__para_1"), o.editing(o.editor, second, "art_4__para_1")
	old := one.Get("t-ru-" + second)
	one.Set("t-ru-"+second, old+" Первая вкладка.")
	o.document(o.send(at, o.editor, one, ""), http.StatusOK)
	two.Set("t-ru-"+second, old+" Вторая вкладка.")
	two.Set("t-ru-art_4__para_1", two.Get("t-ru-art_4__para_1")+" Ещё.")
	var said struct {
		Saved int
		Moved bool
	}
	w := o.send(at, o.editor, two, "application/json")
	if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || w.Code != http.StatusConflict || !said.Moved || said.Saved != 2 {
		t.Fatalf("%v, %d: %+v", err, w.Code, said)
	}
	d := o.draft(who)
	if got := standing(t, d.Content, law.RU, second); !strings.HasSuffix(got, "Первая вкладка.") {
		t.Errorf("overwritten: %q", got)
	}
	if got := standing(t, d.Content, law.RU, "art_4__para_1"); !strings.HasSuffix(got, "Ещё.") {
		t.Errorf("what is not in the way was not taken: %q", got)
	}
	if len(d.Typed) != 1 || !strings.HasSuffix(d.Typed[0].Text, "Вторая вкладка.") {
		t.Fatalf("the other text is lost: %+v", d.Typed)
	}
	doc := o.document(o.get(at, o.editor), http.StatusOK)
	if got := text(doc.Find(".pe__other")); !strings.Contains(got, "Первая вкладка.") {
		t.Errorf("the other text is not shown: %q", got)
	}
	f := formOf(doc)
	o.document(o.send(at, o.editor, f, ""), http.StatusConflict) // nobody has chosen yet
	f = formOf(o.document(o.get(at, o.editor), http.StatusOK))
	f.Set("take-ru-"+second, "mine")
	o.document(o.send(at, o.editor, f, ""), http.StatusOK)
	if d = o.draft(who); !strings.HasSuffix(standing(t, d.Content, law.RU, second), "Вторая вкладка.") || len(d.Typed) != 0 {
		t.Errorf("chosen: %q, %+v", standing(t, d.Content, law.RU, second), d.Typed)
	}
	// An operation on an older page is not done.
	two.Set("do", "delete:art_4__para_1")
	two.Del("t-ru-" + second)
	two.Del("t-ru-art_4__para_1")
	o.document(o.send(at, o.editor, two, ""), http.StatusOK)
	if standing(t, o.draft(who).Content, law.RU, "art_4__para_1") == "" {
		t.Error("an operation of an older page was done")
	}
}

func TestMergingVersions(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	_, other := o.equip(o.hire("other@example.kz", accounts.Editor))
	ctx, org := context.Background(), string(o.own.ID)
	begin := o.editing(o.editor, second)
	words := begin.Get("t-ru-" + second)
	edit := func(cookie, to string) url.Values {
		f := o.editing(cookie, second, "art_4__para_1")
		f.Set("t-ru-"+second, to)
		return f
	}
	mine := edit(o.editor, words+" Добавлено мной.")
	mine.Set("why-ru-"+second, "мой довод")
	o.document(o.send("/ru"+o.desk+"/edit", o.editor, mine, ""), http.StatusOK)
	if w := o.saveVersion(other, "art_4__para_1", ".", ", и всё."); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	f := o.editing(o.editor)
	f.Set("do", "version")
	f.Set("note", "моё")
	w := o.send("/ru"+o.desk+"/edit", o.editor, f, "")
	if w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Location"), "/merge?note=") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	doc := o.document(o.get(w.Header().Get("Location"), o.editor), http.StatusOK)
	if !strings.Contains(text(doc.Find("ins")), "Добавлено мной") || doc.Find("fieldset.pe__row").Length() != 0 {
		t.Errorf("clean merge: %s", text(doc.Find("main")))
	}
	join := url.Values{"saved": {doc.Find("input[name=saved]").AttrOr("value", "")}, "newest": {doc.Find("input[name=newest]").AttrOr("value", "")}, "note": {"моё"}}
	if w := o.send("/ru"+o.desk+"/merge", o.editor, join, ""); w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Location"), "said=saved") {
		t.Fatalf("joining: %d %v %s", w.Code, w.Header(), w.Body)
	}
	v, err := o.store.Version(ctx, org, o.id, 2)
	if err != nil || !strings.HasSuffix(standing(t, v.Content, law.RU, second), "мной.") || !strings.Contains(standing(t, v.Content, law.RU, "art_4__para_1"), "и всё") || len(v.Reasons) != 1 {
		t.Fatal(err, v.Reasons)
	}

	// A conflict: shown with both and the base, and a person chooses.
	for _, c := range []struct{ take, own, want string }{{"theirs", "", "чужая"}, {"mine", "", "моя"}, {"own", "2. Общая правка.", "Общая"}} {
		stands := standing(t, v.Content, law.RU, second)
		o.document(o.send("/ru"+o.desk+"/edit", o.editor, edit(o.editor, stands+" Слова "+c.take+" моя."), ""), http.StatusOK)
		g := edit(other, stands+" Иначе "+c.take+" чужая.")
		g.Set("do", "version")
		if w := o.send("/ru"+o.desk+"/edit", other, g, ""); w.Code != http.StatusSeeOther {
			t.Fatal(w.Code)
		}
		doc := o.document(o.get("/ru"+o.desk+"/merge", o.editor), http.StatusOK)
		if doc.Find("fieldset.pe__row").Length() != 1 || !strings.Contains(text(doc.Find("fieldset.pe__row")), "чужая") {
			t.Fatalf("conflict: %s", text(doc.Find("form")))
		}
		join := url.Values{"saved": {doc.Find("input[name=saved]").AttrOr("value", "")}, "newest": {doc.Find("input[name=newest]").AttrOr("value", "")}}
		undecided := o.document(o.send("/ru"+o.desk+"/merge", o.editor, join, ""), http.StatusUnprocessableEntity)
		if undecided.Find(".err").Length() == 0 {
			t.Error("that nothing was chosen is not said")
		}
		join.Set("c-ru-0", c.take)
		join.Set("c-ru-0-own", c.own)
		w := o.send("/ru"+o.desk+"/merge", o.editor, join, "")
		newest, err := o.store.Proposal(ctx, org, o.id)
		if err != nil {
			t.Fatal(err)
		}
		if v, err = o.store.Version(ctx, org, o.id, newest.Newest); err != nil || !strings.Contains(standing(t, v.Content, law.RU, second), c.want) {
			t.Fatalf("%s: %d, %v, %q", c.take, w.Code, err, standing(t, v.Content, law.RU, second))
		}
	}

	// Restoring makes a new version; a list, a comparison.
	f = url.Values{"version": {"1"}, "newest": {strconv.Itoa(v.Number)}}
	if w := o.send("/ru"+o.desk+"/restore", o.editor, f, ""); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	if w := o.send("/ru"+o.desk+"/restore", o.editor, f, ""); w.Code != http.StatusConflict {
		t.Errorf("restored over a newer version: %d", w.Code)
	}
	doc = o.document(o.get("/ru"+o.desk+"/versions?from=1&to="+strconv.Itoa(v.Number+1), o.editor), http.StatusOK)
	if doc.Find(".rows > li").Length() != v.Number+1 || doc.Find("section ins, section del").Length() != 0 {
		t.Errorf("versions: %s", text(doc.Find("main")))
	}
}

func TestPublishingAProposal(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	public := "/ru/proposals/" + strconv.FormatInt(int64(o.id), 10)
	if w := o.get(public, ""); w.Code != http.StatusNotFound {
		t.Fatalf("a draft is public: %d", w.Code)
	}
	f := o.editing(o.editor, second)
	f.Set("t-ru-"+second, f.Get("t-ru-"+second)+" Срок продлевается.")
	o.document(o.send("/ru"+o.desk+"/edit", o.editor, f, ""), http.StatusOK)
	f = o.editing(o.editor)
	f.Set("why-ru-"+second, "До библиотеки далеко.")
	f.Set("src-"+second, "https://example.kz/a Обзор")
	f.Set("do", "version")
	if w := o.send("/ru"+o.desk+"/edit", o.editor, f, ""); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
	doc := o.document(o.get("/ru"+o.desk+"/publish", o.editor), http.StatusOK)
	if !strings.Contains(text(doc.Find("main")), "Что станет открытым") || !strings.Contains(text(doc.Find("ins")), "Срок продлевается") {
		t.Errorf("the question: %s", text(doc.Find("main")))
	}
	if w := o.send("/ru"+o.desk+"/publish", o.editor, url.Values{"version": {"7"}}, ""); w.Code != http.StatusConflict {
		t.Errorf("published another version than was shown: %d", w.Code)
	}
	if w := o.send("/ru"+o.desk+"/publish", o.editor, url.Values{"version": {"1"}}, ""); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
	doc = o.document(o.get(public, ""), http.StatusOK)
	for _, want := range []string{"Книги на больший срок", "Выдавать книги на месяц", "Коалиция читателей", "Депутат Образцов", "Срок продлевается", "До библиотеки далеко", "Обзор"} {
		if !strings.Contains(text(doc.Find("main")), want) {
			t.Errorf("the public page does not say %q", want)
		}
	}
	if doc.Find(`script[type="application/ld+json"]`).Length() != 1 || doc.Find(`meta[property="og:image"]`).Length() != 1 {
		t.Error("nothing for those who share it")
	}
	for _, a := range doc.Find(`a[href*="/proposals/"]`).EachIter() {
		href := a.AttrOr("href", "")
		if w := o.get(href, ""); strings.Contains(href, ".") && (w.Code != http.StatusOK || w.Body.Len() < 100) {
			t.Errorf("%s: %d, %d bytes", href, w.Code, w.Body.Len())
		}
	}
	for _, path := range []string{public + ".json", public + ".png", public + "/ru/act.docx"} {
		if w := o.get(path, ""); w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for _, path := range []string{public + "/kk/act.docx", public + "/ru/passwd", "/ru/proposals/0", "/ru/proposals/99999999999", "/ru/proposals/x"} {
		if w := o.get(path, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	var twin struct{ Texts map[string]string }
	if err := json.Unmarshal(o.get(public+".json", "").Body.Bytes(), &twin); err != nil || !strings.HasPrefix(twin.Texts["ru"], "proposal:Z9900000001@") {
		t.Errorf("%v: %+v", err, twin)
	}
	if did := o.logged(); !slices.Contains(did, "proposal.published") || !slices.Contains(did, "proposal.saved") {
		t.Errorf("log: %v", did)
	}
}

// logged is what the organisation's log says was done.
func (o *atelier) logged() (out []string) {
	o.t.Helper()
	log, err := o.store.Log(context.Background(), o.own.ID)
	if err != nil || accounts.CheckLog(log) != nil {
		o.t.Fatal(err, accounts.CheckLog(log))
	}
	for _, e := range log {
		out = append(out, e.Did)
	}
	return out
}

func TestProposalForms(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	desk := "/ru/desk/" + string(o.own.ID) + "/proposals"
	doc := o.document(o.send(desk, o.editor, url.Values{"wish-ru": {"Напечатано"}, "asked": {"вчера"}}, ""), http.StatusUnprocessableEntity)
	for _, id := range []string{"dossier", "base", "title-ru", "asked"} {
		if doc.Find("#"+id+"-err").Length() != 1 {
			t.Errorf("nothing is said at %s", id)
		}
	}
	if doc.Find("#wish-ru").Text() != "Напечатано" || doc.Find("#asked").AttrOr("value", "") != "вчера" {
		t.Error("what was typed is gone")
	}
	key := law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.Second, Lang: law.KK}
	w := o.send(desk, o.editor, url.Values{"title-kk": {"Жаңа ұсыныс"}, "dossier": {"1"}, "base": {key.String()}}, "")
	if w.Code != http.StatusSeeOther || !strings.HasSuffix(w.Header().Get("Location"), "/proposals/2/edit") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	if log, err := o.store.Log(t.Context(), o.own.ID); err != nil || !slices.ContainsFunc(log, func(e accounts.Entry) bool { return e.Did == "proposal.added" && strings.HasSuffix(e.To, "proposal 2") }) {
		t.Errorf("the log does not name the proposal: %v", err)
	}
	if got := text(o.document(o.get(desk, o.editor), http.StatusOK).Find("table")); !strings.Contains(got, "Жаңа ұсыныс") {
		t.Errorf("list: %q", got)
	}
	// Comments of the team: open, settled, open again.
	talk := "/ru" + o.desk + "/comments"
	o.document(o.send(talk, o.editor, url.Values{"text": {" "}}, ""), http.StatusUnprocessableEntity)
	o.document(o.send(talk, o.editor, url.Values{"text": {"Не слишком ли долго?"}, "at": {"пункт 99 статьи 4"}}, ""), http.StatusUnprocessableEntity)
	for _, f := range []url.Values{{"text": {"Не слишком ли долго?"}, "at": {"пункт 2 статьи 4"}}, {"do": {"settle:1"}}, {"do": {"open:1"}}} {
		if w := o.send(talk, o.editor, f, ""); w.Code != http.StatusSeeOther {
			t.Fatal(w.Code, f)
		}
	}
	if got := text(o.document(o.get("/ru"+o.desk+"/edit?at="+second, o.editor), http.StatusOK).Find(".pe__h")); !strings.Contains(got, "1 открытое замечание") {
		t.Errorf("the editor does not tell of the comment: %q", got)
	}
	// Who may not, and who is of another organisation, finds no such page.
	viewer := o.hire("viewer@example.kz", accounts.Viewer)
	for path, want := range map[string]int{o.desk: 200, o.desk + "/versions": 200, o.desk + "/edit": 404, o.desk + "/publish": 404, o.desk + "/about": 404} {
		if w := o.get("/ru"+path, viewer); w.Code != want {
			t.Errorf("a viewer at %s: %d", path, w.Code)
		}
	}
	other, err := o.door.AddOrganisation(context.Background(), map[string]string{"kk": "Басқа", "ru": "Другая", "en": "Other"}, "")
	if err != nil {
		t.Fatal(err)
	}
	own := o.own
	o.own = other
	_, stranger := o.equip(o.hire("stranger@example.kz", accounts.Editor))
	o.own = own
	for _, path := range []string{o.desk, strings.Replace(o.desk, string(own.ID), string(other.ID), 1), strings.Replace(o.desk, string(own.ID), string(other.ID), 1) + "/edit"} {
		if w := o.get("/ru"+path, stranger); w.Code != http.StatusNotFound {
			t.Errorf("a stranger at %s: %d", path, w.Code)
		}
	}
}
