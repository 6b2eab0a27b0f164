package table

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

const sheet = "1"

// maxCell is how many characters a cell of a worksheet can hold.
const maxCell = 32767

// XLSX writes the table as a worksheet, its heads frozen and repeated in print.
func (t *Table) XLSX(w io.Writer, made time.Time) (err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	x := sheetWriter{f: f, t: t}
	x.do(f.SetSheetName(f.GetSheetName(0), sheet))
	stamp := made.UTC().Format(time.RFC3339)
	x.do(f.SetDocProps(&excelize.DocProperties{Title: t.Name(), Creator: "Tuzetu", Created: stamp, Modified: stamp, Language: string(t.Lang)}))
	x.write()
	if x.err != nil {
		return fmt.Errorf("worksheet: %w", x.err)
	}
	return f.Write(w)
}

// sheetWriter stops at the first error.
type sheetWriter struct {
	f   *excelize.File
	t   *Table
	row int
	err error
}

func (x *sheetWriter) do(err error) {
	if x.err == nil {
		x.err = err
	}
}

func (x *sheetWriter) style(s excelize.Style) int {
	id, err := x.f.NewStyle(&s)
	x.do(err)
	return id
}

func (x *sheetWriter) write() {
	border := []excelize.Border{{Type: "left", Style: 1, Color: "000000"}, {Type: "top", Style: 1, Color: "000000"}, {Type: "right", Style: 1, Color: "000000"}, {Type: "bottom", Style: 1, Color: "000000"}}
	font := func(bold bool) *excelize.Font { return &excelize.Font{Family: "Times New Roman", Size: 11, Bold: bold} }
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	title := x.style(excelize.Style{Font: font(true), Alignment: middle})
	head := x.style(excelize.Style{Font: font(true), Alignment: middle, Border: border})
	body := x.style(excelize.Style{Font: font(false), Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, Border: border})

	for i, c := range x.t.Columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		x.do(err)
		x.do(x.f.SetColWidth(sheet, name, name, float64(c.Width)*1.4))
	}
	for _, line := range x.t.Title {
		x.across(line, title)
	}
	x.row++
	for i, c := range x.t.Columns {
		x.put(i, []Line{{{Text: c.Text}}}, head)
	}
	heads := x.row
	x.across(x.t.Act, head)
	for i := range x.t.Rows {
		x.row++
		for k, c := range x.t.Columns {
			x.put(k, x.t.Rows[i].cell(c.Column), body)
		}
	}
	x.do(x.f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: heads, TopLeftCell: fmt.Sprintf("A%d", heads+1), ActivePane: "bottomLeft"}))
	landscape, a4, wide, high := "landscape", 9, 1, 0
	fit := true
	x.do(x.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &high}))
	x.do(x.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	x.do(x.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet, heads, heads), Scope: sheet}))
}

// across writes one cell over the whole width.
func (x *sheetWriter) across(text string, style int) {
	x.row++
	x.put(0, []Line{{{Text: text}}}, style)
	last := x.name(len(x.t.Columns) - 1)
	x.do(x.f.SetCellStyle(sheet, x.name(0), last, style))
	x.do(x.f.MergeCell(sheet, x.name(0), last))
}

func (x *sheetWriter) name(column int) string {
	name, err := excelize.CoordinatesToCellName(column+1, x.row)
	x.do(err)
	return name
}

// put writes a cell as text, so that nothing in it is ever a formula.
func (x *sheetWriter) put(column int, lines []Line, style int) {
	at := x.name(column)
	x.do(x.f.SetCellStyle(sheet, at, at, style))
	var runs []excelize.RichTextRun
	length := 0
	for i, line := range lines {
		if i > 0 {
			line = append(Line{{Text: "\n"}}, line...)
		}
		for _, r := range line {
			length += utf8.RuneCountInString(r.Text)
			runs = append(runs, excelize.RichTextRun{Text: printable(r.Text), Font: &excelize.Font{Family: "Times New Roman", Size: 11, Bold: r.Bold}})
		}
	}
	if length > maxCell {
		x.do(fmt.Errorf("row %d holds %d characters, a cell of a worksheet at most %d; take .docx", x.row, length, maxCell))
		return
	}
	if len(runs) > 0 {
		x.do(x.f.SetCellRichText(sheet, at, runs))
	}
}

// printable leaves out what no XML can hold.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == utf8.RuneError || r == '\uFFFE' || r == '\uFFFF' {
			return '\uFFFD'
		}
		return r
	}, s)
}
