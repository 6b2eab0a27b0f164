package diffing

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// isExcluded reports whether a provision is the line that the official text
// leaves in place of an excluded one: «4) исключен Законом РК …»,
// «4) алып тасталды – …».
func isExcluded(p *law.Provision) bool {
	_, after, _ := strings.Cut(p.Text, p.Number)
	if p.NumberTo != "" {
		_, after, _ = strings.Cut(after, p.NumberTo)
	}
	words := strings.FieldsFunc(strings.ToLower(law.Fold(head(after))), func(r rune) bool { return classOf(r) != letterRune })
	if len(words) > 1 && isLabel(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "исключен", "исключена", "исключено", "исключены", "excluded", "deleted", "repealed":
		return true
	case "утратил", "утратила", "утратило", "утратили":
		return len(words) > 1 && words[1] == "силу"
	case "алып", "алынып":
		return len(words) > 1 && words[1] == "тасталды"
	case "күші":
		return len(words) > 1 && words[1] == "жойылды"
	}
	return false
}

// head is the beginning of a text: enough for what an excluded unit says.
func head(s string) string {
	const enough = 80
	if len(s) > enough {
		return strings.ToValidUTF8(s[:enough], "")
	}
	return s
}

// Excludes reports whether a pair puts the line of an excluded unit in the place of
// a provision.
func (p *Pair) Excludes() bool {
	return p.From != nil && p.To != nil && isExcluded(p.To.Provisions[0]) && !isExcluded(p.From.Provisions[0])
}

// standsFor lists the provisions of the old text in whose place a line of the new
// one was left: those of its numbers, among what went where it came.
func (p *paired) standsFor(line *law.Provision) (out []*law.Provision) {
	if !isExcluded(line) {
		return nil
	}
	first, last := p.place[line.Index], p.place[line.Index]
	for first > 0 && !p.Pairs[first-1].stayed() {
		first--
	}
	for last+1 < len(p.Pairs) && !p.Pairs[last+1].stayed() {
		last++
	}
	inRange := false
	for k := first; k <= last; k++ {
		q := p.Pairs[k].From
		if q == nil || q.Note != nil || q.Provisions[0].Kind != line.Kind {
			continue
		}
		was := q.Provisions[0]
		starts := was.Number == line.Number && (was.Number != "" || was.Ordinal == line.Ordinal)
		if (starts || inRange) && p.gone(was) {
			out = append(out, was)
		}
		inRange = (starts || inRange) && line.NumberTo != "" && was.Number != line.NumberTo
	}
	return out
}

// stayed reports whether a pair has two sides in their old place.
func (p *Pair) stayed() bool { return !p.Note && !p.Moved && p.From != nil && p.To != nil }

// gone reports whether a provision of the old text is no more.
func (p *paired) gone(q *law.Provision) bool {
	pair := p.old[q.Index]
	return pair.To == nil || pair.Excludes()
}

// decideExcluded judges a line that the proposal itself puts in the place of what
// it takes out: it is adopted with the deletion, whatever the line then says.
func (j *judge) decideExcluded(item *OutcomeItem) bool {
	line := item.Proposed.To.Provisions[0]
	of := j.asked.standsFor(line)
	if len(of) == 0 {
		return false
	}
	n := 0
	for _, q := range of {
		if j.done.gone(q) {
			n++
		}
	}
	item.Line = true
	item.Survived = share(n, len(of))
	item.Status = Rejected
	switch n {
	case 0:
	case len(of):
		item.Status = Adopted
	default:
		item.Status = Partly
	}
	if p := j.kept.old[line.Index]; p.To != nil && isExcluded(p.To.Provisions[0]) {
		item.Enacted, item.Surviving = j.done.new[p.To.Provisions[0].Index], p.Ops
		j.account(item.Enacted)
	}
	return true
}

// leftBehind reports whether a pair is only the line left in the place of
// provisions whose deletion was proposed.
func (j *judge) leftBehind(p *Pair) bool {
	if p.Kind != Inserted {
		return false
	}
	of := j.done.standsFor(p.To.Provisions[0])
	return len(of) > 0 && !slices.ContainsFunc(of, func(q *law.Provision) bool { return !j.asked.gone(q) })
}
