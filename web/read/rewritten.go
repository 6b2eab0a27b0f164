package read

import (
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Rewritten is a text that is no law against an earlier one: the paragraphs that
// differ, each as a redline. It is empty where nothing differs but blanks.
func Rewritten(lang law.Lang, from, to string) [][]Span {
	var out [][]Span
	r := diffing.Compare(plainText(lang, from), plainText(lang, to))
	for _, p := range r.Pairs {
		if s := spans(p, both); marks(s) {
			out = append(out, s)
		}
	}
	return out
}

func plainText(lang law.Lang, text string) *law.Document {
	var lines []law.Line
	for s := range strings.SplitSeq(text, "\n") {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			n := len(lines) + 1
			lines = append(lines, law.Line{Text: s, From: n, To: n})
		}
	}
	return law.Build(lang, "", lines)
}

// marks tells whether a redline marks anything.
func marks(list []Span) bool {
	for _, s := range list {
		if s.Kind != "" && s.Kind != "link" {
			return true
		}
	}
	return false
}
