package diffing

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// generator makes a new text out of an old one the way a working group does:
// it edits, moves, splits, merges, drops, adds and renumbers, and keeps the
// truth of what it did.
type generator struct {
	*rand.Rand
	donor []string // lines of another law: where new words come from
	hard  bool     // also moves and rewrites single paragraphs, repeats boilerplate
	draft bool     // renumbers all articles
}

// genLine is a line of the new text and the old lines it came of.
type genLine struct {
	text  string
	olds  []int
	flags []string
}

var articleForm = regexp.MustCompile(`^(Статья )(\d+(?:-\d+)*)(\.)|^()(\d+(?:-\d+)*)(-бап)`)

func (g *generator) make(old []string) (new []string, want truth) {
	var lines []genLine
	for n, s := range old {
		lines = append(lines, genLine{text: s, olds: []int{n + 1}})
	}
	mark := func(deleted, inserted string) {
		want.Ideal += utf8.RuneCountInString(deleted) + utf8.RuneCountInString(inserted)
	}
	lines = g.articles(lines, mark)
	lines = g.paragraphs(lines, mark)
	if g.hard {
		lines = g.scatter(lines, mark)
	}
	if g.draft {
		g.renumber(lines, mark)
	}
	for n, l := range lines {
		new = append(new, l.text)
		for _, o := range l.olds {
			want.Pairs = append(want.Pairs, truePair{o, n + 1, l.flags})
		}
	}
	return new, want
}

// articles drops, adds and moves whole articles.
func (g *generator) articles(lines []genLine, mark func(_, _ string)) []genLine {
	var blocks [][]genLine
	for _, l := range lines {
		if len(blocks) == 0 || articleForm.MatchString(l.text) {
			blocks = append(blocks, nil)
		}
		blocks[len(blocks)-1] = append(blocks[len(blocks)-1], l)
	}
	n := len(blocks)
	for range max(1, n/60) {
		if len(blocks) < 4 {
			break
		}
		k := 1 + g.IntN(len(blocks)-1)
		for _, l := range blocks[k] {
			mark(l.text, "")
		}
		blocks = slices.Delete(blocks, k, k+1)
	}
	for range max(1, n/30) {
		if len(blocks) < 4 {
			break
		}
		from := 1 + g.IntN(len(blocks)-1)
		b := blocks[from]
		to := 1 + g.IntN(len(blocks)-1)
		if len(b) > 12 || to-from < 4 && from-to < 4 { // a short way: which of the two moved?
			continue
		}
		blocks = slices.Insert(slices.Delete(blocks, from, from+1), min(to, len(blocks)-1), b)
		for k := range b {
			b[k].flags = append(b[k].flags, "moved")
		}
	}
	for range max(1, n/60) {
		k := 1 + g.IntN(len(blocks))
		b := []genLine{{text: "Статья 1. " + strings.TrimRight(g.words(4), ".,;:")}}
		for range 1 + g.IntN(4) {
			b = append(b, genLine{text: g.donor[g.IntN(len(g.donor))]})
		}
		for _, l := range b {
			mark("", l.text)
		}
		blocks = slices.Insert(blocks, min(k, len(blocks)), b)
	}
	return slices.Concat(blocks...)
}

// paragraphs edits, drops, adds, splits and merges single lines.
func (g *generator) paragraphs(lines []genLine, mark func(_, _ string)) (out []genLine) {
	for k := 0; k < len(lines); k++ {
		l := lines[k]
		if len(l.olds) == 0 {
			out = append(out, l)
			continue
		}
		switch p := g.Float64(); {
		case p < 0.015:
			mark(l.text, "")
			continue
		case p < 0.13:
			l.text = g.edit(l.text, 1+g.IntN(3), mark)
		}
		switch p := g.Float64(); {
		case p < 0.007:
			cut := strings.Index(l.text[len(l.text)/3:], ", ")
			if cut >= 0 && len(l.text) > 160 {
				cut += len(l.text) / 3
				a, b := l, l
				a.text, b.text = l.text[:cut+1], l.text[cut+2:]
				out = append(out, a, b)
				continue
			}
		case p < 0.02 && k+1 < len(lines) && len(lines[k+1].olds) == 1 && lines[k+1].olds[0] == l.olds[0]+1 && !articleForm.MatchString(l.text) && !articleForm.MatchString(lines[k+1].text):
			l.text += " " + lines[k+1].text
			l.olds = append(slices.Clone(l.olds), lines[k+1].olds...)
			k++
		}
		out = append(out, l)
		if g.Float64() < 0.015 {
			s := fmt.Sprintf("%d-1. %s", 1+g.IntN(12), g.donor[g.IntN(len(g.donor))])
			mark("", s)
			out = append(out, genLine{text: s})
		}
	}
	return out
}

// scatter moves single paragraphs, half of them rewritten, and repeats one line.
func (g *generator) scatter(lines []genLine, mark func(_, _ string)) []genLine {
	for range len(lines) / 40 {
		from := g.IntN(len(lines))
		l := lines[from]
		to := g.IntN(len(lines))
		if g.IntN(2) == 0 {
			to = min(max(from-12+g.IntN(24), 0), len(lines)-1)
		}
		if len(l.olds) != 1 || articleForm.MatchString(l.text) || slices.Contains(l.flags, "moved") || to-from < 4 && from-to < 4 {
			continue
		}
		if g.IntN(3) == 0 {
			l.text = g.edit(l.text, 2, mark)
		}
		l.flags = append(slices.Clone(l.flags), "moved")
		lines = slices.Insert(slices.Delete(lines, from, from+1), to, l)
	}
	again := g.donor[g.IntN(len(g.donor))]
	for range 5 {
		mark("", again)
		lines = slices.Insert(lines, g.IntN(len(lines)), genLine{text: again})
	}
	return lines
}

func (g *generator) renumber(lines []genLine, mark func(_, _ string)) {
	n := 0
	for k := range lines {
		l := &lines[k]
		m := articleForm.FindStringSubmatchIndex(l.text)
		if m == nil {
			continue
		}
		n++
		at := 4
		if m[4] < 0 {
			at = 10
		}
		was, now := l.text[m[at]:m[at+1]], fmt.Sprint(n)
		if was != now && len(l.olds) > 0 {
			mark(was, now)
		}
		l.text = l.text[:m[at]] + now + l.text[m[at+1]:]
	}
}

// edit replaces, drops or adds phrases of one to five words.
func (g *generator) edit(text string, times int, mark func(_, _ string)) string {
	words := strings.Fields(text)
	at := 1
	for range times {
		if at >= len(words) {
			break
		}
		at += g.IntN(len(words) - at)
		gone, come := 1+g.IntN(4), g.words(1+g.IntN(5))
		switch g.IntN(3) {
		case 0:
			gone = 0
		case 1:
			come = ""
		}
		gone = min(gone, len(words)-at-1)
		mark(strings.Join(words[at:at+max(gone, 0)], " ")+" ", come+" ")
		words = slices.Replace(words, at, at+max(gone, 0), strings.Fields(come)...)
		at += 2 + len(strings.Fields(come))
	}
	return strings.Join(words, " ")
}

// words is a run of n words of the donor.
func (g *generator) words(n int) string {
	for {
		w := strings.Fields(g.donor[g.IntN(len(g.donor))])
		if len(w) > n+1 {
			k := 1 + g.IntN(len(w)-n)
			return strings.Join(w[k:k+n], " ")
		}
	}
}
