package drafting

import (
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// add inserts new units. Numbered ones stand where their number belongs, and the
// unit before them has to be there; unnumbered ones where their ordinal says.
func (b *base) add(p *plan, in *Instruction) *refusal {
	var lines []law.Line
	for _, q := range in.Wording {
		lines = append(lines, q...)
	}
	if len(lines) == 0 {
		return ambiguous(because("wording_empty"))
	}
	if s := lastStep(in.Targets[0]); s.Number == "" || s.Kind == law.Table {
		return b.addUnnumbered(p, in, lines)
	}
	texts, refused := newByNumber(in.Targets, lines)
	if refused != nil {
		return refused
	}
	added := map[string]bool{} // holder and number of units this instruction adds
	for i, t := range in.Targets {
		n, refused := b.insertion(t, added)
		if refused != nil {
			return refused
		}
		n.lines = texts[i]
		p.inserts = append(p.inserts, n)
		if n.giver != nil {
			p.givers = append(p.givers, n.giver)
		}
		p.places = append(p.places, b.newAddress(t, n))
		added[key(n.holder, n.order)] = true
	}
	return nil
}

// newAddress is where a new numbered unit will stand: on the list it goes on,
// which the citation may name less exactly.
func (b *base) newAddress(t Target, n insert) law.Address {
	if n.list < 0 || level(n.kind) <= level(law.Article) {
		return t.Address()
	}
	return b.all[n.list].Address + "__" + law.Address(stepName(lastStep(t)))
}

func key(holder int, number string) string { return strconv.Itoa(holder) + " " + number }

func lastStep(t Target) law.Step { return t.Citation[len(t.Citation)-1] }

// newByNumber parts the wording among the new units, by their numbers.
func newByNumber(targets []Target, lines []law.Line) ([][]law.Line, *refusal) {
	stand := make([]place, len(targets))
	for i, t := range targets {
		s := lastStep(t)
		stand[i].unit = &law.Provision{Kind: s.Kind, Number: s.Number, Address: t.Address()}
	}
	return partedByNumber(stand, lines)
}

// insertion finds where a numbered unit belongs.
func (b *base) insertion(t Target, added map[string]bool) (n insert, refused *refusal) {
	s := lastStep(t)
	n = insert{holder: -1, list: -1, order: s.Number, kind: s.Kind}
	holder := Target{Citation: t.Citation[:len(t.Citation)-1]}
	found, refused := b.find(holder)
	if refused != nil {
		return n, refused
	}
	if len(found) != 1 {
		return n, ambiguous(because("holder_several"), found...)
	}
	at := found[0]
	if at.unit != nil {
		n.holder = at.unit.Index
	}
	siblings, refused := b.siblings(at, s.Kind)
	if refused != nil {
		return n, refused
	}
	var before *law.Provision
	base, _, inserted := strings.Cut(s.Number, "-")
	known := false // the unit after which it belongs is there
	for _, u := range siblings {
		switch c := law.CompareNumbers(u.Number, s.Number); {
		case c == 0 && b.given[u] != nil:
			n.giver = b.given[u]
		case c == 0:
			return n, ambiguous(because("number_taken", unitName(s)), b.placeOf(u))
		case c < 0:
			if before != nil && law.CompareNumbers(before.Number, u.Number) > 0 {
				return n, ambiguous(because("out_of_order"), b.placeOf(u))
			}
			before = u
			known = known || follows(u, base, inserted)
		}
	}
	for k := range added {
		if h, number, _ := strings.Cut(k, " "); h == strconv.Itoa(n.holder) {
			known = known || follows(&law.Provision{Number: number}, base, inserted)
		}
	}
	switch {
	case len(siblings) == 0 && s.Kind == law.Annex && s.Number == "1":
		n.at = len(b.all)
		return n, nil
	case len(siblings) == 0:
		return n, notFound(because("no_list"))
	case before == nil:
		return n, ambiguous(because("nothing_before"), at)
	case !known && level(s.Kind) > level(law.Article):
		return n, notFound(because("predecessor_missing", unitName(s)))
	case !known && b.bordered(before, siblings):
		return n, ambiguous(because("chapter_between"), b.placeOf(before))
	}
	n.list = n.holder
	if before.Parent != nil && s.Kind != law.Article {
		n.list = before.Parent.Index // the list may hang on a part that the citation leaves out
	}
	n.at = b.end(before)
	if s.Kind == law.Article && at.unit != nil && before.Index < at.from {
		n.at = at.from + 1
	}
	return n, nil
}

// follows reports whether a number may come right after u's: 14-1 after 14 or
// another 14-x, 15 after 14 or 14-x.
func follows(u *law.Provision, base string, inserted bool) bool {
	last := u.Number
	if u.NumberTo != "" {
		last = u.NumberTo
	}
	own, _, _ := strings.Cut(last, "-")
	if inserted {
		return own == base
	}
	n, err := strconv.Atoi(own)
	return err == nil && strconv.Itoa(n+1) == base
}

// bordered reports whether a larger unit begins between a unit and the next of
// its kind: a new unit between them may belong to either. An extract of a law
// lacks articles, and that alone leaves no doubt where a new one stands.
func (b *base) bordered(u *law.Provision, siblings []*law.Provision) bool {
	for _, next := range siblings {
		if next.Index > u.Index {
			return next.Parent != u.Parent
		}
	}
	return false
}

// siblings are the units of a kind a new one is put among. Subparagraphs that
// stand in several lists of a paragraph are refused: which list is meant is not
// said.
func (b *base) siblings(at place, k law.Kind) (out []*law.Provision, refused *refusal) {
	if level(k) <= level(law.Article) {
		for _, u := range b.all {
			if u.Kind == k && (k != law.Division || u.Index >= at.from && u.Index < at.to) {
				out = append(out, u)
			}
		}
		return out, nil
	}
	if at.unit == nil {
		return nil, ambiguous(because("no_article"))
	}
	var lists []place
	for _, u := range b.children(at, k) {
		if len(lists) == 0 || lists[len(lists)-1].unit != u.Parent {
			lists = append(lists, place{unit: u.Parent})
		}
		out = append(out, u)
	}
	if len(lists) > 1 {
		return nil, ambiguous(because("several_lists"), lists...)
	}
	return out, nil
}

// addUnnumbered inserts parts and indents.
func (b *base) addUnnumbered(p *plan, in *Instruction, lines []law.Line) *refusal {
	first := lastStep(in.Targets[0])
	if first.Kind == law.Preamble || first.Kind == law.Annex {
		return b.addAround(p, in, first.Kind, lines)
	}
	c := in.Targets[0].Citation
	found, refused := b.find(Target{Citation: c[:len(c)-1]})
	if refused != nil {
		return refused
	}
	at := found[0]
	if len(found) > 1 || at.unit == nil {
		return ambiguous(because("holder_uncertain"), found...)
	}
	if first.Kind == law.Table {
		return b.addRows(p, in, at, lines)
	}
	for i, t := range in.Targets {
		s := lastStep(t)
		if s.Ordinal != 0 && s.Ordinal != first.Ordinal+i || s.Ordinal == 0 && len(in.Targets) > 1 {
			return ambiguous(because("not_in_row"), at)
		}
	}
	if first.Kind != law.Part && first.Kind != law.Indent {
		return b.addRemark(p, in, at, lines)
	}
	if len(in.Targets) > 1 && len(lines) != len(in.Targets) {
		return ambiguous(because("lines_for_units", strconv.Itoa(len(lines)), strconv.Itoa(len(in.Targets))), at)
	}
	if k, n := numberOf(lines[0].Text); n != "" {
		if k == law.Paragraph && first.Kind == law.Part && len(in.Targets) == 1 && at.unit.Kind == law.Article { // a code's numbered part
			return b.add(p, &Instruction{Wording: in.Wording, Targets: []Target{{
				Citation: append(c[:len(c)-1:len(c)-1], law.Step{Kind: law.Paragraph, Number: strconv.Itoa(first.Ordinal)}), New: true}}})
		}
		return ambiguous(because("number_unwanted", n), at)
	}
	n := insert{holder: at.unit.Index, list: at.unit.Index, kind: first.Kind, order: strconv.Itoa(first.Ordinal), lines: lines}
	stand, refused := b.unnumbered(at, first.Kind)
	if refused != nil {
		return refused
	}
	if last := len(stand) - 1; last >= 0 && stand[last].unit.Kind == law.Indent {
		n.list = stand[last].unit.Parent.Index
	}
	switch {
	case len(stand) == 0:
		return notFound(because("no_text"))
	case first.Ordinal > len(stand)+1:
		return notFound(because("too_far", strconv.Itoa(len(stand)), strconv.Itoa(first.Ordinal)))
	case first.Ordinal == 0 || first.Ordinal == len(stand)+1:
		n.at = stand[len(stand)-1].to
	case first.Ordinal == 1:
		return ambiguous(because("before_first"), at)
	default:
		n.at = stand[first.Ordinal-1].from
		p.notice(because("place_taken", unitName(first)))
	}
	p.inserts = append(p.inserts, n)
	for i, t := range in.Targets {
		if lastStep(t).Ordinal == 0 { // appended: it is the one after the last
			t.Citation = append(c[:len(c)-1:len(c)-1], law.Step{Kind: first.Kind, Ordinal: len(stand) + 1 + i})
		}
		p.places = append(p.places, t.Address())
	}
	return nil
}

// unnumbered are the parts or the lines of a unit, in order.
func (b *base) unnumbered(at place, k law.Kind) (out []place, refused *refusal) {
	if k == law.Part {
		if len(b.children(at, law.Paragraph)) > 0 {
			return nil, ambiguous(because("has_paragraphs"), at)
		}
		return b.parts(at), nil
	}
	lines, listed := b.textLines(at)
	for _, u := range lines {
		if listed[u] {
			return nil, ambiguous(because("numbered_between"), at)
		}
		out = append(out, place{unit: u, from: u.Index, to: u.Index + 1})
	}
	if n := len(out); n > 0 && out[n-1].to < at.to && b.all[out[n-1].to].Number != "" {
		return nil, ambiguous(because("numbered_after"), at)
	}
	return out, nil
}

// addRemark adds the one remark of an article that has none, at its end.
func (b *base) addRemark(p *plan, in *Instruction, at place, lines []law.Line) *refusal {
	if k, _ := numberOf(lines[0].Text); lastStep(in.Targets[0]).Kind != law.Remark || k != law.Remark || len(in.Targets) > 1 || at.unit.Kind != law.Article {
		return ambiguous(because("place_uncertain"), at)
	}
	if has := b.children(at, law.Remark); len(has) > 0 {
		return ambiguous(because("has_remark"), b.placeOf(has[0]))
	}
	p.inserts = append(p.inserts, insert{at: at.to, holder: at.unit.Index, kind: law.Remark, lines: lines})
	p.places = append(p.places, in.Targets[0].Address())
	return nil
}

// addAround adds what an act has one of, before its first article or after its
// end: a preamble, an annex without a number.
func (b *base) addAround(p *plan, in *Instruction, k law.Kind, lines []law.Line) *refusal {
	for _, u := range b.all {
		if u.Kind == k {
			return ambiguous(because("number_taken", unitName(law.Step{Kind: k})), b.placeOf(u))
		}
	}
	n := insert{at: len(b.all), holder: -1, list: -1, kind: k, lines: lines}
	kind, number := numberOf(lines[0].Text)
	certain := kind == k
	if k == law.Preamble {
		n.at = 0
		certain = len(b.all) > 0 && framing(b.all[0]) && number == ""
	}
	if !certain || len(in.Targets) > 1 || len(in.Targets[0].Citation) > 1 {
		return ambiguous(because("place_uncertain"))
	}
	p.inserts = append(p.inserts, n)
	p.places = append(p.places, in.Targets[0].Address())
	return nil
}
