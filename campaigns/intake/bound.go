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

// Tokens that are made of a signature and a key for one use, 128 bits of HMAC.
// They end with the signature.

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

// lasting is the token of the link to manage a signature. It is the same in every
// letter, so that no letter anybody asks for ends the link of another, and is made
// of the campaign's key: once that is destroyed, none can be made any more.
func lasting(campaign gate.Key, id campaigns.SignatureID) (gate.Token, error) {
	key, err := campaign.For("manage")
	if err != nil {
		return gate.Token{}, err
	}
	return gate.ParseToken(bound(key, id))
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
