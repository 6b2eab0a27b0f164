package paper

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/law"
)

// The document reads back as the act, line by line.
func TestDOCX(t *testing.T) {
	lines := func(s string) (out []law.Line) {
		for i, l := range strings.Split(s, "\n") {
			out = append(out, law.Line{Text: l, From: i + 1, To: i + 1})
		}
		return out
	}
	from := law.Build(law.KK, "Залдар туралы", lines("1-бап. Оқу залы\n1. Зал кітаптарды сақтайды:\nКүн | Сағат\nДүйсенбі | 9\n2. Кіру тегін болып табылады."))
	to := law.Build(law.KK, "Залдар туралы", lines("1-бап. Оқу залы\n1. Зал кітаптарды сақтайды:\nКүн | Сағат\nДүйсенбі | 9\nСейсенбі | 10\nСәрсенбі | 11\n3. Кіру ақылы болып табылады."))
	a, err := drafting.Write(from, to, drafting.WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := DOCX(&b, a, time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	got, title, _, err := ooxml.ReadLines(b.Bytes(), ooxml.Accept)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	for _, l := range got {
		text += l.Text + "\n"
	}
	if title != "" && !strings.HasPrefix(text, title) {
		text = title + "\n" + text
	}
	if text != a.Text() {
		t.Errorf("got:\n%swant:\n%s", text, a.Text())
	}
}
