package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
)

type dossierRow struct {
	ID      int64  `db:"id"`
	Org     string `db:"organisation"`
	Slug    string `db:"slug"`
	Public  int    `db:"public"`
	History int    `db:"history"`
	About   string `db:"about"`
}

func dossiersWhere(ctx context.Context, q querier, where string, args ...any) ([]dossiers.Dossier, error) {
	var rows []dossierRow
	if err := list(ctx, q, &rows, `SELECT id, organisation, slug, public, history, about FROM dossiers WHERE `+where, args...); err != nil {
		return nil, err
	}
	out := make([]dossiers.Dossier, len(rows))
	for i, r := range rows {
		out[i] = dossiers.Dossier{ID: dossiers.DossierID(r.ID), Org: r.Org, Slug: r.Slug, Public: r.Public == 1, History: r.History == 1}
		if err := fromJSON(r.About, &out[i].About); err != nil {
			return nil, fmt.Errorf("dossier %d: %w", r.ID, err)
		}
	}
	return out, nil
}

func dossierWhere(ctx context.Context, q querier, where string, args ...any) (dossiers.Dossier, error) {
	all, err := dossiersWhere(ctx, q, where, args...)
	return firstOf(all, err, dossiers.ErrNotFound)
}

// AddDossier stores a new dossier of d.Org and returns its id. Errors:
// dossiers.ErrSlugTaken.
func (s *Store) AddDossier(ctx context.Context, d dossiers.Dossier, e accounts.Entry) (id dossiers.DossierID, err error) {
	defer wrap(&err, "adding dossier %s", d.Slug)
	if err := d.Validate(); err != nil {
		return 0, err
	}
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		if id, err = addDossier(ctx, tx, d); err != nil {
			return err
		}
		e.To = fmt.Sprintf("dossier %d", id)
		return s.audit(ctx, tx, accounts.OrganisationID(d.Org), e)
	})
	return id, err
}

func addDossier(ctx context.Context, tx *sqlx.Tx, d dossiers.Dossier) (id dossiers.DossierID, err error) {
	about, err := json.Marshal(d.About)
	if err != nil {
		return 0, err
	}
	if err := get(ctx, tx, &id, `SELECT coalesce(max(id), 0) + 1 FROM dossiers`); err != nil {
		return 0, err
	}
	return id, changedOne(dossiers.ErrSlugTaken)(execute(ctx, tx, `
		INSERT INTO dossiers (id, organisation, slug, public, history, about) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (slug) DO NOTHING`,
		int64(id), d.Org, d.Slug, bit(d.Public), bit(d.History), string(about)))
}

// SaveDossier stores what a dossier says of itself, its address, and whether it is
// public, in the place of what it was. Errors: dossiers.ErrNotFound,
// dossiers.ErrSlugTaken, dossiers.ErrMoved where it is something else by now.
func (s *Store) SaveDossier(ctx context.Context, was, d dossiers.Dossier, e accounts.Entry) (err error) {
	defer wrap(&err, "storing dossier %d", d.ID)
	if err := d.Validate(); err != nil {
		return err
	}
	about, err := json.Marshal(d.About)
	if err != nil {
		return err
	}
	return s.inDossier(ctx, d.Org, d.ID, e, "", func(tx *sqlx.Tx) error {
		now, err := dossierWhere(ctx, tx, `id = ?`, int64(d.ID))
		if err != nil {
			return err
		}
		if err := unmoved(now, was); err != nil {
			return err
		}
		var other int
		if err := get(ctx, tx, &other, `SELECT count(*) FROM dossiers WHERE slug = ? AND id <> ?`, d.Slug, int64(d.ID)); err != nil {
			return err
		}
		if other > 0 {
			return dossiers.ErrSlugTaken
		}
		_, err = execute(ctx, tx, `UPDATE dossiers SET slug = ?, public = ?, history = ?, about = ? WHERE id = ?`,
			d.Slug, bit(d.Public), bit(d.History), string(about), int64(d.ID))
		return err
	})
}

// Dossier is one of an organisation; dossiers.ErrNotFound, also for that of
// another.
func (s *Store) Dossier(ctx context.Context, org string, id dossiers.DossierID) (_ dossiers.Dossier, err error) {
	defer wrap(&err, "dossier %d", id)
	if id < 1 || id > math.MaxInt32 { // what the column holds
		return dossiers.Dossier{}, dossiers.ErrNotFound
	}
	return dossierWhere(ctx, s.read, `id = ? AND organisation = ?`, int64(id), org)
}

