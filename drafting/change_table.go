package drafting

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// cited is a unit's citation as instructions write it: the paragraphs of rules are
// numbered through, and need no chapter.
func cited(p *law.Provision) law.Citation {
	c := p.Cite()
	for len(c) > 1 && level(c[0].Kind) < level(law.Article) && (c[1].Kind == law.Paragraph || level(c[1].Kind) < level(law.Article) && len(c) > 2) {
		c = c[1:]
	}
	return c
}

// cited is the citation of a unit in an act. What stands in the chapters under the
// stamp of an annex is named with the annex.
func (c *comparer) cited(p *law.Provision) law.Citation {
	cite := cited(p)
	if annex := c.annexes[root(p)]; annex != nil && len(cite) > 0 && cite[0].Kind == law.Paragraph {
		return append(law.Citation{{Kind: law.Annex, Number: annex.Number}}, cite...)
	}
	return cite
}

// underAnnexes are the units of the act itself that stand under the stamp of an annex.
func underAnnexes(doc *law.Document, out map[*law.Provision]*law.Provision) {
	var annex *law.Provision
	for _, p := range doc.Provisions {
		switch {
		case stamp(p) && p.Kind == law.Annex:
			annex = p
		case stamp(p):
			annex = nil
		case p.Parent == nil && annex != nil:
			out[p] = annex
		}
	}
}

func root(p *law.Provision) *law.Provision {
	for p.Parent != nil {
		p = p.Parent
	}
	return p
}

// cite parts the citation of a unit from that of what it stands in. A row is named
// below its table, by the number in its first cell where the table numbers its
// rows.
func (c *comparer) cite(p *law.Provision) (holder, steps law.Citation) {
	cite := c.cited(p)
	last := len(cite) - 1
	holder, steps = cite[:last:last], cite[last:]
	if p.Kind == law.Table {
		holder = append(holder, law.Step{Kind: Tabular})
		steps = law.Citation{rowStep(p, rowsUnder(p.Parent, nil))}
	}
	return holder, steps
}

// rowsUnder are the rows of a unit, or of all.
func rowsUnder(holder *law.Provision, all []*law.Provision) (out []*law.Provision) {
	if holder != nil {
		all = holder.Children
	}
	for _, p := range all {
		if p.Kind == law.Table {
			out = append(out, p)
		}
	}
	return out
}

// rowStep names a row among those of the text before.
func rowStep(p *law.Provision, rows []*law.Provision) law.Step {
	if len(rows) > 0 && numbersRows(rows) {
		if n := rowNumber(p.Text); n != "" {
			return law.Step{Kind: law.Table, Number: n}
		}
	}
	return law.Step{Kind: law.Table, Ordinal: p.Ordinal}
}

// table writes a table anew, or takes it out, where that was asked for or its rows
// are gone; it reports whether nothing is to be said of single rows.
func (c *comparer) table(a, b *law.Provision) bool {
	if a == nil || b == nil {
		return false
	}
	old, now := rowsUnder(a, nil), rowsUnder(b, nil)
	if len(old) == 0 || len(now) > 0 && c.coarse[old[0]] != whole {
		return false
	}
	ch := change{op: DeleteUnit, holder: c.cited(a), steps: law.Citation{{Kind: Tabular}}, units: old, within: a}
	if len(now) > 0 {
		var lines []string
		for _, p := range now {
			lines = append(lines, p.Text)
		}
		ch.op, ch.wording = ReplaceUnit, [][]string{lines}
		if slices.EqualFunc(old, now, func(p, q *law.Provision) bool { return same(p.Text, q.Text) }) {
			return true
		}
	}
	c.add(ch)
	return true
}

// firstRow stands for its table where that is written anew.
func firstRow(p *law.Provision) *law.Provision {
	return rowsUnder(p.Parent, []*law.Provision{p})[0]
}

// row writes the change of a row: words inside a cell, or the row.
func (c *comparer) row(a, b *law.Provision) {
	holder, steps := c.cite(a)
	before := len(c.changes)
	if c.coarse[a] == byWords && c.words(a, b, holder, steps) {
		cells := true // no quotation runs over the side of a cell
		for i := range c.changes[before:] {
			ch := &c.changes[before+i]
			cells = cells && !strings.Contains(ch.old+ch.words, "|")
		}
		if cells {
			return
		}
		c.changes = c.changes[:before]
	}
	c.replace(a, b)
}

// annex writes an annex anew as acts do, in an annex of their own.
func (c *comparer) annex(a, b, holder *law.Provision) {
	ch := change{op: Annex, wording: [][]string{subtreeLines(c.to, b)}, units: []*law.Provision{b}, within: holder, new: a == nil}
	if a != nil {
		ch.units = []*law.Provision{a}
	}
	ch.steps = law.Citation{{Kind: law.Annex, Number: b.Number, Ordinal: b.Ordinal}}
	c.add(ch)
}
