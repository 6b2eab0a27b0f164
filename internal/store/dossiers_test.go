package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// dossierTest is a store with two organisations, "fund" with the member "asel" and
// a public dossier, and "other".
type dossierTest struct {
	t       testing.TB
	s       *Store
	base    law.EditionKey
	dossier dossiers.DossierID
}

func eachDossier(t *testing.T, f func(t *testing.T, d *dossierTest)) {
	t.Helper()
	eachStore(t, func(t *testing.T, s *Store) {
		hire(t, s, "fund", "asel")
		hire(t, s, "other", "berik")
		f(t, openDossier(t, s, "fund"))
	})
}

func openDossier(t *testing.T, s *Store, org string) *dossierTest {
	t.Helper()
	d := &dossierTest{t: t, s: s, base: add(t, s, sampleEdition(t, "2026-01-10", law.RU, "Статья 1. Ответ", "1. Ответ даётся в течение семи дней.", "2. Отказ излагается письменно."))}
	id, err := s.AddDossier(t.Context(), dossiers.Dossier{Org: org, Slug: "answers", Public: true, About: dossiers.About{Title: words("Ответы"), Acts: []law.ActID{sampleAct}}}, did("dossier.made"))
	d.must(err)
	d.dossier = id
	return d
}

func did(what string) accounts.Entry { return accounts.Entry{At: noon, Person: "asel", Did: what} }

func (d *dossierTest) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *dossierTest) proposal() dossiers.ProposalID {
	d.t.Helper()
	id, err := d.s.AddProposal(d.t.Context(), dossiers.Proposal{Org: "fund", Dossier: d.dossier, Base: d.base, Progressive: true,
		Subject: dossiers.Subject{Title: words("Пять дней вместо семи"), Author: words("Фонд"), CoAuthors: []string{"asel"}}}, did("proposal.made"))
	d.must(err)
	return id
}

func proposed(words string) dossiers.Content {
	return dossiers.Content{
		Texts: map[law.Lang]string{law.RU: "# Закон о примерах\n\n**Статья 1. Ответ**\n\n" + words + "\n\n2. Отказ излагается письменно.\n"},
		Reasons: []dossiers.Reason{{Change: dossiers.Change{Address: "art_1__para_1"}, Text: law.Words{law.RU: "Так быстрее"},
			Sources: []dossiers.Source{{Title: law.Words{law.RU: "Опрос"}, Href: "https://example.kz/survey"}}}},
	}
}

func (d *dossierTest) save(id dossiers.ProposalID, parent int, words string) dossiers.Version {
	d.t.Helper()
	v, err := d.s.SaveVersion(d.t.Context(), "fund", dossiers.Version{Proposal: id, Parent: parent, Content: proposed(words), Note: "сроки"}, 0, did("proposal.saved"))
	d.must(err)
	return v
}

// found is a suggestion about the sample act's next edition.
func (d *dossierTest) found(id dossiers.ProposalID, version int) dossiers.Suggestion {
	key := law.EditionKey{Act: sampleAct, Status: law.Enacted, Date: "2026-06-01", Lang: law.RU}
	return dossiers.Suggestion{Proposal: id, Version: version, Edition: key, At: noon, Verdict: dossiers.Verdict{Status: dossiers.AdoptedChanged, Survived: 0.5,
		Changes: []dossiers.Found{{Change: dossiers.Change{Address: "art_1__para_1"}, Label: law.Words{law.RU: "пункт 1 статьи 1"}, Proposed: "пяти", Enacted: "шести",
			Status: dossiers.AdoptedChanged, Survived: 0.5}},
		Unasked: []dossiers.Unasked{{Change: dossiers.Change{Address: "art_2", New: true}, Kind: diffing.Inserted}}}}
}

func letter(id string) jobs.Job {
	return jobs.Job{ID: id, Kind: "team outcomes", Body: []byte("{}"), Due: noon, Expires: noon.Add(time.Hour)}
}

