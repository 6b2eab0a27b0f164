package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// marked prints what a page says of a day: the act, the list of marks, a row each.
func marked(doc *goquery.Document) []string {
	out := []string{text(doc.Find(".dayhead .says--act b"))}
	doc.Find(".marks__l li").Each(func(_ int, li *goquery.Selection) { out = append(out, text(li)) })
	return out
}

// said is what stands beside a provision, "" for nothing.
func said(doc *goquery.Document, at string) string {
	return text(doc.Find(fmt.Sprintf(`[id="%s"] > .prov__mg .says__w, section[id="%s"] > .says .says__w`, at, at)))
}

// dated is a site with the sample act and the day its amending law was published.
func dated(tb testing.TB, published law.Date) *site {
	s := sampled(tb)
	s.act(law.Act{
		ID: sample.AmendingActID, Titles: map[law.Lang]string{law.RU: "О внесении изменений"},
		Adopted: "2025-11-28", Published: published,
	})
	return s
}

func TestDayOfSample(t *testing.T) {
	for _, c := range []struct {
		day       string
		published law.Date // of the amending law
		ui        law.Lang
		want      []string
	}{
		{"2025-04-10", "2025-12-02", law.RU, []string{
			"ещё не действует: вводится в действие с 03.05.2025",
			"подпункт 5) статьи 6 · ещё не действует: вводится в действие с 01.01.2026",
			"статья 16 · ещё не действует: вводится в действие с 01.09.2025"}},
		{"2025-06-01", "2025-12-02", law.KK, []string{
			"2025 жылғы 3 мамырдан бастап қолданыста",
			"6-баптың 5) тармақшасы · әлі қолданыста емес: 2026 жылғы 1 қаңтардан бастап қолданысқа енгізіледі",
			"16-бап · әлі қолданыста емес: 2025 жылғы 1 қыркүйектен бастап қолданысқа енгізіледі"}},
		{"2025-10-01", "2025-12-02", law.EN, []string{
			"in force since 03.05.2025",
			"Article 6(5) · not yet in force: enters into force on 01.01.2026",
			"Article 16 · in force since 01.09.2025"}},
		// In force though it stands only in the next edition.
		{"2026-01-30", "2025-11-28", law.RU, []string{
			"действует с 03.05.2025",
			"подпункт 3-1) статьи 1 · действует с 28.01.2026",
			"пункт 2 статьи 4 · не действует с 28.01.2026",
			"пункт 2 статьи 4 · действует с 28.01.2026",
			"подпункт 4) статьи 6 · не действует с 28.01.2026",
			"подпункт 4) статьи 6 · не действует с 28.01.2026",
			"подпункт 5) статьи 6 · действует с 01.01.2026",
			"статья 7-1 · действует с 28.01.2026",
			"пункт 3-1 статьи 9 · действует с 28.01.2026",
			"пункт 3 статьи 10 · не действует с 28.01.2026",
			"пункт 3 статьи 10 · не действует с 28.01.2026",
			"пункт 4 статьи 16 · действует с 28.01.2026", // shown where it moves from
			"статья 16 · действует с 01.09.2025"}},
	} {
		s := dated(t, c.published)
		doc := s.page(fmt.Sprintf("/%s%s/%s/%s", c.ui, sampleAct, c.day, c.ui))
		if diff := cmp.Diff(c.want, marked(doc)); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.day, c.ui, diff)
		}
		follow(t, s, doc, "main a[href], header a[href]")
	}
}

