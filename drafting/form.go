package drafting

import (
	"fmt"
	"strings"
)

// form is one formula of the data: what an instruction of an operation looks
// like. Its elements, parted by blanks:
//
//	word    that word; a|b one of several; word* one that begins so
//	A       what is amended: a list of citations («пункты 1 и 2 статьи 5»)
//	N       new units («подпунктами 9-1) и 9-2)»)
//	W       what the quotation marks hold: слова, цифры, знак препинания
//	Q       a quotation, or a list of them
//	S       a sign by its name («точку с запятой»)
//	-       a dash
//	…       anything
//	?       after an element: it may be missing
type form struct {
	op       Operation
	elements []element
	// verb says whose verb a clause without its own borrows: that of a "later" or
	// an "earlier" one.
	verb string
	// newFirst is set where the new words are named before those they follow.
	newFirst bool
}

type element struct {
	what     byte // 'w' word, or A N W Q - …
	words    []string
	stems    []string
	optional bool
}

const anything = '.'

func compile(op Operation, s string) (form, error) {
	f := form{op: op}
	for _, w := range strings.Fields(s) {
		var e element
		w, e.optional = strings.CutSuffix(w, "?")
		switch w {
		case "A", "N", "W", "Q", "S", "-":
			e.what = w[0]
		case "…":
			e.what = anything
		case "":
			return f, fmt.Errorf("an empty element in %q", s)
		default:
			e.what = 'w'
			for _, a := range strings.Split(w, "|") {
				if stem, ok := strings.CutSuffix(a, "*"); ok {
					e.stems = append(e.stems, stem)
				} else {
					e.words = append(e.words, a)
				}
			}
		}
		f.elements = append(f.elements, e)
	}
	if len(f.elements) == 0 {
		return f, fmt.Errorf("no element in the form of %q", op)
	}
	return f, nil
}

// clause is what one form found in a sentence.
type clause struct {
	form     *form
	from, to int // tokens
	targets  []Target
	added    []Target
	quotes   [2][]string
	things   [2]string
	atEnd    bool
	// cases is set for «в соответствующих падежах», respectively for
	// «соответственно».
	cases, respectively bool
}

// matcher reads one sentence.
type matcher struct {
	g      *grammar
	tokens []token
	// targets holds the citation lists found so far, by place.
	targets map[int]targetList
}

type targetList struct {
	targets []Target
	end     int
	atEnd   bool
	ok      bool
}

// match tries a form at a token; then is asked whether the place it ended at
// will do.
func (m *matcher) match(f *form, at int, then func(clause) bool) bool {
	return m.rest(f.elements, at, clause{form: f, from: at}, then)
}

func (m *matcher) rest(elements []element, at int, c clause, then func(clause) bool) bool {
	if after, found := m.inCases(at); found && c.quotes[0] != nil {
		at, c.cases = after, true
	}
	if len(elements) == 0 {
		c.to = at
		if c.form.newFirst {
			c.quotes[0], c.quotes[1] = c.quotes[1], c.quotes[0]
		}
		return then(c)
	}
	e, next := elements[0], elements[1:]
	switch e.what {
	case 'w':
		if at < len(m.tokens) && m.tokens[at].kind == word && e.is(m.tokens[at].text) {
			with := c
			with.respectively = c.respectively || m.g.respectively[m.tokens[at].text]
			if m.rest(next, at+1, with, then) {
				return true
			}
		}
	case '-':
		if at < len(m.tokens) && m.tokens[at].text == "-" && m.rest(next, at+1, c, then) {
			return true
		}
	case 'A':
		if l := m.targetList(at); l.ok {
			with := c
			with.targets, with.atEnd = l.targets, l.atEnd
			fit := true
			if c.targets != nil { // «пункт 2 после абзаца второго»
				with.targets, fit = below(c.targets, l.targets)
			}
			if fit && m.rest(next, l.end, with, then) {
				return true
			}
		}
	case 'N':
		if l := m.g.newUnits(m.tokens, at); l.ok {
			with := c
			with.added = l.targets
			if m.rest(next, l.end, with, then) {
				return true
			}
		}
	case 'W':
		if thing, end, ok := m.thing(at); ok {
			if end+1 < len(m.tokens) && m.tokens[end].text == ":" && m.tokens[end+1].kind == quotation {
				end++ // «слова: "зал" и "фонд"»
			}
			with := c
			if with.things[0] == "" {
				with.things[0] = thing
			} else {
				with.things[1] = thing
			}
			if m.rest(next, end, with, then) {
				return true
			}
		}
	case 'S':
		if s, end, ok := m.g.sign(m.tokens, at); ok && (c.quotes[0] == nil || c.quotes[1] == nil) {
			with := c
			side := c.filled()
			with.quotes[side], with.things[side] = []string{s}, "sign"
			if m.rest(next, end, with, then) {
				return true
			}
		}
	case 'Q':
		if m.quotes(next, at, c, then) {
			return true
		}
	case anything:
		if len(next) == 0 {
			return m.rest(next, len(m.tokens), c, then)
		}
		for i := at; i < len(m.tokens); i++ {
			if n := next[0]; n.what == 'w' && (m.tokens[i].kind != word || !n.is(m.tokens[i].text)) {
				continue
			}
			if m.rest(next, i, c, then) {
				return true
			}
		}
	}
	return e.optional && m.rest(next, at, c, then)
}

