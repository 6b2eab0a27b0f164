package web_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/watch"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/people"
	scores "github.com/tuzetu/tuzetu/web/score"
)

// scorers is an office with a public dossier: a proposal that was compared with
// the second edition of the sample act, and one that is only recorded.
type scorers struct {
	*writers
	drafted, recorded dossiers.ProposalID
}

const scoreSlug = "library-answers"

func newScorers(t *testing.T) *scorers {
	t.Helper()
	ctx := context.Background()
	o := &scorers{writers: &writers{deskOffice: &deskOffice{office: newOffice(t, "https://tuzetu.example")}}}
	must, org := o.must, string(o.own.ID)
	s := &site{tb: t, store: o.store}
	s.act(sample.Act())
	did := func(what string) accounts.Entry { return accounts.Entry{At: o.now(), Did: what} }
	for _, lang := range law.Langs {
		s.edition(sample.ActID, law.Enacted, sample.First, lang, sample.Markdown(lang, sample.First))
	}
	dossier, err := o.store.AddDossier(ctx, dossiers.Dossier{Org: org, Slug: scoreSlug, Public: true, About: dossiers.About{Acts: []law.ActID{sample.ActID},
		Title: law.Words{law.KK: "Кітапхана туралы заңға түзетулер", law.RU: "Поправки к закону о библиотеках", law.EN: "Amendments to the law on libraries"}}}, did("dossier.made"))
	must(err)
	base := law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.First, Lang: law.RU}
	o.drafted, err = o.store.AddProposal(ctx, dossiers.Proposal{Org: org, Dossier: dossier, Base: base, Progressive: true,
		Subject: dossiers.Subject{Title: law.Words{law.RU: "Быстрее отвечать читателю"}, Author: law.Words{law.RU: "=Совет читателей"}, Asked: "2025-05-12"}}, did("proposal.made"))
	must(err)
	_, err = o.store.SaveVersion(ctx, org, dossiers.Version{Proposal: o.drafted, Content: dossiers.Content{Texts: map[law.Lang]string{law.RU: sample.Proposal(law.RU)}}}, 0, did("proposal.saved"))
	must(err)
	_, err = o.store.Publish(ctx, org, o.drafted, 1, sample.Proposed, did("proposal.published"))
	must(err)
	o.recorded, err = o.store.AddProposal(ctx, dossiers.Proposal{Org: org, Dossier: dossier, Progressive: true,
		Subject: dossiers.Subject{Title: law.Words{law.RU: "Открыть архив"}}}, did("proposal.made"))
	must(err)
	for _, lang := range law.Langs {
		s.edition(sample.ActID, law.Enacted, sample.Second, lang, sample.Markdown(lang, sample.Second))
	}
	_, err = watch.SuggestOutcomes(ctx, o.store, o.now(), true)
	must(err)
	o.handler, err = web.New(web.Config{Store: o.store, Now: o.now, BaseURL: "https://tuzetu.example", People: &people.Config{Door: o.door}, Scores: &scores.Config{Store: o.store}})
	must(err)
	_, o.editor = o.equip(o.hire("editor@example.kz", accounts.Editor))
	o.at = "/ru/desk/" + org
	return o
}

func (o *scorers) outcome() string {
	return o.at + "/outcomes/" + strconv.FormatInt(int64(o.drafted), 10)
}

// public is a page as a stranger sees it.
func (o *scorers) public(path string) *goquery.Document { return o.page(path, "") }

// decided is the form of an outcome as a browser would send it.
func (o *scorers) decided(path string) url.Values {
	return filled(o.page(path, o.editor).Find("main form").Last())
}

// A history that came with the program is what its sources say: that a person here
// confirmed it would not be true.
func TestHistoryIsNotConfirmedHere(t *testing.T) {
	o := newScorers(t)
	history, err := dossiers.GroundTruth()
	o.must(err)
	_, _, err = o.store.LoadHistory(t.Context(), string(o.own.ID), history, accounts.Entry{At: o.now()})
	o.must(err)
	board := "/ru/dossiers/" + history.Dossier.Slug + "/scoreboard"
	if got := text(o.public(board).Find("#p-1")); strings.Contains(got, "подтверждено человеком") || !strings.Contains(got, "по опубликованным источникам") {
		t.Error(got)
	}
	if got := o.public(board + ".json").Text(); strings.Contains(got, `"confirmed": true`) || strings.Contains(got, `"confirmed":true`) {
		t.Error("confirmed by nobody")
	}
}

