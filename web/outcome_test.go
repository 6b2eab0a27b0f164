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

const (
	sampleOutcome = sampleAct + "/outcome/2026-02-01...proposed-2026-09-01"
	// A second proposal of the tests, and what was enacted after it.
	asked    law.Date = "2026-09-15"
	answered law.Date = "2026-11-01"

	fullOutcome = sampleAct + "/outcome/2026-02-01...proposed-2026-09-15...2026-11-01"
)

// decided is the sample with a proposal that met every fate, in Russian.
func decided(tb testing.TB) *site {
	tb.Helper()
	s := sampled(tb)
	edit := func(text string, pairs ...string) string {
		tb.Helper()
		for i := 0; i < len(pairs); i += 2 {
			if strings.Count(text, pairs[i]) != 1 {
				tb.Fatalf("%d times %q", strings.Count(text, pairs[i]), pairs[i])
			}
		}
		return strings.NewReplacer(pairs...).Replace(text)
	}
	base := sample.Markdown(law.RU, sample.Second)
	s.edition(sample.ActID, law.Proposed, asked, law.RU, edit(sample.Proposal(law.RU),
		"в течение пяти рабочих дней со дня ее подачи", "в течение трех рабочих дней со дня ее поступления",
		"3. Верхняя одежда сдается в гардероб.", "3. Верхняя одежда сдается в гардероб.\n\n4. Читатель вправе фотографировать страницы книги без вспышки.",
	))
	s.edition(sample.ActID, law.Enacted, answered, law.RU, edit(base,
		"> *Сноска. Статья 4 с изменением", "4. Районная библиотека один раз в год спрашивает мнение жителей района о часах работы и публикует полученные ответы.\n\n> *Сноска. Статья 4 с изменением",
		"2) продлевать срок пользования книгой;", "2) продлевать срок пользования книгой лично или через сеть Интернет не более двух раз подряд, если книгу никто не ждет;",
		"пользуется только читальным залом.\n", "пользуется только читальным залом и не участвует в работе читательского совета.\n",
		"в течение пяти рабочих дней", "в течение трех рабочих дней",
		"в районный акимат, а затем в суд.", "в районный акимат, а затем в суд.\n\n4. Читатель вправе фотографировать страницы книги без вспышки.",
		"4) соблюдать тишину в читальном зале.", "4) соблюдать тишину в читальном зале и коридорах.",
	))
	return s
}

func statusesOf(doc *goquery.Document) map[string]string {
	out := map[string]string{}
	doc.Find(".oitem").Each(func(_ int, it *goquery.Selection) {
		class := it.Find(".st .g").AttrOr("class", "")
		out[it.AttrOr("id", "")] = strings.TrimPrefix(strings.Fields(class + " ? ?")[1], "g--")
	})
	return out
}

func TestOutcome(t *testing.T) {
	s := decided(t)
	doc := s.page("/ru" + fullOutcome + "/ru")
	want := map[string]string{
		"c-art_4__para_4":     "adopted",
		"c-art_12__subpara_2": "adopted_changed",
		"c-art_14__para_4":    "adopted",
		"d-art_15__para_3":    "opposite",
		"c-art_17__para_1":    "rejected",
		"c-art_18__para_2":    "partly",
		"c-annex_1__row_4":    "rejected",
	}
	got := statusesOf(doc)
	for id, status := range want {
		if got[id] != status {
			t.Errorf("%s: %q, want %q", id, got[id], status)
		}
	}
	if len(got) != len(want) {
		t.Errorf("items %v, want %v", got, want)
	}
	if got := text(doc.Find("h1")); got != "Предложение от 15 сентября 2026 года: принято 2 из 7" {
		t.Errorf("heading %q", got)
	}
	if got := text(doc.Find(".board__k")); got != "принято2принято с изменениями1принято частично1не принято2принято обратное1неясно0принято без предложения1" {
		t.Errorf("scoreboard %q", got)
	}
	if n := doc.Find(".board__sq a").Length(); n != len(want) {
		t.Errorf("%d squares", n)
	}
	follow(t, s, doc, "main a[href]")
	for _, st := range []string{"adopted", "adopted_changed", "partly", "rejected", "opposite"} {
		if doc.Find(".oitem .g--"+st).Length() == 0 {
			t.Errorf("%s is not drawn", st)
		}
	}
}

