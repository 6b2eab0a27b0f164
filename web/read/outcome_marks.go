package read

import (
	"unicode"

	"github.com/tuzetu/tuzetu/diffing"
)

// survival tells of every character of a proposal, and of the enacted text,
// whether a proposed insertion lives on in it. It is nil where the two texts
// were not paired.
type survival struct {
	proposed []bool // by rune of the proposed text: it was enacted
	enacted  []bool // by rune of the enacted text: a proposed insertion
}

// survives follows the insertions of a proposal into what was enacted.
func survives(it *diffing.OutcomeItem) *survival {
	if len(it.Surviving) == 0 || it.Proposed.To == nil || it.MovedTo != "" {
		return nil
	}
	var asked []bool
	for _, o := range ops(*it.Proposed) {
		for range []rune(o.New()) {
			asked = append(asked, o.Kind == diffing.Insert)
		}
	}
	s := &survival{proposed: make([]bool, 0, len(asked))}
	for _, o := range it.Surviving {
		old, kept := len([]rune(o.Old())), o.Kind == diffing.Equal
		at := len(s.proposed)
		for range old {
			s.proposed = append(s.proposed, kept)
		}
		for i := range len([]rune(o.New())) {
			// An equal run may be printed otherwise: look-alikes, other blanks.
			was := at + min(i, old-1)
			s.enacted = append(s.enacted, kept && was < len(asked) && asked[was])
		}
	}
	if len(s.proposed) != len(asked) {
		return nil // a split or merged text, paired as a whole
	}
	return s
}

// askedSpans are the redline from the base text to the proposal; what was not
// enacted is marked as lost.
func askedSpans(it *diffing.OutcomeItem, s *survival) []Span {
	var flags []bool
	if s != nil {
		flags = s.proposed
	}
	return flagged(*it.Proposed, flags, "lost")
}

// enactedSpans are the redline from the base text to the enacted one; what was
// not proposed is marked as other.
func enactedSpans(it *diffing.OutcomeItem, s *survival) []Span {
	var flags []bool
	if s != nil {
		flags = s.enacted
	} else if it.Proposed.To == nil && it.Enacted.To != nil {
		flags = make([]bool, len([]rune(it.Enacted.To.Text))) // nothing was to come
	}
	return flagged(*it.Enacted, flags, "other")
}

// flagged are the runs of a pair; insertions are parted by flags, one for each
// rune of the new text: the false ones that hold a word are of the kind given.
// Without flags, or with those of another text, nothing is parted.
func flagged(p diffing.Pair, flags []bool, kind string) []Span {
	all := 0
	for _, o := range ops(p) {
		all += len([]rune(o.New()))
	}
	if len(flags) != all {
		return spans(p, both)
	}
	var out []Span
	at := 0
	for _, o := range ops(p) {
		text := []rune(o.New())
		switch o.Kind {
		case diffing.Delete:
			out = marked(out, Span{Kind: "del"}, o.Text)
		case diffing.Equal:
			out = marked(out, Span{}, o.Text)
		default:
			for _, part := range stretches(text, flags[at:at+len(text)]) {
				sp := Span{Kind: "ins"}
				if !part.flag && words(part.text) > 0 {
					sp.Kind = kind
				}
				out = marked(out, sp, part.text)
			}
		}
		at += len(text)
	}
	return out
}

type stretch struct {
	text string
	flag bool
}

// stretches parts a text where the flag of its words changes; signs and blanks
// go with the word before them.
func stretches(text []rune, flags []bool) []stretch {
	var out []stretch
	begin, now := 0, false
	for i, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if len(out) == 0 && begin == 0 && !hasWord(text[:i]) {
			now = flags[i]
			continue
		}
		if flags[i] != now {
			out = append(out, stretch{string(text[begin:i]), now})
			begin, now = i, flags[i]
		}
	}
	return append(out, stretch{string(text[begin:]), now})
}

func hasWord(text []rune) bool {
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}
