package read

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Event is something that happened on a day, told by a feed of another group.
type Event struct {
	ID             string // within the site
	Title, Summary string
	Href           string // on this site, with the interface language
	Day            law.Date
}

// EventFeed sends what happened, the latest first; path is the page it belongs to.
func (rd *Reader) EventFeed(w http.ResponseWriter, r *http.Request, path, title string, all []Event) error {
	s := rd.speaker(r)
	slices.SortStableFunc(all, func(a, b Event) int { return cmp.Compare(b.Day, a.Day) })
	var entries []feedEntry
	for _, x := range all[:min(len(all), feedEntries)] {
		day, ok := x.Day.Time()
		if !ok {
			continue
		}
		// a day begins at midnight in Kazakhstan, see i18n.Day
		e := feedEntry{ID: s.tag(x.ID), Title: page.Plain(x.Title), Summary: page.Plain(x.Summary), Updated: day.Format(time.DateOnly) + "T00:00:00+05:00", at: day}
		e.Links = []feedLink{{Rel: "alternate", Type: "text/html", Href: s.frame.Origin + x.Href}}
		e.Content = feedHTML{Type: "text", Lang: s.ui, Body: e.Summary}
		entries = append(entries, e)
	}
	return s.writeFeed(w, r, path, title, entries)
}
