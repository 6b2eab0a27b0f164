package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/internal/archive"
)

// ErrNotEmpty: a backup is restored into an empty database only.
var ErrNotEmpty = errors.New("not empty; a backup is restored into a new database")

// keptTable is a table that a backup holds.
type keptTable struct {
	name string
	key  string // the columns that order its rows, alike on both databases
}

// keptTables are all of them, each after those it refers to. Leases are not
// kept: who held one is gone when a backup is restored. Jobs and counts of
// letters are not either: nobody is to get a letter a second time, and the
// addresses in them are not to outlive their term in a backup; nor are mailings,
// see endMailings. Sessions, secrets
// and invitations are not: they end.
func keptTables() []keptTable {
	return []keptTable{
		{"acts", "id"},
		{"act_names", "act_id, lang"},
		{"packs", "sha256"},
		{"editions", "act_id, lang, status, date, revision"},
		{"edition_sources", "act_id, lang, date"},
		{"witnesses", "act_id, lang, date, source, revision"},
		{"act_aliases", "source, act_id"},
		{"visits", "url"},
		{"refusals", "url, sha256"},
		{"source_health", "source"},
		{"campaigns", "id"},
		{"campaign_texts", "campaign, version"},
		{"campaign_recipients", "campaign, public_key"},
		{"campaign_updates", "campaign, at"},
		{"consents", "id"},
		{"batches", "id"},
		{"pending", "id"},
		{"signatures", "id"},
		{"uncounted", "signature, version, delta"},
		{"tallies", cellColumns},
		{"numbers", "campaign, version"},
		{"held_back", "campaign, day"},
		{"comments", "id"},
		{"comment_places", "comment, edition"},
		{"comment_decisions", "id"},
		{"comment_decided", "decision, comment"},
		{"deliveries", "id"},
		{"campaign_answers", "campaign, n"},
		{"paper_sheets", "campaign, number"},
		{"files", "sha256"},
		{"blocked", "address"},
		{"organisations", "id"},
		{"persons", "id"},
		{"passkeys", "id"},
		{"members", "organisation, person"},
		{"organisation_keys", "organisation, public_key"},
		{"audit", "organisation, number"},
		{"dossiers", "id"},
		{"dossier_stages", "dossier, number"},
		{"dossier_files", "sha256"},
		{"dossier_documents", "dossier, number"},
		{"dossier_deadlines", "dossier, number"},
		{"proposals", "id"},
		{"proposal_versions", "proposal, number"},
		{"proposal_drafts", "proposal, person"},
		{"team_comments", "id"},
		{"publications", "proposal, number, lang"},
		{"suggestions", "proposal, version, edition"},
		{"confirmations", "proposal, number"},
		{"indicator_entries", "organisation, number"},
		{"tasks", "id"},
	}
}

// Backup writes everything the database holds as one archive, as it is at one
// moment, whoever writes meanwhile. made is the time of the backup. The same
// content gives the same bytes, from SQLite and from PostgreSQL. rows are how
// many each table had.
func (s *Store) Backup(ctx context.Context, to io.Writer, made time.Time) (rows map[string]int, err error) {
	defer wrap(&err, "database %s: backup", s.at)
	options := &sql.TxOptions{ReadOnly: true}
	if s.at.dialect == onPostgres {
		// SQLite readers see one moment by themselves.
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := s.read.BeginTxx(ctx, options)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() // it only read
	var schema int64
	if err := get(ctx, tx, &schema, `SELECT max(version_id) FROM `+versionTable); err != nil {
		return nil, err
	}
	w, err := archive.NewWriter(to, archive.Head{Schema: schema, Made: made})
	if err != nil {
		return nil, err
	}
	rows = map[string]int{}
	for _, table := range keptTables() {
		if rows[table.name], err = backupTable(ctx, tx, w, table); err != nil {
			return nil, fmt.Errorf("table %s: %w", table.name, err)
		}
	}
	return rows, w.Close()
}

func backupTable(ctx context.Context, tx *sqlx.Tx, w *archive.Writer, table keptTable) (n int, err error) {
	rows, err := tx.QueryxContext(ctx, `SELECT * FROM `+table.name+` ORDER BY `+table.key)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	for ; rows.Next(); n++ {
		values, err := rows.SliceScan()
		if err != nil {
			return n, err
		}
		if err := w.Row(table.name, columns, values); err != nil {
			return n, err
		}
	}
	return n, rows.Err()
}

// Restore fills an empty database, which is made where there is none, from what
// Backup wrote, and brings it up to date. The archive is checked to its last
// byte before the database is touched, and all of it is stored in one
// transaction: killed at any moment, the database is empty or whole. Errors:
// ErrNotEmpty, those of Open and of archive.
func Restore(ctx context.Context, url string, from io.ReadSeeker) (rows map[string]int, err error) {
	head, err := archive.Check(from)
	if err != nil {
		return nil, err
	}
	s, err := Open(ctx, url)
	if err != nil {
		return nil, err
	}
	defer func() {
		wrap(&err, "database %s: restoring", s.at)
		err = errors.Join(err, s.Close())
	}()
	have, want, err := s.Schema(ctx)
	switch {
	case err != nil:
		return nil, err
	case head.Schema > want:
		return nil, fmt.Errorf("%w (schema %d, this program knows %d): use the newer program", archive.ErrNewer, head.Schema, want)
	}
	if err := s.empty(ctx, s.read); err != nil {
		return nil, err
	}
	if have > head.Schema {
		return nil, fmt.Errorf("the backup was made by an older tuzetu (schema %d) than this database (schema %d); restore it into a new one", head.Schema, have)
	}
	// The rows are those of the schema they were taken from.
	if _, err := s.migrateTo(ctx, head.Schema); err != nil {
		return nil, err
	}
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	rows = map[string]int{}
	err = s.change(ctx, func(tx *sqlx.Tx) error {
		if err := s.empty(ctx, tx); err != nil {
			return err
		}
		_, err := archive.Read(from, func(table string, columns []string, values []any) error {
			rows[table]++
			return restoreRow(ctx, tx, table, columns, values)
		})
		if err != nil || head.Schema < mailingSchema {
			return err
		}
		return endMailings(ctx, tx)
	})
	if err != nil {
		return nil, err
	}
	_, err = s.migrateTo(ctx, want)
	return rows, err
}

var columnForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func restoreRow(ctx context.Context, tx *sqlx.Tx, table string, columns []string, values []any) error {
	known := slices.ContainsFunc(keptTables(), func(k keptTable) bool { return k.name == table })
	for _, c := range columns {
		known = known && columnForm.MatchString(c)
	}
	if !known {
		return fmt.Errorf("%w: no table %q with columns %q", archive.ErrDamaged, table, columns)
	}
	_, err := execute(ctx, tx, `INSERT INTO `+table+` (`+strings.Join(columns, ", ")+`)
		VALUES (?`+strings.Repeat(", ?", len(columns)-1)+`)`, values...)
	if err != nil {
		return fmt.Errorf("table %s: %w", table, err)
	}
	return nil
}

// empty is ErrNotEmpty if a kept table has a row.
func (s *Store) empty(ctx context.Context, q querier) error {
	for _, table := range keptTables() {
		there, err := s.hasTable(ctx, q, table.name)
		if err != nil {
			return err
		}
		if !there { // in a schema before it
			continue
		}
		var n int
		if err := get(ctx, q, &n, `SELECT count(*) FROM (SELECT 1 FROM `+table.name+` LIMIT 1) AS first`); err != nil {
			return err
		}
		if n > 0 {
			return ErrNotEmpty
		}
	}
	return nil
}
