package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tuzetu/tuzetu/law"
	"pgregory.net/rapid"
)

var created = time.Date(2026, 10, 7, 9, 30, 0, 0, time.UTC)

func written(t rapid.TB, d *Document) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := d.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatal(n, b.Len(), err)
	}
	return b.Bytes()
}

// everything uses each thing the writer can do.
func everything() *Document {
	d := NewDocument(Properties{
		Title: "Сравнение", Author: "Tuzetu", Lang: law.KK, Created: created,
		FirstHeader: []string{"Сравнение <редакций> & «прочее»"}, Header: "О книгах", Landscape: true,
	})
	in, out := Change{Inserted, "Tuzetu"}, Change{Deleted, `A "B" <C>`}
	d.Add(Block{Style: Title, Runs: []Run{{Text: "О книгах"}}})
	d.Add(Block{Style: Heading1, Runs: []Run{{Text: "Глава 1"}}})
	d.Add(Block{Style: Body, Runs: []Run{
		{Text: "жирный ", Bold: true}, {Text: "наклонный ", Italic: true}, {Text: "зачёркнутый ", Strike: true, Underline: true},
		{Text: "English ", Lang: law.EN}, {Text: "в три", Change: out}, {Text: "в пять", Change: in, Comment: "почему & зачем"},
		{Text: "\tпосле табуляции\nи строки"},
	}})
	d.Add(Block{Style: Body, Runs: []Run{{Text: "ушёл", Change: out}}, End: out})
	d.Add(Block{Style: Note, Runs: []Run{{Text: "Сноска.", Change: in}}, End: in})
	cell := func(s string) Cell { return Cell{Blocks: []Block{{Style: TableText, Runs: []Run{{Text: s}}}}} }
	d.AddTable(Table{Widths: []int{1, 3, 3}, Rows: []Row{
		{Header: true, Cells: []Cell{cell("№"), cell("Было"), cell("Стало")}},
		{Cells: []Cell{cell("1"), {Span: 2, Blocks: []Block{{Style: TableText, Runs: []Run{{Text: "обе"}}}}}}},
		{Change: in, Cells: []Cell{cell("2"), cell("а"), {}}},
	}})
	d.AddTable(Table{Widths: []int{1, 1}, Rows: []Row{{Cells: []Cell{cell("а"), cell("б")}}}})
	return d
}

func TestWrite(t *testing.T) {
	docx := written(t, everything())
	if !bytes.Equal(docx, written(t, everything())) {
		t.Error("the same document is not the same bytes")
	}
	accepted := "О книгах\nГлава 1\nжирный наклонный зачёркнутый English в пять после табуляции и строки\nСноска.\n№ | Было | Стало\n1 | обе\n2 | а | \nа | б"
	rejected := "О книгах\nГлава 1\nжирный наклонный зачёркнутый English в три после табуляции и строки\nушёл\n№ | Было | Стало\n1 | обе\nа | б"
	for c, want := range map[Changes]string{Accept: accepted, Reject: rejected} {
		got, report := read(t, docx, c)
		if diff := cmp.Diff(want, texts(got)); diff != "" {
			t.Error(diff)
		}
		if report.Comments != 1 || report.Headers != 2 {
			t.Errorf("%+v", report)
		}
	}
}

// Every part is sound XML, is listed in the table of types, and every relation
// leads to a part.
func TestParts(t *testing.T) {
	docx := written(t, everything())
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the first part is %s", z.File[0].Name)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		if !f.Modified.Equal(created) {
			t.Errorf("%s is of %v", f.Name, f.Modified)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(content)
		for d := xml.NewDecoder(bytes.NewReader(content)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	for name := range parts {
		if strings.HasPrefix(name, "word/") && !strings.HasSuffix(name, ".rels") && !strings.Contains(parts["[Content_Types].xml"], `"/`+name+`"`) {
			t.Errorf("%s has no type", name)
		}
	}
	for _, want := range []string{`w:orient="landscape"`, `<w:tblHeader/>`, `<w:titlePg/>`, `w:gridSpan w:val="2"`, `<w:lang w:val="en-US"/>`, `w:date="2026-10-07T09:30:00Z"`} {
		if !strings.Contains(parts["word/document.xml"], want) {
			t.Errorf("no %s in the document", want)
		}
	}
	if !strings.Contains(parts["word/styles.xml"], `<w:lang w:val="kk-KZ"`) || !strings.Contains(parts["word/footer1.xml"], " PAGE ") {
		t.Error("no language or no page number")
	}
	ids := map[string]bool{}
	for _, s := range strings.Split(parts["word/document.xml"], ` w:id="`)[1:] {
		id, rest, _ := strings.Cut(s, `"`)
		if strings.HasPrefix(rest, " w:author") {
			if ids[id] {
				t.Errorf("two changes have the id %s", id)
			}
			ids[id] = true
		}
	}
}

// What no XML can hold is seen as missing, the rest is kept.
func TestLegalXML(t *testing.T) {
	d := NewDocument(Properties{Author: "A\x00B"})
	d.Add(Block{Style: Body, Runs: []Run{{Text: "а\x00б\x1fв\ufffeг\xffд & <е> \"ё\" 😀"}}})
	got, _ := read(t, written(t, d), Accept)
	if want := "а\ufffdб\ufffdв\ufffdг\ufffdд & <е> \"ё\" 😀"; texts(got) != want {
		t.Errorf("%q, want %q", texts(got), want)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriteError(t *testing.T) {
	if _, err := everything().WriteTo(broken{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

// Any paragraphs with any changes read back either way as a hand would copy
// them.
func TestReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]ChangeKind{Unchanged, Unchanged, Inserted, Deleted})
		d := NewDocument(Properties{Author: "a", Created: created})
		open := map[Changes]string{}
		want := map[Changes][]string{}
		for range rapid.IntRange(1, 8).Draw(t, "paragraphs") {
			b := Block{Style: Body, End: Change{kind.Draw(t, "end"), "a"}}
			for range rapid.IntRange(0, 4).Draw(t, "runs") {
				r := Run{Text: rapid.StringMatching(`[а-я <&"]{0,6}`).Draw(t, "text"), Change: Change{kind.Draw(t, "change"), "a"}}
				if rapid.Bool().Draw(t, "commented") {
					r.Comment = "почему"
				}
				b.Runs = append(b.Runs, r)
			}
			d.Add(b)
			for c, hidden := range map[Changes]ChangeKind{Accept: Deleted, Reject: Inserted} {
				for _, r := range b.Runs {
					if r.Change.Kind != hidden {
						open[c] += r.Text
					}
				}
				if b.End.Kind != hidden {
					want[c] = append(want[c], open[c])
					open[c] = ""
				}
			}
		}
		docx := written(t, d)
		for _, c := range []Changes{Accept, Reject} {
			var lines []string
			for _, s := range append(want[c], open[c]) {
				if s = law.Squeeze(s); s != "" {
					lines = append(lines, s)
				}
			}
			read, _, _, err := ReadLines(docx, c)
			if err != nil && !(errors.Is(err, law.ErrEmpty) && len(lines) == 0) {
				t.Fatal(err)
			}
			var got []string
			for _, l := range read {
				got = append(got, l.Text)
			}
			if diff := cmp.Diff(lines, got); diff != "" {
				t.Fatalf("%v: %s", c, diff)
			}
		}
	})
}