// What the words do not tell is unclear, and why is said; no status stands there
// that may be wrong.
func TestOutcomeUnclear(t *testing.T) {
	s := sampled(t)
	base := sample.Markdown(law.RU, sample.Second)
	s.edition(sample.ActID, law.Proposed, asked, law.RU, strings.Replace(base, "в течение пяти рабочих дней", "в течение трех рабочих дней", 1))
	s.edition(sample.ActID, law.Enacted, answered, law.RU, strings.Replace(base, "в течение пяти рабочих дней", "в течение десяти календарных дней", 1))
	for ui, want := range map[law.Lang][2]string{
		law.KK: {"анық емес", "Ұсынылғаннан басқа сан қабылданған."},
		law.RU: {"неясно", "Принято другое число, чем предложено."},
		law.EN: {"unclear", "A number other than the one proposed was enacted."},
	} {
		doc := s.page("/" + string(ui) + fullOutcome + "/ru")
		if got := text(doc.Find(".oitem")); !strings.Contains(got, want[0]) || !strings.Contains(got, want[1]) || doc.Find(".oitem .g--unclear").Length() != 1 {
			t.Errorf("%s: %q", ui, got)
		}
		if n := s.page("/" + string(ui) + fullOutcome + "/ru?status=unclear").Find(".oitem").Length(); n != 1 {
			t.Errorf("%s: %d are unclear", ui, n)
		}
	}
}

// What survived of a proposal, what was lost, what came besides: each is marked
// and said.
func TestOutcomeMarks(t *testing.T) {
	doc := decided(t).page("/ru" + fullOutcome + "/ru")
	cols := doc.Find("#c-art_12__subpara_2 .side__c")
	if cols.Length() != 3 {
		t.Fatalf("%d columns", cols.Length())
	}
	for i, want := range []string{"Было · 01.02.2026", "Предложено · 15.09.2026", "Принято · 01.11.2026"} {
		if got := text(cols.Eq(i).Find(".side__l")); got != want {
			t.Errorf("column %d is called %q", i, got)
		}
	}
	if got := text(cols.Eq(1).Find("ins.lost")); !strings.Contains(got, "[предложено, но не принято:") || !strings.Contains(got, "по телефону") {
		t.Errorf("lost: %q", got)
	}
	if got := text(cols.Eq(2).Find("ins.other")); !strings.Contains(got, "[принято, но не предлагалось:") || !strings.Contains(got, "если книгу никто не ждет") {
		t.Errorf("other: %q", got)
	}
	if got := text(cols.Eq(2).Find("ins:not(.other)")); !strings.Contains(got, "не более двух раз подряд") || strings.Contains(got, "ждет") {
		t.Errorf("survived: %q", got)
	}
	for i, want := range []string{
		"2) продлевать срок пользования книгой;",
		"2) продлевать срок пользования книгой лично, по телефону или через сеть Интернет не более двух раз подряд;",
		"2) продлевать срок пользования книгой лично или через сеть Интернет не более двух раз подряд, если книгу никто не ждет;",
	} {
		c := cols.Eq(i)
		c.Find(".vh, .side__l, del").Remove()
		if got := bare(text(c)); got != bare(want) {
			t.Errorf("column %d reads %q", i, got)
		}
	}
	if got := text(doc.Find("#c-art_12__subpara_2 .surv p")); !strings.HasPrefix(got, "Учтено ") {
		t.Errorf("bar says %q", got)
	}
	to := doc.Find("#c-art_14__para_4 .oitem__to a")
	if got := to.AttrOr("href", ""); got != "/ru"+sampleAct+"/2026-11-01/ru#art_18__para_4" || text(to) != "пункт 4 статьи 18" {
		t.Errorf("adopted elsewhere: %q %q", got, text(to))
	}
}

func TestOutcomeUnasked(t *testing.T) {
	s := decided(t)
	doc := s.page("/ru" + fullOutcome + "/ru")
	section := doc.Find("section[aria-labelledby=unasked]")
	if got := text(section.Find(".entry__k a")); got != "подпункт 4) статьи 13" {
		t.Errorf("unasked: %q", got)
	}
	if got := section.Find(".entry__k a").Last().AttrOr("href", ""); got != "/ru"+sampleAct+"/compare/2026-02-01...2026-11-01/ru#c-art_13__subpara_4" {
		t.Errorf("unasked leads to %q", got)
	}
	only := s.page("/ru" + fullOutcome + "/ru?status=unasked")
	if only.Find(".oitem").Length() != 0 || only.Find("section[aria-labelledby=unasked] .entry").Length() == 0 {
		t.Error("the filter does not show the unasked changes alone")
	}
}

