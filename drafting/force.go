package drafting

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// force finds when each instruction enters into force: the act's own article on
// its entry into force is read by package law, its exceptions lead to lines of
// the act, and an instruction on such a line has their day.
func (r *reader) force() {
	general, exceptions, doubts := r.statements()
	doubts = append(doubts, r.idle(exceptions)...)
	r.a.Doubts = append(r.a.Doubts, doubts...)
	if general == nil {
		return
	}
	r.a.Force = general.InForce
	for i := range r.a.Instructions {
		in := &r.a.Instructions[i]
		in.InForce = general.InForce
		if len(doubts) > 0 && in.Op != EntryIntoForce {
			// An exception that leads nowhere may mean this instruction: no day.
			in.InForce = law.InForce{Phrase: general.InForce.Phrase}
			continue
		}
		for _, x := range exceptions {
			switch {
			case x.from <= in.From && in.From <= x.to:
				in.InForce = x.force
			case in.From < x.from && x.from <= in.To && in.InForce != x.force: // its wording, or a part of that, has a day of its own
				in.InForce = law.InForce{Phrase: general.InForce.Phrase}
				if r.wordingWithin(in, exceptions, x.force) {
					in.InForce = x.force
				}
			}
		}
	}
}

// wordingWithin reports whether exceptions of one day hold all lines of the wording of
// an instruction: then the whole of it has that day.
func (r *reader) wordingWithin(in *Instruction, exceptions []exception, force law.InForce) bool {
	for _, l := range r.lines {
		if l.From > in.From && l.From <= in.To && !slices.ContainsFunc(exceptions, func(x exception) bool {
			return x.force == force && x.from <= l.From && l.From <= x.to
		}) {
			return false
		}
	}
	return true
}

// idle are the exceptions that lead to contexts alone («в пункте 1:»), with all
// lines of the same day that follow: which instructions are meant is not said.
func (r *reader) idle(exceptions []exception) (out []Doubt) {
	day := make([]law.InForce, len(r.lines))
	for i, l := range r.lines {
		for _, x := range exceptions {
			if x.from <= l.From && l.From <= x.to {
				day[i] = x.force
			}
		}
	}
	for from := 0; from < len(day); {
		to, contexts := from, 0
		for to < len(day) && day[to] == day[from] {
			if r.a.Roles[to] == Context {
				contexts++
			}
			to++
		}
		if day[from] != (law.InForce{}) && contexts == to-from {
			out = append(out, Doubt{r.lines[from].From, r.lines[to-1].To, r.lines[from].Text, because("exception_idle")})
		}
		from = to
	}
	return out
}

// listedForce reads an entry into force whose exceptions are a list before its
// verb: «Осы Заң:» · «1) … енгізілетін 1-баптың 2) тармақшасын;» · «2) … қоспағанда,
// … қолданысқа енгізіледі.» The first line then has the whole sentence. It returns
// the line after, 0 where the lines are something else.
func (r *reader) listedForce(at int) (next int) {
	if r.g.lang != law.KK || !strings.HasSuffix(r.lines[at].Text, ":") {
		return 0
	}
	whole := strings.TrimSuffix(r.lines[at].Text, ":")
	for i := at + 1; i < len(r.lines) && i < at+longestForce; i++ {
		_, _, text := r.g.enumerator(r.lines[i].Text)
		whole += " " + text
		if s := r.g.parse(strings.ReplaceAll(whole, ";", ",")); s.ordersForce() {
			r.parsed[at] = &s
			r.listed = [2]int{at + 1, i + 1}
			return i + 1
		}
		if !strings.HasSuffix(text, ";") {
			break
		}
	}
	return 0
}

// longestForce is over how many lines the exceptions may be listed.
const longestForce = 40

// exception is a run of the act's lines with a day of their own.
type exception struct {
	from, to int
	force    law.InForce
}

func (r *reader) statements() (general *law.Statement, out []exception, doubts []Doubt) {
	doc := law.Build(r.a.Lang, "", r.structure())
	statements, all := doc.Statements()
	for i, s := range statements {
		if s.Verb != law.EntersForce || s.Source.Note {
			continue
		}
		if len(s.Addresses) == 0 {
			if general == nil {
				general = &statements[i]
			}
			continue
		}
		for _, a := range s.Addresses {
			if p := doc.Find(a); p != nil {
				out = append(out, exception{p.From, lastLine(p), s.InForce})
			}
		}
	}
	for _, d := range all {
		if strings.Contains(d.Reason, "entry into force") || strings.Contains(d.Reason, "unit of this law") {
			doubts = append(doubts, Doubt{d.From, d.To, d.Text, because("exception_nowhere")})
		}
	}
	return general, out, doubts
}

// structure are the lines of the act as its own units: new wording and «2)
// тармақша …» are indents, whatever numbers they begin with, and the sentence on
// the entry into force is no heading.
func (r *reader) structure() []law.Line {
	out := slices.Clone(r.lines)
	for i := range out {
		l := &out[i]
		switch style, _, _ := r.g.enumerator(l.Text); {
		case r.a.Roles[i] == Instructing && r.sentenceAt(i).ordersForce():
			whole := r.parsed[i].text + r.unnumberedBelow(i)
			if !strings.HasSuffix(whole, ":") { // else its exceptions are a numbered list below it
				l.Text = whole
			}
		case r.listed[0] <= i && i < r.listed[1], r.a.Roles[i] == Quoted, style == "" && r.a.Roles[i] == Instructing:
			l.Text = "– " + l.Text
		}
		l.Mark = law.Plain
	}
	return out
}

// unnumberedBelow are the exceptions that stand below a sentence on the entry into
// force, a line each, without numbers.
func (r *reader) unnumberedBelow(i int) (out string) {
	if !strings.HasSuffix(r.parsed[i].text, ":") || r.listed[0] == i+1 {
		return ""
	}
	for k := i + 1; k < len(r.lines) && r.a.Roles[k] == Instructing && r.sentenceAt(k).style == ""; k++ {
		out += " " + r.lines[k].Text
	}
	return out
}

func (s *sentence) ordersForce() bool {
	return len(s.clauses) > 0 && s.clauses[0].form.op == EntryIntoForce
}

// lastLine is the last line of a provision and of everything under it.
func lastLine(p *law.Provision) int {
	to := p.To
	for _, c := range p.Children {
		to = max(to, lastLine(c))
	}
	return to
}