// What the comparison left unclear cannot be confirmed as it is: somebody decides,
// and says why.
func TestUnclearIsDecided(t *testing.T) {
	o := newScorers(t)
	r, err := o.store.Record(t.Context(), string(o.own.ID), o.drafted)
	o.must(err)
	f := r.Suggestions[0]
	f.Edition = law.EditionKey{Act: sample.ActID, Status: law.BillVersion, Date: "2026-11-05", Lang: law.RU}
	(&site{tb: t, store: o.store}).edition(sample.ActID, law.BillVersion, f.Edition.Date, law.RU, sample.Proposal(law.RU))
	f.Status, f.Changes[0].Status, f.Changes[0].Doubt = dossiers.Unclear, dossiers.Unclear, diffing.DoubtNumber
	_, err = o.store.AddOutcomes(t.Context(), string(o.own.ID), []dossiers.Suggestion{f}, nil, nil)
	o.must(err)
	at := o.outcome() + "?edition=" + f.Edition.String()
	if link := o.page(o.at+"/outcomes", o.editor).Find(`.rowform a[href="` + at + `"]`); link.Length() != 1 {
		t.Error("the list offers to confirm it")
	}
	doc := o.page(at, o.editor)
	if got := text(doc.Find("#change-1")); !strings.Contains(got, "Принято другое число, чем предложено.") || doc.Find("#status option[value=unclear]").Length() > 0 || doc.Find("details#why[open]").Length() != 1 {
		t.Errorf("%s", got)
	}
	send := func(set ...string) (int, *goquery.Document) {
		form := o.decided(at)
		for i := 0; i < len(set); i += 2 {
			form.Set(set[i], set[i+1])
		}
		w, doc := o.send(o.outcome(), o.editor, form)
		return w.Code, doc
	}
	if code, doc := send(); code != http.StatusUnprocessableEntity || doc.Find("#status-err").Length() == 0 {
		t.Errorf("as it is: %d", code)
	}
	if code, doc := send("status", "unclear", "reason-ru", "да"); code != http.StatusUnprocessableEntity || doc.Find("#status-err").Length() == 0 {
		t.Errorf("unclear: %d", code)
	}
	if code, doc := send("status", "adopted"); code != http.StatusUnprocessableEntity || doc.Find("#reason-ru-err").Length() == 0 {
		t.Errorf("without a reason: %d", code)
	}
	if code, doc := send("status", "adopted", "reason-ru", "Число ближе к просьбе"); code != http.StatusSeeOther {
		t.Fatalf("decided: %d %s", code, text(doc.Find("main")))
	}
	// It was only a version of a bill.
	if got := text(o.public("/ru/dossiers/" + scoreSlug + "/scoreboard").Find("#p-1")); !strings.Contains(got, "человеком не подтверждено") {
		t.Errorf("a bill decided: %s", got)
	}
	words, err := dossiers.Statuses()
	o.must(err)
	if r, err = o.store.Record(t.Context(), string(o.own.ID), o.drafted); err != nil || !r.Open(words) {
		t.Error("it is compared with the law no more")
	}
}

