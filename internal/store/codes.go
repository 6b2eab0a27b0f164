package store

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
)

// What a million rows hold is stored as small numbers. A number that was given
// out is never given to something else; 0 is none.

// levels and standings are in the order of their codes, from 1.
func levels() []campaigns.Level { return []campaigns.Level{campaigns.ByEmail, campaigns.OnPaper} }
func standings() []campaigns.Standing {
	return []campaigns.Standing{campaigns.Stands, campaigns.Bounced, campaigns.Invalid}
}

// itStands is standingCode(campaigns.Stands) in SQL.
const itStands = `standing = 1`

type levelCode campaigns.Level

func (l levelCode) Value() (driver.Value, error) { return codeOf(levels(), campaigns.Level(l)) }
func (l *levelCode) Scan(v any) error            { return fromCode(levels(), v, (*campaigns.Level)(l)) }

type standingCode campaigns.Standing

func (s standingCode) Value() (driver.Value, error) {
	return codeOf(standings(), campaigns.Standing(s))
}
func (s *standingCode) Scan(v any) error {
	return fromCode(standings(), v, (*campaigns.Standing)(s))
}

func codeOf[T ~string](known []T, v T) (driver.Value, error) {
	if i := slices.Index(known, v); i >= 0 {
		return int64(i + 1), nil
	}
	return nil, fmt.Errorf("%q has no code", v)
}

func fromCode[T ~string](known []T, v any, to *T) error {
	n, ok := v.(int64)
	if !ok || n < 1 || n > int64(len(known)) {
		return fmt.Errorf("%w: %v is no code of %v", ErrDamaged, v, known)
	}
	*to = known[n-1]
	return nil
}

// dayNumber is a day as the days since 2026 began; NULL is none.
type dayNumber law.Date

func firstDay() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

func (d dayNumber) Value() (driver.Value, error) {
	t, ok := law.Date(d).Time()
	if !ok {
		return nil, fmt.Errorf("%q is no day", d)
	}
	return int64(t.Sub(firstDay()) / (24 * time.Hour)), nil
}

func (d *dayNumber) Scan(v any) error {
	switch n := v.(type) {
	case nil:
		*d = ""
	case int64:
		*d = dayNumber(law.DateOf(firstDay().AddDate(0, 0, int(n))))
	default:
		return fmt.Errorf("%w: %v is no day", ErrDamaged, v)
	}
	return nil
}
