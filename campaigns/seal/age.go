package seal

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// Files are sealed with age (age-encryption.org), so that whoever gets one needs
// no program of ours. The keys of an organisation are X25519 keys like age's and
// are written here as age writes them; age derives what it encrypts with from
// the key together with its own label (HKDF), so that nothing sealed in one form
// helps to open the other.

// AgeRecipient is an organisation's public key as age has it.
func AgeRecipient(public [32]byte) (*age.X25519Recipient, error) {
	return age.ParseX25519Recipient(bech32("age", public[:]))
}

// AgeIdentity is the private half.
func (k PrivateKey) AgeIdentity() (*age.X25519Identity, error) {
	return age.ParseX25519Identity(strings.ToUpper(bech32("age-secret-key-", k[:])))
}

// ParseAddressee reads the key an addressee gave: "age1…".
func ParseAddressee(s string) (*age.X25519Recipient, error) {
	r, err := age.ParseX25519Recipient(strings.TrimSpace(s))
	if err != nil {
		return nil, fmt.Errorf("not a public key of age (age1…): %w", err)
	}
	return r, nil
}

// File seals a file to all recipients: each opens it alone.
func File(to io.Writer, plain []byte, recipients ...age.Recipient) error {
	if len(recipients) == 0 {
		return ErrRecipients
	}
	w, err := age.Encrypt(to, recipients...)
	if err != nil {
		return fmt.Errorf("sealing a file: %w", err)
	}
	_, err = w.Write(plain)
	if err := errors.Join(err, w.Close()); err != nil {
		return fmt.Errorf("sealing a file: %w", err)
	}
	return nil
}

// bech32 writes bytes as BIP 173 has it, in small letters.
func bech32(prefix string, data []byte) string {
	const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	var groups []byte // of five bits
	bits, n := 0, 0
	for _, b := range data {
		bits, n = bits<<8|int(b), n+8
		for n >= 5 {
			n -= 5
			groups = append(groups, byte(bits>>n&31))
		}
		bits &= 1<<n - 1
	}
	if n > 0 {
		groups = append(groups, byte(bits<<(5-n)&31))
	}
	var sum []byte
	for _, c := range []byte(prefix) {
		sum = append(sum, c>>5)
	}
	sum = append(sum, 0)
	for _, c := range []byte(prefix) {
		sum = append(sum, c&31)
	}
	check := polymod(append(append(sum, groups...), 0, 0, 0, 0, 0, 0)) ^ 1
	for i := range 6 {
		groups = append(groups, byte(check>>(5*(5-i))&31))
	}
	out := []byte(prefix + "1")
	for _, g := range groups {
		out = append(out, letters[g])
	}
	return string(out)
}

// polymod is the checksum of bech32.
func polymod(values []byte) uint32 {
	check := uint32(1)
	for _, v := range values {
		top := check >> 25
		check = check&0x1ffffff<<5 ^ uint32(v)
		for i, g := range [...]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				check ^= g
			}
		}
	}
	return check
}
