package drafting

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// Result is a text with an amendment applied.
type Result struct {
	// Outcomes are one for each instruction, in order.
	Outcomes []Outcome
	// Text is the text with all that was applied, whatever its day.
	Text []Line
	// Editions are the texts by day: each has what is in force by then. The last
	// has the instructions whose day is not known, with an empty Day.
	Editions []Edition
	Doubts   []law.Doubt
}

// Outcome is what became of one instruction.
type Outcome struct {
	Instruction
	Status Status
	Reason string
	// Places are the addresses that were changed, or of new units, in the order of
	// Targets where they were found.
	Places []law.Address
	// Candidates are the units an ambiguous instruction may mean.
	Candidates []law.Address
	// Notices tell what was done beside the words of the instruction: signs put
	// right, several occurrences.
	Notices []string
	// Day is the first day in force, "" where it cannot be computed.
	Day law.Date
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
func Apply(doc *law.Document, a *Amendment, published law.Date) *Result {
	b := &base{doc: doc, all: doc.Provisions}
	plans := make([]*plan, len(a.Instructions))
	r := &Result{Doubts: a.Doubts}
	for i := range a.Instructions {
		in := &a.Instructions[i]
		day, _ := law.ComputeDay(in.InForce, published)
		plans[i] = b.plan(i, in)
		plans[i].day = day
	}
	b.conflicts(plans)
	for i, p := range plans {
		r.Outcomes = append(r.Outcomes, p.outcome(&a.Instructions[i], doc.Lang))
	}
	r.Text = b.build(plans, func(*plan) bool { return true }, r.Outcomes)
	r.editions(b, plans, a)
	return r
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
		e := Edition{Day: day}
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
	places  []law.Address
	notices []string
	whole   bool          // it yields to what another instruction does with the same words
	left    map[edit]bool // what it has yielded
	day     law.Date
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
}

// edit is a change inside one line.
type edit struct {
	at       int
	from, to int // what must not be changed by others
	put      int // where new begins: from, or to for an insertion
	new      string
}

func (p *plan) changes() bool {
	return p.refused == nil && len(p.covers)+len(p.inserts)+len(p.edits) > 0
}

func (p *plan) refuse(r *refusal) {
	p.refused = r
	p.covers, p.inserts, p.edits, p.notices = nil, nil, nil, nil
}

func (p *plan) notice(format string, args ...any) {
	p.notices = append(p.notices, fmt.Sprintf(format, args...))
}

func (p *plan) outcome(in *Instruction, lang law.Lang) Outcome {
	o := Outcome{Instruction: *in, Status: Applied, Places: p.places, Notices: p.notices, Day: p.day}
	if r := p.refused; r != nil {
		o.Status, o.Reason, o.Candidates = r.status, r.reason, r.candidates
		o.Places = nil
	}
	return o
}

// conflicts refuses instructions that want to change the same text. Of two with
// different days the later one replaces the earlier one when its day comes.
func (b *base) conflicts(plans []*plan) {
	covered := make([][]*plan, len(b.all)+1)
	for _, p := range plans {
		for _, c := range p.covers {
			for i := c.from; i < c.to; i++ {
				covered[i] = append(covered[i], p)
			}
		}
	}
	type clash struct{ a, b *plan }
	var found []clash
	add := func(a, b *plan) {
		if a != b && !parted(a, b) {
			found = append(found, clash{a, b})
		}
	}
	edited := map[int][]sharing{}
	for _, p := range plans {
		for _, c := range p.covers {
			for i := c.from; i < c.to; i++ {
				for _, q := range covered[i] {
					add(p, q)
				}
			}
		}
		for _, n := range p.inserts {
			for _, q := range covered[n.at-1] {
				if q.takesHolder(b, n) {
					add(p, q)
				}
			}
		}
		p.edits = slices.DeleteFunc(p.edits, func(e edit) bool {
			return p.whole && len(covered[e.at]) > 0
		})
		for _, e := range p.edits {
			for _, q := range covered[e.at] {
				add(p, q)
			}
			q := edited[e.at]
			if len(q) == 0 || q[len(q)-1].plan != p {
				q = append(q, sharing{plan: p})
			}
			q[len(q)-1].edits = append(q[len(q)-1].edits, e)
			edited[e.at] = q
		}
	}
	for _, line := range edited {
		for i, p := range line {
			for _, q := range line[i+1:] {
				overlap(p, q, add)
			}
		}
	}
	slices.SortFunc(found, func(x, y clash) int { return cmp.Or(x.a.index-y.a.index, x.b.index-y.b.index) })
	for _, c := range found {
		for _, pair := range [...][2]*plan{{c.a, c.b}, {c.b, c.a}} {
			if p := pair[0]; p.refused == nil {
				p.refuse(ambiguous(fmt.Sprintf("instruction %d changes the same text", pair[1].n)))
			}
		}
	}
}

// parted reports whether two instructions stand apart in time.
func parted(a, b *plan) bool { return a.day != "" && b.day != "" && a.day != b.day }

// takesHolder reports whether a replacement leaves no place for an insertion: it
// takes the unit that is added to, or the list it goes on.
func (p *plan) takesHolder(b *base, n insert) bool {
	for _, c := range p.covers {
		switch {
		case c.from < n.at && n.at < c.to:
			return true
		case n.holder < 0:
		case c.from <= n.holder && c.to >= b.end(b.all[n.holder]):
			return true
		case c.from == n.holder && c.to == n.at && level(n.kind) > level(law.Part):
			return true // the list of a part that was written anew
		}
	}
	return false
}

// sharing is what one of several instructions changes in a line.
type sharing struct {
	plan  *plan
	edits []edit
}

// overlap finds edits of two instructions that touch the same words of a line. A
// replacement in the whole text yields to the one that names the place.
func overlap(p, q sharing, add func(a, b *plan)) {
	for _, e := range p.edits {
		for _, f := range q.edits {
			switch {
			case e.to <= f.from || f.to <= e.from:
			case p.plan.whole && !q.plan.whole:
				p.plan.yield(e)
			case q.plan.whole && !p.plan.whole:
				q.plan.yield(f)
			default:
				add(p.plan, q.plan)
			}
		}
	}
}

// yield leaves one place to another instruction.
func (p *plan) yield(e edit) {
	if p.left == nil {
		p.left = map[edit]bool{}
	}
	p.left[e] = true
}
