package drafting

import (
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// sentence is one line of an act as the grammar sees it.
type sentence struct {
	text   string // without its enumerator
	style  string // of the enumerator, "" if there is none
	number string
	tokens []token
	doubt  Reason
	// clauses are the instructions it gives; context is set instead for «в статье
	// 5:»; neither is a line that was not understood.
	clauses []clause
	context []Target
	// act is the act that the sentence names itself, nil in most.
	act *ActName
	// colon is set where something has to follow; wording is what follows on the
	// line itself, from its quotation mark on.
	colon   bool
	wording string
}

func (s *sentence) understood() bool { return s.clauses != nil || s.context != nil }

// longestSentence bounds what is read as one instruction; a longer line is kept
// as unparsed. The longest of 128 real sentences has 700 letters, the longest
// «по всему тексту» list 4,000.
const longestSentence = 64 << 10

// parse reads a line of an act.
func (g *grammar) parse(line string) sentence {
	style, n, text := g.enumerator(line)
	s := sentence{text: text, style: style, number: n}
	if len(text) > longestSentence || !g.mayInstruct(text) {
		return s
	}
	if before, after, ok := g.cutWording(text); ok {
		t := sentence{text: before, style: style, number: n, wording: after}
		if g.read(&t); t.clauses != nil {
			return t
		}
	}
	g.read(&s)
	return s
}

// parted reads contexts and an instruction on one line: «1) в статье 5: в пункте
// 2: слово "зал" исключить;». It is nil where the line is something else.
func (g *grammar) parted(line string) []*sentence {
	before, after, ok := strings.Cut(line, ":")
	if !ok || len(before) > 400 {
		return nil
	}
	c := g.parse(before + ":")
	if c.context == nil {
		return nil
	}
	if r := g.parse(strings.TrimSpace(after)); r.clauses != nil {
		return []*sentence{&c, &r}
	}
	if rest := g.parted(strings.TrimSpace(after)); rest != nil {
		return append([]*sentence{&c}, rest...)
	}
	return nil
}

func (g *grammar) read(s *sentence) {
	s.tokens, s.doubt = g.lex(s.text)
	g.match(s)
	if s.understood() {
		return
	}
	if act, tokens, ok := g.cutAct(s.tokens); ok {
		s.tokens = tokens
		if g.match(s); s.understood() {
			s.act = &act
		}
	}
}

// match finds what the tokens of a sentence order, or the context they open.
func (g *grammar) match(s *sentence) {
	end := len(s.tokens)
	for end > 0 && s.tokens[end-1].kind == sign && strings.Contains(".;:,", s.tokens[end-1].text) {
		s.colon = s.colon || s.tokens[end-1].text == ":"
		end--
	}
	m := &matcher{g: g, tokens: s.tokens[:end], targets: map[int]targetList{}}
	if s.clauses = m.clauses(0, map[int][]clause{}); s.clauses != nil {
		if s.clauses[0].form.op == opensContext {
			if len(s.clauses) == 1 && s.colon {
				s.context = s.clauses[0].targets
			}
			s.clauses = nil
		}
		return
	}
	if l := m.targetList(0); s.colon && l.ok && l.targets != nil && l.end == end {
		s.context = l.targets
	}
}

// cutWording parts «… в следующей редакции: «3. …» at the quotation mark that
// follows the colon, or, where the colon was left out, the last word of a formula.
func (g *grammar) cutWording(s string) (before, after string, ok bool) {
	for i, r := range s {
		if !isMark(r) {
			continue
		}
		before := strings.TrimRight(s[:i], " ")
		if strings.HasSuffix(before, ":") {
			return before, s[i:], true
		}
		for _, w := range g.beforeWording {
			if strings.HasSuffix(before, w) {
				return before, s[i:], true
			}
		}
	}
	return s, "", false
}

// mayInstruct spares the grammar lines that hold none of its verbs and open no
// context.
func (g *grammar) mayInstruct(s string) bool {
	return strings.HasSuffix(strings.TrimRight(s, " "), ":") && len(s) < 1000 || g.amends(s)
}

// amends reports whether a line holds one of the verbs of the grammar.
func (g *grammar) amends(s string) bool {
	low := strings.ToLower(law.Fold(s))
	for _, v := range g.Verbs {
		if strings.Contains(low, v) {
			return true
		}
	}
	return false
}

// clauses reads a sentence from a token on as clauses parted by commas,
// semicolons and «и»; nil where it cannot be read to its end. What was found at
// a token is kept, so that no part is read twice.
func (m *matcher) clauses(at int, known map[int][]clause) []clause {
	if found, ok := known[at]; ok {
		return found
	}
	known[at] = nil
	var out []clause
	for i := range m.g.forms {
		f := &m.g.forms[i]
		m.match(f, at, func(c clause) bool {
			if !c.sound() || f.verb == "earlier" && at == 0 {
				return false
			}
			if c.to == len(m.tokens) {
				if f.verb == "later" {
					return false
				}
				out = []clause{c}
				return true
			}
			next := c.to
			for next < len(m.tokens) && (strings.Contains(",;", m.tokens[next].text) && m.tokens[next].kind == sign || m.g.and[m.tokens[next].text]) {
				next++
			}
			if next == c.to || next == len(m.tokens) {
				return false
			}
			rest := m.clauses(next, known)
			if rest == nil || !mayBorrow(f, rest[0].form) {
				return false
			}
			out = append([]clause{c}, rest...)
			return true
		})
		if out != nil {
			break
		}
	}
	known[at] = out
	return out
}

// mayBorrow reports whether two clauses may follow each other: one without a verb
// needs a neighbour of its kind that has one.
func mayBorrow(f, next *form) bool {
	switch {
	case next.verb == "earlier":
		return next.op == f.op && f.verb != "later"
	case f.verb == "later":
		return next.op == f.op
	}
	return true
}

// opensContext is a form that orders nothing yet: «в статью 5 внести следующие
// изменения».
const opensContext Operation = "context"

// addWordsBefore is the form «перед словами»; the instruction is AddWordsAfter
// with Before.
const addWordsBefore Operation = "add_words_before"

// addUnitAfter is the form «после статьи 27 дополнить статьей 27-1»; the
// instruction is AddUnit.
const addUnitAfter Operation = "add_unit_after"

// sound reports whether the words of a clause pair: as many new as old ones, or
// one for all of them.
func (c *clause) sound() bool {
	switch c.form.op {
	case ReplaceWords, AddWordsAfter, addWordsBefore:
		n := len(c.quotes[1])
		return len(c.quotes[0]) > 0 && (n == len(c.quotes[0]) || n == 1 && !c.respectively)
	}
	return true
}

// operation settles what a form leaves open: what kind of unit is added, what
// the quotation marks hold, and whether the whole text is meant.
func (c *clause) operation() Operation {
	op := c.form.op
	whole := len(c.targets) > 0 && c.targets[0].Whole
	switch {
	case (op == AddUnit || op == addUnitAfter) && len(c.added) > 0:
		switch c.added[0].Citation[0].Kind {
		case law.Part:
			return AddPart
		case law.Indent:
			return AddIndent
		case Sentence:
			return AddSentence
		}
		return AddUnit
	case op == ReplaceUnit && len(c.targets) == 1 && lastKind(c.targets[0]) == Heading:
		return ReplaceHeading
	case op == addWordsBefore:
		return AddWordsAfter
	case whole && (op == ReplaceWords || op == DeleteWords):
		return WholeText
	case op == ReplaceWords && c.things[0] == "sign":
		return ReplaceSign
	case op == ReplaceWords && c.things[0] == "figures" && c.things[1] == "figures":
		return ReplaceFigures
	}
	return op
}

func lastKind(t Target) law.Kind {
	if len(t.Citation) == 0 {
		return ""
	}
	return t.Citation[len(t.Citation)-1].Kind
}
