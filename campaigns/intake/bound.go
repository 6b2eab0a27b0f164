package intake

import (
	"crypto/hmac"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
)

// Tokens for which nothing is stored: they are made of a signature and a key of
// the server for one use, 128 bits of HMAC, and end with the signature.

func boundBytes(key gate.Key, id campaigns.SignatureID) []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(id))
	return append(b, key.Duplicate(gate.Address{Key: at(id)})...)
}

// bound is the token for a link.
func bound(key gate.Key, id campaigns.SignatureID) string {
	return base64.RawURLEncoding.EncodeToString(boundBytes(key, id))
}

func unbound(key gate.Key, token string) (campaigns.SignatureID, bool) {
	t, err := gate.ParseToken(token) // of the same form
	return t.Signature, err == nil && hmac.Equal([]byte(bound(key, t.Signature)), []byte(token))
}

// boundForMail is the token for a mail address or a Message-ID, which lose the
// difference of capital letters: 39 letters and digits.
func boundForMail(key gate.Key, id campaigns.SignatureID) string {
	return strings.ToLower(mailCode().EncodeToString(boundBytes(key, id)))
}

func mailCode() *base32.Encoding { return base32.StdEncoding.WithPadding(base32.NoPadding) }

func unboundForMail(key gate.Key, token string) (campaigns.SignatureID, bool) {
	b, err := mailCode().DecodeString(strings.ToUpper(token))
	if err != nil || len(b) != 8+16 {
		return 0, false
	}
	id := campaigns.SignatureID(binary.BigEndian.Uint64(b))
	return id, id > 0 && hmac.Equal([]byte(boundForMail(key, id)), []byte(strings.ToLower(token)))
}
