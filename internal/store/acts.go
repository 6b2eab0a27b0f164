package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/law"
)

// SaveAct adds an act or updates what is known of it. An empty field, a missing
// language and Sample false leave what is stored as it is.
func (s *Store) SaveAct(ctx context.Context, a law.Act) (err error) {
	defer wrap(&err, "storing act %s", a.ID)
	if err := checkAct(a); err != nil {
		return err
	}
	return s.change(ctx, func(tx *sqlx.Tx) error {
		sample := 0
		if a.Sample {
			sample = 1
		}
		_, err := execute(ctx, tx, `
			INSERT INTO acts (id, adopted, published, sample) VALUES (?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET
				adopted   = coalesce(nullif(excluded.adopted, ''), acts.adopted),
				published = coalesce(nullif(excluded.published, ''), acts.published),
				sample    = CASE WHEN excluded.sample = 1 THEN 1 ELSE acts.sample END`,
			a.ID, a.Adopted, a.Published, sample)
		if err != nil {
			return err
		}
		for _, lang := range law.Langs {
			if a.Titles[lang] == "" && a.Requisites[lang] == "" {
				continue
			}
			_, err := execute(ctx, tx, `
				INSERT INTO act_names (act_id, lang, title, requisites) VALUES (?, ?, ?, ?)
				ON CONFLICT (act_id, lang) DO UPDATE SET
					title      = coalesce(nullif(excluded.title, ''), act_names.title),
					requisites = coalesce(nullif(excluded.requisites, ''), act_names.requisites)`,
				a.ID, lang, a.Titles[lang], a.Requisites[lang])
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Acts lists what is known of every act, in the order of their ids.
func (s *Store) Acts(ctx context.Context) (_ []law.Act, err error) {
	defer wrap(&err, "listing acts")
	return s.acts(ctx, `1 = 1`)
}

// Act returns what is known of an act; law.ErrNotFound if nothing is.
func (s *Store) Act(ctx context.Context, id law.ActID) (_ law.Act, err error) {
	defer wrap(&err, "act %s", id)
	acts, err := s.acts(ctx, `a.id = ?`, id)
	if err != nil {
		return law.Act{}, err
	}
	if len(acts) == 0 {
		return law.Act{}, law.ErrNotFound
	}
	return acts[0], nil
}

func (s *Store) acts(ctx context.Context, where string, args ...any) ([]law.Act, error) {
	var rows []struct {
		ID         law.ActID `db:"id"`
		Adopted    law.Date  `db:"adopted"`
		Published  law.Date  `db:"published"`
		Sample     bool      `db:"sample"`
		Lang       law.Lang  `db:"lang"`
		Title      string    `db:"title"`
		Requisites string    `db:"requisites"`
	}
	// A row for each language of an act; one without a language for an act
	// that is known by its id alone.
	err := list(ctx, s.read, &rows, `
		SELECT a.id, a.adopted, a.published, a.sample,
			coalesce(n.lang, '') AS lang, coalesce(n.title, '') AS title, coalesce(n.requisites, '') AS requisites
		FROM acts a LEFT JOIN act_names n ON n.act_id = a.id
		WHERE `+where+` ORDER BY a.id`, args...)
	if err != nil {
		return nil, err
	}
	var acts []law.Act
	for _, r := range rows {
		if len(acts) == 0 || acts[len(acts)-1].ID != r.ID {
			acts = append(acts, law.Act{
				ID: r.ID, Adopted: r.Adopted, Published: r.Published, Sample: r.Sample,
				Titles: map[law.Lang]string{}, Requisites: map[law.Lang]string{},
			})
		}
		a := &acts[len(acts)-1]
		if r.Title != "" {
			a.Titles[r.Lang] = r.Title
		}
		if r.Requisites != "" {
			a.Requisites[r.Lang] = r.Requisites
		}
	}
	return acts, nil
}

func checkAct(a law.Act) error {
	if _, err := law.ParseActID(string(a.ID)); err != nil {
		return err
	}
	for _, d := range []law.Date{a.Adopted, a.Published} {
		if err := checkDate(d); d != "" && err != nil {
			return err
		}
	}
	for _, names := range []map[law.Lang]string{a.Titles, a.Requisites} {
		for _, lang := range slices.Sorted(maps.Keys(names)) {
			if _, err := law.ParseLang(string(lang)); err != nil {
				return err
			}
			if err := mustStore("the title or the requisites in "+string(lang), names[lang]); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkDate is an error unless d is a day of the calendar written YYYY-MM-DD.
func checkDate(d law.Date) error {
	read, err := law.ParseDate(string(d))
	if err == nil && read != d {
		err = fmt.Errorf("no such day: %q (want YYYY-MM-DD)", d)
	}
	return err
}
