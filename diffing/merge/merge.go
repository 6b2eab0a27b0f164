// Package merge joins two changes of one text of a law: what one person and
// what another made of the same base. It does no I/O, reads no clock, and its
// output depends on nothing but its input.
//
// The unit is the provision, its own line. What only one side changed, inserted,
// moved or took out is taken over; what both changed is joined where that is
// certain, and is a Conflict where it is not:
//
//	one side            the other           merge
//	edited              edited              both edits, if a whole word that neither
//	                                        touched stands between any two of them
//	edited              moved               the edited text in its new place
//	inserted N          inserted N          one, if the texts are the same; else a conflict
//	inserted N          inserted M          both, by their numbers
//	deleted             edited, moved, or   a conflict over the whole unit
//	                    something put in it
//	moved               moved elsewhere     a conflict of place
//	split or merged     changed             a conflict
//
// It never chooses between two people and never drops a word: what either
// inserted stands in the merged text or in a conflict.
package merge

import (
	"errors"

	"github.com/tuzetu/tuzetu/law"
)

// Result is two changes of one text laid together.
type Result struct {
	// Conflicts are what a person has to decide, in the order of the text.
	Conflicts []Conflict

	base  *text
	sides [2]*side
	nodes *nodes
	plan  []*cluster // by root node
}

// Kind says why a conflict is one.
type Kind string

const (
	Edited  Kind = "edited"  // both changed the same words, or words beside each other
	Deleted Kind = "deleted" // one took out what the other changed
	Number  Kind = "number"  // both inserted a unit of one number with other texts
	Place   Kind = "place"   // both moved it, to different places
)

// Conflict is something both sides changed differently.
type Conflict struct {
	Kind               Kind
	Base, Mine, Theirs Version
}

// Version is what one text has of a conflict. It is empty where the text has
// nothing of it.
type Version struct {
	// Address is of the first line, in the text of this version.
	Address law.Address
	// Lines are texts of provisions, one each.
	Lines []string
}

// Take is whose version stands.
type Take string

const (
	Mine   Take = "mine"
	Theirs Take = "theirs"
	// Both lets both versions stand, mine first; of a conflict of place, the
	// joined text in my place.
	Both Take = "both"
	Own  Take = "own" // neither: the text of the choice
)

// Choice decides a conflict.
type Choice struct {
	Take Take
	// Lines are the text of Own, a line a provision; none takes the unit out.
	Lines []string
}

// ErrUndecided says that a conflict has no choice, or one that is none.
var ErrUndecided = errors.New("a conflict is not decided")

// Text is a merged text.
type Text struct {
	*law.Document
	// Base, Mine and Theirs tell where each provision of a text stands now; what
	// was taken out is absent. So what hangs on an address (a justification, a
	// comment) follows its provision.
	Base, Mine, Theirs map[law.Address]law.Address
	// Doubled are addresses that stand twice now and in none of the three texts:
	// one side moved or renumbered a unit to a number that the other gave away.
	Doubled []law.Address
}

// Merge lays two changes of base together. It never fails: any three texts have
// a merge, at worst one of conflicts.
func Merge(base, mine, theirs *law.Document) *Result {
	r := &Result{base: newText(base)}
	compared := make(chan *side)
	go func() { compared <- newSide(r.base, mine) }()
	r.sides[1] = newSide(r.base, theirs)
	r.sides[0] = <-compared
	r.nodes = newNodes(r.base, r.sides)
	r.cluster()
	r.decide()
	return r
}
