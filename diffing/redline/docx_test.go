package redline

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"pgregory.net/rapid"
)

var made = time.Date(2026, 10, 7, 9, 30, 0, 0, time.UTC)

// docxOf writes the redline of two texts and proves it.
func docxOf(t rapid.TB, from, to *law.Document, opts ...diffing.Option) []byte {
	t.Helper()
	var b bytes.Buffer
	r := diffing.Compare(from, to, opts...)
	old := Meta{Lang: from.Lang, Date: "2025-03-01", Title: from.Title}
	if err := DOCX(&b, r, old, Meta{Lang: to.Lang, Date: "2026-02-01", Title: to.Title}, made); err != nil {
		t.Fatal(err)
	}
	provesDOCX(t, b.Bytes(), from, to)
	return b.Bytes()
}

// provesDOCX checks that a file is the new text when its changes are accepted
// and the old one when they are rejected, line by line, with titles and notes.
func provesDOCX(t rapid.TB, file []byte, from, to *law.Document) {
	t.Helper()
	for c, doc := range map[ooxml.Changes]*law.Document{ooxml.Accept: to, ooxml.Reject: from} {
		lines, title, _, err := ooxml.ReadLines(file, c)
		if err != nil && !errors.Is(err, law.ErrEmpty) {
			t.Fatal(err)
		}
		var got []string
		for _, l := range lines {
			got = append(got, l.Text)
		}
		want := strings.Split(strings.TrimSuffix(doc.PlainText(), "\n"), "\n")
		if want[0] == "" {
			want = nil
		}
		if diff := cmp.Diff(want, got); diff != "" || title != doc.Title {
			t.Fatalf("read as %v: title %q, want %q\n%s", c, title, doc.Title, diff)
		}
	}
}