// fillDossiers puts something into every table of dossiers.
func fillDossiers(t *testing.T, s *Store, org string) {
	t.Helper()
	d := openDossier(t, s, org)
	ctx := t.Context()
	stage, err := s.SaveStage(ctx, org, d.dossier, dossiers.Stage{}, dossiers.Stage{Name: words("Чтение"), From: "2026-02-01"}, did("stage.saved"))
	d.must(err)
	_, err = s.AddDocument(ctx, org, d.dossier, dossiers.Document{Stage: stage, Title: words("Заключение"), File: &dossiers.File{Name: "ә.pdf", Media: "application/pdf"}}, false, []byte("%PDF"), did("document.added"))
	d.must(err)
	_, err = s.SaveDeadline(ctx, org, d.dossier, dossiers.Deadline{}, dossiers.Deadline{Stage: stage, What: words("Обсуждение"), Day: "2026-03-10"}, did("deadline.saved"))
	d.must(err)
	p := dossiers.Proposal{Org: org, Dossier: d.dossier, Base: d.base, Subject: dossiers.Subject{Title: words("Пять дней")}}
	id, err := s.AddProposal(ctx, p, did("proposal.made"))
	d.must(err)
	_, err = s.SaveVersion(ctx, org, dossiers.Version{Proposal: id, Content: proposed("1. Пять дней.")}, 0, did("proposal.saved"))
	d.must(err)
	_, err = s.SaveDraft(ctx, org, dossiers.Draft{Proposal: id, Person: "asel", Parent: 1, Content: proposed("1. Шесть"), At: noon})
	d.must(err)
	_, err = s.AddTeamComment(ctx, org, dossiers.TeamComment{Proposal: id, Version: 1, Text: "Почему пять?"}, did("comment.made"))
	d.must(err)
	_, err = s.Publish(ctx, org, id, 1, "2026-02-02", did("proposal.published"))
	d.must(err)
	_, err = s.AddOutcomes(ctx, org, []dossiers.Suggestion{d.found(id, 1)}, nil, nil)
	d.must(err)
	_, err = s.ConfirmOutcome(ctx, org, dossiers.Confirmation{Proposal: id, Status: dossiers.Rejected}, did("outcome.confirmed"))
	d.must(err)
	_, err = s.AddIndicatorEntry(ctx, org, dossiers.Entry{Indicator: "journalists", Value: 12, Day: "2026-02-03", What: words("Курс"), Sources: []dossiers.Source{{Title: words("Список")}}}, did("indicator.entered"))
	d.must(err)
}

