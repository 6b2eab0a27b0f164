package table

import (
	_ "embed"
	"html/template"
	"io"
	"strings"
)

//go:embed table.html
var page string

// HTML writes the table as a page of its own, to be read, printed or pasted into
// a letter.
func (t *Table) HTML(w io.Writer) error {
	tmpl, err := template.New("table").Funcs(template.FuncMap{
		"cell":  func(r Row, c Column) []Line { return r.cell(c) },
		"place": func(column int) int { return column + 1 },
	}).Parse(page)
	if err != nil {
		return err
	}
	return tmpl.Execute(w, t)
}

// Name is the title in one line.
func (t *Table) Name() string { return strings.Join(t.Title, " ") }
