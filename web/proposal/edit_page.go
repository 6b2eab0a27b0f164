package proposal

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/drafting/edit"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// EditPage is the editor: the provisions that were chosen, each as text with its
// redline, and what can be done with them.
type EditPage struct {
	people.Frame
	Tabs     *page.Tabs
	Action   string
	Key      string // of what the browser keeps
	Saved    int
	Parent   int
	Done     bool
	SignIn   string
	Merge    string // where a newer version is joined with the draft; "" where there is none
	Base     read.Phrase
	BaseHref string
	Langs    []LangChoice
	Find     page.Field
	Found    []Found
	More     int // found beyond those that are shown
	None     bool
	Articles []page.Option
	Rows     []Row
	Hidden   int // rows that do not fit on the page
	Changes  []ChangeLine
	Alone    []string // what is changed in one language only
	Note     page.Field
	Kept     bool   // there is a draft
	DropHref string // where it is thrown away
	TextHref string // where a file with a whole text is sent
}

// LangChoice is a language to work in.
type LangChoice struct {
	Lang law.Lang
	Name string
	On   bool
}

// Found is a provision that a search has found.
type Found struct {
	At    law.Address
	Label string
	Text  string
	Lang  law.Lang
}

// ChangeLine is a change of the draft in the list of all.
type ChangeLine struct{ At, Label, Word string }

// Row is a provision that is worked on.
type Row struct {
	At     law.Address
	ID     string
	Label  string
	Word   string // what is changed
	Gone   bool   // the draft takes it out: Cells have no fields
	Cells  []Cell
	Fault  string // why an operation was not done
	Open   bool   // the operations are shown
	Places []page.Option
	Inputs []Input // of a new unit
	Number string
	To     string
	Sides  []page.Option
	As     string
	Cut    bool // it can be split
	Why    *Why
	Talk   *page.Link
}

// Cell is a provision in a language.
type Cell struct {
	Lang     law.Lang
	Name     string // of the field
	Sum      string
	SumName  string
	Text     string
	Rows     int
	Spans    []read.Span
	Base     string // what the redline is made against
	Live     bool   // the script may make it
	Error    string
	Take     string // name of the choice where another page has changed it
	Stands   string // what the draft has instead of Text
	Missing  bool
	LangName string
}

// Input is a field for the words of a new unit.
type Input struct {
	Lang     law.Lang
	LangName string
	Name     string
	Value    string
}

// Why is the reason of a change.
type Why struct {
	Open    bool
	Fields  []WhyField
	Sources WhyField
}

// WhyField is a part of it.
type WhyField struct {
	Name, SumName, Sum, Label, Value, Error string
	Lang                                    law.Lang
}

// mostRows and mostLetters bound a page of the editor: a form that is sent whole
// must fit into a request.
const (
	mostRows    = 60
	mostLetters = 60_000
	firstRows   = 20 // of the draft's changes, where nothing was chosen
)

// compared is what the draft changes in a language.
type compared struct {
	doc     *law.Document
	result  *diffing.Result
	changes []edit.Change
	pairs   map[law.Address]*diffing.Pair // by where they stand
	gone    map[law.Address]*diffing.Pair // by where they stood
}

func (e *editor) compare(r *http.Request, lang law.Lang) (*compared, error) {
	c := &compared{pairs: map[law.Address]*diffing.Pair{}, gone: map[law.Address]*diffing.Pair{}}
	var err error
	if c.doc, err = e.ps.doc(r.Context(), e.v, e.w, lang); err != nil {
		return nil, err
	}
	if c.result, c.changes, err = e.ps.changes(r.Context(), e.v, e.w, lang); err != nil || c.result == nil {
		return c, err
	}
	for i := range c.result.Pairs {
		p := &c.result.Pairs[i]
		switch {
		case p.Note:
		case p.To != nil:
			for _, x := range p.To.Provisions {
				c.pairs[x.Address] = p
			}
		default:
			c.gone[p.From.Provisions[0].Address] = p
		}
	}
	for _, x := range c.changes {
		if x.Pair.Excludes() {
			c.pairs[x.At] = x.Pair
		}
	}
	return c, nil
}

func (e *editor) show(w http.ResponseWriter, r *http.Request, status int) error {
	p := EditPage{Action: e.v.at("/edit"), TextHref: e.v.at("/text"), DropHref: e.v.at("/discard"), Saved: e.w.Saved, Parent: e.w.Parent, Done: e.done, Kept: e.w.kept, SignIn: "/" + string(e.v.ui) + "/sign-in",
		Key: sum(string(e.v.who.Person.ID) + e.v.at(""))}
	p.Frame, p.Tabs = e.ps.frame(r, e.v, "/edit")
	p.Lead = e.v.loc.T("prop.edit_lead")
	p.Notices = append(p.Notices, e.notices...)
	if e.unfinished() {
		p.Merge = e.v.at("/merge")
	}
	act, err := e.ps.Store.Act(r.Context(), e.v.Base.Act)
	if err != nil {
		return err
	}
	p.Base = read.Said(act.Titles, e.v.ui)
	p.BaseHref = "/" + string(e.v.ui) + read.PlacePath(e.v.Base, "")
	for _, lang := range e.w.langs {
		p.Langs = append(p.Langs, LangChoice{lang, i18n.Own(lang), slices.Contains(e.langs, lang)})
	}
	all := map[law.Lang]*compared{}
	for _, lang := range e.langs {
		if all[lang], err = e.compare(r, lang); err != nil {
			return err
		}
	}
	first := all[e.langs[0]]
	e.find(&p, first)
	for _, a := range first.doc.Provisions {
		if a.Kind == law.Article {
			p.Articles = append(p.Articles, page.Option{Value: string(a.Address), Text: page.Clip(a.Text, 80), Lang: first.doc.Lang})
		}
	}
	return e.rows(w, r, status, &p, all)
}