func TestDossier(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		if _, err := s.AddDossier(ctx, dossiers.Dossier{Org: "other", Slug: "answers", About: dossiers.About{Title: words("Ответы")}}, did("dossier.made")); !errors.Is(err, dossiers.ErrSlugTaken) {
			t.Errorf("an address twice: %v", err)
		}
		got, err := s.PublicDossier(ctx, "answers")
		d.must(err)
		was := got
		got.Public, got.Title = false, words("Ответы на запросы")
		d.must(s.SaveDossier(ctx, was, got, did("dossier.saved")))
		if err := s.SaveDossier(ctx, was, was, did("dossier.saved")); !errors.Is(err, dossiers.ErrMoved) {
			t.Errorf("what somebody stored meanwhile is overwritten: %v", err)
		}
		if _, err := s.PublicDossier(ctx, "answers"); !errors.Is(err, dossiers.ErrNotFound) {
			t.Errorf("seen by strangers: %v", err)
		}
		if again, err := s.Dossier(ctx, "fund", d.dossier); err != nil || cmp.Diff(got, again) != "" {
			t.Errorf("%v\n%s", err, cmp.Diff(got, again))
		}
		reading := dossiers.Stage{Name: words("Второе чтение"), From: "2026-03-01"}
		second, err := s.SaveStage(ctx, "fund", d.dossier, dossiers.Stage{}, reading, did("stage.saved"))
		d.must(err)
		first, err := s.SaveStage(ctx, "fund", d.dossier, dossiers.Stage{}, dossiers.Stage{Template: dossiers.TemplateRef{ID: "from-2026", Version: 1}, Step: "first_reading",
			Name: words("Первое чтение"), From: "2026-02-01", To: "2026-02-01", Decisions: []dossiers.Decision{{On: "2026-02-01", By: words("Курултай"), What: words("принять")}}}, did("stage.saved"))
		d.must(err)
		renamed := dossiers.Stage{Number: second, Name: words("Чтение второе"), From: "2026-03-02"}
		if _, err = s.SaveStage(ctx, "fund", d.dossier, reading, renamed, did("stage.saved")); err != nil {
			t.Fatal(err)
		}
		if _, err = s.SaveStage(ctx, "fund", d.dossier, reading, renamed, did("stage.saved")); !errors.Is(err, dossiers.ErrMoved) {
			t.Errorf("a stage that somebody stored meanwhile is overwritten: %v", err)
		}
		stages, err := s.Stages(ctx, d.dossier)
		if err != nil || len(stages) != 2 || stages[0].Number != first || stages[0].Step != "first_reading" || stages[1].Name[law.RU] != "Чтение второе" {
			t.Errorf("%+v, %v", stages, err)
		}
		bill := sampleEdition(t, "bill-2026-02-01", law.RU, "Статья 1. Ответ", "1. Ответ даётся в течение шести дней.")
		bill.SourceURL = ""
		text := dossiers.Document{Stage: first, Title: words("Законопроект"), Editions: map[law.Lang]law.EditionKey{law.RU: bill.EditionKey}}
		if _, err := s.AddDocument(ctx, "fund", d.dossier, text, true, nil, did("document.added")); !errors.Is(err, law.ErrNotFound) {
			t.Errorf("a text that is not there: %v", err)
		}
		add(t, s, bill)
		text, err = s.AddDocument(ctx, "fund", d.dossier, text, true, nil, did("document.added"))
		d.must(err)
		file, err := s.AddDocument(ctx, "fund", d.dossier, dossiers.Document{Stage: first, Title: words("Заключение"), File: &dossiers.File{Name: "a.pdf", Media: "application/pdf"}}, false, []byte("%PDF-1.7"), did("document.added"))
		d.must(err)
		if all, err := s.Documents(ctx, d.dossier); err != nil || cmp.Diff([]dossiers.Document{text, file}, all) != "" || text.Bill != 1 {
			t.Errorf("%v\n%s", err, cmp.Diff([]dossiers.Document{text, file}, all))
		}
		filed := file
		file.Title, file.OpenTo = words("Заключение комитета"), "2026-02-20"
		d.must(s.SaveDocument(ctx, "fund", d.dossier, filed, file, did("document.changed")))
		if err := s.SaveDocument(ctx, "fund", d.dossier, filed, filed, did("document.changed")); !errors.Is(err, dossiers.ErrMoved) {
			t.Errorf("a document that somebody stored meanwhile is overwritten: %v", err)
		}
		if all, err := s.Documents(ctx, d.dossier); err != nil || cmp.Diff([]dossiers.Document{text, file}, all) != "" {
			t.Errorf("what is said about a document: %v\n%s", err, cmp.Diff([]dossiers.Document{text, file}, all))
		}
		if e, err := s.RefText(ctx, dossiers.Ref{Status: law.BillVersion, ID: int64(d.dossier), Version: 1, Lang: law.RU}); err != nil || e.EditionKey != bill.EditionKey {
			t.Errorf("%s, %v", e.EditionKey, err)
		}
		if b, err := s.DossierFile(ctx, d.dossier, file.File.SHA256); err != nil || string(b) != "%PDF-1.7" {
			t.Errorf("%q, %v", b, err)
		}
		if _, err := s.DossierFile(ctx, d.dossier+1, file.File.SHA256); !errors.Is(err, dossiers.ErrNotFound) {
			t.Errorf("of another dossier: %v", err)
		}
		if err := s.RemoveStage(ctx, "fund", d.dossier, first, did("stage.removed")); !errors.Is(err, dossiers.ErrState) {
			t.Errorf("a stage with documents: %v", err)
		}
		d.must(s.RemoveDocument(ctx, "fund", d.dossier, file.Number, did("document.removed")))
		if _, err := s.DossierFile(ctx, d.dossier, file.File.SHA256); !errors.Is(err, dossiers.ErrNotFound) {
			t.Errorf("a removed file: %v", err)
		}
		due, err := s.SaveDeadline(ctx, "fund", d.dossier, dossiers.Deadline{}, dossiers.Deadline{What: words("Обсуждение"), Term: dossiers.Term{From: "2026-03-02", Count: 10, Unit: dossiers.WorkingDays}}, did("deadline.saved"))
		d.must(err)
		if all, err := s.Deadlines(ctx, "fund"); err != nil || len(all) != 1 || all[0].Number != due || all[0].Dossier != d.dossier || all[0].Term.Count != 10 {
			t.Errorf("%+v, %v", all, err)
		}
		d.must(s.RemoveDeadline(ctx, "fund", d.dossier, due, did("deadline.removed")))
		log, err := s.Log(ctx, "fund")
		if err != nil || accounts.CheckLog(log) != nil || log[len(log)-1].Did != "deadline.removed" || log[len(log)-1].To != fmt.Sprintf("dossier %d, deadline %d", d.dossier, due) {
			t.Errorf("%+v, %v", log[len(log)-1], err)
		}
	})
}

