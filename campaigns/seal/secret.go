package seal

import (
	"fmt"
	"io"

	"golang.org/x/crypto/chacha20poly1305"
)

// secretBlock: lengths are rounded up to a multiple of it.
const secretBlock = 32

// Secret encrypts what the server must read again, under a key that is not in
// the database: an address until its letter is delivered, a name that may be
// shown. context is authenticated, so that a value opens only where it was put.
func Secret(random io.Reader, key [32]byte, context string, plain []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return nil, err
	}
	out := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+secretBlock+aead.Overhead())
	if _, err := io.ReadFull(random, out); err != nil {
		return nil, fmt.Errorf("encrypting: %w", err)
	}
	return aead.Seal(out, out, padTo(plain, secretBlock), []byte(context)), nil
}

// OpenSecret opens it, or returns ErrClosed.
func OpenSecret(key [32]byte, context string, closed []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return nil, err
	}
	if len(closed) < aead.NonceSize() {
		return nil, ErrClosed
	}
	padded, err := aead.Open(nil, closed[:aead.NonceSize()], closed[aead.NonceSize():], []byte(context))
	if err != nil {
		return nil, ErrClosed
	}
	return unpad(padded)
}
