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

// demoScore records what else was asked for and what became of it, numbers toward
// the targets, and tasks of the team.
func (a *app) demoScore(ctx context.Context, s *store.Store, org accounts.OrganisationID) error {
	did := func(what string) accounts.Entry { return accounts.Entry{At: a.now(), Did: what} }
	dossier, err := s.PublicDossier(ctx, demoDossierSlug)
	if err != nil {
		return err
	}
	source := []dossiers.Source{{Title: law.Words{law.KK: "Ойдан шығарылған хаттама (үлгі)", law.RU: "Вымышленный протокол (образец)", law.EN: "Invented minutes (sample)"}}}
	for _, x := range []struct {
		title, reason law.Words
		place         law.Address
		progressive   bool
		status        dossiers.Status
	}{
		{law.Words{law.KK: "Негізгі қызметтер тегін болсын", law.RU: "Основные услуги должны быть бесплатными", law.EN: "Basic services must be free"},
			law.Words{law.KK: "4-баптың 2-тармағына енгізілді.", law.RU: "Вошло в пункт 2 статьи 4.", law.EN: "It is in article 4, paragraph 2."}, "art_4__para_2", true, dossiers.AdoptedChanged},
		{law.Words{law.KK: "Жексенбіде де ашық болсын", law.RU: "Открыть библиотеки по воскресеньям", law.EN: "Open the libraries on Sundays"},
			law.Words{law.KK: "Жұмыс уақыты аудан ережесінде белгіленеді.", law.RU: "Часы работы устанавливают правила района.", law.EN: "Opening hours are set by rules of the district."}, "", true, "by_law"},
		{law.Words{law.KK: "Айыппұл алынбасын", law.RU: "Отменить плату за просрочку", law.EN: "Abolish fees for late returns"},
			law.Words{law.KK: "Заңда бұрынғыша қалды.", law.RU: "В законе осталось как было.", law.EN: "The law stayed as it was."}, "", false, dossiers.Rejected},
	} {
		id, err := s.AddProposal(ctx, dossiers.Proposal{Org: string(org), Dossier: dossier.ID, Progressive: x.progressive, Subject: dossiers.Subject{Title: x.title, Asked: "2025-05-12",
			Author: law.Words{law.KK: "Оқырмандар кеңесі (үлгі)", law.RU: "Совет читателей (образец)", law.EN: "Council of readers (sample)"}, Sources: source}}, did("proposal.made"))
		if err != nil {
			return err
		}
		c := dossiers.Confirmation{Proposal: id, Status: x.status, Reason: x.reason, Sources: source, Day: sample.Second}
		if x.place != "" {
			c.Places = []dossiers.Place{{Act: sample.ActID, Address: x.place}}
		}
		if _, err := s.ConfirmOutcome(ctx, string(org), c, did("outcome.confirmed")); err != nil {
			return err
		}
	}
	today := i18n.Day(a.now())
	for _, x := range []struct {
		indicator string
		value     int
		what      law.Words
	}{
		{"journalists", 24, law.Words{law.KK: "Ашық деректер курсы (үлгі)", law.RU: "Курс по открытым данным (образец)", law.EN: "Course on open data (sample)"}},
		{"universities", 1, law.Words{law.KK: "Ойдан шығарылған университет (үлгі)", law.RU: "Вымышленный университет (образец)", law.EN: "An invented university (sample)"}},
	} {
		if _, err := s.AddIndicatorEntry(ctx, string(org), dossiers.Entry{Indicator: x.indicator, Value: x.value, Day: today.AddDays(-20), What: x.what, Sources: source}, did("indicator.entered")); err != nil {
			return err
		}
	}
	for text, days := range map[string]int{"Кеңес жиналысына қатысу / Прийти на заседание совета (образец)": 2, "Позвонить в библиотеку / Кітапханаға қоңырау шалу (үлгі)": 9} {
		if err := s.AddTask(ctx, dossiers.Task{Org: string(org), Text: text, Due: today.AddDays(days)}, did("task.added")); err != nil {
			return err
		}
	}
	return nil
}
