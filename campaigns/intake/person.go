package intake

import (
	"context"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/law"
)

// PersonStore is what telling a person what is kept of them needs of the
// database.
type PersonStore interface {
	Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error)
	Signature(context.Context, campaigns.SignatureID) (campaigns.Kept, error)
	Text(ctx context.Context, id campaigns.CampaignID, version int) (campaigns.TextVersion, error)
	ConsentText(ctx context.Context, id int64) (campaigns.Consent, error)
	SealOf(context.Context, campaigns.SignatureID) ([]byte, error)
	ManagedComment(ctx context.Context, id campaigns.CommentID, is campaigns.Proof) (campaigns.Comment, error)
}

// PersonData is everything that is kept of one signature (law 94-V, art. 24: the
// subject may know what is kept). What the server cannot open stands in Sealed,
// for the operator to open on request.
type PersonData struct {
	Campaign   string              `json:"campaign"`
	Operator   campaigns.Operator  `json:"operator"`
	SignedAt   time.Time           `json:"signed_at"`
	Confirmed  bool                `json:"confirmed"`
	Day        law.Date            `json:"counted_on,omitempty"`
	Standing   campaigns.Standing  `json:"standing,omitempty"`
	Level      campaigns.Level     `json:"level,omitempty"`
	Region     string              `json:"region,omitempty"`
	Lang       law.Lang            `json:"lang"`
	ShownName  string              `json:"shown_name,omitempty"`
	UpdatesTo  string              `json:"updates_to,omitempty"`
	Text       *campaigns.Text     `json:"text,omitempty"`
	TextSHA256 string              `json:"text_sha256,omitempty"`
	Comment    *PersonComment      `json:"comment,omitempty"`
	Consent    string              `json:"consent"`
	Sealed     Sealed              `json:"sealed"`
	Identifier campaigns.CommentID `json:"id"`
}

// PersonComment is the part of PersonData that only comments have.
type PersonComment struct {
	Edition string                 `json:"edition"`
	Address law.Address            `json:"address"`
	Quote   string                 `json:"quote"`
	Stance  campaigns.Stance       `json:"stance"`
	Body    string                 `json:"body"`
	Wording string                 `json:"wording,omitempty"`
	State   campaigns.CommentState `json:"state"`
}

// Sealed is what only the operator's keys open, and the hash the address is
// known by.
type Sealed struct {
	Seal       []byte `json:"seal"`
	Box        []byte `json:"box"`
	AddressKey []byte `json:"address_hmac,omitempty"`
}

// Export is everything that is kept of the signature a manage link is of.
// Errors: campaigns.ErrNoSignature.
func (in *Intake) Export(ctx context.Context, s PersonStore, token string) (d PersonData, err error) {
	t, err := gate.ParseToken(token)
	if err != nil {
		return d, campaigns.ErrNoSignature
	}
	k, err := s.Signature(ctx, t.Signature)
	if err != nil {
		return d, err
	}
	if !t.Is(gate.ToManage, k.Campaign, k.Version, k.ManageHash) {
		return d, campaigns.ErrNoSignature
	}
	d = PersonData{Identifier: k.ID, SignedAt: k.ID.Time(), Confirmed: k.Confirmed, Day: k.Day, Standing: k.Standing, Level: k.Level,
		Region: k.Region, Lang: k.Lang, Sealed: Sealed{Box: k.Box, AddressKey: k.DuplicateKey}}
	if d.Sealed.Seal, err = s.SealOf(ctx, k.ID); err != nil {
		return d, err
	}
	text, err := s.Text(ctx, k.Campaign, k.Version)
	if err != nil {
		return d, err
	}
	d.Text, d.TextSHA256 = &text.Text, text.SHA256
	if k.Shown != nil {
		if d.ShownName, err = in.ShownName(k); err != nil {
			return d, err
		}
	}
	if k.UpdatesTo != nil {
		to, err := seal.OpenSecret(in.updateKey, at(k.ID), k.UpdatesTo)
		if err != nil {
			return d, err
		}
		d.UpdatesTo = string(to)
	}
	return d, fillPerson(ctx, s, k.Campaign, k.Consent, &d)
}

// ExportComment is Export for the manage link of a comment. Errors:
// campaigns.ErrNoComment.
func (in *Intake) ExportComment(ctx context.Context, s PersonStore, token string) (d PersonData, err error) {
	id, is, err := CommentToken(token, gate.ToManageComment)
	if err != nil {
		return d, err
	}
	c, err := s.ManagedComment(ctx, id, is)
	if err != nil {
		return d, err
	}
	d = PersonData{Identifier: c.ID, SignedAt: c.ID.Time(), Confirmed: c.State != campaigns.CommentUnconfirmed, Lang: c.Lang,
		Sealed: Sealed{Seal: c.Seal, Box: c.Box, AddressKey: c.DuplicateKey},
		Comment: &PersonComment{Edition: c.Anchor.Edition.String(), Address: c.Anchor.Address, Quote: c.Anchor.Quote,
			Stance: c.Stance, Body: c.Body, Wording: c.Wording, State: c.State}}
	if d.ShownName, err = in.CommentName(c); err != nil {
		return d, err
	}
	return d, fillPerson(ctx, s, c.Campaign, c.Consent, &d)
}

func fillPerson(ctx context.Context, s PersonStore, id campaigns.CampaignID, consent int64, d *PersonData) error {
	c, err := s.Campaign(ctx, id)
	if err != nil {
		return err
	}
	d.Campaign, d.Operator = c.Slug, c.Operator
	words, err := s.ConsentText(ctx, consent)
	d.Consent = words.Text
	return err
}
