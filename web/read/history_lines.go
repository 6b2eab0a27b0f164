package read

import (
	"strconv"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Piece is what stands next in a wording: a line, or lines that did not change.
type Piece struct {
	Line *HistoryLine
	Fold *HistoryFold
}

// HistoryLine is one provision of a wording.
type HistoryLine struct {
	Level     int
	Label     string // citation inside the unit, where the line is not as before
	Signs     []Sign
	Spans     []Span
	Technical bool
	Quiet     bool   // as before
	Ends      string // what Places are
	Places    []Place
}

// HistoryFold is unchanged text. Of a long one only the ends are on the page.
type HistoryFold struct {
	Count      int
	First      bool // of the first wording known: there is nothing it was before
	Head, Tail []HistoryLine
	Left       int
	Href       string
}

// plainRun is up to how many unchanged lines in a row are shown unfolded: they
// are the surroundings of a change.
const plainRun = 2

// Of the first wording known so many lines stand in the open: the beginning where
// changes follow, all a fold would show where there is nothing else to read.
const (
	openBegin = 4
	openAlone = 2 * foldEnds
)

// pieces lay out the lines of a wording. What is as before is folded.
func (v *historian) pieces(w *diffing.UnitWording, lines []diffing.UnitLine) []Piece {
	var out []Piece
	var run []diffing.UnitLine
	heads := headsOf(lines)
	open := openBegin
	if len(v.unit.Wordings) == 1 {
		open = openAlone
	}
	flush := func() {
		if len(run) > plainRun {
			out = append(out, Piece{Fold: v.foldOf(w, run)})
		} else {
			for i := range run {
				out = append(out, Piece{Line: v.quietLine(w, &run[i])})
			}
		}
		run = nil
	}
	for i := range lines {
		l := &lines[i]
		if l.Unchanged() || l.Kind == "" && i >= open && len(lines) > open+plainRun {
			run = append(run, *l)
			continue
		}
		flush()
		out = append(out, Piece{Line: v.line(w, l, heads[i], len(lines) > 1)})
	}
	flush()
	return out
}

func (v *historian) foldOf(w *diffing.UnitWording, run []diffing.UnitLine) *HistoryFold {
	f := &HistoryFold{Count: len(run), First: run[0].Kind == ""}
	head, tail := run, run[:0]
	if len(run) > 2*foldEnds+2 {
		head, tail = run[:foldEnds], run[len(run)-foldEnds:]
		f.Left = len(run) - 2*foldEnds
		f.Href = v.place(w.First, run[foldEnds].Citation, run[foldEnds].Address).Href
	}
	for i := range head {
		f.Head = append(f.Head, *v.quietLine(w, &head[i]))
	}
	for i := range tail {
		f.Tail = append(f.Tail, *v.quietLine(w, &tail[i]))
	}
	return f
}

func (v *historian) quietLine(w *diffing.UnitWording, l *diffing.UnitLine) *HistoryLine {
	return &HistoryLine{Level: v.level(w, l.Citation), Quiet: l.Kind != "", Spans: []Span{{Text: l.Text}}}
}

// headsOf tells which of the lines that are not as before begin a change: what came
// or went under another line that did belongs to that one, and so does the line
// that the official text leaves in the place of what went.
func headsOf(lines []diffing.UnitLine) []bool {
	out := make([]bool, len(lines))
	var head *diffing.UnitLine
	for i := range lines {
		l := &lines[i]
		if l.Unchanged() {
			head = nil
			continue
		}
		cited, of := l.Citation, law.Citation(nil)
		if l.Gone {
			cited = l.WasCitation
		}
		if head != nil {
			if of = head.Citation; head.Gone {
				of = head.WasCitation
			}
		}
		switch {
		case head != nil && head.Kind == l.Kind && head.Gone == l.Gone && (l.Gone || l.Kind == diffing.Inserted || l.Kind == diffing.Deleted) && deeper(cited, of):
		case head != nil && (head.Gone && head.Was == l.Address || head.Kind == diffing.Deleted && head.Address == l.Address) && l.Kind == diffing.Inserted && placeholder(l):
		default:
			out[i], head = true, l
		}
	}
	return out
}

// line lays out a line that is not as before. several is set where the unit has
// more lines than this one: the head of each change then says what it is and what
// happened to it.
func (v *historian) line(w *diffing.UnitWording, l *diffing.UnitLine, head, several bool) *HistoryLine {
	out := &HistoryLine{Level: v.level(w, l.Citation), Technical: l.Technical && !l.Moved, Spans: redlined(l.Ops, both)}
	switch {
	case l.Gone:
		out.Spans = []Span{{Kind: "del", Text: l.Text}}
	case len(l.Ops) == 0 && l.Kind == diffing.Inserted:
		out.Spans = []Span{{Kind: "ins", Text: l.Text}}
	case len(l.Ops) == 0:
		out.Spans = []Span{{Text: l.Text}}
	}
	if head {
		out.Ends, out.Places = v.ends(w, l)
	}
	cite := v.citeAt(l.Citation, l.Address)
	if l.Gone {
		cite = v.citeAt(l.WasCitation, l.Was)
	}
	switch {
	case !several && cite == v.citeAt(v.here, v.want):
	case !several:
		out.Label = capital(cite)
	case l.Kind != "" && head:
		out.Label, out.Signs = capital(v.inside(w, l, cite)), v.lineSigns(w, l)
	}
	return out
}

// deeper tells whether one citation goes on where another ends.
func deeper(c, above law.Citation) bool {
	if len(c) <= len(above) {
		return false
	}
	for i := range above {
		if c[i] != above[i] {
			return false
		}
	}
	return true
}

// inside is a citation as far as the unit on the page does not say it.
func (v *historian) inside(w *diffing.UnitWording, l *diffing.UnitLine, full string) string {
	c := l.Citation
	if l.Gone {
		c = l.WasCitation
	}
	switch {
	case l.Address == w.Address && c[len(c)-1].Kind == law.Article:
		return v.loc.T("unit.heading")
	case deeper(c, w.Citation):
		return c[len(w.Citation):].In(v.ui)
	}
	return full
}

// level is how far a line is set in below the unit.
func (v *historian) level(w *diffing.UnitWording, c law.Citation) int {
	return max(0, levelOf(c)-levelOf(w.Citation))
}

// levelOf is how far a provision is set in below its article.
func levelOf(c law.Citation) int {
	last := len(c) - 1
	inItem := last > 0 && c[last-1].Kind == law.Subparagraph
	n := 0
	switch c[last].Kind {
	case law.Subparagraph:
		n = 1
		for _, s := range c[:last] {
			if s.Kind == law.Subparagraph {
				n = 2
			}
		}
	case law.Indent:
		n = 1
		if inItem {
			n = 2
		}
	case law.Part:
		if inItem {
			n = 1
		}
	}
	return n
}

// ends are the other places of a line: where it came from, where it went.
func (v *historian) ends(w *diffing.UnitWording, l *diffing.UnitLine) (label string, places []Place) {
	parts := func(edition int) {
		for i, a := range l.Parts {
			places = append(places, v.place(edition, l.PartsCited[i], a))
		}
	}
	switch {
	case l.Gone:
		return v.loc.T("ends.now"), []Place{v.place(w.First, l.Citation, l.Address)}
	case l.Kind == diffing.Split:
		places = []Place{v.place(w.First, l.Citation, l.Address)}
		parts(w.First)
		return v.loc.T("ends.split"), places
	case l.Kind == diffing.Merged:
		was := Place{}
		if was = v.place(w.First-1, l.Citation, l.Address); l.Was != "" {
			was = v.place(w.First-1, l.WasCitation, l.Was)
		}
		places = []Place{was}
		parts(w.First - 1)
		return v.loc.T("ends.merged"), places
	case l.Moved && l.Was != "" && l.Was != l.Address:
		return v.loc.T("ends.moved"), []Place{v.place(w.First-1, l.WasCitation, l.Was)}
	}
	return "", nil
}

// lineSigns are the words on what happened to a line; several may be true at once.
func (v *historian) lineSigns(w *diffing.UnitWording, l *diffing.UnitLine) []Sign {
	var out []Sign
	add := func(kind, text string) { out = append(out, Sign{kind, text}) }
	parts := len(l.Parts) + 1
	switch {
	case l.Gone:
		add("moved", v.loc.T("kind.moved"))
		return out
	case l.Kind == diffing.Inserted:
		add("inserted", v.loc.T("kind.inserted"))
	case l.Kind == diffing.Deleted || stead(l):
		add("deleted", v.loc.T("kind.deleted"))
	case l.Kind == diffing.Split:
		add("split", v.loc.N("kind.split", parts))
	case l.Kind == diffing.Merged:
		add("merged", v.loc.N("kind.merged", parts))
	case l.Technical && !l.Renumbered && !l.Moved:
		add("technical", v.loc.T("kind.technical"))
	case l.Kind == diffing.Edited && !l.Technical:
		add("edited", v.loc.T("kind.edited"))
	}
	if l.Moved {
		add("moved", v.loc.T("kind.moved"))
	}
	if l.Renumbered && l.Was != "" {
		add("renumbered", v.loc.T("kind.renumbered", "old", signOf(l.WasCitation), "new", signOf(l.Citation)))
	}
	if len(out) == 0 && l.Was != "" {
		add("renumbered", v.loc.T("history.place"))
	}
	return out
}

// stead tells whether a line only holds the place of one that was excluded.
func stead(l *diffing.UnitLine) bool {
	return l.Kind == diffing.Edited && placeholder(l)
}

func placeholder(l *diffing.UnitLine) bool { return (&law.Provision{Text: l.Text}).Placeholder() }

// signOf is the number a citation ends in, as it is printed.
func signOf(c law.Citation) string {
	last := c[len(c)-1]
	p := law.Provision{Kind: last.Kind, Number: last.Number, NumberTo: last.To}
	switch n := p.PrintedNumber(); {
	case n == "" && last.Ordinal > 0:
		return strconv.Itoa(last.Ordinal)
	case n == "":
		return "–"
	case last.Kind == law.Paragraph:
		return n + "."
	default:
		return n
	}
}

// signs are the words on what happened to the unit in a wording, each with the
// number of lines it happened to where there are several.
func (v *historian) signs(n int, lines []diffing.UnitLine) []Sign {
	w := &v.unit.Wordings[n]
	if w.First == 0 {
		return []Sign{{"", v.loc.T("edition.first")}}
	}
	if v.whole(n) {
		return []Sign{{"inserted", v.loc.T("kind.inserted")}}
	}
	var out []Sign
	counts := map[Sign]int{}
	heads := headsOf(lines)
	for i := range lines {
		l := &lines[i]
		if !heads[i] && (i > 0 || l.Was == "") {
			continue
		}
		for _, s := range v.lineSigns(w, l) {
			if counts[s]++; counts[s] == 1 {
				out = append(out, s)
			}
		}
	}
	for i, s := range out {
		if c := counts[s]; c > 1 {
			out[i].Text += " (" + v.loc.Number(c) + ")"
		}
	}
	if len(lines) == 1 || len(out) < 6 {
		return out
	}
	return append(out[:5:5], Sign{Text: "…"})
}

// whole tells whether the unit came into the law with this wording.
func (v *historian) whole(n int) bool {
	return n == 0 && v.unit.Wordings[0].First > 0
}

func (v *historian) kind(n int, lines []diffing.UnitLine) string {
	switch {
	case n == len(v.unit.Wordings)-1 && v.unit.Ended != nil && v.unit.Ended.Placeholder != "":
		return "deleted"
	case v.whole(n):
		return "inserted"
	case len(lines) == 1:
		return string(lines[0].Kind)
	}
	return "edited"
}

// technical tells whether nothing but numbers, signs and letter case changed.
func technical(lines []diffing.UnitLine) bool {
	any := false
	for i := range lines {
		if l := &lines[i]; !l.Unchanged() {
			if !l.Technical || l.Moved {
				return false
			}
			any = true
		}
	}
	return any
}
