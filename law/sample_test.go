package law_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// The twins of the tests on real texts: the same promises on our own sample act,
// wherever the real texts are absent.

func eachSample(t *testing.T, check func(t *testing.T, markdown string, d *law.Document)) {
	for _, lang := range law.Langs {
		for _, date := range []law.Date{sample.First, sample.Second, sample.Proposed} {
			t.Run(string(date)+"."+string(lang), func(t *testing.T) {
				markdown := sample.Markdown(lang, date)
				check(t, markdown, build(t, lang, markdown))
			})
		}
	}
}

func build(t *testing.T, lang law.Lang, markdown string) *law.Document {
	t.Helper()
	title, lines, err := law.ReadMarkdown(strings.NewReader(markdown))
	if err != nil {
		t.Fatal(err)
	}
	return law.Build(lang, title, lines)
}

func TestSampleReadsBack(t *testing.T) {
	eachSample(t, func(t *testing.T, _ string, d *law.Document) {
		if len(d.Doubts) > 0 {
			t.Errorf("doubts: %v", d.Doubts)
		}
		again := build(t, d.Lang, d.Markdown())
		if again.Markdown() != d.Markdown() || !slices.Equal(addresses(again), addresses(d)) {
			t.Error("Markdown reads back as another document")
		}
		lines, err := law.ReadText(strings.NewReader(d.PlainText()))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(addresses(law.Build(d.Lang, "", lines)), addresses(d)) {
			t.Error("the .txt has another outline than the Markdown")
		}
		if got := law.Build(d.Lang, d.Title, d.Lines()); got.Markdown() != d.Markdown() || !slices.Equal(addresses(got), addresses(d)) {
			t.Error("the lines make another document")
		}
	})
}

func addresses(d *law.Document) []string {
	var all []string
	for _, p := range d.Provisions {
		all = append(all, string(p.Kind)+" "+string(p.Address))
	}
	return all
}

func TestSampleCitations(t *testing.T) {
	eachSample(t, func(t *testing.T, _ string, d *law.Document) {
		for _, p := range d.Provisions {
			if p.Kind == law.Signature || p.Kind == law.Table {
				continue
			}
			for _, lang := range law.Langs {
				words := p.Cite().In(lang)
				c, err := law.ParseCitation(lang, words)
				if err != nil {
					t.Fatal(err)
				}
				if found := d.Resolve(c, nil); !slices.Contains(found, p) {
					t.Errorf("%q does not lead back to %s", words, p.Address)
				}
			}
		}
	})
}

func TestSampleLanguage(t *testing.T) {
	eachSample(t, func(t *testing.T, markdown string, d *law.Document) {
		_, lines, err := law.ReadMarkdown(strings.NewReader(markdown))
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := law.DetectLang(lines); !ok || got != d.Lang {
			t.Errorf("language %s, want %s", got, d.Lang)
		}
	})
}

