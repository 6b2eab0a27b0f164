package citing

import (
	"slices"
	"strings"
)

// russianMentions reads «подпунктом 5) статьи 14 Закона Республики Казахстан
// «О …»»: the units stand before the act.
func (r *reader) russianMentions() (out []mention) {
	for i := 0; i < len(r.tokens); {
		r.unquote(i) // a title was read with its act
		units, end, some := r.units(i)
		if !some {
			end = i
		} else if end < len(r.tokens) && r.tokens[end].is(word, "к") { // «приложению 1 к Закону»
			end++
		}
		name, after, found := r.russianName(end)
		if !found && some {
			name, after = Name{}, end // a link may tell
		}
		if found || some {
			from := i
			for !some && len(name.Before) == 0 && from < after-1 && !r.startsName(from) {
				from++ // «установленный Законом»
			}
			if m, ok := r.settle(name, units, r.tokens[from].from, r.tokens[after-1].to); ok {
				out = append(out, m)
			}
			i = after
			continue
		}
		i++
	}
	return out
}

// startsName reports whether a name begins at a token: a noun, or what a short
// name begins with.
func (r *reader) startsName(at int) bool {
	_, noun := r.w.acts[textAt(r.tokens, at)]
	_, _, short := r.shortAt(at)
	return noun || short || strings.HasPrefix(r.tokens[at].text, "конституционн") || begins(r.w.Same, r.tokens[at].text)
}

// longestIssuer bounds the words between «приказ» and its day: «Министра
// цифрового развития, инноваций и аэрокосмической промышленности …».
const longestIssuer = 30

// russianName reads what names an act.
func (r *reader) russianName(at int) (n Name, end int, ok bool) {
	t := r.tokens
	if at >= len(t) || t[at].kind != word {
		return n, at, false
	}
	switch {
	case begins(r.w.Own, t[at].text):
		return r.own(at)
	case begins(r.w.Same, t[at].text):
		return r.sameAgain(at)
	}
	noun := r.adjectives(at)
	kind, isNoun := r.w.acts[textAt(t, noun)]
	if isNoun {
		n.Kind, n.ID = kind, r.linkedAct(t[noun].from, t[noun].to)
		if kind == Code {
			n.Before = wordsIn(t[at:noun])
		}
		if end = r.russianDetails(&n, noun+1); n.Named() {
			if n.Title != "" || n.After != nil {
				n.Before = nil
			}
			return n, end, true
		}
	}
	if s, after, short := r.shortAt(at); short {
		return s, after, true
	}
	return n, at, false
}

// own reads «настоящего Закона», «настоящей статьи», and the short name that the
// act gives itself: «Настоящие Правила … (далее – Правила)».
func (r *reader) own(at int) (n Name, end int, ok bool) {
	n.Own = true
	noun := r.adjectives(at + 1)
	if _, unit := r.w.unit(tokenAt(r.tokens, noun)); unit {
		return n, noun + 1, true
	}
	if n.Kind, ok = r.w.acts[textAt(r.tokens, noun)]; !ok {
		return n, at, false
	}
	for i := noun + 1; i < len(r.tokens) && i < noun+longestIssuer; i++ {
		if _, another := r.w.acts[r.tokens[i].text]; another || r.tokens[i].is(sign, ".") {
			break
		}
		if names, _ := r.called(i); names != nil {
			r.remember(names, n)
			break
		}
	}
	return n, noun + 1, true
}

// sameAgain reads «того же Закона»: the act of that kind that was named last.
func (r *reader) sameAgain(at int) (n Name, end int, ok bool) {
	i := at + 1
	if slices.Contains(r.w.SameAfter, textAt(r.tokens, i)) {
		i++
	}
	i = r.adjectives(i)
	kind, noun := r.w.acts[textAt(r.tokens, i)]
	if noun && r.last != nil && r.last.Kind == kind {
		return *r.last, i + 1, true
	}
	return n, at, false
}

