package law

// In tells how wordings of an edition stand on a day, whatever edition is the
// newest then: from when a wording applies, even after another has replaced it.
// What the edition does not have gets the zero Force.
func (t *Timeline) In(edition int, day Date, at ...Address) []Force {
	out := make([]Force, len(at))
	if edition < 0 || edition >= len(t.editions) {
		return out
	}
	wanted := make(map[Address][]int, len(at))
	for i, a := range at {
		wanted[a] = append(wanted[a], i)
	}
	e := &t.editions[edition]
	q := &query{Timeline: t, on: day, begun: map[*Statement]start{}}
	for _, id := range e.units {
		if len(wanted) == 0 {
			break
		}
		w := t.lineages[id].at(edition)
		places, ok := wanted[w.address]
		if !ok {
			continue
		}
		f := q.standing(e, w)
		for _, i := range places {
			out[i] = f
		}
		delete(wanted, w.address)
	}
	return out
}
