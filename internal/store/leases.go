package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/tuzetu/tuzetu/scraper"
)

// Lease gives the lease of that name to holder until now + ttl, if nobody has
// it at now; else scraper.ErrHeld. The holder does not matter: who has it
// already and asks again is told the same.
func (s *Store) Lease(ctx context.Context, name, holder string, now time.Time, ttl time.Duration) (_ scraper.Lease, err error) {
	defer wrap(&err, "lease %q", name)
	if err := mustStore("its name", name, "its holder", holder); err != nil {
		return scraper.Lease{}, err
	}
	if s.write == nil {
		return scraper.Lease{}, ErrReadOnly
	}
	l := scraper.Lease{Name: name, Holder: holder, Until: now.Add(ttl).UTC().Truncate(time.Microsecond)}
	// One statement: of two processes one finds the row changed.
	err = get(ctx, s.write, &l.Fence, `
		INSERT INTO leases (name, holder, fence, until_at) VALUES (?, ?, 1, ?)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = leases.fence + 1, until_at = excluded.until_at
		WHERE leases.until_at <= ?
		RETURNING fence`, name, holder, instant(l.Until), instant(now))
	if errors.Is(err, sql.ErrNoRows) {
		return scraper.Lease{}, scraper.ErrHeld
	}
	if err != nil {
		return scraper.Lease{}, err
	}
	return l, nil
}

// Renew prolongs a lease until now + ttl; scraper.ErrLeaseLost if another has
// it or had it since. One that ran out and that nobody took is prolonged.
func (s *Store) Renew(ctx context.Context, l scraper.Lease, now time.Time, ttl time.Duration) (_ scraper.Lease, err error) {
	defer wrap(&err, "lease %q", l.Name)
	if s.write == nil {
		return scraper.Lease{}, ErrReadOnly
	}
	l.Until = now.Add(ttl).UTC().Truncate(time.Microsecond)
	return l, holding(ctx, s.write, l, `until_at = ?`, instant(l.Until))
}

// Release lets the next one have the lease. One that is lost is left alone.
func (s *Store) Release(ctx context.Context, l scraper.Lease) (err error) {
	defer wrap(&err, "lease %q", l.Name)
	if s.write == nil {
		return ErrReadOnly
	}
	err = holding(ctx, s.write, l, `until_at = ?`, instant(time.Unix(0, 0)))
	if errors.Is(err, scraper.ErrLeaseLost) {
		return nil
	}
	return err
}

// holding changes the row of a lease that is still l; else it is
// scraper.ErrLeaseLost. In a transaction nobody can take it until that ends.
func holding(ctx context.Context, q querier, l scraper.Lease, set string, args ...any) error {
	res, err := execute(ctx, q, `UPDATE leases SET `+set+` WHERE name = ? AND fence = ?`, append(args, l.Name, l.Fence)...)
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("%s: %w", l.Holder, scraper.ErrLeaseLost)
	}
	return nil
}
