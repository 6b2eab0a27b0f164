package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

const (
	sampleAct     = "/acts/Z9900000001"
	sampleFirst   = sampleAct + "/2025-03-01"
	sampleSecond  = sampleAct + "/2026-02-01"
	sampleCompare = sampleAct + "/compare/2025-03-01...2026-02-01"
)

func TestRootChoosesLanguage(t *testing.T) {
	s := sampled(t)
	for _, c := range []struct{ cookie, accept, want string }{
		{"", "", "/kk"},
		{"", "ru-RU,ru;q=0.9,en;q=0.8", "/ru"},
		{"", "en-GB,en;q=0.9", "/en"},
		{"", "kk-KZ,kk;q=0.9,ru;q=0.8", "/kk"},
		{"", "ja", "/kk"},
		{"", "not a header;;;", "/kk"},
		{"lang=en", "ru", "/en"},
		{"lang=xx", "ru", "/ru"},
	} {
		w := s.get("/", "Cookie", c.cookie, "Accept-Language", c.accept)
		if got := w.Header().Get("Location"); w.Code != http.StatusFound || got != c.want {
			t.Errorf("cookie %q, accept %q: %d to %q, want %q", c.cookie, c.accept, w.Code, got, c.want)
		}
		if !strings.Contains(w.Header().Get("Vary"), "Accept-Language") {
			t.Errorf("Vary %q", w.Header().Get("Vary"))
		}
	}
}

func TestHome(t *testing.T) {
	s := sampled(t)
	doc := s.page("/ru")
	for sel, want := range map[string]string{
		"html[lang=ru] h1":               "О районных библиотеках и читальных залах (образец): 6 изменений",
		"#acts .h-sec":                   "О районных библиотеках и читальных залах (образец)",
		".tl li.is-now b":                "редакция от 1 февраля 2026 года",
		".ears span:first-child":         "Воскресенье, 22 ноября 2026 года",
		".langs a[aria-current]":         "РусРусский",
		".figs div:first-child":          "главы 4",
		".entries .entry:nth-child(3) a": "подпункт 4) статьи 6",
	} {
		if got := text(doc.Find(sel)); got != want {
			t.Errorf("%s: %q, want %q", sel, got, want)
		}
	}
	if n := doc.Find(".ribbon .b").Length(); n != 21 {
		t.Errorf("ribbon: %d ticks, want an article each, 21", n)
	}
	if n := doc.Find(".ribbon .b--c").Length(); n == 0 || n == 21 {
		t.Errorf("ribbon: %d changed ticks", n)
	}
	follow(t, s, doc, "main a[href], header a[href], footer a[href]")
}

func TestHomeWithoutActs(t *testing.T) {
	for _, ui := range law.Langs {
		doc := newSite(t).page("/" + string(ui))
		if text(doc.Find("main h1")) == "" || !strings.Contains(text(doc.Find("main")), "tuzetu fetch adilet") {
			t.Errorf("%s: an empty site does not say what to do: %q", ui, text(doc.Find("main")))
		}
	}
}

// follow asks for every address the selected links name and checks that a
// fragment names a place on the page it leads to.
func follow(t *testing.T, s *site, doc *goquery.Document, links string) {
	t.Helper()
	pages := map[string]*goquery.Document{}
	doc.Find(links).Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		if strings.HasPrefix(href, "http") {
			return
		}
		path, place, _ := strings.Cut(href, "#")
		on := doc
		if path != "" && pages[path] == nil {
			w := s.get(path)
			if w.Code != http.StatusOK {
				t.Errorf("link %q: %d", href, w.Code)
				return
			}
			pages[path], _ = goquery.NewDocumentFromReader(w.Body)
		}
		if path != "" {
			on = pages[path]
		}
		if place != "" && on.Find(fmt.Sprintf(`[id="%s"]`, place)).Length() != 1 {
			t.Errorf("link %q: %d such places", href, on.Find(fmt.Sprintf(`[id="%s"]`, place)).Length())
		}
	})
}

