package read

import (
	"context"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// OutcomePage is what was, what was proposed and what was enacted, side by side.
type OutcomePage struct {
	page.Layout
	ActTitle Phrase
	ActHref  string
	Lang     law.Lang // of the texts
	Heading  string
	Verdict  string // «принято 3 из 5»
	Pending  bool
	Answer   string // address of the outcome with what was enacted since, while pending
	Older    bool   // the enacted text was there before the proposal
	Compare  []page.Link
	Others   []page.Link // the same in another language of texts
	Board    []Score
	All      Score // every status
	Squares  []Square
	Items    []OutcomeItem
	Pager    []page.Tab
	Unasked  []*Entry
	Asked    bool // items are shown, not the unasked changes alone
	Picker   OutcomePicker
	Sample   bool
	Printed  law.Date
}

// Score is how many changes share a status, and leads to them.
type Score struct {
	Status, Text string
	Count        int
	Href         string // "" where there are none
	Current      bool
}

// Square is a proposed change in small.
type Square struct {
	N                  int
	Href, Status, Text string
}

// OutcomePicker chooses the texts of an outcome. It is a form.
type OutcomePicker struct {
	Action                  string
	Lang                    law.Lang
	Base, Proposed, Enacted []Choice
}

const (
	// itemsShown is how many changes stand on a page: a draft that rewrites a code
	// has a thousand, in three columns.
	itemsShown = 200
	// squaresShown is up to how many changes are drawn as squares.
	squaresShown = 120
)

var statuses = [...]diffing.OutcomeStatus{
	diffing.Adopted, diffing.AdoptedChanged, diffing.Partly, diffing.Rejected, diffing.Opposite, diffing.Unclear, diffing.Pending,
}

func (s *speaker) status(st diffing.OutcomeStatus) string {
	switch st {
	case diffing.Adopted:
		return s.loc.T("status.adopted")
	case diffing.AdoptedChanged:
		return s.loc.T("status.adopted_changed")
	case diffing.Partly:
		return s.loc.T("status.partly")
	case diffing.Rejected:
		return s.loc.T("status.rejected")
	case diffing.Opposite:
		return s.loc.T("status.opposite")
	case diffing.Unclear:
		return s.loc.T("status.unclear")
	}
	return s.loc.T("status.pending")
}

// unasked is the filter that shows only what nobody proposed.
const unasked = "unasked"

// outcomeView writes an outcome for readers of one interface language.
type outcomeView struct {
	writer // of base → enacted; its comparison is nil while pending
	x      trio
	o      *outcome
	basis  map[law.Address]*change // by address in the enacted text
}

func (rd *Reader) outcomePage(ctx context.Context, s *speaker, act law.Act, all editions, x trio, o *outcome, filter string, number int) (OutcomePage, error) {
	path := x.path()
	p := OutcomePage{
		Layout: rd.layout(s, path, o.heads()...), ActTitle: titled(act, s.ui), ActHref: s.in(actPath(act.ID)), Lang: x.base.Lang,
		Heading: capital(s.edition(x.proposed)), Pending: x.pending(), Older: !x.pending() && x.enacted.Date < x.proposed.Date,
		Picker: s.outcomePicker(act, all, x), Sample: act.Sample, Printed: i18n.Day(rd.now()),
	}
	days, err := rd.gazette(ctx)
	if err != nil {
		return p, err
	}
	v := outcomeView{writer: writer{view: view{speaker: s, days: days}}, x: x, o: o, basis: map[law.Address]*change{}}
	if !p.Pending {
		c, err := rd.texts.compare(ctx, x.base, x.enacted)
		if err != nil {
			return p, err
		}
		v.c, v.source, v.path = c, c.to.head.SourceURL, comparePath(x.base, x.enacted)
		for _, ch := range c.list {
			for _, pair := range ch.pairs {
				if t := first(pair.To); t != nil {
					v.basis[t.Address] = ch
				}
			}
		}
	}
	if h, ok := all.answer(x.proposed, x.base.Date); ok && p.Pending {
		p.Answer = s.in(outcomePath(x.base, x.proposed, h.EditionKey))
	}
	v.scores(&p, path, filter)
	var items []int // that the filter lets through
	for i := range o.result.Items {
		it := &o.result.Items[i]
		if len(o.result.Items) <= squaresShown {
			p.Squares = append(p.Squares, Square{i + 1, s.in(path) + "#" + itemID(it), string(it.Told()), s.status(it.Told())})
		}
		if filter == "" || filter == string(it.Told()) {
			items = append(items, i)
		}
	}
	pages := max(1, (len(items)+itemsShown-1)/itemsShown)
	number = min(max(number, 1), pages)
	for i := 1; pages > 1 && i <= pages; i++ {
		p.Pager = append(p.Pager, page.Tab{Href: s.in(path) + outcomeQuery(filter, i), Text: strconv.Itoa(i), Current: i == number})
	}
	for _, i := range items[(number-1)*itemsShown : min(number*itemsShown, len(items))] {
		p.Items = append(p.Items, v.item(i))
	}
	p.Asked = filter != unasked
	if !p.Pending && (filter == "" || filter == unasked) && number == pages {
		p.Unasked = v.unasked()
	}
	p.Verdict = s.verdict(x, o)
	p.Compare = append(p.Compare, page.Link{Href: s.in(comparePath(x.base, x.proposed)), Text: s.loc.T("outcome.compare_proposed")})
	if !p.Pending {
		p.Compare = append(p.Compare, page.Link{Href: s.in(comparePath(x.base, x.enacted)), Text: s.loc.T("outcome.compare_enacted")})
	}
	p.Others = s.outcomeIn(all, x)
	p.Layout.Title = s.loc.T("outcome.title", "act", p.ActTitle.Text, "proposal", s.edition(x.proposed))
	p.Description, p.Section, p.JSON = p.Heading+": "+p.Verdict, "changes", path+".json"
	if q := outcomeQuery(filter, number); q != "" {
		p.Query = q[1:]
	}
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Href: p.ActHref, Text: p.ActTitle.Text, Lang: p.ActTitle.Lang}, {Text: s.loc.T("outcome.crumb")}}
	return p, nil
}