// Dossiers lists those of an organisation, the newest first.
func (s *Store) Dossiers(ctx context.Context, org string) (_ []dossiers.Dossier, err error) {
	defer wrap(&err, "dossiers of %s", org)
	return dossiersWhere(ctx, s.read, `organisation = ? ORDER BY id DESC`, org)
}

// AllDossiers lists those of every organisation, public or not: what follows when a
// text is stored concerns them all.
func (s *Store) AllDossiers(ctx context.Context) (_ []dossiers.Dossier, err error) {
	defer wrap(&err, "all dossiers")
	return dossiersWhere(ctx, s.read, `1 = 1 ORDER BY organisation, id`)
}

// PublicDossier is the public one with this address; dossiers.ErrNotFound.
func (s *Store) PublicDossier(ctx context.Context, slug string) (_ dossiers.Dossier, err error) {
	defer wrap(&err, "dossier %q", slug)
	if !storable(slug) {
		return dossiers.Dossier{}, dossiers.ErrNotFound
	}
	return dossierWhere(ctx, s.read, `public = 1 AND slug = ?`, slug)
}

// PublicDossiers lists the public ones of all organisations, the newest first.
func (s *Store) PublicDossiers(ctx context.Context) (_ []dossiers.Dossier, err error) {
	defer wrap(&err, "public dossiers")
	return dossiersWhere(ctx, s.read, `public = 1 ORDER BY id DESC`)
}

// inDossier changes something of an organisation's dossier, alone, and writes e
// about what into its log. dossiers.ErrNotFound where it is not its.
func (s *Store) inDossier(ctx context.Context, org string, id dossiers.DossierID, e accounts.Entry, what string, f func(*sqlx.Tx) error) error {
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := changedOne(dossiers.ErrNotFound)(execute(ctx, tx, `UPDATE dossiers SET public = public WHERE id = ? AND organisation = ?`, int64(id), org)); err != nil {
			return err
		}
		if err := f(tx); err != nil {
			return err
		}
		e.To = fmt.Sprintf("dossier %d%s", id, what)
		return s.audit(ctx, tx, accounts.OrganisationID(org), e)
	})
}

// partRow is a row of a table of a dossier's parts.
type partRow struct {
	Number int    `db:"number"`
	Body   string `db:"body"`
}

// SaveStage stores a stage of a dossier in the place of what it was and returns
// its number: a new one where stage.Number is 0. Errors: dossiers.ErrNotFound,
// dossiers.ErrMoved where it is something else by now.
func (s *Store) SaveStage(ctx context.Context, org string, dossier dossiers.DossierID, was, stage dossiers.Stage, e accounts.Entry) (number int, err error) {
	defer wrap(&err, "a stage of dossier %d", dossier)
	if err := stage.Validate(); err != nil {
		return 0, err
	}
	err = s.inDossier(ctx, org, dossier, e, ", stages", func(tx *sqlx.Tx) error {
		number, err = savePart(ctx, tx, partOf{`dossier_stages`, dossier, stage.Number}, was, stage)
		return err
	})
	return number, err
}

// partOf is the place of a numbered part of a dossier; number 0 is that of a new
// one.
type partOf struct {
	table   string
	dossier dossiers.DossierID
	number  int
}

// savePart stores a part of a dossier in the place of what it was.
func savePart[T any](ctx context.Context, tx *sqlx.Tx, of partOf, was, part T) (int, error) {
	body, err := json.Marshal(part)
	if err != nil {
		return 0, err
	}
	if of.number == 0 {
		if err := get(ctx, tx, &of.number, `SELECT coalesce(max(number), 0) + 1 FROM `+of.table+` WHERE dossier = ?`, int64(of.dossier)); err != nil {
			return 0, err
		}
		_, err = execute(ctx, tx, `INSERT INTO `+of.table+` (dossier, number, body) VALUES (?, ?, ?)`, int64(of.dossier), of.number, string(body))
		return of.number, err
	}
	var stored string
	if err := get(ctx, tx, &stored, `SELECT body FROM `+of.table+` WHERE dossier = ? AND number = ?`, int64(of.dossier), of.number); errors.Is(err, sql.ErrNoRows) {
		return 0, dossiers.ErrNotFound
	} else if err != nil {
		return 0, err
	}
	var now T
	if err := fromJSON(stored, &now); err != nil {
		return 0, err
	}
	if err := unmoved(now, was); err != nil {
		return 0, err
	}
	_, err = execute(ctx, tx, `UPDATE `+of.table+` SET body = ? WHERE dossier = ? AND number = ?`, string(body), int64(of.dossier), of.number)
	return of.number, err
}

