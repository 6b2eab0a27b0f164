package read

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// parallelRows is about how many rows stand on a page of two texts side by side:
// a law of seventy articles is one page, a code is a dozen. A page ends before an
// article.
const parallelRows = 1000

// ParallelPage is one edition in two languages, provision beside provision.
type ParallelPage struct {
	page.Layout
	ActHref    string
	Title      Phrase
	Requisites Phrase
	Name       string
	Langs      [2]law.Lang
	Heads      [2]page.Link // each text alone
	Contents   []Chapter
	Rows       []ParallelRow
	Missing    int // rows that stand in one language only, on all pages
	Pager      []page.Tab
	Source     [2]string
	Sample     bool
	Printed    law.Date
	Short      string
}

// Headed is the name where it begins a line.
func (p ParallelPage) Headed() string { return capital(p.Name) }

// ParallelRow is one provision in two languages. A nil Cell is a text that has
// nothing at this address.
type ParallelRow struct {
	ID     string
	Kind   law.Kind
	Level  int
	Number string
	Label  string // the citation in full
	Cells  [2]*ParallelCell
}

// ParallelCell is a provision in one language.
type ParallelCell struct {
	Lang  law.Lang
	Head  string // of an article or chapter: word and number, as the text has them
	Spans []Span
}

// Head tells whether the row is a heading above the articles.
func (r ParallelRow) Head() bool { return grand(r.Kind) }

// Article tells whether the row is the heading of an article.
func (r ParallelRow) Article() bool { return r.Kind == law.Article }

// Parallel shows an edition in two languages.
func (rd *Reader) Parallel(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	lang, asJSON := twin(r.PathValue("lang"))
	langs, err := twoLangs(lang)
	if err != nil {
		return s.noLanguage(all, err)
	}
	key, err := rd.edition(s, act, all, r.PathValue("version"), langs[0])
	if err != nil {
		return err
	}
	if langs[0] == langs[1] {
		http.Redirect(w, r, s.in(editionPath(key)), http.StatusFound)
		return nil
	}
	other, err := rd.beside(s, all, key, langs[1])
	if err != nil {
		return err
	}
	texts, err := rd.pairOfTexts(r.Context(), key, other)
	if err != nil {
		return err
	}
	rows := sideBySide(texts)
	if asJSON {
		return page.WriteJSON(w, r, http.StatusOK, page.Kept, parallelJSON(act.ID, texts, rows))
	}
	number, _ := strconv.Atoi(r.URL.Query().Get("page"))
	return rd.pages.Render(w, r, http.StatusOK, page.Kept, s.ui, "parallel", rd.parallelPage(s, act, texts, rows, number))
}

// twoLangs reads «ru+kk».
func twoLangs(s string) (out [2]law.Lang, err error) {
	a, b, _ := strings.Cut(s, "+")
	for i, name := range []string{a, b} {
		if out[i], err = law.ParseLang(name); err != nil {
			return out, err
		}
	}
	return out, nil
}

// beside finds the same edition in another language: of the same date, and of
// the same revision where there is one, as the site may have mended one text
// only.
func (rd *Reader) beside(s *speaker, all editions, k law.EditionKey, l law.Lang) (law.EditionKey, error) {
	k.Lang = l
	if _, ok := all.find(k); ok {
		return k, nil
	}
	same := all.in(l).filter(func(h law.EditionHead) bool { return h.Date == k.Date && h.Status == k.Status })
	if h, ok := same.newest(); ok {
		return h.EditionKey, nil
	}
	return k, rd.noEdition(s, all, k)
}

func (rd *Reader) pairOfTexts(ctx context.Context, a, b law.EditionKey) (out [2]*text, err error) {
	for i, k := range []law.EditionKey{a, b} {
		if out[i], err = rd.texts.text(ctx, k); err != nil {
			return out, err
		}
	}
	return out, nil
}

// sideBySide pairs the provisions of two texts by address.
func sideBySide(t [2]*text) [][2]*law.Provision {
	var keys [2][]law.Address
	for i := range t {
		for _, p := range t[i].doc.Provisions {
			keys[i] = append(keys[i], p.Address)
		}
	}
	var out [][2]*law.Provision
	for _, at := range interleave(keys[0], keys[1]) {
		var row [2]*law.Provision
		for i, n := range at {
			if n >= 0 {
				row[i] = t[i].doc.Provisions[n]
			}
		}
		out = append(out, row)
	}
	return out
}

// interleave pairs two lists by key, in the order of the first. What only the
// second has follows what it follows there. Each row holds two indexes, -1 where
// a list has nothing.
func interleave[K comparable](a, b []K) [][2]int {
	inA := make(map[K]int, len(a))
	for i, k := range a {
		inA[k] = i
	}
	match := make([]int, len(a))
	for i := range match {
		match[i] = -1
	}
	after := map[int][]int{} // by index in a, -1 before the first
	last := -1
	for j, k := range b {
		if i, ok := inA[k]; ok && match[i] < 0 {
			match[i], last = j, i
		} else {
			after[last] = append(after[last], j)
		}
	}
	var out [][2]int
	lone := func(i int) {
		for _, j := range after[i] {
			out = append(out, [2]int{-1, j})
		}
	}
	lone(-1)
	for i := range a {
		out = append(out, [2]int{i, match[i]})
		lone(i)
	}
	return out
}

