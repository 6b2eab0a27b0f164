package sample

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

//go:embed templates/page.html
var pageTemplate string

// robots asks for a pause short enough for a demonstration.
const robots = "User-agent: *\nDisallow: /rus/search/\nDisallow: /kaz/search/\nDisallow: /eng/search/\nCrawl-delay: 0.05\n"

// Site is a small official site that holds the sample act, page for page as
// adilet.zan.kz has a law:
//
//	/{kaz|rus|eng}/docs/Z9900000001             the newest edition
//	/{kaz|rus|eng}/docs/Z9900000001/01.03.2025  an older one; the newest has no dated address
//	/{kaz|rus|eng}/docs/Z9900000001/history     what brought each edition
//	/rus/docs/Z9900000001/info                  day of publication; Russian alone
//	/rus/docs/Z9900000002/info                  that of the amending law
//
// Everything else is missing (404). The furniture of the pages is Russian, as
// in the saved pages it was modelled on. Pages carry an ETag and Last-Modified,
// so a second fetch is 304.
func Site() http.Handler {
	pages := map[string]servedPage{
		"/robots.txt": newServedPage("text/plain; charset=utf-8", []byte(robots), First),
	}
	t := template.Must(template.New("page").Parse(pageTemplate))
	add := func(p page, changed law.Date) {
		var b bytes.Buffer
		if err := t.Execute(&b, p); err != nil {
			panic(fmt.Sprintf("sample: page %s: %v", p.Self, err)) // our own template and texts
		}
		pages[p.Self] = newServedPage("text/html; charset=utf-8", b.Bytes(), changed)
	}
	for _, lang := range law.Langs {
		words := siteWords(lang)
		current := newPage(Act(), lang, "")
		current.Bank = "http://law.gov.kz/client/#!/doc/" + ZanCode + "/" + words.path
		current.Article = template.HTML(article(Markdown(lang, Second)))
		add(current, Second)

		dated := newPage(Act(), lang, "/"+First.Official())
		dated.Article = template.HTML(article(Markdown(lang, First)))
		dated.Archived, dated.New, dated.Status = true, true, words.statusNew
		add(dated, First)

		history := newPage(Act(), lang, "/history")
		history.History = []historyRow{
			{1, dated.Self, dated.Title, words.form, "Редакция от " + First.Official(), First.Official(), words.statusNew},
			{2, current.Self, amendingAct().Titles[lang], amendingAct().Requisites[lang], "изменения", Second.Official(), words.statusUpdated},
		}
		add(history, Second)
	}
	info := newPage(Act(), law.RU, "/info")
	info.Info = infoRows(Act(), Second)
	add(info, Second)
	info = newPage(amendingAct(), law.RU, "/info")
	info.Info = infoRows(amendingAct(), amendingAdopted)
	add(info, amendingPublished)

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, ok := pages[strings.TrimSuffix(r.URL.Path, "/")]
		p.serve(w, r, ok)
	})
}

type servedPage struct {
	mediaType string
	body      []byte
	etag      string
	changed   time.Time
}

// serve answers a request for p; known is false where there is no such page.
func (p servedPage) serve(w http.ResponseWriter, r *http.Request, known bool) {
	switch {
	case !known:
		http.NotFound(w, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
	default:
		w.Header().Set("Content-Type", p.mediaType)
		w.Header().Set("ETag", p.etag)
		http.ServeContent(w, r, "", p.changed, bytes.NewReader(p.body))
	}
}

func newServedPage(mediaType string, body []byte, changed law.Date) servedPage {
	sum := sha256.Sum256(body)
	day, _ := changed.Time()
	return servedPage{mediaType, body, `"` + hex.EncodeToString(sum[:8]) + `"`, day}
}

// page is what templates/page.html shows; one of Article, History and Info.
type page struct {
	ID         law.ActID
	Path       string // "rus"
	Self       string // the page's own address
	Title      string
	Requisites string
	Status     string
	Footer     string
	Bank       string // address in the reference bank, on pages with a text
	New        bool
	Archived   bool
	Article    template.HTML
	History    []historyRow
	Info       []infoRow
}

type historyRow struct {
	N                                           int
	Href, Title, Requisites, Info, Date, Status string
}

type infoRow struct{ Label, Value string }

func newPage(act law.Act, lang law.Lang, tab string) page {
	words := siteWords(lang)
	return page{
		ID:         act.ID,
		Path:       words.path,
		Self:       "/" + words.path + "/docs/" + string(act.ID) + tab,
		Title:      act.Titles[lang],
		Requisites: act.Requisites[lang],
		Status:     words.statusUpdated,
		Footer:     words.footer,
	}
}

type words struct{ path, form, statusNew, statusUpdated, footer string }

func siteWords(lang law.Lang) words {
	switch lang {
	case law.KK:
		return words{"kaz", "Қазақстан Республикасының Заңы", "Жаңа", "Жаңартылған",
			"Үлгі: ойдан шығарылған заң, ресми сайт емес."}
	case law.RU:
		return words{"rus", "Закон Республики Казахстан", "Новый", "Обновленный",
			"Образец: вымышленный закон, не официальный сайт."}
	default:
		return words{"eng", "Law of the Republic of Kazakhstan", "New", "Updated",
			"Sample: an invented law, not an official site."}
	}
}

func infoRows(act law.Act, changed law.Date) []infoRow {
	return []infoRow{
		{"Дата принятия акта", act.Adopted.Official()},
		{"Дата изменения акта", changed.Official()},
		{`Дата официальной публикации в ИПС "Әділет"`, act.Published.Official()},
		{"Форма акта", "Закон"},
		{"Сфера правоотношений", "Культура"},
		{"Юридическая сила", "Закон"},
		{"Орган, принявший акт", "Парламент Республики Казахстан"},
	}
}