func (e element) is(w string) bool {
	for _, a := range e.words {
		if w == a {
			return true
		}
	}
	for _, s := range e.stems {
		if strings.HasPrefix(w, s) {
			return true
		}
	}
	return false
}

// filled is 0 until the first quotations are read, then 1.
func (c *clause) filled() int {
	if c.quotes[0] == nil {
		return 0
	}
	return 1
}

// inCases skips «в соответствующих падежах», in brackets or not.
func (m *matcher) inCases(at int) (int, bool) {
	if at >= len(m.tokens) {
		return at, false
	}
	bracket := m.tokens[at].text == "("
	if bracket {
		at++
	}
	after, found := m.skipAny(at, m.g.cases)
	if found && bracket {
		found = after < len(m.tokens) && m.tokens[after].text == ")"
		after++
	}
	return after, found
}

// thing reads «слова», «знак препинания», «тыныс белгісі», «цифры и слова».
func (m *matcher) thing(at int) (string, int, bool) {
	first, end, ok := m.oneThing(at)
	if !ok || end >= len(m.tokens) || !m.g.and[m.tokens[end].text] {
		return first, end, ok
	}
	if _, after, two := m.oneThing(end + 1); two {
		return "words", after, true
	}
	return first, end, ok
}

func (m *matcher) oneThing(at int) (string, int, bool) {
	for at < len(m.tokens) && m.tokens[at].kind == word && m.g.thingFillers[m.tokens[at].text] {
		at++
	}
	if at >= len(m.tokens) || m.tokens[at].kind != word {
		return "", at, false
	}
	thing, ok := m.g.thing(m.tokens[at].text)
	for at++; ok && at < len(m.tokens) && m.g.thingFillers[m.tokens[at].text]; at++ {
	}
	return thing, at, ok
}

// quotes reads a list of quotations, the longest that lets the rest of the form
// match: «"X" деген сөзбен, "Z" деген сөзден кейін» is one quotation and another
// clause. Between them may stand commas, «и», and the name of what is quoted.
func (m *matcher) quotes(next []element, at int, c clause, then func(clause) bool) bool {
	side := c.filled()
	if side == 1 && c.quotes[1] != nil {
		return false
	}
	var ends []int
	var texts []string
	for i := at; i < len(m.tokens) && m.tokens[i].kind == quotation; {
		texts = append(texts, m.tokens[i].text)
		ends = append(ends, i+1)
		i = m.nextQuote(i + 1)
	}
	for n := len(ends); n > 0; n-- {
		with := c
		with.quotes[side] = texts[:n:n]
		if m.rest(next, ends[n-1], with, then) {
			return true
		}
		if at := ends[n-1]; n == len(ends) && at < len(m.tokens) && m.tokens[at].text == "," && m.rest(next, at+1, with, then) {
			return true // «слова "X", заменить …»
		}
	}
	return false
}

// nextQuote skips what parts two quotations of a list; it returns where it
// began if no quotation follows.
func (m *matcher) nextQuote(at int) int {
	i := at
	if i+1 < len(m.tokens) && m.tokens[i].text == "деген" { // «"X" деген сөз және "Y" …»
		if _, end, ok := m.thing(i + 1); ok {
			i = end
		}
	}
	parted := false
	for i < len(m.tokens) && (m.tokens[i].text == "," || m.tokens[i].kind == word && m.g.and[m.tokens[i].text]) {
		parted = true
		i++
	}
	if !parted {
		return len(m.tokens)
	}
	if _, end, ok := m.thing(i); ok {
		i = end
	}
	if i < len(m.tokens) && m.tokens[i].kind == quotation {
		return i
	}
	return len(m.tokens)
}
