package campaigns

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"
)

// WriteCSV writes rows as RFC 4180 has them, for programs and for a spreadsheet
// that somebody opens with two clicks: in UTF-8 with its mark, so that Cyrillic
// letters are read as such, and without formulas (see CSVCell).
func WriteCSV(to io.Writer, rows [][]string) error {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, s := range row {
			cells[i] = CSVCell(s)
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	_, err := b.WriteTo(to)
	return err
}

// CSVCell makes a cell that no spreadsheet takes for a formula: an apostrophe
// stands before whatever begins like one (OWASP, CSV Injection), also after
// blanks, which some programs drop, and with the wide signs others read as the
// narrow ones.
func CSVCell(s string) string {
	if s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) {
		return "'" + s
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \t\r\n\u00a0\u2007\u202f\u3000\ufeff\u200b"))
	if strings.ContainsRune("=+-@＝＋－＠", r) && r != utf8.RuneError {
		return "'" + s
	}
	return s
}
