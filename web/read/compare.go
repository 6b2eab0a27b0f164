package read

import (
	"bytes"
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/diffing/redline"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// ComparePage is two editions of an act and what differs.
type ComparePage struct {
	page.Layout
	Act        law.Act
	ActTitle   Phrase
	ActHref    string
	Requisites Phrase
	Short      string   // address, as short as it gets
	Lang       law.Lang // of the texts
	From, To   law.EditionHead
	FromName   string // short
	ToName     string
	FromHref   string
	ToHref     string
	Heading    string
	Summary    diffing.Summary
	WordsIn    int
	WordsOut   int
	Count      int // changes that are not technical
	Ribbon     *Ribbon
	View       string // "", "side", "before", "after"
	Tabs       page.Tabs
	Pager      []page.Tab
	First      int // numbers of the first and last change on the page; 0 where none has one
	Last       int
	List       []ItemGroup // of every page
	Points     *Points
	Steps      []Step
	Notes      []NoteChange
	Changed    bool // there is a change, shown or not
	Notices    []page.Notice
	Empty      page.Empty
	Tech       *Technical
	Refs       *References
	Norms      *Provenance
	Outcome    string // address of what became of the later text, where it is a proposal
	Cause      string // what brought the later edition, where it follows the earlier at once
	Others     []page.Link
	Sample     bool
	Printed    law.Date
}

// Tab is a view of a page, or one page of several.
type Tab = page.Tab

// NoteChange is an editorial note that came, went or changed.
type NoteChange struct {
	Sign  Sign
	At    string
	Spans []Span
}

// Compare shows what differs between the editions an address names.
func (rd *Reader) Compare(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	lang, asJSON := twin(r.PathValue("lang"))
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	a, b, err := rd.pair(s, act, all, r.PathValue("pair"), lang)
	if err != nil {
		return err
	}
	c, err := rd.texts.compare(r.Context(), a, b)
	if err != nil {
		return err
	}
	if asJSON {
		var b bytes.Buffer
		if err := redline.JSON(&b, c.result, meta(c.from.head), meta(c.to.head), r.URL.Query().Has("all")); err != nil {
			return err
		}
		page.Write(w, r, http.StatusOK, "application/json; charset=utf-8", page.Kept, b.Bytes())
		return nil
	}
	q := r.URL.Query()
	mode := q.Get("view")
	if mode != "side" && mode != "before" && mode != "after" {
		mode = ""
	}
	days, err := rd.gazette(r.Context())
	if err != nil {
		return err
	}
	number, _ := strconv.Atoi(q.Get("page")) // what is no number is the first page
	wr := writer{
		view: view{s, c.to.head.SourceURL, days}, c: c, mode: mode, hide: q.Get("technical") == "hide",
		path: comparePath(a, b), sheet: min(max(number, 1), c.sheets),
	}
	switch mode {
	case "before":
		wr.show = before
	case "after":
		wr.show = after
	}
	if sheet := c.sheetOf[q.Get("change")]; sheet > 0 && number == 0 {
		wr.sheet = sheet
	}
	if wr.talk, err = rd.talk(r.Context(), s, a, b); err != nil {
		return err
	}
	p := rd.comparePage(wr, act, all)
	more, err := rd.drafting(r.Context(), s, b)
	if err != nil {
		return err
	}
	p.Others = append(p.Others, more...)
	s.shareComparison(&p.Layout, c, q.Get("change"))
	return rd.pages.Render(w, r, http.StatusOK, wr.talk.cache(page.Kept), s.ui, "compare", p)
}

// period heads a comparison: the days in full, where they name both texts.
func (s *speaker) period(a, b law.EditionKey) string {
	if a.Status == law.Enacted && b.Status == law.Enacted && a.Revision == 0 && b.Revision == 0 {
		return s.loc.T("range", "from", s.loc.Date(a.Date), "to", s.loc.Date(b.Date))
	}
	return s.loc.T("range", "from", s.brief(a), "to", s.brief(b))
}

func meta(h law.EditionHead) redline.Meta {
	return redline.Meta{Ref: h.String(), Act: h.Act, Lang: h.Lang, Date: h.Date, Revision: h.Revision, Status: h.Status, Title: h.Title}
}

// pair reads «A...B» and a language into two editions that exist.
func (rd *Reader) pair(s *speaker, act law.Act, all editions, what, lang string) (a, b law.EditionKey, err error) {
	l, err := law.ParseLang(lang)
	if err != nil {
		return a, b, s.noLanguage(all, err)
	}
	left, right, ok := strings.Cut(what, "...")
	if !ok {
		return a, b, rd.noDate(s, act, all, what, errors.New("want A...B"))
	}
	if a, err = rd.edition(s, act, all, left, l); err != nil {
		return a, b, err
	}
	b, err = rd.edition(s, act, all, right, l)
	return a, b, err
}

// edition finds the edition of an act that a version string names.
func (rd *Reader) edition(s *speaker, act law.Act, all editions, version string, lang law.Lang) (law.EditionKey, error) {
	k, err := law.ParseVersion(version)
	if err != nil {
		return k, rd.noDate(s, act, all, version, err)
	}
	k.Act, k.Lang = act.ID, lang
	if _, ok := all.find(k); !ok {
		return k, rd.noEdition(s, all, k)
	}
	return k, nil
}

// CompareForm sends the picker's form to the address of the comparison. A
// choice may carry its language («2024-06-19:ru»).
func (rd *Reader) CompareForm(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	q := r.URL.Query()
	from, fromLang := choice(q, "from")
	to, toLang := choice(q, "to")
	if fromLang != toLang {
		return &page.Help{
			Err:   page.ErrLanguages,
			Label: s.loc.T("missing.editions_there"),
			Links: s.editionLinks(all.official()),
		}
	}
	lang, err := law.ParseLang(fromLang)
	if err != nil {
		lang = all.language(s.ui)
	}
	a, err := rd.edition(s, act, all, from, lang)
	if err != nil {
		return err
	}
	b, err := rd.edition(s, act, all, to, lang)
	if err != nil {
		return err
	}
	http.Redirect(w, r, s.in(comparePath(a, b)), http.StatusSeeOther)
	return nil
}

// choice reads an edition chosen in a form, and its language.
func choice(q url.Values, name string) (version, lang string) {
	version, lang, ok := strings.Cut(q.Get(name), ":")
	if !ok {
		lang = q.Get("lang")
	}
	return version, lang
}

func (rd *Reader) comparePage(w writer, act law.Act, all editions) ComparePage {
	s, c, path := w.speaker, w.c, w.path
	a, b := c.from.head.EditionKey, c.to.head.EditionKey
	p := ComparePage{
		Layout: rd.layout(s, path, c.from.head, c.to.head), Act: act, ActTitle: titled(act, s.ui), ActHref: s.in(actPath(act.ID)),
		Lang: a.Lang, From: c.from.head, To: c.to.head, FromName: s.brief(a), ToName: s.brief(b),
		FromHref: s.in(editionPath(a)), ToHref: s.in(editionPath(b)),
		Summary: c.result.Summary, WordsIn: c.wordsIn, WordsOut: c.wordsOut,
		Changed: len(c.list) > 0, View: w.mode, Sample: act.Sample, Printed: i18n.Day(rd.now()),
	}
	p.Steps, p.List, p.Pager = w.steps(), w.list(), w.pager()
	p.Points = s.points(act.ID, all, a, b)
	for _, ch := range c.list {
		if !ch.technical {
			p.Count++
		}
	}
	for _, st := range p.Steps {
		if st.Entry != nil && st.Entry.N > 0 {
			p.First, p.Last = cmp.Or(p.First, st.Entry.N), st.Entry.N
		}
	}
	ids := map[law.Address]string{}
	for _, ch := range c.list {
		if ch.technical {
			continue
		}
		for _, pair := range ch.pairs {
			for _, u := range []*law.Provision{first(pair.To).Article(), c.articles[first(pair.From).Article()], first(pair.From).Article()} {
				if u != nil && ids[u.Address] == "" {
					ids[u.Address] = entryID(ch)
				}
			}
		}
	}
	p.Ribbon = s.ribbon(barsOfBoth(c), lowRibbon, 0, func(u *law.Provision) string { return w.here(ids[u.Address]) })
	p.Tech = w.technical()
	if w.sheet == 1 {
		p.Refs, p.Norms = w.references(), w.provenance()
	}
	if w.sheet == c.sheets {
		p.Notes = w.noteChanges()
	}
	if prev, ok := all.before(b); ok && prev.EditionKey == a {
		p.Cause = c.to.head.Cause
	}
	p.Notices = w.notices(p.Norms)
	p.Empty = page.Empty{Text: s.loc.T("compare.none"), Links: []page.Link{{Href: p.ToHref, Text: s.loc.T("card.read")}, {Href: p.ActHref, Text: s.loc.T("compare.choose")}}}
	if a == b {
		p.Empty.Text = s.loc.T("compare.same_edition")
	}
	if b.Status != law.Enacted && a.Status != law.Proposed {
		x := trio{base: a, proposed: b}
		if h, ok := all.answer(b, a.Date); ok {
			x.enacted = h.EditionKey
		}
		p.Outcome = s.in(x.path())
	}
	p.Requisites, p.Short = requisites(act, s.ui), s.frame.Origin+s.in(shortPath(comparePath(a, b)))
	p.Heading = s.period(a, b)
	p.Title = s.loc.T("compare.title", "act", p.ActTitle.Text, "from", p.FromName, "to", p.ToName)
	if w.sheet > 1 {
		p.Title += ", " + s.loc.T("pager.page", "n", w.sheet)
	}
	p.Description = s.loc.N("compare.count", p.Count)
	p.Section, p.JSON = "changes", path+".json"
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Href: p.ActHref, Text: p.ActTitle.Text, Lang: p.ActTitle.Lang}, {Text: s.loc.T("compare.crumb")}}
	p.Query = strings.TrimPrefix(compareQuery(w.mode, w.hide, w.sheet), "?")
	p.Tabs.Label = s.loc.T("compare.views")
	for _, t := range []struct{ mode, key string }{{"", "view.inline"}, {"side", "view.side"}, {"before", "view.before"}, {"after", "view.after"}} {
		p.Tabs.List = append(p.Tabs.List, page.Tab{Href: s.in(path) + compareQuery(t.mode, w.hide, w.sheet), Text: s.loc.T(t.key), Current: t.mode == w.mode})
	}
	p.Others = s.sameIn(all, a, b)
	return p
}

