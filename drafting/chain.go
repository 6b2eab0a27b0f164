package drafting

import (
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// group is one link of a citation: a unit's name and its numbers.
type group struct {
	kind  law.Kind
	steps []law.Step
}

// chain is a citation with several numbers in a link, the largest unit first.
type chain []group

func (g group) isLast() bool { return len(g.steps) > 0 && g.steps[0].Ordinal == lastOrdinal }

func (c chain) names(k law.Kind) bool {
	for _, g := range c {
		if g.kind == k {
			return true
		}
	}
	return false
}

// spread writes a chain as the citations it stands for.
func (c chain) spread() []law.Citation {
	out := []law.Citation{nil}
	for _, g := range c {
		var longer []law.Citation
		for _, begun := range out {
			for _, s := range g.steps {
				longer = append(longer, append(begun[:len(begun):len(begun)], s))
			}
		}
		out = longer
	}
	return out
}

// chain reads one citation.
func (m *matcher) chain(at int) (chain, int) {
	if m.g.lang == law.KK {
		return m.kazakhChain(at)
	}
	return m.russianChain(at)
}

// russianChain reads from small to large: «подпункты 1) и 2) части второй пункта
// 6 статьи 22».
func (m *matcher) russianChain(at int) (c chain, end int) {
	end = at
	for {
		g, next, ok := m.russianGroup(end)
		if !ok || c.names(g.kind) || len(c) > 0 && level(c[0].kind) <= level(law.Article) && level(g.kind) >= level(c[0].kind) {
			return c, end
		}
		if len(c) > 0 && level(g.kind) > level(c[0].kind) && !(c[0].kind == law.Part && g.kind == law.Subparagraph) {
			return c, end
		}
		if len(c) > 0 && g.isLast() {
			return c, end // how many there are is known of the smallest unit alone
		}
		if len(c) == 0 && m.heads(at) {
			g.steps = law.AsRange(g.steps) // «статьи 5-7 исключить»
		}
		c = append(chain{g}, c...)
		end = next
		if after, found := m.skipAny(end, [][]string{{"к"}}); found { // «примечание к статье 5»
			if g.kind == law.Remark || g.kind == law.Annex {
				end = after
			}
		}
	}
}

// heads reports whether a name that is the same in the genitive and in the plural
// («статьи», «главы») is certainly the plural: nothing governs it but the verb.
func (m *matcher) heads(at int) bool {
	if !slices.Contains(m.g.HeadPlural, m.tokens[at].text) {
		return false
	}
	if at == 0 {
		return true
	}
	before := m.tokens[at-1]
	return before.kind == sign && before.text == "," || m.g.and[before.text] || m.g.amends(before.text)
}

// russianGroup reads «пункты 1, 3 и 8», «части второй», «вторую часть»,
// «заголовок».
func (m *matcher) russianGroup(at int) (g group, end int, ok bool) {
	if steps, after := m.numbers(at, "", false); len(steps) > 0 && steps[0].Ordinal != 0 && after < len(m.tokens) && m.tokens[after].kind == word {
		if k, ok := m.g.unit(m.tokens[after].text); ok && (k == law.Part || k == law.Indent || k == Sentence) {
			return named(k, steps, after+1)
		}
	}
	if at >= len(m.tokens) || m.tokens[at].kind != word {
		return g, at, false
	}
	name := m.tokens[at].text
	k, ok := m.g.unit(name)
	if !ok {
		return g, at, false
	}
	if k == law.Table {
		if from, said := m.skipAny(m.skipComma(at+1), m.g.rowNumbers); said {
			return m.rowNumbers(from)
		}
	}
	steps, end := m.numbers(at+1, k, m.g.plural(name))
	return named(k, steps, end)
}

// rowNumbers reads the numbers that rows have in their first cell, with the comma
// after them: «строку, порядковый номер 5, исключить».
func (m *matcher) rowNumbers(at int) (g group, end int, ok bool) {
	steps, end := m.numbers(at, law.Table, false)
	for i := range steps {
		if steps[i].Number == "" {
			return g, at, false
		}
		steps[i].Kind = law.Table
	}
	return group{law.Table, steps}, m.skipComma(end), len(steps) > 0
}

func (m *matcher) skipComma(at int) int {
	if at < len(m.tokens) && m.tokens[at].kind == sign && m.tokens[at].text == "," {
		return at + 1
	}
	return at
}

// kazakhChain reads from large to small: «22-баптың 6-тармағы екінші бөлігінің
// 1) және 2) тармақшалары».
func (m *matcher) kazakhChain(at int) (c chain, end int) {
	end = at
	for i := at; ; {
		g, next, ok := m.kazakhGroup(i)
		if !ok || c.names(g.kind) || len(c) > 0 && level(g.kind) <= level(c[len(c)-1].kind) &&
			!(g.kind == law.Part && c[len(c)-1].kind == law.Subparagraph) && !(g.kind == law.Table && c[len(c)-1].kind == Tabular) {
			return c, end
		}
		c = append(c, g)
		i, end = next, next
		if g.isLast() {
			return c, end
		}
		if last := m.tokens[next-1].text; m.g.genitive(last) && next < len(m.tokens) && m.tokens[next].text == "," {
			i++ // «543-баптың, бірінші бөлігі»
		}
	}
}

func (m *matcher) kazakhGroup(at int) (g group, end int, ok bool) {
	from, rowNumber := m.skipAny(at, m.g.rowNumbers)
	steps, next := m.numbers(from, "", false)
	if next > from {
		next = m.skipSuffix(next)
	}
	k, end, ok := m.g.unitAt(m.tokens, next)
	if !ok {
		return g, at, false
	}
	if rowNumber {
		rows, _, ok := m.rowNumbers(from)
		return rows, end, ok && k == law.Table
	}
	if m.g.plural(m.tokens[next].text) {
		steps = law.AsRange(steps)
	}
	return named(k, steps, end)
}

// skipSuffix skips what may part a number from its unit: «2-ші тармақ», «2 -тармақ».
func (m *matcher) skipSuffix(at int) int {
	if at < len(m.tokens) && slices.Contains(m.g.Suffixes, m.tokens[at].text) || at < len(m.tokens) && m.tokens[at].text == "-" {
		at++
	}
	return at
}
