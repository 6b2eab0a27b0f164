package ooxml

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

const (
	testTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + wordType + `styles+xml"/>` +
		`<Override PartName="/word/numbering.xml" ContentType="` + wordType + `numbering+xml"/></Types>`
	testRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relKind + `officeDocument" Target="word/document.xml"/></Relationships>`
	testDocumentRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relKind + `styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="` + relKind + `numbering" Target="/word/numbering.xml"/>` +
		`<Relationship Id="rId3" Type="` + relKind + `hyperlink" Target="file:///etc/passwd" TargetMode="External"/></Relationships>`
	testSpaces = wordSpace + ` ` + relSpace + ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"`
)

// file is a part of a test document, in the order it is zipped.
type file struct{ name, content string }

func zipOf(t testing.TB, files ...file) []byte { return zipBy(t, zip.Deflate, files...) }

func zipBy(t testing.TB, method uint16, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// docxWith is a document as other programs write it: body, styles and lists
// given as the XML inside their roots.
func docxWith(t testing.TB, body, styles, lists string) []byte {
	t.Helper()
	return zipBy(t, zip.Store,
		file{"[Content_Types].xml", testTypes}, file{"_rels/.rels", testRels},
		file{"word/document.xml", xmlHead + `<w:document ` + testSpaces + `><w:body>` + body + `</w:body></w:document>`},
		file{"word/_rels/document.xml.rels", testDocumentRels},
		file{"word/styles.xml", xmlHead + `<w:styles ` + testSpaces + `>` + styles + `</w:styles>`},
		file{"word/numbering.xml", xmlHead + `<w:numbering ` + testSpaces + `>` + lists + `</w:numbering>`},
	)
}

// par is a paragraph of one run.
func par(properties, text string) string {
	return `<w:p><w:pPr>` + properties + `</w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func read(t testing.TB, docx []byte, c Changes) ([]Paragraph, Report) {
	t.Helper()
	p, r, err := ReadParagraphs(bytes.NewReader(docx), int64(len(docx)), ReadOptions{Changes: c})
	if err != nil {
		t.Fatal(err)
	}
	return p, r
}

func texts(paragraphs []Paragraph) string {
	var out []string
	for _, p := range paragraphs {
		out = append(out, p.Text)
	}
	return strings.Join(out, "\n")
}
