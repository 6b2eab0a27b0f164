package main

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

// slug is of the campaign all sign.
const slug = "load"

// desk is a database with a live campaign in it, and its keys.
type desk struct {
	store *store.Store
	keys  *gate.KeyFolder
	id    campaigns.CampaignID
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
	if len(all) > 0 {
		d.id = all[0].ID
		return d, nil
	}
	return d, d.makeCampaign(ctx)
}

func (d *desk) makeCampaign(ctx context.Context) (err error) {
	words := func(s string) campaigns.Words { return campaigns.Words{law.RU: s} }
	if d.id, err = d.store.AddCampaign(ctx, campaigns.Campaign{Slug: slug, Org: "load", About: campaigns.About{
		Goal: 1_000_000, Languages: []law.Lang{law.RU}, Funder: words("никто"),
		Operator: campaigns.Operator{Name: words("Нагрузка"), BIN: "000000000000"}}}, accounts.Entry{}); err != nil {
		return err
	}
	if _, err := d.store.SaveText(ctx, d.id, campaigns.Text{Title: words("Нагрузка"), Ask: words("Просим"), Target: words("Никого")}, accounts.Entry{}); err != nil {
		return err
	}
	var to []campaigns.Recipient
	for i := range 2 {
		k, err := seal.GenerateKey(rand.Reader)
		if err != nil {
			return err
		}
		to = append(to, campaigns.Recipient{Name: fmt.Sprint("key ", i), PublicKey: k.Public()})
	}
	if err := d.store.SetRecipients(ctx, d.id, to, accounts.Entry{}); err != nil {
		return err
	}
	if err := d.keys.CreateCampaign(d.id); err != nil {
		return err
	}
	for _, state := range []campaigns.State{campaigns.Review, campaigns.Live} {
		if err := d.store.SetState(ctx, d.id, state, accounts.Entry{}); err != nil {
			return err
		}
	}
	return nil
}
