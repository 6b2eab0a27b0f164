package dossiers

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
)

func textOf(lines ...string) *law.Document {
	_, in, err := law.ReadMarkdown(strings.NewReader(strings.Join(lines, "\n\n")))
	if err != nil {
		panic(err)
	}
	return law.Build(law.RU, "", in)
}

var baseLines = []string{"**Статья 1. Ответ на запрос**",
	"1. Ответ на запрос дается в течение семи рабочих дней со дня его поступления.",
	"2. Отказ в ответе излагается письменно с указанием причин.",
	"**Статья 2. Учет**",
	"1. Сетевое издание ставится на учет в уполномоченном органе до начала выпуска.",
	"2. Срок постановки на учет не превышает десяти рабочих дней."}

func with(changes ...string) *law.Document {
	text := strings.Join(baseLines, "\n\n")
	return textOf(strings.NewReplacer(changes...).Replace(text))
}

// TestJudge: one change adopted, one reworded, one ignored, and a change that
// nobody asked for.
func TestJudge(t *testing.T) {
	base := with()
	proposed := with("семи рабочих", "пяти рабочих", "письменно с указанием причин", "письменно с указанием причин и порядка обжалования", "ставится на учет в уполномоченном органе до начала выпуска", "уведомляет уполномоченный орган о начале выпуска")
	enacted := with("семи рабочих", "пяти рабочих", "письменно с указанием причин", "письменно с указанием причин и способа обжалования", "десяти рабочих дней", "пятнадцати рабочих дней")
	v, ok := Judge(base, proposed, enacted)
	if !ok || v.Status != Partly {
		t.Errorf("%+v", v)
	}
	want := map[law.Address]Status{"art_1__para_1": Adopted, "art_1__para_2": AdoptedChanged, "art_2__para_1": Rejected}
	got := map[law.Address]Status{}
	for _, c := range v.Changes {
		got[c.Address] = c.Status
		if c.Label[law.RU] == "" || c.Label[law.KK] == "" || c.Proposed == "" || c.Enacted == "" {
			t.Errorf("evidence is missing: %+v", c)
		}
	}
	if cmp.Diff(want, got) != "" {
		t.Error(cmp.Diff(want, got))
	}
	if len(v.Unasked) != 1 || v.Unasked[0].Address != "art_2__para_2" {
		t.Errorf("%+v", v.Unasked)
	}
	if v.Survived <= 0.4 || v.Survived >= 0.8 {
		t.Errorf("%f", v.Survived)
	}
	if _, ok := Judge(base, base, enacted); ok {
		t.Error("nothing was asked for, and something became of it")
	}
	if v, _ := Judge(base, proposed, nil); v.Status != Pending {
		t.Errorf("nothing was enacted: %s", v.Status)
	}
}

func TestOverall(t *testing.T) {
	for of, want := range map[string]Status{
		"":                           Pending,
		"adopted adopted":            Adopted,
		"adopted adopted_changed":    AdoptedChanged,
		"adopted rejected":           Partly,
		"adopted_changed opposite":   Partly,
		"partly":                     Partly,
		"partly rejected":            Partly,
		"rejected opposite":          Opposite,
		"rejected rejected":          Rejected,
		"pending pending":            Pending,
		"adopted adopted_changed pe": Partly,
		"adopted unclear":            Unclear,
		"unclear rejected":           Unclear,
		"unclear opposite":           Unclear,
		"adopted unclear rejected":   Partly,
		"partly unclear":             Partly,
	} {
		var changes []Found
		for _, s := range strings.Fields(of) {
			changes = append(changes, Found{Status: Status(s)})
		}
		if got := overall(changes); got != want {
			t.Errorf("%q: %s, want %s", of, got, want)
		}
	}
}

func edition(date law.Date, st law.Status, lang law.Lang) law.EditionKey {
	return law.EditionKey{Act: MediaLaw, Status: st, Date: date, Lang: lang}
}

func suggested(in law.EditionKey, statuses ...Status) Suggestion {
	s := Suggestion{Edition: in, Verdict: Verdict{Unasked: []Unasked{{Change: Change{Address: "art_9"}}, {Change: Change{Address: "art_8"}}}}}
	for n, st := range statuses {
		s.Changes = append(s.Changes, Found{Change: Change{Address: law.Address("art_" + string(rune('1'+n)))}, Status: st, Survived: map[Status]float64{Adopted: 1, AdoptedChanged: 0.5}[st]})
	}
	s.Status = overall(s.Changes)
	return s
}

