package drafting

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// rowsOf are the rows of the one table of a place: all of it, or those that hang
// on its unit and follow each other.
func (b *base) rowsOf(p place) ([]*law.Provision, *refusal) {
	if p.unit == nil {
		return nil, ambiguous(because("whole_text"))
	}
	if p.unit.Kind == law.Table {
		return b.all[p.from:p.to], nil
	}
	rows := b.children(p, law.Table)
	switch {
	case len(rows) == 0:
		return nil, notFound(because("no_unit", unitName(law.Step{Kind: Tabular})))
	case rows[len(rows)-1].Index-rows[0].Index != len(rows)-1:
		return nil, ambiguous(because("several_tables"), p)
	}
	return rows, nil
}

// table is all rows of the one table of a place.
func (b *base) table(p place) ([]place, *refusal) {
	rows, refused := b.rowsOf(p)
	if refused != nil {
		return nil, refused
	}
	return []place{{unit: rows[0], from: rows[0].Index, to: rows[len(rows)-1].Index + 1}}, nil
}

// row finds a row by its ordinal, the head being the first, or by the number in
// its first cell («строка, порядковый номер 5»). Where the table numbers its rows
// an ordinal may mean either.
func (b *base) row(p place, s law.Step) ([]place, *refusal) {
	rows, refused := b.rowsOf(p)
	if refused != nil {
		return nil, refused
	}
	cell := s.Number
	if cell == "" && numbersRows(rows) {
		cell = strconv.Itoa(s.Ordinal)
	}
	var found []place
	for i, u := range rows {
		if s.To == "" && (s.Number == "" && i+1 == s.Ordinal || cell != "" && rowNumber(u.Text) == cell) {
			found = append(found, b.placeOf(u))
		}
	}
	return one(found, s)
}

// numbersRows reports whether the first column of a table holds the numbers of
// its rows: its head says so.
func numbersRows(rows []*law.Provision) bool {
	head := strings.ToLower(law.Fold(cells(rows[0].Text)[0]))
	return strings.HasPrefix(head, "№") || strings.HasPrefix(head, "n ") || head == "n" || strings.HasPrefix(head, "р/с") || strings.Contains(head, "п/п")
}

// cells are the cells of a row as package law writes it.
func cells(row string) []string {
	out := strings.Split(strings.Trim(strings.TrimSpace(row), "|"), "|")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

// rowNumber is the number in the first cell of a row, "" if it holds another text.
func rowNumber(row string) string {
	first := strings.TrimRight(cells(row)[0], ".)")
	if n := lexNumber(first, 0); n.text != first {
		return ""
	}
	return first
}

// addRows puts rows where their numbers, or their ordinals, say; without either at
// the end of the table.
func (b *base) addRows(p *plan, in *Instruction, at place, lines []law.Line) *refusal {
	rows, refused := b.rowsOf(at)
	if refused != nil {
		return refused
	}
	last := rows[len(rows)-1]
	added := rowLines(lines, last)
	if added == nil || len(in.Targets) > 1 && len(added) != len(in.Targets) {
		return ambiguous(because("not_rows"), b.placeOf(last))
	}
	parent, address := -1, law.Address("row_")
	if last.Parent != nil {
		parent, address = last.Parent.Index, last.Parent.Address+"__row_"
	}
	first := lastStep(in.Targets[0])
	for i, l := range added {
		n := insert{at: last.Index + 1, holder: parent, list: parent, order: "0", kind: law.Table, lines: []law.Line{l}}
		switch {
		case first.Number != "" || first.Ordinal == 0 && numbersRows(rows) && rowNumber(l.Text) != "":
			n.order = rowNumber(l.Text)
			if s := lastStep(in.Targets[min(i, len(in.Targets)-1)]); s.Number != "" && s.Number != n.order {
				return ambiguous(because("wording_number"), b.placeOf(last))
			}
			if n.at, refused = afterRow(rows, n.order, added[:i]); refused != nil {
				return refused
			}
		case first.Ordinal == 1:
			return ambiguous(because("before_first"), at)
		case first.Ordinal > len(rows)+1:
			return notFound(because("too_far", strconv.Itoa(len(rows)), strconv.Itoa(first.Ordinal)))
		case first.Ordinal > 0 && numbersRows(rows): // the ordinal of the line, or the number in it
			return ambiguous(because("place_uncertain"), b.placeOf(last))
		case first.Ordinal > 0:
			n.at, n.order = rows[first.Ordinal-2].Index+1, strconv.Itoa(first.Ordinal+i)
		}
		p.inserts = append(p.inserts, n)
		p.places = append(p.places, address+law.Address(strconv.Itoa(n.at-rows[0].Index+1+i)))
	}
	return nil
}

// afterRow is where the row of a number stands: after the one before it, which has
// to be there.
func afterRow(rows []*law.Provision, number string, added []law.Line) (at int, refused *refusal) {
	base, _, inserted := strings.Cut(number, "-")
	known := false
	for _, u := range rows[1:] {
		own := rowNumber(u.Text)
		switch c := law.CompareNumbers(own, number); {
		case own == "":
		case c == 0:
			return 0, ambiguous(because("number_taken", unitName(law.Step{Kind: law.Table, Number: number})), place{unit: u})
		case c < 0:
			at = u.Index + 1
			known = known || follows(&law.Provision{Number: own}, base, inserted)
		}
	}
	for _, l := range added {
		known = known || follows(&law.Provision{Number: rowNumber(l.Text)}, base, inserted)
	}
	if !known || at == 0 {
		return 0, notFound(because("predecessor_missing", unitName(law.Step{Kind: law.Table, Number: number})))
	}
	return at, nil
}

// rowLines are the rows a wording holds: a line each with its cells parted as in
// the table, or a line a cell, as the print sets them. nil where they do not fit
// the table.
func rowLines(lines []law.Line, like *law.Provision) (out []law.Line) {
	columns := len(cells(like.Text))
	framed := strings.HasPrefix(like.Text, "|") // as Markdown sets them
	parted := 0
	for _, l := range lines {
		if strings.Contains(l.Text, "|") {
			parted++
		}
	}
	switch {
	case parted == len(lines):
		for _, l := range lines {
			if strings.HasPrefix(l.Text, "|") && strings.HasSuffix(l.Text, "|") {
				l.Text = strings.TrimSpace(strings.Trim(l.Text, "|"))
			}
			l.Mark = like.Mark
			if strings.Count(l.Text, "|")+1 != columns {
				return nil
			}
			out = append(out, framedRow(l, framed))
		}
	case parted == 0 && columns > 1 && len(lines)%columns == 0:
		for row := range slices.Chunk(lines, columns) {
			l := row[0]
			for _, cell := range row[1:] {
				l.Text += " | " + cell.Text
			}
			l.Mark = like.Mark
			out = append(out, framedRow(l, framed))
		}
	}
	return out
}

func framedRow(l law.Line, framed bool) law.Line {
	if framed {
		l.Text = "| " + l.Text + " |"
	}
	return l
}

// tableWording fits a wording to the row or the table it replaces. Another number
// of columns is seen only where the wording parts its cells.
func tableWording(at place, lines []law.Line) ([]law.Line, *refusal) {
	if at.to == at.from+1 {
		if out := rowLines(lines, at.unit); len(out) == 1 {
			return out, nil
		}
		return nil, ambiguous(because("not_rows"), at)
	}
	out := slices.Clone(lines)
	for i := range out {
		if !strings.Contains(out[i].Text, " | ") {
			return nil, ambiguous(because("not_rows"), at)
		}
		out[i].Mark = at.unit.Mark
	}
	return out, nil
}
