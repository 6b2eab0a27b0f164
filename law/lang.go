package law

import "fmt"

// Lang is the language of a text: kk, ru or en (ISO 639-1).
type Lang string

const (
	KK Lang = "kk"
	RU Lang = "ru"
	EN Lang = "en"
)

// Langs lists the languages in the order the project shows them: the state
// language first.
var Langs = [...]Lang{KK, RU, EN}

// ParseLang reads "kk", "ru" or "en"; anything else is an error.
func ParseLang(s string) (Lang, error) {
	for _, l := range Langs {
		if s == string(l) {
			return l, nil
		}
	}
	return "", fmt.Errorf("unknown language %q (want kk, ru or en)", s)
}
