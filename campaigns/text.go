package campaigns

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/tuzetu/tuzetu/law"
)

// Text is what is signed. Each signature is bound to the hash of one text: a
// change after the first signature makes a new version, whose count begins at
// zero until the signers have been asked again.
type Text struct {
	Title  Words `json:"title"`
	Ask    Words `json:"ask"`
	Story  Words `json:"story"`
	Target Words `json:"target"` // who decides
	// Base and Proposed are REFs of the redline that is asked for; both or neither.
	Base     string `json:"base,omitempty"`
	Proposed string `json:"proposed,omitempty"`
}

// TextVersion is a text as it was signed.
type TextVersion struct {
	Campaign CampaignID
	Version  int
	SHA256   string   // of Canonical
	Since    law.Date // offered to be signed; "" for a draft
	Text
}

// SaysPetition tells whether title or request use the word that belongs to the
// official portal. That may be right, where petitions themselves are meant.
func (t Text) SaysPetition() bool {
	for _, lang := range law.Langs {
		s := strings.ToLower(t.Title[lang] + " " + t.Ask[lang])
		if strings.Contains(s, "петици") || strings.Contains(s, "petition") {
			return true
		}
	}
	return false
}

// Canonical is the one form that is hashed: JSON with its keys in alphabetical
// order, in NFC, without the blanks and escapes JSON leaves free, so that any
// program can compute the same hash (as in RFC 8785, for texts that hold only
// strings).
func (t Text) Canonical() ([]byte, error) {
	if (t.Base == "") != (t.Proposed == "") {
		return nil, fmt.Errorf("a redline needs both texts")
	}
	// Before the escapes of JSON: a combining mark would join their last letter.
	t.Title, t.Ask, t.Story, t.Target = nfc(t.Title), nfc(t.Ask), nfc(t.Story), nfc(t.Target)
	loose, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	var fields map[string]any // json sorts the keys of a map
	if err := json.Unmarshal(loose, &fields); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(fields); err != nil {
		return nil, err
	}
	// Go escapes two line separators that RFC 8785 leaves as they are.
	canonical := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	canonical = replaceEscape(canonical, `\u2028`, "\u2028")
	return replaceEscape(canonical, `\u2029`, "\u2029"), nil
}

func nfc(w Words) Words {
	if w == nil {
		return nil
	}
	out := Words{}
	for lang, s := range w {
		out[lang] = norm.NFC.String(s)
	}
	return out
}

// replaceEscape replaces an escape, but not one whose backslash is itself
// escaped.
func replaceEscape(b []byte, escape, char string) []byte {
	var out []byte
	for i := 0; i < len(b); i++ {
		switch {
		case bytes.HasPrefix(b[i:], []byte(escape)):
			out = append(out, char...)
			i += len(escape) - 1
		case b[i] == '\\' && i+1 < len(b):
			out = append(out, b[i], b[i+1])
			i++
		default:
			out = append(out, b[i])
		}
	}
	return out
}

// Hash is the SHA-256 of the canonical form, in hexadecimal.
func (t Text) Hash() (string, error) {
	b, err := t.Canonical()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
