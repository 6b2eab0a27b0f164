// Package paper prints an amending act as a Word document that can be filed: A4,
// the title in the middle, rows of tables as a table. It changes no word of the act.
package paper

import (
	"io"
	"slices"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/internal/ooxml"
)

// DOCX writes an act. made is the document's date.
func DOCX(w io.Writer, a *drafting.Act, made time.Time) error {
	d := ooxml.NewDocument(ooxml.Properties{Title: a.Title, Author: "Tuzetu", Lang: a.Lang, Created: made, Header: a.Title})
	for i := 0; i < len(a.Lines); i++ {
		l := a.Lines[i]
		if columns := cells(l); columns > 1 {
			to := i
			for to < len(a.Lines) && cells(a.Lines[to]) == columns {
				to++
			}
			d.AddTable(rows(a.Lines[i:to], columns))
			i = to - 1
			continue
		}
		b := ooxml.Block{Style: ooxml.Body, Runs: []ooxml.Run{{Text: l.Text}}}
		switch {
		case i == 0:
			b.Style = ooxml.Title
		case l.Role == drafting.Frame:
			b.Runs[0].Bold = true
		}
		d.Add(b)
	}
	_, err := d.WriteTo(w)
	return err
}

// cells counts the cells of a row of a table that is quoted or annexed, 0 of other
// lines.
func cells(l drafting.ActLine) int {
	if n := strings.Count(l.Text, " | "); n > 0 && l.Role == drafting.Quoted {
		return n + 1
	}
	return 0
}

func rows(lines []drafting.ActLine, columns int) ooxml.Table {
	out := ooxml.Table{Widths: slices.Repeat([]int{1}, columns)}
	for _, l := range lines {
		var row ooxml.Row
		for _, cell := range strings.Split(l.Text, " | ") {
			row.Cells = append(row.Cells, ooxml.Cell{Blocks: []ooxml.Block{{Style: ooxml.TableText, Runs: []ooxml.Run{{Text: cell}}}}})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
