package drafting

import "github.com/tuzetu/tuzetu/law"

// after takes the unit that «после статьи 27 дополнить статьей 27-1» names for
// what it is: the neighbour of the new ones, not their holder.
func (c *clause) after(within contexts) (holders []Target, added []Target, reason Reason) {
	if len(c.targets) != 1 || len(c.added) == 0 {
		return nil, nil, because("not_understood")
	}
	full := within.complete(c.targets)
	if len(full) != 1 {
		return nil, nil, because("no_holder")
	}
	last := len(full[0].Citation) - 1
	before := full[0].Citation[last]
	for i, unit := range c.added {
		step := unit.Citation[0]
		switch {
		case before.Kind != step.Kind || (before.Number == "") != (step.Number == ""),
			step.Number != "" && law.CompareNumbers(before.Number, step.Number) >= 0,
			step.Number == "" && step.Ordinal != 0 && step.Ordinal != before.Ordinal+1+i,
			step.Number == "" && len(c.added) > 1 && before.Ordinal < 1: // «последнего»
			return nil, nil, because("not_in_row")
		case step.Number == "":
			unit.Citation = law.Citation{{Kind: step.Kind, Ordinal: before.Ordinal + 1 + i}}
		}
		added = append(added, unit)
	}
	if last > 0 {
		holders = []Target{{Citation: full[0].Citation[:last:last]}}
	}
	return holders, added, ""
}

// addedTargets are the new units with the citations of their holders.
func addedTargets(c *clause, within contexts) (out []Target, reason Reason) {
	if c.form.op == addUnitAfter {
		holders, added, reason := c.after(within)
		if reason != "" {
			return nil, reason
		}
		beside := *c
		beside.targets, beside.added = holders, added
		c = &beside
	}
	cs := within
	if len(c.targets) > 0 {
		cs = append(cs[:len(cs):len(cs)], context{targets: within.complete(c.targets)})
	}
	for _, unit := range c.added {
		holders, ok := cs.holders(unit)
		if !ok || len(c.targets) > 0 && !fits(unit, cs[len(cs)-1].targets[0]) {
			return nil, because("no_holder")
		}
		for _, h := range holders {
			t := unit
			t.Citation = append(h.Citation[:len(h.Citation):len(h.Citation)], unit.Citation...)
			out = append(out, t)
		}
	}
	return out, ""
}
