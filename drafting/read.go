package drafting

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// Errors of Read. Everything else that is not understood is an instruction with
// a Reason, or a doubt.
var (
	ErrLanguage      = errors.New("the text is in another language")
	ErrNoInstruction = errors.New("no instruction to amend a text was found")
)

// Read reads an amending act, or the part of one, from its lines. lang is ru or
// kk. Every line is given a role, and every line that should instruct and was
// not understood is an instruction with a Reason.
func Read(lang law.Lang, lines []law.Line) (*Amendment, error) {
	g := grammarOf(lang)
	if g == nil {
		return nil, fmt.Errorf("amending acts are read in Kazakh and Russian, not in %q", lang)
	}
	r := newReader(g, lang, lines)
	r.read()
	understood := 0
	for _, in := range r.a.Instructions {
		if in.Reason == "" && in.Op != EntryIntoForce { // every law says when it enters into force
			understood++
		}
	}
	if understood == 0 { // «60-бап алып тасталсын» alone has no letter that Russian lacks
		if found, ok := law.DetectLang(lines); ok && found != lang {
			return nil, fmt.Errorf("%w: %s, not %s", ErrLanguage, found, lang)
		}
		if !r.mayAmend() {
			return nil, ErrNoInstruction
		}
	}
	r.force()
	return r.a, nil
}

// mayAmend reports whether a text of which nothing was understood is an amending
// act all the same: most of its sentences have a verb that amends.
func (r *reader) mayAmend() bool {
	verbs, others := 0, 0
	quote := rune(0) // the mark that a wording here began with
	for i, l := range r.lines {
		if quote == 0 && startsWithMark(l.Text) {
			quote, _ = utf8.DecodeRuneInString(l.Text)
		}
		switch {
		case quote != 0:
			if endsWithMark(l.Text, quote) {
				quote = 0
			}
		case r.a.Roles[i] == Frame || r.a.Roles[i] == Quoted:
		case r.g.amends(l.Text):
			verbs++
		default:
			others++
		}
	}
	return verbs > others
}

// reader walks the lines of an act once.
type reader struct {
	g     *grammar
	lines []law.Line
	a     *Amendment

	parsed  []*sentence
	headers []*header
	framed  []bool // signatures and notes

	listed   [2]int // lines [from,to) that list the exceptions of an entry into force above its verb
	act      int    // index in a.Acts of what is amended here
	approved string // what the act has approved, if that is amended here
	contexts contexts
}

func newReader(g *grammar, lang law.Lang, lines []law.Line) *reader {
	return &reader{
		g: g, lines: lines, act: -1,
		a:       &Amendment{Lang: lang, Roles: make([]Role, len(lines))},
		parsed:  make([]*sentence, len(lines)),
		headers: make([]*header, len(lines)),
	}
}

func (r *reader) read() {
	r.frame()
	begun := false // the frame has named what is amended, or there is no frame
	last := -1
	for i := range r.lines {
		if r.headerAt(i) != nil {
			last = i
			break
		}
	}
	for i := 0; i < len(r.lines); {
		h := r.headerAt(i)
		switch {
		case i < last && !begun && !r.framed[i] && r.sentenceAt(i).ordersForce(): // of an act that approves its amendments
			i = r.line(i, r.sentenceAt(i))
		case r.framed[i] || i < last && !begun || last < 0 && !begun && r.isTitle(i):
			r.a.Roles[i] = Frame
			i++
		case h != nil:
			begun = true
			i = r.open(i, h)
		case r.bareArticle(i):
			r.a.Roles[i] = Frame
			r.contexts = nil
			i++
		default:
			begun = begun || r.sentenceAt(i).understood()
			i = r.line(i, r.sentenceAt(i))
		}
	}
	for i := range r.a.Instructions {
		r.a.Instructions[i].N = i + 1
	}
	r.annexed()
}