func TestScore(t *testing.T) {
	words, err := Statuses()
	if err != nil {
		t.Fatal(err)
	}
	base := edition("2026-01-01", law.Enacted, law.RU)
	bill, enacted := edition("2026-02-01", law.BillVersion, law.RU), edition("2026-03-02", law.Enacted, law.RU)
	kk := edition("2026-03-02", law.Enacted, law.KK)
	other := suggested(enacted, Rejected)
	other.Unasked = other.Unasked[:1] // it asked for what is at art_8
	records := []Record{
		// Compared and confirmed; the Kazakh text is the same outcome, counted once.
		{Proposal: Proposal{ID: 1, Base: base, Progressive: true}, Suggestions: []Suggestion{suggested(bill, Adopted, Rejected, Rejected), suggested(kk, Adopted, AdoptedChanged, Rejected), suggested(enacted, Adopted, AdoptedChanged, Rejected)},
			Confirmations: []Confirmation{{Status: Rejected}, {Status: Adopted, Edition: enacted, Suggested: Partly, Changes: []Judged{{Change{"art_3", false}, Adopted}}}}},
		{Proposal: Proposal{ID: 2, Base: base, Progressive: true}, Suggestions: []Suggestion{other}}, // not confirmed yet
		{Proposal: Proposal{ID: 3, Base: base, Progressive: true}, Suggestions: []Suggestion{suggested(bill, Adopted)}, // a bill decides nothing, confirmed or not
			Confirmations: []Confirmation{{Status: Adopted, Edition: bill, Suggested: Adopted}}},
		{Proposal: Proposal{ID: 4}, Confirmations: []Confirmation{{Status: "adopted_elsewhere"}}}, // not progressive
		{Proposal: Proposal{ID: 5, Progressive: true}, Confirmations: []Confirmation{{Status: Adopted}, {Status: "not_in_force"}}},
	}
	got := Score(records, words)
	if !records[2].Open(words) {
		t.Error("what a bill adopts is compared with the law no more")
	}
	want := Scoreboard{Asked: 5, Unconfirmed: 1, Amendments: 1, Survived: 0.375,
		Statuses: map[Status]int{Adopted: 1, Rejected: 1, Pending: 1, "adopted_elsewhere": 1, "not_in_force": 1},
		Changes:  map[Status]int{Adopted: 2, AdoptedChanged: 1, Rejected: 1},
		Stages: []StageScore{
			{Edition: edition("2026-02-01", law.BillVersion, ""), Changes: map[Status]int{Adopted: 2, Rejected: 2}, Survived: 0.5},
			{Edition: edition("2026-03-02", law.Enacted, ""), Changes: map[Status]int{Adopted: 2, AdoptedChanged: 1, Rejected: 1}, Survived: 0.375}},
		Unasked: []Unasked{{Change: Change{Address: "art_9"}}}}
	if cmp.Diff(want, got) != "" {
		t.Error(cmp.Diff(want, got))
	}
	if of := records[0].Suggested(edition("2026-03-02", law.Enacted, "")); of == nil || of.Edition != enacted {
		t.Errorf("%+v", of)
	}
	if of := records[3].Suggested(enacted); of != nil {
		t.Errorf("%+v", of)
	}
	for n, open := range []bool{false, true, true, false, true} {
		if records[n].Open(words) != open {
			t.Errorf("%d open: %v", n+1, !open)
		}
	}
	if empty := Score(nil, words); empty.Asked != 0 || empty.Survived != 0 {
		t.Errorf("%+v", empty)
	}
}

