package read

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/law"
)

func TestHeadingOf(t *testing.T) {
	for _, c := range []struct {
		text, number          string
		word, num, end, title string
		after                 bool
	}{
		{"Статья 14-1. Название", "14-1", "Статья", "14-1", ". ", "Название", false},
		{"17-бап. Есеп", "17", "бап", "17", ". ", "Есеп", true},
		{"31-бап .", "31", "бап", "31", " .", "", true},
		{"Article 5. Title", "5", "Article", "5", ". ", "Title", false},
		{"Глава 1. ОБЩИЕ ПОЛОЖЕНИЯ", "1", "Глава", "1", ". ", "ОБЩИЕ ПОЛОЖЕНИЯ", false},
		{"РАЗДЕЛ IV. ПРОЧЕЕ", "IV", "РАЗДЕЛ", "IV", ". ", "ПРОЧЕЕ", false},
		{"1-тарау. ЖАЛПЫ ЕРЕЖЕЛЕР", "1", "тарау", "1", ". ", "ЖАЛПЫ ЕРЕЖЕЛЕР", true},
		{"Осы Заңға қосымша", "", "", "", "", "Осы Заңға қосымша", true},
	} {
		h := headingOf(&law.Provision{Kind: law.Article, Number: c.number, Text: c.text})
		if h.text() != c.text {
			t.Errorf("%q: the parts read %q", c.text, h.text())
		}
		if h.Word() != c.word || h.Number != c.num || h.End() != c.end || h.Title != c.title || h.Postfixed() != c.after {
			t.Errorf("%q: %+v, word %q, end %q", c.text, h, h.Word(), h.End())
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		kind               law.Kind
		text, number, rest string
	}{
		{law.Paragraph, "6. Текст", "6.", "Текст"},
		{law.Subparagraph, "256-10) текст;", "256-10)", "текст;"},
		{law.Subparagraph, "3)-6) исключены", "3)-6)", "исключены"},
		{law.Subparagraph, "3), 4) и 5) исключены", "3), 4)", "и 5) исключены"},
		{law.Subparagraph, "1)слитно", "1)", "слитно"},
		{law.Paragraph, "2024 год", "", "2024 год"},
		{law.Part, "1) не номер", "", "1) не номер"},
	} {
		number, rest := cut(&law.Provision{Kind: c.kind, Number: "1", Text: c.text})
		if number != c.number || rest != c.rest {
			t.Errorf("%q: %q, %q", c.text, number, rest)
		}
	}
}

// Taking a line apart loses nothing but the blank between number and words.
func TestPartsAreTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`(Статья |Глава |)?[0-9]{1,3}(-[0-9])?(\)|\.|-бап\.|)( ?[а-яё ,;.)(-]{0,30})`).Draw(t, "text")
		p := &law.Provision{Kind: law.Paragraph, Number: "1", Text: text}
		if got := headingOf(p).text(); got != text {
			t.Fatalf("%q reads %q", text, got)
		}
		number, rest := cut(p)
		if got := number + rest; got != text && number+" "+rest != text && trimmed(number+rest) != trimmed(text) {
			t.Fatalf("%q reads %q + %q", text, number, rest)
		}
	})
}

func trimmed(s string) string {
	out := []rune{}
	for _, r := range s {
		if r != ' ' {
			out = append(out, r)
		}
	}
	return string(out)
}
