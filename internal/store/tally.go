package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
)

// countLease is the name of the lease of whoever counts.
const countLease = "count"

const cellColumns = `campaign, version, level, region, day, lang`

type cellRow struct {
	Campaign int64     `db:"campaign"`
	Version  int       `db:"version"`
	Level    levelCode `db:"level"`
	Region   string    `db:"region"`
	Day      dayNumber `db:"day"`
	Lang     string    `db:"lang"`
	N        int64     `db:"n"`
}

func (r cellRow) cell() campaigns.Cell {
	return campaigns.Cell{Campaign: campaigns.CampaignID(r.Campaign), Version: r.Version, Level: campaigns.Level(r.Level),
		Region: r.Region, Day: law.Date(r.Day), Lang: law.Lang(r.Lang)}
}

// Count counts up to limit signatures that have no count yet and tells how many
// those were. held is true where another holder has the lease: it counts.
//
// What has no count lies in uncounted, and leaves it in the transaction that
// adds it to the tallies: however late its own transaction ended, it is counted
// once. The lease is taken or prolonged in that transaction too, so a holder
// that was asleep while another counted cannot write on.
func (s *Store) Count(ctx context.Context, holder string, now time.Time, ttl time.Duration, limit int) (n int, held bool, err error) {
	defer wrap(&err, "counting")
	var some []int
	if err := list(ctx, s.read, &some, `SELECT 1 FROM uncounted LIMIT 1`); err != nil || len(some) == 0 {
		return 0, false, err // nothing to count: nothing is written
	}
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		if held, err = takenByAnother(ctx, tx, countLease, holder, now, ttl); err != nil || held {
			return err
		}
		var rows []cellRow
		if err := list(ctx, tx, &rows, `
			DELETE FROM uncounted WHERE (signature, version, delta) IN (
				SELECT signature, version, delta FROM uncounted ORDER BY signature, version, delta LIMIT ?)
			RETURNING `+cellColumns+`, delta AS n`, limit); err != nil {
			return err
		}
		n = len(rows)
		sums := map[campaigns.Cell]int64{}
		for _, r := range rows {
			sums[r.cell()] += r.N
		}
		return addTallies(ctx, tx, sums)
	})
	return n, held, err
}

// clocksApart is how far the clocks of two servers may be from each other.
const clocksApart = time.Minute

// takenByAnother takes a lease, or prolongs it for its holder, in a transaction.
// One that ends later than any that is given now is of a clock that was ahead,
// and would rest until then.
func takenByAnother(ctx context.Context, tx *sqlx.Tx, name, holder string, now time.Time, ttl time.Duration) (bool, error) {
	var fence []int64
	err := list(ctx, tx, &fence, `
		INSERT INTO leases (name, holder, fence, until_at) VALUES (?, ?, 1, ?)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at,
			fence = leases.fence + CASE WHEN leases.holder = excluded.holder THEN 0 ELSE 1 END
		WHERE leases.until_at <= ? OR leases.until_at > ? OR leases.holder = excluded.holder
		RETURNING fence`, name, holder, instant(now.Add(ttl)), instant(now), instant(now.Add(ttl+clocksApart)))
	return len(fence) == 0, err
}

// addTallies adds to cells and to the numbers of their texts.
func addTallies(ctx context.Context, tx *sqlx.Tx, sums map[campaigns.Cell]int64) error {
	type text struct {
		campaign campaigns.CampaignID
		version  int
	}
	var rows [][]any
	texts := map[text]int64{}
	for _, c := range slices.SortedFunc(maps.Keys(sums), compareCells) {
		rows = append(rows, []any{int64(c.Campaign), c.Version, levelCode(c.Level), c.Region, dayNumber(c.Day), string(c.Lang), sums[c]})
		texts[text{c.Campaign, c.Version}] += sums[c]
	}
	if err := insert(ctx, tx, `INSERT INTO tallies (`+cellColumns+`, n) VALUES `, rows,
		` ON CONFLICT (`+cellColumns+`) DO UPDATE SET n = tallies.n + excluded.n`); err != nil {
		return err
	}
	rows = nil
	for t, n := range texts {
		rows = append(rows, []any{int64(t.campaign), t.version, n, 0, ""})
	}
	return insert(ctx, tx, `INSERT INTO numbers (campaign, version, exact, shown, shown_at) VALUES `, rows,
		` ON CONFLICT (campaign, version) DO UPDATE SET exact = numbers.exact + excluded.exact`)
}

func compareCells(a, b campaigns.Cell) int {
	return cmp.Or(cmp.Compare(a.Campaign, b.Campaign), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Level, b.Level),
		cmp.Compare(a.Region, b.Region), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Lang, b.Lang))
}

