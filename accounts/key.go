package accounts

import (
	"errors"
	"time"
)

// Key is a public key of an organisation, which personal data is sealed to. The
// private half is made and kept elsewhere and never comes here.
type Key struct {
	Organisation OrganisationID
	Name         string // which key it is, to the people there: «сейф», «директор»
	PublicKey    [32]byte
	AddedAt      time.Time
	AddedBy      PersonID
	// RetiredAt is zero for a key that new campaigns may be sealed to. What was
	// sealed to a retired one stays so, and opens with it.
	RetiredAt time.Time
}

// InUse reports whether new campaigns may be sealed to it.
func (k *Key) InUse() bool { return k.RetiredAt.IsZero() }

// EnoughKeys is how many keys an organisation needs: one that is lost must not
// lock everybody out.
const EnoughKeys = 2

// ErrKeyKnown: the organisation has this key already, perhaps a retired one.
var ErrKeyKnown = errors.New("this key is known already")
