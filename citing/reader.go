package citing

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// reader reads the citations of one text after another, of one document: a short
// name («далее – Закон») holds from where it is given.
type reader struct {
	w      *words
	text   string
	tokens []token
	links  []linked
	short  []shortName
	last   *Name // the act named last in this text
}

// linked is a stretch of the text that leads to an act.
type linked struct {
	from, to int
	act      law.ActID
}

// shortName is what an act is called from some place on.
type shortName struct {
	words []string
	name  Name
	// abbreviation is the short name, «КоБС», where no form of an act is in it.
	abbreviation string
}

// mention is one citation as it stands in a text.
type mention struct {
	name     Name
	units    []law.Citation // none: the act as a whole
	from, to int
}

var actAddress = regexp.MustCompile(`/docs/([A-Z][A-Z0-9_]{5,24})(?:[/#?]|$)`)

// begin sets the text to be read.
func (r *reader) begin(text string, links []law.Link) {
	r.text, r.tokens, r.last = text, lex(text), nil
	r.links = r.links[:0]
	at := 0
	for _, l := range links {
		i := strings.Index(text[at:], l.Text)
		if i < 0 || l.Text == "" {
			continue
		}
		if m := actAddress.FindStringSubmatch(l.Href); m != nil {
			r.links = append(r.links, linked{at + i, at + i + len(l.Text), law.ActID(m[1])})
		}
		at += i + len(l.Text)
	}
}

// unquote parts a quotation that cites units into words: a passage, not a title.
func (r *reader) unquote(at int) {
	t := r.tokens[at]
	if t.kind != quoted || !r.w.cites.MatchString(t.text) {
		return
	}
	_, mark := utf8.DecodeRuneInString(t.text)
	inside := lex(t.text[mark:])
	for i := range inside {
		inside[i].from += t.from + mark
		inside[i].to += t.from + mark
	}
	r.tokens = slices.Replace(r.tokens, at, at+1, inside...)
}

// linkedAct is the act that the links in [from,to) lead to; "" where there are
// none, or several.
func (r *reader) linkedAct(from, to int) (id law.ActID) {
	for _, l := range r.links {
		if l.from < to && from < l.to {
			if id != "" && id != l.act {
				return ""
			}
			id = l.act
		}
	}
	return id
}

// mentions reads the citations of the text that name an act.
func (r *reader) mentions() []mention {
	if r.w.lang == law.KK {
		return r.kazakhMentions()
	}
	return r.russianMentions()
}

// settle makes a mention of what was read.
func (r *reader) settle(n Name, units []law.Citation, from, to int) (mention, bool) {
	if id := r.linkedAct(from, to); id != "" && !n.Own {
		n.ID = id
	}
	if !n.Named() {
		return mention{}, false
	}
	r.last = &n
	return mention{n, units, from, to}, true
}

// dateAt reads «19 июня 2024 года», «19.06.2024», «2024 жылғы 19 маусымдағы».
func (r *reader) dateAt(at int) (d law.Date, end int) {
	t := r.tokens
	if at >= len(t) || t[at].kind != number {
		return "", at
	}
	if s := printedDate.FindString(r.text[t[at].from:]); s != "" {
		d, _ = law.ParseDate(s)
		for end = at; end < len(t) && t[end].from < t[at].from+len(s); end++ {
		}
		return d, r.year(end)
	}
	if at+2 >= len(t) {
		return "", at
	}
	if r.w.lang == law.KK {
		if at+3 < len(t) && slices.Contains(r.w.Year, t[at+1].text) && t[at+2].kind == number {
			if m := r.month(t[at+3].text); m > 0 {
				return day(t[at].text, m, t[at+2].text), at + 4
			}
		}
		return "", at
	}
	if m := r.month(t[at+1].text); m > 0 && t[at+2].kind == number {
		return day(t[at+2].text, m, t[at].text), r.year(at + 3)
	}
	return "", at
}

// year skips «года», «г.».
func (r *reader) year(at int) int {
	if at < len(r.tokens) && begins(r.w.Year, r.tokens[at].text) {
		at++
		if at < len(r.tokens) && r.tokens[at].is(sign, ".") && r.tokens[at-1].text == "г" {
			at++
		}
	}
	return at
}

func (r *reader) month(form string) int {
	for i, stem := range r.w.Month {
		if strings.HasPrefix(form, stem) {
			return i + 1
		}
	}
	return 0
}