// What the next edition brought and applies already stands in its place, with its
// redline, the act and the edition it is taken from.
func TestOtherWordingInPlace(t *testing.T) {
	s := dated(t, "2025-11-28")
	doc := s.page("/ru" + sampleAct + "/2026-01-30/ru")
	box := doc.Find(`[id="art_4__para_2"] + aside.elsew`)
	if got := text(box.Find(".says__w")); got != "действует с 28.01.2026 в редакции от 1 февраля 2026 года" {
		t.Errorf("art. 4 p. 2: %q", got)
	}
	if got := text(box.Find("ins")); !strings.Contains(got, "включая доступ в сеть Интернет") {
		t.Errorf("its redline inserts %q", got)
	}
	if href := box.Find(".says__w a").AttrOr("href", ""); href != "/ru"+sampleSecond+"/ru#art_4__para_2" {
		t.Errorf("it is taken from %q", href)
	}
	if got := text(box.Find(".says__y a").First()); got != "№ 2-I (28.11.2025)" {
		t.Errorf("brought by %q", got)
	}
	fresh := doc.Find(`section[id="art_7"] aside.elsew`)
	if id := fresh.AttrOr("id", ""); id != "art_7-1" || fresh.Find(".elsew__t").Length() != 6 {
		t.Errorf("art. 7-1 stands as %q with %d lines", id, fresh.Find(".elsew__t").Length())
	}
	if said(doc, "art_4__para_1") != "" || said(doc, "art_16__para_1") != "" {
		t.Error("a mark where nothing differs")
	}
	later := dated(t, "2025-12-20").page("/ru" + sampleSecond + "/ru")
	if got := said(later, "art_4__para_2"); got != "ещё не действует: вводится в действие с 19.02.2026" {
		t.Errorf("printed too early: %q", got)
	}
	if got := text(later.Find(`[id="art_4__para_2"] + aside .says__w`)); got != "действует с 03.05.2025 в редакции от 1 марта 2025 года" {
		t.Errorf("still in force: %q", got)
	}
}

func TestDayPage(t *testing.T) {
	s := dated(t, "2025-12-02")
	doc := s.page("/ru" + sampleAct + "/2026-03-15/ru")
	for sel, want := range map[string]string{
		".dayhead h2":                    "текст на 15 марта 2026 года",
		".dayhead a[rel=bookmark]":       "Постоянный адрес самой редакции",
		".runhead__ed":                   "на 15.03.2026",
		`[id="art_18__para_2"] .says__w`: "предусмотрено изменение с 01.01.2027",
	} {
		if got := text(doc.Find(sel)); got != want {
			t.Errorf("%s: %q, want %q", sel, got, want)
		}
	}
	if href := doc.Find("link[rel=canonical]").AttrOr("href", ""); !strings.HasSuffix(href, "/ru"+sampleAct+"/2026-03-15/ru") {
		t.Errorf("canonical %q", href)
	}
	if href := doc.Find(`section[id="art_4"] .art__past a`).AttrOr("href", ""); href != "/ru"+sampleAct+"/at/art_4/ru?edition=2026-02-01" {
		t.Errorf("history of art. 4: %q", href)
	}
	next := s.page("/ru" + sampleAct + "/2027-02-01/ru")
	if got := text(next.Find(".dayhead .callout")); got != "Этот день ещё не наступил. Показано то, что известно на 22 ноября 2026 года." {
		t.Errorf("a day to come: %q", got)
	}
	if got := text(next.Find(`[id="art_18__para_2"] .says__w`).First()); got != "неясно, действует ли" {
		t.Errorf("foretold and not shown: %q", got)
	}
	own := s.page("/kk" + sampleSecond + "/kk")
	if got := own.Find(".dayhead .acts a"); got.Length() != 1 || got.AttrOr("href", "") != "/kk"+sampleAct+"/2026-11-22/kk" {
		t.Errorf("an edition leads on to %q", got.AttrOr("href", ""))
	}
	if s.page("/ru"+sampleAct+"/proposed-2026-09-01/ru").Find(".dayhead").Length() != 0 {
		t.Error("a proposal has a standing")
	}
}

