package read

import (
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// ForceNote says from when what is new in a wording applies.
type ForceNote struct {
	Units    string // which lines, where not all
	Since    string
	Until    string
	Phrase   string // as written in the text, where the day does not stand in it
	Computed string // how the day was found
	Note     string // that it is another day than that of the edition
	Doubts   []string
}

// namedUnits is up to how many lines with a day of their own are named.
const namedUnits = 6

// forceGroup is what is new in a wording and begins to apply alike.
type forceGroup struct {
	lines []*diffing.UnitLine
	force law.Force
}

// forces tell from when a wording applies: of the first one known every line is
// asked, later what is new.
func (v *historian) forces(w *diffing.UnitWording, lines []diffing.UnitLine) []forceGroup {
	var out []forceGroup
	add := func(l *diffing.UnitLine, f law.Force) {
		for n := range out {
			if g := &out[n]; g.force.Since == f.Since && g.force.Until == f.Until && g.force.Phrase == f.Phrase && g.force.Status == f.Status {
				g.lines = append(g.lines, l)
				return
			}
		}
		out = append(out, forceGroup{[]*diffing.UnitLine{l}, f})
	}
	var at []law.Address
	var asked []*diffing.UnitLine
	for i := range lines {
		switch l := &lines[i]; {
		case l.Gone || l.Unchanged() && (i > 0 || l.Was == ""):
		case l.Kind == diffing.Deleted:
			for _, a := range l.Acts {
				f := law.Force{Status: law.InForceNow, Phrase: a.InForce.Phrase, Basis: a.InForce.Basis, Acts: []law.NoteAct{a}}
				f.Since, _ = law.ComputeDay(a.InForce, v.days.published(a))
				add(l, f)
			}
		default:
			at, asked = append(at, l.Address), append(asked, l)
		}
	}
	for i, f := range v.times.In(w.First, v.today, at...) {
		if f.Status == law.LostForceAlready && f.Since == "" && placeholder(asked[i]) {
			f.Since, f.Until, f.Status = f.Until, "", law.InForceNow // of the exclusion
		}
		add(asked[i], f)
	}
	return out
}

// force is forces in words.
func (v *historian) force(w *diffing.UnitWording, lines []diffing.UnitLine) []ForceNote {
	var out []ForceNote
	groups := v.forces(w, lines)
	for n, g := range groups {
		note := v.forceNote(w, g.force)
		// where the unit's own line is asked, its group speaks of the whole unit and
		// the others of exceptions
		if len(groups) > 1 && (n > 0 || g.lines[0].Address != w.Address) {
			var units []string
			for i, l := range g.lines {
				if i == namedUnits {
					units = append(units, "…")
					break
				}
				units = append(units, v.inside(w, l, v.citeAt(l.Citation, l.Address)))
			}
			note.Units = strings.Join(units, ", ")
		}
		out = append(out, note)
	}
	return out
}

// forceNote puts the force of a wording into words. Where no day is known, the
// edition is: what it prints applies on its date at the latest, except that an
// act's own first text may only have been adopted that day.
func (v *historian) forceNote(w *diffing.UnitWording, f law.Force) ForceNote {
	out := ForceNote{Doubts: f.Doubts}
	day := v.list[w.First].Date
	switch f.Basis {
	case "fixed", "edition", "":
	default:
		out.Phrase = f.Phrase
	}
	if f.Until != "" {
		out.Until = v.loc.T("force.until", "date", v.loc.Date(f.Until), "dateto", v.loc.DateTo(f.Until))
	}
	switch {
	case f.Since != "":
		out.Since = v.loc.T("force.since", "date", v.loc.Date(f.Since), "datefrom", v.loc.DateFrom(f.Since))
		out.Computed = marker{view: v.view, act: v.law}.computed(f)
		switch {
		case f.Since > v.today:
			out.Note = v.loc.T("history.to_come")
		case f.Since < day && w.First > 0:
			out.Note = v.loc.T("history.early", "date", v.loc.Date(day), "dateof", v.loc.DateOf(day))
		}
	case f.Status == law.InForceNow && f.Until == "" && day > v.law.Adopted && v.law.Adopted != "":
		out.Since = v.loc.T("history.not_later", "date", v.loc.Date(day), "datefrom", v.loc.DateFrom(day))
	}
	return out
}
