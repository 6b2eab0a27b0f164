package intake

import (
	"context"
	"errors"
	"fmt"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/seal"
)

// Paper stores what staff read from a sheet: at most campaigns.BatchSize people
// of one campaign, none of whom gets a letter. The sheet shows who agreed to
// what, so the current text and consent are noted. Sheets are not compared with
// each other or with addresses: the level says so. Errors: *SheetError,
// campaigns.ErrState and those of the store; then nothing is stored.
func (in *Intake) Paper(ctx context.Context, id campaigns.CampaignID, sheet []campaigns.Form) error {
	if len(sheet) == 0 || len(sheet) > campaigns.BatchSize {
		return fmt.Errorf("a sheet has 1 to %d lines, not %d", campaigns.BatchSize, len(sheet))
	}
	d, err := in.desk(ctx, id)
	if err != nil {
		return err
	}
	words, err := d.campaign.Consents()
	if err != nil {
		return err
	}
	sealed, err := seal.NewBatch(in.Random, d.recipients)
	if err != nil {
		return err
	}
	batch := campaigns.Batch{ID: in.nextBatch(), Campaign: id, Version: d.campaign.Version, Seal: sealed.Header()}
	for n, f := range sheet {
		f, err := f.Clean(in.regions)
		if err != nil {
			return &SheetError{Line: n + 1, Err: err}
		}
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
			return err
		}
		if row.Box, err = sealed.Seal(id, row.ID, person); err != nil {
			return err
		}
		if f.Display {
			if row.Shown, err = seal.Secret(in.Random, in.shownKey, at(row.ID), []byte(f.ShownName())); err != nil {
				return err
			}
		}
		batch.Rows = append(batch.Rows, row)
	}
	err = in.Store.AddPaper(ctx, batch, campaigns.Day(in.Now()))
	var refused *campaigns.RefusedError
	if errors.As(err, &refused) {
		return refused.Err
	}
	return err
}

// SheetError says which line of a sheet cannot be taken.
type SheetError struct {
	Line int // from 1
	Err  error
}

func (e *SheetError) Error() string { return fmt.Sprintf("line %d of the sheet: %v", e.Line, e.Err) }
func (e *SheetError) Unwrap() error { return e.Err }

// ShownName opens the name of one who agreed to be shown.
func (in *Intake) ShownName(k campaigns.Kept) (string, error) {
	name, err := seal.OpenSecret(in.shownKey, at(k.ID), k.Shown)
	return string(name), err
}
