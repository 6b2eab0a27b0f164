package accounts

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The cost of a password hash: OWASP's second choice for argon2id (19 MiB, two
// passes, one lane). Whoever calls bounds how many run at a time.
const (
	argonMemory = 19 << 10 // KiB
	argonTime   = 2
	argonLanes  = 1
	argonKey    = 32
	argonSalt   = 16
)

// PasswordLength is the least number of characters; there are no rules on which.
// NIST SP 800-63B-4, 3.1.1.2, asks for fifteen where a password stands alone.
const PasswordLength = 12

const passwordLimit = 256

var (
	ErrPasswordShort  = errors.New("the password is too short")
	ErrPasswordLong   = errors.New("the password is too long")
	ErrPasswordCommon = errors.New("the password is easily guessed")
)

// CheckPassword tells what is wrong with a password that is being chosen. about
// are words a guesser knows: the address, the name.
func CheckPassword(password string, about ...string) error {
	p := norm.NFKC.String(password)
	switch n := utf8.RuneCountInString(p); {
	case n < PasswordLength:
		return ErrPasswordShort
	case n > passwordLimit:
		return ErrPasswordLong
	}
	low := strings.ToLower(p)
	if few(low) {
		return ErrPasswordCommon
	}
	for _, word := range about {
		word, _, _ = strings.Cut(strings.ToLower(norm.NFKC.String(word)), "@")
		if utf8.RuneCountInString(word) >= 4 && strings.Contains(low, word) && utf8.RuneCountInString(low)-utf8.RuneCountInString(word) < PasswordLength/2 {
			return ErrPasswordCommon
		}
	}
	for _, run := range []string{"qwertyuiop", "йцукенгшщз", "1234567890", "abcdefghij", "password", "пароль", "құпиясөз"} {
		if strings.Count(low, run)*utf8.RuneCountInString(run)*2 > utf8.RuneCountInString(low) {
			return ErrPasswordCommon
		}
	}
	return nil
}

// few reports whether a password is made of four letters or less.
func few(s string) bool {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen) <= 4
}

// HashPassword makes what is stored of a password: argon2id in the PHC string
// format. The same password typed on another keyboard gives the same hash.
func HashPassword(random io.Reader, password string) (string, error) {
	salt, err := randomBytes(random, argonSalt)
	if err != nil {
		return "", err
	}
	key := argon2.IDKey([]byte(norm.NFKC.String(password)), salt, argonTime, argonMemory, argonLanes, argonKey)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// PasswordIs tells whether a stored hash is of this password. Without a hash, of
// a person who does not exist or has no password yet, it takes as long and says
// no.
func PasswordIs(stored, password string) bool {
	var version, memory, passes, lanes int
	parts := strings.Split(stored, "$")
	salt, key := make([]byte, argonSalt), make([]byte, argonKey)
	known := len(parts) == 6 && parts[1] == "argon2id"
	memory, passes, lanes = argonMemory, argonTime, argonLanes
	if known {
		_, err1 := fmt.Sscanf(parts[2], "v=%d", &version)
		_, err2 := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes)
		s, err3 := base64.RawStdEncoding.DecodeString(parts[4])
		k, err4 := base64.RawStdEncoding.DecodeString(parts[5])
		known = errors.Join(err1, err2, err3, err4) == nil && version == argon2.Version &&
			memory > 0 && memory <= 1<<20 && passes > 0 && passes <= 16 && lanes > 0 && lanes <= 16 && len(k) == argonKey
		if known {
			salt, key = s, k
		} else {
			memory, passes, lanes = argonMemory, argonTime, argonLanes
		}
	}
	got := argon2.IDKey([]byte(norm.NFKC.String(password)), salt, uint32(passes), uint32(memory), uint8(lanes), argonKey)
	return subtle.ConstantTimeCompare(got, key) == 1 && known
}

// PasswordIsOld reports whether a hash was made at another cost: it should be
// made again at the next sign-in.
func PasswordIsOld(stored string) bool {
	return !strings.HasPrefix(stored, fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, argonMemory, argonTime, argonLanes))
}
