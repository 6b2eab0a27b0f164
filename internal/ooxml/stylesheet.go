package ooxml

import "strings"

// look is one style of a written document. Measures are Word's: sizes in half
// points, distances in twentieths of a point.
type look struct {
	id, name  string
	paragraph string // pPr
	run       string // rPr
	standard  bool
}

// styleSheet is the serif page of an official text: first lines indented,
// chapters centred, articles bold, editorial notes smaller and grey. Lines are
// not justified: with tracked changes among the words they would be full of
// holes. Headings carry their levels, so that Word's navigation shows the
// structure of the law.
func (d *Document) styleSheet() string {
	paragraphs := []look{
		{id: "Normal", name: "Normal", standard: true},
		{id: string(Body), name: "Body Text",
			paragraph: `<w:spacing w:after="100"/><w:ind w:firstLine="567"/>`},
		{id: string(Title), name: "Title",
			paragraph: `<w:keepNext/><w:suppressAutoHyphens/><w:spacing w:before="120" w:after="360"/><w:jc w:val="center"/>`,
			run:       `<w:b/><w:bCs/><w:sz w:val="32"/><w:szCs w:val="32"/>`},
		{id: string(Heading1), name: "heading 1",
			paragraph: `<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="360" w:after="200"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>`,
			run:       `<w:b/><w:bCs/><w:sz w:val="26"/><w:szCs w:val="26"/>`},
		{id: string(Heading2), name: "heading 2",
			paragraph: `<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="280" w:after="160"/><w:jc w:val="center"/><w:outlineLvl w:val="1"/>`,
			run:       `<w:b/><w:bCs/>`},
		{id: string(Heading3), name: "heading 3",
			paragraph: `<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="280" w:after="120"/><w:ind w:firstLine="567"/><w:outlineLvl w:val="2"/>`,
			run:       `<w:b/><w:bCs/>`},
		{id: string(Signature), name: "Signature",
			paragraph: `<w:keepNext/><w:spacing w:before="200"/>`, run: `<w:b/><w:bCs/>`},
		{id: string(Note), name: "Note",
			paragraph: `<w:spacing w:before="40" w:after="140" w:line="240" w:lineRule="auto"/><w:ind w:left="567"/>`,
			run:       `<w:i/><w:iCs/><w:color w:val="595959"/><w:sz w:val="19"/><w:szCs w:val="19"/>`},
		{id: string(TableText), name: "Table Text",
			paragraph: `<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>`,
			run:       `<w:sz w:val="21"/><w:szCs w:val="21"/>`},
		{id: string(TableHead), name: "Table Head",
			paragraph: `<w:keepNext/><w:suppressAutoHyphens/><w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`,
			run:       `<w:b/><w:bCs/><w:sz w:val="21"/><w:szCs w:val="21"/>`},
		{id: "Header", name: "header",
			paragraph: `<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="A6A6A6"/></w:pBdr><w:suppressAutoHyphens/>` +
				`<w:spacing w:after="0" w:line="252" w:lineRule="auto"/>`,
			run: `<w:color w:val="595959"/><w:sz w:val="18"/><w:szCs w:val="18"/>`},
		{id: "Footer", name: "footer",
			paragraph: `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`,
			run:       `<w:color w:val="595959"/><w:sz w:val="18"/><w:szCs w:val="18"/>`},
		{id: "CommentText", name: "annotation text",
			paragraph: `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, run: `<w:sz w:val="20"/><w:szCs w:val="20"/>`},
	}
	var b strings.Builder
	b.WriteString(`<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="` + locale(d.props.Lang) + `" w:eastAsia="en-US" w:bidi="ar-SA"/>` +
		`</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	for _, l := range paragraphs {
		b.WriteString(`<w:style w:type="paragraph"`)
		if l.standard {
			b.WriteString(` w:default="1"`)
		} else if l.id == string(Note) || strings.HasPrefix(l.id, "Table") {
			b.WriteString(` w:customStyle="1"`)
		}
		b.WriteString(` w:styleId="` + l.id + `"><w:name w:val="` + l.name + `"/>`)
		if !l.standard {
			b.WriteString(`<w:basedOn w:val="Normal"/>`)
		}
		b.WriteString(`<w:qFormat/><w:pPr>` + l.paragraph + `</w:pPr><w:rPr>` + l.run + `</w:rPr></w:style>`)
	}
	b.WriteString(`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>` +
		`<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>` +
		`<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
		`<w:style w:type="table" w:customStyle="1" w:styleId="LawTable"><w:name w:val="Law Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>`)
	for _, side := range [...]string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>`)
	}
	b.WriteString(`</w:tblBorders></w:tblPr></w:style></w:styles>`)
	return b.String()
}
