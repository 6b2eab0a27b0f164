package dossiers

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

// Unit is what a term is counted in.
type Unit string

const (
	CalendarDays Unit = "calendar"
	WorkingDays  Unit = "working"
)

// Deadline is a day by which something is due: the day itself, or a term that
// begins on a day.
type Deadline struct {
	Dossier DossierID `json:"-"`
	Number  int       `json:"-"` // within the dossier, given when it is stored
	Stage   int       `json:"stage,omitempty"`
	What    law.Words `json:"what"`
	// Day is given, or null where Term computes it.
	Day     law.Date  `json:"day"`
	Term    Term      `json:"term,omitzero"`
	Phrase  law.Words `json:"phrase,omitempty"` // as the source says it; shown where there is no day
	Sources []Source  `json:"sources,omitempty"`
}

// Term is Count units after the day From, which is not counted itself: a term
// begins on the day after the event (Civil Code, art. 173).
type Term struct {
	From  law.Date `json:"from"`
	Count int      `json:"count"`
	Unit  Unit     `json:"unit"`
}

// mostCount bounds what is believed of a term.
const mostCount = 3660

// Validate tells why d cannot be stored.
func (d Deadline) Validate() error {
	if d.Day == "" && d.Term == (Term{}) && d.Phrase.In(law.RU) == "" {
		return errors.New("the day is missing: give it, a term, or the words of the source")
	}
	if t := d.Term; t != (Term{}) {
		if d.Day != "" {
			return errors.New("a deadline has a day or a term, not both")
		}
		if t.From == "" || t.Count < 1 || t.Count > mostCount || t.Unit != CalendarDays && t.Unit != WorkingDays {
			return fmt.Errorf("a term begins on a day and has 1 to %d calendar or working days", mostCount)
		}
	}
	return errors.Join(needed("what is due", d.What), checkWords("the phrase", d.Phrase), checkDays(d.Day, d.Term.From), checkSources(d.Sources))
}

// Due is the day of a deadline; "" where it cannot be computed, then the phrase
// is shown and no date. confirmed is false where the day hangs on holidays that
// no lawyer has checked: pages say so.
func (d Deadline) Due(c Calendar) (day law.Date, confirmed bool) {
	switch {
	case d.Day != "":
		return d.Day, true
	case d.Term.Unit == CalendarDays:
		// A last day that is a day off is not moved on: the earlier day is never too
		// late for anybody.
		return d.Term.From.AddDays(d.Term.Count), true
	case d.Term.Unit == WorkingDays:
		return c.WorkingDay(d.Term.From, d.Term.Count)
	}
	return "", false
}

//go:embed data/holidays.json
var holidayFile []byte

// Calendar tells working days from others, for the years it knows.
type Calendar []Year

// Year is the days off of one year in Kazakhstan beside Saturdays and Sundays.
type Year struct {
	Year int        `json:"year"`
	Off  []law.Date `json:"off"`
	// Work are Saturdays and Sundays on which people work in place of another day.
	Work      []law.Date `json:"work"`
	Confirmed bool       `json:"confirmed"`
	Note      law.Words  `json:"note"`
	Sources   []Source   `json:"sources"`
}

// Holidays is the calendar of Kazakhstan.
func Holidays() (Calendar, error) {
	var out Calendar
	if err := json.Unmarshal(holidayFile, &out); err != nil {
		return nil, fmt.Errorf("holidays: %w", err)
	}
	return out, nil
}

// DayKind says whether people work on a day, and why.
type DayKind int

const (
	Unknown DayKind = iota // a year the calendar does not know
	WorkDay
	Weekend // a Saturday or Sunday
	DayOff  // a holiday, or a day off that was moved here
	Worked  // a Saturday or Sunday on which people work in place of another day
)

// Kind is what a day is; confirmed tells whether a lawyer has checked its year.
func (c Calendar) Kind(day law.Date) (k DayKind, confirmed bool) {
	t, ok := day.Time()
	at := slices.IndexFunc(c, func(y Year) bool { return ok && y.Year == t.Year() })
	if at < 0 {
		return Unknown, false
	}
	y := c[at]
	weekend := t.Weekday() == time.Saturday || t.Weekday() == time.Sunday
	switch {
	case slices.Contains(y.Off, day):
		k = DayOff
	case weekend && slices.Contains(y.Work, day):
		k = Worked
	case weekend:
		k = Weekend
	default:
		k = WorkDay
	}
	return k, y.Confirmed
}

// WorkingDay is the nth working day after a day; "" where the calendar does not
// know a year on the way. confirmed tells whether every year on the way was
// checked by a lawyer.
func (c Calendar) WorkingDay(after law.Date, n int) (day law.Date, confirmed bool) {
	confirmed = true
	for day = after; n > 0; {
		day = day.AddDays(1)
		k, checked := c.Kind(day)
		if k == Unknown {
			return "", false
		}
		confirmed = confirmed && checked
		if k == WorkDay || k == Worked {
			n--
		}
	}
	return day, confirmed
}

// Passed are the days of a kind between two days, the last one included: why a
// term in working days ends when it does.
func (c Calendar) Passed(after, until law.Date, kind DayKind) (out []law.Date) {
	for day := after; day < until; {
		if day = day.AddDays(1); day == "" {
			break
		}
		if k, _ := c.Kind(day); k == kind {
			out = append(out, day)
		}
	}
	return out
}
