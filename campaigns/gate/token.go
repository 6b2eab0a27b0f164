package gate

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/tuzetu/tuzetu/campaigns"
)

// Purpose is what a link is for; a link for one is refused for another.
type Purpose string

const (
	ToConfirm Purpose = "confirm"
	ToManage  Purpose = "manage"
	// Those of comments, which have no version.
	ToConfirmComment Purpose = "confirm comment"
	ToManageComment  Purpose = "manage comment"
)

// Token is the secret of a link: which signature, and 128 random bits. The
// database has its hash.
type Token struct {
	Signature campaigns.SignatureID
	secret    [16]byte
}

// ErrToken: not a token at all.
var ErrToken = errors.New("the link is not complete")

// NewToken makes a token for a signature.
func NewToken(random io.Reader, id campaigns.SignatureID) (Token, error) {
	t := Token{Signature: id}
	if _, err := io.ReadFull(random, t.secret[:]); err != nil {
		return Token{}, fmt.Errorf("no randomness: %w", err)
	}
	return t, nil
}

// ParseToken reads what String wrote.
func ParseToken(s string) (Token, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != 8+16 || len(s) != base64.RawURLEncoding.EncodedLen(len(b)) { // line ends are skipped by the decoder
		return Token{}, ErrToken
	}
	id := binary.BigEndian.Uint64(b)
	if id == 0 || id>>63 != 0 {
		return Token{}, ErrToken
	}
	return Token{campaigns.SignatureID(id), [16]byte(b[8:])}, nil
}

// String is the token as it stands in a link: 32 characters.
func (t Token) String() string {
	b := binary.BigEndian.AppendUint64(nil, uint64(t.Signature))
	return base64.RawURLEncoding.EncodeToString(append(b, t.secret[:]...))
}

// Hash is what is stored: SHA-256 over all the token is bound to, the first 128
// bits of it. A fast hash will do, as the secret is random.
func (t Token) Hash(p Purpose, campaign campaigns.CampaignID, version int) []byte {
	h := sha256.New()
	fmt.Fprintf(h, "tuzetu %s %d %d %d ", p, campaign, version, t.Signature)
	h.Write(t.secret[:])
	return h.Sum(nil)[:16]
}

// Is tells, in equal time, whether a stored hash is of this token.
func (t Token) Is(p Purpose, campaign campaigns.CampaignID, version int, stored []byte) bool {
	return subtle.ConstantTimeCompare(t.Hash(p, campaign, version), stored) == 1
}
