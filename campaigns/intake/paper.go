package intake

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/seal"
)

// Paper stores what staff read from a sheet: at most campaigns.BatchSize people
// of one campaign, none of whom gets a letter. form names the page it was typed
// into, which is stored once; e is what the organisation's log says of it. The
// sheet shows who agreed to what, so the current text and consent are noted.
// Sheets are not compared with each other or with addresses: the level says so.
// Errors: *SheetError, campaigns.ErrSheetKnown with the sheet that is stored,
// campaigns.ErrState and those of the store; then nothing is stored.
func (in *Intake) Paper(ctx context.Context, id campaigns.CampaignID, lines []campaigns.Form, form string, e accounts.Entry) (campaigns.Sheet, error) {
	sheet := campaigns.Sheet{Form: form, At: in.Now()}
	if len(lines) == 0 || len(lines) > campaigns.BatchSize {
		return sheet, fmt.Errorf("a sheet has 1 to %d lines, not %d", campaigns.BatchSize, len(lines))
	}
	wrong := map[int]error{}
	for n, f := range lines {
		var err error
		if lines[n], err = f.Clean(in.regions); err != nil {
			wrong[n+1] = err
		}
	}
	if len(wrong) > 0 {
		return sheet, &SheetError{wrong}
	}
	d, err := in.desk(ctx, id)
	if err != nil {
		return sheet, err
	}
	batch, err := in.sealSheet(d, lines)
	if err != nil {
		return sheet, err
	}
	sheet, err = in.Store.AddPaper(ctx, batch, sheet, e)
	var refused *campaigns.RefusedError
	if errors.As(err, &refused) {
		return sheet, refused.Err
	}
	return sheet, err
}

// sealSheet makes a batch of the lines of a sheet.
func (in *Intake) sealSheet(d desk, lines []campaigns.Form) (batch campaigns.Batch, err error) {
	id := d.campaign.ID
	words, err := d.campaign.Consents()
	if err != nil {
		return batch, err
	}
	sealed, err := seal.NewBatch(in.Random, d.recipients)
	if err != nil {
		return batch, err
	}
	batch = campaigns.Batch{ID: in.nextBatch(), Campaign: id, Version: d.campaign.Version, Seal: sealed.Header()}
	for n, f := range lines {
		row := campaigns.Signature{
			ID: campaigns.SignatureID(batch.ID + int64(n)), Campaign: id, Version: d.campaign.Version,
			Level: campaigns.OnPaper, Region: f.Region, Lang: f.Lang,
		}
		for _, c := range words {
			if c.Lang == f.Lang || row.Consent == 0 {
				row.Consent = d.consents[c.SHA256]
			}
		}
		person, err := f.Person("").Pack()
		if err != nil {
			return batch, err
		}
		if row.Box, err = sealed.Seal(id, row.ID, person); err != nil {
			return batch, err
		}
		if f.Display {
			if row.Shown, err = seal.Secret(in.Random, in.shownKey, at(row.ID), []byte(f.ShownName())); err != nil {
				return batch, err
			}
		}
		batch.Rows = append(batch.Rows, row)
	}
	return batch, nil
}

// SheetError says which lines of a sheet cannot be taken, and why.
type SheetError struct {
	Lines map[int]error // from 1; a campaigns.FormError each
}

func (e *SheetError) Error() string {
	var parts []string
	for _, n := range slices.Sorted(maps.Keys(e.Lines)) {
		parts = append(parts, fmt.Sprintf("line %d of the sheet: %v", n, e.Lines[n]))
	}
	return strings.Join(parts, "; ")
}

// ShownName opens the name of one who agreed to be shown.
func (in *Intake) ShownName(k campaigns.Kept) (string, error) {
	name, err := seal.OpenSecret(in.shownKey, at(k.ID), k.Shown)
	return string(name), err
}
