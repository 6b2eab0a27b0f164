package law

import (
	"fmt"
	"strings"
	"time"
)

// Date is a calendar day, "2006-01-02"; the zero value "" means unknown. It is
// a string so that it compares, sorts, prints and is stored as it reads, in
// JSON and in both databases, and never meets a time zone.
type Date string

// ParseDate reads a day written 2024-06-19 or, as the official sites write it,
// 19.06.2024. A day the calendar does not have is an error.
func ParseDate(s string) (Date, error) {
	for _, layout := range [...]string{"2006-01-02", "02.01.2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return DateOf(t), nil
		}
	}
	return "", fmt.Errorf("no such day: %q (want YYYY-MM-DD)", s)
}

// DateOf is the calendar day of t in t's own zone.
func DateOf(t time.Time) Date { return Date(t.Format("2006-01-02")) }

// Time is midnight UTC of the day; ok is false for the unknown day.
func (d Date) Time() (t time.Time, ok bool) {
	t, err := time.Parse("2006-01-02", string(d))
	return t, err == nil
}

// AddDays moves the day by n; an unknown day stays unknown.
func (d Date) AddDays(n int) Date {
	t, ok := d.Time()
	if !ok {
		return ""
	}
	return DateOf(t.AddDate(0, 0, n))
}

// Official writes the day as the official texts do: 19.06.2024.
func (d Date) Official() string {
	p := strings.Split(string(d), "-")
	if len(p) != 3 {
		return string(d)
	}
	return p[2] + "." + p[1] + "." + p[0]
}

// MarshalJSON writes an unknown day as null.
func (d Date) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return []byte(`"` + string(d) + `"`), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = ""
		return nil
	}
	v, err := ParseDate(strings.Trim(string(b), `"`))
	*d = v
	return err
}
