package store

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/law"
)

// unlogged is the store without its log: tests of packs have no organisation.
type unlogged struct{ *Store }

func (s unlogged) AddDelivery(ctx context.Context, d campaigns.Delivery, body, hash []byte, _ accounts.Entry) (campaigns.Delivery, error) {
	return s.Store.AddDelivery(ctx, d, body, hash, accounts.Entry{})
}

func (s unlogged) SetState(ctx context.Context, id campaigns.CampaignID, to campaigns.State, _ accounts.Entry) error {
	return s.Store.SetState(ctx, id, to, accounts.Entry{})
}

func (c *campaignTest) maker() *delivery.Maker {
	return &delivery.Maker{Store: unlogged{c.s}, Name: c.intake.ShownName, Random: rand.Reader, Now: c.clock}
}

func (c *campaignTest) order(key *age.X25519Identity) delivery.Order {
	return delivery.Order{Campaign: c.id, Addressee: "Министерство культуры и информации", Key: key.Recipient().String(), Lang: law.RU,
		Href: "https://tuzetu.example/ru/campaigns/five-days", By: "person"}
}

func addressee(t testing.TB) *age.X25519Identity {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// unpack opens a pack and returns its files.
func unpack(t *testing.T, body []byte, key age.Identity) map[string]string {
	t.Helper()
	r, err := age.Decrypt(bytes.NewReader(body), key)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
	}
	return out
}

func TestDelivery(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		hire(t, c.s, "ngo", "a")
		for n := range 6 { // 0, 2 and 4 agreed to be shown
			f := c.form(n)
			if n == 2 {
				f.Given = "-Аня"
			}
			c.sign(f)
			letter := c.letters()[0]
			if _, err := c.intake.Confirm(ctx, letter.Confirm); err != nil {
				t.Fatal(err)
			}
		}
		key := addressee(t)
		if _, _, err := c.maker().Make(ctx, c.order(key)); !errors.Is(err, campaigns.ErrCounting) {
			t.Fatalf("made before all were counted: %v", err)
		}
		c.count()
		made, token, err := c.maker().Make(ctx, c.order(key))
		c.must(err)
		if made.Signatures != 6 || made.Names != 3 || made.ID == 0 {
			t.Errorf("%+v", made)
		}
		if stored, err := c.s.Campaign(ctx, c.id); err != nil || stored.State != campaigns.Delivered {
			t.Errorf("%s, %v: signatures could still come in", stored.State, err)
		}
		hash := delivery.TokenHash(token)
		receipt := accounts.Entry{At: c.clock(), Did: "delivery.received"}
		if _, err := c.s.ReceiveDelivery(ctx, hash, receipt); !errors.Is(err, campaigns.ErrNotFetched) {
			t.Error(err)
		}
		_, body, err := c.s.FetchDelivery(ctx, hash, c.clock())
		c.must(err)
		own, err := c.private[0].AgeIdentity()
		c.must(err)
		files := unpack(t, body, key)
		if d := cmp.Diff(files, unpack(t, body, own)); d != "" {
			t.Error("the organisation and the addressee have different files")
		}
		names, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(files["names.csv"], "\ufeff"))).ReadAll()
		c.must(err)
		var people []string
		for _, row := range names[1:] {
			people = append(people, row[0])
		}
		if d := cmp.Diff([]string{"Айгүл С.", "'-Аня С.", "Айгүл С."}, people); d != "" {
			t.Error(d)
		}
		doc, _, err := ooxml.ReadParagraphs(strings.NewReader(files["letter.docx"]), int64(len(files["letter.docx"])), ooxml.ReadOptions{})
		c.must(err)
		var text strings.Builder
		for _, p := range doc {
			text.WriteString(p.Text + "\n")
		}
		for _, name := range []string{"letter.html", "letter.docx"} {
			content := files[name]
			if name == "letter.docx" {
				content = text.String()
			}
			for _, want := range []string{"Министерство культуры и информации", "Просим сократить срок ответа", c.text.SHA256, "не петиция", "123456789012"} {
				if !strings.Contains(content, want) {
					t.Errorf("%s: without %q", name, want)
				}
			}
		}
		for name, content := range files {
			for _, secret := range []string{"Серікова", "example.kz", "aigul"} {
				if strings.Contains(content, secret) || strings.Contains(text.String(), secret) {
					t.Errorf("%s: %q", name, secret)
				}
			}
		}
		if !strings.Contains(files["counts.csv"], "6") {
			t.Errorf("%s", files["counts.csv"])
		}
		// Until it is received it can be made anew; the old link then gives nothing.
		_, second, err := c.maker().Make(ctx, c.order(key))
		c.must(err)
		if _, _, err := c.s.FetchDelivery(ctx, hash, c.clock()); !errors.Is(err, campaigns.ErrNoDelivery) {
			t.Errorf("the old link: %v", err)
		}
		hash = delivery.TokenHash(second)
		if _, err := c.s.DeliveryBy(ctx, hash, c.clock().Add(campaigns.DeliverWithin)); !errors.Is(err, campaigns.ErrNoDelivery) {
			t.Errorf("a late link: %v", err)
		}
		if _, _, err := c.s.FetchDelivery(ctx, hash, c.clock()); err != nil {
			t.Fatal(err)
		}
		if _, err := c.s.ReceiveDelivery(ctx, hash, receipt); err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{
			"seen":  second2(c.s.DeliveryBy(ctx, hash, c.clock())),
			"again": second2(c.s.ReceiveDelivery(ctx, hash, receipt)),
			"wrong": second2(c.s.DeliveryBy(ctx, delivery.TokenHash("x"), c.clock())),
		} {
			if !errors.Is(err, campaigns.ErrNoDelivery) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, _, err := c.maker().Make(ctx, c.order(key)); !errors.Is(err, campaigns.ErrReceived) {
			t.Errorf("made anew after it was received: %v", err)
		}
		campaign, err := c.s.Campaign(ctx, c.id)
		c.must(err)
		log, err := c.s.Log(ctx, accounts.OrganisationID(campaign.Org))
		c.must(err)
		if last := log[len(log)-1]; last.Did != "delivery.received" || last.To != fmt.Sprintf("campaign %d, delivery 2", c.id) || last.Person != "" || accounts.CheckLog(log) != nil {
			t.Errorf("the log: %+v", last)
		}
		all, err := c.s.Deliveries(ctx, c.id)
		c.must(err)
		if len(all) != 2 || !all[1].Withdrawn || all[0].ReceivedAt.IsZero() || all[0].Withdrawn {
			t.Errorf("%+v", all)
		}
	})
}

