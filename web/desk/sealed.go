package desk

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/web/page"
)

// sealedStore is what taking signatures home needs.
type sealedStore interface {
	delivery.SealedStore
	// NoteSealed writes into the organisation's log that a member takes the sealed
	// signatures of a campaign away.
	NoteSealed(ctx context.Context, id campaigns.CampaignID, e accounts.Entry) error
}

// Sealed gives the organisation its signatures as they lie here: only its private
// key, which is not on this server, opens them («tuzetu org open»). The log says
// who took them before the first byte goes out.
func (d *Desk) Sealed(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	if v.State == campaigns.Draft || v.State == campaigns.Review {
		return page.ErrNoPage
	}
	if err := d.Store.NoteSealed(r.Context(), v.ID, d.entry(v, "signers.fetched")); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/jsonl")
	h.Set("Content-Disposition", `attachment; filename="`+v.Slug+`.sealed.jsonl"`)
	h.Set("Cache-Control", "private, no-store")
	// A million signatures take their time over a slow line.
	if err := http.NewResponseController(w).SetWriteDeadline(time.Time{}); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return delivery.WriteSealed(r.Context(), w, d.Store, v.ID)
}