// unmoved is dossiers.ErrMoved where something is not what it was when a person
// began to change it.
func unmoved(now, was any) error {
	a, err := json.Marshal(now)
	if err != nil {
		return err
	}
	b, err := json.Marshal(was)
	if err == nil && !bytes.Equal(a, b) {
		err = dossiers.ErrMoved
	}
	return err
}

// RemoveStage takes a stage out. Errors: dossiers.ErrNotFound, dossiers.ErrState
// while a document or a deadline belongs to it.
func (s *Store) RemoveStage(ctx context.Context, org string, dossier dossiers.DossierID, number int, e accounts.Entry) (err error) {
	defer wrap(&err, "stage %d of dossier %d", number, dossier)
	return s.inDossier(ctx, org, dossier, e, fmt.Sprintf(", stage %d", number), func(tx *sqlx.Tx) error {
		documents, err := documentsOf(ctx, tx, dossier)
		if err != nil {
			return err
		}
		deadlines, err := deadlinesWhere(ctx, tx, `d.id = ?`, int64(dossier))
		if err != nil {
			return err
		}
		if slices.ContainsFunc(documents, func(d dossiers.Document) bool { return d.Stage == number }) ||
			slices.ContainsFunc(deadlines, func(d dossiers.Deadline) bool { return d.Stage == number }) {
			return dossiers.ErrState
		}
		return changedOne(dossiers.ErrNotFound)(execute(ctx, tx, `DELETE FROM dossier_stages WHERE dossier = ? AND number = ?`, int64(dossier), number))
	})
}

// Stages lists those of a dossier by the day they began, those without one last.
// Whether the caller may see the dossier is the caller's to know.
func (s *Store) Stages(ctx context.Context, dossier dossiers.DossierID) (out []dossiers.Stage, err error) {
	defer wrap(&err, "stages of dossier %d", dossier)
	var rows []partRow
	if err := list(ctx, s.read, &rows, `SELECT number, body FROM dossier_stages WHERE dossier = ? ORDER BY number`, int64(dossier)); err != nil {
		return nil, err
	}
	out = make([]dossiers.Stage, len(rows))
	for i, r := range rows {
		if err := fromJSON(r.Body, &out[i]); err != nil {
			return nil, err
		}
		out[i].Number = r.Number
	}
	slices.SortStableFunc(out, func(a, b dossiers.Stage) int {
		return cmp.Or(-cmp.Compare(bit(a.From != ""), bit(b.From != "")), cmp.Compare(a.From, b.From))
	})
	return out, nil
}

// LoadHistory stores a dossier with all its stages, proposals and outcomes as one
// of an organisation. Where the organisation has a dossier of that address
// already, nothing is stored and added is false. Errors: dossiers.ErrSlugTaken by
// another organisation.
func (s *Store) LoadHistory(ctx context.Context, org string, h dossiers.History, e accounts.Entry) (id dossiers.DossierID, added bool, err error) {
	defer wrap(&err, "loading dossier %s", h.Dossier.Slug)
	h.Dossier.Org = org
	if err := h.Dossier.Validate(); err != nil {
		return 0, false, err
	}
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		there, err := dossierWhere(ctx, tx, `slug = ? AND organisation = ?`, h.Dossier.Slug, org)
		if !errors.Is(err, dossiers.ErrNotFound) {
			id = there.ID
			return err
		}
		if id, err = addDossier(ctx, tx, h.Dossier); err != nil {
			return err
		}
		for _, stage := range h.Stages {
			if _, err := savePart(ctx, tx, partOf{`dossier_stages`, id, 0}, dossiers.Stage{}, stage); err != nil {
				return err
			}
		}
		for _, past := range h.Proposals {
			p := past.Proposal
			p.Dossier, p.Org, p.At = id, org, e.At
			if p.ID, err = addProposal(ctx, tx, p); err != nil {
				return err
			}
			c := past.Confirmation
			c.Proposal, c.At = p.ID, e.At
			if _, err := addConfirmation(ctx, tx, c); err != nil {
				return err
			}
		}
		added = true
		e.To = fmt.Sprintf("dossier %d", id)
		return s.audit(ctx, tx, accounts.OrganisationID(org), e)
	})
	return id, added, err
}

// fromJSON reads what was stored; ErrDamaged.
func fromJSON(stored string, to any) error {
	if err := json.Unmarshal([]byte(stored), to); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

// bit is a truth as both databases store it.
func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// noDossier says in the words of dossiers that there is no such row.
func noDossier(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return dossiers.ErrNotFound
	}
	return err
}
