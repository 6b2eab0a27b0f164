package diffing

import "github.com/tuzetu/tuzetu/law"

// Result is a comparison of two texts: every line of both stands in exactly
// one pair.
type Result struct {
	From, To *law.Document
	Pairs    []Pair // in reading order: by the new text, deletions where they stood
	Summary  Summary
	// Warning is set where the texts are hardly two versions of one law. The
	// comparison is correct all the same.
	Warning Warning
}

// Warning says why a comparison may not be what was meant.
type Warning string

const (
	DifferentLanguages Warning = "different_languages"
	NothingInCommon    Warning = "nothing_in_common" // no text of one was found in the other
)

// Summary counts pairs of law text; notes are not counted.
type Summary struct {
	Same int `json:"same"`
	// Edited counts edited pairs, technical ones among them; a moved or
	// renumbered pair counts by its kind and once more as such.
	Edited     int `json:"edited"`
	Inserted   int `json:"inserted"`
	Deleted    int `json:"deleted"`
	Moved      int `json:"moved"`
	Renumbered int `json:"renumbered"`
	Split      int `json:"split"`
	Merged     int `json:"merged"`
	// MarkedChars is the number of characters a reader sees marked: deleted plus
	// inserted, blanks among them.
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

// Changed reports whether a reader would miss something if the pair were left
// out: anything but the same text in its old place under its old number.
func (p *Pair) Changed() bool { return p.Kind != Same || p.Moved || p.Renumbered }

// Side is one end of a pair. A split's To and a merge's From span consecutive
// provisions with nothing between them, whose texts are joined by a blank.
type Side struct {
	// Provisions are the provisions of this side, in order; empty for a note.
	Provisions []*law.Provision
	Note       *law.Note
	Text       string
	// First and Last are source lines, from 1.
	First, Last int
}

// Op is a run of text in the word diff. Equal and Insert runs join to the new
// text, Equal and Delete runs to the old one.
type Op struct {
	Kind OpKind
	Text string
	// FromText is the old side's characters of an Equal run where they differ
	// from Text, so that both sides print as published: a Latin «i» in a Kazakh
	// word, another dash, quotation mark or blank. Empty where they do not.
	FromText string
}

// Old is the run as it stands in the old text, "" for an insertion.
func (op Op) Old() string {
	switch {
	case op.Kind == Insert:
		return ""
	case op.FromText != "":
		return op.FromText
	}
	return op.Text
}

// New is the run as it stands in the new text, "" for a deletion.
func (op Op) New() string {
	if op.Kind == Delete {
		return ""
	}
	return op.Text
}

// OpKind is equal, delete or insert.
type OpKind string

const (
	Equal  OpKind = "equal"
	Delete OpKind = "delete"
	Insert OpKind = "insert"
)
