package gate

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
)

// Key is 256 secret bits.
type Key [32]byte

// For derives the key for one use (HKDF, RFC 5869), so that what is encrypted
// for one cannot be opened as another.
func (k Key) For(use string) (Key, error) {
	b, err := hkdf.Key(sha256.New, k[:], nil, "tuzetu "+use, len(k))
	if err != nil {
		return Key{}, err
	}
	return Key(b), nil
}

// Duplicate is what the database knows an address by within one campaign:
// HMAC-SHA-256 of its key, the first 128 bits (RFC 2104, 5). Without k it tells
// nothing, and two campaigns' cannot be compared.
func (k Key) Duplicate(a Address) []byte {
	h := hmac.New(sha256.New, k[:])
	h.Write([]byte(a.Key))
	return h.Sum(nil)[:16]
}

// Errors of key files.
var (
	ErrNoKey = errors.New("the key is not there")
	ErrKeyIs = errors.New("the key is there already")
)

// KeyFolder keeps the keys the database must not hold: that of the server and
// one of each campaign. It must not lie where database backups go.
type KeyFolder struct {
	path   string
	random io.Reader
}

const serverFile = "server.key"

// OpenKeyFolder opens a folder of keys; the folder and the server's key are made
// where there is none. Others must not be able to read it.
func OpenKeyFolder(path string, random io.Reader) (*KeyFolder, error) {
	f := &KeyFolder{path, random}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("key folder: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("key folder: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("key folder %s: others can read it (chmod 700)", path)
	}
	if err := f.create(serverFile); err != nil && !errors.Is(err, ErrKeyIs) {
		return nil, err
	}
	return f, nil
}

// Server is the server's own key; never use it but through For.
func (f *KeyFolder) Server() (Key, error) { return f.read(serverFile) }

// Campaign is the key of a campaign's duplicate keys; ErrNoKey once destroyed.
func (f *KeyFolder) Campaign(id campaigns.CampaignID) (Key, error) { return f.read(campaignFile(id)) }

// CreateCampaign makes it, once: with a second one the first signers could sign
// again. ErrKeyIs where there is one.
func (f *KeyFolder) CreateCampaign(id campaigns.CampaignID) error { return f.create(campaignFile(id)) }

// DestroyCampaign makes all duplicate keys of a campaign worthless, for good.
// The file is overwritten first, which on some disks is all one can do.
func (f *KeyFolder) DestroyCampaign(id campaigns.CampaignID) error {
	path := filepath.Join(f.path, campaignFile(id))
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("destroying a key: %w", err)
	}
	_, err = file.WriteString(strings.Repeat("0", 2*len(Key{})))
	if err := errors.Join(err, file.Sync(), file.Close(), os.Remove(path)); err != nil {
		return fmt.Errorf("destroying a key: %w", err)
	}
	return f.syncFolder()
}

func campaignFile(id campaigns.CampaignID) string { return fmt.Sprintf("campaign-%d.key", id) }

func (f *KeyFolder) read(name string) (Key, error) {
	b, err := os.ReadFile(filepath.Join(f.path, name))
	if errors.Is(err, fs.ErrNotExist) {
		return Key{}, fmt.Errorf("%s: %w", name, ErrNoKey)
	}
	if err != nil {
		return Key{}, fmt.Errorf("reading a key: %w", err)
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(raw) != len(Key{}) {
		return Key{}, fmt.Errorf("%s: not a key", name)
	}
	return Key(raw), nil
}

// create writes a key beside its place and links it there: of two programs one
// wins, and no half of a key is ever read.
func (f *KeyFolder) create(name string) error {
	var k Key
	if _, err := io.ReadFull(f.random, k[:]); err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	temp, err := os.CreateTemp(f.path, ".new-*") // mode 0600
	if err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(hex.EncodeToString(k[:]) + "\n")
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	err = os.Link(temp.Name(), filepath.Join(f.path, name))
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: %w", name, ErrKeyIs)
	}
	if err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	return f.syncFolder()
}

func (f *KeyFolder) syncFolder() error {
	d, err := os.Open(f.path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
