package law

import (
	"regexp"
	"slices"
	"strings"
)

// Statement is what one sentence of a text says of when some of its units apply:
// an editorial note, or the law's own article on its entry into force.
type Statement struct {
	// Verb is EntersForce, Temporary (applies until a day), Suspended, LostForce,
	// Planned, or what an amending act did.
	Verb Verb
	// Addresses are the units meant; none means the whole act.
	Addresses []Address
	InForce   InForce
	// From and Until bound a suspension; From is "" where it begins with the force
	// of the law. Until is the first day after it.
	From, Until Date
	// Wording is how a suspended unit reads meanwhile, a line a paragraph of the
	// source, without the quotation marks around the whole; nil where it does not
	// apply at all.
	Wording []string
	// Act is the amending act that a note names; without a Number the law itself
	// says so.
	Act    NoteAct
	Source Source
	// adds is set where the act only adds units, emptied where the text shows that
	// the unit went.
	adds, emptied bool
}

// Source is the place a statement stands at.
type Source struct {
	Edition Date    `json:"edition"` // its date, "" for a single text
	Address Address `json:"address"` // the provision, or the one the note belongs to
	Note    bool    `json:"note"`
	Text    string  `json:"text"`
	Lines   [2]int  `json:"lines"` // first and last line of the source
}

// Statements reads everything the document says of when its units apply: its
// notes and its article on entry into force. A sentence that was understood only
// in part is also in the doubts; nothing is guessed from it.
func (d *Document) Statements() ([]Statement, []Doubt) {
	r := statementReader{d: d}
	for i := range d.Notes {
		r.note(&d.Notes[i])
	}
	r.final()
	return r.out, r.doubts
}

type statementReader struct {
	d      *Document
	out    []Statement
	doubts []Doubt
}

func (r *statementReader) doubt(p *Provision, reason string) {
	r.doubts = append(r.doubts, Doubt{From: p.From, To: p.To, Text: p.Text, Reason: reason})
}

// note turns what a note says into statements about the unit it belongs to.
func (r *statementReader) note(n *Note) {
	if len(n.Acts) == 1 && n.Acts[0].Number == "" {
		told := 0
		for _, s := range strings.Split(Fold(n.Text), ". ") {
			if ownForce().MatchString(strings.ToLower(s)) {
				told++
			}
		}
		if told > 1 {
			r.doubts = append(r.doubts, Doubt{From: n.From, To: n.To, Text: n.Text,
				Reason: "of a note with several sentences on entry into force only the first was read"})
		}
	}
	for _, a := range n.Acts {
		s := Statement{Verb: a.Verb, InForce: a.InForce, Act: a, Source: Source{
			Address: n.Address, Note: true, Text: n.Text, Lines: [2]int{n.From, n.To}}}
		if at := r.scope(n, a.Verb); at != "" {
			s.Addresses = []Address{at}
		}
		low := ""
		switch a.Verb {
		case Temporary:
			s.Until = a.InForce.Date
		case Suspended, Planned:
			low = withDays(strings.ToLower(Fold(n.Text)))
		}
		if a.Verb == Suspended {
			s.From, s.Until = pause(groups(pauseForm(), low))
			if s.InForce.Phrase == "" {
				s.InForce = InForce{Phrase: n.Text, Date: s.Until, Basis: "until"}
			}
		}
		s.adds = a.Verb == Inserted || a.Verb == Planned && (strings.Contains(low, "дополн") || strings.Contains(low, "толықтыр") || strings.Contains(low, "supplemented"))
		r.say(s)
	}
}

// say takes in a statement. A phrase that names both the first day and the end is
// two of them.
func (r *statementReader) say(s Statement) {
	r.out = append(r.out, s)
	if until := s.InForce.Until; s.Verb == EntersForce && until != "" {
		s.Verb, s.Until = Temporary, until
		s.InForce = InForce{Phrase: s.InForce.Phrase, Date: until, Basis: "until"}
		r.out = append(r.out, s)
	}
}

