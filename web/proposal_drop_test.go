package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/tuzetu/tuzetu/law"
)

// A draft is thrown away whole, but only the one that was shown; versions stay.
func TestDiscardingADraft(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	at, ask, who := "/ru"+o.desk+"/edit", "/ru"+o.desk+"/discard", o.person(o.editor)
	none := func(when string) {
		t.Helper()
		if _, err := o.store.Draft(t.Context(), string(o.own.ID), o.id, who); err == nil {
			t.Errorf("%s there is a draft", when)
		}
	}
	if w := o.get(ask, o.editor); w.Code != http.StatusSeeOther || !strings.HasSuffix(w.Header().Get("Location"), "/edit") {
		t.Errorf("asked without a draft: %d", w.Code)
	}
	if doc := o.document(o.get(at, o.editor), http.StatusOK); doc.Find("a#discard[hidden]").Length() != 1 {
		t.Error("offered without a draft")
	}
	if w := o.saveVersion(o.editor, second, "2. ", "2. Трижды "); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	f := o.editing(o.editor, second, "art_4__para_1")
	f.Set("t-ru-"+second, f.Get("t-ru-"+second)+" Лишнее.")
	f.Set("t-ru-art_4__para_1", "две\nстроки")
	doc := o.document(o.send(at, o.editor, f, ""), http.StatusUnprocessableEntity)
	if doc.Find("a#discard:not([hidden])").AttrOr("href", "") != ask {
		t.Error("no way to discard the draft")
	}

	// The question shows what goes, not what a version has, and changes nothing.
	for ui, want := range map[string]string{"ru": "Отбросить черновик целиком?", "kk": "Жоба түгелімен тасталсын ба?", "en": "Discard the whole draft?"} {
		doc = o.document(o.get("/"+ui+o.desk+"/discard", o.editor), http.StatusOK)
		if got := text(doc.Find("h1")); got != want {
			t.Errorf("%s: %q", ui, got)
		}
		if got := text(doc.Find("section ins")); !strings.Contains(got, "Лишнее.") || strings.Contains(got, "Трижды") {
			t.Errorf("%s: goes %q", ui, got)
		}
		if !strings.Contains(text(doc.Find("section")), "две") {
			t.Errorf("%s: what waits is not shown", ui)
		}
	}
	shown := url.Values{"draft": {doc.Find("input[name=draft]").AttrOr("value", "")}}

	// Meanwhile it changes: said, shown, and nothing is lost.
	g := o.editing(o.editor, second)
	g.Set("t-ru-"+second, g.Get("t-ru-"+second)+" Новое.")
	o.send(at, o.editor, g, "application/json")
	for _, f := range []url.Values{shown, {}, {"draft": {"2"}}} {
		doc = o.document(o.send(ask, o.editor, f, ""), http.StatusConflict)
		if !strings.Contains(text(doc.Find(".acthead")), "Черновик тем временем изменился.") || !strings.Contains(text(doc.Find("section ins")), "Новое.") {
			t.Errorf("%v: %s", f, text(doc.Find("main")))
		}
	}
	if got := standing(t, o.draft(who).Content, law.RU, second); !strings.HasSuffix(got, "Новое.") {
		t.Errorf("lost: %q", got)
	}
	shown = url.Values{"draft": {doc.Find("input[name=draft]").AttrOr("value", "")}}
	doc = o.document(o.send(ask, o.editor, shown, ""), http.StatusOK)
	none("after it was discarded")
	if !strings.Contains(text(doc.Find(".acthead")), "Черновик отброшен.") || doc.Find("form.pe[data-done]").Length() != 1 {
		t.Error("not said, or the browser keeps its copy")
	}
	if got := formOf(doc).Get("t-ru-" + second); got != "" && !strings.Contains(got, "Трижды") {
		t.Errorf("the version is gone: %q", got)
	}
	if w := o.send(ask, o.editor, shown, ""); w.Code != http.StatusSeeOther {
		t.Errorf("discarded twice: %d", w.Code)
	}

	// A draft that was begun anew is another one, though it counts from one again.
	g = o.editing(o.editor, second)
	g.Set("t-ru-"+second, g.Get("t-ru-"+second)+" Заново.")
	o.document(o.send(at, o.editor, g, ""), http.StatusOK)
	first := url.Values{"draft": {o.document(o.get(ask, o.editor), http.StatusOK).Find("input[name=draft]").AttrOr("value", "")}}
	o.document(o.send(ask, o.editor, first, ""), http.StatusOK)
	o.pass(1e9)
	o.document(o.send(at, o.editor, g, ""), http.StatusOK)
	o.document(o.send(ask, o.editor, first, ""), http.StatusConflict)
	if !strings.HasSuffix(standing(t, o.draft(who).Content, law.RU, second), "Заново.") {
		t.Error("another draft was discarded")
	}
}

// What the browser keeps of a discarded draft is forgotten, and only then.
func TestDiscardingForgetsTheCopy(t *testing.T) {
	o := newAtelier(t, "")
	ctx := browser(t)
	s := &restarting{t: t}
	s.start(o.handler)
	t.Cleanup(s.stop)
	page := "http://" + s.addr + "/ru" + o.desk + "/edit?at=" + second
	const copies = `Object.keys(localStorage).filter(k => k.startsWith('draft:')).length`
	wait := func(what string) {
		t.Helper()
		if _, err := chromedp.Run(ctx, chromedp.Poll[bool](what)); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	do(t, ctx, chromedp.Navigate("http://"+s.addr+"/ru/glossary"))
	ask[string](t, ctx, `document.cookie = "session=`+o.editor+`; path=/"`)
	do(t, ctx, chromedp.Navigate(page), chromedp.WaitVisible(chromedp.CSS("form.pe")))
	typed := `const f = document.querySelector('textarea[name="t-ru-` + second + `"]'); f.value += " Лишнее."; f.dispatchEvent(new Event('input', {bubbles: true}))`
	ask[bool](t, ctx, `(() => { `+typed+`; return true })()`)
	do(t, ctx, chromedp.WaitVisible(chromedp.CSS("#discard"))) // the draft has saved itself
	// What comes on top of it stays in the browser alone.
	ask[bool](t, ctx, `(() => { window.fetch = () => Promise.reject(); `+typed+`; return true })()`)
	do(t, ctx, chromedp.Click(chromedp.CSS("#discard")), chromedp.WaitVisible(chromedp.CSS("input[name=draft] + p button")))
	if ask[int](t, ctx, copies) != 1 {
		t.Error("the question itself forgets the copy, or there was none")
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".ask button")), chromedp.WaitVisible(chromedp.CSS("form.pe[data-done]")))
	wait(copies + " === 0")
	do(t, ctx, chromedp.Navigate(page), chromedp.WaitVisible(chromedp.CSS("form.pe")))
	if !ask[bool](t, ctx, `document.querySelector('#found-copy').hidden && document.querySelector('#discard').offsetWidth === 0`) {
		t.Error("the copy is offered, or there is still something to discard")
	}
}
