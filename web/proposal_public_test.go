package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/sample"
)

// A proposal that moves a provision: where it came from leads to the comparison,
// and changes of two languages are not added up.
func TestMovedInAProposal(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	f := o.editing(o.editor, "art_13__subpara_1")
	f.Set("to-art_13__subpara_1", "art_13__subpara_4")
	f.Set("side-art_13__subpara_1", "after")
	f.Set("do", "move:art_13__subpara_1")
	o.document(o.send("/ru"+o.desk+"/edit", o.editor, f, ""), http.StatusOK)
	if w := o.saveVersion(o.editor, second, ".", ", и это всё."); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	ask := text(o.document(o.get("/ru"+o.desk+"/publish", o.editor), http.StatusOK).Find("section[aria-labelledby=red]"))
	for _, want := range []string{"На казахском языке: ", "На русском языке: "} {
		if !strings.Contains(ask, want) {
			t.Errorf("the changes of two languages are one list: %s", ask)
		}
	}
	if w := o.send("/ru"+o.desk+"/publish", o.editor, url.Values{"version": {"1"}}, ""); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	doc := o.document(o.get("/ru/proposals/1", ""), http.StatusOK)
	from := doc.Find(".chg__from a")
	if from.Length() == 0 {
		t.Fatalf("nothing was moved: %s", text(doc.Find("main")))
	}
	from.Each(func(_ int, a *goquery.Selection) {
		href := a.AttrOr("href", "")
		path, id, _ := strings.Cut(href, "#")
		if there := o.document(o.get(path, ""), http.StatusOK); there.Find(`[id="`+id+`"]`).Length() != 1 {
			t.Errorf("%s leads to nothing", href)
		}
	})
}

// The editor shows what is excluded as that, with the words that go.
func TestExcludedInTheEditor(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	f := o.editing(o.editor, second)
	was := strings.TrimSpace(f.Get("t-ru-" + second))
	f.Set("do", "exclude:"+second)
	o.document(o.send("/ru"+o.desk+"/edit", o.editor, f, ""), http.StatusOK)
	doc := o.document(o.get("/ru"+o.desk+"/edit?at="+second, o.editor), http.StatusOK)
	if got := text(doc.Find("details.panel")); !strings.Contains(got, "1 изменение") || !strings.Contains(got, "исключено") {
		t.Errorf("the list says %q", got)
	}
	if got := text(doc.Find(".pe__row del").First()); !strings.Contains(got, was[:40]) {
		t.Errorf("what goes is not shown: %q", got)
	}
}

// Where it stands in the law is told in words, and leads there.
func TestPlacesOfARecordedProposal(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	p, err := o.store.Proposal(t.Context(), string(o.own.ID), o.id)
	if err != nil {
		t.Fatal(err)
	}
	id, err := o.store.AddProposal(t.Context(), dossiers.Proposal{Dossier: p.Dossier, Org: string(o.own.ID), Subject: dossiers.Subject{Title: in3("а", "б", "c"),
		Places: []dossiers.Place{{Act: sample.ActID, Address: second}}}}, accounts.Entry{At: o.now(), Did: "proposal.added"})
	if err != nil || id != 2 {
		t.Fatal(id, err)
	}
	link := o.document(o.get("/ru/proposals/2", ""), http.StatusOK).Find("p.acts a")
	if !strings.HasPrefix(text(link), "Пункт 2 статьи 4") {
		t.Errorf("%q", text(link))
	}
	o.document(o.get(link.AttrOr("href", ""), ""), http.StatusOK)
}
