package drafting

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// ofTitle reports whether an instruction is about the act's own title: «заголовок
// изложить в следующей редакции», where no line above names an article.
func ofTitle(in *Instruction) bool {
	return len(in.Targets) == 1 && len(in.Targets[0].Citation) == 1 && lastKind(in.Targets[0]) == Heading
}

// title plans a change of the act's title: a new one, or other words in it.
func (b *base) title(p *plan, in *Instruction) *refusal {
	line := TitleLine(b.doc)
	text := cmp.Or(b.doc.Title, line)
	if text == "" {
		return notFound(because("no_title"))
	}
	refused := titleWords(p, in, text)
	if line != "" {
		p.edits, p.title = p.title, nil // a line of the text, the first
	}
	return refused
}

// TitleLine is the first line of a text without a title of its own, where that is
// the title all the same, above the preamble, as in files of plain text; else "".
func TitleLine(doc *law.Document) string {
	g := grammarOf(doc.Lang)
	if g == nil || doc.Title != "" || len(doc.Provisions) == 0 {
		return ""
	}
	first := doc.Provisions[0]
	low := strings.ToLower(law.Fold(first.Text))
	if first.Kind == law.Preamble && unended(first.Text) &&
		(slices.ContainsFunc(g.TitleStarts, func(s string) bool { return strings.HasPrefix(low, s) }) ||
			slices.ContainsFunc(g.TitleEnds, func(s string) bool { return strings.HasSuffix(low, s) })) {
		return first.Text
	}
	return ""
}

// titleWords plans a change of a title, wherever that stands.
func titleWords(p *plan, in *Instruction, text string) *refusal {
	switch in.Op {
	case ReplaceUnit, ReplaceHeading:
		if len(in.Wording) != 1 || len(in.Wording[0]) != 1 {
			return ambiguous(because("heading_lines"))
		}
		title := in.Wording[0][0].Text
		if _, number := numberOf(title); number != "" { // of an article that is not named
			return ambiguous(because("no_article"))
		}
		p.title = []edit{{to: len(text), new: title}}
	case AddWordsEnd:
		p.title = []edit{{from: len(text), to: len(text), put: len(text), new: strings.Join(in.New, " ")}}
	case ReplaceWords, ReplaceFigures, ReplaceSign, DeleteWords, AddWordsAfter:
		if p.title = titleEdits(text, in); len(p.title) == 0 {
			return notFound(because("words_nowhere"))
		}
	default:
		return ambiguous(because("no_article"))
	}
	return nil
}

// titleEdits are the places of a title that hold the quoted words.
func titleEdits(title string, in *Instruction) (out []edit) {
	for _, m := range search(title, 0, pairsOf(in.Old, in.New)) {
		e := edit{from: m.from, to: m.to, put: m.from, new: m.new}
		switch {
		case in.Before:
			e.new = seam(m.new, title[m.from:m.to])
		case in.Op == AddWordsAfter:
			e.put = m.to
		}
		out = append(out, e)
	}
	return out
}

// namesHeading reports whether a sentence on the whole text names the title with
// it: «заголовок и текст», «в заголовке и по всему тексту».
func (b *base) namesHeading(in *Instruction) bool {
	g := grammarOf(b.doc.Lang)
	sentence := strings.ToLower(law.Fold(in.Text))
	if at := strings.IndexFunc(sentence, isMark); at >= 0 {
		sentence = sentence[:at]
	}
	for _, u := range g.Units {
		if u.Kind == Heading && strings.Contains(sentence, u.Stem) {
			return true
		}
	}
	return false
}

// titled is the title with the plans in force. Where two days meet, the later one
// has the words.
func (b *base) titled(plans []*plan, in func(*plan) bool) string {
	var edits []edit
	ordered := slices.Clone(plans)
	slices.SortStableFunc(ordered, func(p, q *plan) int { return strings.Compare(string(p.day), string(q.day)) })
	for _, p := range ordered {
		if p.refused != nil || !in(p) {
			continue
		}
		for _, e := range p.title {
			edits = slices.DeleteFunc(edits, func(f edit) bool { return e.from < f.to && f.from < e.to })
			edits = append(edits, e)
		}
	}
	slices.SortStableFunc(edits, func(x, y edit) int { return y.from - x.from })
	title := b.doc.Title
	for _, e := range edits {
		title, _ = splice(title, e.put, e.to, e.new)
	}
	return title
}