func TestEditionShowsEveryLine(t *testing.T) {
	s := sampled(t)
	for _, lang := range law.Langs {
		_, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(lang, sample.Second)))
		if err != nil {
			t.Fatal(err)
		}
		want := law.Build(lang, "", lines)
		doc := s.page("/kk" + sampleSecond + "/" + string(lang))
		body := doc.Find(".law")
		if got, _ := body.Attr("lang"); got != string(lang) {
			t.Errorf("%s: the text is marked %q", lang, got)
		}
		body.Find(".vh, .prov__n--quiet").Remove()
		for _, p := range want.Provisions {
			place := body.Find(fmt.Sprintf(`[id="%s"]`, p.Address))
			if place.Length() != 1 {
				t.Errorf("%s: %d places %q", lang, place.Length(), p.Address)
				continue
			}
			if p.Kind == law.Article {
				place = place.Find("h3")
			}
			if got := bare(place.Text()); !strings.HasPrefix(got, bare(p.Text)) {
				t.Errorf("%s: %s reads %q, want %q", lang, p.Address, got, p.Text)
			}
		}
		if n := body.Find("details.note").Length(); n != len(want.Notes) {
			t.Errorf("%s: %d notes, want %d", lang, n, len(want.Notes))
		}
		if body.Find("details.note[open]").Length() != 0 {
			t.Errorf("%s: a note is unfolded", lang)
		}
	}
}

// bare leaves out what layout may put between words.
func bare(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), ""), "|", "")
}

func TestEditionPage(t *testing.T) {
	s := sampled(t)
	doc := s.page("/ru" + sampleSecond + "/ru")
	if doc.Find(".sample").Length() != 1 {
		t.Error("a sample without its banner")
	}
	if doc.Find(".callout:not(.sample)").Length() != 0 {
		t.Error("the newest edition says that it is old")
	}
	if n := doc.Find(".outline .num").Length(); n < 21 {
		t.Errorf("outline: %d articles", n)
	}
	if got := text(doc.Find("#art_7-1 .art__n b")); got != "7-1" {
		t.Errorf("hanging number %q", got)
	}
	if got, _ := doc.Find("#art_4__para_2 .prov__n").Attr("href"); got != "#art_4__para_2" {
		t.Errorf("the number leads to %q", got)
	}
	if got := text(doc.Find("#art_4__para_2 .prov__n .vh")); got != "пункт 2 статьи 4" {
		t.Errorf("the number is spoken %q", got)
	}
	follow(t, s, doc, "main a[href], header a[href]")

	old := s.page("/kk" + sampleFirst + "/ru")
	if got := text(old.Find(".callout:not(.sample) b")); got != "Сіз 2025 жылғы 1 наурыздағы редакцияны оқып отырсыз. Соңғысы – 2026 жылғы 1 ақпандағы редакция." {
		t.Errorf("old edition: %q", got)
	}
	proposal := s.page("/en" + sampleAct + "/proposed-2026-09-01/en")
	if got := text(proposal.Find(".callout:not(.sample) b")); !strings.Contains(got, "not enacted") {
		t.Errorf("proposal: %q", got)
	}
	follow(t, s, proposal, ".callout a[href]")
}

func TestPickersAreForms(t *testing.T) {
	s := sampled(t)
	doc := s.page("/ru" + sampleSecond + "/kk")
	forms := doc.Find("form.points")
	if forms.Length() != 1 || doc.Find(`form.points input[type=radio][name=from]`).Length() != 3 {
		t.Fatalf("%d pickers", forms.Length())
	}
	if lang, _ := forms.Find("input[name=lang]").Attr("value"); lang != "kk" {
		t.Errorf("picker of %q", lang)
	}
	for path, want := range map[string]string{
		"/ru" + sampleAct + "?edition=2025-03-01&lang=kk":                             "/ru" + sampleFirst + "/kk",
		"/ru" + sampleAct + "/compare?from=2025-03-01&to=2026-02-01&lang=kk":          "/ru" + sampleCompare + "/kk",
		"/en" + sampleAct + "/compare?from=2025-03-01:ru&to=2026-02-01:ru":            "/en" + sampleCompare + "/ru",
		"/en" + sampleAct + "/compare?from=2025-03-01&to=proposed-2026-09-01&lang=en": "/en" + sampleAct + "/compare/2025-03-01...proposed-2026-09-01/en",
		"/ru" + sampleAct + "/2025-03-01":                                             "/ru" + sampleFirst + "/ru",
		"/ru/acts":                                                                    "/ru#acts",
		"/ru/":                                                                        "/ru",
	} {
		w := s.get(path)
		if got := w.Header().Get("Location"); w.Code/100 != 3 || got != want {
			t.Errorf("%s: %d to %q, want %q", path, w.Code, got, want)
		}
	}
}

