package read

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// technicalRun is how many renumbered or repunctuated provisions in a row are
// shown as one entry: two still read as changes of their own, a longer row
// (an item put into a list renumbers all that follow) hides the real changes.
const technicalRun = 3

// change is one thing that happened: an edited provision, or a whole unit that
// came, went or moved, with everything below it.
type change struct {
	pairs []diffing.Pair // the first one names it
	// technical marks a run of technical pairs, or a single one.
	technical bool
}

// step is a piece of the comparison in reading order: provisions that stayed
// as they were, a change, or the place something moved away from.
type step struct {
	same   []diffing.Pair
	change *change
	gone   *change
	// trace is what the official text put in the place of gone («3. Исключен
	// Законом …»).
	trace *diffing.Pair
	sheet int // page, from 1
}

// changes is a comparison as a reader goes through it.
type changes struct {
	steps []step
	list  []*change      // of steps, in order
	notes []diffing.Pair // changed editorial notes
	// counts of words marked, in all changes but technical ones
	wordsIn, wordsOut int
	// articles of the new text with a change that is not technical
	touched map[*law.Provision]bool
	// old article → new article
	articles map[*law.Provision]*law.Provision
	sheets   int            // pages
	sheetOf  map[string]int // page of a change, or of the place something moved away from, by id
}

// group makes changes of a result.
func group(r *diffing.Result) changes {
	var c changes
	var laws []diffing.Pair
	for _, p := range r.Pairs {
		switch {
		case !p.Note:
			laws = append(laws, p)
		case p.Changed():
			c.notes = append(c.notes, p)
		}
	}
	var flat []step
	for len(laws) > 0 {
		if !laws[0].Changed() {
			flat = append(flat, step{same: laws[:1]})
			laws = laws[1:]
			continue
		}
		n := extent(laws)
		if laws[0].Kind == diffing.Deleted && n < len(laws) && tombstone(laws[n], laws[0].From) {
			n++
		}
		ch := &change{pairs: laws[:n], technical: laws[0].Technical && !laws[0].Moved}
		flat = append(flat, step{change: ch})
		laws = laws[n:]
	}
	flat = withGone(flat)
	for _, s := range flat {
		var before step
		if n := len(c.steps); n > 0 {
			before = c.steps[n-1]
		}
		switch {
		case s.same != nil && before.same != nil:
			c.steps[len(c.steps)-1].same = append(before.same, s.same...)
			continue
		case s.same != nil:
			s.same = slices.Clone(s.same)
		case s.change != nil && before.gone != nil && len(s.change.pairs) == 1 && tombstone(s.change.pairs[0], before.gone.pairs[0].From):
			c.steps[len(c.steps)-1].trace = &s.change.pairs[0]
			continue
		case s.change != nil:
			c.list = append(c.list, s.change)
		}
		c.steps = append(c.steps, s)
	}
	c.count(r)
	c.lay()
	return c
}

// tombstone tells whether a pair is the line that the official text puts in the
// place of a unit that was excluded: it came with the number of the unit that
// went, and says no more than that.
func tombstone(p diffing.Pair, went *diffing.Side) bool {
	t, f := first(p.To), first(went)
	if p.Kind != diffing.Inserted || t == nil || f == nil || t.Kind != f.Kind || t.Number != f.Number {
		return false
	}
	_, words := cut(t)
	return excluded.MatchString(words)
}

var excluded = regexp.MustCompile(`(?i)^(исключ[её]н[аоы]?|алып тасталды|алынып тасталды|excluded|deleted)(\P{L}|$)`)

// extent is how many of the pairs from the first on make one change.
func extent(pairs []diffing.Pair) int {
	head := pairs[0]
	n := 1
	switch {
	case head.Moved:
		n = movedExtent(pairs)
	case head.Kind == diffing.Inserted:
		for n < len(pairs) && pairs[n].Kind == diffing.Inserted && below(pairs[n].To, head.To) {
			n++
		}
	case head.Kind == diffing.Deleted:
		for n < len(pairs) && pairs[n].Kind == diffing.Deleted && below(pairs[n].From, head.From) {
			n++
		}
	case head.Technical:
		for n < len(pairs) && pairs[n].Technical && !pairs[n].Moved {
			n++
		}
		if n < technicalRun {
			n = 1
		}
	}
	return n
}

