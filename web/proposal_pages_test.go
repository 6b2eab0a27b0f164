package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/accounts"
)

// mannedAtelier has a page of every kind of the group: a published proposal, a
// draft with a text that does not fit, and a conflict with another member's
// version.
func mannedAtelier(t *testing.T) (*atelier, http.Handler, []kind) {
	o := newAtelier(t, "")
	_, other := o.equip(o.hire("other@example.kz", accounts.Editor))
	f := o.editing(o.editor, second)
	f.Set("t-ru-"+second, f.Get("t-ru-"+second)+" Срок продлевается.")
	o.document(o.send("/ru"+o.desk+"/edit", o.editor, f, ""), http.StatusOK)
	f = o.editing(o.editor)
	f.Set("why-ru-"+second, "До библиотеки далеко.")
	f.Set("src-"+second, "https://example.kz/a Обзор")
	f.Set("do", "version")
	if w := o.send("/ru"+o.desk+"/edit", o.editor, f, ""); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	if w := o.send("/ru"+o.desk+"/publish", o.editor, url.Values{"version": {"1"}}, ""); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	f = o.editing(o.editor, second, "art_4__para_1")
	f.Set("t-ru-"+second, f.Get("t-ru-"+second)+" Моё.")
	f.Set("t-ru-art_4__para_1", "две\nстроки")
	o.document(o.send("/ru"+o.desk+"/edit", o.editor, f, ""), http.StatusUnprocessableEntity)
	if w := o.saveVersion(other, second, "продлевается.", "продлевается. Чужое."); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	if w := o.send("/ru"+o.desk+"/comments", o.editor, url.Values{"text": {"Точно ли это нужно читателям?"}, "at": {second}}, ""); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/desk/") {
			r.AddCookie(&http.Cookie{Name: "session", Value: o.editor})
			r.AddCookie(&http.Cookie{Name: "__Host-session", Value: o.editor})
		}
		o.handler.ServeHTTP(w, r)
	})
	desk := "/{ui}/desk/" + string(o.own.ID) + "/proposals"
	one := "/{ui}" + o.desk
	return o, h, []kind{
		{name: "proposals", path: desk}, {name: "new proposal", path: desk + "/new"}, {name: "proposal on the desk", path: one},
		{name: "about a proposal", path: one + "/about"}, {name: "editor", path: one + "/edit?at=art_4"}, {name: "file", path: one + "/text"},
		{name: "discard", path: one + "/discard"}, {name: "merge", path: one + "/merge"}, {name: "versions", path: one + "/versions"}, {name: "team comments", path: one + "/comments"},
		{name: "publish", path: one + "/publish"}, {name: "proposal", path: "/{ui}/proposals/1"},
	}
}

// axe-core finds nothing on the pages of proposals.
func TestAuditProposals(t *testing.T) {
	_, h, kinds := mannedAtelier(t)
	auditKinds(t, h, kinds)
}

// A text leads to where amendments are written, a proposed one to its proposal.
func TestTextsLeadToProposals(t *testing.T) {
	o, _, _ := mannedAtelier(t)
	doc := o.document(o.get("/ru"+sampleSecond+"/ru", ""), http.StatusOK)
	if doc.Find(`a[href^="/ru/draft?edition=Z9900000001%402026-02-01%3Aru"]`).Length() != 1 {
		t.Error("no link to drafting")
	}
	published, err := o.store.Publications(context.Background(), o.id)
	if err != nil {
		t.Fatal(err)
	}
	version := published[0].Editions["ru"].Version()
	for _, path := range []string{"/" + version + "/ru", "/compare/2026-02-01..." + version + "/ru"} {
		if o.document(o.get("/ru"+sampleAct+path, ""), http.StatusOK).Find(`a[href="/ru/proposals/1"]`).Length() != 1 {
			t.Errorf("%s does not lead to the proposal", path)
		}
	}
}
