package web_test

import (
	"archive/zip"
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
)

// sent is what the form of the drafting page answers.
func (s *site) sent(path string, fields map[string]string, file ...string) *httptest.ResponseRecorder {
	s.tb.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, value := range fields {
		if err := m.WriteField(name, value); err != nil {
			s.tb.Fatal(err)
		}
	}
	if len(file) == 2 {
		part, err := m.CreateFormFile("file", file[0])
		if err == nil {
			_, err = part.Write([]byte(file[1]))
		}
		if err != nil {
			s.tb.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		s.tb.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

const draftedSampleAct = `Статья 1. Внести в Закон Республики Казахстан «О районных библиотеках и читальных залах (образец)» следующие изменения:
1) подпункт 4) статьи 6 исключить;
2) в статье 12 слова «несуществующие слова» заменить словами «иные слова»;
3) статью 16 дополнить пунктом 4 следующего содержания:
«4. Книги, пригодные для чтения, передаются школам.»;
4) статью 5 выложить иначе.
`

func draftForm(take string) map[string]string {
	return map[string]string{
		"edition": string(sample.ActID) + "@2025-03-01:ru", "kind": "act", "text": draftedSampleAct, "published": "2026-01-15", "take": take,
	}
}

func parsed(t *testing.T, w *httptest.ResponseRecorder) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestDraft(t *testing.T) {
	s := sampled(t)
	w := s.sent("/ru/draft", draftForm(""))
	if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "private, no-store" {
		t.Fatalf("%d, Cache-Control %q: %s", w.Code, w.Header().Get("Cache-Control"), w.Body)
	}
	doc := parsed(t, w)
	for sel, want := range map[string]string{
		"#orders":                           "4 указания",
		"#cards":                            "2 указания не применены",
		"#changes":                          "Изменится 2 положения",
		"#orders ~ ol li:nth-child(1) p.xs": "подпункт 4) статьи 6",
		".draft__card:nth-of-type(1) h3":    "строка 3: в тексте не найдено",
		".draft__card:nth-of-type(2) h3":    "строка 6: не понято",
	} {
		if got := text(doc.Find(sel).First()); !strings.Contains(got, want) && sel != "#changes" {
			t.Errorf("%s: %q, want %q", sel, got, want)
		}
	}
	if got := text(doc.Find("#changes ~ ol ins")); !strings.Contains(got, "передаются школам") {
		t.Errorf("the redline has no new paragraph: %q", got)
	}

	// A card is corrected, another left out: nothing is left to say.
	form := draftForm("")
	doc.Find(".draft__card").Each(func(i int, card *goquery.Selection) {
		name, _ := card.Find("textarea").Attr("name")
		id := strings.TrimPrefix(name, "fix-")
		if i == 0 {
			form["do-"+id], form[name] = "edit", "2) пункт 3 статьи 15 исключить;"
		} else {
			form["do-"+id] = "out"
		}
	})
	doc = parsed(t, s.sent("/ru/draft", form))
	if doc.Find(".draft__card").Length() != 0 || text(doc.Find("#orders")) != "3 указания" {
		t.Errorf("after the corrections: %q", text(doc.Find("main")))
	}
	if got := doc.Find("#text").Text(); !strings.Contains(got, "пункт 3 статьи 15 исключить") || strings.Contains(got, "выложить") {
		t.Errorf("the text was not corrected:\n%s", got)
	}
}

// Where an instruction may mean two units, a person chooses one.
func TestDraftChoice(t *testing.T) {
	s := sampled(t)
	form := draftForm("")
	form["text"] = "подпункт 1) пункта 2 статьи 8 исключить;\n"
	doc := parsed(t, s.sent("/ru/draft", form))
	picks := doc.Find(".draft__card input[name^=pick-]")
	if picks.Length() < 2 {
		t.Fatalf("no choice: %s", text(doc.Find("main")))
	}
	name, _ := picks.Last().Attr("name")
	form[name], _ = picks.Last().Attr("value")
	doc = parsed(t, s.sent("/ru/draft", form))
	if doc.Find(".draft__card").Length() != 0 || doc.Find("#changes ~ ol del").Length() == 0 {
		t.Errorf("not applied: %s", text(doc.Find("main")))
	}
	if got, _ := doc.Find("input[type=hidden][name^=pick-]").Attr("value"); got != form[name] {
		t.Errorf("the choice is not kept: %q", got)
	}
}

// A new text gives the act that makes it.
func TestDraftWritten(t *testing.T) {
	s := sampled(t)
	form := draftForm("")
	form["kind"] = "text"
	form["text"] = s.document(sample.Second, "ru").PlainText()
	doc := parsed(t, s.sent("/ru/draft", form))
	if got := text(doc.Find(".draft__act")); !strings.Contains(got, "дополнить статьей 7-1 следующего содержания:") {
		t.Errorf("act: %q", got)
	}
}

func TestDraftFiles(t *testing.T) {
	s := sampled(t)
	for name, kind := range map[string]string{
		"table.docx": "application/vnd.openxml", "table.xlsx": "application/vnd.openxml", "act.docx": "application/vnd.openxml",
		"table.html": "text/html", "text.txt": "text/plain", "text.md": "text/markdown",
	} {
		w := s.sent("/kk/draft", draftForm(name))
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) || !strings.Contains(w.Header().Get("Content-Disposition"), name) {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
		if b := w.Body.Bytes(); kind[0] == 'a' {
			if _, err := zip.NewReader(bytes.NewReader(b), int64(len(b))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		} else if !strings.Contains(string(b), "передаются школам") {
			t.Errorf("%s has no new paragraph", name)
		}
	}
}

// What cannot be worked on is said above the form, which keeps what was pasted.
func TestDraftFaults(t *testing.T) {
	s := sampled(t)
	for _, c := range []struct {
		name, field, value, want string
	}{
		{"empty", "text", " ", "Вставьте текст"},
		{"another language", "text", "1-баптың 2-тармағы алып тасталсын; осы өзгеріс қазақ тілінде жазылған", "на разных языках"},
		{"no act", "text", "Просто текст без указаний.", "не найдено ни одного"},
		{"another law", "text", "Статья 1. Внести в Закон Республики Казахстан «О музеях» следующее изменение:\nстатью 2 исключить.", "а другой: «О музеях»"},
		{"no edition", "edition", "Z1@2020-01-01:ru", "Такой редакции нет"},
		{"no day", "published", "2026-02-31", "Такого дня нет"},
	} {
		form := draftForm("")
		form[c.field] = c.value
		w := s.sent("/ru/draft", form)
		doc := parsed(t, w)
		if got := text(doc.Find(".draft__fault")); w.Code != http.StatusUnprocessableEntity || !strings.Contains(got, c.want) {
			t.Errorf("%s: %d %q, want %q", c.name, w.Code, got, c.want)
		}
		if got := doc.Find("#text").Text(); c.field != "text" && strings.TrimSpace(got) != strings.TrimSpace(draftedSampleAct) {
			t.Errorf("%s: what was pasted is lost: %q", c.name, got)
		}
	}
	if w := s.sent("/ru/draft", draftForm(""), "act.docx", "no zip"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a file that is none: %d", w.Code)
	}
	if w := s.sent("/ru/draft", draftForm("passwd")); w.Code != http.StatusBadRequest {
		t.Errorf("an unknown file: %d", w.Code)
	}
	large := draftForm("")
	large["text"] = strings.Repeat("а", 1<<20)
	if w := s.sent("/ru/draft", large); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a form too large: %d", w.Code)
	}
}

// Who corrects a sentence on its card means it, whatever is marked below; a form
// that is too large says so on its own page; the edition in the reader's language
// is chosen first.
func TestDraftCare(t *testing.T) {
	s := sampled(t)
	form := draftForm("")
	doc := parsed(t, s.sent("/ru/draft", form))
	name, _ := doc.Find(".draft__card textarea").First().Attr("name")
	cards := doc.Find(".draft__card").Length()
	doc.Find(".draft__card").Each(func(_ int, card *goquery.Selection) {
		n, _ := card.Find("textarea").Attr("name")
		form[n], form["do-"+strings.TrimPrefix(n, "fix-")] = card.Find("textarea").Text(), ""
	})
	form[name] = "2) пункт 3 статьи 15 исключить;"
	doc = parsed(t, s.sent("/ru/draft", form))
	if got := doc.Find(".draft__card").Length(); got != cards-1 {
		t.Errorf("%d cards of %d are left", got, cards)
	}

	form = draftForm("")
	form["text"] = strings.Repeat("пункт 1 статьи 1 исключить;\n", 60000)
	w := s.sent("/kk/draft", form)
	if doc = parsed(t, w); w.Code != http.StatusRequestEntityTooLarge || !strings.Contains(text(doc.Find(".draft__fault")), "1 МБ-тан үлкен") {
		t.Errorf("%d %s", w.Code, text(doc.Find(".draft__fault")))
	}
	if lang, _ := doc.Find("#edition option[selected]").Attr("lang"); lang != "kk" {
		t.Errorf("the chosen edition is in %q", lang)
	}
}
