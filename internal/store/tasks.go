package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
)

// AddTask writes a task down for the team of t.Org. Those that follow from a new
// edition come with AddOutcomes.
func (s *Store) AddTask(ctx context.Context, t dossiers.Task, e accounts.Entry) (err error) {
	defer wrap(&err, "a task of %s", t.Org)
	if strings.TrimSpace(t.Text) == "" {
		return errors.New("what is to be done is missing")
	}
	if err := mustStore("the task", t.Text, "its subject", t.Subject); err != nil {
		return err
	}
	t.Kind, t.At = dossiers.ByHand, e.At
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if _, err := addTask(ctx, tx, t); err != nil {
			return err
		}
		return s.audit(ctx, tx, accounts.OrganisationID(t.Org), e)
	})
}

// addTask stores a task; one of its kind about the same subject stays as it is, then
// added is 0.
func addTask(ctx context.Context, tx *sqlx.Tx, t dossiers.Task) (added int, err error) {
	done, err := execute(ctx, tx, `
		INSERT INTO tasks (id, organisation, kind, subject, body, due, at, done_by, done_at)
		SELECT coalesce(max(id), 0) + 1, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), '', '' FROM tasks WHERE true
		ON CONFLICT (organisation, kind, subject) WHERE subject <> '' DO NOTHING`,
		t.Org, string(t.Kind), t.Subject, t.Text, string(t.Due), instant(t.At))
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// AskedAbout tells which tasks about texts an organisation had, done ones too, by
// their subjects.
func (s *Store) AskedAbout(ctx context.Context, org string) (_ map[string]bool, err error) {
	defer wrap(&err, "tasks of %s", org)
	all, err := tasksWhere(ctx, s.read, `organisation = ? AND kind = ?`, org, string(dossiers.NewText))
	out := map[string]bool{}
	for _, t := range all {
		out[t.Subject] = true
	}
	return out, err
}

// FinishTask marks a task as done, or as open again. dossiers.ErrNotFound.
func (s *Store) FinishTask(ctx context.Context, org string, id int64, done bool, e accounts.Entry) (err error) {
	defer wrap(&err, "task %d", id)
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		by, at := "", everOrNever{}
		if done {
			by, at = string(e.Person), everOrNever(e.At)
		}
		if err := changedOne(dossiers.ErrNotFound)(execute(ctx, tx, `UPDATE tasks SET done_by = ?, done_at = ? WHERE organisation = ? AND id = ?`, by, at, org, id)); err != nil {
			return err
		}
		e.To = fmt.Sprintf("task %d", id)
		return s.audit(ctx, tx, accounts.OrganisationID(org), e)
	})
}

// OpenTasks lists what an organisation's team has to do, the first due first,
// those without a day last.
func (s *Store) OpenTasks(ctx context.Context, org string) (_ []dossiers.Task, err error) {
	defer wrap(&err, "tasks of %s", org)
	return tasksWhere(ctx, s.read, `organisation = ? AND done_at = '' ORDER BY CASE due WHEN '' THEN 1 ELSE 0 END, due, id`, org)
}

// DoneTasks lists the last ones that were done, the latest first.
func (s *Store) DoneTasks(ctx context.Context, org string, limit int) (_ []dossiers.Task, err error) {
	defer wrap(&err, "tasks of %s", org)
	return tasksWhere(ctx, s.read, `organisation = ? AND done_at <> '' ORDER BY done_at DESC, id DESC LIMIT ?`, org, limit)
}

func tasksWhere(ctx context.Context, q querier, where string, args ...any) (out []dossiers.Task, err error) {
	var rows []struct {
		ID      int64       `db:"id"`
		Org     string      `db:"organisation"`
		Kind    string      `db:"kind"`
		Subject string      `db:"subject"`
		Text    string      `db:"body"`
		Due     string      `db:"due"`
		At      instant     `db:"at"`
		DoneBy  string      `db:"done_by"`
		DoneAt  everOrNever `db:"done_at"`
	}
	if err := list(ctx, q, &rows, `SELECT id, organisation, kind, subject, body, due, at, done_by, done_at FROM tasks WHERE `+where, args...); err != nil {
		return nil, err
	}
	for _, r := range rows {
		out = append(out, dossiers.Task{ID: r.ID, Org: r.Org, Kind: dossiers.TaskKind(r.Kind), Subject: r.Subject, Text: r.Text, Due: law.Date(r.Due),
			At: r.At.time(), DoneBy: r.DoneBy, DoneAt: time.Time(r.DoneAt)})
	}
	return out, nil
}
