package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

const commentColumns = `c.id, c.campaign, c.parent, c.edition, c.address, c.start_at, c.quote, c.sha256, c.stance, c.body, c.wording,
	c.lang, c.consent, c.state, c.duplicate_key, c.confirm_hash, c.manage_hash, c.seal, c.box, c.shown`

type commentRow struct {
	ID           int64  `db:"id"`
	Campaign     int64  `db:"campaign"`
	Parent       int64  `db:"parent"`
	Edition      string `db:"edition"`
	Address      string `db:"address"`
	Start        int    `db:"start_at"`
	Quote        string `db:"quote"`
	SHA256       string `db:"sha256"`
	Stance       string `db:"stance"`
	Body         string `db:"body"`
	Wording      string `db:"wording"`
	Lang         string `db:"lang"`
	Consent      int64  `db:"consent"`
	State        string `db:"state"`
	DuplicateKey []byte `db:"duplicate_key"`
	ConfirmHash  []byte `db:"confirm_hash"`
	ManageHash   []byte `db:"manage_hash"`
	Seal         []byte `db:"seal"`
	Box          []byte `db:"box"`
	Shown        []byte `db:"shown"`
}

func (r commentRow) comment() (c campaigns.Comment, err error) {
	key, err := law.ParseEditionKey(r.Edition)
	if err != nil {
		return c, fmt.Errorf("%w: comment %d: %w", ErrDamaged, r.ID, err)
	}
	return campaigns.Comment{
		ID: campaigns.CommentID(r.ID), Campaign: campaigns.CampaignID(r.Campaign), Parent: campaigns.CommentID(r.Parent),
		Anchor: campaigns.Anchor{Edition: key, Address: law.Address(r.Address), Start: r.Start, Quote: r.Quote, SHA256: r.SHA256},
		Stance: campaigns.Stance(r.Stance), Body: r.Body, Wording: r.Wording, Lang: law.Lang(r.Lang), Consent: r.Consent,
		State: campaigns.CommentState(r.State), DuplicateKey: r.DuplicateKey, ConfirmHash: r.ConfirmHash, ManageHash: r.ManageHash,
		Seal: r.Seal, Box: r.Box, Shown: r.Shown,
	}, nil
}

func commentsOf(rows []commentRow) ([]campaigns.Comment, error) {
	out := make([]campaigns.Comment, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.comment(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// AddComment stores an unconfirmed comment with the job that writes to its
// author, durably. A reply stands where the comment it answers does. Errors:
// campaigns.ErrState, ErrNoComment where what it answers is not published or is
// itself a reply, ErrTaken.
func (s *Store) AddComment(ctx context.Context, c campaigns.Comment, todo jobs.Job) (err error) {
	defer wrap(&err, "storing a comment")
	if err := mustStore("the comment", c.Body, "its wording", c.Wording, "its quote", c.Anchor.Quote, "its place", string(c.Anchor.Address)); err != nil {
		return err
	}
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		campaign, err := campaignWhere(ctx, tx, `id = ?`, int64(c.Campaign))
		if err != nil {
			return err
		}
		if !campaign.State.TakesComments() {
			return campaigns.ErrState
		}
		if c.Parent != 0 {
			parent, err := commentWhere(ctx, tx, `c.id = ?`, int64(c.Parent))
			if err != nil {
				return err
			}
			if parent.State != campaigns.CommentPublished || parent.Parent != 0 || parent.Campaign != c.Campaign {
				return campaigns.ErrNoComment
			}
			c.Anchor = parent.Anchor
		}
		a := c.Anchor
		if err := changedOne(campaigns.ErrTaken)(execute(ctx, tx, `
			INSERT INTO comments (id, campaign, parent, edition, address, start_at, quote, sha256, stance, body, wording, lang, consent, state,
				duplicate_key, confirm_hash, manage_hash, seal, box, shown)
			VALUES (`+marks(20)+`) ON CONFLICT (id) DO NOTHING`,
			int64(c.ID), int64(c.Campaign), int64(c.Parent), a.Edition.String(), string(a.Address), a.Start, a.Quote, a.SHA256, string(c.Stance),
			c.Body, c.Wording, string(c.Lang), c.Consent, string(campaigns.CommentUnconfirmed),
			c.DuplicateKey, c.ConfirmHash, c.ManageHash, c.Seal, c.Box, c.Shown)); err != nil {
			return err
		}
		return addJobs(ctx, tx, []jobs.Job{todo})
	})
}

// Comment returns a comment; campaigns.ErrNoComment if there is none.
func (s *Store) Comment(ctx context.Context, id campaigns.CommentID) (_ campaigns.Comment, err error) {
	defer wrap(&err, "a comment")
	return commentWhere(ctx, s.read, `c.id = ?`, int64(id))
}

func commentWhere(ctx context.Context, q querier, where string, args ...any) (campaigns.Comment, error) {
	var row commentRow
	err := get(ctx, q, &row, `SELECT `+commentColumns+` FROM comments c WHERE `+where, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return campaigns.Comment{}, campaigns.ErrNoComment
	}
	if err != nil {
		return campaigns.Comment{}, err
	}
	return row.comment()
}

// ConfirmComment puts a comment into the queue of moderators. To confirm again
// does nothing and is no error. Errors: campaigns.ErrNoComment for a wrong or
// late link.
func (s *Store) ConfirmComment(ctx context.Context, id campaigns.CommentID, is campaigns.Proof, now time.Time) (c campaigns.Comment, err error) {
	defer wrap(&err, "confirming a comment")
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		if c, err = lockComment(ctx, tx, id); err != nil {
			return err
		}
		if !is(c.Campaign, 0, c.ConfirmHash) {
			return campaigns.ErrNoComment
		}
		if c.State != campaigns.CommentUnconfirmed {
			return nil
		}
		if !now.Before(id.Time().Add(campaigns.ConfirmWithin)) {
			return campaigns.ErrNoComment
		}
		c.State = campaigns.CommentWaiting
		_, err := execute(ctx, tx, `UPDATE comments SET state = ? WHERE id = ?`, string(c.State), int64(id))
		return err
	})
	return c, err
}

