package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"sync"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// demoKeys is the demonstration's own key folder, made anew every time.
const demoKeys = "data/demo-keys"

// demoSlug is the address of the sample campaign.
const demoSlug = "closer-library"

// words is a text in three languages.
func words(kk, ru, en string) campaigns.Words {
	return campaigns.Words{law.KK: kk, law.RU: ru, law.EN: en}
}

// demoText asks for the proposal of the sample act.
func demoText() campaigns.Text {
	base := law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.Second, Lang: law.RU}
	proposed := law.EditionKey{Act: sample.ActID, Status: law.Proposed, Date: sample.Proposed, Lang: law.RU}
	return campaigns.Text{
		Title: words("Аудандық кітапхана оқырманға жақын болсын (үлгі)", "Районная библиотека должна быть ближе к читателю (образец)", "Bring the district library closer to its readers (sample)"),
		Ask: words(
			"Аудандық кітапханалар туралы заңға кітап мерзімін телефон немесе интернет арқылы ұзартуды, жұмыс сағаттары туралы жыл сайын тұрғындардың пікірін сұрауды енгізуді және жоғалған кітап үшін оқырманды абонементтен айырмауды сұраймыз.",
			"Просим изменить закон о районных библиотеках: продлевать книгу по телефону или через интернет, раз в год спрашивать жителей о часах работы и не лишать читателя абонемента, пока он возмещает утерянную книгу.",
			"We ask to change the law on district libraries: let readers renew a book by telephone or via the Internet, ask residents once a year about the opening hours, and do not bar a reader from loans while a lost book is being replaced."),
		Story: words(
			"Ауылдан аудан орталығына дейін кейде елу шақырым жол. Кітапты бір аптаға ұзарту үшін оқырман бір күнін жоғалтады.\nКөп кітапхана телефон арқылы онсыз да ұзартып береді, бірақ заңда бұл жазылмаған, сондықтан кез келген сәтте бас тартуға болады.",
			"От села до районного центра бывает пятьдесят километров. Чтобы продлить книгу на неделю, читатель теряет день.\nМногие библиотеки и так продлевают по телефону, но в законе этого нет, и отказать могут в любую минуту.",
			"A village may lie fifty kilometres from the district centre. To keep a book for one more week a reader loses a day.\nMany libraries do renew by telephone, but the law does not say so, and they may refuse at any time."),
		Target: words("Ойдан шығарылған Кітапханалар комитеті", "Вымышленный Комитет по библиотекам", "The invented Committee on Libraries"),
		Base:   base.String(), Proposed: proposed.String(),
	}
}

func demoAbout() campaigns.About {
	return campaigns.About{
		Goal: 500, Languages: law.Langs[:],
		Milestones: []campaigns.Milestone{
			{At: 100, Then: words("мәтінді аудан мәслихаттарына жібереміз", "отправим текст районным маслихатам", "we send the text to the district councils")},
			{At: 250, Then: words("кітапханашылармен жария талқылау өткіземіз", "проведём открытое обсуждение с библиотекарями", "we hold a public discussion with librarians")},
			{At: 500, Then: words("қолдарды комитетке тапсырамыз", "передадим подписи комитету", "we deliver the signatures to the committee")},
		},
		Funder:   words("ешкім: бұл – үлгі", "никем: это образец", "nobody: this is a sample"),
		Operator: campaigns.Operator{Name: words("«Үлгі» ойдан шығарылған қоры", "вымышленный фонд «Образец»", "the invented Sample Foundation"), BIN: "000000000000"},
	}
}

// demoCampaign makes the sample campaign live, with signatures of invented
// people that take the same way as any other.
func (a *app) demoCampaign(ctx context.Context, g *signing, of accounts.OrganisationID) error {
	did := func(what string) accounts.Entry { return accounts.Entry{At: a.now(), Did: what} }
	closes := campaigns.Day(a.now().AddDate(0, 2, 0))
	id, err := g.store.AddCampaign(ctx, campaigns.Campaign{Slug: demoSlug, Org: string(of), Closes: closes, About: demoAbout()}, did("campaign.added"))
	if err != nil {
		return err
	}
	text, err := g.store.SaveText(ctx, id, demoText(), did("campaign.text"))
	if err != nil {
		return err
	}
	var recipients []campaigns.Recipient
	for _, name := range []string{"Demo 1", "Demo 2"} {
		key, err := seal.GenerateKey(rand.Reader)
		if err != nil {
			return err
		}
		// The private half is forgotten: nobody reads what the demonstration seals.
		recipients = append(recipients, campaigns.Recipient{Name: name, PublicKey: key.Public()})
	}
	if err := g.store.SetRecipients(ctx, id, recipients, did("campaign.saved")); err != nil {
		return err
	}
	if err := g.keys.CreateCampaign(id); err != nil {
		return err
	}
	for _, state := range []campaigns.State{campaigns.Review, campaigns.Live} {
		if err := g.store.SetState(ctx, id, state, did("campaign.state")); err != nil {
			return err
		}
	}
	if err := g.store.AddUpdate(ctx, id, campaigns.Update{At: a.now(),
		Title: words("Науқан ашылды", "Кампания открыта", "The campaign has begun"),
		Body:  words("Сіз қол қоятын мәтін – 1-нұсқа.", "Текст, который вы подписываете, – версия 1.", "The text you sign is version 1.")}, did("campaign.update")); err != nil {
		return err
	}
	return a.demoSignatures(ctx, g, id, text.SHA256)
}

