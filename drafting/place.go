package drafting

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Status says what became of an instruction.
type Status string

const (
	Applied   Status = "applied"
	Ambiguous Status = "ambiguous" // it may mean several things; nothing was done
	NotFound  Status = "not_found" // what it amends is not in the text
	Unparsed  Status = "unparsed"  // it was not understood
)

// refusal is why an instruction is not applied.
type refusal struct {
	status     Status
	reason     Reason
	candidates []law.Address
}

func ambiguous(reason Reason, candidates ...place) *refusal {
	r := &refusal{status: Ambiguous, reason: reason}
	for _, p := range candidates {
		if p.unit != nil {
			r.candidates = append(r.candidates, p.unit.Address)
		}
	}
	return r
}

func notFound(reason Reason) *refusal { return &refusal{status: NotFound, reason: reason} }

// place is where a target stands in a text: the provisions [from,to), which are
// a unit with all that is under it, or a part of one.
type place struct {
	unit     *law.Provision // nil is the whole text
	from, to int
	heading  bool
	sentence int // of the line, from 1; lastOrdinal; 0 is all
}

// base is the text before the act.
type base struct {
	doc *law.Document
	all []*law.Provision
	// given are units that another instruction gives a new number.
	given map[*law.Provision]*plan
	// planned are the instructions that have been planned so far.
	planned []*plan
	// broken is set where the print of the act breaks a sentence over lines, wrapped
	// where it breaks all its paragraphs.
	broken, wrapped bool
	// approved is the frame of the instruction that is being planned, where it is of
	// what the act has approved; both is set where the amendment has such instructions.
	approved string
	both     bool
	// stamped are the parts of the text that have numberings of their own; order tells that
	// the first is an order. Instructions on rules ask for them, each anew.
	stamped func() []own
	order   func() bool
	// code is set where the amended act is a code: its numbered parts are paragraphs here.
	code bool
	by   string // how the line in place of an excluded unit names the act; "" leaves none
}

// end is the index after the last provision under p.
func (b *base) end(p *law.Provision) int {
	i := p.Index + 1
	for i < len(b.all) && b.all[i].Depth > p.Depth {
		i++
	}
	return i
}

func (b *base) placeOf(p *law.Provision) place { return place{unit: p, from: p.Index, to: b.endOf(p)} }

// find looks a target up. One place is the answer, or several where the citation
// is a range; everything else is refused with the units it may mean.
func (b *base) find(t Target) ([]place, *refusal) {
	c := t.Citation
	switch {
	case len(c) == 0:
		return []place{{to: len(b.all)}}, nil
	case c[0].Kind == Contents:
		return nil, notFound(because("no_unit", unitName(c[0])))
	}
	// An article's number is unique in the act: chapters before it say nothing
	// more.
	top := 0
	for i, s := range c {
		numberedWithin := s.Kind == law.Division || s.Kind == law.Subsection
		if level(s.Kind) <= level(law.Article) && !(numberedWithin && i > 0) {
			top = i
		}
	}
	at, refused := b.top(c[top])
	if refused != nil {
		return nil, refused
	}
	places := at
	for _, s := range c[top+1:] {
		var next []place
		for _, p := range places {
			found, refused := b.below(p, s)
			if refused != nil {
				return nil, refused
			}
			next = append(next, found...)
		}
		places = next
	}
	return places, nil
}

// top finds an article, a chapter or another unit whose citation needs nothing
// larger.
func (b *base) top(s law.Step) ([]place, *refusal) {
	if level(s.Kind) > level(law.Article) {
		if !b.withoutArticles() {
			return nil, ambiguous(because("no_article"))
		}
		return b.point(s)
	}
	var found []place
	if s.To != "" {
		return b.span(b.all, s)
	}
	for _, p := range b.doc.Resolve(law.Citation{s}, nil) {
		at := b.placeOf(p)
		if p.Kind == law.Preamble {
			at.from = b.textOf(at)
		}
		if at.from < at.to {
			found = append(found, at)
		}
	}
	return one(found, s)
}

// withoutArticles reports whether an act has points and no articles, as orders and
// decisions do.
func (b *base) withoutArticles() bool {
	return !slices.ContainsFunc(b.all, func(p *law.Provision) bool { return p.Kind == law.Article })
}

// point finds a unit of rules, which have paragraphs numbered through.
func (b *base) point(s law.Step) ([]place, *refusal) {
	units := b.points(s.Kind)
	if s.To != "" {
		return b.span(units, s)
	}
	var found []place
	for _, p := range units {
		if s.Number != "" && p.Number == s.Number {
			found = append(found, b.placeOf(p))
		}
	}
	return one(found, s)
}

