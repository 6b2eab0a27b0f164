package scraper

import (
	"fmt"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// TestReasonKinds: what this room and the rooms of the sources say of a page.
func TestReasonKinds(t *testing.T) {
	before := &law.Edition{Lines: []law.Line{{Text: "Статья 1. Одна"}, {Text: "Статья 2. Другая"}}}
	judged := func(p Page, before *law.Edition, revises bool) string {
		why, _ := judge(p, "Z2400000093", law.RU, before, revises)
		return why
	}
	for reason, want := range map[string]ReasonKind{
		judged(Page{Cut: true}, nil, false):                                           CutOff,
		judged(Page{Info: Info{Head: Head{Lang: law.KK}}}, nil, false):                OtherLang,
		judged(Page{Info: Info{Head: Head{Act: "Z9900000001"}}}, nil, false):          OtherAct,
		judged(Page{}, before, false):                                                 TextLost,
		judged(Page{Lines: before.Lines[:1]}, before, true):                           TextLost,
		fmt.Sprintf("line 1: %v: no article element", ErrMaintenance):                 Maintenance,
		fmt.Sprintf("line 7: %v: not UTF-8", ErrEncoding):                             BadEncoding,
		fmt.Sprintf("line 1: %v: it is empty", ErrNoText):                             NoText,
		fmt.Sprintf("page 2: %v: it is of another edition (7, rus, 2026)", ErrNoText): OtherEdition,
		ErrNoTable.Error(): NoText,
		"another edition: the page says it is of 2025-04-01": OtherEdition,
		gone: Gone,
		"the site sent the page at https://example.org/ instead":                       Elsewhere,
		"page 2 of 3 is missing":                                                       PagesMissing,
		"the site lists an edition of 2026-01-01 and still shows the text before it":   ListAhead,
		"nothing tells the date of this edition: neither the list nor the facts":       NoDate,
		"the current text stands at the address of the edition of 2026-01-01, and the": CurrentText,
		"the page does not tell the id of the act":                                     OtherAct,
		"answered 500 Internal Server Error":                                           SiteFailed,
	} {
		if got := (Refusal{Act: "Z2400000093", Reason: reason}).Kind(); got != want {
			t.Errorf("%q: %s, want %s", reason, got, want)
		}
	}
}