// TestCitations is the table of what is written and what is read, in every case
// form that notes and laws use.
func TestCitations(t *testing.T) {
	article := func(steps ...law.Step) law.Citation {
		return append(law.Citation{{Kind: law.Article, Number: "22"}}, steps...)
	}
	para := law.Step{Kind: law.Paragraph, Number: "6"}
	part := law.Step{Kind: law.Part, Ordinal: 2}
	sub := law.Step{Kind: law.Subparagraph, Number: "1"}
	for _, tc := range []struct {
		c          law.Citation
		kk, ru, en string
	}{
		{article(), "22-бап", "статья 22", "Article 22"},
		{article(para), "22-баптың 6-тармағы", "пункт 6 статьи 22", "Article 22(6)"},
		{article(para, sub), "22-баптың 6-тармағының 1) тармақшасы", "подпункт 1) пункта 6 статьи 22", "Article 22(6)(1)"},
		{article(para, part, sub), "22-баптың 6-тармағы екінші бөлігінің 1) тармақшасы", "подпункт 1) части второй пункта 6 статьи 22", "Article 22(6), part 2, (1)"},
		{article(sub), "22-баптың 1) тармақшасы", "подпункт 1) статьи 22", "Article 22(1)"},
		{article(part), "22-баптың екінші бөлігі", "часть вторая статьи 22", "Article 22, part 2"},
		{article(para, law.Step{Kind: law.Indent, Ordinal: 3}), "22-баптың 6-тармағының үшінші абзацы", "абзац третий пункта 6 статьи 22", "Article 22(6), indent 3"},
		{article(law.Step{Kind: law.Remark}), "22-баптың ескертпесі", "примечание к статье 22", "Article 22, note"},
		{article(law.Step{Kind: law.Subparagraph, Number: "3", To: "6"}), "22-баптың 3)–6) тармақшалары", "подпункты 3)–6) статьи 22", "Article 22(3)–(6)"},
		{article(law.Step{Kind: law.Paragraph, Number: "2", To: "4"}), "22-баптың 2–4-тармақтары", "пункты 2–4 статьи 22", "Article 22(2)–(4)"},
		{law.Citation{{Kind: law.Article, Number: "2", To: "5"}}, "2–5-баптар", "статьи 2–5", "Articles 2–5"},
		{law.Citation{{Kind: law.Annex, Ordinal: 1}, {Kind: law.Table, Ordinal: 4}}, "қосымша кестесінің 4-жолы", "строка 4 таблицы приложения", "Annex, row 4"},
		{article(para, law.Step{Kind: law.Table, Ordinal: 2}), "22-баптың 6-тармағы кестесінің 2-жолы", "строка 2 таблицы пункта 6 статьи 22", "Article 22(6), row 2"},
		{law.Citation{{Kind: law.Chapter, Number: "2"}, {Kind: law.Division, Number: "1"}}, "2-тараудың 1-параграфы", "параграф 1 главы 2", "Chapter 2, Division 1"},
		{law.Citation{{Kind: law.Preamble, Ordinal: 1}}, "кіріспе", "преамбула", "Preamble"},
		{article(law.Step{Kind: law.Part, Ordinal: 45}), "22-баптың қырық бесінші бөлігі", "часть сорок пятая статьи 22", "Article 22, part 45"},
		{article(para, law.Step{Kind: law.Indent, Ordinal: 502}), "22-баптың 6-тармағының бес жүз екінші абзацы", "абзац пятьсот второй пункта 6 статьи 22", "Article 22(6), indent 502"},
	} {
		for lang, want := range map[law.Lang]string{law.KK: tc.kk, law.RU: tc.ru, law.EN: tc.en} {
			if got := tc.c.In(lang); got != want {
				t.Errorf("%s: wrote %q, want %q", lang, got, want)
			}
			read, err := law.ParseCitation(lang, want)
			if err != nil {
				t.Errorf("%s: %v", lang, err)
				continue
			}
			if lang != law.EN && read.In(lang) != want {
				t.Errorf("%s: %q was read as %q", lang, want, read.In(lang))
			}
		}
	}
}

func TestCitationForms(t *testing.T) {
	for words, want := range map[string]string{
		"подпунктом 4) пункта 1 статьи 32": "подпункт 4) пункта 1 статьи 32",
		"Подпункт 11) статьи 1":            "подпункт 11) статьи 1",
		"части второй пункта 5 статьи 67":  "часть вторая пункта 5 статьи 67",
		"вторую часть статьи 9-1":          "часть вторая статьи 9-1",
		"ч.2 пункта 3 статьи 7":            "часть вторая пункта 3 статьи 7",
		"пп. 35) ст. 1":                    "подпункт 35) статьи 1",
		"Cтатья 33":                        "статья 33",
		"главы VI":                         "глава VI",
		"абзаца двадцать первого подпункта 2) пункта 14-1": "абзац двадцать первый подпункта 2) пункта 14-1",
	} {
		readsAs(t, law.RU, words, want)
	}
	for words, want := range map[string]string{
		"32-бабы 1-тармағының екінші бөлігінің 4) тармақшасында": "32-баптың 1-тармағы екінші бөлігінің 4) тармақшасы",
		"1-баптың 11) тармақша":                    "1-баптың 11) тармақшасы",
		"14-бапқа":                                 "14-бап",
		"67-бабының 4-тармағында":                  "67-баптың 4-тармағы",
		"739-баптың 2-тармағының 5) тармақшасында": "739-баптың 2-тармағының 5) тармақшасы",
		"үшінші бөліктің сегізінші абзацы":         "үшінші бөліктің сегізінші абзацы",
	} {
		readsAs(t, law.KK, words, want)
	}
	for _, words := range []string{"", "закон", "статья", "пункт номер 5", "статья 5 и статья 6"} {
		if c, err := law.ParseCitation(law.RU, words); err == nil {
			t.Errorf("%q was read as %q", words, c.In(law.RU))
		}
	}
}

func readsAs(t *testing.T, lang law.Lang, words, want string) {
	t.Helper()
	c, err := law.ParseCitation(lang, words)
	if err != nil {
		t.Error(err)
		return
	}
	if got := c.In(lang); got != want {
		t.Errorf("%q was read as %q, want %q", words, got, want)
	}
}
