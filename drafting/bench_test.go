package drafting

import (
	"fmt"
	"os"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// BenchmarkCode applies an act of 200 instructions to the 1.3 MB code: reading
// the act, applying it and putting the text together. The bar is 300 ms.
func BenchmarkCode(b *testing.B) {
	f, err := os.Open(lawdata + "/adilet-text/entrepreneurial_code.txt")
	if err != nil {
		b.Skip("../shared absent")
	}
	defer f.Close()
	lines, err := law.ReadText(f)
	if err != nil {
		b.Fatal(err)
	}
	doc := law.Build(law.RU, "", lines)
	act := []law.Line{{Text: "по всему тексту слова «субъектов предпринимательства» заменить словами «предпринимателей»;", From: 1, To: 1}}
	for _, p := range doc.Provisions {
		if p.Kind != law.Paragraph || p.Article() == nil || len(act) == 200 {
			continue
		}
		cite := p.Cite().In(law.RU)
		text := fmt.Sprintf("%s изложить в следующей редакции: «%s. Новая редакция пункта.»;", cite, p.Number)
		if len(act)%3 == 0 {
			text = cite + " исключить;"
		}
		act = append(act, law.Line{Text: text, From: len(act) + 1, To: len(act) + 1})
	}
	b.ReportAllocs()
	for b.Loop() {
		a, err := Read(law.RU, act)
		if err != nil {
			b.Fatal(err)
		}
		if r := Apply(doc, a, ""); r.Outcomes[5].Status != Applied {
			b.Fatal(r.Count(law.EN))
		}
	}
}
