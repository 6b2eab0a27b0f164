package campaigns

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
)

// Writing is all that the authors of a campaign write in one form. The picture
// is apart: it is uploaded by itself.
type Writing struct {
	Campaign
	Text       Text
	Recipients []Recipient
}

// ErrChanged: somebody else has changed the campaign since it was read.
var ErrChanged = errors.New("the campaign was changed meanwhile")

// Mark names what is written and where the campaign stands: who saves says what
// they began from, and nobody overwrites what they have not seen.
func (w Writing) Mark() (string, error) {
	text, err := w.Text.Hash()
	if err != nil {
		return "", err
	}
	about := w.About
	about.Picture, about.PictureAlt = "", nil
	var keys [][]byte
	for _, r := range w.Recipients {
		keys = append(keys, r.PublicKey[:])
	}
	slices.SortFunc(keys, bytes.Compare)
	b, err := json.Marshal([]any{w.Slug, w.State, w.Closes, about, text, keys})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16]), nil
}
