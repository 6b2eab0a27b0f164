package diffing

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// changeLine makes a line one proposal.
func (m *outcomeMaker) changeLine(i, kind int) {
	s := m.base[i]
	w := strings.Fields(s)
	at := 3 + m.IntN(3)
	phrase := strings.Fields(m.words(6))
	put := func(at, drop int, in ...string) string {
		return strings.Join(slices.Concat(w[:at], in, w[at+drop:]), " ")
	}
	longer := put(at, 0, phrase...)
	c := slot{proposed: []string{longer}}
	become := func(what string, status OutcomeStatus, enacted ...string) {
		c.what, c.enacted = what, enacted
		c.want = []wanted{{at: len(c.proposed) - 1, status: status}}
	}
	switch kind {
	case 0: // an insertion adopted, or dropped
		if become("insert/adopt", Adopted, longer); m.IntN(2) == 0 {
			become("insert/drop", Rejected, s)
		}
	case 1: // reworded
		again := slices.Clone(phrase)
		again[m.IntN(len(again))] = "иначе"
		become("insert/reword", AdoptedChanged, put(at, 0, again...))
	case 2: // inverted: what the proposal extends goes
		become("insert/invert", Opposite, put(at, 2))
	case 3: // two hunks, one adopted
		c.proposed = []string{strings.Join(slices.Concat(w[:at], phrase, w[at:at+6], w[at+8:]), " ")}
		become("two hunks/one", Partly, longer)
	case 4: // a deletion adopted, dropped or inverted
		c.proposed = []string{put(at, 3)}
		switch m.IntN(3) {
		case 0:
			become("delete/adopt", Adopted, c.proposed[0])
		case 1:
			become("delete/drop", Rejected, s)
		default:
			become("delete/invert", Opposite, put(at+3, 0, phrase...))
		}
	case 5:
		m.repeal(&c, s, become)
	case 6: // a new unit after this one
		fresh := fmt.Sprintf("%d-1. %s", 1+m.IntN(9), m.words(6)+" "+m.words(6))
		c.proposed = []string{s, fresh}
		switch m.IntN(3) {
		case 0:
			become("new/adopt", Adopted, c.proposed...)
		case 1:
			become("new/drop", Rejected, s)
		default:
			become("new/reword", AdoptedChanged, s, strings.Replace(fresh, strings.Fields(fresh)[3], "иначе", 1))
		}
	case 7: // adopted at another place
		become("insert/elsewhere", Adopted, s)
		c.want[0].moved = true
		to := m.take()
		m.slots[to].enacted = []string{strings.TrimRight(m.base[to], ".;:") + ", " + strings.Join(phrase, " ")}
	case 8:
		m.split(&c, s, longer, become)
	case 9:
		m.merge(i, &c, phrase, become)
	case 10:
		m.move(i, s, longer)
		return
	}
	m.slots[i] = c
}

type becomes func(what string, status OutcomeStatus, enacted ...string)

// repeal takes a line out, or keeps what the enacted text takes out.
func (m *outcomeMaker) repeal(c *slot, s string, become becomes) {
	kind := m.IntN(4)
	if kind == 0 {
		become("edit/repealed", Opposite)
		return
	}
	c.proposed = nil
	switch kind {
	case 1:
		become("repeal/adopt", Adopted)
	case 2:
		become("repeal/drop", Rejected, s)
	default:
		become("repeal/line left", Adopted)
		if unicode.IsDigit(rune(s[0])) {
			c.enacted = []string{m.excluded(s)}
		}
	}
}

// split parts a line in two, sometimes with another phrase.
func (m *outcomeMaker) split(c *slot, s, longer string, become becomes) {
	w, l := strings.Fields(s), strings.Fields(longer)
	cut := len(w) / 2
	tail := strings.Join(w[cut:], " ")
	apart := []string{strings.Join(w[:cut], " ") + ".", tail}
	both := []string{strings.Join(l[:len(l)-len(w)+cut], " ") + ".", tail}
	c.proposed = apart
	switch m.IntN(5) {
	case 0:
		become("split/adopt", Adopted, apart...)
	case 1:
		become("split/drop", Rejected, s)
	default:
		c.proposed = both
		switch m.IntN(4) {
		case 0:
			become("split and insert/adopt", Adopted, both...)
		case 1:
			become("split and insert/drop", Rejected, s)
		case 2:
			become("split and insert/split", Partly, apart...)
		default:
			become("split and insert/insert", Partly, longer)
		}
	}
}

// merge joins a line with the next one if nothing else was done to it.
func (m *outcomeMaker) merge(i int, c *slot, phrase []string, become becomes) {
	s := m.base[i]
	k := slices.Index(m.free, i+1)
	if k < 0 {
		become("insert/adopt", Adopted, c.proposed[0])
		return
	}
	m.free = slices.Delete(m.free, k, k+1)
	next := m.base[i+1]
	m.slots[i+1] = slot{}
	w := strings.Fields(s)
	longer := strings.Join(slices.Concat(w[:4], phrase, w[4:]), " ")
	c.proposed = []string{s + " " + next}
	switch m.IntN(6) {
	case 0, 1:
		become("merge/adopt", Adopted, s+" "+next)
	case 2:
		become("merge/drop", Rejected, s, next)
	default:
		c.proposed = []string{longer + " " + next}
		switch m.IntN(4) {
		case 0:
			become("merge and insert/adopt", Adopted, longer+" "+next)
		case 1:
			become("merge and insert/drop", Rejected, s, next)
		case 2:
			become("merge and insert/merge", Partly, s+" "+next)
		default:
			become("merge and insert/insert", Partly, longer, next)
		}
	}
}

// move takes a line to another place, sometimes with another phrase.
func (m *outcomeMaker) move(i int, s, longer string) {
	to, ok := m.takeFar(i)
	third, also := m.takeFar(to)
	if !ok || !also || third-i < 8 && i-third < 8 {
		return
	}
	here, there, far := slot{}, slot{proposed: []string{s}}, slot{}
	status := func(what string, st OutcomeStatus) {
		there.what, there.want = what, []wanted{{status: st}}
	}
	if m.IntN(2) == 0 {
		there.proposed = []string{longer}
	}
	edited := there.proposed[0] == longer
	switch m.IntN(5) {
	case 0:
		status("move/adopt", Adopted)
		there.enacted = there.proposed
	case 1:
		status("move/drop", Rejected)
		here.enacted = []string{s}
	case 2:
		if edited {
			status("move and insert/move", Partly)
			there.enacted = []string{s}
			break
		}
		fallthrough
	case 3:
		if edited {
			status("move and insert/insert", Partly)
			here.enacted = []string{longer}
			break
		}
		fallthrough
	default:
		status("move/to another place", AdoptedChanged)
		there.want[0].moved = true
		far.enacted = there.proposed
	}
	m.slots[i] = here
	m.after[to] = append(m.after[to], there)
	m.after[third] = append(m.after[third], far)
}
