package read

import (
	"cmp"
	"slices"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Entry is a change on a page.
type Entry struct {
	ID        string      // of the place on the page
	At        law.Address // of the article, which the ribbon shows
	N         int         // in the list of changes; 0 for a technical one
	Kind      string      // "edited", "inserted", …; chooses the sign
	Signs     []Sign
	Cite      string // in full
	Article   string // number of the article, "" outside of one
	Postfixed bool   // the word «бап» follows its number
	Part      string // citation inside the article
	Title     Phrase // of the article
	Technical bool
	Whole     bool // the unit with all it holds
	Lines     []Line
	Folded    bool // the lines are many and unchanged: shown folded
	Old, New  string
	Ends      string  // what Places are
	Places    []Place // the other ends of a move, a split, a merge
	Basis     []ActView
	None      string   // says why there is no text
	Columns   []Column // of the side-by-side view
	Past      string   // address of the history of the unit; "" where there is none
	Talk      []page.Link
	Quote     string   // address of the page that says how to cite it
	View      string   // "", "side", "before", "after"
	Lang      law.Lang // of the texts
}

// Sign is a word on what happened.
type Sign struct{ Kind, Text string }

// Line is one provision of an entry.
type Line struct {
	Level int
	Label string // citation, where an entry holds several changes of its own
	Spans []Span // the redline, or the one text a view shows
}

// Place is somewhere to go: the other end of a move, what a citation means.
type Place struct{ Href, Text string }

// Gone is the place something moved away from.
type Gone struct{ ID, Href, Text string }

// Step is a piece of the compare page.
type Step struct {
	Fold  *Fold
	Entry *Entry
	Gone  *Gone  // something stood here and moved away
	Trace []Span // what the text says in that place
}

// foldWhole is the number of lines from which an unchanged moved unit is folded.
const foldWhole = 4

// writer turns a comparison into what a page shows.
type writer struct {
	view
	c     *comparison
	mode  string // "", "side", "before", "after"
	show  side
	hide  bool   // technical changes go into the folds
	path  string // of the comparison
	sheet int    // the page that is written, from 1
	talk  talk
}

// steps writes the page of the comparison.
func (w writer) steps() []Step {
	var out []Step
	var quiet []diffing.Pair // for the next fold
	fold := func() {
		if len(quiet) > 0 {
			out = append(out, Step{Fold: w.fold(quiet)})
			quiet = nil
		}
	}
	n := 0
	for _, s := range w.c.steps {
		if s.sheet != w.sheet {
			if s.change != nil && !s.change.technical {
				n++
			}
			continue
		}
		switch {
		case s.same != nil:
			quiet = append(quiet, s.same...)
		case s.change != nil && w.hide && s.change.technical:
			quiet = append(quiet, s.change.pairs...)
		case s.gone != nil:
			fold()
			var trace []Span
			if s.trace != nil {
				trace = spans(*s.trace, w.show)
			}
			head := s.gone.pairs[0]
			out = append(out, Step{Trace: trace, Gone: &Gone{goneID(head), w.here(entryID(s.gone)), w.movedTo(head)}})
		default:
			fold()
			e := w.entry(s.change)
			if !e.Technical {
				n++
				e.N = n
			}
			out = append(out, Step{Entry: e})
		}
	}
	fold()
	return out
}

// entryID is stable while the two editions are: links to a change stay right.
func entryID(ch *change) string {
	if p := first(ch.pairs[0].To); p != nil {
		return "c-" + string(p.Address)
	}
	return "d-" + string(first(ch.pairs[0].From).Address)
}

// goneID is of the place a pair moved away from.
func goneID(p diffing.Pair) string { return "g-" + string(first(p.From).Address) }

func (w writer) entry(ch *change) *Entry {
	head := ch.pairs[0]
	from, to := first(head.From), first(head.To)
	p := to
	if p == nil {
		p = from
	}
	e := &Entry{
		ID:   entryID(ch),
		Kind: string(head.Kind), Technical: ch.technical, Cite: w.citeChange(ch), Part: w.within(p), View: w.mode, Lang: w.c.to.head.Lang,
	}
	if a := p.Article(); a != nil {
		h := headingOf(a)
		e.Article, e.Postfixed, e.At = a.Number, w.ui == law.KK, a.Address
		if a != p {
			e.Title = Phrase{h.Title, w.c.to.head.Lang}
		}
	}
	e.Signs, e.Whole = w.signs(ch), len(ch.pairs) > 1
	base := level(p)
	if from != nil {
		e.Old = w.in(at(editionPath(w.c.from.head.EditionKey), from.Address))
	}
	if to != nil {
		e.New = w.in(at(editionPath(w.c.to.head.EditionKey), to.Address))
	}
	if k := w.c.to.head.EditionKey; to != nil && k.Status == law.Enacted {
		e.Past = w.pastOf(k, to.Address)
	} else if k := w.c.from.head.EditionKey; to == nil && k.Status == law.Enacted {
		e.Past = w.pastOf(k, from.Address)
	}
	if w.path != "" {
		if to != nil {
			e.Quote, e.Talk = w.in(citeAt(w.c.to.head.EditionKey, to)), w.talk.on(w.c.to.head.EditionKey, to.Address)
		} else {
			e.Quote, e.Talk = w.in(citeAt(w.c.from.head.EditionKey, from)), w.talk.on(w.c.from.head.EditionKey, from.Address)
		}
	}
	if head.Moved && from != nil && to != nil {
		e.Kind = "moved"
	}
	e.Ends, e.Places = w.ends(head)
	several := ch.several()
	if several {
		l := ch.pairs[len(ch.pairs)-1]
		e.Part = w.loc.T("range", "from", cmp.Or(w.within(p), w.cite(p)), "to", cmp.Or(w.within(oneOf(l)), w.cite(oneOf(l))))
	}
	quiet := true
	for _, pair := range ch.pairs {
		line := w.line(pair)
		line.Level = max(0, line.Level-base)
		if several {
			line.Label = w.cite(oneOf(pair))
		}
		quiet = quiet && pair.Kind == diffing.Same
		e.Lines = append(e.Lines, line)
	}
	e.Folded = (quiet || several) && len(e.Lines) >= foldWhole
	if w.mode == "side" {
		e.Columns = w.columns(ch)
	} else if w.show == before && head.Kind == diffing.Inserted || w.show == after && head.Kind == diffing.Deleted {
		e.None = w.loc.T("side.none")
	}
	if !ch.technical {
		e.Basis = w.basis(ch)
	}
	return e
}

// several tells whether a change is a row of technical ones.
func (ch *change) several() bool { return ch.technical && len(ch.pairs) > 1 }

// citeChange is the citation of a change in full, of a row the first and last.
func (w writer) citeChange(ch *change) string {
	cite := w.cite(oneOf(ch.pairs[0]))
	if ch.several() {
		return w.loc.T("range", "from", cite, "to", w.cite(oneOf(ch.pairs[len(ch.pairs)-1])))
	}
	return cite
}

// movedTo says where a unit went, at the place where it stood.
func (w writer) movedTo(p diffing.Pair) string {
	was, is := w.cite(first(p.From)), w.cite(first(p.To))
	if was == is {
		return w.loc.T("move.elsewhere", "unit", was)
	}
	return w.loc.T("move.to", "unit", was, "place", is)
}

// ends are the places a unit came from or went to, where there are others than
// its own.
func (w writer) ends(p diffing.Pair) (label string, places []Place) {
	side, t := p.From, w.c.from
	switch {
	case p.Kind == diffing.Split:
		label, side, t = w.loc.T("ends.split"), p.To, w.c.to
	case p.Kind == diffing.Merged:
		label = w.loc.T("ends.merged")
	case p.Moved && p.From != nil:
		return w.loc.T("ends.moved"), []Place{{w.here(goneID(p)), w.cite(first(p.From))}}
	default:
		return "", nil
	}
	for _, u := range side.Provisions {
		places = append(places, Place{w.in(at(editionPath(t.head.EditionKey), u.Address)), w.cite(u)})
	}
	return label, places
}

// oneOf is the provision that names a pair: the new one where there is one.
func oneOf(p diffing.Pair) *law.Provision {
	if t := first(p.To); t != nil {
		return t
	}
	return first(p.From)
}

// columns are the old and the new text of a change.
func (w writer) columns(ch *change) []Column {
	column := func(t *text, show side, none bool) Column {
		c := Column{Name: w.brief(t.head.EditionKey), Lang: t.head.Lang}
		for _, p := range ch.pairs {
			if show == before && p.From != nil || show == after && p.To != nil {
				c.Lines = append(c.Lines, spans(p, show))
			}
		}
		if none {
			c.None = w.loc.T("side.none")
		}
		return c
	}
	kind := ch.pairs[0].Kind
	return []Column{column(w.c.from, before, kind == diffing.Inserted), column(w.c.to, after, kind == diffing.Deleted)}
}

func (w writer) line(p diffing.Pair) Line {
	l := Line{Level: level(oneOf(p))}
	if (w.show == before && p.From == nil) || (w.show == after && p.To == nil) {
		return l
	}
	l.Spans = spans(p, w.show)
	return l
}

// signs are the words on what happened to a unit; several may be true at once.
func (w writer) signs(ch *change) []Sign {
	p := ch.pairs[0]
	var out []Sign
	add := func(kind, text string) { out = append(out, Sign{kind, text}) }
	if ch.technical {
		if len(ch.pairs) > 1 {
			add("technical", w.loc.N("kind.technical_run", len(ch.pairs)))
		} else if !p.Renumbered {
			add("technical", w.loc.T("kind.technical"))
		}
	}
	switch p.Kind {
	case diffing.Inserted:
		add("inserted", w.loc.T("kind.inserted"))
	case diffing.Deleted:
		add("deleted", w.loc.T("kind.deleted"))
	case diffing.Split:
		add("split", w.loc.N("kind.split", len(p.To.Provisions)))
	case diffing.Merged:
		add("merged", w.loc.N("kind.merged", len(p.From.Provisions)))
	default:
		if edited(ch) {
			add("edited", w.loc.T("kind.edited"))
		}
	}
	if p.Moved {
		add("moved", w.loc.T("kind.moved"))
	}
	if f, t := first(p.From), first(p.To); p.Renumbered && len(ch.pairs) == 1 && f != nil && t != nil {
		add("renumbered", w.loc.T("kind.renumbered", "old", numberSign(f), "new", numberSign(t)))
	}
	if !ch.technical {
		for _, tag := range wordMoves(ops(p)) {
			if tag == 1 {
				add("words", w.loc.T("kind.words_moved"))
				break
			}
		}
	}
	if n := len(ch.pairs); n > 1 && !ch.technical && (p.Moved || ch.pairs[n-1].Kind == p.Kind) {
		add("", w.loc.N("units", n))
	}
	return out
}

// edited tells whether the words of a unit changed, or of anything in it.
func edited(ch *change) bool {
	return slices.ContainsFunc(ch.pairs, func(p diffing.Pair) bool { return p.Kind != diffing.Same && !p.Technical })
}

// numberSign is a number as it is printed: «5)», «2.», «14-1».
func numberSign(p *law.Provision) string {
	if n, _ := cut(p); n != "" {
		return n
	}
	return cmp.Or(p.Number, "–")
}

// basis is what the editorial notes of the new text say of a change: the acts
// of notes that are new or changed and belong to the unit or to what holds it.
// The note of a whole new article often names the chapter («Глава 2 дополнена
// статьей 7-1»): there the one that follows its last line counts.
func (w writer) basis(ch *change) []ActView {
	places := map[law.Address]bool{}
	for _, pair := range ch.pairs {
		for p := first(pair.To); p != nil && !grand(p.Kind); p = p.Parent {
			places[p.Address] = true
		}
	}
	if len(places) == 0 {
		if a := w.c.articles[first(ch.pairs[0].From).Article()]; a != nil {
			places[a.Address] = true
		}
	}
	closing := -1
	if head := ch.pairs[0]; head.Kind == diffing.Inserted && first(head.To).Kind == law.Article {
		closing = last(ch.pairs[len(ch.pairs)-1].To).Index + 1
	}
	var out []ActView
	seen := map[string]bool{}
	for _, n := range w.c.notes {
		if n.To == nil || n.To.Note == nil || !places[n.To.Note.Address] && n.To.Note.After != closing {
			continue
		}
		for _, a := range n.To.Note.Acts {
			if a.Number != "" && !seen[a.Number] {
				seen[a.Number] = true
				act := w.act(a)
				act.Lang = w.c.to.head.Lang
				out = append(out, act)
			}
		}
	}
	return out
}
