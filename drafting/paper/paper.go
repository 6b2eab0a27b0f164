// Package paper prints an amending act as a Word document that can be filed: A4,
// the title in the middle, new wording set in. It changes no word of the act.
package paper

import (
	"io"
	"time"

	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/internal/ooxml"
)

// DOCX writes an act. made is the document's date.
func DOCX(w io.Writer, a *drafting.Act, made time.Time) error {
	d := ooxml.NewDocument(ooxml.Properties{Title: a.Title, Author: "Tuzetu", Lang: a.Lang, Created: made})
	for i, l := range a.Lines {
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