// scope is the unit a note speaks of. «Глава 2 дополнена статьей 7-1» closes the
// article it tells of, not the chapter.
func (r *statementReader) scope(n *Note, v Verb) Address {
	p := r.d.Find(n.Address)
	if p == nil || p.Kind == Article || p.Article() != nil || n.After == 0 {
		return n.Address
	}
	before := r.d.Provisions[n.After-1]
	if a := before.Article(); a != nil && a.Parent == p && (v == Inserted || v == Amended || v == Deleted || v == Reworded) {
		return a.Address
	}
	return n.Address
}

var (
	entryHeading = pattern(`введени\p{L} (?:настоящ\p{L}+ \p{L}+ )?в (?:действие|силу)|порядок введения|қолданысқа енгіз|entry into force`)
	// «приостановлено с … до …», «… бастап … дейін тоқтатыла тұрады».
	pauseForm = pattern(`(?:приостан\p{L}+|suspended)(?: на период)?(?: (?:с|from) (?P<from>` + day + `))?,? (?P<by>до|по|until) (?P<until>` + day + `)|(?:(?P<from>` + day + `) бастап )?(?P<until>` + day + `) дейін(?:гі кезеңде)? тоқтатыл`)
)

// pause reads the days of a suspension; «по 31.12.2025» counts its day. One that
// ends before it begins has no days.
func pause(g map[string]string) (from, until Date) {
	if s := g["from"]; s != "" {
		from = noteDate(s)
	}
	if s := g["until"]; s != "" {
		until = noteDate(s)
	}
	if g["by"] == "по" {
		until = until.AddDays(1)
	}
	if from >= until {
		return "", ""
	}
	return from, until
}

// final reads the article on entry into force, or, where no heading tells of it,
// the paragraph that begins «Настоящий Закон вводится в действие».
func (r *statementReader) final() {
	var articles []*Provision
	for _, p := range r.d.Provisions {
		if p.Kind == Article && entryHeading().MatchString(strings.ToLower(Fold(head(p.Text, 200)))) {
			articles = append(articles, p)
		}
	}
	g := finalGrammars[r.d.Lang]
	if g == nil {
		return
	}
	if len(articles) == 0 {
		for _, p := range r.d.Provisions {
			if saysEntry(p.Text) {
				if t := sentence(p); g.general().MatchString(t) {
					r.provision(g, p, t)
				}
			}
		}
		return
	}
	for _, a := range articles {
		if t := sentence(a); g.general().MatchString(t) { // it has no heading but the rule
			r.provision(g, a, t)
		}
		for _, p := range a.Children {
			r.provision(g, p, sentence(p))
		}
	}
}

func saysEntry(text string) bool {
	if strings.Contains(text, "қолданысқа") || strings.Contains(text, "енедi") { // with Latin letters in older acts
		text = Fold(text)
	}
	return strings.Contains(text, "в действие") || strings.Contains(text, "в силу") || strings.Contains(text, "қолданысқа енгіз") || strings.Contains(text, "күшіне енеді") || strings.Contains(text, "into force")
}

// sentence is a provision's text without its number, as the forms below read it.
func sentence(p *Provision) string {
	f := withDays(strings.ToLower(Fold(p.Text)))
	if p.Number != "" {
		_, rest, _ := strings.Cut(f, p.Number)
		f = strings.TrimLeft(strings.TrimPrefix(rest, "-бап"), ".) ")
	}
	return strings.TrimRight(f, " .;")
}

