package citing

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// link is one link of a chain: a kind of unit and its numbers.
type link struct {
	kind  law.Kind
	steps []law.Step
}

// chain is a citation with several numbers in a link, the largest unit first:
// «подпункты 1) и 2) статьи 5».
type chain []link

// level is the size of a unit: a smaller number is a larger unit.
func level(k law.Kind) int {
	return slices.Index([]law.Kind{law.Annex, law.Section, law.Chapter, law.Division, law.Article, law.Paragraph, law.Part, law.Subparagraph, law.Indent}, k)
}

// holds reports whether a unit of one kind may stand in one of another. Parts
// hold subparagraphs, and subparagraphs parts.
func holds(above, below law.Kind) bool {
	return level(below) > level(above) || below == law.Part && above == law.Subparagraph
}

func (c chain) names(k law.Kind) bool {
	return slices.ContainsFunc(c, func(l link) bool { return l.kind == k })
}

// mostUnits bounds what one citation may stand for: a list of lists multiplies.
const mostUnits = 400

// spread writes the chain as the citations it stands for; nil where they are too
// many to be a citation.
func (c chain) spread() []law.Citation {
	out := []law.Citation{nil}
	for _, l := range c {
		if len(out)*len(l.steps) > mostUnits {
			return nil
		}
		var longer []law.Citation
		for _, begun := range out {
			for _, s := range l.steps {
				longer = append(longer, append(begun[:len(begun):len(begun)], s))
			}
		}
		out = longer
	}
	return out
}

// listed is a citation of a list and its tokens.
type listed struct {
	chain
	from, to int
}

// list reads a list of citations of units: «подпунктом 1) пункта 2, пунктом 5
// статьи 14», «14-бабының 5) тармақшасы, 22-бабы».
func (r *reader) list(at int) (out []listed, end int) {
	end = at
	for i := at; i < len(r.tokens); {
		c, next := r.chain(i)
		if c == nil {
			break
		}
		out = append(out, listed{c, i, next})
		end = next
		if i = r.separator(next); i == next {
			break
		}
		if i < len(r.tokens) && slices.Contains(r.w.Before, r.tokens[i].text) {
			i++ // «в пункте 1 и в пункте 2»
		}
	}
	share(out, r.w.lang)
	return out, end
}

// units reads a list as the citations it stands for. ok is false where none
// stands.
func (r *reader) units(at int) (out []law.Citation, end int, ok bool) {
	list, end := r.list(at)
	for _, c := range list {
		out = append(out, c.spread()...)
	}
	return out, end, len(out) > 0
}

// share gives each citation of a list the larger units that only a neighbour
// names, without the neighbour's own smallest: in Russian those of the one after,
// in Kazakh those of the one before.
func share(list []listed, lang law.Lang) {
	give := func(c, from chain) chain {
		var larger chain
		for _, l := range from[:len(from)-1] {
			if level(l.kind) < level(c[0].kind) {
				larger = append(larger, l)
			}
		}
		return append(larger, c...)
	}
	if lang == law.RU {
		for i := len(list) - 2; i >= 0; i-- {
			list[i].chain = give(list[i].chain, list[i+1].chain)
		}
		return
	}
	for i := 1; i < len(list); i++ {
		list[i].chain = give(list[i].chain, list[i-1].chain)
	}
}

// separator skips «,», «и», «, а также», «и (или)».
func (r *reader) separator(at int) int {
	for at < len(r.tokens) {
		switch t := r.tokens[at]; {
		case t.is(sign, ","), t.kind == word && slices.Contains(r.w.And, t.text):
			at++
		case t.is(sign, "(") && at+2 < len(r.tokens) && slices.Contains(r.w.And, r.tokens[at+1].text) && r.tokens[at+2].is(sign, ")"):
			at += 3
		default:
			return at
		}
	}
	return at
}

// chain reads one citation: in Russian from the smallest unit, in Kazakh from
// the largest.
func (r *reader) chain(at int) (c chain, end int) {
	end = at
	for {
		read := r.russianLink
		if r.w.lang == law.KK {
			read = r.kazakhLink
		}
		l, next, ok := read(end)
		if !ok || c.names(l.kind) {
			return c, end
		}
		switch kk := r.w.lang == law.KK; {
		case len(c) == 0:
			c = chain{l}
		case kk && holds(c[len(c)-1].kind, l.kind):
			c = append(c, l)
		case !kk && holds(l.kind, c[0].kind):
			c = append(chain{l}, c...)
		default:
			return c, end
		}
		end = next
	}
}

