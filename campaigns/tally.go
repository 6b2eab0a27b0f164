package campaigns

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

// Cell is what signatures are counted by.
type Cell struct {
	Campaign CampaignID
	Version  int
	Level    Level
	Region   string
	Day      law.Date
	Lang     law.Lang
}

// Tally is the count of a cell.
type Tally struct {
	Cell
	N int64
}

// Drift is a cell whose count is not what the signatures say: By is what must
// be added to it.
type Drift struct {
	Cell
	By int64
}

// Number is the count of a campaign's current text: exact for the organisation,
// shown for everybody else.
type Number struct {
	Campaign CampaignID
	Version  int
	Exact    int64
	Shown    int64
	ShownAt  time.Time
}

// What the public number hides. In a small campaign a number that moves by one
// tells that the person who just spoke to you has signed, or withdrawn.
const (
	// ExactFrom is the count from which every change is shown.
	ExactFrom = 500
	// LeastStep is the least change that is shown at once below that…
	LeastStep = 10
	// LeastWait …and how long a smaller one waits.
	LeastWait = time.Hour
	// LeastCell is the least count of a part that is shown: below it, "<5".
	LeastCell = 5
)

// Next returns n with what is shown at now. A number shown for the first time
// is zero and waits as well.
func (n Number) Next(now time.Time) Number {
	change := max(n.Exact-n.Shown, n.Shown-n.Exact)
	switch {
	case n.ShownAt.IsZero():
		n.ShownAt = now
		if n.Exact >= LeastStep {
			n.Shown = n.Exact
		}
	case n.Exact >= ExactFrom && n.Shown >= ExactFrom:
		if change > 0 {
			n.Shown, n.ShownAt = n.Exact, now
		}
	// An hour without a change is over too: else the next one, after a quiet time,
	// would be shown at once.
	case change >= LeastStep, !now.Before(n.ShownAt.Add(LeastWait)):
		n.Shown, n.ShownAt = n.Exact, now
	}
	return n
}

// Part is the count of one part of a whole, as strangers may see it.
type Part struct {
	Name   string
	N      int64
	Hidden bool
	// Few says that it is hidden because it is less than LeastCell. What is hidden
	// beside it, so that it cannot be computed, may be any number.
	Few bool
}

// Parts turns exact counts into what may be shown, in order of their names. The
// total is known, and so is what the hidden parts add up to: the smallest of the
// others are hidden too, until that sum leaves open what the small ones are.
func Parts(counts map[string]int64) []Part {
	var out []Part
	for name, n := range counts {
		out = append(out, Part{Name: name, N: n})
	}
	slices.SortFunc(out, func(a, b Part) int { return cmp.Or(cmp.Compare(a.N, b.N), strings.Compare(a.Name, b.Name)) })
	there := slices.IndexFunc(out, func(p Part) bool { return p.N > 0 })
	if there < 0 {
		there = len(out)
	}
	sizes := out[there:]
	few := 0
	for few < len(sizes) && sizes[few].N < LeastCell {
		few++
	}
	hidden := few
	for few > 0 && hidden < len(sizes) && computable(sizes, few, hidden) {
		hidden++
	}
	// Where all are hidden and it still is, which of them are small is not said.
	said := few > 0 && (len(sizes) == 1 || !computable(sizes, few, hidden))
	for i := range sizes[:hidden] {
		sizes[i] = Part{Name: sizes[i].Name, Hidden: true, Few: said && i < few}
	}
	slices.SortFunc(out, func(a, b Part) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// computable tells whether the sum of the hidden parts, the first of sizes, of
// which some are few, gives those away: the others are at least LeastCell and, as
// they are the smallest, at most what is shown next.
func computable(sizes []Part, few, hidden int) bool {
	sum := int64(0)
	for _, p := range sizes[:hidden] {
		sum += p.N
	}
	lowest, highest, beside := int64(few), int64(few*(LeastCell-1)), int64(hidden-few)
	if beside == 0 {
		return few == 1 || sum == lowest || sum == highest
	}
	if hidden < len(sizes) {
		lowest = max(lowest, sum-beside*sizes[hidden].N)
	}
	return lowest >= min(highest, sum-beside*LeastCell)
}
