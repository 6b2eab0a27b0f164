package seal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/crypto/curve25519"
	"golang.org/x/crypto/nacl/box"
)

// PrivateKey opens boxes. It is made on the organisation's own computer and
// stays there.
type PrivateKey [32]byte

const (
	publicPrefix  = "tuzetu-public-1:"
	privatePrefix = "TUZETU-PRIVATE-1:"
)

// ErrPassphrase: the key file does not open with this passphrase.
var ErrPassphrase = errors.New("the passphrase is wrong")

// GenerateKey makes a key pair.
func GenerateKey(random io.Reader) (PrivateKey, error) {
	_, private, err := box.GenerateKey(random)
	if err != nil {
		return PrivateKey{}, fmt.Errorf("making a key: %w", err)
	}
	return PrivateKey(*private), nil
}

// Public is the half the server gets.
func (k PrivateKey) Public() [32]byte {
	var public, private [32]byte
	private = k
	curve25519.ScalarBaseMult(&public, &private)
	return public
}

// PublicText is a public key as one line.
func PublicText(public [32]byte) string {
	return publicPrefix + base64.RawURLEncoding.EncodeToString(public[:])
}

// ParsePublic reads it.
func ParsePublic(s string) ([32]byte, error) {
	k, err := parseKey(s, publicPrefix)
	if err != nil {
		return [32]byte{}, fmt.Errorf("not a public key of an organisation: %w", err)
	}
	return k, nil
}

// LooksPrivate reports whether a text holds a private key, or the locked file of
// one: whoever sent it meant to send the other half.
func LooksPrivate(s string) bool {
	upper := strings.ToUpper(s)
	for _, mark := range []string{"TUZETU-PRIVATE", "AGE-SECRET-KEY", "PRIVATE KEY", "BEGIN AGE ENCRYPTED", "AGE-ENCRYPTION.ORG/"} {
		if strings.Contains(upper, mark) {
			return true
		}
	}
	return false
}

func parseKey(s, prefix string) (k [32]byte, err error) {
	body, ok := strings.CutPrefix(strings.TrimSpace(s), prefix)
	if !ok {
		return k, fmt.Errorf("it does not begin with %s", prefix)
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(body)
	if err != nil || len(b) != len(k) {
		return k, errors.New("it is damaged")
	}
	return [32]byte(b), nil
}

// WritePrivate writes a private key as an age file (age-encryption.org), locked
// with a passphrase and armored: it opens with the age program as well.
func WritePrivate(to io.Writer, k PrivateKey, passphrase string) error {
	lock, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return fmt.Errorf("locking the key: %w", err)
	}
	plates := armor.NewWriter(to)
	w, err := age.Encrypt(plates, lock)
	if err != nil {
		return fmt.Errorf("locking the key: %w", err)
	}
	_, err = fmt.Fprintf(w, "%s%s\n", privatePrefix, base64.RawURLEncoding.EncodeToString(k[:]))
	if err := errors.Join(err, w.Close(), plates.Close()); err != nil {
		return fmt.Errorf("locking the key: %w", err)
	}
	return nil
}

// ReadPrivate reads what WritePrivate wrote.
func ReadPrivate(from io.Reader, passphrase string) (PrivateKey, error) {
	b, err := io.ReadAll(io.LimitReader(from, 64<<10))
	if err != nil {
		return PrivateKey{}, err
	}
	lock, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return PrivateKey{}, err
	}
	r, err := age.Decrypt(armor.NewReader(bytes.NewReader(b)), lock)
	var wrong *age.NoIdentityMatchError
	if errors.As(err, &wrong) {
		return PrivateKey{}, ErrPassphrase
	}
	if err != nil {
		return PrivateKey{}, fmt.Errorf("not a key file: %w", err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return PrivateKey{}, fmt.Errorf("not a key file: %w", err)
	}
	k, err := parseKey(string(text), privatePrefix)
	if err != nil {
		return PrivateKey{}, fmt.Errorf("not a key file: %w", err)
	}
	return PrivateKey(k), nil
}
