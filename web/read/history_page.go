package read

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// sheetLines is about how many lines of law a page of history holds; its last
// wording may pass it.
const sheetLines = 400

// historian writes the history of a unit for readers of one interface language.
type historian struct {
	view
	law   law.Act
	list  editions
	lines *diffing.Lineages
	times *law.Timeline
	unit  diffing.UnitHistory
	asked int // edition
	want  law.Address
	here  law.Citation // of the unit in that edition
	today law.Date
}

// WordingView is a wording of a unit: when it stood, what brought it, what was new
// in it.
type WordingView struct {
	ID        string
	Period    string // the editions it stood in
	Kind      string // chooses the sign
	Signs     []Sign
	Technical bool
	Pieces    []Piece
	Acts      []ActView // without their days, which are in Force
	Force     []ForceNote
	Here      string // its place in the text of its first edition
	Diff      string // the comparison of its edition with the one before
	Cite      string // how to quote it
	Lang      law.Lang
}

// WordingRow is a wording in the list of all.
type WordingRow struct {
	Place
	Signs []Sign
	Since []string
}

// pastOf is the address of the history of a provision of an edition.
func (s *speaker) pastOf(k law.EditionKey, a law.Address) string {
	return s.in(historyPath(k, a)) + "?edition=" + k.Version()
}

// citeAt is the citation of what stands at an address, in full.
func (s *speaker) citeAt(c law.Citation, a law.Address) string { return c.Label(a).In(s.ui) }

// place leads to a provision in the text of an edition.
func (v *historian) place(edition int, c law.Citation, a law.Address) Place {
	return Place{v.in(at(editionPath(v.list[edition].EditionKey), a)), v.citeAt(c, a)}
}

// about tells what the head of the page says, and what stands at its foot.
func (v *historian) about(p *HistoryPage) {
	p.Heading, p.Editions = capital(v.citeAt(v.here, v.want)), len(v.list)
	last := v.unit.Wordings[len(v.unit.Wordings)-1]
	p.Read = v.place(last.Last, last.Citation, last.Address).Href
	if e := v.unit.Ended; e != nil {
		k := v.list[e.Edition].EditionKey
		p.Ended = &Ended{
			Text: v.loc.T("history.ended", "date", v.loc.Date(k.Date), "dateof", v.loc.DateOf(k.Date)),
			Href: v.in(editionPath(k)), Stead: e.Placeholder,
		}
		if e.Placeholder == "" {
			v.source = v.list[e.Edition].SourceURL
			p.Ended.Basis = v.actsOf(e.Acts)
		}
	}
	grandUnit := grand(v.here[len(v.here)-1].Kind)
	for _, x := range v.holding().Inside() {
		if !grandUnit || x.Citation[len(x.Citation)-1].Kind == law.Article {
			p.Inside = append(p.Inside, Inside{Place{v.pastOf(v.list[v.asked].EditionKey, x.Address), v.citeAt(x.Citation, x.Address)}, x.Wordings})
		}
	}
}

// article is the article a unit stands in, nil where it is none of an article.
func (v *historian) article() *Place {
	top, _, below := strings.Cut(string(v.want), "__")
	if !below || v.here[0].Kind != law.Article {
		return nil
	}
	a := law.Address(top)
	return &Place{v.pastOf(v.list[v.asked].EditionKey, a), v.citeAt(v.here[:1], a)}
}