// movedExtent is extent for a unit that moved: what moved along with it, and
// what came into it or went out of it. A heading that moved alone takes nothing
// along.
func movedExtent(pairs []diffing.Pair) int {
	head, n := pairs[0], 1
	for i, p := range pairs[1:] {
		in, out := below(p.To, head.To), below(p.From, head.From)
		switch {
		case p.Moved && in && out:
			n = i + 2
		case p.Kind == diffing.Inserted && in, p.Kind == diffing.Deleted && out:
			if n > 1 {
				n = i + 2
			}
		default:
			return n
		}
	}
	return n
}

// below tells whether a side stands inside the unit another side begins.
func below(s, unit *diffing.Side) bool {
	p, top := first(s), first(unit)
	if p == nil || top == nil {
		return false
	}
	for p = p.Parent; p != nil; p = p.Parent {
		if p == top {
			return true
		}
	}
	return false
}

func first(s *diffing.Side) *law.Provision {
	if s == nil || len(s.Provisions) == 0 {
		return nil
	}
	return s.Provisions[0]
}

func last(s *diffing.Side) *law.Provision {
	if s == nil || len(s.Provisions) == 0 {
		return nil
	}
	return s.Provisions[len(s.Provisions)-1]
}

// withGone puts a sign at each place something moved away from: after the last
// provision that stands before that place in the old text and did not move.
func withGone(flat []step) []step {
	after := map[int][]*change{} // by index in flat; -1 at the top
	for _, s := range flat {
		if s.change == nil || !s.change.pairs[0].Moved || first(s.change.pairs[0].From) == nil {
			continue
		}
		was, place := first(s.change.pairs[0].From).Index, -1
		for i, other := range flat {
			var p *law.Provision
			if other.same != nil {
				p = last(other.same[0].From)
			} else if tail := other.change.pairs[len(other.change.pairs)-1]; !other.change.pairs[0].Moved {
				p = last(tail.From)
			}
			if p != nil && p.Index < was {
				place = i
			}
		}
		after[place] = append(after[place], s.change)
	}
	if len(after) == 0 {
		return flat
	}
	out := make([]step, 0, len(flat)+len(after))
	gone := func(i int) {
		for _, c := range after[i] {
			out = append(out, step{gone: c})
		}
	}
	gone(-1)
	for i, s := range flat {
		out = append(out, s)
		gone(i)
	}
	return out
}

func (c *changes) count(r *diffing.Result) {
	c.touched, c.articles = map[*law.Provision]bool{}, map[*law.Provision]*law.Provision{}
	for _, p := range r.Pairs {
		if f, t := first(p.From), first(p.To); f != nil && t != nil && f.Kind == law.Article && t.Kind == law.Article {
			c.articles[f] = t
		}
	}
	for _, ch := range c.list {
		if ch.technical {
			continue
		}
		for _, p := range ch.pairs {
			if a := first(p.To).Article(); a != nil {
				c.touched[a] = true
			}
			if a := c.articles[first(p.From).Article()]; a != nil {
				c.touched[a] = true
			}
			for _, o := range ops(p) {
				switch o.Kind {
				case diffing.Insert:
					c.wordsIn += words(o.Text)
				case diffing.Delete:
					c.wordsOut += words(o.Text)
				}
			}
		}
	}
}

// ops are the runs of a pair; a pair that came or went whole is one run.
func ops(p diffing.Pair) []diffing.Op {
	if len(p.Ops) > 0 {
		return p.Ops
	}
	switch {
	case p.From == nil:
		return []diffing.Op{{Kind: diffing.Insert, Text: p.To.Text}}
	case p.To == nil:
		return []diffing.Op{{Kind: diffing.Delete, Text: p.From.Text}}
	}
	return []diffing.Op{{Kind: diffing.Equal, Text: p.To.Text}}
}

// words counts what a reader would call words: runs that hold a letter or a
// figure.
func words(s string) int {
	n := 0
	for _, w := range strings.Fields(s) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}
