package main

import (
	"context"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

// demoDossierSlug is the address of the dossier of the demonstration.
const demoDossierSlug = "library-answers"

// demoDossier publishes the sample's proposal as if it had been made before the
// second edition, which adopted some of it: what became of it is suggested when
// the server starts.
func (a *app) demoDossier(ctx context.Context, s *store.Store, org accounts.OrganisationID) error {
	did := func(what string) accounts.Entry { return accounts.Entry{At: a.now(), Did: what} }
	templates, err := dossiers.Templates()
	if err != nil {
		return err
	}
	dossier, err := s.AddDossier(ctx, dossiers.Dossier{Org: string(org), Slug: demoDossierSlug, Public: true, About: dossiers.About{
		Acts: []law.ActID{sample.ActID},
		Title: law.Words{law.KK: "Кітапхана туралы заңға түзетулер (үлгі)", law.RU: "Поправки к закону о библиотеках (образец)",
			law.EN: "Amendments to the law on libraries (sample)"},
		Summary: law.Words{
			law.KK: "Оқырмандар жауап тезірек берілсін, ал жұмыс уақыты жайлы ауыл тұрғындарынан да сұралсын дейді. Бұл досье көрсету үшін жасалған: мұндай заң да, мұндай бастама да жоқ.",
			law.RU: "Читатели просят отвечать им быстрее и спрашивать о часах работы тех, кто живёт в селе. Досье составлено для показа: нет ни такого закона, ни такой инициативы.",
			law.EN: "Readers ask to be answered sooner, and that people of the villages are asked about opening hours. The dossier is made up for show: there is neither such a law nor such an effort.",
		},
	}}, did("dossier.made"))
	if err != nil {
		return err
	}
	stages := map[string]int{}
	today := i18n.Day(a.now())
	past := append(demoStages(), demoStage{template: 1, step: "consultation", from: today.AddDays(-7)})
	for _, was := range past {
		stage, err := templates[was.template].Stage(was.step, was.from)
		if err != nil {
			return err
		}
		stage.To, stage.Note, stage.Decisions = was.to, was.note, was.decisions
		n, err := s.SaveStage(ctx, string(org), dossier, dossiers.Stage{}, stage, did("dossier.stage"))
		if err != nil {
			return err
		}
		stages[was.step], stages["now"] = n, n // the last one goes on
	}
	if err := demoPapers(ctx, s, string(org), dossier, stages, today, did); err != nil {
		return err
	}
	base := law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.First, Lang: law.RU}
	p, err := s.AddProposal(ctx, dossiers.Proposal{Org: string(org), Dossier: dossier, Base: base, Progressive: true, Subject: dossiers.Subject{
		Title:  law.Words{law.KK: "Оқырманға тезірек жауап беру", law.RU: "Быстрее отвечать читателю", law.EN: "Answer readers sooner"},
		Author: law.Words{law.KK: "Оқырмандар кеңесі (үлгі)", law.RU: "Совет читателей (образец)", law.EN: "Council of readers (sample)"},
		Asked:  "2025-05-12",
	}}, did("proposal.made"))
	if err != nil {
		return err
	}
	texts := map[law.Lang]string{}
	for _, lang := range law.Langs {
		texts[lang] = sample.Proposal(lang)
	}
	if _, err := s.SaveVersion(ctx, string(org), dossiers.Version{Proposal: p, Content: dossiers.Content{Texts: texts}}, 0, did("proposal.saved")); err != nil {
		return err
	}
	// The same text under the same day is the same edition: that of the campaign.
	_, err = s.Publish(ctx, string(org), p, 1, sample.Proposed, did("proposal.published"))
	return err
}
