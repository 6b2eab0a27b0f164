package read

import (
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// ParallelComparePage is what changed between two editions, in two languages: a
// change of the one beside the change of the other at the same address.
type ParallelComparePage struct {
	page.Layout
	ActTitle   Phrase
	Requisites Phrase
	ActHref    string
	Heading    string
	Heads      [2]page.Link // the comparison in each language
	Rows       []ParallelChange
	Count      int // rows
	Lone       int // changes of one language only
	Pager      []page.Tab
	Empty      page.Empty
	Sample     bool
	Printed    law.Date
	Short      string
}

// ParallelChange is a place that changed in one of the texts or in both.
type ParallelChange struct {
	ID      string
	Entry   *Entry // names the row
	Changes [2]*Entry
	Quiet   [2][]Span // the text where it did not change; nil where there is none
	Langs   [2]law.Lang
}

// ParallelCompare shows a comparison in two languages.
func (rd *Reader) ParallelCompare(w http.ResponseWriter, r *http.Request) error {
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
	a, b, err := rd.pair(s, act, all, r.PathValue("pair"), string(langs[0]))
	if err != nil {
		return err
	}
	if langs[0] == langs[1] {
		http.Redirect(w, r, s.in(comparePath(a, b)), http.StatusFound)
		return nil
	}
	days, err := rd.gazette(r.Context())
	if err != nil {
		return err
	}
	var ws [2]writer
	for i, l := range langs {
		x, err := rd.beside(s, all, a, l)
		if err != nil {
			return err
		}
		y, err := rd.beside(s, all, b, l)
		if err != nil {
			return err
		}
		c, err := rd.texts.compare(r.Context(), x, y)
		if err != nil {
			return err
		}
		ws[i] = writer{view: view{s, c.to.head.SourceURL, days}, c: c, path: comparePath(x, y)}
	}
	lists, rows := changesBeside(ws)
	if asJSON {
		return page.WriteJSON(w, r, http.StatusOK, page.Kept, parallelComparisonJSON(act.ID, ws, lists, rows))
	}
	number, _ := strconv.Atoi(r.URL.Query().Get("page"))
	return rd.pages.Render(w, r, http.StatusOK, page.Kept, s.ui, "parallel_compare", rd.parallelComparePage(s, act, ws, lists, rows, number))
}

// changesBeside are the changes of each language but technical ones, and which
// of them stand in a row: -1 where a language has none.
func changesBeside(ws [2]writer) (lists [2][]*change, rows [][2]int) {
	var keys [2][]string
	for i, w := range ws {
		for _, ch := range w.c.list {
			if !ch.technical {
				lists[i], keys[i] = append(lists[i], ch), append(keys[i], entryID(ch))
			}
		}
	}
	return lists, interleave(keys[0], keys[1])
}

func (rd *Reader) parallelComparePage(s *speaker, act law.Act, ws [2]writer, lists [2][]*change, rows [][2]int, number int) ParallelComparePage {
	a, b := ws[0].c.from.head.EditionKey, ws[0].c.to.head.EditionKey
	path := withPath(comparePath(a, b), ws[1].c.to.head.Lang)
	p := ParallelComparePage{
		Layout: rd.layout(s, path, ws[0].c.from.head, ws[0].c.to.head, ws[1].c.from.head, ws[1].c.to.head), ActTitle: titled(act, s.ui), Requisites: requisites(act, s.ui), ActHref: s.in(actPath(act.ID)),
		Heading: s.period(a, b), Count: len(rows),
		Sample: act.Sample, Printed: i18n.Day(rd.now()), Short: s.frame.Origin + s.in(shortPath(path)),
	}
	sheets := max(1, (len(rows)+sheetSize-1)/sheetSize)
	number = min(max(number, 1), sheets)
	for i, row := range rows {
		if row[0] < 0 || row[1] < 0 {
			p.Lone++
		}
		if i/sheetSize+1 == number {
			p.Rows = append(p.Rows, parallelChange(ws, lists, row))
		}
	}
	for n := 1; sheets > 1 && n <= sheets; n++ {
		p.Pager = append(p.Pager, page.Tab{Href: p.In(s.ui) + pageQuery(n), Text: strconv.Itoa(n), Current: n == number})
	}
	for i, w := range ws {
		p.Heads[i] = page.Link{Href: s.in(w.path), Text: s.loc.T("compare.in", "language", s.loc.InLanguage(w.c.to.head.Lang))}
	}
	p.Empty = page.Empty{Text: s.loc.T("compare.none"), Links: []page.Link{{Href: p.ActHref, Text: s.loc.T("compare.choose")}}}
	p.Title = s.loc.T("compare.title", "act", p.ActTitle.Text, "from", s.brief(a), "to", s.brief(b)) + ", " + s.loc.T("parallel.crumb")
	p.Description, p.Section, p.JSON = s.loc.N("compare.count", p.Count), "changes", path+".json"
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Href: p.ActHref, Text: p.ActTitle.Text, Lang: p.ActTitle.Lang}, {Href: s.in(ws[0].path), Text: s.loc.T("compare.crumb")}, {Text: s.loc.T("parallel.crumb")}}
	p.Query = trimQuery(pageQuery(number))
	return p
}

func parallelChange(ws [2]writer, lists [2][]*change, row [2]int) ParallelChange {
	var out ParallelChange
	for i, n := range row {
		out.Langs[i] = ws[i].c.to.head.Lang
		if n >= 0 {
			out.Changes[i] = ws[i].entry(lists[i][n])
			out.Changes[i].Folded = false
			if out.Entry == nil {
				out.Entry, out.ID = out.Changes[i], out.Changes[i].ID
			}
		}
	}
	for i, n := range row {
		if n < 0 {
			out.Quiet[i] = ws[i].untouched(lists[1-i][row[1-i]])
		}
	}
	return out
}

// untouched is what this text has at the place of a change of the other one.
func (w writer) untouched(ch *change) []Span {
	p := first(ch.pairs[0].To)
	t := w.c.to
	if p == nil {
		p, t = first(ch.pairs[0].From), w.c.from
	}
	if own := t.places[p.Address]; own != nil {
		return []Span{{Text: own.Text}}
	}
	return nil
}
