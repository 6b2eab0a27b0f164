package read

import (
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
)

// side says which text of a comparison is shown.
type side int

const (
	both side = iota
	before
	after
)

// movedWords is how many words a run taken out must have to be recognised where
// it is put in again inside one provision: shorter ones repeat by chance.
const movedWords = 2

// Redline is a pair as a reader sees it, for pages of another group.
func Redline(p diffing.Pair) []Span { return spans(p, both) }

// spans are the runs of a pair as a reader sees them. Words taken out in one
// place of the provision and put in at another are shown as moved.
func spans(p diffing.Pair, s side) []Span {
	return redlined(ops(p), s)
}

// redlined are runs as a reader sees them.
func redlined(list []diffing.Op, s side) []Span {
	moves := wordMoves(list)
	var out []Span
	for i, o := range list {
		text := o.Text
		if s == before {
			text = o.Old()
		}
		sp := Span{Tag: moves[i]}
		switch o.Kind {
		case diffing.Delete:
			if s == after {
				continue
			}
			sp.Kind = "del"
			if sp.Tag > 0 {
				sp.Kind = "from"
			}
		case diffing.Insert:
			if s == before {
				continue
			}
			sp.Kind = "ins"
			if sp.Tag > 0 {
				sp.Kind = "to"
			}
		}
		out = marked(out, sp, text)
	}
	return out
}

// marked adds a run with its text. The mark covers words only: blanks around
// them stay outside, where a line may break.
func marked(out []Span, sp Span, text string) []Span {
	core := strings.TrimSpace(text)
	if sp.Kind == "" || core == "" {
		sp.Text = text
		return append(out, sp)
	}
	i := strings.Index(text, core)
	if i > 0 {
		out = append(out, Span{Text: text[:i]})
	}
	sp.Text = core
	out = append(out, sp)
	if rest := text[i+len(core):]; rest != "" {
		out = append(out, Span{Text: rest})
	}
	return out
}

// wordMoves numbers the runs that were moved, from 1: a taken-out run and its
// put-in twin share a number.
func wordMoves(list []diffing.Op) map[int]int {
	moves, n := map[int]int{}, 0
	for i, d := range list {
		if d.Kind != diffing.Delete || words(d.Text) < movedWords {
			continue
		}
		for j, in := range list {
			if in.Kind == diffing.Insert && moves[j] == 0 && bare(in.Text) == bare(d.Text) {
				n++
				moves[i], moves[j] = n, n
				break
			}
		}
	}
	return moves
}

func bare(s string) string { return strings.Trim(s, " ,;.") }

// contextWords is how many unchanged words an excerpt keeps on either side of a
// mark.
const contextWords = 9

// excerpt shortens the unchanged runs of a redline; left-out words show as an
// ellipsis.
func excerpt(in []Span) []Span {
	out := make([]Span, 0, len(in))
	for i, s := range in {
		if s.Kind != "" {
			out = append(out, s)
			continue
		}
		head, tail := contextWords, contextWords
		if i == 0 {
			head = 1 // the number
		}
		if i == len(in)-1 {
			tail = 0
		}
		w := strings.Fields(s.Text)
		if len(w) > head+tail+3 {
			text := strings.TrimSpace(strings.Join(w[:head], " ") + " … " + strings.Join(w[len(w)-tail:], " "))
			if strings.HasPrefix(s.Text, " ") {
				text = " " + text
			}
			if strings.HasSuffix(s.Text, " ") {
				text += " "
			}
			s.Text = text
		}
		out = append(out, s)
	}
	return out
}
