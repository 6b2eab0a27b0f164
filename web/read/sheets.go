package read

import (
	"strconv"

	"github.com/tuzetu/tuzetu/web/page"
)

// sheetSize is how many changes stand on a page of a comparison. A draft that
// rewrites a code has a thousand, which would be a page of megabytes; the list of
// changes and the ribbon name them all on every page. Technical ones count, so
// that a change stays on its page when they are hidden.
const sheetSize = 200

// lay spreads the steps over pages: what stands between two changes goes with
// the later one.
func (c *changes) lay() {
	c.sheets = max(1, (len(c.list)+sheetSize-1)/sheetSize)
	c.sheetOf = map[string]int{}
	n := 0
	for i := range c.steps {
		s := &c.steps[i]
		s.sheet = min(n/sheetSize+1, c.sheets)
		switch {
		case s.change != nil:
			c.sheetOf[entryID(s.change)] = s.sheet
			n++
		case s.gone != nil:
			c.sheetOf[goneID(s.gone.pairs[0])] = s.sheet
		}
	}
}

// here leads to a change, or to the place something moved away from, from the
// page that is written: one of the comparison, or another (sheet 0).
func (w writer) here(id string) string {
	if n := w.c.sheetOf[id]; n != w.sheet {
		return w.in(w.path) + compareQuery(w.mode, w.hide, n) + "#" + id
	}
	return "#" + id
}

// pager leads to the pages of a comparison; nil where there is one.
func (w writer) pager() []page.Tab {
	var out []page.Tab
	for n := 1; w.c.sheets > 1 && n <= w.c.sheets; n++ {
		t := page.Tab{Href: w.in(w.path) + compareQuery(w.mode, w.hide, n), Text: strconv.Itoa(n), Current: n == w.sheet}
		switch n {
		case w.sheet - 1:
			t.Rel = "prev"
		case w.sheet + 1:
			t.Rel = "next"
		}
		out = append(out, t)
	}
	return out
}

// compareQuery is the part of a comparison's address that says how it is shown,
// and which page.
func compareQuery(mode string, hide bool, sheet int) string {
	q := ""
	add := func(name, value string) {
		if q == "" {
			q = "?"
		} else {
			q += "&"
		}
		q += name + "=" + value
	}
	if mode != "" {
		add("view", mode)
	}
	if hide {
		add("technical", "hide")
	}
	if sheet > 1 {
		add("page", strconv.Itoa(sheet))
	}
	return q
}
