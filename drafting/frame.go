package drafting

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// header is a line of a frame: «Внести в Закон … «О масс-медиа» … следующие
// изменения:», «5. В Закон … :», «… Заңына (…) мынадай өзгерістер енгізілсін:».
type header struct {
	act   ActName
	named bool // it names the one act that follows
	// approved is its line where it names rules that an act has approved.
	approved string
	targets  []Target // «Внести в статью 5 Закона …»
	colon    bool     // it is whole: a broken one goes on in the next line
	rest     string   // an instruction on the same line
	lines    int      // how many lines it has beside its first
}

func (g *grammar) header(line string) (h header, ok bool) {
	_, _, text := g.enumerator(line)
	before, rest, colon := cutColon(text)
	low := strings.ToLower(law.Fold(before))
	plain := withoutBrackets(before)
	enters := false
	for _, v := range g.HeaderVerbs {
		enters = enters || strings.Contains(low, v)
	}
	switch {
	case g.lang == law.RU && enters && strings.HasPrefix(low, "внести "):
	case g.lang == law.KK && enters:
	case colon && g.inApproved(low):
		return header{approved: before, colon: true, rest: strings.TrimSpace(rest)}, true
	case colon && g.startsWithAct(before, low) || colon && g.endsWithAct(plain):
	default:
		return h, false
	}
	h.colon, h.rest = colon, strings.TrimSpace(rest)
	h.act, h.named = g.actName(plain)
	if enters && g.ofApproved(low) {
		h.approved = before
	}
	h.act.Text = line
	if enters {
		h.targets = g.headerTargets(before)
	}
	// «в статью 5 внести следующие изменения» opens a context, and no part of a frame.
	return h, h.named || h.targets == nil
}

// inApproved finds «в Правилах …, утвержденных указанным постановлением»: what is
// amended are the rules that the act named above has approved.
func (g *grammar) inApproved(low string) bool {
	starts := len(g.HeaderStart) == 0
	for _, p := range g.HeaderStart {
		starts = starts || strings.HasPrefix(low, p)
	}
	return starts && strings.Contains(low, g.Approved) && !g.amends(low)
}

// ofApproved finds «Внести в Правила …, утвержденные приказом …», «… бұйрығымен
// бекітілген қағидаларға мынадай өзгерістер енгізілсін»: what is amended is no act.
func (g *grammar) ofApproved(low string) bool {
	before, after, ok := strings.Cut(low, g.Approved)
	if g.lang == law.KK {
		before = after
	}
	return ok && !g.namesAct(before)
}

// headerTargets are the units that a frame names: «Внести в статью 5 Закона …»,
// «… Заңының 5-бабына мынадай өзгеріс енгізілсін».
func (g *grammar) headerTargets(before string) []Target {
	tokens, _ := g.lex(before)
	from := 1 // after «внести»
	if g.lang == law.KK {
		from = 0
		if _, rest, ok := g.cutAct(tokens); ok {
			tokens = rest
		}
	}
	m := &matcher{g: g, tokens: tokens, targets: map[int]targetList{}}
	if l := m.targetList(from); l.ok && len(l.targets) > 0 && !l.targets[0].Whole {
		return l.targets
	}
	return nil
}

// cutAct cuts the act out of a sentence that names it: «в статье 5 Закона
// Республики Казахстан от 1 марта 1995 года «О залах» (Ведомости …) слова …».
// What is left is the sentence as it stands in an act's own frame.
func (g *grammar) cutAct(tokens []token) (act ActName, rest []token, ok bool) {
	noun, title := -1, -1
	for i, t := range tokens {
		switch {
		case t.kind == quotation && title < 0:
			title = i
		case t.kind == word && g.actOf[t.text] && noun < 0:
			noun = i
		}
		if noun >= 0 && title >= 0 {
			break
		}
	}
	from, to := noun, title
	if g.lang == law.KK {
		from, to = title, noun
	}
	if from < 0 || to < from || to > from+longestActName || g.lang == law.KK && from > 0 {
		return act, nil, false
	}
	for _, t := range tokens[from:to] {
		if t.kind == sign && strings.Contains(":;", t.text) {
			return act, nil, false
		}
	}
	act = ActName{Title: law.Squeeze(tokens[title].text)}
	return act, append(tokens[:from:from], g.withoutGazettes(tokens[to+1:])...), true
}