// Another organisation finds and changes nothing of it.
func TestDossierOfAnother(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		id := d.proposal()
		d.save(id, 0, "1. Пять.")
		before := backup(t, s)
		of, err := s.Dossier(ctx, "fund", d.dossier)
		d.must(err)
		p, err := s.Proposal(ctx, "fund", id)
		d.must(err)
		of.Org, p.Org = "other", "other"
		e := did("tried")
		fails := map[string]error{"SaveDossier": s.SaveDossier(ctx, of, of, e), "SaveProposal": s.SaveProposal(ctx, p, e)}
		_, fails["Dossier"] = s.Dossier(ctx, "other", d.dossier)
		_, fails["SaveStage"] = s.SaveStage(ctx, "other", d.dossier, dossiers.Stage{}, dossiers.Stage{Name: words("x")}, e)
		fails["RemoveStage"] = s.RemoveStage(ctx, "other", d.dossier, 1, e)
		fails["SaveDocument"] = s.SaveDocument(ctx, "other", d.dossier, dossiers.Document{}, dossiers.Document{Number: 1, Title: words("x"), File: &dossiers.File{Name: "x"}}, e)
		_, fails["AddDocument"] = s.AddDocument(ctx, "other", d.dossier, dossiers.Document{Title: words("x"), File: &dossiers.File{Name: "x"}}, false, []byte("x"), e)
		_, fails["SaveDeadline"] = s.SaveDeadline(ctx, "other", d.dossier, dossiers.Deadline{}, dossiers.Deadline{What: words("x"), Day: "2026-01-01"}, e)
		_, fails["Proposal"] = s.Proposal(ctx, "other", id)
		_, fails["AddProposal"] = s.AddProposal(ctx, dossiers.Proposal{Org: "other", Dossier: d.dossier, Subject: dossiers.Subject{Title: words("x")}}, e)
		_, fails["SaveVersion"] = s.SaveVersion(ctx, "other", dossiers.Version{Proposal: id, Parent: 1, Content: proposed("1. x")}, 0, e)
		_, fails["Version"] = s.Version(ctx, "other", id, 1)
		_, fails["Versions"] = s.Versions(ctx, "other", id)
		_, fails["SaveDraft"] = s.SaveDraft(ctx, "other", dossiers.Draft{Proposal: id, Person: "berik", Content: proposed("1. x"), At: noon})
		_, fails["Draft"] = s.Draft(ctx, "other", id, "asel")
		_, fails["AddTeamComment"] = s.AddTeamComment(ctx, "other", dossiers.TeamComment{Proposal: id, Text: "x"}, e)
		fails["SettleTeamComment"] = s.SettleTeamComment(ctx, "other", id, 1, true, e)
		_, fails["Publish"] = s.Publish(ctx, "other", id, 1, "2026-02-02", e)
		_, fails["ConfirmOutcome"] = s.ConfirmOutcome(ctx, "other", dossiers.Confirmation{Proposal: id, Status: dossiers.Adopted}, e)
		_, fails["Record"] = s.Record(ctx, "other", id)
		fails["FinishTask"] = s.FinishTask(ctx, "other", 1, true, e)
		_, fails["PublishedVersion"] = s.PublishedVersion(ctx, id)
		_, fails["PublicRecord"] = s.PublicRecord(ctx, id)
		for name, err := range fails {
			if !errors.Is(err, dossiers.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, n := range map[string]func() (int, error){
			"Dossiers":     func() (int, error) { all, err := s.Dossiers(ctx, "other"); return len(all), err },
			"Proposals":    func() (int, error) { all, err := s.Proposals(ctx, "other", d.dossier); return len(all), err },
			"Records":      func() (int, error) { all, err := s.Records(ctx, "other", d.dossier); return len(all), err },
			"TeamComments": func() (int, error) { all, err := s.TeamComments(ctx, "other", id); return len(all), err },
			"Deadlines":    func() (int, error) { all, err := s.Deadlines(ctx, "other"); return len(all), err },
			"AddOutcomes": func() (int, error) {
				return s.AddOutcomes(ctx, "other", []dossiers.Suggestion{d.found(id, 1)}, nil, nil)
			},
		} {
			if got, err := n(); got != 0 || err != nil {
				t.Errorf("%s: %d, %v", name, got, err)
			}
		}
		if !slices.Equal(before, backup(t, s)) {
			t.Error("something was changed")
		}
	})
}

