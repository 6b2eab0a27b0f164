package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
)

// AddDocument stores a document of a dossier and returns it with its number. A
// text names editions that are stored already; with bill it is the next version of
// the bill. A file comes with its bytes, which are kept by their hash. Errors:
// dossiers.ErrNotFound, law.ErrNotFound for an edition that is not there.
func (s *Store) AddDocument(ctx context.Context, org string, dossier dossiers.DossierID, d dossiers.Document, bill bool, file []byte, e accounts.Entry) (_ dossiers.Document, err error) {
	defer wrap(&err, "a document of dossier %d", dossier)
	if d.File != nil {
		d.File.SHA256, d.File.Size = sum(file), int64(len(file))
		if err := mustStore("the name of the file", d.File.Name, "its type", d.File.Media); err != nil {
			return d, err
		}
	}
	if err := d.Validate(); err != nil {
		return d, err
	}
	err = s.inDossier(ctx, org, dossier, e, ", documents", func(tx *sqlx.Tx) error {
		for _, lang := range law.Langs {
			if key, there := d.Editions[lang]; there {
				if err := mustHaveEdition(ctx, tx, key); err != nil {
					return err
				}
			}
		}
		if err := get(ctx, tx, &d.Number, `SELECT coalesce(max(number), 0) + 1 FROM dossier_documents WHERE dossier = ?`, int64(dossier)); err != nil {
			return err
		}
		d.Bill = 0
		if bill && d.File == nil {
			if err := get(ctx, tx, &d.Bill, `SELECT coalesce(max(bill), 0) + 1 FROM dossier_documents WHERE dossier = ?`, int64(dossier)); err != nil {
				return err
			}
		}
		return insertDocument(ctx, tx, dossier, d, file)
	})
	return d, err
}

