package ooxml

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// abstractList writes an abstractNum from "format start text" a level; more of
// a level's XML may follow after " + ".
func abstractListXML(id int, levels ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="multilevel"/>`, id)
	for i, l := range levels {
		l, more, _ := strings.Cut(l, " + ")
		f := strings.SplitN(l, " ", 3)
		fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="%s"/><w:numFmt w:val="%s"/>%s<w:lvlText w:val="%s"/></w:lvl>`, i, f[1], f[0], more, f[2])
	}
	return b.String() + `</w:abstractNum>`
}

func listXML(id, abstract int, more string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, abstract, more)
}

func item(num, level int) string {
	return par(fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, num), "x")
}

func items(pairs ...int) string {
	var b strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		b.WriteString(item(pairs[i], pairs[i+1]))
	}
	return b.String()
}

// numberingCases are also what LibreOffice is asked about, where it is there.
var numberingCases = []struct{ name, lists, styles, body, want string }{
	{
		"paragraphs with subparagraphs, which start anew",
		abstractListXML(0, "decimal 1 %1.", "decimal 1 %2)") + listXML(1, 0, ""), "",
		items(1, 0, 1, 1, 1, 1, 1, 0, 1, 1),
		"1. x|1) x|2) x|2. x|1) x",
	},
	{
		"inserted articles: 14-1, 14-2",
		abstractListXML(0, "decimal 14 %1.", "decimal 1 %1-%2.") + listXML(1, 0, ""), "",
		items(1, 0, 1, 1, 1, 1, 1, 0),
		"14. x|14-1. x|14-2. x|15. x",
	},
	{
		"headings numbered by their style",
		abstractListXML(0, `decimal 1 Статья %1. + <w:pStyle w:val="A"/>`, `decimal 1 %2. + <w:pStyle w:val="B"/>`) + listXML(1, 0, ""),
		`<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Article"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Para"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="B2"><w:name w:val="Para2"/><w:basedOn w:val="B"/></w:style>`,
		par(`<w:pStyle w:val="A"/>`, "x") + par(`<w:pStyle w:val="B"/>`, "x") + par(`<w:pStyle w:val="B2"/>`, "x") +
			par(`<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>`, "x") + par(`<w:pStyle w:val="A"/>`, "x") + par(`<w:pStyle w:val="B"/>`, "x"),
		"Статья 1. x|1. x|2. x|x|Статья 2. x|1. x",
	},
	{
		"two lists over one abstract list go on, a start override begins anew",
		abstractListXML(0, "decimal 1 %1)") + listXML(1, 0, "") + listXML(2, 0, "") +
			listXML(3, 0, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`), "",
		items(1, 0, 1, 0, 2, 0, 3, 0, 3, 0),
		"1) x|2) x|3) x|1) x|2) x",
	},
	{
		"letters, Roman and Russian ones, zeros",
		abstractListXML(0, "lowerLetter 26 %1)") + abstractListXML(1, "upperRoman 4 %1.") + abstractListXML(2, "russianLower 9 %1)") +
			abstractListXML(3, "decimalZero 9 %1.") + abstractListXML(4, "upperLetter 1 %1.") +
			listXML(1, 0, "") + listXML(2, 1, "") + listXML(3, 2, "") + listXML(4, 3, "") + listXML(5, 4, ""), "",
		items(1, 0, 1, 0, 2, 0, 3, 0, 3, 0, 4, 0, 4, 0, 5, 0),
		"z) x|aa) x|IV. x|и) x|к) x|09. x|10. x|A. x",
	},
	{
		"a level that never starts anew",
		abstractListXML(0, "upperRoman 1 РАЗДЕЛ %1.", `decimal 1 Статья %2. + <w:lvlRestart w:val="0"/>`) + listXML(1, 0, ""), "",
		items(1, 0, 1, 1, 1, 1, 1, 0, 1, 1),
		"РАЗДЕЛ I. x|Статья 1. x|Статья 2. x|РАЗДЕЛ II. x|Статья 3. x",
	},
	{
		"figures for all levels",
		abstractListXML(0, "upperRoman 2 %1.", "decimal 1 %1.%2. + <w:isLgl/>") + listXML(1, 0, ""), "",
		items(1, 0, 1, 1),
		"II. x|2.1. x",
	},
	{
		"a level of its own for one list",
		abstractListXML(0, "decimal 1 %1.") + listXML(1, 0, "") +
			listXML(2, 0, `<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl></w:lvlOverride>`), "",
		items(1, 0, 2, 0),
		"1. x|(2) x",
	},
	{
		"no number, and one that is glued to the text",
		abstractListXML(0, "none 1 ") + abstractListXML(1, `decimal 1 %1) + <w:suff w:val="nothing"/>`) + listXML(1, 0, "") + listXML(2, 1, ""), "",
		items(1, 0, 2, 0),
		"x|1)x",
	},
	{
		"a list that is not there",
		"", "", items(7, 0), "x",
	},
}

func TestNumbering(t *testing.T) {
	for _, tc := range numberingCases {
		t.Run(tc.name, func(t *testing.T) {
			got, report := read(t, docxWith(t, tc.body, tc.styles, tc.lists), Accept)
			if diff := cmp.Diff(strings.ReplaceAll(tc.want, "|", "\n"), texts(got)); diff != "" {
				t.Error(diff)
			}
			if w := report.Warnings(Accept); len(w) > 0 {
				t.Error(w)
			}
		})
	}
}

// A numbering style stands between a list and its levels.
func TestNumberingStyle(t *testing.T) {
	lists := `<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>` +
		abstractListXML(1, "decimal 3 %1)") + listXML(1, 0, "") + listXML(2, 1, "")
	styles := `<w:style w:type="numbering" w:styleId="L"><w:name w:val="List"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>`
	got, _ := read(t, docxWith(t, items(1, 0, 1, 0), styles, lists), Accept)
	if texts(got) != "3) x\n4) x" {
		t.Error(texts(got))
	}
}

func TestUnknownNumbers(t *testing.T) {
	lists := abstractListXML(0, "bullet 1 ·") + abstractListXML(1, "cardinalText 2 %1.") + listXML(1, 0, "") + listXML(2, 1, "")
	got, report := read(t, docxWith(t, items(1, 0, 2, 0), "", lists), Accept)
	if texts(got) != "x\n2. x" {
		t.Error(texts(got))
	}
	want := []string{
		"paragraphs with a bullet, read without it: 1",
		"list numbers read as figures, their format being cardinalText",
	}
	if diff := cmp.Diff(want, report.Warnings(Accept)); diff != "" {
		t.Error(diff)
	}
}