// adjectives skips «Уголовно-процессуального», «Гражданского процессуального».
func (r *reader) adjectives(at int) int {
	t := r.tokens
	for n := 0; n < 4 && at+1 < len(t) && t[at].kind == word; n++ {
		if _, noun := r.w.acts[t[at].text]; noun || begins(r.w.Own, t[at].text) {
			return at
		}
		if t[at+1].is(sign, "-") {
			at += 2
			continue
		}
		if _, unit := r.w.unit(t[at]); unit || !ends(r.w.Adjectives, t[at].text) {
			return at
		}
		at++
	}
	return at
}

// russianDetails reads what follows the noun, in any order: state, issuer, day,
// number, title, short name.
func (r *reader) russianDetails(n *Name, at int) int {
	t := r.tokens
	var names []string
	if n.Kind == Rules { // «Правил …, утвержденных приказом … № 72»
		for i := at; i < len(t) && i < at+longestIssuer; i++ {
			if t[i].kind == word && begins(r.w.Approved, t[i].text) {
				if by, end, ok := r.russianName(i + 1); ok && by.Named() && !by.Own {
					*n = by
					n.Annex = true
					return end
				}
				break
			}
			if _, another := r.w.acts[t[i].text]; another || t[i].is(sign, ".") || t[i].is(sign, ";") {
				break
			}
		}
	}
	for at < len(t) {
		from := at
		switch x := t[at]; {
		case x.kind == word && slices.Contains(r.w.State, x.text):
			at++
		case x.kind == word && slices.Contains(r.w.Dated, x.text):
			if d, end := r.dateAt(at + 1); d != "" && n.Date == "" {
				n.Date, at = d, end
			}
		case x.kind == quoted && n.Title == "":
			n.Title, at = titleKey(x.text), at+1
		case x.is(sign, "(") && names == nil:
			names, at = r.called(at)
		case x.is(word, "о") || x.is(word, "об"):
			if n.Kind == Code && n.Title == "" && n.After == nil {
				n.After, at = r.unquoted(at)
			}
		default:
			if no, end := r.numberAt(at); no != "" && n.Number == "" {
				n.Number, at = no, end
			} else if n.Kind.BelowLaw() && n.Date == "" {
				at = r.issuer(at)
			}
		}
		if at == from {
			break
		}
	}
	r.remember(names, *n)
	return at
}

// issuer skips the words between the form of a by-law and its day; at itself
// where no day follows.
func (r *reader) issuer(at int) int {
	t := r.tokens
	for i := at; i+1 < len(t) && i < at+longestIssuer; i++ {
		_, another := r.w.acts[t[i].text]
		if another && t[i].kind == word || t[i].kind == quoted || t[i].is(sign, ";") {
			return at
		}
		if slices.Contains(r.w.Dated, t[i].text) {
			if d, _ := r.dateAt(i + 1); d != "" {
				return i
			}
		}
	}
	return at
}

// unquoted reads the title of a code that has no marks: «об административных
// правонарушениях». It may read on too far; what is compared are its first words.
func (r *reader) unquoted(at int) (title []string, end int) {
	for end = at; end < len(r.tokens) && end < at+10 && r.tokens[end].kind == word; end++ {
		if slices.Contains(r.w.Dated, r.tokens[end].text) {
			break
		}
		title = append(title, r.tokens[end].text)
	}
	return title, end
}

func tokenAt(t []token, i int) token {
	if i < len(t) {
		return t[i]
	}
	return token{kind: sign}
}

func textAt(t []token, i int) string {
	if x := tokenAt(t, i); x.kind == word {
		return x.text
	}
	return ""
}

func wordsIn(t []token) (out []string) {
	for _, x := range t {
		if x.kind == word {
			out = append(out, x.text)
		}
	}
	return out
}

// codeWords are the words of a code's title that tell it from other codes:
// «земельный», «об административных правонарушениях».
func (w *words) codeWords(title string) (out []string) {
	for _, f := range strings.Fields(title) {
		f = strings.Trim(f, `"().,`)
		for _, part := range strings.Split(f, "-") {
			_, noun := w.acts[part]
			if !noun && !slices.Contains(w.State, part) {
				out = append(out, part)
			} else if len(out) > 0 {
				return slices.Clip(out)
			}
		}
	}
	return out
}
