package web_test

import (
	"net/http"
	"testing"
)

// A language there is none of leads to the texts there are, in the language of
// the reader.
func TestUnknownLanguageOffersTexts(t *testing.T) {
	s := sampled(t)
	for _, path := range []string{
		sampleSecond + "/de", sampleSecond + "/ru+de", sampleSecond + "/de/cite", sampleCompare + "/de", sampleCompare + "/ru+de",
		sampleUnit + "/de", sampleAct + "/timeline/de", sampleOutcome + "/de",
	} {
		doc := s.pageWith(http.StatusNotFound, "/kk"+path)
		if lang := doc.Find("html").AttrOr("lang", ""); lang != "kk" {
			t.Errorf("%s: the page is in %q", path, lang)
		}
		if n := doc.Find(`main a[href="/kk` + sampleSecond + `/ru"]`).Length(); n != 1 {
			t.Errorf("%s: %d links to the Russian text", path, n)
		}
	}
}
