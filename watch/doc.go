// Package watch is what follows when a new edition is stored: comments go on to
// it where their words still stand, and what became of proposals is suggested to
// those who made them.
//
// Carry is pure. CarryComments reads editions and notes what became of comments; it
// never changes a comment and never guesses where one belongs. SuggestOutcomes
// decides nothing: a person confirms what it found.
package watch
