package store

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// Block keeps an address, known by its HMAC, from getting letters, or lets it
// have them again.
func (s *Store) Block(ctx context.Context, address []byte, yes bool) (err error) {
	defer wrap(&err, "blocking an address")
	query := `INSERT INTO blocked (address) VALUES (?) ON CONFLICT DO NOTHING`
	if !yes {
		query = `DELETE FROM blocked WHERE address = ?`
	}
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		_, err := execute(ctx, tx, query, address)
		return err
	})
}

// Blocked tells whether an address is to get no letters.
func (s *Store) Blocked(ctx context.Context, address []byte) (_ bool, err error) {
	defer wrap(&err, "whether an address is blocked")
	var there []int
	err = list(ctx, s.read, &there, `SELECT 1 FROM blocked WHERE address = ?`, address)
	return len(there) > 0, err
}
