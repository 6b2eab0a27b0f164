package drafting

import (
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// TestTargetIn writes what citations of a law do not name: a heading, a sentence.
func TestTargetIn(t *testing.T) {
	para := law.Citation{{Kind: law.Article, Number: "5"}, {Kind: law.Paragraph, Number: "6"}}
	for _, c := range []struct {
		lang law.Lang
		last law.Step
		want string
	}{
		{law.RU, law.Step{Kind: Sentence, Ordinal: 2}, "предложение второе пункта 6 статьи 5"},
		{law.RU, law.Step{Kind: Sentence, Ordinal: 3}, "предложение третье пункта 6 статьи 5"},
		{law.KK, law.Step{Kind: Sentence, Ordinal: 2}, "5-баптың 6-тармағының екінші сөйлемі"},
		{law.KK, law.Step{Kind: Heading}, "5-баптың 6-тармағының тақырыбы"},
	} {
		if got := (Target{Citation: append(para[:2:2], c.last)}).In(c.lang); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}
