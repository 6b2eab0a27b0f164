package law

import (
	"slices"
	"strings"
)

// suspend applies the suspension told of a unit.
func (q *query) suspend(e *editionFacts, w *wording, f *Force) {
	ss := e.nearest(Suspended, w.address)
	if a, b, found := contradicting(ss); found {
		f.Doubts = append(f.Doubts, told(a.InForce.Phrase, a.Until)+" — "+told(b.InForce.Phrase, b.Until))
		f.Sources = append(f.Sources, a.Source, b.Source)
		switch inA, inB := a.holds(q.on), b.holds(q.on); {
		case f.Status != InForceNow:
		case inA && inB:
			f.Status, f.Temporary = SuspendedNow, a.Wording
		case inA || inB:
			f.Status = Unclear
		}
		return
	}
	for _, s := range ss {
		temporary := len(s.Wording) > 0 && sameWords(s.Wording[0], w.text)
		switch {
		case s.Until == "":
			f.Doubts = append(f.Doubts, told(s.InForce.Phrase, ""))
			f.Sources = append(f.Sources, s.Source)
		case q.on >= s.Until && temporary:
			*f = Force{Status: LostForceAlready, Until: s.Until, Phrase: s.InForce.Phrase, Basis: "until", Sources: []Source{s.Source}, Edition: f.Edition}
		case q.on >= s.Until:
			if f.Status == InForceNow && f.Since < s.Until && (f.Since != "" || f.Basis == "edition" || f.Basis == "") {
				f.Since, f.Phrase, f.Basis = s.Until, s.InForce.Phrase, s.InForce.Basis
				f.Sources = append([]Source{s.Source}, f.Sources...)
			}
		case f.Status == InForceNow && q.on >= s.From:
			if s.From > f.Since {
				f.Since = s.From
			}
			f.Status, f.Until, f.Temporary = SuspendedNow, s.Until, s.Wording
			f.Phrase, f.Basis = s.InForce.Phrase, s.InForce.Basis
			f.Sources = append([]Source{s.Source}, f.Sources...)
		case f.Basis == "edition" && f.Status == NotYetInForce: // the lasting wording waits for the end
			f.Since, f.Phrase, f.Basis = s.Until, s.InForce.Phrase, s.InForce.Basis
			f.Sources = []Source{s.Source}
		}
	}
}

// holds reports whether a suspension holds on a day.
func (s Statement) holds(on Date) bool { return s.From <= on && on < s.Until }

// contradicting finds two suspensions that overlap and do not begin or end alike;
// one that does not say when it begins agrees with any beginning.
func contradicting(ss []Statement) (a, b Statement, found bool) {
	for i, a := range ss {
		for _, b := range ss[i+1:] {
			if a.Until == "" || b.Until == "" || a.From >= b.Until || b.From >= a.Until {
				continue
			}
			if a.Until != b.Until || a.From != b.From && a.From != "" && b.From != "" {
				return a, b, true
			}
		}
	}
	return a, b, false
}

// sameWords compares a quoted wording with the text of a unit; only the sign at
// the end may differ.
func sameWords(quoted, text string) bool {
	cut := func(s string) string { return strings.TrimRight(Fold(s), ` .;,"`) }
	return cut(quoted) == cut(text)
}

// end applies what is told of the end of a unit's force, and of its wording's by
// the acts that brought it. Different days are a doubt; between them the standing
// is unclear.
func (q *query) end(e *editionFacts, f *Force, w *wording) {
	ends := e.nearest(Temporary, w.address)
	for _, s := range w.brought {
		if s.InForce.end() != "" {
			ends = append(slices.Clip(ends), s)
		}
	}
	var first, last Statement
	for _, s := range ends {
		f.Sources = append(f.Sources, s.Source)
		switch day := s.InForce.end(); {
		case day == "":
		case first.Verb == "":
			first, last = s, s
		case day < first.InForce.end():
			first = s
		case day > last.InForce.end():
			last = s
		}
	}
	switch from, until := first.InForce.end(), last.InForce.end(); {
	case until == "":
	case from != until:
		f.Doubts = append(f.Doubts, told(first.InForce.Phrase, from)+" — "+told(last.InForce.Phrase, until))
		if q.on >= until {
			f.Status, f.Until = LostForceAlready, ""
		} else if q.on >= from && f.Status == InForceNow {
			f.Status = Unclear
		}
	case q.on >= until:
		f.Status, f.Until, f.Phrase, f.Basis = LostForceAlready, until, last.InForce.Phrase, "until"
	case f.Until == "": // a suspension has its own end
		f.Until = until
	}
	for _, s := range e.nearest(LostForce, w.address) {
		g := q.begin([]Statement{s})
		if s.emptied { // the official text has it no more, whatever the day
			g.settle()
		}
		f.Sources = append(f.Sources, s.Source)
		switch {
		case g.force.Status == InForceNow:
			f.Status, f.Until, f.Phrase, f.Basis, f.Acts = LostForceAlready, g.force.Since, g.force.Phrase, g.force.Basis, g.force.Acts
		case g.force.Status == Unclear:
			f.Status, f.Phrase, f.Basis, f.Acts = Unclear, g.force.Phrase, g.force.Basis, g.force.Acts
		default:
			f.Until = g.force.Since
		}
	}
	if f.Status == LostForceAlready && f.Until != "" && f.Since >= f.Until {
		f.Since = "" // it went before it came
	}
}
