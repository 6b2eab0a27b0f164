// Package law is the vocabulary of the house: acts, editions, the tree of
// provisions with their addresses, citations in three languages, and the
// editorial notes that stand between them. It turns lines of text into a tree
// and back. It does no I/O, reads no clock and imports no other room.
//
// It never guesses and never drops: a line it does not understand stays in the
// tree as Text with a Doubt.
package law
