package main

import (
	"context"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
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
	}}, did("dossier.made"))
	if err != nil {
		return err
	}
	for _, was := range []struct {
		step string
		day  law.Date
	}{{"draft", "2025-05-12"}, {"publication", sample.Second}} {
		stage, err := templates[0].Stage(was.step, was.day)
		if err != nil {
			return err
		}
		stage.To = was.day
		if _, err := s.SaveStage(ctx, string(org), dossier, stage, did("dossier.stage")); err != nil {
			return err
		}
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