func TestOnlyLanguageIsSaid(t *testing.T) {
	s := newSite(t)
	s.act(sample.Act())
	s.edition(sample.ActID, law.Enacted, sample.First, law.RU, sample.Markdown(law.RU, sample.First))
	for path, want := range map[string]string{
		"/kk" + sampleAct:           "Мәтін тек орыс тілінде бар",
		"/en" + sampleFirst + "/ru": "The text exists only in Russian",
	} {
		if got := text(s.page(path).Find("main")); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q", path, want)
		}
	}
	doc := s.pageWith(http.StatusNotFound, "/kk"+sampleFirst+"/kk")
	if got := text(doc.Find("main .lead")); !strings.Contains(got, "қазақ тілінде жоқ") {
		t.Errorf("missing language: %q", got)
	}
	follow(t, s, doc, "main a[href]")
}

func TestHelpfulProblems(t *testing.T) {
	s := sampled(t)
	for _, c := range []struct {
		path   string
		status int
		says   string
		offers string // an address among the links; "" for any
	}{
		{"/ru/nothing", 404, "Начните с главной", ""},
		{"/nothing", 404, "", ""},
		{"/ru/acts/Z1111111111", 404, "не следим", "/ru" + sampleAct},
		{"/en/acts/<script>", 404, "do not follow", "/en" + sampleAct},
		{"/ru" + sampleAct + "/2020-01-01/ru", 404, "На 1 января 2020 года закона ещё не было: он принят 1 марта 2025 года", "/ru" + sampleFirst + "/ru"},
		{"/ru" + sampleAct + "/2025-02-30/ru", 404, "«2025-02-30»", "/ru" + sampleFirst + "/ru"},
		{"/kk" + sampleAct + "/19.06.2024/kk", 404, "«19.06.2024»", "/kk" + sampleSecond + "/kk"},
		{"/ru" + sampleAct + "/2025-03-01~7/ru", 404, "нет", "/ru" + sampleFirst + "/ru"},
		{"/ru" + sampleFirst + "/de", 404, "", ""},
		{"/ru" + sampleAct + "/compare/2025-03-01/ru", 404, "«2025-03-01»", "/ru" + sampleFirst + "/ru"},
		{"/ru" + sampleAct + "/compare/2025-03-01...2025-13-01/ru", 404, "«2025-13-01»", "/ru" + sampleFirst + "/ru"},
		{"/ru" + sampleAct + "/compare/2025-03-01...2024-01-01/ru", 404, "Редакции от 1 января 2024 года нет", "/ru" + sampleFirst + "/ru"},
		{"/kk" + sampleAct + "/compare?from=2025-03-01:ru&to=2026-02-01:kk", 400, "бір тілдегі", "/kk" + sampleFirst + "/kk"},
		{"/ru" + sampleAct + "/compare?from=&to=", 404, "дат", "/ru" + sampleFirst + "/ru"},
		{"/ru" + sampleAct + "/at/art_99/ru", 404, "такого положения нет", "/ru" + sampleSecond + "/ru"},
		{"/ru" + sampleAct + "/at/art_4__para_99/ru", 404, "такого положения нет", "/ru" + sampleSecond + "/ru#art_4"},
		{"/static/nothing.css", 404, "", ""},
	} {
		doc := s.pageWith(c.status, c.path)
		if got := strings.ToLower(text(doc.Find("main"))); !strings.Contains(got, strings.ToLower(c.says)) {
			t.Errorf("%s: says %q, want %q", c.path, got, c.says)
		}
		if c.offers != "" && doc.Find(fmt.Sprintf(`.links a[href="%s"]`, c.offers)).Length() != 1 {
			html, _ := doc.Find(".links").Html()
			t.Errorf("%s: does not offer %s: %s", c.path, c.offers, html)
		}
		follow(t, s, doc, "main a[href]")
	}
}