func TestMeasure(t *testing.T) {
	all, err := Indicators()
	if err != nil {
		t.Fatal(err)
	}
	entries := []Entry{{Number: 1, Indicator: "journalists", Value: 21, Day: "2026-03-01"}, {Number: 2, Indicator: "journalists", Value: 8, Day: "2026-02-01"},
		{Number: 3, Indicator: "journalists", Value: 12, Day: "2026-03-01", Replaces: 1}, {Number: 4, Indicator: "media", Value: 1, Day: "2026-03-01"},
		{Number: 5, Indicator: "media", Value: 0, Day: "2026-03-01", Replaces: 4}, {Number: 6, Indicator: AmendmentTarget, Value: 9}}
	got := map[string]int{}
	for _, p := range Measure(all, map[string]int{AmendmentTarget: 3, CampaignTarget: 40}, entries) {
		got[p.ID] = p.Value
		if p.ID == "journalists" && (len(p.Entries) != 2 || p.Entries[0].Number != 2 || p.Percent() != 4) {
			t.Errorf("%+v", p)
		}
		if p.ID == CampaignTarget && p.Percent() != 100 {
			t.Errorf("%d %%", p.Percent())
		}
	}
	if want := map[string]int{AmendmentTarget: 3, CampaignTarget: 40, "journalists": 20, "media": 0, "universities": 0}; cmp.Diff(want, got) != "" {
		t.Error(cmp.Diff(want, got))
	}
	good := Entry{Indicator: "media", Value: 1, Day: "2026-03-01", What: law.Words{law.KK: "Жаңа басылым"}, Sources: []Source{{Href: "https://example.kz"}}}
	if err := good.Validate(all); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*Entry){
		"counted": func(e *Entry) { e.Indicator = AmendmentTarget }, "unknown": func(e *Entry) { e.Indicator = "fame" },
		"nothing": func(e *Entry) { e.Value = 0 }, "below": func(e *Entry) { e.Value = -1 }, "no day": func(e *Entry) { e.Day = "" },
		"no source": func(e *Entry) { e.Sources = nil }, "a script": func(e *Entry) { e.Sources = []Source{{Href: "javascript:alert(1)"}} }, "no words": func(e *Entry) { e.What = nil },
	} {
		e := good
		spoil(&e)
		if e.Validate(all) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestRef(t *testing.T) {
	for _, s := range []string{"proposal:12@3:ru", "bill:1@2:kk"} {
		r, err := ParseRef(s)
		if err != nil || r.String() != s {
			t.Errorf("%s: %s, %v", s, r, err)
		}
		if _, err := law.ParseEditionKey(s); err == nil {
			t.Errorf("%s is an edition, too", s)
		}
	}
	for _, s := range []string{"", "proposal:Z2400000093@2024-06-19:ru", "proposal:0@1:ru", "proposal:1@0:ru", "proposal:1@1:de", "proposal:1@1", "bill:-1@1:ru", "proposal:99999999999@1:ru"} {
		if r, err := ParseRef(s); err == nil {
			t.Errorf("%q is %+v", s, r)
		}
	}
	key := edition("2026-03-02", law.Enacted, law.RU)
	key.Revision = 2
	for _, st := range []law.Status{law.Enacted, law.BillVersion} {
		key.Status = st
		task, want := OutcomeTask("fund", Suggestion{Proposal: 12, Edition: key}), key
		want.Lang = ""
		if p, in, ok := task.Outcome(); p != 12 || in != want || !ok {
			t.Errorf("%+v", task)
		}
	}
	task := OutcomeTask("fund", Suggestion{Proposal: 12, Edition: key})
	if _, _, ok := (Task{Kind: ByHand, Subject: task.Subject}).Outcome(); ok {
		t.Error("a task by hand has an outcome")
	}
}

func TestContent(t *testing.T) {
	change := Change{Address: "art_1__para_1"}
	good := Content{Texts: map[law.Lang]string{law.RU: strings.Join(baseLines, "\n\n"), law.KK: "**1-бап. Жауап**"}, Reasons: []Reason{{Change: change, Text: law.Words{law.RU: "Так быстрее"}}}}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	if cmp.Diff([]law.Lang{law.KK, law.RU}, good.Langs()) != "" {
		t.Error(good.Langs())
	}
	if r, ok := good.Reason(change); !ok || r.Text[law.RU] != "Так быстрее" {
		t.Errorf("%+v", r)
	}
	if _, ok := good.Reason(Change{Address: "art_1__para_1", New: true}); ok {
		t.Error("the reason of another change")
	}
	d, err := good.Document(law.RU)
	if err != nil || d.Find("art_2__para_2") == nil {
		t.Error(err)
	}
	again, _, err := law.ReadMarkdown(strings.NewReader(d.Markdown()))
	if err != nil || again != "" {
		t.Error(err)
	}
	for name, bad := range map[string]Content{
		"none": {}, "empty": {Texts: map[law.Lang]string{law.RU: " \n"}}, "broken": {Texts: map[law.Lang]string{law.RU: "1. \xff"}}, "zero": {Texts: map[law.Lang]string{law.RU: "1. \x00"}},
		"language": {Texts: map[law.Lang]string{"de": "1. x"}}, "nowhere": {Texts: good.Texts, Reasons: []Reason{{Text: law.Words{law.RU: "x"}}}},
	} {
		if bad.Validate() == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