// russianLink reads «пунктами 1, 3 и 8», «части второй», «второй части».
func (r *reader) russianLink(at int) (l link, end int, ok bool) {
	if n, after := r.ordinal(at); n > 0 && after < len(r.tokens) {
		if k, ok := r.w.unit(r.tokens[after]); ok && (k == law.Part || k == law.Indent) {
			return link{k, []law.Step{{Kind: k, Ordinal: n}}}, after + 1, true
		}
	}
	if at >= len(r.tokens) {
		return l, at, false
	}
	k, ok := r.w.unit(r.tokens[at])
	if !ok {
		return l, at, false
	}
	steps, end := r.numbers(at+1, r.w.plural(r.tokens[at].text))
	return linkOf(k, steps, end)
}

// kazakhLink reads «22-баптың», «1) және 2) тармақшалары», «екінші бөлігінің».
func (r *reader) kazakhLink(at int) (l link, end int, ok bool) {
	steps, next := r.numbers(at, false)
	if next >= len(r.tokens) || len(steps) == 0 {
		return l, at, false
	}
	k, ok := r.w.unit(r.tokens[next])
	if !ok {
		return l, at, false
	}
	if r.w.plural(r.tokens[next].text) {
		steps = law.AsRange(steps)
	}
	return linkOf(k, steps, next+1)
}

// linkOf settles what a unit's numbers may be.
func linkOf(k law.Kind, steps []law.Step, end int) (link, int, bool) {
	for i := range steps {
		s := &steps[i]
		bracket := s.Kind == law.Subparagraph
		s.Kind = k
		switch {
		case bracket && (k == law.Paragraph || k == law.Part): // «пункт 1)» of a code
			k, s.Kind = law.Subparagraph, law.Subparagraph
		case bracket != (k == law.Subparagraph):
			return link{}, end, false
		case k == law.Part && strings.Contains(s.Number, "-"): // «часть 1-1» of a code
			k, s.Kind = law.Paragraph, law.Paragraph
		case (k == law.Part || k == law.Indent) && s.Number != "":
			s.Ordinal, _ = strconv.Atoi(s.Number)
			s.Number = ""
			if s.Ordinal == 0 || s.To != "" {
				return link{}, end, false
			}
		case s.Ordinal > 0 && k != law.Part && k != law.Indent:
			return link{}, end, false
		}
	}
	return link{k, steps}, end, len(steps) > 0
}

// numbers reads «1, 3 и 8», «1) – 4)», «вторую и третью».
func (r *reader) numbers(at int, plural bool) (steps []law.Step, end int) {
	end = at
	for i := at; i < len(r.tokens) && len(steps) < mostUnits; {
		s, next, ok := r.number(i)
		if !ok || len(steps) > 0 && (s.Kind != steps[0].Kind || (s.Ordinal > 0) != (steps[0].Ordinal > 0) || r.measured(next)) {
			break
		}
		steps = append(steps, s)
		end = next
		if i = r.separator(next); i == next {
			break
		}
	}
	if plural {
		steps = law.AsRange(steps)
	}
	return steps, end
}

// measured reports whether a number before at counts something: «статьи 5, 10
// дней».
func (r *reader) measured(at int) bool {
	return at < len(r.tokens) && (r.tokens[at].kind == word && begins(r.w.Measures, r.tokens[at].text) || r.tokens[at].is(sign, "%"))
}

func (r *reader) number(at int) (s law.Step, end int, ok bool) {
	t := r.tokens[at]
	if t.kind != number {
		n, end := r.ordinal(at)
		return law.Step{Ordinal: n}, end, n > 0
	}
	s.Number = t.text
	if t.bracket {
		s.Kind = law.Subparagraph
	}
	at++
	if at+1 < len(r.tokens) && r.tokens[at].is(sign, "-") && r.tokens[at+1].kind == number && r.tokens[at+1].bracket == t.bracket {
		if to := r.tokens[at+1].text; law.CompareNumbers(s.Number, to) < 0 {
			s.To = to
		} else {
			s.Number += "-" + to // «статьей 144–4», printed with a dash
		}
		at += 2
	}
	return s, at, true
}

// ordinal reads an ordinal of up to three words with the reader of package law.
func (r *reader) ordinal(at int) (n, end int) {
	if at >= len(r.tokens) || r.tokens[at].kind != word || !begins(r.w.Ordinals, r.tokens[at].text) {
		return 0, at
	}
	var words []string
	for i := at; i < len(r.tokens) && i < at+3 && r.tokens[i].kind == word; i++ {
		words = append(words, r.tokens[i].text)
	}
	n, used := law.ScanOrdinal(r.w.lang, words)
	return n, at + used
}
