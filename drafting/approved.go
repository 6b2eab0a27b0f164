package drafting

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// A text of an order often holds what the order has approved and its annexes: each
// has a numbering of its own, and «пункт 3» of an instruction is of one of them.

// own is a part of a text with a numbering of its own: the order itself, or what
// stands under a stamp.
type own struct {
	from, to int
}

// owns parts a text before each of its stamps. The first is the act itself.
func (b *base) owns() []own {
	parts := []own{{}}
	for i, p := range b.all {
		if stamp(p) {
			parts[len(parts)-1].to = i
			parts = append(parts, own{from: i})
		}
	}
	parts[len(parts)-1].to = len(b.all)
	return parts
}

// stamp reports whether a line begins an annex or what the act approves.
func stamp(p *law.Provision) bool {
	return p.Parent == nil && (p.Kind == law.Annex || p.Kind == law.Text && law.Approval(p.Text))
}

// points are the units of a kind that citations without an article may mean in an
// instruction: those of the act itself, or of what it has approved. Where a text
// has one of the two alone, they are its own.
func (b *base) points(k law.Kind) (out []*law.Provision) {
	parts := b.stamped()
	act, rest := b.pointsIn(parts[0], k), parts[1:]
	enacts := b.order()
	if !enacts && len(act) > 0 && len(rest) > 0 && b.all[rest[0].from].Kind == law.Annex && b.approved != "" {
		// Rules alone, with their annexes.
		if titled := b.titledAs(rest, b.approved); len(titled) == 0 || len(b.titledAs(parts[:1], b.approved)) > 0 {
			return act
		}
	}
	switch {
	case b.approved == "" && len(act) > 0 && (enacts || !b.both || len(rest) > 0):
		return act
	case b.approved == "":
		return nil
	case enacts || len(rest) > 0:
		rest = slices.DeleteFunc(slices.Clone(rest), func(o own) bool { return len(b.pointsIn(o, k)) == 0 })
		if titled := b.titledAs(rest, b.approved); len(titled) > 0 {
			rest = titled
		}
		for _, o := range rest {
			out = append(out, b.pointsIn(o, k)...)
		}
		return out
	}
	return act
}

// pointsIn are the units of a kind in a part that stand in nothing larger than a
// chapter or an annex.
func (b *base) pointsIn(o own, k law.Kind) (out []*law.Provision) {
	for _, p := range b.all[o.from:o.to] {
		if p.Kind == k && (outermost(p) || p.Parent.Kind == law.Annex) {
			out = append(out, p)
		}
	}
	return withoutHeadings(out)
}

// withoutHeadings leaves out the numbered headings of old rules («2. Порядок
// работы»), whose numbers paragraphs have too: lines without a sign at their end and
// with nothing under them. The others have to be in order, else all stay.
func withoutHeadings(points []*law.Provision) []*law.Provision {
	number := map[string]int{}
	for _, p := range points {
		number[p.Number]++
	}
	rest := slices.DeleteFunc(slices.Clone(points), func(p *law.Provision) bool {
		return number[p.Number] > 1 && unended(p.Text) && len(p.Children) == 0
	})
	if !slices.IsSortedFunc(rest, func(a, b *law.Provision) int { return law.CompareNumbers(a.Number, b.Number) }) {
		return points
	}
	return rest
}

// outermost reports whether a unit stands in nothing larger than a chapter.
func outermost(p *law.Provision) bool {
	return p.Parent == nil || level(p.Parent.Kind) < level(law.Article)
}

// enacts reports whether a part is of an order: «ПРИКАЗЫВАЮ:», «ҚАУЛЫ ЕТЕДІ:».
func (b *base) enacts(o own) bool {
	g := grammarOf(b.doc.Lang)
	return g != nil && slices.ContainsFunc(b.all[o.from:o.to], func(p *law.Provision) bool {
		low := strings.TrimRight(strings.ToLower(law.Fold(tail(p.Text, 40))), " :")
		return slices.ContainsFunc(g.Enacts, func(w string) bool { return strings.HasSuffix(low, w) })
	})
}

// titledAs are the parts whose title a frame names, in whatever case: each word of
// the title is in it. The longer title is the one that is meant.
func (b *base) titledAs(parts []own, frame string) (out []own) {
	named := strings.Fields(titleForm(frame))
	longest := 0
	for _, o := range parts {
		first, words := o.from, 0 // the title is above the first unit
		for first < o.to && (b.all[first].Number == "" || stamp(b.all[first])) {
			first++
		}
		for i := first - 1; i >= o.from && !stamp(b.all[i]); i-- {
			of := strings.Fields(titleForm(b.all[i].Text))
			if slices.ContainsFunc(of, func(w string) bool {
				return !slices.ContainsFunc(named, func(n string) bool { return sameWord(n, w) })
			}) {
				break
			}
			words += len(of)
		}
		switch {
		case words == 0 || words < longest:
		case words > longest:
			longest, out = words, []own{o}
		default:
			out = append(out, o)
		}
	}
	return out
}

// sameWord reports whether two words may be forms of one: they begin alike.
func sameWord(a, b string) bool {
	if utf8.RuneCountInString(a) > utf8.RuneCountInString(b) {
		a, b = b, a
	}
	stem := []rune(a)
	return strings.HasPrefix(b, string(stem[:max(len(stem)-3, min(len(stem), 4))]))
}

// endOf is the index after the last provision of a unit. What stands under the stamp
// of an annex is in it up to the next stamp, its chapters too.
func (b *base) endOf(p *law.Provision) int {
	if p.Kind == law.Annex && p.Parent == nil {
		for _, o := range b.stamped() {
			if o.from == p.Index {
				return o.to
			}
		}
	}
	return b.end(p)
}
