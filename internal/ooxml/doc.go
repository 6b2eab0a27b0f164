// Package ooxml reads the text of Word files (.docx) as paragraphs with their
// automatic numbers, and writes new ones with tracked changes, comments and
// tables.
//
// The reader is for texts of law and drafts of them: it keeps what a reader of
// the printed page reads as text and reports what it leaves out (text boxes,
// footnotes, hidden text, headers). The writer makes the few shapes a redline
// and a comparative table need, the same bytes for the same input.
//
// It never runs macros or fields, follows no link of a file to anything outside
// of it, expands no XML entities, keeps no layout, and does not repair: a file
// that is not a sound Word document is an error that says so. Sizes are bounded
// by the limits in archive.go, whatever a file claims.
package ooxml
