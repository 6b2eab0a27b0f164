package comments

import (
	"context"
	"errors"
	"net/http"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/web/page"
)

// Data is everything that is kept of a signer, by the link that manages the
// signature.
func (b *Board) Data(w http.ResponseWriter, r *http.Request) error {
	return b.data(w, r, b.Intake.Export)
}

func (b *Board) data(w http.ResponseWriter, r *http.Request, export func(context.Context, intake.PersonStore, string) (intake.PersonData, error)) error {
	b.alone(w, r, "")
	d, err := export(r.Context(), b.Store, r.PathValue("token"))
	if errors.Is(err, campaigns.ErrNoComment) || errors.Is(err, campaigns.ErrNoSignature) {
		return b.notValid(w, r)
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="tuzetu-data.json"`)
	return page.WriteJSON(w, r, http.StatusOK, page.Private, d)
}
