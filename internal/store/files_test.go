package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"testing"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
)

func samplePicture(body string) *campaigns.Picture {
	sum := sha256.Sum256([]byte(body))
	return &campaigns.Picture{SHA256: hex.EncodeToString(sum[:]), Media: "image/jpeg", Width: 4, Height: 3, Body: []byte(body)}
}

// A picture is there as long as a campaign shows it.
func TestPictures(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		hire(t, s, "ngo", "a")
		var ids []campaigns.CampaignID
		for _, slug := range []string{"one", "two"} {
			id, err := s.AddCampaign(ctx, sampleCampaign(slug), accounts.Entry{})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, id)
		}
		one, two := samplePicture("one"), samplePicture("two")
		entry := accounts.Entry{At: hired, Person: "a", Did: "picture.set"}
		if err := s.SetPicture(ctx, ids[0], nil, words("Алма"), entry); !errors.Is(err, campaigns.ErrState) {
			t.Errorf("words about no picture: %v", err)
		}
		for _, id := range ids {
			if err := s.SetPicture(ctx, id, one, words("Кітап"), entry); err != nil {
				t.Fatal(err)
			}
		}
		there := func(p *campaigns.Picture, want bool) {
			t.Helper()
			got, err := s.Picture(ctx, p.SHA256)
			if want && (err != nil || !bytes.Equal(got.Body, p.Body) || got.Media != p.Media || got.Width != 4 || got.Height != 3) {
				t.Errorf("%+v, %v", got, err)
			}
			if !want && !errors.Is(err, campaigns.ErrNotFound) {
				t.Errorf("%+v is there still: %v", got, err)
			}
		}
		if err := s.SetPicture(ctx, ids[0], two, words("Алма"), entry); err != nil {
			t.Fatal(err)
		}
		there(one, true) // the other campaign shows it
		there(two, true)
		if err := s.RemovePicture(ctx, ids[1], entry); err != nil {
			t.Fatal(err)
		}
		there(one, false)
		if err := s.RemovePicture(ctx, ids[1], entry); !errors.Is(err, campaigns.ErrState) {
			t.Errorf("removed twice: %v", err)
		}
		if err := s.SetPicture(ctx, ids[0], nil, words("Алма ағашы"), entry); err != nil {
			t.Fatal(err)
		}
		there(two, true)
		c, err := s.Campaign(ctx, ids[0])
		if err != nil || c.Picture != two.SHA256 || c.PictureAlt["ru"] != "Алма ағашы" || c.Goal == 0 {
			t.Errorf("%+v, %v", c.About, err)
		}
		if err := s.RemovePicture(ctx, 99, entry); !errors.Is(err, campaigns.ErrNotFound) {
			t.Error(err)
		}
		log, err := s.Log(ctx, "ngo")
		if err != nil || accounts.CheckLog(log) != nil || len(log) != 3+5 {
			t.Errorf("%d entries, %v, %v", len(log), err, accounts.CheckLog(log))
		}
	})
}

// fillDesk stores something in the tables of a desk.
func fillDesk(t *testing.T, s *Store) {
	t.Helper()
	all, err := s.Campaigns(t.Context())
	live := slices.IndexFunc(all, func(c campaigns.Campaign) bool { return c.State == campaigns.Live })
	if err != nil || live < 0 {
		t.Fatal(err)
	}
	id := all[live].ID
	addKey(t, s, "one", 1)
	if err := s.SetPicture(t.Context(), id, samplePicture("picture"), words("Алма"), accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
	b := campaigns.Batch{ID: campaigns.BatchAt(noon.AddDate(1, 0, 0)), Campaign: id, Version: 1, Seal: []byte{1},
		Rows: []campaigns.Signature{{Campaign: id, Version: 1, Consent: 1, Region: "KZ-71", Lang: "kk", Box: []byte{1}}}}
	b.Rows[0].ID = campaigns.SignatureID(b.ID)
	if _, err := s.AddPaper(t.Context(), b, campaigns.Sheet{Form: "x", At: noon}, accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
}