func (rd *Reader) parallelPage(s *speaker, act law.Act, texts [2]*text, rows [][2]*law.Provision, number int) ParallelPage {
	a, b := texts[0].head.EditionKey, texts[1].head.EditionKey
	path := withPath(editionPath(a), b.Lang)
	p := ParallelPage{
		Layout: rd.layout(s, path, texts[0].head, texts[1].head), ActHref: s.in(actPath(act.ID)), Title: titled(act, s.ui), Requisites: requisites(act, s.ui),
		Name: s.edition(a), Langs: [2]law.Lang{a.Lang, b.Lang}, Sample: act.Sample, Printed: i18n.Day(rd.now()),
		Short: s.frame.Origin + s.in(shortPath(path)),
	}
	for i, t := range texts {
		p.Heads[i] = page.Link{Href: s.in(editionPath(t.head.EditionKey)), Text: s.loc.InLanguage(t.head.Lang)}
		p.Source[i] = resolve(t.head.SourceURL, t.head.SourceURL)
	}
	ends := sheetEnds(rows)
	number = min(max(number, 1), len(ends))
	sheet := 1
	for i, row := range rows {
		if i >= ends[sheet-1] {
			sheet++
		}
		if row[0] == nil || row[1] == nil {
			p.Missing++
		}
		p.Contents = p.contents(row, sheet, number)
		if sheet == number {
			p.Rows = append(p.Rows, s.parallelRow(texts, row))
		}
	}
	for n := 1; len(ends) > 1 && n <= len(ends); n++ {
		p.Pager = append(p.Pager, page.Tab{Href: p.In(s.ui) + pageQuery(n), Text: strconv.Itoa(n), Current: n == number})
	}
	p.Layout.Title = s.loc.T("parallel.title", "act", p.Title.Text, "edition", p.Name, "languages", p.Heads[0].Text+" "+s.loc.T("and")+" "+p.Heads[1].Text)
	p.Description, p.Section, p.JSON = p.Layout.Title, "law", path+".json"
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Href: p.ActHref, Text: p.Title.Text, Lang: p.Title.Lang}, {Href: p.Heads[0].Href, Text: s.brief(a)}, {Text: s.loc.T("parallel.crumb")}}
	p.Query = trimQuery(pageQuery(number))
	return p
}

// sheetEnds are the rows at which pages end.
func sheetEnds(rows [][2]*law.Provision) []int {
	var out []int
	from := 0
	for i, row := range rows {
		if p := oneOfRow(row); i-from >= parallelRows && p.Kind == law.Article {
			out, from = append(out, i), i
		}
	}
	return append(out, len(rows))
}

func pageQuery(n int) string {
	if n <= 1 {
		return ""
	}
	return "?page=" + strconv.Itoa(n)
}

func trimQuery(q string) string {
	if q == "" {
		return ""
	}
	return q[1:]
}

func oneOfRow(row [2]*law.Provision) *law.Provision { return cmp.Or(row[0], row[1]) }

// contents adds a row to the list of articles by chapter.
func (p *ParallelPage) contents(row [2]*law.Provision, sheet, here int) []Chapter {
	u := oneOfRow(row)
	href := "#" + string(u.Address)
	if sheet != here {
		href = p.In(p.UI) + pageQuery(sheet) + href
	}
	switch h := headingOf(u); {
	case grand(u.Kind):
		return append(p.Contents, Chapter{ID: href, Text: h.text()})
	case u.Kind == law.Article:
		if len(p.Contents) == 0 {
			p.Contents = []Chapter{{}}
		}
		c := &p.Contents[len(p.Contents)-1]
		c.Articles = append(c.Articles, OutlineItem{ID: href, Number: h.Number, Text: cmp.Or(h.Title, h.text())})
	}
	return p.Contents
}

func (s *speaker) parallelRow(texts [2]*text, row [2]*law.Provision) ParallelRow {
	p := oneOfRow(row)
	out := ParallelRow{ID: string(p.Address), Kind: p.Kind, Level: level(p), Label: s.cite(p)}
	out.Number, _ = cut(p)
	for i, u := range row {
		if u == nil {
			continue
		}
		c := &ParallelCell{Lang: texts[i].head.Lang}
		if _, words := cut(u); grand(u.Kind) || u.Kind == law.Article {
			h := headingOf(u)
			c.Head, words = h.Before+h.Number+h.After, h.Title
			c.Spans = []Span{{Text: words}}
		} else {
			c.Spans = view{s, texts[i].head.SourceURL, gazette{}}.linked(words, u.Links)
		}
		out.Cells[i] = c
	}
	return out
}

// parallelText is the JSON twin.
type parallelText struct {
	Act      law.ActID           `json:"act"`
	Editions map[law.Lang]string `json:"editions"`
	Rows     []map[string]any    `json:"rows"`
}

// parallelJSON has a row an address: the text in each language, null where it
// has none.
func parallelJSON(act law.ActID, texts [2]*text, rows [][2]*law.Provision) parallelText {
	out := parallelText{Act: act, Editions: map[law.Lang]string{}}
	for _, t := range texts {
		out.Editions[t.head.Lang] = t.head.Version()
	}
	for _, row := range rows {
		p := oneOfRow(row)
		m := map[string]any{"address": p.Address, "kind": p.Kind}
		for i, u := range row {
			m[string(texts[i].head.Lang)] = nil
			if u != nil {
				m[string(texts[i].head.Lang)] = u.Text
			}
		}
		out.Rows = append(out.Rows, m)
	}
	return out
}
