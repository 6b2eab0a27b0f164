package store

import (
	"context"
	"database/sql/driver"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

var _ scraper.FollowStore = (*Store)(nil)

// ActsFrom lists, by their ids, the acts with an enacted edition or a witness
// whose address begins with prefix ("https://adilet.zan.kz/").
func (s *Store) ActsFrom(ctx context.Context, prefix string) (ids []law.ActID, err error) {
	defer wrap(&err, "listing the acts from %s", prefix)
	err = list(ctx, s.read, &ids, `
		SELECT act_id FROM editions WHERE status = 'enacted' AND substr(source_url, 1, length(?)) = ?
		UNION SELECT act_id FROM witnesses WHERE substr(source_url, 1, length(?)) = ?
		ORDER BY act_id`, prefix, prefix, prefix, prefix)
	return ids, err
}

// SourceHealth returns how a source is read; ok is false before the first look.
func (s *Store) SourceHealth(ctx context.Context, source string) (h scraper.Health, ok bool, err error) {
	defer wrap(&err, "the health of %s", source)
	all, err := s.health(ctx, `source = ?`, source)
	if err != nil || len(all) == 0 {
		return scraper.Health{}, false, err
	}
	return all[0], true, nil
}

// SaveHealth stores how a source is read, for the holder of the lease; for one
// who has lost it nothing is stored: scraper.ErrLeaseLost.
func (s *Store) SaveHealth(ctx context.Context, l scraper.Lease, h scraper.Health) (err error) {
	defer wrap(&err, "storing the health of %s", h.Source)
	edition := ""
	if h.Edition != (law.EditionKey{}) {
		edition = h.Edition.String()
	}
	// Both may quote what came from the site.
	for _, quoting := range []*string{&h.RefusedReason, &h.Outage} {
		*quoting = strings.ReplaceAll(strings.ToValidUTF8(*quoting, "\uFFFD"), "\x00", "\uFFFD")
	}
	return s.change(ctx, func(tx *sqlx.Tx) error {
		if err := holding(ctx, tx, l, `fence = fence`); err != nil {
			return err
		}
		_, err := execute(ctx, tx, `
			INSERT INTO source_health (source, looked_at, answered_at, changed_at, edition,
				refused_at, refused_url, refused_reason, failures, outage, next_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (source) DO UPDATE SET looked_at = excluded.looked_at, answered_at = excluded.answered_at,
				changed_at = excluded.changed_at, edition = excluded.edition, refused_at = excluded.refused_at,
				refused_url = excluded.refused_url, refused_reason = excluded.refused_reason,
				failures = excluded.failures, outage = excluded.outage, next_at = excluded.next_at`,
			h.Source, everOrNever(h.Looked), everOrNever(h.Answered), everOrNever(h.Changed), edition,
			everOrNever(h.Refused), h.RefusedURL, h.RefusedReason, h.Failures, h.Outage, everOrNever(h.Next))
		return err
	})
}

func (s *Store) health(ctx context.Context, where string, args ...any) ([]scraper.Health, error) {
	var rows []struct {
		Source        string      `db:"source"`
		Looked        everOrNever `db:"looked_at"`
		Answered      everOrNever `db:"answered_at"`
		Changed       everOrNever `db:"changed_at"`
		Edition       string      `db:"edition"`
		Refused       everOrNever `db:"refused_at"`
		RefusedURL    string      `db:"refused_url"`
		RefusedReason string      `db:"refused_reason"`
		Failures      int         `db:"failures"`
		Outage        string      `db:"outage"`
		Next          everOrNever `db:"next_at"`
	}
	if err := list(ctx, s.read, &rows, `SELECT * FROM source_health WHERE `+where+` ORDER BY source`, args...); err != nil {
		return nil, err
	}
	all := make([]scraper.Health, len(rows))
	for i, r := range rows {
		all[i] = scraper.Health{
			Source: r.Source, Looked: time.Time(r.Looked), Answered: time.Time(r.Answered), Changed: time.Time(r.Changed),
			Refused: time.Time(r.Refused), RefusedURL: r.RefusedURL, RefusedReason: r.RefusedReason,
			Failures: r.Failures, Outage: r.Outage, Next: time.Time(r.Next),
		}
		if r.Edition != "" {
			key, err := law.ParseEditionKey(r.Edition)
			if err != nil {
				return nil, err
			}
			all[i].Edition = key
		}
	}
	return all, nil
}

// everOrNever is an instant, or empty text for the zero time.
type everOrNever time.Time

func (e everOrNever) Value() (driver.Value, error) {
	if time.Time(e).IsZero() {
		return "", nil
	}
	return instant(e).Value()
}

func (e *everOrNever) Scan(v any) error {
	if v == "" {
		*e = everOrNever{}
		return nil
	}
	return (*instant)(e).Scan(v)
}
