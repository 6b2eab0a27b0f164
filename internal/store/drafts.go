package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
)

type draftRow struct {
	Proposal int64   `db:"proposal"`
	Person   string  `db:"person"`
	Parent   int     `db:"parent"`
	Saved    int     `db:"saved"`
	At       instant `db:"at"`
	Content  packed  `db:"content"`
}

func draftIn(ctx context.Context, q querier, id dossiers.ProposalID, person string) (dossiers.Draft, error) {
	var row draftRow
	if err := noDossier(get(ctx, q, &row, `SELECT proposal, person, parent, saved, at, content FROM proposal_drafts WHERE proposal = ? AND person = ?`,
		int64(id), person)); err != nil {
		return dossiers.Draft{}, err
	}
	d := dossiers.Draft{Proposal: id, Person: person, Parent: row.Parent, Saved: row.Saved, At: row.At.time()}
	return d, fromJSON(string(row.Content), &d.Content)
}

// SaveDraft keeps what a member has typed, durably, and returns it with its next
// Saved. d.Saved is that of the draft the page has, 0 for none: where another page
// kept one meanwhile, the error is a *dossiers.DraftMovedError with it, and
// nothing is stored. It writes nothing into the log: nobody else sees a draft.
// Other errors: dossiers.ErrNotFound.
func (s *Store) SaveDraft(ctx context.Context, org string, d dossiers.Draft) (_ dossiers.Draft, err error) {
	defer wrap(&err, "draft of proposal %d", d.Proposal)
	if err := d.Check(); err != nil {
		return d, err
	}
	content, err := packContent(d.Content)
	if err != nil {
		return d, err
	}
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		p, err := lockProposal(ctx, tx, org, d.Proposal)
		if err != nil {
			return err
		}
		if p.Recorded() || d.Parent > p.Newest {
			return dossiers.ErrState
		}
		now, err := draftIn(ctx, tx, d.Proposal, d.Person)
		if err != nil && !errors.Is(err, dossiers.ErrNotFound) {
			return err
		}
		if now.Saved != d.Saved {
			return &dossiers.DraftMovedError{Newest: now}
		}
		d.Saved++
		_, err = execute(ctx, tx, `
			INSERT INTO proposal_drafts (proposal, person, parent, saved, at, content) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (proposal, person) DO UPDATE SET parent = excluded.parent, saved = excluded.saved, at = excluded.at, content = excluded.content`,
			int64(d.Proposal), d.Person, d.Parent, d.Saved, instant(d.At), content.gzip)
		return err
	})
	return d, err
}

// Draft is a member's own; dossiers.ErrNotFound where there is none.
func (s *Store) Draft(ctx context.Context, org string, id dossiers.ProposalID, person string) (_ dossiers.Draft, err error) {
	defer wrap(&err, "draft of proposal %d", id)
	if _, err := proposalWhere(ctx, s.read, id, ` AND p.organisation = ?`, org); err != nil {
		return dossiers.Draft{}, err
	}
	return draftIn(ctx, s.read, id, person)
}

// DropDraft throws a member's draft away, if it is still the one the page has;
// dossiers.ErrNotFound where it is not.
func (s *Store) DropDraft(ctx context.Context, org string, id dossiers.ProposalID, person string, saved int) (err error) {
	defer wrap(&err, "draft of proposal %d", id)
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if _, err := lockProposal(ctx, tx, org, id); err != nil {
			return err
		}
		return changedOne(dossiers.ErrNotFound)(execute(ctx, tx, `DELETE FROM proposal_drafts WHERE proposal = ? AND person = ? AND saved = ?`, int64(id), person, saved))
	})
}

