package law

import (
	"cmp"
	"fmt"
	"slices"
)

// On tells how the act stands on a day. ok is false where no known edition is
// dated on or before it. A day to come is answered from what is known today.
func (t *Timeline) On(day Date) (s Standing, ok bool) {
	k := -1
	for i, e := range t.editions {
		if e.date <= day {
			k = i
		}
	}
	if _, real := day.Time(); k < 0 || !real {
		return Standing{}, false
	}
	e := &t.editions[k]
	q := &query{Timeline: t, on: day, begun: map[*Statement]start{}}
	s = Standing{Day: day, Edition: k, Doubts: e.doubts, Force: make([]Force, len(e.units))}
	s.Act = q.unit(e, "")
	for i, id := range e.units {
		s.Force[i] = q.standing(e, t.lineages[id].at(k))
	}
	q.earlier(&s)
	q.later(&s)
	q.announce(&s)
	for i := range s.Force {
		up, at := s.Act, Address("")
		if j := e.parents[i]; j >= 0 {
			up, at = s.Force[j], t.lineages[e.units[j]].at(k).address
		}
		// A new wording of the line above is no news of this one.
		f := &s.Force[i]
		f.Own = !f.like(up) && (f.Basis != "edition" || f.Status != InForceNow) && !f.like(q.unit(e, at))
	}
	return s, true
}

// query is one question: what many provisions share is read once.
type query struct {
	*Timeline
	on    Date
	begun map[*Statement]start
}

// like reports whether a page would say the same of both.
func (f Force) like(g Force) bool {
	return f.Status == g.Status && f.Since == g.Since && f.Until == g.Until && f.Phrase == g.Phrase && len(f.Doubts) == len(g.Doubts)
}

// unit is the force of a unit whatever its wording.
func (q *query) unit(e *editionFacts, at Address) Force {
	return q.standing(e, &wording{address: at})
}

// at is the wording that stands in edition k.
func (l *lineage) at(k int) *wording {
	w := &l.wordings[0]
	for i := range l.wordings {
		if l.wordings[i].edition <= k {
			w = &l.wordings[i]
		}
	}
	return w
}

// start is the beginning of force as some statements tell it.
type start struct {
	force   Force
	certain bool // Since is known
}

// begin turns statements about one thing into its first day in force. Statements
// that only send the reader elsewhere give way to any other.
func (q *query) begin(ss []Statement) start {
	if len(ss) == 0 {
		return start{}
	}
	if s, done := q.begun[&ss[0]]; done {
		return s
	}
	s := q.read(ss)
	f := &s.force // shared from now on: who appends gets a copy
	f.Sources, f.Acts, f.Doubts = slices.Clip(f.Sources), slices.Clip(f.Acts), slices.Clip(f.Doubts)
	q.begun[&ss[0]] = s
	return s
}

func (q *query) read(ss []Statement) start {
	if telling := slices.DeleteFunc(slices.Clone(ss), func(s Statement) bool {
		return s.InForce.Basis == "see" || s.InForce.Basis == ""
	}); len(telling) > 0 {
		ss = telling
	}
	var out start
	for i, s := range ss {
		since, known := q.day(s)
		one := Force{Since: since, Phrase: s.InForce.Phrase, Basis: s.InForce.Basis, Status: InForceNow, Sources: []Source{s.Source}}
		if s.Act.Number != "" {
			one.Acts = []NoteAct{s.Act}
		}
		switch {
		case known && since > q.on || !known && q.earliest(s) > q.on:
			one.Status = NotYetInForce
		case !known && s.InForce.Phrase != "":
			one.Status = Unclear
		}
		if i == 0 {
			out = start{one, known}
			continue
		}
		out.join(one, known)
	}
	return out
}

// join takes in another statement about the same thing. Equal ones are two sources
// of one fact. Different ones are a doubt; where the day decides between them, the
// standing is unclear.
func (s *start) join(one Force, known bool) {
	f := &s.force
	f.Sources = append(f.Sources, one.Sources...)
	for _, a := range one.Acts {
		if !slices.ContainsFunc(f.Acts, func(b NoteAct) bool { return a.Number == b.Number && a.Date == b.Date }) {
			f.Acts = append(f.Acts, a)
		}
	}
	switch {
	case known && s.certain && one.Since == f.Since, !known && !s.certain && one.Basis == f.Basis:
		return
	case len(f.Acts) == 0 && known && !s.certain: // a sentence with a day says more than one without
		f.Since, f.Phrase, f.Basis, f.Status, s.certain = one.Since, one.Phrase, one.Basis, one.Status, true
		return
	case len(f.Acts) == 0 && !known && s.certain:
		return
	}
	f.Doubts = append(f.Doubts, fmt.Sprintf("%s — %s", told(f.Phrase, f.Since), told(one.Phrase, one.Since)))
	if f.Status != one.Status {
		f.Status = Unclear
	}
	f.Since, s.certain = "", false
}

