package citing

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Catalogue knows acts by what citations say of them.
type Catalogue struct {
	acts    map[law.ActID]*known
	titles  map[string][]*known // by title key
	numbers map[string][]*known
	codes   []*known
}

// known is an act as citations may name it.
type known struct {
	id      law.ActID
	kind    Kind
	date    law.Date
	numbers []string
	beside  map[law.Lang][][]string // the words that tell a code from others
}

// NewCatalogue makes a catalogue of acts. Without requisites the kind of an act
// is told by the letter of its id.
func NewCatalogue(acts []law.Act) *Catalogue {
	c := &Catalogue{acts: map[law.ActID]*known{}, titles: map[string][]*known{}, numbers: map[string][]*known{}}
	for i := range acts {
		c.add(&acts[i])
	}
	return c
}

func (c *Catalogue) add(a *law.Act) {
	k := &known{id: a.ID, date: a.Adopted, beside: map[law.Lang][][]string{}}
	for _, lang := range [...]law.Lang{law.RU, law.KK} {
		w := wordsOf(lang)
		form := facts(w, a.Requisites[lang])
		if k.kind == "" {
			k.kind = form.Kind
		}
		if k.date == "" {
			k.date = form.Date
		}
		if form.Number != "" && !slices.Contains(k.numbers, form.Number) {
			k.numbers = append(k.numbers, form.Number)
		}
	}
	if k.kind == "" {
		k.kind = kindOf(a)
	}
	for _, lang := range [...]law.Lang{law.RU, law.KK} {
		for _, title := range titles(a.Titles[lang]) {
			c.titles[title] = append(c.titles[title], k)
			if w := wordsOf(lang).codeWords(title); k.kind == Code && len(w) > 0 {
				k.beside[lang] = append(k.beside[lang], w)
			}
		}
	}
	if k.kind == Code || k.kind == Constitution {
		c.codes = append(c.codes, k)
	}
	for _, n := range k.numbers {
		c.numbers[n] = append(c.numbers[n], k)
	}
	c.acts[a.ID] = k
}

// titles are the names a title holds: itself, what stands in brackets at its end
// («… (Налоговый кодекс)»), what a form in front quotes («Закон … «О …»»).
func titles(title string) (out []string) {
	if title == "" {
		return nil
	}
	out = []string{titleKey(title)}
	if open := strings.LastIndex(title, "("); open > 0 && strings.HasSuffix(strings.TrimSpace(title), ")") {
		out = append(out, titleKey(title[:open]), titleKey(strings.Trim(title[open:], "() ")))
	}
	for _, t := range lex(title) {
		if t.kind == quoted && (t.from > 0 && strings.TrimSpace(title[t.to:]) == "" || t.from == 0) && wholeName(title, t) {
			out = append(out, titleKey(t.text))
		}
	}
	return out
}

// wholeName reports whether beside the quotation there is nothing but the form of
// an act and the state.
func wholeName(title string, q token) bool {
	rest := lex(title[:q.from] + " " + title[q.to:])
	for _, t := range rest {
		_, ru := russian().acts[t.text]
		_, kk := kazakh().acts[t.text]
		if !ru && !kk && !slices.Contains(russian().State, t.text) && !slices.Contains(kazakh().State, t.text) {
			return false
		}
	}
	return len(rest) > 0
}

// facts reads the requisites of an act: «Закон Республики Казахстан от 19 июня
// 2024 года № 93-VIII ЗРК.»
func facts(w *words, requisites string) (n Name) {
	r := &reader{w: w, text: requisites, tokens: lex(requisites)}
	for i, t := range r.tokens {
		if t.kind == word && n.Kind == "" {
			n.Kind = w.acts[t.text]
		}
		if d, _ := r.dateAt(i); n.Date == "" {
			n.Date = d
		}
		if no, _ := r.numberAt(i); n.Number == "" {
			n.Number = no
		}
	}
	return n
}

// kindOf tells the form of an act by its title or the letter of its id; "" where
// neither does.
func kindOf(a *law.Act) Kind {
	if key := titleKey(a.Titles[law.RU]); strings.HasPrefix(key, "конституция республики") {
		return Constitution
	}
	switch a.ID[:min(1, len(a.ID))] {
	case "K":
		return Code
	case "Z":
		return Law
	case "U":
		return Decree
	case "P":
		return Resolution
	case "V", "G": // registered acts of ministries and of local bodies
		return ByLaw
	}
	return ""
}

// Find lists the acts a name fits, in the order of their ids: none where it tells
// too little, several where it does not tell them apart. lang is of the citing
// text.
func (c *Catalogue) Find(lang law.Lang, n *Name) (ids []law.ActID) {
	if n.ID != "" {
		if c.acts[n.ID] == nil {
			return nil
		}
		return []law.ActID{n.ID}
	}
	var pool []*known
	switch {
	case n.Title != "":
		pool = c.titles[n.Title]
		if len(pool) == 0 && n.Number != "" && n.Date != "" { // a slip in the title
			pool = c.numbers[n.Number]
		}
	case n.Number != "":
		pool = c.numbers[n.Number]
	default:
		pool = c.codes
	}
	for _, k := range pool {
		if k.fits(lang, n) && !slices.Contains(ids, k.id) {
			ids = append(ids, k.id)
		}
	}
	slices.Sort(ids)
	return ids
}

// fits reports whether nothing a name says contradicts what is known.
func (k *known) fits(lang law.Lang, n *Name) bool {
	if n.Date != "" && k.date != "" && n.Date != k.date || n.Number != "" && len(k.numbers) > 0 && !slices.Contains(k.numbers, n.Number) {
		return false
	}
	if n.Kind != "" && k.kind != "" && n.Kind != k.kind && n.Kind != Rules && !(k.kind == ByLaw && n.Kind.BelowLaw()) {
		return false
	}
	switch {
	case n.Title != "":
		return true
	case n.Number != "": // numbers are given anew each year, but for those of laws
		return n.Date != "" && k.date != "" || strings.Contains(n.Number, "-")
	case n.Kind == Constitution:
		return k.kind == Constitution
	}
	return slices.ContainsFunc(k.beside[lang], func(w []string) bool { return wordsOf(lang).sameWords(w, n) })
}

// sameWords reports whether a text calls a code so: a title that begins with «об»
// stands after the noun, any other before it.
func (w *words) sameWords(name []string, n *Name) bool {
	said := n.After
	if name[0] != "о" && name[0] != "об" {
		said = n.Before[max(0, len(n.Before)-len(name)):]
	}
	if len(name) > len(said) {
		return false
	}
	for i := range name {
		if !w.sameWord(name[i], said[i]) {
			return false
		}
	}
	return true
}