// A person confirms what the comparison found, corrects it later with a reason, and
// strangers see which.
func TestConfirmOutcome(t *testing.T) {
	o := newScorers(t)
	list := o.page(o.at+"/outcomes", o.editor)
	if n := list.Find("form.rowform").Length(); n != 1 {
		t.Fatalf("%d to confirm: %s", n, text(list.Find("main")))
	}
	if got := text(o.public("/ru/dossiers/" + scoreSlug + "/scoreboard").Find("#p-1")); !strings.Contains(got, "человеком не подтверждено") {
		t.Errorf("not marked as unconfirmed: %s", got)
	}
	page := o.page(o.outcome(), o.editor)
	if page.Find(".oitem").Length() < 3 || page.Find(".oitem .judge select").Length() != page.Find(".oitem").Length() || page.Find(".surv svg").Length() < 3 {
		t.Errorf("the evidence is missing: %s", text(page.Find("main")))
	}
	var correct url.Values
	for _, c := range []struct {
		name string
		set  func(url.Values)
		want int
		at   string
	}{
		{"a correction without a reason", func(f url.Values) { f.Set("status", "adopted") }, http.StatusUnprocessableEntity, "#reason-ru-err"},
		{"a change without a reason", func(f url.Values) { f.Set("change-1", "rejected") }, http.StatusUnprocessableEntity, "#reason-ru-err"},
		{"no such status", func(f url.Values) { f.Set("status", "x"); f.Set("reason-ru", "да") }, http.StatusUnprocessableEntity, "#status-err"},
		{"a day to come", func(f url.Values) { f.Set("day", "2099-01-01") }, http.StatusUnprocessableEntity, "#day-err"},
		{"a place that is none", func(f url.Values) { f.Set("places", "статья 4") }, http.StatusUnprocessableEntity, "#places-err"},
		{"somebody was faster", func(f url.Values) { f.Set("seen", "7") }, http.StatusConflict, ".warning"},
		{"another text", func(f url.Values) { f.Set("edition", "Z9900000001@2001-01-01:ru") }, http.StatusNotFound, "h1"},
	} {
		f := o.decided(o.outcome())
		f.Set("reason-kk", "")
		f.Set("sources", "Протокол https://example.kz/p")
		c.set(f)
		w, doc := o.send(o.outcome(), o.editor, f)
		if w.Code != c.want || doc.Find(c.at).Length() == 0 {
			t.Errorf("%s: %d, %d at %s", c.name, w.Code, doc.Find(c.at).Length(), c.at)
		}
		if c.want == http.StatusUnprocessableEntity && doc.Find("#sources").Text() != "Протокол https://example.kz/p" {
			t.Errorf("%s: what was typed is lost", c.name)
		}
		correct = f
	}
	as := o.decided(o.outcome())
	if w, doc := o.send(o.outcome(), o.editor, as); w.Code != http.StatusSeeOther {
		t.Fatalf("as it is: %d %s", w.Code, text(doc.Find("main")))
	}
	if n := o.page(o.at+"/outcomes", o.editor).Find("form.rowform").Length(); n != 0 {
		t.Errorf("%d still to confirm", n)
	}
	correct = o.decided(o.outcome())
	correct.Set("status", "adopted_changed")
	correct.Set("change-3", "by_law")
	correct.Set("reason-ru", "Принято приказом")
	correct.Set("places", "https://tuzetu.example/ru/acts/Z9900000001/2026-02-01/ru#art_4__para_2")
	if w, doc := o.send(o.outcome(), o.editor, correct); w.Code != http.StatusSeeOther {
		t.Fatalf("corrected: %d %s", w.Code, text(doc.Find("main")))
	}
	r, err := o.store.Record(t.Context(), string(o.own.ID), o.drafted)
	o.must(err)
	last := r.Confirmations[len(r.Confirmations)-1]
	if len(r.Confirmations) != 2 || last.Status != dossiers.AdoptedChanged || len(last.Changes) != 1 || last.Changes[0].Status != "by_law" ||
		len(last.Places) != 1 || last.Places[0].Address != "art_4__para_2" {
		t.Errorf("%+v", last)
	}
	past := text(o.page(o.outcome(), o.editor).Find("#said-2"))
	for _, want := range []string{"Сравнение предполагало иное", "передано в подзаконный акт", "Принято приказом", "Пункт 2 статьи 4"} {
		if !strings.Contains(past, want) {
			t.Errorf("the history lacks %q: %s", want, past)
		}
	}
	if got := text(o.public("/ru/scoreboard").Find(".target")); !strings.Contains(got, "1 из 10") || !strings.Contains(got, "Отмечено как прогрессивное") {
		t.Errorf("toward the target: %s", got)
	}
	if got := strings.Join(o.did("outcome."), " "); got != "outcome.confirmed outcome.confirmed" {
		t.Errorf("log: %s", got)
	}
}

// What is only recorded is given a status by a person.
func TestRecordedOutcome(t *testing.T) {
	o := newScorers(t)
	at := o.at + "/outcomes/" + strconv.FormatInt(int64(o.recorded), 10)
	f := o.decided(at)
	f.Set("status", "adopted_elsewhere")
	f.Set("day", "2026-03-01")
	if w, doc := o.send(at, o.editor, f); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, text(doc.Find("main")))
	}
	if got := text(o.public("/ru/dossiers/" + scoreSlug + "/scoreboard").Find("#p-2")); !strings.Contains(got, "принято в другом акте") || !strings.Contains(got, "засчитано в цель") {
		t.Error(got)
	}
}

