package campaigns

import (
	"slices"
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
	case change == 0:
	case n.Exact >= ExactFrom && n.Shown >= ExactFrom, change >= LeastStep, !now.Before(n.ShownAt.Add(LeastWait)):
		n.Shown, n.ShownAt = n.Exact, now
	}
	return n
}

// Part is the count of one part of a whole, as strangers may see it.
type Part struct {
	Name   string
	N      int64
	Hidden bool // less than LeastCell, or hidden beside the only part that is
}

// Parts turns exact counts into what may be shown, in order of their names. A
// single hidden part could be computed from the total, so the smallest of the
// others is then hidden too.
func Parts(counts map[string]int64) []Part {
	var out []Part
	hidden := 0
	for name, n := range counts {
		p := Part{Name: name, N: n, Hidden: n > 0 && n < LeastCell}
		if p.Hidden {
			hidden++
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Part) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	if hidden == 1 {
		smallest := -1
		for i, p := range out {
			if !p.Hidden && p.N > 0 && (smallest < 0 || p.N < out[smallest].N) {
				smallest = i
			}
		}
		if smallest >= 0 {
			out[smallest].Hidden = true
		}
	}
	for i := range out {
		if out[i].Hidden {
			out[i].N = 0
		}
	}
	return out
}
