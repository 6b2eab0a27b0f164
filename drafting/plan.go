package drafting

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// plan finds what an instruction changes in the text before the act.
func (b *base) plan(index int, in *Instruction) *plan {
	p := &plan{index: index, n: in.N}
	if in.Reason != "" {
		p.refuse(&refusal{status: Unparsed, reason: in.Reason})
		return p
	}
	b.approved = in.Approved
	in = b.unbroken(p, in)
	var refused *refusal
	if ofTitle(in) {
		if refused = b.title(p, in); refused != nil {
			p.refuse(refused)
		}
		return p
	}
	switch in.Op {
	case EntryIntoForce, RepealAct:
		return p
	case Annex:
		refused = b.fromAnnex(p, in)
	case LeaveUnchanged:
		refused = b.look(p, in)
	case Suspend:
		refused = b.suspend(p, in)
	case ReplaceUnit, ReplaceHeading:
		refused = b.replace(p, in)
	case DeleteUnit:
		refused = b.remove(p, in)
	case Renumber:
		refused = b.renumber(p, in)
	case AddUnit, AddPart, AddIndent:
		refused = b.add(p, in)
	case AddSentence:
		refused = b.addSentence(p, in)
	case AddWordsEnd:
		refused = b.addAtEnd(p, in)
	default:
		refused = b.words(p, in)
	}
	if refused != nil {
		p.refuse(refused)
	}
	return p
}

// places finds all targets of an instruction; one that is not certain refuses
// the whole.
func (b *base) places(p *plan, targets []Target) (out []place, refused *refusal) {
	for _, t := range targets {
		found, refused := b.find(t)
		if refused != nil {
			return nil, refused
		}
		out = append(out, found...)
	}
	for _, f := range out {
		if f.unit != nil {
			p.places = append(p.places, f.unit.Address)
		}
	}
	if len(out) == 0 {
		return nil, notFound(because("names_nothing"))
	}
	return out, nil
}

// look only finds what the instruction is about: the text stays as it is.
func (b *base) look(p *plan, in *Instruction) *refusal {
	_, refused := b.places(p, in.Targets)
	if refused == nil {
		p.notice(because("text_stays"))
	}
	return refused
}

func (b *base) remove(p *plan, in *Instruction) *refusal {
	places, refused := b.places(p, in.Targets)
	if refused != nil {
		return refused
	}
	for _, at := range places {
		switch {
		case at.unit == nil, in.Targets[0].Whole:
			return ambiguous(because("whole_text"))
		case at.sentence != 0:
			if refused := b.sentence(p, at, ""); refused != nil {
				return refused
			}
			continue
		case at.unit.Index != at.from && at.unit.Kind != law.Preamble:
			return ambiguous(because("part_of_unit"), at)
		case at.to < b.end(at.unit):
			// Part one and indent one are the unit's own line with its number.
			return ambiguous(because("own_line"), at)
		case b.tail(at) != nil:
			return ambiguous(because("tail_of_list"), at)
		}
		if cite := at.unit.Cite(); at.unit.Placeholder() && len(cite) > 0 {
			p.notice(because("excluded_before", unitName(cite[len(cite)-1])))
		}
		p.covers = append(p.covers, cover{from: at.from, to: at.to})
	}
	return p.nested()
}

// tail is the line after the last item of a list that may end the sentence the
// list began («2) второе, –» · «влекут арест.»), and stands under that item as
// package law reads it; nil where there is none.
func (b *base) tail(at place) *law.Provision {
	u := at.unit
	if u.Kind != law.Subparagraph || len(u.Children) == 0 || at.to < b.end(u) || u.Children[0].Kind != law.Indent {
		return nil
	}
	last, _ := utf8.DecodeLastRuneInString(u.Text)
	if next := b.end(u); !strings.ContainsRune(";,.–—-", last) || next < len(b.all) && b.all[next].Parent == u.Parent && b.all[next].Kind == u.Kind {
		return nil
	}
	return u.Children[len(u.Children)-1]
}

// goesOnWithDash reports whether a line goes on with the one below: «… влечет, –».
func goesOnWithDash(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("–—-", last)
}

// nested refuses targets of one instruction that hold each other.
func (p *plan) nested() *refusal {
	for i, c := range p.covers {
		for _, d := range p.covers[i+1:] {
			if c.from < d.to && d.from < c.to {
				return ambiguous(because("named_twice"))
			}
		}
	}
	return nil
}

func (b *base) replace(p *plan, in *Instruction) *refusal {
	places, refused := b.places(p, in.Targets)
	if refused != nil {
		return refused
	}
	for i, at := range places {
		if at.unit == nil {
			return ambiguous(because("whole_text"))
		}
		if at.sentence != 0 {
			if len(places) > 1 || len(in.Wording) != 1 || len(in.Wording[0]) != 1 {
				return ambiguous(because("more_than_sentence"), at)
			}
			return b.sentence(p, at, in.Wording[0][0].Text)
		}
		if lastKind(in.Targets[min(i, len(in.Targets)-1)]) == Heading && at.unit.Number == "" {
			return ambiguous(because("heading_unnumbered"), at)
		}
	}
	if in.Targets[0].TextAlone {
		return b.replaceText(p, in, places)
	}
	texts, refused := wordingOf(places, in.Wording)
	if refused != nil {
		return refused
	}
	for i, at := range places {
		lines, refused := numberedLike(at, texts[i])
		if refused != nil {
			return refused
		}
		switch more := at.to > at.from+1; {
		case more && !at.heading && len(lines) == 1 && level(at.unit.Kind) <= level(law.Article) && at.unit.Number != "":
			return ambiguous(because("heading_alone"), at)
		case more && at.unit.Kind != law.Preamble && strings.HasSuffix(lines[len(lines)-1].Text, ":"):
			return ambiguous(because("list_left_out"), at)
		}
		if t := b.tail(at); t != nil && !same(t.Text, lines[len(lines)-1].Text) {
			if b.end(at.unit) != at.unit.Index+2 || len(lines) != 1 || !goesOnWithDash(at.unit.Text) || !goesOnWithDash(lines[0].Text) {
				return ambiguous(because("tail_of_list"), at)
			}
			at.to = t.Index // the new wording too goes on with «, –»
		}
		if at.unit.Kind == law.Table {
			if lines, refused = tableWording(at, lines); refused != nil {
				return refused
			}
		}
		p.covers = append(p.covers, cover{from: at.from, to: at.to, lines: lines})
	}
	return p.nested()
}

