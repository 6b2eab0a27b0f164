package merge

import (
	"strings"
	"unicode"

	"github.com/tuzetu/tuzetu/diffing"
)

// hunk says that from:to of a line of the base became text.
type hunk struct {
	from, to int
	text     string
}

// words joins what both sides did to the words of one line; ok is false where
// that is not certain.
func (r *Result) words(b int) (joined string, ok bool) {
	base := r.base.lines[b].Text
	mine, theirs := r.sides[0].line(b), r.sides[1].line(b)
	switch {
	case mine == base || mine == theirs:
		return theirs, true
	case theirs == base:
		return mine, true
	}
	return join(base, hunks(r.sides[0].edits[b]), hunks(r.sides[1].edits[b]))
}

func (s *side) line(b int) string { return s.lines[s.to[b][0]].Text }

func hunks(ops []diffing.Op) (out []hunk) {
	at, open := 0, false
	for _, op := range ops {
		if op.Kind == diffing.Equal && op.Old() == op.New() {
			at += len(op.Text)
			open = false
			continue
		}
		if !open {
			out = append(out, hunk{from: at, to: at})
			open = true
		}
		h := &out[len(out)-1]
		h.to += len(op.Old())
		h.text += op.New()
		at = h.to
	}
	return out
}

// join applies two lists of hunks. Hunks of different sides need a word between
// them that neither touched: words beside each other belong to one thought.
func join(base string, mine, theirs []hunk) (string, bool) {
	var out strings.Builder
	at := 0
	take := func(h hunk) {
		out.WriteString(base[at:h.from])
		out.WriteString(h.text)
		at = h.to
	}
	for len(mine) > 0 && len(theirs) > 0 {
		m, t := mine[0], theirs[0]
		switch {
		case m == t:
			take(m)
			mine, theirs = mine[1:], theirs[1:]
		case m.to <= t.from && hasWord(base[m.to:t.from]):
			take(m)
			mine = mine[1:]
		case t.to <= m.from && hasWord(base[t.to:m.from]):
			take(t)
			theirs = theirs[1:]
		default:
			return "", false
		}
	}
	for _, h := range append(mine, theirs...) {
		take(h)
	}
	out.WriteString(base[at:])
	return out.String(), true
}

func hasWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}
