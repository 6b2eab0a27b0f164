package redline

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// BlameProvision is a provision with the edition that brought each of its words,
// as `tuzetu blame --format json` gives it.
type BlameProvision struct {
	Address law.Address         `json:"address"`
	Label   law.Label           `json:"label"`
	Spans   []diffing.BlameSpan `json:"spans"`
}

// BlameJSON writes {"editions":[…],"provisions":[…]}; a span's edition is the
// place in editions.
func BlameJSON(w io.Writer, blamed []diffing.Blamed, editions []Meta) error {
	out := &jsonWriter{w: bufio.NewWriter(w)}
	if editions == nil {
		editions = []Meta{}
	}
	out.field("{\n\"editions\": ", editions)
	out.raw(",\n\"provisions\": [")
	sep := "\n"
	for _, b := range blamed {
		out.field(sep, BlameProvision{b.Provision.Address, b.Provision.Label(), b.Spans})
		sep = ",\n"
	}
	out.raw("]\n}\n")
	if out.err == nil {
		out.err = out.w.Flush()
	}
	if out.err != nil {
		return fmt.Errorf("writing the blame: %w", out.err)
	}
	return nil
}

// BlameTerminal writes the provisions that have younger words than the first
// edition (all of them with o.All): each run of such words in {+…+}, followed by
// the edition and the acts that brought it in brackets.
func BlameTerminal(w io.Writer, blamed []diffing.Blamed, editions []Meta, o TerminalOptions) error {
	t := &terminal{w: bufio.NewWriter(w), o: o, words: wordsIn(o.Lang)}
	none := true
	for _, b := range blamed {
		runs, young := blameRuns(b, editions)
		if !young && !o.All {
			continue
		}
		if !none {
			t.line("", "")
		}
		none = false
		t.line(ansiBold, b.Provision.Cite().In(o.Lang))
		if !o.All {
			runs = shortened(runs)
		}
		t.wrap(runs, false)
	}
	if none {
		t.line("", t.words.none)
	}
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing the blame: %w", err)
	}
	return nil
}

// blameRuns marks what came after the first edition; young says there is some.
func blameRuns(b diffing.Blamed, editions []Meta) (runs []run, young bool) {
	for _, s := range b.Spans {
		if s.Edition == 0 {
			runs = append(runs, run{diffing.Equal, s.Text})
			continue
		}
		young = true
		source := []string{editions[s.Edition].name()}
		for _, a := range s.Acts {
			source = append(source, "№ "+a.Number)
		}
		text := strings.TrimRight(s.Text, " ")
		runs = append(runs, run{diffing.Insert, text},
			run{diffing.Equal, " [" + strings.Join(source, ", ") + "]" + s.Text[len(text):]})
	}
	return runs, young
}
