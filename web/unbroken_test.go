package web_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Wherever the number of an act is printed, no line breaks inside it.
func TestActNumbersAreWhole(t *testing.T) {
	s := sampled(t)
	for _, path := range []string{"/ru", "/kk" + sampleAct, "/kk" + sampleSecond + "/kk", "/ru" + sampleCompare + "/ru?view=side"} {
		doc := s.page(path)
		n := 0
		doc.Find("main .nb").Each(func(_ int, nb *goquery.Selection) {
			if strings.Contains(nb.Text(), "-I") {
				n++
				nb.Remove()
			}
		})
		if n == 0 {
			t.Errorf("%s: no number is held together", path)
		}
		doc.Find("main select, main h1").Remove()
		if rest := doc.Find("main").Text(); strings.Contains(rest, "2-I") || strings.Contains(rest, "№") {
			i := strings.Index(rest, "№")
			t.Errorf("%s: a number may break: %q", path, rest[max(0, i-60):min(len(rest), max(0, i)+60)])
		}
	}
}
