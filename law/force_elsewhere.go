package law

import (
	"cmp"
	"slices"
)

// earlier finds wordings that the shown edition has replaced or dropped already,
// and that are still in force because the act that did so is not.
func (q *query) earlier(s *Standing) {
	e := &q.editions[s.Edition]
	for i, id := range e.units {
		f := &s.Force[i]
		l := &q.lineages[id]
		w := l.at(s.Edition)
		if f.Status != NotYetInForce || w.first == 0 {
			continue
		}
		for n := len(l.wordings) - 1; n >= 0; n-- {
			old := &l.wordings[n]
			if old.first >= w.first {
				continue
			}
			if g := q.standing(&q.editions[w.first-1], old); g.Status == InForceNow || g.Status == SuspendedNow {
				s.Elsewhere = append(s.Elsewhere, Elsewhere{Edition: w.first - 1, Address: old.address, Text: old.text, Shown: w.address, Force: g})
				break
			}
		}
	}
	for k := 1; k <= s.Edition; k++ {
		for _, id := range q.editions[k].ended {
			l := &q.lineages[id]
			old := l.at(k - 1)
			if len(l.by) == 0 || q.begin(l.by).force.Status != NotYetInForce {
				continue
			}
			if g := q.standing(&q.editions[k-1], old); g.Status == InForceNow || g.Status == SuspendedNow {
				s.Elsewhere = append(s.Elsewhere, Elsewhere{Edition: k - 1, Address: old.address, Text: old.text, Force: g})
			}
		}
	}
}

// later finds wordings that first stand in a later edition: in force on the day
// already, or enacted by then and still to come. A wording of the shown edition
// that such a one has replaced has lost its force.
func (q *query) later(s *Standing) {
	shown := map[int32]int{}
	for i, id := range q.editions[s.Edition].units {
		shown[id] = i
	}
	for k := s.Edition + 1; k < len(q.editions); k++ {
		e := &q.editions[k]
		for _, c := range e.changed {
			w := &q.lineages[c.lineage].wordings[c.wording]
			if len(w.brought) == 0 && len(e.nearest(Suspended, w.address)) == 0 || !q.enacted(w.brought) {
				continue
			}
			x := Elsewhere{Edition: k, Address: w.address, Text: w.text, Force: q.standing(e, w)}
			if len(w.brought) == 0 && x.Force.Since == "" {
				continue // nothing but the date of that edition tells of it
			}
			if i, stands := shown[c.lineage]; stands {
				x.Shown = q.lineages[c.lineage].at(s.Edition).address
				switch f := &s.Force[i]; x.Force.Status {
				case InForceNow, LostForceAlready:
					f.replaced(x.Force)
				case Unclear: // it may apply already
					f.Status, f.Phrase, f.Basis, f.Acts, f.Sources = Unclear, x.Force.Phrase, x.Force.Basis, x.Force.Acts, x.Force.Sources
				}
			}
			s.Elsewhere = append(s.Elsewhere, x)
		}
		for _, id := range e.ended {
			i, stands := shown[id]
			if by := q.lineages[id].by; stands && len(by) > 0 {
				if g := q.begin(by); g.force.Status == InForceNow {
					s.Force[i].replaced(g.force)
				}
			}
		}
	}
	slices.SortStableFunc(s.Elsewhere, func(a, b Elsewhere) int { return cmp.Compare(a.Edition, b.Edition) })
}

// replaced says that another wording applies from its first day on.
func (f *Force) replaced(by Force) {
	f.Status, f.Until, f.Acts = LostForceAlready, cmp.Or(by.Since, by.Until), by.Acts
	f.Phrase, f.Basis, f.Sources = by.Phrase, by.Basis, by.Sources
}

// enacted reports whether all acts were adopted by a day.
func (q *query) enacted(ss []Statement) bool {
	return !slices.ContainsFunc(ss, func(s Statement) bool { return s.Act.Date > q.on })
}

// announce lists the changes that notes foretell. One whose day has come while no
// known edition shows it leaves its unit unclear, unless it only adds.
func (q *query) announce(s *Standing) {
	e := &q.editions[s.Edition]
	for _, st := range e.announced {
		a := Announcement{Statement: st}
		a.Day, _ = q.day(st)
		s.Announced = append(s.Announced, a)
		if st.adds || a.Day == "" || a.Day > q.on || s.Edition+1 < len(q.editions) {
			continue
		}
		for i, id := range e.units {
			f := &s.Force[i]
			if f.Status == InForceNow && slices.ContainsFunc(st.Addresses, func(at Address) bool { return within(q.lineages[id].at(s.Edition).address, at) }) {
				f.Status, f.Phrase, f.Basis = Unclear, st.InForce.Phrase, st.InForce.Basis
				f.Acts, f.Sources = []NoteAct{st.Act}, []Source{st.Source}
			}
		}
	}
}
