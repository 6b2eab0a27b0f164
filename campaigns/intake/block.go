package intake

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"errors"

	"github.com/tuzetu/tuzetu/campaigns/gate"
)

// ErrNoBlock: a link to block an address is not one of ours.
var ErrNoBlock = errors.New("the link is not valid")

// What the server's key is used for about addresses that want no letters.
const (
	useBlocked   = "blocked address"
	useBlockLink = "link to block"
)

// blocks knows addresses that want no letters by their HMAC: with a dump of the
// database alone no address can be tested.
type blocks struct{ key, link gate.Key }

func newBlocks(server gate.Key) (b blocks, err error) {
	if b.key, err = server.For(useBlocked); err != nil {
		return b, err
	}
	b.link, err = server.For(useBlockLink)
	return b, err
}

// token is that of the link in a letter to an address. It holds the HMAC and a
// proof that it comes from us, so that nothing is stored for it and whoever has
// any letter may block and unblock, for ever.
func (b blocks) token(a gate.Address) string { return b.sign(b.key.Duplicate(a)) }

func (b blocks) sign(address []byte) string {
	proof := b.link.Duplicate(gate.Address{Key: string(address)})
	return base64.RawURLEncoding.EncodeToString(append(append([]byte{}, address...), proof...))
}

func (b blocks) read(token string) (address []byte, err error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != 32 || !hmac.Equal([]byte(b.sign(raw[:16])), []byte(token)) {
		return nil, ErrNoBlock
	}
	return raw[:16], nil
}

// Block keeps the address that a link was mailed to from getting letters of any
// campaign, or lets it have them again. Doing it again changes nothing. Errors:
// ErrNoBlock.
func (m *Manager) Block(ctx context.Context, token string, yes bool) error {
	address, err := m.blocks.read(token)
	if err != nil {
		return err
	}
	return m.store.Block(ctx, address, yes)
}

// Blocked tells whether the address of a link is blocked. Errors: ErrNoBlock.
func (m *Manager) Blocked(ctx context.Context, token string) (bool, error) {
	address, err := m.blocks.read(token)
	if err != nil {
		return false, err
	}
	return m.store.Blocked(ctx, address)
}
