package seal

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/campaigns"
)

func keyPair(t interface{ Fatal(...any) }) (PrivateKey, campaigns.Recipient) {
	k, err := GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k, campaigns.Recipient{PublicKey: k.Public()}
}

func TestSealOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 5).Draw(t, "recipients")
		var keys []PrivateKey
		var to []campaigns.Recipient
		for range n {
			k, r := keyPair(t)
			keys, to = append(keys, k), append(to, r)
		}
		b, err := NewBatch(rand.Reader, to)
		if err != nil {
			t.Fatal(err)
		}
		campaign := campaigns.CampaignID(rapid.Int64Min(1).Draw(t, "campaign"))
		for range rapid.IntRange(1, 4).Draw(t, "signatures") {
			id := campaigns.SignatureID(rapid.Int64Min(1).Draw(t, "id"))
			part := rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(t, "part")
			plain := bytes.Repeat(part, rapid.IntRange(0, 9000).Draw(t, "length")/len(part))
			sealed, err := b.Seal(campaign, id, plain)
			if len(plain) >= 8192 {
				if !errors.Is(err, ErrTooLarge) {
					t.Fatal(err)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			o, err := Open(b.Header(), keys[rapid.IntRange(0, n-1).Draw(t, "who")])
			if err != nil {
				t.Fatal(err)
			}
			if got, err := o.Open(campaign, id, sealed); err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("%v, %v", got, err)
			}
			for _, wrong := range []func() ([]byte, error){
				func() ([]byte, error) { return o.Open(campaign, id^1, sealed) },
				func() ([]byte, error) { return o.Open(campaign^1, id, sealed) },
				func() ([]byte, error) { return o.Open(campaign, id, sealed[:len(sealed)-1]) },
				func() ([]byte, error) {
					changed := bytes.Clone(sealed)
					changed[rapid.IntRange(0, len(changed)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
					return o.Open(campaign, id, changed)
				},
			} {
				if got, err := wrong(); !errors.Is(err, ErrClosed) {
					t.Fatalf("%v, %v", got, err)
				}
			}
		}
		stranger, _ := keyPair(t)
		if _, err := Open(b.Header(), stranger); !errors.Is(err, ErrClosed) {
			t.Fatal(err)
		}
	})
}

func TestLengthsTellLittle(t *testing.T) {
	_, one := keyPair(t)
	_, two := keyPair(t)
	b, err := NewBatch(rand.Reader, []campaigns.Recipient{one, two})
	if err != nil {
		t.Fatal(err)
	}
	lengths := map[int]bool{}
	for n := range 128 {
		sealed, err := b.Seal(1, 1, make([]byte, n))
		if err != nil {
			t.Fatal(err)
		}
		lengths[len(sealed)] = true
	}
	if len(lengths) != 1 {
		t.Errorf("names of up to 127 bytes have %d lengths", len(lengths))
	}
}

func TestBatchRefuses(t *testing.T) {
	_, one := keyPair(t)
	_, two := keyPair(t)
	for name, to := range map[string][]campaigns.Recipient{
		"nobody":             nil,
		"one":                {one},
		"one, twice":         {one, one},
		"two, and one again": {one, two, one},
	} {
		if _, err := NewBatch(rand.Reader, to); !errors.Is(err, ErrRecipients) {
			t.Errorf("%s: %v", name, err)
		}
	}
	k, r := keyPair(t)
	b, err := NewBatch(rand.Reader, []campaigns.Recipient{one, r})
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(b.Header()) {
		if _, err := Open(b.Header()[:n], k); !errors.Is(err, ErrClosed) {
			t.Errorf("a header of %d bytes: %v", n, err)
		}
	}
}

func TestKeyFile(t *testing.T) {
	k, r := keyPair(t)
	var file bytes.Buffer
	if err := WritePrivate(&file, k, "ақ қайың 2026"); err != nil {
		t.Fatal(err)
	}
	if s := file.String(); !strings.HasPrefix(s, "-----BEGIN AGE ENCRYPTED FILE-----") || strings.Contains(s, privatePrefix) {
		t.Errorf("not a locked key: %s", s)
	}
	if got, err := ReadPrivate(bytes.NewReader(file.Bytes()), "ақ қайың 2026"); err != nil || got != k {
		t.Errorf("%v", err)
	}
	if _, err := ReadPrivate(bytes.NewReader(file.Bytes()), "қара қайың"); !errors.Is(err, ErrPassphrase) {
		t.Error(err)
	}
	if _, err := ReadPrivate(strings.NewReader("no key"), "x"); err == nil || errors.Is(err, ErrPassphrase) {
		t.Error(err)
	}
	if got, err := ParsePublic(PublicText(r.PublicKey) + "\n"); err != nil || got != r.PublicKey {
		t.Error(err)
	}
	for _, s := range []string{"", "tuzetu-public-1:", "tuzetu-public-1:AAAA", PublicText(r.PublicKey)[1:], privatePrefix + "AAAA"} {
		if _, err := ParsePublic(s); err == nil {
			t.Errorf("%q is a public key", s)
		}
	}
	if f := Fingerprint(r.PublicKey); len(f) != 8*4+7 || f == Fingerprint([32]byte{}) {
		t.Error(f)
	}
}

func TestSecret(t *testing.T) {
	key := [32]byte{1}
	closed, err := Secret(rand.Reader, key, "job 1", []byte("aigul@example.kz"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := OpenSecret(key, "job 1", closed); err != nil || string(got) != "aigul@example.kz" {
		t.Error(string(got), err)
	}
	if _, err := OpenSecret(key, "job 2", closed); !errors.Is(err, ErrClosed) {
		t.Error("it opens where it was not put")
	}
	if _, err := OpenSecret([32]byte{2}, "job 1", closed); !errors.Is(err, ErrClosed) {
		t.Error("it opens with another key")
	}
	for n := range len(closed) {
		if _, err := OpenSecret(key, "job 1", closed[:n]); !errors.Is(err, ErrClosed) {
			t.Errorf("%d bytes open", n)
		}
	}
	longer, err := Secret(rand.Reader, key, "job 1", []byte("aigul.serikova.2@example.kz"))
	if err != nil || len(longer) != len(closed) {
		t.Errorf("lengths %d and %d, %v", len(closed), len(longer), err)
	}
}
