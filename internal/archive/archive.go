// Package archive is the form of a backup: rows of tables in one file that any
// computer can open and any byte of which can be checked.
//
// It is a tar file. The first entry, tuzetu-backup.json, says what it is. Then
// come the rows, a few thousand an entry, as gzipped lines of JSON: a line with
// the table and its columns, then a line a row. The last entry, SHA256SUMS, has
// the SHA-256 of every one before it; after tar -x, sha256sum -c SHA256SUMS
// checks them with no program of ours.
//
//	tuzetu-backup.json        {"format":1,"schema":4,"made":"2026-03-01T12:00:00Z"}
//	0001-acts.jsonl.gz        {"table":"acts","columns":["id","adopted",…]}
//	                          ["Z2400000093","2024-06-19",…]
//	0002-packs.jsonl.gz       …
//	SHA256SUMS                5c8a…  tuzetu-backup.json
//
// The package knows no table and no database: it is given rows and gives them
// back. It holds one entry in memory, never the archive.
package archive

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Format is the version of what is described above.
const Format = 1

const (
	headName = "tuzetu-backup.json"
	sumsName = "SHA256SUMS"
	block    = 512
	// An entry is closed when it has this much JSON. The largest row is a page of
	// 32 MiB that does not shrink, a third more in base64.
	entrySize = 4 << 20
	maxEntry  = 64 << 20 // packed, and as JSON
)

// What can be wrong with an archive.
var (
	ErrNotArchive = errors.New("not a backup of tuzetu")
	ErrNewer      = errors.New("a backup made by a newer tuzetu")
	ErrDamaged    = errors.New("the backup is damaged")
)

// Head says what an archive is.
type Head struct {
	Format int       `json:"format"`
	Schema int64     `json:"schema"` // of the database it was made from
	Made   time.Time `json:"made"`   // to the second
}

// Writer writes an archive. Close must be called: an archive without its end is
// a damaged one.
type Writer struct {
	to      io.Writer
	made    time.Time
	sums    bytes.Buffer
	entries int
	// The entry being filled.
	table string
	rows  bytes.Buffer
}

// NewWriter begins an archive. Format need not be given.
func NewWriter(to io.Writer, h Head) (*Writer, error) {
	h.Format, h.Made = Format, h.Made.UTC().Truncate(time.Second)
	w := &Writer{to: to, made: h.Made}
	text, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	return w, w.entry(headName, append(text, '\n'))
}

// Row adds a row; values are string, int64, []byte or nil. Rows of one table
// must come together and have the same columns.
func (w *Writer) Row(table string, columns []string, values []any) error {
	if len(columns) != len(values) {
		return fmt.Errorf("%d values for %d columns of %s", len(values), len(columns), table)
	}
	if table != w.table || w.rows.Len() >= entrySize {
		if err := w.flush(); err != nil {
			return err
		}
		w.table = table
		if err := writeLine(&w.rows, entryHead{table, columns}); err != nil {
			return err
		}
	}
	row := make([]any, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case nil, string, int64:
			row[i] = v
		case []byte:
			if v == nil { // what a driver gives for no bytes: a NULL is a nil any
				v = []byte{}
			}
			row[i] = [][]byte{v} // JSON has it in base64, and the brackets say so
		default:
			return fmt.Errorf("%s of %s is a %T, which a backup does not hold", columns[i], table, v)
		}
	}
	return writeLine(&w.rows, row)
}

// Close writes what is left and the sums.
func (w *Writer) Close() error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.entry(sumsName, w.sums.Bytes()); err != nil {
		return err
	}
	_, err := w.to.Write(make([]byte, 2*block))
	return err
}

type entryHead struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
}

func writeLine(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (w *Writer) flush() error {
	if w.table == "" {
		return nil
	}
	if w.rows.Len() > maxEntry {
		return fmt.Errorf("a row of %s has %d MiB, which is more than a backup holds", w.table, w.rows.Len()>>20)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := w.rows.WriteTo(z); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	w.entries++
	name := fmt.Sprintf("%04d-%s.jsonl.gz", w.entries, w.table)
	w.table = ""
	w.rows.Reset()
	return w.entry(name, packed.Bytes())
}

func (w *Writer) entry(name string, body []byte) error {
	head, err := tarHead(name, int64(len(body)), w.made)
	if err != nil {
		return err
	}
	fmt.Fprintf(&w.sums, "%s  %s\n", sum(body), name)
	for _, part := range [][]byte{head, body, make([]byte, padding(len(body)))} {
		if _, err := w.to.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// tarHead is the one way the head of an entry is written here; a reader accepts
// no other.
func tarHead(name string, size int64, made time.Time) ([]byte, error) {
	var b bytes.Buffer
	err := tar.NewWriter(&b).WriteHeader(&tar.Header{
		Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o644, ModTime: made, Format: tar.FormatUSTAR,
	})
	return b.Bytes(), err
}

func padding(size int) int { return (block - size%block) % block }

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