// frame marks what is certainly no instruction: signatures, what follows them,
// and notes of the site.
func (r *reader) frame() {
	r.framed = make([]bool, len(r.lines))
	doc := law.Build(r.a.Lang, "", r.lines)
	byLine := make(map[int]int, len(r.lines))
	for i, l := range r.lines {
		byLine[l.From] = i
		r.framed[i] = l.Mark == law.Title
	}
	for _, n := range doc.Notes {
		if i := byLine[n.From]; !r.sentenceAt(i).understood() {
			r.framed[i] = true
		}
	}
	signed, approves := len(r.lines), len(r.lines)
	for _, p := range doc.Provisions {
		switch i := byLine[p.From]; {
		case p.Kind == law.Signature && len(doc.Provisions) > 1:
			signed = min(signed, i)
		case i > signed && p.Kind == law.Text && law.Approval(p.Text):
			approves = min(approves, i) // its amendments, which stand below
		}
	}
	first := r.firstAnnex()
	for i := range r.framed {
		r.framed[i] = r.framed[i] || signed <= i && i < approves || first <= i
	}
}

func (r *reader) isTitle(i int) bool {
	low := strings.ToLower(law.Fold(head(r.lines[i].Text, 400)))
	for _, t := range r.g.Titles {
		if strings.Contains(low, t) && !r.sentenceAt(i).understood() {
			return true
		}
	}
	return false
}

func (r *reader) sentenceAt(i int) *sentence {
	if r.parsed[i] == nil {
		s := r.g.parse(r.lines[i].Text)
		r.parsed[i] = &s
	}
	return r.parsed[i]
}

// noHeader stands for a line that was looked at and is none.
var noHeader = &header{}

func (r *reader) headerAt(i int) *header {
	if r.headers[i] == nil {
		r.headers[i] = noHeader
		if !startsWithMark(r.lines[i].Text) || r.g.lang == law.KK {
			if h, ok := r.g.header(r.lines[i].Text); ok {
				r.headers[i] = &h
			}
		}
		if h := r.brokenHeader(i); h != nil {
			r.headers[i] = h
		}
	}
	if r.headers[i] == noHeader {
		return nil
	}
	return r.headers[i]
}

// instructs reports whether a line is an instruction, so that no quotation may
// run over it.
func (r *reader) instructs(i int) bool {
	s := r.sentenceAt(i)
	return len(s.clauses) > 0 && s.clauses[0].form.op != EntryIntoForce
}

// ownLine reports whether a line is certainly the act's own, and no wording.
func (r *reader) ownLine(i int) bool {
	return r.framed[i] || startsWithMark(r.lines[i].Text) || r.headerAt(i) != nil || r.sentenceAt(i).understood()
}

// open begins the part of a frame that amends one act.
func (r *reader) open(i int, h *header) int {
	for k := i; k <= i+h.lines; k++ {
		r.a.Roles[k] = Frame
	}
	i += h.lines
	r.a.joined = r.a.joined || h.lines > 0
	r.contexts = nil
	if r.approved = h.approved; h.approved == "" {
		r.act = -1
	}
	if h.named {
		r.act = len(r.a.Acts)
		r.a.Acts = append(r.a.Acts, h.act)
	}
	r.contexts = r.contexts.open("", "", h.targets)
	if !h.colon {
		return r.restOfFrame(i + 1)
	}
	if h.rest == "" {
		return i + 1
	}
	s := r.g.parse(h.rest)
	if !s.understood() {
		r.unparsed(i, i+1, h.rest, because("frame_rest"))
		return i + 1
	}
	return r.line(i, &s)
}

// longestFrame is how many lines a frame may be broken over.
const longestFrame = 12

// restOfFrame takes the lines of a frame that the print has broken, up to its
// colon.
func (r *reader) restOfFrame(i int) int {
	for end := i; end < len(r.lines) && end < i+longestFrame && !r.ownLine(end); end++ {
		if strings.HasSuffix(r.lines[end].Text, ":") {
			for ; i <= end; i++ {
				r.a.Roles[i] = Frame
			}
			break
		}
	}
	return i
}

