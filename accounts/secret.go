package accounts

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"
)

// Purpose is what a secret is for; one for another purpose has another hash.
type Purpose string

const (
	ToJoin    Purpose = "join"
	ToSignIn  Purpose = "sign_in" // between the password and the second factor
	ToReset   Purpose = "reset"
	ToRecover Purpose = "recover"
	ToStay    Purpose = "stay"     // a session
	Answered  Purpose = "answered" // a challenge of a passkey, so that none is good twice
)

// NewSecret makes a secret of 128 random bits, as it stands in a link.
func NewSecret(random io.Reader) (string, error) {
	b, err := randomBytes(random, 16)
	return base64.RawURLEncoding.EncodeToString(b), err
}

// Secret is what is stored of a secret that is good once.
type Secret struct {
	Hash    []byte
	Purpose Purpose
	Person  PersonID
	Tries   int // how often something was tried with it
	Until   time.Time
}

// NewID makes an id.
func NewID(random io.Reader) (string, error) {
	b, err := randomBytes(random, 16)
	return readable.EncodeToString(b), err
}

// SecretHash is what is stored of a secret. A fast hash will do, as the secret
// is random.
func SecretHash(p Purpose, secret string) []byte {
	h := sha256.Sum256([]byte("tuzetu " + string(p) + " " + secret))
	return h[:]
}

// SecretIs tells, in equal time, whether a stored hash is of this secret.
func SecretIs(p Purpose, secret string, stored []byte) bool {
	return subtle.ConstantTimeCompare(SecretHash(p, secret), stored) == 1
}

// readable has no letters that are taken for digits.
var readable = base32.NewEncoding("abcdefghjkmnpqrstuvwxyz023456789").WithPadding(base32.NoPadding)

func randomBytes(random io.Reader, n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(random, b); err != nil {
		return nil, fmt.Errorf("no randomness: %w", err)
	}
	return b, nil
}

// RecoveryCodes is how many there are.
const RecoveryCodes = 10

// NewRecovery makes the codes that stand in for a lost second factor, 130 bits
// each, and their hashes. The codes are shown once.
func NewRecovery(random io.Reader) (codes []string, hashes [][]byte, err error) {
	for range RecoveryCodes {
		b, err := randomBytes(random, 17)
		if err != nil {
			return nil, nil, err
		}
		s := readable.EncodeToString(b)[:26]
		codes = append(codes, s[:6]+"-"+s[6:13]+"-"+s[13:19]+"-"+s[19:])
		hashes = append(hashes, SecretHash(ToRecover, s))
	}
	return codes, hashes, nil
}

// Recover uses a code up: it returns the hashes of those that are left. A code
// may be written with or without its dashes, in capitals, with blanks.
func Recover(hashes [][]byte, code string) (left [][]byte, ok bool) {
	code = strings.ToLower(strings.NewReplacer("-", "", " ", "", "–", "").Replace(code))
	for _, h := range hashes {
		if !ok && SecretIs(ToRecover, code, h) {
			ok = true
			continue
		}
		left = append(left, h)
	}
	return left, ok
}