// replaceText gives an article another text and leaves its heading.
func (b *base) replaceText(p *plan, in *Instruction, places []place) *refusal {
	at := places[0]
	if len(places) > 1 || at.unit.Kind != law.Article || at.to <= b.textOf(at) {
		return ambiguous(because("not_text_alone"), places...)
	}
	lines := slices.Concat(in.Wording...)
	if len(lines) == 0 {
		return ambiguous(because("wording_empty"))
	}
	if kind, number := numberOf(lines[0].Text); kind == law.Article {
		return ambiguous(because("number_unwanted", number), at)
	}
	p.covers = append(p.covers, cover{from: b.textOf(at), to: at.to, lines: lines})
	return nil
}

// numberedLike gives the wording the number of the unit it replaces where the
// act left it out (of a heading, of the first part of a paragraph), and refuses
// another number.
func numberedLike(at place, lines []law.Line) ([]law.Line, *refusal) {
	u := at.unit
	kind, number := numberOf(lines[0].Text)
	switch {
	case u.Number == "" && number != "" && (u.Kind == law.Part || u.Kind == law.Indent):
		return nil, ambiguous(because("number_unwanted", number), at)
	case u.Number == "" || kind == u.Kind && number == u.Number:
		return lines, nil
	case number != "":
		return nil, ambiguous(because("other_number", number, u.Number), at)
	case level(u.Kind) <= level(law.Article) && !at.heading && at.to > at.from+1:
		return nil, ambiguous(because("not_heading"), at)
	}
	out := append([]law.Line(nil), lines...)
	out[0].Text = strings.TrimSpace(u.Text[:u.NumberEnd()]) + " " + out[0].Text
	return out, nil
}

// numberOf is the kind and number a line begins with, as package law reads it.
func numberOf(text string) (law.Kind, string) {
	d := law.Build("", "", []law.Line{{Text: text, From: 1, To: 1}})
	if len(d.Provisions) != 1 || d.Provisions[0].NumberTo != "" {
		return "", ""
	}
	return d.Provisions[0].Kind, d.Provisions[0].Number
}

// wordingOf parts the quoted wording among the places it is for: by the numbers
// of numbered units, else a quotation each or a line each.
func wordingOf(places []place, wording [][]law.Line) ([][]law.Line, *refusal) {
	var lines []law.Line
	for _, q := range wording {
		lines = append(lines, q...)
	}
	if len(lines) == 0 {
		return nil, ambiguous(because("wording_empty"))
	}
	if len(places) == 1 {
		return oneWording(places[0], lines)
	}
	byNumber := true
	for _, at := range places {
		byNumber = byNumber && at.unit.Number != ""
	}
	switch {
	case byNumber:
		return partedByNumber(places, lines)
	case len(wording) == len(places):
		return wording, nil
	case len(lines) == len(places):
		var out [][]law.Line
		for _, l := range lines {
			out = append(out, []law.Line{l})
		}
		return out, nil
	}
	return nil, ambiguous(because("wording_lines"), places...)
}

// oneWording refuses a wording that holds more units than the one it replaces.
func oneWording(at place, lines []law.Line) ([][]law.Line, *refusal) {
	kind := at.unit.Kind
	if level(kind) > level(law.Paragraph) && kind != law.Subparagraph || at.unit.Number == "" {
		return [][]law.Line{lines}, nil
	}
	if kind == law.Article && at.heading && len(lines) > 1 {
		return nil, ambiguous(because("heading_lines"), at)
	}
	for _, l := range lines[1:] {
		if k, n := numberOf(l.Text); k == kind && n != "" {
			return nil, ambiguous(because("wording_more", n), at)
		}
	}
	return [][]law.Line{lines}, nil
}

// partedByNumber finds each unit of a wording by its number, in order.
func partedByNumber(places []place, lines []law.Line) ([][]law.Line, *refusal) {
	out := make([][]law.Line, 0, len(places))
	for _, l := range lines {
		kind, number := numberOf(l.Text)
		if n := len(out); n < len(places) {
			if u := places[n].unit; kind == u.Kind && number == u.Number {
				out = append(out, []law.Line{l})
				continue
			}
		}
		if len(out) == 0 {
			return nil, ambiguous(because("wording_number"), places[0])
		}
		if kind == places[len(out)-1].unit.Kind && number != "" {
			return nil, ambiguous(because("wording_more", number), places...)
		}
		out[len(out)-1] = append(out[len(out)-1], l)
	}
	if len(out) < len(places) {
		return nil, ambiguous(because("wording_less"), places...)
	}
	return out, nil
}