// Drafts lists a member's drafts without their content, the latest first.
func (s *Store) Drafts(ctx context.Context, org, person string) (out []dossiers.Draft, err error) {
	defer wrap(&err, "drafts of a member of %s", org)
	var rows []draftRow
	if err := list(ctx, s.read, &rows, `
		SELECT f.proposal, f.person, f.parent, f.saved, f.at FROM proposal_drafts f JOIN proposals p ON p.id = f.proposal
		WHERE p.organisation = ? AND f.person = ? ORDER BY f.at DESC, f.proposal`, org, person); err != nil {
		return nil, err
	}
	for _, r := range rows {
		out = append(out, dossiers.Draft{Proposal: dossiers.ProposalID(r.Proposal), Person: r.Person, Parent: r.Parent, Saved: r.Saved, At: r.At.time()})
	}
	return out, nil
}

// AddTeamComment stores a comment of a member and returns it with its id.
// dossiers.ErrNotFound.
func (s *Store) AddTeamComment(ctx context.Context, org string, c dossiers.TeamComment, e accounts.Entry) (_ dossiers.TeamComment, err error) {
	defer wrap(&err, "a comment on proposal %d", c.Proposal)
	if err := c.Validate(); err != nil {
		return c, err
	}
	c.By, c.At, c.DoneBy, c.DoneAt = string(e.Person), e.At, "", time.Time{}
	err = s.inProposal(ctx, org, c.Proposal, e, ", comments", func(tx *sqlx.Tx, _ dossiers.Proposal) error {
		if err := get(ctx, tx, &c.ID, `SELECT coalesce(max(id), 0) + 1 FROM team_comments`); err != nil {
			return err
		}
		_, err := execute(ctx, tx, `INSERT INTO team_comments (id, proposal, version, address, added, body, by_whom, at, done_by, done_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '')`,
			c.ID, int64(c.Proposal), c.Version, string(c.Address), bit(c.New), c.Text, c.By, instant(c.At))
		return err
	})
	return c, err
}

// SettleTeamComment marks a comment as settled, or as open again.
// dossiers.ErrNotFound.
func (s *Store) SettleTeamComment(ctx context.Context, org string, proposal dossiers.ProposalID, id int64, settled bool, e accounts.Entry) (err error) {
	defer wrap(&err, "comment %d on proposal %d", id, proposal)
	return s.inProposal(ctx, org, proposal, e, fmt.Sprintf(", comment %d", id), func(tx *sqlx.Tx, _ dossiers.Proposal) error {
		by, at := "", everOrNever{}
		if settled {
			by, at = string(e.Person), everOrNever(e.At)
		}
		return changedOne(dossiers.ErrNotFound)(execute(ctx, tx, `UPDATE team_comments SET done_by = ?, done_at = ? WHERE proposal = ? AND id = ?`,
			by, at, int64(proposal), id))
	})
}

// TeamComments lists those on an organisation's proposal, the oldest first.
func (s *Store) TeamComments(ctx context.Context, org string, id dossiers.ProposalID) (out []dossiers.TeamComment, err error) {
	defer wrap(&err, "comments on proposal %d", id)
	var rows []struct {
		ID      int64       `db:"id"`
		Version int         `db:"version"`
		Address law.Address `db:"address"`
		Added   int         `db:"added"`
		Body    string      `db:"body"`
		By      string      `db:"by_whom"`
		At      instant     `db:"at"`
		DoneBy  string      `db:"done_by"`
		DoneAt  everOrNever `db:"done_at"`
	}
	if err := list(ctx, s.read, &rows, `
		SELECT c.id, c.version, c.address, c.added, c.body, c.by_whom, c.at, c.done_by, c.done_at
		FROM team_comments c JOIN proposals p ON p.id = c.proposal WHERE p.organisation = ? AND c.proposal = ? ORDER BY c.id`, org, int64(id)); err != nil {
		return nil, err
	}
	for _, r := range rows {
		out = append(out, dossiers.TeamComment{ID: r.ID, Proposal: id, Version: r.Version, Change: dossiers.Change{Address: r.Address, New: r.Added == 1},
			Text: r.Body, By: r.By, At: r.At.time(), DoneBy: r.DoneBy, DoneAt: time.Time(r.DoneAt)})
	}
	return out, nil
}
