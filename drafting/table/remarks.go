package table

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Remark is what people say of one row: the columns that no text tells.
type Remark struct {
	Address       law.Address
	Justification string
	Author        string // who carries it: a deputy
	Source        string // whose proposal it is: an organisation, a coalition, a citizen
	Decision      string
	Reason        string // of the decision
	line          int
}

// Remarks are the remarks on a table.
type Remarks []Remark

// ReadRemarks reads a CSV file (RFC 4180, comma or semicolon) with a header:
// address, and any of justification, author, source, decision, reason. An
// address is one of the proposed text, of the old text where the unit goes.
func ReadRemarks(r io.Reader) (Remarks, error) {
	raw, err := io.ReadAll(io.LimitReader(r, 4<<20))
	if err != nil {
		return nil, err
	}
	text := strings.TrimPrefix(string(raw), "\ufeff")
	head, _, _ := strings.Cut(text, "\n")
	c := csv.NewReader(strings.NewReader(text))
	if strings.Contains(head, ";") {
		c.Comma = ';'
	}
	names, err := c.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file of rows is empty: its first line must name the columns, address first")
	}
	if err != nil {
		return nil, fmt.Errorf("rows: %w", err)
	}
	var out Remarks
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("rows: %w", err)
		}
		line, _ := c.FieldPos(0)
		m := Remark{line: line}
		for i, value := range record {
			if err := m.set(strings.ToLower(strings.TrimSpace(names[i])), strings.TrimSpace(value)); err != nil {
				return nil, err
			}
		}
		if m.Address == "" {
			return nil, fmt.Errorf("rows: line %d has no address", line)
		}
		out = append(out, m)
	}
}

func (m *Remark) set(column, value string) error {
	switch column {
	case "address":
		m.Address = law.Address(value)
	case "justification":
		m.Justification = value
	case "author":
		m.Author = value
	case "source":
		m.Source = value
	case "decision":
		m.Decision = value
	case "reason":
		m.Reason = value
	default:
		return fmt.Errorf("rows: no column %q; there are address, justification, author, source, decision, reason", column)
	}
	return nil
}

// fill writes the remarks into their rows. A remark without a row is an error:
// it would be lost.
func (rs Remarks) fill(t *Table, w wording) error {
	for _, m := range rs {
		i := slices.IndexFunc(t.Rows, func(r Row) bool { return r.Address == m.Address })
		if i < 0 {
			i = slices.IndexFunc(t.Rows, func(r Row) bool { return r.Was == m.Address })
		}
		if i < 0 {
			return fmt.Errorf("rows: line %d: nothing changes at %s", m.line, m.Address)
		}
		row := &t.Rows[i]
		say := func(to *[]Line, text string) {
			if text != "" {
				for line := range strings.Lines(text) {
					*to = append(*to, Line{{Text: strings.TrimRight(line, "\r\n")}})
				}
			}
		}
		say(&row.Basis, m.Author)
		if m.Source != "" {
			say(&row.Basis, fill(w.Source, "{source}", m.Source))
		}
		say(&row.Basis, m.Justification)
		say(&row.Decision, m.Decision)
		say(&row.Decision, m.Reason)
	}
	return nil
}

// cell is what a row has in a column.
func (r *Row) cell(c Column) []Line {
	switch c {
	case Number:
		return []Line{{{Text: fmt.Sprint(r.Number)}}}
	case Element:
		return []Line{{{Text: r.Element}}}
	case Before:
		return r.Before
	case After:
		return r.After
	case Basis:
		return r.Basis
	}
	return r.Decision
}
