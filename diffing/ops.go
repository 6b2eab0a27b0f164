package diffing

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ops writes hunks as runs of text: the old side's characters in deletions, the
// new side's in insertions and equal runs.
func ops(oldText, newText string, a, b []token, hunks []hunk) []Op {
	out := make([]Op, 0, 3*len(hunks)+1)
	cut := func(s string, ts []token, from, to int) string {
		if from == to {
			return ""
		}
		start := int32(0)
		if from > 0 {
			start = ts[from-1].end
		}
		return s[start:ts[to-1].end]
	}
	i, j := 0, 0
	equal := func(i1, j1 int) {
		if j1 > j || i1 > i {
			op := Op{Kind: Equal, Text: cut(newText, b, j, j1)}
			if was := cut(oldText, a, i, i1); was != op.Text {
				op.FromText = was
			}
			out = append(out, op)
		}
	}
	for _, h := range hunks {
		equal(h.a0, h.b0)
		if h.a0 < h.a1 {
			out = append(out, Op{Kind: Delete, Text: cut(oldText, a, h.a0, h.a1)})
		}
		if h.b0 < h.b1 {
			out = append(out, Op{Kind: Insert, Text: cut(newText, b, h.b0, h.b1)})
		}
		i, j = h.a1, h.b1
	}
	equal(len(a), len(b))
	return out
}

// Print is a piece of an unchanged run as both sides print it.
type Print struct{ Old, New string }

// Prints parts an unchanged run that is printed in two ways into what is printed
// alike and the words or signs that are not, each by itself. Of any other run it
// is one piece.
func (op Op) Prints() []Print {
	if op.Kind != Equal || op.FromText == "" {
		return []Print{{op.Old(), op.New()}}
	}
	was, is := strings.SplitAfter(op.FromText, " "), strings.SplitAfter(op.Text, " ")
	if len(was) != len(is) {
		return []Print{{op.FromText, op.Text}}
	}
	var out []Print
	same, at := 0, 0 // bytes of the new text: alike since the last difference, before this word
	alike := func(end int) {
		if same > 0 {
			out = append(out, Print{op.Text[end-same : end], op.Text[end-same : end]})
		}
	}
	for i := range was {
		if was[i] == is[i] {
			same += len(is[i])
		} else {
			head, tail := sameEdges(was[i], is[i])
			same += head
			alike(at + head)
			out = append(out, Print{was[i][head : len(was[i])-tail], is[i][head : len(is[i])-tail]})
			same = tail
		}
		at += len(is[i])
	}
	alike(at)
	return out
}

// sameEdges is how many bytes two words have in common at their ends without
// cutting into their letters: quotation marks, stops, the blank after.
func sameEdges(a, b string) (head, tail int) {
	for head < len(a) && head < len(b) {
		r, size := utf8.DecodeRuneInString(a[head:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || !strings.HasPrefix(b[head:], a[head:head+size]) {
			break
		}
		head += size
	}
	for tail < len(a)-head && tail < len(b)-head {
		r, size := utf8.DecodeLastRuneInString(a[:len(a)-tail])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || !strings.HasSuffix(b[head:len(b)-tail], a[len(a)-tail-size:len(a)-tail]) {
			break
		}
		tail += size
	}
	return head, tail
}

// marked counts the characters a reader sees marked.
func marked(ops []Op) int {
	n := 0
	for _, op := range ops {
		if op.Kind != Equal {
			n += utf8.RuneCountInString(op.Text)
		}
	}
	return n
}
