package campaign

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/read"
)

// Figures is the public number of a campaign and what it is made of.
type Figures struct {
	N          int
	Of         string // «из 500 подписей»
	Left       string // «Осталось 54 дня»
	Step       string // how the number moves; "" when it does not
	Scale      Scale
	Milestones []Milestone
	Levels     []Level
	Regions    []RegionCount // in the order of the form
	Tiles      []Tile
	// Waiting: the parts are shown with the next change of the number.
	Waiting bool
}

// Level is how many signatures are how sure.
type Level struct {
	Mark, Name, How, Count string
}

// Milestone is a count and what is done then.
type Milestone struct {
	At      string
	Then    read.Phrase
	Reached bool
}

// RegionCount is a row of the table beside the map.
type RegionCount struct{ Name, Count string }

// parts are counts by level and by region that add up to a number.
type parts struct {
	number campaigns.Number
	levels []campaigns.Part
	areas  []campaigns.Part
}

// number is the count of the current text.
func (c *Collector) number(v view) campaigns.Number {
	n := c.Counter.Number(v.ID)
	if n.Version != v.Version {
		return campaigns.Number{Campaign: v.ID, Version: v.Version}
	}
	return n
}

// partsOf are the parts of the number that is shown. While the number rests, as
// below campaigns.ExactFrom, they rest with it: parts that moved on would tell
// what the number does not. Above, they move in campaigns.LeastStep: who watches
// one part come out of hiding would know from the next change what another is. ok is false where they are not known, as after a
// start; they come with the next change.
func (c *Collector) partsOf(ctx context.Context, v view, n campaigns.Number) (_ parts, ok bool, err error) {
	c.mu.Lock()
	kept, known := c.parts[v.ID]
	c.mu.Unlock()
	known = known && kept.number.Version == n.Version
	moved := max(n.Shown-kept.number.Shown, kept.number.Shown-n.Shown)
	if known && (moved == 0 && n.Shown < campaigns.ExactFrom || moved < campaigns.LeastStep && min(n.Shown, kept.number.Shown) >= campaigns.ExactFrom) {
		return kept, true, nil
	}
	tallies, err := c.Store.Tallies(ctx, v.ID, v.Version)
	if err != nil {
		return parts{}, false, err
	}
	levels, areas, sum := map[string]int64{}, map[string]int64{}, int64(0)
	for _, t := range tallies {
		levels[string(t.Level)] += t.N
		areas[t.Region] += t.N
		sum += t.N
	}
	if sum != n.Shown && n.Shown < campaigns.ExactFrom {
		return parts{}, false, nil
	}
	fresh := parts{n, campaigns.Parts(levels), campaigns.Parts(areas)}
	c.mu.Lock()
	c.parts[v.ID] = fresh
	c.mu.Unlock()
	return fresh, true, nil
}

func (c *Collector) figures(ctx context.Context, v view) (*Figures, error) {
	n := c.number(v)
	f := &Figures{
		N: int(n.Shown), Of: v.loc.N("campaign.of", v.Goal), Scale: scale(v, n.Shown),
	}
	open := v.open(campaigns.Day(c.now()))
	switch {
	case open && n.Shown >= campaigns.ExactFrom:
		f.Step = v.loc.T("campaign.every")
	case open:
		f.Step = v.loc.T("campaign.step")
	}
	if left, ok := days(campaigns.Day(c.now()), v.Closes); ok && open {
		if f.Left = v.loc.N("campaign.left", left); left == 0 {
			f.Left = v.loc.T("campaign.last_day")
		}
	}
	for _, m := range v.Milestones {
		f.Milestones = append(f.Milestones, Milestone{v.loc.Number(m.At), v.said(m.Then), n.Shown >= int64(m.At)})
	}
	p, ok, err := c.partsOf(ctx, v, n)
	if err != nil {
		return nil, err
	}
	f.Waiting = !ok
	if !ok || n.Shown == 0 {
		return f, nil
	}
	f.Levels = []Level{
		{"A", v.loc.T("level.email"), v.loc.T("level.email_how"), v.part(p.levels, string(campaigns.ByEmail))},
		{"B", v.loc.T("level.paper"), v.loc.T("level.paper_how"), v.part(p.levels, string(campaigns.OnPaper))},
	}
	for _, r := range c.regions {
		f.Regions = append(f.Regions, RegionCount{v.said(r.Name).Text, v.part(p.areas, r.Code)})
	}
	f.Tiles = v.tiles(p.areas, c.regions)
	return f, nil
}

// part is a count as it is shown: «<5» where it could tell of single people, «…»
// where one such could be computed from it.
func (v view) part(all []campaigns.Part, name string) string {
	for _, p := range all {
		if p.Name == name {
			switch {
			case p.Few:
				return fmt.Sprintf("<%d", campaigns.LeastCell)
			case p.Hidden:
				return "…"
			}
			return v.loc.Number(int(p.N))
		}
	}
	return "0"
}

// days are from one day to another; ok is false where they cannot be counted.
func days(from, to law.Date) (int, bool) {
	a, okA := from.Time()
	b, okB := to.Time()
	if !okA || !okB || b.Before(a) {
		return 0, false
	}
	return int(b.Sub(a).Hours()/24 + 0.5), true
}

// Scale is a measuring scale, drawn in units of 360 by 36.
type Scale struct {
	Done  string // width of what is reached
	Ticks string // path of the fine marks
	Marks []Mark
	Label string // spoken
}

// Mark is a milestone on the scale.
type Mark struct {
	X, Anchor, Text string
}

const (
	scaleWidth = 360
	scaleTicks = 50
	// leastGap keeps the words of marks apart.
	leastGap = 52
)

func scale(v view, shown int64) Scale {
	top := max(v.Goal, 1)
	for _, m := range v.Milestones {
		top = max(top, m.At)
	}
	at := func(n int) float64 { return math.Min(1, float64(n)/float64(top)) * scaleWidth }
	s := Scale{Done: fmt.Sprintf("%.1f", at(int(shown))),
		Label: v.loc.T("campaign.scale", "n", v.loc.Number(int(shown)), "goal", v.loc.Number(v.Goal))}
	var ticks strings.Builder
	for i := range scaleTicks + 1 {
		fmt.Fprintf(&ticks, "M%.1f 15V20", float64(i)*scaleWidth/scaleTicks)
	}
	s.Ticks = ticks.String()
	marks := []int{v.Goal}
	for _, m := range v.Milestones {
		marks = append(marks, m.At)
	}
	slices.Sort(marks)
	last := float64(scaleWidth + leastGap)
	for _, n := range slices.Backward(slices.Compact(marks)) {
		x := at(n)
		if last-x < leastGap {
			continue
		}
		last = x
		anchor := "middle"
		switch {
		case x > scaleWidth-leastGap/2:
			anchor = "end"
		case x < leastGap/2:
			anchor = "start"
		}
		s.Marks = append(s.Marks, Mark{fmt.Sprintf("%.1f", x), anchor, v.loc.Number(n)})
	}
	return s
}
