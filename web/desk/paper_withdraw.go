package desk

import (
	"errors"
	"net/http"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/web/page"
)

// WithdrawPaper erases a signature on paper for one who asked the organisation:
// there was no letter with a link. The organisation finds its number in the table
// that only it can open.
func (d *Desk) WithdrawPaper(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	id, err := campaigns.ParseSignatureNumber(r.PostForm.Get("number"))
	if err == nil {
		err = d.Store.WithdrawPaper(r.Context(), v.ID, id, d.entry(v, "paper.withdrawn"))
	}
	if errors.Is(err, campaigns.ErrNoSignature) {
		return d.paper(w, r, http.StatusUnprocessableEntity, v, paperRows, "", &page.Notice{Kind: "warning", Title: v.loc.T("paper.no_signature")}, nil)
	}
	if err != nil {
		return err
	}
	return page.See(w, r, v.at("/paper/"+v.Slug)+"?withdrawn")
}
