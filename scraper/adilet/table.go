package adilet

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// ParseHistory reads the page of an act's editions. A row names its edition by
// a link to the act's dated address, by a link to its plain address (the
// current edition), or by its date alone; a link to another act, or another
// title, is the cause.
func ParseHistory(r io.Reader, act law.ActID) (scraper.History, error) {
	return parseHistory(r, "", act)
}

func parseHistory(r io.Reader, contentType string, act law.ActID) (scraper.History, error) {
	doc, rows, err := table(r, contentType)
	if err != nil {
		return scraper.History{}, err
	}
	h := scraper.History{Head: headOf(doc)}
	for i, row := range rows {
		if row.Find("td").Length() == 0 {
			continue // the head of the table
		}
		e, err := historyRow(row, act, h.Title)
		if err != nil {
			h.Doubts = append(h.Doubts, fmt.Sprintf("row %d: %v", i+1, err))
			continue
		}
		h.Rows = append(h.Rows, e)
	}
	if len(h.Rows) == 0 {
		return h, fmt.Errorf("%w: no edition in it", scraper.ErrNoTable)
	}
	h.Rows = merge(h.Rows)
	return h, nil
}

func historyRow(row *goquery.Selection, act law.ActID, title string) (scraper.HistoryRow, error) {
	e := scraper.HistoryRow{}
	linked := law.Date("")
	var causes []string
	row.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		id, ok := actOf(href)
		switch {
		case !ok:
		case id != act:
			e.CauseHref = href
		default:
			if m := datedAddress.FindStringSubmatch(href); m != nil {
				linked, _ = law.ParseDate(m[1])
			} else {
				e.Current = true
			}
		}
		if t := words(a); ok && t != "" && law.Fold(t) != law.Fold(title) {
			causes = append(causes, t)
		}
	})
	row.Find("td").Each(func(_ int, td *goquery.Selection) {
		t := words(td)
		if m := wholeDate.FindString(t); m != "" && e.Date == "" {
			e.Date, _ = law.ParseDate(m)
		}
		// The amending act's requisites stand in a cell of their own.
		if len(causes) > 0 && actNumber.MatchString(t) && !strings.Contains(causes[0], t) {
			causes = append(causes, t)
		}
	})
	if linked != "" {
		e.Date = linked
	}
	if e.Date == "" {
		return e, fmt.Errorf("no date: %q", words(row))
	}
	e.Cause = strings.Join(causes, ", ")
	return e, nil
}

var (
	datedAddress = regexp.MustCompile(`/(\d\d\.\d\d\.\d{4})/?(?:[?#]|$)`)
	wholeDate    = regexp.MustCompile(`^\d\d\.\d\d\.\d{4}$`)
	anyDate      = regexp.MustCompile(`\d\d\.\d\d\.\d{4}`)
	actNumber    = regexp.MustCompile(`№\s?\d`)
)

// merge makes one of the rows of a day. Exactly one row is the current one: the
// last, if no row says so.
func merge(rows []scraper.HistoryRow) []scraper.HistoryRow {
	rows = scraper.MergeRows(rows)
	current := len(rows) - 1
	for i := range rows {
		if rows[i].Current {
			current = i
		}
	}
	for i := range rows {
		rows[i].Current = i == current
	}
	return rows
}

// ParseInfo reads the page of an act's facts. Of several days of publication
// the first counts.
func ParseInfo(r io.Reader) (scraper.Info, error) { return parseInfo(r, "") }

func parseInfo(r io.Reader, contentType string) (scraper.Info, error) {
	doc, rows, err := table(r, contentType)
	if err != nil {
		return scraper.Info{}, err
	}
	in := scraper.Info{Head: headOf(doc)}
	for _, row := range rows {
		cells := row.Find("td, th")
		if cells.Length() < 2 {
			continue
		}
		label := strings.ToLower(law.Fold(words(cells.First())))
		day, err := law.ParseDate(anyDate.FindString(words(cells.Eq(1))))
		if err != nil {
			continue
		}
		switch {
		case labelled(label, "дата", "публик") || labelled(label, "дата", "опублик") || labelled(label, "күн", "жариял") || labelled(label, "date", "publi"):
			if in.Published == "" || day < in.Published {
				in.Published = day
			}
		case labelled(label, "дата", "принят") || labelled(label, "күн", "қабылда") || labelled(label, "date", "adopt"):
			in.Adopted = day
		case labelled(label, "дата", "измен") || labelled(label, "күн", "өзгер") || labelled(label, "date", "chang") || labelled(label, "date", "amend"):
			in.Changed = day
		}
	}
	if in.Adopted == "" && in.Published == "" && in.Changed == "" {
		return in, fmt.Errorf("%w: no date in it", scraper.ErrNoTable)
	}
	return in, nil
}

func labelled(label string, parts ...string) bool {
	for _, p := range parts {
		if !strings.Contains(label, p) {
			return false
		}
	}
	return true
}

// table finds the rows of the one table both kinds of page have.
func table(r io.Reader, contentType string) (*goquery.Document, []*goquery.Selection, error) {
	page, err := decode(r, contentType)
	if err != nil {
		return nil, nil, err
	}
	if err := scraper.CheckLetters(page, 1); err != nil {
		return nil, nil, err
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		return nil, nil, err
	}
	t := doc.Find("table#ethernatable")
	if t.Length() == 0 {
		if scraper.UnderRepair(page) {
			return nil, nil, scraper.ErrMaintenance
		}
		return nil, nil, scraper.ErrNoTable
	}
	var rows []*goquery.Selection
	t.Find("tr").Each(func(_ int, tr *goquery.Selection) { rows = append(rows, tr) })
	return doc, rows, nil
}