// lockComment reads a comment that nobody else changes until the end of the
// transaction.
func lockComment(ctx context.Context, tx *sqlx.Tx, id campaigns.CommentID) (campaigns.Comment, error) {
	if _, err := execute(ctx, tx, `UPDATE comments SET state = state WHERE id = ?`, int64(id)); err != nil {
		return campaigns.Comment{}, err
	}
	return commentWhere(ctx, tx, `c.id = ?`, int64(id))
}

// ManagedComment is the comment its author manages; campaigns.ErrNoComment for a
// wrong link.
func (s *Store) ManagedComment(ctx context.Context, id campaigns.CommentID, is campaigns.Proof) (_ campaigns.Comment, err error) {
	defer wrap(&err, "a comment")
	c, err := commentWhere(ctx, s.read, `c.id = ?`, int64(id))
	if err == nil && !is(c.Campaign, 0, c.ManageHash) {
		err = campaigns.ErrNoComment
	}
	if err != nil {
		return campaigns.Comment{}, err
	}
	return c, nil
}

// WithdrawComment erases a comment for one who proves to manage it, with its
// places and letters. What was decided about it stays, by its number alone.
func (s *Store) WithdrawComment(ctx context.Context, id campaigns.CommentID, is campaigns.Proof) (err error) {
	defer wrap(&err, "withdrawing a comment")
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		c, err := lockComment(ctx, tx, id)
		if err != nil {
			return err
		}
		if !is(c.Campaign, 0, c.ManageHash) {
			return campaigns.ErrNoComment
		}
		return eraseComments(ctx, tx, []any{int64(id)})
	})
}

func eraseComments(ctx context.Context, tx *sqlx.Tx, ids []any) error {
	if len(ids) == 0 {
		return nil
	}
	for _, query := range []string{
		`DELETE FROM comment_places WHERE comment IN (`, `DELETE FROM jobs WHERE subject IN (`, `DELETE FROM comments WHERE id IN (`,
	} {
		if _, err := execute(ctx, tx, query+marks(len(ids))+`)`, ids...); err != nil {
			return err
		}
	}
	return nil
}

// Comments lists a campaign's comments in a state, the oldest first, from after
// an id.
func (s *Store) Comments(ctx context.Context, campaign campaigns.CampaignID, state campaigns.CommentState, after campaigns.CommentID, limit int) (_ []campaigns.Comment, err error) {
	defer wrap(&err, "comments of campaign %d", campaign)
	var rows []commentRow
	if err := list(ctx, s.read, &rows, `
		SELECT `+commentColumns+` FROM comments c WHERE c.campaign = ? AND c.state = ? AND c.id > ? ORDER BY c.id LIMIT ?`,
		int64(campaign), string(state), int64(after), limit); err != nil {
		return nil, err
	}
	return commentsOf(rows)
}

// CountComments is how many comments a campaign has in each state.
func (s *Store) CountComments(ctx context.Context, campaign campaigns.CampaignID) (_ map[campaigns.CommentState]int, err error) {
	defer wrap(&err, "comments of campaign %d", campaign)
	var rows []struct {
		State string `db:"state"`
		N     int    `db:"n"`
	}
	if err := list(ctx, s.read, &rows, `SELECT state, count(*) AS n FROM comments WHERE campaign = ? GROUP BY state`, int64(campaign)); err != nil {
		return nil, err
	}
	out := map[campaigns.CommentState]int{}
	for _, r := range rows {
		out[campaigns.CommentState(r.State)] = r.N
	}
	return out, nil
}

// WaitingComments is how many comments wait for the moderators of an
// organisation, and how many of them came before a moment.
func (s *Store) WaitingComments(ctx context.Context, org string, before time.Time) (all, late int, err error) {
	defer wrap(&err, "comments that wait at %s", org)
	var row struct {
		All  int `db:"n"`
		Late int `db:"late"`
	}
	err = get(ctx, s.read, &row, `
		SELECT count(*) AS n, coalesce(sum(CASE WHEN id < ? THEN 1 ELSE 0 END), 0) AS late FROM comments
		WHERE state = 'waiting' AND campaign IN (SELECT id FROM campaigns WHERE org = ?)`, campaigns.BatchAt(before), org)
	return row.All, row.Late, err
}

// sweepComments erases unconfirmed comments, and the words of rejected ones,
// that have outlived their term.
func sweepComments(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	var gone []int64
	keep := campaigns.BatchAt(now.Add(-campaigns.KeepUnconfirmed)) + campaigns.BatchSize
	if err := list(ctx, tx, &gone, `SELECT id FROM comments WHERE state = 'unconfirmed' AND id < ? ORDER BY id LIMIT ?`, keep, sweepRows); err != nil {
		return err
	}
	ids := make([]any, len(gone))
	for i, id := range gone {
		ids[i] = id
	}
	if err := eraseComments(ctx, tx, ids); err != nil {
		return err
	}
	_, err := execute(ctx, tx, `
		UPDATE comments SET body = '', wording = '', shown = NULL WHERE state = 'rejected' AND (body <> '' OR wording <> '')
		AND (SELECT max(d.at) FROM comment_decided n JOIN comment_decisions d ON d.id = n.decision WHERE n.comment = comments.id) < ?`,
		instant(now.Add(-campaigns.KeepRejected)))
	return err
}