func insertDocument(ctx context.Context, tx *sqlx.Tx, dossier dossiers.DossierID, d dossiers.Document, file []byte) error {
	body, err := json.Marshal(d)
	if err != nil {
		return err
	}
	editions, err := writeEditions(d.Editions)
	if err != nil {
		return err
	}
	var f dossiers.File
	if d.File != nil {
		f = *d.File
		if _, err := execute(ctx, tx, `INSERT INTO dossier_files (sha256, body) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING`, f.SHA256, packed(file)); err != nil {
			return err
		}
	}
	_, err = execute(ctx, tx, `
		INSERT INTO dossier_documents (dossier, number, bill, editions, sha256, name, media, size, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		int64(dossier), d.Number, d.Bill, editions, f.SHA256, f.Name, f.Media, f.Size, string(body))
	return err
}

// SaveDocument stores what is said about a document in the place of what was; its
// texts or its file stay what they are. Errors: dossiers.ErrNotFound,
// dossiers.ErrMoved where something else is said by now.
func (s *Store) SaveDocument(ctx context.Context, org string, dossier dossiers.DossierID, was, d dossiers.Document, e accounts.Entry) (err error) {
	defer wrap(&err, "document %d of dossier %d", d.Number, dossier)
	if err := d.Validate(); err != nil {
		return err
	}
	if d.Number < 1 {
		return dossiers.ErrNotFound
	}
	return s.inDossier(ctx, org, dossier, e, fmt.Sprintf(", document %d", d.Number), func(tx *sqlx.Tx) error {
		_, err := savePart(ctx, tx, partOf{`dossier_documents`, dossier, d.Number}, was, d)
		return err
	})
}

// RemoveDocument takes a document out; a file that no other document has is
// deleted, editions stay. dossiers.ErrNotFound.
func (s *Store) RemoveDocument(ctx context.Context, org string, dossier dossiers.DossierID, number int, e accounts.Entry) (err error) {
	defer wrap(&err, "document %d of dossier %d", number, dossier)
	return s.inDossier(ctx, org, dossier, e, fmt.Sprintf(", document %d", number), func(tx *sqlx.Tx) error {
		if err := changedOne(dossiers.ErrNotFound)(execute(ctx, tx, `DELETE FROM dossier_documents WHERE dossier = ? AND number = ?`, int64(dossier), number)); err != nil {
			return err
		}
		_, err := execute(ctx, tx, `DELETE FROM dossier_files WHERE NOT EXISTS (SELECT 1 FROM dossier_documents d WHERE d.sha256 = dossier_files.sha256)`)
		return err
	})
}

// Documents lists those of a dossier, in the order they were added. Whether the
// caller may see the dossier is the caller's to know.
func (s *Store) Documents(ctx context.Context, dossier dossiers.DossierID) (_ []dossiers.Document, err error) {
	defer wrap(&err, "documents of dossier %d", dossier)
	return documentsOf(ctx, s.read, dossier)
}

func documentsOf(ctx context.Context, q querier, dossier dossiers.DossierID) ([]dossiers.Document, error) {
	var rows []struct {
		partRow
		Bill     int    `db:"bill"`
		Editions string `db:"editions"`
		SHA256   string `db:"sha256"`
		Name     string `db:"name"`
		Media    string `db:"media"`
		Size     int64  `db:"size"`
	}
	if err := list(ctx, q, &rows, `
		SELECT number, bill, editions, sha256, name, media, size, body FROM dossier_documents WHERE dossier = ? ORDER BY number`, int64(dossier)); err != nil {
		return nil, err
	}
	out := make([]dossiers.Document, len(rows))
	for i, r := range rows {
		d := &out[i]
		if err := fromJSON(r.Body, d); err != nil {
			return nil, err
		}
		d.Number, d.Bill = r.Number, r.Bill
		if r.SHA256 != "" {
			d.File = &dossiers.File{SHA256: r.SHA256, Name: r.Name, Media: r.Media, Size: r.Size}
		}
		var err error
		if d.Editions, err = readEditions(r.Editions); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// DossierFile is the bytes of a file of a dossier; dossiers.ErrNotFound. Whether
// the caller may see the dossier is the caller's to know.
func (s *Store) DossierFile(ctx context.Context, dossier dossiers.DossierID, sha256 string) (_ []byte, err error) {
	defer wrap(&err, "file %.8s of dossier %d", sha256, dossier)
	if !storable(sha256) {
		return nil, dossiers.ErrNotFound
	}
	var body packed
	err = noDossier(get(ctx, s.read, &body, `
		SELECT f.body FROM dossier_files f WHERE f.sha256 = ? AND EXISTS (SELECT 1 FROM dossier_documents d WHERE d.dossier = ? AND d.sha256 = f.sha256)`,
		sha256, int64(dossier)))
	if err == nil && sum(body) != sha256 {
		err = fmt.Errorf("%w: its bytes are not those that were stored", ErrDamaged)
	}
	return body, err
}

// SaveDeadline stores a deadline of a dossier in the place of what it was and
// returns its number: a new one where d.Number is 0. Errors: dossiers.ErrNotFound,
// dossiers.ErrMoved where it is something else by now.
func (s *Store) SaveDeadline(ctx context.Context, org string, dossier dossiers.DossierID, was, d dossiers.Deadline, e accounts.Entry) (number int, err error) {
	defer wrap(&err, "a deadline of dossier %d", dossier)
	if err := d.Validate(); err != nil {
		return 0, err
	}
	err = s.inDossier(ctx, org, dossier, e, ", deadlines", func(tx *sqlx.Tx) error {
		number, err = savePart(ctx, tx, partOf{`dossier_deadlines`, dossier, d.Number}, was, d)
		return err
	})
	return number, err
}

// RemoveDeadline takes a deadline out; dossiers.ErrNotFound.
func (s *Store) RemoveDeadline(ctx context.Context, org string, dossier dossiers.DossierID, number int, e accounts.Entry) (err error) {
	defer wrap(&err, "deadline %d of dossier %d", number, dossier)
	return s.inDossier(ctx, org, dossier, e, fmt.Sprintf(", deadline %d", number), func(tx *sqlx.Tx) error {
		return changedOne(dossiers.ErrNotFound)(execute(ctx, tx, `DELETE FROM dossier_deadlines WHERE dossier = ? AND number = ?`, int64(dossier), number))
	})
}

// Deadlines lists all of an organisation, by dossier; when each is due,
// dossiers.Deadline.Due tells.
func (s *Store) Deadlines(ctx context.Context, org string) (_ []dossiers.Deadline, err error) {
	defer wrap(&err, "deadlines of %s", org)
	return deadlinesWhere(ctx, s.read, `d.organisation = ?`, org)
}

// DeadlinesOf lists those of a dossier. Whether the caller may see the dossier is
// the caller's to know.
func (s *Store) DeadlinesOf(ctx context.Context, dossier dossiers.DossierID) (_ []dossiers.Deadline, err error) {
	defer wrap(&err, "deadlines of dossier %d", dossier)
	return deadlinesWhere(ctx, s.read, `d.id = ?`, int64(dossier))
}

func deadlinesWhere(ctx context.Context, q querier, where string, args ...any) ([]dossiers.Deadline, error) {
	var rows []struct {
		partRow
		Dossier int64 `db:"dossier"`
	}
	if err := list(ctx, q, &rows, `
		SELECT l.dossier, l.number, l.body FROM dossier_deadlines l JOIN dossiers d ON d.id = l.dossier
		WHERE `+where+` ORDER BY l.dossier, l.number`, args...); err != nil {
		return nil, err
	}
	out := make([]dossiers.Deadline, len(rows))
	for i, r := range rows {
		if err := fromJSON(r.Body, &out[i]); err != nil {
			return nil, err
		}
		out[i].Dossier, out[i].Number = dossiers.DossierID(r.Dossier), r.Number
	}
	return out, nil
}

// writeEditions and readEditions keep keys of editions by language as JSON.
func writeEditions(keys map[law.Lang]law.EditionKey) (string, error) {
	names := map[law.Lang]string{}
	for lang, key := range keys {
		names[lang] = key.String()
	}
	b, err := json.Marshal(names)
	return string(b), err
}

func readEditions(stored string) (map[law.Lang]law.EditionKey, error) {
	var names map[law.Lang]string
	if err := fromJSON(stored, &names); err != nil || len(names) == 0 {
		return nil, err
	}
	out := map[law.Lang]law.EditionKey{}
	for lang, name := range names {
		key, err := law.ParseEditionKey(name)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		out[lang] = key
	}
	return out, nil
}

// mustHaveEdition is law.ErrNotFound where there is no such edition.
func mustHaveEdition(ctx context.Context, q querier, key law.EditionKey) error {
	var n int
	err := get(ctx, q, &n, `SELECT count(*) FROM editions WHERE act_id = ? AND lang = ? AND status = ? AND date = ? AND revision = ?`,
		key.Act, key.Lang, key.Status, key.Date, key.Revision)
	if err == nil && n == 0 {
		err = fmt.Errorf("%s: %w", key, law.ErrNotFound)
	}
	return err
}