func markdownOf(t testing.TB, lang law.Lang, text string) *law.Document {
	t.Helper()
	title, lines, err := law.ReadMarkdown(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return law.Build(lang, title, lines)
}

func sampleAt(t testing.TB, lang law.Lang, date law.Date) *law.Document {
	return markdownOf(t, lang, sample.Markdown(lang, date))
}

// sharedText reads a real text, which is no part of the project.
func sharedText(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "lawdata", name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("../shared absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestDOCXOfSample(t *testing.T) {
	dates := []law.Date{sample.First, sample.Second, sample.Proposed}
	for _, lang := range law.Langs {
		for _, from := range dates {
			for _, to := range dates {
				docxOf(t, sampleAt(t, lang, from), sampleAt(t, lang, to))
			}
		}
	}
	docxOf(t, sampleAt(t, law.RU, sample.First), sampleAt(t, law.RU, sample.Second), diffing.ShowVariants())
	docxOf(t, sampleAt(t, law.RU, sample.First), sampleAt(t, law.KK, sample.First))
}

func TestDOCXOfMassMediaLaw(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		edition := func(date string) *law.Document {
			return markdownOf(t, lang, sharedText(t, "mass-media-law/"+date+"."+string(lang)+".md"))
		}
		docxOf(t, edition("2024-06-19"), edition("2025-01-01"))
		docxOf(t, edition("2025-01-01"), edition("2026-03-02"))
		docxOf(t, edition("2026-03-02"), edition("2024-06-19"))
	}
	ru := markdownOf(t, law.RU, sharedText(t, "mass-media-law/2024-06-19.ru.md"))
	docxOf(t, markdownOf(t, law.RU, sharedText(t, "mass-media-law/1999-law.c2015.ru.excerpt.md")), ru)
}

func TestDOCXOfPairs(t *testing.T) {
	for _, name := range []string{"law-ru-enacted", "law-ru-hard", "law-kk-draft", "code-ru-draft"} {
		old, new := sharedText(t, "diff-pairs/"+name+".old.txt"), sharedText(t, "diff-pairs/"+name+".new.txt")
		docxOf(t, document(law.RU, []byte(old)), document(law.RU, []byte(new)))
	}
}

// Any two texts: lines of a law, notes and rows of tables in any order, some of
// them printed otherwise on the other side.
func TestDOCXOfAnything(t *testing.T) {
	pool := []string{
		"Глава 1. Общее", "Статья 1. Маяк", "Статья 2. Смотритель маяка", "1. Маяк светит ночью, а днем не светит.",
		"2. Смотритель маяка обязан хранить журнал «Дозор» – не менее пяти лет.", "1) хранит журнал;", "2) передает сигнал;",
		"Сноска. Статья 1 с изменением, внесенным Законом РК от 01.02.2025 № 1-VIII.", "Примечание. Журналом признается и тетрадь.",
		"Маяк светит ночью.", "Смотритель спит днем & <ночью>.", "Президент Республики Казахстан", "вахта",
	}
	other := strings.NewReplacer("«", `"`, "»", `"`, "–", "—", "Маяк", "Mаяк")
	line := rapid.Custom(func(t *rapid.T) law.Line {
		n := rapid.IntRange(0, len(pool)+2).Draw(t, "line")
		if n >= len(pool) {
			cells := rapid.SliceOfN(rapid.SampledFrom([]string{"", "маяк", "журнал", "5", "10"}), 1, 3).Draw(t, "cells")
			if text := law.Squeeze(strings.Join(cells, " | ")); text != "" {
				return law.Line{Text: text, Mark: law.TableMark}
			}
			n = 0
		}
		text := pool[n]
		switch rapid.IntRange(0, 5).Draw(t, "edit") {
		case 0:
			text = other.Replace(text)
		case 1:
			words := strings.Fields(text)
			at := rapid.IntRange(0, len(words)-1).Draw(t, "at")
			words[at] = rapid.SampledFrom([]string{"порт", "три", "не"}).Draw(t, "word")
			text = strings.Join(words, " ")
		case 2:
			text += " " + rapid.SampledFrom(pool).Draw(t, "tail")
		}
		return law.Line{Text: text}
	})
	text := rapid.Custom(func(t *rapid.T) *law.Document {
		lines := rapid.SliceOfN(line, 0, 12).Draw(t, "lines")
		for i := range lines {
			lines[i].From, lines[i].To = i+1, i+1
		}
		return law.Build(law.RU, rapid.SampledFrom([]string{"", "О маяках", "О портах"}).Draw(t, "title"), lines)
	})
	rapid.Check(t, func(t *rapid.T) { docxOf(t, text.Draw(t, "old"), text.Draw(t, "new")) })
}

// documentXML is the text part of a file.
func documentXML(t testing.TB, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func contains(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("no %q in %s", w, text)
		}
	}
}

// A moved paragraph goes and comes, and says at either end where the other is
// and which words changed on the way.
func TestDOCXMoves(t *testing.T) {
	old := document(law.RU, []byte(`Статья 1. Маяк
1. Маяк светит ночью и в туман, а днем не светит.
2. Смотритель маяка хранит вахтенный журнал не менее трех лет.
Статья 2. Порт
1. Порт принимает суда круглый год без выходных и праздничных дней.
2. Капитан порта назначается советом порта на четыре года.`))
	new := document(law.RU, []byte(`Статья 1. Маяк
1. Маяк светит ночью и в туман, а днем не светит.
Статья 2. Порт
1. Порт принимает суда круглый год без выходных и праздничных дней.
2. Капитан порта назначается советом порта на четыре года.
3. Смотритель маяка хранит вахтенный журнал не менее пяти лет.`))
	file := docxOf(t, old, new)
	contains(t, documentXML(t, file, "word/comments.xml"),
		"Теперь находится здесь: пункт 3 статьи 2", "Перемещено; ранее: пункт 2 статьи 1. Изменено: «2» → «3»; «трех» → «пяти»")
	text := documentXML(t, file, "word/document.xml")
	if strings.Contains(text, "moveFrom") || strings.Contains(text, "moveTo") {
		t.Error("native moves")
	}
}