func TestVersions(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		id := d.proposal()
		first := d.save(id, 0, "1. Ответ даётся в течение пяти дней.")
		if first.Number != 1 || first.By != "asel" {
			t.Errorf("%+v", first)
		}
		d.save(id, 1, "1. Ответ даётся в течение трёх дней.")
		_, err := s.SaveVersion(ctx, "fund", dossiers.Version{Proposal: id, Parent: 1, Content: proposed("1. Ответ даётся за день.")}, 0, did("proposal.saved"))
		var moved *dossiers.MovedError
		if !errors.Is(err, dossiers.ErrMoved) || !errors.As(err, &moved) || moved.Newest.Number != 2 || !strings.Contains(moved.Newest.Texts[law.RU], "трёх") {
			t.Fatalf("from an old version: %v", err)
		}
		if got, err := s.Version(ctx, "fund", id, 1); err != nil || cmp.Diff(first, got) != "" {
			t.Errorf("%v\n%s", err, cmp.Diff(first, got))
		}
		if all, err := s.Versions(ctx, "fund", id); err != nil || len(all) != 2 || all[0].Number != 2 {
			t.Errorf("%+v, %v", all, err)
		}
		e, err := s.RefText(ctx, first.Ref(law.RU))
		if err != nil || e.Title != "Закон о примерах" || e.Status != law.Proposed || law.Build(law.RU, e.Title, e.Lines).Find("art_1__para_1").Text != "1. Ответ даётся в течение пяти дней." {
			t.Errorf("%+v, %v", e, err)
		}
		for _, ref := range []dossiers.Ref{first.Ref(law.KK), {Status: law.Proposed, ID: int64(id), Version: 9, Lang: law.RU}, {Status: law.Proposed, ID: 99, Version: 1, Lang: law.RU}} {
			if _, err := s.RefText(ctx, ref); !errors.Is(err, law.ErrNotFound) {
				t.Errorf("%s: %v", ref, err)
			}
		}
		for _, refused := range []string{`UPDATE proposal_versions SET note = 'x'`, `DELETE FROM proposal_versions`} {
			if _, err := execute(ctx, s.write, refused); err == nil {
				t.Errorf("%s is taken", refused)
			}
		}
	})
}

// TestManySave: of many who save at once from what they saw, one is stored each
// time, and none is lost: the others are told of the newest, and save again.
func TestManySave(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		const editors = 12
		id := d.proposal()
		var all sync.WaitGroup
		for n := range editors {
			all.Go(func() {
				line := fmt.Sprintf("%d) редактор;", n+1)
				text, parent := "1. Список:", 0
				for {
					v := dossiers.Version{Proposal: id, Parent: parent, Content: proposed(text + "\n\n" + line), Note: line}
					_, err := d.s.SaveVersion(t.Context(), "fund", v, 0, did("proposal.saved"))
					var moved *dossiers.MovedError
					if !errors.As(err, &moved) {
						if err != nil {
							t.Error(err)
						}
						return
					}
					_, rest, _ := strings.Cut(moved.Newest.Texts[law.RU], "Ответ**\n\n")
					text, _, _ = strings.Cut(rest, "\n\n2. Отказ")
					parent = moved.Newest.Number
				}
			})
		}
		all.Wait()
		last, err := d.s.Version(t.Context(), "fund", id, editors)
		d.must(err)
		for n := range editors {
			if !strings.Contains(last.Texts[law.RU], fmt.Sprintf("\n%d) редактор;", n+1)) {
				t.Errorf("%d is lost", n+1)
			}
		}
	})
}

