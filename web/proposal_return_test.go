package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// What a draft has taken out is put back, in both languages, from its row; a unit
// whose holder is gone says what has to come first.
func TestPuttingBack(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	at, who := "/ru"+o.desk+"/edit", o.person(o.editor)
	f := o.editing(o.editor, "art_12")
	f.Set("do", "delete:art_12__subpara_3")
	o.document(o.send(at, o.editor, f, ""), http.StatusOK)
	if got := standing(t, o.draft(who).Content, law.KK, "art_12__subpara_3"); got != "" {
		t.Fatalf("not taken out: %q", got)
	}
	doc := o.document(o.get(at, o.editor), http.StatusOK)
	button := doc.Find(`button[value="return:-art_12__subpara_3"]`)
	if !strings.HasPrefix(text(button), "Вернуть на место") {
		t.Fatalf("no button: %q", text(button))
	}
	f = formOf(doc)
	f.Set("do", "return:-art_12__subpara_3")
	doc = o.document(o.send(at, o.editor, f, ""), http.StatusOK)
	for _, lang := range []law.Lang{law.RU, law.KK} {
		if got := standing(t, o.draft(who).Content, lang, "art_12__subpara_3"); !strings.HasPrefix(got, "3) ") {
			t.Errorf("%s: %q", lang, got)
		}
	}
	if doc.Find(`textarea[name="t-ru-art_12__subpara_3"]`).Length() != 1 || doc.Find(`button[value^="return:"]`).Length() != 0 {
		t.Error("it is not on the page, or offered once more")
	}

	f = o.editing(o.editor, "art_12")
	f.Set("do", "delete:art_12")
	o.document(o.send(at, o.editor, f, ""), http.StatusOK)
	f = formOf(o.document(o.get(at+"?at=-art_12__subpara_3", o.editor), http.StatusOK))
	f.Set("do", "return:-art_12__subpara_3")
	doc = o.document(o.send(at, o.editor, f, ""), http.StatusUnprocessableEntity)
	if got := text(doc.Find(".pe__row .err[role=alert]")); !strings.Contains(got, "Сначала верните") {
		t.Errorf("refused with %q", got)
	}
}
