package store

import "testing"

func TestDropMarked(t *testing.T) {
	const text = `CREATE TABLE t (
    raw BLOB NOT NULL, -- sqlite
    raw BYTEA NOT NULL, -- postgres
    note TEXT -- not a mark: sqlite is named inside
)
STRICT -- sqlite
;
`
	for d, want := range map[dialect]string{
		onSQLite: `CREATE TABLE t (
    raw BLOB NOT NULL,
    note TEXT -- not a mark: sqlite is named inside
)
STRICT
;
`,
		onPostgres: `CREATE TABLE t (
    raw BYTEA NOT NULL,
    note TEXT -- not a mark: sqlite is named inside
)
;
`,
	} {
		if got := string(dropMarked([]byte(text), d)); got != want {
			t.Errorf("%s:\n%s\nwant:\n%s", d, got, want)
		}
	}
}
