package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/law"
)

// Alias returns how a source calls an act: the code the reference bank has for
// it; law.ErrNotFound if that is not known.
func (s *Store) Alias(ctx context.Context, source string, act law.ActID) (code string, err error) {
	defer wrap(&err, "how %s calls %s", source, act)
	err = get(ctx, s.read, &code, `SELECT code FROM act_aliases WHERE source = ? AND act_id = ?`, source, act)
	if errors.Is(err, sql.ErrNoRows) {
		err = law.ErrNotFound
	}
	return code, err
}

// SaveAlias remembers it. An act has one code at a source: the last. An act that
// was not known becomes known by its id.
func (s *Store) SaveAlias(ctx context.Context, source string, act law.ActID, code string) (err error) {
	defer wrap(&err, "storing how %s calls %s", source, act)
	if err := mustStore("the source", source, "the code", code); err != nil {
		return err
	}
	return s.change(ctx, func(tx *sqlx.Tx) error {
		if _, err := execute(ctx, tx, `INSERT INTO acts (id) VALUES (?) ON CONFLICT (id) DO NOTHING`, act); err != nil {
			return err
		}
		_, err := execute(ctx, tx, `INSERT INTO act_aliases (source, act_id, code) VALUES (?, ?, ?)
			ON CONFLICT (source, act_id) DO UPDATE SET code = excluded.code`, source, act, code)
		return err
	})
}