func TestOutcomeFilter(t *testing.T) {
	s := decided(t)
	at := "/ru" + fullOutcome + "/ru"
	doc := s.page(at + "?status=rejected")
	got := statusesOf(doc)
	if len(got) != 2 || got["c-art_17__para_1"] != "rejected" {
		t.Errorf("items %v", got)
	}
	if n := doc.Find(`.board__k [aria-current="true"]`).Length(); n != 1 {
		t.Errorf("%d current filters", n)
	}
	if href := doc.Find(`.langs a[hreflang=kk]`).AttrOr("href", ""); !strings.HasSuffix(href, "?status=rejected") {
		t.Errorf("the filter is lost in another language: %q", href)
	}
	follow(t, s, doc, "main a[href]")
	if s.get(at+"?status=x").Body.String() != s.get(at).Body.String() {
		t.Error("an unknown status is not every status")
	}
}

// While nothing was enacted there are two columns, and every change waits.
func TestOutcomePending(t *testing.T) {
	s := sampled(t)
	for _, lang := range law.Langs {
		doc := s.page("/" + string(lang) + sampleOutcome + "/" + string(lang))
		got := statusesOf(doc)
		if len(got) == 0 {
			t.Fatalf("%s: no items", lang)
		}
		for id, status := range got {
			if status != "pending" {
				t.Errorf("%s: %s is %s", lang, id, status)
			}
		}
		if doc.Find(".side--3, .surv, section[aria-labelledby=unasked]").Length() != 0 {
			t.Errorf("%s: something is said of what was not enacted", lang)
		}
		follow(t, s, doc, "main a[href]")
	}
	// A later edition is an answer, and the page says so.
	doc := decided(t).page("/ru" + sampleOutcome + "/ru")
	if got := doc.Find("main a.btn").AttrOr("href", ""); got != "/ru"+sampleOutcome+"...2026-11-01/ru" {
		t.Errorf("the answer is at %q", got)
	}
}

// A text that was there before the proposal is no answer to it.
func TestOutcomeOlderThanTheProposal(t *testing.T) {
	doc := sampled(t).page("/kk" + sampleAct + "/outcome/2025-03-01...proposed-2026-09-01...2026-02-01/kk")
	if got := text(doc.Find(".warning")); !strings.Contains(got, "жауап бола алмайды") {
		t.Errorf("warning %q", got)
	}
}

func TestOutcomeIsLinked(t *testing.T) {
	s := decided(t)
	for path, want := range map[string]string{
		"/ru" + sampleAct: "/ru" + fullOutcome + "/ru",
		"/ru" + sampleAct + "/compare/2026-02-01...proposed-2026-09-15/ru":       "/ru" + fullOutcome + "/ru",
		"/en" + sampleAct + "/compare/2026-02-01...proposed-2026-09-01/en":       "/en" + sampleOutcome + "/en",
		"/ru" + sampleAct + "/compare/2025-03-01...proposed-2026-09-15/ru":       "/ru" + sampleAct + "/outcome/2025-03-01...proposed-2026-09-15...2026-11-01/ru",
		"/ru" + sampleAct + "/outcome/2026-02-01...proposed-2026-09-15/ru":       "/ru" + fullOutcome + "/ru",
		"/ru" + sampleAct + "/outcome/2026-02-01...proposed-2026-09-01...1/ru":   "",
		"/ru" + sampleAct + "/compare/2026-02-01...2026-11-01/ru":                "",
		"/ru" + sampleAct + "/compare/proposed-2026-09-01...2026-11-01/ru?x=y":   "",
		"/ru" + sampleAct + "/compare/proposed-2026-09-01...proposed-2026-09-15": "",
	} {
		w := s.get(path)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			if n := doc.Find(`main a.btn[href*="/outcome/"]`).Length(); n != 0 {
				t.Errorf("%s: offers an outcome", path)
			}
			continue
		}
		if doc.Find(`main a[href="`+want+`"]`).Length() == 0 {
			t.Errorf("%s: no link to %s", path, want)
		}
	}
}

func TestOutcomeForm(t *testing.T) {
	s := decided(t)
	for query, want := range map[string]string{
		"?base=2026-02-01&proposed=proposed-2026-09-15&enacted=2026-11-01&lang=ru": fullOutcome + "/ru",
		"?base=2026-02-01&proposed=proposed-2026-09-01&enacted=&lang=kk":           sampleOutcome + "/kk",
		"?base=2026-02-01:en&proposed=proposed-2026-09-01:en":                      sampleOutcome + "/en",
		"":         fullOutcome + "/ru",
		"?lang=kk": sampleOutcome + "/kk",
	} {
		w := s.get("/ru" + sampleAct + "/outcome" + query)
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != "/ru"+want {
			t.Errorf("%q: %d to %q, want %q", query, w.Code, got, "/ru"+want)
		}
	}
}

