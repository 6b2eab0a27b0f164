package intake

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// tries is how often an id is looked for that no other server has taken.
const tries = 40

// store answers a group of entries: it seals them and stores them at once. A
// campaign that does not take signatures any more refuses its own only.
func (in *Intake) store(ctx context.Context, asked []entry) ([]struct{}, []error) {
	errs := make([]error, len(asked))
	left := map[int]entry{}
	for i, e := range asked {
		left[i] = e
	}
	for try := 0; len(left) > 0; {
		err := in.storeAll(ctx, left)
		var refused *campaigns.RefusedError
		switch {
		case err == nil:
			return make([]struct{}, len(asked)), errs
		case errors.As(err, &refused):
			before := len(left)
			for i, e := range left {
				if e.form.Campaign == refused.Campaign {
					errs[i] = refused.Err
					delete(left, i)
				}
			}
			if len(left) < before {
				continue
			}
		case errors.Is(err, campaigns.ErrTaken) && try < tries:
			try++
			continue
		}
		for i := range left {
			errs[i] = err
		}
		break
	}
	return make([]struct{}, len(asked)), errs
}

// storeAll makes a batch for each campaign and stores them.
func (in *Intake) storeAll(ctx context.Context, entries map[int]entry) error {
	intake := campaigns.Intake{HeldBack: map[campaigns.CampaignID]int{}, Day: campaigns.Day(in.Now())}
	byText := map[[2]int64][]entry{}
	for _, i := range slices.Sorted(maps.Keys(entries)) {
		e := entries[i]
		if e.heldBack {
			intake.HeldBack[e.form.Campaign]++
			continue
		}
		// Two who saw different texts at the change of a second stand apart.
		text := [2]int64{int64(e.form.Campaign), int64(e.desk.campaign.Version)}
		byText[text] = append(byText[text], e)
	}
	for _, text := range slices.SortedFunc(maps.Keys(byText), func(a, b [2]int64) int { return slices.Compare(a[:], b[:]) }) {
		batch, todo, err := in.sealBatch(byText[text])
		if err != nil {
			return err
		}
		intake.Batches = append(intake.Batches, batch)
		intake.Jobs = append(intake.Jobs, todo...)
	}
	return in.Store.AddSignatures(ctx, intake)
}

// sealBatch turns the entries of one campaign into what is stored.
func (in *Intake) sealBatch(entries []entry) (campaigns.Batch, []jobs.Job, error) {
	d := entries[0].desk
	sealed, err := seal.NewBatch(in.Random, d.recipients)
	if err != nil {
		return campaigns.Batch{}, nil, err
	}
	batch := campaigns.Batch{ID: in.nextBatch(), Campaign: d.campaign.ID, Version: d.campaign.Version, Seal: sealed.Header()}
	todo := make([]jobs.Job, 0, len(entries))
	for n, e := range entries {
		row, job, err := in.sealRow(sealed, campaigns.SignatureID(batch.ID+int64(n)), e)
		if err != nil {
			return campaigns.Batch{}, nil, err
		}
		batch.Rows = append(batch.Rows, row)
		todo = append(todo, job)
	}
	return batch, todo, nil
}

// nextBatch is the time, or one more than the last where the clock stands still
// or was set back.
func (in *Intake) nextBatch() int64 {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.last = max(campaigns.BatchAt(in.Now()), in.last+campaigns.BatchSize)
	return in.last
}

func (in *Intake) sealRow(sealed *seal.Batch, id campaigns.SignatureID, e entry) (row campaigns.Signature, job jobs.Job, err error) {
	f, c := e.form, e.desk.campaign
	confirm, err := gate.NewToken(in.Random, id)
	if err != nil {
		return row, job, err
	}
	manage, err := lasting(e.desk.key, id)
	if err != nil {
		return row, job, err
	}
	person, err := f.Person(e.address.Mail).Pack()
	if err != nil {
		return row, job, err
	}
	row = campaigns.Signature{
		ID: id, Campaign: c.ID, Version: c.Version, Consent: e.consent, Level: campaigns.ByEmail, Region: f.Region, Lang: f.Lang,
		DuplicateKey: e.desk.key.Duplicate(e.address),
		ConfirmHash:  confirm.Hash(gate.ToConfirm, c.ID, c.Version),
		ManageHash:   manage.Hash(gate.ToManage, c.ID, c.Version),
	}
	if row.Box, err = sealed.Seal(c.ID, id, person); err != nil {
		return row, job, err
	}
	if f.Display {
		if row.Shown, err = seal.Secret(in.Random, in.shownKey, at(id), []byte(f.ShownName())); err != nil {
			return row, job, err
		}
	}
	if f.Updates {
		if row.UpdatesTo, err = seal.Secret(in.Random, in.updateKey, at(id), []byte(e.address.Mail)); err != nil {
			return row, job, err
		}
	}
	job, err = in.letterJob(KindSigned, id, order{
		Campaign: c.ID, To: e.address.Mail, Name: f.Given, Lang: f.Lang, Confirm: confirm.String(), Manage: manage.String()})
	return row, job, err
}

// at binds what the server encrypts to its signature.
func at(id campaigns.SignatureID) string { return fmt.Sprintf("signature %d", id) }

// Kinds of jobs.
const (
	// KindSigned: a form came in; the Courier decides which letter that needs.
	KindSigned = "signed"
	// KindLostLink: somebody asked for the link of an address.
	KindLostLink = "lost link"
	// KindNothing takes the place of a job that is held back.
	KindNothing = "nothing"
)

// order is the body of a job, encrypted.
type order struct {
	Campaign campaigns.CampaignID `json:"campaign"`
	To       string               `json:"to"`
	Name     string               `json:"name,omitempty"`
	Lang     law.Lang             `json:"lang,omitempty"`
	Confirm  string               `json:"confirm,omitempty"`
	Manage   string               `json:"manage,omitempty"`
}

func (in *Intake) letterJob(kind string, subject campaigns.SignatureID, o order) (jobs.Job, error) {
	var id [16]byte
	if _, err := io.ReadFull(in.Random, id[:]); err != nil {
		return jobs.Job{}, err
	}
	job := jobs.Job{ID: hex.EncodeToString(id[:]), Kind: kind, Subject: int64(subject),
		Due: in.Now(), Expires: in.Now().Add(campaigns.KeepAddress)}
	body, err := json.Marshal(o)
	if err != nil {
		return jobs.Job{}, err
	}
	job.Body, err = seal.Secret(in.Random, in.letterKey, "job "+job.ID, body)
	return job, err
}
