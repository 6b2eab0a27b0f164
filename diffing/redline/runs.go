package redline

import (
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
)

// run is a piece of a pair's text with its mark.
type run struct {
	kind diffing.OpKind
	text string
}

// joint stands where a provision was split (inserted) or where two were merged
// (deleted), as in any text editor.
const joint = "¶"

// runsOf are the ops of a pair with the joints of a split or merged provision.
func runsOf(p *diffing.Pair) []run {
	var ends []int // in the text of the side with several provisions
	side, mark := p.To, diffing.Insert
	if p.Kind == diffing.Merged {
		side, mark = p.From, diffing.Delete
	}
	if p.Kind == diffing.Split || p.Kind == diffing.Merged {
		at := 0
		for _, q := range side.Provisions[:len(side.Provisions)-1] {
			at += len(q.Text)
			ends = append(ends, at)
			at++ // the blank between
		}
	}
	var out []run
	at := 0
	for _, op := range p.Ops {
		text, on := op.Text, op.New()
		if mark == diffing.Delete {
			on = op.Old()
		}
		// Where the printed letters of both sides differ, a joint stands beside the run.
		for len(ends) > 0 && ends[0] < at+len(on) && on == text {
			cut := ends[0] - at
			out = append(out, run{op.Kind, text[:cut]}, run{mark, joint})
			text, on, at = text[cut:], on[cut:], ends[0]
			ends = ends[1:]
		}
		at += len(on)
		out = append(out, run{op.Kind, text})
		for len(ends) > 0 && ends[0] <= at {
			out = append(out, run{mark, joint})
			ends = ends[1:]
		}
	}
	return out
}

// contextRunes is how much of an unchanged run is shown on either side of a
// change: about a line of a terminal.
const contextRunes = 80

// shortened cuts long unchanged runs in the middle, at blanks.
func shortened(runs []run) []run {
	out := make([]run, 0, len(runs))
	for i, r := range runs {
		if r.kind == diffing.Equal {
			r.text = shorten(r.text, i > 0 || len(runs) == 1, i+1 < len(runs))
		}
		out = append(out, r)
	}
	return out
}

// shorten keeps of an unchanged run what stands beside a change.
func shorten(s string, changeBefore, changeAfter bool) string {
	keep := 0
	for _, side := range [...]bool{changeBefore, changeAfter} {
		if side {
			keep += contextRunes
		}
	}
	runes := []rune(s)
	if len(runes) <= keep+20 {
		return s
	}
	head, tail := "", ""
	if changeBefore {
		head = string(runes[:contextRunes])
		head = head[:strings.LastIndexByte(head, ' ')+1]
	}
	if changeAfter {
		tail = string(runes[len(runes)-contextRunes:])
		tail = tail[strings.IndexByte(tail, ' ')+1:]
	}
	return strings.TrimSuffix(head+"… "+tail, " ")
}
