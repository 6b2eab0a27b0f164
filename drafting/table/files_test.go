package table

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/law"
)

var made = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// What a person wrote may look like markup or a formula; in every file it is
// text.
const hostile = `=HYPERLINK("http://example.invalid") <script>alert(1)</script>`

func hostileTable(t *testing.T) *Table {
	return build(t, law.RU, oldRU, newRU, Options{Kind: Committee, Remarks: Remarks{{Address: "art_4", Justification: hostile}}})
}

func TestDOCX(t *testing.T) {
	var b bytes.Buffer
	if err := hostileTable(t).DOCX(&b, made); err != nil {
		t.Fatal(err)
	}
	paragraphs, _, err := ooxml.ReadParagraphs(bytes.NewReader(b.Bytes()), int64(b.Len()), ooxml.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range paragraphs {
		all = append(all, p.Text)
	}
	for _, want := range []string{"СРАВНИТЕЛЬНАЯ ТАБЛИЦА", "Структурный элемент", "Закон Республики Казахстан «О дворовых мастерских (образец)»", "Отсутствует.", hostile} {
		if !strings.Contains(strings.Join(all, "\n"), want) {
			t.Errorf("%q is not in the document:\n%s", want, strings.Join(all, "\n"))
		}
	}
}

func TestXLSX(t *testing.T) {
	var b bytes.Buffer
	if err := hostileTable(t).XLSX(&b, made); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, want := range map[string]string{
		"A1": "СРАВНИТЕЛЬНАЯ ТАБЛИЦА", "B3": "Структурный элемент", "A4": "Закон Республики Казахстан «О дворовых мастерских (образец)»",
		"B5": "Подпункт 1-1) статьи 1", "C5": "Отсутствует.", "E9": hostile,
	} {
		if got, err := f.GetCellValue(sheet, at); err != nil || got != want {
			t.Errorf("%s holds %q, want %q (%v)", at, got, want, err)
		}
	}
	if formula, _ := f.GetCellFormula(sheet, "E9"); formula != "" {
		t.Errorf("a formula: %q", formula)
	}
	runs, err := f.GetCellRichText(sheet, "D6")
	if err != nil {
		t.Fatal(err)
	}
	var bold string
	for _, r := range runs {
		if r.Font != nil && r.Font.Bold {
			bold += r.Text
		}
	}
	if strings.TrimSpace(bold) != "и металла" {
		t.Errorf("bold %q", bold)
	}
}

func TestHTML(t *testing.T) {
	var b bytes.Buffer
	if err := hostileTable(t).HTML(&b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	if n := doc.Find("script").Length(); n != 0 {
		t.Error("a script in the page")
	}
	if got := doc.Find("#art_4 td").Eq(4).Text(); got != hostile {
		t.Errorf("justification %q", got)
	}
	if got := strings.TrimSpace(doc.Find("#art_1__subpara_2 td").Eq(3).Find("b").Text()); got != "и металла" {
		t.Errorf("bold %q", got)
	}
	if n := doc.Find("thead th").Length(); n != 6 {
		t.Errorf("%d heads", n)
	}
}