// Two editions say different days of one unit: both are quoted.
func TestContradiction(t *testing.T) {
	s := newSite(t)
	s.act(law.Act{ID: sample.ActID, Titles: map[law.Lang]string{law.RU: "О зале"}, Adopted: "2025-03-01", Published: "2025-03-03"})
	s.edition(sample.ActID, law.Enacted, "2025-03-01", law.RU, `# О зале

**Статья 1. Зал**

Зал открыт.

> *Сноска. Статья 1 вводится в действие с 01.09.2025 в соответствии с пунктом 1 статьи 2 настоящего Закона.*

**Статья 2. Порядок введения в действие настоящего Закона**

1. Настоящий Закон вводится в действие с 1 апреля 2025 года, за исключением статьи 1, которая вводится в действие с 1 июля 2025 года.`)
	doc := s.page("/ru" + sampleAct + "/2025-08-01/ru")
	if got := said(doc, "art_1"); got != "неясно, действует ли" {
		t.Errorf("art. 1: %q", got)
	}
	doubt := text(doc.Find(`section[id="art_1"] .says__doubt`))
	if !strings.Contains(doubt, "(01.09.2025)") || !strings.Contains(doubt, "(01.07.2025)") {
		t.Errorf("both sides: %q", doubt)
	}
	if got := said(s.page("/ru"+sampleAct+"/2025-10-01/ru"), "art_1"); !strings.HasPrefix(got, "действует") {
		t.Errorf("when both have come: %q", got)
	}
}

func TestSuspended(t *testing.T) {
	s := newSite(t)
	s.act(law.Act{ID: sample.ActID, Titles: map[law.Lang]string{law.RU: "О зале"}, Adopted: "2025-03-01", Published: "2025-03-03"})
	s.edition(sample.ActID, law.Enacted, "2025-03-01", law.RU, `# О зале

**Статья 1. Зал**

1. Зал открыт по будням.

2. Зал закрыт ночью.

**Статья 2. Порядок введения в действие настоящего Закона**

1. Настоящий Закон вводится в действие с 1 апреля 2025 года.

2. Приостановить до 1 января 2026 года действие пункта 1 статьи 1, установив, что в период приостановления данный пункт действует в следующей редакции:

«1. Зал открыт по субботам.».`)
	doc := s.page("/ru" + sampleAct + "/2025-08-01/ru")
	if got := said(doc, "art_1__para_1"); got != "действие приостановлено до 01.01.2026" {
		t.Errorf("art. 1 p. 1: %q", got)
	}
	if got := text(doc.Find(`[id="art_1__para_1"] .says__q`)); got != "1. Зал открыт по субботам." {
		t.Errorf("meanwhile: %q", got)
	}
	if got := said(s.page("/ru"+sampleAct+"/2026-01-01/ru"), "art_1__para_1"); got != "действует с 01.01.2026" {
		t.Errorf("afterwards: %q", got)
	}
}

func TestDaysThatAreNone(t *testing.T) {
	s := sampled(t)
	for _, c := range []struct {
		path   string
		status int
		says   string
		offers string
	}{
		{"/2026-02-30/ru", 404, "«2026-02-30»", "/2026-02-28/ru"},
		{"/2025-06-31/kk", 404, "«2025-06-31»", "/2025-06-30/ru"},
		{"/2026-13-01/ru", 404, "«2026-13-01»", "/2026-11-22/ru"},
		{"/15.04.2026/ru", 404, "«15.04.2026»", "/2026-04-15/ru"},
		{"/0000-00-00/ru", 404, "0000-00-00", "/2026-11-22/ru"},
		{"/10000-01-01/ru", 404, "10000-01-01", "/2026-02-01/ru"},
		{"/2025-02-28/ru", 404, "он принят 1 марта 2025 года", "/2025-03-01/ru"},
		{"/0001-01-01/ru", 404, "закона ещё не было", "/2025-03-01/ru"},
		{"/tomorrow/ru", 404, "«tomorrow»", "/2026-11-22/ru"},
		{"/2026-03-15~0/ru", 404, "нет", "/2026-02-01/ru"},
		{"/2026-03-15~2/ru", 404, "нет", "/2026-02-01/ru"},
		{"/proposed-2026-03-15/ru", 404, "нет", ""},
		{"/2025-02-30/ru.json", 404, "2025-02-30", ""},
		{"?day=2026-02-30", 404, "«2026-02-30»", "/2026-02-28/ru"},
		{"?day=%3Cscript%3E", 404, "<script>", ""},
	} {
		w := s.get("/ru" + sampleAct + c.path)
		if w.Code != c.status {
			t.Errorf("%s: %d, want %d", c.path, w.Code, c.status)
			continue
		}
		if strings.HasSuffix(c.path, ".json") {
			continue
		}
		doc := s.pageWith(c.status, "/ru"+sampleAct+c.path)
		if got := text(doc.Find("main")); !strings.Contains(got, c.says) {
			t.Errorf("%s says %q", c.path, got)
		}
		if c.offers != "" && doc.Find(fmt.Sprintf(`.links a[href="/ru%s%s"]`, sampleAct, c.offers)).Length() != 1 {
			html, _ := doc.Find(".links").Html()
			t.Errorf("%s does not offer %s: %s", c.path, c.offers, html)
		}
		follow(t, s, doc, "main a[href]")
	}
	for _, day := range []string{"9999-12-31", "2026-11-22", "2025-03-02"} {
		s.page("/ru" + sampleAct + "/" + day + "/ru")
	}
}