func TestRevisions(t *testing.T) {
	s := sampled(t)
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, strings.Replace(sample.Markdown(law.RU, sample.Second), "книгообмен – добровольный", "книгообмен – свободный", 1))
	doc := s.page("/ru" + sampleSecond + "/ru")
	if got := text(doc.Find(".callout:not(.sample) b")); !strings.Contains(got, "исправил текст под той же датой") {
		t.Errorf("first revision: %q", got)
	}
	doc = s.page("/ru" + sampleAct + "/compare/2026-02-01...2026-02-01~1/ru")
	if n := doc.Find(".chg").Length(); n != 1 {
		t.Errorf("%d changes between revisions", n)
	}
	follow(t, s, doc, "main a[href]")
}

func TestJSONTwins(t *testing.T) {
	s := sampled(t)
	type provision struct{ Address, Kind string }
	var edition struct {
		Act, Lang, Date string
		Provisions      []provision
		Notes, Doubts   []any
	}
	get := func(path string, v any) {
		t.Helper()
		w := s.get(path)
		if ct := w.Header().Get("Content-Type"); w.Code != 200 || ct != "application/json; charset=utf-8" {
			t.Fatalf("%s: %d %s", path, w.Code, ct)
		}
		if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	get("/ru"+sampleSecond+"/kk.json", &edition)
	if edition.Act != "Z9900000001" || edition.Lang != "kk" || edition.Date != "2026-02-01" || len(edition.Provisions) != 137 || edition.Doubts == nil {
		t.Errorf("edition: %+v, %d provisions", edition.Act, len(edition.Provisions))
	}
	var diff struct {
		From, To struct{ Date string }
		Summary  struct{ Inserted int }
		Pairs    []struct{ Kind string }
	}
	get("/ru"+sampleCompare+"/ru.json", &diff)
	changed := len(diff.Pairs)
	if diff.From.Date != "2025-03-01" || diff.To.Date != "2026-02-01" || changed == 0 {
		t.Errorf("comparison: %+v", diff)
	}
	get("/ru"+sampleCompare+"/ru.json?all", &diff)
	if len(diff.Pairs) < 137 {
		t.Errorf("all pairs: %d", len(diff.Pairs))
	}
	var act struct {
		Titles   map[string]string
		Editions []struct{ Version, Status, Href string }
	}
	get("/en"+sampleAct+".json", &act)
	if len(act.Editions) != 9 || act.Titles["kk"] == "" {
		t.Errorf("act: %+v", act)
	}
	var home struct{ Acts []any }
	get("/kk.json", &home)
	if len(home.Acts) != 1 {
		t.Errorf("home: %d acts", len(home.Acts))
	}
	w := s.get("/ru/acts/Z1111111111.json")
	var problem struct {
		Error  string
		Status int
	}
	if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil || w.Code != 404 || problem.Status != 404 || problem.Error == "" {
		t.Errorf("problem: %d %v %+v", w.Code, err, problem)
	}
}

// Every page names its languages and its other addresses.
func TestLanguagesAreMarked(t *testing.T) {
	s := sampled(t)
	for _, path := range []string{"", sampleAct, sampleSecond + "/ru", sampleCompare + "/ru", sampleCompare + "/ru?view=side"} {
		for _, ui := range law.Langs {
			doc := s.page("/" + string(ui) + path)
			if got, _ := doc.Find("html").Attr("lang"); got != string(ui) {
				t.Errorf("%s%s: html lang %q", ui, path, got)
			}
			for _, other := range law.Langs {
				want := "https://tuzetu.example/" + string(other) + path
				if got, _ := doc.Find(`link[rel=alternate][hreflang=` + string(other) + `]`).Attr("href"); got != want {
					t.Errorf("%s%s: hreflang %s is %q", ui, path, other, got)
				}
				if got, _ := doc.Find(`.langs a[hreflang=` + string(other) + `]`).Attr("href"); "https://tuzetu.example"+got != want {
					t.Errorf("%s%s: chooser %s leads to %q", ui, path, other, got)
				}
			}
		}
	}
}