// rows fills in the provisions and the list of changes.
func (e *editor) rows(w http.ResponseWriter, r *http.Request, status int, p *EditPage, all map[law.Lang]*compared) error {
	first := all[e.langs[0]]
	byKey := map[law.Address]*edit.Change{} // by row
	for _, lang := range e.langs {
		for i := range all[lang].changes {
			c := &all[lang].changes[i]
			at := c.At
			if at == "" {
				at = "-" + c.Was
			}
			if byKey[at] == nil {
				byKey[at] = c
				p.Changes = append(p.Changes, ChangeLine{At: string(at), Label: e.label(c), Word: e.word(c)})
			}
		}
	}
	rows := slices.Clone(e.at)
	if len(e.f["at"]) == 0 && len(rows) == 0 {
		for i, c := range p.Changes {
			if i < firstRows {
				rows = append(rows, law.Address(c.At))
			}
		}
	}
	for _, t := range e.w.Typed { // what waits is always shown
		if !slices.Contains(rows, t.Address) {
			rows = append(rows, t.Address)
		}
	}
	slices.SortStableFunc(rows, func(a, b law.Address) int { return cmp.Compare(place(first, a), place(first, b)) })
	comments, err := e.ps.Store.TeamComments(r.Context(), e.v.org(), e.v.ID)
	if err != nil {
		return err
	}
	letters := 0
	for _, at := range rows {
		row := e.row(at, all, byKey[at], comments)
		for _, c := range row.Cells {
			letters += utf8.RuneCountInString(c.Text)
		}
		if len(p.Rows) == mostRows || letters > mostLetters && len(p.Rows) > 0 {
			p.Hidden++
			continue
		}
		p.Rows = append(p.Rows, row)
	}
	p.Alone = e.alone(all)
	p.Note = page.Field{ID: "note", Name: "note", Label: e.v.loc.T("prop.note"), Hint: e.v.loc.T("prop.note_hint"), Value: e.f.Get("note")}
	return e.ps.render(w, r, status, "proposal_edit", p)
}

// place is where a row stands on the page: in the order of the text, what is gone
// before what stands there now.
func place(c *compared, at law.Address) int {
	if p := c.doc.Find(at); p != nil {
		return 2*p.Index + 1
	}
	was, gone := strings.CutPrefix(string(at), "-")
	if pair := c.gone[law.Address(was)]; gone && pair != nil {
		for i := range c.result.Pairs {
			if &c.result.Pairs[i] != pair {
				continue
			}
			for _, next := range c.result.Pairs[i:] {
				if next.To != nil && !next.Note {
					return 2 * next.To.Provisions[0].Index
				}
			}
		}
	}
	return 2 * len(c.doc.Provisions)
}

// label cites the provision of a change.
func (e *editor) label(c *edit.Change) string {
	side := c.Pair.To
	if side == nil {
		side = c.Pair.From
	}
	return side.Provisions[0].Cite().In(e.v.ui)
}

// word is what a change does.
func (e *editor) word(c *edit.Change) string {
	loc := e.v.loc
	switch {
	case c.Pair.Kind == diffing.Inserted:
		return loc.T("kind.inserted")
	case c.Pair.Kind == diffing.Deleted, c.Pair.Excludes():
		return loc.T("kind.deleted")
	case c.Pair.Moved:
		return loc.T("kind.moved")
	}
	return loc.T("kind.edited")
}

// alone are the changes that one of two languages has and the other has not.
func (e *editor) alone(all map[law.Lang]*compared) (out []string) {
	if len(e.langs) < 2 {
		return nil
	}
	for i, lang := range e.langs {
		other := all[e.langs[1-min(i, 1)]]
		has := map[dossiers.Change]bool{}
		for k := range other.changes {
			has[changeOf(&other.changes[k])] = true
		}
		for k := range all[lang].changes {
			if c := &all[lang].changes[k]; !has[changeOf(c)] {
				out = append(out, e.v.loc.T("prop.alone", "lang", e.v.loc.Language(lang), "unit", e.label(c)))
			}
		}
	}
	return out
}

// rowsFor is how high a field is for a text.
func rowsFor(text string, langs int) int {
	wide := 64
	if langs > 1 {
		wide = 44
	}
	n := 1
	for line := range strings.SplitSeq(text, "\n") {
		n += 1 + utf8.RuneCountInString(line)/wide
	}
	return min(max(n, 3), 16)
}