func told(phrase string, since Date) string {
	if since == "" {
		return "«" + phrase + "»"
	}
	return "«" + phrase + "» (" + since.Official() + ")"
}

// day is the first day in force a statement means.
func (q *query) day(s Statement) (Date, bool) {
	published := q.act.Published
	switch {
	case s.Act.Number != "":
		published = q.published(s.Act)
	case s.Verb.amends(): // by an act the note does not name
		published = ""
	}
	if s.InForce.Basis == "on_signing" {
		day := q.adopted(s)
		return day, day != ""
	}
	return ComputeDay(s.InForce, published)
}

func (q *query) adopted(s Statement) Date {
	if s.Act.Number != "" || s.Verb.amends() {
		return s.Act.Date
	}
	return q.act.Adopted
}

func (q *query) earliest(s Statement) Date { return earliest(s.InForce, q.adopted(s)) }

// nearest are the statements of one kind about the smallest unit that holds an
// address, the act itself last.
func (e *editionFacts) nearest(v Verb, at Address) []Statement {
	says := e.says[v]
	for len(says) > 0 {
		if ss := says[at]; len(ss) > 0 || at == "" {
			return ss
		}
		at = above(at)
	}
	return nil
}

// base is the entry into force of a unit, whatever its wording.
func (q *query) base(e *editionFacts, at Address) start {
	ss := e.nearest(EntersForce, at)
	if len(ss) == 0 { // nothing tells otherwise: what stands in an edition applies
		return start{force: Force{Status: InForceNow}}
	}
	b := q.begin(ss)
	// An official edition later than the law itself gives the text in force on its
	// date: then the law is, though its first day is not known. One that names
	// amending acts is later, even where the day of adoption is unknown.
	later := e.date > cmp.Or(q.act.Adopted, q.editions[0].date) || q.act.Adopted == "" && len(e.acts) > 0
	if len(ss[0].Addresses) == 0 && later {
		b.settle()
	}
	return b
}

// settle trusts the date of an edition where only the first day is unknown.
func (s *start) settle() {
	if s.force.Status == Unclear && len(s.force.Doubts) == 0 {
		s.force.Status = InForceNow
	}
}

// standing is the force of a wording on a day, as an edition tells it.
func (q *query) standing(e *editionFacts, w *wording) Force {
	s := q.base(e, w.address)
	if own, told := q.own(w); told {
		s = later(s, own)
	}
	f := s.force
	f.Edition = w.first
	if gone := w.placeholder(); gone && f.Status == InForceNow {
		f.Status, f.Until, f.Since = LostForceAlready, f.Since, ""
		return f
	}
	q.suspend(e, w, &f)
	q.end(e, &f, w)
	return f
}

// own is the beginning of a wording that came after the first edition. Where no
// act is told, the official date of its edition decides, and no day is named.
func (q *query) own(w *wording) (start, bool) {
	if len(w.brought) > 0 {
		b := q.begin(w.brought)
		if q.editions[w.first].date <= q.on {
			b.settle()
		}
		return b, true
	}
	if w.first == 0 {
		return start{}, false
	}
	f := Force{Status: InForceNow, Basis: "edition"}
	if q.editions[w.first].date > q.on {
		f.Status = NotYetInForce
	}
	return start{force: f}, true
}

// later is the beginning of what needs both: the unit in force and its wording.
func later(unit, own start) start {
	switch {
	case worse(unit.force.Status, own.force.Status):
	case worse(own.force.Status, unit.force.Status):
		return own
	case own.certain && unit.certain && unit.force.Since > own.force.Since:
	default:
		return own
	}
	unit.force.Doubts = append(unit.force.Doubts, own.force.Doubts...)
	unit.force.Acts = append(unit.force.Acts, own.force.Acts...)
	return unit
}

// placeholder reports whether the wording only says that the unit went.
func (w *wording) placeholder() bool {
	return len(w.brought) > 0 && (w.brought[0].Verb == Deleted || w.brought[0].Verb == LostForce) && !w.brought[0].Source.Note
}
