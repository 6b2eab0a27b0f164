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
// happened, by which act and since which day.
func wordings(doc *goquery.Document) []string {
	var out []string
	doc.Find("article.chg").Each(func(_ int, e *goquery.Selection) {
		var signs []string
		e.Find(".chg__h .chg__kind").Each(func(_ int, s *goquery.Selection) { signs = append(signs, text(s)) })
		out = append(out, text(e.Find(".chg__cite"))+" | "+strings.Join(signs, ", ")+" | "+strings.Join(e.Find("dd:not(.wide)").Map(func(_ int, d *goquery.Selection) string { return text(d) }), ", "))
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
			"Редакция от 1 марта 2025 года | исходный текст | с 3 мая 2025 года",
			"Редакция от 1 февраля 2026 года | изменено | № 2-I (28.11.2025), не позднее чем с 1 февраля 2026 года"}},
		{"/ru" + at + "art_4__para_1/ru", "Пункт 1 статьи 4", []string{
			"С редакции от 1 марта 2025 года по последнюю | исходный текст | с 3 мая 2025 года"}},
		{"/kk" + at + "art_16__para_4/kk", "16-баптың 4-тармағы", []string{
			"2025 жылғы 1 наурыздағы редакция | алғашқы мәтін | 2025 жылғы 3 мамырдан бастап",
			"2026 жылғы 1 ақпандағы редакция | орны ауыстырылған | № 2-I (28.11.2025), ең кеш дегенде 2026 жылғы 1 ақпаннан бастап"}},
		{"/en" + at + "art_9__para_3-1/en", "Article 9(3-1)", []string{"Edition of 1 February 2026 | inserted | № 2-I (28.11.2025), since 1 February 2026 at the latest"}},
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
	change := s.page("/ru" + sampleCompare + "/ru").Find(`[id="c-art_16__para_4"] .acts a[href*="/at/"]`)
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
	if got := wordings(doc); len(got) != 2 || got[1] != "Редакция от 1 февраля 2026 года | исключено | № 2-I (28.11.2025), не позднее чем с 1 февраля 2026 года" {
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

// changedLines prints what each wording of a unit changed, a row a line: where,
// what happened, which words.
func changedLines(doc *goquery.Document) []string {
	var out []string
	doc.Find("article.chg").Each(func(i int, e *goquery.Selection) {
		if i == 0 {
			return
		}
		e.Find(".chg__label").Each(func(_ int, l *goquery.Selection) {
			p := l.NextAllFiltered("p:not(.chg__from)").First()
			var words []string
			p.Find("ins, del").Each(func(_ int, m *goquery.Selection) { words = append(words, text(m)) })
			out = append(out, text(l)+" | "+strings.Join(words, " "))
		})
	})
	return out
}

// An article's history tells of every line under its heading, each edition that
// changed any of them once.
func TestMassMediaArticleHistory(t *testing.T) {
	s := massMediaSite(t)
	s.act(law.Act{ID: massMedia, Titles: map[law.Lang]string{law.RU: "О масс-медиа"}, Adopted: "2024-06-19", Published: "2024-06-20"})
	s.act(law.Act{ID: "Z2500000231", Adopted: "2025-11-17", Published: "2025-11-18", Requisites: map[law.Lang]string{law.RU: "Закон Республики Казахстан от 17 ноября 2025 года № 231-VIII ЗРК"}})
	for _, c := range []struct {
		path           string
		wordings, said []string
	}{
		{"/ru/acts/Z2400000093/at/art_14/ru", []string{
			"Редакции 19.06.2024 — 01.01.2025 | исходный текст | с 20 августа 2024 года",
			"Редакция от 2 марта 2026 года | добавлено | № 231-VIII (17.11.2025), с 18 января 2026 года",
		}, []string{"Пункт 7 добавлено | [вставлено: 7. Распространение продукции масс-медиа, созданной с использованием системы искусственного интеллекта, допускается"}},
		{"/kk/acts/Z2400000093/at/art_14/kk", []string{
			"19.06.2024 – 01.01.2025 редакциялары | алғашқы мәтін | 2024 жылғы 20 тамыздан бастап",
			"2026 жылғы 2 наурыздағы редакция | қосылған | № 231-VIII (17.11.2025), 2026 жылғы 18 қаңтардан бастап",
		}, []string{"7-тармақ қосылған | [қосылған: 7. Жасанды интеллект жүйесі пайдаланыла отырып жасалған масс-медиа өнімін таратуға"}},
		{"/ru/acts/Z2400000093/at/art_22/ru", []string{"С редакции от 19 июня 2024 года по последнюю | исходный текст | с 20 августа 2024 года"}, nil},
		{"/kk/acts/Z2400000093/at/art_22/kk", []string{"2024 жылғы 19 маусымдағы редакциядан соңғысына дейін | алғашқы мәтін | 2024 жылғы 20 тамыздан бастап"}, nil},
	} {
		doc := s.page(c.path)
		if got := wordings(doc); strings.Join(got, "\n") != strings.Join(c.wordings, "\n") {
			t.Errorf("%s\n%s\nwant\n%s", c.path, strings.Join(got, "\n"), strings.Join(c.wordings, "\n"))
		}
		got := changedLines(doc)
		if len(got) != len(c.said) {
			t.Errorf("%s: changes %q", c.path, got)
		}
		for i := range min(len(got), len(c.said)) {
			if !strings.HasPrefix(got[i], c.said[i]) {
				t.Errorf("%s: %q, want %q", c.path, got[i], c.said[i])
			}
		}
		follow(t, s, doc, "main a[href]")
	}
	// What did article 14 say on 1 February 2026, and since when?
	last := s.page("/ru/acts/Z2400000093/at/art_14/ru").Find("article.chg").Last()
	if got := text(last.Find(".early")); got != "Вступило в силу раньше даты редакции: впервые напечатано в редакции от 2 марта 2026 года." {
		t.Errorf("art. 14: %q", got)
	}
	if got := text(s.page("/ru/acts/Z2400000093/at/art_14/ru").Find(".wlist tbody tr").Last()); got != "Редакция от 2 марта 2026 годадобавленос 18 января 2026 года" {
		t.Errorf("the list: %q", got)
	}
}

// The twin on our own writing: a paragraph leaves one article for another, a
// subparagraph is excluded, words come into a paragraph.
func TestArticleHistory(t *testing.T) {
	s := sampled(t)
	for path, want := range map[string][]string{
		"/ru" + sampleAct + "/at/art_4/ru":         {"Пункт 2 изменено | [вставлено: , включая доступ в сеть Интернет,]"},
		"/ru" + sampleAct + "/at/art_6/ru":         {"Подпункт 4) исключено"},
		"/ru" + sampleAct + "/at/art_10/ru":        {"Пункт 3 перенесено"},
		"/en" + sampleAct + "/at/art_16/en":        {"Paragraph 4 moved"},
		"/kk" + sampleAct + "/at/art_4/kk":         {"2-тармақ өзгертілген"},
		"/ru" + sampleAct + "/at/chp_2/ru":         {"Подпункт 4) статьи 6 исключено", "Статья 7-1 добавлено", "Пункт 3-1 статьи 9 добавлено", "Пункт 3 статьи 10 перенесено"},
		"/ru" + sampleAct + "/at/art_9/ru":         {"Пункт 3-1 добавлено"},
		"/ru" + sampleAct + "/at/art_2/ru":         nil,
		"/ru" + sampleAct + "/at/art_1/ru":         {""},
		"/ru" + sampleAct + "/at/art_4/ru?page=99": {"Пункт 2 изменено"},
	} {
		doc := s.page(path)
		got := changedLines(doc)
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || !strings.HasPrefix(got[i], want[i]) {
				t.Errorf("%s: %q, want %q", path, got, want)
				break
			}
		}
		follow(t, s, doc, "main a[href]")
	}
}

func TestBlamePage(t *testing.T) {
	s := sampled(t)
	s.act(law.Act{ID: sample.AmendingActID, Adopted: "2025-11-28", Published: "2025-11-29", Requisites: map[law.Lang]string{law.RU: "Закон от 28 ноября 2025 года № 2-I"}})
	doc := s.page("/ru" + sampleAct + "/at/art_4/ru?view=blame")
	by := doc.Find(".blame .by").First()
	title := by.AttrOr("title", "")
	if !strings.Contains(text(by), "включая доступ в сеть Интернет") || !strings.HasPrefix(title, "редакция от 1\u00a0февраля 2026 года; № 2-I (28.11.2025); с 29.01.2026") {
		t.Errorf("%q is said to come from %q", text(by), title)
	}
	rows := doc.Find(".words tbody tr").Map(func(_ int, r *goquery.Selection) string { return text(r) })
	found := false
	for _, r := range rows {
		found = found || strings.Contains(r, "включая доступ в сеть Интернет, редакция от 1 февраля 2026 года № 2-I с 29.01.2026")
	}
	if !found {
		t.Errorf("the table says %q", rows)
	}
	// all words are there, in their order
	var words strings.Builder
	for _, p := range s.document(sample.Second, law.RU).Provisions {
		if a := p.Article(); a != nil && a.Address == "art_4" {
			words.WriteString(p.Text)
		}
	}
	body := doc.Find(".blame > .chg__body").Clone()
	body.Find(".vh, sup").Remove()
	if got := strings.Join(strings.Fields(body.Text()), ""); got != strings.Join(strings.Fields(words.String()), "") {
		t.Errorf("the words are %q", got)
	}
	follow(t, s, doc, "main a[href]")
}

func TestHistoryBeside(t *testing.T) {
	s := sampled(t)
	doc := s.page("/ru" + sampleAct + "/at/art_4/ru?with=kk")
	if n := doc.Find(".beside article").Length(); n != 2 {
		t.Fatalf("%d rows", n)
	}
	sides := doc.Find(".beside article").Last().Find(".side__c")
	if got := sides.Eq(0).Find(".chg__body").AttrOr("lang", "") + sides.Eq(1).Find(".chg__body").AttrOr("lang", ""); got != "rukk" {
		t.Errorf("languages %q", got)
	}
	if a, b := text(sides.Eq(0).Find("ins")), text(sides.Eq(1).Find("ins")); !strings.Contains(a, "Интернет") || b == "" || a == b {
		t.Errorf("%q beside %q", a, b)
	}
	follow(t, s, doc, "main a[href]")

	one := newSite(t)
	one.act(sample.Act())
	one.edition(sample.ActID, law.Enacted, sample.First, law.RU, sample.Markdown(law.RU, sample.First))
	one.edition(sample.ActID, law.Enacted, sample.Second, law.RU, sample.Markdown(law.RU, sample.Second))
	one.edition(sample.ActID, law.Enacted, sample.First, law.KK, sample.Markdown(law.KK, sample.First))
	for path, want := range map[string]string{
		"art_4/ru?with=kk":                    "Редакции от 1 февраля 2026 года на казахском языке нет.",
		"art_4/ru?edition=2025-03-01&with=kk": "Редакции от 1 февраля 2026 года на казахском языке нет.",
	} {
		if got := text(one.page("/ru" + sampleAct + "/at/" + path).Find(".side__none").Last()); got != want {
			t.Errorf("%s says %q, want %q", path, got, want)
		}
	}
	one.edition(sample.ActID, law.Enacted, sample.Second, law.KK, strings.ReplaceAll(sample.Markdown(law.KK, sample.Second), "3-1. ", "33. "))
	if got := text(one.page("/ru" + sampleAct + "/at/art_9__para_3-1/ru?with=kk").Find(".side__none")); got != "В редакции от 1 февраля 2026 года на казахском языке положения с таким адресом нет." {
		t.Errorf("an address the other text does not have: %q", got)
	}
	follow(t, one, one.page("/ru"+sampleAct+"/at/art_9__para_3-1/ru"), "main a[href], .langs a")
}

// Hostile addresses get a page that helps, never a broken one.
func TestHistoryHostile(t *testing.T) {
	s := sampled(t)
	long := strings.Repeat("art_1__", 900)
	for path, want := range map[string]int{
		"art_4/ru?with=nonsense": 200, "art_4/ru?with=ru": 200, "art_4/ru?view=x&page=-5": 200, "art_4/ru?page=99999999999999999999": 200,
		"art_4~2/ru": 404, "art_4/ru?edition=%00": 404, "art_4/ru?edition=2026-02-01~9": 404, long + "/ru": 404,
		"%3Cscript%3E/ru": 404, "__/ru": 404, "art_4/ru.json?with=kk": 200, "art_4/ru.json?with=zz": 200, "chp_1/ru?view=blame&with=kk": 200,
	} {
		if w := s.get("/ru" + sampleAct + "/at/" + path); w.Code != want || strings.Contains(w.Body.String(), "<script>art") {
			t.Errorf("%.60s: %d, want %d", path, w.Code, want)
		}
	}
	double := newSite(t)
	double.act(sample.Act())
	text1 := "# Закон\n\n**Статья 1. Зал**\n\n1. Зал открыт.\n\n1. Зал закрыт.\n"
	double.edition(sample.ActID, law.Enacted, sample.First, law.RU, text1)
	double.edition(sample.ActID, law.Enacted, sample.Second, law.RU, strings.Replace(text1, "закрыт", "закрыт на ремонт", 1))
	doc := double.page("/ru" + sampleAct + "/at/art_1__para_1~2/ru")
	if got := text(doc.Find("h1")) + ": " + text(doc.Find("article.chg ins")); got != "Пункт 1 статьи 1 (повтор 2): [вставлено: на ремонт]" {
		t.Errorf("the second unit of a number: %q", got)
	}
}

func TestHistoryJSONOfAnArticle(t *testing.T) {
	w := sampled(t).get("/ru" + sampleAct + "/at/art_4/ru.json?with=kk")
	type history struct {
		Lang     string
		Wordings []struct {
			Address, Kind, First string
			Below                []struct{ Address, Kind, Text string }
			InForce              []struct {
				Addresses     []string
				Since, Phrase string
			} `json:"in_force"`
		}
	}
	var got struct {
		history
		Beside history
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Wordings) != 2 || len(got.Beside.Wordings) != 2 || got.Beside.Lang != "kk" {
		t.Fatalf("%s", w.Body)
	}
	last := got.Wordings[1]
	if last.Kind != "same" || len(last.Below) != 1 || last.Below[0].Address != "art_4__para_2" || last.Below[0].Kind != "edited" {
		t.Errorf("%+v", last)
	}
	if len(last.InForce) != 1 || last.InForce[0].Addresses[0] != "art_4__para_2" || last.InForce[0].Phrase == "" {
		t.Errorf("in force: %+v", last.InForce)
	}
	if first := got.Wordings[0]; len(first.Below) != 0 || len(first.InForce) == 0 || first.InForce[0].Since != "2025-05-03" {
		t.Errorf("%+v", first)
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