// verdict says what became of a proposal in a line.
func (s *speaker) verdict(x trio, o *outcome) string {
	if x.pending() {
		return s.loc.T("status.pending")
	}
	return s.loc.T("outcome.verdict", "n", s.loc.Number(o.result.Told()[diffing.Adopted]), "all", s.loc.Number(len(o.result.Items)))
}

// outcomeQuery is the part of the address that says what is shown.
func outcomeQuery(filter string, number int) string {
	q := ""
	if filter != "" {
		q = "?status=" + filter
	}
	if number > 1 {
		if q == "" {
			return "?page=" + strconv.Itoa(number)
		}
		q += "&page=" + strconv.Itoa(number)
	}
	return q
}

// outcomeFilter is a status, or unasked; anything else filters nothing.
func outcomeFilter(q string) string {
	for _, st := range statuses {
		if q == string(st) {
			return q
		}
	}
	if q == unasked {
		return q
	}
	return ""
}

// scores fills the board.
func (v outcomeView) scores(p *OutcomePage, path, filter string) {
	r := v.o.result
	told := r.Told()
	add := func(status, text string, n int) {
		sc := Score{Status: status, Text: text, Count: n, Current: status == filter}
		if n > 0 {
			sc.Href = v.in(path) + outcomeQuery(status, 1)
		}
		p.Board = append(p.Board, sc)
	}
	for _, st := range statuses {
		if (st == diffing.Pending) == p.Pending {
			add(string(st), v.status(st), told[st])
		}
	}
	if !p.Pending {
		add(unasked, v.loc.T("status.unasked"), len(v.unaskedChanges()))
	}
	p.All = Score{Text: v.loc.T("outcome.all"), Count: len(r.Items), Href: v.in(path), Current: filter == ""}
}

// outcomeIn offers the outcome in the other languages that have all its texts.
func (s *speaker) outcomeIn(all editions, x trio) []page.Link {
	var out []page.Link
	for _, l := range all.langs() {
		if l == x.base.Lang {
			continue
		}
		y, there := x, true
		keys := []*law.EditionKey{&y.base, &y.proposed}
		if !x.pending() {
			keys = append(keys, &y.enacted)
		}
		for _, k := range keys {
			k.Lang = l
			_, ok := all.find(*k)
			there = there && ok
		}
		if there {
			out = append(out, page.Link{Href: s.in(y.path()), Text: s.loc.InLanguage(l)})
		}
	}
	return out
}

// outcomePicker offers every text that can stand in each place, newest first.
func (s *speaker) outcomePicker(act law.Act, all editions, x trio) OutcomePicker {
	p := OutcomePicker{Action: s.in(actPath(act.ID) + "/outcome"), Lang: x.base.Lang}
	list := all.in(x.base.Lang)
	for i := len(list) - 1; i >= 0; i-- {
		k := list[i].EditionKey
		c := Choice{Value: k.Version(), Text: s.edition(k)}
		if k.Status != law.Proposed {
			c.Current = k == x.base
			p.Base = append(p.Base, c)
			c.Current = k == x.enacted
			p.Enacted = append(p.Enacted, c)
		}
		if k.Status != law.Enacted {
			c.Current = k == x.proposed
			p.Proposed = append(p.Proposed, c)
		}
	}
	return p
}

// capital is s with its first letter as a capital.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