func TestDayForm(t *testing.T) {
	s := sampled(t)
	for _, path := range []string{sampleAct, sampleSecond + "/ru"} {
		f := s.page("/ru" + path).Find("form.dayform")
		if f.AttrOr("action", "") != "/ru"+sampleAct || f.Find("input[type=date][name=day]").Length() != 1 || f.Find("button").Length() != 1 {
			t.Errorf("%s: no form that works without script", path)
		}
	}
	for query, want := range map[string]string{
		"day=2026-03-15&lang=kk": "/2026-03-15/kk", "day=15.03.2026": "/2026-03-15/ru", "day=": "/2026-11-22/ru", "day=2026-03-15&lang=xx": "/2026-03-15/ru",
	} {
		w := s.get("/ru" + sampleAct + "?" + query)
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != "/ru"+sampleAct+want {
			t.Errorf("%s: %d to %q", query, w.Code, got)
		}
	}
	if got := s.get("/ru" + sampleAct + "/2026-03-15").Header().Get("Location"); got != "/ru"+sampleAct+"/2026-03-15/ru" {
		t.Errorf("a day without a language leads to %q", got)
	}
}

type standingTwin struct {
	ID, Lang, Day, Edition, Known string
	Act                           struct{ Status, Since, Phrase, Basis string }
	Provisions                    []struct {
		Address, Status, Since, Until string
		Label                         struct{ RU string }
		Doubts, Temporary             []string
	}
	Elsewhere []struct {
		Edition, Address, Shown, Text, Status, Since string
		Acts                                         []law.NoteAct
	}
	Announced []struct {
		Addresses   []string
		Day, Phrase string
	}
	Doubts []any
}

func (s *site) standing(path string) (out standingTwin) {
	s.tb.Helper()
	w := s.get(path)
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/json; charset=utf-8" {
		s.tb.Fatalf("%s: %d %s", path, w.Code, w.Header().Get("Content-Type"))
	}
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		s.tb.Fatal(err)
	}
	return out
}

