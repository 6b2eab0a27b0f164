// Package watch is what follows when a new edition is stored: comments go on to
// it where their words still stand.
//
// Carry is pure. CarryComments reads editions and notes what became of comments; it
// never changes a comment and never guesses where one belongs.
package watch
