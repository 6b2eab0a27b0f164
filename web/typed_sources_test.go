package web_test

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
)

// What a form shows of a source in one language leaves its titles in the others.

func translated() []dossiers.Source {
	return []dossiers.Source{{Href: "https://example.kz/letter", Title: law.Words(in3("Қауымдастықтың хаты", "Письмо ассоциации", "Letter of the association"))},
		{Title: law.Words{law.KK: "Жиналыс хаттамасы", law.EN: "Minutes of the meeting"}}}
}

// untouched tells what is wrong with sources that nobody meant to change.
func untouched(t *testing.T, got []dossiers.Source) {
	t.Helper()
	for i, want := range translated() {
		if len(got) <= i || got[i].Href != want.Href || !maps.Equal(got[i].Title, want.Title) {
			t.Errorf("sources: %+v, want %+v", got, translated())
			return
		}
	}
}

// filled is what a form of a page would send as it is.
func filled(form *goquery.Selection) url.Values {
	f := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, s *goquery.Selection) {
		name, typ := s.AttrOr("name", ""), s.AttrOr("type", "")
		_, checked := s.Attr("checked")
		switch {
		case name == "" || (typ == "checkbox" || typ == "radio") && !checked:
		case goquery.NodeName(s) == "textarea":
			f.Add(name, s.Text())
		case goquery.NodeName(s) == "select":
			f.Add(name, s.Find("option[selected]").AttrOr("value", s.Find("option").First().AttrOr("value", "")))
		default:
			f.Add(name, s.AttrOr("value", ""))
		}
	})
	return f
}

func TestSourcesOfAProposalKeepTheirLanguages(t *testing.T) {
	ctx := context.Background()
	o := newAtelier(t, "https://tuzetu.example")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	p, err := o.store.Proposal(ctx, string(o.own.ID), o.id)
	must(err)
	p.Sources = translated()
	must(o.store.SaveProposal(ctx, p, accounts.Entry{At: o.now(), Did: "proposal.changed"}))
	about := "/ru" + o.desk + "/about"
	f := filled(o.document(o.get(about, o.editor), http.StatusOK).Find("main form").Last())
	f.Set("title-ru", "Книги на месяц")
	if w := o.send(about, o.editor, f, ""); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	p, err = o.store.Proposal(ctx, string(o.own.ID), o.id)
	must(err)
	untouched(t, p.Sources)

	f.Set("sources", "https:// Письмо")
	if doc := o.document(o.send(about, o.editor, f, ""), http.StatusUnprocessableEntity); doc.Find("#sources-err").Length() != 1 || doc.Find("#sources").Text() != "https:// Письмо" {
		t.Error("an address that is none is taken")
	}

	// The reason of a change in the editor: another source is added below.
	who := o.person(o.editor)
	f = o.editing(o.editor, second)
	f.Set("why-ru-"+second, "До библиотеки далеко.")
	f.Set("do", "save")
	o.document(o.send("/ru"+o.desk+"/edit", o.editor, f, ""), http.StatusOK)
	d := o.draft(who)
	d.Reasons[0].Sources = translated()
	_, err = o.store.SaveDraft(ctx, string(o.own.ID), d)
	must(err)
	f = o.editing(o.editor, second)
	f.Set("src-"+second, f.Get("src-"+second)+"\nКнига о чтении")
	f.Set("do", "save")
	o.document(o.send("/ru"+o.desk+"/edit", o.editor, f, ""), http.StatusOK)
	d = o.draft(who)
	untouched(t, d.Reasons[0].Sources)
	if len(d.Reasons[0].Sources) != 3 {
		t.Errorf("the new source: %+v", d.Reasons[0].Sources)
	}
}

func TestSourcesOfTheScoreKeepTheirLanguages(t *testing.T) {
	o := newScorers(t)
	org := string(o.own.ID)
	_, err := o.store.ConfirmOutcome(t.Context(), org, dossiers.Confirmation{Proposal: o.recorded, Status: "adopted_elsewhere", Reason: law.Words{law.RU: "Да"}, Sources: translated()},
		accounts.Entry{At: o.now(), Did: "outcome.confirmed"})
	o.must(err)
	at := o.at + "/outcomes/" + strconv.FormatInt(int64(o.recorded), 10)
	f := o.decided(at)
	f.Set("reason-ru", "Принято приказом")
	if w, doc := o.send(at, o.editor, f); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, text(doc.Find("main")))
	}
	r, err := o.store.Record(t.Context(), org, o.recorded)
	o.must(err)
	untouched(t, r.Confirmations[len(r.Confirmations)-1].Sources)

	first, err := o.store.AddIndicatorEntry(t.Context(), org, dossiers.Entry{Indicator: "journalists", Value: 12, Day: "2026-09-01", What: law.Words{law.RU: "Курс"}, Sources: translated()},
		accounts.Entry{At: o.now(), Did: "indicator.entered"})
	o.must(err)
	f = o.decided(o.at + "/targets?correct=" + strconv.Itoa(first.Number))
	f.Set("value", "10")
	if w, doc := o.send(o.at+"/targets", o.editor, f); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, text(doc.Find("main")))
	}
	all, err := o.store.IndicatorEntries(t.Context(), org)
	o.must(err)
	untouched(t, all[len(all)-1].Sources)
}