// A split tracks the new end of a paragraph, a merger the old one.
func TestDOCXSplit(t *testing.T) {
	one := document(law.RU, []byte("Статья 1. Маяк\n1. Маяк светит всю ночь до самого рассвета. Смотритель маяка хранит вахтенный журнал пять лет."))
	two := document(law.RU, []byte("Статья 1. Маяк\n1. Маяк светит всю ночь до самого рассвета.\nСмотритель маяка хранит вахтенный журнал пять лет."))
	contains(t, documentXML(t, docxOf(t, one, two), "word/document.xml"), `<w:rPr><w:ins `, `<w:delText xml:space="preserve"> </w:delText>`)
	contains(t, documentXML(t, docxOf(t, two, one), "word/document.xml"), `<w:rPr><w:del `, `<w:t xml:space="preserve"> </w:t>`)
}

// Print variants are tracked word by word in a name of their own; a row of a
// table changes inside its cell.
func TestDOCXVariantsAndRows(t *testing.T) {
	old := law.Build(law.KK, "", []law.Line{
		{Text: "Бiлiм – \"күш\" болып табылады.", From: 1, To: 1}, {Text: "аудан | 20 орын | 5", From: 2, To: 2, Mark: law.TableMark},
	})
	new := law.Build(law.KK, "", []law.Line{
		{Text: "Білім – «күш» болып табылады.", From: 1, To: 1}, {Text: "аудан | 30 орын | 5", From: 2, To: 2, Mark: law.TableMark},
	})
	file := docxOf(t, old, new)
	text := documentXML(t, file, "word/document.xml")
	contains(t, text, `w:author="Tuzetu: таңбалардың жазылуы"`, `<w:delText xml:space="preserve">Бiлiм</w:delText>`,
		`<w:t xml:space="preserve"> болып табылады.</w:t>`, `<w:delText xml:space="preserve">20</w:delText>`, `<w:tbl>`)
	contains(t, documentXML(t, file, "word/header1.xml"), "Tuzetu: таңбалардың жазылуы", "01.03.2025 → 01.02.2026", "07.10.2026")
}

func TestDOCXIsDeterministic(t *testing.T) {
	from, to := sampleAt(t, law.EN, sample.First), sampleAt(t, law.EN, sample.Second)
	if !bytes.Equal(docxOf(t, from, to), docxOf(t, from, to)) {
		t.Error("the same comparison is not the same file")
	}
	if err := DOCX(brokenWriter{}, diffing.Compare(from, to), Meta{}, Meta{}, made); err == nil {
		t.Error("a broken writer went unnoticed")
	}
}

func BenchmarkDOCX(b *testing.B) {
	for _, bc := range []struct {
		name string
		text func(b *testing.B) (old, new *law.Document)
	}{
		{"sample of 30 laws", func(b *testing.B) (*law.Document, *law.Document) {
			old, new := strings.Builder{}, strings.Builder{}
			for i := range 30 {
				number := strings.NewReplacer("Статья ", fmt.Sprintf("Статья %d-", i), "район", fmt.Sprintf("округ%d", i))
				old.WriteString(number.Replace(sampleAt(b, law.RU, sample.First).PlainText()))
				new.WriteString(number.Replace(sampleAt(b, law.RU, sample.Second).PlainText()))
			}
			return document(law.RU, []byte(old.String())), document(law.RU, []byte(new.String()))
		}},
		{"code of 1.3 MB", func(b *testing.B) (*law.Document, *law.Document) {
			return document(law.RU, []byte(sharedText(b, "diff-pairs/code-ru-draft.old.txt"))),
				document(law.RU, []byte(sharedText(b, "diff-pairs/code-ru-draft.new.txt")))
		}},
	} {
		b.Run(bc.name, func(b *testing.B) {
			r := diffing.Compare(bc.text(b))
			b.ReportAllocs()
			for b.Loop() {
				if err := DOCX(io.Discard, r, Meta{}, Meta{}, made); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