func TestOutcomeBadAddresses(t *testing.T) {
	s := decided(t)
	for _, c := range []struct {
		status             int
		path, says, offers string
	}{
		{404, "/outcome/2026-02-01...proposed-2020-01-01/ru", "Предложения от 1 января 2020 года у нас нет", sampleOutcome + "...2026-11-01/ru"},
		{404, "/outcome/2026-02-01...proposed-2026-09-15/kk", "на казахском языке у нас нет", fullOutcome + "/ru"},
		{404, "/outcome/2020-01-01...proposed-2026-09-15/ru", "Редакции от 1 января 2020 года нет", sampleFirst + "/ru"},
		{404, "/outcome/2026-02-01...x/ru", "не дата редакции", sampleSecond + "/ru"},
		{404, "/outcome/2026-02-01...proposed-2026-09-15/xx", "", ""},
		{400, "/outcome/2026-02-01/ru", "два или три текста", fullOutcome + "/ru"},
		{400, "/outcome/2026-02-01...proposed-2026-09-15...2026-11-01...2026-11-01/ru", "два или три текста", fullOutcome + "/ru"},
		{400, "/outcome/2026-02-01...2026-02-01...2026-02-01/ru", "назван дважды", fullOutcome + "/ru"},
		{400, "/outcome/2026-02-01...proposed-2026-09-15...2026-02-01/ru", "назван дважды", fullOutcome + "/ru"},
		{400, "/outcome/2026-11-01...proposed-2026-09-15...2026-02-01/ru", "не в том порядке", fullOutcome + "/ru"},
		{400, "/outcome/proposed-2026-09-15...2026-02-01...2026-11-01/ru", "не в том порядке", fullOutcome + "/ru"},
		{400, "/outcome/2025-03-01...2026-02-01...2026-11-01/ru", "не в том порядке", fullOutcome + "/ru"},
		{400, "/outcome/proposed-2026-09-15...2026-02-01/ru", "не в том порядке", sampleAct + "/outcome/2026-02-01...proposed-2026-09-15/ru"},
		{400, "/outcome?base=2026-02-01:kk&proposed=proposed-2026-09-15:ru", "на одном языке", fullOutcome + "/ru"},
	} {
		doc := s.pageWith(c.status, "/ru"+sampleAct+c.path)
		if got := text(doc.Find("main")); !strings.Contains(got, c.says) {
			t.Errorf("%s: says %q, want %q", c.path, got, c.says)
		}
		if c.offers != "" && doc.Find(`.links a[href="/ru`+c.offers+`"]`).Length() == 0 {
			t.Errorf("%s: does not offer %s", c.path, c.offers)
		}
		follow(t, s, doc, "main a[href]")
	}
	none := newSite(t)
	none.act(sample.Act())
	none.edition(sample.ActID, law.Enacted, sample.First, law.RU, sample.Markdown(law.RU, sample.First))
	for _, path := range []string{"/outcome", "/outcome/2025-03-01...proposed-2026-09-01/ru"} {
		doc := none.pageWith(http.StatusNotFound, "/kk"+sampleAct+path)
		if got := text(doc.Find("main")); !strings.Contains(got, "ұсыныс жоқ") {
			t.Errorf("%s: says %q", path, got)
		}
	}
}

func TestOutcomeJSON(t *testing.T) {
	s := decided(t)
	var out struct {
		Items []struct {
			Address, Status string
			Survived        float64
			MovedTo         string `json:"moved_to"`
		}
		Unasked []struct{ Address string }
		Summary map[string]int
	}
	w := s.get("/kk" + fullOutcome + "/ru.json")
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %v", w.Code, err)
	}
	if len(out.Items) != 7 || out.Summary["adopted"] != 2 || out.Items[0].Address != "art_4__para_4" || out.Items[0].Survived != 1 {
		t.Errorf("%+v", out)
	}
	w = s.get("/kk" + fullOutcome + "...2026-11-01/ru.json")
	if w.Code != http.StatusBadRequest || !json.Valid(w.Body.Bytes()) {
		t.Errorf("a bad address answers %d %s", w.Code, w.Body)
	}
}