// longestActName is how many words and signs may part «Закона» from its title:
// «Указа Президента Республики Казахстан, имеющего силу Закона, от 5 мая 1995
// года № 24».
const longestActName = 24

// withoutGazettes leaves out the brackets that say where an act was printed.
func (g *grammar) withoutGazettes(tokens []token) (out []token) {
	for i := 0; i < len(tokens); {
		end := closing(tokens, i)
		if end > i && slices.ContainsFunc(tokens[i:end], func(t token) bool { return g.gazettes[t.text] }) {
			i = end
			continue
		}
		out = append(out, tokens[i])
		i++
	}
	return out
}

// closing is the place after the bracket that closes the one at a token, 0 where
// none is opened or closed.
func closing(tokens []token, at int) int {
	depth := 0
	for i := at; i < len(tokens); i++ {
		if tokens[i].text == "(" {
			depth++
		} else if tokens[i].text == ")" || tokens[i].bracket { // «ст. 40)» is lexed as a number with its bracket
			depth--
		}
		if depth <= 0 {
			return i + min(i-at, 1)
		}
	}
	return 0
}

// startsWithAct finds «В Закон …», «В Уголовный кодекс …»: a capital after the
// preposition, and the word for an act.
func (g *grammar) startsWithAct(before, low string) bool {
	for _, p := range g.HeaderStart {
		if !strings.HasPrefix(low, p) {
			continue
		}
		_, name, _ := strings.Cut(before, " ")
		if r, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(r) {
			return g.namesAct(low)
		}
	}
	return false
}

// endsWithAct finds «… Қазақстан Республикасының Заңына» with its gazette list
// cut off.
func (g *grammar) endsWithAct(plain string) bool {
	if g.lang != law.KK {
		return false
	}
	words := strings.Fields(strings.ToLower(law.Fold(strings.TrimRight(plain, " :;,"))))
	return len(words) > 0 && g.namesAct(words[len(words)-1])
}

func (g *grammar) namesAct(low string) bool {
	for _, a := range g.HeaderActs {
		if strings.Contains(low, a) {
			return true
		}
	}
	return false
}

// actName finds the title of the one act a frame names.
func (g *grammar) actName(plain string) (ActName, bool) {
	if quotes, _ := g.quotations(plain); len(quotes) > 0 {
		return ActName{Title: law.Squeeze(quotes[0].text)}, true
	}
	low := strings.ToLower(law.Fold(plain))
	if strings.Contains(low, "законодательные акты") || strings.Contains(low, "заңнамалық акт") || !g.namesAct(low) {
		return ActName{}, false
	}
	title := law.Squeeze(plain)
	for _, p := range g.HeaderStart {
		if i := strings.Index(low, p); g.lang == law.RU && i >= 0 && i < 12 && len(low) == len(title) {
			title = title[i+len(p):]
			break
		}
	}
	if i := strings.Index(title, " от "); g.lang == law.RU && i > 0 {
		title = title[:i]
	}
	if i := strings.Index(title, " жылғы "); g.lang == law.KK && i > 0 {
		if words := strings.Fields(title[i:]); len(words) > 3 {
			title = strings.Join(words[3:], " ")
		}
	}
	title, _, _ = strings.Cut(title, " следующ")
	return ActName{Title: strings.Trim(title, " ,:")}, true
}

// cutColon cuts a frame at the first colon outside brackets.
func cutColon(s string) (before, after string, ok bool) {
	depth := 0
	for i, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case ':':
			if depth <= 0 {
				return s[:i], s[i+1:], true
			}
		}
	}
	return s, "", strings.HasSuffix(strings.TrimSpace(s), ":")
}

// withoutBrackets leaves out the list of gazettes an act was printed in.
func withoutBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Names reports whether a frame's act is the one with this title: one of the two
// titles holds the other, or, of codes, whose names are inflected in Kazakh,
// their words begin alike.
func (n ActName) Names(title string) bool {
	a, b := titleForm(n.Title), titleForm(title)
	if a == "" || b == "" {
		return false
	}
	if strings.Contains(b, a) || strings.Contains(a, b) {
		return true
	}
	words := strings.Fields(a)
	for _, w := range words {
		if stem := head(w, max(len(w)-6, 8)); !strings.Contains(b, stem) {
			return false
		}
	}
	return len(words) > 1 && strings.Contains(a, "кодекс")
}

func titleForm(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(law.Fold(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-'
	}), " ")
}
