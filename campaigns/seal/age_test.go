package seal

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"testing"

	"filippo.io/age"
)

// TestFile: the addressee and each key of the organisation open a file, nobody
// else does, and the age program takes our keys for its own.
func TestFile(t *testing.T) {
	addressee, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	to, err := ParseAddressee(" " + addressee.Recipient().String() + "\n")
	if err != nil {
		t.Fatal(err)
	}
	recipients := []age.Recipient{to}
	identities := map[string]age.Identity{"the addressee": addressee}
	for _, name := range []string{"one key", "the other key"} {
		k, err := GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		r, err := AgeRecipient(k.Public())
		if err != nil {
			t.Fatal(err)
		}
		id, err := k.AgeIdentity()
		if err != nil {
			t.Fatal(err)
		}
		if id.Recipient().String() != r.String() {
			t.Errorf("%s: the halves do not belong together", name)
		}
		recipients, identities[name] = append(recipients, r), id
	}
	var sealed bytes.Buffer
	if err := File(&sealed, []byte("подписи"), recipients...); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed.Bytes(), []byte("подписи")) {
		t.Error("not sealed")
	}
	for name, id := range identities {
		r, err := age.Decrypt(bytes.NewReader(sealed.Bytes()), id)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if plain, err := io.ReadAll(r); err != nil || string(plain) != "подписи" {
			t.Errorf("%s: %q, %v", name, plain, err)
		}
	}
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := age.Decrypt(bytes.NewReader(sealed.Bytes()), stranger); err == nil {
		t.Error("a stranger opened it")
	}
	if err := File(io.Discard, nil); !errors.Is(err, ErrRecipients) {
		t.Error(err)
	}
	for _, bad := range []string{"", "age1", "AGE-SECRET-KEY-1QQ", "ssh-ed25519 AAAA", addressee.Recipient().String() + "q"} {
		if _, err := ParseAddressee(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
