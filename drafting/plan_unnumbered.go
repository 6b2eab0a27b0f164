package drafting

import (
	"strconv"

	"github.com/tuzetu/tuzetu/law"
)

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
	k, number := numberOf(lines[0].Text)
	if k == law.Paragraph && first.Kind == law.Part && first.Ordinal > 0 && at.unit.Kind == law.Article { // a code's numbered parts
		return b.add(p, numberedParts(in))
	}
	if (len(in.Targets) > 1 || first.Kind == law.Indent) && len(lines) != len(in.Targets) {
		return ambiguous(because("lines_for_units", strconv.Itoa(len(lines)), strconv.Itoa(len(in.Targets))), at)
	}
	if number != "" {
		return ambiguous(because("number_unwanted", number), at)
	}
	n := insert{holder: at.unit.Index, list: at.unit.Index, kind: first.Kind, order: strconv.Itoa(first.Ordinal), lines: lines}
	stand, refused := b.unnumbered(at, first.Kind)
	if refused != nil {
		return refused
	}
	if last := len(stand) - 1; last >= 0 && stand[last].unit.Kind == law.Indent {
		n.list = stand[last].unit.Parent.Index
	}
	switch next := b.nextUnnumbered(n, stand); {
	case len(stand) == 0:
		return notFound(because("no_text"))
	case next != nil:
		n.at = stand[len(stand)-1].to
		p.needs = append(p.needs, next)
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

// numberedParts is an instruction on parts whose wording has numbers, as codes
// number them.
func numberedParts(in *Instruction) *Instruction {
	out := Instruction{Wording: in.Wording}
	for _, t := range in.Targets {
		last := len(t.Citation) - 1
		step := law.Step{Kind: law.Paragraph, Number: strconv.Itoa(t.Citation[last].Ordinal)}
		out.Targets = append(out.Targets, Target{Citation: append(t.Citation[:last:last], step), New: true})
	}
	return &out
}

// nextUnnumbered is the instruction before this one that adds, at the end of the
// same unit, what the new parts or indents come right after.
func (b *base) nextUnnumbered(n insert, stand []place) *plan {
	at, _ := strconv.Atoi(n.order)
	for _, q := range b.planned {
		for _, m := range q.inserts {
			own, _ := strconv.Atoi(m.order)
			if m.holder == n.holder && m.kind == n.kind && own > len(stand) && own+len(m.lines) == at {
				return q
			}
		}
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
