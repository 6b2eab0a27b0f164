package scraper

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// MergeRows sorts rows by their day and makes one of those of the same day: two
// acts may amend a law at once.
func MergeRows(rows []HistoryRow) []HistoryRow {
	slices.SortStableFunc(rows, func(a, b HistoryRow) int { return cmp.Compare(a.Date, b.Date) })
	out := rows[:0]
	for _, r := range rows {
		n := len(out)
		if n == 0 || out[n-1].Date != r.Date {
			out = append(out, r)
			continue
		}
		last := &out[n-1]
		last.Current = last.Current || r.Current
		if r.Cause != "" && !strings.Contains(last.Cause, r.Cause) {
			last.Cause = strings.TrimPrefix(last.Cause+"; "+r.Cause, "; ")
		}
		last.CauseHref = cmp.Or(last.CauseHref, r.CauseHref)
	}
	return out
}

// missingRows says that a list of editions has fewer than the text counts.
func missingRows(l *inLang) string {
	if n := l.page.text.Editions; n > len(l.rows) {
		return fmt.Sprintf("%d of the editions that the text counts (%d) are listed", len(l.rows), n)
	}
	return ""
}

// storedRows makes the list of editions from what is stored.
func (r *run) storedRows(lang law.Lang) []HistoryRow {
	var rows []HistoryRow
	current := -1
	for _, h := range r.mine(lang) {
		if n := len(rows); n == 0 || rows[n-1].Date != h.Date {
			rows = append(rows, HistoryRow{Date: h.Date, Cause: h.Cause, CauseHref: h.CauseHref})
		}
		if h.SourceURL == r.Source.TextURL(r.Act, lang) {
			current = len(rows) - 1
		}
	}
	if current < 0 {
		current = len(rows) - 1
	}
	if current >= 0 {
		rows[current].Current = true
	}
	return rows
}

// borrowRows gives a language without a list of its own the list of another:
// an act has the same editions in all its languages. Without any list there is
// the one edition whose date the facts tell.
func borrowRows(there []*inLang) {
	var rows []HistoryRow
	for _, l := range there {
		if len(rows) == 0 {
			rows = l.rows
		}
	}
	for _, l := range there {
		if len(rows) > 0 {
			break
		}
		for _, d := range [...]law.Date{l.info.Changed, l.info.Adopted} {
			if d != "" && len(rows) == 0 {
				rows = []HistoryRow{{Date: d, Current: true}}
			}
		}
	}
	for _, l := range there {
		if len(l.rows) == 0 {
			l.rows = rows
		}
	}
}

// settleCurrent finds out which edition the current text is, where the list does
// not tell: the one whose date the text names, or, when the text has not
// changed, the one that was stored from there.
func (r *run) settleCurrent(l *inLang) []HistoryRow {
	if slices.ContainsFunc(l.rows, func(row HistoryRow) bool { return row.Current }) {
		return l.rows
	}
	date := l.page.text.Changed
	for _, h := range r.mine(l.lang) {
		if l.page.state == same && h.SourceURL == l.page.url {
			date = h.Date
		}
	}
	rows := slices.Clone(l.rows) // they may be another language's
	if date == "" {
		return rows
	}
	i, listed := slices.BinarySearchFunc(rows, date, func(row HistoryRow, d law.Date) int { return strings.Compare(string(row.Date), string(d)) })
	if !listed {
		rows = slices.Insert(rows, i, HistoryRow{Date: date})
	}
	rows[i].Current = true
	return rows
}