// notices are what must be known before the changes are read.
func (w writer) notices(norms *Provenance) []page.Notice {
	var out []page.Notice
	a, b := w.c.from.head.EditionKey, w.c.to.head.EditionKey
	if why := w.warning(w.c.result.Warning); why != "" {
		out = append(out, page.Notice{Kind: "warning", Title: why})
	}
	if b.Date < a.Date && a.Status == b.Status {
		out = append(out, page.Notice{Title: w.loc.T("backward.text"), Links: []page.Link{{Href: w.in(comparePath(b, a)), Text: w.loc.T("backward.turn")}}})
	}
	if norms != nil && norms.OverHalf {
		out = append(out, page.Notice{Kind: "overhalf", Title: w.loc.T("norms.over", "share", norms.Share), Texts: []string{w.loc.T("norms.over_law")}})
	}
	return out
}

// sameIn offers the comparison in the other languages that have both editions.
func (s *speaker) sameIn(all editions, a, b law.EditionKey) []page.Link {
	var out []page.Link
	for _, l := range all.langs() {
		x, y := a, b
		x.Lang, y.Lang = l, l
		_, okx := all.find(x)
		_, oky := all.find(y)
		if l != a.Lang && okx && oky {
			out = append(out,
				page.Link{Href: s.in(comparePath(x, y)), Text: s.loc.T("compare.in", "language", s.loc.InLanguage(l))},
				page.Link{Href: s.in(withPath(comparePath(a, b), l)), Text: s.loc.T("parallel.link", "language", s.loc.InLanguage(l))})
		}
	}
	return out
}

func (w writer) noteChanges() []NoteChange {
	var out []NoteChange
	for _, p := range w.c.notes {
		n := NoteChange{Spans: spans(p, w.show)}
		at := ""
		if p.To != nil && p.To.Note != nil {
			at = w.placeName(w.c.to, p.To.Note.Address)
		} else if p.From != nil && p.From.Note != nil {
			at = w.placeName(w.c.from, p.From.Note.Address)
		}
		n.At = at
		switch p.Kind {
		case diffing.Inserted:
			n.Sign = Sign{"inserted", w.loc.T("kind.inserted")}
		case diffing.Deleted:
			n.Sign = Sign{"deleted", w.loc.T("kind.deleted")}
		default:
			n.Sign = Sign{"edited", w.loc.T("kind.edited")}
		}
		out = append(out, n)
	}
	return out
}

func (w writer) placeName(t *text, a law.Address) string {
	if p := t.places[a]; p != nil {
		return w.cite(p)
	}
	return ""
}