// sentence takes a sentence that was understood: lines [from,next).
func (r *reader) sentence(from, next int, s *sentence) int {
	r.contexts = r.contexts.enumerated(s.style, s.number)
	if s.act != nil {
		r.act = len(r.a.Acts)
		r.a.Acts = append(r.a.Acts, *s.act)
	}
	if s.context != nil {
		r.contexts = r.contexts.leftContents(s.context).open(s.style, s.number, s.context)
		for i := from; i < next; i++ {
			r.a.Roles[i] = Context
		}
		return next
	}
	for i := from; i < next; i++ {
		r.a.Roles[i] = Instructing
	}
	if op := s.clauses[0].form.op; op == EntryIntoForce || op == RepealAct {
		next = r.tail(next, op)
	}
	first := len(r.a.Instructions)
	within := r.contexts
	for i := range s.clauses {
		c := &s.clauses[i]
		if i > 0 {
			within = within.beside(c.targets)
		}
		in := r.instruction(from, s, c, within)
		r.a.Instructions = append(r.a.Instructions, in)
		within = within.open("", "", c.inherited())
	}
	if last := r.a.Instructions[len(r.a.Instructions)-1]; last.Reason == "" && len(last.Targets) > 0 {
		r.contexts = r.contexts.after(last.Targets[0])
	}
	next = r.takeWording(first, next, s)
	for k := first; k < len(r.a.Instructions); k++ {
		r.a.Instructions[k].To = r.lines[next-1].To
	}
	return next
}

// inherited is what the next clause of the sentence takes for its context.
func (c *clause) inherited() []Target {
	if len(c.targets) == 0 || c.targets[0].Whole {
		return nil
	}
	return c.targets
}

// tail takes the lines that go on with an article on entry into force or with a
// list of repealed acts.
func (r *reader) tail(i int, op Operation) int {
	for i < len(r.lines) && !r.framed[i] && r.headerAt(i) == nil {
		style, _, _ := r.g.enumerator(r.lines[i].Text)
		if style == "article" || r.sentenceAt(i).clauses != nil || op == RepealAct && style != "bracket" && style != "point" {
			break
		}
		r.a.Roles[i] = Instructing
		i++
	}
	return i
}

// instruction makes the instruction of one clause.
func (r *reader) instruction(from int, s *sentence, c *clause, within contexts) Instruction {
	in := Instruction{
		Op: c.operation(), Act: r.act, Approved: r.approved, From: r.lines[from].From, To: r.lines[from].To, Doubt: s.doubt,
		Text: s.text[s.tokens[c.from].from:s.tokens[c.to-1].to], AtEnd: c.atEnd,
	}
	if len(s.clauses) == 1 {
		in.Text = strings.TrimSpace(r.lines[from].Text)
		if s.wording != "" {
			in.Text = s.text
		}
	}
	in.Old, in.New, in.Cases = c.quotes[0], c.quotes[1], c.cases
	in.Before = c.form.op == addWordsBefore
	if in.Op == ReplaceUnit || in.Op == ReplaceHeading { // «тақырыбы "X" деген редакцияда жазылсын»
		for _, q := range in.Old {
			in.Wording = append(in.Wording, []law.Line{{Text: q, From: in.From, To: in.To}})
		}
		in.Old = nil
	}
	if in.Op == AddWordsEnd {
		in.Old, in.New = nil, c.quotes[0]
	}
	switch {
	case in.Op == EntryIntoForce || in.Op == RepealAct:
		in.Act = -1
	case in.Op == Renumber:
		in.Targets = within.complete(c.targets)
		in.Old = nil
		in.New, in.Reason = newNumbers(c.targets, c.added)
	case len(c.added) > 0:
		in.Targets, in.Reason = addedTargets(c, within)
	case len(c.targets) > 0:
		in.Targets = within.complete(c.targets)
	case len(within) > 0 && within[len(within)-1].targets != nil:
		in.Targets = within[len(within)-1].targets
	default:
		in.Reason = because("no_target")
	}
	switch {
	case len(in.Targets) > 0 && within.lost(in.Targets):
		in.Reason = cmp.Or(in.Reason, because("context_lost"))
	case s.open():
		in.Reason = cmp.Or(in.Reason, because("broken_marks"))
	case len(in.Old) == len(in.New) || len(in.Old) == 0 || len(in.New) == 0:
	case s.doubt != "":
		in.Reason = cmp.Or(in.Reason, because("broken_marks"))
	default: // «слова "залы", "фонды" заменить словом "библиотеки"»
		in.New = slices.Repeat(in.New, len(in.Old))
		in.Doubt = because("one_for_several", in.New[0])
	}
	return in
}

func (r *reader) unparsed(from, next int, text string, reason Reason) {
	r.a.Instructions = append(r.a.Instructions, Instruction{
		Act: r.act, Text: text, From: r.lines[from].From, To: r.lines[next-1].To, Reason: reason,
	})
}
