package accounts

import (
	"encoding/base32"
	"fmt"
	"io"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

const (
	totpStep = 30 // seconds, RFC 6238
	// totpDrift is how many steps a phone's clock may be off either way.
	totpDrift = 1
)

// NewTOTP makes the secret of an authenticator app (RFC 6238: SHA-1, six
// digits, 30 seconds, which every app reads) and the address it is taken up by.
func NewTOTP(random io.Reader, issuer, email string) (secret []byte, uri string, err error) {
	if secret, err = randomBytes(random, 20); err != nil {
		return nil, "", err
	}
	uri, err = TOTPAddress(issuer, email, secret)
	return secret, uri, err
}

// TOTPAddress is the address an authenticator app takes a secret up by.
func TOTPAddress(issuer, email string, secret []byte) (string, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: email, Secret: secret, Period: totpStep})
	if err != nil {
		return "", fmt.Errorf("authenticator: %w", err)
	}
	return key.URL(), nil
}

// CheckTOTP tells whether a code is right at a time, and which step it is of.
// Steps up to used were shown before: a code is good once.
func CheckTOTP(secret []byte, code string, used int64, now time.Time) (step int64, ok bool) {
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	at := now.Unix() / totpStep
	for s := at - totpDrift; s <= at+totpDrift; s++ {
		good, err := hotp.ValidateCustom(code, uint64(s), text, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && good && s > used {
			return s, true
		}
	}
	return 0, false
}
