package table

import (
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// whole is the cell of a unit that came or went with all it holds, in bold. What
// it holds and what came from elsewhere, or went elsewhere, has a row of its own.
func whole(d *law.Document, u *law.Provision, pairs map[*law.Provision]*diffing.Pair) []Line {
	var own []Line
	for _, q := range d.Subtree(u) {
		if comes(pairs, q) {
			own = append(own, Line{{Text: q.Text, Bold: true}})
		} else {
			own = omitted(own)
		}
	}
	sub := d.Subtree(u)
	return context(d, u, sub[len(sub)-1], own)
}

// cell is the cell of units whose own lines changed.
func cell(d *law.Document, units []*law.Provision, own []Line) []Line {
	return context(d, units[0], units[len(units)-1], own)
}

// context puts changed lines into their place: the heading of the article and
// the lines of the units they stand in, and an ellipsis wherever law text between
// or after them is left out.
func context(d *law.Document, first, last *law.Provision, own []Line) []Line {
	article := first.Article()
	if article == nil {
		return own
	}
	var above []*law.Provision
	for u := first; u != article; u = u.Parent {
		above = append(above, u.Parent)
	}
	var out []Line
	next := article.Index
	for i := len(above) - 1; i >= 0; i-- {
		if u := above[i]; u.Index > next {
			out = omitted(out)
		}
		out = append(out, Line{{Text: above[i].Text}})
		next = above[i].Index + 1
	}
	if first.Index > next {
		out = omitted(out)
	}
	out = append(out, own...)
	if all := d.Subtree(article); all[len(all)-1] != last {
		out = omitted(out)
	}
	return out
}

// omitted adds an ellipsis, never two on end.
func omitted(lines []Line) []Line {
	if n := len(lines); n > 0 && len(lines[n-1]) == 1 && lines[n-1][0] == ellipsis[0] {
		return lines
	}
	return append(lines, ellipsis)
}

// lines are the lines of one side of a pair, a provision each, its changed words
// in bold.
func lines(p *diffing.Pair, s *diffing.Side, take func(diffing.Op) string, changed diffing.OpKind) []Line {
	if len(p.Ops) == 0 {
		return cut(Line{{Text: s.Text}}, s.Provisions)
	}
	var all Line
	for _, op := range p.Ops {
		if text := take(op); text != "" {
			all = append(all, Run{text, op.Kind == changed})
		}
	}
	return cut(all, s.Provisions)
}

// cut parts the text of a side, which holds its provisions with a blank between
// them.
func cut(all Line, units []*law.Provision) []Line {
	if len(units) == 1 {
		return []Line{all}
	}
	var out []Line
	for _, u := range units {
		var line Line
		for left := utf8.RuneCountInString(u.Text); left > 0 && len(all) > 0; {
			head, rest := all[0].split(left)
			line = append(line, head)
			left -= utf8.RuneCountInString(head.Text)
			if all = all[1:]; rest.Text != "" {
				all = append(Line{rest}, all...)
			}
		}
		out = append(out, line)
		if len(all) > 0 { // the blank
			if _, all[0] = all[0].split(1); all[0].Text == "" {
				all = all[1:]
			}
		}
	}
	return out
}

// split parts a run after n characters, or fewer if it is shorter.
func (r Run) split(n int) (head, rest Run) {
	at := 0
	for range n {
		_, size := utf8.DecodeRuneInString(r.Text[at:])
		at += size
	}
	return Run{r.Text[:at], r.Bold}, Run{r.Text[at:], r.Bold}
}
