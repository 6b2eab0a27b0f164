package drafting

import (
	"slices"
	"strings"
	"sync"

	"github.com/tuzetu/tuzetu/law"
)

// Result is a text with an amendment applied.
type Result struct {
	// Outcomes are one for each instruction, in order.
	Outcomes []Outcome
	// Title is the act's title, Text its text, with all that was applied, whatever
	// its day.
	Title string
	Text  []Line
	// Editions are the texts by day: each has what is in force by then. The last
	// has the instructions whose day is not known, with an empty Day.
	Editions []Edition
	Doubts   []Doubt
}

// Outcome is what became of one instruction.
type Outcome struct {
	Instruction
	Status Status
	Reason Reason
	// Places are the addresses that were changed, or of new units, in the order of
	// Targets where they were found.
	Places []law.Address
	// Candidates are the units an ambiguous instruction may mean.
	Candidates []law.Address
	// Notices tell what was done beside the words of the instruction: signs put
	// right, several occurrences.
	Notices []Reason
	// Day is the first day in force, "" where it cannot be computed.
	Day law.Date
	// Suspension is when the units do not apply, nil of other operations.
	Suspension *Suspension
}

// Told is all that is to be said beside the status: what had to be put right to
// read the instruction, and what was done beside its words.
func (o *Outcome) Told() []Reason {
	if o.Doubt == "" {
		return o.Notices
	}
	return append([]Reason{o.Doubt}, o.Notices...)
}

// Line is one line of the amended text.
type Line struct {
	law.Line
	// Base is the provision of the text before that it comes from, "" if it is new.
	Base law.Address
	// By are the instructions that changed or brought it, by their numbers.
	By []int
}

// Edition is the text from a day on.
type Edition struct {
	Day          law.Date
	Instructions []int
	Title        string
	Text         []Line
}

// Lines are the lines of a text for law.Build.
func Lines(text []Line) []law.Line {
	out := make([]law.Line, len(text))
	for i, l := range text {
		out[i] = l.Line
	}
	return out
}

// Apply applies an amendment to the text before it. published is the day the act
// was first officially published, "" if unknown: a day that depends on it is
// then not computed. All instructions are written against the text before the
// act, so none sees what another has done.
func Apply(doc *law.Document, a *Amendment, published law.Date, options ...ApplyOption) *Result {
	b := &base{doc: doc, all: doc.Provisions, wrapped: wrapped(a)}
	b.broken = b.wrapped || a.joined
	b.stamped = sync.OnceValue(b.owns)
	b.order = sync.OnceValue(func() bool { return b.enacts(b.stamped()[0]) })
	for _, o := range options {
		o(b)
	}
	for _, in := range a.Instructions {
		b.both = b.both || in.Approved != ""
		b.code = b.code || in.Act >= 0 && isCode(outsideQuotes(doc.Lang, a.Acts[in.Act].Text))
	}
	b.code = b.code || isCode(doc.Title)
	plans := make([]*plan, len(a.Instructions))
	r := &Result{Doubts: slices.Clone(a.Doubts)}
	for _, renumbers := range [...]bool{true, false} { // what gives its number away is known first
		for i := range a.Instructions {
			if in := &a.Instructions[i]; (in.Op == Renumber) == renumbers {
				plans[i] = b.plan(i, in)
				b.planned = append(b.planned, plans[i])
				plans[i].day, _ = law.ComputeDay(in.InForce, published)
				b.giveAway(plans[i])
			}
		}
	}
	refuseTaken(plans, func(p, giver *plan) bool { return p.day != giver.day })
	b.settleNumbers(plans)
	refuseTaken(plans, func(_, giver *plan) bool { return giver.refused != nil })
	b.refuseConflicts(plans)
	refuseNeedy(plans)
	for i, p := range plans {
		r.Outcomes = append(r.Outcomes, p.outcome(&a.Instructions[i], doc.Lang))
	}
	all := func(*plan) bool { return true }
	r.Title, r.Text = b.titled(plans, all), b.build(plans, all, r.Outcomes)
	r.editions(b, plans, a)
	r.prove(doc.Lang, doc.Title)
	return r
}

// outsideQuotes is a frame without the titles in it: «В Кодекс … «Об административных
// правонарушениях»» names a code, «В Закон … «О введении в действие кодекса»» does not.
func outsideQuotes(lang law.Lang, frame string) (out string) {
	g := grammarOf(lang)
	if g == nil {
		return frame
	}
	quotes, _ := g.quotations(frame)
	from := 0
	for _, q := range quotes {
		out += frame[from:q.open]
		from = q.end
	}
	return out + frame[from:]
}