// A scoreboard is the same to people, programs and spreadsheets.
func TestScoreboard(t *testing.T) {
	o := newScorers(t)
	for _, at := range []string{"/scoreboard", "/dossiers/" + scoreSlug + "/scoreboard"} {
		for _, ui := range law.Langs {
			path := "/" + string(ui) + at
			doc := o.public(path)
			if doc.Find(".board__sq a").Length() != 2 || doc.Find("tbody tr[id]").Length() != 2 || doc.Find(".share textarea").Length() != 1 || doc.Find("#toward").Length() != 1 {
				t.Errorf("%s: %s", path, text(doc.Find("main")))
			}
			if card := o.public("/" + string(ui) + "/embed" + at); card.Find(".nums dd").Length() == 0 || card.Find("script, form").Length() != 0 || card.Find("a:not([target=_top])").Length() != 0 {
				t.Errorf("%s: the card is not one", path)
			}
			if w := o.get(path+".png", ""); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" {
				t.Errorf("%s: picture %d", path, w.Code)
			}
		}
		var twin struct {
			Asked, Unconfirmed int
			Proposals          []struct {
				Status    string
				Confirmed bool
				Survived  *float64
			}
		}
		o.must(json.Unmarshal(o.get("/ru"+at+".json", "").Body.Bytes(), &twin))
		if twin.Asked != 2 || twin.Unconfirmed != 1 || len(twin.Proposals) != 2 || twin.Proposals[0].Survived == nil || twin.Proposals[1].Survived != nil {
			t.Errorf("%s: %+v", at, twin)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(o.get("/ru"+at+".csv", "").Body.String(), "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 3 || rows[1][3] != "'=Совет читателей" {
			t.Errorf("%s: %v %q", at, err, rows)
		}
	}
	one := o.public("/ru/dossiers/" + scoreSlug + "/scoreboard")
	if one.Find(".stretch rect").Length() < 2 || one.Find("#unasked").Length() != 1 {
		t.Error("no stages, or nothing of what nobody asked for")
	}
	for _, path := range []string{"/ru/dossiers/none/scoreboard", "/ru/dossiers/none/scoreboard.csv", "/ru/embed/dossiers/none/scoreboard"} {
		if w := o.get(path, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// A number is entered with its source and day; a correction is another entry.
func TestTargets(t *testing.T) {
	o := newScorers(t)
	at := o.at + "/targets"
	good := url.Values{"indicator": {"journalists"}, "value": {"1 2"}, "day": {"2026-09-01"}, "what-ru": {"Курс в Алматы"}, "sources": {"Список https://example.kz/list"}}
	for name, want := range map[string]string{"value": "#value-err", "day": "#day-err", "sources": "#sources-err", "what-ru": "#what-ru-err", "indicator": "#indicator-err"} {
		f := url.Values{}
		for k, v := range good {
			f[k] = v
		}
		f.Set(name, "")
		w, doc := o.send(at, o.editor, f)
		if w.Code != http.StatusUnprocessableEntity || doc.Find(want).Length() != 1 {
			t.Errorf("without %s: %d", name, w.Code)
		}
		if name != "what-ru" && doc.Find("#what-ru").AttrOr("value", "") != "Курс в Алматы" {
			t.Errorf("without %s: what was typed is lost", name)
		}
	}
	computed := url.Values{"indicator": {"amendments"}, "value": {"9"}, "day": {"2026-09-01"}, "what-ru": {"x"}, "sources": {"x"}}
	if w, _ := o.send(at, o.editor, computed); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("what the system counts was entered: %d", w.Code)
	}
	if w, doc := o.send(at, o.editor, good); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, text(doc.Find("main")))
	}
	if got := text(o.public("/ru/targets").Find("#journalists")); !strings.Contains(got, "12 из 500") || !strings.Contains(got, "Курс в Алматы") {
		t.Error(got)
	}
	good.Set("replaces", "1")
	good.Set("value", "10")
	for i, want := range []int{http.StatusSeeOther, http.StatusConflict} {
		if w, _ := o.send(at, o.editor, good); w.Code != want {
			t.Errorf("correction %d: %d", i, w.Code)
		}
	}
	if got := text(o.public("/ru/targets").Find("#journalists .target__n")); !strings.Contains(got, "10 из 500") {
		t.Error(got)
	}
	if doc := o.page(at, o.editor); doc.Find(".replaced").Length() != 1 || doc.Find(".rows li").Length() != 2 {
		t.Errorf("the history: %s", text(doc.Find(".rows")))
	}
	if n := o.public("/kk/targets").Find(".target").Length(); n != 5 {
		t.Errorf("%d targets", n)
	}
	if n := o.public("/kk/embed/targets").Find(".nums dd").Length(); n != 5 {
		t.Errorf("%d targets on the card", n)
	}
}

