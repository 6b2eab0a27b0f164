package main

import (
	"context"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

// demoStage is a stage of the invented effort.
type demoStage struct {
	template  int // in order of dossiers.Templates
	step      string
	from, to  law.Date
	note      law.Words
	decisions []dossiers.Decision
}

func words3(kk, ru, en string) law.Words { return law.Words{law.KK: kk, law.RU: ru, law.EN: en} }

// demoStages are the past of the effort, of our own invention.
func demoStages() []demoStage {
	committee := words3("Ойдан шығарылған комитет", "Вымышленный комитет", "The invented committee")
	return []demoStage{
		{step: "consultation", from: "2025-04-01", to: "2025-04-30", note: words3("Он екі кітапхана оқырмандардан жауапты қанша күтетінін сұрады.",
			"Двенадцать библиотек спросили читателей, сколько они ждут ответа.", "Twelve libraries asked their readers how long they wait for an answer.")},
		{step: "draft", from: "2025-05-12", to: "2025-05-30"},
		{step: "first_reading", from: "2025-10-15", to: "2025-10-15", decisions: []dossiers.Decision{{On: "2025-10-15", By: committee,
			What: words3("Тұжырымдаманы қолдау, мерзімдер туралы ұсынысты екінші оқылымға қалдыру.", "Поддержать концепцию, предложение о сроках оставить ко второму чтению.",
				"To support the concept and leave the proposal on terms for the second reading.")}}},
		{step: "second_reading", from: "2025-12-10", to: "2025-12-10", decisions: []dossiers.Decision{{On: "2025-12-10", By: committee,
			What: words3("Ұсыныстың бір бөлігін қабылдау.", "Принять часть предложения.", "To accept part of the proposal.")}}},
		{step: "signature", from: "2026-01-20", to: "2026-01-20"},
		{step: "publication", from: sample.Second, to: sample.Second},
	}
}

// demoPapers adds what belongs to the stages: the text that came of it, and a
// discussion that is open today, with deadlines counted in both ways.
func demoPapers(ctx context.Context, s *store.Store, org string, dossier dossiers.DossierID, stages map[string]int, today law.Date, did func(string) accounts.Entry) error {
	enacted := dossiers.Document{Stage: stages["publication"], On: sample.Second, Editions: map[law.Lang]law.EditionKey{},
		Title: words3("Қабылданған мәтін (үлгі)", "Принятый текст (образец)", "The text that was enacted (sample)")}
	for _, lang := range law.Langs {
		enacted.Editions[lang] = law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.Second, Lang: lang}
	}
	if _, err := s.AddDocument(ctx, org, dossier, enacted, false, nil, did("dossier.document")); err != nil {
		return err
	}
	file := dossiers.Document{Stage: stages["now"], On: today.AddDays(-7), OpenFrom: today.AddDays(-7), OpenTo: today.AddDays(12),
		Title: words3("Талқылауға арналған сұрақтар (үлгі)", "Вопросы для обсуждения (образец)", "Questions for the discussion (sample)"),
		File:  &dossiers.File{Name: "questions.txt", Media: "text/plain; charset=utf-8"}}
	const questions = "Образец: составлено для показа.\n\n1. За сколько дней библиотека должна ответить читателю?\n2. Как спрашивать о часах работы жителей сёл?\n"
	if _, err := s.AddDocument(ctx, org, dossier, file, false, []byte(questions), did("dossier.document")); err != nil {
		return err
	}
	for _, d := range []dossiers.Deadline{
		{Stage: stages["draft"], What: words3("Әзірлеуші ескертулерге жауап береді", "Разработчик отвечает на замечания", "The drafting body answers remarks"),
			Term: dossiers.Term{From: "2025-05-01", Count: 10, Unit: dossiers.WorkingDays}},
		{Stage: stages["now"], What: words3("Оқырмандар кеңесінің пікірін жіберу", "Отправить отзыв совета читателей", "Send the opinion of the council of readers"),
			Term: dossiers.Term{From: today, Count: 5, Unit: dossiers.CalendarDays}},
	} {
		if _, err := s.SaveDeadline(ctx, org, dossier, dossiers.Deadline{}, d, did("dossier.deadline")); err != nil {
			return err
		}
	}
	return nil
}
