package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
)

// Decide takes a moderator's decision over all its comments, or over none, and
// writes e into the organisation's log in the same transaction. Errors:
// campaigns.ErrNoComment where one is not of the campaign or not confirmed,
// ErrDecided where another decision came before this one, ErrNoReason.
func (s *Store) Decide(ctx context.Context, d campaigns.Decision, e accounts.Entry) (_ campaigns.Decision, err error) {
	defer wrap(&err, "deciding on comments of campaign %d", d.Campaign)
	if err := d.Validate(); err != nil {
		return d, err
	}
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		// One at a time for a campaign.
		c, err := lockedCampaign(ctx, tx, d.Campaign)
		if err != nil {
			return err
		}
		states, err := outcome(ctx, tx, &d)
		if err != nil {
			return err
		}
		if err := get(ctx, tx, &d.ID, `SELECT coalesce(max(id), 0) + 1 FROM comment_decisions`); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `
			INSERT INTO comment_decisions (id, campaign, at, decider, verdict, reason, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			d.ID, int64(d.Campaign), instant(d.At), d.By, string(d.Verdict), string(d.Reason), d.Undoes); err != nil {
			return err
		}
		for i, id := range d.Comments {
			if _, err := execute(ctx, tx, `INSERT INTO comment_decided (decision, comment) VALUES (?, ?)`, d.ID, int64(id)); err != nil {
				return err
			}
			if _, err := execute(ctx, tx, `UPDATE comments SET state = ? WHERE id = ?`, string(states[i]), int64(id)); err != nil {
				return err
			}
		}
		e.To = fmt.Sprintf("campaign %d, decision %d", d.Campaign, d.ID)
		return s.audit(ctx, tx, accounts.OrganisationID(c.Org), e)
	})
	return d, err
}

// outcome is the state each comment of a decision gets; of one that undoes
// another it first finds the comments.
func outcome(ctx context.Context, tx *sqlx.Tx, d *campaigns.Decision) (states []campaigns.CommentState, err error) {
	if d.Verdict == campaigns.Undo {
		if d.Comments, err = undone(ctx, tx, *d); err != nil {
			return nil, err
		}
	}
	for _, id := range d.Comments {
		c, err := lockComment(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if c.Campaign != d.Campaign || c.State == campaigns.CommentUnconfirmed {
			return nil, campaigns.ErrNoComment
		}
		history, err := decisionsOn(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		to := map[campaigns.Verdict]campaigns.CommentState{campaigns.Publish: campaigns.CommentPublished, campaigns.Reject: campaigns.CommentRejected}[d.Verdict]
		if d.Verdict == campaigns.Undo {
			last := len(history) - 1
			if history[last].ID != d.Undoes {
				return nil, campaigns.ErrDecided
			}
			to = stateAfter(history[:last])
		} else if to == c.State || to == campaigns.CommentPublished && c.Body == "" && c.Wording == "" && c.Stance != campaigns.Support {
			return nil, campaigns.ErrDecided // it is so already, or was erased since
		}
		states = append(states, to)
	}
	return states, nil
}

// undone are the comments of a decision that are still there.
func undone(ctx context.Context, tx *sqlx.Tx, d campaigns.Decision) (ids []campaigns.CommentID, err error) {
	if err := list(ctx, tx, &ids, `
		SELECT n.comment FROM comment_decided n
		JOIN comment_decisions d ON d.id = n.decision JOIN comments c ON c.id = n.comment
		WHERE d.id = ? AND d.campaign = ? AND d.verdict <> 'undo' ORDER BY n.comment`, d.Undoes, int64(d.Campaign)); err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, campaigns.ErrNoComment
	}
	return ids, nil
}

type decisionRow struct {
	ID      int64   `db:"id"`
	At      instant `db:"at"`
	By      string  `db:"decider"`
	Verdict string  `db:"verdict"`
	Reason  string  `db:"reason"`
	Undoes  int64   `db:"undoes"`
}

func (r decisionRow) decision(campaign campaigns.CampaignID) campaigns.Decision {
	return campaigns.Decision{ID: r.ID, Campaign: campaign, At: r.At.time(), By: r.By, Verdict: campaigns.Verdict(r.Verdict),
		Reason: campaigns.RejectReason(r.Reason), Undoes: r.Undoes}
}

// decisionsOn are all decisions on a comment, in order.
func decisionsOn(ctx context.Context, q querier, id campaigns.CommentID) (rows []decisionRow, err error) {
	return rows, list(ctx, q, &rows, `
		SELECT d.id, d.at, d.decider, d.verdict, d.reason, d.undoes FROM comment_decisions d
		JOIN comment_decided n ON n.decision = d.id WHERE n.comment = ? ORDER BY d.id`, int64(id))
}

// standing is the decision that counts, the last one that was not undone; nil
// where there is none.
func standing(history []decisionRow) *decisionRow {
	undone := map[int64]bool{}
	for i := len(history) - 1; i >= 0; i-- {
		d := &history[i]
		switch {
		case d.Verdict == string(campaigns.Undo):
			undone[d.Undoes] = true
		case !undone[d.ID]:
			return d
		}
	}
	return nil
}

// stateAfter is where decisions leave a comment.
func stateAfter(history []decisionRow) campaigns.CommentState {
	switch d := standing(history); {
	case d == nil:
		return campaigns.CommentWaiting
	case d.Verdict == string(campaigns.Publish):
		return campaigns.CommentPublished
	}
	return campaigns.CommentRejected
}

// Decisions lists the decisions of a campaign with the comments they were about,
// the latest first.
func (s *Store) Decisions(ctx context.Context, campaign campaigns.CampaignID, limit int) (out []campaigns.Decision, err error) {
	defer wrap(&err, "decisions of campaign %d", campaign)
	var rows []decisionRow
	if err := list(ctx, s.read, &rows, `
		SELECT id, at, decider, verdict, reason, undoes FROM comment_decisions WHERE campaign = ? ORDER BY id DESC LIMIT ?`,
		int64(campaign), limit); err != nil {
		return nil, err
	}
	for _, r := range rows {
		d := r.decision(campaign)
		if err := list(ctx, s.read, &d.Comments, `SELECT comment FROM comment_decided WHERE decision = ? ORDER BY comment`, r.ID); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// DecisionOn is the decision that counts for a comment; ok is false where there
// is none.
func (s *Store) DecisionOn(ctx context.Context, id campaigns.CommentID) (d campaigns.Decision, ok bool, err error) {
	defer wrap(&err, "decisions on a comment")
	rows, err := decisionsOn(ctx, s.read, id)
	if err != nil {
		return d, false, err
	}
	if last := standing(rows); last != nil {
		return last.decision(0), true, nil
	}
	return d, false, nil
}
