package drafting

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// sentencesOf parts the text of a unit of one line into its sentences; ok is false
// where they cannot be told for certain.
func (c *comparer) sentencesOf(p *law.Provision) (out []string, ok bool) {
	ends, sure := sentences(p.Text, p.NumberEnd())
	if _, line, shared := c.lineCitation(p); !sure || shared && line.Kind != law.Part || p.Number == "" && p.Kind == law.Indent {
		return nil, false
	}
	from := p.NumberEnd()
	for _, end := range ends {
		s := strings.TrimSpace(p.Text[from:end])
		first, _ := utf8.DecodeRuneInString(s)
		if !unicode.IsUpper(first) || !strings.ContainsAny(tail(s, 1), ".!?") {
			return nil, false
		}
		out, from = append(out, s), end
	}
	return out, true
}

// lineCitation names a unit's own line alone, where more than it belongs to the
// unit: «абзац первый», «часть первую» where its other parts follow. Below part one
// of an article its list hangs on the article.
func (c *comparer) lineCitation(a *law.Provision) (law.Citation, law.Step, bool) {
	first := law.Step{Kind: law.Indent, Ordinal: 1}
	switch {
	case len(a.Children) > 0 && a.Kind == law.Paragraph && a.Children[0].Kind == law.Part:
		return c.cited(a), law.Step{Kind: law.Part, Ordinal: 1}, true
	case len(a.Children) > 0:
		return c.cited(a), first, true
	case a.Kind == law.Part && a.Ordinal == 1 && a.Parent != nil && a.Parent.Kind == law.Article && len(a.Parent.Children) > 1 && a.Parent.Children[1].Kind != law.Part:
		return c.cited(a.Parent), first, true
	}
	return nil, first, false
}

// within is the unit to write anew where a line alone cannot be: the one it
// begins, or, of part one of an article, the article.
func within(a *law.Provision) *law.Provision {
	if len(a.Children) == 0 && a.Kind == law.Part {
		return a.Parent
	}
	return a
}

// lineOf is the citation of a unit's own line, which is its part one if it has others.
func (c *comparer) lineOf(a *law.Provision) law.Citation {
	if owner, line, shared := c.lineCitation(a); shared {
		return append(owner[:len(owner):len(owner)], line)
	}
	return c.cited(a)
}

// differing are the sentences [from,oldEnd) and [from,nowEnd) that two lines do not
// have in common.
func differing(old, now []string) (from, oldEnd, nowEnd int) {
	for from < min(len(old), len(now)) && same(old[from], now[from]) {
		from++
	}
	oldEnd, nowEnd = len(old), len(now)
	for oldEnd > from && nowEnd > from && same(old[oldEnd-1], now[nowEnd-1]) {
		oldEnd--
		nowEnd--
	}
	return from, oldEnd, nowEnd
}

// addsSentence says that a whole sentence came or went. It reports whether that is
// all.
func (c *comparer) addsSentence(a, b *law.Provision) bool {
	old, sure := c.sentencesOf(a)
	now, certain := c.sentencesOf(b)
	if !sure || !certain || a.Number != b.Number {
		return false
	}
	from, oldEnd, nowEnd := differing(old, now)
	cite := c.lineOf(a)
	ch := change{holder: cite, steps: law.Citation{{Kind: Sentence, Ordinal: from + 1}}, units: []*law.Provision{a}, within: a}
	switch {
	case oldEnd == from && nowEnd == from+1 && from > 0:
		ch.op, ch.wording = AddSentence, [][]string{{now[from]}}
	case oldEnd == from+1 && nowEnd == from && len(old) > 1:
		ch.op = DeleteUnit
	default:
		return false
	}
	c.add(ch)
	return true
}

// sentence writes one sentence of several anew. It reports whether it could.
func (c *comparer) sentence(a, b *law.Provision) bool {
	old, sure := c.sentencesOf(a)
	now, certain := c.sentencesOf(b)
	if !sure || !certain || a.Number != b.Number || len(old) < 3 {
		return false
	}
	from, oldEnd, nowEnd := differing(old, now)
	if oldEnd != from+1 || nowEnd != from+1 {
		return false
	}
	c.add(change{op: ReplaceUnit, holder: c.lineOf(a), steps: law.Citation{{Kind: Sentence, Ordinal: from + 1}},
		wording: [][]string{{now[from]}}, units: []*law.Provision{a}, within: a})
	return true
}
