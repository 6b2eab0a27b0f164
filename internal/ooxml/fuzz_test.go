package ooxml

import (
	"errors"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// readsSoundly reads a file both ways. It must give lines that law.Build can
// take, or an error of this package.
func readsSoundly(t *testing.T, file []byte) {
	for _, c := range []Changes{Accept, Reject} {
		lines, _, _, err := ReadLines(file, c)
		known := err == nil
		for _, want := range []error{ErrNotWord, ErrOldFormat, ErrEncrypted, ErrDamaged, ErrTooLarge, law.ErrEmpty} {
			known = known || errors.Is(err, want)
		}
		if !known {
			t.Fatal(err)
		}
		for _, l := range lines {
			if l.Text == "" || l.Text != law.Squeeze(l.Text) || l.From < 1 {
				t.Fatalf("%+v", l)
			}
		}
	}
}

// FuzzReadLines takes any bytes for a file.
func FuzzReadLines(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Add(docxWith(f, p(run("а")), "", ""))
	f.Fuzz(readsSoundly)
}

// FuzzParts takes any text for what stands inside the parts of a file.
func FuzzParts(f *testing.F) {
	f.Add(p(endDeleted+del("а"))+item(1, 0), `<w:style w:styleId="A"><w:basedOn w:val="A"/></w:style>`,
		abstractListXML(0, "decimal 1 %1.", "lowerLetter 1 %1-%2)")+listXML(1, 0, ""))
	f.Add(`<w:tbl><w:tr><w:tc>`+p(run("а"))+`</w:tc><w:tc/></w:tr></w:tbl>`, "", "")
	for _, tc := range numberingCases {
		f.Add(tc.body, tc.styles, tc.lists)
	}
	f.Fuzz(func(t *testing.T, body, styles, lists string) {
		readsSoundly(t, docxWith(t, body, styles, lists))
	})
}
