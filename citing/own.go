package citing

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Own is a citation of units of the act in which it stands.
type Own struct {
	From, To int // bytes of the text, without «настоящего Закона»
	Units    []law.Citation
	// In is the kind of unit the citation is counted from, «настоящей статьи»;
	// empty where it is the act.
	In law.Kind
	// Unsaid says that neither the act nor such a unit is named: «по статье 5».
	Unsaid bool
}

// ReadOwn finds in a text the citations of its act's own units, in its order:
// those that name the act or one of its units («осы баптың»), and those that name
// no act at all. What stands in quotation marks is a title, or a wording that
// cites for itself: it is not read.
func ReadOwn(lang law.Lang, text string) (out []Own) {
	w := wordsOf(lang)
	if w == nil || !slices.ContainsFunc(w.unitHints, func(h string) bool { return strings.Contains(text, h) }) {
		return nil
	}
	r := &reader{w: w}
	r.begin(text, nil)
	for i, done := 0, 0; i < len(r.tokens); {
		list, end := r.list(i)
		if len(list) == 0 {
			if i++; lang == law.KK {
				_, end = r.numbers(i-1, false) // numbers of nothing are read once
				i = max(i, end)
			}
			continue
		}
		of := r.russianOwner(end)
		if lang == law.KK {
			of = r.kazakhOwner(i, done)
		}
		for _, c := range list {
			if of.another {
				break
			}
			o := Own{From: r.tokens[c.from].from, To: r.tokens[c.to-1].to, Units: c.spread(), In: of.unit, Unsaid: !of.said}
			if of.unit != "" && !holds(of.unit, c.chain[0].kind) { // «статьей 5, пунктом 2 настоящей статьи»
				o.In, o.Unsaid = "", true
			}
			out = append(out, o)
		}
		i, done = end, end
	}
	return out
}

// Within is the unit that a citation which stands in p is counted from; nil where
// p is in no article.
func (o *Own) Within(p *law.Provision) *law.Provision {
	for q := p; o.In != "" && q != nil; q = q.Parent {
		if q.Kind == o.In || o.In == law.Part && q.Kind == law.Paragraph { // part one is the paragraph's own line
			return q
		}
	}
	return p.Article()
}

// owner is whose units a list cites.
type owner struct {
	said    bool     // the act itself, or a unit of it
	unit    law.Kind // that unit
	another bool     // another act, or what is no act of the state: an agreement
}

// russianOwner reads what follows a list.
func (r *reader) russianOwner(at int) (of owner) {
	if r.tokenIs(at, "к") { // «приложению 1 к настоящему Закону»
		at++
	}
	if begins(r.w.Own, textAt(r.tokens, at)) {
		if _, _, ok := r.own(at); ok {
			of.said = true
			of.unit, _ = r.w.unit(tokenAt(r.tokens, r.adjectives(at+1)))
			return of
		}
	}
	of.another = r.namesAct(r.adjectives(at))
	return of
}

// kazakhOwner reads what stands before a list, not before least.
func (r *reader) kazakhOwner(at, least int) (of owner) {
	at--
	if tokenAt(r.tokens, max(at, 0)).is(sign, ")") { // «Заңның (бұдан әрі – …) 5-бабы»
		for at > least && !r.tokens[at].is(sign, "(") {
			at--
		}
		at--
	}
	if at < least {
		return of
	}
	k, unit := r.w.unit(r.tokens[at])
	own := at - 1
	if r.tokenIs(own, "конституциялық") {
		own--
	}
	switch {
	case own >= least && slices.Contains(r.w.Own, textAt(r.tokens, own)) && (unit || r.namesAct(at)):
		of.said, of.unit = true, k
	case r.namesAct(at):
		of.another = true
	}
	return of
}

// namesAct reports whether a token is the form of an act, or of what is not the
// state's and has units: an agreement, a charter.
func (r *reader) namesAct(at int) bool {
	form := textAt(r.tokens, at)
	_, act := r.w.acts[form]
	return act || form != "" && begins(r.w.OtherActs, form)
}

func (r *reader) tokenIs(at int, form string) bool {
	return at >= 0 && textAt(r.tokens, at) == form
}
