package ooxml

import (
	"bytes"
	"fmt"
)

type part struct {
	name    string
	content []byte
}

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relSpace  = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relKind   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordType  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// parts lists the parts of the file in the order they are written: the list of
// contents first, as every reader expects it.
func (d *Document) parts() []part {
	inner := []struct{ name, kind, mime, content string }{
		{"styles.xml", "styles", "styles+xml", d.styleSheet()},
		{"settings.xml", "settings", "settings+xml", d.settings()},
		{"header1.xml", "header", "header+xml", d.header(d.props.FirstHeader)},
		{"header2.xml", "header", "header+xml", d.header([]string{d.props.Header})},
		{"footer1.xml", "footer", "footer+xml", footer()},
	}
	if d.commented > 0 {
		inner = append(inner, struct{ name, kind, mime, content string }{
			"comments.xml", "comments", "comments+xml",
			`<w:comments ` + wordSpace + `>` + d.comments.String() + `</w:comments>`,
		})
	}
	var types, rels bytes.Buffer
	types.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>`)
	rels.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, p := range inner {
		fmt.Fprintf(&types, `<Override PartName="/word/%s" ContentType="%s%s"/>`, p.name, wordType, p.mime)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s%s" Target="%s"/>`, i+1, relKind, p.kind, p.name)
	}
	types.WriteString(`</Types>`)
	rels.WriteString(`</Relationships>`)

	out := []part{
		{"[Content_Types].xml", types.Bytes()},
		{"_rels/.rels", []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relKind + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
			`<Relationship Id="rId3" Type="` + relKind + `extended-properties" Target="docProps/app.xml"/>` +
			`</Relationships>`)},
		{"word/document.xml", d.main()},
		{"word/_rels/document.xml.rels", rels.Bytes()},
	}
	for _, p := range inner {
		out = append(out, part{"word/" + p.name, []byte(xmlHead + p.content)})
	}
	return append(out,
		part{"docProps/core.xml", d.core()},
		part{"docProps/app.xml", []byte(xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Tuzetu</Application></Properties>`)},
	)
}

// main is the text itself. Its references lead to the first parts of inner:
// header1 is rId3, header2 rId4, footer1 rId5.
func (d *Document) main() []byte {
	var b bytes.Buffer
	b.Grow(d.body.Len() + 1<<10)
	b.WriteString(xmlHead + `<w:document ` + wordSpace + ` ` + relSpace + `><w:body>` + "\n")
	b.Write(d.body.Bytes())
	b.WriteString(`<w:sectPr><w:headerReference w:type="first" r:id="rId3"/><w:headerReference w:type="default" r:id="rId4"/>` +
		`<w:footerReference w:type="first" r:id="rId5"/><w:footerReference w:type="default" r:id="rId5"/>`)
	if d.props.Landscape {
		fmt.Fprintf(&b, `<w:pgSz w:w="%d" w:h="%d" w:orient="landscape"/>`, pageLong, pageShort)
		fmt.Fprintf(&b, `<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d"`, marginBinding, marginTop, marginOuter, marginTop)
	} else {
		fmt.Fprintf(&b, `<w:pgSz w:w="%d" w:h="%d"/>`, pageShort, pageLong)
		fmt.Fprintf(&b, `<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d"`, marginTop, marginOuter, marginTop, marginBinding)
	}
	fmt.Fprintf(&b, ` w:header="%d" w:footer="%d" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr></w:body></w:document>`, headerDistance, headerDistance)
	return b.Bytes()
}

func (d *Document) header(lines []string) string {
	var b bytes.Buffer
	b.WriteString(`<w:hdr ` + wordSpace + `>`)
	for _, l := range lines {
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t xml:space="preserve">`)
		escape(&b, l)
		b.WriteString(`</w:t></w:r></w:p>`)
	}
	// The empty line keeps the rule below the header off the text.
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:hdr>`)
	return b.String()
}

func footer() string {
	field := func(name string) string {
		return `<w:fldSimple w:instr=" ` + name + ` "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
	}
	return `<w:ftr ` + wordSpace + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>` +
		field("PAGE") + `<w:r><w:t xml:space="preserve"> / </w:t></w:r>` + field("NUMPAGES") + `</w:p></w:ftr>`
}

func (d *Document) settings() string {
	return `<w:settings ` + wordSpace + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>` +
		`<w:characterSpacingControl w:val="doNotCompress"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + locale(d.props.Lang) + `"/></w:settings>`
}

func (d *Document) core() []byte {
	var b bytes.Buffer
	b.WriteString(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ` +
		`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`)
	escape(&b, d.props.Title)
	b.WriteString(`</dc:title><dc:creator>`)
	escape(&b, d.props.Author)
	b.WriteString(`</dc:creator><dc:language>` + locale(d.props.Lang) + `</dc:language>`)
	for _, e := range [...]string{"created", "modified"} {
		b.WriteString(`<dcterms:` + e + ` xsi:type="dcterms:W3CDTF">` + d.date + `</dcterms:` + e + `>`)
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.Bytes()
}
