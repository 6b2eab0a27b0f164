package web_test

import (
	"strings"
	"testing"
)

// Who holds the paper knows the law, the day of print and where the page is.
func TestPaperNamesThePage(t *testing.T) {
	s := sampled(t)
	for _, path := range []string{
		sampleSecond + "/ru", sampleSecond + "/ru+kk", sampleCompare + "/ru", sampleCompare + "/ru+kk", sampleUnit + "/ru", sampleOutcome + "/ru",
	} {
		head := text(s.page("/ru" + path).Find(".print-head"))
		for _, want := range []string{"О районных библиотеках", origin + "/ru" + path, "22.11.2026"} {
			if !strings.Contains(head, want) {
				t.Errorf("%s: the paper does not say %q: %q", path, want, head)
			}
		}
		if strings.Contains(path, "compare") && !strings.Contains(head, origin+"/ru/Z9900000001/2025-03-01...2026-02-01/") {
			t.Errorf("%s: no short address: %q", path, head)
		}
	}
}
