package law

import (
	"strconv"
	"strings"
	"time"
)

// ComputeDay finds the first day of being in force from a phrase and the day of
// first official publication. Without a day in the phrase, without a known day
// of publication, or where the phrase was not understood, ok is false and the
// phrase has to be shown alone: a day is never guessed. The day a wording stops
// applying (Basis "until") is no day of entry into force.
//
//	fixed                      the day in the phrase
//	days_after_publication:N   publication + N + 1
//	days_from_publication:N    publication + N
//	months_after_publication:N publication + N months + 1 day
//	months_from_publication:N  publication + N months
//	on_publication             the day of publication
//	after_publication          the day after it
//
// «По истечении N календарных дней после дня …»: N whole days have to pass, the
// day of publication is none of them, and the law is in force on the day that
// follows the last. Two days confirm it: 93-VIII, published 20.06.2024, in force
// 20.08.2024; 231-VIII, published 18.11.2025, in force 18.01.2026, both after
// sixty days. «Со дня …» counts the day of publication itself as the first.
// «После его … опубликования», the older wording, is read as «после дня»: a term
// begins on the day after the event (Civil Code, art. 173). A term in months ends
// on the same day of the last month, or on its last day if it has no such day
// (art. 174), and the day after that is the first in force. Working days are not
// computed: they depend on the holidays of each year.
//
// «…, но не ранее 1 января 2026 года» puts the day off to the one it names.
func ComputeDay(in InForce, published Date) (day Date, ok bool) {
	if in.Basis == "fixed" {
		return in.Date, in.Date != ""
	}
	if _, known := published.Time(); !known {
		return "", false
	}
	basis, count, _ := strings.Cut(in.Basis, ":")
	n, err := strconv.Atoi(count)
	if count != "" && (err != nil || n < 1 || n > mostDays) {
		return "", false
	}
	switch basis {
	case "on_publication":
		day = published
	case "after_publication":
		day = published.AddDays(1)
	case "days_after_publication":
		day = published.AddDays(n + 1)
	case "days_from_publication":
		day = published.AddDays(n)
	case "months_after_publication":
		day = published.addMonths(n).AddDays(1)
	case "months_from_publication":
		day = published.addMonths(n)
	default:
		return "", false
	}
	if _, real := day.Time(); !real { // past the year 9999
		return "", false
	}
	return max(day, notBefore(in.Phrase)), true
}

// mostDays bounds what is believed of a count: no law waits for thirty years.
const mostDays = 11000

var notBeforeForm = pattern(`не ранее(?:,? чем)?(?: с)? (` + day + `)|(` + day + `)\s?(?:бұрын|ерте) емес|not (?:earlier|before) (?:than )?(?:on )?(` + day + `)`)

func notBefore(phrase string) Date {
	low := strings.ToLower(phrase)
	if !strings.Contains(low, "не ранее") && !strings.Contains(low, "емес") && !strings.Contains(low, "not ") {
		return ""
	}
	if m := notBeforeForm().FindStringSubmatch(withDays(low)); m != nil {
		return noteDate(firstOf(m[1:]))
	}
	return ""
}

// addMonths moves the day by n months; where that month is too short, to its
// last day.
func (d Date) addMonths(n int) Date {
	t, ok := d.Time()
	if !ok {
		return ""
	}
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return DateOf(first.AddDate(0, 0, min(t.Day(), last)-1))
}

// earliest is the first day on which something could enter into force if it had
// been published on the very day it was adopted: before that day it certainly is
// not in force, wherever the day of publication is unknown.
func earliest(in InForce, adopted Date) Date {
	if day, ok := ComputeDay(in, adopted); ok {
		return day
	}
	return adopted
}