// demoSigners is how many invented people sign.
const demoSigners = 128

// demoSignatures lets invented people sign. Their letters are answered at once
// and seen by nobody.
func (a *app) demoSignatures(ctx context.Context, g *signing, id campaigns.CampaignID, text string) (err error) {
	c, err := g.store.Campaign(ctx, id)
	if err != nil {
		return err
	}
	consents, err := c.Consents()
	if err != nil {
		return err
	}
	in, err := intake.New(intake.Config{Store: g.store, Keys: g.keys, Random: rand.Reader, Now: a.now})
	if err != nil {
		return err
	}
	courier, err := intake.NewCourier(g.store, g.keys, answering{in}, a.now)
	if err != nil {
		return err
	}
	working, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	all.Go(func() { in.Run(working) })
	all.Go(func() { courier.Run(working) })
	defer func() { stop(); all.Wait() }()
	refused := make([]error, demoSigners)
	var signers sync.WaitGroup
	for n := range demoSigners {
		signers.Go(func() {
			f := demoPerson(n)
			f.Campaign, f.TextSHA256, f.ConsentSHA256 = id, text, consents[n%len(consents)].SHA256
			refused[n] = in.Sign(ctx, f, netip.Addr{})
		})
	}
	signers.Wait()
	if err := errors.Join(refused...); err != nil {
		return err
	}
	runner := *g.runner
	runner.Handlers, runner.Workers = courier.Handlers(), demoSigners/4
	for n := 1; n > 0; {
		if n, err = runner.Step(ctx); err != nil {
			return err
		}
	}
	_, err = in.Paper(ctx, id, demoSheet(), "demo", accounts.Entry{At: a.now(), Did: "paper.entered"})
	return err
}

// demoPerson is invented person n: names, regions and wishes are spread about.
func demoPerson(n int) campaigns.Form {
	given := [...]string{"Айгүл", "Ерлан", "Мария", "Әсел", "Бауыржан", "Ольга", "Гүлнар", "Дмитрий"}
	surnames := [...]string{"Үлгіқызы", "Мысалов", "Образцова", "Примерова"}
	regions := [...]string{"KZ-71", "KZ-75", "KZ-75", "KZ-71", "KZ-35", "KZ-19", "KZ-61", "KZ-79", "KZ-10", "KZ-11", "KZ-63",
		"KZ-55", "KZ-75", "KZ-39", "KZ-47", "KZ-15", "KZ-27", "KZ-31", "KZ-43", "KZ-59", "KZ-33"}
	return campaigns.Form{
		Lang: law.Langs[n%len(law.Langs)], Given: given[n%len(given)], Surname: surnames[n/8%len(surnames)],
		Email: fmt.Sprintf("person%d@example.kz", n), Region: regions[n*n/5%len(regions)], Adult: true, Agreed: true, Display: n%9 == 0,
		Updates: n%43 == 0, // one of each language
	}
}

// demoSheet is what staff read from a sheet of paper.
func demoSheet() []campaigns.Form {
	var out []campaigns.Form
	for n := range 9 {
		f := demoPerson(n)
		f.Surname, f.Email, f.Region, f.Display = "Қағазов", "", "KZ-35", false
		out = append(out, f)
	}
	return out
}

// answering confirms whatever it is to deliver.
type answering struct{ intake *intake.Intake }

func (m answering) Send(ctx context.Context, l intake.Letter) error {
	_, err := m.intake.Confirm(ctx, l.Confirm)
	return err
}

// removeKeys takes away the keys of the last demonstration.
func removeKeys(path string) error {
	if err := os.RemoveAll(path); err != nil {
		return fmt.Errorf("cannot replace %s: %w", path, rootCause(err))
	}
	return nil
}
