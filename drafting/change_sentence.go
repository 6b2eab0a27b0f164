package drafting

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// sentencesOf parts the text of a unit of one line into its sentences; ok is false
// where they cannot be told for certain.
func sentencesOf(p *law.Provision) (out []string, ok bool) {
	ends, sure := sentences(p.Text, p.NumberEnd())
	if _, line, shared := lineCitation(p); !sure || shared && line.Kind != law.Part || p.Number == "" && p.Kind == law.Indent {
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

// lineOf is the citation of a unit's own line, which is its part one if it has others.
func lineOf(a *law.Provision) law.Citation {
	if owner, line, shared := lineCitation(a); shared {
		return append(owner[:len(owner):len(owner)], line)
	}
	return cited(a)
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
	old, sure := sentencesOf(a)
	now, certain := sentencesOf(b)
	if !sure || !certain || a.Number != b.Number {
		return false
	}
	from, oldEnd, nowEnd := differing(old, now)
	cite := lineOf(a)
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
	old, sure := sentencesOf(a)
	now, certain := sentencesOf(b)
	if !sure || !certain || a.Number != b.Number || len(old) < 3 {
		return false
	}
	from, oldEnd, nowEnd := differing(old, now)
	if oldEnd != from+1 || nowEnd != from+1 {
		return false
	}
	c.add(change{op: ReplaceUnit, holder: lineOf(a), steps: law.Citation{{Kind: Sentence, Ordinal: from + 1}},
		wording: [][]string{{now[from]}}, units: []*law.Provision{a}, within: a})
	return true
}
