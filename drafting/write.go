package drafting

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// ErrNothing says that two texts do not differ in anything an act could order.
var ErrNothing = errors.New("the texts do not differ")

// Act is an amending act that was written.
type Act struct {
	Lang law.Lang
	// Title is the act's own title, Lines its text, a paragraph each.
	Title string
	Lines []ActLine
	// Instructions are its instructions as Read reads them back, with what
	// applying them gave: all are applied.
	Instructions []Outcome
	// Unexpressed are the differences that the act does not order.
	Unexpressed []Unexpressed
}

// ActLine is a paragraph of an amending act.
type ActLine struct {
	Role Role
	Text string
}

// Unexpressed is a difference that no instruction could be written for.
type Unexpressed struct {
	// Address is of the text before, or, of a unit that is new, of the text after.
	Address law.Address
	New     bool
	Text    string
	Reason  Reason
}

// WriteOptions are what an act says that the two texts do not.
type WriteOptions struct {
	// Title is the amended act's title; without it that of the text before. It may
	// be the whole name: «Указ Президента Республики Казахстан от … № … «О …»».
	Title string
	// Requisites are the amended act's own («Приказ Министра … от … № …»): they say
	// what kind of act it is. Without them it is a law, or the code of the title.
	Requisites string
	// Adopted is the day the amended act was adopted, "" if unknown.
	Adopted law.Date
	// Force is when the act enters into force («по истечении …»), without the verb;
	// without it ten days after publication.
	Force string
}

// Write writes the amending act that makes one text of a law the other, in their
// language: Russian or Kazakh. Every instruction is the smallest that can be read
// back and applied: the act is read by Read and applied by Apply before it is
// returned, and the text it gives is the new one, but for look-alike letters,
// blanks and dashes, and for what is Unexpressed.
func Write(from, to *law.Document, o WriteOptions) (*Act, error) {
	g := grammarOf(from.Lang)
	switch {
	case g == nil:
		return nil, fmt.Errorf("amending acts are written in Kazakh and Russian, not in %q", from.Lang)
	case to.Lang != from.Lang:
		return nil, fmt.Errorf("%w: %s, not %s", ErrLanguage, to.Lang, from.Lang)
	}
	if o.Title == "" {
		o.Title = from.Title
	}
	w := newWriter(g, from, to, o)
	return w.prove()
}

func newWriter(g *grammar, from, to *law.Document, o WriteOptions) *writer {
	w := &writer{g: g, o: o, from: from}
	to = withoutPlaceholders(from, to)
	anew := findAnew(from, to)
	w.to, w.moved = settle(from, to, &anew)
	w.c = comparer{from: from, to: w.to, anew: anew, coarse: map[*law.Provision]coarseness{}, skipped: map[*law.Provision]Reason{}, signs: map[law.Address]bool{}}
	w.plainlyImpossible()
	for a := range anew.both {
		if old, now := from.Find(a), w.to.Find(a); anew.both[a] && old != nil && now != nil {
			w.sayWhole(old, now)
		}
	}
	return w
}

// withoutPlaceholders leaves out the lines that editors put in place of excluded
// units: the act says «исключить», and the line is theirs.
func withoutPlaceholders(from, to *law.Document) *law.Document {
	gone := func(p *law.Provision) bool {
		if !IsPlaceholder(p) {
			return false
		}
		was := from.Find(p.Address)
		return was == nil || !same(was.Text, p.Text)
	}
	if !slices.ContainsFunc(to.Provisions, gone) {
		return to
	}
	var lines []law.Line
	for _, p := range to.Provisions {
		if !gone(p) {
			lines = append(lines, law.Line{Text: p.Text, From: p.From, To: p.To, Mark: p.Mark})
		}
	}
	return law.Build(to.Lang, to.Title, lines)
}

// writer looks for the act, coarser where a finer one cannot be read back.
type writer struct {
	g        *grammar
	o        WriteOptions
	from, to *law.Document
	moved    []Unexpressed
	title    Reason // why the act's title is not changed, "" if it can be
	c        comparer
	enlarged map[law.Address]bool // in this round
}

// plainlyImpossible skips what no instruction of ours can hold.
func (w *writer) plainlyImpossible() {
	reasons := map[law.Kind]Reason{
		law.Signature: because("signature"),
		law.Text:      because("no_citation"),
	}
	for _, d := range [...]*law.Document{w.from, w.to} {
		for _, p := range d.Provisions {
			reason := reasons[p.Kind]
			if above, in := w.c.skipped[p.Parent]; in && reason == "" {
				reason = above
			}
			if reason != "" {
				w.c.skipped[p] = reason
			}
		}
	}
}

// mostRounds bounds the search: each makes at least one unit coarser or gives
// one up, and few need more than four.
const mostRounds = 60

