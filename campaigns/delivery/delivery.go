// Package delivery makes what an addressee is given of a campaign: a letter,
// counts by region and by level, and the names of those who agreed to be named,
// as HTML, DOCX and CSV in one archive that opens with the addressee's and the
// organisation's keys.
//
// It never sees an address, nor a name that somebody did not agree to show, and
// it does not decide who may make a pack: pages ask accounts for that.
package delivery

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"filippo.io/age"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/law"
)

// Store is what a delivery needs of the database.
type Store interface {
	Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error)
	Text(ctx context.Context, id campaigns.CampaignID, version int) (campaigns.TextVersion, error)
	Recipients(context.Context, campaigns.CampaignID) ([]campaigns.Recipient, error)
	SetState(ctx context.Context, id campaigns.CampaignID, to campaigns.State, e accounts.Entry) error
	// Counted tells whether every signature of a campaign has been counted.
	Counted(context.Context, campaigns.CampaignID) (bool, error)
	Tallies(ctx context.Context, campaign campaigns.CampaignID, version int) ([]campaigns.Tally, error)
	ShownNames(ctx context.Context, campaign campaigns.CampaignID, version int, before campaigns.SignatureID, limit int) ([]campaigns.Kept, error)
	// AddDelivery stores a pack in place of those made before, with its entry in
	// the organisation's log. Errors: campaigns.ErrReceived.
	AddDelivery(ctx context.Context, d campaigns.Delivery, body, tokenHash []byte, e accounts.Entry) (campaigns.Delivery, error)
}

// Maker makes packs.
type Maker struct {
	Store  Store
	Name   func(campaigns.Kept) (string, error) // opens a shown name
	Random io.Reader
	Now    func() time.Time
}

// Order is what a member fills in.
type Order struct {
	Campaign  campaigns.CampaignID
	Addressee string
	Key       string // of the addressee: age1…
	Lang      law.Lang
	Href      string // of the campaign's page
	By        accounts.PersonID
}

// namesAtOnce is how many names are read at a time.
const namesAtOnce = 1000

// Make closes a campaign to signatures, makes its pack and returns the token of
// the addressee's link, which is shown once. Errors: campaigns.ErrState for a
// campaign that is not there yet or over, ErrCounting where signatures are still
// being counted (again in a moment), ErrReceived, and what is wrong with the key.
func (m *Maker) Make(ctx context.Context, o Order) (d campaigns.Delivery, token string, err error) {
	addressee, err := seal.ParseAddressee(o.Key)
	if err != nil {
		return d, "", err
	}
	c, err := m.Store.Campaign(ctx, o.Campaign)
	if err != nil {
		return d, "", err
	}
	if c.State.May(campaigns.Delivered) {
		// What the addressee is given does not grow afterwards.
		if err := m.Store.SetState(ctx, c.ID, campaigns.Delivered, accounts.Entry{At: m.Now(), Person: o.By, Did: "campaign.state"}); err != nil {
			return d, "", err
		}
	} else if c.State != campaigns.Delivered {
		return d, "", campaigns.ErrState
	}
	pack, err := m.gather(ctx, c, o)
	if err != nil {
		return d, "", err
	}
	files, err := pack.Files()
	if err != nil {
		return d, "", err
	}
	recipients, err := m.Store.Recipients(ctx, c.ID)
	if err != nil {
		return d, "", err
	}
	to := []age.Recipient{addressee}
	for _, r := range recipients {
		key, err := seal.AgeRecipient(r.PublicKey)
		if err != nil {
			return d, "", err
		}
		to = append(to, key)
	}
	var body bytes.Buffer
	archive, err := zipped(files, pack.At)
	if err != nil {
		return d, "", err
	}
	if err := seal.File(&body, archive, to...); err != nil {
		return d, "", err
	}
	secret := make([]byte, 16)
	if _, err := io.ReadFull(m.Random, secret); err != nil {
		return d, "", fmt.Errorf("no randomness: %w", err)
	}
	token = base64.RawURLEncoding.EncodeToString(secret)
	sum := sha256.Sum256(body.Bytes())
	d = campaigns.Delivery{Campaign: c.ID, Version: pack.Text.Version, MadeAt: pack.At, By: string(o.By), Addressee: o.Addressee, Lang: o.Lang,
		Signatures: pack.Total, Names: int64(len(pack.Names)), SHA256: hex.EncodeToString(sum[:])}
	d, err = m.Store.AddDelivery(ctx, d, body.Bytes(), TokenHash(token), accounts.Entry{At: pack.At, Person: o.By, Did: "delivery.made"})
	return d, token, err
}

// gather reads what goes into a pack.
func (m *Maker) gather(ctx context.Context, c campaigns.Campaign, o Order) (p Pack, err error) {
	counted, err := m.Store.Counted(ctx, c.ID)
	if err != nil {
		return p, err
	}
	if !counted {
		return p, campaigns.ErrCounting
	}
	p = Pack{Campaign: c, Addressee: o.Addressee, Lang: o.Lang, Href: o.Href, At: m.Now(),
		Regions: map[string]int64{}, Levels: map[string]int64{}}
	if p.Text, err = m.Store.Text(ctx, c.ID, c.Version); err != nil {
		return p, err
	}
	tallies, err := m.Store.Tallies(ctx, c.ID, c.Version)
	if err != nil {
		return p, err
	}
	for _, t := range tallies {
		p.Total += t.N
		p.Regions[t.Region] += t.N
		p.Levels[string(t.Level)] += t.N
	}
	for before := campaigns.SignatureID(0); ; {
		some, err := m.Store.ShownNames(ctx, c.ID, c.Version, before, namesAtOnce)
		if err != nil {
			return p, err
		}
		for _, k := range some {
			before = k.ID
			name, err := m.Name(k)
			if err != nil {
				return p, err
			}
			p.Names = append(p.Names, name)
		}
		if len(some) < namesAtOnce {
			return p, nil
		}
	}
}

// TokenHash is what is stored of an addressee's token. It is looked for by its
// hash, so that how long that takes tells nothing of a token.
func TokenHash(token string) []byte {
	h := sha256.Sum256([]byte("tuzetu delivery " + token))
	return h[:]
}

// File is a file of a pack.
type File struct {
	Name    string
	Content []byte
}

// zipped is one archive of files, the same for the same ones.
func zipped(files []File, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: at.UTC()})
		if err == nil {
			_, err = w.Write(f.Content)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
