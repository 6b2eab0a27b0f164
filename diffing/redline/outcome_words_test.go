package redline

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// A status is called the same here and on the pages.
func TestOutcomeWordsAsOnPages(t *testing.T) {
	for _, lang := range law.Langs {
		text, err := os.ReadFile("../../internal/i18n/locales/" + string(lang) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var pages map[string]any
		if err := json.Unmarshal(text, &pages); err != nil {
			t.Fatal(err)
		}
		words := outcomeWordsIn(lang)
		for _, s := range outcomeStatuses {
			if got, want := words.statuses[s], pages["status."+string(s)]; got != want {
				t.Errorf("%s %s: %q, on the pages %q", lang, s, got, want)
			}
		}
		if got, want := strings.ToLower(words.unasked), pages["status.unasked"]; got != want {
			t.Errorf("%s: %q, on the pages %q", lang, got, want)
		}
	}
}