func second2[T any](_ T, err error) error { return err }

// TestSmallPartsAreHidden: a region with few signers is not told, nor can it be
// computed.
func TestSmallPartsAreHidden(t *testing.T) {
	p := delivery.Pack{Lang: law.RU, Total: 17, At: noon, Regions: map[string]int64{"KZ-75": 3, "KZ-71": 6, "KZ-10": 8}, Levels: map[string]int64{"email": 17},
		Campaign: sampleCampaign("x"), Text: campaigns.TextVersion{Text: sampleText("Просим")}}
	files, err := p.Files()
	if err != nil {
		t.Fatal(err)
	}
	var counts string
	for _, f := range files {
		if f.Name == "counts.csv" {
			counts = string(f.Content)
		}
		if f.Name == "names.csv" {
			t.Error("names of nobody")
		}
	}
	if strings.Count(counts, "менее 5") != 1 || strings.Count(counts, "не указывается") != 1 || strings.Contains(counts, ",6") || !strings.Contains(counts, ",8") {
		t.Error(counts)
	}
}

func TestAnswer(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		ctx := t.Context()
		a := campaigns.Answer{On: "2026-05-01", Text: words("Срок будет сокращён."), Href: "https://example.kz/answer"}
		e := accounts.Entry{At: c.clock(), Person: "person"}
		if err := c.s.AddAnswer(ctx, c.id, a, e); !errors.Is(err, campaigns.ErrState) {
			t.Errorf("answered before it was delivered: %v", err)
		}
		c.must(c.s.SetState(ctx, c.id, campaigns.Delivered, accounts.Entry{}))
		for name, bad := range map[string]campaigns.Answer{
			"no day":      {Text: a.Text},
			"no text":     {On: a.On, Text: campaigns.Words{law.RU: " "}},
			"a script":    {On: a.On, Text: a.Text, Href: "javascript:alert(1)"},
			"no language": {On: a.On, Text: campaigns.Words{"de": "Antwort"}},
		} {
			if err := c.s.AddAnswer(ctx, c.id, bad, e); err == nil {
				t.Errorf("%s: published", name)
			}
		}
		c.must(c.s.AddAnswer(ctx, c.id, a, e))
		corrected := a
		corrected.Text = words("Срок сокращён до пяти дней.")
		c.pass(time.Hour)
		c.must(c.s.AddAnswer(ctx, c.id, corrected, e))
		got, err := c.s.Answers(ctx, c.id)
		c.must(err)
		if d := cmp.Diff([]campaigns.Answer{corrected, a}, got); d != "" {
			t.Error(d)
		}
		if stored, err := c.s.Campaign(ctx, c.id); err != nil || stored.State != campaigns.Answered {
			t.Errorf("%s, %v", stored.State, err)
		}
	})
}
