package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/netip"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

// desk is a live campaign and what takes signatures for it.
type desk struct {
	store   *store.Store
	keys    *gate.KeyFolder
	intake  *intake.Intake
	id      campaigns.CampaignID
	text    string // hashes
	consent string
}

// openDesk opens a database; the campaign is made where there is none.
func openDesk(ctx context.Context, address, keyFolder string) (*desk, error) {
	s, err := store.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	if _, err := s.Migrate(ctx); err != nil {
		return nil, err
	}
	d := &desk{store: s}
	if d.keys, err = gate.OpenKeyFolder(keyFolder, rand.Reader); err != nil {
		return nil, err
	}
	all, err := s.Campaigns(ctx)
	if err != nil {
		return nil, err
	}
	var c campaigns.Campaign
	if len(all) > 0 {
		c = all[0]
	} else if c, err = d.makeCampaign(ctx); err != nil {
		return nil, err
	}
	d.id = c.ID
	text, err := s.Text(ctx, c.ID, c.Version)
	if err != nil {
		return nil, err
	}
	consents, err := c.Consents()
	if err != nil {
		return nil, err
	}
	d.text, d.consent = text.SHA256, consents[0].SHA256
	d.intake, err = intake.New(intake.Config{Store: s, Keys: d.keys, Random: rand.Reader, Now: time.Now,
		Limiter: gate.NewLimiter(gate.Burst, gate.PerHour)})
	return d, err
}

func (d *desk) makeCampaign(ctx context.Context) (c campaigns.Campaign, err error) {
	words := func(s string) campaigns.Words { return campaigns.Words{law.RU: s} }
	id, err := d.store.AddCampaign(ctx, campaigns.Campaign{Slug: "load", Org: "load", About: campaigns.About{
		Goal: 1_000_000, Languages: []law.Lang{law.RU}, Funder: words("никто"),
		Operator: campaigns.Operator{Name: words("Нагрузка"), BIN: "000000000000"}}}, accounts.Entry{})
	if err != nil {
		return c, err
	}
	if _, err := d.store.SaveText(ctx, id, campaigns.Text{Title: words("Нагрузка"), Ask: words("Просим"), Target: words("Никого")}, accounts.Entry{}); err != nil {
		return c, err
	}
	var to []campaigns.Recipient
	for i := range 2 {
		k, err := seal.GenerateKey(rand.Reader)
		if err != nil {
			return c, err
		}
		to = append(to, campaigns.Recipient{Name: fmt.Sprint("key ", i), PublicKey: k.Public()})
	}
	if err := d.store.SetRecipients(ctx, id, to, accounts.Entry{}); err != nil {
		return c, err
	}
	if err := d.keys.CreateCampaign(id); err != nil {
		return c, err
	}
	for _, state := range []campaigns.State{campaigns.Review, campaigns.Live} {
		if err := d.store.SetState(ctx, id, state, accounts.Entry{}); err != nil {
			return c, err
		}
	}
	return d.store.Campaign(ctx, id)
}

// person n fills in the form: names of usual length, half wish to be shown and a
// third to get news, and nobody comments.
func (d *desk) person(n int) campaigns.Form {
	given := [...]string{"Айгүл", "Нұрсұлтан", "Мария", "Бауыржан", "Ольга", "Гүлнар", "Дмитрий", "Әсел"}
	surname := [...]string{"Серікова", "Қожахметов", "Иванова", "Тоқтарбеков", "Ким", "Әбдіғалиева", "Петренко", "Мұқанова"}
	regions := [...]string{"KZ-71", "KZ-75", "KZ-79", "KZ-19", "KZ-63", "KZ-35", "KZ-61", "other"}
	return campaigns.Form{
		Campaign: d.id, TextSHA256: d.text, ConsentSHA256: d.consent, Lang: law.RU,
		Given: given[n%8], Surname: surname[n/8%8], Email: email(n), Region: regions[n/64%8],
		Adult: true, Agreed: true, Display: n%2 == 0, Updates: n%3 == 0,
	}
}

func email(n int) string { return fmt.Sprintf("person.number%d@mailbox%d.example.kz", n, n%50) }

// network is where person n comes from: one of 10,000 behind a trusted proxy.
func network(n int) netip.Addr {
	forwarded := netip.AddrFrom4([4]byte{100, byte(64 + n%10_000/256), byte(n % 10_000), byte(n / 10_000)})
	return gate.Client("127.0.0.1:4711", []string{"198.51.100.1, " + forwarded.String()},
		[]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")})
}

// sign signs as person n.
func (d *desk) sign(ctx context.Context, n int) error {
	return d.intake.Sign(ctx, d.person(n), network(n))
}
