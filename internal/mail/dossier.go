package mail

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// mostTitles is how many proposals a letter names; the page has them all.
const mostTitles = 10

// TeamStore is what the letters to a team are worded from.
type TeamStore interface {
	Person(ctx context.Context, id accounts.PersonID) (accounts.Person, error)
	Places(ctx context.Context, who accounts.PersonID) ([]accounts.Place, error)
	Proposal(ctx context.Context, org string, id dossiers.ProposalID) (dossiers.Proposal, error)
	Act(ctx context.Context, id law.ActID) (law.Act, error)
}

// Team words the letters to those who work on proposals.
type Team struct {
	writer *Writer
	store  TeamStore
}

// NewTeam makes a Team.
func NewTeam(w *Writer, s TeamStore) *Team { return &Team{w, s} }

// Handlers are for a jobs.Runner.
func (t *Team) Handlers() map[string]jobs.Handler {
	return map[string]jobs.Handler{dossiers.OutcomeLetters: t.outcomes}
}

// outcomes tells a member what a comparison found, if they are still one.
func (t *Team) outcomes(ctx context.Context, job jobs.Job) error {
	var about dossiers.OutcomeLetter
	if err := json.Unmarshal(job.Body, &about); err != nil {
		return fmt.Errorf("letter to a team: %w", err)
	}
	who, err := t.store.Person(ctx, accounts.PersonID(about.Person))
	if errors.Is(err, accounts.ErrNone) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: %w", jobs.ErrNotDone, err)
	}
	places, err := t.store.Places(ctx, who.ID)
	if err != nil {
		return fmt.Errorf("%w: %w", jobs.ErrNotDone, err)
	}
	if !slices.ContainsFunc(places, func(p accounts.Place) bool {
		return string(p.Organisation) == about.Org && p.Role.May(accounts.Edit)
	}) {
		return nil
	}
	lang, err := law.ParseLang(who.Lang)
	if err != nil {
		lang = law.KK
	}
	l, n := t.writer.bundle.Locale(lang), len(about.Proposals)
	letter := Letter{To: who.Mail, Lang: lang, Subject: l.N("mail.outcomes.subject", n), Paragraphs: []string{l.T("mail.hello")},
		Href: t.writer.base + "/" + string(lang) + "/desk/" + about.Org + "/today", Do: l.T("mail.outcomes.do"), Small: []string{l.T("mail.outcomes.why")}}
	if n == 0 {
		letter.Subject = l.N("mail.texts.subject", len(about.Texts))
	}
	if len(about.Texts) > 0 {
		letter.Paragraphs = append(letter.Paragraphs, l.T("mail.texts.text"))
	}
	for _, subject := range about.Texts {
		in, ok := dossiers.Task{Kind: dossiers.NewText, Subject: subject}.Edition()
		if !ok {
			continue
		}
		act, err := t.store.Act(ctx, in.Act)
		if err != nil {
			return fmt.Errorf("%w: %w", jobs.ErrNotDone, err)
		}
		letter.Paragraphs = append(letter.Paragraphs, l.T("mail.texts.one", "title", cmp.Or(law.Words(act.Titles).In(lang), string(act.ID)), "date", l.Date(in.Date)))
	}
	if n > 0 {
		letter.Paragraphs = append(letter.Paragraphs, l.N("mail.outcomes.text", n))
	}
	for _, id := range about.Proposals[:min(n, mostTitles)] {
		p, err := t.store.Proposal(ctx, about.Org, id)
		if err != nil {
			return fmt.Errorf("%w: %w", jobs.ErrNotDone, err)
		}
		letter.Paragraphs = append(letter.Paragraphs, l.T("mail.outcomes.proposal", "title", p.Title.In(lang)))
	}
	return t.writer.sender.Send(ctx, letter)
}