// one is the single place found, or why there is none.
func one(found []place, s law.Step) ([]place, *refusal) {
	switch {
	case len(found) == 0:
		return nil, notFound(because("no_unit", unitName(s)))
	case len(found) > 1:
		return nil, ambiguous(because("several_units", strconv.Itoa(len(found)), unitName(s)), found...)
	case found[0].unit != nil && found[0].unit.NumberTo != "" && s.Number != "":
		return nil, notFound(because("excluded_with_others", head(found[0].unit.Text, 80), unitName(s)))
	}
	return found, nil
}

func stepName(s law.Step) string {
	return string(Target{Citation: law.Citation{s}}.Address())
}

// below finds a step of a citation inside a place.
func (b *base) below(p place, s law.Step) ([]place, *refusal) {
	switch s.Kind {
	case law.Part:
		return b.part(p, s)
	case law.Indent:
		return b.indent(p, s)
	case Tabular:
		return b.table(p)
	case law.Table:
		return b.row(p, s)
	case Heading:
		if p.unit.Kind == law.Annex { // its own line is a stamp, and its title a line below
			return nil, ambiguous(because("title_of_annex"), p)
		}
		return []place{{unit: p.unit, from: p.from, to: max(b.textOf(p), p.from+1), heading: true}}, nil
	case Sentence:
		line, ok := b.oneLine(p)
		if !ok {
			return nil, ambiguous(because("sentence_of_lines"), p)
		}
		if line.sentence = s.Ordinal; s.Ordinal == 0 {
			line.sentence = 1
		}
		return []place{line}, nil
	}
	units := b.children(p, s.Kind)
	if s.To != "" {
		return b.span(units, s)
	}
	var found []place
	for _, u := range units {
		if s.Number != "" && numbered(u, s.Number) || s.Number == "" && u.Number == "" && (s.Ordinal == 0 || s.Ordinal == u.Ordinal) {
			found = append(found, b.placeOf(u))
		}
	}
	if len(found) == 0 && s.Number != "" { // a level was left out: say where it stands
		for _, u := range b.all[p.from:p.to] {
			if u.Kind == s.Kind && u.Number == s.Number {
				found = append(found, b.placeOf(u))
			}
		}
		if len(found) > 0 {
			return nil, ambiguous(because("deeper", unitName(s)), found...)
		}
	}
	return one(found, s)
}

func numbered(u *law.Provision, number string) bool {
	return u.Number == number || u.NumberTo != "" && law.CompareNumbers(u.Number, number) <= 0 && law.CompareNumbers(number, u.NumberTo) <= 0
}

// children are the units of a kind that hang on the place's unit, and those on
// its parts, which citations often leave out.
func (b *base) children(p place, k law.Kind) (out []*law.Provision) {
	owner := p.unit
	if owner.Kind == law.Annex && owner.Parent == nil && k == law.Paragraph {
		return b.pointsIn(own{p.from, p.to}, k)
	}
	if owner.Kind == law.Part && owner.Ordinal == 1 && owner.Parent != nil {
		owner = owner.Parent // what follows part one hangs on the article
	}
	for _, c := range owner.Children {
		if c.Index < p.from || c.Index >= p.to {
			continue
		}
		switch {
		case c.Kind == k:
			out = append(out, c)
		case c.Kind == law.Part && k == law.Subparagraph:
			for _, d := range c.Children {
				if d.Kind == k {
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// span is a range of units, «пункты 2–4». An inserted unit inside it («3-1») may
// be meant or not.
func (b *base) span(units []*law.Provision, s law.Step) ([]place, *refusal) {
	var found []place
	for _, u := range units {
		if u.Kind != s.Kind || u.Number == "" || law.CompareNumbers(u.Number, s.Number) < 0 || law.CompareNumbers(u.Number, s.To) > 0 {
			continue
		}
		found = append(found, b.placeOf(u))
		if strings.Contains(u.Number, "-") && u.Number != s.Number && u.Number != s.To || u.NumberTo != "" {
			return nil, ambiguous(because("range_holds", u.PrintedNumber(), unitName(s)), found...)
		}
	}
	if len(found) < 2 || found[0].unit.Number != s.Number || found[len(found)-1].unit.Number != s.To {
		return nil, notFound(because("range_lacks", unitName(s)))
	}
	return found, nil
}
