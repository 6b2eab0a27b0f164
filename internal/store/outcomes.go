package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// AddOutcomes stores what comparisons found of an organisation's proposals, with a
// task for each, tasks about new texts, and the letters that tell the team. A
// suggestion about a version and an edition that is there already is left as it is,
// without a task, and so is a task about a text; where all are, there are no letters
// either. added are the others.
func (s *Store) AddOutcomes(ctx context.Context, org string, found []dossiers.Suggestion, texts []dossiers.Task, letters []jobs.Job) (added int, err error) {
	defer wrap(&err, "outcomes of proposals of %s", org)
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		added = 0
		for _, f := range found {
			verdict, err := json.Marshal(f.Verdict)
			if err != nil {
				return err
			}
			done, err := execute(ctx, tx, `
				INSERT INTO suggestions (proposal, version, edition, status, at, verdict)
				SELECT p.id, CAST(? AS INTEGER), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), `+s.bytesMark()+`
				FROM proposals p WHERE p.id = ? AND p.organisation = ? ON CONFLICT (proposal, version, edition) DO NOTHING`,
				f.Version, f.Edition.String(), string(f.Status), instant(f.At), packed(verdict), int64(f.Proposal), org)
			if err != nil {
				return err
			}
			if n, err := done.RowsAffected(); err != nil || n == 0 {
				if err != nil {
					return err
				}
				continue
			}
			added++
			if _, err := addTask(ctx, tx, dossiers.OutcomeTask(org, f)); err != nil {
				return err
			}
		}
		for _, t := range texts {
			n, err := addTask(ctx, tx, t)
			if err != nil {
				return err
			}
			added += n
		}
		if added == 0 {
			return nil
		}
		return addJobs(ctx, tx, letters)
	})
	return added, err
}

// bytesMark is a mark for bytes in a SELECT, whose type PostgreSQL cannot tell.
func (s *Store) bytesMark() string {
	if s.at.dialect == onPostgres {
		return `CAST(? AS BYTEA)`
	}
	return `?`
}

// ConfirmOutcome stores what a person found to have become of a proposal, and returns it
// with its number; the task that asked for it is done. Errors:
// dossiers.ErrNotFound for the proposal or the suggestion it answers.
func (s *Store) ConfirmOutcome(ctx context.Context, org string, c dossiers.Confirmation, e accounts.Entry) (_ dossiers.Confirmation, err error) {
	defer wrap(&err, "outcome of proposal %d", c.Proposal)
	words, err := dossiers.Statuses()
	if err != nil {
		return c, err
	}
	c.By, c.At = string(e.Person), e.At
	err = s.inProposal(ctx, org, c.Proposal, e, "", func(tx *sqlx.Tx, p dossiers.Proposal) error {
		c.Suggested = ""
		if c.Edition != (law.EditionKey{}) {
			if err := noDossier(get(ctx, tx, &c.Suggested, `SELECT status FROM suggestions WHERE proposal = ? AND edition = ? ORDER BY version DESC LIMIT 1`,
				int64(c.Proposal), c.Edition.String())); err != nil {
				return err
			}
			task := dossiers.OutcomeTask(org, dossiers.Suggestion{Proposal: c.Proposal, Edition: c.Edition})
			if _, err := execute(ctx, tx, `UPDATE tasks SET done_by = ?, done_at = ? WHERE organisation = ? AND kind = ? AND subject = ? AND done_at = ''`,
				c.By, instant(c.At), org, string(task.Kind), task.Subject); err != nil {
				return err
			}
		}
		if err := c.Validate(words); err != nil {
			return err
		}
		c.Number, err = addConfirmation(ctx, tx, c)
		return err
	})
	return c, err
}

// confirmationBody is what of a confirmation is only shown.
type confirmationBody struct {
	Changes []dossiers.Judged `json:"changes,omitempty"`
	Reason  law.Words         `json:"reason,omitempty"`
	Sources []dossiers.Source `json:"sources,omitempty"`
	Places  []dossiers.Place  `json:"places,omitempty"`
}

