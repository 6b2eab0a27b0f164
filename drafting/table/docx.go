package table

import (
	"io"
	"time"

	"github.com/tuzetu/tuzetu/internal/ooxml"
)

// DOCX writes the table as a Word document: A4 on its side, the heads of the
// columns on every page, changed words in bold.
func (t *Table) DOCX(w io.Writer, made time.Time) error {
	d := ooxml.NewDocument(ooxml.Properties{Title: t.Name(), Author: "Tuzetu", Lang: t.Lang, Created: made, Landscape: true, Header: t.Act})
	for _, line := range t.Title {
		d.Add(ooxml.Block{Style: ooxml.Title, Runs: []ooxml.Run{{Text: line, Bold: true}}})
	}
	out := ooxml.Table{}
	head := ooxml.Row{Header: true}
	for _, c := range t.Columns {
		out.Widths = append(out.Widths, c.Width)
		head.Cells = append(head.Cells, ooxml.Cell{Blocks: []ooxml.Block{{Style: ooxml.TableHead, Runs: []ooxml.Run{{Text: c.Text}}}}})
	}
	act := ooxml.Row{Cells: []ooxml.Cell{{Span: len(t.Columns), Blocks: []ooxml.Block{{Style: ooxml.TableHead, Runs: []ooxml.Run{{Text: t.Act}}}}}}}
	out.Rows = append(out.Rows, head, act)
	for i := range t.Rows {
		var row ooxml.Row
		for _, c := range t.Columns {
			row.Cells = append(row.Cells, ooxml.Cell{Blocks: blocks(t.Rows[i].cell(c.Column))})
		}
		out.Rows = append(out.Rows, row)
	}
	d.AddTable(out)
	_, err := d.WriteTo(w)
	return err
}

func blocks(lines []Line) []ooxml.Block {
	var out []ooxml.Block
	for _, line := range lines {
		b := ooxml.Block{Style: ooxml.TableText}
		for _, r := range line {
			b.Runs = append(b.Runs, ooxml.Run{Text: r.Text, Bold: r.Bold})
		}
		out = append(out, b)
	}
	return out
}