// Numbers returns the numbers of the current texts of all campaigns. What is to
// be shown now and was not yet is stored first, so that every server shows the
// same.
func (s *Store) Numbers(ctx context.Context, now time.Time) (out []campaigns.Number, err error) {
	defer wrap(&err, "the numbers of campaigns")
	var rows []struct {
		Campaign int64       `db:"campaign"`
		Version  int         `db:"version"`
		Exact    int64       `db:"exact"`
		Shown    int64       `db:"shown"`
		At       everOrNever `db:"shown_at"`
	}
	if err := list(ctx, s.read, &rows, `
		SELECT n.campaign, n.version, n.exact, n.shown, n.shown_at FROM numbers n
		JOIN campaigns c ON c.id = n.campaign AND c.version = n.version ORDER BY n.campaign`); err != nil {
		return nil, err
	}
	for _, r := range rows {
		old := campaigns.Number{Campaign: campaigns.CampaignID(r.Campaign), Version: r.Version, Exact: r.Exact, Shown: r.Shown, ShownAt: time.Time(r.At)}
		n := old.Next(now)
		if n != old && s.write != nil {
			// Of two servers the first one decides.
			if err := s.change(ctx, func(tx *sqlx.Tx) error {
				_, err := execute(ctx, tx, `
					UPDATE numbers SET shown = ?, shown_at = ? WHERE campaign = ? AND version = ? AND shown = ? AND shown_at = ?`,
					n.Shown, everOrNever(n.ShownAt), r.Campaign, r.Version, r.Shown, r.At)
				return err
			}); err != nil {
				return nil, err
			}
		}
		out = append(out, n)
	}
	return out, nil
}

// Tallies returns what one text of a campaign was counted to, cell by cell.
func (s *Store) Tallies(ctx context.Context, campaign campaigns.CampaignID, version int) (_ []campaigns.Tally, err error) {
	defer wrap(&err, "the tallies of campaign %d", campaign)
	var rows []cellRow
	if err := list(ctx, s.read, &rows, `
		SELECT `+cellColumns+`, n FROM tallies WHERE campaign = ? AND version = ? AND n <> 0 ORDER BY `+cellColumns,
		int64(campaign), version); err != nil {
		return nil, err
	}
	out := make([]campaigns.Tally, len(rows))
	for i, r := range rows {
		out[i] = campaigns.Tally{Cell: r.cell(), N: r.N}
	}
	return out, nil
}

// driftQuery compares what stands with what was counted and what has no count
// yet. It is one statement, so that it sees one moment on both databases.
const driftQuery = `
	SELECT ` + cellColumns + `, CAST(sum(n) AS BIGINT) AS n FROM (
		SELECT ` + cellColumns + `, count(*) AS n FROM signatures WHERE ` + itStands + ` GROUP BY ` + cellColumns + `
		UNION ALL SELECT ` + cellColumns + `, -n FROM tallies
		UNION ALL SELECT ` + cellColumns + `, -delta FROM uncounted
	) d GROUP BY ` + cellColumns + ` HAVING sum(n) <> 0 ORDER BY ` + cellColumns

// Recount counts all signatures anew and returns where the tallies differ:
// nothing, unless somebody wrote to the database by hand.
func (s *Store) Recount(ctx context.Context) (_ []campaigns.Drift, err error) {
	defer wrap(&err, "recounting")
	var rows []cellRow
	if err := list(ctx, s.read, &rows, driftQuery); err != nil {
		return nil, err
	}
	var out []campaigns.Drift
	for _, r := range rows {
		out = append(out, campaigns.Drift{Cell: r.cell(), By: r.N})
	}
	return out, nil
}

// Compact writes the database anew without the space that is free in it. Nobody
// else can use it meanwhile.
func (s *Store) Compact(ctx context.Context) (err error) {
	defer wrap(&err, "compacting")
	if s.write == nil {
		return ErrReadOnly
	}
	statement := `VACUUM`
	if s.at.dialect == onPostgres {
		statement = `VACUUM FULL` // what the other database calls VACUUM
	}
	_, err = s.write.ExecContext(ctx, statement)
	return err
}

// Size is how many bytes the database takes, indexes and all.
func (s *Store) Size(ctx context.Context) (bytes int64, err error) {
	defer wrap(&err, "the size of the database")
	query := `SELECT pg_database_size(current_database())`
	if s.at.dialect == onSQLite {
		query = `SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()`
	}
	err = get(ctx, s.read, &bytes, query)
	return bytes, err
}

// Waits tells whether a confirmed signature is still to be counted.
func (s *Store) Waits(ctx context.Context, id campaigns.SignatureID) (_ bool, err error) {
	defer wrap(&err, "what is to be counted")
	var some []int
	err = list(ctx, s.read, &some, `SELECT 1 FROM uncounted WHERE signature = ? AND delta = 1 LIMIT 1`, int64(id))
	return len(some) > 0, err
}
