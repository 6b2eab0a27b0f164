package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// document is an edition of the sample act as the pages read it.
func (s *site) document(date law.Date, lang law.Lang) *law.Document {
	s.tb.Helper()
	title, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(lang, date)))
	if err != nil {
		s.tb.Fatal(err)
	}
	return law.Build(lang, title, lines)
}

func TestCitePage(t *testing.T) {
	s := sampled(t)
	for path, want := range map[string][]string{
		"/ru" + sampleSecond + "/ru/cite": {
			"(2026 жылғы 1 ақпандағы редакция), орыс тіліндегі мәтін. URL: https://tuzetu.example/kk/acts/Z9900000001/2026-02-01/ru (қаралған күні: 22.11.2026).",
			"(редакция от 1 февраля 2026 года). URL: https://tuzetu.example/ru/acts/Z9900000001/2026-02-01/ru (дата обращения: 22.11.2026).",
			"(edition of 1 February 2026), text in Russian. https://tuzetu.example/en/acts/Z9900000001/2026-02-01/ru (accessed 22 November 2026).",
		},
		"/kk" + sampleFirst + "/kk/cite?at=art_4__para_2": {
			"4-баптың 2-тармағы (2025 жылғы 1 наурыздағы редакция). URL: https://tuzetu.example/kk/acts/Z9900000001/2025-03-01/kk#art_4__para_2 (қаралған күні: 22.11.2026).",
			"пункт 2 статьи 4 (редакция от 1 марта 2025 года), текст на казахском языке. URL: https://tuzetu.example/ru/acts/Z9900000001/2025-03-01/kk#art_4__para_2 (дата обращения: 22.11.2026).",
			"Article 4(2) (edition of 1 March 2025), text in Kazakh.",
		},
	} {
		doc := s.page(path)
		for i, dd := range doc.Find(".cited-in dd").EachIter() {
			if got := text(dd); !strings.Contains(got, want[i]) {
				t.Errorf("%s: %q, want %q in it", path, got, want[i])
			}
		}
		if n := doc.Find(".cited-in dd").Length(); n != 3 {
			t.Errorf("%s: %d citations", path, n)
		}
		follow(t, s, doc, "main a[href]")
	}
	doc := s.page("/ru" + sampleSecond + "/ru/cite")
	raw := sha256.Sum256([]byte(sample.Markdown(law.RU, sample.Second)))
	sum := sha256.Sum256([]byte(s.document(sample.Second, law.RU).Markdown()))
	if got := text(doc.Find("#sha-raw")); got != hex.EncodeToString(raw[:]) {
		t.Errorf("SHA-256 of the bytes: %s", got)
	}
	if got := text(doc.Find("#sha-text")); got != hex.EncodeToString(sum[:]) {
		t.Errorf("SHA-256 of the text: %s", got)
	}
	if doc.Find(".ordinal").Length() != 0 || s.page("/ru"+sampleSecond+"/ru/cite?at=art_4__para_2__part_2").Find(".ordinal").Length() != 1 {
		t.Error("a count of unnumbered units where there is none")
	}
}

// A citation of a text that was corrected later says so, and names the one quoted.
func TestCiteRevision(t *testing.T) {
	s := sampled(t)
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, strings.Replace(sample.Markdown(law.RU, sample.Second), "книгообмен – добровольный", "книгообмен – свободный", 1))
	old, now := s.page("/ru"+sampleSecond+"/ru/cite"), s.page("/ru"+sampleSecond+"~1/ru/cite")
	if old.Find(".callout--box a").FilterFunction(func(_ int, a *goquery.Selection) bool {
		return a.AttrOr("href", "") == "/ru"+sampleSecond+"~1/ru/cite"
	}).Length() != 1 {
		t.Error("the text before the correction does not lead to the one after")
	}
	if got := text(now.Find(".cited-in dd").Eq(1)); !strings.Contains(got, "/2026-02-01~1/ru ") {
		t.Errorf("the corrected text is cited as %q", got)
	}
	if a, b := text(old.Find("#sha-text")), text(now.Find("#sha-text")); a == b {
		t.Error("both texts have one sum")
	}
}

func TestCiteAddresses(t *testing.T) {
	s := sampled(t)
	for path, want := range map[string]int{
		sampleSecond + "/ru/cite.json": 200, sampleSecond + "/ru/cite?at=art_99": 404, sampleSecond + "/ru/quote": 404,
		sampleAct + "/2020-01-01/ru/cite": 404, sampleAct + "/x/ru/cite": 404, sampleSecond + "/xx/cite": 404,
		sampleSecond + "/ru/cite?at=" + strings.Repeat("a", 5000): 404, "/acts/z9900000001/2026-02-01/ru/cite": 308,
		sampleAct + "/proposed-2026-09-01/ru/cite": 200,
	} {
		if w := s.get("/ru" + path); w.Code != want {
			t.Errorf("%.80s: %d, want %d", path, w.Code, want)
		}
	}
	var got struct {
		Address, Permanent, File string
		Citations                map[string]string
		TextSHA                  string `json:"text_sha256"`
	}
	w := s.get("/en" + sampleSecond + "/ru/cite.json?at=art_4")
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Address != "art_4" || len(got.Citations) != 3 || len(got.TextSHA) != 64 || got.File != "2026-02-01.ru.md" || got.Permanent != "https://tuzetu.example/en/acts/Z9900000001/2026-02-01/ru#art_4" {
		t.Errorf("%v: %s", err, w.Body)
	}
}
