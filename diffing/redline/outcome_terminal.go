package redline

import (
	"bufio"
	"fmt"
	"io"

	"github.com/tuzetu/tuzetu/diffing"
)

// OutcomeTerminal writes what became of a proposal to be read: item by item what
// was proposed and what was enacted, then what nobody proposed.
func OutcomeTerminal(w io.Writer, out *diffing.OutcomeResult, o TerminalOptions) error {
	t := &terminal{w: bufio.NewWriter(w), o: o, words: wordsIn(o.Lang)}
	words := outcomeWordsIn(o.Lang)
	t.line(ansiBold, words.summary(out))
	for k := range out.Items {
		it := &out.Items[k]
		t.line("", "")
		t.line(ansiBold, it.Provision.Cite().In(o.Lang)+" — "+words.verdict(out, it, o.Lang))
		t.labelled(words.proposed, it.Proposed)
		if it.Enacted != nil {
			t.labelled(words.enacted, it.Enacted)
		}
	}
	if len(out.Unasked) > 0 {
		t.line("", "")
		t.line(ansiBold, words.unasked)
		for _, p := range out.Unasked {
			t.pair(p)
		}
	}
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing the outcome: %w", err)
	}
	return nil
}

func (t *terminal) labelled(label string, p *diffing.Pair) {
	t.line(ansiDim, "  "+label+" ("+t.words.became(p, t.o.Lang)+"):")
	runs := runsOf(p)
	if !t.o.All {
		runs = shortened(runs)
	}
	t.wrap(runs, p.Kind == diffing.Same)
}