func (w *writer) prove() (*Act, error) {
	for range mostRounds {
		changes := w.c.compare()
		if w.retitled() && w.title == "" {
			changes = slices.Insert(changes, 0, change{op: ReplaceHeading, steps: law.Citation{{Kind: Heading}}, wording: [][]string{{w.to.Title}}})
		}
		a := w.act(changes)
		if len(changes) == 0 && w.mend(nil, w.unchanged()) { // units that stand in another order
			continue
		}
		if len(changes) == 0 {
			a.Unexpressed = w.unexpressed()
			if len(a.Unexpressed) == 0 {
				return nil, ErrNothing
			}
			a.Lines = nil
			return a, nil
		}
		if w.unquotable(changes) {
			continue
		}
		read, err := Read(w.from.Lang, a.lines())
		if err != nil {
			return nil, fmt.Errorf("the act could not be read back: %w", err)
		}
		r := Apply(w.from, read, "")
		if w.mend(changes, r) {
			continue
		}
		for _, o := range r.Outcomes {
			if o.Op != EntryIntoForce {
				a.Instructions = append(a.Instructions, o)
			}
		}
		if a.Unexpressed = w.unexpressed(); len(a.Unexpressed) == 0 {
			a.Unexpressed = w.silent(r)
		}
		return a, nil
	}
	return nil, errors.New("no act could be written that gives the new text when it is applied")
}

// unchanged is what an act without instructions gives.
func (w *writer) unchanged() *Result {
	r := &Result{Title: w.from.Title}
	for i, p := range w.from.Provisions {
		r.Text = append(r.Text, Line{Line: law.Line{Text: p.Text, From: i + 1, To: i + 1, Mark: p.Mark}, Base: p.Address})
	}
	return r
}

// retitled reports whether both texts have a title, and not the same.
func (w *writer) retitled() bool {
	return w.from.Title != "" && w.to.Title != "" && !same(w.from.Title, w.to.Title)
}

// ofTitle is of the change of the act's own title.
func (c *change) ofTitle() bool { return len(c.holder) == 0 && c.steps[0].Kind == Heading }

// silent is the last look at an act that seems to order everything: a line of the
// new text that applying it does not give is told.
func (w *writer) silent(r *Result) []Unexpressed {
	got := map[string]int{}
	for _, l := range r.Text {
		got[law.Fold(l.Text)]++
	}
	for _, p := range w.to.Provisions {
		if got[law.Fold(p.Text)]--; got[law.Fold(p.Text)] < 0 {
			return []Unexpressed{{p.Address, w.from.Find(p.Address) == nil, p.Text, because("other_text")}}
		}
	}
	return nil
}

func (a *Act) lines() []law.Line {
	out := make([]law.Line, len(a.Lines))
	for i, l := range a.Lines {
		out[i] = law.Line{Text: l.Text, From: i + 1, To: i + 1}
	}
	return out
}

// Text is the act as a .txt, a paragraph a line.
func (a *Act) Text() string {
	var b strings.Builder
	for _, l := range a.Lines {
		b.WriteString(l.Text + "\n")
	}
	return b.String()
}

func asLines(texts []string) []law.Line {
	out := make([]law.Line, len(texts))
	for i, t := range texts {
		out[i] = law.Line{Text: t, From: i + 1, To: i + 1}
	}
	return out
}

// unquotable gives up changes whose text no quotation marks can hold.
func (w *writer) unquotable(changes []change) bool {
	found := false
	for i := range changes {
		if changes[i].op == Annex {
			continue
		}
		for _, lines := range changes[i].wording {
			quote := strings.Join(lines, "\n")
			if _, err := quotation1(quote); err != nil {
				w.giveUp(&changes[i], because("unpaired_marks", head(quote, 80)))
				found = true
			}
		}
	}
	return found
}

func (w *writer) giveUp(ch *change, reason Reason) {
	if ch.ofTitle() {
		w.title = reason
	}
	for _, lines := range ch.wording {
		if joined := joinedHeadings(asLines(lines)); len(joined) < len(lines) {
			reason = because("heading_goes_on")
		}
	}
	for _, u := range ch.units {
		w.c.skipped[u] = reason
	}
}

// unexpressed lists what is skipped and differs.
func (w *writer) unexpressed() []Unexpressed {
	out := slices.Clone(w.moved)
	if w.title != "" {
		out = append(out, Unexpressed{Address: "title", Text: w.to.Title, Reason: w.title})
	}
	listed := map[*law.Provision]bool{} // with all that is under it
	for _, side := range [...]struct {
		doc, other *law.Document
		new        bool
	}{{w.from, w.to, false}, {w.to, w.from, true}} {
		for _, p := range side.doc.Provisions {
			reason, skipped := w.c.skipped[p]
			if p.Parent != nil && listed[p.Parent] {
				listed[p] = true
				continue
			}
			if !skipped {
				continue
			}
			like := side.other.Find(p.Address)
			if like != nil && (side.new && !w.c.anew.holds(like) || !side.new && w.c.sameTree(p, like)) {
				continue
			}
			text := p.Text
			if like != nil {
				text = like.Text
			}
			out = append(out, Unexpressed{p.Address, side.new, text, reason})
			listed[p] = true
		}
	}
	return out
}
