package ooxml

import (
	"bytes"
	"fmt"
	"testing"
)

// A code of 8,000 paragraphs, 2 MB of XML.
func BenchmarkReadLines(b *testing.B) {
	d := NewDocument(Properties{Created: created})
	for i := range 8000 {
		d.Add(Block{Style: Body, Runs: []Run{{Text: fmt.Sprintf("%d) сведения о тираже периодического печатного издания и о его распространителе, ", i)}, {Text: "изменённые", Change: Change{Inserted, "a"}}}})
	}
	var file bytes.Buffer
	if _, err := d.WriteTo(&file); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, _, err := ReadLines(file.Bytes(), Accept); err != nil {
			b.Fatal(err)
		}
	}
}
