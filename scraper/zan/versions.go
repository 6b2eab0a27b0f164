package zan

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// version is a row of the list of editions.
type version struct {
	Language word
	Date     word `json:"versionDate"`
	Cause    *cause
}

// parseVersions reads the list of editions. Which of them is at the plain
// address it does not tell: one that is yet to come may stand in it.
func parseVersions(body []byte) (scraper.History, error) {
	var h scraper.History
	if err := check(body); err != nil {
		return h, err
	}
	var versions []version
	if err := json.Unmarshal(bytes.TrimSpace(body), &versions); err != nil {
		return h, fmt.Errorf("%w: no list of editions: %w", scraper.ErrNoTable, err)
	}
	for i, v := range versions {
		date, err := law.ParseDate(string(v.Date))
		if err != nil {
			h.Doubts = append(h.Doubts, fmt.Sprintf("edition %d: %v", i+1, err))
			continue
		}
		row := scraper.HistoryRow{Date: date}
		h.Lang = cmp.Or(h.Lang, langOf(string(v.Language)))
		if v.Cause != nil {
			row.Cause, row.CauseHref = v.Cause.words(langOf(string(v.Language))), v.Cause.link(h.Lang)
		}
		h.Rows = append(h.Rows, row)
	}
	if len(h.Rows) == 0 {
		return h, fmt.Errorf("%w: no edition in it", scraper.ErrNoTable)
	}
	h.Rows = scraper.MergeRows(h.Rows)
	return h, nil
}
