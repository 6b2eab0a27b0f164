package redline

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// TerminalOptions say how Terminal writes.
type TerminalOptions struct {
	Color bool     // marks are colours with underline and strike; else [-…-] and {+…+}
	Lang  law.Lang // of what is said around the texts
	All   bool     // also what did not change, whole, and notes
	Width int      // columns to wrap at; 0 does not wrap
}

// ANSI marks of a terminal; the colour is never the only sign.
const (
	ansiReset  = "\x1b[0m"
	ansiBold   = "\x1b[1m"
	ansiDim    = "\x1b[2m"
	ansiDelete = "\x1b[31;9m"
	ansiInsert = "\x1b[32;4m"
)

// Terminal writes a comparison to be read: what changed, place by place, then
// the citations to check and where the norms come from.
func Terminal(w io.Writer, r *diffing.Result, o TerminalOptions) error {
	t := &terminal{w: bufio.NewWriter(w), o: o, words: wordsIn(o.Lang)}
	if r.Warning != "" {
		t.line(ansiBold, t.words.warnings[r.Warning])
		t.line("", "")
	}
	t.line(ansiBold, t.words.summary(r.Summary))
	for k := range r.Pairs {
		if p := &r.Pairs[k]; o.All || p.Changed() && !p.Note {
			t.pair(p)
		}
	}
	if refs := r.References(); len(refs) > 0 {
		t.line("", "")
		t.line(ansiBold, t.words.references)
		for _, ref := range refs {
			t.line("", "  "+t.words.reference(r, ref, o.Lang))
		}
	}
	t.line("", "")
	t.line("", t.words.provenance(r.Provenance()))
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing the comparison: %w", err)
	}
	return nil
}

type terminal struct {
	w     *bufio.Writer
	o     TerminalOptions
	words words
}

func (t *terminal) line(style, s string) {
	if !t.o.Color || style == "" {
		fmt.Fprintln(t.w, s)
		return
	}
	fmt.Fprintln(t.w, style+s+ansiReset)
}

func (t *terminal) pair(p *diffing.Pair) {
	t.line("", "")
	t.line(ansiBold, place(p, t.o.Lang)+" — "+t.words.what(p, t.o.Lang))
	runs := runsOf(p)
	if !t.o.All {
		runs = shortened(runs)
	}
	t.wrap(runs, p.Technical || p.Note || !p.Changed())
}

// wrap writes runs, breaking lines at blanks; what matters less is dimmed.
func (t *terminal) wrap(runs []run, dim bool) {
	const indent = "  "
	t.w.WriteString(indent)
	col := len(indent)
	for _, r := range runs {
		open, shut := t.marks(r.kind, dim)
		for word := range strings.SplitAfterSeq(r.text, " ") {
			n := utf8.RuneCountInString(word)
			if t.o.Width > 0 && word != " " && col > len(indent) && col+n > t.o.Width {
				t.w.WriteString("\n" + indent)
				col = len(indent)
			}
			t.w.WriteString(open + word)
			open = ""
			col += n
		}
		t.w.WriteString(shut)
	}
	t.w.WriteString("\n")
}

func (t *terminal) marks(kind diffing.OpKind, dim bool) (open, shut string) {
	if t.o.Color {
		switch {
		case kind == diffing.Delete:
			return ansiDelete, ansiReset
		case kind == diffing.Insert:
			return ansiInsert, ansiReset
		case dim:
			return ansiDim, ansiReset
		}
		return "", ""
	}
	switch kind {
	case diffing.Delete:
		return "[-", "-]"
	case diffing.Insert:
		return "{+", "+}"
	}
	return "", ""
}
