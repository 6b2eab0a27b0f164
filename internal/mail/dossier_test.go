package mail

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// team is a store with one member, Asel.
type team struct {
	lang string
	role accounts.Role
	down error
}

func (t team) Person(_ context.Context, id accounts.PersonID) (accounts.Person, error) {
	if id != "asel" {
		return accounts.Person{}, accounts.ErrNone
	}
	return accounts.Person{ID: id, Mail: "asel@example.kz", Lang: t.lang}, t.down
}

func (t team) Places(context.Context, accounts.PersonID) ([]accounts.Place, error) {
	return []accounts.Place{{Member: accounts.Member{Organisation: "fund", Person: "asel", Role: t.role}}}, nil
}

func (t team) Proposal(_ context.Context, _ string, id dossiers.ProposalID) (dossiers.Proposal, error) {
	return dossiers.Proposal{ID: id, Subject: dossiers.Subject{Title: law.Words{law.RU: "Пять дней вместо семи"}}}, nil
}

func (t team) Act(_ context.Context, id law.ActID) (law.Act, error) {
	return law.Act{ID: id, Titles: map[law.Lang]string{law.RU: "О библиотеках", law.KK: "Кітапханалар туралы", law.EN: "On libraries"}}, nil
}

func outcomeJob(t *testing.T, org, person string, proposals ...dossiers.ProposalID) jobs.Job {
	t.Helper()
	body, err := json.Marshal(dossiers.OutcomeLetter{Org: org, Person: person, Proposals: proposals})
	if err != nil {
		t.Fatal(err)
	}
	return jobs.Job{Kind: dossiers.OutcomeLetters, Body: body}
}

func TestTeam(t *testing.T) {
	send := func(s team, job jobs.Job) ([]Sent, error) {
		t.Helper()
		box := NewOutbox(noon)
		w, err := NewWriter(box, "https://tuzetu.example")
		if err != nil {
			t.Fatal(err)
		}
		err = NewTeam(w, s).Handlers()[job.Kind](t.Context(), job)
		return box.Sent(), err
	}
	for lang, subject := range map[string]string{
		"kk": "2 ұсыныстың нәтижесін тексеріңіз", "ru": "Проверьте, что стало с 2 предложениями", "en": "Check what became of 2 proposals",
	} {
		got, err := send(team{lang: lang, role: accounts.Editor}, outcomeJob(t, "fund", "asel", 12, 13))
		if err != nil || len(got) != 1 {
			t.Fatalf("%d letters, %v", len(got), err)
		}
		l := got[0]
		if l.Subject != subject || l.To != "asel@example.kz" || l.Href != "https://tuzetu.example/"+lang+"/desk/fund/today" ||
			strings.Count(strings.Join(l.Paragraphs, "\n"), "Пять дней вместо семи") != 2 {
			t.Errorf("%+v", l)
		}
	}
	// A new text that no proposal was compared with.
	body, err := json.Marshal(dossiers.OutcomeLetter{Org: "fund", Person: "asel", Texts: []string{"Z9900000001@2026-06-01", "Z9900000001@bill-2026-03-01"}})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := send(team{lang: "ru", role: accounts.Editor}, jobs.Job{Kind: dossiers.OutcomeLetters, Body: body}); err != nil || len(got) != 1 ||
		got[0].Subject != "Сохранено 2 новых текста закона" || !strings.Contains(strings.Join(got[0].Paragraphs, "\n"), "— О библиотеках, 1 июня 2026 года") {
		t.Errorf("%+v, %v", got, err)
	}
	many := make([]dossiers.ProposalID, 30)
	if got, err := send(team{role: accounts.Owner}, outcomeJob(t, "fund", "asel", many...)); err != nil || len(got) != 1 || len(got[0].Paragraphs) != 2+mostTitles || got[0].Lang != law.KK {
		t.Errorf("%+v, %v", got, err)
	}
	// Who has left, or may not confirm, is not written to.
	for name, job := range map[string]jobs.Job{"gone": outcomeJob(t, "fund", "berik", 12), "elsewhere": outcomeJob(t, "other", "asel", 12)} {
		if got, err := send(team{lang: "ru", role: accounts.Editor}, job); err != nil || len(got) != 0 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if got, err := send(team{lang: "ru", role: accounts.Viewer}, outcomeJob(t, "fund", "asel", 12)); err != nil || len(got) != 0 {
		t.Errorf("a viewer: %+v, %v", got, err)
	}
	if _, err := send(team{role: accounts.Editor, down: errors.New("no answer")}, outcomeJob(t, "fund", "asel", 12)); !errors.Is(err, jobs.ErrNotDone) {
		t.Errorf("%v", err)
	}
}