func TestStandingJSON(t *testing.T) {
	s := dated(t, "2025-11-28")
	got := s.standing("/ru" + sampleAct + "/2026-01-30/ru.json")
	if got.ID != "Z9900000001" || got.Day != "2026-01-30" || got.Edition != "2025-03-01" || got.Known != "2026-11-22" ||
		got.Act.Status != "in_force" || got.Act.Since != "2025-05-03" || got.Act.Basis != "days_after_publication:60" ||
		len(got.Provisions) != 5 || len(got.Elsewhere) != 12 || got.Doubts == nil {
		t.Errorf("%+v", got)
	}
	if p := got.Provisions[0]; p.Address != "art_4__para_2" || p.Label.RU != "пункт 2 статьи 4" || p.Status != "lost_force" || p.Until != "2026-01-28" || p.Doubts == nil {
		t.Errorf("%+v", p)
	}
	if x := got.Elsewhere[1]; x.Edition != "2026-02-01" || x.Shown != "art_4__para_2" || x.Since != "2026-01-28" || x.Acts[0].Number != "2-I" {
		t.Errorf("%+v", x)
	}
	got = s.standing("/ru" + sampleSecond + "/ru.json?force")
	if got.Day != "2026-02-01" || got.Edition != "2026-02-01" || len(got.Announced) != 1 || got.Announced[0].Day != "2027-01-01" {
		t.Errorf("%+v", got)
	}
	var outline struct{ Provisions []struct{ Text string } }
	if err := json.Unmarshal(s.get("/ru"+sampleSecond+"/ru.json").Body.Bytes(), &outline); err != nil || len(outline.Provisions) != 137 {
		t.Errorf("the outline of an edition: %d provisions, %v", len(outline.Provisions), err)
	}
}

// The address of an answer holds: a later edition, and a revision, leave it there
// and the days it tells.
func TestAnswerHolds(t *testing.T) {
	s := newSite(t)
	s.act(sample.Act())
	s.act(law.Act{ID: sample.AmendingActID, Titles: map[law.Lang]string{law.RU: "О внесении изменений"}, Adopted: "2025-11-28", Published: "2025-11-28"})
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, sample.Markdown(law.RU, sample.First))
	path := "/ru" + sampleAct + "/2026-01-30/ru"
	before := s.page(path)
	if said(before, "art_6__subpara_5") != "действует с 01.01.2026" || before.Find("aside.elsew").Length() != 0 {
		t.Errorf("before: %q", marked(before))
	}
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, sample.Markdown(law.RU, sample.Second))
	after := s.page(path)
	if said(after, "art_6__subpara_5") != "действует с 01.01.2026" || text(after.Find(".dayhead h2")) != text(before.Find(".dayhead h2")) {
		t.Errorf("after: %q", marked(after))
	}
	if got := text(after.Find(`[id="art_4__para_2"] + aside .says__w`)); got != "действует с 28.01.2026 в редакции от 1 февраля 2026 года" {
		t.Errorf("the next edition tells %q", got)
	}
	// The first text is revised: a link to it goes on naming the one it was made from.
	old := s.get("/ru" + sampleFirst + "/ru.json").Body.String()
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, strings.Replace(sample.Markdown(law.RU, sample.First), "читальный зал", "читальня", 1))
	if got := s.get("/ru" + sampleFirst + "/ru.json").Body.String(); got != old {
		t.Error("the address of an edition gives another text")
	}
	if got := said(s.page("/ru"+sampleFirst+"/ru"), "art_16"); got != "ещё не действует: вводится в действие с 01.09.2025" {
		t.Errorf("marks of the text that was revised: %q", got)
	}
	revised := s.page(path)
	if href := revised.Find(".dayhead a[rel=bookmark]").AttrOr("href", ""); href != "/ru"+sampleFirst+"~1/ru" {
		t.Errorf("the day is answered from %q", href)
	}
	if !strings.Contains(text(revised.Find(".law")), "читальня") {
		t.Error("the day shows the text before its revision")
	}
}

func TestRevisionIsNews(t *testing.T) {
	s := sampled(t)
	if s.page("/ru").Find(".news").Length() != 0 {
		t.Error("news where there is none")
	}
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, strings.Replace(sample.Markdown(law.RU, sample.Second), "книгообмен – добровольный", "книгообмен – свободный", 1))
	for _, path := range []string{"/ru", "/ru" + sampleAct} {
		doc := s.page(path)
		news := doc.Find(".news li")
		if news.Length() != 1 {
			t.Fatalf("%s: %d news", path, news.Length())
		}
		got := text(news)
		for _, want := range []string{"Сайт изменил текст под той же датой: 1 место", "редакция от 1 февраля 2026 года", "Замечено 22 ноября 2026 года", "первый вариант → исправленный вариант 1"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q lacks %q", path, got, want)
			}
		}
		if href := news.Find("b a").AttrOr("href", ""); href != "/ru"+sampleAct+"/compare/2026-02-01...2026-02-01~1/ru" {
			t.Errorf("%s: the redline is %q", path, href)
		}
		follow(t, s, doc, ".news a")
	}
	var act struct{ Editions []struct{ Version string } }
	if err := json.Unmarshal(s.get("/ru"+sampleAct+".json").Body.Bytes(), &act); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, e := range act.Editions {
		found = found || e.Version == "2026-02-01~1"
	}
	if !found {
		t.Errorf("the act's twin lists %+v", act.Editions)
	}
	if s.page("/kk"+sampleAct+"?lang=kk").Find(".news").Length() != 0 {
		t.Error("the Kazakh text was not revised")
	}
}