// The page of the day leads to what is to be done; a task is ticked off, and opened
// again.
func TestToday(t *testing.T) {
	o := newScorers(t)
	at := o.at + "/today"
	page := o.page(at, o.editor)
	if page.Find("#confirm .rows a").Length() != 1 || !strings.Contains(text(page.Find("#tasks").Parent()), "Сохранён новый текст") {
		t.Errorf("%s", text(page.Find("main")))
	}
	if w, doc := o.send(at, o.editor, url.Values{"do": {"add"}, "text": {""}, "due": {"x"}}); w.Code != http.StatusUnprocessableEntity || doc.Find("#task-text-err, #task-due-err").Length() != 2 || doc.Find("#task-due").AttrOr("value", "") != "x" {
		t.Errorf("an empty task: %d", w.Code)
	}
	if w := o.post(at, o.editor, "do", "add", "text", "Позвонить депутату", "due", "2026-01-01"); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	page = o.page(at, o.editor)
	if page.Find("main section").First().Find("#tasks").Length() != 1 || page.Find(".due--late").Length() == 0 {
		t.Error("a late task does not come first")
	}
	id, _ := page.Find("input[name=task]").First().Attr("value")
	for _, do := range []string{"done", "open"} {
		if w := o.post(at, o.editor, "do", do, "task", id); w.Code != http.StatusSeeOther {
			t.Errorf("%s: %d", do, w.Code)
		}
	}
	if got := strings.Join(o.did("task."), " "); got != "task.added task.done task.opened" {
		t.Errorf("log: %s", got)
	}
	if w := o.post(at, o.editor, "do", "done", "task", "999"); w.Code != http.StatusNotFound {
		t.Errorf("no such task: %d", w.Code)
	}
}

// Who only reads may change nothing, and another organisation finds nothing.
func TestScoreIsTheOrganisations(t *testing.T) {
	o := newScorers(t)
	viewer := o.hire("v@example.kz", accounts.Viewer)
	for _, path := range []string{o.outcome(), o.at + "/targets", o.at + "/today"} {
		if doc := o.page(path, viewer); doc.Find("main form").Length() > doc.Find(".staff form").Length() {
			t.Errorf("%s: a viewer has a form", path)
		}
		if w := o.post(path, viewer, "do", "add"); w.Code != http.StatusNotFound {
			t.Errorf("%s: a viewer writes: %d", path, w.Code)
		}
	}
	other, err := o.door.AddOrganisation(t.Context(), map[string]string{"kk": "Басқа", "ru": "Другие", "en": "Others"}, "")
	o.must(err)
	own := o.own
	o.own = other
	_, stranger := o.equip(o.hire("s@example.kz", accounts.Owner))
	o.own = own
	theirs := "/ru/desk/" + string(other.ID)
	for _, path := range []string{o.outcome(), o.at + "/today", strings.Replace(o.outcome(), o.at, theirs, 1)} {
		if w := o.get(path, stranger); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
		if w := o.post(path, stranger, "do", "add", "seen", "0", "status", "adopted"); w.Code != http.StatusNotFound {
			t.Errorf("%s: posted %d", path, w.Code)
		}
	}
}

// What was adopted and is not in force yet is offered as that, with the day and the
// provision; a person chooses it.
func TestOutcomeNotInForceYet(t *testing.T) {
	o := newScorers(t)
	s := &site{tb: t, store: o.store}
	second, old := sample.Markdown(law.RU, sample.Second), "> *Сноска. Статья 4 с изменением, внесенным Законом РК от 28.11.2025"
	if strings.Count(second, old) != 1 {
		t.Fatal("the sample has another note")
	}
	s.edition(sample.ActID, law.Enacted, "2026-11-01", law.RU, strings.Replace(second, old,
		"4. Районная библиотека один раз в год спрашивает мнение жителей района о часах работы и публикует полученные ответы.\n\n"+
			"> *Сноска. Статья 4 с изменениями, внесенными Законом РК от 28.10.2026 № 9-I (вводится в действие с 01.01.2027).*\n\n"+old, 1))
	_, err := watch.SuggestOutcomes(t.Context(), o.store, o.now(), false)
	o.must(err)
	page := o.page(o.outcome(), o.editor)
	note := text(page.Find(".callout:has(a[href*='#decide'])"))
	if !strings.Contains(note, "Пункт 4 статьи 4") || !strings.Contains(note, "с 1 января 2027 года") {
		t.Fatalf("what is to come: %q", note)
	}
	choose, _ := page.Find(".callout a[href*='#decide']").Attr("href")
	f := o.decided(o.outcome() + strings.TrimSuffix(choose, "#decide"))
	if f.Get("status") != "not_in_force" || !strings.Contains(f.Get("reason-en"), "since 1\u00a0January 2027") {
		t.Fatalf("offered: %q", f)
	}
	if w, doc := o.send(o.outcome(), o.editor, f); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, text(doc.Find("main")))
	}
	if got := text(o.public("/ru/scoreboard").Find("#p-1")); !strings.Contains(got, "ещё не введено в действие") || strings.Contains(got, "засчитано") {
		t.Error(got)
	}
}
