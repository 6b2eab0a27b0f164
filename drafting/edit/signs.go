package edit

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// mend puts the last signs of lists right that got or lost an item: «;» after
// each, after the last what the list had there. Only lines that are new, or newly
// or no longer the last, are touched. It reports whether it changed any.
func (w *work) mend(d *Done) bool {
	changed := false
	at := map[*law.Provision]*piece{}
	was := map[*law.Provision]bool{} // items that came last
	for _, c := range w.pieces {
		at[c.now] = c
	}
	for _, holder := range w.doc.Provisions {
		if !w.lists[holder] || d.Document.Find(d.Now[holder.Address]) == nil {
			continue
		}
		for _, k := range [...]law.Kind{law.Subparagraph, law.Indent} {
			old := ofKind(holder, k)
			now := ofKind(d.Document.Find(d.Now[holder.Address]), k)
			end := "."
			if n := len(old); n > 0 {
				if len(old) > 1 && w.signOf(old[0]) != ";" {
					continue // a list of another style
				}
				if s := w.signOf(old[n-1]); s == "." || s == ";" {
					end = s
				}
				was[old[n-1]] = true
			} else if k == law.Indent {
				continue // one line is no list
			}
			for i, p := range now {
				c := at[p]
				isLast := i == len(now)-1
				if !c.fresh && was[c.old] == isLast {
					continue
				}
				sign := ";"
				if isLast {
					sign = end
				}
				under := d.Document.Subtree(p)
				tail := at[under[len(under)-1]]
				text := signed(tail.line.Text, sign)
				if was := w.asBase(c, isLast); strings.TrimRight(was, ".;") == strings.TrimRight(text, ".;") {
					text = was
				}
				if text != tail.line.Text {
					tail.line.Text = text
					changed = true
					if tail.old != nil {
						w.signs = append(w.signs, tail)
					}
				}
			}
		}
	}
	return changed
}

func ofKind(p *law.Provision, k law.Kind) (out []*law.Provision) {
	for _, c := range p.Children {
		if c.Kind == k {
			out = append(out, c)
		}
	}
	return out
}

// signOf is the sign an item ends with, that of the last line under it.
func (w *work) signOf(p *law.Provision) string {
	under := w.doc.Subtree(p)
	text := under[len(under)-1].Text
	return text[max(0, len(text)-1):]
}

// signed ends a line with a sign of lists; a line with another sign at its end
// («:») stays.
func signed(text, sign string) string {
	end := text[max(0, len(text)-1):]
	switch {
	case end == ";" || end == "." && !slices.ContainsFunc([]string{" г.", " т.д.", " др."}, func(s string) bool { return strings.HasSuffix(text, s) }):
		return text[:len(text)-1] + sign
	case strings.Contains(":,!?", end):
		return text
	}
	return text + sign
}
