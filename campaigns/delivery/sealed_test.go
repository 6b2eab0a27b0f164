package delivery_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/campaigns/seal"
)

// shelf keeps sealed signatures as the store lists them.
type shelf struct {
	rows  []campaigns.Kept
	seals map[int64][]byte
}

func (s shelf) Sealed(_ context.Context, _ campaigns.CampaignID, after campaigns.SignatureID, limit int) ([]campaigns.Kept, map[int64][]byte, error) {
	var out []campaigns.Kept
	for _, k := range s.rows {
		if k.ID > after && len(out) < limit {
			out = append(out, k)
		}
	}
	return out, s.seals, nil
}

// What an organisation takes home opens with either of its keys, with no other,
// and not as the signatures of another campaign.
func TestSealedOpensAtHome(t *testing.T) {
	var keys []seal.PrivateKey
	var to []campaigns.Recipient
	for range 3 {
		key, err := seal.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		keys, to = append(keys, key), append(to, campaigns.Recipient{Name: "key", PublicKey: key.Public()})
	}
	const campaign, people = 7, 5000
	s := shelf{seals: map[int64][]byte{}}
	for n := range people {
		batch := int64(n/100+1) * campaigns.BatchSize
		if s.seals[batch] != nil {
			continue
		}
		sealed, err := seal.NewBatch(rand.Reader, to[:2])
		if err != nil {
			t.Fatal(err)
		}
		s.seals[batch] = sealed.Header()
		for i := range 100 {
			k := campaigns.Kept{Standing: campaigns.Stands}
			k.ID, k.Level, k.Version = campaigns.SignatureID(batch+int64(i)), campaigns.ByEmail, 1
			plain, err := campaigns.Person{Given: fmt.Sprint(n + i), Surname: "Ким"}.Pack()
			if err != nil {
				t.Fatal(err)
			}
			if k.Box, err = sealed.Seal(campaign, k.ID, plain); err != nil {
				t.Fatal(err)
			}
			s.rows = append(s.rows, k)
		}
	}
	s.rows[17].Box = nil // erased
	var file bytes.Buffer
	if err := delivery.WriteSealed(t.Context(), &file, s, campaign); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(file.String(), "Ким") {
		t.Error("a name stands in the file")
	}
	for _, key := range keys[:2] {
		n := 0
		if err := delivery.OpenSealed(bytes.NewReader(file.Bytes()), key, func(o delivery.Opened) error {
			want := fmt.Sprint(n)
			if n == 17 {
				want = ""
			}
			if o.Person.Given != want || o.Level != campaigns.ByEmail {
				return fmt.Errorf("signature %d is %+v", n, o)
			}
			n++
			return nil
		}); err != nil || n != people {
			t.Fatalf("%d, %v", n, err)
		}
	}
	none := func(delivery.Opened) error { return nil }
	if err := delivery.OpenSealed(bytes.NewReader(file.Bytes()), keys[2], none); !errors.Is(err, seal.ErrClosed) {
		t.Errorf("a key they were not sealed to: %v", err)
	}
	other := strings.Replace(file.String(), `"campaign":7`, `"campaign":8`, 1)
	if err := delivery.OpenSealed(strings.NewReader(other), keys[0], none); !errors.Is(err, seal.ErrClosed) {
		t.Errorf("another campaign: %v", err)
	}
	for _, wrong := range []string{"", "{}", "names\n", `{"format":"tuzetu-sealed-1","campaign":7}` + "\n" + `{"id":300,"box":"AQ=="}`} {
		if err := delivery.OpenSealed(strings.NewReader(wrong), keys[0], none); !errors.Is(err, delivery.ErrNotSealed) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}
