// Package store keeps what the house knows on SQLite or PostgreSQL: it holds all
// SQL, and nothing else does. One SQL text serves both databases; a line that
// must differ carries a mark (see migrations.go), and one suite proves both.
//
// It keeps what it is given and gives back the same: it never parses a text,
// never reads the clock and never changes or deletes an edition; the databases
// themselves refuse that (see docs/store.md).
package store
