package diffing

import (
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// Blamed is a provision of the last edition with the edition that brought each
// of its words.
type Blamed struct {
	Provision *law.Provision
	Spans     []BlameSpan
}

// BlameSpan is a run of words that came with one edition. Spans join to the text
// of the provision.
type BlameSpan struct {
	Text string `json:"text"`
	// Edition is the place of the edition in what Blame was given, from 0; what
	// stood in the first one is older than the editions known.
	Edition int `json:"edition"`
	// Acts are the acts that the notes of the article name in that edition and did
	// not name in the one before: those that brought the words. Empty for the
	// first edition and where no note tells.
	Acts []law.NoteAct `json:"acts,omitempty"`
}

// origin is where a token comes from: the edition, and the acts its notes name.
type origin struct {
	edition int
	acts    []law.NoteAct
}

// Blame tells of every word of the last edition which edition brought it. It
// compares each edition with the next once. A word that was moved, renumbered or
// split off with its provision keeps its edition; a blank or sign that was typed
// anew does not make the words beside it new. Without editions it is empty.
func Blame(editions ...*law.Document) []Blamed {
	if len(editions) == 0 {
		return nil
	}
	origins := map[*law.Provision][]origin{} // by token
	for _, p := range editions[0].Provisions {
		origins[p] = make([]origin, len(cutTokens(p.Text)))
	}
	for k := 1; k < len(editions); k++ {
		next := make(map[*law.Provision][]origin, len(origins))
		r := Compare(editions[k-1], editions[k])
		acts := newActs(r)
		for i := range r.Pairs {
			if p := &r.Pairs[i]; !p.Note && p.To != nil {
				p.inherit(origins, next, origin{k, acts[topOf(p.To.Provisions[0])]})
			}
		}
		origins = next
	}
	last := editions[len(editions)-1]
	out := make([]Blamed, 0, len(last.Provisions))
	for _, p := range last.Provisions {
		out = append(out, Blamed{Provision: p, Spans: spans(p.Text, origins[p])})
	}
	return out
}

// inherit fills next with the origins of the new side's tokens: those of the old
// side where a run is equal, fresh where it was inserted.
func (p *Pair) inherit(origins, next map[*law.Provision][]origin, fresh origin) {
	var old []origin
	if p.From != nil {
		for n, q := range p.From.Provisions {
			if n > 0 {
				old = append(old, fresh) // the blank that joins them
			}
			old = append(old, origins[q]...)
		}
	}
	var new []origin
	for _, op := range p.Ops {
		n := len(cutTokens(op.Text))
		switch op.Kind {
		case Delete:
			old = old[n:]
		case Insert:
			for range n {
				new = append(new, fresh)
			}
		case Equal:
			new = append(new, old[:n]...)
			old = old[n:]
		}
	}
	for n, q := range p.To.Provisions {
		if n > 0 {
			new = new[1:] // the blank that joins them
		}
		count := len(cutTokens(q.Text))
		next[q] = new[:count]
		new = new[count:]
	}
}

// spans joins tokens of one origin. A blank goes with what stands before it.
func spans(text string, origins []origin) (out []BlameSpan) {
	start := 0
	for k, end := range cutTokens(text) {
		token, from := text[start:end], origins[k]
		start = end
		if n := len(out); n > 0 && (out[n-1].Edition == from.edition || token == " ") {
			out[n-1].Text += token
			continue
		}
		out = append(out, BlameSpan{Text: token, Edition: from.edition, Acts: from.acts})
	}
	return out
}

// topOf is the unit that editorial notes stand at: the article, or what stands
// above all articles.
func topOf(p *law.Provision) *law.Provision {
	if a := p.Article(); a != nil {
		return a
	}
	for p.Parent != nil {
		p = p.Parent
	}
	return p
}

// newActs lists, by article of the new text, the acts its notes name and the
// notes of the same article in the old text did not.
func newActs(r *Result) map[*law.Provision][]law.NoteAct {
	named := func(doc *law.Document) map[*law.Provision][]law.NoteAct {
		m := map[*law.Provision][]law.NoteAct{}
		for _, n := range doc.Notes {
			if p := doc.Find(n.Address); p != nil {
				m[topOf(p)] = append(m[topOf(p)], n.Acts...)
			}
		}
		return m
	}
	old, out := named(r.From), named(r.To)
	became := map[*law.Provision]*law.Provision{}
	for k := range r.Pairs {
		if p := &r.Pairs[k]; !p.Note && p.From != nil && p.To != nil {
			became[p.To.Provisions[0]] = p.From.Provisions[0]
		}
	}
	for p, acts := range out {
		before := old[became[p]]
		out[p] = slices.DeleteFunc(acts, func(a law.NoteAct) bool {
			return a.Number == "" || slices.ContainsFunc(before, func(b law.NoteAct) bool { return b.Number == a.Number })
		})
	}
	return out
}
