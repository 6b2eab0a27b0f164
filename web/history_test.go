package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// wordings prints the wordings of a page of history, a row each: when, what
// happened, by which act.
func wordings(doc *goquery.Document) []string {
	var out []string
	doc.Find("article.chg").Each(func(_ int, e *goquery.Selection) {
		var signs []string
		e.Find(".chg__kind").Each(func(_ int, s *goquery.Selection) { signs = append(signs, text(s)) })
		out = append(out, text(e.Find(".chg__cite"))+" | "+strings.Join(signs, ", ")+" | "+text(e.Find("dd").First()))
	})
	return out
}

func TestHistory(t *testing.T) {
	s := sampled(t)
	at := sampleAct + "/at/"
	for _, c := range []struct {
		path, heading string
		want          []string
	}{
		{"/ru" + at + "art_4__para_2/ru", "Пункт 2 статьи 4", []string{
			"Редакция от 1 марта 2025 года | исходный текст | ",
			"Редакция от 1 февраля 2026 года | изменено | № 2-I (28.11.2025)"}},
		{"/ru" + at + "art_4__para_1/ru", "Пункт 1 статьи 4", []string{
			"С редакции от 1 марта 2025 года по последнюю | исходный текст | "}},
		{"/kk" + at + "art_16__para_4/kk", "16-баптың 4-тармағы", []string{
			"2025 жылғы 1 наурыздағы редакция | алғашқы мәтін | ",
			"2026 жылғы 1 ақпандағы редакция | орны ауыстырылған | № 2-I (28.11.2025)"}},
		{"/en" + at + "art_9__para_3-1/en", "Article 9(3-1)", []string{"Edition of 1 February 2026 | inserted | № 2-I (28.11.2025)"}},
	} {
		doc := s.page(c.path)
		if got := text(doc.Find("h1")); got != c.heading {
			t.Errorf("%s is headed %q, want %q", c.path, got, c.heading)
		}
		if got := wordings(doc); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s\n%s\nwant\n%s", c.path, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
		follow(t, s, doc, "main a[href], .langs a")
	}
	doc := s.page("/ru" + at + "art_4__para_2/ru")
	if got := text(doc.Find("article.chg ins").First()); !strings.Contains(got, "включая доступ в сеть Интернет") {
		t.Errorf("the redline inserts %q", got)
	}
	if got := text(doc.Find(".crumbs li:nth-child(3) a")); got != "статья 4" {
		t.Errorf("above it: %q", got)
	}
	if got := text(s.page("/ru" + at + "art_4/ru").Find("#inside + ul")); got != "пункт 2 статьи 4 · 2 формулировки" {
		t.Errorf("inside article 4: %q", got)
	}
	change := s.page("/ru" + sampleCompare + "/ru").Find(`[id="c-art_16__para_4"] .acts a`).Last()
	if text(change) != "История положения" || change.AttrOr("href", "") != "/ru"+at+"art_16__para_4/ru?edition=2026-02-01" {
		t.Errorf("a change leads to %q", change.AttrOr("href", ""))
	}
}

// What is no longer in the newest text still has its history, and the page says
// where it ended.
func TestHistoryOfWhatIsGone(t *testing.T) {
	s := sampled(t)
	doc := s.page("/ru" + sampleAct + "/at/art_6__subpara_4/ru?edition=2025-03-01")
	ended := doc.Find(".ended")
	if got := text(ended.Find("b")); got != "В редакции от 1 февраля 2026 года этого положения нет." {
		t.Errorf("says %q", got)
	}
	if got := text(ended); !strings.Contains(got, "4) исключен Законом РК") {
		t.Errorf("in its place: %q", got)
	}
	if got := wordings(doc); len(got) != 2 || got[1] != "Редакция от 1 февраля 2026 года | исключено | № 2-I (28.11.2025)" {
		t.Errorf("wordings %q", got)
	}
	gone := newSite(t)
	gone.act(sample.Act())
	gone.edition(sample.ActID, law.Enacted, sample.First, law.RU, workshopOld)
	gone.edition(sample.ActID, law.Enacted, sample.Second, law.RU, strings.Replace(workshopOld, "2. Размер взноса не превышает одного месячного расчетного показателя.\n\n", "", 1))
	doc = gone.page("/ru" + sampleAct + "/at/art_3__para_2/ru")
	if got := text(doc.Find(".ended b")); got != "В редакции от 1 февраля 2026 года этого положения нет." || doc.Find("article.chg").Length() != 1 {
		t.Errorf("without a trace: %q", got)
	}
	follow(t, gone, doc, "main a[href]")
}

func TestHistoryAddresses(t *testing.T) {
	s := sampled(t)
	for path, want := range map[string]int{
		"art_4__para_2/ru?edition=2025-03-01": 200, "art_4__para_2/kk?edition=2026-02-01": 200,
		"art_4__para_2/ru?edition=2020-01-01": 404, "art_4__para_2/ru?edition=x": 404,
		"art_9__para_3-1/ru?edition=2025-03-01": 404, "art_9__para_3-1/xx": 404, "art_99/ru": 404,
	} {
		if w := s.get("/ru" + sampleAct + "/at/" + path); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, strings.Replace(sample.Markdown(law.RU, sample.Second), "книгообмен – добровольный", "книгообмен – свободный", 1))
	if w := s.get("/ru" + sampleAct + "/at/art_4__para_2/ru?edition=2026-02-01"); w.Code != http.StatusOK {
		t.Errorf("an edition that was revised: %d", w.Code)
	}
}

func TestHistoryJSON(t *testing.T) {
	w := sampled(t).get("/ru" + sampleAct + "/at/art_4__para_2/ru.json")
	var got struct {
		Address, Edition string
		Editions         []string
		Wordings         []struct {
			Address, First, Last, Kind, Text string
			Label                            struct{ RU string }
			Ops, Words                       []struct{ Op, Text, Edition string }
			Parts                            []string
			Acts                             []law.NoteAct
		}
		Ended *struct{}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Header().Get("Content-Type") != "application/json; charset=utf-8" {
		t.Fatalf("%v: %s", err, w.Body)
	}
	if len(got.Wordings) != 2 || got.Edition != "2026-02-01" || len(got.Editions) != 2 || got.Ended != nil {
		t.Fatalf("%+v", got)
	}
	last := got.Wordings[1]
	var was, is, words string
	for _, o := range last.Ops {
		if o.Op != "insert" {
			was += o.Text
		}
		if o.Op != "delete" {
			is += o.Text
		}
	}
	for _, r := range last.Words {
		words += r.Text
	}
	if was != got.Wordings[0].Text || is != last.Text || words != last.Text {
		t.Errorf("runs do not join to the texts:\n%s\n%s\n%s", was, is, words)
	}
	if last.Kind != "edited" || last.Label.RU != "пункт 2 статьи 4" || last.First != "2026-02-01" || last.Parts == nil || len(last.Acts) != 1 || last.Acts[0].Number != "2-I" {
		t.Errorf("%+v", last)
	}
}

func TestMassMediaHistory(t *testing.T) {
	s := massMediaSite(t)
	doc := s.page("/ru/acts/Z2400000093/at/art_14__para_7/ru")
	if got := wordings(doc); len(got) != 1 || !strings.HasPrefix(got[0], "Редакция от 2 марта 2026 года | добавлено | № 231-VIII") {
		t.Errorf("%q", got)
	}
	follow(t, s, s.page("/kk/acts/Z2400000093/at/art_1/kk"), "main a[href]")
}