func addConfirmation(ctx context.Context, tx *sqlx.Tx, c dossiers.Confirmation) (number int, err error) {
	body, err := json.Marshal(confirmationBody{c.Changes, c.Reason, c.Sources, c.Places})
	if err != nil {
		return 0, err
	}
	edition := ""
	if c.Edition != (law.EditionKey{}) {
		edition = c.Edition.String()
	}
	if err := get(ctx, tx, &number, `SELECT coalesce(max(number), 0) + 1 FROM confirmations WHERE proposal = ?`, int64(c.Proposal)); err != nil {
		return 0, err
	}
	_, err = execute(ctx, tx, `INSERT INTO confirmations (proposal, number, status, suggested, edition, on_day, by_whom, at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		int64(c.Proposal), number, string(c.Status), string(c.Suggested), edition, string(c.Day), c.By, instant(c.At), string(body))
	return number, err
}

// Records lists the proposals of an organisation's dossier with all that was found
// and decided about each.
func (s *Store) Records(ctx context.Context, org string, dossier dossiers.DossierID) (_ []dossiers.Record, err error) {
	defer wrap(&err, "outcomes of dossier %d", dossier)
	return recordsWhere(ctx, s.read, `p.organisation = ? AND p.dossier = ?`, org, int64(dossier))
}

// PublicRecords is Records for strangers.
func (s *Store) PublicRecords(ctx context.Context, dossier dossiers.DossierID) (_ []dossiers.Record, err error) {
	defer wrap(&err, "outcomes of dossier %d", dossier)
	return recordsWhere(ctx, s.read, `p.dossier = ?`+publicly, int64(dossier))
}

// PublishedRecords lists those of every organisation whose proposals have a
// published version: what new editions are compared with.
func (s *Store) PublishedRecords(ctx context.Context) (_ []dossiers.Record, err error) {
	defer wrap(&err, "published proposals")
	return recordsWhere(ctx, s.read, `p.base <> ''`+publicly)
}

// Record is a proposal of an organisation with what became of it;
// dossiers.ErrNotFound.
func (s *Store) Record(ctx context.Context, org string, id dossiers.ProposalID) (_ dossiers.Record, err error) {
	defer wrap(&err, "outcome of proposal %d", id)
	all, err := recordsWhere(ctx, s.read, `p.organisation = ? AND p.id = ?`, org, int64(id))
	return firstOf(all, err, dossiers.ErrNotFound)
}

// PublicRecord is Record for strangers.
func (s *Store) PublicRecord(ctx context.Context, id dossiers.ProposalID) (_ dossiers.Record, err error) {
	defer wrap(&err, "outcome of proposal %d", id)
	all, err := recordsWhere(ctx, s.read, `p.id = ?`+publicly, int64(id))
	return firstOf(all, err, dossiers.ErrNotFound)
}

func recordsWhere(ctx context.Context, q querier, where string, args ...any) ([]dossiers.Record, error) {
	proposals, err := proposalsWhere(ctx, q, where, args...)
	if err != nil || len(proposals) == 0 {
		return nil, err
	}
	out := make([]dossiers.Record, len(proposals))
	at := map[int64]*dossiers.Record{}
	for i, p := range proposals {
		out[i].Proposal = p
		at[int64(p.ID)] = &out[i]
	}
	if err := addSuggestions(ctx, q, at, where, args); err != nil {
		return nil, err
	}
	return out, addConfirmations(ctx, q, at, where, args)
}

// addSuggestions puts into records what was found of their published versions.
func addSuggestions(ctx context.Context, q querier, at map[int64]*dossiers.Record, where string, args []any) error {
	var rows []struct {
		Proposal int64   `db:"proposal"`
		Version  int     `db:"version"`
		Edition  string  `db:"edition"`
		At       instant `db:"at"`
		Verdict  packed  `db:"verdict"`
	}
	if err := list(ctx, q, &rows, `
		SELECT g.proposal, g.version, g.edition, g.at, g.verdict FROM suggestions g JOIN proposals p ON p.id = g.proposal
		WHERE `+where+` ORDER BY g.proposal, g.at, g.edition`, args...); err != nil {
		return err
	}
	for _, row := range rows {
		r := at[row.Proposal]
		if r == nil || row.Version != r.Published {
			continue
		}
		s := dossiers.Suggestion{Proposal: r.ID, Version: row.Version, At: row.At.time()}
		var err error
		if s.Edition, err = law.ParseEditionKey(row.Edition); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if err := fromJSON(string(row.Verdict), &s.Verdict); err != nil {
			return err
		}
		r.Suggestions = append(r.Suggestions, s)
	}
	return nil
}

// addConfirmations puts into records what people decided.
func addConfirmations(ctx context.Context, q querier, at map[int64]*dossiers.Record, where string, args []any) error {
	var rows []struct {
		Proposal  int64   `db:"proposal"`
		Number    int     `db:"number"`
		Status    string  `db:"status"`
		Suggested string  `db:"suggested"`
		Edition   string  `db:"edition"`
		Day       string  `db:"on_day"`
		By        string  `db:"by_whom"`
		At        instant `db:"at"`
		Body      string  `db:"body"`
	}
	if err := list(ctx, q, &rows, `
		SELECT c.proposal, c.number, c.status, c.suggested, c.edition, c.on_day, c.by_whom, c.at, c.body
		FROM confirmations c JOIN proposals p ON p.id = c.proposal WHERE `+where+` ORDER BY c.proposal, c.number`, args...); err != nil {
		return err
	}
	for _, row := range rows {
		r := at[row.Proposal]
		if r == nil {
			continue // one that came meanwhile
		}
		var body confirmationBody
		if err := fromJSON(row.Body, &body); err != nil {
			return err
		}
		c := dossiers.Confirmation{Proposal: r.ID, Number: row.Number, Status: dossiers.Status(row.Status), Suggested: dossiers.Status(row.Suggested),
			Changes: body.Changes, Reason: body.Reason, Sources: body.Sources, Places: body.Places, Day: law.Date(row.Day), By: row.By, At: row.At.time()}
		if row.Edition != "" {
			var err error
			if c.Edition, err = law.ParseEditionKey(row.Edition); err != nil {
				return fmt.Errorf("%w: %w", ErrDamaged, err)
			}
		}
		r.Confirmations = append(r.Confirmations, c)
	}
	return nil
}
