package drafting

import (
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// level is the size of a unit: a smaller number is a larger unit. A part may
// hold subparagraphs and a subparagraph parts; what a citation says of their
// order is kept.
func level(k law.Kind) int {
	switch k {
	case law.Section:
		return 1
	case law.Subsection:
		return 2
	case law.Chapter:
		return 3
	case law.Division:
		return 4
	case law.Article, law.Annex, law.Preamble, Contents:
		return 5
	case law.Remark:
		return 6
	case law.Paragraph:
		return 7
	case law.Part:
		return 8
	case law.Subparagraph:
		return 9
	case law.Indent, law.Table, Tabular:
		return 10
	case Sentence:
		return 11
	}
	return 12 // heading
}

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

// targetList reads what an instruction amends: «в пунктах 1 и 2 статьи 5»,
// «часть третью пункта 2, пункт 3-1 статьи 14», «по всему тексту главы 2»,
// «тақырып, 1 және 2-тармақтар».
func (m *matcher) targetList(at int) targetList {
	if l, ok := m.targets[at]; ok {
		return l
	}
	l := m.readTargetList(at)
	m.targets[at] = l
	return l
}

func (m *matcher) readTargetList(at int) (l targetList) {
	g := m.g
	at, l.atEnd = m.skipAny(at, g.atEnd)
	if end, whole := m.skipAny(at, g.whole); whole {
		alone := m.textAlone(at, end)
		at, _ = m.skipAny(end, g.fillers)
		c, end := m.chain(at)
		l.targets = wholeTargets(c, alone)
		for c != nil { // «главы 2 и статьи 30»
			var next int
			if c, next = m.chain(m.skipSeparator(end)); c != nil {
				l.targets = append(l.targets, wholeTargets(c, alone)...)
				end = next
			}
		}
		l.end, _ = m.skipAny(end, g.fillers)
		l.ok = true
		return l
	}
	at, act := m.skipAny(at, g.fillers)
	within := at < len(m.tokens) && m.tokens[at].kind == word && g.pre[m.tokens[at].text]
	if within {
		at++
	}
	if end, whole := m.skipAny(at, g.whole); whole {
		return targetList{targets: wholeTargets(nil, false), end: end, ok: true}
	}
	var items []chain
	owners := 0 // how many of them have a genitive: «2-тараудың және 30-баптың бүкіл мәтіні»
	end := at
	for i := at; ; {
		c, next := m.chain(i)
		if c == nil {
			break
		}
		items = append(items, c)
		if last := len(c) - 1; last > 0 && c[last].kind == Heading { // «12-баптың тақырыбындағы және мәтініндегі»
			if after, whole := m.skipAny(next-1, g.whole); whole {
				return targetList{targets: wholeTargets(c[:last], false), end: after, ok: true}
			}
		}
		next, _ = m.skipAny(next, g.fillers)
		if after, whole := m.skipAny(next, g.whole); whole && owners >= len(items)-1 {
			l := targetList{end: after, ok: true}
			for _, c := range items {
				l.targets = append(l.targets, wholeTargets(c, m.textAlone(next, after))...)
			}
			return l
		}
		if g.genitive(m.tokens[next-1].text) {
			owners++
		}
		end = next
		if i = m.skipSeparator(next); i == next {
			break
		}
		if i < len(m.tokens) && g.pre[m.tokens[i].text] {
			i++ // «в пункте 1 и в пункте 2»
		}
	}
	if len(items) == 0 {
		return targetList{end: at, ok: act} // «закон дополнить статьей …»
	}
	shareTails(items, g.lang)
	for _, c := range items {
		for _, citation := range c.spread() {
			l.targets = append(l.targets, Target{Citation: citation})
		}
	}
	l.end, l.ok = end, true
	if within { // «в пункте 3 статьи 5 подпункт 2)»
		if inner := m.targetList(end); inner.ok {
			if full, fit := below(l.targets, inner.targets); fit {
				inner.targets = full
				return inner
			}
		}
	}
	if after, found := m.skipAny(end, g.atEnd); found {
		l.end, l.atEnd = after, true
	}
	return l
}

// below are units that the sentence names after the larger ones they stand in.
func below(holders, units []Target) (out []Target, fit bool) {
	for _, h := range holders {
		for _, t := range units {
			if t.Whole || !fits(t, h) {
				return nil, false
			}
			t.Citation = append(h.Citation[:len(h.Citation):len(h.Citation)], t.Citation...)
			out = append(out, t)
		}
	}
	return out, len(out) > 0
}

func wholeTargets(c chain, textAlone bool) (out []Target) {
	for _, citation := range c.spread() {
		out = append(out, Target{Citation: citation, Whole: true, TextAlone: textAlone})
	}
	return out
}

// textAlone reports whether a phrase for the whole of a unit leaves its heading
// out: «в тексте», beside «по всему тексту».
func (m *matcher) textAlone(at, end int) bool {
	after, found := m.skipAny(at, m.g.textAlone)
	return found && after == end
}

// shareTails gives each citation of a list the larger units that only one names,
// without that one's own smallest link: in Russian those of the citation after it
// («часть третью пункта 2, пункт 3-1 статьи 14»), in Kazakh those of the one
// before.
func shareTails(items []chain, lang law.Lang) {
	share := func(c, tail chain) chain {
		below := level(c[0].kind)
		if c[0].kind == Heading {
			below = level(law.Article) + 1
		}
		var larger chain
		for _, g := range tail {
			if level(g.kind) < below {
				larger = append(larger, g)
			}
		}
		return append(larger, c...)
	}
	if lang == law.RU {
		for i := len(items) - 2; i >= 0; i-- {
			items[i] = share(items[i], items[i+1][:len(items[i+1])-1])
		}
		return
	}
	for i := 1; i < len(items); i++ {
		items[i] = share(items[i], items[i-1][:len(items[i-1])-1])
	}
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
			g.steps = asRange(g.steps) // «статьи 5-7 исключить»
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
		steps = asRange(steps)
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

// newUnits reads «подпунктами 1-2) и 3-1)», «частью второй», «абзацем»,
// «2-2 және 2-3-тармақтармен».
func (g *grammar) newUnits(tokens []token, at int) (l targetList) {
	m := &matcher{g: g, tokens: tokens}
	for i := at; ; {
		var steps group
		var next int
		var ok bool
		if g.lang == law.KK {
			steps, next, ok = m.kazakhGroup(i)
		} else {
			steps, next, ok = m.russianGroup(i)
		}
		if !ok && next <= len(tokens) { // «дополнить абзацем», «жаңа абзацпен»
			steps, next, ok = m.unnumbered(i)
		}
		if !ok {
			return l
		}
		for _, s := range steps.steps {
			for _, each := range eachOf(s) {
				l.targets = append(l.targets, Target{Citation: law.Citation{each}, New: true})
			}
		}
		l.end, l.ok = next, true
		if i = m.skipSeparator(next); i == next {
			return l
		}
	}
}

func (m *matcher) unnumbered(at int) (group, int, bool) {
	if at < len(m.tokens) && m.tokens[at].kind == word {
		if k, ok := m.g.unit(m.tokens[at].text); ok && (k == law.Indent || k == law.Part || k == law.Table || k == Sentence) {
			return group{k, []law.Step{{Kind: k}}}, at + 1, true
		}
	}
	return group{}, at, false
}

// skipSeparator skips «,», «и», «, а также».
func (m *matcher) skipSeparator(at int) int {
	for at < len(m.tokens) && (m.tokens[at].text == "," && m.tokens[at].kind == sign || m.tokens[at].kind == word && m.g.and[m.tokens[at].text]) {
		at++
	}
	return at
}

// skipAny skips one of several phrases.
func (m *matcher) skipAny(at int, phrases [][]string) (int, bool) {
	for _, p := range phrases {
		if at+len(p) > len(m.tokens) {
			continue
		}
		found := true
		for i, w := range p {
			if t := m.tokens[at+i]; t.kind != word || t.text != w {
				found = false
				break
			}
		}
		if found {
			return at + len(p), true
		}
	}
	return at, false
}
