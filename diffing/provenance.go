package diffing

import (
	"math"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// Provenance tells where the norms of the new text come from, and how much of
// the law changed.
type Provenance struct {
	// Norms of the new text. Kept ones have the old words; their number, place,
	// punctuation or letter case may be new. Headings and signatures are no norms.
	Kept   int `json:"kept"`
	Edited int `json:"edited"`
	New    int `json:"new"`
	// ChangedShare is how much of the law's text changed, 0–1: the larger of the
	// share of the old text that went and the share of the new text that came.
	// Technical changes and moves do not count.
	ChangedShare float64 `json:"changed_share"`
	// OverHalf says that more than half of the text changed: then the law on legal
	// acts (art. 26 p. 9) asks for a new edition instead of amendments.
	OverHalf bool `json:"over_half"`
}

// Provenance counts the norms of the new text.
func (r *Result) Provenance() Provenance {
	var v Provenance
	var old, new, gone, come int
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if p.Note {
			continue
		}
		if p.From != nil {
			old += utf8.RuneCountInString(p.From.Text)
		}
		if p.To != nil {
			new += utf8.RuneCountInString(p.To.Text)
			v.count(p)
		}
		if p.Technical {
			continue
		}
		for _, op := range p.Ops {
			switch op.Kind {
			case Delete:
				gone += utf8.RuneCountInString(op.Text)
			case Insert:
				come += utf8.RuneCountInString(op.Text)
			}
		}
	}
	changed := max(share(gone, old), share(come, new))
	v.ChangedShare, v.OverHalf = math.Round(changed*1e4)/1e4, changed > 0.5
	return v
}

func (v *Provenance) count(p *Pair) {
	for _, q := range p.To.Provisions {
		switch {
		case !isNorm(q):
		case p.Kind == Inserted:
			v.New++
		case p.Kind == Same || p.Technical || marked(p.Ops) == 0:
			v.Kept++
		default:
			v.Edited++
		}
	}
}

// isNorm reports whether a provision rules something by its own text.
func isNorm(p *law.Provision) bool {
	if p.Kind == law.Article { // without children all of it is in the heading's line
		return len(p.Children) == 0
	}
	return !isHeading(p) && p.Kind != law.Signature
}

// isHeading reports whether the provision's own text names what stands below it.
func isHeading(p *law.Provision) bool {
	switch p.Kind {
	case law.Section, law.Subsection, law.Chapter, law.Division, law.Article:
		return true
	}
	return false
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
