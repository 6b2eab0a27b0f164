package store

import (
	"context"
	"database/sql"

	"github.com/tuzetu/tuzetu/law"
)

// Change is an edition as news.
type Change struct {
	law.EditionHead
	// Previous is the edition before it in its language; the zero key for the
	// first one known. Of a revision it is the revision before.
	Previous law.EditionKey
	// Day is when it became news: the date of the edition, or for a revision
	// under an old date the day (UTC) it was fetched.
	Day law.Date
}

// LatestChanges lists the limit newest enacted editions of all acts, newest
// first. The languages of one edition stand together (kk, ru, en), each a
// Change of its own.
func (s *Store) LatestChanges(ctx context.Context, limit int) (_ []Change, err error) {
	defer wrap(&err, "listing the latest changes")
	var rows []struct {
		headRow
		Day              law.Date       `db:"day"`
		PreviousDate     sql.NullString `db:"previous_date"`
		PreviousRevision sql.NullInt64  `db:"previous_revision"`
	}
	err = list(ctx, s.read, &rows, `
		SELECT `+headColumns+`, day, previous_date, previous_revision FROM (
			SELECT `+headColumns+`,
				CASE WHEN revision = 0 THEN date ELSE substr(fetched_at, 1, 10) END AS day,
				lag(date) OVER earlier AS previous_date,
				lag(revision) OVER earlier AS previous_revision
			FROM editions WHERE status = 'enacted'
			WINDOW earlier AS (PARTITION BY act_id, lang ORDER BY date, revision)
		) AS news
		ORDER BY day DESC, act_id, date DESC, revision DESC, `+langOrder+` LIMIT ?`, limit)
	if err != nil {
		return nil, err
	}
	changes := make([]Change, len(rows))
	for i, r := range rows {
		changes[i] = Change{EditionHead: r.head(), Day: r.Day}
		if r.PreviousDate.Valid {
			previous := r.head().EditionKey
			previous.Date = law.Date(r.PreviousDate.String)
			previous.Revision = int(r.PreviousRevision.Int64)
			changes[i].Previous = previous
		}
	}
	return changes, nil
}
