package diffing

import "github.com/tuzetu/tuzetu/law"

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
}

// Blame tells of every word of the last edition which edition brought it. It
// compares each edition with the next once. A word that was moved, renumbered or
// split off with its provision keeps its edition; a blank or sign that was typed
// anew does not make the words beside it new. Without editions it is empty.
func Blame(editions ...*law.Document) []Blamed {
	if len(editions) == 0 {
		return nil
	}
	origins := map[*law.Provision][]int{} // by token
	for _, p := range editions[0].Provisions {
		origins[p] = make([]int, len(cutTokens(p.Text)))
	}
	for k := 1; k < len(editions); k++ {
		next := make(map[*law.Provision][]int, len(origins))
		r := Compare(editions[k-1], editions[k])
		for i := range r.Pairs {
			if p := &r.Pairs[i]; !p.Note && p.To != nil {
				p.inherit(origins, next, k)
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
// side where a run is equal, edition where it was inserted.
func (p *Pair) inherit(origins, next map[*law.Provision][]int, edition int) {
	var old []int
	if p.From != nil {
		for n, q := range p.From.Provisions {
			if n > 0 {
				old = append(old, edition) // the blank that joins them
			}
			old = append(old, origins[q]...)
		}
	}
	var new []int
	for _, op := range p.Ops {
		n := len(cutTokens(op.Text))
		switch op.Kind {
		case Delete:
			old = old[n:]
		case Insert:
			for range n {
				new = append(new, edition)
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
func spans(text string, origins []int) (out []BlameSpan) {
	start := 0
	for k, end := range cutTokens(text) {
		token, origin := text[start:end], origins[k]
		start = end
		if n := len(out); n > 0 && (out[n-1].Edition == origin || token == " ") {
			out[n-1].Text += token
			continue
		}
		out = append(out, BlameSpan{Text: token, Edition: origin})
	}
	return out
}
