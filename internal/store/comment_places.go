package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
)

// placedRow is a comment with what became of it in an edition.
type placedRow struct {
	commentRow
	Reason    string `db:"reason"`
	Near      string `db:"near"`
	NowStart  int    `db:"now_start"`
	NowQuote  string `db:"now_quote"`
	NowSHA256 string `db:"now_sha256"`
}

// placed reads comments as they stand in an edition (?, ?: it, twice): those
// written about it, and those of which it is known what became of them in it.
const placed = `
	SELECT ` + commentColumns + `, '' AS reason, c.address AS near, c.start_at AS now_start, c.quote AS now_quote, c.sha256 AS now_sha256, c.edition AS place
	FROM comments c WHERE c.edition = ?
	UNION ALL
	SELECT ` + commentColumns + `, p.reason, p.near, p.start_at, p.quote, p.sha256, p.edition
	FROM comments c JOIN comment_places p ON p.comment = c.id WHERE p.edition = ?`

func placedComments(ctx context.Context, q querier, in law.EditionKey, where string, args ...any) ([]campaigns.PlacedComment, error) {
	var rows []placedRow
	edition := in.String()
	if err := list(ctx, q, &rows, `
		SELECT id, campaign, parent, edition, address, start_at, quote, sha256, stance, body, wording, lang, consent, state,
			duplicate_key, confirm_hash, manage_hash, seal, box, shown, reason, near, now_start, now_quote, now_sha256
		FROM (`+placed+`) c WHERE `+where+` ORDER BY id`, append([]any{edition, edition}, args...)...); err != nil {
		return nil, err
	}
	out := make([]campaigns.PlacedComment, len(rows))
	for i, r := range rows {
		c, err := r.comment()
		if err != nil {
			return nil, err
		}
		out[i] = campaigns.PlacedComment{Comment: c, Fate: campaigns.Fate{Reason: campaigns.FateReason(r.Reason), Near: law.Address(r.Near)}}
		if r.Reason == "" {
			out[i].Fate.Anchor = campaigns.Anchor{Edition: in, Address: law.Address(r.Near), Start: r.NowStart, Quote: r.NowQuote, SHA256: r.NowSHA256}
		}
	}
	return out, nil
}

// PublishedComments lists a campaign's published comments as they stand in an
// edition, the oldest first, also those that stay with an earlier text.
func (s *Store) PublishedComments(ctx context.Context, campaign campaigns.CampaignID, in law.EditionKey) (_ []campaigns.PlacedComment, err error) {
	defer wrap(&err, "comments on %s", in)
	return placedComments(ctx, s.read, in, `c.state = 'published' AND c.campaign = ?`, int64(campaign))
}

// CommentedActs lists the acts whose enacted editions have comments.
func (s *Store) CommentedActs(ctx context.Context) (out []law.ActID, err error) {
	defer wrap(&err, "acts with comments")
	var editions []string
	if err := list(ctx, s.read, &editions, `SELECT DISTINCT edition FROM comments ORDER BY edition`); err != nil {
		return nil, err
	}
	for _, e := range editions {
		key, err := law.ParseEditionKey(e)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if key.Status == law.Enacted && !slices.Contains(out, key.Act) {
			out = append(out, key.Act)
		}
	}
	return out, nil
}

// Uncarried lists the comments of which it is known where they stand in the
// edition of, and not in the edition in.
func (s *Store) Uncarried(ctx context.Context, in, of law.EditionKey) (_ []campaigns.PlacedComment, err error) {
	defer wrap(&err, "comments to be carried to %s", in)
	return placedComments(ctx, s.read, of, `
		c.edition <> ? AND NOT EXISTS (SELECT 1 FROM comment_places k WHERE k.comment = c.id AND k.edition = ?)`, in.String(), in.String())
}

// AddFates notes what became of comments in an edition. What is known already
// stays, and nothing is noted of comments withdrawn meanwhile.
func (s *Store) AddFates(ctx context.Context, in law.EditionKey, fates map[campaigns.CommentID]campaigns.Fate) (err error) {
	defer wrap(&err, "carrying comments to %s", in)
	return s.change(ctx, func(tx *sqlx.Tx) error {
		for _, id := range slices.Sorted(maps.Keys(fates)) {
			f := fates[id]
			if _, err := execute(ctx, tx, `
				INSERT INTO comment_places (comment, edition, reason, near, start_at, quote, sha256)
				SELECT c.id, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS INTEGER), CAST(? AS TEXT), CAST(? AS TEXT)
				FROM comments c WHERE c.id = ? ON CONFLICT (comment, edition) DO NOTHING`,
				in.String(), string(f.Reason), string(f.Near), f.Anchor.Start, f.Anchor.Quote, f.Anchor.SHA256, int64(id)); err != nil {
				return err
			}
		}
		return nil
	})
}