func day(year string, month int, of string) law.Date {
	n, _ := strconv.Atoi(of)
	d, err := law.ParseDate(fmt.Sprintf("%s-%02d-%02d", year, month, n))
	if err != nil {
		return ""
	}
	return d
}

// numberAt reads «№ 93-VIII ЗРК».
func (r *reader) numberAt(at int) (n string, end int) {
	t := r.tokens
	if at >= len(t) || !t[at].is(sign, "№") && !t[at].is(word, "n") {
		return "", at
	}
	m := numberForm.FindStringSubmatchIndex(r.text[t[at].to:])
	if m == nil {
		return "", at
	}
	stop := t[at].to + m[3]
	for end = at + 1; end < len(t) && t[end].from < stop; end++ {
	}
	for end < len(t) && (t[end].text == "зрк" || t[end].text == "қрз") {
		end++
	}
	return actNumber(r.text[t[at].to+m[2] : stop]), end
}

// called reads the bracket after a name that gives it a short one, «(далее –
// Закон)», or says which part of a code is meant: it is skipped.
func (r *reader) called(at int) (names []string, end int) {
	t := r.tokens
	if at >= len(t) || !t[at].is(sign, "(") {
		return nil, at
	}
	depth, last := 0, -1
	for i := at; i < len(t) && i < at+40; i++ {
		if t[i].is(sign, "(") {
			depth++
		} else if t[i].is(sign, ")") {
			if depth--; depth == 0 {
				last = i
				break
			}
		}
	}
	if last < 0 {
		return nil, at
	}
	var said []string
	for _, x := range t[at+1 : last] {
		if x.kind == word || x.kind == quoted {
			said = append(said, law.Fold(strings.Trim(r.text[x.from:x.to], "«»\"“”")))
		} else if x.is(sign, ",") {
			said = append(said, ",")
		}
	}
	rest := strings.Join(said, " ")
	for _, h := range r.w.Hereafter {
		if after, ok := strings.CutPrefix(rest, h+" "); ok {
			return strings.Split(strings.TrimPrefix(after, "по тексту "), " , "), last + 1
		}
	}
	if len(said) <= 6 { // «(Общая часть)», «(Налоговый кодекс)»
		return nil, last + 1
	}
	return nil, at
}

// remember keeps the short names of an act. One has the form of the act in it,
// or is an abbreviation: what else is called so after a name, «(далее – проверка
// на соответствие требованиям)», is not the act.
func (r *reader) remember(names []string, n Name) {
	if !n.Named() {
		return
	}
	for _, s := range names {
		w := strings.Fields(strings.ToLower(s))
		form := slices.ContainsFunc(w, func(x string) bool { _, noun := r.w.acts[x]; return noun })
		capitals := len(strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsUpper(c) }))
		switch {
		case form && len(w) <= 8:
			r.short = append(r.short, shortName{words: w, name: n})
		case len(w) == 1 && (capitals > 1 || strings.ToUpper(s) == s):
			r.short = append(r.short, shortName{w, n, s})
		}
	}
}

// shortAt is the act that a short name at a place stands for; of two that fit the
// longer, then the one given last. In Kazakh the last word alone may have an
// ending, in Russian every one.
func (r *reader) shortAt(at int) (n Name, end int, ok bool) {
	for i := len(r.short) - 1; i >= 0; i-- {
		s := &r.short[i]
		if at+len(s.words) > len(r.tokens) || ok && at+len(s.words) <= end {
			continue
		}
		fit := true
		for k, w := range s.words {
			fit = fit && r.tokens[at+k].kind == word && r.w.sameWord(w, r.tokens[at+k].text)
		}
		// «Закон» is a name with its capital only.
		if printed := r.text[r.tokens[at].from:r.tokens[at].to]; fit && strings.ToLower(printed) != printed {
			n, end, ok = s.name, at+len(s.words), true
		}
	}
	return n, end, ok
}

// sameWord reports whether two words are forms of one: they name one kind of act,
// or differ in their last letters alone.
func (w *words) sameWord(a, b string) bool {
	if a == b {
		return true
	}
	if kind, ok := w.acts[a]; ok {
		return w.acts[b] == kind
	}
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	least := min(len(x), len(y))
	return n >= 3 && n >= least-2 && max(len(x), len(y))-n <= 5
}
