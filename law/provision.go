package law

import "sync"

// Kind says what a provision is in the structure of a law. The words in
// brackets are the Russian and Kazakh terms.
type Kind string

const (
	Preamble     Kind = "preamble"     // преамбула, кіріспе
	Section      Kind = "section"      // раздел, бөлім
	Subsection   Kind = "subsection"   // подраздел, кіші бөлім
	Chapter      Kind = "chapter"      // глава, тарау
	Division     Kind = "division"     // параграф
	Article      Kind = "article"      // статья, бап
	Paragraph    Kind = "paragraph"    // пункт «1.», тармақ
	Subparagraph Kind = "subparagraph" // подпункт «1)», тармақша
	Part         Kind = "part"         // часть: an unnumbered paragraph, бөлік
	Indent       Kind = "indent"       // абзац
	Remark       Kind = "remark"       // «Примечание.» / «Ескертпе.» that is law text
	Annex        Kind = "annex"        // приложение, қосымша
	Table        Kind = "table"        // a row of a table
	Signature    Kind = "signature"    // «Президент …» and the name
	Text         Kind = "text"         // not understood; a Doubt says why
)

// Provision is one unit of a law that owns a line of text: an article owns its
// heading, a paragraph its first line with its number; everything below it is
// in Children.
type Provision struct {
	Kind Kind
	// Number is the number as printed without its sign: "14-1", "6", "I"; a
	// range of excluded units is "3-6" with NumberTo set. Empty for unnumbered
	// units. Their place is in Ordinal.
	Number   string
	NumberTo string
	// Ordinal counts unnumbered units (parts from 1; indents from 1, where the
	// unit's own line is indent 1).
	Ordinal int
	// Text is the provision's own text with its number, official characters,
	// blanks folded.
	Text string
	// Address is unique in its document. See AddressOf.
	Address Address
	// From and To are the source lines of the provision's own text.
	From, To int
	// Mark, Anchor and Links come from the source page.
	Mark   Mark
	Anchor string
	Links  []Link

	Parent   *Provision // nil at the top
	Children []*Provision
	// again is set for a subparagraph of part one whose number stands again in a
	// later part; its citation must then name part one.
	again bool
	// end is the index after the last provision under this one.
	end int
	// Index is the provision's place in Document.Provisions.
	Index int
	// Depth is 0 at the top of the document.
	Depth int
}

// Document is one text of an act as a tree, with everything that is not law
// text kept beside it. Provision texts and note texts together are all the
// input.
type Document struct {
	Lang  Lang
	Title string // without it for .txt
	// Provisions holds every provision in document order; the roots are those
	// with a nil Parent.
	Provisions []*Provision
	Notes      []Note
	Doubts     []Doubt

	roots  []*Provision
	places map[Address]*Provision
	// articleRanges is set where «Статьи 2-5» stand for several articles.
	articleRanges bool
	// index finds provisions by what a citation's last step says; see candidates.
	indexOnce sync.Once
	index     map[lastStep][]*Provision
}

// Doubt is a place that was not understood or is not certain, kept with the
// text it concerns. A doubt never removes text.
type Doubt struct {
	From, To int
	Text     string
	Reason   string
}

// Find returns the provision at an address, or nil.
func (d *Document) Find(a Address) *Provision {
	return d.places[a]
}

// Article returns the article p stands in (p itself if it is one), or nil.
func (p *Provision) Article() *Provision {
	for ; p != nil; p = p.Parent {
		if p.Kind == Article {
			return p
		}
	}
	return nil
}

// Subtree is p and everything under it, in document order. p is of d.
func (d *Document) Subtree(p *Provision) []*Provision { return d.Provisions[p.Index:p.end] }
