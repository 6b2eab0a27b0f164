package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/web/page"
)

// namesStore knows the names that signers allow to be shown.
type namesStore interface {
	// HideName erases the shown name of a signature of the campaign, which stays and
	// counts; campaigns.ErrNoSignature where there is none.
	HideName(ctx context.Context, id campaigns.CampaignID, signature campaigns.SignatureID, e accounts.Entry) error
}

// namesListed is more than stand on the page of a campaign.
const namesListed = 60

// SignersName is a name on the page of a campaign. Nobody read it before it was
// shown: that would tell who has just signed.
type SignersName struct {
	ID   string
	Name string
}

func (d *Desk) signersNames(ctx context.Context, v view) (out []SignersName, err error) {
	shown, err := d.Store.ShownNames(ctx, v.ID, v.Version, 0, namesListed)
	if err != nil {
		return nil, err
	}
	for _, k := range shown {
		name, err := d.Intake.ShownName(k)
		if err != nil {
			return nil, fmt.Errorf("a shown name: %w", err)
		}
		out = append(out, SignersName{strconv.FormatInt(int64(k.ID), 10), page.Plain(name)})
	}
	return out, nil
}

// HideName takes a name off the page of a campaign.
func (d *Desk) HideName(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	id, err := campaigns.ParseSignatureNumber(r.PostFormValue("signature"))
	if err != nil {
		return errors.Join(page.ErrForm, err)
	}
	err = d.Store.HideName(r.Context(), v.ID, id, d.entry(v, "name.hidden"))
	if errors.Is(err, campaigns.ErrNoSignature) {
		return d.queue(w, r, http.StatusConflict, v, v.loc.T("mod.decided"))
	}
	if err != nil {
		return err
	}
	return page.See(w, r, v.at("/comments/"+v.Slug)+"#names")
}
