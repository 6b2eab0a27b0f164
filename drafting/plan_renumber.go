package drafting

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// newNumbers are the numbers that a list of units is to have («считать
// соответственно подпунктами 4) и 5)»), or why they cannot be told.
func newNumbers(targets, added []Target) (out []string, reason Reason) {
	if len(targets) != len(added) {
		return nil, because("renumber_count")
	}
	for i, t := range targets {
		old, now := lastStep(t), lastStep(added[i])
		if old.Kind != now.Kind || now.Number == "" || old.Number == "" || old.To != "" || now.To != "" || len(added[i].Citation) > 1 {
			return nil, because("renumber_kind")
		}
		out = append(out, now.Number)
	}
	return out, ""
}

// renumber gives units other numbers. Whether the numbers are free and in order
// depends on the act as a whole: see settleNumbers.
func (b *base) renumber(p *plan, in *Instruction) *refusal {
	for i, t := range in.Targets {
		found, refused := b.places(p, []Target{t})
		if refused != nil {
			return refused
		}
		u := found[0].unit
		if len(found) > 1 || u.Number == "" || u.NumberTo != "" {
			return ambiguous(because("renumber_kind"), found...)
		}
		at := strings.Index(u.Text, u.Number)
		if at < 0 || at >= u.NumberEnd() {
			return ambiguous(because("renumber_kind"), found...)
		}
		p.edits = append(p.edits, edit{at: u.Index, from: at, to: at + len(u.Number), put: at, new: in.New[i]})
		p.renumbers = append(p.renumbers, renumbering{u, in.New[i]})
	}
	return nil
}

// renumbering is a unit and its new number.
type renumbering struct {
	unit   *law.Provision
	number string
}

// settleNumbers refuses renumberings after which a number would stand twice, or
// out of order, in its list. Units that the act takes out give theirs away.
func (b *base) settleNumbers(plans []*plan) {
	lists := map[list][]*plan{}
	for _, p := range plans {
		for _, r := range p.renumbers {
			if l := b.listOf(r.unit); p.refused == nil && !slices.Contains(lists[l], p) {
				lists[l] = append(lists[l], p)
			}
		}
	}
	for l, of := range lists {
		if b.inOrder(l, of, plans) {
			continue
		}
		for _, p := range of {
			p.refuse(ambiguous(because("renumber_order")))
		}
	}
}

// giveAway notes the units whose numbers are free for new ones.
func (b *base) giveAway(p *plan) {
	for _, r := range p.renumbers {
		if b.given == nil {
			b.given = map[*law.Provision]*plan{}
		}
		b.given[r.unit] = p
	}
}

// refuseTaken refuses new units whose number is not given away after all.
func refuseTaken(plans []*plan, keeps func(p, giver *plan) bool) {
	for _, p := range plans {
		for _, giver := range p.givers {
			if p.refused == nil && keeps(p, giver) {
				p.refuse(ambiguous(because("renumber_order")))
			}
		}
	}
}

// listOf is the list whose numbers a unit shares.
func (b *base) listOf(u *law.Provision) list {
	if u.Parent == nil || u.Kind == law.Article {
		return list{-1, u.Kind}
	}
	return list{u.Parent.Index, u.Kind}
}

func (b *base) inOrder(l list, of, plans []*plan) bool {
	number := map[*law.Provision]string{}
	for _, p := range of {
		if p.day != of[0].day {
			return false // between two days both numbers would stand
		}
		for _, r := range p.renumbers {
			number[r.unit] = r.number
		}
	}
	gone := make([]bool, len(b.all)+1)
	type standing struct {
		at     int
		number string
	}
	var row []standing
	for _, p := range plans {
		if p.refused != nil {
			continue
		}
		for _, c := range p.covers {
			for i := c.from; i < c.to && len(c.lines) == 0 && p.day == of[0].day; i++ {
				gone[i] = true
			}
		}
		for _, n := range p.inserts {
			if n.kind == l.kind && (n.list == l.parent || l.kind == law.Article) {
				row = append(row, standing{n.at, n.order})
			}
		}
	}
	for _, u := range b.all {
		if u.Kind != l.kind || u.Number == "" || b.listOf(u) != l || gone[u.Index] {
			continue
		}
		now, ok := number[u]
		if !ok {
			now = u.Number
		}
		row = append(row, standing{u.Index, now})
	}
	slices.SortStableFunc(row, func(x, y standing) int { return cmp.Compare(x.at, y.at) })
	for i := 1; i < len(row); i++ {
		if law.CompareNumbers(row[i-1].number, row[i].number) >= 0 {
			return false
		}
	}
	return true
}
