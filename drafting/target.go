package drafting

import "github.com/tuzetu/tuzetu/law"

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
		switch k, ok := m.g.unit(m.tokens[at].text); {
		case !ok:
		case k == law.Indent || k == law.Part || k == law.Table || k == Sentence || saysItsNumber(k):
			return group{k, []law.Step{{Kind: k}}}, at + 1, true
		}
	}
	return group{}, at, false
}

// saysItsNumber reports whether a new unit of a kind may be named without a number,
// which its wording has: «дополнить подпунктом следующего содержания: "4) …"».
func saysItsNumber(k law.Kind) bool {
	return k == law.Article || k == law.Paragraph || k == law.Subparagraph || k == law.Chapter
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
