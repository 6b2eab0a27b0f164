package read

import (
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// foldEnds is how many provisions a fold shows at each end: the surroundings of
// a change. The rest is one click away in the text; a page with all of a code in
// it would weigh megabytes.
const foldEnds = 12

// Fold is text that did not change, or changed in ways a reader chose not to
// see.
type Fold struct {
	Count       int    // provisions that did not change
	Hidden      int    // provisions with a technical change
	First, Last string // citations of articles
	Head, Tail  []Block
	Left        int // provisions between Head and Tail that are not on the page
	Href        string
}

func (w writer) fold(pairs []diffing.Pair) *Fold {
	f := &Fold{}
	var all []*law.Provision
	for _, p := range pairs {
		if p.Changed() {
			f.Hidden += len(p.To.Provisions)
		} else {
			f.Count += len(p.To.Provisions)
		}
		all = append(all, p.To.Provisions...)
	}
	if a, b := all[0].Article(), all[len(all)-1].Article(); a != nil && b != nil {
		f.First, f.Last = a.Number, b.Number
	}
	head, tail := all, []*law.Provision(nil)
	if len(all) > 2*foldEnds+2 {
		head, tail = all[:foldEnds], all[len(all)-foldEnds:]
		f.Left = len(all) - len(head) - len(tail)
		f.Href = w.in(at(editionPath(w.c.to.head.EditionKey), all[foldEnds].Address))
	}
	for _, p := range head {
		f.Head = append(f.Head, quiet(p))
	}
	for _, p := range tail {
		f.Tail = append(f.Tail, quiet(p))
	}
	return f
}

// quiet is an unchanged line: no permalink of its own, as its place is the text.
func quiet(p *law.Provision) Block {
	number, text := cut(p)
	return Block{Kind: p.Kind, Level: level(p), Number: number, Spans: []Span{{Text: text}}}
}