func isCode(title string) bool {
	return strings.Contains(strings.ToLower(law.Fold(title)), "кодекс")
}

// prove reads the text back: a numbered unit that an instruction brought has to
// stand where it was put, else its wording makes another structure than it
// seems, and that is doubted.
func (r *Result) prove(lang law.Lang, title string) {
	var after *law.Document
	for _, o := range r.Outcomes {
		if o.Status != Applied || o.Op != AddUnit {
			continue
		}
		if after == nil {
			after = law.Build(lang, title, Lines(r.Text))
		}
		for _, a := range o.Places {
			if after.Find(a) == nil && after.Find(onceOnly(a)) == nil {
				r.Doubts = append(r.Doubts, Doubt{o.From, o.To, o.Text, because("no_own_unit", string(a))})
			}
		}
	}
}

// onceOnly is the address of a unit where no other has its number: «para_2~2» may be
// the only paragraph 2 after the act.
func onceOnly(a law.Address) law.Address {
	steps := strings.Split(string(a), "__")
	for i := range steps {
		steps[i], _, _ = strings.Cut(steps[i], "~")
	}
	return law.Address(strings.Join(steps, "__"))
}

// editions builds the text of each day.
func (r *Result) editions(b *base, plans []*plan, a *Amendment) {
	var days []law.Date
	unknown := false
	for _, p := range plans {
		switch {
		case !p.changes():
		case p.day == "":
			unknown = true
		case !slices.Contains(days, p.day):
			days = append(days, p.day)
		}
	}
	slices.Sort(days)
	if unknown {
		days = append(days, "")
	}
	for _, day := range days {
		in := func(p *plan) bool { return day == "" || p.day != "" && p.day <= day }
		e := Edition{Day: day, Title: b.titled(plans, in)}
		for i, p := range plans {
			if p.changes() && in(p) {
				e.Instructions = append(e.Instructions, a.Instructions[i].N)
			}
		}
		if len(days) == 1 {
			e.Text = r.Text
		} else {
			e.Text = b.build(plans, in, nil)
		}
		r.Editions = append(r.Editions, e)
	}
}

// plan is what one instruction would change in the text before the act.
type plan struct {
	index   int // in Amendment.Instructions
	n       int // the instruction's own number
	refused *refusal
	covers  []cover
	inserts []insert
	edits   []edit
	title   []edit // of the act's own title
	// renumbers are the units whose numbers the edits change; givers are the plans
	// whose numbers new units take.
	// needs are the plans that bring what its new units come after.
	renumbers []renumbering
	givers    []*plan
	needs     []*plan
	places    []law.Address
	notices   []Reason
	whole     bool          // it yields to what another instruction does with the same words
	left      map[edit]bool // what it has yielded
	// suspension and marks are of an instruction that suspends.
	suspension *Suspension
	marks      []mark
	day        law.Date
}

// cover is provisions [from,to) that are taken out, with lines in their place.
type cover struct {
	from, to int
	lines    []law.Line
}

// insert is new lines before provision at.
type insert struct {
	at     int
	holder int // index of the unit they are added to, -1 for the act
	list   int // index of the unit whose list they go on
	order  string
	kind   law.Kind
	lines  []law.Line
	giver  *plan // of the number, if a unit has it that gets another
}

// edit is a change inside one line.
type edit struct {
	at       int
	from, to int // what must not be changed by others
	put      int // where new begins: from, or to for an insertion
	new      string
}

func (p *plan) changes() bool {
	return p.refused == nil && len(p.covers)+len(p.inserts)+len(p.edits)+len(p.title)+len(p.marks) > 0
}

func (p *plan) refuse(r *refusal) {
	p.refused = r
	p.covers, p.inserts, p.edits, p.renumbers, p.notices = nil, nil, nil, nil, nil
	p.suspension, p.marks, p.title = nil, nil, nil
}

func (p *plan) notice(what Reason) { p.notices = append(p.notices, what) }

func (p *plan) outcome(in *Instruction, lang law.Lang) Outcome {
	o := Outcome{Instruction: *in, Status: Applied, Places: p.places, Notices: p.notices, Day: p.day, Suspension: p.suspension}
	if r := p.refused; r != nil {
		o.Status, o.Reason, o.Candidates = r.status, r.reason, r.candidates
		o.Places = nil
	}
	return o
}
