package ooxml

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tuzetu/tuzetu/law"
)

// run is a run of text, del one of deleted text.
func run(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
func del(text string) string {
	return `<w:del w:id="1" w:author="a"><w:r><w:delText xml:space="preserve">` + text + `</w:delText></w:r></w:del>`
}
func ins(inner string) string { return `<w:ins w:id="2" w:author="a">` + inner + `</w:ins>` }
func p(inner string) string   { return `<w:p>` + inner + `</w:p>` }

const (
	endInserted = `<w:pPr><w:rPr><w:ins w:id="3" w:author="a"/></w:rPr></w:pPr>`
	endDeleted  = `<w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr>`
)

// What stands in a paragraph, and in which order paragraphs stand. accept and
// reject are the texts with tracked changes taken either way; lines are parted
// by "|".
func TestReadText(t *testing.T) {
	for _, tc := range []struct{ name, body, accept, reject string }{
		{"plain", p(run("Статья ") + run("1")), "Статья 1", ""},
		{"empty paragraphs say nothing", p("") + p(run(" ")) + p(run("а")), "а", ""},
		{"blanks and hyphens", p(`<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t><w:br/><w:t>в</w:t><w:cr/><w:t>14</w:t><w:noBreakHyphen/><w:t>1 не</w:t><w:softHyphen/><w:t>делимо</w:t></w:r>`), "а б в 14-1 неделимо", ""},
		{"signs of a symbol font", p(`<w:r><w:sym w:font="Symbol" w:char="F0B0"/><w:sym w:font="Arial" w:char="0434"/></w:r>`), "°д", ""},
		{"wrapped runs", p(`<w:hyperlink r:id="rId3">` + run("а") + `</w:hyperlink><w:smartTag w:element="x">` + run("б") + `</w:smartTag><w:sdt><w:sdtPr><w:alias w:val="нет"/></w:sdtPr><w:sdtContent>` + run("в") + `</w:sdtContent></w:sdt>`), "абв", ""},
		{"wrapped paragraphs", `<w:sdt><w:sdtContent>` + p(run("а")) + `</w:sdtContent></w:sdt><w:customXml>` + p(run("б")) + `</w:customXml>`, "а|б", ""},
		{"fields give their result", p(`<w:fldSimple w:instr=" REF x ">` + run("5") + `</w:fldSimple><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("6") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), "56", ""},
		{"newer markup with a plain twin", p(`<w:r><mc:AlternateContent><mc:Choice Requires="x"><w:t>а</w:t></mc:Choice><mc:Fallback><w:t>б</w:t></mc:Fallback></mc:AlternateContent></w:r>`), "а", ""},
		{"a formula in a row", p(run("S = ") + `<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>`), "S = a+b", ""},
		{"another vocabulary is no text", p(`<v:t>нет</v:t>` + run("да")), "да", ""},

		{"words replaced", p(run("в течение ") + del("трех") + ins(run("пяти")) + run(" дней")), "в течение пяти дней", "в течение трех дней"},
		{"inserted, then deleted by another", p(run("а") + ins(del("б"))), "а", "а"},
		{"a paragraph that came", p(run("а")) + p(endInserted+ins(run("б"))) + p(run("в")), "а|б|в", "а|в"},
		{"a paragraph that went", p(run("а")) + p(endDeleted+del("б")) + p(run("в")), "а|в", "а|б|в"},
		{"the last paragraph went", p(run("а")) + p(endDeleted+del("б")), "а", "а|б"},
		{"two paragraphs became one", p(endDeleted+run("а")+ins(run(" "))) + p(run("б")), "а б", "а|б"},
		{"one paragraph became two", p(endInserted+run("а")+del(" ")) + p(run("б")), "а|б", "а б"},
		{"three became one, with an empty one between", p(endDeleted+run("а")) + p(endDeleted) + p(run("б")), "аб", "а|б"},
		{"text that ran on into nothing", p(run("а")) + p(endDeleted+run("б")), "а|б", "а|б"},
		{"moved words", p(run("а")+`<w:moveFromRangeStart w:id="5" w:name="m"/><w:moveFrom w:id="4" w:author="a">`+run("м")+`</w:moveFrom><w:moveFromRangeEnd w:id="5"/>`) + p(`<w:moveTo w:id="6" w:author="a">`+run("м")+`</w:moveTo>`+run("б")), "а|мб", "ам|б"},
		{"a moved paragraph", p(`<w:pPr><w:rPr><w:moveFrom w:id="1" w:author="a"/></w:rPr></w:pPr><w:moveFrom w:id="2" w:author="a">`+run("м")+`</w:moveFrom>`) + p(run("а")) + p(`<w:pPr><w:rPr><w:moveTo w:id="1" w:author="a"/></w:rPr></w:pPr><w:moveTo w:id="2" w:author="a">`+run("м")+`</w:moveTo>`) + p(run("б")), "а|м|б", "м|а|б"},

		{"a table", `<w:tbl><w:tr><w:tc>` + p(run("а")) + p(run("б")) + `</w:tc><w:tc>` + p("") + `</w:tc><w:tc>` + p(run("в")) + `</w:tc></w:tr></w:tbl>`, "а б |  | в", ""},
		{"a table in a table", `<w:tbl><w:tr><w:tc>` + p(run("а")) + `</w:tc><w:tc><w:tbl><w:tr><w:tc>` + p(run("б")) + `</w:tc><w:tc>` + p(run("в")) + `</w:tc></w:tr></w:tbl>` + p("") + `</w:tc></w:tr></w:tbl>`, "а | б | в", ""},
		{"a frame of one cell is no table", `<w:tbl><w:tr><w:tc>` + p(run("а")) + p(run("б")) + `</w:tc></w:tr></w:tbl>`, "а|б", ""},
		{"rows that came and went", `<w:tbl><w:tr><w:trPr><w:ins w:id="1" w:author="a"/></w:trPr><w:tc>` + p(run("а")) + `</w:tc><w:tc>` + p(run("б")) + `</w:tc></w:tr><w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr><w:tc>` + p(run("в")) + `</w:tc><w:tc>` + p(run("г")) + `</w:tc></w:tr></w:tbl>`, "а | б", "в | г"},
		{"text does not run on into a table", p(endDeleted+run("а")) + `<w:tbl><w:tr><w:tc>` + p(endDeleted+run("б")) + `</w:tc><w:tc>` + p(run("в")) + `</w:tc></w:tr></w:tbl>`, "а|б | в", "а|б | в"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.reject == "" {
				tc.reject = tc.accept
			}
			docx := docxWith(t, strings.ReplaceAll(tc.body, "\n", ""), "", "")
			for c, want := range map[Changes]string{Accept: tc.accept, Reject: tc.reject} {
				got, _ := read(t, docx, c)
				if diff := cmp.Diff(strings.NewReplacer(" | ", " | ", "|", "\n").Replace(want), texts(got)); diff != "" {
					t.Errorf("%v: %s", c, diff)
				}
			}
		})
	}
}

// A deleted item of a list is not counted, and in the old text it is.
func TestNumbersFollowChanges(t *testing.T) {
	numbered := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
	body := item(1, 0) +
		`<w:p><w:pPr>` + numbered + `<w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>` + del("y") + `</w:p>` +
		item(1, 0) +
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins w:id="2" w:author="a"/></w:numPr></w:pPr>` + run("z") + `</w:p>` +
		`<w:p><w:pPr><w:pPrChange w:id="3" w:author="a"><w:pPr>` + numbered + `</w:pPr></w:pPrChange></w:pPr>` + run("w") + `</w:p>`
	docx := docxWith(t, body, "", abstractListXML(0, "decimal 1 %1)")+listXML(1, 0, ""))
	for c, want := range map[Changes]string{Accept: "1) x\n2) x\n3) z\nw", Reject: "1) x\n2) y\n3) x\nz\n4) w"} {
		if got, _ := read(t, docx, c); texts(got) != want {
			t.Errorf("%v: %q, want %q", c, texts(got), want)
		}
	}
}

// What the format of a paragraph says of it.
func TestMarks(t *testing.T) {
	styles := `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="2"><w:name w:val="Глава"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="x"><w:name w:val="toc 1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="l"/><w:basedOn w:val="loop"/></w:style>` +
		`<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>`
	bold := func(text string) string { return `<w:r><w:rPr><w:b/></w:rPr><w:t>` + text + `</w:t></w:r>` }
	body := par(`<w:pStyle w:val="t"/>`, "О книгах") +
		par(`<w:pStyle w:val="x"/>`, "Глава 1 ... 3") +
		par(`<w:pStyle w:val="1"/>`, "Глава 1") +
		par(`<w:pStyle w:val="2"/>`, "Глава 2") +
		p(bold("Статья 1.")+bold(" Права")) +
		p(`<w:r><w:rPr><w:rStyle w:val="s"/></w:rPr><w:t>Статья 2</w:t></w:r>`) +
		p(bold("Редакция ")+run("вправе")) +
		p(`<w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="9"/></w:pPr><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>текст</w:t></w:r>`) +
		par(`<w:pStyle w:val="loop"/>`, "круг") +
		`<w:tbl><w:tr><w:tc>` + p(run("1")) + `</w:tc><w:tc>` + p(run("2")) + `</w:tc></w:tr></w:tbl>`
	lines, title, warnings, err := ReadLines(docxWith(t, body, styles, ""), Accept)
	if err != nil {
		t.Fatal(err)
	}
	if title != "О книгах" {
		t.Errorf("title %q", title)
	}
	want := []law.Line{
		{Text: "Глава 1", From: 2, To: 2, Mark: law.Heading},
		{Text: "Глава 2", From: 3, To: 3, Mark: law.Heading},
		{Text: "Статья 1. Права", From: 4, To: 4, Mark: law.Bold},
		{Text: "Статья 2", From: 5, To: 5, Mark: law.Bold},
		{Text: "Редакция вправе", From: 6, To: 6},
		{Text: "текст", From: 7, To: 7},
		{Text: "круг", From: 8, To: 8},
		{Text: "1 | 2", From: 9, To: 9, Mark: law.TableMark},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"lines of a table of contents not read: 1"}, warnings); diff != "" {
		t.Error(diff)
	}
}

// What is left out is told.
func TestReport(t *testing.T) {
	box := `<w:txbxContent>` + p(run("рамка")) + `</w:txbxContent>`
	body := p(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><v:x>`+box+`</v:x></w:drawing></mc:Choice><mc:Fallback><w:pict>`+box+`</w:pict></mc:Fallback></mc:AlternateContent></w:r>`) +
		p(run("а")+`<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>`) +
		p(`<w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r>`) +
		p(`<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>`) +
		`<w:altChunk r:id="rId9"/>` + p(ins(run("б"))+`<w:r><w:rPr><w:rPrChange w:id="9" w:author="a"><w:rPr/></w:rPrChange></w:rPr><w:t>в</w:t></w:r>`)
	got, report := read(t, docxWith(t, body, "", ""), Accept)
	if texts(got) != "а\n\ufffd\nбв" {
		t.Errorf("%q", texts(got))
	}
	want := Report{Insertions: 1, FormatChanges: 1, TextBoxes: 1, Notes: 1, Comments: 1, Hidden: 1, Signs: 1, Imported: 1}
	if diff := cmp.Diff(want, report); diff != "" {
		t.Error(diff)
	}
	if w := report.Warnings(Accept); len(w) != 7 || !strings.Contains(w[0], "(1 insertions, 0 deletions) were read as accepted") {
		t.Error(w)
	}
}

func TestNothingToRead(t *testing.T) {
	if _, _, _, err := ReadLines(docxWith(t, p(""), "", ""), Accept); err != law.ErrEmpty {
		t.Error(err)
	}
}
