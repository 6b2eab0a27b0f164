package delivery

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/law"
)

// What an organisation takes home are its signatures as they lie in the database,
// a JSON object a line: first which campaign they are of, then each batch's seal
// before the signatures it opens. Only its private key, on a computer of its own,
// makes names of them.
type sealedLine struct {
	Format   string                `json:"format,omitempty"`
	Campaign campaigns.CampaignID  `json:"campaign,omitempty"`
	Seal     []byte                `json:"seal,omitempty"`
	ID       campaigns.SignatureID `json:"id,omitempty"`
	Box      []byte                `json:"box,omitempty"` // none: erased, as its term was over
	Version  int                   `json:"version,omitempty"`
	Level    campaigns.Level       `json:"level,omitempty"`
	Standing campaigns.Standing    `json:"standing,omitempty"`
	Region   string                `json:"region,omitempty"`
	Lang     law.Lang              `json:"lang,omitempty"`
	Day      law.Date              `json:"day,omitempty"`
}

const sealedFormat = "tuzetu-sealed-1"

// SealedStore lists sealed signatures. internal/store fulfils it.
type SealedStore interface {
	Sealed(ctx context.Context, campaign campaigns.CampaignID, after campaigns.SignatureID, limit int) ([]campaigns.Kept, map[int64][]byte, error)
}

// sealedAtOnce is how many signatures are read at a time.
const sealedAtOnce = 2000

// WriteSealed writes all signatures of a campaign, sealed as they are.
func WriteSealed(ctx context.Context, to io.Writer, s SealedStore, campaign campaigns.CampaignID) error {
	out := json.NewEncoder(to)
	if err := out.Encode(sealedLine{Format: sealedFormat, Campaign: campaign}); err != nil {
		return err
	}
	var after campaigns.SignatureID
	batch := int64(-1)
	for {
		rows, seals, err := s.Sealed(ctx, campaign, after, sealedAtOnce)
		if err != nil {
			return err
		}
		for _, k := range rows {
			if b := k.ID.Batch(); b != batch {
				batch = b
				if err := out.Encode(sealedLine{Seal: seals[b]}); err != nil {
					return err
				}
			}
			if err := out.Encode(sealedLine{ID: k.ID, Box: k.Box, Version: k.Version, Level: k.Level, Standing: k.Standing,
				Region: k.Region, Lang: k.Lang, Day: k.Day}); err != nil {
				return err
			}
			after = k.ID
		}
		if len(rows) < sealedAtOnce {
			return nil
		}
	}
}

// Opened is a signature with who signed; the zero Person where that was erased.
type Opened struct {
	ID       campaigns.SignatureID
	Version  int
	Level    campaigns.Level
	Standing campaigns.Standing
	Region   string
	Lang     law.Lang
	Day      law.Date
	Person   campaigns.Person
}

// ErrNotSealed: a file is not of sealed signatures.
var ErrNotSealed = errors.New("not a file of sealed signatures")

// mostLine bounds a line: a box holds at most a comment of 2,000 letters.
const mostLine = 1 << 20

// OpenSealed reads what WriteSealed wrote, calling each for every signature in
// order. Errors: ErrNotSealed, seal.ErrClosed for a key they were not sealed to.
func OpenSealed(from io.Reader, private seal.PrivateKey, each func(Opened) error) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, mostLine)
	var campaign campaigns.CampaignID
	var opener *seal.Opener
	for n := 1; lines.Scan(); n++ {
		var l sealedLine
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return fmt.Errorf("%w: line %d: %w", ErrNotSealed, n, err)
		}
		switch {
		case n == 1:
			if l.Format != sealedFormat || l.Campaign == 0 {
				return ErrNotSealed
			}
			campaign = l.Campaign
			continue
		case l.ID == 0: // no seal: erased
			opener = nil
			if len(l.Seal) == 0 {
				continue
			}
			var err error
			if opener, err = seal.Open(l.Seal, private); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
			continue
		}
		o := Opened{ID: l.ID, Version: l.Version, Level: l.Level, Standing: l.Standing, Region: l.Region, Lang: l.Lang, Day: l.Day}
		if len(l.Box) > 0 {
			if opener == nil {
				return fmt.Errorf("%w: line %d: a signature without its seal", ErrNotSealed, n)
			}
			plain, err := opener.Open(campaign, l.ID, l.Box)
			if err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
			if o.Person, err = campaigns.UnpackPerson(plain); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
		if err := each(o); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	if campaign == 0 {
		return ErrNotSealed
	}
	return nil
}