func TestDrafts(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		id := d.proposal()
		draft := dossiers.Draft{Proposal: id, Person: "asel", Content: proposed("1. Пя"), At: noon}
		kept, err := s.SaveDraft(ctx, "fund", draft)
		d.must(err)
		kept.Texts[law.RU] += "ть"
		again, err := s.SaveDraft(ctx, "fund", kept)
		d.must(err)
		_, err = s.SaveDraft(ctx, "fund", kept) // the other page
		var moved *dossiers.DraftMovedError
		if !errors.As(err, &moved) || !errors.Is(err, dossiers.ErrMoved) || cmp.Diff(again, moved.Newest) != "" {
			t.Fatalf("%v", err)
		}
		if mine, err := s.Drafts(ctx, "fund", "asel"); err != nil || len(mine) != 1 || mine[0].Saved != 2 {
			t.Errorf("%+v, %v", mine, err)
		}
		// A version takes the draft it was made of with it, and no later one.
		v := dossiers.Version{Proposal: id, Content: proposed("1. Пять.")}
		v, err = s.SaveVersion(ctx, "fund", v, kept.Saved, did("proposal.saved"))
		d.must(err)
		if _, err := s.Draft(ctx, "fund", id, "asel"); err != nil {
			t.Errorf("what was typed later is lost: %v", err)
		}
		v.Parent, v.Note = 1, ""
		_, err = s.SaveVersion(ctx, "fund", v, again.Saved, did("proposal.saved"))
		d.must(err)
		if _, err := s.Draft(ctx, "fund", id, "asel"); !errors.Is(err, dossiers.ErrNotFound) {
			t.Errorf("the draft is still there: %v", err)
		}
		c, err := s.AddTeamComment(ctx, "fund", dossiers.TeamComment{Proposal: id, Version: 2, Change: dossiers.Change{Address: "art_1__para_1"}, Text: "Почему пять?"}, did("comment.made"))
		d.must(err)
		d.must(s.SettleTeamComment(ctx, "fund", id, c.ID, true, did("comment.settled")))
		c.DoneBy, c.DoneAt = "asel", noon
		if all, err := s.TeamComments(ctx, "fund", id); err != nil || cmp.Diff([]dossiers.TeamComment{c}, all) != "" {
			t.Errorf("%v\n%s", err, cmp.Diff([]dossiers.TeamComment{c}, all))
		}
	})
}

// TestPublish: a published version is an edition of its act.
func TestPublish(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		id := d.proposal()
		d.save(id, 0, "1. Ответ даётся в течение пяти дней.")
		if all, err := s.PublicRecords(ctx, d.dossier); err != nil || len(all) != 0 {
			t.Errorf("a draft is public: %+v, %v", all, err)
		}
		of, err := s.Dossier(ctx, "fund", d.dossier)
		d.must(err)
		closed := of
		closed.Public = false
		d.must(s.SaveDossier(ctx, of, closed, did("dossier.saved")))
		if _, err := s.Publish(ctx, "fund", id, 1, "2026-02-02", did("proposal.published")); !errors.Is(err, dossiers.ErrState) {
			t.Errorf("in a closed dossier: %v", err)
		}
		if heads, err := s.Editions(ctx, sampleAct); err != nil || len(heads) != 1 {
			t.Errorf("%d editions, %v", len(heads), err)
		}
		d.must(s.SaveDossier(ctx, closed, of, did("dossier.saved")))
		first, err := s.Publish(ctx, "fund", id, 1, "2026-02-02", did("proposal.published"))
		d.must(err)
		key := first.Editions[law.RU]
		if key.String() != "proposal:"+string(sampleAct)+"@2026-02-02:ru" {
			t.Errorf("%s", key)
		}
		e, err := s.Edition(ctx, key)
		d.must(err)
		r := diffing.Compare(editionDocument(t, s, d.base), law.Build(law.RU, e.Title, e.Lines))
		if r.Summary.Edited != 1 || r.Summary.Inserted+r.Summary.Deleted != 0 {
			t.Errorf("%+v", r.Summary)
		}
		// Another version of the same day is a revision; the old address stays.
		d.save(id, 1, "1. Ответ даётся в течение трёх дней.")
		second, err := s.Publish(ctx, "fund", id, 2, "2026-02-02", did("proposal.published"))
		d.must(err)
		if second.Editions[law.RU].Revision != 1 {
			t.Errorf("%s", second.Editions[law.RU])
		}
		if all, err := s.Publications(ctx, id); err != nil || cmp.Diff([]dossiers.Publication{second, first}, all) != "" {
			t.Errorf("%v\n%s", err, cmp.Diff([]dossiers.Publication{second, first}, all))
		}
		if back, err := s.PublishedAs(ctx, key); err != nil || cmp.Diff([]dossiers.Publication{first}, back) != "" {
			t.Errorf("%v\n%s", err, cmp.Diff([]dossiers.Publication{first}, back))
		}
		if v, err := s.PublishedVersion(ctx, id); err != nil || v.Number != 2 {
			t.Errorf("%d, %v", v.Number, err)
		}
	})
}

func editionDocument(t testing.TB, s *Store, key law.EditionKey) *law.Document {
	t.Helper()
	e, err := s.EditionText(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return law.Build(key.Lang, e.Title, e.Lines)
}