func (r *statementReader) provision(g *finalGrammar, p *Provision, t string) {
	source := Source{Address: p.Address, Text: p.Text, Lines: [2]int{p.From, p.To}}
	var m map[string]string
	is := func(form func() *regexp.Regexp) bool {
		m = groups(form(), t)
		return m != nil
	}
	switch {
	case is(g.general):
		r.entry(g, p, source, m["rule"], m["list"])
	case is(g.suspend):
		r.suspension(p, source, m, strings.HasSuffix(t, ":"))
	case is(g.until):
		s := Statement{Verb: Temporary, Until: noteDate(m["until"]), Source: source}
		s.InForce = InForce{Phrase: p.Text, Date: s.Until, Basis: "until"}
		r.add(p, s, m["list"])
	case is(g.unit):
		if cs, unread := scanCitations(r.d.Lang, m["list"]); len(cs) > 0 && len(unread) == 0 {
			r.add(p, Statement{Verb: EntersForce, InForce: readInForce(m["phrase"]), Source: source}, m["list"])
		}
	}
}

// entry takes the general rule and its exceptions, which may be a list of
// subparagraphs («… за исключением:»).
func (r *statementReader) entry(g *finalGrammar, p *Provision, source Source, rule, list string) {
	r.say(Statement{Verb: EntersForce, InForce: readInForce(rule), Source: source})
	if list != "" {
		r.exceptions(g, p, list)
		return
	}
	for _, c := range p.Children {
		if c.Kind == Subparagraph {
			r.exceptions(g, c, sentence(c))
		}
	}
}

func (r *statementReader) exceptions(g *finalGrammar, p *Provision, t string) {
	found := g.exceptions(t)
	if len(found) == 0 {
		r.doubt(p, "an exception from the entry into force was not understood")
	}
	for _, x := range found {
		source := Source{Address: p.Address, Text: p.Text, Lines: [2]int{p.From, p.To}}
		r.add(p, Statement{Verb: EntersForce, InForce: readInForce(x.phrase), Source: source}, x.list)
	}
}

// add resolves the units a statement names. One that leads nowhere, or to
// several, is doubted and left out.
func (r *statementReader) add(p *Provision, s Statement, list string) {
	cs, unread := scanCitations(r.d.Lang, list)
	for _, u := range unread {
		r.doubt(p, "not understood as a unit of this law: "+u)
	}
	for _, c := range cs {
		found := r.d.Resolve(c, nil)
		if len(found) != 1 {
			r.doubt(p, "the entry into force names "+c.In(r.d.Lang)+", which is "+standsTimes(len(found)))
			continue
		}
		s.Addresses = append(s.Addresses, found[0].Address)
	}
	if len(s.Addresses) > 0 {
		r.say(s)
	}
}

func standsTimes(n int) string {
	if n == 0 {
		return "not in this text"
	}
	return "in this text " + times(n)
}

// suspension reads «Приостановить до … действие …, установив, что … действует в
// следующей редакции:» and the wording that follows it in quotation marks.
func (r *statementReader) suspension(p *Provision, source Source, m map[string]string, worded bool) {
	from, until := pause(m)
	if until == "" {
		r.doubt(p, "the days of the suspension were not understood")
		return
	}
	s := Statement{Verb: Suspended, From: from, Until: until, Source: source,
		InForce: InForce{Phrase: p.Text, Date: until, Basis: "until"}}
	if worded {
		lines := quoted(r.d, p)
		if lines == nil {
			r.doubt(p, "the temporary wording was not understood")
		}
		s.Wording = lines
	}
	r.add(p, s, m["list"])
}

// quoted is the text in quotation marks under a unit, or nil.
func quoted(d *Document, p *Provision) []string {
	var lines []string
	for _, c := range d.Subtree(p)[1:] {
		lines = append(lines, c.Text)
	}
	if len(lines) == 0 || !strings.HasPrefix(Fold(lines[0]), `"`) {
		return nil
	}
	lines[0] = strings.TrimLeft(lines[0], "«\"“„")
	last := len(lines) - 1
	lines[last] = strings.TrimRight(strings.TrimRight(lines[last], " .;"), "»\"”“")
	return slices.DeleteFunc(lines, func(s string) bool { return s == "" })
}
