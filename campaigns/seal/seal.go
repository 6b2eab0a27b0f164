// Package seal closes personal data so that only organisations can read them:
// the server has their public keys and nothing that opens a box. Secret is the
// other kind, for what the server itself must read again.
//
// A batch of signatures is sealed like this (NaCl: X25519, XSalsa20, Poly1305):
//
//	ephemeral key pair ── box ──▶ batch key, once for each recipient    header
//	batch key ── secretbox, nonce = hash(campaign, signature) ──▶ box   row
//
// The ephemeral private key and the batch key are forgotten with the Batch. A
// box opens only as the signature it was made for: another id is another nonce.
package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/nacl/box"
	"golang.org/x/crypto/nacl/secretbox"

	"github.com/tuzetu/tuzetu/campaigns"
)

var (
	// ErrRecipients: personal data need at least two recipients, so that the
	// loss of one key loses nothing.
	ErrRecipients = errors.New("at least two different recipient keys are needed")
	// ErrClosed: the key does not open the box, or the box was changed or
	// stands at another signature.
	ErrClosed = errors.New("the box cannot be opened with this key")
	// ErrTooLarge: more than the largest box holds.
	ErrTooLarge = errors.New("too much for one box")
)

const (
	form       = 1 // of header and box
	leastKeys  = 2
	mostKeys   = 16
	hintSize   = 8
	wrapped    = 32 + box.Overhead
	headerBase = 1 + 32 + 1
)

// sizes a box is padded to, so that its length tells little: most signatures
// without a comment have the first.
func sizes() []int { return []int{128, 256, 512, 1024, 2048, 4096, 8192} }

// Batch seals signatures that are stored together.
type Batch struct {
	header []byte
	key    [32]byte
}

// NewBatch makes the one ephemeral key pair of a batch.
func NewBatch(random io.Reader, recipients []campaigns.Recipient) (*Batch, error) {
	distinct := map[[32]byte]bool{}
	for _, r := range recipients {
		distinct[r.PublicKey] = true
	}
	if len(distinct) < leastKeys || len(distinct) != len(recipients) || len(recipients) > mostKeys {
		return nil, ErrRecipients
	}
	public, private, err := box.GenerateKey(random)
	if err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	b := &Batch{}
	if _, err := io.ReadFull(random, b.key[:]); err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	b.header = append(b.header, form)
	b.header = append(b.header, public[:]...)
	b.header = append(b.header, byte(len(recipients)))
	for _, r := range recipients {
		hint := sha256.Sum256(r.PublicKey[:])
		b.header = append(b.header, hint[:hintSize]...)
		b.header = box.Seal(b.header, b.key[:], wrapNonce(*public, r.PublicKey), &r.PublicKey, private)
	}
	return b, nil
}

// Header is what opens the boxes of the batch together with a private key.
func (b *Batch) Header() []byte { return b.header }

// Seal closes plain for one signature.
func (b *Batch) Seal(campaign campaigns.CampaignID, id campaigns.SignatureID, plain []byte) ([]byte, error) {
	padded, err := pad(plain)
	if err != nil {
		return nil, err
	}
	return secretbox.Seal([]byte{form}, padded, rowNonce(campaign, id), &b.key), nil
}

// Opener opens the boxes of one batch.
type Opener struct{ key [32]byte }

// Open finds the batch key in a header with a recipient's private key.
func Open(header []byte, private PrivateKey) (*Opener, error) {
	if len(header) < headerBase || header[0] != form ||
		len(header) != headerBase+int(header[headerBase-1])*(hintSize+wrapped) {
		return nil, ErrClosed
	}
	ephemeral := [32]byte(header[1:33])
	public := private.Public()
	hint := sha256.Sum256(public[:])
	for at := headerBase; at < len(header); at += hintSize + wrapped {
		if !bytes.Equal(header[at:at+hintSize], hint[:hintSize]) {
			continue
		}
		own := [32]byte(private)
		key, ok := box.Open(nil, header[at+hintSize:at+hintSize+wrapped], wrapNonce(ephemeral, public), &ephemeral, &own)
		if ok && len(key) == 32 {
			return &Opener{[32]byte(key)}, nil
		}
	}
	return nil, ErrClosed
}

// Open opens the box of one signature.
func (o *Opener) Open(campaign campaigns.CampaignID, id campaigns.SignatureID, sealed []byte) ([]byte, error) {
	if len(sealed) < 1 || sealed[0] != form {
		return nil, ErrClosed
	}
	padded, ok := secretbox.Open(nil, sealed[1:], rowNonce(campaign, id), &o.key)
	if !ok {
		return nil, ErrClosed
	}
	return unpad(padded)
}

// wrapNonce may be fixed by the two keys: an ephemeral pair wraps one key for
// each recipient and nothing else.
func wrapNonce(ephemeral, recipient [32]byte) *[24]byte {
	sum := sha256.Sum256(append(append([]byte("tuzetu batch key 1 "), ephemeral[:]...), recipient[:]...))
	return (*[24]byte)(sum[:24])
}

func rowNonce(campaign campaigns.CampaignID, id campaigns.SignatureID) *[24]byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "tuzetu signature 1 %d %d", campaign, id))
	return (*[24]byte)(sum[:24])
}

func pad(plain []byte) ([]byte, error) {
	for _, size := range sizes() {
		if len(plain) < size {
			return padTo(plain, size), nil
		}
	}
	return nil, ErrTooLarge
}

// padTo ends plain with a one bit and zeros, up to a multiple of size (ISO/IEC
// 7816-4).
func padTo(plain []byte, size int) []byte {
	out := make([]byte, (len(plain)/size+1)*size)
	out[copy(out, plain)] = 0x80
	return out
}

func unpad(padded []byte) ([]byte, error) {
	end := bytes.LastIndexByte(padded, 0x80)
	if end < 0 || len(bytes.Trim(padded[end+1:], "\x00")) > 0 {
		return nil, ErrClosed
	}
	return padded[:end], nil
}

// Fingerprint is a public key as a person compares it: eight groups of four
// hexadecimal digits.
func Fingerprint(public [32]byte) string {
	sum := sha256.Sum256(public[:])
	var out []byte
	for i := range 8 {
		if i > 0 {
			out = append(out, ' ')
		}
		out = hex.AppendEncode(out, sum[2*i:2*i+2])
	}
	return string(out)
}
