package citing

import "slices"

// kazakhMentions reads ««… туралы» Қазақстан Республикасының Заңы 14-бабының
// 5) тармақшасы»: the units stand after the act.
func (r *reader) kazakhMentions() (out []mention) {
	for i := 0; i < len(r.tokens); i++ { // a title stands before its act: it cannot be left until it is seen that none follows
		r.unquote(i)
	}
	done := 0 // tokens before it belong to a mention
	for i := 0; i < len(r.tokens); i++ {
		name, from, end, ok := r.kazakhName(i, done)
		if !ok {
			continue
		}
		units, after, some := r.units(end)
		if !some {
			after = end
		}
		if m, ok := r.settle(name, units, r.tokens[from].from, r.tokens[after-1].to); ok {
			out = append(out, m)
		}
		done, i = after, after-1
	}
	return out
}

// kazakhName reads what names an act: a noun at a place and what stands before
// it, or a short name. [from,end) are its tokens.
func (r *reader) kazakhName(at, least int) (n Name, from, end int, ok bool) {
	t := r.tokens
	kind, noun := r.w.acts[textAt(t, at)]
	if !noun {
		n, end, ok = r.shortAt(at)
		return n, at, end, ok
	}
	n.Kind, from = kind, at
	before := at - 1
	if before >= least && t[before].text == "конституциялық" {
		before--
	}
	switch {
	case before >= least && slices.Contains(r.w.Own, t[before].text):
		n.Own = true
		return n, before, at + 1, true
	case before >= least && slices.Contains(r.w.Same, t[before].text) && r.last != nil && r.last.Kind == kind:
		return *r.last, before, at + 1, true
	}
	if kind == Rules && r.last != nil { // «№ 72 бұйрығымен бекітілген … қағидаларының»
		for i := at - 1; i >= max(least, at-longestIssuer); i-- {
			if slices.Contains(r.w.Approved, t[i].text) {
				n = *r.last
				n.Annex = true
				return n, i, at + 1, true
			}
		}
	}
	from = r.kazakhDetails(&n, at, least)
	names, end := r.called(at + 1)
	if !n.Named() || kind == Code && n.Title == "" && n.Number == "" {
		if s, start, short := r.shortEnding(at, least); short {
			return s, start, end, true
		}
	}
	if n.Named() {
		r.remember(names, n)
	}
	return n, from, end, true
}

// shortEnding is shortAt for a name whose last word stands at a place.
func (r *reader) shortEnding(at, least int) (n Name, from int, ok bool) {
	for i := len(r.short) - 1; i >= 0; i-- {
		start := at + 1 - len(r.short[i].words)
		if start < least || ok && start >= from {
			continue
		}
		if s, end, fit := r.shortAt(start); fit && end == at+1 {
			n, from, ok = s, start, true
		}
	}
	return n, from, ok
}

// kazakhDetails reads what stands before the noun, in any order: state, number,
// day, title, the words of a code.
func (r *reader) kazakhDetails(n *Name, at, least int) (from int) {
	t := r.tokens
	from = at
	for i := at - 1; i >= least; i = from - 1 {
		was := from
		switch x := t[i]; {
		case x.kind == word && (slices.Contains(r.w.State, x.text) || slices.Contains(r.w.Adopted, x.text)):
			from = i
		case x.kind == quoted && n.Title == "":
			n.Title, from = titleKey(x.text), i
		default:
			for k := i; k >= max(least, i-5) && from == was; k-- {
				if no, end := r.numberAt(k); no != "" && end == i+1 && n.Number == "" {
					n.Number, from = no, k
				} else if d, end := r.dateAt(k); d != "" && end == i+1 && n.Date == "" {
					n.Date, from = d, k
				}
			}
		}
		if from == was {
			break
		}
	}
	switch {
	case n.Kind == Code && n.Title == "":
		start := from
		for start > max(least, from-10) && (t[start-1].kind == word && !slices.Contains(r.w.State, t[start-1].text) || t[start-1].is(sign, "-")) {
			start--
		}
		n.Before, from = wordsIn(t[start:from]), start
	case n.Kind.BelowLaw() && n.Title == "" && n.Date != "": // the issuer stands between title and day
		for i := from - 1; i >= max(least, from-longestIssuer) && (t[i].kind == word || t[i].is(sign, ",")); i-- {
			if i > least && t[i-1].kind == quoted {
				n.Title, from = titleKey(t[i-1].text), i-1
				break
			}
		}
	}
	return from
}
