package diffing

import "github.com/tuzetu/tuzetu/law"

// Result is a comparison of two texts: every line of both stands in exactly
// one pair.
type Result struct {
	From, To *law.Document
	Pairs    []Pair // in reading order: by the new text, deletions where they stood
	Summary  Summary
}

// Summary counts pairs of law text; notes are not counted.
type Summary struct {
	Same       int `json:"same"`
	Edited     int `json:"edited"`
	Inserted   int `json:"inserted"`
	Deleted    int `json:"deleted"`
	Moved      int `json:"moved"`
	Renumbered int `json:"renumbered"`
	Split      int `json:"split"`
	Merged     int `json:"merged"`
	// MarkedChars is the number of letters a reader sees marked: deleted plus
	// inserted characters.
	MarkedChars int `json:"marked_chars"`
}

// PairKind says what became of a provision.
type PairKind string

const (
	Same     PairKind = "same"
	Edited   PairKind = "edited"
	Inserted PairKind = "inserted"
	Deleted  PairKind = "deleted"
	Split    PairKind = "split"
	Merged   PairKind = "merged"
)

// Pair joins a place of the old text with its place in the new one.
type Pair struct {
	Kind       PairKind
	Moved      bool // off the heaviest order-preserving chain of pairs
	Renumbered bool // other number, same place in the chain
	Technical  bool // only numbering, punctuation, spacing or letter case changed
	Note       bool // an editorial note, not law text; not in Summary
	From, To   *Side
	Ops        []Op
	Similarity float64 // 0–1
}

// Side is one end of a pair. A split's To and a merge's From span consecutive
// provisions, whose texts are joined by a blank.
type Side struct {
	// Provisions are the provisions of this side, in order; empty for a note.
	Provisions []*law.Provision
	Note       *law.Note
	Text       string
	// First and Last are source lines, from 1.
	First, Last int
}

// Op is a run of text in the word diff. Equal and Delete runs join to the old
// text, Equal and Insert runs to the new one.
type Op struct {
	Kind OpKind `json:"op"`
	Text string `json:"text"`
}

// OpKind is equal, delete or insert.
type OpKind string

const (
	Equal  OpKind = "equal"
	Delete OpKind = "delete"
	Insert OpKind = "insert"
)
