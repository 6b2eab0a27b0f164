package ooxml

import "fmt"

// Page measures, in twentieths of a point: A4 with the margins of an official
// letter, 30 mm at the binding, 15 mm at the outer edge, 20 mm above and below.
const (
	pageShort, pageLong           = 11906, 16838
	marginBinding, marginOuter    = 1701, 850
	marginTop                     = 1134
	headerDistance                = 567
	portraitWidth, landscapeWidth = pageShort - marginBinding - marginOuter, pageLong - marginTop - marginTop
)

// AddTable appends a table over the full width of the page.
func (d *Document) AddTable(t Table) {
	if d.afterTable { // two tables without a paragraph between them would grow together
		d.Add(Block{Style: TableText})
	}
	widths := shares(t.Widths, d.width())
	b := &d.body
	b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="LawTable"/>`)
	fmt.Fprintf(b, `<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/>`, d.width())
	b.WriteString(`<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString("</w:tblGrid>\n")
	for i := range t.Rows {
		d.row(&t.Rows[i], widths)
	}
	b.WriteString("</w:tbl>\n")
	d.afterTable = true
}

func (d *Document) row(r *Row, widths []int) {
	b := &d.body
	b.WriteString(`<w:tr>`)
	if r.Header || r.Change.Kind != Unchanged {
		b.WriteString(`<w:trPr>`)
		if r.Header {
			b.WriteString(`<w:cantSplit/><w:tblHeader/>`)
		}
		if r.Change.Kind != Unchanged {
			d.change(r.Change)
			b.WriteString(`/>`)
		}
		b.WriteString(`</w:trPr>`)
	}
	at := 0
	for i := range r.Cells {
		c := &r.Cells[i]
		span := max(c.Span, 1)
		width := 0
		for range span {
			if at < len(widths) {
				width += widths[at]
				at++
			}
		}
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
		if span > 1 {
			fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, span)
		}
		if r.Header {
			b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>`)
		}
		b.WriteString(`</w:tcPr>`)
		for j := range c.Blocks {
			d.block(&c.Blocks[j])
		}
		if len(c.Blocks) == 0 { // a cell must hold a paragraph
			d.block(&Block{Style: TableText})
		}
		b.WriteString("</w:tc>")
	}
	b.WriteString("</w:tr>\n")
}

// width is that of the text on a page.
func (d *Document) width() int {
	if d.props.Landscape {
		return landscapeWidth
	}
	return portraitWidth
}

// shares divides a width as the weights say.
func shares(weights []int, width int) []int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	out := make([]int, len(weights))
	for i, w := range weights {
		out[i] = width * w / max(sum, 1)
	}
	return out
}