// sheets parts the wordings into pages, lists them all, and returns those of the
// page that is asked for.
func (v *historian) sheets(p *HistoryPage, ask past) (from, to int) {
	var starts []int
	weight := sheetLines
	for n := range v.unit.Wordings {
		w := &v.unit.Wordings[n]
		if weight >= sheetLines {
			starts, weight = append(starts, n), 0
		}
		weight += min(w.Len(), w.Changed()+2*foldEnds)
	}
	number := min(max(ask.page, 1), len(starts))
	path := v.in(historyPath(v.list[v.asked].EditionKey, v.want))
	for i := range starts {
		if len(starts) == 1 {
			break
		}
		t := Tab{Href: path + ask.query(i+1), Text: strconv.Itoa(i + 1), Current: i+1 == number}
		switch i + 1 {
		case number - 1:
			t.Rel = "prev"
		case number + 1:
			t.Rel = "next"
		}
		p.Pager = append(p.Pager, t)
	}
	if ask.blame {
		p.Pager = nil
	}
	starts = append(starts, len(v.unit.Wordings))
	for n := 0; n < len(v.unit.Wordings) && len(v.unit.Wordings) > 1; n++ {
		sheet := 1
		for starts[sheet] <= n {
			sheet++
		}
		href := "#" + v.id(n)
		if plain := (past{version: ask.version}); sheet != number || ask.blame || ask.with != "" {
			href = path + plain.query(sheet) + href
		}
		p.Index = append(p.Index, v.row(n, href))
	}
	return starts[number-1], starts[number]
}

// until is the first edition after the wordings before n, "" where there is none.
func (v *historian) until(n int) law.Date {
	if n == len(v.unit.Wordings) {
		return ""
	}
	return v.list[v.unit.Wordings[n].First].Date
}

func (v *historian) id(n int) string { return "w-" + v.list[v.unit.Wordings[n].First].Version() }

func (v *historian) row(n int, href string) WordingRow {
	w := &v.unit.Wordings[n]
	lines := w.Lines()
	row := WordingRow{Place: Place{href, capital(v.edition(v.list[w.First].EditionKey))}, Signs: v.signs(n, lines)}
	for _, f := range v.force(w, lines) {
		if since := cmp.Or(f.Since, f.Until, f.Phrase); since != "" && !slices.Contains(row.Since, since) {
			row.Since = append(row.Since, since)
		}
		if w.First == 0 && f.Units == "" {
			break // what follows are exceptions
		}
	}
	return row
}

// wording lays out one wording.
func (v *historian) wording(n int) *WordingView {
	w := &v.unit.Wordings[n]
	head := v.list[w.First]
	key := head.EditionKey
	v.source = head.SourceURL
	lines := w.Lines()
	out := &WordingView{
		ID: v.id(n), Period: capital(v.period(w)), Kind: v.kind(n, lines), Signs: v.signs(n, lines), Technical: technical(lines),
		Pieces: v.pieces(w, lines), Acts: v.acts(lines), Force: v.force(w, lines), Lang: key.Lang,
		Here: v.place(w.First, w.Citation, w.Address).Href, Cite: v.in(citePath(key)) + "?at=" + url.QueryEscape(string(w.Address)),
	}
	if w.First > 0 {
		out.Diff = v.in(comparePath(v.list[w.First-1].EditionKey, key))
	}
	return out
}

// period says in which editions a wording stood.
func (v *historian) period(w *diffing.UnitWording) string {
	first, last := v.list[w.First].EditionKey, v.list[w.Last].EditionKey
	switch {
	case w.First == w.Last:
		return v.edition(v.list[w.First].EditionKey)
	case w.Last == len(v.list)-1:
		return v.loc.T("history.since", "date", v.loc.Date(first.Date), "dateof", v.loc.DateOf(first.Date))
	}
	return v.loc.T("history.editions", "from", v.brief(first), "to", v.brief(last))
}

// acts are those that brought what is new in a wording.
func (v *historian) acts(lines []diffing.UnitLine) []ActView {
	var all []law.NoteAct
	seen := map[string]bool{}
	for i := range lines {
		if lines[i].Unchanged() {
			continue
		}
		for _, a := range lines[i].Acts {
			if a.Number != "" && !seen[a.Number] {
				seen[a.Number] = true
				all = append(all, a)
			}
		}
	}
	out := v.actsOf(all)
	for i := range out {
		out[i].Since, out[i].Until, out[i].Phrase, out[i].Computed = "", "", "", ""
	}
	return out
}

func (v view) actsOf(acts []law.NoteAct) []ActView {
	var out []ActView
	for _, a := range acts {
		if a.Number != "" {
			out = append(out, v.act(a))
		}
	}
	return out
}