func TestTimelinePage(t *testing.T) {
	s := dated(t, "2025-12-02")
	doc := s.page("/ru" + sampleAct + "/timeline/ru")
	var got []string
	doc.Find(".cal__l > li").Each(func(_ int, li *goquery.Selection) {
		li.Find("p, ul, ul li").AppendHtml(" ")
		got = append(got, text(li))
	})
	want := []string{
		"1 марта 2025 года Принятие Редакция от 1 марта 2025 года",
		"3 марта 2025 года Первое официальное опубликование",
		"3 мая 2025 года Введение в действие",
		"1 сентября 2025 года Введение в действие отдельных положений: статья 16",
		"1 января 2026 года Введение в действие отдельных положений: подпункт 5) статьи 6",
		"1 февраля 2026 года Редакция от 1 февраля 2026 года · что изменилось Введение в действие изменений · № 2-I (28.11.2025): ",
		"1 января 2027 года Предусмотрено изменение · № 3-I (15.01.2026): пункт 2 статьи 18",
	}
	for i := range want {
		if i >= len(got) || !strings.HasPrefix(got[i], want[i]) {
			t.Fatalf("%q\nwant\n%q", got, want)
		}
	}
	if doc.Find(".cal__now + h3 + ol > li").Length() != 1 {
		t.Error("what is to come stands after today")
	}
	svg := doc.Find(".cal__d svg")
	if svg.Find("title").Length() != 1 || svg.Find("desc").Length() != 1 || svg.AttrOr("role", "") == "" || svg.Find("a[aria-label]").Length() != svg.Find("a").Length() || svg.Find("a").Length() != 9 {
		t.Errorf("the drawing: %d links", svg.Find("a").Length())
	}
	follow(t, s, doc, "main a[href], header a[href]")
	act := s.page("/kk" + sampleAct)
	if act.Find(".cal .cal__l > li").Length() != 5 {
		t.Errorf("in short: %d days", act.Find(".cal .cal__l > li").Length())
	}
	unknown := sampled(t).page("/ru" + sampleAct + "/timeline/ru")
	if got := text(unknown.Find(".cal__l q")); !strings.Contains(got, "шестидесяти календарных дней") {
		t.Errorf("an event without a day: %q", got)
	}
	for path, status := range map[string]int{"/timeline/de": 404, "/timeline/ru": 200, "/timeline": 404} {
		if w := s.get("/ru" + sampleAct + path); w.Code != status {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	var twin struct {
		Editions []string
		Events   []struct {
			Day, Kind, Edition string
			Addresses          []string
			Act                *law.NoteAct
		}
	}
	if err := json.Unmarshal(s.get("/ru"+sampleAct+"/timeline/ru.json").Body.Bytes(), &twin); err != nil || len(twin.Events) != 9 || len(twin.Editions) != 2 {
		t.Fatalf("%v %+v", err, twin)
	}
	if e := twin.Events[7]; e.Day != "2026-02-01" || e.Kind != "amended" || e.Act.Number != "2-I" || len(e.Addresses) != 12 {
		t.Errorf("%+v", e)
	}
}

// publishedMassMedia is the mass-media law with the days of publication its site
// tells: of the law and of 231-VIII, not of 248-VIII.
func publishedMassMedia(tb testing.TB) *site {
	s := massMediaSite(tb)
	s.act(law.Act{
		ID: massMedia, Titles: map[law.Lang]string{law.RU: "О масс-медиа", law.KK: "Масс-медиа туралы"},
		Adopted: "2024-06-19", Published: "2024-06-20",
	})
	s.act(law.Act{
		ID: "Z2500000231", Titles: map[law.Lang]string{law.RU: "О внесении изменений"},
		Requisites: map[law.Lang]string{law.RU: "Закон Республики Казахстан от 17 ноября 2025 года № 231-VIII ЗРК."},
		Adopted:    "2025-11-17", Published: "2025-11-18",
	})
	return s
}

// The days issue 4 names, on the page, in both languages.
func TestMassMediaDays(t *testing.T) {
	s := publishedMassMedia(t)
	for _, c := range []struct {
		day     string
		edition string
		act     map[law.Lang]string
		says    map[string]map[law.Lang]string // by address
	}{
		{"2024-07-15", "2024-06-19",
			map[law.Lang]string{law.RU: "ещё не действует: вводится в действие с 20.08.2024", law.KK: "әлі қолданыста емес: 2024 жылғы 20 тамыздан бастап қолданысқа енгізіледі"},
			map[string]map[law.Lang]string{"art_33": {law.RU: "ещё не действует: вводится в действие с 01.01.2025", law.KK: "әлі қолданыста емес: 2025 жылғы 1 қаңтардан бастап қолданысқа енгізіледі"}}},
		{"2024-08-20", "2024-06-19",
			map[law.Lang]string{law.RU: "действует с 20.08.2024", law.KK: "2024 жылғы 20 тамыздан бастап қолданыста"},
			map[string]map[law.Lang]string{
				"art_1__subpara_11":                 {law.RU: "ещё не действует: вводится в действие с 01.01.2025"},
				"art_7__subpara_5":                  {law.RU: "ещё не действует: вводится в действие с 01.01.2025"},
				"art_32__para_1__part_2__subpara_4": {law.KK: "әлі қолданыста емес: 2025 жылғы 1 қаңтардан бастап қолданысқа енгізіледі"},
				"art_33":                            {law.KK: "әлі қолданыста емес: 2025 жылғы 1 қаңтардан бастап қолданысқа енгізіледі"},
				"art_1__subpara_12":                 {law.RU: "", law.KK: ""}}},
		{"2024-12-31", "2024-06-19",
			map[law.Lang]string{law.RU: "действует с 20.08.2024"},
			map[string]map[law.Lang]string{"art_1__subpara_35": {law.RU: "временная редакция: действует до 01.01.2025", law.KK: "уақытша редакция: 2025 жылғы 1 қаңтарға дейін қолданылады"}}},
		{"2026-02-01", "2025-01-01",
			map[law.Lang]string{law.RU: "действует с 20.08.2024"},
			map[string]map[law.Lang]string{"art_33": {law.RU: "действует с 01.01.2025", law.KK: "2025 жылғы 1 қаңтардан бастап қолданыста"}, "art_14": {law.RU: "", law.KK: ""}}},
	} {
		for _, lang := range []law.Lang{law.RU, law.KK} {
			path := fmt.Sprintf("/%s/acts/%s/%s/%s", lang, massMedia, c.day, lang)
			doc := s.page(path)
			if href := doc.Find(".dayhead a[rel=bookmark]").AttrOr("href", ""); href != fmt.Sprintf("/%s/acts/%s/%s/%s", lang, massMedia, c.edition, lang) {
				t.Errorf("%s is answered from %q", path, href)
			}
			if want, ok := c.act[lang]; ok && text(doc.Find(".dayhead .says--act b")) != want {
				t.Errorf("%s: the act: %q, want %q", path, text(doc.Find(".dayhead .says--act b")), want)
			}
			for at, by := range c.says {
				if want, ok := by[lang]; ok && said(doc, at) != want {
					t.Errorf("%s: %s: %q, want %q", path, at, said(doc, at), want)
				}
			}
		}
	}
}

// Two clicks: the day, then article 14 in the outline; the answer is there.
func TestMassMediaTwoClicks(t *testing.T) {
	s := publishedMassMedia(t)
	for lang, want := range map[law.Lang]string{
		law.RU: "действует с 18.01.2026 в редакции от 2 марта 2026 года",
		law.KK: "2026 жылғы 18 қаңтардан бастап қолданыста 2026 жылғы 2 наурыздағы редакцияда",
	} {
		act := "/" + string(lang) + "/acts/" + string(massMedia)
		form := s.page(act).Find("form.dayform")
		at := s.get(form.AttrOr("action", "") + "?lang=" + form.Find("[name=lang]").AttrOr("value", "") + "&day=2026-02-01").Header().Get("Location")
		doc := s.page(at)
		if doc.Find(`.outline a[href="#art_14"]`).Length() != 1 {
			t.Fatalf("%s: no article 14 in the outline", at)
		}
		box := doc.Find(`section[id="art_14"] aside[id="art_14__para_7"]`)
		if got := text(box.Find(".says__w")); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
		if got := text(box.Find(".says__y")); !strings.Contains(got, "231-VIII") || !strings.Contains(got, "18.11.2025") {
			t.Errorf("%s: why: %q", at, got)
		}
		if box.Find(".elsew__t").Length() != 1 || len(text(box.Find(".elsew__t"))) < 40 {
			t.Errorf("%s: the text: %q", at, text(box.Find(".elsew__t")))
		}
		follow(t, s, doc, ".dayhead a, aside.elsew a, .says a, .art__past a")
	}
}

func BenchmarkDayPage(b *testing.B) {
	for name, s := range map[string]*site{"sample": dated(b, "2025-11-28"), "massmedia": publishedMassMedia(b)} {
		path := "/ru" + sampleAct + "/2026-01-30/ru"
		if name == "massmedia" {
			path = "/ru/acts/" + string(massMedia) + "/2026-02-01/ru"
		}
		b.Run(name, func(b *testing.B) {
			s.page(path)
			for n := 0; b.Loop(); n++ { // another address each time, so that no kept answer is sent
				if w := s.get(fmt.Sprint(path, "?n=", n)); w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

func TestTimeScreens(t *testing.T) {
	ctx := browser(t)
	s := dated(t, "2025-11-28")
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, strings.Replace(sample.Markdown(law.RU, sample.Second), "книгообмен – добровольный", "книгообмен – свободный", 1))
	srv := httptest.NewServer(s.handler)
	t.Cleanup(srv.Close)
	shoot(t, ctx, srv.URL, []shot{
		{"day-ru-1280", "/ru" + sampleAct + "/2026-01-30/ru", 1280, false, false},
		{"day-kk-360", "/kk" + sampleAct + "/2026-01-30/kk", 360, false, false},
		{"day-en-dark-1280", "/en" + sampleAct + "/2027-02-01/en", 1280, true, false},
		{"timeline-ru-1280", "/ru" + sampleAct + "/timeline/ru", 1280, false, false},
		{"timeline-kk-360", "/kk" + sampleAct + "/timeline/kk", 360, true, false},
		{"news-ru-1280", "/ru" + sampleAct, 1280, false, false},
		{"print-day", "/ru" + sampleAct + "/2026-01-30/ru", 800, false, true},
	})
}

func TestMassMediaTimeScreens(t *testing.T) {
	s := publishedMassMedia(t)
	ctx := browser(t)
	srv := httptest.NewServer(s.handler)
	t.Cleanup(srv.Close)
	const law = "/acts/Z2400000093"
	shoot(t, ctx, srv.URL, []shot{
		{"mm-day-ru-1280", "/ru" + law + "/2026-02-01/ru", 1280, false, false},
		{"mm-timeline-ru-1280", "/ru" + law + "/timeline/ru", 1280, false, false},
		{"mm-act-kk-360", "/kk" + law, 360, false, false},
	})
}
