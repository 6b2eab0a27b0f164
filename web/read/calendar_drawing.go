package read

import (
	"time"

	"github.com/tuzetu/tuzetu/law"
)

// Drawing is the calendar on an axis of time: a lane for the editions, one for
// what enters into force, one for the rest. A shape tells the kind; what is to
// come is drawn with a broken line.
type Drawing struct {
	Width, Height int
	Title, About  string
	Lanes         []Lane
	Years         []Year
	Today         float64
	TodayY        int // where the line of today begins
	Axis          int
}

// Lane is a row of the drawing.
type Lane struct {
	Name   string
	Y      int
	LabelY int
	Days   []DrawnDay
}

// DrawnDay is a day in a lane.
type DrawnDay struct {
	X      float64
	Shape  string // "square", "disc", "ring", "bar"
	Coming bool
	Href   string
	Label  string // in full, spoken
	Day    string // written beside it, where there is room
}

// Year is the beginning of a year on the axis.
type Year struct {
	X    float64
	Name string
}

const (
	drawnWidth = 900
	drawnEdge  = 34 // room for half a date at either end
	laneHeight = 58
	// roomForDay is the width of a date of 13 px with some air.
	roomForDay = 78
	// roomForYear is the width of a year, and then some.
	roomForYear = 44
)

// drawing is nil where there is but one day: there is no time to be drawn.
func (s *speaker) drawing(c *calendar, days *Calendar, today law.Date) *Drawing {
	var from, to law.Date
	for _, e := range c.events {
		if e.Day != "" {
			if from == "" {
				from = e.Day
			}
			to = e.Day
		}
	}
	to = max(to, today)
	start, ok := from.Time()
	end, _ := to.Time()
	if !ok || !end.After(start) {
		return nil
	}
	x := func(t time.Time) float64 {
		return round(drawnEdge + (drawnWidth-2*drawnEdge)*float64(t.Sub(start))/float64(end.Sub(start)))
	}
	d := &Drawing{Width: drawnWidth, Title: s.loc.T("cal.drawing"), About: s.loc.T("cal.drawing_about", "from", s.loc.Date(from), "to", s.loc.Date(to))}
	for i, name := range []string{s.loc.T("cal.lane_editions"), s.loc.T("cal.lane_force"), s.loc.T("cal.lane_other")} {
		d.Lanes = append(d.Lanes, Lane{Name: name, Y: laneHeight*i + 46, LabelY: laneHeight*i + 14})
	}
	for _, list := range [][]CalendarDay{days.Past, days.Coming} {
		for _, day := range list {
			date := law.Date(day.ID[len("d-"):])
			t, _ := date.Time()
			for i := range d.Lanes {
				l := &d.Lanes[i]
				if p, ok := drawnDay(day, i); ok {
					// the spoken label holds what is written beside the mark (WCAG 2.5.3)
					p.X, p.Coming, p.Label = x(t), date > today, s.loc.Short(date)+": "+p.Label
					if n := len(l.Days); n == 0 || p.X-lastNamed(l.Days) >= roomForDay {
						p.Day = s.loc.Short(date)
					}
					l.Days = append(l.Days, p)
				}
			}
		}
	}
	d.Axis = laneHeight*len(d.Lanes) + 12
	d.Height = d.Axis + 22
	d.TodayY = 4
	if now, ok := today.Time(); ok {
		d.Today = x(now)
	}
	for y := start.Year() + 1; y <= end.Year(); y++ {
		at := x(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC))
		if n := len(d.Years); n == 0 || at-d.Years[n-1].X >= roomForYear {
			d.Years = append(d.Years, Year{at, time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")})
		}
	}
	return d
}

// lastNamed is where the last date of a lane is written.
func lastNamed(points []DrawnDay) float64 {
	for i := len(points) - 1; i >= 0; i-- {
		if points[i].Day != "" {
			return points[i].X
		}
	}
	return -roomForDay
}

// drawnDay is what a day has in a lane.
func drawnDay(day CalendarDay, lane int) (p DrawnDay, ok bool) {
	for _, item := range day.Items {
		in, shape := 2, "bar"
		switch law.EventKind(item.Kind) {
		case law.EventEdition:
			in, shape = 0, "square"
		case law.EventEntersForce, law.EventAmended, law.EventResumed:
			in, shape = 1, "ring"
			if len(item.Units) == 0 {
				shape = "disc"
			}
		}
		if in != lane {
			continue
		}
		if ok {
			p.Label += "; " + item.Words
			if p.Shape == "ring" {
				p.Shape = shape
			}
			continue
		}
		p, ok = DrawnDay{Shape: shape, Href: "#" + day.ID, Label: item.Words}, true
	}
	return p, ok
}
