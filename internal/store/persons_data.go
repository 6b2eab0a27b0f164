package store

import (
	"context"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
)

// What one person may be told of what is kept of them. Erasing it is Withdraw
// and WithdrawComment.

// ConsentText returns the words a person agreed to.
func (s *Store) ConsentText(ctx context.Context, id int64) (_ campaigns.Consent, err error) {
	defer wrap(&err, "consent %d", id)
	var row struct {
		Form   int    `db:"form"`
		Lang   string `db:"lang"`
		Body   string `db:"body"`
		SHA256 string `db:"sha256"`
	}
	err = get(ctx, s.read, &row, `SELECT form, lang, body, sha256 FROM consents WHERE id = ?`, id)
	return campaigns.Consent{Form: row.Form, Lang: law.Lang(row.Lang), Text: row.Body, SHA256: row.SHA256}, err
}

// SealOf returns the seal of the batch a signature is in.
func (s *Store) SealOf(ctx context.Context, id campaigns.SignatureID) (seal []byte, err error) {
	defer wrap(&err, "the seal of a signature")
	err = get(ctx, s.read, &seal, `SELECT seal FROM batches WHERE id = ?`, id.Batch())
	return seal, err
}
